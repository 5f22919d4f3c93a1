//! Blocks in parallel for whoever keeps what each yields: seen in order, whatever the threads.

use super::block::{Simulator, Sink};
use super::design::DesignRow;
use super::draws::Block;
use super::fault::Fault;
use super::prepared::Prepared;
use super::run::{Failure, Options, fill_tables, try_out, workers};
use crate::numeric::LANES;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Keeps what a block yields until it is taken.
pub trait Observer: Sink {
    /// What was seen of a block.
    type Seen: Send;
    /// Takes what was seen of the block that has ended; the next begins with nothing.
    fn take(&mut self) -> Self::Seen;
}

/// A block to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Draws of the run from this one on.
    Draws(u64),
    /// Rows of a design.
    Design(DesignRow),
}

/// Simulates `blocks` blocks, of which `row` gives each with its number of active lanes, and returns what
/// an observer has seen of each, in order.
///
/// # Errors
/// Two streams of draws are one, or the first fault of a formula, in order of blocks. In a design it has
/// no number of a draw.
pub fn observe<O: Observer>(
    prepared: &Prepared<'_>,
    blocks: usize,
    row: &(dyn Fn(usize) -> (Row, usize) + Sync),
    options: &Options<'_>,
    observer: &(dyn Fn() -> O + Sync),
) -> Result<Vec<O::Seen>, Failure> {
    try_out(prepared)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(workers((blocks * LANES) as u64, options.threads))
        .build()
        .map_err(|error| Failure::Threads(error.to_string()))?;
    let (next, stop) = (AtomicUsize::new(0), AtomicUsize::new(usize::MAX));
    let done = AtomicU64::new(0);
    let parts: Vec<Part<O::Seen>> = pool.install(|| {
        fill_tables(prepared, (blocks * LANES) as u64);
        (0..pool.current_num_threads())
            .into_par_iter()
            .map(|_| {
                let (mut simulator, mut observer) = (Simulator::new(prepared), observer());
                let mut seen = Vec::new();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= blocks || at > stop.load(Ordering::Relaxed) {
                        return (seen, None);
                    }
                    let (row, active) = row(at);
                    let block = match &row {
                        Row::Draws(first) => Block::From(*first),
                        Row::Design(row) => Block::Designed(row),
                    };
                    simulator.run(block, active, &mut observer);
                    if let Some((draw, fault)) = simulator.faults().first() {
                        stop.fetch_min(at, Ordering::Relaxed);
                        let draw = matches!(row, Row::Draws(_)).then_some(*draw);
                        return (seen, Some((at, draw, fault.clone())));
                    }
                    seen.push((at, observer.take()));
                    (options.progress)(
                        done.fetch_add(active as u64, Ordering::Relaxed) + active as u64,
                    );
                }
            })
            .collect()
    });
    let mut all = Vec::with_capacity(blocks);
    let mut first: Option<Stopped> = None;
    for (seen, stopped) in parts {
        all.extend(seen);
        if let Some(stopped) = stopped
            && first.as_ref().is_none_or(|first| stopped.0 < first.0)
        {
            first = Some(stopped);
        }
    }
    if let Some((_, draw, fault)) = first {
        let fault = Box::new(fault);
        return Err(match draw {
            Some(draw) => Failure::Formula { draw: Some(draw), fault },
            None => Failure::Designed { fault },
        });
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, seen)| seen).collect())
}

/// What a thread has seen, with the numbers of the blocks, and where it was stopped.
type Part<S> = (Vec<(usize, S)>, Option<Stopped>);

/// A block that failed, its draw where it has one, and what went wrong.
type Stopped = (usize, Option<u64>, Fault);
