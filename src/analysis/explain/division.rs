//! The pot, every claim on it, guarantees and rounding.

use super::competing::{Competing, competition};
use super::filled::{Filled, Reader};
use super::pooled::{Pooled, pool_of, pooled};
use super::{Class, Municipality};
use crate::engine::{ClaimTrace, DivisionTrace, Role};
use crate::model::{Appropriation, Guarantee, Pot as PotRule, Ration, Rule, Unspent};
use serde::Serialize;

/// The pot of the year.
#[derive(Clone, Debug, Serialize)]
pub struct Pot {
    /// Whether there is none: whatever is due is paid.
    pub open_ended: bool,
    /// The sum of the year, and how it comes about.
    pub appropriation: f64,
    /// Its formula.
    pub appropriation_formula: Option<Filled>,
    /// What is used centrally, by name.
    pub top_slice: Vec<TopSlice>,
    /// What was left of the year before.
    pub carried_over: f64,
    /// What there is to divide.
    pub available: f64,
    /// What becomes of unspent money: `lapses`, `carries` or `reoffered`.
    pub unspent_money: &'static str,
    /// What is left of it in the end.
    pub unspent: f64,
}

/// A part of the appropriation that is used centrally.
#[derive(Clone, Debug, Serialize)]
pub struct TopSlice {
    /// What for.
    pub name: String,
    /// How much, and how that comes about.
    #[serde(flatten)]
    pub amount: Filled,
}

/// A guarantee at work for the municipality.
#[derive(Clone, Debug, Serialize)]
pub struct Guaranteed {
    /// What it is called in the scenario.
    pub name: String,
    /// Whether it is paid before the rest; else rationing may cut it.
    pub protected: bool,
    /// The least.
    pub lower: Option<Filled>,
    /// The most.
    pub upper: Option<Filled>,
    /// What it gave to the municipality in the end, or took: the award with it less that without it.
    pub gain: Option<f64>,
}

/// How the pot was divided.
#[derive(Clone, Debug, Serialize)]
pub struct Divided {
    /// The rule of rationing.
    pub rule: String,
    /// What it does, in a line.
    pub summary: String,
    /// The weight of each claimant, where the rule is weighted.
    pub weight: Option<Filled>,
    /// Whether the rule is estimated, since there are too many claimants to compute it.
    pub estimate: bool,
    /// The competition, where points compete.
    pub competition: Option<Competing>,
    /// The pools in which the pot is divided, where there are any.
    pub pools: Option<Pooled>,
    /// Whether less is available than is due, in the pool or in the pot.
    pub short: bool,
    /// What is due to everybody together.
    pub due: f64,
    /// What is protected of that.
    pub protected: f64,
    /// What is granted to everybody together.
    pub awarded: f64,
    /// Whether even the protected amounts exceed the pot and are cut in proportion.
    pub guarantee_broken: bool,
    /// Every claim, class after class, in order of code.
    pub claimants: Vec<Claimant>,
}

/// A claim on the pot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claimant {
    /// The class as written.
    pub class: u32,
    /// Who claims.
    #[serde(flatten)]
    pub municipality: Municipality,
    /// Its pool, where the pot is in pools.
    pub pool: Option<String>,
    /// What is claimed, in cents exactly, after limits and guarantees.
    pub claim: f64,
    /// What is due: the claim rounded to the unit, within its bounds.
    pub due: f64,
    /// What is protected of it, before rounding.
    pub protected: f64,
    /// The most that it may come to, where a cap cuts.
    pub most: Option<f64>,
    /// Its weight.
    pub weight: Option<f64>,
    /// Its score.
    pub score: Option<f64>,
    /// The points that it asks for.
    pub points: Option<f64>,
    /// What is granted.
    pub award: f64,
}

/// How amounts are rounded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rounded {
    /// The unit of awards.
    pub unit: f64,
    /// How the units that are left over are given out.
    pub method: &'static str,
    /// What a claim is awarded at least, or the claim where that is less; 0: nothing.
    pub at_least: f64,
}

/// Cents in units of the currency; none is 0.
pub fn cents(cents: Option<&i64>) -> f64 {
    cents.map_or(0.0, |cents| *cents as f64 / 100.0)
}

