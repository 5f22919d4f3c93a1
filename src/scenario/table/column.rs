//! One column of a table as numbers, texts, codes or dates; what does not fit is told, with its
//! line and its column.

use std::sync::Arc;

use super::date::{Date, Reading, impossible, reading};
use super::marks::{Marks, Met};
use super::{Table, figure};
use crate::model::GREATEST;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, quoted};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column<'t> {
    pub(super) table: &'t Table,
    pub(super) index: usize,
}

impl<'t> Column<'t> {
    /// The column's name.
    pub fn name(&self) -> &'t str {
        self.table.headers.get(self.index).map_or("", String::as_str)
    }

    /// The text of a row's cell.
    pub fn cell(&self, row: usize) -> &'t str {
        self.table.cell(row, self.index)
    }

    /// The line of a row, as messages call it.
    pub fn line(&self, row: usize) -> usize {
        self.table.line(row)
    }

    /// The name of the table's file.
    pub fn file(&self) -> Arc<str> {
        self.table.file()
    }

    /// Where a row's cell stands.
    pub fn place(&self, row: usize) -> Place {
        self.table.cell_place(row, self.index)
    }

    /// All cells as text.
    pub fn texts(self) -> impl ExactSizeIterator<Item = &'t str> {
        (0..self.table.rows()).map(move |row| self.cell(row))
    }

    /// Whether most of the cells are numbers, whatever their marks mean. With `all`, every cell must
    /// be one. Codes with leading zeros are none.
    pub fn is_numbers(&self, all: bool) -> bool {
        let (mut numbers, mut others) = (0, 0);
        for cell in self.texts() {
            let zero = cell.starts_with('0') && cell.len() > 1;
            if zero && cell.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            match cell {
                "" => others += usize::from(all),
                cell if figure::is_number(cell) => numbers += 1,
                _ => others += 1,
            }
        }
        numbers > 0 && if all { others == 0 } else { numbers >= others }
    }

    /// All cells as codes: none empty, none twice, the last not a total. Text, so that leading zeros
    /// stay.
    pub fn codes(&self, door: &mut Decoder) -> Option<Vec<&'t str>> {
        let codes: Vec<&str> = self.texts().collect();
        let totals = self.table.totals(self.index, door);
        let mut sound = totals.is_none();
        // Tables mostly come in order of their codes, and then none stands twice.
        if sound && !codes.contains(&"") && codes.windows(2).all(|pair| pair[0] < pair[1]) {
            return self.without_faults(codes, door);
        }
        let mut rows: Vec<usize> = (0..codes.len()).filter(|row| Some(*row) != totals).collect();
        rows.sort_by_key(|row| codes[*row]);
        let mut again: Vec<(usize, usize)> = Vec::new();
        let mut first = 0;
        for index in 0..rows.len() {
            if codes[rows[index]] != codes[rows[first]] {
                first = index;
            }
            if first < index || codes[rows[index]].is_empty() {
                again.push((rows[index], rows[first]));
            }
        }
        again.sort_unstable();
        for (row, earlier) in again {
            sound = false;
            let code = codes[row];
            if code.is_empty() {
                let problem = self.problem(codes::EMPTY_CODE, row, "has no code");
                door.tell(problem.help("write its code, or delete the row"));
            } else {
                let what = format!("has the code {} again", quoted(code));
                let problem = self.problem(codes::DUPLICATE_CODE, row, &what);
                let problem = problem.also(&self.place(earlier), "first here");
                door.tell(problem.help("delete one row, or give each its own code"));
            }
        }
        let codes = self.without_faults(codes, door)?;
        sound.then_some(codes)
    }

    /// All cells as keys that may stand in many rows, such as the municipality of a point: none
    /// empty.
    pub fn keys(&self, door: &mut Decoder) -> Option<Vec<&'t str>> {
        let totals = self.table.totals(self.index, door);
        let mut sound = totals.is_none();
        let keys: Vec<&str> = self.texts().collect();
        for (row, _) in keys.iter().enumerate().filter(|(_, key)| key.is_empty()) {
            if Some(row) != totals {
                let problem = self.problem(codes::EMPTY_CODE, row, "is empty");
                door.tell(problem.help("write the code, or delete the row"));
                sound = false;
            }
        }
        let keys = self.without_faults(keys, door)?;
        sound.then_some(keys)
    }

    /// Whether a row holds totals, which has then been told.
    pub fn is_total(&self, row: usize, door: &mut Decoder) -> bool {
        self.table.totals(self.index, door) == Some(row)
    }

    /// Whether a row's cell holds an error of a spreadsheet.
    pub fn is_fault(&self, row: usize) -> bool {
        is_fault(self.cell(row))
    }

    /// All cells as texts; none may be an error of a spreadsheet.
    pub fn sound_texts(&self, door: &mut Decoder) -> Option<Vec<&'t str>> {
        self.without_faults(self.texts().collect(), door)
    }

    fn without_faults(&self, cells: Vec<&'t str>, door: &mut Decoder) -> Option<Vec<&'t str>> {
        let mut sound = true;
        for (row, cell) in cells.iter().enumerate() {
            if is_fault(cell) {
                self.tell_fault(row, door);
                sound = false;
            }
        }
        sound.then_some(cells)
    }

    fn tell_fault(&self, row: usize, door: &mut Decoder) {
        let what = format!("holds an error of the spreadsheet, {}", quoted(self.cell(row)));
        let problem = self.problem(codes::CELL_FAULT, row, &what);
        door.tell(problem.help("mend its formula in the spreadsheet, or write the value"));
    }

    /// All cells as finite numbers; none may be empty.
    pub fn numbers(&self, door: &mut Decoder) -> Option<Vec<f64>> {
        collected(self.each_number(door).into_iter())
    }

    /// All cells as finite numbers; nothing for those that are none, which is told.
    pub fn each_number(&self, door: &mut Decoder) -> Vec<Option<f64>> {
        let mut met = Met::default();
        let read = |row| {
            if self.cell(row).is_empty() {
                if self.is_total(row, door) {
                    return None;
                }
                let problem = self.problem(codes::CELL_EMPTY, row, "is empty");
                return door
                    .refuse(problem.help("write the number; 0 only where the true figure is 0"));
            }
            self.number(row, &mut met, door)
        };
        let found = (0..self.table.rows()).map(read).collect();
        Marks::assume(self.table, self.index, &met, door);
        found
    }

    /// All cells as finite numbers or `None` where empty.
    pub fn numbers_or_empty(&self, door: &mut Decoder) -> Option<Vec<Option<f64>>> {
        let mut met = Met::default();
        let read = |row| {
            if self.cell(row).is_empty() {
                return Some(None);
            }
            self.number(row, &mut met, door).map(Some)
        };
        let found = collected((0..self.table.rows()).map(read));
        Marks::assume(self.table, self.index, &met, door);
        found
    }

    /// All cells as numbers from `low` to `high`; none may be empty.
    pub fn numbers_within(&self, low: f64, high: f64, door: &mut Decoder) -> Option<Vec<f64>> {
        let values = self.each_number(door);
        let mut sound = true;
        for (row, value) in values.iter().enumerate() {
            let Some(value) = value else { continue };
            if !(low..=high).contains(value) {
                let range = match (low > -GREATEST, high < GREATEST) {
                    (true, true) => format!("from {low} to {high}"),
                    (true, false) => format!("{low} or more"),
                    _ => format!("{high} or less"),
                };
                let what = format!("holds {value}, which should be {range}");
                let problem = self.problem(codes::CELL_RANGE, row, &what);
                let is_slip = low >= 0.0 && *value < 0.0 && (low..=high).contains(&-value);
                door.tell(if is_slip {
                    problem.help("look for a minus that slipped in")
                } else {
                    problem
                });
                sound = false;
            }
        }
        let values = collected(values.into_iter());
        values.filter(|_| sound)
    }

    /// All cells as dates or `None` where empty: what [`Date::parse`] reads, and `01.05.2022`, the
    /// day first.
    pub fn dates(&self, door: &mut Decoder) -> Option<Vec<Option<Date>>> {
        let mut day_first = None;
        let read = |row| {
            let cell = self.cell(row);
            if cell.is_empty() {
                return Some(None);
            }
            match reading(cell) {
                Reading::Plain(date) => Some(Some(date)),
                Reading::DayFirst(date) => {
                    day_first = day_first.or(Some(row));
                    Some(Some(date))
                }
                other => {
                    self.tell_date(row, other, door);
                    None
                }
            }
        };
        let found = collected((0..self.table.rows()).map(read));
        if let Some(row) = day_first {
            let line = self.table.line_words(row, self.index);
            let example = format!("{line}, {}", quoted(self.cell(row)));
            door.assume_as(&self.table.source.name, "dates as day.month.year", &example);
        }
        found
    }

    fn tell_date(&self, row: usize, reading: Reading, door: &mut Decoder) {
        const WRITTEN: &str = "dates are written `2022-05-01`, `2022-05` or `2022`";
        let cell = self.cell(row);
        if is_fault(cell) {
            return self.tell_fault(row, door);
        }
        if let Reading::Either(one, other) = reading {
            let what = format!("holds the date {}, which can be read in two ways", quoted(cell));
            let problem = self.problem(codes::DATE_READINGS, row, &what);
            return door.tell(problem.help(format!("write `{one}` or `{other}`, whichever it is")));
        }
        let what = match impossible(cell) {
            Some(why) => format!("should be a date, found {}: {why}", quoted(cell)),
            None => format!("should be a date, found {}", quoted(cell)),
        };
        let problem = self.problem(codes::CELL_DATE, row, &what);
        door.tell(if reading == Reading::Serial {
            problem.help("a spreadsheet counts days so: format the column as dates and save again")
        } else {
            problem.help(WRITTEN)
        });
    }

    /// All cells as years; none may be empty.
    pub fn years(&self, door: &mut Decoder) -> Option<Vec<i32>> {
        let read = |row| {
            let date = Date::parse(self.cell(row)).filter(|date| date.month.is_none());
            if date.is_none() {
                let what = format!("should be a year, found {}", quoted(self.cell(row)));
                let problem = self.problem(codes::CELL_DATE, row, &what);
                let year = match reading(self.cell(row)) {
                    Reading::Plain(date) | Reading::DayFirst(date) => date.year,
                    _ => 2022,
                };
                door.tell(problem.help(format!("write the year alone, such as `{year}`")));
            }
            date.map(|date| date.year)
        };
        collected((0..self.table.rows()).map(read))
    }

    /// A problem at a row's cell: `what` follows "column `x`, line 3 ".
    #[must_use]
    pub fn problem(&self, code: &'static str, row: usize, what: &str) -> Problem {
        let line = self.table.line_words(row, self.index);
        let message = format!("column {}, {line} {what}", quoted(self.name()));
        Problem::error(code, message).at(&self.place(row), "")
    }

    /// A cell that is not empty as a number.
    fn number(&self, row: usize, met: &mut Met, door: &mut Decoder) -> Option<f64> {
        if is_fault(self.cell(row)) {
            self.tell_fault(row, door);
            return None;
        }
        Marks::number(self.table, (row, self.index), met, door)
    }
}

/// Whether a cell holds what a spreadsheet writes where a formula has no value.
fn is_fault(cell: &str) -> bool {
    const FAULTS: [&str; 10] = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    ];
    cell.starts_with('#') && FAULTS.contains(&cell)
}

/// All of them, or nothing; but every one is looked at, so that all problems are told.
fn collected<T>(cells: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let mut all = Some(Vec::with_capacity(cells.size_hint().0));
    for cell in cells {
        match (cell, &mut all) {
            (Some(cell), Some(all)) => all.push(cell),
            _ => all = None,
        }
    }
    all
}
