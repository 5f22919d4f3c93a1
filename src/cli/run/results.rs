//! From a scenario to what its draws have come to.

use super::writing::Writing;
use crate::analysis::{Attained, simulate_as_asked};
use crate::archive::Head;
use crate::cli::unfinished::{Stoppable, Unfinished};
use crate::cli::{failure, precision, progress, show};
use crate::engine::{self, Book, Failure, LineValue, Options, Pauses, Prepared, Tally};
use crate::problem::Problem;
use std::cell::RefCell;

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
    /// It as the workbook shows it.
    pub books: Vec<Book>,
}

impl Median {
    /// The median path of a scenario.
    ///
    /// # Errors
    /// A formula fails there.
    pub fn new(prepared: &Prepared<'_>, writing: &Writing) -> Result<Self, Box<Problem>> {
        let told = |failure: Failure| Box::new(failure::problem(&failure));
        let lines = writing.central.then(|| engine::central(prepared)).transpose().map_err(told)?;
        Ok(Self { lines, books: engine::books(prepared).map_err(told)? })
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

/// The results of a run, or none where it was stopped on its way.
pub fn simulate(
    prepared: &Prepared<'_>,
    writing: &Writing,
    unfinished: &mut Unfinished<'_>,
    resumed: Option<(Head, Tally)>,
) -> Result<Option<Results>, Box<Problem>> {
    let median = Median::new(prepared, writing)?;
    let bar = progress::bar(prepared.scenario.run.draws, writing.quiet);
    let options = Options {
        threads: writing.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let (head, from) = resumed.unzip();
    let earlier = head.map_or_else(Vec::new, |head| head.looks);
    let looks = RefCell::new(earlier.clone());
    let unfinished = RefCell::new(unfinished);
    let stoppable = Stoppable::begin();
    let is_due = unfinished.borrow().due();
    let mut keep =
        |tally: &Tally| bar.suspend(|| unfinished.borrow_mut().keep(tally, &looks.borrow()));
    let pauses = Pauses { from, due: Some(&is_due), keep: Some(&mut keep) };
    let simulated = simulate_as_asked(prepared, &options, (pauses, earlier), |look| {
        looks.borrow_mut().push(look.clone());
        if !writing.quiet {
            bar.suspend(|| show::message(&precision::look(prepared.scenario, look)));
        }
    });
    drop(stoppable);
    if matches!(simulated, Err(Failure::Stopped)) {
        bar.finish_and_clear();
        return Ok(None);
    }
    let simulated = simulated
        .and_then(|(tally, attained)| Ok((exactly(prepared, tally, &options, writing)?, attained)));
    bar.finish_and_clear();
    simulated
        .map(|(tally, attained)| Some(Results { tally, attained, median }))
        .map_err(|failure| Box::new(failure::problem(&failure)))
}
