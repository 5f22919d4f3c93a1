//! Numbers that the grantor can turn.

use std::collections::BTreeSet;

use crate::model::Lever;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{
    Decoder, Fields, named_values, number, placed, quoted, spoken, text,
};
use crate::scenario::tree::Node;

/// Reads the section: the levers, and where each name stands. One that is wrong is told and stands
/// in for its name; its value is not a number where it could not be read.
pub fn levers(door: &mut Decoder, node: &Node) -> Vec<(Lever, Place)> {
    let wanted = "a map, written `{\"name\": (value: 3, min: 0, max: 10)}`";
    let entries = named_values(door, node, wanted).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut levers: Vec<(Lever, Place)> = Vec::new();
    for (name, place, node) in entries {
        let lever = lever(door, node, &name);
        // One that is given twice has been told.
        if seen.insert(name) {
            levers.push((lever, place));
        }
    }
    levers
}

fn lever(door: &mut Decoder, node: &Node, name: &str) -> Lever {
    let mut lever = Lever {
        name: name.to_owned(),
        value: f64::NAN,
        range: (0.0, 0.0),
        unit: String::new(),
        place: None,
    };
    if let Some(mut fields) = door.fields(node, "a lever") {
        let _ = lever_of(&mut fields, &mut lever);
        fields.finish();
    }
    lever
}

fn lever_of(fields: &mut Fields<'_, '_>, lever: &mut Lever) -> Option<()> {
    let value = fields.required("value", placed(number));
    let min = fields.required("min", placed(number));
    let max = fields.required("max", number);
    lever.unit = fields.or("unit", text, String::new()).unwrap_or_default();
    let _ = fields.optional("source", text);
    let (value, place) = value?;
    lever.value = value;
    lever.place = Some(place.clone());
    let ((min, least), max) = (min?, max?);
    lever.range = (min, max);
    let door = &mut *fields.door;
    if min > max {
        let message = format!(
            "the least value of {}, {}, is above its greatest, {}",
            quoted(&lever.name),
            spoken(min),
            spoken(max)
        );
        let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&least, "");
        return door.refuse(problem.help("exchange `min` and `max`"));
    }
    if !(min..=max).contains(&value) {
        let message = format!("the lever {} stands at {}", quoted(&lever.name), spoken(value));
        let range = format!("should be from {} to {}", spoken(min), spoken(max));
        let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&place, range);
        return door.refuse(problem.help("change the value, or `min` and `max` of the lever"));
    }
    Some(())
}
