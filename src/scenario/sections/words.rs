//! The words of a formula and the calls around them: enough to find a name in a text, no more.

use std::ops::Range;

/// A word of a formula outside quoted texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// The word itself.
    pub text: &'t str,
    /// Its bytes in the formula.
    pub range: Range<usize>,
    /// Whether a parenthesis follows, so that it names a function.
    pub is_call: bool,
    /// Whether it is directly inside `lag(…)`.
    pub is_lagged: bool,
    /// Whether a function over points (`point_sum(…)`) stands around it.
    pub is_among_points: bool,
    /// How many functions across municipalities (`sum(…)`) stand around it.
    pub sums: usize,
}

/// Functions that bring municipalities together.
const ACROSS: &[&str] = &["sum", "mean", "max_of", "min_of"];

/// Every word of a formula, in order. Whatever else stands there is passed over.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word<'_>> = Vec::new();
    let mut calls: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut length = first.len_utf8();
        if first == '\'' || first == '"' {
            length = rest[1..].find(first).map_or(rest.len(), |inner| inner + 2);
        } else if first.is_ascii_digit() {
            // `1e6` holds no word.
            length = rest.find(|letter| !continues_name(letter)).unwrap_or(rest.len());
        } else if starts_name(first) {
            length = rest.find(|letter| !continues_name(letter)).unwrap_or(rest.len());
            found.push(Word {
                text: &rest[..length],
                range: at..at + length,
                is_call: rest[length..].trim_start().starts_with('('),
                is_lagged: matches!(calls.last(), Some(&("lag" | "lag_mean"))),
                is_among_points: calls.iter().any(|call| call.starts_with("point_")),
                sums: calls.iter().filter(|call| ACROSS.contains(call)).count(),
            });
        } else if first == '(' {
            let called = found
                .last()
                .filter(|word| word.is_call && text[word.range.end..at].trim().is_empty());
            calls.push(called.map_or("", |word| word.text));
        } else if first == ')' {
            calls.pop();
        }
        at += length;
    }
    found
}

/// Whether formulas can call something by this name.
pub fn is_name(text: &str) -> bool {
    text.chars().next().is_some_and(starts_name)
        && text.chars().all(continues_name)
        && !matches!(text, "and" | "or" | "not")
}

/// The text with some of its words replaced.
pub fn replaced(text: &str, new: impl Fn(&Word<'_>) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for word in words(text) {
        if let Some(new) = new(&word) {
            out.push_str(&text[done..word.range.start]);
            out.push_str(&new);
            done = word.range.end;
        }
    }
    out.push_str(&text[done..]);
    out
}

fn starts_name(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_'
}

fn continues_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || ('\u{300}'..='\u{36f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_the_calls_around_them() {
        let found = words("lag(load, 1) + point_sum(max(a, 1e6)) * (b == 'c d') + ē_1");
        let shown: Vec<String> = found
            .iter()
            .map(|word| {
                let mark = |is: bool, mark: &'static str| if is { mark } else { "" };
                format!(
                    "{}{}{}{}",
                    word.text,
                    mark(word.is_call, "()"),
                    mark(word.is_lagged, "<"),
                    mark(word.is_among_points, "*")
                )
            })
            .collect();
        assert_eq!(shown, ["lag()", "load<", "point_sum()", "max()*", "a*", "b", "ē_1"]);
    }

    #[test]
    fn only_whole_words_are_replaced() {
        let new = |word: &Word<'_>| (word.text == "a").then(|| "(x - y)".to_owned());
        assert_eq!(replaced("a + ba * 'a' - a", new), "(x - y) + ba * 'a' - (x - y)");
    }

    #[test]
    fn texts_that_are_no_formulas_end() {
        for text in ["'", "\"ab", "((((", "))))", "1a", "ā'ā", ""] {
            let _ = words(text);
        }
        assert!(is_name("platība_km2") && !is_name("1a") && !is_name("a b") && !is_name("and"));
    }
}
