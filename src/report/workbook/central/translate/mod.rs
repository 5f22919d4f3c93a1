//! A formula of the scenario as a formula of a spreadsheet.

mod across;
mod function;
mod literal;
mod needed;
mod operator;
mod pairs;
mod piece;

use self::literal::quoted;
use self::needed::needed;
use self::piece::{ATOM, Piece, SUM};
use super::grid::Token;
use crate::expression::{Outline, Term};
use crate::language::Message;

pub use self::literal::number;

/// The longest formula that is written; Excel takes 8,192 signs, and names become longer as cells.
const LONGEST: usize = 6_000;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// A column of the sheet: numbers.
    Column(usize),
    /// A column of the sheet: texts.
    Texts(usize),
    /// One cell for all rows.
    National(Token),
}

/// Who knows where things stand.
pub trait Sheet {
    /// What a name stands for; it is brought into the sheet if it is not there.
    ///
    /// # Errors
    /// Why it has no place.
    fn name(&mut self, id: u32, text: &str) -> Result<Bound, Message>;

    /// A column of its own for a part of a formula, with what it came to.
    ///
    /// # Errors
    /// Why it has none.
    fn helper(&mut self, part: usize, text: &str, tokens: Vec<Token>) -> Result<usize, Message>;

    /// A column of its own for a formula that looks at ranges as a whole.
    ///
    /// # Errors
    /// Why it has none.
    fn array(&mut self, part: usize, text: &str, tokens: Vec<Token>) -> Result<usize, Message>;

    /// A column with what the run gave for a part of a formula.
    ///
    /// # Errors
    /// Why it has none.
    fn held(&mut self, part: usize, text: &str) -> Result<usize, Message>;
}

/// Translates a formula.
///
/// # Errors
/// Why it cannot be written as the formula of a spreadsheet, in words without a full stop.
pub fn translate(outline: &Outline, sheet: &mut dyn Sheet) -> Result<Vec<Token>, Message> {
    let mut translator = Translator { outline, sheet, done: Vec::new() };
    for (part, is_needed) in needed(outline).into_iter().enumerate() {
        // What is not needed, such as the name within `lag(name, 1)`, gets no column.
        let piece = if is_needed {
            translator.part(part)
        } else {
            Err(Message::new("workbook-why-not-needed"))
        };
        translator.done.push(piece);
    }
    translator
        .done
        .pop()
        .unwrap_or_else(|| Err(Message::new("workbook-why-empty")))
        .map(|piece| piece.tokens)
}

struct Translator<'t> {
    outline: &'t Outline,
    sheet: &'t mut dyn Sheet,
    done: Vec<Result<Piece, Message>>,
}

impl Translator<'_> {
    fn part(&mut self, place: usize) -> Result<Piece, Message> {
        let outline = self.outline;
        let Some(part) = outline.parts.get(place) else {
            return Err(Message::new("workbook-why-empty"));
        };
        let piece = match &part.term {
            Term::Number(value) => Piece::atom(vec![Token::Text(number(*value))]),
            Term::Text(text) => Piece::atom(vec![Token::Text(quoted(text)?)]),
            Term::Name(id) => match self.sheet.name(*id, &part.text)? {
                Bound::Column(column) | Bound::Texts(column) => {
                    Piece::atom(vec![Token::Cell(column)])
                }
                Bound::National(token) => Piece::atom(vec![token]),
            },
            Term::Negate(a) => {
                let mut whole = Piece::new(vec![Token::Text("-".to_owned())], SUM);
                whole.add(self.take(*a)?.within(ATOM));
                whole
            }
            Term::Not(a) => self.call("NOT", &[*a])?,
            Term::Binary(operator, a, b) => self.binary(*operator, *a, *b)?,
            Term::Call { function, arguments, by } => {
                self.function(place, part, function, arguments, *by)?
            }
            Term::Pairs { is_line, x, pairs } => self.pairs(*is_line, *x, pairs)?,
        };
        if piece.size > LONGEST {
            return Err(Message::new("workbook-why-long"));
        }
        Ok(piece)
    }

    /// A part that is used once: it is taken, so that a long sum is not copied for each of its terms.
    fn take(&mut self, place: usize) -> Result<Piece, Message> {
        let gone = || Err(Message::new("workbook-why-part"));
        self.done.get_mut(place).map_or_else(gone, |piece| std::mem::replace(piece, gone()))
    }

    fn copy(&self, place: usize) -> Result<Piece, Message> {
        self.done.get(place).cloned().unwrap_or_else(|| Err(Message::new("workbook-why-part")))
    }

    fn call(&mut self, name: &str, arguments: &[usize]) -> Result<Piece, Message> {
        let mut whole = Piece::atom(vec![Token::Text(format!("{name}("))]);
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                whole.text(",");
            }
            whole.add(self.take(*argument)?);
        }
        whole.text(")");
        Ok(whole)
    }

    /// A part as the token of one cell: a name or a number, or a column of its own.
    fn cell(&mut self, place: usize) -> Result<Token, Message> {
        let outline = self.outline;
        let Some(part) = outline.parts.get(place) else {
            return Err(Message::new("workbook-why-empty"));
        };
        let piece = self.take(place)?;
        match &piece.tokens[..] {
            [token @ (Token::Cell(_) | Token::Pot(_))] => Ok(token.clone()),
            [token @ Token::Text(_)] if !matches!(part.term, Term::Call { .. }) => {
                Ok(token.clone())
            }
            _ => Ok(Token::Cell(self.sheet.helper(place, &part.text, piece.tokens)?)),
        }
    }
}
