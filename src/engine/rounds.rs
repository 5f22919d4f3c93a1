//! Many blocks of draws: each is simulated for itself, and figures take several of them together.
//!
//! Threads simulate blocks and note what figures come to, each block on pages of its own. Whoever has written
//! the last pages of a round has the cells take what was noted on them; the others go on meanwhile, and who
//! finds no blank pages helps. So what is kept of a figure is there once for all threads and brought near
//! once for all blocks of a round, and nobody waits for the slowest block.

use super::block::Simulator;
use super::draws::Block;
use super::fault::Faults;
use super::prepared::Prepared;
use super::run::{Due, Options};
use super::tally::{BLOCKS_TOGETHER, Pages, Recording, Sheet, Tally};
use crate::numeric::LANES;
use rayon::Yield;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many blocks have pages at most: those of a round, and one that each other thread works on.
pub(super) fn blocks_with_pages(threads: usize) -> usize {
    BLOCKS_TOGETHER + threads.max(1) - 1
}

/// What all threads work on.
struct Work<'a, 'r> {
    prepared: &'a Prepared<'a>,
    how: (&'r Options<'r>, Due<'r>),
    draws: &'r Range<u64>,
    /// The next block that nobody has taken.
    next: AtomicU64,
    done: AtomicU64,
    /// Whether no further block is to be taken.
    is_over: AtomicBool,
    blank: Mutex<Vec<Pages>>,
    written: Mutex<Vec<Pages>>,
    recording: Mutex<Recording>,
}

/// Simulates draws, from the first of a block on, into an empty tally, on all threads of the pool in which it
/// is called: all of them, or the first where it pauses before the last, but a block at least. Once a block
/// has failed no later one is begun.
pub(super) fn simulate_in_rounds(
    prepared: &Prepared<'_>,
    draws: &Range<u64>,
    how: (&Options<'_>, Due<'_>),
    tally: Tally,
) -> (Tally, Faults) {
    let threads = rayon::current_num_threads();
    let (recording, notes) = Recording::begin(tally);
    let mut blank = Vec::new();
    blank.resize_with(blocks_with_pages(threads), Pages::default);
    let work = Work {
        prepared,
        how,
        draws,
        next: AtomicU64::new(draws.start / LANES as u64),
        done: AtomicU64::new(0),
        is_over: AtomicBool::new(false),
        blank: Mutex::new(blank),
        written: Mutex::default(),
        recording: Mutex::new(recording),
    };
    let others: Vec<Mutex<Tally<Sheet>>> =
        (1..threads).map(|_| Mutex::new(notes.clone())).collect();
    let first = Mutex::new(notes);
    let faults = rayon::broadcast(|thread| {
        let other = thread.index().checked_sub(1).and_then(|other| others.get(other));
        work.simulate(&mut locked(other.unwrap_or(&first)))
    });
    let mut recording = unlocked(work.recording);
    recording.take(&unlocked(work.written));
    let mut notes = unlocked(first);
    for other in others {
        notes.merge(&unlocked(other));
    }
    let mut all_faults = Faults::default();
    for of_a_thread in faults {
        all_faults.merge(of_a_thread);
    }
    let mut tally = recording.end(notes);
    tally.finish();
    (tally, all_faults)
}

/// Has the others begin no further block where a thread panics.
struct Alarm<'a>(&'a AtomicBool);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

impl Work<'_, '_> {
    /// Takes block after block until there is none.
    fn simulate(&self, notes: &mut Tally<Sheet>) -> Faults {
        let _alarm = Alarm(&self.is_over);
        let mut simulator = Simulator::new(self.prepared);
        let (progress, lanes) = (self.how.0.progress, LANES as u64);
        let mut has_begun = false;
        while let Some(first) = self.next_block(has_begun) {
            has_begun = true;
            let active = (self.draws.end - first).min(lanes);
            let Some(pages) = self.blank_pages() else { break };
            notes.begin_block(pages);
            simulator.run(Block::From(first), active as usize, notes);
            locked(&self.written).push(notes.end_block());
            // Blocks after the first fault need not run; those before it are taken, and may hold an earlier one.
            if simulator.faults().first().is_some() {
                self.is_over.store(true, Ordering::Relaxed);
            }
            progress(self.done.fetch_add(active, Ordering::Relaxed) + active);
            self.take_a_round();
        }
        simulator.faults().clone()
    }

