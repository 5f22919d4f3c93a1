//! One programme of one policy in one year and one draw, with every number that went into it.
//!
//! There is no second evaluator: the draw is simulated again, and the settlement itself notes what its
//! formulas read and gave while it works ([`Recorder`]). Where nothing is to be noted it has no
//! recorder, and works as ever.

mod books;
mod collect;
mod recorder;

use super::block::Simulator;
use super::draws::Block;
use super::prepared::Prepared;
use super::run::Failure;
use crate::model::{Month, Variable};

pub use books::{Book, books};
pub use recorder::{AtWork, Recorder};

/// What is to be traced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Indices of the municipalities whose formulas are noted.
    pub municipalities: Vec<usize>,
    /// Calendar year.
    pub year: i32,
    /// The draw; none: the central path.
    pub draw: Option<u64>,
}

/// Which formula of a rule or a pot it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line of the worksheet.
    Line(usize),
    /// What nothing may exceed.
    Limit,
    /// The least of a guarantee.
    Lower(usize),
    /// The most of a guarantee.
    Upper(usize),
    /// The weight of a claimant.
    Weight,
    /// The score of a competitor.
    Score,
    /// How many points a competitor asks for.
    Points,
    /// What the pool of a municipality has.
    Pool,
    /// The sum of the year.
    Appropriation,
    /// A part of it that is used centrally.
    TopSlice(usize),
}

/// What a piece of a formula stood for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PieceValue {
    /// It is text.
    Text,
    /// A number; of a condition 1 or 0.
    Number(f64),
    /// A text of a column, by its code.
    Code(f64),
}

/// What a name in a formula stood for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it means.
    pub variable: Variable,
    /// Its value; one for each point of the municipality where it differs between points; none where it
    /// differs between municipalities and the formula is one of the nation.
    pub values: Vec<f64>,
    /// Of a simulated quantity of all tiers: what it is made of, by tier.
    pub tiers: Vec<f64>,
}

/// A formula at work for one municipality, or for the nation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowTrace {
    /// What it gave.
    pub value: f64,
    /// What its pieces stood for, in their order.
    pub pieces: Vec<PieceValue>,
    /// What its names stood for, in the order of its variables.
    pub readings: Vec<Reading>,
}

/// A formula at work.
#[derive(Clone, Debug, PartialEq)]
pub struct FormulaTrace {
    /// Which formula.
    pub role: Role,
    /// For each municipality of the wish; for the nation one.
    pub rows: Vec<RowTrace>,
    /// What the parts of its outline that have their own byte-code came to, by municipality: `[part][row]`,
    /// empty for the others; only in books.
    pub parts: Vec<Vec<f64>>,
}

/// The pot as it was opened, cents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PotTrace {
    /// Whether there is no pot.
    pub open_ended: bool,
    /// The sum of the year.
    pub appropriation: i64,
    /// What is used centrally.
    pub top_slice: i64,
    /// What was left of the year before.
    pub carried: i64,
    /// What there is to divide.
    pub available: i64,
    /// The formulas behind it.
    pub formulas: Vec<FormulaTrace>,
}

/// The claims of one municipality by class on their way from the worksheet to the division, EUR.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stages {
    /// The lines that are claimed, added up.
    pub claimed: Vec<f64>,
    /// The eligible cost that they were cut to; none where they may exceed it.
    pub cost: Option<f64>,
    /// After the cut to the eligible cost.
    pub after_cost: Vec<f64>,
    /// After the rule's limit.
    pub after_limit: Vec<f64>,
    /// After the guarantees that rationing may cut.
    pub after_guarantees: Vec<f64>,
}

/// One claim of one class in the division, cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimTrace {
    /// What is claimed, with what a protected floor lacks and without what a protected cap cuts.
    pub claim: i64,
    /// What is protected of it.
    pub lower: i64,
    /// The most that it may come to, where a cap cuts.
    pub upper: Option<i64>,
    /// What is due: the claim rounded to the unit, within its bounds.
    pub due: i64,
    /// What is granted.
    pub award: i64,
}

