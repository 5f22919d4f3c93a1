//! Rounding to decimals as an officer does it.

/// How near to a half counts as the half, as a share of the number.
const NEAR: f64 = 1.0 / (1_u64 << 40) as f64;
/// The widest such band: a large whole number is not near a half.
const WIDEST: f64 = 1.0 / 1024.0;
/// From here on doubles have no fraction.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// The most decimals (and, negative, powers of ten) that [`round_half_up`] takes.
pub(super) const MOST_DIGITS: i32 = 15;

/// Powers of ten that are exact in double precision.
const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Rounds to so many decimals (negative: to tens, hundreds, …), a half up, negative numbers away from zero.
///
/// The half is that of the decimal reading: 0.285 is below 0.285 in binary and yet gives 0.29, since a scaled
/// number within 2⁻⁴⁰ of itself (at most 1/1024) from a half counts as the half.
#[inline(always)]
pub(super) fn round_half_up(x: f64, digits: i32) -> f64 {
    let power = TENS.get(digits.unsigned_abs() as usize).copied().unwrap_or(1e15);
    let scaled = if digits < 0 { x.abs() / power } else { x.abs() * power };
    let whole = floor(scaled);
    let half = whole + 0.5;
    let rounded = if scaled >= half - (half * NEAR).min(WIDEST) { whole + 1.0 } else { whole };
    let magnitude = if digits < 0 { rounded * power } else { rounded / power };
    let signed = if x < 0.0 { -magnitude } else { magnitude };
    // What has no fraction stays as it is, and what is not a number too.
    if scaled < WHOLE { signed } else { x }
}

/// The next whole number below; the same as [`f64::floor`], which without SSE 4.1 is a call for every single number.
#[inline(always)]
pub(super) fn floor(x: f64) -> f64 {
    // From 2⁵² on sums have no fraction, so adding and subtracting it rounds to the nearest whole number.
    let nearest = ((x.abs() + WHOLE) - WHOLE).copysign(x);
    let below = if nearest > x { nearest - 1.0 } else { nearest };
    if x.abs() < WHOLE { below } else { x }
}

#[cfg(test)]
mod tests {
    use super::{floor, round_half_up};

    #[test]
    fn the_floor_is_that_of_the_standard_library() {
        let step = f64::EPSILON;
        for whole in
            [0.0, 1.0, 2.0, 3.0, 1e6, 1e15, 4_503_599_627_370_495.0, 4_503_599_627_370_496.0, 1e300]
        {
            for x in [
                whole,
                whole + 0.5,
                whole * (1.0 + step),
                whole * (1.0 - step),
                whole + 0.25,
                whole + 0.75,
            ] {
                assert_eq!(floor(x), x.floor(), "{x}");
                assert_eq!(floor(-x), (-x).floor(), "-{x}");
            }
        }
        assert!(floor(f64::NAN).is_nan());
        assert_eq!(floor(f64::INFINITY), f64::INFINITY);
        assert_eq!(floor(-f64::MIN_POSITIVE), -1.0);
    }

    #[test]
    fn a_half_goes_up_and_away_from_zero() {
        for (x, digits, rounded) in [
            (2.5, 0, 3.0),
            (-2.5, 0, -3.0),
            (2.499, 0, 2.0),
            (0.5, 0, 1.0),
            (0.0, 0, 0.0),
            (1234.5678, 2, 1234.57),
            (1250.0, -2, 1300.0),
            (1249.9, -2, 1200.0),
            (-0.4, 0, 0.0),
        ] {
            assert_eq!(round_half_up(x, digits), rounded, "{x}, {digits}");
        }
    }

    #[test]
    fn the_half_is_that_of_the_decimal_reading() {
        // In binary 0.285 × 100 = 28.499999999999996, 1.005 × 100 = 100.49999999999999, 8.345 × 100 = 834.4999999999999.
        for (x, rounded) in [(0.285, 0.29), (1.005, 1.01), (8.345, 8.35), (-1.005, -1.01)] {
            assert_eq!(round_half_up(x, 2), rounded, "{x}");
        }
        // Within 2⁻⁴⁰ of 0.5 counts (2⁻⁴² ≈ 2.3e-13 below, band 0.5 × 2⁻⁴⁰ = 4.5e-13); 2⁻⁴⁰ below does not.
        let step = |bits: u32| 1.0 / (1_u64 << bits) as f64;
        assert_eq!(round_half_up(0.5 - step(42), 0), 1.0);
        assert_eq!(round_half_up(0.5 - step(40), 0), 0.0);
    }

    #[test]
    fn large_whole_numbers_stay() {
        // Unbounded, the band of 2⁻⁴⁰ would reach from 10¹² to the next half.
        for x in [1e12, 1e12 + 1.0, 4e15, 1e16, 1e300, 123_456_789_012.0] {
            assert_eq!(round_half_up(x, 0), x);
            assert_eq!(round_half_up(-x, 0), -x);
        }
        assert_eq!(round_half_up(1e12 + 0.25, 0), 1e12);
        assert!(round_half_up(f64::NAN, 2).is_nan());
    }
}
