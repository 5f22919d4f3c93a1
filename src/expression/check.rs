//! Names and kinds: a tree to a graph of operations, with every fault that is found on the way.

use super::fault::{Fault, Span, alike, suggestion};
use super::function::find;
use super::graph::{Graph, Operand};
use super::kernel::Elementwise;
use super::syntax::{NodeId, Part, Tree};
use super::token::Symbol;
use super::{Kind, Names, Resolved};

/// For how many faults of one formula a near name is looked for.
const MOST_GUESSED: usize = 20;
/// The code of a text that stands in no cell: those of cells count from 0.
const CODE_OF_NO_CELL: f64 = -1.0;

/// The value of the whole formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Root {
    pub operand: Operand,
    pub kind: Kind,
}

/// What a part of the formula turned out to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// Faulty: told once, and not again by those who use it.
    Unknown,
    Number(Operand),
    Truth(Operand),
    Column(Operand, u32),
    Text,
    Pairs,
}

/// Checks a tree and lists its operations.
pub(super) fn check(
    text: &str,
    tree: &Tree,
    names: &dyn Names,
) -> Result<(Graph, Root), Vec<Fault>> {
    let (graph, faults, meanings) = (Graph::default(), Vec::new(), Vec::new());
    let mut checker = Checker { text, tree, names, graph, faults, meanings };
    let lagged = checker.lagged();
    for (node, lagged) in lagged.into_iter().enumerate() {
        let meaning = if lagged { Meaning::Unknown } else { checker.meaning(node) };
        let meaning = checker.with_a_value(node, meaning);
        checker.meanings.push(meaning);
    }
    let last = tree.nodes.len().saturating_sub(1);
    let root = match checker.known(last) {
        Meaning::Column(operand, _) => Some(Root { operand, kind: Kind::Text }),
        Meaning::Truth(operand) => Some(Root { operand, kind: Kind::Truth }),
        _ => checker.number(last).map(|operand| Root { operand, kind: Kind::Number }),
    };
    match root {
        Some(root) if checker.faults.is_empty() => Ok((checker.graph, root)),
        _ => {
            checker.faults.sort_by_key(|fault| (fault.range.start, fault.range.end));
            Err(checker.faults)
        }
    }
}

pub(super) struct Checker<'c> {
    pub text: &'c str,
    tree: &'c Tree,
    pub names: &'c dyn Names,
    pub graph: Graph,
    faults: Vec<Fault>,
    meanings: Vec<Meaning>,
}

impl<'c> Checker<'c> {
    /// Which parts are names under `lag` or `given`: they need not have a value this year.
    fn lagged(&self) -> Vec<bool> {
        let mut lagged = vec![false; self.tree.nodes.len()];
        for node in &self.tree.nodes {
            if let Part::Call { name, arguments } = &node.part
                && matches!(name.of(self.text), "lag" | "lag_mean" | "given")
                && let Some(first) = arguments.first()
                && matches!(self.part(first.node), Some(Part::Name))
                && let Some(mark) = lagged.get_mut(first.node)
            {
                *mark = true;
            }
        }
        lagged
    }

