//! What is wrong with an input, where, and what to do about it. Names nobody.
//!
//! A [`Problem`] is a value, not an error type: decoders collect as many as they find and the
//! command line shows them all at once, most fundamental first.

pub mod codes;
mod excerpt;
mod letters;
mod place;
mod record;
mod render;

pub use letters::{described, first_hidden, is_hidden, tamed};
pub use place::{Place, Source, Sources};
pub use record::{Record, Spot};
pub use render::{render, sort, summary};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario is refused.
    Error,
    /// The scenario runs, the reader is told.
    Warning,
}

/// One thing that is wrong, with the place, the reason and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether the scenario is refused.
    pub severity: Severity,
    /// A stable code such as `D0142`; its first two digits name the subject.
    pub code: &'static str,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where, with a few words to stand beside the underlined source.
    pub at: Option<(Place, String)>,
    /// Other places that belong to it ("first here").
    pub also: Vec<(Place, String)>,
    /// Why it matters, where that is not plain.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// An error, so far without a place.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            at: None,
            also: Vec::new(),
            note: None,
            help: None,
        }
    }

    /// A warning, so far without a place.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where, with a label for the underlined source (may be empty).
    #[must_use]
    pub fn at(mut self, place: &Place, label: impl Into<String>) -> Self {
        self.at = Some((place.clone(), label.into()));
        self
    }

    /// Names one more place that belongs to it.
    #[must_use]
    pub fn also(mut self, place: &Place, label: impl Into<String>) -> Self {
        self.also.push((place.clone(), label.into()));
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether the scenario is refused because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
