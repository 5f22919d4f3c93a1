//! Everything that an audit found, as CSV and JSON: what the terminal is told, and more.

use super::{pretty, written};
use crate::analysis::audit::{Case, Section, Seen};
use crate::model::Scenario;
use crate::report;
use crate::report::audit::{
    AuditRow, ReportedRow, SettlementRow, StepRow, policy, programme, terms_in_words,
};
use serde::Serialize;
use serde_json::json;

/// What an audit found.
pub(super) struct Found<'a> {
    pub scenario: &'a Scenario,
    pub seen: &'a Seen,
    pub sections: &'a [Section],
    /// Properties of rules.
    pub rows: Vec<AuditRow>,
    /// Properties of whole settlements.
    pub settlements: Vec<SettlementRow>,
    /// Steps of formulas.
    pub steps: Vec<StepRow>,
    /// How many neighbours of steps there are in all.
    pub near: usize,
    /// One point as two.
    pub points: Vec<ReportedRow>,
    /// One case as two.
    pub cases: Vec<ReportedRow>,
}

/// What is to be known of a search beside its findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct NoteRow {
    pub policy: String,
    pub programme: String,
    /// The rule; none where the note is of the programme.
    pub rule: Option<String>,
    pub words: String,
}

const HEADER: [&str; 20] = [
    "kind",
    "policy",
    "programme",
    "rule",
    "property",
    "literature",
    "cause",
    "problems",
    "trials",
    "violated",
    "by_rounding",
    "year",
    "draw",
    "amount",
    "due",
    "municipality",
    "column",
    "at",
    "value",
    "words",
];

/// A row of the CSV by the names of its columns.
fn line(cells: &[(&str, String)]) -> Vec<String> {
    HEADER
        .iter()
        .map(|name| {
            cells
                .iter()
                .find(|(of, _)| of == name)
                .map_or_else(String::new, |(_, value)| value.clone())
        })
        .collect()
}

fn said<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

impl Found<'_> {
    /// Notes of every programme and rule, in the order in which they are told.
    pub fn notes(&self) -> Vec<NoteRow> {
        let mut notes = Vec::new();
        for (index, case) in self.seen.cases.iter().enumerate() {
            let note = |rule: Option<&str>, words: String| NoteRow {
                policy: policy(self.scenario, case.policy),
                programme: programme(self.scenario, case.programme),
                rule: rule.map(str::to_owned),
                words,
            };
            notes.extend(of_case(case).map(|words| note(None, words)));
            for section in self.sections.iter().filter(|section| section.case == index) {
                let of_section = of_section(case, section).into_iter();
                notes.extend(of_section.map(|words| note(Some(section.rule.name()), words)));
            }
            if !self.settlements.is_empty() {
                let by = format!("settled by {}", terms_in_words(self.scenario, case));
                notes.push(note(None, by));
            }
        }
        notes
    }

    pub fn json(&self) -> String {
        pretty(&json!({
            "scenario": self.scenario.name,
            "draws": self.seen.draws,
            "notes": self.notes(),
            "properties": self.rows,
            "settlements": self.settlements,
            "steps": self.steps,
            "steps_near": self.near,
            "one_point_as_two": self.points,
            "one_case_as_two": self.cases,
        }))
    }

    /// One table of all: what kind a row is of stands first, and it has the columns of its kind.
    pub fn csv(&self) -> String {
        let notes = self.notes().into_iter().map(|note| {
            line(&[
                ("kind", "note".to_owned()),
                ("policy", note.policy),
                ("programme", note.programme),
                ("rule", note.rule.unwrap_or_default()),
                ("words", note.words),
            ])
        });
        let rows = self.rows.iter().map(|row| {
            line(&[
                ("kind", "rule".to_owned()),
                ("policy", row.policy.clone()),
                ("programme", row.programme.clone()),
                ("rule", row.rule.clone()),
                ("property", row.property.to_owned()),
                ("literature", row.literature.to_owned()),
                ("problems", row.problems.to_string()),
                ("trials", row.trials.to_string()),
                ("violated", row.violated.to_string()),
                ("year", said(row.year)),
                ("draw", said(row.draw)),
                ("amount", report::money(row.amount)),
                ("words", row.counterexample.clone()),
            ])
        });
        let settlements = self.settlements.iter().map(|row| {
            let between = if row.reason.is_empty() { "" } else { "; " };
            line(&[
                ("kind", "settlement".to_owned()),
                ("policy", row.policy.clone()),
                ("programme", row.programme.clone()),
                ("rule", row.settled_by.clone()),
                ("property", row.property.to_owned()),
                ("cause", said(row.cause)),
                ("problems", row.problems.to_string()),
                ("trials", row.trials.to_string()),
                ("violated", row.violated.to_string()),
                ("by_rounding", row.by_rounding.to_string()),
                ("year", said(row.year)),
                ("draw", said(row.draw)),
                ("amount", report::money(row.amount)),
                ("words", format!("{}{between}{}", row.counterexample, row.reason)),
            ])
        });
        let steps = self.steps.iter().map(|row| {
            line(&[
                ("kind", "step".to_owned()),
                ("policy", said(row.policy.clone())),
                ("programme", said(row.programme.clone())),
                ("rule", row.formula.clone()),
                ("year", said(row.year)),
                ("amount", report::money(row.difference)),
                ("municipality", row.municipality.clone()),
                ("column", row.column.clone()),
                ("at", row.at.to_string()),
                ("value", row.value.to_string()),
                ("words", row.words.clone()),
            ])
        });
        let beyond = (self.near > self.steps.len()).then(|| {
            let words =
                format!("{} more neighbours were not worked out", self.near - self.steps.len());
            line(&[("kind", "note".to_owned()), ("words", words)])
        });
        let reported = self.points.iter().chain(&self.cases).map(|row| {
            line(&[
                ("kind", row.reported.to_owned()),
                ("policy", row.policy.clone()),
                ("programme", said(row.programme.clone())),
                ("problems", row.tried.to_string()),
                ("violated", row.gaining.to_string()),
                ("year", said(row.year)),
                ("amount", report::money(row.amount)),
                ("due", report::money(row.due)),
                ("municipality", said(row.municipality.clone())),
                ("words", row.words.clone()),
            ])
        });
        let all = notes.chain(rows).chain(settlements).chain(steps).chain(beyond).chain(reported);
        written(&HEADER, all)
    }
}

/// What is to be known of a programme.
pub(super) fn of_case(case: &Case) -> impl Iterator<Item = String> {
    let competes = case.rule.is_none().then(|| {
        "whole points compete, which is no rule of claims: only the whole settlement is tried"
            .to_owned()
    });
    let open = case.open_ended.then(|| "no pot in some year, so nothing to divide then".to_owned());
    competes.into_iter().chain(open)
}

/// What is to be known of the search of a rule.
pub(super) fn of_section(case: &Case, section: &Section) -> Vec<String> {
    let mut notes = vec![format!(
        "{} of {} pots are short, {} tried",
        section.short,
        case.problems.len(),
        section.problems
    )];
    if !section.is_own {
        notes.push("not the policy's own rule".to_owned());
    }
    if let Some(group) = section.group {
        notes.push(format!(
            "estimated among many, so tried on groups of {group} with their part of the pot"
        ));
    }
    if case.weighs {
        notes.push("the rule without weights; the policy weighs its claimants".to_owned());
    }
    if case.has_classes {
        notes.push(
            "claims of all classes together; the policy serves one class after another".to_owned(),
        );
    }
    if case.protects {
        notes.push(
            "all that is due, protected or not; the policy pays what is protected first".to_owned(),
        );
    }
    notes
}
