//! What a run records and how long it runs.

use super::{Formula, Month, Quantity};
use crate::random::{Plan, Sampling};
use crate::stats::looks;

/// A declared outcome: a formula over sums of a scope, so that ratios are ratios of sums.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// What it is (rows are scopes: nation, regions, tiers, municipalities).
    pub formula: Formula,
}

/// A fact to compare the simulated range with.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Which quantity, summed over the nation.
    pub what: Quantity,
    /// When.
    pub at: ObservedAt,
    /// The observed value.
    pub value: f64,
    /// Where it comes from, as written.
    pub source: String,
}

/// When a fact was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObservedAt {
    /// On the first day of a month: a count of points open.
    FirstOf(Month),
    /// Over a year.
    Year(i32),
}

/// A difference counts from the greater of the two on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// EUR.
    pub euro: f64,
    /// Per cent of the baseline.
    pub percent: f64,
}

impl Default for Threshold {
    fn default() -> Self {
        Self { euro: 500.0, percent: 5.0 }
    }
}

/// Draws, seed and plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// How many futures; with a precision the most that are drawn.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
    /// How they are sampled.
    pub plan: Plan,
    /// When fewer draws are enough.
    pub precision: Option<Precision>,
    /// The municipalities of which quantiles are kept, by index, rising; `None`: of all while they are no
    /// more than [`MOST_WITH_QUANTILES`](Self::MOST_WITH_QUANTILES), else of none.
    pub quantiles_of: Option<Vec<u32>>,
}

/// A run ends at the first look at which the mean of every figure is known so well.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// The figures.
    pub figures: Vec<Watched>,
    /// Half the width of the interval about a mean, at most this share of the mean …
    pub relative: Option<f64>,
    /// … or this much, in the unit of the figure: the greater of the two where both are given.
    pub within: Option<f64>,
    /// The chance that the interval holds the true mean, at all looks together.
    pub confidence: f64,
    /// No more draws than this.
    pub at_most: u64,
}

impl Precision {
    /// The numbers of draws at which the run is looked at.
    pub fn looks(&self) -> Vec<u64> {
        looks(self.at_most)
    }
}

/// A figure whose mean a run may be asked to know well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// What is due in each programme and year, under each policy.
    Entitlement,
    /// What is granted in each programme and year, under each policy.
    Award,
    /// A declared outcome of the nation in each year, by index, under each policy.
    Outcome(usize),
}

impl Run {
    /// Of so many municipalities quantiles are kept where the scenario does not say of which.
    pub const MOST_WITH_QUANTILES: usize = 10_000;

    /// Whether quantiles are kept of one of so many municipalities; its means, deviations and errors are in
    /// any case.
    pub fn keeps_quantiles_of(&self, municipality: usize, municipalities: usize) -> bool {
        match &self.quantiles_of {
            Some(named) => named.binary_search(&(municipality as u32)).is_ok(),
            None => municipalities <= Self::MOST_WITH_QUANTILES,
        }
    }

    /// What decides the draws, besides names.
    pub fn sampling(&self) -> Sampling {
        Sampling { plan: self.plan, seed: self.seed, draws: self.draws }
    }
}
