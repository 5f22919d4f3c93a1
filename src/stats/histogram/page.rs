//! A page of bins, in vectors.

use crate::numeric::lanes_of;
use crate::numeric::simd::vectorised;

/// Bins that are opened together.
pub(super) const PAGE: usize = 64;

/// In the word of a bin: its values differ. The other bits are its count modulo [`OVER`].
pub(super) const MIXED: u16 = 0x8000;
/// A count from which the word of a bin runs over.
pub(super) const OVER: u16 = MIXED;
pub(super) const COUNT: u16 = OVER - 1;

/// One value that has been counted, in the word of its bin.
pub(super) const ONE: u32 = 1 << 16;

vectorised! {
    /// Adds what has been counted, below [`OVER`] in each bin, to the mixed bins of a page, and leaves only the
    /// words of bins that are not mixed. Gives the bins that have such a word, and those that have run over.
    pub(super) fn join(page: &mut [u16; PAGE], counted: &mut [u32; PAGE]) -> [u64; 2] {
        let (mut odd, mut over) = ([0_u8; PAGE], [0_u8; PAGE]);
        let (mut any_odd, mut any_over) = (0, 0);
        for bin in 0..PAGE {
            let (before, count) = (page[bin], (counted[bin] / ONE) as u16);
            let is_mixed = before >= MIXED;
            let sum = (before & COUNT) + count;
            page[bin] = if is_mixed { sum | MIXED } else { before };
            let left = if is_mixed { 0 } else { count };
            counted[bin] = if is_mixed { 0 } else { counted[bin] };
            any_odd |= left;
            odd[bin] = u8::from(left != 0);
            let has_run_over = u16::from(sum >= OVER) & u16::from(is_mixed);
            over[bin] = has_run_over as u8;
            any_over |= has_run_over;
        }
        [
            if any_odd == 0 { 0 } else { lanes_of(&odd) },
            if any_over == 0 { 0 } else { lanes_of(&over) },
        ]
    }

    /// Whether nothing has been counted.
    pub(super) fn is_empty(counted: &[u32; PAGE]) -> bool {
        let mut any = 0;
        for bin in 0..PAGE {
            any |= counted[bin];
        }
        any == 0
    }

    /// How many values the mixed bins of a page hold, but for what has run over; 0 of others.
    pub(super) fn mixed_in(page: &[u16; PAGE], counts: &mut [u64; PAGE]) {
        for bin in 0..PAGE {
            let count = page[bin] & COUNT;
            counts[bin] = u64::from(if page[bin] >= MIXED { count } else { 0 });
        }
    }

    /// Which bins of a page hold a value alone.
    pub(super) fn alone_in(page: &[u16; PAGE]) -> u64 {
        let mut alone = [0; PAGE];
        for bin in 0..PAGE {
            alone[bin] = u8::from(page[bin] != 0) & u8::from(page[bin] < MIXED);
        }
        lanes_of(&alone)
    }

    /// Which bins of a page hold something.
    pub(super) fn occupied_in(page: &[u16; PAGE]) -> u64 {
        let mut occupied = [0; PAGE];
        for bin in 0..PAGE {
            occupied[bin] = u8::from(page[bin] != 0);
        }
        lanes_of(&occupied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_join_mixed_bins_and_tell_of_the_others() {
        // Bin 3 is mixed and holds 5, bin 7 is mixed and holds 32,760, bin 9 holds a value alone.
        let (mut page, mut counts) = ([0; PAGE], [0; PAGE]);
        (page[3], page[7], page[9]) = (MIXED + 5, MIXED + 32_760, 2);
        (counts[3], counts[7], counts[9], counts[11]) = (4 * ONE + 5, 10 * ONE, 2 * ONE + 3, ONE);
        assert!(!is_empty(&counts));
        let [odd, over] = join(&mut page, &mut counts);
        // 32,760 + 10 runs over 32,768 by 2; the value that is alone and the empty bin stay as they were.
        assert_eq!([odd, over], [1 << 9 | 1 << 11, 1 << 7]);
        assert_eq!([3, 7, 9, 11].map(|bin| page[bin]), [MIXED + 9, MIXED + 2, 2, 0]);
        assert_eq!([3, 7, 9, 11].map(|bin| counts[bin]), [0, 0, 2 * ONE + 3, ONE]);
        assert_eq!(occupied_in(&page), 1 << 3 | 1 << 7 | 1 << 9);
        assert_eq!(join(&mut page, &mut [0; PAGE]), [0, 0]);
    }
}
