//! Philox4x32-10, the counter-based random number generator of Salmon, Moraes, Dror & Shaw (2011),
//! doi:10.1145/2063384.2063405: a keyed bijection of 128 bits, so any number can be had without those
//! before it.

use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// What is numbered: four words, least significant first.
pub type Counter = [u32; 4];
/// What selects the sequence: two words, least significant first.
pub type Key = [u32; 2];

const ROUNDS: usize = 10;
const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
/// Added to the key after each round: the golden ratio and √3 − 1.
const WEYL: Key = [0x9E37_79B9, 0xBB67_AE85];
const WORD: u64 = 0xFFFF_FFFF;

/// The 128 random bits of one counter under one key.
#[inline(always)]
#[must_use]
pub fn philox(counter: Counter, key: Key) -> [u32; 4] {
    let words = rounds(counter.map(u64::from), key);
    words.map(|word| word as u32)
}

vectorised! {
    /// The first 64 random bits of [`LANES`] counters: `low + lane` (wrapping) beside `high`.
    pub fn philox_lanes(low: u64, high: u64, key: Key, bits: &mut [u64; LANES]) {
        for (lane, bits) in bits.iter_mut().enumerate() {
            let low = low.wrapping_add(lane as u64);
            let words = rounds([low & WORD, low >> 32, high & WORD, high >> 32], key);
            *bits = words[0] & WORD | words[1] << 32;
        }
    }
}

/// Ten rounds on words in the lower halves of 64 bits, the form that vector units multiply; of what comes
/// out the upper halves mean nothing.
#[inline(always)]
fn rounds(mut words: [u64; 4], key: Key) -> [u64; 4] {
    let [mut first, mut second] = key;
    for _ in 0..ROUNDS {
        let left = (words[0] & WORD) * MULTIPLIERS[0];
        let right = (words[2] & WORD) * MULTIPLIERS[1];
        words = [
            (right >> 32) ^ words[1] ^ u64::from(first),
            right,
            (left >> 32) ^ words[3] ^ u64::from(second),
            left,
        ];
        first = first.wrapping_add(WEYL[0]);
        second = second.wrapping_add(WEYL[1]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_known_answers_hold() {
        // The three lines "philox4x32 10" of Random123's tests/kat_vectors.
        let cases: [(Counter, Key, [u32; 4]); 3] = [
            ([0; 4], [0; 2], [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]),
            (
                [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344],
                [0xA409_3822, 0x299F_31D0],
                [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1],
            ),
        ];
        for (counter, key, expected) in cases {
            assert_eq!(philox(counter, key), expected);
        }
    }

    #[test]
    fn lanes_are_consecutive_counters() {
        let (low, high, key) = (u64::from(u32::MAX) - 3, 0x0123_4567_89AB_CDEF, [7, 11]);
        let mut bits = [0; LANES];
        philox_lanes(low, high, key, &mut bits);
        for (lane, bits) in bits.into_iter().enumerate() {
            let low = low + lane as u64;
            let counter = [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32];
            let words = philox(counter, key);
            assert_eq!(bits, u64::from(words[0]) | u64::from(words[1]) << 32);
        }
    }
}
