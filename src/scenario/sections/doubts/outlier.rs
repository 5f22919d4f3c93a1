//! Values of a yearly table that changed against the year before by far more than the others.
//!
//! A change is judged by its logarithm: `x = ln(value / value of the year before)`. It is far out
//! where the modified z-score `0.6745 · |x − median| / MAD` exceeds 3.5, MAD being the median
//! absolute deviation; where more than half of the changes are equal, so that MAD is 0, the mean
//! absolute deviation stands in its place: `|x − median| / (1.2533 · MeanAD)` (Iglewicz and Hoaglin
//! 1993, *How to Detect and Handle Outliers*, ISBN 978-0873892476).

use std::cell::OnceCell;

use super::rows::Cells;
use super::say::{MOST_LISTED, listed};
use super::{Doubt, Seen};
use crate::model::{Column, ColumnValues, Table};
use crate::numeric::{exp, ln};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{quoted, spoken};

/// The score beyond which a change is far out.
const FAR_OUT: f64 = 3.5;
/// A change counts beyond this, of the value itself and against the median change.
const LEAST_CHANGE: f64 = 0.2;
/// With fewer municipalities there are no others to compare with.
const FEWEST: usize = 5;

/// One warning for each column and year.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let cells = OnceCell::new();
    let cells = || cells.get_or_init(|| Cells::read(seen)).as_ref();
    let mut found = Vec::new();
    for column in &seen.scenario.municipalities.table.columns {
        let ColumnValues::Yearly { first_year, rows } = &column.values else { continue };
        for (year, pair) in (first_year + 1..).zip(rows.windows(2)) {
            let far = far_out(&pair[0], &pair[1]);
            if !far.is_empty() {
                let change = Change { column, year, before: &pair[0], after: &pair[1] };
                found.push(Doubt::One(change.told(
                    &seen.scenario.municipalities.table,
                    cells(),
                    &far,
                )));
            }
        }
    }
    found
}

/// The rows whose change is far out, the farthest first.
fn far_out(before: &[f64], after: &[f64]) -> Vec<usize> {
    let changes = changes(before, after);
    if changes.len() < FEWEST {
        return Vec::new();
    }
    let middle = median(changes.iter().map(|(_, change)| *change).collect());
    let away = |change: f64| (change - middle).abs();
    let deviation = median(changes.iter().map(|(_, change)| away(*change)).collect());
    let mean = changes.iter().map(|(_, change)| away(*change)).sum::<f64>() / changes.len() as f64;
    let spread = if deviation > 0.0 { deviation / 0.6745 } else { 1.2533 * mean };
    let is_large = |change: f64| (exp(change) - 1.0).abs() > LEAST_CHANGE;
    let mut far: Vec<(usize, f64)> = changes
        .into_iter()
        .filter(|(_, change)| spread > 0.0 && away(*change) > FAR_OUT * spread)
        .filter(|(_, change)| is_large(*change) && is_large(change - middle))
        .collect();
    far.sort_by(|a, b| away(b.1).total_cmp(&away(a.1)).then(a.0.cmp(&b.0)));
    far.into_iter().map(|(row, _)| row).collect()
}

/// The logarithm of the change of every row that has one.
fn changes(before: &[f64], after: &[f64]) -> Vec<(usize, f64)> {
    before
        .iter()
        .zip(after)
        .enumerate()
        .filter(|(_, (before, after))| **before > 0.0 && **after > 0.0)
        .map(|(row, (before, after))| (row, ln(after / before)))
        .filter(|(_, change)| change.is_finite())
        .collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.len() % 2, values.get(half)) {
        (1, Some(middle)) => *middle,
        (_, Some(upper)) => (values.get(half.wrapping_sub(1)).unwrap_or(upper) + upper) / 2.0,
        _ => 0.0,
    }
}

/// A column from one year to the next.
struct Change<'c> {
    column: &'c Column,
    year: i32,
    before: &'c [f64],
    after: &'c [f64],
}

