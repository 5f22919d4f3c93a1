//! Words and numbers of warnings.

use super::Subject;
use crate::problem::Problem;
use crate::scenario::decode::quoted;

/// How many names a warning lists.
pub const MOST_LISTED: usize = 5;
/// How many names a warning about many of a section lists.
const MOST_NAMES: usize = 16;

/// `a`, `a and b`, `a, b and c`, `a, b and 7 more`.
pub fn listed(items: &[String], most: usize) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if items.len() <= most => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", items[..most].join(", "), items.len() - most),
    }
}

/// The names in backquotes.
pub fn names(subjects: &[Subject]) -> String {
    let names: Vec<String> = subjects.iter().map(|subject| quoted(&subject.name)).collect();
    listed(&names, MOST_NAMES)
}

/// A problem at the first of the names, with the next few beside it.
pub fn at_each(mut problem: Problem, subjects: &[Subject]) -> Problem {
    let mut places = subjects.iter().map(|subject| &subject.place);
    if let Some(first) = places.next() {
        problem = problem.at(first, "");
    }
    for place in places.take(MOST_LISTED - 1) {
        problem = problem.also(place, "");
    }
    problem
}

/// A number as a person would write it, with at most six significant digits.
pub fn figure(value: f64) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:.5e}");
    }
    if value == value.trunc() {
        return format!("{value}");
    }
    let mut decimals: usize = 5;
    let mut size = value.abs();
    while size >= 10.0 && decimals > 0 {
        size /= 10.0;
        decimals -= 1;
    }
    while size > 0.0 && size < 1.0 && decimals < 12 {
        size *= 10.0;
        decimals += 1;
    }
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_six_digits_at_most() {
        let cases = [
            (10_000.0, "10000"),
            (1_907_675.0, "1907675"),
            (14.85, "14.85"),
            (1_234.567_89, "1234.57"),
            (0.001_234_567, "0.00123457"),
            (-2.5, "-2.5"),
            (1_234_567.8, "1234568"),
            (-1.5e300, "-1.50000e300"),
            (1e-300, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(figure(value), text);
        }
    }

    #[test]
    fn long_lists_end_in_a_count() {
        let items = |count: usize| (0..count).map(|item| item.to_string()).collect::<Vec<_>>();
        assert_eq!(listed(&items(1), 2), "0");
        assert_eq!(listed(&items(2), 2), "0 and 1");
        assert_eq!(listed(&items(3), 3), "0, 1 and 2");
        assert_eq!(listed(&items(5), 2), "0, 1 and 3 more");
    }
}
