//! Quantiles by the way that fits in memory.

use super::interval::{Interval, Z_95, quantile_ranks};
use super::row::Row;
use super::{Exact, Gathering, Grouping, Histogram, Plan, Selection};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

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
    /// Values were counted in bins, and those at wanted ranks are found by looking at all values again.
    Selection(Box<Selection>),
    /// What a second look at the values keeps.
    Gathering(Box<Gathering>),
    /// No quantiles are kept of this figure.
    Absent,
}

/// Quantiles outside of memory.
#[derive(Serialize, Deserialize)]
enum Stored<'a> {
    /// All values.
    Exact(Cow<'a, Exact>),
    /// What a histogram knows.
    Counted(Box<Cow<'a, Histogram>>),
    /// Nothing.
    Absent,
}

/// What a first look at the values has come to; what a second one finds is not kept.
impl Serialize for Quantiles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exact(exact) => Stored::Exact(Cow::Borrowed(exact)),
            Self::Histogram(histogram) => Stored::Counted(Box::new(Cow::Borrowed(histogram))),
            Self::Absent => Stored::Absent,
            other => Stored::Counted(Box::new(Cow::Owned(other.counted()))),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Quantiles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Stored::deserialize(deserializer).map(|stored| match stored {
            Stored::Exact(exact) => Self::Exact(exact.into_owned()),
            Stored::Counted(histogram) => Self::Histogram(histogram.into_owned()),
            Stored::Absent => Self::Absent,
        })
    }
}

/// How quantiles are found in a run; the manifest says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantileMethod {
    /// From all values.
    Exact,
    /// From a histogram.
    Histogram,
    /// From a histogram first, and then from the values that lie in the bins in question, which are
    /// simulated again.
    SecondPass,
    /// Not at all.
    None,
}

/// The quantiles, intervals of quantiles and tails of a figure that are wanted exactly.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Probabilities of quantiles.
    pub quantiles: &'a [f64],
    /// Probabilities of quantiles whose intervals are wanted.
    pub intervals: &'a [f64],
    /// Shares below tails whose means are wanted.
    pub tails: &'a [f64],
}

