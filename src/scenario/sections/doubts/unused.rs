//! Inputs and levers that no formula names.

use std::collections::BTreeSet;

use super::say::{at_each, names};
use super::{Doubt, Seen, Subject};
use crate::model::Variable;
use crate::problem::{Problem, codes};
use crate::random::distribution;
use crate::scenario::decode::map_keys;
use crate::scenario::tree::{Kind, Node};

/// One warning for inputs and one for levers.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let formulas = seen.scenario.formulas();
    let used: BTreeSet<Variable> =
        formulas.iter().flat_map(|formula| formula.variables.iter().copied()).collect();
    let input = |name: &str| {
        let index = seen.scenario.inputs.iter().position(|input| input.name == name);
        index.is_none_or(|index| used.contains(&Variable::Input(index)))
    };
    let mut parameters = BTreeSet::new();
    named_by_distributions(seen.root, &mut parameters);
    let lever = |name: &str| {
        let index = seen.scenario.levers.iter().position(|lever| lever.name == name);
        parameters.contains(name)
            || index.is_none_or(|index| used.contains(&Variable::Lever(index)))
    };
    let mut found = Vec::new();
    let inputs = unused(seen, "inputs", &input);
    if !inputs.is_empty() {
        found.push(Doubt::Many(inputs, Box::new(|inputs| told(inputs, "input"))));
    }
    let levers = unused(seen, "levers", &lever);
    if !levers.is_empty() {
        found.push(Doubt::Many(levers, Box::new(|levers| told(levers, "lever"))));
    }
    found
}

/// The names of a section that are not used.
fn unused(seen: Seen<'_>, section: &str, is_used: &dyn Fn(&str) -> bool) -> Vec<Subject> {
    let Some(node) = seen.section(section).filter(|_| seen.is_own(section)) else {
        return Vec::new();
    };
    let unused = map_keys(node).into_iter().filter(|(name, _)| !is_used(name));
    unused.map(|(name, place)| Subject { name, place }).collect()
}

fn told(unused: &[Subject], what: &str) -> Problem {
    let message = match unused {
        [_] => format!("the {what} {} is named by no formula", names(unused)),
        _ => format!("{} {what}s are named by no formula: {}", unused.len(), names(unused)),
    };
    let note = match what {
        "lever" => "whoever turns it sees no figure move",
        _ => "its range seems to be part of the result and is not",
    };
    at_each(Problem::warning(codes::UNUSED, message), unused)
        .note(note)
        .help("name it where it belongs, remove it, or write in a waiver what it is kept for")
}

/// The levers that parameters of distributions name.
fn named_by_distributions<'n>(node: &'n Node, found: &mut BTreeSet<&'n str>) {
    let is_distribution = node.name().is_some_and(|name| distribution::find(&name.value).is_some());
    match &node.kind {
        Kind::Struct(_, fields) => {
            for field in fields {
                if is_distribution {
                    texts(&field.value, found);
                } else {
                    named_by_distributions(&field.value, found);
                }
            }
        }
        Kind::Tuple(_, items) | Kind::List(items) => {
            for item in items {
                named_by_distributions(item, found);
            }
        }
        Kind::Map(entries) => {
            for (_, value) in entries {
                named_by_distributions(value, found);
            }
        }
        _ => {}
    }
}

fn texts<'n>(node: &'n Node, found: &mut BTreeSet<&'n str>) {
    match &node.kind {
        Kind::Text(text) => {
            found.insert(&text.value);
        }
        Kind::List(items) => items.iter().for_each(|item| texts(item, found)),
        _ => {}
    }
}
