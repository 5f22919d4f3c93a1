//! The policies: for each programme a rule, and what differs in its pot.

use super::pots::Given;
use super::programmes::Written;
use super::rules::rule;
use super::vocabulary::Vocabulary;
use crate::model::{Policy, Pot, Purpose, Rule, Years};
use crate::problem::Place;
use crate::scenario::decode::{Decoder, filled, map, placed, text};
use crate::scenario::tree::Node;

/// The programmes that policies name.
#[derive(Clone, Copy, Debug)]
pub struct Programmes<'p> {
    /// The names with their purposes, also of programmes that are wrong.
    pub names: &'p [(String, Purpose)],
    /// The programmes in the order of the model; nothing if one is wrong.
    pub written: Option<&'p [Written]>,
    /// The years of their pots.
    pub years: Years,
}

/// Reads the section.
pub fn policies(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    programmes: Programmes<'_>,
) -> Option<Vec<Policy>> {
    let entries = map(placed(filled), |_, node| Some(node.clone()))(door, node)?;
    let read: Vec<Option<Policy>> = entries
        .into_iter()
        .map(|(name, node)| policy(door, &node, name, words, programmes))
        .collect();
    read.into_iter().collect()
}

fn policy(
    door: &mut Decoder,
    node: &Node,
    (name, place): (String, Place),
    words: &Vocabulary,
    programmes: Programmes<'_>,
) -> Option<Policy> {
    let path = format!("policies.{name}");
    let mut fields = door.fields(node, "a policy")?;
    let source = fields.or("source", text, String::new());
    let pots = fields.optional("programmes", |door, node| {
        programmes.each(door, node, |door, node, programme| {
            let path = format!("{path}.programmes.{programme}");
            let mut fields = door.fields(node, "what a policy changes of a programme")?;
            let given = Given::read(&mut fields, words, &path);
            fields.finish();
            given
        })
    });
    let rules = fields.required("rules", |door, node| {
        programmes.each(door, node, |door, node, name| {
            let purpose = programmes.names.iter().find(|(known, _)| known == name)?.1;
            rule(door, node, words, purpose, &format!("{path}.rules.{name}"))
        })
    });
    fields.finish();
    let (pots, rules, written) = (pots?, rules?, programmes.written?);
    let pots: Vec<Option<Pot>> = written
        .iter()
        .map(|programme| {
            let own = pots.iter().flatten().find(|(name, _)| *name == programme.name.0);
            match own {
                Some((_, own)) => {
                    own.clone().over(&programme.given).pot(door, words, programmes.years)
                }
                None => Some(programme.pot.clone()),
            }
        })
        .collect();
    let rule = |programme: &Written| -> Option<Rule> {
        let found = rules.iter().find(|(name, _)| *name == programme.name.0);
        found.map(|(_, rule)| rule.clone())
    };
    Some(Policy {
        name,
        source: source?,
        rules: written.iter().map(rule).collect(),
        pots: pots.into_iter().collect::<Option<_>>()?,
        place: Some(place),
    })
}

impl Programmes<'_> {
    /// Reads a map with programmes as keys.
    fn each<T>(
        &self,
        door: &mut Decoder,
        node: &Node,
        mut read: impl FnMut(&mut Decoder, &Node, &str) -> Option<T>,
    ) -> Option<Vec<(String, T)>> {
        let known = || self.names.iter().map(|(name, _)| name.as_str());
        let key = |door: &mut Decoder, node: &Node| {
            let name = text(door, node)?;
            // Without programmes that has been told.
            if self.names.is_empty() && door.failed() {
                return None;
            }
            door.declared(&name, &node.place, "a programme", known())?;
            Some(name)
        };
        let entries = map(key, |_, node| Some(node.clone()))(door, node)?;
        let read: Vec<Option<(String, T)>> = entries
            .into_iter()
            .map(|(name, node)| {
                let value = read(door, &node, &name)?;
                Some((name, value))
            })
            .collect();
        read.into_iter().collect()
    }
}
