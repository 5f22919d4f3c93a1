//! Two lists side by side: items by name where they have one, else by what they are.

use std::collections::{BTreeMap, BTreeSet};

use super::path::Path;
use super::same::same;
use super::walk::{Walk, positions};
use super::write::canonical;
use crate::scenario::set::item_name;
use crate::scenario::tree::{Kind, Node};

/// Lists whose order has no meaning, though their items have no names.
const BAGS: [&str; 5] = ["guarantee", "observed", "columns", "tiers", "correlations"];
/// Named items whose order has a meaning: a line of a worksheet sees those above.
const ORDERED: &str = "entitle";
/// Up to so many pairs of items that are written differently it is asked whether they mean the same.
const MOST_PAIRS: usize = 1_000_000;

/// Compares two lists at the same place.
pub fn compare(walk: &mut Walk<'_>, path: &Path, old: &[Node], new: &[Node]) {
    if let (Some(before), Some(after)) = (names(old), names(new)) {
        named(walk, path, (&before, old), (&after, new));
    } else if old.iter().chain(new).all(is_plain) {
        plain(walk, path, old, new);
    } else if BAGS.contains(&path.last_field()) {
        bag(walk, path, old, new);
    } else {
        numbered(walk, path, old, new);
    }
}

/// What every item is called, where all have names of their own.
fn names(items: &[Node]) -> Option<Vec<String>> {
    let names: Option<Vec<String>> =
        items.iter().map(|item| item_name(item).map(str::to_owned)).collect();
    let names = names?;
    let distinct: BTreeSet<&String> = names.iter().collect();
    (distinct.len() == names.len()).then_some(names)
}

fn named(
    walk: &mut Walk<'_>,
    path: &Path,
    (before, old): (&[String], &[Node]),
    (after, new): (&[String], &[Node]),
) {
    let (first_old, first_new) = (positions(before), positions(after));
    for (name, item) in before.iter().zip(old) {
        let path = path.own(name);
        match first_new.get(name.as_str()).and_then(|at| new.get(*at)) {
            Some(new) => walk.node(&path, item, new),
            None => walk.removed(&path, item),
        }
    }
    for (name, item) in after.iter().zip(new) {
        if !first_old.contains_key(name.as_str()) {
            walk.added(&path.own(name), item);
        }
    }
    if path.last_field() == ORDERED {
        walk.order(path, before, after);
    }
}

/// Numbers, texts and pairs of them: told as a whole.
fn plain(walk: &mut Walk<'_>, path: &Path, old: &[Node], new: &[Node]) {
    let unordered = BAGS.contains(&path.last_field());
    let equal = if unordered {
        let (left, right) = unmatched(path, old, new);
        left.is_empty() && right.is_empty()
    } else {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(path, old, new))
    };
    if !equal {
        walk.whole(path, old, new);
    }
}

/// Items without names and order: equal ones are matched first, then those of one kind.
fn bag(walk: &mut Walk<'_>, path: &Path, old: &[Node], new: &[Node]) {
    let (left, mut right) = unmatched(path, old, new);
    let few = left.len().saturating_mul(right.len()) <= MOST_PAIRS;
    for (at, item) in left {
        let mut others = right.iter().filter(|_| few);
        let alike = others.position(|(_, other)| kind(other) == kind(item));
        match alike.map(|alike| right.remove(alike)) {
            Some((number, other)) => {
                walk.node(&path.own(&(number + 1).to_string()), item, other);
            }
            None => walk.removed(&path.own(&(at + 1).to_string()), item),
        }
    }
    for (at, item) in right {
        walk.added(&path.own(&(at + 1).to_string()), item);
    }
}

fn numbered(walk: &mut Walk<'_>, path: &Path, old: &[Node], new: &[Node]) {
    for at in 0..old.len().max(new.len()) {
        let path = path.own(&(at + 1).to_string());
        match (old.get(at), new.get(at)) {
            (Some(old), Some(new)) => walk.node(&path, old, new),
            (Some(old), None) => walk.removed(&path, old),
            (None, Some(new)) => walk.added(&path, new),
            (None, None) => {}
        }
    }
}

type Numbered<'n> = Vec<(usize, &'n Node)>;

/// The items of both lists that have no equal in the other.
fn unmatched<'n>(path: &Path, old: &'n [Node], new: &'n [Node]) -> (Numbered<'n>, Numbered<'n>) {
    // Most are written the same way, and found by that.
    let mut waiting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, item) in new.iter().enumerate().rev() {
        waiting.entry(canonical(item)).or_default().push(at);
    }
    let mut left = Numbered::new();
    for (at, item) in old.iter().enumerate() {
        if waiting.get_mut(&canonical(item)).and_then(Vec::pop).is_none() {
            left.push((at, item));
        }
    }
    let mut numbers: Vec<usize> = waiting.into_values().flatten().collect();
    numbers.sort_unstable();
    let mut right: Numbered<'n> =
        numbers.into_iter().filter_map(|at| Some((at, new.get(at)?))).collect();
    if left.len().saturating_mul(right.len()) > MOST_PAIRS {
        return (left, right);
    }
    left.retain(|(_, item)| {
        let equal = right.iter().position(|(_, other)| same(path, item, other));
        equal.map(|equal| right.remove(equal)).is_none()
    });
    (left, right)
}

/// What an item without a name is: its variant, what is observed, or what is correlated.
fn kind(item: &Node) -> (Option<&str>, Option<&str>, Vec<&str>) {
    let what = item.field("what").and_then(Node::as_text).map(|text| &*text.value);
    let mut of = match item.field("of").map(|of| &of.kind) {
        Some(Kind::Tuple(None, items) | Kind::List(items)) => {
            items.iter().filter_map(Node::as_text).map(|text| &*text.value).collect()
        }
        _ => Vec::new(),
    };
    of.sort_unstable();
    (item.name().map(|name| &*name.value), what, of)
}

fn is_plain(node: &Node) -> bool {
    match &node.kind {
        Kind::Number(_) | Kind::Text(_) | Kind::Truth(_) => true,
        Kind::Tuple(None, items) => items.iter().all(is_plain),
        _ => false,
    }
}
