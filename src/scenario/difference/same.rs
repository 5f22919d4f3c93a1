//! Whether two values mean the same, and which can be compared part by part.

use super::path::Path;
use super::tables::ROLES;
use super::walk::Walk;
use crate::expression::reads_the_same;
use crate::scenario::tree::{Field, Kind, Name, Node, Number};

/// Texts that are no formulas, by the field they stand in; so are the columns of [`ROLES`].
const WORDS: [&str; 21] = [
    "by",
    "gaps",
    "title",
    "source",
    "note",
    "file",
    "code",
    "name",
    "columns",
    "tiers",
    "what",
    "of",
    "on",
    "information_date",
    "currency",
    "base",
    "line",
    "baseline",
    "unit",
    "hold",
    "format",
];

/// What a node is made of, as far as it can be compared part by part.
pub enum Parts<'n> {
    Fields(Option<&'n Name>, &'n [Field]),
    Map(&'n [(Node, Node)]),
    List(&'n [Node]),
    /// `Worksheet([…])`: a name around one value that has parts.
    Around(&'n Name, &'n Node),
    Leaf,
}

/// Whether two values mean the same.
pub fn same(path: &Path, old: &Node, new: &Node) -> bool {
    match (&old.kind, &new.kind) {
        (Kind::Number(a), Kind::Number(b)) => same_number(*a, *b),
        (Kind::Text(a), Kind::Text(b)) if is_words(path) => a.value == b.value,
        (Kind::Text(a), Kind::Text(b)) => reads_the_same(&a.value, &b.value),
        (Kind::Truth(a), Kind::Truth(b)) => a == b,
        (Kind::Nothing, Kind::Nothing) => true,
        (Kind::Tuple(a, old), Kind::Tuple(b, new)) => {
            let equal = |(old, new): (&Node, &Node)| same(path, old, new);
            // Who is correlated with whom has no order.
            let turned = || path.end() == Some("of") && old.iter().zip(new.iter().rev()).all(equal);
            same_kind(a.as_ref(), b.as_ref())
                && old.len() == new.len()
                && (old.iter().zip(new).all(equal) || turned())
        }
        _ => {
            let comparable = match (parts(old), parts(new)) {
                (Parts::Fields(a, _), Parts::Fields(b, _)) => same_kind(a, b),
                (Parts::Around(a, _), Parts::Around(b, _)) => a.value == b.value,
                (Parts::Map(_), Parts::Map(_)) | (Parts::List(_), Parts::List(_)) => true,
                _ => false,
            };
            comparable && Walk::finds_nothing(path, old, new)
        }
    }
}

/// What a node is made of.
pub fn parts(node: &Node) -> Parts<'_> {
    match &node.kind {
        Kind::Struct(name, fields) => Parts::Fields(name.as_ref(), fields),
        Kind::Tuple(name, items) if items.is_empty() => Parts::Fields(name.as_ref(), &[]),
        Kind::Unit(name) => Parts::Fields(Some(name), &[]),
        Kind::Map(entries) => Parts::Map(entries),
        Kind::List(items) => Parts::List(items),
        Kind::Tuple(Some(name), items) => match &items[..] {
            [inner] if matches!(inner.kind, Kind::List(_) | Kind::Map(_)) => {
                Parts::Around(name, inner)
            }
            _ => Parts::Leaf,
        },
        _ => Parts::Leaf,
    }
}

/// Whether two structs are of one kind; the name of a table may be left out.
pub fn same_kind(old: Option<&Name>, new: Option<&Name>) -> bool {
    let name = |name: Option<&Name>| {
        name.map(|name| name.value.to_string()).filter(|name| name != "Table")
    };
    name(old) == name(new)
}

fn same_number(old: Number, new: Number) -> bool {
    match (old.whole, new.whole) {
        (Some(old), Some(new)) => old == new,
        _ => old.value == new.value || (old.value.is_nan() && new.value.is_nan()),
    }
}

fn is_words(path: &Path) -> bool {
    let end = path.end().unwrap_or("");
    path.section() == "boundaries" || ROLES.contains(&end) || WORDS.contains(&end)
}
