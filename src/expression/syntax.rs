//! Tokens to a tree, by precedence climbing.
//!
//! The tree is a flat list in which children stand before their parents, so whoever reads it needs no
//! recursion: a sum of a thousand terms is as deep as it is long.

use super::fault::{Fault, Span};
use super::token::{Symbol, Token, tokens};
use super::{MOST_BYTES, MOST_NESTING};

/// A place in [`Tree::nodes`].
pub(super) type NodeId = usize;

/// What a part of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Number(f64),
    Text,
    Name,
    Negate(NodeId),
    Not(NodeId),
    Binary(Symbol, NodeId, NodeId),
    Call { name: Span, arguments: Vec<Argument> },
    Pairs(Vec<(NodeId, NodeId)>),
}

/// An argument of a call, with its label (`by: region`).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Argument {
    pub label: Option<Span>,
    pub node: NodeId,
}

/// A part and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub part: Part,
    pub span: Span,
}

/// A formula as it was written; the last node is the whole.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

/// Parses a formula.
pub(super) fn parse(text: &str) -> Result<Tree, Fault> {
    if text.len() > MOST_BYTES {
        return Err(Span { start: 0, end: text.len() }
            .fault(format!("a formula has at most {MOST_BYTES} bytes, this one {}", text.len()))
            .help("name parts of it on lines of their own"));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens, at: 0, nodes: Vec::new() };
    if parser.peek().symbol == Symbol::End {
        let fault = parser.peek().span.fault("the formula is empty");
        return Err(fault.help("write a number, a name or a calculation"));
    }
    parser.expression(0, 0)?;
    let rest = parser.peek();
    if rest.symbol == Symbol::End {
        return Ok(Tree { nodes: parser.nodes });
    }
    Err(parser.unexpected(rest, "an operator or the end"))
}

/// How tightly an operator binds.
const COMPARISON: u8 = 4;
const SIGN: u8 = 7;
const POWER: u8 = 8;

fn binding(symbol: Symbol) -> Option<u8> {
    Some(match symbol {
        Symbol::Or => 1,
        Symbol::And => 2,
        Symbol::Less
        | Symbol::AtMost
        | Symbol::Greater
        | Symbol::AtLeast
        | Symbol::Equal
        | Symbol::Unequal => COMPARISON,
        Symbol::Plus | Symbol::Minus => 5,
        Symbol::Times | Symbol::Over => 6,
        Symbol::Power => POWER,
        _ => return None,
    })
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    nodes: Vec<Node>,
}

