//! A formula as a tree with its names resolved, for whoever writes it down in another language.
//!
//! Nothing is evaluated here. What a translator may have to show by itself, such as the sum in
//! `sum(a * b)`, has its own byte-code, so that there is one evaluator.

use super::function::{Builtin, find};
use super::syntax::{NodeId, Part, Tree, parse};
use super::token::Symbol;
use super::{Names, Program, compile};

/// A sign between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `^`
    Power,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

/// What a part of a formula is. Places are those of [`Outline::parts`].
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A number.
    Number(f64),
    /// A quoted text, without its quotes.
    Text(String),
    /// A name, or the past of one: its id.
    Name(u32),
    /// `-a`
    Negate(usize),
    /// `not a`
    Not(usize),
    /// A sign between two values.
    Binary(Operator, usize, usize),
    /// A function of the language by its name; `by` is the id of the column that makes the groups.
    Call {
        /// The function.
        function: &'static str,
        /// Its arguments; of `lag_mean` the values of each year.
        arguments: Vec<usize>,
        /// The column that makes the groups.
        by: Option<u32>,
    },
    /// `bracket` (steps) or `interpolate` (a line).
    Pairs {
        /// Whether it is a line.
        is_line: bool,
        /// What is looked up.
        x: usize,
        /// Where each pair stands, and its value.
        pairs: Vec<(f64, usize)>,
    },
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlinePart {
    /// What it is.
    pub term: Term,
    /// As it is written.
    pub text: String,
    /// What computes it, over the same ids as the whole formula: of what is no plain name or number and
    /// stands where a translator may want to show it.
    pub program: Option<Program>,
}

/// A formula as a flat tree: children stand before their parents, and the last part is the whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its parts.
    pub parts: Vec<OutlinePart>,
}

/// The outline of a formula that compiles; `names` must be those with which it was compiled, so that
/// ids are the same. None of a text that does not compile.
#[must_use]
pub fn outline(text: &str, names: &dyn Names) -> Option<Outline> {
    let tree = parse(text).ok()?;
    let mut writer = Writer {
        text,
        tree: &tree,
        names,
        places: vec![None; tree.nodes.len()],
        parts: Vec::new(),
    };
    let past = past(text, &tree);
    for node in (0..tree.nodes.len()).filter(|node| !past.contains(node)) {
        writer.write(node);
    }
    let root = tree.nodes.len().checked_sub(1)?;
    let whole = (*writer.places.get(root)?)?;
    writer.parts.truncate(whole + 1);
    Some(Outline { parts: writer.parts })
}

/// What stands in `lag(…)` and `lag_mean(…)`: the name there is no value of this year, and the formula
/// does not read one.
fn past(text: &str, tree: &Tree) -> Vec<NodeId> {
    let arguments = tree.nodes.iter().filter_map(|node| match &node.part {
        Part::Call { name, arguments } => find(name.of(text))
            .is_some_and(|of| matches!(of.builtin, Builtin::Lag | Builtin::LagMean))
            .then_some(arguments),
        _ => None,
    });
    arguments.flatten().map(|argument| argument.node).collect()
}

struct Writer<'w> {
    text: &'w str,
    tree: &'w Tree,
    names: &'w dyn Names,
    /// Where each node stands among the parts; none of what is a part of its parent only.
    places: Vec<Option<usize>>,
    parts: Vec<OutlinePart>,
}