    pub(super) fn part(&self, node: NodeId) -> Option<&'c Part> {
        self.tree.nodes.get(node).map(|node| &node.part)
    }

    pub(super) fn span(&self, node: NodeId) -> Span {
        self.tree.nodes.get(node).map_or(Span { start: 0, end: 0 }, |node| node.span)
    }

    pub(super) fn written(&self, node: NodeId) -> &'c str {
        self.span(node).of(self.text)
    }

    pub(super) fn known(&self, node: NodeId) -> Meaning {
        self.meanings.get(node).copied().unwrap_or(Meaning::Unknown)
    }

    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        let fault = span.fault(message);
        self.faults.push(match help {
            Some(help) => fault.help(help),
            None => fault,
        });
    }

    /// A part without names that has no value is a fault at once.
    fn with_a_value(&mut self, node: NodeId, meaning: Meaning) -> Meaning {
        if let Meaning::Number(Operand::Constant(value)) | Meaning::Truth(Operand::Constant(value)) =
            meaning
            && !value.is_finite()
        {
            let message = format!("`{}` has no value: {}", self.written(node), self.failure(node));
            let help = self.way_out(node).map(ToOwned::to_owned);
            self.fault(self.span(node), message, help);
            return Meaning::Unknown;
        }
        meaning
    }

    /// What to write instead of a part without names that has no value.
    fn way_out(&self, node: NodeId) -> Option<&'static str> {
        let Some(Part::Call { name, .. }) = self.part(node) else { return None };
        match name.of(self.text) {
            "sqrt" => Some("write 0 or more in the parentheses"),
            "ln" => Some("write a number above 0 in the parentheses"),
            "sin" | "cos" => Some("write the angle in radians, less a whole number of turns of 2π"),
            "bracket" => Some("begin the steps at or below the number, for example at 0"),
            _ => None,
        }
    }

    /// Why a part without names has no value.
    fn failure(&self, node: NodeId) -> &'static str {
        let zero = |node: NodeId| matches!(self.known(node), Meaning::Number(Operand::Constant(b)) if b == 0.0);
        match self.part(node) {
            Some(Part::Binary(Symbol::Over, _, b)) if zero(*b) => "it divides by zero",
            Some(Part::Call { name, .. }) => match name.of(self.text) {
                "sqrt" => "a negative number has no square root",
                "ln" => "only numbers above 0 have a logarithm",
                "sin" | "cos" => "the angle is beyond 1,647,099 radians",
                "bracket" => "the number lies below the first step",
                "clamp" => "the lowest is above the highest",
                _ => "the result is beyond all numbers",
            },
            Some(Part::Binary(Symbol::Power, ..)) => {
                "a negative number to a broken power, or a result beyond all numbers"
            }
            _ => "the result is beyond all numbers",
        }
    }

    fn meaning(&mut self, node: NodeId) -> Meaning {
        let found = match self.part(node) {
            None => None,
            Some(Part::Number(value)) => Some(Meaning::Number(Operand::Constant(*value))),
            Some(Part::Text) => Some(Meaning::Text),
            Some(Part::Pairs(_)) => Some(Meaning::Pairs),
            Some(Part::Name) => self.name(node),
            Some(Part::Negate(a)) => {
                self.number(*a).map(|a| Meaning::Number(self.graph.one(Elementwise::Negate, a)))
            }
            Some(Part::Not(a)) => {
                self.truth(*a).map(|a| Meaning::Truth(self.graph.one(Elementwise::Not, a)))
            }
            Some(Part::Binary(symbol, a, b)) => self.binary(*symbol, *a, *b),
            Some(Part::Call { name, arguments }) => self.call(*name, arguments),
        };
        found.unwrap_or(Meaning::Unknown)
    }

    pub(super) fn resolved(&mut self, resolved: Resolved) -> Meaning {
        let operand = self.graph.load(resolved.id, resolved.shape);
        match resolved.kind {
            Kind::Number => Meaning::Number(operand),
            Kind::Truth => Meaning::Truth(operand),
            Kind::Text => Meaning::Column(operand, resolved.id),
        }
    }

    pub(super) fn name(&mut self, node: NodeId) -> Option<Meaning> {
        if let Some(resolved) = self.names.resolve(self.written(node)) {
            if self.names.has_gaps(resolved.id) {
                self.tell_gaps(node);
                return None;
            }
            return Some(self.resolved(resolved));
        }
        self.unknown_name(node);
        None
    }

    /// A column with empty cells has no value of its own.
    pub(super) fn tell_gaps(&mut self, node: NodeId) {
        let written = self.written(node);
        let message = format!("cells of `{written}` may be empty");
        let help = format!("say what holds there: given({written}, 0)");
        self.fault(self.span(node), message, Some(help));
    }

    pub(super) fn unknown_name(&mut self, node: NodeId) {
        let (name, span) = (self.written(node), self.span(node));
        let told = self.faults.iter_mut().find(|fault| fault.name.as_deref() == Some(name));
        if let Some(fault) = told {
            fault.also.push(span.start..span.end);
            return;
        }
        let (message, help) = match (find(name), self.names.elsewhere(name)) {
            (Some(function), _) => {
                let message = format!("`{name}` is a function and needs its arguments");
                (message, Some(format!("write `{}`", function.signature)))
            }
            (None, Some((message, help))) => (message, Some(help)),
            (None, None) => {
                let guess = (self.faults.len() < MOST_GUESSED)
                    .then(|| suggestion(name, self.names.known()))
                    .flatten();
                let help = guess.or_else(|| self.names.overview());
                (format!("`{name}` is not known here"), help)
            }
        };
        self.faults.push(Fault { help, name: Some(name.to_owned()), ..span.fault(message) });
    }

    /// The operand of a part that must be a number.
    pub(super) fn number(&mut self, node: NodeId) -> Option<Operand> {
        let written = self.written(node);
        let (message, help) = match self.known(node) {
            Meaning::Number(operand) => return Some(operand),
            Meaning::Unknown => return None,
            Meaning::Truth(_) => (
                "a condition stands where a number is needed".to_string(),
                format!("make it one: if({written}, 1, 0)"),
            ),
            Meaning::Column(_, id) => (
                format!("`{written}` is a text column, not a number"),
                match self.names.hindrance(id) {
                    Some(cell) => format!(
                        "most cells of it are numbers, but {cell} is not: mend that cell, and list the column in `columns`"
                    ),
                    None => format!("compare it: {}", self.comparison(written, id)),
                },
            ),
            Meaning::Text => (
                "a text stands where a number is needed".to_string(),
                "a text is only compared, by `==` or `!=`, with a text column".to_string(),
            ),
            Meaning::Pairs => (
                "a list stands where a number is needed".to_string(),
                "a list is the second argument of `bracket` and of `interpolate`".to_string(),
            ),
        };
        self.fault(self.span(node), message, Some(help));
        None
    }

    /// The operand of a part that must be a condition.
    pub(super) fn truth(&mut self, node: NodeId) -> Option<Operand> {
        let written = self.written(node);
        match self.known(node) {
            Meaning::Truth(operand) => return Some(operand),
            Meaning::Unknown => {}
            Meaning::Number(_) => self.fault(
                self.span(node),
                format!("`{written}` is a number, and a condition is needed"),
                Some(format!("compare it: {written} > 0")),
            ),
            Meaning::Column(..) | Meaning::Text | Meaning::Pairs => self.fault(
                self.span(node),
                format!("`{written}` stands where a condition is needed"),
                Some(
                    "a condition is a comparison, or several joined by `and`, `or`, `not`"
                        .to_string(),
                ),
            ),
        }
        None
    }

    pub(super) fn numbers(&mut self, nodes: &[NodeId]) -> Option<Vec<Operand>> {
        // All are asked before any is missed, so that every fault is told.
        let found: Vec<Option<Operand>> = nodes.iter().map(|node| self.number(*node)).collect();
        found.into_iter().collect()
    }

    fn binary(&mut self, symbol: Symbol, a: NodeId, b: NodeId) -> Option<Meaning> {
        if matches!(symbol, Symbol::And | Symbol::Or) {
            let operation = if symbol == Symbol::And { Elementwise::And } else { Elementwise::Or };
            let (a, b) = (self.truth(a), self.truth(b));
            return Some(Meaning::Truth(self.graph.two(operation, a?, b?)));
        }
        let textual = |node| matches!(self.known(node), Meaning::Column(..) | Meaning::Text);
        if textual(a) || textual(b) {
            match symbol {
                Symbol::Equal | Symbol::Unequal => return self.text_comparison(symbol, a, b),
                Symbol::Less | Symbol::AtMost | Symbol::Greater | Symbol::AtLeast => {
                    let span = self.span(a).to(self.span(b));
                    let help =
                        "texts are only alike or not: compare them by `==` or `!=`".to_string();
                    self.fault(span, "texts have no order", Some(help));
                    return None;
                }
                _ => {}
            }
        }
        let (a, b) = (self.number(a), self.number(b));
        let (a, b) = (a?, b?);
        let mut two = |operation, a, b| self.graph.two(operation, a, b);
        Some(match symbol {
            Symbol::Plus => Meaning::Number(two(Elementwise::Add, a, b)),
            Symbol::Minus => Meaning::Number(two(Elementwise::Subtract, a, b)),
            Symbol::Times => Meaning::Number(two(Elementwise::Multiply, a, b)),
            Symbol::Over => Meaning::Number(two(Elementwise::Divide, a, b)),
            Symbol::Power => Meaning::Number(two(Elementwise::Power, a, b)),
            Symbol::Less => Meaning::Truth(two(Elementwise::Less, a, b)),
            Symbol::AtMost => Meaning::Truth(two(Elementwise::AtMost, a, b)),
            Symbol::Greater => Meaning::Truth(two(Elementwise::Less, b, a)),
            Symbol::AtLeast => Meaning::Truth(two(Elementwise::AtMost, b, a)),
            Symbol::Equal => Meaning::Truth(two(Elementwise::Equal, a, b)),
            Symbol::Unequal => Meaning::Truth(two(Elementwise::Unequal, a, b)),
            _ => return None,
        })
    }

    /// Tells what a text column cannot be compared with.
    fn wrong_partner(&mut self, column: NodeId, other: NodeId, id: u32) {
        let span = self.span(column).to(self.span(other));
        let (column, other) = (self.written(column), self.written(other));
        let message = format!("`{column}` is a text column, and `{other}` is no text in quotes");
        let help = format!("write for example {}", self.comparison(column, id));
        self.fault(span, message, Some(help));
    }

    /// How a text column is compared, with a text that stands in it.
    fn comparison(&self, column: &str, id: u32) -> String {
        const LONGEST: usize = 40;
        // No cell holds this, so that all texts come back.
        let texts = self.names.text_code(id, "\u{0}").err().unwrap_or_default();
        let fits =
            |text: &&String| (1..=LONGEST).contains(&text.len()) && !text.contains(['\'', '"']);
        let text = texts.iter().find(fits).map_or("…", String::as_str);
        format!("{column} == '{text}'")
    }

    fn text_comparison(&mut self, symbol: Symbol, a: NodeId, b: NodeId) -> Option<Meaning> {
        let (column, id, quoted) = match (self.known(a), self.known(b)) {
            (Meaning::Unknown, _) | (_, Meaning::Unknown) => return None,
            (Meaning::Column(column, id), Meaning::Text) => (column, id, b),
            (Meaning::Text, Meaning::Column(column, id)) => (column, id, a),
            (Meaning::Column(_, id), _) => {
                self.wrong_partner(a, b, id);
                return None;
            }
            (_, Meaning::Column(_, id)) => {
                self.wrong_partner(b, a, id);
                return None;
            }
            _ => {
                let span = self.span(a).to(self.span(b));
                let help = "one side is the name of a text column: region == 'Latgale'".to_string();
                self.fault(span, "a text compares with a text column only", Some(help));
                return None;
            }
        };
        let written = self.written(quoted);
        let of = self.written(if quoted == a { b } else { a });
        let wanted = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
        let code = match self.names.text_code(id, wanted) {
            Ok(code) => code,
            // A category that no row is in today is none the less one of the rule.
            Err(existing) if !existing.is_empty() && alike(wanted, &existing).is_none() => {
                CODE_OF_NO_CELL
            }
            Err(existing) => {
                let help = suggestion(wanted, existing)
                    .or_else(|| Some("write a text exactly as it stands in the table".to_string()));
                let message = format!("no cell of the column `{of}` is {written}");
                self.fault(self.span(quoted), message, help);
                return None;
            }
        };
        let operation =
            if symbol == Symbol::Equal { Elementwise::Equal } else { Elementwise::Unequal };
        Some(Meaning::Truth(self.graph.two(operation, column, Operand::Constant(code))))
    }
}
