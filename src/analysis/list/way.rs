//! The rules and methods of rounding that are named.

use super::amount::Amount;
use crate::allocation::rationing::{self, RULES};
use crate::allocation::rounding::{self, METHODS};
use crate::allocation::{Rationing, RoundingMethod};
use crate::problem::{Problem, codes};
use crate::scenario::{did_you_mean, quoted};

/// A way to divide, by its name.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The name, as in scenarios.
    pub name: &'static str,
    /// How claims are divided.
    pub rationing: Rationing,
}

/// The name of the competition, as in scenarios.
pub const COMPETITION: &str = "RankedCompetition";

/// Every name that a rule may have.
pub fn rules() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.name()).chain([COMPETITION]).collect()
}

/// The rules and the method that are named.
///
/// # Errors
/// Names that are none, or that do not go together.
pub fn named(
    rules: &[String],
    method: &str,
    least: &Amount,
) -> Result<(Vec<Way>, &'static dyn RoundingMethod), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut ways: Vec<Way> = Vec::new();
    for name in rules {
        match way(name) {
            Some(way) if ways.iter().any(|known| known.name == way.name) => {
                let message = format!("the rule {} is named twice", quoted(way.name));
                let problem = Problem::error(codes::DUPLICATE_NAME, message);
                problems.push(problem.help("leave one of the two out"));
            }
            Some(way) => ways.push(way),
            None => {
                let message = format!("{} is not a rationing rule", quoted(name));
                let problem = Problem::error(codes::UNKNOWN_VARIANT, message);
                problems.push(did_you_mean(problem, name, &self::rules()));
            }
        }
    }
    let found = METHODS.iter().copied().find(|known| is_named(known.name(), method));
    let found = found.or_else(|| rounding::by_name(method));
    if found.is_none() {
        let message = format!("{} is not a method of rounding", quoted(method));
        let problem = Problem::error(codes::UNKNOWN_VARIANT, message);
        let known: Vec<&str> = METHODS.iter().map(|method| method.name()).collect();
        problems.push(did_you_mean(problem, method, &known));
    }
    let competes = ways.iter().any(|way| way.name == COMPETITION);
    if competes && !least.is_nothing() {
        let message = "a ranked competition funds whole claims: it has no least award";
        let problem = Problem::error(codes::CONFLICT, message);
        problems.push(problem.help("leave `--at-least` out, or divide by another rule"));
    }
    match found {
        Some(method) if problems.is_empty() => Ok((ways, method)),
        _ => Err(problems),
    }
}

/// A rule by the name that scenarios have for it, whatever its capitals, hyphens and underscores.
fn way(name: &str) -> Option<Way> {
    if is_named(COMPETITION, name) {
        return Some(Way { name: COMPETITION, rationing: Rationing::RankedCompetition });
    }
    let rule = rationing::by_name(name)
        .or_else(|| RULES.iter().copied().find(|rule| is_named(rule.name(), name)))?;
    Some(Way { name: rule.name(), rationing: Rationing::Rule(rule) })
}

fn is_named(name: &str, written: &str) -> bool {
    let bare: String =
        written.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ')).collect();
    bare.eq_ignore_ascii_case(name)
}
