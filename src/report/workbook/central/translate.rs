//! A formula of the scenario as a formula of a spreadsheet.

use super::grid::{Token, fill};
use crate::expression::{Operator, Outline, OutlinePart, Term};
use crate::language::Message;

/// The longest formula that is written; Excel takes 8,192 signs, and names become longer as cells.
const LONGEST: usize = 6_000;
/// The most pairs of a list: each is a choice in a choice, of which Excel takes 64.
const MOST_PAIRS: usize = 50;
/// The most signs of a text within a formula.
const LONGEST_TEXT: usize = 255;

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

/// A part that is translated; how tightly it holds together decides about parentheses.
#[derive(Clone, Debug)]
struct Piece {
    tokens: Vec<Token>,
    binds: u8,
    size: usize,
}

const COMPARISON: u8 = 1;
const SUM: u8 = 2;
const PRODUCT: u8 = 3;
const ATOM: u8 = 9;

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

/// Which parts the whole is made of.
fn needed(outline: &Outline) -> Vec<bool> {
    let mut needed = vec![false; outline.parts.len()];
    if let Some(whole) = needed.last_mut() {
        *whole = true;
    }
    // Children stand before their parents.
    for place in (0..outline.parts.len()).rev() {
        let is_needed = needed.get(place).copied().unwrap_or(false);
        let Some(part) = outline.parts.get(place).filter(|_| is_needed) else { continue };
        let children: Vec<usize> = match &part.term {
            Term::Number(_) | Term::Text(_) | Term::Name(_) => Vec::new(),
            Term::Negate(a) | Term::Not(a) => vec![*a],
            Term::Binary(_, a, b) => vec![*a, *b],
            // What is held is a column by itself: its arguments need none.
            Term::Call { function, .. } if is_held(function) => Vec::new(),
            Term::Call { arguments, .. } => arguments.clone(),
            Term::Pairs { x, pairs, .. } => {
                pairs.iter().map(|(_, value)| *value).chain([*x]).collect()
            }
        };
        for child in children {
            if let Some(child) = needed.get_mut(child) {
                *child = true;
            }
        }
    }
    needed
}

/// Whether a function has no form in a spreadsheet: what it came to is held.
fn is_held(function: &str) -> bool {
    function.starts_with("point_") || matches!(function, "peer_sum" | "level_up")
}

struct Translator<'t> {
    outline: &'t Outline,
    sheet: &'t mut dyn Sheet,
    done: Vec<Result<Piece, Message>>,
}

impl Piece {
    fn new(tokens: Vec<Token>, binds: u8) -> Self {
        let size = tokens.iter().map(size).sum();
        Self { tokens, binds, size }
    }

    fn atom(tokens: Vec<Token>) -> Self {
        Self::new(tokens, ATOM)
    }

    fn text(&mut self, text: &str) {
        self.tokens.push(Token::Text(text.to_owned()));
        self.size += text.len();
    }

    fn add(&mut self, piece: Self) {
        self.size += piece.size;
        self.tokens.extend(piece.tokens);
    }

    /// In parentheses if it holds together less tightly than that.
    fn within(self, least: u8) -> Self {
        if self.binds >= least {
            return self;
        }
        let mut whole = Self::atom(vec![Token::Text("(".to_owned())]);
        whole.add(self);
        whole.text(")");
        whole
    }
}

