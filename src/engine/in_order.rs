//! What each block yields, one after the other, whatever the threads: for whoever writes as it goes.

use super::block::Simulator;
use super::draws::Block;
use super::fault::Fault;
use super::observe::Observer;
use super::prepared::Prepared;
use super::run::{Failure, Options, fill_tables, workers};
use crate::numeric::LANES;
use rayon::prelude::*;
use std::ops::Range;

/// Simulates draws `0..draws` of a run again and hands over what an observer has seen of each block, in
/// order of draws. While one block after the other is taken, the next ones are simulated: never more
/// than three blocks a thread are kept, so that memory does not grow with the draws.
///
/// # Errors
/// The first fault of a formula in order of blocks; the threads cannot be started; or
/// [`Failure::Stopped`], where `take` says no.
pub fn in_order<O: Observer + Send>(
    prepared: &Prepared<'_>,
    draws: u64,
    options: &Options<'_>,
    observer: &(dyn Fn() -> O + Sync),
    take: &mut (dyn FnMut(O::Seen) -> bool + Send),
) -> Result<(), Failure> {
    let threads = workers(draws, options.threads);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Failure::Threads(error.to_string()))?;
    let mut crew: Vec<(Simulator<'_>, O)> = pool.install(|| {
        fill_tables(prepared);
        (0..threads).into_par_iter().map(|_| (Simulator::new(prepared), observer())).collect()
    });
    let lanes = LANES as u64;
    let mut next = 0;
    let mut seen: Vec<O::Seen> = Vec::new();
    while next < draws || !seen.is_empty() {
        let wave = next..draws.min(next + threads as u64 * lanes);
        let ready = std::mem::take(&mut seen);
        let taken = || {
            let all = ready.into_iter().all(&mut *take);
            all && !options.is_stopped()
        };
        let (goes_on, simulated) =
            pool.install(|| rayon::join(taken, || simulate(&mut crew, wave.clone())));
        if !goes_on {
            return Err(Failure::Stopped);
        }
        for outcome in simulated {
            let block =
                outcome.map_err(|(draw, fault)| Failure::Formula { draw: Some(draw), fault })?;
            seen.push(block);
        }
        next = wave.end;
        (options.progress)(next);
    }
    Ok(())
}

/// What was seen of a block, or its first fault and its draw.
type Outcome<S> = Result<S, (u64, Box<Fault>)>;

/// Simulates some draws side by side, a block for each of the crew.
fn simulate<O: Observer + Send>(
    crew: &mut [(Simulator<'_>, O)],
    draws: Range<u64>,
) -> Vec<Outcome<O::Seen>> {
    let lanes = LANES as u64;
    let blocks = (draws.end - draws.start).div_ceil(lanes) as usize;
    crew.par_iter_mut()
        .take(blocks)
        .enumerate()
        .map(|(block, (simulator, observer))| {
            let first = draws.start + block as u64 * lanes;
            let active = (draws.end - first).min(lanes) as usize;
            simulator.run(Block::From(first), active, observer);
            match simulator.faults().first() {
                Some((draw, fault)) => Err((*draw, Box::new(fault.clone()))),
                None => Ok(observer.take()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;
    use crate::engine::YearOfBlock;
    use crate::engine::block::Sink;

    /// The active lanes of a block and the awards of the first policy's last year, programme and lane.
    #[derive(Default)]
    struct Awards(Vec<i64>, usize);

    impl Sink for Awards {
        fn year(&mut self, at: &YearOfBlock<'_>) {
            let states = at.paths[0].programmes;
            self.0 = states[1].award.iter().map(|lanes| lanes[0]).collect();
        }

        fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
            self.1 = active;
        }
    }

    impl Observer for Awards {
        type Seen = (Vec<i64>, usize);

        fn take(&mut self) -> Self::Seen {
            (std::mem::take(&mut self.0), self.1)
        }
    }

    fn blocks(draws: u64, threads: usize) -> Vec<(Vec<i64>, usize)> {
        let scenario = example();
        let prepared = Prepared::new(&scenario);
        let mut all = Vec::new();
        let mut take = |seen| {
            all.push(seen);
            true
        };
        let options = Options { threads, ..Options::default() };
        in_order(&prepared, draws, &options, &Awards::default, &mut take).unwrap();
        all
    }

    #[test]
    fn every_block_is_taken_once_in_order_whatever_the_threads() {
        // 64 + 64 + 64 + 8 draws.
        let active: Vec<usize> = blocks(200, 2).iter().map(|(_, active)| *active).collect();
        assert_eq!(active, [64, 64, 64, 8]);
        for threads in [1, 3, 7] {
            assert_eq!(blocks(200, threads), blocks(200, 2));
        }
        assert!(blocks(0, 2).is_empty());
    }

    #[test]
    fn it_ends_where_nobody_takes_any_more() {
        let scenario = example();
        let prepared = Prepared::new(&scenario);
        let mut count = 0;
        let mut take = |_| {
            count += 1;
            count < 2
        };
        let options = Options { threads: 1, ..Options::default() };
        let ended = in_order(&prepared, 1_000_000, &options, &Awards::default, &mut take);
        assert_eq!((ended, count), (Err(Failure::Stopped), 2));
    }
}
