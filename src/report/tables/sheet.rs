//! A table that is written cell by cell.

use super::{Cell, Rows};
use crate::analysis::{ALL, ChanceInterval, QuantileInterval, Range, Summary};
use std::borrow::Cow;

/// The columns of a [`Summary`] …
pub(super) const SUMMARY: &str = "mean,sd,mcse,p05,p10,p25,p50,p75,p90,p95";
/// … and those of the intervals of its quantiles.
pub(super) const ENDS: &str = "p05_lower,p05_upper,p50_lower,p50_upper,p95_lower,p95_upper";

/// How a figure is kept.
pub(super) type Form = fn(Option<f64>) -> Cell<'static>;

/// A table that grows by cells.
pub(super) struct Sheet<'t, R> {
    pub(super) rows: R,
    row: Vec<Cell<'t>>,
}

impl<'t, R: Rows<'t>> Sheet<'t, R> {
    pub(super) fn new(rows: R, header: &[&str]) -> Self {
        Self::with(rows, named(header), false)
    }

    /// The same, with rows of all years together.
    pub(super) fn with_all_years(rows: R, header: &[&str]) -> Self {
        Self::with(rows, named(header), true)
    }

    pub(super) fn with(mut rows: R, names: Vec<String>, has_all_years: bool) -> Self {
        let row = Vec::with_capacity(names.len());
        rows.columns(names, has_all_years);
        Self { rows, row }
    }

    pub(super) fn cell(&mut self, cell: Cell<'t>) {
        self.row.push(cell);
    }

    pub(super) fn text(&mut self, text: &'t str) {
        self.cell(Cell::Text(Cow::Borrowed(text)));
    }

    /// A text that is made here.
    pub(super) fn word(&mut self, text: String) {
        self.cell(Cell::Text(Cow::Owned(text)));
    }

    pub(super) fn year(&mut self, year: i32) {
        self.cell(Cell::Year(year));
    }

    pub(super) fn year_or_all(&mut self, year: Option<i32>) {
        match year {
            Some(year) => self.year(year),
            None => self.text(ALL),
        }
    }

    pub(super) fn money(&mut self, value: Option<f64>) {
        self.cell(Cell::Money(value));
    }

    pub(super) fn number(&mut self, value: Option<f64>) {
        self.cell(Cell::Number(value));
    }

    pub(super) fn summary(&mut self, summary: &Summary, form: Form) {
        for value in summary.columns() {
            self.cell(form(value));
        }
    }

    pub(super) fn range(&mut self, range: &Range) {
        for value in [range.mean, range.p05, range.p50, range.p95] {
            self.number(value);
        }
    }

    /// The two ends of an interval.
    pub(super) fn ends(&mut self, interval: &QuantileInterval, form: Form) {
        for value in [interval.lower, interval.upper] {
            self.cell(form(value));
        }
    }

    /// The two ends of the interval of a chance.
    pub(super) fn chance(&mut self, interval: ChanceInterval) {
        for value in [interval.map(|ends| ends.lower), interval.map(|ends| ends.upper)] {
            self.number(value);
        }
    }

    /// Ends a row.
    pub(super) fn end(&mut self) {
        self.rows.row(&mut self.row);
        self.row.clear();
    }
}

/// The names of columns that stand side by side in texts.
fn named(header: &[&str]) -> Vec<String> {
    header.iter().flat_map(|names| names.split(',')).map(str::to_owned).collect()
}
