//! What a histogram says of the values that it has counted.

use super::Histogram;
use super::bins::Held;
use crate::stats::quantiles::{size_of_tail, type_7};
use std::ops::ControlFlow;

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
        let mut before = 0;
        let mut next = [0, 0];
        // The least rank that is still to be found: most bins lie below it.
        let wanted = |next: [usize; 2]| {
            let rank = |side: usize| ranks.get(next[side]).map_or(u64::MAX, |rank| rank[side]);
            rank(0).min(rank(1))
        };
        let mut least = wanted(next);
        let read = self.held().try_for_each(|held| {
            let end = before + held.count;
            if end <= least && next[1] < ranks.len() {
                before = end;
                return ControlFlow::Continue(());
            }
            for (side, next) in next.iter_mut().enumerate() {
                while let Some(rank) = ranks.get(*next).filter(|rank| rank[side] < end) {
                    values[*next][side] = self.value_in(&held, rank[side] - before);
                    *next += 1;
                }
            }
            least = wanted(next);
            before = end;
            if next[1] == ranks.len() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        read.is_break()
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
