//! Rows of a table in order of code, and in order of year where it has years.

use std::collections::BTreeMap;

use super::{MOST_LISTED, listed};
use crate::model::Years;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, quoted};
use crate::scenario::table::Column;

/// The years that a table may speak of.
const CALENDAR: std::ops::RangeInclusive<i32> = 1900..=2200;
/// The most codes times years of a yearly table.
const MOST_PLACES: usize = 5_000_000;

/// Rows of a table by year (one year where it has none), each year in order of code.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Codes, strictly rising.
    pub codes: Vec<String>,
    /// The first year of a yearly table.
    pub first_year: Option<i32>,
    /// By year, then by code: the row of the file.
    pub rows: Vec<Vec<usize>>,
}

impl Layout {
    /// One row for each code.
    pub fn plain(door: &mut Decoder, codes: Column<'_>) -> Option<Self> {
        let found = codes.codes(door)?;
        let mut rows: Vec<usize> = (0..found.len()).collect();
        rows.sort_by_key(|row| found[*row]);
        let codes = rows.iter().map(|row| found[*row].to_owned()).collect();
        Some(Self { codes, first_year: None, rows: vec![rows] })
    }

    /// One row for each code and year. Every year of the scenario must be there, and every year
    /// between; with `hold` a missing one takes the row of the year before.
    pub fn yearly(
        door: &mut Decoder,
        codes: Column<'_>,
        years: Column<'_>,
        hold: bool,
        needed: Years,
        asked: &Place,
    ) -> Option<Self> {
        let (keys, of_year) = (codes.keys(door), years.years(door));
        let (keys, of_year) = (keys?, of_year?);
        let mut are_calendar = true;
        for (row, year) in of_year.iter().enumerate().filter(|(_, year)| !CALENDAR.contains(year)) {
            let what = format!("is the year {year}");
            let problem = years.problem(codes::CELL_RANGE, row, &what);
            door.tell(problem.help("look for a mistyped year: years run from 1900 to 2200"));
            are_calendar = false;
        }
        are_calendar.then_some(())?;
        let mut found: BTreeMap<&str, BTreeMap<i32, usize>> = BTreeMap::new();
        let mut sound = true;
        for (row, (code, year)) in keys.iter().zip(&of_year).enumerate() {
            if let Some(first) = found.entry(code).or_default().insert(*year, row) {
                let what = format!("has the code {} again for {year}", quoted(code));
                let problem = codes.problem(codes::DUPLICATE_CODE, row, &what);
                door.tell(problem.also(&codes.place(first), "first here"));
                sound = false;
            }
        }
        let first = of_year.iter().copied().min().unwrap_or(needed.first);
        let last = of_year.iter().copied().max().unwrap_or(needed.last);
        let mut refuse = |message: String, help: &str| {
            door.tell(Problem::error(codes::MISSING_YEAR, message).at(asked, "").help(help));
            sound = false;
        };
        if first > needed.first {
            refuse(
                format!("this table begins in {first}, the scenario in {}", needed.first),
                "add the earlier years",
            );
        }
        if last < needed.last && !hold {
            let help = "add the later years, or write `hold: Last` to keep the last";
            refuse(format!("this table ends in {last}, the scenario in {}", needed.last), help);
        }
        if found.len().saturating_mul((last - first + 1).max(1) as usize) > MOST_PLACES {
            let message = format!(
                "{} codes over {} years are more than {MOST_PLACES} rows",
                found.len(),
                last - first + 1
            );
            let problem = Problem::error(codes::TOO_MANY_ROWS, message).at(asked, "");
            return door.refuse(problem.help("look for a mistyped year"));
        }
        let mut rows = vec![Vec::new(); (last - first + 1).max(1) as usize];
        let (mut missing, mut more) = (Vec::new(), 0);
        let mut beside: Option<(usize, String)> = None;
        for (code, years) in &found {
            let mut before = None;
            for (year, rows) in (first..=last).zip(&mut rows) {
                let row = years.get(&year).copied().or(before.filter(|_| hold));
                before = row;
                let Some(row) = row else {
                    if missing.len() < MOST_LISTED {
                        missing.push(format!("{} in {year}", quoted(code)));
                    } else {
                        more += 1;
                    }
                    let said = |other: i32| {
                        format!("{} is here for {other}, not for {year}", quoted(code))
                    };
                    let near = || nearest_row(years, year).map(|(other, row)| (row, said(other)));
                    beside = beside.or_else(near);
                    continue;
                };
                rows.push(row);
            }
        }
        if !missing.is_empty() {
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("rows are missing: {}{more}", listed(&missing));
            let mut problem = Problem::error(codes::MISSING_YEAR, message).at(asked, "");
            if let Some((row, label)) = beside {
                problem = problem.also(&codes.place(row), label);
            }
            door.tell(
                problem.help("every code needs a row for every year; `hold: Last` keeps the last"),
            );
            sound = false;
        }
        let codes = found.keys().map(|code| (*code).to_owned()).collect();
        sound.then_some(Self { codes, first_year: Some(first), rows })
    }

    /// Rows of the last year.
    pub fn last(&self) -> &[usize] {
        self.rows.last().map_or(&[], Vec::as_slice)
    }
}

/// The row of the year nearest to one that is missing.
fn nearest_row(years: &BTreeMap<i32, usize>, missing: i32) -> Option<(i32, usize)> {
    let distance = |(year, _): &(&i32, &usize)| (missing - **year).abs();
    years.iter().min_by_key(distance).map(|(year, row)| (*year, *row))
}
