//! Streams: one sequence of draws for each input, entity and year.
//!
//! The 128-bit counter of Philox holds the number of the draw below and a 64-bit hash of (name, code,
//! year) above; the seed is the key. So no draw knows how many others there are.

use super::philox::{Key, philox_lanes};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, normal_quantile_lanes};

/// The random bits of a block of draws.
pub type Bits = [u64; LANES];

/// Keeps these hashes apart from any other use of the hash function.
const CONTEXT: &str = "dotacija 1 stream of draws";
/// The exponent of 1.0.
pub(super) const ONE: u64 = 0x3FF0_0000_0000_0000;
/// 2⁻⁵³.
const HALF_STEP: f64 = f64::EPSILON / 2.0;

/// The stream of an input (by its stable name) for one entity (by its code; empty for the nation) and
/// one year (none where it is drawn once).
///
/// The first 64 bits of BLAKE3, in the mode for derived keys, over the lengths and bytes of name and
/// code and then the year: no two different triples have the same bytes.
#[must_use]
pub fn stream(name: &str, code: &str, year: Option<i32>) -> u64 {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    for text in [name, code] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    if let Some(year) = year {
        hasher.update(&year.to_le_bytes());
    }
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// Standard normal scores of the draws `first_draw`, `first_draw + 1`, … of a stream, by the inverse
/// distribution function.
pub fn scores(seed: u64, stream: u64, first_draw: u64, out: &mut Lanes) {
    uniforms(seed, stream, first_draw, out);
    normal_quantile_lanes(out);
}

/// The score of one draw: the same number as in its block.
#[must_use]
pub fn score(seed: u64, stream: u64, draw: u64) -> f64 {
    crate::numeric::normal_quantile(uniform(seed, stream, draw))
}

/// Numbers strictly between 0 and 1 of the draws `first_draw`, `first_draw + 1`, … of a stream: odd
/// multiples of 2⁻⁵³, so that u and 1 − u are equally possible.
pub fn uniforms(seed: u64, stream: u64, first_draw: u64, out: &mut Lanes) {
    let mut block = [0; LANES];
    bits(seed, stream, first_draw, &mut block);
    open_units(&block, out);
}

/// The random bits of the draws `first_draw`, `first_draw + 1`, … of a stream.
pub(super) fn bits(seed: u64, stream: u64, first_draw: u64, out: &mut Bits) {
    philox_lanes(first_draw, stream, key(seed), out);
}

/// Random words of a stream that belong to no draw: `number` is counted from the last draw that a
/// stream could have, which no run reaches.
pub(super) fn words_at_the_end(seed: u64, stream: u64, number: u64) -> [u32; 4] {
    let [low, high] = [!number, stream].map(|half| [half as u32, (half >> 32) as u32]);
    super::philox([low[0], low[1], high[0], high[1]], key(seed))
}

/// The number strictly between 0 and 1 of one draw.
#[must_use]
pub fn uniform(seed: u64, stream: u64, draw: u64) -> f64 {
    let [low, high] = [draw, stream].map(|half| [half as u32, (half >> 32) as u32]);
    let words = super::philox([low[0], low[1], high[0], high[1]], key(seed));
    open_unit(u64::from(words[0]) | u64::from(words[1]) << 32)
}

/// The least number that several of these streams have: whatever they belong to would be drawn alike.
/// Of n streams two meet with a chance of n²/2⁶⁵ (the birthday problem): one in four million for three
/// million of them.
#[must_use]
pub fn meeting(streams: impl Iterator<Item = u64>) -> Option<u64> {
    let mut sorted: Vec<u64> = streams.collect();
    sorted.sort_unstable();
    sorted.windows(2).find_map(|pair| match pair {
        [first, second] if first == second => Some(*first),
        _ => None,
    })
}

fn key(seed: u64) -> Key {
    [seed as u32, (seed >> 32) as u32]
}

/// The upper 52 bits as a number in 0..1, moved to the middle of its step.
#[inline(always)]
pub(super) fn open_unit(bits: u64) -> f64 {
    (f64::from_bits(bits >> 12 | ONE) - 1.0) + HALF_STEP
}

vectorised! {
    /// The number strictly between 0 and 1 of each 64 random bits.
    fn open_units(bits: &Bits, out: &mut Lanes) {
        for (out, bits) in out.iter_mut().zip(bits) {
            *out = open_unit(*bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uniform_number_is_never_zero_or_one() {
        assert_eq!(open_unit(0), HALF_STEP);
        assert_eq!(open_unit(u64::MAX), 1.0 - HALF_STEP);
        assert_eq!(open_unit(1 << 63), 0.5 + HALF_STEP);
    }

    #[test]
    fn the_first_uniform_number_of_stream_zero_is_the_known_answer() {
        // Random123: counter 0, key 0 gives e169c58d6627e8d5; its upper 52 bits are e169c58d6627e.
        let expected =
            (f64::from(0xE_169C_u32) * 4_294_967_296.0 + f64::from(0x58D6_627E_u32) + 0.5)
                / 4_503_599_627_370_496.0;
        assert_eq!(uniform(0, 0, 0), expected);
    }

    #[test]
    fn a_block_holds_the_bits_of_its_draws_wherever_it_starts() {
        let stream = stream("pay", "", Some(2022));
        let (mut first, mut shifted) = ([0.0; LANES], [0.0; LANES]);
        scores(401, stream, 0, &mut first);
        scores(401, stream, 17, &mut shifted);
        for lane in 0..LANES {
            assert_eq!(first[lane], score(401, stream, lane as u64));
            assert_eq!(shifted[lane], score(401, stream, lane as u64 + 17));
        }
    }

    #[test]
    fn scores_are_standard_normal() {
        // 65,536 draws: mean within 4/256, variance within 4·√2/256, lag-1 correlation within 4/256.
        let (mut sum, mut squares, mut products, mut last) = (0.0, 0.0, 0.0, 0.0);
        let mut block = [0.0; LANES];
        for start in (0..65_536).step_by(LANES) {
            scores(7, stream("need", "0100000", None), start, &mut block);
            for score in block {
                sum += score;
                squares += score * score;
                products += score * last;
                last = score;
            }
        }
        let n = 65_536.0;
        assert!((sum / n).abs() < 4.0 / 256.0);
        assert!((squares / n - 1.0).abs() < 4.0 * std::f64::consts::SQRT_2 / 256.0);
        assert!((products / n).abs() < 4.0 / 256.0);
    }

    #[test]
    fn names_codes_and_years_do_not_run_into_each_other() {
        let streams = [
            stream("pay", "", None),
            stream("pay", "", Some(0)),
            stream("pay", "", Some(2022)),
            stream("", "pay", None),
            stream("pa", "y", None),
            stream("p", "ay", None),
            stream("pay", "\0\0\0\0", None),
        ];
        assert_eq!(meeting(streams.into_iter()), None);
    }

    #[test]
    fn a_stream_keeps_its_number_from_version_to_version() {
        // Computed with the BLAKE3 of Python; a change here changes every result of every scenario.
        assert_eq!(stream("pay", "", None), 10_948_104_578_352_349_660);
        assert_eq!(stream("need_per_head", "0001000", Some(2022)), 15_868_589_549_142_027_254);
    }

    #[test]
    fn streams_that_meet_are_found_wherever_they_stand() {
        assert_eq!(meeting([5, 3, 8, 5, 3].into_iter()), Some(3));
        assert_eq!(meeting([5, 3, 8].into_iter()), None);
        assert_eq!(meeting(std::iter::empty()), None);
    }
}
