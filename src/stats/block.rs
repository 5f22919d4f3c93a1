//! What the values of one block of draws come to, worked out in vectors.

use super::wide::Wide;
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// Extremes and exact sums of the values of a full block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockSums {
    /// The least value.
    pub least: i64,
    /// The greatest value.
    pub greatest: i64,
    /// Their sum.
    pub sum: i128,
    pub(super) squares: Wide,
}

/// Magnitudes below this have squares that a block can sum in three words of 64 bits: 2⁵¹.
const SMALL: i64 = 1 << 51;

/// Bits of the low part of a magnitude; squares are summed as low², low · high and high².
const LOW_BITS: u32 = 24;
const LOW: u64 = (1 << LOW_BITS) - 1;
/// Nothing of a small magnitude; it lets a product of halves be one instruction.
const HALF: u64 = u32::MAX as u64;

/// The sums of a block of small values.
#[derive(Clone, Copy, Default)]
struct Sums {
    sum: i64,
    low: u64,
    cross: u64,
    high: u64,
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, value: i64) {
        let magnitude = value.unsigned_abs();
        let (low, high) = (magnitude & LOW, (magnitude >> LOW_BITS) & HALF);
        self.sum = self.sum.wrapping_add(value);
        self.low = self.low.wrapping_add(low * low);
        self.cross = self.cross.wrapping_add(low * high);
        self.high = self.high.wrapping_add(high * high);
    }

    fn squares(&self) -> Wide {
        let low = u128::from(self.low) + (u128::from(self.cross) << (LOW_BITS + 1));
        Wide::from(low + (u128::from(self.high) << (2 * LOW_BITS)))
    }
}

vectorised! {
    /// Sets the lanes whose bit of `present` is not set to a value.
    pub(crate) fn fill(values: &mut [i64; LANES], present: u64, value: i64) {
        for lane in 0..LANES {
            let keeps = (present >> lane) & 1 == 1;
            values[lane] = if keeps { values[lane] } else { value };
        }
    }

    /// The least and the greatest value.
    pub(crate) fn ends(values: &[i64; LANES]) -> (i64, i64) {
        let (mut least, mut greatest) = (i64::MAX, i64::MIN);
        for &value in values {
            least = least.min(value);
            greatest = greatest.max(value);
        }
        (least, greatest)
    }

    fn summed(values: &[i64; LANES]) -> Sums {
        let mut sums = Sums::default();
        for &value in values {
            sums.add(value);
        }
        sums
    }

    /// Writes values that lie above the least; gives the sums of these distances and of their squares.
    fn raise(above: &[u32; LANES], least: i64, values: &mut [i64; LANES]) -> [u64; 2] {
        let (mut sum, mut squares) = (0_u64, 0_u64);
        for lane in 0..LANES {
            let distance = u64::from(above[lane]);
            values[lane] = least.wrapping_add(distance as i64);
            sum = sum.wrapping_add(distance);
            squares = squares.wrapping_add(distance * distance);
        }
        [sum, squares]
    }

    fn summed_pairs(values: &[i64; LANES]) -> Sums {
        let mut sums = Sums::default();
        for pair in values.as_chunks::<2>().0 {
            sums.add(pair[0].wrapping_add(pair[1]));
        }
        sums
    }

    fn summed_by_sixteen(values: &[i64; LANES]) -> [i64; 16] {
        let mut sums = [0_i64; 16];
        for row in values.as_chunks::<16>().0 {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(*value);
            }
        }
        sums
    }
}

impl BlockSums {
    /// Sums up the lanes of a block whose bit of `present` is set, and sets the others to one of these
    /// values, so that they are none that does not occur; `None` if there is no lane.
    #[must_use]
    pub fn of_some(values: &mut [i64; LANES], present: u64) -> Option<Self> {
        let known = *values.get(present.trailing_zeros() as usize)?;
        fill(values, present, known);
        let filled = Self::of(values);
        let absent = u64::from(present.count_zeros());
        let magnitude = known.unsigned_abs();
        let squares = Wide::product(magnitude, u128::from(magnitude) * u128::from(absent));
        Some(Self {
            sum: filled.sum - i128::from(known) * i128::from(absent),
            squares: filled.squares.minus(squares),
            ..filled
        })
    }

