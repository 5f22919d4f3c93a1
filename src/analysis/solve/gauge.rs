//! One number a draw: what a measure sums up over the draws.

use super::target::{Measure, Measured, Subject};
use crate::engine::{OutcomePlan, Prepared, ProgrammeState, YearOfBlock};
use crate::numeric::{LANES, Lanes};
use crate::stats::inequality::gini;

/// Reads the figure of a measure under a policy, year by year.
#[derive(Debug)]
pub struct Gauge {
    of: Measured,
    policy: usize,
    plan: OutcomePlan,
    /// Cents of gaps over the years of this block.
    gap: [i64; LANES],
    /// Values over the years of this block, and how many years.
    value: Lanes,
    years: f64,
}

/// What a block yields.
#[derive(Clone, Debug, PartialEq)]
pub enum Yield {
    /// 1 where more is due than available, else 0.
    Short([i64; LANES]),
    /// What is due above what is available, cents.
    Cents([i64; LANES]),
    /// Any other figure; not a number where it has no value.
    Values(Lanes),
}

impl Yield {
    /// In the units of the figure: EUR, a share, or whatever an outcome is counted in.
    pub fn values(&self) -> Lanes {
        match self {
            Self::Short(short) => short.map(|short| short as f64),
            Self::Cents(cents) => cents.map(|cents| cents as f64 / crate::engine::MONEY),
            Self::Values(values) => *values,
        }
    }
}

impl Gauge {
    /// Nothing read so far.
    pub fn new(prepared: &Prepared<'_>, policy: usize, of: Measured) -> Self {
        let plan = OutcomePlan::new(prepared);
        Self { of, policy, plan, gap: [0; LANES], value: [0.0; LANES], years: 0.0 }
    }

    /// Reads a year of a block.
    pub fn year(&mut self, at: &YearOfBlock<'_>) {
        if self.of.year.is_some_and(|year| year != at.year) {
            return;
        }
        match self.of.subject {
            Subject::Programme(index) => {
                let programmes = at.paths[at.prepared.paths_of(self.policy).0].programmes;
                let is_meant = |place: usize| index == place || index >= programmes.len();
                let meant = programmes.iter().enumerate().filter(|(place, _)| is_meant(*place));
                for (_, state) in meant {
                    add_gap(state, &mut self.gap);
                }
            }
            Subject::Outcome(source) => {
                let (nation, municipalities) = self.plan.rows(at, self.policy, source);
                let values =
                    if self.of.measure == Measure::Gini { ginis(municipalities) } else { *nation };
                for (sum, value) in self.value.iter_mut().zip(&values) {
                    *sum += value;
                }
                self.years += 1.0;
            }
        }
    }

    /// What the years of a block come to; the next block begins with nothing.
    pub fn take(&mut self) -> Yield {
        let gap = std::mem::replace(&mut self.gap, [0; LANES]);
        let value = std::mem::replace(&mut self.value, [0.0; LANES]);
        let years = std::mem::replace(&mut self.years, 0.0);
        match (self.of.subject, self.of.measure) {
            (Subject::Programme(_), Measure::Shortfall) => {
                Yield::Short(gap.map(|gap| i64::from(gap > 0)))
            }
            (Subject::Programme(_), _) => Yield::Cents(gap),
            (Subject::Outcome(_), _) => Yield::Values(value.map(|sum| sum / years)),
        }
    }
}

/// Adds what is due above what is available, as `budget.csv` has it.
fn add_gap(state: &ProgrammeState, gap: &mut [i64; LANES]) {
    let (mut due, mut paid) = ([0_i64; LANES], [0_i64; LANES]);
    for (entitlement, award) in state.entitlement.iter().zip(&state.award) {
        for lane in 0..LANES {
            due[lane] += entitlement[lane];
            paid[lane] += award[lane];
        }
    }
    let available = if state.open_ended { &paid } else { &state.available };
    for lane in 0..LANES {
        gap[lane] += (due[lane] - available[lane]).max(0);
    }
}

/// Gini's coefficient among the municipalities with a value, in each draw; NaN where it has no meaning.
fn ginis(municipalities: &[Lanes]) -> Lanes {
    std::array::from_fn(|lane| {
        let values = municipalities.iter().map(|row| row[lane]);
        let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        gini(&values).unwrap_or(f64::NAN)
    })
}