impl Parser<'_> {
    fn peek(&self) -> Token {
        let end = Span { start: self.text.len(), end: self.text.len() };
        let after = Token { symbol: Symbol::End, span: end };
        self.tokens.get(self.at).copied().unwrap_or(after)
    }

    fn next(&mut self) -> Token {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn take(&mut self, symbol: Symbol) -> Option<Token> {
        (self.peek().symbol == symbol).then(|| self.next())
    }

    fn push(&mut self, part: Part, span: Span) -> NodeId {
        self.nodes.push(Node { part, span });
        self.nodes.len() - 1
    }

    fn span(&self, node: NodeId) -> Span {
        self.nodes.get(node).map_or(Span { start: 0, end: 0 }, |node| node.span)
    }

    /// Everything that binds at least as tightly as `floor`. `depth` counts what a reader would call nesting;
    /// between two levels of it the parser itself goes down at most once per precedence.
    fn expression(&mut self, floor: u8, depth: usize) -> Result<NodeId, Fault> {
        let mut left = self.operand(depth)?;
        let mut compared = false;
        loop {
            let operator = self.peek();
            let Some(tightness) = binding(operator.symbol).filter(|b| *b >= floor) else {
                return Ok(left);
            };
            if tightness == COMPARISON {
                if compared {
                    let fault = operator.span.fault("comparisons cannot be chained");
                    return Err(fault.help("write `a < b and b < c`"));
                }
                compared = true;
            }
            self.next();
            let right = if tightness == POWER {
                self.expression(SIGN, deeper(depth, operator.span)?)?
            } else {
                self.expression(tightness + 1, depth)?
            };
            // `and` and `or` open a new comparison: `a < b and c < d`.
            compared &= tightness >= COMPARISON;
            let span = self.span(left).to(self.span(right));
            left = self.push(Part::Binary(operator.symbol, left, right), span);
        }
    }

    /// A number, name, call, text, list, sign or parenthesis.
    fn operand(&mut self, depth: usize) -> Result<NodeId, Fault> {
        let token = self.next();
        match token.symbol {
            Symbol::Number(value) => Ok(self.push(Part::Number(value), token.span)),
            Symbol::Text => Ok(self.push(Part::Text, token.span)),
            Symbol::Name if self.peek().symbol == Symbol::Open => self.call(token.span, depth),
            Symbol::Name => Ok(self.push(Part::Name, token.span)),
            Symbol::Minus => {
                let inner = self.expression(SIGN, deeper(depth, token.span)?)?;
                let span = token.span.to(self.span(inner));
                Ok(self.push(Part::Negate(inner), span))
            }
            Symbol::Not => {
                let inner = self.expression(COMPARISON, deeper(depth, token.span)?)?;
                let span = token.span.to(self.span(inner));
                Ok(self.push(Part::Not(inner), span))
            }
            Symbol::Open => {
                let inner = self.expression(0, deeper(depth, token.span)?)?;
                self.close(Symbol::Close, token.span, "`)`")?;
                Ok(inner)
            }
            Symbol::OpenList => self.list(token.span, depth),
            _ => Err(self.unexpected(token, "a number, a name or `(`")),
        }
    }

    fn call(&mut self, name: Span, depth: usize) -> Result<NodeId, Fault> {
        let open = self.next().span;
        let depth = deeper(depth, open)?;
        let mut arguments = Vec::new();
        while self.peek().symbol != Symbol::Close {
            let first = self.peek();
            let second = self.tokens.get(self.at + 1).map(|token| token.symbol);
            let label =
                (first.symbol == Symbol::Name && second == Some(Symbol::Colon)).then(|| {
                    self.at += 2;
                    first.span
                });
            arguments.push(Argument { label, node: self.expression(0, depth)? });
            if self.take(Symbol::Comma).is_none() {
                break;
            }
        }
        let close = self.close(Symbol::Close, open, "`,` or `)`")?;
        Ok(self.push(Part::Call { name, arguments }, name.to(close)))
    }

    fn list(&mut self, open: Span, depth: usize) -> Result<NodeId, Fault> {
        let depth = deeper(depth, open)?;
        let mut pairs = Vec::new();
        while let Some(pair) = self.take(Symbol::Open) {
            let threshold = self.expression(0, depth)?;
            if self.take(Symbol::Comma).is_none() {
                let found = self.peek();
                let fault = self.unexpected(found, "`,`");
                return Err(fault.help("a list holds pairs: [(0, 100), (20_001, 1000)]"));
            }
            pairs.push((threshold, self.expression(0, depth)?));
            self.close(Symbol::Close, pair.span, "`)`")?;
            if self.take(Symbol::Comma).is_none() {
                break;
            }
        }
        let close = self
            .close(Symbol::CloseList, open, "`(` or `]`")
            .map_err(|fault| fault.help("a list holds pairs: [(0, 100), (20_001, 1000)]"))?;
        Ok(self.push(Part::Pairs(pairs), open.to(close)))
    }

    fn close(&mut self, symbol: Symbol, open: Span, expected: &str) -> Result<Span, Fault> {
        if let Some(token) = self.take(symbol) {
            return Ok(token.span);
        }
        let found = self.peek();
        if found.symbol == Symbol::End {
            let opened = open.of(self.text).to_string();
            let closing = if symbol == Symbol::CloseList { "]" } else { ")" };
            let fault = open.fault(format!("this `{opened}` is not closed"));
            return Err(fault.help(format!("add the `{closing}` where the part ends")));
        }
        Err(self.unexpected(found, expected))
    }

    fn unexpected(&self, found: Token, expected: &str) -> Fault {
        if found.symbol == Symbol::End {
            let fault =
                found.span.fault(format!("the formula ends where {expected} should follow"));
            return match self.before(found) {
                Some((_, last)) => {
                    fault.help(format!("`{last}` needs a value after it, or is one too many"))
                }
                None => fault,
            };
        }
        let written = found.span.of(self.text);
        let fault = found.span.fault(format!("{expected} should stand here, not `{written}`"));
        let before = self.before(found);
        match (found.symbol, before) {
            (Symbol::Name, _) if matches!(written, "then" | "else") => {
                fault.help("a choice is written if(condition, yes, no)")
            }
            (_, Some((Symbol::Name, "if"))) => {
                fault.help("a choice is written if(condition, yes, no)")
            }
            (Symbol::Number(_), Some((Symbol::Number(_), first))) => fault.help(format!(
                "thousands are written without a space, or with `_`: {first}_{written}"
            )),
            (Symbol::Comma, _) => {
                fault.help("the decimal sign is a point: 3.5; thousands are written 1_000")
            }
            (Symbol::Close, Some((Symbol::Comma, _))) => {
                fault.help("a value is missing before it, or the comma is one too many")
            }
            (Symbol::Close, _) => {
                fault.help("there is a `)` too many or a value missing before it")
            }
            (Symbol::And | Symbol::Or, _) => {
                fault.help(format!("it stands between two conditions: a > 1 {written} b > 2"))
            }
            (Symbol::Name | Symbol::Number(_) | Symbol::Open, _) => {
                fault.help("write `*` to multiply, or join conditions by `and` or `or`")
            }
            (Symbol::Times | Symbol::Over | Symbol::Plus | Symbol::Power, Some((_, last))) => {
                fault.help(format!("between `{last}` and `{written}` a value is missing, or one of them is too many"))
            }
            _ => fault,
        }
    }

    /// The symbol before a token, and how it is written.
    fn before(&self, token: Token) -> Option<(Symbol, &str)> {
        let earlier = self.tokens.iter().rev().find(|earlier| {
            earlier.span.end <= token.span.start && earlier.symbol != Symbol::End
        })?;
        Some((earlier.symbol, earlier.span.of(self.text)))
    }
}

