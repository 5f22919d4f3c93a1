//! The values of one column in new units.

use std::collections::BTreeMap;

use super::decimal::{Decimal, divided};
use super::units::Units;
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted};
use crate::scenario::sections::tables::listed;
use crate::scenario::table::Column;

/// The cells of a column as they are carried on: numbers written plainly, texts as they stand. A
/// column is one of numbers if all of its cells are, or, where formulas ask for it, most.
pub fn carried(column: Column<'_>, asked: bool, door: &mut Decoder) -> Option<Vec<String>> {
    if column.is_numbers(!asked) {
        let numbers = column.numbers_or_empty(door)?;
        let written = |number: Option<f64>| number.map_or_else(String::new, |x| x.to_string());
        return Some(numbers.into_iter().map(written).collect());
    }
    Some(column.sound_texts(door)?.into_iter().map(str::to_owned).collect())
}

/// What is added up: the units of each row's cell, at the same decimal place, and how rows are divided.
pub struct Sums {
    /// Decimals of the last place.
    decimals: u32,
    /// By row of the table and row of the crosswalk: the part that goes there.
    parts: BTreeMap<(usize, usize), i128>,
}

impl Sums {
    /// Reads a column, and divides what is divided: as the column of this name in the crosswalk says,
    /// else by shares.
    pub fn read(door: &mut Decoder, column: Column<'_>, units: &Units<'_>) -> Option<Self> {
        let numbers = column.numbers_or_empty(door)?;
        let mut read = Vec::with_capacity(numbers.len());
        let mut sound = true;
        for (row, number) in numbers.iter().enumerate() {
            let decimal = number.map(Decimal::of);
            if decimal == Some(None) {
                let problem = column.problem(
                    codes::NOT_KEPT,
                    row,
                    "holds a number with too many digits to be added without loss",
                );
                door.tell(problem.help("write it with at most 20 decimals and 28 digits"));
                sound = false;
            }
            read.push(decimal.flatten());
        }
        sound.then_some(())?;
        let given = match units.crosswalk.table().find(column.name()) {
            Some(column) => Some(Given::read(door, column)?),
            None => None,
        };
        let of_given = given.iter().flat_map(|given| given.cells.iter().flatten());
        let decimals =
            read.iter().flatten().chain(of_given).map(|one| one.decimals).max().unwrap_or(0);
        let too_large = |door: &mut Decoder, row: usize| {
            let problem =
                column.problem(codes::NOT_KEPT, row, "is too large to be added without loss");
            door.tell(problem.help("write fewer digits, or leave the column out"));
        };
        let mut parts = BTreeMap::new();
        for (row, decimal) in read.iter().enumerate() {
            let whole = decimal.map(|decimal| decimal.at(decimals));
            if whole == Some(None) {
                too_large(door, row);
                sound = false;
            }
            let (Some(Some(whole)), Some(old)) = (whole, units.old_of(row)) else { continue };
            let rows = units.crosswalk.rows_of(old);
            let is_given = |given: &&Given<'_>| rows.len() > 1 || given.has(rows);
            let found = match given.as_ref().filter(is_given) {
                Some(given) => given.divided(door, column, row, rows, (whole, decimals)),
                None => divided(whole, &units.crosswalk.shares(rows)).or_else(|| {
                    too_large(door, row);
                    None
                }),
            };
            sound &= found.is_some();
            parts.extend(
                rows.iter().zip(found.unwrap_or_default()).map(|(to, part)| ((row, *to), part)),
            );
        }
        sound.then_some(Self { decimals, parts })
    }

    /// The part of a row of the table that goes where a row of the crosswalk says.
    pub fn part(&self, row: usize, to: usize) -> Option<i128> {
        self.parts.get(&(row, to)).copied()
    }

    /// Units in words.
    pub fn written(&self, units: i128) -> String {
        Decimal { units, decimals: self.decimals }.to_string()
    }

    /// The sum of what these rows of the table bring; empty where the only one is. `None` if one of
    /// several is empty, or they are too large together.
    pub fn added(&self, rows: &[(usize, usize)]) -> Result<String, Option<usize>> {
        if let [(row, to)] = rows {
            return Ok(self.part(*row, *to).map_or_else(String::new, |part| self.written(part)));
        }
        let mut sum = 0_i128;
        for (row, to) in rows {
            sum = sum.checked_add(self.part(*row, *to).ok_or(Some(*row))?).ok_or(None)?;
        }
        Ok(self.written(sum))
    }
}

/// Parts that the crosswalk gives in the column's own unit.
struct Given<'c> {
    column: Column<'c>,
    cells: Vec<Option<Decimal>>,
}

impl<'c> Given<'c> {
    /// The parts of a column of the crosswalk. `None` if a cell is no number.
    fn read(door: &mut Decoder, column: Column<'c>) -> Option<Self> {
        let numbers = column.numbers_or_empty(door)?;
        let cells = numbers.into_iter().map(|number| number.and_then(Decimal::of)).collect();
        Some(Self { column, cells })
    }

    /// Whether a part is given in some of these rows.
    fn has(&self, rows: &[usize]) -> bool {
        rows.iter().any(|row| self.cells.get(*row).is_some_and(Option::is_some))
    }

    fn divided(
        &self,
        door: &mut Decoder,
        of: Column<'_>,
        row: usize,
        rows: &[usize],
        (whole, decimals): (i128, u32),
    ) -> Option<Vec<i128>> {
        let mut parts = Vec::with_capacity(rows.len());
        for at in rows {
            let given = self.cells.get(*at).copied().flatten();
            if let Some(part) = given.and_then(|part| part.at(decimals)) {
                parts.push(part);
                continue;
            }
            let what = "gives no part of a divided municipality";
            let problem = self.column.problem(codes::CELL_EMPTY, *at, what);
            let problem = problem.also(&of.place(row), "what is divided");
            door.tell(problem.help(
                "write the part in each of its rows, or delete the column and divide by shares",
            ));
        }
        if parts.len() < rows.len() {
            return None;
        }
        let sum: i128 = parts.iter().fold(0, |sum: i128, part| sum.saturating_add(*part));
        if sum == whole {
            return Some(parts);
        }
        let written = |units| Decimal { units, decimals }.to_string();
        let lines: Vec<String> = rows.iter().map(|at| self.column.line(*at).to_string()).collect();
        let message = format!(
            "{} lines {}: the parts of {} add up to {}, and {} line {} has {}",
            self.column.file(),
            listed(&lines),
            quoted(of.name()),
            written(sum),
            of.file(),
            of.line(row),
            written(whole),
        );
        let first = rows.first().copied().unwrap_or(0);
        let problem = Problem::error(codes::PARTS, message).at(&self.column.place(first), "");
        door.refuse(
            problem
                .also(&of.place(row), "what is divided")
                .help("mend the parts, or delete the column and divide by shares"),
        )
    }
}

/// The mean of numbers by weights, in the order given: exactly the number that all of them are. Nothing
/// where weights are all 0 and numbers differ.
pub fn mean(numbers: &[(f64, f64)]) -> Option<f64> {
    let (first, _) = numbers.first()?;
    if numbers.iter().all(|(number, _)| number == first) {
        return Some(*first);
    }
    let (mut sum, mut weights) = (0.0, 0.0);
    for (number, weight) in numbers {
        sum += number * weight;
        weights += weight;
    }
    Some(sum / weights).filter(|mean| weights > 0.0 && mean.is_finite())
}
