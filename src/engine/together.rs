//! Several scenarios on the same draws: each block is simulated of one after the other, and handed over
//! together, so that what is compared is compared draw by draw.

use super::block::{Simulator, Sink};
use super::draws::Block;
use super::fault::Faults;
use super::prepared::Prepared;
use super::run::{Failure, Options, fill_tables, try_out, workers};
use crate::numeric::LANES;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whoever keeps what several scenarios have come to on the same draws.
pub trait Keeper: Send {
    /// What takes one scenario's years of a block.
    type Sink: Sink;
    /// One sink for each scenario, in their order.
    fn sinks(&mut self) -> &mut [Self::Sink];
    /// A block is done in all scenarios; so many of its lanes are draws.
    fn block_ends(&mut self, active: usize);
    /// Adds what another has kept: integers, so that the order does not matter.
    fn merge(&mut self, other: &Self);
    /// Every block is there.
    fn finish(&mut self);
}

/// Simulates the first draws of several scenarios together.
///
/// Draws are the same in two scenarios where seed, plan and names are (inputs, codes and years).
///
/// # Errors
/// The first failure and the scenario in which it occurs, by its position.
pub fn simulate_together<K: Keeper>(
    scenarios: &[Prepared<'_>],
    draws: u64,
    options: &Options<'_>,
    empty: &(dyn Fn() -> K + Sync),
) -> Result<K, (usize, Failure)> {
    for (position, prepared) in scenarios.iter().enumerate() {
        try_out(prepared).map_err(|failure| (position, failure))?;
    }
    let lanes = LANES as u64;
    let blocks = draws.div_ceil(lanes);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(workers(draws, options.threads))
        .build()
        .map_err(|error| (0, Failure::Threads(error.to_string())))?;
    let threads = (pool.current_num_threads() as u64).min(blocks.max(1));
    let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let stop = AtomicU64::new(u64::MAX);
    let results: Vec<(K, Vec<Faults>)> = pool.install(|| {
        for scenario in scenarios {
            fill_tables(scenario, draws);
        }
        (0..threads)
            .into_par_iter()
            .map(|_| {
                let mut keeper = empty();
                let mut simulators: Vec<Simulator<'_>> =
                    scenarios.iter().map(Simulator::new).collect();
                loop {
                    let block = next.fetch_add(1, Ordering::Relaxed);
                    // Blocks after the first fault need not run; those before it may hold an earlier one.
                    let is_over = block >= blocks || block > stop.load(Ordering::Relaxed);
                    if is_over || options.is_stopped() {
                        break;
                    }
                    let first = block * lanes;
                    let active = (draws - first).min(lanes);
                    for (simulator, sink) in simulators.iter_mut().zip(keeper.sinks()) {
                        simulator.run(Block::From(first), active as usize, sink);
                        if simulator.faults().first().is_some() {
                            stop.fetch_min(block, Ordering::Relaxed);
                        }
                    }
                    keeper.block_ends(active as usize);
                    (options.progress)(done.fetch_add(active, Ordering::Relaxed) + active);
                }
                keeper.finish();
                (keeper, simulators.iter().map(|simulator| simulator.faults().clone()).collect())
            })
            .collect()
    });
    if options.is_stopped() {
        return Err((0, Failure::Stopped));
    }
    let mut merged: Option<K> = None;
    let mut faults = vec![Faults::default(); scenarios.len()];
    for (keeper, of_thread) in results {
        for (all, more) in faults.iter_mut().zip(of_thread) {
            all.merge(more);
        }
        match &mut merged {
            Some(merged) => merged.merge(&keeper),
            None => merged = Some(keeper),
        }
    }
    let first = faults.iter().enumerate().filter_map(|(position, faults)| {
        faults.first().map(|(draw, fault)| (*draw, position, fault))
    });
    if let Some((draw, position, fault)) =
        first.min_by_key(|(draw, position, _)| (*draw, *position))
    {
        let fault = Box::new(fault.clone());
        return Err((position, Failure::Formula { draw: Some(draw), fault }));
    }
    let mut merged = merged.unwrap_or_else(empty);
    merged.finish();
    Ok(merged)
}
