//! Where a value belongs: the key of its bin, and what a bin can hold.

use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// The key of nothing. Those of greater values lie above it, those of lesser ones below: keys rise
/// with the values.
const NOTHING: u16 = 8192;

/// No key is greater: that of 2⁶³ − 1.
pub(super) const GREATEST_KEY: u16 = NOTHING + 7_295;

/// 2⁵²: below it `MAGIC + magnitude` writes a magnitude into the low bits of an `f64`.
const MAGIC: f64 = 4_503_599_627_370_496.0;

/// Below 128 a magnitude is its own index; above, the exponent and the seven bits after the leading
/// one continue without a gap. The greatest index is (63 − 6) · 128 = 7,296, of −2⁶³.
fn index(magnitude: u64) -> u16 {
    // At least 6, so that the eight highest bits of a small magnitude are itself.
    let exponent = (magnitude | 127).ilog2();
    let width = exponent.saturating_sub(7);
    ((exponent - 6) * 128) as u16 + ((magnitude >> width) as u16 & 127)
}

/// The key of a value.
pub(super) fn key(value: i64) -> u16 {
    let index = index(value.unsigned_abs());
    if value < 0 { NOTHING - index } else { NOTHING + index }
}

/// The keys of a block of values below 2⁵² in magnitude, none less than `least`.
#[inline]
pub(super) fn keys(values: &[i64; LANES], least: i64, keys: &mut [u16; LANES]) {
    if least < 128 { any_keys(values, keys) } else { large_keys(values, keys) }
}

/// What leads a number of at least 128, as an `f64`, less its index.
const BIAS: u64 = (1023 + 6) * 128;

vectorised! {
    fn large_keys(values: &[i64; LANES], keys: &mut [u16; LANES]) {
        for lane in 0..LANES {
            let number = f64::from_bits(MAGIC.to_bits() | values[lane] as u64) - MAGIC;
            keys[lane] = (number.to_bits() >> 45).wrapping_sub(BIAS - u64::from(NOTHING)) as u16;
        }
    }

    fn any_keys(values: &[i64; LANES], keys: &mut [u16; LANES]) {
        for lane in 0..LANES {
            let value = values[lane];
            let magnitude = value.unsigned_abs();
            // Its exponent and seven highest bits are those of the same number as an `f64`.
            let number = f64::from_bits(MAGIC.to_bits() | magnitude) - MAGIC;
            let leading = (number.to_bits() >> 45).wrapping_sub(BIAS);
            let index = if magnitude < 128 { magnitude } else { leading };
            let nothing = u64::from(NOTHING);
            let of_sign =
                if value < 0 { nothing.wrapping_sub(index) } else { nothing.wrapping_add(index) };
            keys[lane] = of_sign as u16;
        }
    }
}

/// The least and the greatest value that a bin can hold.
pub(super) fn edges(key: u16) -> (i64, i64) {
    let (edge, width) = edge(key.abs_diff(NOTHING));
    let (near, far) = (signed(key, edge), signed(key, edge + ((1 << width) - 1)));
    (near.min(far), near.max(far))
}

/// The least magnitude of a bin, and how many bits there are below those that make its index.
fn edge(index: u16) -> (u64, u32) {
    let width = u32::from(index / 128).saturating_sub(1);
    let leading = if index < 128 { index } else { 128 + index % 128 };
    (u64::from(leading) << width, width)
}

fn signed(key: u16, magnitude: u64) -> i64 {
    // The bin of the least value, −2⁶³, would reach beyond it.
    if key < NOTHING { 0_i64.saturating_sub_unsigned(magnitude) } else { magnitude as i64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::numeric::simd::{Level, choose, level};

    #[test]
    fn keys_rise_with_the_values_and_edges_meet() {
        // From −2⁶³ to 2⁶³ − 1: every bin begins where the one before it ends.
        let (lowest, highest) = (key(i64::MIN), key(i64::MAX));
        assert_eq!((highest, NOTHING - lowest), (GREATEST_KEY, 7_296));
        // The bin of −2⁶³ holds nothing else.
        assert_eq!(edges(lowest), (i64::MIN, i64::MIN));
        let mut next = i64::MIN + 1;
        for bin in lowest + 1..=highest {
            let (least, greatest) = edges(bin);
            assert_eq!((least, key(least), key(greatest)), (next, bin, bin));
            next = greatest.wrapping_add(1);
        }
        assert_eq!(next, i64::MIN);
    }

    #[test]
    fn bins_are_one_quantum_wide_below_256_and_two_from_there() {
        for value in [0, 1, 127, 128, 255] {
            assert_eq!(edges(key(value)), (value, value));
            assert_eq!(edges(key(-value)), (-value, -value));
        }
        assert_eq!((edges(key(256)), edges(key(-257))), ((256, 257), (-257, -256)));
        // 1,000,003 lies in 2¹⁹…2²⁰, where bins are 2¹² wide: 244 · 4096 = 999,424.
        assert_eq!(edges(key(1_000_003)), (999_424, 1_003_519));
    }

    proptest! {
        #[test]
        fn every_vector_width_gives_the_key_of_one(seeds in any::<[i64; 32]>(), shift in 12_u32..63) {
            let values: [i64; LANES] = std::array::from_fn(|lane| {
                if lane < 32 { seeds[lane] >> shift } else { -(seeds[lane - 32] >> shift) / 3 }
            });
            let before = level();
            for width in Level::ALL {
                choose(width);
                let mut found = [0; LANES];
                keys(&values, i64::MIN, &mut found);
                prop_assert_eq!(found, values.map(key));
                let large = values.map(|value| 128 + (value.abs() >> 1));
                keys(&large, 128, &mut found);
                prop_assert_eq!(found, large.map(key));
            }
            choose(before);
        }
    }
}
