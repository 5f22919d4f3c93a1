//! The words of the pages.

use crate::analysis::Verdict;
use crate::language::{Language, Message};
use crate::report;
use std::collections::BTreeMap;

/// The words that take nothing in, by the name that templates call them by.
pub fn words(language: Language) -> BTreeMap<&'static str, String> {
    let all = [
        ("kicker", Message::new("serve-kicker")),
        ("home", Message::new("serve-home")),
        ("home_says", Message::new("serve-home-says")),
        ("scenarios", Message::new("serve-scenarios")),
        ("runs", Message::new("serve-runs")),
        ("nothing", Message::new("serve-nothing")),
        ("what_if", Message::new("serve-what-if")),
        ("side_by_side", Message::new("serve-side-by-side")),
        ("pick", Message::new("serve-pick")),
        ("no_policies", Message::new("serve-no-policies")),
        ("told", Message::new("serve-told")),
        ("levers", Message::new("serve-levers")),
        ("levers_say", Message::new("serve-levers-say")),
        ("no_levers", Message::new("serve-no-levers")),
        ("apply", Message::new("serve-apply")),
        ("reset", Message::new("serve-reset")),
        ("more", Message::new("serve-more-draws")),
        ("cancel", Message::new("serve-cancel")),
        ("working", Message::new("serve-working")),
        ("stopped", Message::new("serve-stopped")),
        ("lost", Message::new("serve-lost")),
        ("busy", Message::new("serve-busy")),
        ("figures", Message::new("serve-figures")),
        ("figures_say", Message::new("serve-figures-say")),
        ("figure", Message::new("serve-figure")),
        ("baseline", Message::new("serve-baseline")),
        ("receives", Message::new("serve-receives")),
        ("municipality", Message::new("serve-municipality")),
        ("difference", Message::new("serve-difference")),
        ("verdict", Message::new("serve-verdict")),
        ("nobody", Message::new("serve-nobody")),
        ("pictures", Message::new("serve-pictures")),
        ("in_words", Message::new("serve-in-words")),
        ("downloads", Message::new("serve-downloads")),
        ("all_figures", Message::new("serve-all-figures")),
        ("command", Message::new("serve-command")),
        ("assumed", Message::new("serve-assumed")),
        ("refused", Message::new("serve-refused")),
        ("language", Message::new("serve-language")),
        ("language_code", Message::new("serve-language-code")),
    ];
    all.into_iter().map(|(name, message)| (name, message.in_language(language))).collect()
}

/// What can be said of a difference.
pub fn verdict(verdict: Verdict, language: Language) -> String {
    report::verdict(verdict).in_language(language)
}