/// Cents in units of the currency.
pub fn money(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// How a rule rounds.
pub fn rounded(rule: &Rule) -> Rounded {
    Rounded {
        unit: money(rule.rounding.unit),
        method: rule.rounding.method.name(),
        at_least: money(rule.rounding.least),
    }
}

/// The pot of the programme.
pub fn pot(reader: &Reader<'_>, pot: &PotRule) -> Pot {
    let recorded = &reader.trace.recorded;
    let year = (reader.wish.year - reader.scenario.years.first).max(0) as usize;
    let formula = match &pot.appropriation {
        Appropriation::OpenEnded => None,
        Appropriation::Yearly(years) => years.get(year),
    };
    let slice = |(index, slice): (usize, &crate::model::TopSlice)| {
        let amount = reader.of_pot(Role::TopSlice(index), &slice.amount)?;
        Some(TopSlice { name: slice.name.clone(), amount })
    };
    let traced = &recorded.pot;
    let without_rule = if traced.open_ended { 0 } else { traced.available };
    Pot {
        open_ended: traced.open_ended,
        appropriation: money(traced.appropriation),
        appropriation_formula: formula
            .and_then(|formula| reader.of_pot(Role::Appropriation, formula)),
        top_slice: pot.top_slice.iter().enumerate().filter_map(slice).collect(),
        carried_over: money(traced.carried),
        available: money(traced.available),
        unspent_money: match pot.unspent {
            Unspent::Lapses => "lapses",
            Unspent::Carries => "carries",
            Unspent::Reoffered => "reoffered",
        },
        unspent: money(
            recorded.division.as_ref().map_or(without_rule, |division| division.unspent),
        ),
    }
}

/// The class numbers of a rule as written, in order.
fn class_numbers(rule: &Rule) -> Vec<u32> {
    let mut numbers: Vec<u32> = rule.claims.iter().map(|claim| claim.class).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The municipality's claims by class.
pub fn classes(reader: &Reader<'_>, rule: &Rule) -> Vec<Class> {
    let recorded = &reader.trace.recorded;
    let Some(stages) = recorded.stages.get(reader.place) else { return Vec::new() };
    let claim_of = |class: usize| {
        let claims = recorded.division.as_ref()?.claims.get(class)?;
        claims.get(reader.municipality).copied()
    };
    class_numbers(rule)
        .into_iter()
        .enumerate()
        .map(|(index, class)| {
            let at = |stage: &[f64]| stage.get(index).copied().unwrap_or(0.0);
            let claim = claim_of(index).unwrap_or_default();
            let lines = rule.claims.iter().filter(|claim| claim.class == class);
            let name = |claim: &crate::model::Claim| rule.lines.get(claim.line);
            Class {
                class,
                lines: lines.filter_map(|claim| Some(name(claim)?.name.clone())).collect(),
                claimed: at(&stages.claimed),
                after_cost: at(&stages.after_cost),
                after_limit: at(&stages.after_limit),
                after_guarantees: at(&stages.after_guarantees),
                due: money(claim.due),
                award: money(claim.award),
            }
        })
        .collect()
}

/// The guarantees of a rule.
pub fn guarantees(reader: &Reader<'_>, rule: &Rule) -> Vec<Guaranteed> {
    let own = cents(reader.trace.award.get(reader.municipality));
    let guaranteed = |(index, guarantee): (usize, &Guarantee)| {
        let filled = |role, formula: &Option<_>| {
            formula.as_ref().and_then(|formula| reader.filled(role, formula))
        };
        let without = reader.trace.without.get(index);
        let without = without.and_then(|awards| awards.get(reader.municipality));
        Guaranteed {
            name: guarantee.name.clone(),
            protected: guarantee.protected,
            lower: filled(Role::Lower(index), &guarantee.lower),
            upper: filled(Role::Upper(index), &guarantee.upper),
            gain: without.map(|without| ((own - money(*without)) * 100.0).round() / 100.0),
        }
    };
    rule.guarantees.iter().enumerate().map(guaranteed).collect()
}

/// How the pot was divided.
pub fn divided(reader: &Reader<'_>, rule: &Rule) -> Option<Divided> {
    let division = reader.trace.recorded.division.as_ref()?;
    let pot = &reader.trace.recorded.pot;
    let sum = |of: fn(&ClaimTrace) -> i64| division.claims.iter().flatten().map(of).sum::<i64>();
    let due = sum(|claim| claim.due);
    let (name, summary, weight, estimate) = match &rule.ration {
        Ration::Rule(by) => {
            let weight = by.weight.as_ref();
            let weight = weight.and_then(|weight| reader.filled(Role::Weight, weight));
            (by.rule.name().to_owned(), by.rule.summary().to_owned(), weight, by.estimate)
        }
        Ration::Competition(_) => {
            let summary = "Whole points in order of a score, with a waiting list.";
            ("RankedCompetition".to_owned(), summary.to_owned(), None, false)
        }
    };
    let pools = pooled(reader, rule, division);
    let is_short = |pools: &Pooled| pools.due > pools.pot.value;
    Some(Divided {
        rule: name,
        summary,
        weight,
        estimate,
        competition: competition(reader, rule, division),
        short: !pot.open_ended && (due > pot.available || pools.as_ref().is_some_and(is_short)),
        pools,
        due: money(due),
        protected: money(sum(|claim| claim.lower.min(claim.due))),
        awarded: money(sum(|claim| claim.award)),
        guarantee_broken: division.guarantee_broken,
        claimants: claimants(reader, rule, division),
    })
}

fn claimants(reader: &Reader<'_>, rule: &Rule, division: &DivisionTrace) -> Vec<Claimant> {
    let table = &reader.scenario.municipalities.table;
    let number = |values: &[f64], row: usize| values.get(row).copied();
    let numbers = class_numbers(rule);
    let of_class = |(class, claims): (&u32, &Vec<ClaimTrace>)| -> Vec<Claimant> {
        let class = *class;
        let rows = claims.iter().zip(table.codes.iter().zip(&table.names)).enumerate();
        rows.map(|(row, (claim, (code, name)))| Claimant {
            class,
            municipality: Municipality { code: code.clone(), name: name.clone() },
            pool: pool_of(rule, row).map(|(_, name)| name.to_owned()),
            claim: money(claim.claim),
            due: money(claim.due),
            protected: money(claim.lower),
            most: claim.upper.map(money),
            weight: number(&division.weights, row),
            score: number(&division.scores, row),
            points: number(&division.points, row),
            award: money(claim.award),
        })
        .collect()
    };
    numbers.iter().zip(&division.claims).flat_map(of_class).collect()
}
