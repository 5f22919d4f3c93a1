//! Declared outcomes that every run reports anyway, or that are declared twice.

use super::{Doubt, Seen};
use crate::model::Quantity;
use crate::problem::{Problem, codes};
use crate::scenario::decode::quoted;

/// Sums that every run reports beside the quantities.
const REPORTED: [&str; 3] = ["entitlement", "award", "own_share"];

/// One warning for each outcome that repeats another or a built-in one.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let outcomes = &seen.scenario.outcomes;
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let mut found = Vec::new();
    for (index, outcome) in outcomes.iter().enumerate() {
        let text = bare(&outcome.formula.text);
        let twin = outcomes[..index].iter().find(|other| bare(&other.formula.text) == text);
        let is_reported = REPORTED.contains(&&*text) || Quantity::by_name(&text).is_some();
        let name = quoted(&outcome.name);
        let message = match twin {
            Some(twin) => format!("the outcome {name} is the same as {}", quoted(&twin.name)),
            None if is_reported => {
                format!("the outcome {name} is {}, which every run reports", quoted(&text))
            }
            None => continue,
        };
        let mut problem = Problem::warning(codes::REPEATED, message);
        problem.at = outcome.formula.place.clone().map(|place| (place, String::new()));
        if let Some(place) = twin.and_then(|twin| twin.formula.place.as_ref()) {
            problem = problem.also(place, "here as well");
        }
        let problem = problem.note("the same figures would stand in every table twice");
        found.push(Doubt::One(problem.help("remove it, or write what was meant")));
    }
    found
}
