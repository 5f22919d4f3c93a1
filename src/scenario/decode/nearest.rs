//! The nearest known names to one that is not known.

use super::lexicon;
use crate::problem::{Problem, tamed};
use crate::scenario::tree::shortened;

/// Longer words are not compared: nobody mistypes them.
const LONGEST_WORD: usize = 80;
/// More names than this are not looked through.
const MOST_NAMES: usize = 10_000;
/// The most names that a help lists.
const MOST_LISTED: usize = 24;

/// A name in backquotes, at most 60 characters of it, hidden letters made visible.
#[must_use]
pub fn quoted(name: &str) -> String {
    format!("`{}`", tamed(&shortened(name)))
}

/// The known name nearest to a word, if one is near: at most a third of its letters changed,
/// swapped, added or left out (Damerau–Levenshtein), one contained in the other, or a word of
/// Latvian that means it.
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    if let Some(name) = lexicon::meant(word, known) {
        return Some(name);
    }
    let word = word.to_lowercase();
    let length = word.chars().count();
    // A single letter is near every other.
    let allowed = if length < 2 { 0 } else { (length / 3).max(1) };
    let mut best: Option<(usize, &str)> = None;
    for name in known.iter().take(MOST_NAMES).filter(|name| name.len() <= LONGEST_WORD) {
        let distance = strsim::damerau_levenshtein(&word, &name.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    let part = |name: &&&str| length >= 4 && name.to_lowercase().contains(&word);
    best.map(|(_, name)| name).or_else(|| known.iter().take(MOST_NAMES).find(part).copied())
}

/// Adds the help that names the nearest known name, or all where they are few.
#[must_use]
pub fn did_you_mean(problem: Problem, word: &str, known: &[&str]) -> Problem {
    match nearest(word, known) {
        Some(name) => problem.help(format!("did you mean {}?", quoted(name))),
        None if known.is_empty() => problem,
        None => problem.help(format!("known here: {}", listed(known))),
    }
}

/// Names one after the other, at most 24 of them.
pub fn listed(known: &[&str]) -> String {
    let listed: Vec<String> = known.iter().take(MOST_LISTED).map(|name| quoted(name)).collect();
    let more = known.len() - listed.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", listed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_finds_the_one_meant() {
        let known = ["draws", "seed", "plan"];
        assert_eq!(nearest("drwas", &known), Some("draws"));
        assert_eq!(nearest("Seed", &known), Some("seed"));
        assert_eq!(nearest("appropriation", &known), None);
        assert_eq!(nearest(&"d".repeat(1_000_000), &known), None);
    }

    #[test]
    fn without_a_near_name_the_few_known_ones_are_listed() {
        let help = |known: &[&str]| did_you_mean(Problem::error("D0201", ""), "xyz", known).help;
        assert_eq!(help(&["draws", "seed"]).as_deref(), Some("known here: `draws`, `seed`"));
        assert_eq!(help(&[]), None);
        let many: Vec<&str> = vec!["abc"; 28];
        assert!(help(&many).is_some_and(|help| help.ends_with(" and 4 more")));
    }
}
