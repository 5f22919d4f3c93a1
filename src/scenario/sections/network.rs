//! How the network opens.

use super::formula::{Locals, Want};
use super::vocabulary::Vocabulary;
use crate::model::{Mode, Network, Tier};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{
    Decoder, between, named_values, one_of_names, quoted, truth, whole_within,
};
use crate::scenario::tree::Node;

/// The two modes.
const MODES: [(&str, Mode); 2] = [("WhenReady", Mode::WhenReady), ("WhenFunded", Mode::WhenFunded)];

/// Reads the section.
pub fn network(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Network> {
    let world = Want::WORLD;
    let mut fields = door.fields(node, "the network")?;
    let mode = fields.required("mode", one_of_names(&MODES));
    let tiers = fields.required("tiers", |door, node| tiers(door, node, words));
    let delay = fields.required("delay_months", |door, node| {
        words.number(door, node, "network.delay_months", world.amount())
    });
    let never = fields.optional("never", |door, node| {
        words.number(door, node, "network.never", Want { truth: true, ..world.share() })
    });
    let building = fields.optional("building_months", |door, node| {
        words.number(door, node, "network.building_months", world.amount())
    });
    let award_month = fields.or("award_month", whole_within(1, 12), 4);
    let acceptable = fields.optional("acceptable_own_share", |door, node| {
        words.number(door, node, "network.acceptable_own_share", world.municipal().share())
    });
    let patience = fields.or("patience_years", whole_within(1, 100), 2);
    fields.finish();
    let building = building?
        .or_else(|| words.generated(door, "0", &node.head(), world, &[], &Locals::default()));
    Some(Network {
        mode: mode?,
        tiers: tiers?,
        delay_months: delay?,
        never: never?,
        building_months: building?,
        award_month: award_month? as i32,
        acceptable_own_share: acceptable?,
        patience_years: patience? as u32,
    })
}

/// The mode alone, for whoever must know it before the section is read.
pub fn mode(node: &Node) -> Mode {
    let written = node.field("mode").and_then(Node::name);
    let found =
        MODES.iter().find(|(name, _)| written.is_some_and(|written| &*written.value == *name));
    found.map_or(Mode::WhenReady, |(_, mode)| *mode)
}

fn tiers(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Vec<Tier>> {
    let example = "institutions: 0, institution_days: 0, basket_share: 0.8, video: true";
    let entries = named_values(door, node, "a map, written `{\"local\": (…)}`")?;
    if entries.is_empty() {
        let message = "a network has at least one tier";
        let problem = Problem::error(codes::WRONG_COUNT, message).at(&node.head(), "");
        return door.refuse(problem.help(format!("write `{{ \"local\": ({example}) }}`")));
    }
    let tiers: Vec<Option<Tier>> = entries
        .into_iter()
        .map(|(name, place, node)| {
            if !super::words::is_name(&format!("a_{name}")) || name.is_empty() {
                let message = format!("{} is not a name for a tier", quoted(&name));
                let problem = Problem::error(codes::UNUSABLE_NAME, message).at(&place, "");
                door.tell(
                    problem
                        .note("formulas name quantities of a tier, such as `open_points_local`")
                        .help("use letters, digits and underscores"),
                );
            }
            tier(door, node, &name, words)
        })
        .collect();
    tiers.into_iter().collect()
}

fn tier(door: &mut Decoder, node: &Node, name: &str, words: &Vocabulary) -> Option<Tier> {
    let path = format!("network.tiers.{name}.basket_share");
    let mut fields = door.fields(node, "a tier")?;
    let institutions = fields.required("institutions", whole_within(0, 1_000));
    let days = fields.required("institution_days", between(0.0, 5.0));
    let basket = fields.required("basket_share", |door, node| {
        words.number(door, node, &path, Want::WORLD.national().share())
    });
    let video = fields.required("video", truth);
    fields.finish();
    Some(Tier {
        name: name.to_owned(),
        institutions: institutions? as u32,
        institution_days: days?,
        basket_share: basket?,
        video: video?,
    })
}
