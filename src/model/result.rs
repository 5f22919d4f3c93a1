//! What a run records and how long it runs.

use super::{Formula, Month, Quantity};
use crate::random::{Plan, Sampling};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many futures.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
    /// How they are sampled.
    pub plan: Plan,
}

impl Run {
    /// What decides the draws, besides names.
    pub fn sampling(&self) -> Sampling {
        Sampling { plan: self.plan, seed: self.seed, draws: self.draws }
    }
}
