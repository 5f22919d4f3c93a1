//! Figures that do not say where they come from.

use super::say::{at_each, names};
use super::{Doubt, Seen, Subject};
use crate::problem::{Problem, codes};
use crate::scenario::decode::map_keys;
use crate::scenario::tree::{Kind, Node};

/// Each section whose items have a source, with the field that names an item of a list, and what
/// one and many items are called.
const SECTIONS: [(&str, &str, &str, &str); 5] = [
    ("inputs", "", "the input", "inputs"),
    ("levers", "", "the lever", "levers"),
    ("costs", "name", "the cost item", "cost items"),
    ("policies", "", "the policy", "policies"),
    ("observed", "what", "the observed value", "observed values"),
];

/// One warning for each section that has items without a source.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    for (section, key, one, many) in SECTIONS {
        let Some(node) = seen.section(section).filter(|_| seen.is_own(section)) else { continue };
        let without = without_source(node, key);
        if !without.is_empty() {
            let say = move |items: &[Subject]| told(items, one, many);
            found.push(Doubt::Many(without, Box::new(say)));
        }
    }
    found
}

fn without_source(section: &Node, key: &str) -> Vec<Subject> {
    let named: Vec<(Subject, &Node)> = match &section.kind {
        Kind::Map(entries) => {
            let names = map_keys(section).into_iter();
            let named = names.map(|(name, place)| Subject { name, place });
            named.zip(entries.iter().map(|(_, value)| value)).collect()
        }
        Kind::List(items) => {
            let named = |item: &Node| {
                let name = item.field(key)?.as_text()?;
                let place = item.field(key)?.place.clone();
                Some(Subject { name: name.value.to_string(), place })
            };
            items.iter().filter_map(|item| Some((named(item)?, item))).collect()
        }
        _ => Vec::new(),
    };
    let lacking = named.into_iter().filter(|(_, item)| !has_source(item));
    lacking.map(|(subject, _)| subject).collect()
}

/// Whether a source is written. What is computed from other inputs has theirs.
fn has_source(item: &Node) -> bool {
    let written = item.field("source").and_then(Node::as_text);
    written.is_some_and(|source| !source.value.trim().is_empty())
        || item.field("value").is_some_and(|value| value.as_text().is_some())
}

fn told(items: &[Subject], one: &str, many: &str) -> Problem {
    let message = match items {
        [_] => format!("{one} {} has no source", names(items)),
        _ => format!("{} {many} have no source: {}", items.len(), names(items)),
    };
    at_each(Problem::warning(codes::NO_SOURCE, message), items)
        .note("nobody can check a figure that does not say where it comes from")
        .help("write `source: \"…\"`: a document, or that it is an assumption and why")
}
