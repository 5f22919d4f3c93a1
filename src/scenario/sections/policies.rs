//! The policies: for each programme a rule, and what differs in its pot.

use super::pots::Given;
use super::programmes::Written;
use super::rules::rule;
use super::vocabulary::Vocabulary;
use crate::model::{Policy, Pot, Purpose, Rule, Years};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, named_values, nearest, text};
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
    let read: Vec<Option<Policy>> =
        named_values(door, node, "a map, written `{\"name\": (rules: { … })}`")?
            .into_iter()
            .map(|(name, place, node)| policy(door, node, (name, place), words, programmes))
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
    if name.trim().is_empty() {
        let problem = Problem::error(codes::EMPTY_TEXT, "this policy has no name");
        door.tell(problem.at(&place, "").help("write a name between the quotes"));
    }
    let path = format!("policies.{name}");
    let mut fields = door.fields(node, "a policy")?;
    let source = fields.or("source", text, String::new());
    let pots = fields.optional("programmes", |door, node| {
        programmes.each(door, node, |door, node, programme| {
            let path = format!("{path}.programmes.{programme}");
            let mut fields = door.fields(node, "what a policy changes of a programme")?;
            let (given, is_sound) = Given::read(&mut fields, words, &path);
            fields.finish();
            is_sound.then_some(given)
        })
    });
    let rules = fields.required("rules", |door, node| {
        programmes.each(door, node, |door, node, name| {
            let purpose = programmes.purpose(name)?;
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
    /// The purpose of a programme; of the one that is meant where the name is mistyped, so that
    /// its rule is read all the same.
    fn purpose(&self, name: &str) -> Option<Purpose> {
        let names: Vec<&str> = self.names.iter().map(|(name, _)| name.as_str()).collect();
        let of = |name: &str| self.names.iter().find(|(known, _)| known == name);
        let found = of(name).or_else(|| of(nearest(name, &names)?))?;
        Some(found.1)
    }

    /// Reads a map with programmes as keys.
    fn each<T>(
        &self,
        door: &mut Decoder,
        node: &Node,
        mut read_one: impl FnMut(&mut Decoder, &Node, &str) -> Option<T>,
    ) -> Option<Vec<(String, T)>> {
        let mut read = Vec::new();
        let entries = named_values(door, node, "a map, with programmes as keys")?;
        for (name, place, node) in entries {
            let known = self.names.iter().map(|(name, _)| name.as_str());
            // Where no programme could be read, that has been told.
            let is_told = self.names.is_empty() && door.failed();
            let is_known = !is_told && door.declared(&name, &place, "a programme", known).is_some();
            let value = read_one(door, node, &name);
            read.push(value.filter(|_| is_known).map(|value| (name, value)));
        }
        read.into_iter().collect()
    }
}
