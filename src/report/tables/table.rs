//! Columns and rows, kept as a whole or taken one after the other.

use super::Cell;

/// Columns and rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table<'t> {
    /// The names of the columns: a contract.
    pub columns: Vec<String>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<Cell<'t>>>,
    /// Whether `year` is [`ALL`](crate::analysis::ALL) in rows of all years together.
    pub has_all_years: bool,
}

/// What all cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts.
    Text,
    /// Calendar years.
    Year,
    /// Figures, of which some may be missing.
    Figure,
}

/// Whoever takes the rows of a table, one after the other: there may be too many to be kept.
pub trait Rows<'t> {
    /// The names of the columns, before any row, and whether `year` is [`ALL`](crate::analysis::ALL) in some.
    fn columns(&mut self, names: Vec<String>, has_all_years: bool);
    /// A row, with a cell a column.
    fn row(&mut self, cells: &mut Vec<Cell<'t>>);
}

/// The columns that hold texts. It is said here so that a table without rows has its kinds too.
const TEXTS: [&str; 18] = [
    "policy",
    "programme",
    "municipality",
    "name",
    "measure",
    "baseline",
    "pot",
    "verdict",
    "outcome",
    "scope",
    "unit",
    "side",
    "line",
    "what",
    "due",
    "basis",
    "guarantee",
    "protected",
];

impl Table<'_> {
    /// What each column holds.
    pub fn kinds(&self) -> Vec<Kind> {
        let kind = |name: &String| match name.as_str() {
            "year" if self.has_all_years => Kind::Text,
            "year" => Kind::Year,
            name if TEXTS.contains(&name) => Kind::Text,
            _ => Kind::Figure,
        };
        self.columns.iter().map(kind).collect()
    }
}

impl<'t> Rows<'t> for Table<'t> {
    fn columns(&mut self, names: Vec<String>, has_all_years: bool) {
        (self.columns, self.has_all_years) = (names, has_all_years);
    }

    fn row(&mut self, cells: &mut Vec<Cell<'t>>) {
        let room = self.columns.len();
        self.rows.push(std::mem::replace(cells, Vec::with_capacity(room)));
    }
}