impl QuantileMethod {
    /// As files of a run call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Histogram => "histogram",
            Self::SecondPass => "second pass",
            Self::None => "none",
        }
    }

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
            QuantileMethod::Histogram | QuantileMethod::SecondPass => {
                Self::Histogram(Histogram::new())
            }
            QuantileMethod::None => Self::Absent,
        }
    }

    /// Nothing so far, of a figure whose tails are asked for.
    #[must_use]
    pub fn with_tails(method: QuantileMethod) -> Self {
        match method {
            QuantileMethod::Exact => Self::Exact(Exact::new()),
            QuantileMethod::Histogram | QuantileMethod::SecondPass => {
                Self::Histogram(Histogram::with_sums())
            }
            QuantileMethod::None => Self::Absent,
        }
    }

    /// How these quantiles are found.
    pub fn method(&self) -> QuantileMethod {
        match self {
            Self::Exact(_) => QuantileMethod::Exact,
            Self::Histogram(_) => QuantileMethod::Histogram,
            Self::Selection(_) | Self::Gathering(_) => QuantileMethod::SecondPass,
            Self::Absent => QuantileMethod::None,
        }
    }

    /// Whether it can be added to one that keeps as much as `other`: all values, bins with the same sums, or
    /// nothing. All values are also what a run for a precision has kept at its first looks.
    pub fn is_kept_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(_), Self::Exact(_) | Self::Histogram(_))
            | (Self::Absent, Self::Absent) => true,
            (Self::Histogram(one), Self::Histogram(other)) => {
                one.keeps_sums() == other.keeps_sums()
            }
            _ => false,
        }
    }

    /// Has the values at wanted ranks found exactly by looking at all values again: for each quantile in
    /// `quantiles` those beside it, for each in `intervals` the ends of its interval, for each in `tails`
    /// the edge of the tail above it. Of use where values are counted; else nothing changes.
    pub fn select(&mut self, grouping: Grouping, wanted: Wanted<'_>) {
        let Self::Histogram(histogram) = self else { return };
        let count = histogram.count();
        let beside = wanted.quantiles.iter().flat_map(|p| ranks_beside(count, *p));
        let ends = wanted.intervals.iter().flat_map(|p| {
            let ranks = quantile_ranks(count, *p, Z_95, grouping);
            [ranks.lower, ranks.upper].into_iter().flatten()
        });
        let edges = wanted.tails.iter().filter_map(|p| edge_of_tail(count, *p));
        let ranks = beside.chain(ends).chain(edges).collect();
        let histogram = std::mem::take(histogram);
        *self = Self::Selection(Box::new(Selection::new(histogram, ranks)));
    }

    /// How many values each window holds that the next pass must look at; nothing where all is found.
    pub fn to_look_at(&self) -> impl Iterator<Item = u64> + '_ {
        let selection = if let Self::Selection(selection) = self { Some(selection) } else { None };
        selection.into_iter().flat_map(|selection| selection.counts())
    }

    /// Decides what the next pass looks at.
    pub fn plan(&mut self, plan: &mut Plan) {
        if let Self::Selection(selection) = self {
            selection.plan(plan);
        }
    }

    /// Empty places for what the pass that was planned finds.
    #[must_use]
    pub fn gathering(&self) -> Self {
        if let Self::Absent = self {
            return Self::Absent;
        }
        let gathering = if let Self::Selection(selection) = self {
            selection.gathering()
        } else {
            Gathering::default()
        };
        Self::Gathering(Box::new(gathering))
    }

    /// Takes what the pass that was planned has found.
    pub fn take(&mut self, found: Self) {
        if let (Self::Selection(selection), Self::Gathering(gathering)) = (self, found) {
            selection.take(*gathering);
        }
    }

    /// Adds one value. What was looked for again takes no more.
    #[inline]
    pub fn add(&mut self, value: i64) {
        match self {
            Self::Exact(exact) => exact.add(value),
            Self::Histogram(histogram) => histogram.add(value),
            Self::Gathering(gathering) => gathering.add(value),
            Self::Selection(_) | Self::Absent => {}
        }
    }

    /// Adds the values of a few blocks.
    #[inline]
    pub fn add_rows(&mut self, rows: &[Row]) {
        match self {
            Self::Exact(exact) => rows.iter().for_each(|row| exact.add_row(row)),
            Self::Histogram(histogram) => histogram.add_rows(rows),
            Self::Gathering(gathering) => rows.iter().for_each(|row| gathering.add_row(row)),
            Self::Selection(_) | Self::Absent => {}
        }
    }

    /// Adds one value per draw.
    pub fn add_lanes(&mut self, values: &[i64]) {
        match self {
            Self::Exact(exact) => exact.add_lanes(values),
            Self::Histogram(histogram) => histogram.add_lanes(values),
            other => values.iter().for_each(|value| other.add(*value)),
        }
    }

    /// Adds all that another has seen; where only one of them is exact the result is a histogram, and where
    /// one keeps nothing neither does the result.
    pub fn merge(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Exact(mine), Self::Exact(theirs)) => mine.merge(theirs),
            (Self::Gathering(mine), Self::Gathering(theirs)) => mine.merge(theirs),
            (_, Self::Gathering(_)) | (Self::Absent, _) => {}
            (mine, Self::Absent) => *mine = Self::Absent,
            (Self::Exact(mine), theirs) => {
                let mut both = theirs.counted();
                both.add_lanes(mine.values());
                *self = Self::Histogram(both);
            }
            (Self::Histogram(mine), Self::Histogram(theirs)) => mine.merge(theirs),
            (Self::Histogram(mine), Self::Exact(theirs)) => mine.add_lanes(theirs.values()),
            // What was found among the values of one is not what it is among all.
            (mine, theirs) => {
                let mut both = mine.counted();
                match theirs {
                    Self::Exact(exact) => both.add_lanes(exact.values()),
                    theirs => both.merge(&theirs.counted()),
                }
                *self = Self::Histogram(both);
            }
        }
    }

    /// What is counted.
    fn counted(&self) -> Histogram {
        match self {
            Self::Histogram(histogram) => histogram.clone(),
            Self::Selection(selection) => selection.histogram().clone(),
            Self::Exact(_) | Self::Gathering(_) | Self::Absent => Histogram::new(),
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
            Self::Selection(selection) => selection.histogram().count(),
            Self::Gathering(_) | Self::Absent => 0,
        }
    }

    /// The quantile at `probability` (Hyndman & Fan 1996, type 7, doi:10.2307/2684934); `None`
    /// without values or with a probability outside 0…1.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        let [quantile] = self.quantiles([probability]);
        quantile
    }

    /// Several quantiles in one passage.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> [Option<f64>; N] {
        match self {
            Self::Exact(exact) => exact.quantiles(probabilities),
            Self::Histogram(histogram) => histogram.quantiles(probabilities),
            Self::Selection(selection) => selection.quantiles(probabilities),
            Self::Gathering(_) | Self::Absent => [None; N],
        }
    }

    /// The mean of the greatest values, as large a share of all as lies above `probability`: the
    /// expected shortfall of Rockafellar & Uryasev (2002, doi:10.1016/S0378-4266(02)00271-6) and of
    /// Acerbi & Tasche (2002, doi:10.1016/S0378-4266(02)00283-2), which splits a heap where it must.
    /// `None` without values, with a probability outside 0…1 or 1 itself, and from a histogram without
    /// sums.
    pub fn tail_mean(&self, probability: f64) -> Option<f64> {
        match self {
            Self::Exact(exact) => exact.tail_mean(probability),
            Self::Histogram(histogram) => histogram.tail_mean(probability),
            Self::Selection(selection) => selection.tail_mean(probability),
            Self::Gathering(_) | Self::Absent => None,
        }
    }

    /// How many values lie below `value`; those of a bin that it splits are taken as spread evenly.
    pub fn count_below(&self, value: f64) -> u64 {
        match self {
            Self::Exact(exact) => exact.count_below(value),
            Self::Histogram(histogram) => histogram.count_below(value),
            Self::Selection(selection) => selection.histogram().count_below(value),
            Self::Gathering(_) | Self::Absent => 0,
        }
    }

    /// The value at a rank from 0 in ascending order; `None` beyond the last.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        match self {
            Self::Exact(exact) => exact.order_statistic(rank),
            Self::Histogram(histogram) => histogram.order_statistic(rank),
            Self::Selection(selection) => selection.order_statistic(rank),
            Self::Gathering(_) | Self::Absent => None,
        }
    }

    /// The intervals at 95 % for the quantiles at probabilities that rise, from order statistics (see
    /// [`quantile_ranks`]); an end is `None` where the sample is too small to bound it.
    pub fn intervals<const N: usize>(
        &self,
        probabilities: [f64; N],
        grouping: Grouping,
    ) -> [Interval<Option<f64>>; N] {
        let Some(last) = self.count().checked_sub(1) else {
            return [Interval::default(); N];
        };
        let ranks = probabilities.map(|p| quantile_ranks(last + 1, p, Z_95, grouping));
        let pairs = ranks.map(|ranks| [ranks.lower.unwrap_or(0), ranks.upper.unwrap_or(last)]);
        let mut values = [[0.0; 2]; N];
        let read = match self {
            Self::Exact(exact) => exact.order_statistics(&pairs, &mut values),
            Self::Histogram(histogram) => histogram.order_statistics(&pairs, &mut values),
            Self::Selection(selection) => selection.order_statistics(&pairs, &mut values),
            Self::Gathering(_) | Self::Absent => false,
        };
        std::array::from_fn(|index| Interval {
            lower: ranks[index].lower.filter(|_| read).map(|_| values[index][0]),
            upper: ranks[index].upper.filter(|_| read).map(|_| values[index][1]),
        })
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
    let mut order: [usize; N] = std::array::from_fn(|index| index);
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    let ranks = order.map(|index| beside(last, probabilities[index]));
    let mut values = [[0.0; 2]; N];
    let mut quantiles = [None; N];
    if read(&ranks, &mut values) {
        for ((index, [rank, _]), [low, high]) in order.into_iter().zip(ranks).zip(values) {
            if (0.0..=1.0).contains(&probabilities[index]) {
                let fraction = position(last, probabilities[index]) - rank as f64;
                // Limited, because rounding may carry the sum past the upper value.
                let between = (low + (high - low) * fraction).clamp(low, high.max(low));
                quantiles[index] = Some(between);
            }
        }
    }
    quantiles
}

