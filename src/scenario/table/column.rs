//! One column of a table as numbers, texts, codes or dates; what does not fit is told, with its
//! line and its column.

use std::collections::BTreeMap;
use std::fmt;

use super::Table;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, quoted};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column<'t> {
    pub(super) table: &'t Table,
    pub(super) index: usize,
}

/// A calendar date of which the day, or the month and the day, may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year, 1000 to 9999.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

impl Date {
    /// Reads `2022`, `2022-05` or `2022-05-01`; nothing else, and no day that does not exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| -> Option<Option<u32>> {
            let Some(part) = parts.next() else { return Some(None) };
            let right = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            right.then(|| part.parse().ok())
        };
        let (year, month, day) = (part(4)??, part(2)?, part(2)?);
        if parts.next().is_some() || year < 1000 {
            return None;
        }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month.unwrap_or(1) {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            _ => return None,
        };
        if !(1..=days).contains(&day.unwrap_or(1)) {
            return None;
        }
        let small = |number: Option<u32>| number.and_then(|number| u8::try_from(number).ok());
        Some(Self { year: year as i32, month: small(month), day: small(day) })
    }

    /// Months since January of the year 0; a year alone counts as its January.
    pub fn month_index(self) -> i32 {
        self.year * 12 + i32::from(self.month.unwrap_or(1)) - 1
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(out, "-{part:02}")?;
        }
        Ok(())
    }
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

    /// Where a row's cell stands.
    pub fn place(&self, row: usize) -> Place {
        self.table.cell_place(row, self.index)
    }

    /// All cells as text.
    pub fn texts(self) -> impl ExactSizeIterator<Item = &'t str> {
        (0..self.table.rows()).map(move |row| self.cell(row))
    }

    /// All cells as codes: none empty, none twice. Text, so that leading zeros stay.
    pub fn codes(&self, door: &mut Decoder) -> Option<Vec<&'t str>> {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sound = true;
        for (row, code) in self.texts().enumerate() {
            if code.is_empty() {
                let what = "has no code";
                door.tell(self.problem(codes::EMPTY_CODE, row, what));
                sound = false;
            } else if let Some(earlier) = first.get(code) {
                let what = format!("has the code {} again", quoted(code));
                let problem = self.problem(codes::DUPLICATE_CODE, row, &what);
                door.tell(problem.also(&self.place(*earlier), "first here"));
                sound = false;
            } else {
                first.insert(code, row);
            }
        }
        sound.then(|| self.texts().collect())
    }

    /// All cells as keys that may stand in many rows, such as the municipality of a point: none
    /// empty.
    pub fn keys(&self, door: &mut Decoder) -> Option<Vec<&'t str>> {
        let mut sound = true;
        for row in (0..self.table.rows()).filter(|row| self.cell(*row).is_empty()) {
            door.tell(self.problem(codes::EMPTY_CODE, row, "is empty"));
            sound = false;
        }
        sound.then(|| self.texts().collect())
    }

    /// All cells as finite numbers; none may be empty.
    pub fn numbers(&self, door: &mut Decoder) -> Option<Vec<f64>> {
        let read = |row| {
            if self.cell(row).is_empty() {
                let problem = self.problem(codes::CELL_EMPTY, row, "is empty");
                return door.refuse(problem.help("write 0 where there is none"));
            }
            self.number(row, door)
        };
        collected((0..self.table.rows()).map(read))
    }

    /// All cells as finite numbers or `None` where empty.
    pub fn numbers_or_empty(&self, door: &mut Decoder) -> Option<Vec<Option<f64>>> {
        let read = |row| {
            if self.cell(row).is_empty() { Some(None) } else { self.number(row, door).map(Some) }
        };
        collected((0..self.table.rows()).map(read))
    }

    /// All cells as numbers from `low` to `high`; none may be empty.
    pub fn numbers_within(&self, low: f64, high: f64, door: &mut Decoder) -> Option<Vec<f64>> {
        let values = self.numbers(door)?;
        let mut sound = true;
        for (row, value) in values.iter().enumerate() {
            if !(low..=high).contains(value) {
                let range = match (low.is_finite(), high.is_finite()) {
                    (true, true) => format!("from {low} to {high}"),
                    (true, false) => format!("{low} or more"),
                    _ => format!("{high} or less"),
                };
                let what = format!("is {value}, should be {range}");
                door.tell(self.problem(codes::CELL_RANGE, row, &what));
                sound = false;
            }
        }
        sound.then_some(values)
    }

    /// All cells as dates (see [`Date::parse`]) or `None` where empty.
    pub fn dates(&self, door: &mut Decoder) -> Option<Vec<Option<Date>>> {
        let read = |row| {
            let cell = self.cell(row);
            if cell.is_empty() {
                return Some(None);
            }
            let date = Date::parse(cell);
            if date.is_none() {
                let what = format!("should be a date, found {}", quoted(cell));
                let problem = self.problem(codes::CELL_DATE, row, &what);
                door.tell(problem.help("dates are written `2022-05-01`, `2022-05` or `2022`"));
            }
            date.map(Some)
        };
        collected((0..self.table.rows()).map(read))
    }

    /// All cells as years; none may be empty.
    pub fn years(&self, door: &mut Decoder) -> Option<Vec<i32>> {
        let read = |row| {
            let date = Date::parse(self.cell(row)).filter(|date| date.month.is_none());
            if date.is_none() {
                let what = format!("should be a year, found {}", quoted(self.cell(row)));
                door.tell(self.problem(codes::CELL_DATE, row, &what));
            }
            date.map(|date| date.year)
        };
        collected((0..self.table.rows()).map(read))
    }

    /// A problem at a row's cell: `what` follows "column `x`, line 3 ".
    #[must_use]
    pub fn problem(&self, code: &'static str, row: usize, what: &str) -> Problem {
        let line = self.table.line(row);
        let message = format!("column {}, line {line} {what}", quoted(self.name()));
        Problem::error(code, message).at(&self.place(row), "")
    }

    /// A cell that is not empty as a number.
    fn number(&self, row: usize, door: &mut Decoder) -> Option<f64> {
        let cell = self.cell(row);
        let plain =
            cell.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        let value = cell.parse::<f64>().ok().filter(|value| plain && value.is_finite());
        if value.is_none() {
            let what = format!("should be a number, found {}", quoted(cell));
            let mut problem = self.problem(codes::CELL_NUMBER, row, &what);
            if cell.bytes().any(|byte| byte.is_ascii_digit()) {
                problem = problem
                    .help("numbers have a decimal point and nothing between thousands: `1234.5`");
            }
            door.tell(problem);
        }
        value
    }
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
