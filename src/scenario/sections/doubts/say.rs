//! Words of warnings.

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
        problem = problem.also(place, "this one too");
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_end_in_a_count() {
        let items = |count: usize| (0..count).map(|item| item.to_string()).collect::<Vec<_>>();
        assert_eq!(listed(&items(1), 2), "0");
        assert_eq!(listed(&items(2), 2), "0 and 1");
        assert_eq!(listed(&items(3), 3), "0, 1 and 2");
        assert_eq!(listed(&items(5), 2), "0, 1 and 3 more");
    }
}