/// Reads the values at pairs of ranks one by one; false if one of them is not there.
pub(super) fn read_each(
    at: impl Fn(u64) -> Option<f64>,
    ranks: &[[u64; 2]],
    values: &mut [[f64; 2]],
) -> bool {
    ranks.iter().zip(values).all(|(ranks, values)| {
        let found = ranks.map(&at);
        *values = found.map(Option::unwrap_or_default);
        found.iter().all(Option::is_some)
    })
}

/// Where the quantile at `probability` stands among values of which `last` is the greatest rank.
fn position(last: u64, probability: f64) -> f64 {
    last as f64 * probability
}

/// The ranks on both sides of it.
fn beside(last: u64, probability: f64) -> [u64; 2] {
    let rank = (position(last, probability) as u64).min(last);
    [rank, (rank + 1).min(last)]
}

/// The ranks of the values out of which the quantile at `probability` is made.
fn ranks_beside(count: u64, probability: f64) -> impl Iterator<Item = u64> {
    count.checked_sub(1).into_iter().flat_map(move |last| beside(last, probability))
}

/// The rank of the value at the edge of the upper tail above `probability`, of which a part belongs to
/// the tail, as all at greater ranks do; `None` where there is no tail or it is all that there is.
pub(super) fn edge_of_tail(count: u64, probability: f64) -> Option<u64> {
    let whole = size_of_tail(count, probability)? as u64;
    count.checked_sub(whole)?.checked_sub(1)
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
        let interval = |p, grouping| {
            let [Interval { lower, upper }] = sample.intervals([p], grouping);
            (lower, upper)
        };
        assert_eq!(interval(0.5, Grouping::Independent), (Some(40.0), Some(61.0)));
        // Of pairs that may agree as of fifty draws: 50 ∓ 1.96 √2 · 5 = 50 ∓ 13.86.
        assert_eq!(interval(0.5, Grouping::Pairs), (Some(36.0), Some(65.0)));
        // p = 0.999 of a hundred: 99.9 + 0.62 lies beyond the last, so nothing bounds it above.
        assert_eq!(interval(0.999, Grouping::Independent), (Some(99.0), None));
    }
}
