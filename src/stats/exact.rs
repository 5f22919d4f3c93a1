//! Exact quantiles: every value kept.

use super::quantiles::type_7;

/// All values of a sample, for quantiles without any error.
///
/// Gives the same answer whatever the order of values. Sort it once before reading more than one
/// quantile; unsorted, each reading works on a copy.
#[derive(Clone, Debug, Default)]
pub struct Exact {
    values: Vec<i64>,
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
        self.order_statistics([rank, rank]).map(|[value, _]| value)
    }

    /// The quantile at `probability` (Hyndman & Fan 1996, type 7, doi:10.2307/2684934); `None`
    /// without values or with a probability outside 0…1.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        type_7(self.count(), probability, |ranks| self.order_statistics(ranks))
    }

    /// The values at two ranks, the second not below the first.
    fn order_statistics(&self, ranks: [u64; 2]) -> Option<[f64; 2]> {
        if !self.sorted {
            let mut copy = self.clone();
            copy.sort();
            return copy.order_statistics(ranks);
        }
        let at =
            |rank: u64| self.values.get(usize::try_from(rank).ok()?).map(|&value| value as f64);
        Some([at(ranks[0])?, at(ranks[1])?])
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
