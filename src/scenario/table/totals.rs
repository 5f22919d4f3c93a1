//! A row of totals at the end of a table: to the program it would be one more municipality, as
//! large as all others together.

use super::{Table, figure};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted, spoken};

/// What such rows are called, in small letters.
const WORDS: [&str; 16] = [
    "kopā",
    "kopa",
    "pavisam",
    "pavisam kopā",
    "summa",
    "total",
    "totals",
    "grand total",
    "sum",
    "all",
    "in total",
    "kokku",
    "viso",
    "iš viso",
    "итого",
    "всего",
];
/// So many other rows must be there before a sum alone is taken for one of totals.
const FEWEST_ROWS: usize = 5;
/// A sum at least so large does not come about by chance.
const LEAST_SUM: f64 = 1_000.0;

impl Table {
    /// The row of totals, if the last row is one. The first call tells it.
    pub fn totals(&self, code: usize, door: &mut Decoder) -> Option<usize> {
        if let Some(known) = self.totals.get() {
            return *known;
        }
        let found = self.rows().checked_sub(1).filter(|row| self.tell_totals(*row, code, door));
        *self.totals.get_or_init(|| found)
    }

    fn tell_totals(&self, last: usize, code: usize, door: &mut Decoder) -> bool {
        if last == 0 {
            return false;
        }
        let columns = 0..self.headers.len();
        let word = columns.clone().find(|column| is_word(self.cell(last, *column)));
        let sum_at = columns.clone().find(|column| self.is_sum(last, *column, code));
        let (column, why) = if let Some(column) = word {
            (column, format!("it says {}", quoted(self.cell(last, column))))
        } else if let Some(column) = sum_at {
            let name = quoted(&self.headers[column]);
            (column, format!("its {name} is the sum of all rows above"))
        } else {
            return false;
        };
        let words = self.line_words(last, column);
        let message = format!("{words}, the last, is a row of totals: {why}");
        let problem = Problem::error(codes::TOTALS, message).at(&self.cell_place(last, column), "");
        let note = "a row is a municipality or point, and this would be one as large as all others";
        let help = sum_at.and_then(|column| {
            let name = self.headers.get(column).filter(|name| is_field(name))?;
            let total = figure::value(self.cell(last, column), self.marks.usual())
                .filter(|total| total.fract() == 0.0 && *total < 1e15)?;
            let total = spoken(total);
            Some(format!(
                "delete the row, and write the total in the scenario: `expect: ({name}: {total})`"
            ))
        });
        let usual = || "delete the row; `expect` in the scenario checks totals".to_owned();
        door.tell(problem.note(note).help(help.unwrap_or_else(usual)));
        true
    }

    /// Whether a column's last cell is the sum of those above it.
    fn is_sum(&self, last: usize, column: usize, code: usize) -> bool {
        let value = |row: usize| {
            let cell = self.cell(row, column);
            if cell.is_empty() { Some(0.0) } else { figure::value(cell, self.marks.usual()) }
        };
        let has_code = !self.cell(last, code).is_empty();
        if column == code || (has_code && last < FEWEST_ROWS) {
            return false;
        }
        let Some(total) = value(last).filter(|total| *total > 0.0) else { return false };
        if has_code && total < LEAST_SUM {
            return false;
        }
        let most = total * (1.0 + 1e-9);
        let mut sum = 0.0;
        for row in 0..last {
            match value(row) {
                Some(value) if value >= 0.0 && sum + value <= most => sum += value,
                _ => return false,
            }
        }
        sum >= total * (1.0 - 1e-9)
    }
}

/// Whether a column's name can be a field as it is.
fn is_field(name: &str) -> bool {
    name.len() <= 40
        && name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_word(cell: &str) -> bool {
    // Longer cells are never looked at letter by letter.
    if cell.len() > 40 || cell.is_empty() {
        return false;
    }
    let word = cell.trim_end_matches([':', '.', ' ']).to_lowercase();
    WORDS.contains(&word.as_str())
}
