//! A sheet of columns whose formulas are written when it is known where every column stands.

use crate::language::Language;
use std::sync::Arc;

/// A part of the formula of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// It stands as it is.
    Text(String),
    /// The cell of a column in the same row.
    Cell(usize),
    /// The cells of a column in all rows of the same year.
    Block(usize),
    /// The same up to this row.
    UpTo(usize),
    /// What is due or granted in the year before.
    YearBefore(Closing),
    /// A cell of the sheet of pots in the same year.
    Pot(u16),
}

/// What a year leaves to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// What was due.
    Due,
    /// What was granted.
    Award,
}

/// The formula of a column, alike in all its rows.
pub type Template = Arc<Vec<Token>>;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Content {
    /// A number that is no formula.
    Number(f64),
    /// A text that is no formula.
    Text(Arc<str>),
    /// A formula with the number that it came to.
    Formula(Template, f64),
    /// A formula that gives a text, with that text.
    TextFormula(Template, Arc<str>),
    /// A formula that looks at whole ranges, with the number that it came to.
    Array(Template, f64),
}

/// How a column is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Year and municipality.
    Row,
    /// What the run gave, which does not move here.
    Held,
    /// A reference into the table of municipalities.
    Column,
    /// A line of the worksheet.
    Line,
    /// What bounds a claim.
    Bound,
    /// What comes out.
    Result,
    /// A step of the division.
    Step,
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// EUR and cents.
    Money,
    /// A whole number.
    Whole,
    /// Any number.
    Plain,
    /// A year, without a sign between thousands.
    Year,
    /// Text.
    Text,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its group.
    pub group: Group,
    /// Its header.
    pub header: String,
    /// Its unit.
    pub unit: String,
    /// How its numbers are written.
    pub form: Form,
    /// Whether it does not move although its group does.
    pub is_held: bool,
    /// Its cells, year after year.
    pub cells: Vec<Content>,
}

/// A sheet that grows by columns.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The language of its headers.
    pub language: Language,
    /// The sheet of pots, as a formula calls it.
    pub pots: String,
    /// Row of the first cell, from 0.
    pub first_row: u32,
    /// Municipalities: rows of a year.
    pub rows_of_year: usize,
    /// Years.
    pub years: usize,
    /// Row of the first year in the sheet of pots, from 0.
    pub first_pot: u32,
    /// The columns.
    pub columns: Vec<Column>,
    /// Which columns hold what a year leaves to the next, once they stand.
    pub closing: [Option<usize>; 2],
    /// Where each column stands once all are there; as they came until then.
    pub positions: Vec<usize>,
}

/// A formula with its names put in: `{x}` stands for the token of that name.
pub fn fill(pattern: &str, names: &[(&str, Token)]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            tokens.push(Token::Text(before.to_owned()));
        }
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        tokens
            .extend(names.iter().find(|(known, _)| *known == name).map(|(_, token)| token.clone()));
        rest = after;
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(rest.to_owned()));
    }
    tokens
}

impl Grid {
    /// Puts the columns in order of their groups; returns them in that order.
    pub fn arrange(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|column| self.columns.get(*column).map(|column| column.group));
        self.positions = vec![0; order.len()];
        for (position, column) in order.iter().enumerate() {
            if let Some(slot) = self.positions.get_mut(*column) {
                *slot = position;
            }
        }
        order
    }

    /// The letters of a column where it stands.
    pub fn letters(&self, column: usize) -> String {
        letters(self.positions.get(column).copied().unwrap_or(column))
    }

    /// Rows of all years.
    pub fn len(&self) -> usize {
        self.rows_of_year * self.years
    }

    /// Adds a column.
    pub fn push(&mut self, column: Column) -> usize {
        self.columns.push(column);
        self.columns.len() - 1
    }

    /// Adds a column with one formula and what it came to.
    pub fn formula(
        &mut self,
        group: Group,
        (header, unit, form): (impl AsRef<str>, impl AsRef<str>, Form),
        tokens: Vec<Token>,
        values: Vec<f64>,
    ) -> usize {
        let template = Arc::new(tokens);
        let cells = values.into_iter().map(|value| Content::Formula(template.clone(), value));
        let cells = cells.collect();
        let (header, unit) = (header.as_ref().to_owned(), unit.as_ref().to_owned());
        self.push(Column { group, header, unit, form, is_held: false, cells })
    }

    /// The number in a cell; of a text nothing.
    pub fn value(&self, column: usize, row: usize) -> f64 {
        match self.columns.get(column).and_then(|column| column.cells.get(row)) {
            Some(
                Content::Number(value) | Content::Formula(_, value) | Content::Array(_, value),
            ) => *value,
            _ => f64::NAN,
        }
    }

    /// The numbers of a column.
    #[cfg(test)]
    pub fn values(&self, column: usize) -> Vec<f64> {
        (0..self.len()).map(|row| self.value(column, row)).collect()
    }

    /// The formula of a row.
    pub fn text(&self, template: &[Token], row: usize) -> String {
        let of_year = self.rows_of_year.max(1);
        let year = row / of_year;
        let line = self.first_row as usize + row + 1;
        let first = self.first_row as usize + year * of_year + 1;
        let last = first + of_year - 1;
        let mut text = String::new();
        for token in template {
            match token {
                Token::Text(part) => text.push_str(part),
                Token::Cell(column) => text.push_str(&format!("{}{line}", self.letters(*column))),
                Token::Block(column) => {
                    let letters = self.letters(*column);
                    text.push_str(&format!("{letters}${first}:{letters}${last}"));
                }
                Token::UpTo(column) => {
                    let letters = self.letters(*column);
                    text.push_str(&format!("{letters}${first}:{letters}{line}"));
                }
                Token::YearBefore(closing) => match self.closing[*closing as usize] {
                    Some(column) => {
                        let above = line - of_year.min(line - 1);
                        text.push_str(&format!("{}{above}", self.letters(column)));
                    }
                    None => text.push_str("NA()"),
                },
                Token::Pot(column) => {
                    let row = self.first_pot as usize + year + 1;
                    let letters = letters(usize::from(*column));
                    text.push_str(&format!("{}!${letters}${row}", self.pots));
                }
            }
        }
        text
    }
}

/// The letters of a column, from 0.
pub fn letters(column: usize) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        let known =
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")];
        for (column, name) in known {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn a_formula_names_its_own_row_and_its_own_year() {
        let grid = Grid {
            language: Language::English,
            pots: "Pots".to_owned(),
            first_row: 6,
            rows_of_year: 3,
            years: 2,
            first_pot: 4,
            columns: Vec::new(),
            closing: [Some(2), None],
            positions: Vec::new(),
        };
        let names = [("x", Token::Cell(0)), ("all", Token::Block(0)), ("pot", Token::Pot(6))];
        let tokens = fill("IF({pot}>0,{x}/SUM({all}),0)", &names);
        // Rows 7 to 9 are the first year, 10 to 12 the second; pots stand in rows 5 and 6.
        assert_eq!(grid.text(&tokens, 1), "IF(Pots!$G$5>0,A8/SUM(A$7:A$9),0)");
        assert_eq!(grid.text(&tokens, 4), "IF(Pots!$G$6>0,A11/SUM(A$10:A$12),0)");
        assert_eq!(grid.text(&[Token::YearBefore(Closing::Due), Token::UpTo(1)], 4), "C8B$10:B11");
    }
}
