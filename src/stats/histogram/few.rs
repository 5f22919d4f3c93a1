//! Values of a figure that takes few of them, each with how often.

use crate::numeric::LANES;
use crate::numeric::simd::vectorised;
use crate::stats::block::fill;
use crate::stats::row::Row;

/// How many different values are kept as they are.
pub(super) const MOST: usize = 16;

/// Up to sixteen different values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Few {
    values: [i64; MOST],
    counts: [u64; MOST],
    /// How many of them there are.
    len: usize,
}

vectorised! {
    /// How often each of the first `len` values occurs in a block.
    fn occurrences(of: &[i64; MOST], len: usize, block: &[i64; LANES]) -> [u64; MOST] {
        let mut counts = [0; MOST];
        for (count, value) in counts.iter_mut().zip(of).take(len) {
            *count = block.iter().map(|other| u64::from(other == value)).sum();
        }
        counts
    }
}

impl Few {
    /// Counts the values of a row between the extremes, if none of them is new; false, and nothing is
    /// counted, if one is.
    pub(super) fn add_row(&mut self, row: &Row, between: u64, least: i64) -> bool {
        if row.is_full() {
            return self.add_block(&row.values, between.count_ones());
        }
        // What is absent is set to an extreme: that is none of the few.
        let mut filled = row.values;
        fill(&mut filled, row.present, least);
        self.add_block(&filled, between.count_ones())
    }

    /// Counts the values of a block, of which so many are no extremes, if none of them is new;
    /// false, and nothing is counted, if one is.
    fn add_block(&mut self, block: &[i64; LANES], between: u32) -> bool {
        let counts = occurrences(&self.values, self.len, block);
        if counts.iter().sum::<u64>() != u64::from(between) {
            return false;
        }
        self.counts.iter_mut().zip(counts).for_each(|(kept, count)| *kept += count);
        true
    }

    /// Counts a value; false if it is new and there is no room.
    pub(super) fn add(&mut self, value: i64, times: u64) -> bool {
        let known = self.values.iter().take(self.len).position(|kept| *kept == value);
        let place = known.unwrap_or(self.len);
        let (Some(kept), Some(count)) = (self.values.get_mut(place), self.counts.get_mut(place))
        else {
            return false;
        };
        *kept = value;
        *count += times;
        self.len = self.len.max(place + 1);
        true
    }

    /// Each value and how often it occurred, in the order of arrival.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (i64, u64)> + '_ {
        self.values.iter().copied().zip(self.counts).take(self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_counted_whole_or_not_at_all() {
        let mut few = Few::default();
        assert!(few.add(5, 1) && few.add(-7, 2) && few.add(5, 3));
        let mut block = [5; LANES];
        (block[1], block[63]) = (-7, 100);
        // One of the 64 is an extreme and not asked about.
        assert!(few.add_block(&block, 63));
        assert!(!few.add_block(&block, 64));
        assert_eq!(few.pairs().collect::<Vec<_>>(), [(5, 4 + 62), (-7, 3)]);
    }

    #[test]
    fn the_seventeenth_value_has_no_room() {
        let mut few = Few::default();
        assert!((0..16).all(|value| few.add(value, 1)));
        assert!(!few.add(16, 1));
        assert!(few.add(0, 1));
        assert_eq!(few.pairs().map(|(_, count)| count).sum::<u64>(), 17);
    }
}