    /// Sums up a block.
    #[inline]
    #[must_use]
    pub fn of(values: &[i64; LANES]) -> Self {
        Self::between(values, ends(values))
    }

    /// Sums up a block with these extremes; quickest where all values are equal.
    #[inline]
    pub(super) fn between(values: &[i64; LANES], (least, greatest): (i64, i64)) -> Self {
        if least == greatest {
            return Self::of_equal(least);
        }
        if least > -SMALL && greatest < SMALL {
            let sums = summed(values);
            let sum = i128::from(sums.sum);
            return Self { least, greatest, sum, squares: sums.squares() };
        }
        let mut squares = Wide::default();
        for value in values {
            squares.add_square(*value);
        }
        let sum = values.iter().copied().map(i128::from).sum();
        Self { least, greatest, sum, squares }
    }

    /// Writes a block of values whose distances above the least are known, below 2²⁹ each, and sums it up:
    /// with distances d from a, Σ(a + d) = na + Σd, and Σ(a + d)² = a(na + 2Σd) + Σd².
    #[inline]
    pub(super) fn near(
        (least, greatest): (i64, i64),
        above: &[u32; LANES],
        values: &mut [i64; LANES],
    ) -> Self {
        let [distances, squares] = raise(above, least, values);
        let (from, all) = (i128::from(least), i128::from(least) * LANES as i128);
        let distances = i128::from(distances);
        let factor = all + 2 * distances;
        let product = Wide::product(least.unsigned_abs(), factor.unsigned_abs());
        let mut squares = Wide::from(squares);
        // The product is negative where the least value is, and values as a whole are not.
        if (from < 0) == (factor < 0) {
            squares.add(product);
        } else {
            squares = squares.minus(product);
        }
        Self { least, greatest, sum: all + distances, squares }
    }

    fn of_equal(value: i64) -> Self {
        let sum = i128::from(value) * LANES as i128;
        let magnitude = value.unsigned_abs();
        let squares = Wide::product(magnitude, u128::from(magnitude) * LANES as u128);
        Self { least: value, greatest: value, sum, squares }
    }

