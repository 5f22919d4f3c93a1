//! Logarithms.
//!
//! x = 2^k (1 + f) with √½ ≤ 1 + f < √2; ln(1 + f) = 2 artanh(s), s = f / (2 + f), by the minimax
//! polynomial in s² of FDLIBM (Sun Microsystems, 1993, `e_log.c`), error below 2⁻⁵⁸.

use super::exponential::{LN_2_HIGH, LN_2_LOW};
use super::simd::vectorised;
use super::{Lanes, polynomial};

/// The bits of √½, the least 1 + f.
const ROOT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;
/// The bits of 1.0, and in the top twelve bits the bias of the exponent.
const ONE: u64 = 0x3FF0_0000_0000_0000;
/// The bits of 2⁵²: under an integer below 2⁵² they make a float of it.
const TWO_52: u64 = 0x4330_0000_0000_0000;
/// 2⁵² + 1023.
const TWO_52_AND_BIAS: f64 = 4_503_599_627_371_519.0;
/// 2⁵⁴, which lifts a subnormal into the normal range.
const TWO_54: f64 = 1.801_439_850_948_198_4e16;
/// 2 artanh(s) = 2s + s³ (c₀ + c₁ s² + …).
const SERIES: [f64; 7] = [
    0.666_666_666_666_673_5,
    0.399_999_999_994_094_2,
    0.285_714_287_436_623_9,
    0.222_221_984_321_497_84,
    0.181_835_721_616_180_5,
    0.153_138_376_992_093_73,
    0.147_981_986_051_165_86,
];

/// ln x, within one unit in the last place; −∞ at 0, NaN below 0.
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    let (k, f) = split(x);
    let finite = joined(k, f);
    let positive = if x < f64::INFINITY { finite } else { x };
    let defined = if x < 0.0 { f64::NAN } else { positive };
    if x == 0.0 { f64::NEG_INFINITY } else { defined }
}

/// ln x for normal positive finite x only: the same bits without the selects that guard the rest.
#[inline(always)]
pub(super) fn ln_normal(x: f64) -> f64 {
    let (k, f) = split_bits(x.to_bits());
    joined(k, f)
}

/// k ln 2 + ln(1 + f).
#[inline(always)]
fn joined(k: f64, f: f64) -> f64 {
    let s = f / (2.0 + f);
    let z = s * s;
    let half_square = 0.5 * f * f;
    let rest = s * (half_square + z * polynomial(z, &SERIES)) + k * LN_2_LOW;
    k * LN_2_HIGH - ((half_square - rest) - f)
}

vectorised! {
    /// ln x of every lane.
    pub fn ln_lanes(values: &mut Lanes) {
        for value in values {
            *value = ln(*value);
        }
    }
}

/// ln(1 + x) without loss near 0, within two units in the last place; −∞ at −1, NaN below.
#[inline(always)]
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    // What rounding took from 1 + x comes back as its first-order effect.
    let sum = 1.0 + x;
    let lost = x - (sum - 1.0);
    let inside = ln(sum) + lost / sum;
    let finite = if x < f64::INFINITY { inside } else { x };
    if sum == 0.0 { f64::NEG_INFINITY } else { finite }
}

vectorised! {
    /// ln(1 + x) of every lane.
    pub fn ln_1p_lanes(values: &mut Lanes) {
        for value in values {
            *value = ln_1p(*value);
        }
    }
}

/// The k and f of x = 2^k (1 + f) for positive finite x.
#[inline(always)]
pub(super) fn split(x: f64) -> (f64, f64) {
    let subnormal = x < f64::MIN_POSITIVE;
    let (k, f) = split_bits((if subnormal { x * TWO_54 } else { x }).to_bits());
    (if subnormal { k - 54.0 } else { k }, f)
}

