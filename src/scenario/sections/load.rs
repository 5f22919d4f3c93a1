//! How load arises.

use super::formula::{Locals, Want};
use super::tiers::by_tier;
use super::vocabulary::Vocabulary;
use crate::model::{Distance, Factor, Formula, Load};
use crate::scenario::decode::{Decoder, named_values};
use crate::scenario::tree::Node;

/// Reads the section.
pub fn load(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Load> {
    let world = Want::WORLD;
    let mut fields = door.fields(node, "the load")?;
    let need =
        fields.required("need", |door, node| words.number(door, node, "load.need", world.amount()));
    let factors = fields.or("factors", |door, node| factors(door, node, words), Vec::new());
    let own_offices = fields.or(
        "own_offices",
        |door, node| {
            by_tier(door, node, words, |door, node, tier| {
                let path = format!("load.own_offices.{tier}");
                words.number(door, node, &path, world.municipal().share())
            })
        },
        vec![None; words.tiers.len()],
    );
    let distance = fields.optional("distance", |door, node| distance(door, node, words));
    let institutions = fields.optional("institutions", |door, node| {
        words.number(door, node, "load.institutions", world.national().positive())
    });
    let mut share = |name: &'static str| {
        fields.optional(name, |door, node| {
            words.number(door, node, &format!("load.{name}"), world.national().share())
        })
    };
    let second_level = share("second_level_share");
    let video = share("video_share");
    fields.finish();
    let mut constant = |value: &str| constant(door, node, words, value);
    // Everybody goes, however far it is.
    let everybody = (constant("1"), constant("1"), constant("1"));
    let none = constant("0");
    let distance = distance?.or_else(|| {
        Some(Distance { half_km: everybody.0?, floor: everybody.1?, detour: everybody.2? })
    });
    Some(Load {
        need: need?,
        factors: factors?,
        own_offices: own_offices?,
        distance: distance?,
        institutions: institutions?,
        second_level_share: second_level?.or_else(|| none.clone())?,
        video_share: video?.or(none)?,
    })
}

fn factors(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Vec<Factor>> {
    let entries = named_values(door, node, "a map, written `{\"digital\": 0.8}`")?;
    let factors: Vec<Option<Factor>> = entries
        .into_iter()
        .map(|(name, _, node)| {
            let path = format!("load.factors.{name}");
            let factor = words.number(door, node, &path, Want::WORLD.amount())?;
            Some(Factor { name, factor })
        })
        .collect();
    factors.into_iter().collect()
}

fn distance(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Distance> {
    let national = Want::WORLD.national();
    let mut fields = door.fields(node, "the distance")?;
    let half_km = fields.required("half_km", |door, node| {
        words.number(door, node, "load.distance.half_km", national.positive())
    });
    let floor = fields.optional("floor", |door, node| {
        words.number(door, node, "load.distance.floor", national.share())
    });
    let detour = fields.optional("detour", |door, node| {
        words.number(door, node, "load.distance.detour", national.amount())
    });
    fields.finish();
    let floor = floor?.or_else(|| constant(door, node, words, "0.1"));
    let detour = detour?.or_else(|| constant(door, node, words, "1.3"));
    Some(Distance { half_km: half_km?, floor: floor?, detour: detour? })
}

fn constant(door: &mut Decoder, node: &Node, words: &Vocabulary, value: &str) -> Option<Formula> {
    words.generated(door, value, &node.head(), Want::WORLD, &[], &Locals::default())
}
