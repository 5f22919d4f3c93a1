//! Which lanes of a block: one bit each.

use super::LANES;

/// Every lane.
pub const ALL_LANES: u64 = u64::MAX;

const _: () = assert!(LANES == 64);

/// Sets rows to nothing: as one stretch of memory, for filled row by row each would be copied.
#[inline(always)]
pub fn clear<T: Copy + Default>(rows: &mut [[T; LANES]]) {
    rows.as_flattened_mut().fill(T::default());
}

/// What each lane comes to: as `std::array::from_fn`, but a loop that is compiled for vectors.
#[inline(always)]
#[must_use]
pub fn each_lane<T: Copy + Default>(of: impl Fn(usize) -> T) -> [T; LANES] {
    let mut all = [T::default(); LANES];
    for lane in 0..LANES {
        all[lane] = of(lane);
    }
    all
}

/// The lanes whose flag is 1 (others are 0), the first lane at the lowest bit. Inlined, so that it is
/// compiled for the vectors of the kernel that calls it.
#[inline(always)]
#[must_use]
pub fn lanes_of(flags: &[u8; LANES]) -> u64 {
    let mut lanes = 0;
    for eight in 0..LANES / 8 {
        // Byte by byte, which is one word to read; a copy of eight would be a call.
        let mut bytes = [0; 8];
        for at in 0..8 {
            bytes[at] = flags[8 * eight + at];
        }
        // The lowest bits of eight bytes side by side: each is shifted to a place of its own in the
        // highest byte of the product.
        let gathered = u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        lanes |= gathered << (8 * eight);
    }
    lanes
}

/// The first so many lanes.
#[must_use]
pub fn first_lanes(count: usize) -> u64 {
    if count >= LANES { ALL_LANES } else { (1 << count) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_become_bits_in_order() {
        let mut flags = [0; LANES];
        for lane in [0, 1, 7, 8, 21, 62, 63] {
            flags[lane] = 1;
        }
        // 2⁰ + 2¹ + 2⁷ + 2⁸ + 2²¹ + 2⁶² + 2⁶³.
        assert_eq!(lanes_of(&flags), 0xC000_0000_0020_0183);
        assert_eq!(lanes_of(&[1; LANES]), ALL_LANES);
    }

    #[test]
    fn the_first_lanes_are_the_lowest_bits() {
        assert_eq!([0, 1, 63, 64, 65].map(first_lanes), [0, 1, u64::MAX >> 1, u64::MAX, u64::MAX]);
    }
}