    /// Whether all values are equal.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.least == self.greatest
    }

    /// Whether every magnitude is below 2⁵¹, where an `f64` holds it and its neighbours.
    #[must_use]
    pub(super) fn is_small(&self) -> bool {
        self.least > -SMALL && self.greatest < SMALL
    }

    /// The squares of the sums of draws 2k and 2k + 1, summed; `values` are those of this block.
    pub(super) fn squares_of_pairs(&self, values: &[i64; LANES]) -> Wide {
        if self.is_small() {
            return summed_pairs(values).squares();
        }
        let mut squares = Wide::default();
        for pair in values.as_chunks::<2>().0 {
            squares.add_square_of_sum(pair[0], pair[1]);
        }
        squares
    }

    /// The sums of draws with the same number modulo 16.
    pub(super) fn by_sixteen(&self, values: &[i64; LANES]) -> [i128; 16] {
        if self.is_small() {
            return summed_by_sixteen(values).map(i128::from);
        }
        let of =
            |group: usize| values.iter().skip(group).step_by(16).copied().map(i128::from).sum();
        std::array::from_fn(of)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::numeric::simd::{Level, choose, level};

    #[test]
    fn a_constant_block_is_known_without_adding() {
        // 64 · 3 = 192, 64 · 9 = 576.
        let sums = BlockSums::of(&[-3; LANES]);
        assert_eq!((sums.least, sums.greatest, sums.sum), (-3, -3, -192));
        assert_eq!(sums.squares, Wide::from(576_u128));
        assert!(sums.is_constant());
        // (2⁶³)² · 64 = 2¹³²: past 128 bits.
        let greatest = BlockSums::of(&[i64::MIN; LANES]).squares.to_f64();
        assert_eq!(greatest, 16.0 * 340_282_366_920_938_463_463_374_607_431_768_211_456.0);
    }

    #[test]
    fn the_least_magnitude_that_is_not_small_is_summed_apart() {
        for edge in [SMALL - 1, SMALL, -SMALL + 1, -SMALL] {
            let mut values = [0; LANES];
            values[7] = edge;
            let sums = BlockSums::of(&values);
            let square = i128::from(edge) * i128::from(edge);
            assert_eq!(sums.squares, Wide::from(square.unsigned_abs()));
            assert_eq!(sums.is_small(), edge.abs() < SMALL);
        }
    }

    #[test]
    fn sums_by_distances_are_those_of_the_values() {
        let before = level();
        for least in [i64::MIN, -(1 << 62), -SMALL, -1_000, -1, 0, 1, SMALL - 1, 1 << 62] {
            for reach in [1_u32, 63, 1 << 20, (1 << 29) - 1] {
                let mut above = [0; LANES];
                for (lane, above) in above.iter_mut().enumerate() {
                    *above = reach - reach / (lane as u32 + 1);
                }
                // The least and the greatest distance, which most values have in turn.
                let all_far = [[0; 1].as_slice(), &[reach; LANES - 1]].concat().try_into().unwrap();
                above[LANES - 1] = reach;
                for above in [above, all_far] {
                    let values = above.map(|distance| least + i64::from(distance));
                    let expected = BlockSums::of(&values);
                    for width in Level::ALL {
                        choose(width);
                        let mut written = [0; LANES];
                        let ends = (least, least + i64::from(reach));
                        assert_eq!(BlockSums::near(ends, &above, &mut written), expected);
                        assert_eq!(written, values);
                    }
                }
            }
        }
        choose(before);
    }

    #[test]
    fn lanes_that_are_absent_count_for_nothing() {
        // 5 in lane 3 and -2 in lane 60: sum 3, squares 25 + 4.
        let mut values = [i64::MIN; LANES];
        (values[3], values[60]) = (5, -2);
        let sums = BlockSums::of_some(&mut values, 1 << 3 | 1 << 60).unwrap();
        assert_eq!((sums.least, sums.greatest, sums.sum), (-2, 5, 3));
        assert_eq!(sums.squares, Wide::from(29_u128));
        assert_eq!(BlockSums::of_some(&mut values, 0), None);
    }

    fn any_block() -> impl Strategy<Value = [i64; LANES]> {
        (0_u32..63, any::<[i64; 32]>(), any::<[i64; 32]>()).prop_map(|(shift, a, b)| {
            std::array::from_fn(
                |lane| if lane < 32 { a[lane] >> shift } else { b[lane - 32] >> shift },
            )
        })
    }

    proptest! {
        #[test]
        fn every_vector_width_sums_as_one_by_one(values in any_block()) {
            let mut squares = Wide::default();
            let mut pairs = Wide::default();
            for value in &values {
            squares.add_square(*value);
        }
            values.as_chunks::<2>().0.iter().for_each(|pair| pairs.add_square_of_sum(pair[0], pair[1]));
            let before = level();
            for width in Level::ALL {
                choose(width);
                let sums = BlockSums::of(&values);
                prop_assert_eq!(Some(&sums.least), values.iter().min());
                prop_assert_eq!(Some(&sums.greatest), values.iter().max());
                prop_assert_eq!(sums.sum, values.iter().copied().map(i128::from).sum::<i128>());
                prop_assert_eq!(sums.squares, squares);
                prop_assert_eq!(sums.squares_of_pairs(&values), pairs);
                for (group, sum) in sums.by_sixteen(&values).into_iter().enumerate() {
                    let alone = (0..4).map(|row| i128::from(values[group + 16 * row])).sum::<i128>();
                    prop_assert_eq!(sum, alone);
                }
            }
            choose(before);
        }
    }
}
