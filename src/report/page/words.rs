//! What is found, in sentences of every language, side by side.

use crate::analysis::Findings;
use crate::language::Language;
use crate::report::sentences;
use serde::Serialize;

/// The sentences in one language.
#[derive(Debug, Serialize)]
pub struct WordsView {
    /// Code of the language.
    code: &'static str,
    /// The language in its own words.
    language: String,
    /// What stands above the sentences of all languages.
    heading: String,
    /// Under which conditions they hold.
    intro: String,
    /// The sentences, subject by subject.
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

/// A block for each language; none where nothing is found.
pub fn words(findings: &Findings) -> Vec<WordsView> {
    if findings.statements.is_empty() {
        return Vec::new();
    }
    Language::ALL.into_iter().map(|language| view(findings, language)).collect()
}

fn view(findings: &Findings, language: Language) -> WordsView {
    let paragraphs = sentences::whole(findings);
    WordsView {
        code: language.code(),
        language: sentences::language().in_language(language),
        heading: sentences::heading().in_language(language),
        intro: sentences::intro(findings).in_language(language),
        items: paragraphs
            .iter()
            .map(|paragraph| Item {
                subject: paragraph.subject(language).unwrap_or_default(),
                lines: paragraph.lines(language),
            })
            .collect(),
        clearly: sentences::clearly(findings)
            .map_or_else(String::new, |message| message.in_language(language)),
    }
}
