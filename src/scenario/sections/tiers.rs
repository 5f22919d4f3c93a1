//! Maps from tiers to something.

use super::vocabulary::Vocabulary;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, named_values, nearest, quoted};
use crate::scenario::tree::Node;

/// Reads a map with tiers as keys: what each tier has, in the order of the network.
pub fn by_tier<T>(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    read: impl FnMut(&mut Decoder, &Node, &str) -> Option<T>,
) -> Option<Vec<Option<T>>> {
    let found = entries(door, node, words, read)?;
    found.is_sound.then_some(found.of_tier)
}

/// What a map says of the tiers.
struct Entries<T> {
    of_tier: Vec<Option<T>>,
    is_given: Vec<bool>,
    is_sound: bool,
}

/// Reads every entry, also those of tiers that are not declared.
fn entries<T>(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    mut read: impl FnMut(&mut Decoder, &Node, &str) -> Option<T>,
) -> Option<Entries<T>> {
    let wanted = "a map, written `{\"local\": …}`";
    let of_tier: Vec<Option<T>> = words.tiers.iter().map(|_| None).collect();
    let is_given = vec![false; of_tier.len()];
    let mut found = Entries { of_tier, is_given, is_sound: true };
    for (name, place, node) in named_values(door, node, wanted)? {
        let tier = tier(door, &name, &place, words);
        let value = read(door, node, &name);
        found.is_sound &= tier.is_some() && value.is_some();
        if let Some(tier) = tier {
            found.is_given[tier] = true;
            found.of_tier[tier] = value;
        } else if let Some(meant) = nearest_of(&name, &words.tiers) {
            // A name that is mistyped is told once, not as a missing tier too.
            found.is_given[meant] = true;
        }
    }
    Some(found)
}

/// The tier that a mistyped name means.
fn nearest_of(name: &str, tiers: &[String]) -> Option<usize> {
    let known: Vec<&str> = tiers.iter().map(String::as_str).collect();
    let meant = nearest(name, &known)?;
    known.iter().position(|tier| *tier == meant)
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
    let found = entries(door, node, words, read)?;
    let missing: Vec<&str> = words
        .tiers
        .iter()
        .zip(&found.is_given)
        .filter_map(|(tier, is_given)| (!is_given).then_some(tier.as_str()))
        .collect();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|tier| quoted(tier)).collect();
        let message = format!("every tier is needed here: {} is missing", names.join(", "));
        let problem = Problem::error(codes::MISSING_FIELD, message).at(&node.head(), "");
        let entries: Vec<String> = missing.iter().map(|tier| format!("\"{tier}\": …")).collect();
        door.tell(problem.help(format!("add `{}`", entries.join(", "))));
    }
    found.of_tier.into_iter().collect()
}
