//! Under which conditions something happens: ranges of inputs within which it does more often.
//!
//! ```text
//! table    what is drawn, and whether it happens, draw by draw
//! boxes    peeled, one chosen, its limits tried ─► Discovery
//! ```

mod boxes;
mod table;

pub use boxes::{FoundBox, HALVES, LEAST, Limited, SHARE, SURE, Step};
pub use table::{Column, Happening, Table, table};

use crate::engine::{Failure, Options, Prepared};
use crate::stats::prim::Cases;
use serde::Serialize;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What happens, or not.
    pub happening: Happening,
    /// Under which policy.
    pub policy: usize,
    /// How many boxes at most.
    pub boxes: usize,
    /// The density that a box must have; none: the box that sets itself apart most.
    pub density: Option<f64>,
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discovery {
    /// Draws in which the figure has a value.
    pub draws: u64,
    /// In how many of them it happens.
    pub hits: u64,
    /// Draws in which the figure has no value; left out.
    pub without_value: u64,
    /// The inputs that were looked at, with what was drawn.
    pub inputs: Vec<Column>,
    /// Boxes, one after the other, each among what the ones before leave.
    pub boxes: Vec<FoundBox>,
}

/// Looks for the conditions under which it happens, over the run's own draws.
///
/// # Errors
/// A formula that fails in some draw.
pub fn discover(
    prepared: &Prepared<'_>,
    question: &Question,
    options: &Options<'_>,
) -> Result<Discovery, Failure> {
    let table = table(prepared, question.happening, question.policy, options)?;
    Ok(found(table, question, prepared.scenario.run.seed))
}

/// Looks for boxes in a table.
#[must_use]
pub fn found(table: Table, question: &Question, seed: u64) -> Discovery {
    let cases = Cases { inputs: &table.values, happens: &table.happens };
    let mut rows: Vec<usize> = (0..table.happens.len()).collect();
    let hits = table.happens.iter().filter(|happens| **happens).count() as u64;
    let mut found = Vec::new();
    while found.len() < question.boxes {
        let one = boxes::find(&cases, &table.inputs, &rows, (question.density, hits), seed);
        let Some((one, limits)) = one else { break };
        rows.retain(|row| !cases.is_inside(*row, &limits));
        found.push(one);
    }
    Discovery {
        draws: table.happens.len() as u64,
        hits,
        without_value: table.without_value,
        inputs: table.inputs,
        boxes: found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::solve::{Measure, Measured, Subject};
    use crate::random::{stream, uniform};

    fn question(boxes: usize, density: Option<f64>) -> Question {
        let of =
            Measured { measure: Measure::Shortfall, subject: Subject::Programme(0), year: None };
        let happening = Happening { of, compared: None };
        Question { happening, policy: 0, boxes, density }
    }

    /// Six inputs between 0 and 1, and whether it happens there.
    fn made_up(rows: u64, happens: impl Fn(&[f64]) -> bool) -> Table {
        let value =
            |input: u64, row: u64| uniform(5, stream("made up", &input.to_string(), None), row);
        let values: Vec<Vec<f64>> =
            (0..6).map(|input| (0..rows).map(|row| value(input, row)).collect()).collect();
        let column = |input: u64| Column { name: format!("x{input}"), of: "", low: 0.0, high: 1.0 };
        let of_row = |row: usize| values.iter().map(|values| values[row]).collect::<Vec<f64>>();
        let happens = (0..rows as usize).map(|row| happens(&of_row(row))).collect();
        Table { inputs: (0..6).map(column).collect(), values, happens, without_value: 0 }
    }

    #[test]
    fn the_box_that_is_built_in_is_found_and_no_other_input() {
        let table = made_up(2_000, |x| x[1] > 0.7 && x[4] < 0.4);
        let found = found(table, &question(3, None), 1);
        let one = &found.boxes[0];
        let names: Vec<&str> = one.limits.iter().map(|limit| limit.input.as_str()).collect();
        assert_eq!(names, ["x1", "x4"]);
        assert!((one.limits[0].low.unwrap() - 0.7).abs() < 0.03 && one.limits[0].high.is_none());
        assert!((one.limits[1].high.unwrap() - 0.4).abs() < 0.03 && one.limits[1].low.is_none());
        assert!(one.density > 0.9 && one.coverage > 0.9, "{} {}", one.density, one.coverage);
        // Most halves of the draws say the same.
        assert!(one.limits.iter().all(|limit| 2 * limit.by_coverage > HALVES as u64));
    }

    #[test]
    fn a_second_box_lies_in_what_the_first_leaves() {
        let table = made_up(3_000, |x| x[0] > 0.8 && x[1] > 0.5 || x[0] < 0.2 && x[2] > 0.5);
        let found = found(table, &question(2, None), 1);
        assert_eq!(found.boxes.len(), 2);
        let covered: f64 = found.boxes.iter().map(|one| one.coverage).sum();
        assert!(covered > 0.75 && covered <= 1.0, "{covered}");
        let hits: u64 = found.boxes.iter().map(|one| one.hits).sum();
        assert!(hits <= found.hits);
    }

    #[test]
    fn of_what_hangs_on_nothing_no_box_is_told() {
        let coin = stream("coin", "", None);
        let at = std::cell::Cell::new(0);
        let table = made_up(1_000, |_| {
            at.set(at.get() + 1);
            uniform(9, coin, at.get()) < 0.3
        });
        let found = found(table, &question(3, None), 1);
        // A slice may stand out by chance, one in twenty limits; most of it is no condition.
        let density = found.boxes.first().map_or(0.0, |one| one.density);
        assert!(density < 0.45, "{density}");
    }

    #[test]
    fn never_and_always_have_no_conditions() {
        for always in [false, true] {
            let found = found(made_up(500, |_| always), &question(3, None), 1);
            assert!(found.boxes.is_empty());
            assert_eq!(found.hits, if always { 500 } else { 0 });
        }
    }

    #[test]
    fn a_density_that_is_asked_for_is_kept() {
        let noisy = |x: &[f64]| x[1] > 0.7 && (x[2] * 97.0).fract() < 0.8;
        let wide = found(made_up(2_000, noisy), &question(1, Some(0.5)), 1);
        let narrow = found(made_up(2_000, noisy), &question(1, Some(0.75)), 1);
        assert!(wide.boxes[0].density >= 0.5 && narrow.boxes[0].density >= 0.75);
        assert!(wide.boxes[0].inside > narrow.boxes[0].inside);
        assert!(found(made_up(2_000, noisy), &question(1, Some(0.9999)), 1).boxes.is_empty());
    }
}
