//! Warnings that the scenario waives, each with a reason that reaches the report.

use crate::model::Waiver;
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, did_you_mean, filled, list, quoted};
use crate::scenario::tree::{Kind, Node};

/// Reads the section. A waiver that is wrong is told and waives nothing.
pub fn waivers(door: &mut Decoder, node: &Node) -> Vec<Waiver> {
    let read = list(|door: &mut Decoder, node: &Node| Some(waiver(door, node)))(door, node);
    read.unwrap_or_default().into_iter().flatten().collect()
}

fn waiver(door: &mut Decoder, node: &Node) -> Option<Waiver> {
    if let Kind::Struct(None, fields) = &node.kind
        && node.field("warning").is_some()
        && fields.iter().all(|field| ["warning", "about"].contains(&&*field.name.value))
    {
        let message = "`reason` is missing from a waiver";
        let problem = Problem::error(codes::MISSING_FIELD, message).at(&node.head(), "");
        return door.refuse(problem.help("write `reason: \"…\"`: it stands in the report"));
    }
    let mut fields = door.fields(node, "a waiver")?;
    let code = fields.required("warning", code);
    let about = fields.or("about", about, Vec::new());
    let reason = fields.required("reason", filled);
    fields.finish();
    let place = node.field("warning").map(|code| code.place.clone());
    Some(Waiver { code: code?, about: about?, reason: reason?.trim().to_owned(), place })
}

/// A name, or a list of names.
fn about(door: &mut Decoder, node: &Node) -> Option<Vec<String>> {
    match node.kind {
        Kind::List(_) => list(filled)(door, node),
        _ => filled(door, node).map(|name| vec![name]),
    }
}

/// The code of a warning.
fn code(door: &mut Decoder, node: &Node) -> Option<&'static str> {
    let written = filled(door, node)?;
    let written = written.trim();
    if let Some(code) = codes::WARNINGS.iter().find(|code| **code == written) {
        return Some(code);
    }
    if let Some(title) = codes::title(written) {
        let message = format!("{} is an error and cannot be waived: {title}", quoted(written));
        let problem = Problem::error(codes::WAIVED_ERROR, message).at(&node.place, "");
        return door.refuse(problem.help("mend what it tells; only warnings can be waived"));
    }
    let message = format!("{} is not the code of a warning", quoted(written));
    let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&node.place, "");
    door.refuse(did_you_mean(problem, written, codes::WARNINGS))
}
