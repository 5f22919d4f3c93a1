//! What an audit found, in plain words.

mod document;
mod reported;
mod settlement;
mod steps;

pub use document::{properties_document, property_about};
pub use reported::{ReportedRow, case_rows, point_rows};
pub use settlement::{SettlementRow, settlement_rows, terms_in_words};
pub use steps::{StepRow, step_rows};

use super::wording::number;
use crate::allocation::properties::{Property, Statement};
use crate::analysis::audit::{Counterexample, Section, Seen};
use crate::model::Scenario;
use serde::Serialize;

/// A property of a rule on the claims of one programme of one policy: a row of the audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditRow {
    /// The policy.
    pub policy: String,
    /// The programme.
    pub programme: String,
    /// The rule.
    pub rule: String,
    /// The property.
    pub property: &'static str,
    /// What the literature says of rule and property: `holds`, `fails`, `no statement found`.
    pub literature: &'static str,
    /// Pots that were tried; each is short.
    pub problems: usize,
    /// Trials: those pots, changed in several ways.
    pub trials: usize,
    /// Pots with a violation.
    pub violated: usize,
    /// Year of the largest violation.
    pub year: Option<i32>,
    /// Its draw, from 0.
    pub draw: Option<u64>,
    /// How large it is, in units of the currency.
    pub amount: Option<f64>,
    /// The largest violation in a sentence; empty where none was found.
    pub counterexample: String,
}

/// Every property of every section, in the order of both.
#[must_use]
pub fn audit_rows(scenario: &Scenario, seen: &Seen, sections: &[Section]) -> Vec<AuditRow> {
    let mut rows = Vec::new();
    for section in sections {
        let Some(case) = seen.cases.get(section.case) else { continue };
        for finding in &section.findings {
            let worst = finding.worst.as_ref();
            rows.push(AuditRow {
                policy: policy(scenario, case.policy),
                programme: programme(scenario, case.programme),
                rule: section.rule.name().to_owned(),
                property: finding.property.name(),
                literature: said(finding.stated),
                problems: finding.problems,
                trials: finding.trials,
                violated: finding.violated,
                year: worst.map(|worst| worst.year),
                draw: worst.map(|worst| worst.draw),
                amount: worst.map(|worst| worst.size().round() / 100.0),
                counterexample: worst
                    .map_or_else(String::new, |worst| sentence(scenario, finding.property, worst)),
            });
        }
    }
    rows
}

/// What the literature says, in a word or two.
#[must_use]
pub fn said(statement: Statement) -> &'static str {
    match statement {
        Statement::Holds => "holds",
        Statement::Fails => "fails",
        Statement::NotFound => "no statement found",
    }
}

/// Name of a policy.
pub fn policy(scenario: &Scenario, index: usize) -> String {
    scenario.policies.get(index).map_or_else(String::new, |policy| policy.name.clone())
}

/// Name of a programme.
pub fn programme(scenario: &Scenario, index: usize) -> String {
    scenario.programmes.get(index).map_or_else(String::new, |programme| programme.name.clone())
}

fn municipality(scenario: &Scenario, index: usize) -> String {
    scenario.municipalities.table.names.get(index).cloned().unwrap_or_default()
}

/// An amount of cents: whole units of the currency from 100 on, else with cents.
fn amount(scenario: &Scenario, cents: f64) -> String {
    let decimals = if cents.abs() < 10_000.0 { 2 } else { 0 };
    format!("{} {}", number(cents / 100.0, decimals), scenario.currency)
}