fn deeper(depth: usize, span: Span) -> Result<usize, Fault> {
    if depth >= MOST_NESTING {
        let fault = span.fault(format!("the formula is nested more than {MOST_NESTING} deep"));
        return Err(fault.help("name parts of it on lines of their own"));
    }
    Ok(depth + 1)
}

#[cfg(test)]
mod tests {
    use super::{NodeId, Part, Tree, parse};

    /// The tree with every parenthesis written out.
    fn show(text: &str) -> String {
        fn write(text: &str, tree: &Tree, node: NodeId) -> String {
            let here = &tree.nodes[node];
            match &here.part {
                Part::Negate(a) => format!("(-{})", write(text, tree, *a)),
                Part::Not(a) => format!("(not {})", write(text, tree, *a)),
                Part::Binary(symbol, a, b) => {
                    format!("({} {symbol:?} {})", write(text, tree, *a), write(text, tree, *b))
                }
                Part::Call { name, arguments } => {
                    let inner: Vec<String> =
                        arguments.iter().map(|a| write(text, tree, a.node)).collect();
                    format!("{}({})", name.of(text), inner.join(", "))
                }
                _ => here.span.of(text).to_string(),
            }
        }
        let tree = parse(text).unwrap();
        write(text, &tree, tree.nodes.len() - 1)
    }

    #[test]
    fn precedence_is_that_of_school() {
        assert_eq!(show("a + b * c"), "(a Plus (b Times c))");
        assert_eq!(show("a - b - c"), "((a Minus b) Minus c)");
        assert_eq!(show("a / b / c"), "((a Over b) Over c)");
        assert_eq!(show("a ^ b ^ c"), "(a Power (b Power c))");
        assert_eq!(show("-a ^ b"), "(-(a Power b))");
        assert_eq!(show("a ^ -b ^ c"), "(a Power (-(b Power c)))");
        assert_eq!(show("-a * b"), "((-a) Times b)");
        assert_eq!(show("a - -b"), "(a Minus (-b))");
        assert_eq!(show("(a + b) * c"), "((a Plus b) Times c)");
        assert_eq!(show("not a < b + 1 and c or d"), "(((not (a Less (b Plus 1))) And c) Or d)");
        assert_eq!(show("a < b and c < d"), "((a Less b) And (c Less d))");
        assert_eq!(show("f(a, b: c,)"), "f(a, c)");
    }

    #[test]
    fn faults_of_syntax_say_where() {
        for (text, range) in [
            ("", 0..0),
            ("1 +", 3..3),
            ("(1 + 2", 0..1),
            ("1 + 2)", 5..6),
            ("3,5", 1..2),
            ("a b", 2..3),
            ("a < b < c", 6..7),
            ("a < b == c", 6..8),
            ("f(1; 2)", 3..4),
            ("bracket(x, [0, 1])", 12..13),
            ("bracket(x, [(0 1)])", 15..16),
            ("bracket(x, [(0, 1)", 11..12),
        ] {
            assert_eq!(parse(text).unwrap_err().range, range, "{text}");
        }
    }

    #[test]
    fn hostile_nesting_is_a_fault_and_no_overflow() {
        for unit in ["(", "-", "not ", "2^", "f(", "f(1,", "[(1,", "-(", "1+(", "a<(", "2^-"] {
            // Within the longest text, and far beyond it.
            for times in [70, 2_000, 100_000] {
                let text = unit.repeat(times);
                assert!(parse(&text).is_err(), "{unit}");
                assert!(parse(&format!("{text}1")).is_err(), "{unit}");
            }
        }
        let deep = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
        assert!(parse(&deep(64)).is_ok());
        assert!(parse(&deep(65)).unwrap_err().message.contains("64"));
        assert!(parse(&deep(100_000)).unwrap_err().message.contains("10000 bytes"));
        assert!(parse(&format!("{}1", "-".repeat(100_000))).is_err());
    }

    #[test]
    fn a_long_sum_is_not_deep() {
        let tree = parse(&vec!["1"; 5_000].join("+")).unwrap();
        assert_eq!(tree.nodes.len(), 9_999);
    }
}
