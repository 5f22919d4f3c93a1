//! Sobol points, scrambled.
//!
//! Draw d is point ⌊d/16⌋ of scramble d mod 16. The 16 scrambles are independent, so any number of draws
//! works and their 16 means tell the error. Points are counted in plain binary, without a Gray code:
//! the first 2^k points are the same set either way.

use super::GROUPS;
use super::directions::reversed_directions;
use super::scramble::{Key, scramble};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};
use crate::random::stream::{Bits, bits, open_unit, words_at_the_end};

/// How many points a block of draws can touch, wherever it starts.
const TOUCHED: usize = LANES / GROUPS + 1;

/// One dimension of the points of a run.
#[derive(Clone, Debug)]
pub struct Sobol {
    seed: u64,
    stream: u64,
    directions: [u32; 32],
    keys: [Key; GROUPS],
}

impl Sobol {
    /// A dimension below 256. The scrambles belong to the stream, not to the dimension.
    pub fn new(seed: u64, stream: u64, dimension: usize) -> Self {
        Self {
            seed,
            stream,
            directions: reversed_directions(dimension),
            keys: std::array::from_fn(|group| words_at_the_end(seed, stream, group as u64)),
        }
    }

    /// The block of draws from `first_draw` on, strictly between 0 and 1: 32 digits of the point, below
    /// them random ones, so that no value is possible only in steps.
    pub fn uniforms(&self, first_draw: u64, out: &mut Lanes) {
        let mut below: Bits = [0; LANES];
        bits(self.seed, self.stream, first_draw, &mut below);
        let first_point = first_draw / GROUPS as u64;
        let touched: [u32; TOUCHED] =
            std::array::from_fn(|at| self.point(first_point.wrapping_add(at as u64) as u32));
        let skipped = (first_draw % GROUPS as u64) as usize;
        let (mut points, mut keys) = ([0; LANES], [[0; LANES]; 4]);
        for (lane, point) in points.iter_mut().enumerate() {
            let at = skipped + lane;
            *point = touched[at / GROUPS];
            for (words, word) in keys.iter_mut().zip(self.keys[at % GROUPS]) {
                words[lane] = word;
            }
        }
        scrambled(&points, &keys, &below, out);
    }

    /// An unscrambled point, the first digit lowest. After 2³² points they repeat.
    fn point(&self, index: u32) -> u32 {
        self.directions.iter().enumerate().fold(0, |point, (digit, direction)| {
            let is_set = index >> digit & 1;
            point ^ direction & is_set.wrapping_neg()
        })
    }
}

vectorised! {
    /// Scrambled points with random digits below.
    fn scrambled(
        points: &[u32; LANES],
        keys: &[[u32; LANES]; 4],
        below: &Bits,
        out: &mut Lanes,
    ) {
        for lane in 0..LANES {
            let key = [keys[0][lane], keys[1][lane], keys[2][lane], keys[3][lane]];
            let digits = scramble(points[lane], key).reverse_bits();
            out[lane] = open_unit(u64::from(digits) << 32 | below[lane] & 0xFFFF_FFFF);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The points of one scramble as shares of 2^digits, by dimension.
    fn net(seed: u64, dimensions: &[usize], scramble: u64, digits: u32) -> Vec<Vec<usize>> {
        dimensions
            .iter()
            .map(|&dimension| {
                let points = Sobol::new(seed, 1000 + dimension as u64, dimension);
                let mut block = [0.0; LANES];
                (0..1_u64 << digits)
                    .map(|index| {
                        points.uniforms(index * 16 + scramble, &mut block);
                        (block[0] * f64::from(1 << digits)) as usize
                    })
                    .collect()
            })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn every_scramble_has_one_point_in_each_slice_of_every_dimension(
            seed: u64, dimension in 0..256_usize, scramble in 0..16_u64, digits in 0..8_u32,
        ) {
            let mut slices = net(seed, &[dimension], scramble, digits).remove(0);
            slices.sort_unstable();
            prop_assert_eq!(slices, (0..1 << digits).collect::<Vec<usize>>());
        }

        #[test]
        fn the_first_two_dimensions_have_one_point_in_every_elementary_interval(
            seed: u64, scramble in 0..16_u64, digits in 1..8_u32,
        ) {
            // They are a (0, k, 2)-net: each box of 2^−a by 2^−b with a + b = k has exactly one point.
            let points = net(seed, &[0, 1], scramble, digits);
            for along in 0..=digits {
                let mut boxes: Vec<usize> = points[0]
                    .iter()
                    .zip(&points[1])
                    .map(|(x, y)| (x >> (digits - along) << (digits - along)) | y >> along)
                    .collect();
                boxes.sort_unstable();
                prop_assert_eq!(boxes, (0..1 << digits).collect::<Vec<usize>>());
            }
        }
    }

    #[test]
    fn without_a_scramble_the_points_are_those_of_the_sequence() {
        // The key (0, 1, 0, 1) would still mix; the digits before it are what is tested here. Point 5 is
        // binary 101: dimension 0 is 0.101 read backwards = 5/8; dimension 1 is V₁ + V₃ with
        // m = 1, 3, 5: 1/2 ⊕ 5/8 = 1/8.
        let eighths = |dimension| Sobol::new(1, 1, dimension).point(5).reverse_bits() >> 29;
        assert_eq!([eighths(0), eighths(1)], [5, 1]);
    }

    #[test]
    fn scrambles_differ_from_each_other_and_between_seeds_and_streams() {
        let points = |seed, stream| {
            let mut block = [0.0; LANES];
            Sobol::new(seed, stream, 3).uniforms(0, &mut block);
            block.map(|share| (share * 4_294_967_296.0) as u32)
        };
        let first = points(1, 1);
        assert!((1..16).all(|scramble| first[scramble] != first[0]));
        assert!(first != points(2, 1) && first != points(1, 2));
    }
}
