//! What is found, in words: statements to messages, grouped by what they are about.
//!
//! No figure is judged here: what may be said, and how surely, is decided where a statement is made
//! (`analysis/statements`).

mod statement;
#[cfg(test)]
mod tests;

use crate::analysis::statements::{Found, Received, Statement};
use crate::analysis::{About, Findings};
use crate::language::{Language, Message};

/// The sentences about one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    subject: Option<Message>,
    /// The sentences of each statement.
    statements: Vec<Vec<Message>>,
}

impl Paragraph {
    /// What the sentences are about; none where they say it themselves.
    pub fn subject(&self, language: Language) -> Option<String> {
        self.subject.as_ref().map(|subject| subject.in_language(language))
    }

    /// The sentences, those of a statement together.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let line = |sentences: &Vec<Message>| {
            let texts: Vec<String> =
                sentences.iter().map(|sentence| sentence.in_language(language)).collect();
            texts.join(" ")
        };
        self.statements.iter().map(line).collect()
    }
}

/// The few sentences that are told first.
pub fn brief(findings: &Findings) -> Vec<Paragraph> {
    paragraphs(findings, |statement| statement.in_brief)
}

/// All sentences. What is said of several policies together is left to each of them.
pub fn whole(findings: &Findings) -> Vec<Paragraph> {
    paragraphs(findings, |statement| !matches!(statement.found, Found::Across(_)))
}

/// What stands above the sentences.
pub fn heading() -> Message {
    Message::new("findings-heading")
}

/// Under which conditions the sentences hold.
pub fn intro(findings: &Findings) -> Message {
    Message::new("findings-intro").count("draws", findings.about.draws as f64)
}

/// What "clearly" means; none where no sentence says it.
pub fn clearly(findings: &Findings) -> Option<Message> {
    let About { threshold_eur, threshold_percent, currency, .. } = &findings.about;
    let is_said = |statement: &Statement| {
        matches!(statement.found, Found::Across(_) | Found::Received(Received::Counted(_)))
    };
    findings.statements.iter().any(is_said).then(|| {
        Message::new("findings-clearly")
            .money("sum", *threshold_eur, currency)
            .share("percent", threshold_percent / 100.0)
    })
}

fn paragraphs(findings: &Findings, is_told: impl Fn(&Statement) -> bool) -> Vec<Paragraph> {
    let about = &findings.about;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for statement in findings.statements.iter().filter(|statement| is_told(statement)) {
        let subject = subject(statement, about);
        let sentences = statement::sentences(statement, about);
        match paragraphs.last_mut() {
            Some(last) if last.subject == subject => last.statements.push(sentences),
            _ => paragraphs.push(Paragraph { subject, statements: vec![sentences] }),
        }
    }
    paragraphs
}

/// What a statement is about, where it does not say so itself.
fn subject(statement: &Statement, about: &About) -> Option<Message> {
    match (&statement.policy, &statement.found) {
        (None, Found::Points(_) | Found::WithinReach(_)) => {
            Some(Message::new("findings-every-policy"))
        }
        (None, _) => None,
        (Some(policy), _) => {
            let is_baseline = about.policies.len() > 1 && about.baseline.as_ref() == Some(policy);
            let message = if is_baseline {
                Message::new("findings-baseline")
            } else {
                Message::new("findings-policy")
            };
            Some(message.name("policy", policy))
        }
    }
}
