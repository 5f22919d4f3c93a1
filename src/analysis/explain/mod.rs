//! One figure, explained: how the award of a municipality comes about, line by line.
//!
//! ```text
//! names as typed ─► asked    ─► which policy, programme, municipality, year, draw
//! engine::trace  ─► filled   ─► each formula with its numbers put in
//!                ─► origin   ─► where each number comes from: file and line, input and share, lever …
//!                ─► division ─► the pot, every claim on it, rounding
//!                ─► build_up ─► the award as a sum of steps
//! several        ─► letter   ─► one page for a municipality: every policy, and its points opening otherwise
//! ```
//! Money is in units of the currency. Nothing is computed a second time: every number is what the
//! engine used in that draw.

mod asked;
mod build_up;
mod competing;
mod division;
mod filled;
mod letter;
mod origin;
mod pooled;
mod sources;

pub use asked::{Question, ask};
pub use build_up::{Step, StepKind};
pub use competing::Competing;
pub use division::{Claimant, Divided, Guaranteed, Pot, Rounded};
pub use filled::{Filled, Piece};
pub use letter::{
    Case, Letter, LetterAward, LetterPot, Likeness, Neighbour, Opening, WorksheetLine, inhabitants,
    letters, simulations,
};
pub use origin::{Cell, OpenPoint, Origin, Source, TierPart};
pub use pooled::{Pool, Pooled};

use self::division::{cents, divided, pot, rounded};
use self::filled::Reader;
use crate::engine::{Prepared, Role, Trace, Wish};
use crate::model::{Purpose, Scenario};
use crate::problem::Sources;
use crate::units::euro_to_cents;
use serde::Serialize;

/// How an award comes about.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Title of the scenario.
    pub scenario: String,
    /// Three-letter code of the currency.
    pub currency: String,
    /// The policy.
    pub policy: String,
    /// Where it comes from, as written.
    pub policy_source: String,
    /// The programme.
    pub programme: String,
    /// What it pays for: `investment` or `maintenance`.
    pub purpose: &'static str,
    /// The municipality.
    pub municipality: Municipality,
    /// Calendar year.
    pub year: i32,
    /// Which future.
    pub future: Future,
    /// Whether the policy has a rule for the programme; without one nothing is paid.
    pub has_rule: bool,
    /// The worksheet.
    pub lines: Vec<Line>,
    /// Its claims by class, class 1 first, from the worksheet to the division.
    pub classes: Vec<Class>,
    /// The eligible cost to which claims were cut; none where they may exceed it.
    pub cost_limit: Option<f64>,
    /// The rule's own limit.
    pub limit: Option<Filled>,
    /// The guarantees, in the order of the rule.
    pub guarantees: Vec<Guaranteed>,
    /// The pot.
    pub pot: Pot,
    /// How it was divided; none without a rule.
    pub division: Option<Divided>,
    /// How claims and awards were rounded; none without a rule.
    pub rounding: Option<Rounded>,
    /// What came of it.
    pub result: Outcome,
    /// The award as a sum of steps, to the cent.
    pub build_up: Vec<Step>,
}

/// A municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Municipality {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Which future a figure is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Future {
    /// The draw, from 0; none: the central path, on which every input takes its median.
    pub draw: Option<u64>,
    /// How many draws the run has.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
    /// The sampling plan.
    pub plan: &'static str,
}

/// A line of the worksheet, filled in.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// The class in which it is claimed; none where it is not.
    pub class: Option<u32>,
    /// Where it comes from, as written.
    pub note: String,
    /// Its formula.
    #[serde(flatten)]
    pub filled: Filled,
}

/// The claim of one class on its way from the worksheet to the division.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Class {
    /// The class as written.
    pub class: u32,
    /// The lines that it adds up.
    pub lines: Vec<String>,
    /// Their sum.
    pub claimed: f64,
    /// After the cut to the eligible cost.
    pub after_cost: f64,
    /// After the rule's limit.
    pub after_limit: f64,
    /// After the guarantees that rationing may cut.
    pub after_guarantees: f64,
    /// What is due, with protected guarantees, rounded to the unit.
    pub due: f64,
    /// What is granted.
    pub award: f64,
}

