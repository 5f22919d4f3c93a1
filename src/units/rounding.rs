//! Rounding half up on the decimal reading, negatives away from zero.
//!
//! 1.005 is stored as 1.00499999999999989…, and a reader who sees "1.005" expects 1.01. A value
//! whose scaled form lies within 2⁻⁴⁰ (relative) below a half therefore counts as the half. The
//! allowance stops growing at 1/64 of the last digit kept: without that limit it would pass a half
//! above 2³⁹ units, and a whole number would no longer round to itself.

/// Share of the scaled value by which it may fall short of a half and still count as one: 2⁻⁴⁰.
const RELATIVE_ALLOWANCE: f64 = 1.0 / (1_u64 << 40) as f64;

/// The most that the allowance may be, in units of the last digit kept.
const GREATEST_ALLOWANCE: f64 = 1.0 / 64.0;

/// From here on every `f64` is a whole number: 2⁵².
pub(super) const WHOLE_FROM: f64 = (1_u64 << 52) as f64;

/// The powers of ten that an `f64` holds exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Rounds `x` to `digits` decimals (negative: to tens, hundreds, …), half up on the decimal
/// reading, negatives away from zero.
///
/// NaN and infinities come back as they are; a result of zero is never negative zero. `digits`
/// beyond −22…22, where powers of ten are no longer exact, counts as that limit. A value so large
/// that it has no digits to lose comes back unchanged.
#[must_use]
pub fn round_half_up(x: f64, digits: i32) -> f64 {
    let power =
        POWERS_OF_TEN.get(digits.unsigned_abs() as usize).copied().unwrap_or(POWERS_OF_TEN[22]);
    let magnitude = x.abs();
    let scaled = if digits >= 0 { magnitude * power } else { magnitude / power };
    // Also true of NaN, which compares with nothing.
    let has_no_fraction =
        !matches!(scaled.partial_cmp(&WHOLE_FROM), Some(std::cmp::Ordering::Less));
    if has_no_fraction {
        return x;
    }
    let whole = whole_half_up(scaled) as f64;
    let rounded = if digits >= 0 { whole / power } else { whole * power };
    if rounded == 0.0 { 0.0 } else { rounded.copysign(x) }
}

/// The whole number next to `scaled`, half up; `scaled` is at least 0, values beyond `i64` give
/// its greatest, NaN gives 0.
pub(super) fn whole_half_up(scaled: f64) -> i64 {
    // The conversion truncates, saturates and is one instruction; `floor` would be a call.
    let whole = scaled as i64;
    let fraction = scaled - whole as f64;
    let allowance = (scaled * RELATIVE_ALLOWANCE).min(GREATEST_ALLOWANCE);
    if scaled < WHOLE_FROM && fraction >= 0.5 - allowance { whole + 1 } else { whole }
}

/// As [`whole_half_up`] for several numbers side by side, without a branch: the same results for
/// values below [`WHOLE_FROM`].
#[inline(always)]
pub(super) fn whole_half_up_below_limit(scaled: f64) -> i64 {
    // From 2⁵² on the last bit counts ones, so that adding it rounds to a whole number.
    let nearest = (scaled + WHOLE_FROM) - WHOLE_FROM;
    let whole = if nearest > scaled { nearest - 1.0 } else { nearest };
    let allowance = (scaled * RELATIVE_ALLOWANCE).min(GREATEST_ALLOWANCE);
    let up = if scaled - whole >= 0.5 - allowance { 1.0 } else { 0.0 };
    ((whole + up + WHOLE_FROM).to_bits() - WHOLE_FROM.to_bits()) as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_half_in_the_decimal_reading_rounds_up_however_it_is_stored() {
        // Stored: 1.005 = 1.00499999999999989, 2.675 = 2.67499999999999982, 0.285·100 = 28.499…96.
        assert_eq!(round_half_up(1.005, 2), 1.01);
        assert_eq!(round_half_up(2.675, 2), 2.68);
        assert_eq!(round_half_up(0.285, 2), 0.29);
        assert_eq!(round_half_up(2.5, 0), 3.0);
        // 1.1 · 1.1 = 1.2100000000000002 and 0.615 · 3 = 1.845 with an error in the last place.
        assert_eq!(round_half_up(0.615 * 3.0, 2), 1.85);
    }

    #[test]
    fn negatives_round_away_from_zero_and_zero_has_no_sign() {
        assert_eq!(round_half_up(-1.005, 2), -1.01);
        assert_eq!(round_half_up(-2.5, 0), -3.0);
        assert!(round_half_up(-0.4, 0).is_sign_positive());
    }

    #[test]
    fn what_is_below_a_half_by_more_than_the_allowance_rounds_down() {
        // 100.4999 lies 1e-4 below the half; the allowance there is 100.5 · 2⁻⁴⁰ = 9.1e-11.
        assert_eq!(round_half_up(1.004_999, 2), 1.0);
        // 2⁻⁴⁰ of 100.5 is 9.14e-11: 1e-10 below is outside, 8e-11 below is inside.
        assert_eq!(round_half_up(100.5 - 1e-10, 0), 100.0);
        assert_eq!(round_half_up(100.5 - 8e-11, 0), 101.0);
    }

    #[test]
    fn negative_digits_round_to_tens_and_hundreds() {
        assert_eq!(round_half_up(1250.0, -2), 1300.0);
        assert_eq!(round_half_up(1249.0, -2), 1200.0);
        assert_eq!(round_half_up(-35.0, -1), -40.0);
    }

    #[test]
    fn large_whole_numbers_stay_what_they_are() {
        // Without the limit the allowance at 10¹² is 0.9 and 10¹² would become 10¹² + 1.
        for x in [1e9, 549_755_813_888.0, 1e12, 4_503_599_627_370_495.0, 1e300] {
            assert_eq!(round_half_up(x, 0), x);
            assert_eq!(round_half_up(x, 2), x);
        }
        assert_eq!(round_half_up(1e12 + 0.25, 0), 1e12);
    }

    #[test]
    fn what_is_not_finite_comes_back_as_it_is() {
        assert!(round_half_up(f64::NAN, 2).is_nan());
        assert_eq!(round_half_up(f64::INFINITY, 2), f64::INFINITY);
        assert_eq!(round_half_up(f64::NEG_INFINITY, -2), f64::NEG_INFINITY);
        assert_eq!(round_half_up(1.5, i32::MAX), 1.5);
        assert_eq!(round_half_up(1.5, i32::MIN), 0.0);
    }

    proptest! {
        #[test]
        fn every_decimal_with_a_five_after_the_cents_rounds_up(thousandths in 0_i64..1_000_000_000_000) {
            // The text "…5" in the third decimal, read as the nearest f64, then rounded to cents.
            let tenths = thousandths * 10 + 5;
            let x = tenths as f64 / 1000.0;
            prop_assert_eq!(round_half_up(x, 2), (thousandths + 1) as f64 / 100.0);
        }

        #[test]
        fn rounding_twice_is_rounding_once(x in proptest::num::f64::NORMAL, digits in -5_i32..8) {
            // From 2^51 on a scaled number is a whole or a half, and scaling it may move it by that.
            let power = (0..digits).fold(1.0, |power, _| power * 10.0);
            prop_assume!(x.abs() * power < (1_u64 << 51) as f64);
            let once = round_half_up(x, digits);
            prop_assert_eq!(round_half_up(once, digits), once);
        }
    }
}
