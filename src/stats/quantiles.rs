//! Quantiles by the way that fits in memory.

use super::interval::quantile_ranks;
use super::{BlockSums, Exact, Histogram};
use crate::numeric::LANES;

/// Values are kept whole while all of a run's take no more than this: 64 MiB.
pub const EXACT_LIMIT_BYTES: u64 = 64 << 20;

/// The quantiles of one result over all draws.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)] // a run holds one variant in all its figures, and boxes would cost its cache
pub enum Quantiles {
    /// Every value is kept.
    Exact(Exact),
    /// Values are counted in bins: relative error at most 0.79 %.
    Histogram(Histogram),
}

/// How quantiles are found in a run; the manifest says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantileMethod {
    /// From all values.
    Exact,
    /// From a histogram.
    Histogram,
}

impl QuantileMethod {
    /// The method for a run of `cells` results over `draws` draws: exact while all values fit in
    /// `limit_bytes` (8 bytes each), usually [`EXACT_LIMIT_BYTES`].
    #[must_use]
    pub fn choose(cells: u64, draws: u64, limit_bytes: u64) -> Self {
        let values = u128::from(cells) * u128::from(draws);
        if values <= u128::from(limit_bytes / 8) { Self::Exact } else { Self::Histogram }
    }
}

impl Quantiles {
    /// Nothing so far.
    #[must_use]
    pub fn new(method: QuantileMethod) -> Self {
        match method {
            QuantileMethod::Exact => Self::Exact(Exact::new()),
            QuantileMethod::Histogram => Self::Histogram(Histogram::new()),
        }
    }

    /// Nothing so far, of a figure whose tails are asked for.
    #[must_use]
    pub fn with_tails(method: QuantileMethod) -> Self {
        match method {
            QuantileMethod::Exact => Self::Exact(Exact::new()),
            QuantileMethod::Histogram => Self::Histogram(Histogram::with_sums()),
        }
    }

    /// How these quantiles are found.
    pub fn method(&self) -> QuantileMethod {
        match self {
            Self::Exact(_) => QuantileMethod::Exact,
            Self::Histogram(_) => QuantileMethod::Histogram,
        }
    }

    /// Adds one value.
    #[inline]
    pub fn add(&mut self, value: i64) {
        match self {
            Self::Exact(exact) => exact.add(value),
            Self::Histogram(histogram) => histogram.add(value),
        }
    }

    /// Adds a full block; `sums` are those of its values.
    #[inline]
    pub fn add_block(&mut self, values: &[i64; LANES], sums: &BlockSums) {
        match self {
            Self::Exact(exact) => exact.add_lanes(values),
            Self::Histogram(histogram) => histogram.add_block(values, sums),
        }
    }

    /// Adds the values of a block whose bit of `present` is set; `sums` are those of these values.
    #[inline]
    pub fn add_present(&mut self, values: &[i64; LANES], present: u64, sums: &BlockSums) {
        match self {
            Self::Exact(exact) => {
                for (lane, &value) in values.iter().enumerate() {
                    if (present >> lane) & 1 == 1 {
                        exact.add(value);
                    }
                }
            }
            Self::Histogram(histogram) => histogram.add_present(values, present, sums),
        }
    }

    /// Adds one value per draw.
    pub fn add_lanes(&mut self, values: &[i64]) {
        match self {
            Self::Exact(exact) => exact.add_lanes(values),
            Self::Histogram(histogram) => histogram.add_lanes(values),
        }
    }

    /// Adds all that another has seen; where only one of them is exact the result is a histogram.
    pub fn merge(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Exact(mine), Self::Exact(theirs)) => mine.merge(theirs),
            (Self::Histogram(mine), Self::Histogram(theirs)) => mine.merge(theirs),
            (Self::Histogram(mine), Self::Exact(theirs)) => mine.add_lanes(theirs.values()),
            (Self::Exact(mine), Self::Histogram(theirs)) => {
                let mut both = theirs.clone();
                both.add_lanes(mine.values());
                *self = Self::Histogram(both);
            }
        }
    }

    /// Makes reading quick: call it once when everything has been added.
    pub fn sort(&mut self) {
        if let Self::Exact(exact) = self {
            exact.sort();
        }
    }

    /// How many values were added.
    pub fn count(&self) -> u64 {
        match self {
            Self::Exact(exact) => exact.count(),
            Self::Histogram(histogram) => histogram.count(),
        }
    }

    /// The quantile at `probability` (Hyndman & Fan 1996, type 7, doi:10.2307/2684934); `None`
    /// without values or with a probability outside 0…1.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        match self {
            Self::Exact(exact) => exact.quantile(probability),
            Self::Histogram(histogram) => histogram.quantile(probability),
        }
    }

    /// Several quantiles in one passage.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> [Option<f64>; N] {
        match self {
            Self::Exact(exact) => exact.quantiles(probabilities),
            Self::Histogram(histogram) => histogram.quantiles(probabilities),
        }
    }

    /// The mean of the greatest values, as large a share of all as lies above `probability`: the
    /// expected shortfall of Rockafellar & Uryasev (2002, doi:10.1016/S0378-4266(02)00271-6), which
    /// splits a heap where it must. `None` without values, with a probability outside 0…1 or 1
    /// itself, and from a histogram without sums.
    pub fn tail_mean(&self, probability: f64) -> Option<f64> {
        match self {
            Self::Exact(exact) => exact.tail_mean(probability),
            Self::Histogram(histogram) => histogram.tail_mean(probability),
        }
    }

    /// How many values lie below `value`.
    pub fn count_below(&self, value: f64) -> u64 {
        match self {
            Self::Exact(exact) => exact.count_below(value),
            Self::Histogram(histogram) => histogram.count_below(value),
        }
    }

    /// The value at a rank from 0 in ascending order; `None` beyond the last.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        match self {
            Self::Exact(exact) => exact.order_statistic(rank),
            Self::Histogram(histogram) => histogram.order_statistic(rank),
        }
    }

    /// The interval for the quantile at `probability` from order statistics (see
    /// [`quantile_ranks`]); a side is `None` where the sample is too small to bound it.
    pub fn interval(&self, probability: f64, z: f64) -> (Option<f64>, Option<f64>) {
        let ranks = quantile_ranks(self.count(), probability, z);
        let value = |rank: Option<u64>| rank.and_then(|rank| self.order_statistic(rank));
        (value(ranks.lower), value(ranks.upper))
    }
}

