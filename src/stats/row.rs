//! One figure over a block of draws.

use super::block::BlockSums;
use crate::numeric::{ALL_LANES, LANES, first_lanes};

/// The values of a figure in a block of draws, and what they come to.
///
/// Draws without a value stand on one that occurs, so that they are no extreme of their own.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) values: [i64; LANES],
    /// The draws with a value, bit by bit, the first draw lowest.
    pub(super) present: u64,
    pub(super) sums: BlockSums,
}

impl Default for Row {
    /// Of a block without draws.
    fn default() -> Self {
        Self { values: [0; LANES], present: 0, sums: BlockSums::of(&[0; LANES]) }
    }
}

impl Row {
    /// Becomes that of other values, which are written into it: those of the draws whose bit of `present` is
    /// set, each between `least` and `greatest`, which occur; draws without a value stand on one that occurs.
    #[inline]
    pub fn refill(
        &mut self,
        present: u64,
        (least, greatest): (i64, i64),
        write: impl FnOnce(&mut [i64; LANES]),
    ) {
        write(&mut self.values);
        self.present = present;
        self.sums = if present == ALL_LANES {
            BlockSums::between(&self.values, (least, greatest))
        } else {
            BlockSums::of_some(&mut self.values, present).unwrap_or(self.sums)
        };
    }

    /// Becomes that of a full block whose values lie so far above the least, each less than
    /// [`NEAR`](Self::NEAR).
    #[inline]
    pub fn refill_near(&mut self, ends: (i64, i64), above: &[u32; LANES]) {
        self.present = ALL_LANES;
        self.sums = BlockSums::near(ends, above, &mut self.values);
    }

    /// So far above the least of them values may lie to be summed by their distances: 64 squares fit one word.
    pub const NEAR: u64 = 1 << 29;

    /// The values of the draws whose bit of `present` is set; nothing where there is none.
    #[inline]
    #[must_use]
    pub fn of(values: &[i64; LANES], present: u64) -> Option<Self> {
        let mut values = *values;
        let sums = if present == ALL_LANES {
            BlockSums::of(&values)
        } else {
            BlockSums::of_some(&mut values, present)?
        };
        Some(Self { values, present, sums })
    }

    /// Values, one for each draw, in blocks; the last may be shorter.
    pub(super) fn all_of(values: &[i64]) -> impl Iterator<Item = Self> {
        values.chunks(LANES).filter_map(|chunk| {
            let mut block = [0; LANES];
            block.get_mut(..chunk.len())?.copy_from_slice(chunk);
            Self::of(&block, first_lanes(chunk.len()))
        })
    }

    /// How many draws have a value.
    #[inline]
    pub(super) fn count(&self) -> u32 {
        self.present.count_ones()
    }

    /// Whether every draw has one.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.present == ALL_LANES
    }

    /// The values that there are.
    pub(super) fn present(&self) -> impl Iterator<Item = i64> + '_ {
        in_lanes(&self.values, self.present)
    }
}

/// The values whose bit is set.
pub(super) fn in_lanes(values: &[i64; LANES], which: u64) -> impl Iterator<Item = i64> + '_ {
    let of = move |(lane, value): (usize, &i64)| ((which >> lane) & 1 == 1).then_some(*value);
    values.iter().enumerate().filter_map(of)
}
