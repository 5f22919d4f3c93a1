//! Numbers that the grantor can turn.

use super::figure::figure;
use crate::model::Lever;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, number, placed, quoted, text};
use crate::scenario::tree::{Kind, Node};

/// Reads the section: the levers, and where each name stands. One that is wrong is told and stands
/// in for its name.
pub fn levers(door: &mut Decoder, node: &Node) -> Vec<(Lever, Place)> {
    let Kind::Map(entries) = &node.kind else {
        let _: Option<()> =
            door.wrong(node, "a map, written `{\"name\": (value: 3, min: 0, max: 10)}`");
        return Vec::new();
    };
    let mut levers: Vec<(Lever, Place)> = Vec::new();
    for (key, value) in entries {
        let Some(name) = text(door, key) else { continue };
        if let Some((_, first)) = levers.iter().find(|(other, _)| other.name == name) {
            let message = format!("the lever {} is declared twice", quoted(&name));
            let problem = Problem::error(codes::DUPLICATE_NAME, message)
                .at(&key.place, "again here")
                .also(first, "first here");
            door.tell(problem);
            continue;
        }
        let read = lever(door, value, &name).unwrap_or_else(|| Lever {
            name,
            value: 0.0,
            range: (0.0, 0.0),
            unit: String::new(),
        });
        levers.push((read, key.place.clone()));
    }
    levers
}

fn lever(door: &mut Decoder, node: &Node, name: &str) -> Option<Lever> {
    let mut fields = door.fields(node, "a lever")?;
    let value =
        fields.required("value", |door, node| Some((number(door, node)?, node.place.clone())));
    let min = fields.required("min", number);
    let max = fields.required("max", placed(number));
    let unit = fields.or("unit", text, String::new());
    let source = fields.optional("source", text);
    fields.finish();
    let ((value, place), min, (max, max_place)) = (value?, min?, max?);
    source?;
    let [shown, low, high] = [value, min, max].map(figure);
    if min > max {
        let message = format!("the lever {} runs from {low} to {high}", quoted(name));
        let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&max_place, "");
        return door.refuse(problem.help("`min` is the lowest value, `max` the highest"));
    }
    if !(min..=max).contains(&value) {
        let message = format!("the lever {} stands at {shown}, outside its range", quoted(name));
        let problem = Problem::error(codes::OUT_OF_RANGE, message);
        return door.refuse(problem.at(&place, format!("should be from {low} to {high}")));
    }
    Some(Lever { name: name.to_owned(), value, range: (min, max), unit: unit? })
}