impl Writer<'_> {
    fn write(&mut self, node: NodeId) {
        if let Some(term) = self.term(node) {
            let text = self.written(node).to_owned();
            let place = self.push(term, text);
            if let Some(slot) = self.places.get_mut(node) {
                *slot = Some(place);
            }
        }
    }

    fn push(&mut self, term: Term, text: String) -> usize {
        if let Term::Call { function, arguments, .. } = &term {
            let looked_at = match find(function).map(|function| function.builtin) {
                Some(Builtin::Across(_) | Builtin::Among(_) | Builtin::Share | Builtin::Round) => {
                    arguments.clone()
                }
                _ => Vec::new(),
            };
            for argument in looked_at {
                self.compile(argument);
            }
        }
        if let Term::Pairs { x, .. } = &term {
            self.compile(*x);
        }
        let is_beyond = match &term {
            Term::Call { function, .. } => matches!(
                find(function).map(|function| function.builtin),
                Some(Builtin::Across(_) | Builtin::Among(_) | Builtin::Share | Builtin::Points(_))
            ),
            _ => false,
        };
        self.parts.push(OutlinePart { term, text, program: None });
        let place = self.parts.len() - 1;
        if is_beyond {
            self.compile(place);
        }
        place
    }

    /// Gives a part its own byte-code, unless it is a plain name.
    fn compile(&mut self, place: usize) {
        let Some(part) = self.parts.get_mut(place) else { return };
        if part.program.is_none() && !matches!(part.term, Term::Name(_)) {
            part.program = compile(&part.text, self.names).ok();
        }
    }

    fn written(&self, node: NodeId) -> &str {
        self.tree.nodes.get(node).map_or("", |node| node.span.of(self.text))
    }

    fn place(&self, node: NodeId) -> Option<usize> {
        *self.places.get(node)?
    }

    fn number(&self, node: NodeId) -> Option<f64> {
        match self.tree.nodes.get(node)?.part {
            Part::Number(value) => Some(value),
            Part::Negate(inner) => Some(-self.number(inner)?),
            _ => compile(self.written(node), self.names).ok()?.constant(),
        }
    }

    fn term(&mut self, node: NodeId) -> Option<Term> {
        let tree = self.tree;
        Some(match &tree.nodes.get(node)?.part {
            Part::Number(value) => Term::Number(*value),
            Part::Text => {
                let written = self.written(node);
                Term::Text(written.get(1..written.len().saturating_sub(1))?.to_owned())
            }
            Part::Name => Term::Name(self.names.resolve(self.written(node))?.id),
            Part::Negate(a) => Term::Negate(self.place(*a)?),
            Part::Not(a) => Term::Not(self.place(*a)?),
            Part::Binary(symbol, a, b) => {
                Term::Binary(operator(*symbol)?, self.place(*a)?, self.place(*b)?)
            }
            Part::Pairs(_) => return None,
            Part::Call { name, arguments } => {
                let function = find(name.of(self.text))?;
                let by = arguments.iter().find(|argument| argument.label.is_some());
                let by = by.and_then(|by| self.names.resolve(self.written(by.node)));
                let plain = arguments.iter().filter(|argument| argument.label.is_none());
                let nodes: Vec<NodeId> = plain.map(|argument| argument.node).collect();
                return self.call(function.builtin, function.name, &nodes, by.map(|by| by.id));
            }
        })
    }

    fn call(
        &mut self,
        builtin: Builtin,
        function: &'static str,
        nodes: &[NodeId],
        by: Option<u32>,
    ) -> Option<Term> {
        match (builtin, nodes) {
            (Builtin::Lag, [name, years]) => {
                let years = self.number(*years)? as u32;
                Some(Term::Name(self.names.resolve_lag(self.written(*name), years).ok()?.id))
            }
            (Builtin::LagMean, [name, from, to]) => {
                let (from, to) = (self.number(*from)? as u32, self.number(*to)? as u32);
                let mut arguments = Vec::new();
                for years in from..=to {
                    let written = self.written(*name).to_owned();
                    let found = match years {
                        0 => self.names.resolve(&written)?,
                        _ => self.names.resolve_lag(&written, years).ok()?,
                    };
                    let text =
                        if years == 0 { written } else { format!("lag({written}, {years})") };
                    arguments.push(self.push(Term::Name(found.id), text));
                }
                Some(Term::Call { function, arguments, by: None })
            }
            (Builtin::Bracket | Builtin::Interpolate, [x, list]) => {
                let Part::Pairs(pairs) = &self.tree.nodes.get(*list)?.part else { return None };
                let pairs = pairs
                    .iter()
                    .map(|(at, value)| Some((self.number(*at)?, self.place(*value)?)))
                    .collect::<Option<Vec<_>>>()?;
                let is_line = builtin == Builtin::Interpolate;
                Some(Term::Pairs { is_line, x: self.place(*x)?, pairs })
            }
            _ => {
                let arguments =
                    nodes.iter().map(|node| self.place(*node)).collect::<Option<Vec<_>>>()?;
                Some(Term::Call { function, arguments, by })
            }
        }
    }
}

fn operator(symbol: Symbol) -> Option<Operator> {
    Some(match symbol {
        Symbol::Or => Operator::Or,
        Symbol::And => Operator::And,
        Symbol::Plus => Operator::Plus,
        Symbol::Minus => Operator::Minus,
        Symbol::Times => Operator::Times,
        Symbol::Over => Operator::Over,
        Symbol::Power => Operator::Power,
        Symbol::Less => Operator::Less,
        Symbol::AtMost => Operator::AtMost,
        Symbol::Greater => Operator::Greater,
        Symbol::AtLeast => Operator::AtLeast,
        Symbol::Equal => Operator::Equal,
        Symbol::Unequal => Operator::Unequal,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::world::World;

    /// The whole, and the texts of the parts that have their own byte-code.
    fn shown(text: &str) -> (Term, Vec<String>) {
        let world = World::of_the_examples();
        let outline = outline(text, &world).unwrap();
        let own = outline.parts.iter().filter(|part| part.program.is_some());
        let own = own.map(|part| part.text.clone()).collect();
        (outline.parts.last().unwrap().term.clone(), own)
    }

    #[test]
    fn children_stand_before_their_parents_and_the_last_part_is_the_whole() {
        assert_eq!(shown("1 + 2 * 3").0, Term::Binary(Operator::Plus, 0, 3));
        assert_eq!(shown("-2").0, Term::Negate(0));
        let (whole, own) = shown("if(region == 'Latgale', 1, 0)");
        assert_eq!(own, [""; 0]);
        assert!(
            matches!(whole, Term::Call { function: "if", arguments, .. } if arguments.len() == 3)
        );
    }

    #[test]
    fn what_looks_beyond_the_row_can_be_computed_alone() {
        let (_, own) = shown("2 + sum(population * open_points, by: region)");
        assert_eq!(own, ["population * open_points", "sum(population * open_points, by: region)"]);
        assert_eq!(shown("point_sum(load) + cases").1, ["point_sum(load)"]);
        assert_eq!(shown("share(population)").1, ["share(population)"]);
        assert_eq!(shown("bracket(cases / 2, [(0, 1), (200, cases)])").1, ["cases / 2"]);
    }

    #[test]
    fn the_past_is_a_name_of_its_own() {
        assert!(matches!(shown("lag(cases, 1)").0, Term::Name(_)));
        let Term::Call { function: "lag_mean", arguments, .. } = shown("lag_mean(cases, 1, 2)").0
        else {
            panic!("no mean")
        };
        assert_eq!(arguments.len(), 2);
    }

    #[test]
    fn a_list_keeps_its_pairs() {
        let (whole, _) = shown("bracket(cases, [(-1, 5), (20_001, 1000)])");
        let Term::Pairs { is_line: false, pairs, .. } = whole else { panic!("no steps") };
        assert_eq!(pairs.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [-1.0, 20_001.0]);
    }
}
