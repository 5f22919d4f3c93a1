//! What a histogram says of the values that it has counted.

use super::bins::{Held, Walk};
use super::{Between, Histogram, in_order};
use crate::stats::quantiles::{size_of_tail, type_7};

impl Histogram {
    /// The value at a rank from 0 in ascending order, reconstructed; `None` beyond the last.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        let mut values = [[0.0; 2]];
        self.order_statistics(&[[rank; 2]], &mut values).then_some(values[0][0])
    }

    /// The quantile at `probability` (Hyndman & Fan 1996, type 7, doi:10.2307/2684934) of the
    /// reconstructed values; `None` without values or with a probability outside 0…1.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        let [quantile] = self.quantiles([probability]);
        quantile
    }

    /// Several quantiles in one passage.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> [Option<f64>; N] {
        type_7(self.count, probabilities, |ranks, values| self.order_statistics(ranks, values))
    }

    /// The values at pairs of ranks, of which the first rise and the second rise, none below its
    /// first; false if one lies beyond the last value.
    pub(in crate::stats) fn order_statistics(
        &self,
        ranks: &[[u64; 2]],
        values: &mut [[f64; 2]],
    ) -> bool {
        let mut search = Search { of: self, ranks, values, next: [0, 0], before: 0, wanted: 0 };
        search.look_further();
        search.pass(&self.at_the_least());
        match &self.between {
            Between::Few(few) => in_order(few).for_each(|held| search.pass(&held)),
            Between::Bins(bins) => bins.walk((self.least, self.greatest), &mut search),
        }
        search.pass(&self.at_the_greatest());
        search.is_over()
    }

    /// The value at a rank within a bin: the only one there is, or values spread evenly between its
    /// bounds.
    fn value_in(&self, held: &Held, rank: u64) -> f64 {
        if let Some(value) = held.alone {
            return value as f64;
        }
        let (least, greatest) = self.bounds(held);
        let (least, greatest) = (least as f64, greatest as f64);
        let share = (rank + 1) as f64 / (held.count + 1) as f64;
        (least + (greatest - least) * share).min(greatest)
    }

    /// The mean of the greatest values, as large a share of all as lies above `probability`, where
    /// the histogram was made [`with_sums`](Histogram::with_sums): the expected shortfall of
    /// Rockafellar & Uryasev (2002, doi:10.1016/S0378-4266(02)00271-6). `None` without sums or
    /// values, and with a probability outside 0…1 or 1 itself.
    ///
    /// Exact in the bins that lie wholly within the share; of the one that is split, values are
    /// taken as spread evenly about its mean.
    pub fn tail_mean(&self, probability: f64) -> Option<f64> {
        let wanted = size_of_tail(self.count, probability).filter(|_| self.summing)?;
        let mut left = wanted;
        let mut sum = 0.0;
        let held: Vec<Held> = self.held().collect();
        for held in held.iter().rev() {
            let (count, total) = (held.count as f64, held.sum as f64);
            if count <= left {
                sum += total;
                left -= count;
                continue;
            }
            // Values spread evenly about their mean as far as the bin allows: the greatest `left` of
            // them have their mean that much above it.
            let (least, greatest) = self.bounds(held);
            let mean = total / count;
            let reach = (greatest as f64 - mean).min(mean - least as f64).max(0.0);
            sum += left * (mean + reach * (1.0 - left / count));
            break;
        }
        Some(sum / wanted)
    }

    /// How many values lie below `value`, as they are reconstructed.
    pub fn count_below(&self, value: f64) -> u64 {
        let mut before = 0;
        for held in self.held() {
            let (least, greatest) = self.bounds(&held);
            if least as f64 >= value {
                break;
            }
            if greatest as f64 >= value {
                // Values rise with the rank: halve the bin.
                let (mut below, mut not_below) = (0, held.count);
                while below < not_below {
                    let rank = below + (not_below - below) / 2;
                    if self.value_in(&held, rank) < value {
                        below = rank + 1;
                    } else {
                        not_below = rank;
                    }
                }
                return before + below;
            }
            before += held.count;
        }
        before
    }
}

/// Looks for the values at pairs of ranks while what is held goes by in ascending order.
struct Search<'a> {
    of: &'a Histogram,
    ranks: &'a [[u64; 2]],
    values: &'a mut [[f64; 2]],
    /// The next rank of each side.
    next: [usize; 2],
    /// How many values have gone by.
    before: u64,
    /// The least rank that is still to be found: most of what is held lies below it.
    wanted: u64,
}

impl Search<'_> {
    fn look_further(&mut self) {
        let rank =
            |side: usize| self.ranks.get(self.next[side]).map_or(u64::MAX, |rank| rank[side]);
        self.wanted = rank(0).min(rank(1));
    }

    /// What is held goes by.
    fn pass(&mut self, held: &Held) {
        if self.passes(held.count) {
            self.find(held);
        }
    }
}

impl Walk for Search<'_> {
    #[inline(always)]
    fn passes(&mut self, count: u64) -> bool {
        let end = self.before + count;
        let is_wanted = end > self.wanted;
        if !is_wanted {
            self.before = end;
        }
        is_wanted
    }

    fn find(&mut self, held: &Held) {
        let end = self.before + held.count;
        for side in 0..2 {
            while let Some(rank) = self.ranks.get(self.next[side]).filter(|rank| rank[side] < end) {
                self.values[self.next[side]][side] =
                    self.of.value_in(held, rank[side] - self.before);
                self.next[side] += 1;
            }
        }
        self.look_further();
        self.before = end;
    }

    fn is_over(&self) -> bool {
        self.next[1] == self.ranks.len()
    }
}
