//! Options of the scenario format in words of the language: how a rule, a method, a plan or a mode is called.
//! The word that the format has stands behind them where it differs, for whoever must type it.

use super::Message;

/// What an option is called; a word that the format does not have stands as it is.
///
/// ```
/// use dotacija::language::{Language, option};
///
/// let rule = option("Proportional");
/// assert_eq!(rule.in_language(Language::Latvian), "proporcionāli (Proportional)");
/// assert_eq!(rule.in_language(Language::English), "Proportional");
/// ```
#[must_use]
pub fn option(code: &str) -> Message {
    match code {
        "WhenReady" => Message::new("option-when-ready"),
        "WhenFunded" => Message::new("option-when-funded"),
        "Proportional" => Message::new("option-proportional"),
        "AdjustedProportional" => Message::new("option-adjusted-proportional"),
        "ConstrainedEqualAwards" => Message::new("option-equal-awards"),
        "ConstrainedEqualLosses" => Message::new("option-equal-losses"),
        "Talmud" => Message::new("option-talmud"),
        "ReverseTalmud" => Message::new("option-reverse-talmud"),
        "ConstrainedEgalitarian" => Message::new("option-egalitarian"),
        "Piniles" => Message::new("option-piniles"),
        "MinimalOverlap" => Message::new("option-minimal-overlap"),
        "RandomArrival" => Message::new("option-random-arrival"),
        "AverageOfEqualAwardsAndLosses" => Message::new("option-average-of-both"),
        "DominguezThomson" => Message::new("option-dominguez-thomson"),
        "AverageOfAwards" => Message::new("option-average-of-awards"),
        "LargestRemainder" => Message::new("option-largest-remainder"),
        "Webster" => Message::new("option-webster"),
        "Jefferson" => Message::new("option-jefferson"),
        "Adams" => Message::new("option-adams"),
        "HuntingtonHill" => Message::new("option-huntington-hill"),
        "Random" => Message::new("option-random"),
        "Antithetic" => Message::new("option-antithetic"),
        "LatinHypercube" => Message::new("option-latin-hypercube"),
        "Sobol" => Message::new("option-sobol"),
        other => Message::new("option-other").name("code", other),
    }
}
