//! What is kept of each figure: quantiles of all but of municipalities that nobody asks about in a large
//! scenario, of which moments are kept.

use super::cell::Cell;
use super::outcomes::{RecordedOutcome, Scope};
use crate::model::Scenario;
use crate::stats::{EXACT_LIMIT_BYTES, Grouping, QuantileMethod};

/// The kinds of cells of a run.
#[derive(Clone, Debug)]
pub(super) struct Kinds {
    /// How quantiles are found where they are kept.
    pub method: QuantileMethod,
    grouping: Grouping,
    /// By municipality, whether its quantiles are kept.
    has_quantiles: Vec<bool>,
}

impl Kinds {
    /// The kinds for a run of so many draws with so many figures `of_municipalities`, by municipality the
    /// same number, and so many `others`.
    pub fn new(
        scenario: &Scenario,
        (of_municipalities, others): (usize, usize),
        draws: u64,
    ) -> Self {
        let count = scenario.municipalities.table.len();
        let keeps = |municipality| scenario.run.keeps_quantiles_of(municipality, count);
        let has_quantiles: Vec<bool> = (0..count).map(keeps).collect();
        let kept = has_quantiles.iter().filter(|has| **has).count();
        let of_each = of_municipalities.checked_div(count).unwrap_or(0);
        let figures = of_each.saturating_mul(kept).saturating_add(others);
        Self {
            method: QuantileMethod::choose(figures as u64, draws, EXACT_LIMIT_BYTES),
            grouping: scenario.run.plan.grouping(),
            has_quantiles,
        }
    }

    /// A figure of more than one municipality.
    pub fn whole(&self) -> Cell {
        Cell::grouped(self.method, self.grouping)
    }

    /// The same, of whose tail something is asked.
    pub fn with_tail(&self) -> Cell {
        Cell::with_tail(self.method, self.grouping)
    }

    /// A figure of one municipality.
    pub fn of(&self, municipality: usize) -> Cell {
        let is_kept = self.has_quantiles.get(municipality).copied().unwrap_or(true);
        Cell::grouped(if is_kept { self.method } else { QuantileMethod::None }, self.grouping)
    }

    /// One of figures that stand by municipality, so many of each side by side.
    pub fn in_rows_of(&self, columns: usize) -> impl Fn(usize) -> Cell {
        let municipalities = self.has_quantiles.len().max(1);
        move |position| self.of(position / columns.max(1) % municipalities)
    }

    /// An outcome.
    pub fn of_outcome(&self, outcome: &RecordedOutcome) -> Cell {
        match outcome.scope {
            Scope::Municipality(municipality) => self.of(municipality),
            Scope::Nation | Scope::Region(_) | Scope::Tier(_) => self.whole(),
        }
    }
}
