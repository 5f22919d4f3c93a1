//! The inverse of the standard normal distribution function.
//!
//! Algorithm AS 241, PPND16 (Wichura 1988, doi:10.2307/2347330): three ratios of polynomials, for the
//! middle, the tails and the far tails.

use super::logarithm::ln_normal;
use super::simd::vectorised;
use super::{LANES, Lanes, lanes_of, ln, polynomial};

/// Half the width of the middle on the scale of probability.
const MIDDLE: f64 = 0.425;
/// 0.425², the constant of the middle's variable.
const MIDDLE_SQUARE: f64 = 0.180_625;
/// √(−ln p) beyond which a tail is far: p below e⁻²⁵.
const FAR: f64 = 5.0;
const MIDDLE_RATIO: ([f64; 8], [f64; 8]) = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
);
const TAIL_RATIO: ([f64; 8], [f64; 8]) = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        0.000_774_545_014_278_341_4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        0.000_547_593_808_499_534_5,
        1.050_750_071_644_416_9e-9,
    ],
);
const FAR_RATIO: ([f64; 8], [f64; 8]) = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        0.000_786_869_131_145_613_3,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_7e-15,
    ],
);

/// The score z with Φ(z) = p, relative error below 10⁻¹⁵; ∓∞ at 0 and 1, NaN outside 0..1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if is_in_middle(p) {
        middle_score(p)
    } else if is_near(p) {
        tail_score(p)
    } else {
        far(p)
    }
}

vectorised! {
    /// The score of every lane.
    pub fn normal_quantile_lanes(values: &mut Lanes) {
        // Loops of one formula each: together they would be a branch, which no vector unit takes.
        let probabilities = *values;
        let mut in_tails = [0; LANES];
        for lane in 0..LANES {
            in_tails[lane] = u8::from(!is_in_middle(probabilities[lane]));
            values[lane] = middle_score(probabilities[lane]);
        }
        // Three in twenty lie in the tails: those are worked out side by side.
        let tails = lanes_of(&in_tails);
        let (mut outside, mut count) = ([0.25; LANES], 0);
        let mut left = tails;
        while left != 0 {
            outside[count % LANES] = probabilities[left.trailing_zeros() as usize % LANES];
            count += 1;
            left &= left - 1;
        }
        for eight in outside.as_chunks_mut::<8>().0.iter_mut().take(count.div_ceil(8)) {
            for at in 0..8 {
                eight[at] = tail_score(eight[at]);
            }
        }
        let (mut left, mut at) = (tails, 0);
        while left != 0 {
            let lane = left.trailing_zeros() as usize % LANES;
            let p = probabilities[lane];
            // One probability in thirty billion is in a far tail.
            values[lane] = if is_near(p) { outside[at % LANES] } else { far(p) };
            at += 1;
            left &= left - 1;
        }
    }
}

/// e⁻²⁵ < p < 1 − e⁻²⁵, with room to spare on the side of the far tail.
#[inline(always)]
fn is_near(p: f64) -> bool {
    p > 1.4e-11 && p < 1.0 - 1.4e-11
}

/// Whether a probability lies in the middle; what is none does not.
#[inline(always)]
fn is_in_middle(p: f64) -> bool {
    (p - 0.5).abs() <= MIDDLE
}

/// The score in the middle.
#[inline(always)]
fn middle_score(p: f64) -> f64 {
    let q = p - 0.5;
    q * ratio(MIDDLE_SQUARE - q * q, &MIDDLE_RATIO)
}

/// The score in the tails, for 0 < p < 1.
#[inline(always)]
fn tail_score(p: f64) -> f64 {
    let outside = if p < 0.5 { p } else { 1.0 - p };
    let size = ratio((-ln_normal(outside)).sqrt() - 1.6, &TAIL_RATIO);
    if p < 0.5 { -size } else { size }
}

/// The far tails and everything that is no probability inside 0..1.
fn far(p: f64) -> f64 {
    let outside = if p < 0.5 { p } else { 1.0 - p };
    let root = (-ln(outside)).sqrt();
    let size = if outside == 0.0 {
        f64::INFINITY
    } else if root <= FAR {
        ratio(root - 1.6, &TAIL_RATIO)
    } else {
        ratio(root - FAR, &FAR_RATIO)
    };
    if p < 0.5 { -size } else { size }
}

