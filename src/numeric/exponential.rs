//! Exponential functions.
//!
//! x = k ln 2 + r with |r| ≤ ln 2 / 2 (Cody & Waite, Software Manual for the Elementary Functions,
//! 1980); e^r is its Taylor series to r¹³, whose remainder there is below 4·10⁻¹⁸; 2^k is written
//! into the exponent field in two halves, so that the least subnormal and infinity come out right.

use std::f64::consts::{LN_2, LOG2_E};

use super::simd::vectorised;
use super::{Lanes, polynomial};

/// The high part of ln 2, short enough that its product with an exponent is exact.
pub(super) const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
/// ln 2 less its high part.
pub(super) const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1.5 · 2⁵²: adding it rounds to an integer and leaves that integer in the low bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;
/// The bits of 1.0.
const ONE: u64 = 0x3FF0_0000_0000_0000;
/// Beyond ± this the result is infinity or zero, whichever base.
const LIMIT: f64 = 1100.0;
/// 1/n! from n = 2: (e^r − 1 − r) / r².
const SERIES: [f64; 12] = [
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
];

/// eˣ, within one unit in the last place; infinity above 709.78, 0 below −745.13.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    let x = clamp(x);
    let k = (x * LOG2_E + SHIFT) - SHIFT;
    let high = x - k * LN_2_HIGH;
    let low = k * LN_2_LOW;
    let r = high - low;
    scale(1.0 + grown(r, (high - r) - low), k)
}

vectorised! {
    /// eˣ of every lane.
    pub fn exp_lanes(values: &mut Lanes) {
        for value in values {
            *value = exp(*value);
        }
    }
}

/// 2ˣ, within one unit in the last place; exact for whole x.
#[inline(always)]
#[must_use]
pub fn exp2(x: f64) -> f64 {
    let x = clamp(x);
    let k = (x + SHIFT) - SHIFT;
    scale(1.0 + grown((x - k) * LN_2, 0.0), k)
}

vectorised! {
    /// 2ˣ of every lane.
    pub fn exp2_lanes(values: &mut Lanes) {
        for value in values {
            *value = exp2(*value);
        }
    }
}

/// eˣ − 1 without cancellation near 0, within two units in the last place.
#[inline(always)]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    if x.abs() < 0.5 * LN_2 { grown(x, 0.0) } else { exp(x) - 1.0 }
}

/// e^(r + c) − 1 for |r| ≤ ln 2 / 2 and c a rounding error of r.
#[inline(always)]
fn grown(r: f64, c: f64) -> f64 {
    r + (r * r * polynomial(r, &SERIES) + c)
}

/// Within ± [`LIMIT`], NaN untouched (`f64::clamp` is a call where this is two selects).
#[inline(always)]
fn clamp(x: f64) -> f64 {
    let x = if x > LIMIT { LIMIT } else { x };
    if x < -LIMIT { -LIMIT } else { x }
}

/// y · 2^k for whole |k| ≤ 2000, rounded once.
#[inline(always)]
fn scale(y: f64, k: f64) -> f64 {
    let half = k * 0.5 + SHIFT;
    let rest = (k - (half - SHIFT)) + SHIFT;
    y * power_of_two(half) * power_of_two(rest)
}

