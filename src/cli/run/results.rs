//! From a scenario to what its draws have come to.

use super::writing::Writing;
use crate::analysis::{Attained, simulate_as_asked};
use crate::archive::Head;
use crate::cli::stopping::Stoppable;
use crate::cli::unfinished::Unfinished;
use crate::cli::{failure, forecast, memory, precision, progress, show};
use crate::engine::{self, Book, Failure, LineValue, Options, Pauses, Prepared, Tally};
use crate::model::Scenario;
use crate::problem::Problem;
use crate::report::workbook;
use std::cell::RefCell;
use std::time::Instant;

/// What a run yields.
pub struct Results {
    /// What the draws have come to.
    pub tally: Tally,
    /// How it came to its number of draws, where a precision decided.
    pub attained: Option<Attained>,
    /// What every input at its middle value gives.
    pub median: Median,
}

/// The median path.
pub struct Median {
    /// Every line on it, where it was asked for.
    pub lines: Option<Vec<LineValue>>,
    /// It as the workbook shows it, where there is one.
    pub books: Vec<Book>,
}

impl Median {
    /// How often it was simulated.
    fn blocks(&self, scenario: &Scenario) -> u32 {
        u32::from(self.lines.is_some()) + u32::from(workbook::is_for(scenario))
    }

    /// The median path of a scenario.
    ///
    /// # Errors
    /// A formula fails there.
    pub fn new(prepared: &Prepared<'_>, writing: &Writing) -> Result<Self, Box<Problem>> {
        let told = |failure: Failure| Box::new(failure::problem(&failure));
        let lines = writing.central.then(|| engine::central(prepared)).transpose().map_err(told)?;
        let books = workbook::is_for(prepared.scenario).then(|| engine::books(prepared));
        Ok(Self { lines, books: books.transpose().map_err(told)?.unwrap_or_default() })
    }
}

/// The same tally with exact quantiles, where they are asked for.
///
/// # Errors
/// The threads cannot be started.
pub fn exactly(
    prepared: &Prepared<'_>,
    tally: Tally,
    options: &Options<'_>,
    writing: &Writing,
) -> Result<Tally, Failure> {
    if writing.exact_quantiles { engine::find_exactly(prepared, tally, options) } else { Ok(tally) }
}

/// What has become of a run.
pub enum Simulated {
    /// All its draws are done.
    Done(Box<Results>),
    /// It was stopped on its way.
    Stopped,
    /// It was not begun, and why has been told.
    Refused,
}

/// Simulates a run.
///
/// # Errors
/// A formula that fails, or threads that cannot be started.
pub fn simulate(
    prepared: &Prepared<'_>,
    writing: &Writing,
    unfinished: &mut Unfinished<'_>,
    resumed: Option<(Head, Tally)>,
) -> Result<Simulated, Box<Problem>> {
    let scenario = prepared.scenario;
    let threads = memory::threads(scenario, writing.threads, writing.exact_quantiles);
    let begun = Instant::now();
    let median = Median::new(prepared, writing)?;
    if median.blocks(scenario) == 0 {
        engine::try_out(prepared).map_err(|failure| Box::new(failure::problem(&failure)))?;
    }
    let block = begun.elapsed() / median.blocks(scenario).max(1);
    let left = scenario.run.draws - resumed.as_ref().map_or(0, |(_, tally)| tally.draws);
    let time = forecast::of(left, threads, block);
    if !writing.quiet {
        forecast::tell(scenario, threads, writing.exact_quantiles, time);
    }
    if let Some(why) = forecast::refused(time, left, writing.however_long) {
        show::message(&why);
        return Ok(Simulated::Refused);
    }
    let bar = progress::bar(scenario.run.draws, writing.quiet);
    let options =
        Options { threads, progress: &|done| bar.set_position(done), ..Options::default() };
    let (head, from) = resumed.unzip();
    let earlier = head.map_or_else(Vec::new, |head| head.looks);
    let looks = RefCell::new(earlier.clone());
    let unfinished = RefCell::new(unfinished);
    let stoppable = Stoppable::begin();
    let is_due = unfinished.borrow().due();
    let mut keep =
        |tally: &Tally| bar.suspend(|| unfinished.borrow_mut().keep(tally, &looks.borrow()));
    let pauses = Pauses { from, due: Some(&is_due), keep: Some(&mut keep) };
    let begun = Instant::now();
    let simulated = simulate_as_asked(prepared, &options, (pauses, earlier), |look| {
        looks.borrow_mut().push(look.clone());
        if !writing.quiet {
            bar.suspend(|| show::message(&precision::look(prepared.scenario, look)));
        }
    });
    drop(stoppable);
    if matches!(simulated, Err(Failure::Stopped)) {
        bar.finish_and_clear();
        return Ok(Simulated::Stopped);
    }
    let resumed = scenario.run.draws - left;
    if let (Ok((tally, _)), false) = (&simulated, writing.quiet) {
        let rate = forecast::rate(tally.draws.saturating_sub(resumed), begun.elapsed());
        if let Some(rate) = rate {
            show::message(&rate);
        }
    }
    let simulated = simulated
        .and_then(|(tally, attained)| Ok((exactly(prepared, tally, &options, writing)?, attained)));
    bar.finish_and_clear();
    simulated
        .map(|(tally, attained)| Simulated::Done(Box::new(Results { tally, attained, median })))
        .map_err(|failure| Box::new(failure::problem(&failure)))
}
