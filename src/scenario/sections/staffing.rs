//! How staff follows load.

use super::formula::{Locals, Want};
use super::tiers::{by_tier, every_tier};
use super::vocabulary::Vocabulary;
use crate::model::{Staffing, Waiting};
use crate::scenario::decode::{Decoder, above, between};
use crate::scenario::tree::Node;

/// Reads the section.
pub fn staffing(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Staffing> {
    let world = Want::WORLD;
    let mut fields = door.fields(node, "the staffing")?;
    let minimum = fields.required("minimum", |door, node| {
        every_tier(door, node, words, |door, node, tier| {
            words.number(door, node, &format!("staffing.minimum.{tier}"), world.amount())
        })
    });
    let minutes = fields.required("minutes_per_case", |door, node| {
        words.number(door, node, "staffing.minutes_per_case", world.amount())
    });
    let video = fields.optional("minutes_per_video", |door, node| {
        words.number(door, node, "staffing.minutes_per_video", world.amount())
    });
    let hours = fields.required("productive_hours", |door, node| {
        words.number(door, node, "staffing.productive_hours", world.positive())
    });
    let utilisation = fields.optional("utilisation", |door, node| {
        let range = world.within(f64::MIN_POSITIVE, 1.0);
        words.number(door, node, "staffing.utilisation", range)
    });
    let extra = fields
        .optional("extra", |door, node| words.number(door, node, "staffing.extra", world.amount()));
    let waiting = fields.or(
        "waiting",
        |door, node| by_tier(door, node, words, |door, node, _| waiting(door, node)),
        vec![None; words.tiers.len()],
    );
    fields.finish();
    let utilisation = utilisation?
        .or_else(|| words.generated(door, "1", &node.head(), world, &[], &Locals::default()));
    let minutes = minutes?;
    Some(Staffing {
        minimum: minimum?,
        minutes_per_video: video?.unwrap_or_else(|| minutes.clone()),
        minutes_per_case: minutes,
        productive_hours: hours?,
        utilisation: utilisation?,
        extra: extra?,
        waiting: waiting?,
    })
}

fn waiting(door: &mut Decoder, node: &Node) -> Option<Waiting> {
    let mut fields = door.fields(node, "a waiting target")?;
    let minutes = fields.required("minutes", above(0.0));
    let share = fields.required("share", between(0.01, 0.999));
    let hours = fields.required("opening_hours", above(0.0));
    fields.finish();
    Some(Waiting { minutes: minutes?, share: share?, opening_hours: hours? })
}