#[inline(always)]
fn ratio(x: f64, (numerator, denominator): &([f64; 8], [f64; 8])) -> f64 {
    polynomial(x, numerator) / polynomial(x, denominator)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{relative_error, spread};
    use super::super::{LANES, normal_cdf};
    use super::*;

    #[test]
    fn scores_agree_with_sixty_digits() {
        // Φ⁻¹ by mpmath 1.3 at 60 digits of exact doubles, rounded to nearest.
        for (p, expected) in [
            (1e-200, -30.205_594_179_579_64),
            (1e-100, -21.273_453_560_965_326),
            (1e-30, -11.464_024_688_443_615),
            (1e-16, -8.222_082_216_130_435),
            (1e-12, -7.034_483_825_301_132),
            (1.38e-11, -6.658_838_502_850_766),
            (1.39e-11, -6.657_777_073_049_202),
            (1.41e-11, -6.655_676_453_298_993),
            (1e-09, -5.997_807_015_007_686_5),
            (1e-06, -4.753_424_308_822_899),
            (0.0001, -3.719_016_485_455_680_4),
            (0.001, -3.090_232_306_167_813_6),
            (0.01, -2.326_347_874_040_841),
            (0.05, -1.644_853_626_951_472_6),
            (0.0749, -1.440_238_267_527_963_7),
            (0.0751, -1.438_825_392_752_54),
            (0.1, -1.281_551_565_544_600_4),
            (0.2, -0.841_621_233_572_914_2),
            (0.25, -0.674_489_750_196_081_7),
            (0.3, -0.524_400_512_708_040_8),
            (0.4, -0.253_347_103_135_799_7),
            (0.49, -0.025_068_908_258_711_057),
            (0.499_999_9, -2.506_628_274_703_106_3e-7),
            (0.500_001, 2.506_628_274_705_705_2e-6),
            (0.6, 0.253_347_103_135_799_7),
            (0.75, 0.674_489_750_196_081_7),
            (0.9, 1.281_551_565_544_600_6),
            (0.95, 1.644_853_626_951_472_2),
            (0.975, 1.959_963_984_540_053_8),
            (0.99, 2.326_347_874_040_840_8),
            (0.999_999, 4.753_424_308_817_087),
            (0.999_999_999_9, 6.361_340_889_697_422),
            (0.999_999_999_999_999_9, 8.209_536_151_601_387),
        ] {
            let score = normal_quantile(p);
            assert!(relative_error(score, expected) <= 1e-15, "quantile({p:e}) = {score}");
        }
    }

    #[test]
    fn the_published_check_values_of_the_algorithm_hold() {
        // Wichura 1988: p = 0.25, 0.001, 1e-20.
        assert!((normal_quantile(0.25) + 0.674_489_750_196_081_7).abs() < 1e-15);
        assert!((normal_quantile(0.001) + 3.090_232_306_167_813_6).abs() < 4e-15);
        assert!((normal_quantile(1e-20) + 9.262_340_089_798_409).abs() < 1e-14);
    }

    #[test]
    fn one_half_is_zero_and_both_sides_mirror() {
        assert_eq!(normal_quantile(0.5), 0.0);
        for step in 1..1024 {
            let p = f64::from(step) / 1024.0;
            assert_eq!(normal_quantile(1.0 - p), -normal_quantile(p));
        }
    }

    #[test]
    fn what_is_no_probability_has_no_score() {
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!(normal_quantile(-0.1).is_nan());
        assert!(normal_quantile(1.1).is_nan());
        assert!(normal_quantile(f64::NAN).is_nan());
        assert!(normal_quantile(f64::from_bits(1)) < -38.0);
    }

    #[test]
    fn the_distribution_function_leads_back() {
        for step in -370..=60 {
            let z = f64::from(step) * 0.1 - 0.013;
            let back = normal_quantile(normal_cdf(z));
            // In the upper half 1 − Φ keeps 2⁻⁵³: an error of 2⁻⁵³/φ(z) in z.
            let error = 1e-14 + 1.2e-16 / super::super::normal_density(z.max(0.0));
            assert!((back - z).abs() <= error * (1.0 + z.abs()), "{z} came back as {back}");
        }
    }

    #[test]
    fn lanes_hold_the_bits_of_the_scalar() {
        let mut start = spread(1e-6, 0.999_999);
        start[3] = 1e-17;
        start[9] = 0.0;
        start[LANES - 1] = 1.0 - 1e-13;
        let mut values = start;
        normal_quantile_lanes(&mut values);
        for (value, p) in values.into_iter().zip(start) {
            assert_eq!(value.to_bits(), normal_quantile(p).to_bits());
        }
    }
}
