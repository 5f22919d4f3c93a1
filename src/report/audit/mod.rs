//! What an audit found, in plain words.

mod document;
mod reported;
mod sentence;
mod settlement;
mod steps;

pub use document::{properties_document, property_about};
pub use reported::{ReportedRow, case_rows, point_rows};
pub use settlement::{SettlementRow, settlement_rows, terms_in_words};
pub use steps::{StepRow, step_rows};

use super::wording::number;
use crate::allocation::properties::Statement;
use crate::analysis::audit::{Section, Seen};
use crate::model::Scenario;
use sentence::sentence;
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
