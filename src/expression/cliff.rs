//! Where a formula jumps: the thresholds of names in comparisons and step tables.

use super::syntax::{NodeId, Part, Tree, parse};
use super::token::Symbol;
use std::ops::Range;

/// A value of a name at which a formula jumps.
#[derive(Clone, Debug, PartialEq)]
pub struct Cliff {
    /// Where the name stands: bytes of the formula's text.
    pub name: Range<usize>,
    /// The value, as written.
    pub at: Level,
    /// Where the value stands.
    pub place: Range<usize>,
}

/// What a name is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    /// A plain number.
    Number(f64),
    /// The value of another name.
    Name(String),
}

/// Every threshold of a name in a formula, in the order of the text: `population < 10_000`,
/// `density >= dense`, each threshold of `bracket(population, […])` but the first, below which it
/// has no value. `interpolate` has none, it rises without a jump; nor have `==` and `!=`. A text
/// that is no formula has none either.
#[must_use]
pub fn cliffs(text: &str) -> Vec<Cliff> {
    let Ok(tree) = parse(text) else { return Vec::new() };
    let reader = Reader { text, tree: &tree };
    let mut found = Vec::new();
    for node in &tree.nodes {
        match &node.part {
            Part::Binary(
                Symbol::Less | Symbol::AtMost | Symbol::Greater | Symbol::AtLeast,
                a,
                b,
            ) => {
                found.extend(reader.cliff(*a, *b));
                // A number on the left; where both are names, either may be the threshold.
                found.extend(reader.cliff(*b, *a));
            }
            Part::Call { name, arguments } if name.of(text) == "bracket" => {
                let [x, list] = &arguments[..] else { continue };
                let Some(Part::Pairs(pairs)) = reader.part(list.node) else { continue };
                found.extend(pairs.iter().skip(1).filter_map(|(at, _)| reader.cliff(x.node, *at)));
            }
            _ => {}
        }
    }
    found.sort_by_key(|cliff| (cliff.place.start, cliff.name.start));
    found
}

struct Reader<'t> {
    text: &'t str,
    tree: &'t Tree,
}

impl Reader<'_> {
    fn part(&self, node: NodeId) -> Option<&Part> {
        self.tree.nodes.get(node).map(|node| &node.part)
    }

    fn range(&self, node: NodeId) -> Range<usize> {
        self.tree.nodes.get(node).map_or(0..0, |node| node.span.start..node.span.end)
    }

    fn cliff(&self, name: NodeId, level: NodeId) -> Option<Cliff> {
        if self.part(name) != Some(&Part::Name) {
            return None;
        }
        let place = self.range(level);
        let at = match self.part(level)? {
            Part::Number(value) => Level::Number(*value),
            Part::Negate(inner) => match self.part(*inner)? {
                Part::Number(value) => Level::Number(-value),
                _ => return None,
            },
            Part::Name => Level::Name(self.text.get(place.clone())?.to_owned()),
            _ => return None,
        };
        Some(Cliff { name: self.range(name), at, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name and threshold as they are written.
    fn shown(text: &str) -> Vec<(&str, &str)> {
        cliffs(text)
            .into_iter()
            .map(|cliff| (&text[cliff.name.clone()], &text[cliff.place.clone()]))
            .collect()
    }

    #[test]
    fn comparisons_and_step_tables_jump() {
        assert_eq!(shown("if(density < 15, 0.10, 0)"), [("density", "15")]);
        assert_eq!(shown("if(10_000 <= population, 1, 2)"), [("population", "10_000")]);
        assert_eq!(shown("balance > -5"), [("balance", "-5")]);
        assert_eq!(
            shown(
                "bracket(population, [(0, a), (5_000, b), (20_001, c)]) * if(density >= 50, 2, 1)"
            ),
            [("population", "5_000"), ("population", "20_001"), ("density", "50")]
        );
    }

    #[test]
    fn a_name_may_be_the_threshold_of_another() {
        assert_eq!(shown("population > large"), [("large", "population"), ("population", "large")]);
        assert_eq!(cliffs("population > large")[1].at, Level::Name("large".to_owned()));
        assert_eq!(cliffs("balance > -5")[0].at, Level::Number(-5.0));
    }

    #[test]
    fn what_is_smooth_or_no_threshold_of_a_name_does_not_jump() {
        for text in [
            "interpolate(population, [(0, 1), (5_000, 2)])",
            "max(population, 10_000)",
            "region == 'Latgale' and parishes != 0",
            "population / area < 50",
            "bracket(2 * population, [(0, 1), (5_000, 2)])",
            "bracket(population)",
            "population <",
        ] {
            assert_eq!(shown(text), [], "{text}");
        }
    }
}