/// 2^n from the number n + [`SHIFT`].
#[inline(always)]
fn power_of_two(shifted: f64) -> f64 {
    f64::from_bits(ONE.wrapping_add(shifted.to_bits() << 52))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{relative_error, spread};
    use super::*;

    #[test]
    fn exp_is_right_to_the_last_place() {
        // Values by mpmath 1.3 at 60 digits, rounded to nearest; arguments are exact doubles.
        for (x, expected) in [
            (1.0, std::f64::consts::E),
            (-1.0, 0.367_879_441_171_442_33),
            (0.5, 1.648_721_270_700_128_2),
            (0.1, 1.105_170_918_075_647_7),
            (-0.1, 0.904_837_418_035_959_5),
            (1e-09, 1.000_000_001),
            (-1e-17, 1.0),
            (0.346_573_59, 1.414_213_561_977_153_9),
            (0.346_573_6, 1.414_213_576_119_289_6),
            (-0.346_573_6, 0.707_106_774_313_450_4),
            (2.0, 7.389_056_098_930_65),
            (3.7, 40.447_304_360_067_4),
            (10.0, 22_026.465_794_806_718),
            (-20.3, 1.526_940_159_126_608_7e-9),
            (88.25, 2.120_742_930_535_254e38),
            (-100.1, 3.366_063_941_040_314_4e-44),
            (345.6, 1.236_439_713_332_671_7e150),
            (700.7, 2.042_412_546_226_052_9e304),
            (709.78, 1.792_822_794_394_515_5e308),
            (-690.3, 1.608_863_289_405_656_6e-300),
            (-708.3, 2.450_295_530_965_988e-308),
            (-246.634_129_233_572_7, 7.729_628_560_663_668e-108),
            (-488.811_156_505_697_34, 5.152_429_247_653_761e-213),
            (211.308_262_255_795_28, 5.888_603_032_207_644e91),
            (-598.589_198_665_440_1, 1.086_460_878_335_494_4e-260),
            (50.234_806_029_364_904, 6.556_907_515_534_126e21),
            (-188.035_516_322_380_26, 2.173_766_338_934_006_2e-82),
            (-618.801_505_315_410_5, 1.811_009_998_715_26e-269),
            (10.410_026_465_188_366, 33_190.748_790_590_05),
            (-647.506_078_181_221_1, 6.189_894_501_035_077e-282),
            (-92.896_042_872_659_79, 4.526_486_086_296_954e-41),
            (-602.202_406_995_533_5, 2.929_662_910_813_279e-262),
            (-573.001_781_318_588_9, 1.407_629_152_349_878e-249),
            (-0.301_923_243_429_944_14, 0.739_394_816_121_491_6),
            (1.307_408_498_688_152_2, 3.696_581_592_536_721),
            (-1.504_792_155_401_417_6, 0.222_063_443_723_100_9),
            (-1.107_044_141_571_941_9, 0.330_534_531_822_027_6),
            (0.509_732_889_622_357_2, 1.664_846_437_788_189_5),
            (1.790_835_769_828_022_6, 5.994_460_362_473_613),
            (0.308_411_794_469_994_67, 1.361_261_433_465_769_8),
            (-0.413_278_101_396_879_37, 0.661_478_299_206_968_3),
            (1.905_020_422_371_680_2, 6.719_544_855_276_243),
            (-1.813_669_277_528_974_9, 0.163_054_744_696_500_97),
            (1.433_873_836_194_718, 4.194_918_182_673_8),
            (-0.841_562_854_673_295, 0.431_036_349_575_130_4),
        ] {
            assert!(relative_error(exp(x), expected) <= 2.3e-16, "exp({x}) = {}", exp(x));
        }
    }

    #[test]
    fn exp_overflows_underflows_and_carries_nan() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-0.0), 1.0);
        assert_eq!(exp(709.782_712_893_384_1), f64::INFINITY);
        assert!(exp(709.782_712_893_383_9).is_finite());
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(-745.2), 0.0);
        assert_eq!(exp(-745.0), f64::from_bits(1));
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn whole_powers_of_two_are_exact() {
        let mut power = 1.0;
        for k in 0..1024 {
            assert_eq!(exp2(f64::from(k)), power);
            assert_eq!(exp2(f64::from(-k)), 1.0 / power);
            power *= 2.0;
        }
        assert_eq!(exp2(1024.0), f64::INFINITY);
        assert_eq!(exp2(-1074.0), f64::from_bits(1));
        assert_eq!(exp2(-1080.0), 0.0);
        assert!(relative_error(exp2(0.5), std::f64::consts::SQRT_2) <= 2.3e-16);
    }

    #[test]
    fn growth_near_nothing_keeps_its_digits() {
        for (x, expected) in [
            (1e-300, 1e-300),
            (1e-12, 1.000_000_000_000_5e-12),
            (-1e-09, -9.999_999_995e-10),
            (0.001, 0.001_000_500_166_708_341_7),
            (-0.1, -0.095_162_581_964_040_43),
            (0.3, 0.349_858_807_576_003_1),
            (-0.34, -0.288_229_677_237_390_3),
            (0.35, 0.419_067_548_593_257_23),
            (-0.4, -0.329_679_953_964_360_73),
            (1.0, 1.718_281_828_459_045_3),
            (-3.0, -0.950_212_931_632_136),
            (20.0, 485_165_194.409_790_3),
        ] {
            assert!(relative_error(exp_m1(x), expected) <= 4.5e-16, "exp_m1({x}) = {}", exp_m1(x));
        }
        assert_eq!(exp_m1(-800.0), -1.0);
    }

    #[test]
    fn lanes_hold_the_bits_of_the_scalar() {
        let start = spread(-760.0, 720.0);
        let (mut natural, mut binary) = (start, start);
        exp_lanes(&mut natural);
        exp2_lanes(&mut binary);
        for (lane, x) in start.into_iter().enumerate() {
            assert_eq!(natural[lane].to_bits(), exp(x).to_bits());
            assert_eq!(binary[lane].to_bits(), exp2(x).to_bits());
        }
    }
}
