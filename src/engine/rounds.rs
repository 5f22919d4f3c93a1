//! Many blocks of draws in rounds: first each block for itself, then each figure for itself.
//!
//! In a round threads simulate a few blocks and note what figures come to; then they have the cells take
//! what was noted. So what is kept of a figure is there once for all threads, and brought near once for
//! all blocks of a round.

use super::block::Simulator;
use super::draws::Block;
use super::fault::Faults;
use super::prepared::Prepared;
use super::run::{Due, Options};
use super::tally::{BLOCKS_TOGETHER, Pages, Recording, Sheet, Tally};
use crate::numeric::LANES;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How many blocks are simulated before the cells take what was noted: as many by each thread.
pub(super) fn blocks_in_a_round(threads: u64) -> u64 {
    (BLOCKS_TOGETHER as u64).next_multiple_of(threads.max(1))
}

/// One thread's buffers.
struct Worker<'a> {
    simulator: Simulator<'a>,
    notes: Tally<Sheet>,
    has_begun: bool,
}

/// What the threads of a round share.
struct Round<'a, 'r> {
    how: (&'r Options<'a>, Due<'r>),
    /// The draws, of which the first is the first of a block.
    draws: &'r Range<u64>,
    /// The next block that nobody has taken, and the one behind the last of this round.
    next: &'r AtomicU64,
    end: u64,
    done: &'r AtomicU64,
    /// Whether no further block is to be taken.
    is_over: &'r AtomicBool,
    blank: Mutex<Vec<Pages>>,
    written: Mutex<Vec<Pages>>,
}

/// Simulates draws into an empty tally on so many threads of the pool in which it is called: all of them, or
/// the first where it pauses before the last, but a block at least. Once a block has failed no later one is
/// begun.
pub(super) fn simulate_in_rounds(
    prepared: &Prepared<'_>,
    draws: &Range<u64>,
    how: (&Options<'_>, Due<'_>),
    (tally, threads): (Tally, u64),
) -> (Tally, Faults) {
    let lanes = LANES as u64;
    let blocks = draws.start / lanes..draws.end.div_ceil(lanes);
    let (mut recording, notes) = Recording::begin(tally);
    let worker = |notes| Worker { simulator: Simulator::new(prepared), notes, has_begun: false };
    let mut others: Vec<Worker<'_>> = (1..threads).map(|_| worker(notes.clone())).collect();
    let mut first = worker(notes);
    let [next, done] = [blocks.start, 0].map(AtomicU64::new);
    let is_over = AtomicBool::new(false);
    let mut pages: Vec<Pages> = Vec::new();
    let mut from = blocks.start;
    while from < blocks.end && !is_over.load(Ordering::Relaxed) {
        let end = blocks.end.min(from + blocks_in_a_round(threads));
        pages.resize_with((end - from) as usize, Pages::default);
        let round = Round {
            how,
            draws,
            next: &next,
            end,
            done: &done,
            is_over: &is_over,
            blank: Mutex::new(std::mem::take(&mut pages)),
            written: Mutex::default(),
        };
        let work_of_others =
            || others.par_iter_mut().with_max_len(1).for_each(|other| round.work(other));
        rayon::join(|| round.work(&mut first), work_of_others);
        pages = round.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        recording.take(&pages);
        next.store(end, Ordering::Relaxed);
        from = end;
    }
    let Worker { simulator, mut notes, .. } = first;
    let mut faults = simulator.faults().clone();
    for other in others {
        faults.merge(other.simulator.faults().clone());
        notes.merge(&other.notes);
    }
    let mut tally = recording.end(notes);
    tally.finish();
    (tally, faults)
}

impl Round<'_, '_> {
    /// Takes block after block until there is none.
    fn work(&self, worker: &mut Worker<'_>) {
        let (options, due) = self.how;
        let lanes = LANES as u64;
        loop {
            // Every block that was taken is done, so what is there are the first ones.
            let pauses = worker.has_begun && due.is_some_and(|due| due());
            if pauses || options.is_stopped() {
                self.is_over.store(true, Ordering::Relaxed);
            }
            if self.is_over.load(Ordering::Relaxed) {
                return;
            }
            let block = self.next.fetch_add(1, Ordering::Relaxed);
            if block >= self.end {
                return;
            }
            let Some(pages) = locked(&self.blank).pop() else { return };
            let first = block * lanes;
            let active = (self.draws.end - first).min(lanes);
            worker.has_begun = true;
            worker.notes.begin_block(pages);
            worker.simulator.run(Block::From(first), active as usize, &mut worker.notes);
            locked(&self.written).push(worker.notes.end_block());
            // Blocks after the first fault need not run; those before it are taken, and may hold an earlier one.
            if worker.simulator.faults().first().is_some() {
                self.is_over.store(true, Ordering::Relaxed);
            }
            let done = self.done.fetch_add(active, Ordering::Relaxed) + active;
            (options.progress)(done);
        }
    }
}

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