fn size(token: &Token) -> usize {
    match token {
        Token::Text(text) => text.len(),
        Token::Cell(_) | Token::YearBefore(_) => 8,
        Token::Block(_) | Token::UpTo(_) | Token::Pot(_) => 16,
    }
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

    fn binary(&mut self, operator: Operator, a: usize, b: usize) -> Result<Piece, Message> {
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

    fn function(
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

    fn across(
        &mut self,
        place: usize,
        part: &OutlinePart,
        function: &str,
        x: usize,
        by: Option<u32>,
    ) -> Result<Piece, Message> {
        let outline = self.outline;
        let column = match self.cell(x)? {
            Token::Cell(column) => column,
            token => {
                let text = outline.parts.get(x).map_or("", |part| &part.text);
                self.sheet.helper(x, text, vec![token])?
            }
        };
        let mut names = vec![("x", Token::Cell(column)), ("all", Token::Block(column))];
        let pattern = if let Some(id) = by {
            let Bound::Texts(group) = self.sheet.name(id, "")? else {
                return Err(Message::new("workbook-why-groups"));
            };
            names.extend([("g", Token::Cell(group)), ("of", Token::Block(group))]);
            match function {
                "sum" => "SUMPRODUCT(EXACT({of},{g})*{all})",
                "mean" => "(SUMPRODUCT(EXACT({of},{g})*{all})/SUMPRODUCT(EXACT({of},{g})*1))",
                "share" => "({x}/SUMPRODUCT(EXACT({of},{g})*{all}))",
                "rank" => "(1+SUMPRODUCT(EXACT({of},{g})*({all}>{x})))",
                extreme => {
                    let name = if extreme == "max_of" { "MAX" } else { "MIN" };
                    let tokens = fill(&format!("{name}(IF(EXACT({{of}},{{g}}),{{all}}))"), &names);
                    let column = self.sheet.array(place, &part.text, tokens)?;
                    return Ok(Piece::atom(vec![Token::Cell(column)]));
                }
            }
        } else {
            match function {
                "sum" => "SUM({all})",
                "mean" => "AVERAGE({all})",
                "max_of" => "MAX({all})",
                "min_of" => "MIN({all})",
                "share" => "({x}/SUM({all}))",
                _ => "(1+SUMPRODUCT(({all}>{x})*1))",
            }
        };
        Ok(Piece::atom(fill(pattern, &names)))
    }

    fn pairs(&mut self, is_line: bool, x: usize, pairs: &[(f64, usize)]) -> Result<Piece, Message> {
        if pairs.len() > MOST_PAIRS {
            return Err(Message::new("workbook-why-pairs").count("most", MOST_PAIRS as f64));
        }
        let x = self.cell(x)?;
        let values = pairs
            .iter()
            .map(|(_, value)| self.copy(*value))
            .collect::<Result<Vec<Piece>, Message>>()?;
        // From the last threshold down, as the choice is made.
        let mut whole = Piece::atom(Vec::new());
        for index in (0..pairs.len()).rev() {
            let (at, value) = (pairs[index].0, values[index].clone());
            whole
                .add(Piece::atom(fill(&format!("IF({{x}}>={},", number(at)), &[("x", x.clone())])));
            match (pairs.get(index + 1), values.get(index + 1)) {
                (Some((next, _)), Some(next_value)) if is_line => {
                    whole.add(value.clone().within(SUM));
                    whole.add(Piece::atom(fill(
                        &format!("+({{x}}-{})*(", number(at)),
                        &[("x", x.clone())],
                    )));
                    whole.add(next_value.clone().within(SUM));
                    whole.text("-");
                    whole.add(value.within(PRODUCT));
                    whole.text(&format!(")/{}", number(next - at)));
                }
                _ => whole.add(value),
            }
            whole.text(",");
        }
        match values.first() {
            Some(first) if is_line => whole.add(first.clone()),
            _ => whole.text("NA()"),
        }
        whole.text(&")".repeat(pairs.len()));
        Ok(whole)
    }
}

/// A power of ten.
fn ten_to(exponent: i32) -> f64 {
    let power = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { 1.0 / power } else { power }
}

/// A number as a formula takes it.
pub fn number(value: f64) -> String {
    let plain = value.to_string();
    let text = if plain.len() > 20 { format!("{value:E}") } else { plain };
    if value < 0.0 { format!("({text})") } else { text }
}

/// A text as a formula takes it: within quotes, so that nothing in it is computed.
fn quoted(text: &str) -> Result<String, Message> {
    if text.encode_utf16().count() > LONGEST_TEXT {
        return Err(Message::new("workbook-why-letters").count("most", LONGEST_TEXT as f64));
    }
    Ok(format!("\"{}\"", text.replace('"', "\"\"")))
}
