//! What a histogram says of the values that it has counted.

use super::{Bin, Histogram};
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
    fn order_statistics(&self, ranks: &[[u64; 2]], values: &mut [[f64; 2]]) -> bool {
        let mut before = 0;
        let mut next = [0, 0];
        for bin in self.bins() {
            let end = before + bin.count;
            for (side, next) in next.iter_mut().enumerate() {
                while let Some(rank) = ranks.get(*next).filter(|rank| rank[side] < end) {
                    values[*next][side] = self.value_in(&bin, before, rank[side]);
                    *next += 1;
                }
            }
            if next[1] == ranks.len() {
                return true;
            }
            before = end;
        }
        false
    }

    /// The value at a rank within a bin that begins at rank `before`: the heaps at both ends of the
    /// whole as often as known, a value that is alone in its bin, and the rest spread evenly between
    /// the bounds of theirs.
    fn value_in(&self, bin: &Bin, before: u64, rank: u64) -> f64 {
        if rank < self.at_least {
            return self.least as f64;
        }
        if rank + self.at_greatest >= self.count {
            return self.greatest as f64;
        }
        let (least, greatest) = (bin.least as f64, bin.greatest as f64);
        let end = before + bin.count;
        let first_between = before + if before == 0 { self.at_least } else { 0 };
        let end_between = end - if end == self.count { self.at_greatest } else { 0 };
        let share = (rank - first_between + 1) as f64 / (end_between - first_between + 1) as f64;
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
        let wanted = size_of_tail(self.count, probability).filter(|_| self.window.is_summing())?;
        let mut left = wanted;
        let mut sum = 0.0;
        let bins: Vec<Bin> = self.bins().collect();
        for (place, bin) in bins.iter().enumerate().rev() {
            let count = bin.count as f64;
            if count <= left {
                sum += bin.sum as f64;
                left -= count;
                continue;
            }
            // The heap at the greatest value first, then the greater part of the others.
            let heap = if place + 1 == bins.len() { self.at_greatest as f64 } else { 0.0 };
            let from_heap = left.min(heap);
            sum += from_heap * self.greatest as f64;
            left -= from_heap;
            if left > 0.0 {
                let others = count - heap;
                let mean = (bin.sum as f64 - heap * self.greatest as f64) / others;
                // Values spread evenly about the mean as far as the bin allows: the greatest `left`
                // of `others` have their mean that much above it.
                let reach = (bin.greatest as f64 - mean).min(mean - bin.least as f64).max(0.0);
                sum += left * (mean + reach * (1.0 - left / others));
            }
            break;
        }
        Some(sum / wanted)
    }

    /// How many values lie below `value`, as they are reconstructed.
    pub fn count_below(&self, value: f64) -> u64 {
        let mut before = 0;
        for bin in self.bins() {
            if bin.least as f64 >= value {
                break;
            }
            if bin.greatest as f64 >= value {
                // Values rise with the rank: halve the bin.
                let (mut below, mut not_below) = (before, before + bin.count);
                while below < not_below {
                    let rank = below + (not_below - below) / 2;
                    if self.value_in(&bin, before, rank) < value {
                        below = rank + 1;
                    } else {
                        not_below = rank;
                    }
                }
                return below;
            }
            before += bin.count;
        }
        before
    }
}
