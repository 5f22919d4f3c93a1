//! A table as the scenario sees it: rows in order of code, columns by name.

use std::sync::Arc;

/// Rows in order of their code, with the columns that formulas may see.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The file it was read from (empty where no table was given).
    pub file: Arc<str>,
    /// Codes, strictly rising; text, leading zeros kept.
    pub codes: Vec<String>,
    /// Names for people, one per row (the code where there is no name column).
    pub names: Vec<String>,
    /// Line of the file each row came from.
    pub lines: Vec<u32>,
    /// Of a table with a row per year: the line of each row in each year, from the first year of its
    /// columns on; else empty.
    pub year_lines: Vec<Vec<u32>>,
    /// The columns that formulas may see.
    pub columns: Vec<Column>,
    /// The names by which rows are drawn, where the table says so; empty: by their codes.
    pub streams: Vec<String>,
}

impl Table {
    /// The names by which rows are drawn.
    pub fn drawn_as(&self) -> &[String] {
        if self.streams.is_empty() { &self.codes } else { &self.streams }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The row with a code.
    pub fn row(&self, code: &str) -> Option<usize> {
        self.codes.binary_search_by(|have| have.as_str().cmp(code)).ok()
    }

    /// The line of the file that a row had in a year.
    pub fn line(&self, row: usize, column: usize, year: i32) -> Option<u32> {
        let lines = match self.columns.get(column).map(|column| &column.values) {
            Some(ColumnValues::Yearly { first_year, .. }) => {
                let last = self.year_lines.len().checked_sub(1)?;
                self.year_lines.get(usize::try_from(year - first_year).unwrap_or(0).min(last))?
            }
            _ => &self.lines,
        };
        lines.get(row).copied()
    }

    /// The column with a name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the file's header, by which formulas call it.
    pub name: String,
    /// What it holds.
    pub values: ColumnValues,
    /// Whether cells may be empty (NaN): formulas name it in `given(…)` only.
    pub gaps: bool,
}

/// The values of a column, one per row of the table.
#[derive(Clone, Debug)]
pub enum ColumnValues {
    /// The same number in every year.
    Numbers(Vec<f64>),
    /// A number per year: `rows[year − first_year][row]`; later years keep the last where the scenario says so.
    Yearly {
        /// The year of the first element.
        first_year: i32,
        /// Values by year, then by row.
        rows: Vec<Vec<f64>>,
    },
    /// Text: each row's code into `values`, as a number so that formulas compare numbers.
    Texts {
        /// Index into `values` per row.
        codes: Vec<f64>,
        /// The distinct texts, in alphabetical order.
        values: Vec<String>,
    },
}

impl Column {
    /// The numbers that hold in a year (text columns give their codes). Years outside the column
    /// keep its nearest year: the door refuses a missing year unless the scenario says `hold: Last`.
    pub fn in_year(&self, year: i32) -> &[f64] {
        match &self.values {
            ColumnValues::Numbers(numbers) => numbers,
            ColumnValues::Texts { codes, .. } => codes,
            ColumnValues::Yearly { first_year, rows } => {
                let last = rows.len().saturating_sub(1);
                let offset = usize::try_from(year - first_year).unwrap_or(0).min(last);
                rows.get(offset).map_or(&[], Vec::as_slice)
            }
        }
    }

    /// The text of a row, if it is a text column.
    pub fn text(&self, row: usize) -> Option<&str> {
        match &self.values {
            ColumnValues::Texts { codes, values } => {
                values.get(*codes.get(row)? as usize).map(String::as_str)
            }
            _ => None,
        }
    }
}
