//! The standard normal distribution function.
//!
//! Φ(−x) = e^(−x²/2) R(x); (1 + √2 x) R(x) is one polynomial in (x − k)/(x + k) over the whole
//! half-line, the form of Shepherd & Laframboise (1981), doi:10.1090/S0025-5718-1981-0595058-9, with
//! k = 5.3 and coefficients of its Chebyshev expansion computed at 60 digits, so no branch is needed.

use std::f64::consts::SQRT_2;

use super::simd::vectorised;
use super::{Lanes, exp, polynomial};

/// 1/√(2π).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;
/// The k of the variable (x − k)/(x + k).
const CENTRE: f64 = 5.3;
/// Φ(−40) is below the least positive number.
const LARGEST: f64 = 40.0;
/// (1 + √2 x) e^(x²/2) Φ(−x) in powers of (x − k)/(x + k); error below 10⁻¹⁷.
const SCALED_TAIL: [f64; 23] = [
    0.618_778_144_380_100_7,
    -0.070_121_396_687_647_91,
    0.001_732_426_905_054_325,
    0.041_207_229_811_056_15,
    -0.054_435_340_060_153_15,
    0.046_139_173_777_104_33,
    -0.029_305_728_532_133_45,
    0.014_138_463_568_330_166,
    -0.004_844_875_465_384_161,
    0.000_865_250_021_924_618_8,
    0.000_149_794_786_813_838_34,
    -0.000_144_711_211_457_094_65,
    2.528_277_848_685_989_6e-5,
    1.131_400_798_320_492_1e-5,
    -5.673_659_411_283_351e-6,
    -5.194_566_075_670_674e-7,
    8.718_543_817_012_35e-7,
    -1.876_557_683_088_775_3e-8,
    -1.264_162_258_490_582_4e-7,
    7.005_060_404_411_633e-9,
    1.638_022_765_393_966_2e-8,
    -2.834_117_437_143_126_3e-10,
    -1.164_999_472_348_965_2e-9,
];

/// Φ(x), the chance that a standard normal number is below x; 4·10⁻¹⁶ relative, in the lower tail too
/// (so the upper tail is `normal_cdf(-x)`).
#[inline(always)]
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    let lower = tail(x.abs());
    if x > 0.0 { 1.0 - lower } else { lower }
}

vectorised! {
    /// Φ of every lane.
    pub fn normal_cdf_lanes(values: &mut Lanes) {
        for value in values {
            *value = normal_cdf(*value);
        }
    }
}

/// The standard normal density e^(−x²/2)/√(2π).
#[inline(always)]
#[must_use]
pub fn normal_density(x: f64) -> f64 {
    let x = x.abs();
    DENSITY_AT_ZERO * bell(if x > LARGEST { LARGEST } else { x })
}

/// Φ(−x) for x ≥ 0.
#[inline(always)]
fn tail(x: f64) -> f64 {
    let x = if x > LARGEST { LARGEST } else { x };
    let place = (x - CENTRE) / (x + CENTRE);
    let value = bell(x) * (polynomial(place, &SCALED_TAIL) / (1.0 + SQRT_2 * x));
    if x == 0.0 { 0.5 } else { value }
}

/// e^(−x²/2) for 0 ≤ x ≤ 40. The square of the leading bits is exact; the rest is a small factor.
#[inline(always)]
fn bell(x: f64) -> f64 {
    let leading = f64::from_bits(x.to_bits() & !0x7FF_FFFF);
    let rest = 0.5 * (x - leading) * (x + leading);
    exp(-0.5 * leading * leading) * (1.0 - rest * (1.0 - rest * (0.5 - rest * (1.0 / 6.0))))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{relative_error, spread};
    use super::*;

    #[test]
    fn the_distribution_function_agrees_with_sixty_digits_in_both_tails() {
        for (x, expected) in [
            (-37.5, 4.605_353_009_581_955e-308),
            (-30.0, 4.906_713_927_148_187e-198),
            (-20.3, 6.429_244_467_698_346e-92),
            (-12.1, 5.280_558_767_433_56e-34),
            (-8.2, 1.201_935_154_273_585_9e-16),
            (-6.0, 9.865_876_450_376_98e-10),
            (-5.0, 2.866_515_718_791_939e-7),
            (-4.123, 1.869_848_492_499_627_2e-5),
            (-3.0, 0.001_349_898_031_630_094_6),
            (-2.0, 0.022_750_131_948_179_21),
            (-1.5, 0.066_807_201_268_858_07),
            (-1.0, 0.158_655_253_931_457_05),
            (-0.7, 0.241_963_652_223_073_03),
            (-0.3, 0.382_088_577_811_047_4),
            (-0.1, 0.460_172_162_722_971),
            (-1e-05, 0.499_996_010_577_196_06),
            (1e-10, 0.500_000_000_039_894_2),
            (0.2, 0.579_259_709_439_103),
            (0.5, 0.691_462_461_274_013_1),
            (0.9, 0.815_939_874_653_240_5),
            (1.6449, 0.950_004_782_531_653_7),
            (2.5, 0.993_790_334_674_223_8),
            (3.3, 0.999_516_575_857_616_2),
            (5.5, 0.999_999_981_010_437_5),
            (8.0, 0.999_999_999_999_999_3),
        ] {
            assert!(
                relative_error(normal_cdf(x), expected) <= 8e-16,
                "cdf({x}) = {}",
                normal_cdf(x)
            );
        }
    }

    #[test]
    fn the_edges_are_exact() {
        assert_eq!(normal_cdf(0.0), 0.5);
        assert_eq!(normal_cdf(-0.0), 0.5);
        assert_eq!(normal_cdf(f64::INFINITY), 1.0);
        assert_eq!(normal_cdf(f64::NEG_INFINITY), 0.0);
        assert_eq!(normal_cdf(-39.0), 0.0);
        assert!(normal_cdf(-38.0) > 0.0);
        assert!(normal_cdf(f64::NAN).is_nan());
    }

    #[test]
    fn the_density_is_the_slope_of_the_distribution_function() {
        assert_eq!(normal_density(0.0), DENSITY_AT_ZERO);
        for step in -40..40 {
            let x = f64::from(step) * 0.1;
            let h = 1e-4;
            let slope = (normal_cdf(x + h) - normal_cdf(x - h)) / (2.0 * h);
            assert!((slope - normal_density(x)).abs() < 1e-8);
        }
        assert_eq!(normal_density(f64::INFINITY), 0.0);
    }

    #[test]
    fn lanes_hold_the_bits_of_the_scalar() {
        let start = spread(-39.0, 12.0);
        let mut values = start;
        normal_cdf_lanes(&mut values);
        for (value, x) in values.into_iter().zip(start) {
            assert_eq!(value.to_bits(), normal_cdf(x).to_bits());
        }
    }
}
