//! The files that the section of boundaries names, as they are.

use super::LARGEST_TABLE;
use super::load::{Folder, Library};
use super::tree::{Kind, Node};
use crate::problem::{Place, Problem, Source};

/// Each of them, in their order; of one that cannot be read the problem.
pub(super) fn crosswalk_files<F: Folder>(
    root: &Node,
    library: &mut Library<F>,
) -> Vec<Result<Source, Box<Problem>>> {
    let mut files = Vec::new();
    if let Some(section) = root.field("boundaries") {
        named_files(section, &mut files);
    }
    files.into_iter().map(|(name, place)| library.named(&name, &place, LARGEST_TABLE)).collect()
}

/// The files that are named in a node, in their order.
fn named_files(node: &Node, files: &mut Vec<(String, Place)>) {
    match &node.kind {
        Kind::Struct(_, fields) => {
            for field in fields {
                match field.value.as_text().filter(|_| &*field.name.value == "file") {
                    Some(text) => files.push((text.value.to_string(), field.value.place.clone())),
                    None => named_files(&field.value, files),
                }
            }
        }
        Kind::List(items) => items.iter().for_each(|item| named_files(item, files)),
        _ => {}
    }
}
