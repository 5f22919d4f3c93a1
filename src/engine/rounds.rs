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
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

/// How many blocks the cells take together.
fn blocks_of_a_round(threads: usize) -> usize {
    BLOCKS_TOGETHER.next_multiple_of(threads.max(1))
}

/// How many blocks have pages at most: those of a round, and one that each other thread works on.
pub(super) fn blocks_with_pages(threads: usize) -> usize {
    blocks_of_a_round(threads) + threads.max(1) - 1
}

/// What all threads work on.
struct Work<'a, 'r> {
    prepared: &'a Prepared<'a>,
    how: (&'r Options<'r>, Due<'r>),
    draws: &'r Range<u64>,
    /// How many blocks a round has.
    together: usize,
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
        together: blocks_of_a_round(threads),
        next: AtomicU64::new(draws.start / LANES as u64),
        done: AtomicU64::new(0),
        is_over: AtomicBool::new(false),
        blank: Mutex::new(blank),
        written: Mutex::default(),
        recording: Mutex::new(recording),
    };
    let mut noted = rayon::broadcast(|_| work.simulate(notes.clone())).into_iter();
    let Work { written, recording, .. } = work;
    let mut recording = recording.into_inner().unwrap_or_else(PoisonError::into_inner);
    recording.take(&written.into_inner().unwrap_or_else(PoisonError::into_inner));
    let (mut notes, mut faults) = noted.next().unwrap_or((notes, Faults::default()));
    for (others, of_others) in noted {
        notes.merge(&others);
        faults.merge(of_others);
    }
    let mut tally = recording.end(notes);
    tally.finish();
    (tally, faults)
}

impl Work<'_, '_> {
    /// Takes block after block until there is none; gives what was noted beside the pages.
    fn simulate(&self, mut notes: Tally<Sheet>) -> (Tally<Sheet>, Faults) {
        let mut simulator = Simulator::new(self.prepared);
        let (progress, lanes) = (self.how.0.progress, LANES as u64);
        let mut has_begun = false;
        while let Some(first) = self.next_block(has_begun) {
            has_begun = true;
            let active = (self.draws.end - first).min(lanes);
            notes.begin_block(self.blank_pages());
            simulator.run(Block::From(first), active as usize, &mut notes);
            locked(&self.written).push(notes.end_block());
            // Blocks after the first fault need not run; those before it are taken, and may hold an earlier one.
            if simulator.faults().first().is_some() {
                self.is_over.store(true, Ordering::Relaxed);
            }
            progress(self.done.fetch_add(active, Ordering::Relaxed) + active);
            self.take_a_round();
        }
        (notes, simulator.faults().clone())
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
    /// thread has them do so, or helps.
    fn blank_pages(&self) -> Pages {
        loop {
            if let Some(pages) = locked(&self.blank).pop() {
                return pages;
            }
            if !self.take_a_round() && rayon::yield_now() != Some(Yield::Executed) {
                std::thread::yield_now();
            }
        }
    }

    /// Has the cells take what was noted on the pages of a round; false where no round is written, or others
    /// are about it.
    fn take_a_round(&self) -> bool {
        let mut recording = match self.recording.try_lock() {
            Ok(recording) => recording,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return false,
        };
        let mut written = locked(&self.written);
        let Some(rest) = written.len().checked_sub(self.together) else { return false };
        let round = written.split_off(rest);
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
