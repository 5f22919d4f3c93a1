//! Operators between two parts.

use super::super::grid::Token;
use super::piece::{ATOM, COMPARISON, PRODUCT, Piece, SUM};
use super::{Bound, Translator};
use crate::expression::{Operator, Term};
use crate::language::Message;

impl Translator<'_> {
    pub(super) fn binary(
        &mut self,
        operator: Operator,
        a: usize,
        b: usize,
    ) -> Result<Piece, Message> {
        if self.is_text(a) || self.is_text(b) {
            let exact = self.call("EXACT", &[a, b])?;
            if operator == Operator::Equal {
                return Ok(exact);
            }
            let mut whole = Piece::atom(vec![Token::Text("NOT(".to_owned())]);
            whole.add(exact);
            whole.text(")");
            return Ok(whole);
        }
        let (sign, left, right) = match operator {
            Operator::And => return self.call("AND", &[a, b]),
            Operator::Or => return self.call("OR", &[a, b]),
            Operator::Power => return self.call("POWER", &[a, b]),
            Operator::Plus => ("+", SUM, PRODUCT),
            Operator::Minus => ("-", SUM, PRODUCT),
            Operator::Times => ("*", PRODUCT, ATOM),
            Operator::Over => ("/", PRODUCT, ATOM),
            Operator::Less => ("<", SUM, SUM),
            Operator::AtMost => ("<=", SUM, SUM),
            Operator::Greater => (">", SUM, SUM),
            Operator::AtLeast => (">=", SUM, SUM),
            Operator::Equal => ("=", SUM, SUM),
            Operator::Unequal => ("<>", SUM, SUM),
        };
        let binds = match operator {
            Operator::Plus | Operator::Minus => SUM,
            Operator::Times | Operator::Over => PRODUCT,
            _ => COMPARISON,
        };
        let mut whole = self.take(a)?.within(left);
        whole.text(sign);
        whole.add(self.take(b)?.within(right));
        whole.binds = binds;
        Ok(whole)
    }

    fn is_text(&mut self, place: usize) -> bool {
        let outline = self.outline;
        match outline.parts.get(place).map(|part| (&part.term, &part.text)) {
            Some((Term::Text(_), _)) => true,
            Some((Term::Name(id), text)) => {
                matches!(self.sheet.name(*id, text), Ok(Bound::Texts(_)))
            }
            _ => false,
        }
    }
}