/// The violation in words.
#[allow(clippy::too_many_lines)] // a sentence for each property, side by side
fn sentence(scenario: &Scenario, property: Property, found: &Counterexample) -> String {
    let Counterexample { year, draw, attempt, violation } = found;
    let trial = &attempt.trial;
    let who = |claimant: usize| {
        attempt
            .municipalities
            .get(claimant)
            .map_or_else(|| "nobody".to_owned(), |&index| municipality(scenario, index))
    };
    let money = |cents: f64| amount(scenario, cents);
    let claim = |claimant: usize| trial.claims.get(claimant).copied().unwrap_or(0) as f64;
    let (subject, by) = (who(violation.claimant), money(found.size()));
    let gains = violation.award > violation.bound;
    let than = if gains { "more" } else { "less" };
    let (one, other) = (who(trial.one), who(trial.other));
    let (pot, other_pot) = (money(trial.pot as f64), money(trial.other_pot as f64));
    let what = match property {
        Property::Balance => format!("the awards add up to {by} {than} than the pot of {pot}"),
        Property::Bounds if gains => format!("{subject} receives {by} more than its claim"),
        Property::Bounds => format!("{subject} receives {by} less than nothing"),
        Property::EqualTreatment => {
            format!("{subject} receives {by} {than} than another with the same claim")
        }
        Property::OrderPreservation if gains => {
            format!("{subject}, whose claim is larger, loses {by} less than the next smaller claim")
        }
        Property::OrderPreservation => {
            format!(
                "{subject}, whose claim is larger, receives {by} less than the next smaller claim"
            )
        }
        Property::EndowmentMonotonicity => {
            format!(
                "{subject} receives {by} less from the larger of the pots {pot} and {other_pot}"
            )
        }
        Property::ClaimMonotonicity => {
            format!("{subject} receives {by} less by claiming {} more", money(trial.amount as f64))
        }
        Property::LinkedMonotonicity => format!(
            "{subject} gains {by} more than the {} by which its claim and the pot grow",
            money(trial.amount as f64)
        ),
        Property::PopulationMonotonicity => {
            format!("{subject} receives {by} less once {one} withdraws and the pot stays")
        }
        Property::TruncationInvariance => format!(
            "{subject} receives {by} {than} than if no claim counted beyond the pot of {pot}"
        ),
        Property::MinimalRightsFirst => format!(
            "{subject} receives {by} {than} than if each were first paid what the others leave at least"
        ),
        Property::CompositionDown | Property::CompositionUp => {
            let [first, last] =
                if (trial.pot < trial.other_pot) == (property == Property::CompositionUp) {
                    [&pot, &other_pot]
                } else {
                    [&other_pot, &pot]
                };
            let way = if property == Property::CompositionUp {
                "the rest is divided by what is still due"
            } else {
                "it is divided by the awards promised"
            };
            format!(
                "the pot turns out at {last} and not at {first}: {subject} receives {by} {than} if {way} than if all is divided anew"
            )
        }
        Property::SelfDuality => format!(
            "{subject} receives {by} {than} than if the rule divided what is missing instead of what is there"
        ),
        Property::Midpoint => {
            format!(
                "of a pot of half the claims {subject} receives {by} {than} than half its claim"
            )
        }
        Property::Consistency => format!(
            "once {one} has left with its award, dividing the rest anew gives {subject} {by} {than}"
        ),
        Property::NullClaims => {
            format!("{subject} receives {by} {than} once somebody who claims nothing stands beside")
        }
        Property::NoAdvantageousMerging => {
            format!("{one} and {other} receive {by} more by claiming as one")
        }
        Property::NoAdvantageousSplitting
            if attempt.municipalities.get(trial.one) == attempt.municipalities.get(trial.other) =>
        {
            format!(
                "{subject} receives {by} more by claiming as two, half of its {} each",
                money(claim(trial.one) + claim(trial.other))
            )
        }
        Property::NoAdvantageousSplitting => {
            format!("{one} and {other} receive {by} more than one claimant with both claims")
        }
        Property::NoTransferParadox => {
            let moved = money(trial.amount as f64);
            if violation.claimant == trial.one {
                format!(
                    "{one} receives {by} less after taking over {moved} of the claim of {other}"
                )
            } else {
                format!("{other} receives {by} more after leaving {moved} of its claim to {one}")
            }
        }
        Property::Progressivity | Property::Regressivity => format!(
            "{subject} receives {by} {than} than at the share of its claim that the next smaller claim is paid"
        ),
        Property::LowerBound => format!(
            "{subject} receives {by} less than 1/{} of its claim (cut to the pot)",
            trial.claims.len()
        ),
        Property::FullCompensation => format!(
            "{subject} receives {by} less than its claim, though the pot could pay everyone as much or the whole claim"
        ),
        Property::NullCompensation => format!(
            "{subject} receives {by}, though what others claim beyond its claim takes the whole pot"
        ),
    };
    format!("{year}, draw {draw}: {what}")
}
