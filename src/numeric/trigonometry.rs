//! Sine, cosine and arc sine, for angles on the globe.
//!
//! Minimax polynomials of FDLIBM (Sun Microsystems, 1993: `k_sin.c`, `k_cos.c`, `e_asin.c`); the
//! argument loses a multiple of π/2 held in three parts (Cody & Waite 1980).

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use super::polynomial;

/// π/2 in three parts; the product of either of the first two with a 20-bit integer is exact.
const HALF_PI: [f64; 3] =
    [1.570_796_326_734_125_6, 6.077_100_506_303_966e-11, 2.022_266_248_795_950_6e-21];
/// Up to here (2²⁰ quarter turns) the reduction is exact enough.
const LARGEST: f64 = 1_647_099.0;
/// 1.5 · 2⁵²: adding it rounds to an integer and leaves that integer in the low bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;
/// (sin r − r) / r³ in powers of r².
const SINE: [f64; 6] = [
    -0.166_666_666_666_666_32,
    0.008_333_333_333_322_49,
    -0.000_198_412_698_298_579_5,
    2.755_731_370_707_006_8e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
/// (cos r − 1 + r²/2) / r⁴ in powers of r².
const COSINE: [f64; 6] = [
    0.041_666_666_666_666_6,
    -0.001_388_888_888_887_411,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];
/// Numerator and denominator of (asin x − x) / x³ in powers of x².
const ARC_SINE: ([f64; 6], [f64; 5]) = (
    [
        0.166_666_666_666_666_66,
        -0.325_565_818_622_400_9,
        0.201_212_532_134_862_93,
        -0.040_055_534_500_679_41,
        0.000_791_534_994_289_814_5,
        3.479_331_075_960_212e-5,
    ],
    [
        1.0,
        -2.403_394_911_734_414,
        2.020_945_760_233_505_7,
        -0.688_283_971_605_453_3,
        0.077_038_150_555_901_94,
    ],
);

/// sin x of an angle in radians, within about one unit in the last place; NaN where |x| > 1,647,099.
#[inline]
#[must_use]
pub fn sin(x: f64) -> f64 {
    let (quarter, r, low) = reduce(x);
    turned(quarter, r, low)
}

/// cos x of an angle in radians, within about one unit in the last place; NaN where |x| > 1,647,099.
#[inline]
#[must_use]
pub fn cos(x: f64) -> f64 {
    let (quarter, r, low) = reduce(x);
    turned(quarter.wrapping_add(1), r, low)
}

/// The angle in −π/2..π/2 whose sine is x, within about one unit in the last place; NaN beyond ±1.
#[must_use]
pub fn asin(x: f64) -> f64 {
    let size = x.abs();
    let angle = if size <= 0.5 {
        small_arc(size)
    } else {
        // asin x = π/2 − 2 asin √((1 − x)/2)
        FRAC_PI_2 - 2.0 * small_arc((0.5 * (1.0 - size)).sqrt())
    };
    if x < 0.0 { -angle } else { angle }
}

fn small_arc(x: f64) -> f64 {
    let z = x * x;
    x + x * (z * polynomial(z, &ARC_SINE.0) / polynomial(z, &ARC_SINE.1))
}

/// The quarter turn nearest to x (its last bits), and what x has beyond it, in two parts.
#[inline]
fn reduce(x: f64) -> (u64, f64, f64) {
    let x = if x.abs() <= LARGEST { x } else { f64::NAN };
    let shifted = x * FRAC_2_PI + SHIFT;
    let turns = shifted - SHIFT;
    let first = x - turns * HALF_PI[0];
    let step = turns * HALF_PI[1];
    let second = first - step;
    let step_low = turns * HALF_PI[2] - ((first - second) - step);
    let r = second - step_low;
    (shifted.to_bits(), r, (second - r) - step_low)
}

/// sin(quarter · π/2 + r + low).
#[inline]
fn turned(quarter: u64, r: f64, low: f64) -> f64 {
    let z = r * r;
    let sine = r - ((z * 0.5 * low - low) - z * r * polynomial(z, &SINE));
    let half = 0.5 * z;
    let near_one = 1.0 - half;
    let cosine =
        near_one + (((1.0 - near_one) - half) + (z * z * polynomial(z, &COSINE) - r * low));
    let size = if quarter & 1 == 0 { sine } else { cosine };
    if quarter & 2 == 0 { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::super::tests::relative_error;
    use super::*;

    #[test]
    fn sine_and_cosine_agree_with_sixty_digits() {
        for (x, sine, cosine) in [
            (0.1, 0.099_833_416_646_828_15, 0.995_004_165_278_025_8),
            (0.5, 0.479_425_538_604_203, 0.877_582_561_890_372_8),
            (0.78, 0.703_279_419_200_410_1, 0.710_913_538_012_277_3),
            (0.79, 0.710_353_272_417_607_8, 0.703_845_315_652_236_1),
            (1.0, 0.841_470_984_807_896_5, 0.540_302_305_868_139_8),
            (1.57, 0.999_999_682_931_834_6, 0.000_796_326_710_733_263_3),
            (FRAC_PI_2, 1.0, 6.123_233_995_736_766e-17),
            (2.0, 0.909_297_426_825_681_7, -0.416_146_836_547_142_4),
            (3.0, 0.141_120_008_059_867_2, -0.989_992_496_600_445_4),
            (-0.7, -0.644_217_687_237_691, 0.764_842_187_284_488_5),
            (-4.4, 0.951_602_073_889_516, -0.307_332_869_978_419_35),
            (6.0, -0.279_415_498_198_925_86, 0.960_170_286_650_366),
            (100.0, -0.506_365_641_109_758_8, 0.862_318_872_287_683_9),
            (-1000.5, -0.995_273_957_105_213_5, 0.097_106_901_444_385_26),
            (100_000.0, 0.035_748_797_972_016_51, -0.999_360_807_438_212_4),
            (1_600_000.0, -0.541_401_092_198_300_9, 0.840_764_448_205_611_8),
            (1e-08, 1e-08, 1.0),
        ] {
            assert!(relative_error(sin(x), sine) <= 2.3e-16, "sin({x}) = {}", sin(x));
            assert!(relative_error(cos(x), cosine) <= 2.3e-16, "cos({x}) = {}", cos(x));
        }
    }

    #[test]
    fn arc_sine_agrees_with_sixty_digits() {
        for (x, expected) in [
            (1e-09, 1e-09),
            (0.1, 0.100_167_421_161_559_8),
            (0.3, 0.304_692_654_015_397_5),
            (0.5, std::f64::consts::FRAC_PI_6),
            (0.50001, 0.523_610_322_642_173_1),
            (0.7, 0.775_397_496_610_753),
            (0.9, 1.119_769_514_998_634_2),
            (0.999, 1.526_071_239_626_163),
            (0.999_999_9, 1.570_349_113_195_787_6),
            (-0.2, -0.201_357_920_790_330_8),
            (-0.8, -0.927_295_218_001_612_3),
        ] {
            assert!(relative_error(asin(x), expected) <= 2.3e-16, "asin({x}) = {}", asin(x));
        }
        assert_eq!(asin(1.0), FRAC_PI_2);
        assert!(asin(1.1).is_nan());
    }

    #[test]
    fn angles_out_of_reach_are_nan() {
        assert!(sin(1e7).is_nan());
        assert!(cos(f64::INFINITY).is_nan());
        assert!(sin(f64::NAN).is_nan());
        assert_eq!(sin(0.0), 0.0);
        assert_eq!(cos(0.0), 1.0);
    }
}
