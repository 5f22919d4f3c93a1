//! Problems for Python: as records in JSON, each with its underlined excerpt.

use dotacija::model::Note;
use dotacija::problem::{Problem, Record, Sources, render, summary};
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::slice::from_ref;

/// All that is wrong or doubtful in a scenario with settings, as a list in JSON.
#[pyfunction]
pub fn check(py: Python<'_>, path: PathBuf, settings: Vec<String>) -> String {
    py.detach(|| {
        let (problems, sources) = dotacija::cli::problems_of_check(&path, &settings);
        records(&problems, &sources).to_string()
    })
}

/// Problems as a list of records.
fn records(problems: &[Problem], sources: &Sources) -> Value {
    problems.iter().map(|problem| record(problem, sources)).collect()
}

fn record(problem: &Problem, sources: &Sources) -> Value {
    let mut record = json!(Record::new(problem, sources));
    record["text"] = json!(render(from_ref(problem), sources, false).trim_end());
    record
}

/// Notes as a list of records: warnings without a place, perhaps waived.
pub fn notes(notes: &[Note]) -> Value {
    let record = |note: &Note| {
        let mut problem = Problem::warning(note.code, note.message.clone());
        problem.note = Some(note.why.clone()).filter(|text| !text.is_empty());
        problem.help = Some(note.help.clone()).filter(|text| !text.is_empty());
        let mut record = record(&problem, &Sources::default());
        record["waived"] = json!(note.reason);
        record
    };
    notes.iter().map(record).collect()
}

/// The exception `dotacija.ScenarioError` of problems.
pub fn refused(py: Python<'_>, problems: &[Problem], sources: &Sources) -> PyErr {
    let text = render(problems, sources, false);
    let text = format!("{}\n{}", text.trim_end(), summary(problems));
    let made = py
        .import("dotacija._problems")
        .and_then(|module| module.getattr("ScenarioError"))
        .and_then(|class| {
            class.call_method1("_of", (text, records(problems, sources).to_string()))
        });
    made.map_or_else(|error| error, PyErr::from_value)
}
