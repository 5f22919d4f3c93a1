//! A formula in pieces: what stays as it is written, and what stands for one number of a row.
//!
//! With the numbers in place of their pieces a formula is plain arithmetic that a reader can do again:
//! `80 * months_open_local` becomes `80 * 18`, and what looks beyond the row (`sum(population)`,
//! `lag(load, 1)`, `point_sum(people)`) becomes the number that it came to.

use super::function::{Builtin, find};
use super::syntax::{NodeId, Part, Tree, parse};
use super::{Kind, Names, Program, compile};

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// It stays as it is written.
    Text(String),
    /// It stands for one number of a row.
    Number {
        /// As it is written.
        text: String,
        /// What computes it, over the same ids as the whole formula.
        program: Program,
    },
    /// A column of texts, by its id: it stands for the text of a row.
    Column {
        /// As it is written.
        text: String,
        /// Its id.
        id: u32,
    },
}

/// The pieces of a formula that compiles, in the order of its text. `names` must be those with which it
/// was compiled, so that ids are the same.
#[must_use]
pub fn pieces(text: &str, names: &dyn Names) -> Vec<Piece> {
    let Ok(tree) = parse(text) else { return vec![Piece::Text(text.to_owned())] };
    let mut found: Vec<(usize, usize, Piece)> = Vec::new();
    let mut open = vec![tree.nodes.len().saturating_sub(1)];
    while let Some(node) = open.pop() {
        let Some(here) = tree.nodes.get(node) else { continue };
        if stands_for_a_value(text, &tree, node) {
            let written = here.span.of(text);
            let piece = piece(written, names);
            found.extend(piece.map(|piece| (here.span.start, here.span.end, piece)));
        } else {
            open.extend(children(&here.part));
        }
    }
    found.sort_by_key(|(start, ..)| *start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, piece) in found {
        let between = text.get(at..start).unwrap_or("");
        if !between.is_empty() {
            pieces.push(Piece::Text(between.to_owned()));
        }
        pieces.push(piece);
        at = end;
    }
    let rest = text.get(at..).unwrap_or("");
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

/// Whether a part is a name, or a call that looks beyond the row.
fn stands_for_a_value(text: &str, tree: &Tree, node: NodeId) -> bool {
    match tree.nodes.get(node).map(|node| &node.part) {
        Some(Part::Name) => true,
        Some(Part::Call { name, .. }) => find(name.of(text)).is_some_and(|function| {
            matches!(
                function.builtin,
                Builtin::Lag
                    | Builtin::LagMean
                    | Builtin::Given
                    | Builtin::Across(_)
                    | Builtin::Among(_)
                    | Builtin::Share
                    | Builtin::Points(_)
            )
        }),
        _ => false,
    }
}

fn piece(text: &str, names: &dyn Names) -> Option<Piece> {
    let text = text.to_owned();
    if let Some(name) = names.resolve(&text)
        && name.kind == Kind::Text
    {
        return Some(Piece::Column { text, id: name.id });
    }
    compile(&text, names).ok().map(|program| Piece::Number { text, program })
}

fn children(part: &Part) -> Vec<NodeId> {
    match part {
        Part::Number(_) | Part::Text | Part::Name => Vec::new(),
        Part::Negate(a) | Part::Not(a) => vec![*a],
        Part::Binary(_, a, b) => vec![*a, *b],
        Part::Call { arguments, .. } => arguments.iter().map(|argument| argument.node).collect(),
        Part::Pairs(pairs) => pairs.iter().flat_map(|(at, value)| [*at, *value]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::world::World;

    fn shown(text: &str) -> Vec<String> {
        let world = World::of_the_examples();
        assert!(compile(text, &world).is_ok(), "{text}");
        pieces(text, &world)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Number { text, .. } => format!("[{text}]"),
                Piece::Column { text, .. } => format!("<{text}>"),
            })
            .collect()
    }

    #[test]
    fn names_and_what_looks_beyond_the_row_are_pieces_of_their_own() {
        assert_eq!(
            shown("max(0, 80 * open_points) + lag(cases, 1)"),
            ["max(0, 80 * ", "[open_points]", ") + ", "[lag(cases, 1)]"]
        );
        assert_eq!(
            shown("if(region == 'Latgale', sum(population, by: region), -cases ^ 2)"),
            [
                "if(",
                "<region>",
                " == 'Latgale', ",
                "[sum(population, by: region)]",
                ", -",
                "[cases]",
                " ^ 2)"
            ]
        );
        assert_eq!(
            shown("bracket(year, [(0, cases), (2024, 2)])"),
            ["bracket(", "[year]", ", [(0, ", "[cases]", "), (2024, 2)])"]
        );
    }

    #[test]
    fn pieces_make_the_text_again() {
        for text in ["1 + 2", " population", "share( population ) * (1)", "point_sum(load) / 2 "] {
            let plain: String = shown(text).concat().replace(['[', ']', '<', '>'], "");
            assert_eq!(plain, text);
        }
    }
}
