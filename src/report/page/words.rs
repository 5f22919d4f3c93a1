//! What is found, in sentences.

use crate::analysis::Findings;
use crate::report::sentences::{self, Paragraph};
use crate::report::written::Written;
use serde::Serialize;

/// The sentences.
#[derive(Debug, Serialize)]
pub struct WordsView {
    /// What stands above them.
    heading: String,
    /// Under which conditions they hold.
    intro: String,
    /// The few that are told first.
    brief: Vec<Item>,
    /// All of them, subject by subject.
    items: Vec<Item>,
    /// What "clearly" means; empty where no sentence says it.
    clearly: String,
}

/// The sentences about one subject.
#[derive(Debug, Serialize)]
struct Item {
    /// May be empty.
    subject: String,
    /// One for each thing that is found.
    lines: Vec<String>,
}

/// What is found; none where nothing is.
pub fn words(findings: &Findings, written: Written) -> Option<WordsView> {
    if findings.statements.is_empty() {
        return None;
    }
    let items = |paragraphs: Vec<Paragraph>| {
        let item = |paragraph: &Paragraph| Item {
            subject: paragraph.subject(written.0).unwrap_or_default(),
            lines: paragraph.lines(written.0),
        };
        paragraphs.iter().map(item).collect()
    };
    Some(WordsView {
        heading: written.words(&sentences::heading()),
        intro: written.words(&sentences::intro(findings)),
        brief: items(sentences::brief(findings)),
        items: items(sentences::whole(findings)),
        clearly: sentences::clearly(findings)
            .map_or_else(String::new, |message| written.words(&message)),
    })
}
