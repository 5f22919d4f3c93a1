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
    /// The file, as it is found from where the program was called.
    pub file: String,
    /// The line, from 1; missing where the file was never read.
    pub line: Option<usize>,
    /// The character in the line, from 1.
    pub column: Option<usize>,
    /// The line of the first character after it.
    pub end_line: Option<usize>,
    /// That character in its line, from 1.
    pub end_column: Option<usize>,
    /// What is to be said there; may be empty.
    pub label: &'a str,
}

impl<'a> Record<'a> {
    /// The record of a problem.
    #[must_use]
    pub fn new(problem: &'a Problem, sources: &Sources) -> Self {
        let spot = |(place, label): &'a (Place, String)| {
            let (line, column) = sources.line_column(place).unzip();
            let end = Place { start: place.end, ..place.clone() };
            let (end_line, end_column) = sources.line_column(&end).unzip();
            let file = sources.shown(&place.file);
            Spot { file, line, column, end_line, end_column, label }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Source;

    #[test]
    fn a_record_gives_lines_and_columns_and_leaves_out_what_is_not_there() {
        let text = "(\n  ā: 1)";
        let source = Source { name: "s.ron".into(), text: text.into(), bytes: [].into() };
        let place = Place::new(&source.name, 6..7);
        let problem = Problem::error("D0201", "wrong").at(&place, "this").help("mend it");
        let sources = Sources::of(vec![source]);
        let json = serde_json::to_string(&Record::new(&problem, &sources)).unwrap_or_default();
        assert_eq!(
            json,
            r#"{"severity":"error","code":"D0201","message":"wrong","file":"s.ron","line":2,"column":4,"end_line":2,"end_column":5,"label":"this","help":"mend it"}"#
        );
        let bare = Problem::warning("D0101", "odd");
        let json = serde_json::to_string(&Record::new(&bare, &sources)).unwrap_or_default();
        assert_eq!(json, r#"{"severity":"warning","code":"D0101","message":"odd"}"#);
    }
}
