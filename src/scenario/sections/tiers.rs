//! Maps from tiers to something.

use super::vocabulary::Vocabulary;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, map, text};
use crate::scenario::tree::Node;

/// Reads a map with tiers as keys: what each tier has, in the order of the network.
pub fn by_tier<T>(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    mut read: impl FnMut(&mut Decoder, &Node, &str) -> Option<T>,
) -> Option<Vec<Option<T>>> {
    let entries = map(
        |door, key| {
            let name = text(door, key)?;
            tier(door, &name, &key.place, words)
        },
        |_, node| Some(node.clone()),
    )(door, node)?;
    let mut found: Vec<Option<T>> = words.tiers.iter().map(|_| None).collect();
    let mut sound = true;
    for (tier, node) in entries {
        found[tier] = read(door, &node, &words.tiers[tier]);
        sound &= found[tier].is_some();
    }
    sound.then_some(found)
}

/// The index of a tier. Without any tier nothing is told: whatever keeps them away has been.
pub fn tier(door: &mut Decoder, name: &str, place: &Place, words: &Vocabulary) -> Option<usize> {
    if words.lost.has_tiers() {
        return None;
    }
    door.declared(name, place, "a tier", words.tiers.iter().map(String::as_str))
}

/// As [`by_tier`], and every tier must be there.
pub fn every_tier<T>(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    read: impl FnMut(&mut Decoder, &Node, &str) -> Option<T>,
) -> Option<Vec<T>> {
    let found = by_tier(door, node, words, read)?;
    let missing: Vec<String> = found
        .iter()
        .zip(&words.tiers)
        .filter(|(found, _)| found.is_none())
        .map(|(_, tier)| format!("`{tier}`"))
        .collect();
    if !missing.is_empty() {
        let message = format!("every tier is needed here: {} is missing", missing.join(", "));
        door.tell(Problem::error(codes::MISSING_FIELD, message).at(&node.head(), ""));
    }
    found.into_iter().collect()
}
