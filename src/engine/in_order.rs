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

/// Some blocks of a run.
#[derive(Clone, Copy)]
pub struct Blocks<'a> {
    /// How many draws the run has.
    pub draws: u64,
    /// How many blocks are meant.
    pub count: u64,
    /// The number of each of them in the run.
    pub number: &'a (dyn Fn(u64) -> u64 + Sync),
}

impl Blocks<'_> {
    /// Every block of a run, in order.
    pub fn all(draws: u64) -> Self {
        Self { draws, count: draws.div_ceil(LANES as u64), number: &|block| block }
    }

    /// The draws of the block at a place.
    pub fn draws_of(&self, place: u64) -> Range<u64> {
        let first = (self.number)(place).saturating_mul(LANES as u64).min(self.draws);
        first..self.draws.min(first.saturating_add(LANES as u64))
    }
}

/// Simulates blocks of a run again and hands over what an observer has seen of each, one after the other.
/// While one block after the other is taken, the next ones are simulated: never more than three blocks a
/// thread are kept, so that memory does not grow with the draws. Progress is told in draws.
///
/// # Errors
/// The first fault of a formula in order of blocks; the threads cannot be started; or
/// [`Failure::Stopped`], where `take` says no.
pub fn in_order<O: Observer + Send>(
    prepared: &Prepared<'_>,
    blocks: Blocks<'_>,
    options: &Options<'_>,
    observer: &(dyn Fn() -> O + Sync),
    take: &mut (dyn FnMut(O::Seen) -> bool + Send),
) -> Result<(), Failure> {
    let threads = workers(blocks.count.saturating_mul(LANES as u64), options.threads);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Failure::Threads(error.to_string()))?;
    let mut crew: Vec<(Simulator<'_>, O)> = pool.install(|| {
        fill_tables(prepared, blocks.count.saturating_mul(LANES as u64));
        (0..threads).into_par_iter().map(|_| (Simulator::new(prepared), observer())).collect()
    });
    let (mut next, mut done) = (0, 0);
    let mut seen: Vec<O::Seen> = Vec::new();
    while next < blocks.count || !seen.is_empty() {
        let wave: Vec<Range<u64>> = (next..blocks.count.min(next + threads as u64))
            .map(|place| blocks.draws_of(place))
            .collect();
        let ready = std::mem::take(&mut seen);
        let taken = || {
            let all = ready.into_iter().all(&mut *take);
            all && !options.is_stopped()
        };
        let (goes_on, simulated) =
            pool.install(|| rayon::join(taken, || simulate(&mut crew, &wave)));
        if !goes_on {
            return Err(Failure::Stopped);
        }
        for outcome in simulated {
            let block =
                outcome.map_err(|(draw, fault)| Failure::Formula { draw: Some(draw), fault })?;
            seen.push(block);
        }
        next += wave.len() as u64;
        done += wave.iter().map(|draws| draws.end - draws.start).sum::<u64>();
        (options.progress)(done);
    }
    Ok(())
}

/// What was seen of a block, or its first fault and its draw.
type Outcome<S> = Result<S, (u64, Box<Fault>)>;

/// Simulates some blocks side by side, one for each of the crew.
fn simulate<O: Observer + Send>(
    crew: &mut [(Simulator<'_>, O)],
    blocks: &[Range<u64>],
) -> Vec<Outcome<O::Seen>> {
    crew.par_iter_mut()
        .zip(blocks)
        .map(|((simulator, observer), draws)| {
            let active = (draws.end - draws.start) as usize;
            simulator.run(Block::From(draws.start), active, observer);
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
        in_order(&prepared, Blocks::all(draws), &options, &Awards::default, &mut take).unwrap();
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
    fn some_blocks_are_those_of_the_run_and_progress_counts_their_draws() {
        let scenario = example();
        let prepared = Prepared::new(&scenario);
        let (mut some, done) = (Vec::new(), std::sync::atomic::AtomicU64::new(0));
        let mut take = |seen| {
            some.push(seen);
            true
        };
        let told = |draws| done.store(draws, std::sync::atomic::Ordering::Relaxed);
        let options = Options { threads: 2, progress: &told, ..Options::default() };
        // Blocks 0, 2 and 3 of 200 draws: 64, 64 and the last 8.
        let chosen = Blocks { draws: 200, count: 3, number: &|place| [0, 2, 3][place as usize] };
        in_order(&prepared, chosen, &options, &Awards::default, &mut take).unwrap();
        let all = blocks(200, 2);
        assert_eq!(some, [all[0].clone(), all[2].clone(), all[3].clone()]);
        assert_eq!(done.into_inner(), 136);
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
        let all = Blocks::all(1_000_000);
        let ended = in_order(&prepared, all, &options, &Awards::default, &mut take);
        assert_eq!((ended, count), (Err(Failure::Stopped), 2));
    }
}
