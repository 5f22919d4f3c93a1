//! Powers with any real exponent.

use super::exponential::{LN_2_HIGH, LN_2_LOW, exp};
use super::logarithm::split;
use super::simd::vectorised;
use super::{Lanes, polynomial};

/// Whole exponents up to this are repeated multiplications: exact wherever the result is.
const MULTIPLIED: f64 = 64.0;
/// artanh(s) = s + s³ (1/3 + s²/5 + …); |s| ≤ 0.1716, so the first term left out is below 2⁻⁶².
const SERIES: [f64; 11] = [
    1.0 / 3.0,
    1.0 / 5.0,
    1.0 / 7.0,
    1.0 / 9.0,
    1.0 / 11.0,
    1.0 / 13.0,
    1.0 / 15.0,
    1.0 / 17.0,
    1.0 / 19.0,
    1.0 / 21.0,
    1.0 / 23.0,
];

/// x to the power y, within about two units in the last place.
///
/// pow(x, 0) = 1 for every x; pow(0, y) is 0 for y > 0 and infinity for y < 0; a negative x with a
/// y that is not whole gives NaN.
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let whole = y.trunc() == y;
    if whole && y.abs() <= MULTIPLIED {
        let product = multiplied(x, y.abs() as u32);
        if y > 0.0 {
            return product;
        }
        // A product that over- or underflows says nothing about its reciprocal.
        if product.is_finite() && product != 0.0 {
            return 1.0 / product;
        }
    }
    if x < 0.0 && !whole && y.is_finite() {
        return f64::NAN;
    }
    let odd = whole && (y * 0.5).trunc() != y * 0.5;
    let size = of_magnitude(x.abs(), y);
    if odd && x.is_sign_negative() { -size } else { size }
}

/// Each base to the power of the exponent beside it: the bits of [`pow`].
pub fn pow_lanes(bases: &mut Lanes, exponents: &Lanes) {
    let exponent = exponents[0];
    let same = exponents.iter().all(|&other| other == exponent);
    if same && exponent.trunc() == exponent && (1.0..=MULTIPLIED).contains(&exponent) {
        multiplied_lanes(bases, exponent as u32);
    } else if is_plain(bases, exponents) {
        of_magnitude_lanes(bases, exponents);
    } else {
        for (base, &exponent) in bases.iter_mut().zip(exponents) {
            *base = pow(*base, exponent);
        }
    }
}

vectorised! {
    /// Whether every power is e^(y ln x) without edges: bases of ordinary size other than 1, exponents
    /// other than whole numbers, and products far from over- and underflow.
    fn is_plain(bases: &Lanes, exponents: &Lanes) -> bool {
        let mut plain = true;
        for (&x, &y) in bases.iter().zip(exponents) {
            // |ln x| < 231, so that the product stays below 700.
            plain &= (1e-100..=1e100).contains(&x) && x != 1.0;
            plain &= y.trunc() != y && y.abs() <= 3.0;
        }
        plain
    }

    /// Powers that [`is_plain`] allows.
    fn of_magnitude_lanes(bases: &mut Lanes, exponents: &Lanes) {
        for (base, &exponent) in bases.iter_mut().zip(exponents) {
            *base = by_logarithm(*base, exponent);
        }
    }

    /// x · x · … · x by squaring, in every lane.
    fn multiplied_lanes(bases: &mut Lanes, times: u32) {
        for base in bases {
            *base = multiplied(*base, times);
        }
    }
}

/// x · x · … · x by squaring.
#[inline(always)]
fn multiplied(x: f64, times: u32) -> f64 {
    let (mut result, mut square, mut left) = (1.0, x, times);
    while left > 0 {
        if left & 1 == 1 {
            result *= square;
        }
        square *= square;
        left >>= 1;
    }
    result
}

/// x to the power y for x ≥ 0, y not 0.
fn of_magnitude(x: f64, y: f64) -> f64 {
    if x == 1.0 {
        return 1.0;
    }
    if x == 0.0 || x == f64::INFINITY || y.is_infinite() {
        let grows = (x > 1.0) == (y > 0.0);
        return if grows { f64::INFINITY } else { 0.0 };
    }
    let product = y * ln_in_two(x).0;
    if product.abs() > 1000.0 || exp(product) == f64::INFINITY {
        return exp(product);
    }
    by_logarithm(x, y)
}

/// e^(y ln x) where neither ends nor overflows. y · ln x stands in two doubles, for a power multiplies
/// the logarithm's error by up to 700.
#[inline(always)]
fn by_logarithm(x: f64, y: f64) -> f64 {
    let (high, low) = ln_in_two(x);
    let product = y * high;
    let power = exp(product);
    power + power * (product_error(y, high, product) + y * low)
}

