//! A page of bins, a byte each, in vectors: values of a block that lie close together are counted bin by bin.

use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, lanes_of};

/// Bins that are opened together: as many bytes as a line of the caches.
pub(super) const PAGE: usize = 64;
/// Values of a block that lie in pages of so many bins are counted bin by bin.
pub(super) const TOGETHER: usize = 2 * PAGE;
/// The place of what is not asked about: behind them.
pub(super) const NOWHERE: u8 = u8::MAX;

/// In the byte of a bin: its values differ. The other bits are its count modulo 128.
pub(super) const MIXED: u8 = 0x80;
pub(super) const COUNT: u8 = 0x7F;

vectorised! {
    /// The place of each key from the first one on; of lanes whose bit of `which` is not set none.
    pub(super) fn places_from(first: u16, keys: &[u16; LANES], which: u64, places: &mut [u8; LANES]) {
        for lane in 0..LANES {
            let is_asked = (which >> lane) & 1 == 1;
            places[lane] = if is_asked { keys[lane].wrapping_sub(first) as u8 } else { NOWHERE };
        }
    }

    /// How many stand in each place from one to before another.
    pub(super) fn count_places(places: &[u8; LANES], ends: [usize; 2], counts: &mut [u8; TOGETHER]) {
        let [least, end] = ends;
        for place in least..end {
            let mut count = 0;
            for lane in 0..LANES {
                count += u8::from(places[lane] == place as u8);
            }
            counts[place % TOGETHER] = count;
        }
    }

    /// Adds counts to the mixed bins of a page. Gives what is left to do: bins that are not mixed, and
    /// mixed ones whose bytes have run over.
    pub(super) fn join(page: &mut [u8; PAGE], counts: &[u8; PAGE]) -> (u64, u64) {
        let (mut odd, mut over) = ([0; PAGE], [0; PAGE]);
        let mut any = 0;
        for bin in 0..PAGE {
            let (before, count) = (page[bin], counts[bin]);
            let sum = before.wrapping_add(count);
            let is_mixed = before >= MIXED;
            odd[bin] = u8::from(count != 0) & u8::from(!is_mixed);
            over[bin] = u8::from(sum < MIXED) & u8::from(is_mixed);
            page[bin] = if is_mixed { sum | MIXED } else { before };
            any |= odd[bin] | over[bin];
        }
        if any == 0 { (0, 0) } else { (lanes_of(&odd), lanes_of(&over)) }
    }

    /// Which bins of a page hold something.
    pub(super) fn occupied_in(page: &[u8; PAGE]) -> u64 {
        let mut occupied = [0; PAGE];
        for bin in 0..PAGE {
            occupied[bin] = u8::from(page[bin] != 0);
        }
        lanes_of(&occupied)
    }

    /// The lanes whose place is one of these bins of a page.
    pub(super) fn lanes_in(bins: u64, places: &[u8; LANES], first: u8) -> u64 {
        let mut lanes = [0; LANES];
        for lane in 0..LANES {
            let place = places[lane].wrapping_sub(first);
            lanes[lane] = if place < PAGE as u8 { (bins >> (place % PAGE as u8)) as u8 & 1 } else { 0 };
        }
        lanes_of(&lanes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_join_mixed_bins_and_tell_of_the_others() {
        // Bin 3 is mixed and holds 5, bin 7 is mixed and holds 120, bin 9 holds a value alone.
        let mut page = [0; PAGE];
        (page[3], page[7], page[9]) = (MIXED + 5, MIXED + 120, 2);
        let mut places = [NOWHERE; LANES];
        places[..4].fill(3);
        places[4..14].fill(7);
        (places[20], places[63], places[40]) = (9, 9, 11);
        let mut counts = [0; TOGETHER];
        count_places(&places, [3, 12], &mut counts);
        assert_eq!([3, 7, 9, 11, 12].map(|place| counts[place]), [4, 10, 2, 1, 0]);
        let (odd, over) = join(&mut page, counts.as_chunks().0.first().unwrap());
        // 120 + 10 runs over 128 by 2; the value that is alone and the empty bin stay as they were.
        assert_eq!((odd, over), (1 << 9 | 1 << 11, 1 << 7));
        assert_eq!([3, 7, 9, 11].map(|bin| page[bin]), [MIXED + 9, MIXED + 2, 2, 0]);
        assert_eq!(lanes_in(odd, &places, 0), 1 << 20 | 1 << 63 | 1 << 40);
        assert_eq!(occupied_in(&page), 1 << 3 | 1 << 7 | 1 << 9);
    }
}
