//! Outcomes of a run: totals, ratios and what the scenario declares, by nation, region, tier and
//! municipality.

mod plan;
mod sums;

pub use plan::OutcomePlan;

use crate::model::{QUANTITIES, Quantity};

/// Whom a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody.
    Nation,
    /// A region, by index.
    Region(usize),
    /// A tier, by index.
    Tier(usize),
    /// A municipality, by index.
    Municipality(usize),
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A simulated quantity.
    Quantity(Quantity),
    /// EUR due over all programmes.
    Entitlement,
    /// EUR granted over all programmes.
    Award,
    /// EUR of eligible cost less award.
    OwnShare,
    /// Award over eligible cost.
    Coverage,
    /// Eligible maintenance over cases served, EUR.
    CostPerCase,
    /// Share of inhabitants within 10 km of an open point.
    AccessWithin10Km,
    /// A declared outcome, by index.
    Declared(usize),
}

/// A built-in outcome: name, unit and meaning.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Where the figure comes from.
    pub source: Source,
    /// Its name in `outcomes.csv`.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it is.
    pub meaning: &'static str,
}

/// Outcomes of money, and ratios; the quantities of [`QUANTITIES`] stand before them.
const DERIVED: &[BuiltIn] = &[
    built_in(
        Source::Entitlement,
        "entitlement",
        "EUR",
        "what the formulas say is due, all programmes",
    ),
    built_in(Source::Award, "award", "EUR", "what is granted, all programmes"),
    built_in(
        Source::OwnShare,
        "own_share",
        "EUR",
        "eligible cost of what has a programme, less award; may be negative",
    ),
    built_in(
        Source::Coverage,
        "coverage",
        "share",
        "award over the eligible cost of what has a programme",
    ),
    built_in(
        Source::CostPerCase,
        "cost_per_case",
        "EUR/case",
        "eligible maintenance over cases served",
    ),
    built_in(
        Source::AccessWithin10Km,
        "access_within_10_km",
        "share",
        "inhabitants within 10 km of an open point",
    ),
];

const fn built_in(
    source: Source,
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> BuiltIn {
    BuiltIn { source, name, unit, meaning }
}

/// Every built-in outcome.
pub fn built_in_outcomes() -> impl Iterator<Item = BuiltIn> {
    let quantities = QUANTITIES
        .iter()
        .map(|doc| built_in(Source::Quantity(doc.quantity), doc.name, doc.unit, doc.meaning));
    quantities.chain(DERIVED.iter().copied())
}

/// One recorded figure.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedOutcome {
    /// What it is called.
    pub name: String,
    /// Its unit, empty where it is not known.
    pub unit: &'static str,
    /// What it is.
    pub source: Source,
    /// Whom it is about.
    pub scope: Scope,
}

impl RecordedOutcome {
    /// Whether it is about one municipality.
    pub fn is_municipal(&self) -> bool {
        matches!(self.scope, Scope::Municipality(_))
    }
}