/// What came of it for the municipality.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// What is due.
    pub entitlement: f64,
    /// What is granted.
    pub award: f64,
    /// What is due and not granted.
    pub shortfall: f64,
    /// What the programme's purpose costs it.
    pub eligible_cost: f64,
    /// The cost that it carries itself.
    pub own_share: f64,
}

/// Explains one municipality's figure; `place` is where it stands among those of the wish.
#[must_use]
pub fn explain(
    prepared: &Prepared<'_>,
    sources: &Sources,
    wish: &Wish,
    place: usize,
    trace: &Trace,
) -> Option<Explanation> {
    let scenario = prepared.scenario;
    let municipality = *wish.municipalities.get(place)?;
    let policy = scenario.policies.get(wish.policy)?;
    let programme = scenario.programmes.get(wish.programme)?;
    let rule = policy.rules.get(wish.programme)?.as_ref();
    let reader = Reader { scenario, sources, wish, place, municipality, trace };
    let lines = rule.map_or_else(Vec::new, |rule| {
        (0..rule.lines.len())
            .filter_map(|index| {
                let line = rule.lines.get(index)?;
                let claim = rule.claims.iter().find(|claim| claim.line == index);
                Some(Line {
                    name: line.name.clone(),
                    class: claim.map(|claim| claim.class),
                    note: line.note.clone(),
                    filled: reader.filled(Role::Line(index), &line.formula)?,
                })
            })
            .collect()
    });
    let table = &scenario.municipalities.table;
    let award = cents(trace.award.get(municipality));
    let cost = trace.eligible_cost.get(municipality).copied().unwrap_or(0.0);
    let mut explanation = Explanation {
        scenario: scenario.title.clone(),
        currency: scenario.currency.clone(),
        policy: policy.name.clone(),
        policy_source: policy.source.clone(),
        programme: programme.name.clone(),
        purpose: match programme.purpose {
            Purpose::Investment => "investment",
            Purpose::Maintenance => "maintenance",
        },
        municipality: Municipality {
            code: table.codes.get(municipality)?.clone(),
            name: table.names.get(municipality)?.clone(),
        },
        year: wish.year,
        future: future(scenario, wish.draw),
        has_rule: rule.is_some(),
        lines,
        classes: rule.map_or_else(Vec::new, |rule| division::classes(&reader, rule)),
        cost_limit: trace.recorded.stages.get(place).and_then(|stages| stages.cost),
        limit: rule
            .and_then(|rule| rule.limit.as_ref())
            .and_then(|limit| reader.filled(Role::Limit, limit)),
        guarantees: rule.map_or_else(Vec::new, |rule| division::guarantees(&reader, rule)),
        pot: pot(&reader, policy.pots.get(wish.programme)?),
        division: rule.and_then(|rule| divided(&reader, rule)),
        rounding: rule.map(rounded),
        result: Outcome {
            entitlement: cents(trace.entitlement.get(municipality)),
            award,
            shortfall: less(trace.entitlement.get(municipality), trace.award.get(municipality)),
            eligible_cost: cost,
            own_share: less(Some(&euro_to_cents(cost)), trace.award.get(municipality)),
        },
        build_up: Vec::new(),
    };
    explanation.build_up = build_up::build_up(&explanation);
    Some(explanation)
}

fn future(scenario: &Scenario, draw: Option<u64>) -> Future {
    let run = &scenario.run;
    Future { draw, draws: run.draws, seed: run.seed, plan: run.plan.name() }
}

/// A difference of cents in units of the currency.
fn less(from: Option<&i64>, amount: Option<&i64>) -> f64 {
    let of = |cents: Option<&i64>| cents.copied().unwrap_or(0);
    (of(from) - of(amount)) as f64 / 100.0
}
