//! What `check` found as one JSON document, for editors and programs.

use super::Checked;
use crate::analysis::{Comparison, ControlTotals};
use crate::problem::Record;
use serde::Serialize;

/// The version of this document's layout.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    scenarios: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    scenario: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    errors: usize,
    warnings: usize,
    /// Warnings that the scenario waives with a reason.
    waived: usize,
    problems: Vec<Record<'a>>,
    /// How tables were read, where that was not plain.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    assumed: &'a [String],
    /// Nothing where the scenario is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    control_totals: Option<&'a ControlTotals>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sampling: Option<Sampling<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<RunSize>,
    #[serde(skip_serializing_if = "<[Comparison]>::is_empty")]
    widths: &'a [Comparison],
}

/// What a run takes at most, on as many threads as fit into this machine's memory.
#[derive(Serialize)]
struct RunSize {
    figures: u64,
    memory_bytes: u64,
    threads: u64,
}

/// How draws are sampled, and which of them by the plan.
#[derive(Serialize)]
struct Sampling<'a> {
    plan: &'static str,
    draws: u64,
    seed: u64,
    national_scores: usize,
    inputs: usize,
    /// Inputs with national scores beyond the plan's dimensions.
    independent: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<Precision>,
}

/// When a run ends before all its draws are done.
#[derive(Serialize)]
struct Precision {
    relative: Option<f64>,
    within: Option<f64>,
    confidence: f64,
    at_most: u64,
    looks: Vec<u64>,
}

/// The document, a line of text.
pub fn json(all: &[Checked<'_>]) -> String {
    let document =
        Document { format: FORMAT, scenarios: all.iter().map(|checked| entry(checked)).collect() };
    // Serialising plain data into a string cannot fail.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn entry<'a>(checked: &'a Checked<'_>) -> Entry<'a> {
    let errors = checked.problems.iter().filter(|problem| problem.is_error()).count();
    Entry {
        scenario: checked.path.display().to_string(),
        title: checked.title.as_deref(),
        errors,
        warnings: checked.problems.len() - errors,
        waived: checked.waived,
        problems: checked
            .problems
            .iter()
            .map(|problem| Record::new(problem, &checked.sources))
            .collect(),
        assumed: &checked.assumed,
        control_totals: checked.totals.as_ref(),
        sampling: checked.sampling.as_ref().map(|(run, coverage)| Sampling {
            plan: run.plan.name(),
            draws: run.draws,
            seed: run.seed,
            national_scores: coverage.scores,
            inputs: coverage.inputs,
            independent: &coverage.left,
            precision: run.precision.as_ref().map(|precision| Precision {
                relative: precision.relative,
                within: precision.within,
                confidence: precision.confidence,
                at_most: precision.at_most,
                looks: precision.looks(),
            }),
        }),
        size: checked.size.map(|size| RunSize {
            figures: size.figures,
            memory_bytes: size.bytes,
            threads: size.threads,
        }),
        widths: &checked.widths,
    }
}
