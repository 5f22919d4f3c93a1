//! Figures as a reader of pictures and pages sees them.

use crate::analysis::{Range, Summary, Verdict};
use crate::chart::Language;
use crate::chart::format::number as plain;
use crate::language::Message;
use crate::units::round_half_up;

/// What stands where there is no figure.
pub const NONE: &str = "–";

/// A number with so many decimals, half up.
pub fn number(value: f64, decimals: usize) -> String {
    plain(round_half_up(value, decimals as i32), decimals, Language::English)
}

/// A count: whole where it is, else with one decimal.
pub fn count(value: Option<f64>) -> String {
    let decimals = |value: f64| usize::from(value.abs() < 100.0 && value != value.round());
    value.map_or_else(|| NONE.to_owned(), |value| number(value, decimals(value)))
}

/// The range of the tables out of the moments and quantiles of the files.
pub fn range_of(summary: &Summary) -> Range {
    let Summary { mean, p05, p10, p50, p90, p95, .. } = *summary;
    Range { mean, p05, p10, p50, p90, p95 }
}

/// A verdict as a reader understands it: the same words in every page and table.
pub fn verdict(verdict: Verdict) -> Message {
    match verdict {
        Verdict::More => Message::new("verdict-more"),
        Verdict::RatherMore => Message::new("verdict-rather-more"),
        Verdict::Undecided => Message::new("verdict-undecided"),
        Verdict::RatherLess => Message::new("verdict-rather-less"),
        Verdict::Less => Message::new("verdict-less"),
        Verdict::Unchanged => Message::new("verdict-unchanged"),
        Verdict::OnlyUnderOne => Message::new("verdict-only-under-one"),
    }
}

/// A text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::option;

    #[test]
    fn every_verdict_has_words_of_its_own_and_clearly_is_told_by_them() {
        for language in Language::ALL {
            let words = Verdict::ALL.map(|of| verdict(of).in_language(language));
            let different: std::collections::BTreeSet<&String> = words.iter().collect();
            assert_eq!(different.len(), Verdict::ALL.len(), "{words:?}");
            // What “clearly” counts are two of them, and it names both.
            let told = Message::new("page-clearly").money("sum", 1.0, "EUR").share("percent", 0.01);
            let told = told.in_language(language);
            for word in ["rather", "drīzāk", "in all draws", "visās izspēlēs"] {
                let is_said = |text: &String| text.to_lowercase().contains(word);
                assert_eq!(words.iter().any(is_said), is_said(&told), "{word}: {told}");
            }
        }
    }

    #[test]
    fn every_option_has_latvian_words_and_the_word_to_type_behind_them() {
        let rules = crate::allocation::rationing::RULES.iter().map(|rule| rule.name());
        let methods = crate::allocation::rounding::METHODS.iter().map(|method| method.name());
        let plans = crate::random::plan::PLANS.iter().map(|entry| entry.plan.name());
        for code in rules.chain(methods).chain(plans).chain(["WhenReady", "WhenFunded"]) {
            let said = option(code).in_language(Language::Latvian);
            let words = said.strip_suffix(&format!(" ({code})"));
            assert!(words.is_some_and(|words| !words.is_empty() && words != code), "{said}");
            assert_eq!(option(code).in_language(Language::English), code);
        }
        assert_eq!(option("NewRule").in_language(Language::Latvian), "NewRule");
    }

    #[test]
    fn figures_have_no_more_decimals_than_they_mean() {
        assert_eq!((count(Some(592.0)), count(Some(12.25))), ("592".to_owned(), "12.3".to_owned()));
        assert_eq!((count(Some(438.7)), count(None)), ("439".to_owned(), NONE.to_owned()));
        assert_eq!((capitalised("ērts"), capitalised("")), ("Ērts".to_owned(), String::new()));
    }
}