/// Hyndman & Fan's type 7: with h = (n − 1)p, the value at rank ⌊h⌋ (from 0) and the next, weighted
/// by the fraction of h. `read` puts the values at pairs of ranks, both of which rise from pair to
/// pair, where it is told; false if it cannot.
pub(super) fn type_7<const N: usize>(
    count: u64,
    probabilities: [f64; N],
    read: impl FnOnce(&[[u64; 2]], &mut [[f64; 2]]) -> bool,
) -> [Option<f64>; N] {
    let Some(last) = count.checked_sub(1) else { return [None; N] };
    let position = |probability: f64| last as f64 * probability;
    let mut order: [usize; N] = std::array::from_fn(|index| index);
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    let ranks = order.map(|index| {
        let rank = (position(probabilities[index]) as u64).min(last);
        [rank, (rank + 1).min(last)]
    });
    let mut values = [[0.0; 2]; N];
    let mut quantiles = [None; N];
    if read(&ranks, &mut values) {
        for ((index, [rank, _]), [low, high]) in order.into_iter().zip(ranks).zip(values) {
            if (0.0..=1.0).contains(&probabilities[index]) {
                let fraction = position(probabilities[index]) - rank as f64;
                // Limited, because rounding may carry the sum past the upper value.
                let between = (low + (high - low) * fraction).clamp(low, high.max(low));
                quantiles[index] = Some(between);
            }
        }
    }
    quantiles
}

/// How many values, with a fraction, lie in the upper tail above `probability`; `None` where there
/// is no tail.
pub(super) fn size_of_tail(count: u64, probability: f64) -> Option<f64> {
    let size = count as f64 * (1.0 - probability);
    ((0.0..1.0).contains(&probability) && size > 0.0).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_while_they_fit_in_the_limit() {
        // 64 MiB / 8 = 8,388,608 values.
        let choose = |cells, draws| QuantileMethod::choose(cells, draws, EXACT_LIMIT_BYTES);
        assert_eq!(choose(8_192, 1_024), QuantileMethod::Exact);
        assert_eq!(choose(8_192, 1_025), QuantileMethod::Histogram);
        assert_eq!(choose(u64::MAX, u64::MAX), QuantileMethod::Histogram);
    }

    #[test]
    fn both_methods_answer_alike_and_merge_in_every_pairing() {
        for first in [QuantileMethod::Exact, QuantileMethod::Histogram] {
            for second in [QuantileMethod::Exact, QuantileMethod::Histogram] {
                let (mut left, mut right) = (Quantiles::new(first), Quantiles::new(second));
                left.add_lanes(&[3, 1]);
                right.add(2);
                left.merge(&right);
                left.sort();
                assert_eq!((left.count(), left.quantile(0.5)), (3, Some(2.0)));
                let exact = first == QuantileMethod::Exact && second == QuantileMethod::Exact;
                assert_eq!(left.method() == QuantileMethod::Exact, exact);
            }
        }
    }

    #[test]
    fn the_interval_of_a_median_stands_on_order_statistics() {
        // n = 100, p = ½, z = 1.96: 50 ∓ 9.8 gives ranks 40 and 61 counted from 1.
        let mut sample = Quantiles::new(QuantileMethod::Exact);
        sample.add_lanes(&(1..=100).collect::<Vec<_>>());
        assert_eq!(sample.interval(0.5, 1.96), (Some(40.0), Some(61.0)));
        // p = 0.999 of a hundred: 99.9 + 0.62 lies beyond the last, so nothing bounds it above.
        assert_eq!(sample.interval(0.999, 1.96), (Some(99.0), None));
    }
}