/// The k and f of a normal positive number by its bits.
#[inline(always)]
fn split_bits(bits: u64) -> (f64, f64) {
    // The exponent is taken relative to √½, so that the mantissa falls on both sides of 1.
    let biased = bits.wrapping_sub(ROOT_HALF).wrapping_add(ONE) >> 52;
    let mantissa = f64::from_bits(bits.wrapping_sub(biased << 52).wrapping_add(ONE));
    (f64::from_bits(biased | TWO_52) - TWO_52_AND_BIAS, mantissa - 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{relative_error, spread};
    use super::*;

    #[test]
    fn ln_is_right_to_the_last_place() {
        // Values by mpmath 1.3 at 60 digits, rounded to nearest; arguments are exact doubles.
        for (x, expected) in [
            (2.0, std::f64::consts::LN_2),
            (0.5, -std::f64::consts::LN_2),
            (0.7, -0.356_674_943_938_732_45),
            (1.000_000_1, 9.999_999_505_838_704e-8),
            (0.999_999_9, -1.000_000_049_473_647_4e-7),
            (1.1, 0.095_310_179_804_324_93),
            (0.9, -0.105_360_515_657_826_28),
            (10.0, std::f64::consts::LN_10),
            (1e-05, -11.512_925_464_970_229),
            (1e+300, 690.775_527_898_213_7),
            (5e-324, -744.440_071_921_381_2),
            (1e-310, -713.801_378_828_154_2),
            (2.225_073_858_507_201_4e-308, -708.396_418_532_264_1),
            (1.797_693_134_862_315_7e308, 709.782_712_893_384),
            (3.0, 1.098_612_288_668_109_8),
            (7.5, 2.014_903_020_542_264_7),
            (123.456, 4.815_884_817_283_264),
            (0.689_488_725_065_081_4, -0.371_804_934_217_388_75),
            (0.618_039_042_811_594_6, -0.481_203_647_449_428_73),
            (1.132_900_925_075_222_9, 0.124_781_533_452_028_41),
            (2.503_541_169_624_085, 0.917_706_197_479_524),
            (0.787_961_225_794_631_1, -0.238_306_396_179_281_95),
            (1.870_320_441_888_659, 0.626_109_775_484_915_8),
            (2.025_066_366_100_697, 0.705_602_473_404_527_2),
            (1.305_473_365_359_474_3, 0.266_565_707_079_507_16),
            (1.778_910_057_415_806_3, 0.576_000_849_460_580_4),
            (0.469_530_232_427_972_5, -0.756_022_589_589_115_2),
            (0.460_923_158_908_828_2, -0.774_523_933_373_675_9),
            (0.856_088_524_612_181_7, -0.155_381_491_584_507_23),
            (2.137_079_927_590_822, 0.759_440_377_411_480_5),
            (1.454_499_225_307_387_8, 0.374_661_666_335_162_3),
            (1.148_197_360_017_337_2, 0.138_193_199_512_854_03),
            (1.881_017_031_470_624_7, 0.631_812_604_754_576_3),
            (1.523_597_816_201_093_7, 0.421_074_522_306_171_65),
            (1.109_370_891_531_942_5, 0.103_793_090_266_959_42),
            (2.444_824_600_110_726, 0.893_973_382_157_505_9),
            (2.187_284_971_069_842_3, 0.782_661_035_478_474_4),
        ] {
            assert!(relative_error(ln(x), expected) <= 2.3e-16, "ln({x}) = {}", ln(x));
            assert!(x < f64::MIN_POSITIVE || ln_normal(x) == ln(x));
        }
    }

    #[test]
    fn ln_of_the_edges() {
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert_eq!(ln(-0.0), f64::NEG_INFINITY);
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(ln(-1.0).is_nan());
        assert!(ln(f64::NEG_INFINITY).is_nan());
        assert!(ln(f64::NAN).is_nan());
        assert_eq!(ln_1p(0.0), 0.0);
        assert_eq!(ln_1p(-1.0), f64::NEG_INFINITY);
        assert_eq!(ln_1p(f64::INFINITY), f64::INFINITY);
        assert!(ln_1p(-1.5).is_nan());
        assert!(ln_1p(f64::NAN).is_nan());
    }

    #[test]
    fn ln_1p_keeps_the_digits_of_small_numbers() {
        for (x, expected) in [
            (1e-300, 1e-300),
            (1e-12, 9.999_999_999_995e-13),
            (-1e-09, -1.000_000_000_500_000_1e-9),
            (0.001, 0.000_999_500_333_083_533_1),
            (-0.1, -0.105_360_515_657_826_31),
            (0.3, 0.262_364_264_467_491_06),
            (-0.5, -std::f64::consts::LN_2),
            (-0.999, -6.907_755_278_982_136),
            (1.0, std::f64::consts::LN_2),
            (3.5, 1.504_077_396_776_274_2),
            (10_000_000_000.0, 23.025_850_930_040_455),
            (-1e-17, -1e-17),
        ] {
            assert!(relative_error(ln_1p(x), expected) <= 4.5e-16, "ln_1p({x}) = {}", ln_1p(x));
        }
    }

    #[test]
    fn lanes_hold_the_bits_of_the_scalar() {
        let start = spread(-2.0, 900.0);
        let (mut plain, mut plus_one) = (start, start);
        ln_lanes(&mut plain);
        ln_1p_lanes(&mut plus_one);
        for (lane, x) in start.into_iter().enumerate().filter(|&(_, x)| x > 0.0) {
            assert_eq!(plain[lane].to_bits(), ln(x).to_bits());
            assert_eq!(plus_one[lane].to_bits(), ln_1p(x).to_bits());
        }
    }
}
