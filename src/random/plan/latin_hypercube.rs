//! Latin hypercube sampling: equally likely slices, one draw in each.
//!
//! `McKay`, Beckman & Conover (1979), doi:10.2307/1268522. Draw d belongs to design d mod 16; a design of n
//! draws cuts every score into n slices, which a permutation of its own deals out. The 16 designs are
//! independent, so their means tell the error (replicated designs: Iman & Conover 1980,
//! doi:10.1080/03610928008827996).

use super::GROUPS;
use super::permutation::{Key, Size};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};
use crate::random::stream::{Bits, ONE, bits, words_at_the_end};

/// How many slices a block of draws can touch in one design, wherever it starts.
const TOUCHED: usize = LANES / GROUPS + 1;

/// One score of the designs of a run.
#[derive(Clone, Debug)]
pub struct LatinHypercube {
    seed: u64,
    stream: u64,
    /// The size of each design: the first ones may have one draw more than the others.
    sizes: [Size; GROUPS],
    keys: [Key; GROUPS],
    /// Which bits of the place within a slice are kept, so that slice and place fit into a number.
    kept: u64,
    /// Half of what the last of them stands for.
    half_step: f64,
}

impl LatinHypercube {
    /// The designs of a run of this many draws.
    pub fn new(seed: u64, stream: u64, draws: u64) -> Self {
        let size = |group: usize| {
            let draws = draws.saturating_sub(group as u64).div_ceil(GROUPS as u64);
            Size::new(u32::try_from(draws).unwrap_or(u32::MAX))
        };
        let sizes: [Size; GROUPS] = std::array::from_fn(size);
        let key = |group: usize| {
            let [a, b, c, d] = words_at_the_end(seed, stream, group as u64);
            let [e, f, ..] = words_at_the_end(seed, stream, (GROUPS + group) as u64);
            [a, b, c, d, e, f]
        };
        // A slice below 2^k and 52 − k digits within it, and one for the half step, are 53 digits.
        let digits = u32::BITS - (sizes[0].count() - 1).leading_zeros();
        Self {
            seed,
            stream,
            sizes,
            keys: std::array::from_fn(key),
            kept: u64::MAX << digits,
            half_step: f64::from_bits(u64::from(1023 - 53 + digits) << 52),
        }
    }

    /// The block of draws from `first_draw` on, strictly between 0 and 1 and strictly within their
    /// slices. Beyond the draws of the run slices are dealt out again.
    pub fn uniforms(&self, first_draw: u64, out: &mut Lanes) {
        let mut within: Bits = [0; LANES];
        bits(self.seed, self.stream, first_draw, &mut within);
        let first = first_draw / GROUPS as u64;
        let skipped = (first_draw % GROUPS as u64) as usize;
        // Two sizes at most, that of the first design and that of the last.
        let split = |size: Size| -> [[u32; 2]; TOUCHED] {
            std::array::from_fn(|at| {
                let element = first.wrapping_add(at as u64) % u64::from(size.count());
                size.split(element as u32)
            })
        };
        let large = self.sizes[0];
        let halves = [split(large), split(self.sizes[GROUPS - 1])];
        let (mut dealt, mut sizes) = ([[0; 2]; LANES], [large; LANES]);
        let mut keys = [self.keys[0]; LANES];
        for lane in 0..LANES {
            let (at, group) = ((skipped + lane) / GROUPS, (skipped + lane) % GROUPS);
            (sizes[lane], keys[lane]) = (self.sizes[group], self.keys[group]);
            dealt[lane] = halves[usize::from(sizes[lane] != large)][at];
        }
        let mut slices = [0; LANES];
        deal(&dealt, &sizes, &keys, &mut slices);
        for (lane, slice) in slices.iter_mut().enumerate() {
            *slice = sizes[lane].walk(*slice, keys[lane]);
        }
        for lane in 0..LANES {
            let place = f64::from_bits(within[lane] >> 12 & self.kept | ONE) - 1.0 + self.half_step;
            out[lane] = (f64::from(slices[lane]) + place) / f64::from(sizes[lane].count());
        }
    }
}

vectorised! {
    /// Where the permutations put what stands at these halves, some of it outside.
    fn deal(
        halves: &[[u32; 2]; LANES],
        sizes: &[Size; LANES],
        keys: &[Key; LANES],
        slices: &mut [u32; LANES],
    ) {
        for lane in 0..LANES {
            slices[lane] = sizes[lane].once(halves[lane], keys[lane]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_slice_of_every_design_has_exactly_one_draw(
            seed: u64, stream: u64, draws in 1..3000_u64,
        ) {
            let designs = LatinHypercube::new(seed, stream, draws);
            let mut seen = vec![Vec::new(); GROUPS];
            let mut block = [0.0; LANES];
            for draw in 0..draws {
                if draw % LANES as u64 == 0 {
                    designs.uniforms(draw, &mut block);
                }
                let share = block[(draw % LANES as u64) as usize];
                prop_assert!(0.0 < share && share < 1.0);
                seen[(draw % 16) as usize].push(share);
            }
            for shares in &seen {
                let n = shares.len();
                let mut slices: Vec<usize> =
                    shares.iter().map(|share| (share * n as f64) as usize).collect();
                slices.sort_unstable();
                prop_assert_eq!(slices, (0..n).collect::<Vec<usize>>());
            }
        }
    }

    #[test]
    fn the_places_within_slices_are_spread_evenly() {
        // 20,000 places, uniform: mean 1/2 within 4/√(12·20000) = 0.0082.
        let designs = LatinHypercube::new(1, 2, 20_000);
        let mut block = [0.0; LANES];
        let mut sum = 0.0;
        for draw in 0..20_000 {
            designs.uniforms(draw, &mut block);
            let place = block[0] * 1250.0;
            sum += place - place.floor();
        }
        assert!((sum / 20_000.0 - 0.5).abs() < 0.0082);
    }

    #[test]
    fn no_number_of_draws_is_too_large() {
        for draws in [0, 1, 1_000_000_000, u64::MAX] {
            let mut block = [0.0; LANES];
            for first in [0, draws / 2, u64::MAX] {
                LatinHypercube::new(1, 2, draws).uniforms(first, &mut block);
                assert!(block.iter().all(|share| 0.0 < *share && *share < 1.0), "{draws}, {first}");
            }
        }
    }
}
