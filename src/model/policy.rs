//! What the grantor chooses: pots and rules.

use super::Formula;
use crate::allocation::{RationingRule, RoundingMethod};
use crate::problem::Place;

/// What a programme pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// New points and renewals.
    Investment,
    /// Being open.
    Maintenance,
}

/// One pot with a purpose.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// What it pays for.
    pub purpose: Purpose,
    /// The pot as it is unless a policy says otherwise.
    pub pot: Pot,
}

/// The money of a programme.
#[derive(Clone, Debug)]
pub struct Pot {
    /// The sum of each year.
    pub appropriation: Appropriation,
    /// What is used centrally before anything is divided.
    pub top_slice: Vec<TopSlice>,
    /// What becomes of unspent money.
    pub unspent: Unspent,
}

/// The sum available in a year.
#[derive(Clone, Debug)]
pub enum Appropriation {
    /// Whatever is due is paid.
    OpenEnded,
    /// EUR for each simulated year, in order (Nation).
    Yearly(Vec<Formula>),
}

/// A part of the appropriation that is used centrally.
#[derive(Clone, Debug)]
pub struct TopSlice {
    /// What for.
    pub name: String,
    /// EUR a year (Nation).
    pub amount: Formula,
}

/// What becomes of unspent money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unspent {
    /// It goes back to the state.
    Lapses,
    /// It is added to next year's pot of the same policy and programme.
    Carries,
    /// One more round of the same rule for unmet claims, then it lapses.
    Reoffered,
}

/// A candidate: for each programme a rule and a pot.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Where it comes from, as written.
    pub source: String,
    /// The rule per programme, in the order of the programmes; none: nothing is paid.
    pub rules: Vec<Option<Rule>>,
    /// The pot per programme, with what the policy overrides.
    pub pots: Vec<Pot>,
    /// Where it stands.
    pub place: Option<Place>,
}

/// How one programme's money is divided.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The lines from top to bottom (Municipality, EUR for those that are claimed).
    pub lines: Vec<Line>,
    /// What is claimed: at least one; classes rise, class 1 is served first.
    pub claims: Vec<Claim>,
    /// EUR above which nothing is due (Municipality).
    pub limit: Option<Formula>,
    /// Whether the entitlement may exceed the eligible cost.
    pub may_exceed_cost: bool,
    /// Bounds on the award.
    pub guarantees: Vec<Guarantee>,
    /// The parts in which the pot is divided; without them it is one.
    pub pools: Option<Pools>,
    /// How a pot, or pool, smaller than the entitlements is divided.
    pub ration: Ration,
    /// To what awards are rounded.
    pub rounding: Rounding,
}

/// One line of a worksheet.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name, by which later lines call it.
    pub name: String,
    /// What it is.
    pub formula: Formula,
    /// Where it comes from, as written.
    pub note: String,
}

/// One claim on the pot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its class, from 1.
    pub class: u32,
    /// Index of the line that it is.
    pub line: usize,
}

/// Bounds on a municipality's award, EUR (Municipality).
#[derive(Clone, Debug)]
pub struct Guarantee {
    /// What it is called in the scenario format: `Floor`, `Cap`, `HoldHarmless`, `Damping`, `PhaseIn`.
    pub name: String,
    /// The least.
    pub lower: Option<Formula>,
    /// The most.
    pub upper: Option<Formula>,
    /// Paid before the rest (true), or a bound on the entitlement that rationing may cut.
    pub protected: bool,
}

/// A pot in parts: the municipalities with one text in a column share a pool.
#[derive(Clone, Debug)]
pub struct Pools {
    /// The column.
    pub by: String,
    /// The text of each pool, in alphabetical order.
    pub names: Vec<String>,
    /// The municipalities of each pool, in order of code; each belongs to one.
    pub members: Vec<Vec<u32>>,
    /// EUR that the pool has in a year: one figure for all its members (Municipality).
    pub pot: Formula,
}

/// How a pot smaller than the entitlements is divided.
#[derive(Clone, Debug)]
pub enum Ration {
    /// By a rule of the claims problem.
    Rule(Division),
    /// Whole points in order of a score, with a waiting list.
    Competition(Box<Competition>),
}

/// A rule of the claims problem, and what it goes by beside the claims.
#[derive(Clone, Debug)]
pub struct Division {
    /// The rule.
    pub rule: &'static dyn RationingRule,
    /// The weight of each claimant, above 0 (Municipality); only for a rule with a weighted form.
    pub weight: Option<Box<Formula>>,
    /// Whether the rule may be estimated where there are too many claimants to compute it.
    pub estimate: bool,
}

/// What a ranked competition goes by.
#[derive(Clone, Debug)]
pub struct Competition {
    /// The score; the highest is served first (Municipality).
    pub score: Formula,
    /// How many points the claim is for (Municipality); without it all points that ask.
    pub points: Option<Formula>,
}

/// To what awards are rounded so that the sum is kept.
#[derive(Clone, Copy, Debug)]
pub struct Rounding {
    /// Cents: 1, or 100 for whole euro.
    pub unit: i64,
    /// How.
    pub method: &'static dyn RoundingMethod,
    /// Cents that a claim is awarded at least, or the claim if that is less; a multiple of the unit.
    pub least: i64,
}

impl Division {
    /// A rule by the claims alone.
    #[must_use]
    pub fn by(rule: &'static dyn RationingRule) -> Self {
        Self { rule, weight: None, estimate: false }
    }
}

impl Policy {
    /// Whether a programme pays whatever is due: it has no pot, and no pools either.
    pub fn is_open_ended(&self, programme: usize) -> bool {
        let pot = self.pots.get(programme);
        let rule = self.rules.get(programme).and_then(Option::as_ref);
        pot.is_some_and(|pot| matches!(pot.appropriation, Appropriation::OpenEnded))
            && rule.is_none_or(|rule| rule.pools.is_none())
    }
}

impl Pot {
    /// Every formula in it.
    pub fn formulas(&self) -> impl Iterator<Item = &Formula> {
        let yearly = match &self.appropriation {
            Appropriation::OpenEnded => [].as_slice(),
            Appropriation::Yearly(years) => years,
        };
        yearly.iter().chain(self.top_slice.iter().map(|slice| &slice.amount))
    }
}

impl Rule {
    /// Every formula in it.
    pub fn formulas(&self) -> impl Iterator<Item = &Formula> {
        let bounds = self
            .guarantees
            .iter()
            .flat_map(|guarantee| guarantee.lower.iter().chain(&guarantee.upper));
        let (first, second) = match &self.ration {
            Ration::Competition(by) => (Some(&by.score), by.points.as_ref()),
            Ration::Rule(by) => (by.weight.as_deref(), None),
        };
        let lines = self.lines.iter().map(|line| &line.formula);
        let pools = self.pools.as_ref().map(|pools| &pools.pot);
        lines.chain(&self.limit).chain(bounds).chain(pools).chain(first).chain(second)
    }
}
