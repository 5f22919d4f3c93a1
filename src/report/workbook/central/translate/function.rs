//! Functions, most of them of what stands in one row.

use super::super::grid::{Token, fill};
use super::Translator;
use super::literal::number;
use super::piece::{ATOM, Piece, SUM};
use crate::expression::{OutlinePart, Term};
use crate::language::Message;

impl Translator<'_> {
    pub(super) fn function(
        &mut self,
        place: usize,
        part: &OutlinePart,
        function: &str,
        arguments: &[usize],
        by: Option<u32>,
    ) -> Result<Piece, Message> {
        let simple = match function {
            "if" => "IF",
            "min" => "MIN",
            "max" => "MAX",
            "abs" => "ABS",
            "floor" => "INT",
            "sqrt" => "SQRT",
            "exp" => "EXP",
            "ln" => "LN",
            "sin" => "SIN",
            "cos" => "COS",
            "pow" => "POWER",
            _ => "",
        };
        if !simple.is_empty() {
            return self.call(simple, arguments);
        }
        match (function, arguments) {
            ("ceil", [x]) => {
                let mut whole = Piece::new(vec![Token::Text("-INT(-".to_owned())], SUM);
                whole.add(self.take(*x)?.within(ATOM));
                whole.text(")");
                Ok(whole)
            }
            ("clamp", [x, low, high]) => {
                let (low, high) = (self.copy(*low)?, self.copy(*high)?);
                let mut whole = Piece::atom(vec![Token::Text("IF(".to_owned())]);
                whole.add(low.clone().within(SUM));
                whole.text(">");
                whole.add(high.clone().within(SUM));
                whole.text(",NA(),MIN(MAX(");
                whole.add(self.take(*x)?);
                whole.text(",");
                whole.add(low);
                whole.text("),");
                whole.add(high);
                whole.text("))");
                Ok(whole)
            }
            ("round", [x, rest @ ..]) => self.round(*x, rest.first().copied()),
            ("lag_mean", years) => {
                let mut whole = Piece::atom(vec![Token::Text("((".to_owned())]);
                for (index, year) in years.iter().enumerate() {
                    if index > 0 {
                        whole.text("+");
                    }
                    whole.add(self.take(*year)?);
                }
                whole.text(&format!(")/{})", years.len()));
                Ok(whole)
            }
            ("given", [column, otherwise]) => {
                let column = self.take(*column)?;
                let mut whole = Piece::atom(vec![Token::Text("IF(ISNUMBER(".to_owned())]);
                whole.add(column.clone());
                whole.text("),");
                whole.add(column);
                whole.text(",");
                whole.add(self.take(*otherwise)?);
                whole.text(")");
                Ok(whole)
            }
            ("sum" | "mean" | "max_of" | "min_of" | "rank" | "share", [x]) => {
                self.across(place, part, function, *x, by)
            }
            _ => Ok(Piece::atom(vec![Token::Cell(self.sheet.held(place, &part.text)?)])),
        }
    }

    /// Half up on the decimal reading: what lies within 2⁻⁴⁰ of itself below a half counts as the half.
    fn round(&mut self, x: usize, digits: Option<usize>) -> Result<Piece, Message> {
        let digits = match digits.map(|digits| self.constant(digits)) {
            None => 0.0,
            Some(Some(digits)) => digits,
            Some(None) => return Err(Message::new("workbook-why-digits")),
        };
        let widest = number(ten_to(-(digits as i32)) / 1024.0);
        let x = self.cell(x)?;
        let pattern = format!("ROUND({{x}}+SIGN({{x}})*MIN(ABS({{x}})*2^-40,{widest}),{digits})");
        Ok(Piece::atom(fill(&pattern, &[("x", x)])))
    }

    fn constant(&self, place: usize) -> Option<f64> {
        let part = self.outline.parts.get(place)?;
        match part.term {
            Term::Number(value) => Some(value),
            Term::Negate(inner) => Some(-self.constant(inner)?),
            _ => part.program.as_ref()?.constant(),
        }
    }
}

/// A power of ten.
fn ten_to(exponent: i32) -> f64 {
    let power = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { 1.0 / power } else { power }
}
