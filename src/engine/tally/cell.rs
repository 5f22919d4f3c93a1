//! One figure over the draws.

use super::noting::Noting;
use crate::engine::settlement::Money;
use crate::stats::{Accumulator, Grouping, QuantileMethod, Quantiles, Row};
use serde::{Deserialize, Serialize};

/// Quanta per unit of money: cents.
pub const MONEY: f64 = 100.0;
/// Quanta per unit of anything else: millionths.
pub const UNITS: f64 = 1e6;

/// The moments and quantiles of one figure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// Moments, in quanta.
    pub moments: Accumulator,
    /// Quantiles, in quanta.
    pub quantiles: Quantiles,
}

/// What one figure has come to, wherever it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'c> {
    /// Moments, in quanta.
    pub moments: &'c Accumulator,
    /// Quantiles, in quanta; absent where only moments are kept.
    pub quantiles: &'c Quantiles,
}

impl Cell {
    /// An empty cell of draws that stand alone.
    pub fn new(method: QuantileMethod) -> Self {
        Self::grouped(method, Grouping::Independent)
    }

    /// An empty cell of draws that belong together.
    pub fn grouped(method: QuantileMethod, grouping: Grouping) -> Self {
        Self { moments: Accumulator::grouped(grouping), quantiles: Quantiles::new(method) }
    }

    /// The same, of a figure whose tail is asked for.
    pub fn with_tail(method: QuantileMethod, grouping: Grouping) -> Self {
        Self { moments: Accumulator::grouped(grouping), quantiles: Quantiles::with_tails(method) }
    }

    /// A place for what a second pass over the draws finds of this figure.
    pub(super) fn gathering(&self) -> Self {
        Self { moments: Accumulator::new(), quantiles: self.quantiles.gathering() }
    }

    /// Adds what the figure comes to in a few blocks.
    pub(super) fn add_rows(&mut self, rows: &[Row], missing: u32) {
        for row in rows {
            self.moments.add_row(row);
        }
        self.moments.add_missing(missing);
        self.quantiles.add_rows(rows);
    }

    /// What it has recorded.
    pub fn figure(&self) -> Figure<'_> {
        Figure { moments: &self.moments, quantiles: &self.quantiles }
    }

    /// Whether so many draws, grouped in this way, can have come to it, and it keeps what an empty one of
    /// the same figure keeps: of one that was read from a file.
    pub(super) fn is_sound(&self, empty: Figure<'_>, (grouping, draws): (Grouping, u64)) -> bool {
        let counts = self.has_quantiles().then(|| self.quantiles.count());
        self.moments.is_sound(grouping, draws)
            && counts.is_none_or(|count| count == self.moments.count())
            && self.quantiles.is_kept_like(empty.quantiles)
    }

    /// Whether quantiles are kept.
    pub(super) fn has_quantiles(&self) -> bool {
        self.quantiles.method() != QuantileMethod::None
    }

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        self.add(other.figure());
    }

    /// Adds what a figure has come to elsewhere.
    pub(super) fn add(&mut self, figure: Figure<'_>) {
        self.moments.merge(figure.moments);
        self.quantiles.merge(figure.quantiles);
    }
}

impl Noting for Cell {
    fn note(&mut self, quanta: &Money, present: u64, missing: u32) {
        self.add_rows(Row::of(quanta, present).as_slice(), missing);
    }
}

impl<'c> Figure<'c> {
    /// Of a figure without quantiles.
    pub fn bare(moments: &'c Accumulator) -> Self {
        Self { moments, quantiles: &Quantiles::Absent }
    }

    /// The mean of the greatest values, as large a share of all as lies above `probability`, in
    /// quanta: the expected shortfall of a gap. `None` where there are no draws or no tail is kept.
    pub fn tail_mean(&self, probability: f64) -> Option<f64> {
        self.quantiles.tail_mean(probability)
    }

    /// The mean of the values above nothing, in quanta, of a figure that is never below it; `None`
    /// where there is none.
    pub fn mean_above_zero(&self) -> Option<f64> {
        let above = self.quantiles.count() - self.quantiles.count_below(0.5);
        (above > 0).then(|| self.moments.sum() as f64 / above as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::noting::HALVES;
    use super::*;
    use crate::numeric::LANES;

    fn cell(values: &[f64], scale: f64) -> Cell {
        let mut cell = Cell::with_tail(QuantileMethod::Exact, Grouping::Independent);
        let mut lanes = [0.0; LANES];
        lanes[..values.len()].copy_from_slice(values);
        cell.add_values(&lanes, scale, values.len());
        cell.quantiles.sort();
        cell
    }

    #[test]
    fn values_are_rounded_half_up_to_quanta_of_any_size() {
        // −1.5 is −1 half up, −1.500001 is −2; the largest beside 2⁵¹, where quanta are counted one by one.
        let large = HALVES - 1.5;
        let values = [-1.5, -1.500_001, -0.5, 0.499_999_999, 0.5, 2.5, large, HALVES, 3.0 * HALVES];
        for value in values {
            let found = cell(&[value, 0.0], 1.0).moments;
            assert_eq!(found.sum(), (value + 0.5).floor() as i128, "{value}");
        }
        assert_eq!(cell(&[0.000_001_5], UNITS).moments.sum(), 2);
    }

    #[test]
    fn what_is_not_a_number_or_too_large_is_missing() {
        let found = cell(&[1.0, f64::NAN, f64::INFINITY, -2e18, 3.0], 10.0);
        assert_eq!((found.moments.count(), found.moments.missing()), (2, 3));
        assert_eq!((found.moments.sum(), found.quantiles.count()), (40, 2));
        // Draws that are not active are not missing.
        let none = cell(&[], 1.0);
        assert_eq!((none.moments.count(), none.moments.missing()), (0, 0));
    }

    #[test]
    fn the_mean_of_a_gap_is_over_the_draws_that_have_one() {
        // Gaps 0, 0, 3, 5: of those that are there 4, of the worst half 4, of the worst quarter 5.
        let gaps = cell(&[0.0, 3.0, 0.0, 5.0], 1.0);
        let found = gaps.figure();
        assert_eq!(found.mean_above_zero(), Some(4.0));
        assert_eq!((found.tail_mean(0.5), found.tail_mean(0.75)), (Some(4.0), Some(5.0)));
        assert_eq!(cell(&[0.0, 0.0], 1.0).figure().mean_above_zero(), None);
    }
}
