//! Problems as records, for programs that read them.

use serde::Serialize;

use super::{Place, Problem, Severity, Sources};

/// One problem with its places in lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record<'a> {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// Such as `D0201`.
    pub code: &'a str,
    /// What is wrong.
    pub message: &'a str,
    /// Where, and what is to be said there.
    #[serde(flatten)]
    pub at: Option<Spot<'a>>,
    /// Other places that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Spot<'a>>,
    /// Why it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'a str>,
}

/// A place in lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spot<'a> {
    /// The file, as the scenario names it.
    pub file: &'a str,
    /// The line, from 1; missing where the file was never read.
    pub line: Option<usize>,
    /// The character in the line, from 1.
    pub column: Option<usize>,
    /// What is to be said there; may be empty.
    pub label: &'a str,
}

impl<'a> Record<'a> {
    /// The record of a problem.
    #[must_use]
    pub fn new(problem: &'a Problem, sources: &Sources) -> Self {
        let spot = |(place, label): &'a (Place, String)| {
            let (line, column) = sources.line_column(place).unzip();
            Spot { file: &place.file, line, column, label }
        };
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.code,
            message: &problem.message,
            at: problem.at.as_ref().map(spot),
            also: problem.also.iter().map(spot).collect(),
            note: problem.note.as_deref(),
            help: problem.help.as_deref(),
        }
    }
}