/// ln x as a sum of two doubles, relative error about 2⁻⁶⁰.
#[inline(always)]
fn ln_in_two(x: f64) -> (f64, f64) {
    let (k, f) = split(x);
    let sum = 2.0 + f;
    let sum_low = f - (sum - 2.0);
    let s = f / sum;
    // The remainder of the division: f − s·(sum + sum_low), exact but for the last term.
    let s_sum = s * sum;
    let s_low = (((f - s_sum) - product_error(s, sum, s_sum)) - s * sum_low) / sum;
    let z = s * s;
    let odd_terms = 2.0 * (s * z * polynomial(z, &SERIES) + s_low);
    let (first, first_low) = two_sum(k * LN_2_HIGH, 2.0 * s);
    let (high, high_low) = two_sum(first, odd_terms + (first_low + k * LN_2_LOW));
    (high, high_low)
}

/// a + b and its rounding error (Knuth).
#[inline(always)]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

/// a·b − product, exactly, by splitting both into halves (Dekker 1971, doi:10.1007/BF01397083).
#[inline(always)]
fn product_error(a: f64, b: f64, product: f64) -> f64 {
    let (a_high, a_low) = halves(a);
    let (b_high, b_low) = halves(b);
    ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
}

/// A number as a sum of two whose products are exact.
#[inline(always)]
fn halves(a: f64) -> (f64, f64) {
    let high = f64::from_bits(a.to_bits() & !0x7FF_FFFF);
    (high, a - high)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{relative_error, spread};
    use super::*;

    #[test]
    fn powers_agree_with_sixty_digits() {
        for (x, y, expected) in [
            (2.0, 0.5, std::f64::consts::SQRT_2),
            (1.05, 360.0, 42_476_396.408_680_67),
            (0.97, 1000.0, 5.911_997_833_619_92e-14),
            (10.0, -0.3, 0.501_187_233_627_272_2),
            (10.0, 100.5, 3.162_277_660_168_379_4e100),
            (1e-10, 0.7, 1.000_000_000_000_001e-7),
            (3.3, -200.2, 1.561_382_244_633_553e-104),
            (1.000_000_1, 10_000_000.0, 2.718_281_694_132_081_8),
            (0.5, 1022.3, 1.807_321_573_642_146_6e-308),
            (1e+300, 1.02, 1.000_000_000_000_012_3e306),
            (7.1, 0.333_333_333_333_333_3, 1.921_997_342_774_671_3),
            (1.07, 25.5, 5.614_179_977_297_344),
            (0.999, -65.0, 1.067_193_730_755_971),
            (1.001, 70.0, 1.072_470_669_130_33),
            (2.5, -64.0, 3.402_823_669_209_384_5e-26),
            (123.4, 0.01, 1.049_332_566_509_844),
        ] {
            assert!(relative_error(pow(x, y), expected) <= 8e-16, "{x}^{y} = {}", pow(x, y));
        }
    }

    #[test]
    fn whole_powers_are_exact_where_they_fit() {
        assert_eq!(pow(3.0, 33.0), 5_559_060_566_555_523.0);
        assert_eq!(pow(-3.0, 3.0), -27.0);
        assert_eq!(pow(10.0, 22.0), 1e22);
        assert_eq!(pow(2.0, -2.0), 0.25);
        assert_eq!(pow(1.5, 2.0), 2.25);
    }

    #[test]
    fn edges_follow_ieee_754() {
        assert_eq!(pow(0.0, 0.0), 1.0);
        assert_eq!(pow(f64::NAN, 0.0), 1.0);
        assert_eq!(pow(0.0, 0.3), 0.0);
        assert_eq!(pow(0.0, 3.0), 0.0);
        assert_eq!(pow(0.0, -0.3), f64::INFINITY);
        assert_eq!(pow(0.0, -2.0), f64::INFINITY);
        assert!(pow(-2.0, 0.5).is_nan());
        assert!(pow(f64::NAN, 1.0).is_nan());
        assert!(pow(2.0, f64::NAN).is_nan());
        assert_eq!(pow(2.0, f64::INFINITY), f64::INFINITY);
        assert_eq!(pow(0.5, f64::INFINITY), 0.0);
        assert_eq!(pow(-1.0, 1e300), 1.0);
        assert_eq!(pow(1e300, 1e300), f64::INFINITY);
        assert_eq!(pow(1e300, -1e300), 0.0);
        assert_eq!(pow(-1.0, 101.0), -1.0);
        assert_eq!(pow(1e-200, -2.0), f64::INFINITY);
        assert_eq!(pow(f64::INFINITY, -1.0), 0.0);
    }

    #[test]
    fn lanes_hold_the_bits_of_the_scalar() {
        let start = spread(0.0, 20.0);
        let plain = spread(0.01, 20.03);
        let wide = spread(-1e300, 1e300);
        for bases in [start, plain, wide, plain.map(|x| x * 1e-90)] {
            for exponents in [
                [2.7; super::super::LANES],
                [5.0; super::super::LANES],
                [64.0; super::super::LANES],
                [-3.0; super::super::LANES],
                [0.0; super::super::LANES],
                spread(0.013, 2.9),
                spread(-300.0, 300.0),
            ] {
                let mut powers = bases;
                pow_lanes(&mut powers, &exponents);
                for (lane, power) in powers.into_iter().enumerate() {
                    let expected = pow(bases[lane], exponents[lane]);
                    assert_eq!(power.to_bits(), expected.to_bits(), "{}", bases[lane]);
                }
            }
        }
    }
}
