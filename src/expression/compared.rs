//! Which texts a formula looks for in columns.

use super::syntax::{NodeId, Part, Tree, parse};
use super::token::Symbol;
use std::ops::Range;

/// A name that is compared with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The name, as written.
    pub name: String,
    /// The text, without its quotes.
    pub text: String,
    /// Where the text stands, quotes and all: bytes of the formula's text.
    pub place: Range<usize>,
}

/// Every comparison of a name with a text, `region == 'Latgale'`, in the order of the formula. A
/// text that is no formula has none.
#[must_use]
pub fn compared(text: &str) -> Vec<Compared> {
    let Ok(tree) = parse(text) else { return Vec::new() };
    let mut found: Vec<Compared> = tree
        .nodes
        .iter()
        .filter_map(|node| match node.part {
            Part::Binary(Symbol::Equal | Symbol::Unequal, a, b) => {
                pair(text, &tree, a, b).or_else(|| pair(text, &tree, b, a))
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|compared| compared.place.start);
    found
}

fn pair(text: &str, tree: &Tree, name: NodeId, quoted: NodeId) -> Option<Compared> {
    let (name, quoted) = (tree.nodes.get(name)?, tree.nodes.get(quoted)?);
    if (&name.part, &quoted.part) != (&Part::Name, &Part::Text) {
        return None;
    }
    let written = quoted.span.of(text);
    Some(Compared {
        name: name.span.of(text).to_owned(),
        text: written.get(1..written.len().saturating_sub(1)).unwrap_or("").to_owned(),
        place: quoted.span.start..quoted.span.end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_on_either_side_and_nowhere_else() {
        let found = compared("if(\"b\" != kind or kind == 'a b', sum(1, by: kind), x == 2)");
        let all: Vec<(&str, &str, Range<usize>)> = found
            .iter()
            .map(|found| (found.name.as_str(), found.text.as_str(), found.place.clone()))
            .collect();
        assert_eq!(all, [("kind", "b", 3..6), ("kind", "a b", 26..31)]);
    }
}