/// The division of the pot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DivisionTrace {
    /// `[class][municipality]`
    pub claims: Vec<Vec<ClaimTrace>>,
    /// The weight of each municipality; empty without weights.
    pub weights: Vec<f64>,
    /// The score of each municipality; empty without a competition.
    pub scores: Vec<f64>,
    /// The points that each competes for; empty without a competition.
    pub points: Vec<f64>,
    /// The points funded of each; empty without a competition.
    pub funded: Vec<f64>,
    /// What each pool has, before it is cut where all together have more than the pot; empty without pools.
    pub pools: Vec<i64>,
    /// What is left of the pot.
    pub unspent: i64,
    /// Whether the protected amounts exceeded the pot and were cut.
    pub guarantee_broken: bool,
    /// What the first waiting point would have been awarded in part.
    pub partial: i64,
}

/// What a settlement noted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorded {
    /// The pot.
    pub pot: PotTrace,
    /// The formulas of the rule, in the order in which they were evaluated.
    pub formulas: Vec<FormulaTrace>,
    /// The claims of each municipality of the wish.
    pub stages: Vec<Stages>,
    /// The division; none without a rule.
    pub division: Option<DivisionTrace>,
}

/// An input as it stood in the draw.
#[derive(Clone, Debug, PartialEq)]
pub struct InputTrace {
    /// Its index.
    pub input: usize,
    /// Which of the wish's municipalities it is of; none for one of the nation.
    pub municipality: Option<usize>,
    /// Its value, or one for each point of the municipality.
    pub values: Vec<f64>,
    /// The share of its distribution below each value; empty where it is computed.
    pub shares: Vec<f64>,
    /// Where it is computed: its formula at work (without pieces where it differs between points).
    pub computed: Option<RowTrace>,
}

/// When a point is open.
#[derive(Clone, Debug, PartialEq)]
pub struct PointTrace {
    /// Its index.
    pub point: usize,
    /// The month from which it is open; none: never in the years simulated.
    pub open_from: Option<Month>,
    /// Months open by year, the years before the first included.
    pub months: Vec<(i32, f64)>,
}

/// One programme of one policy in one year and one draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The policy whose formulas were evaluated: that of the wish, or one with the very same rules and
    /// pots that is simulated for both.
    pub policy: usize,
    /// What the settlement noted.
    pub recorded: Recorded,
    /// What is due by municipality, cents.
    pub entitlement: Vec<i64>,
    /// What is granted by municipality, cents.
    pub award: Vec<i64>,
    /// What would have been granted without each guarantee, cents: `[guarantee][municipality]`.
    pub without: Vec<Vec<i64>>,
    /// What the programme's purpose cost in the end, EUR by municipality.
    pub eligible_cost: Vec<f64>,
    /// Every input that a formula read, and those that these are computed from.
    pub inputs: Vec<InputTrace>,
    /// The points of each municipality of the wish.
    pub points: Vec<Vec<PointTrace>>,
    /// `pay_index` by year up to that of the wish.
    pub pay_index: Vec<(i32, f64)>,
    /// `price_index` likewise.
    pub price_index: Vec<(i32, f64)>,
}

/// Simulates a draw again, and notes what the wish asks for.
///
/// # Errors
/// A formula that fails in this draw.
pub fn trace(prepared: &Prepared<'_>, wish: &Wish) -> Result<Option<Trace>, Failure> {
    let (trace, failure) = trace_so_far(prepared, wish);
    failure.map_or(Ok(trace), Err)
}

/// As [`trace`], with what the settlement noted although a formula failed: what was computed before it is
/// as it is, what comes after it is not to be relied on.
pub fn trace_so_far(prepared: &Prepared<'_>, wish: &Wish) -> (Option<Trace>, Option<Failure>) {
    let mut collector = collect::Collector::new(prepared, wish);
    let rows = wish.municipalities.clone();
    let mut simulator = Simulator::new(prepared).tracing(collector.path(), wish.programme, rows);
    let block = wish.draw.map_or(Block::Central, Block::From);
    simulator.run(block, 1, &mut collector);
    let failure = simulator
        .faults()
        .first()
        .map(|(_, fault)| Failure::Formula { draw: wish.draw, fault: Box::new(fault.clone()) });
    (collector.into_trace(), failure)
}
