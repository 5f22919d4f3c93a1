//! What a reader should know before using the figures, and what was waived with a reason.

use crate::problem::{Place, Problem};
use serde::Serialize;

/// A warning that stays with the figures: a [`Problem`] without its place, perhaps waived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Its code, such as `D0710`.
    pub code: &'static str,
    /// What it is, a sentence without a full stop.
    pub message: String,
    /// Why it matters, likewise; may be empty.
    pub why: String,
    /// What to do, likewise; may be empty.
    pub help: String,
    /// Why it is waived; none where it is not.
    pub reason: Option<String>,
}

/// A warning that the scenario waives, with a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The code of the warning.
    pub code: &'static str,
    /// Names that the warning is about; without any all warnings of the code are waived.
    pub about: Vec<String>,
    /// Why it is waived; not empty.
    pub reason: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// Names in messages are cut after so many letters.
const SHOWN: usize = 60;

impl Note {
    /// The note of a warning, waived by the first of the waivers that covers it.
    #[must_use]
    pub fn new(problem: &Problem, waivers: &[Waiver]) -> Self {
        let waiver = waivers.iter().find(|waiver| waiver.covers(problem));
        Self::waived(problem, waiver)
    }

    /// The note of a warning with the reason of a waiver, if there is one.
    #[must_use]
    pub fn waived(problem: &Problem, waiver: Option<&Waiver>) -> Self {
        Self {
            code: problem.code,
            message: problem.message.clone(),
            why: problem.note.clone().unwrap_or_default(),
            help: problem.help.clone().unwrap_or_default(),
            reason: waiver.map(|waiver| waiver.reason.clone()),
        }
    }

    /// Whether it is waived.
    pub fn is_waived(&self) -> bool {
        self.reason.is_some()
    }
}

impl Waiver {
    /// Whether it waives a warning: one of its code, whose message names in backquotes something
    /// that the waiver is about. An error is never waived.
    pub fn covers(&self, problem: &Problem) -> bool {
        let names = |about: &String| {
            let cut = match about.char_indices().nth(SHOWN) {
                Some((end, _)) => format!("`{}…`", &about[..end]),
                None => format!("`{about}`"),
            };
            problem.message.contains(&cut)
        };
        !problem.is_error()
            && self.code == problem.code
            && (self.about.is_empty() || self.about.iter().any(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::codes;

    fn waiver(about: Option<&str>) -> Waiver {
        let about = about.into_iter().map(str::to_owned).collect();
        Waiver { code: codes::CLIFF, about, reason: "known".to_owned(), place: None }
    }

    #[test]
    fn a_waiver_covers_its_code_and_the_name_that_it_is_about() {
        let cliff = Problem::warning(codes::CLIFF, "the threshold 15 of `density`").help("smooth");
        assert!(waiver(None).covers(&cliff) && waiver(Some("density")).covers(&cliff));
        assert!(!waiver(Some("dens")).covers(&cliff));
        assert!(!waiver(None).covers(&Problem::warning(codes::UNUSED, "`density`")));
        assert!(!waiver(None).covers(&Problem::error(codes::CLIFF, "`density`")));
    }

    #[test]
    fn a_name_that_a_message_cuts_is_found_all_the_same() {
        let name = "ā".repeat(70);
        let cut = Problem::warning(codes::CLIFF, format!("`{}…` is near", "ā".repeat(60)));
        assert!(waiver(Some(&name)).covers(&cut));
    }

    #[test]
    fn a_note_keeps_the_reason_of_the_first_waiver_that_covers_it() {
        let problem = Problem::warning(codes::CLIFF, "`density` is near").note("why");
        let other = Waiver { reason: "too late".to_owned(), ..waiver(None) };
        let note = Note::new(&problem, &[waiver(Some("people")), waiver(None), other]);
        assert_eq!((note.reason.as_deref(), &*note.why, &*note.help), (Some("known"), "why", ""));
        assert!(!Note::new(&problem, &[]).is_waived());
    }
}
