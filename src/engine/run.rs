//! The draws of a run, on several threads.

use super::block::Simulator;
use super::draws::Block;
use super::fault::Fault;
use super::pauses::{Pauses, simulate_until};
use super::prepared::Prepared;
use super::replay::median_books;
use super::rounds::simulate_in_rounds;
use super::tally::Tally;
use crate::model::InputValue;
use crate::numeric::LANES;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// More threads than this are never started; nor more than there are blocks of draws.
const MOST_THREADS: usize = 256;

/// How a run is carried out; none of it changes a figure.
pub struct Options<'a> {
    /// How many threads; 0: one per core.
    pub threads: usize,
    /// Called with the number of draws done so far.
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Where it is set on the way no further block is begun, and there is no result.
    pub stop: Option<&'a AtomicBool>,
}

impl Options<'_> {
    /// Whether whoever waited for the result waits no more.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { threads: 0, progress: &|_| {}, stop: None }
    }
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// A formula gave a value that it must not give, first in this draw (none: on the central path).
    Formula {
        /// The draw.
        draw: Option<u64>,
        /// What went wrong.
        fault: Box<Fault>,
    },
    /// The same in a row of a design, which is no draw of the run.
    Designed {
        /// What went wrong.
        fault: Box<Fault>,
    },
    /// The threads could not be started.
    Threads(String),
    /// Streams of these inputs have the same number, and would be drawn alike.
    Streams(String, String),
    /// It was stopped on its way.
    Stopped,
}

/// Simulates every draw of a scenario.
///
/// # Errors
/// Two streams of draws are one, or the first fault of a formula, in order of draws. The central path is
/// tried before the long run; once a block has failed, no later one is begun.
pub fn simulate(prepared: &Prepared<'_>, options: &Options<'_>) -> Result<Tally, Failure> {
    simulate_until(prepared, &[prepared.scenario.run.draws], options, Pauses::default(), |_| true)
}

/// What is tried before the first draw: streams that meet, and the central path, unless it was walked before.
///
/// # Errors
/// Two streams of draws are one, or a formula fails on the central path.
pub fn try_out(prepared: &Prepared<'_>) -> Result<(), Failure> {
    if let Some(names) = prepared.inputs_drawn_alike() {
        let [first, second] = names.map(str::to_owned);
        return Err(Failure::Streams(first, second));
    }
    median_books(prepared)?;
    Ok(())
}

/// Simulates some draws of a scenario. The tallies of parts that are all its draws together merge, in
/// any order, to that of the run. A part begins at a multiple of [`LANES`], so that draws which belong
/// together for the error of an estimate stay in one part.
///
/// # Errors
/// As [`simulate`], of these draws.
pub fn simulate_part(
    prepared: &Prepared<'_>,
    draws: Range<u64>,
    options: &Options<'_>,
) -> Result<Tally, Failure> {
    try_out(prepared)?;
    part_of(prepared, prepared.scenario.run.draws, draws, (options, None))
}

/// The same into an empty tally, which may be that of a run of more draws than the scenario has.
///
/// # Errors
/// The first fault of a formula in these draws.
pub fn record(
    prepared: &Prepared<'_>,
    draws: Range<u64>,
    options: &Options<'_>,
    tally: Tally,
) -> Result<Tally, Failure> {
    simulate_into(prepared, draws, (options, None), tally)
}

/// Asked before each block of draws whether it is time to pause.
pub(super) type Due<'a> = Option<&'a (dyn Fn() -> bool + Sync)>;

/// [`simulate_part`] of a run of so many draws; of the first of them, where it pauses before the last.
pub(super) fn part_of(
    prepared: &Prepared<'_>,
    of_run: u64,
    draws: Range<u64>,
    how: (&Options<'_>, Due<'_>),
) -> Result<Tally, Failure> {
    let draws = draws.start..draws.end.min(of_run);
    simulate_into(prepared, draws, how, Tally::new(prepared, of_run))
}

/// Simulates some draws into an empty tally: all of them, or the first where it pauses before the last, but a
/// block at least.
pub(super) fn simulate_into(
    prepared: &Prepared<'_>,
    draws: Range<u64>,
    (options, due): (&Options<'_>, Due<'_>),
    tally: Tally,
) -> Result<Tally, Failure> {
    let lanes = LANES as u64;
    // From the first draw of a block on.
    let draws = draws.start / lanes * lanes..draws.end.max(draws.start / lanes * lanes);
    let threads = workers(draws.end - draws.start, options.threads);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Failure::Threads(error.to_string()))?;
    let (tally, faults) = pool.install(|| {
        fill_tables(prepared, draws.end - draws.start);
        simulate_in_rounds(prepared, &draws, (options, due), tally)
    });
    if options.is_stopped() {
        return Err(Failure::Stopped);
    }
    match faults.first() {
        Some((draw, fault)) => {
            Err(Failure::Formula { draw: Some(*draw), fault: Box::new(fault.clone()) })
        }
        None => Ok(tally),
    }
}

/// Scores whose values are read near the middle of a table, and far from it.
const NEAR: f64 = 1.0;
const FAR: f64 = 8.0;
/// Among so many scores one is usually far.
const MANY_SCORES: u64 = 50_000;

/// Slow quantiles are read off tables that are filled at first sight: here, side by side.
pub(super) fn fill_tables(prepared: &Prepared<'_>, draws: u64) {
    prepared.scenario.inputs.par_iter().enumerate().for_each(|(index, input)| {
        if let InputValue::Drawn(distribution) = &input.value {
            let (rows, is_yearly) = prepared.input_shape(index);
            let rows = rows * if is_yearly { prepared.years.len() } else { 1 };
            let score = if draws.saturating_mul(rows as u64) < MANY_SCORES { NEAR } else { FAR };
            distribution.at_scores(&[score; LANES], &mut [0.0; LANES]);
        }
    });
}

/// How many threads work: those asked for, or one per core (0), but no more than there are blocks of
/// draws or than are ever started.
pub(super) fn workers(draws: u64, asked: usize) -> usize {
    let blocks = draws.div_ceil(LANES as u64);
    let useful = usize::try_from(blocks).unwrap_or(MOST_THREADS).clamp(1, MOST_THREADS);
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    (if asked == 0 { cores() } else { asked }).min(useful)
}

/// Simulates some draws again, in order, for whoever keeps them.
///
/// # Errors
/// The first fault of a formula in these draws.
pub fn replay(
    prepared: &Prepared<'_>,
    draws: std::ops::Range<u64>,
    sink: &mut impl super::block::Sink,
) -> Result<(), Failure> {
    play(Simulator::new(prepared), draws, sink)
}

/// As [`replay`], and every programme keeps what was asked of its pot.
///
/// # Errors
/// The first fault of a formula in these draws.
pub fn replay_demands(
    prepared: &Prepared<'_>,
    draws: std::ops::Range<u64>,
    sink: &mut impl super::block::Sink,
) -> Result<(), Failure> {
    play(Simulator::new(prepared).keeping_demands(), draws, sink)
}

fn play(
    mut simulator: Simulator<'_>,
    draws: std::ops::Range<u64>,
    sink: &mut impl super::block::Sink,
) -> Result<(), Failure> {
    let mut first = draws.start;
    while first < draws.end {
        let active = (draws.end - first).min(LANES as u64);
        simulator.run(Block::From(first), active as usize, sink);
        first += active;
    }
    match simulator.faults().first() {
        Some((draw, fault)) => {
            Err(Failure::Formula { draw: Some(*draw), fault: Box::new(fault.clone()) })
        }
        None => Ok(()),
    }
}
