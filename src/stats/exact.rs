//! Exact quantiles: every value kept.

use super::at_most;
use super::quantiles::{EXACT_LIMIT_BYTES, read_each, size_of_tail, type_7};
use super::row::Row;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// No run keeps more values.
const MOST_VALUES: usize = EXACT_LIMIT_BYTES as usize / 8;

/// All values of a sample, for quantiles without any error.
///
/// Gives the same answer whatever the order of values. Sort it once before reading more than one
/// quantile; unsorted, each reading works on a copy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Exact {
    #[serde(deserialize_with = "at_most::<_, _, MOST_VALUES>")]
    values: Vec<i64>,
    /// Of values from elsewhere nothing is taken for granted.
    #[serde(skip)]
    sorted: bool,
}

impl Exact {
    /// Nothing so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing so far, with room for this many values.
    #[must_use]
    pub fn with_capacity(values: usize) -> Self {
        Self { values: Vec::with_capacity(values), sorted: false }
    }

    /// Adds one value.
    #[inline]
    pub fn add(&mut self, value: i64) {
        self.sorted = false;
        self.values.push(value);
    }

    /// Adds one value per draw of a block.
    pub fn add_lanes(&mut self, values: &[i64]) {
        self.sorted = false;
        self.values.extend_from_slice(values);
    }

    /// Adds a figure's values of a block.
    #[inline]
    pub fn add_row(&mut self, row: &Row) {
        if row.is_full() {
            self.add_lanes(&row.values);
        } else {
            row.present().for_each(|value| self.add(value));
        }
    }

    /// Adds all that another sample holds.
    pub fn merge(&mut self, other: &Self) {
        self.add_lanes(&other.values);
    }

    /// Sorts the values, so that quantiles are read without a copy.
    pub fn sort(&mut self) {
        if !self.sorted {
            self.values.sort_unstable();
            self.sorted = true;
        }
    }

    /// How many values were added.
    pub fn count(&self) -> u64 {
        self.values.len() as u64
    }

    /// The values, in ascending order after [`Exact::sort`], else in no order that means anything.
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// The value at a rank from 0 in ascending order; `None` beyond the last.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        let at = usize::try_from(rank).ok()?;
        self.in_order().get(at).map(|&value| value as f64)
    }

    /// The quantile at `probability` (Hyndman & Fan 1996, type 7, doi:10.2307/2684934); `None`
    /// without values or with a probability outside 0…1.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        let [quantile] = self.quantiles([probability]);
        quantile
    }

    /// Several quantiles.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> [Option<f64>; N] {
        type_7(self.count(), probabilities, |ranks, values| self.order_statistics(ranks, values))
    }

    /// The values at pairs of ranks; false if one lies beyond the last value.
    pub(super) fn order_statistics(&self, ranks: &[[u64; 2]], values: &mut [[f64; 2]]) -> bool {
        let sorted = self.in_order();
        let at = |rank: u64| sorted.get(usize::try_from(rank).ok()?).map(|&value| value as f64);
        read_each(at, ranks, values)
    }

    /// The mean of the greatest values, as large a share of all as lies above `probability`; the
    /// value at the edge counts in part. See [`Quantiles::tail_mean`](super::Quantiles::tail_mean).
    pub fn tail_mean(&self, probability: f64) -> Option<f64> {
        let size = size_of_tail(self.count(), probability)?;
        let sorted = self.in_order();
        let whole = (size as usize).min(sorted.len());
        let (below, tail) = sorted.split_at(sorted.len() - whole);
        let sum: i128 = tail.iter().copied().map(i128::from).sum();
        let at_edge = below.last().map_or(0.0, |&value| value as f64);
        Some((sum as f64 + (size - whole as f64) * at_edge) / size)
    }

    /// How many values lie below `value`.
    pub fn count_below(&self, value: f64) -> u64 {
        self.in_order().partition_point(|&other| (other as f64) < value) as u64
    }

    /// The values in ascending order: a copy unless they were sorted.
    fn in_order(&self) -> Cow<'_, [i64]> {
        if self.sorted {
            return Cow::Borrowed(&self.values);
        }
        let mut copy = self.values.clone();
        copy.sort_unstable();
        Cow::Owned(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_between_two_values_is_their_weighted_mean() {
        // Four values, p = 0.4: h = 3 · 0.4 = 1.2, so 0.8 · 20 + 0.2 · 40 = 24.
        let mut sample = Exact::new();
        sample.add_lanes(&[80, 20, 40, 10]);
        assert!((sample.quantile(0.4).unwrap_or(f64::NAN) - 24.0).abs() < 1e-12);
        let unsorted = sample.quantile(0.4);
        sample.sort();
        assert_eq!(sample.quantile(0.4), unsorted);
        assert_eq!(sample.quantile(1.0), Some(80.0));
        assert_eq!(sample.order_statistic(1), Some(20.0));
    }

    #[test]
    fn a_value_added_after_sorting_still_counts() {
        let mut sample = Exact::with_capacity(3);
        sample.add(5);
        sample.sort();
        sample.add(1);
        let mut other = Exact::new();
        other.add(3);
        sample.merge(&other);
        assert_eq!(sample.quantile(0.5), Some(3.0));
        assert_eq!(sample.count(), 3);
        assert_eq!(Exact::new().quantile(0.5), None);
    }
}
