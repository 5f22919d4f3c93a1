//! Values of the lever that have been tried, each on as many draws as it took.

use super::dial::Dial;
use super::meter::{self, Reading};
use super::target::Target;
use crate::engine::{Cell, Failure, Prepared};
use crate::model::Scenario;
use serde::Serialize;
use std::collections::BTreeMap;

/// Draws on which a value is tried first, and then, before all.
const LADDER: [u64; 2] = [128, 512];
/// A value is decided on fewer draws where the target lies so many half widths of the interval away:
/// about four standard errors.
const DECIDED: f64 = 2.0;

/// Why there is no answer.
#[derive(Debug)]
pub enum Stop<E> {
    /// The scenario could not be made for a value of the lever.
    Scenario(E),
    /// A run failed.
    Run(Failure),
}

/// A value of the lever, and the measure there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Trial {
    /// The value.
    pub value: f64,
    /// What was found.
    #[serde(flatten)]
    pub reading: Reading,
    /// Whether the estimate meets the target.
    pub met: bool,
}

/// Which number of a reading is held against the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The estimate.
    Estimate,
    /// The end of the interval that is farther from the target: met whatever the draws leave open.
    Sure,
    /// The nearer end: met unless the draws speak against it.
    Possible,
}

/// Makes the scenario with the lever at a value.
pub type Make<'a, E> = dyn Fn(f64) -> Result<Scenario, E> + 'a;

/// The trials of one search, all on the same draws.
pub struct Trials<'a, E> {
    /// What is to be met.
    pub target: &'a Target,
    /// The values.
    pub dial: &'a Dial,
    /// All draws of the run.
    pub draws: u64,
    /// Draws simulated so far, over all values.
    pub simulated: u64,
    policy: &'a str,
    make: &'a Make<'a, E>,
    progress: &'a dyn Fn(f64, u64),
    cells: BTreeMap<i64, Cell>,
}

impl<'a, E> Trials<'a, E> {
    /// No trials so far.
    pub fn new(
        (target, policy, dial): (&'a Target, &'a str, &'a Dial),
        draws: u64,
        make: &'a Make<'a, E>,
        progress: &'a dyn Fn(f64, u64),
    ) -> Self {
        let cells = BTreeMap::new();
        Self { target, dial, draws, simulated: 0, policy, make, progress, cells }
    }

    /// How many values have been tried.
    pub fn tried(&self) -> usize {
        self.cells.len()
    }

    /// The measure at a place on at least so many draws, or all.
    ///
    /// # Errors
    /// See [`Stop`].
    pub fn reading(&mut self, place: i64, draws: u64) -> Result<Reading, Stop<E>> {
        let done =
            self.cells.get(&place).map_or(0, |cell| cell.moments.count() + cell.moments.missing());
        let draws = draws.min(self.draws);
        if done < draws {
            let value = self.dial.value(place);
            let scenario = (self.make)(value).map_err(Stop::Scenario)?;
            let policy = scenario.policies.iter().position(|policy| policy.name == self.policy);
            let prepared = Prepared::new(&scenario);
            if let Some(names) = prepared.inputs_drawn_alike() {
                let [first, second] = names.map(str::to_owned);
                return Err(Stop::Run(Failure::Streams(first, second)));
            }
            let more = meter::measure(&prepared, policy.unwrap_or(0), self.target, done..draws);
            let more = more.map_err(Stop::Run)?;
            self.simulated += draws - done;
            (self.progress)(value, draws - done);
            match self.cells.get_mut(&place) {
                Some(cell) => cell.merge(&more),
                None => drop(self.cells.insert(place, more)),
            }
        }
        Ok(self.cells.get(&place).map(|cell| meter::read(self.target, cell)).unwrap_or_default())
    }

    /// The measure at a place on so many draws, as a trial.
    ///
    /// # Errors
    /// See [`Stop`].
    pub fn trial(&mut self, place: i64, draws: u64) -> Result<Trial, Stop<E>> {
        let reading = self.reading(place, draws)?;
        let met = reading.estimate.is_some_and(|estimate| self.target.is_met_by(estimate));
        Ok(Trial { value: self.dial.value(place), reading, met })
    }

    /// How far inside the target a bound lies at a place: on few draws where they decide it, on all
    /// where they do not.
    ///
    /// # Errors
    /// See [`Stop`].
    pub fn margin(&mut self, place: i64, bound: Bound) -> Result<f64, Stop<E>> {
        let all = self.draws;
        for draws in LADDER.into_iter().filter(|draws| *draws < all) {
            let reading = self.reading(place, draws)?;
            if reading.draws >= all {
                break;
            }
            if let Some(margin) = self.foreseen(&reading, bound) {
                return Ok(margin);
            }
        }
        let reading = self.reading(place, self.draws)?;
        Ok(self.seen(&reading, bound))
    }

    /// The margin on all draws.
    fn seen(&self, reading: &Reading, bound: Bound) -> f64 {
        let (far, near) = if self.target.sign.is_from_above() {
            (reading.upper, reading.lower)
        } else {
            (reading.lower, reading.upper)
        };
        let (end, open) = match bound {
            Bound::Estimate => (reading.estimate, f64::NEG_INFINITY),
            Bound::Sure => (far, f64::NEG_INFINITY),
            // An end that the draws do not bound speaks against nothing.
            Bound::Possible => (near, f64::INFINITY),
        };
        end.map_or(open, |end| self.target.margin(end))
    }

    /// The margin that all draws will show, where some of them leave no doubt of its sign.
    fn foreseen(&self, reading: &Reading, bound: Bound) -> Option<f64> {
        let (estimate, lower, upper) = (reading.estimate?, reading.lower?, reading.upper?);
        let half = (upper - estimate).max(estimate - lower);
        let narrower = half * (reading.draws as f64 / self.draws as f64).sqrt();
        let shift = match bound {
            Bound::Estimate => 0.0,
            Bound::Sure => -narrower,
            Bound::Possible => narrower,
        };
        let margin = self.target.margin(estimate) + shift;
        (half > 0.0 && margin.abs() > DECIDED * half).then_some(margin)
    }
}