    /// The first draw of a block that nobody has taken. Every block that was taken is done, so what there is in
    /// the end are the first ones.
    fn next_block(&self, has_begun: bool) -> Option<u64> {
        let (options, due) = self.how;
        let pauses = has_begun && due.is_some_and(|due| due());
        if pauses || options.is_stopped() {
            self.is_over.store(true, Ordering::Relaxed);
        }
        if self.is_over.load(Ordering::Relaxed) {
            return None;
        }
        let first = self.next.fetch_add(1, Ordering::Relaxed).saturating_mul(LANES as u64);
        (first < self.draws.end).then_some(first)
    }

    /// Pages to note a block on. While there are none a round is written, and the cells take it: this
    /// thread has them do so, or helps. None where that has panicked: its pages are lost.
    fn blank_pages(&self) -> Option<Pages> {
        while !self.recording.is_poisoned() {
            if let Some(pages) = locked(&self.blank).pop() {
                return Some(pages);
            }
            if !self.take_a_round() && rayon::yield_now() != Some(Yield::Executed) {
                std::thread::yield_now();
            }
        }
        None
    }

    /// Has the cells take what was noted on the pages of a round; false where no round is written, or others
    /// are about it.
    fn take_a_round(&self) -> bool {
        let Ok(mut recording) = self.recording.try_lock() else { return false };
        let mut written = locked(&self.written);
        if written.len() < BLOCKS_TOGETHER {
            return false;
        }
        let round: Vec<Pages> = written.drain(..BLOCKS_TOGETHER).collect();
        drop(written);
        recording.take(&round);
        drop(recording);
        locked(&self.blank).extend(round);
        true
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unlocked<T>(of: Mutex<T>) -> T {
    of.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use crate::analysis::example::example;
    use crate::engine::{Figure, Options, Prepared, Tally, simulate};
    use crate::numeric::LANES;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// Some rounds, and a part of one.
    const DRAWS: u64 = 60 * LANES as u64 + 5;

    /// Every figure of a tally: how many draws, their sum and squares, and quantiles.
    fn figures(tally: &Tally) -> Vec<String> {
        let told = |(place, figure): (u32, Figure<'_>)| {
            let quantiles = figure.quantiles.quantiles([0.0, 0.05, 0.5, 0.95, 1.0]);
            format!("{place} {:?} {quantiles:?}", figure.moments)
        };
        let cubes = [&tally.awards, &tally.budget, &tally.outcomes, &tally.network];
        cubes.iter().flat_map(|cube| cube.kept_figures()).map(told).collect()
    }

    #[test]
    fn any_number_of_threads_keeps_the_same_in_many_rounds() {
        let mut scenario = example();
        scenario.run.draws = DRAWS;
        let prepared = Prepared::new(&scenario);
        let of = |threads: usize| {
            let tally = simulate(&prepared, &Options { threads, ..Options::default() }).unwrap();
            assert_eq!(tally.draws, DRAWS);
            figures(&tally)
        };
        let alone = of(1);
        assert!(alone.len() > 20);
        // With twenty more blocks are left at the end than a figure counts together.
        for threads in [2, 3, 7, 20] {
            assert_eq!(of(threads), alone, "{threads}");
        }
    }

    #[test]
    fn a_panic_ends_the_run_on_all_threads() {
        let mut scenario = example();
        scenario.run.draws = 1_000 * DRAWS;
        let prepared = Prepared::new(&scenario);
        let progress = |done: u64| assert!(done < DRAWS, "on purpose");
        let options = Options { threads: 3, progress: &progress, ..Options::default() };
        assert!(catch_unwind(AssertUnwindSafe(|| simulate(&prepared, &options))).is_err());
    }
}