impl Change<'_> {
    /// How the first of the rows changed, and how the others did.
    fn against_others(&self, far: &[usize]) -> String {
        let changes = changes(self.before, self.after);
        let usual = median(changes.iter().map(|(_, change)| *change).collect());
        let first = far.first().and_then(|first| changes.iter().find(|(row, _)| row == first));
        let percent = |change: f64| spoken(((exp(change) - 1.0) * 100.0).round());
        let this = if far.len() == 1 { "this one" } else { "the first of these" };
        format!(
            "the others changed by about {} %, {this} by {} %",
            percent(usual),
            percent(first.map_or(0.0, |(_, change)| *change))
        )
    }

    fn told(&self, table: &Table, cells: Option<&Cells>, far: &[usize]) -> Problem {
        let name = &self.column.name;
        let place = |row: usize| cells?.find(name, table.codes.get(row)?, self.year);
        let (mut each, mut places) = (Vec::new(), Vec::new());
        for (index, row) in far.iter().enumerate() {
            let found = if index < MOST_LISTED { place(*row) } else { None };
            let line =
                found.as_ref().map_or_else(String::new, |(_, line)| format!("line {line}: "));
            let of = |values: &[f64]| spoken(values.get(*row).copied().unwrap_or(f64::NAN));
            let who = quoted(table.names.get(*row).map_or("", String::as_str));
            each.push(format!("{who} ({line}{} to {})", of(self.before), of(self.after)));
            places.extend(found.map(|(place, _)| place));
        }
        let message = format!(
            "{} changed far more than elsewhere from {} to {}: {}",
            quoted(name),
            self.year - 1,
            self.year,
            listed(&each, MOST_LISTED)
        );
        let mut problem = Problem::warning(codes::OUTLIER, message);
        for (index, place) in places.iter().enumerate() {
            problem = if index == 0 {
                problem.at(place, "")
            } else {
                problem.also(place, "this one too")
            };
        }
        problem
            .note(format!(
                "{}: a slip of the pen, or boundaries that moved",
                self.against_others(far)
            ))
            .help("mend the cell, or write in a waiver what changed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]).to_bits(), 2.0_f64.to_bits());
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]).to_bits(), 2.5_f64.to_bits());
        assert_eq!(median(Vec::new()).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn a_change_is_far_out_by_score_and_by_size() {
        // Changes −2, −1, 0, +1 % and one more. Logarithms −0.0202, −0.0101, 0, 0.0100 and x.
        // With x = ln 1.25 = 0.2231: median 0, deviations 0.0202, 0.0101, 0, 0.0100, 0.2231, their
        // median 0.0101, score 0.6745 · 0.2231 / 0.0101 = 14.9.
        let before = [100.0; 5];
        assert_eq!(far_out(&before, &[98.0, 99.0, 100.0, 101.0, 125.0]), [4]);
        // 19 % scores 11.6 and is not more than 20 %.
        assert_eq!(far_out(&before, &[98.0, 99.0, 100.0, 101.0, 119.0]), [0; 0]);
        // Changes −40, −20, 0, +20 and +50 %: logarithms −0.511, −0.223, 0, 0.182, 0.405; median
        // of the deviations 0.223; 0.6745 · 0.511 / 0.223 = 1.5.
        assert_eq!(far_out(&before, &[60.0, 80.0, 100.0, 120.0, 150.0]), [0; 0]);
    }

    #[test]
    fn one_that_changes_where_all_others_stand_still_is_far_out() {
        // MAD 0, mean absolute deviation x / 6: the score is 6 / 1.2533 = 4.79 whatever x.
        let before = [100.0; 6];
        assert_eq!(far_out(&before, &[100.0, 100.0, 100.0, 100.0, 100.0, 130.0]), [5]);
        // Of four there is 4 / 1.2533 = 3.19, and of fewer than five nothing is said anyway.
        assert_eq!(far_out(&[100.0; 4], &[100.0, 100.0, 100.0, 130.0]), [0; 0]);
        assert_eq!(far_out(&before, &[100.0; 6]), [0; 0]);
    }

    #[test]
    fn where_all_change_alike_nobody_is_far_out() {
        // All lose about 30 %; one 31.5 %: far out by score, and 2 % from the median change.
        let after = [70.0, 70.0, 70.0, 70.0, 70.0, 68.5];
        assert_eq!(far_out(&[100.0; 6], &after), [0; 0]);
    }
}
