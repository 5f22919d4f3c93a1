//! Two lists side by side: items by name where they have one, else by what they are.

use std::collections::BTreeSet;

use super::path::Path;
use super::walk::{Walk, same};
use crate::scenario::set::item_name;
use crate::scenario::tree::{Kind, Node};

/// Lists whose order has no meaning, though their items have no names.
const BAGS: [&str; 4] = ["guarantee", "observed", "columns", "tiers"];
/// Named items whose order has a meaning: a line of a worksheet sees those above.
const ORDERED: &str = "entitle";

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
    for (name, item) in before.iter().zip(old) {
        let path = path.own(name);
        match after.iter().position(|other| other == name).and_then(|at| new.get(at)) {
            Some(new) => walk.node(&path, item, new),
            None => walk.removed(&path, item),
        }
    }
    for (name, item) in after.iter().zip(new) {
        if !before.contains(name) {
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
    for (at, item) in left {
        let alike = right.iter().position(|(_, other)| kind(other) == kind(item));
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
    let mut right: Numbered<'n> = new.iter().enumerate().collect();
    let mut left = Numbered::new();
    for (at, item) in old.iter().enumerate() {
        match right.iter().position(|(_, other)| same(path, item, other)) {
            Some(equal) => {
                right.remove(equal);
            }
            None => left.push((at, item)),
        }
    }
    (left, right)
}

/// What an item without a name is: its variant, or what is observed.
fn kind(item: &Node) -> (Option<&str>, Option<&str>) {
    let what = item.field("what").and_then(Node::as_text).map(|text| &*text.value);
    (item.name().map(|name| &*name.value), what)
}

fn is_plain(node: &Node) -> bool {
    match &node.kind {
        Kind::Number(_) | Kind::Text(_) | Kind::Truth(_) => true,
        Kind::Tuple(None, items) => items.iter().all(is_plain),
        _ => false,
    }
}
