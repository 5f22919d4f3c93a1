//! The gamma function's logarithm and the regularised incomplete gamma functions.

use super::inverse::score_solution;
use super::{exp, ln, ln_1p, normal_cdf, polynomial};

/// ln √(2π).
pub(super) const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;
/// 1 − γ (Euler).
const ONE_LESS_EULER: f64 = 0.422_784_335_098_467_13;
/// (−1)^k (ζ(k) − 1)/k from k = 2: ln Γ(2 + t) = (1 − γ) t + Σ c t^k (Abramowitz & Stegun 6.1.33).
const NEAR_TWO: [f64; 26] = [
    0.322_467_033_424_113_2,
    -0.067_352_301_053_198_1,
    0.020_580_808_427_784_546,
    -0.007_385_551_028_673_986,
    0.002_890_510_330_741_523_4,
    -0.001_192_753_911_703_261,
    0.000_509_669_524_743_042_5,
    -0.000_223_154_758_453_579_39,
    9.945_751_278_180_853e-5,
    -4.492_623_673_813_314e-5,
    2.050_721_277_567_069e-5,
    -9.439_488_275_268_397e-6,
    4.374_866_789_907_488e-6,
    -2.039_215_753_801_366e-6,
    9.551_412_130_407_42e-7,
    -4.492_469_198_764_566e-7,
    2.120_718_480_555_466_5e-7,
    -1.004_322_482_396_809_9e-7,
    4.769_810_169_363_980_4e-8,
    -2.271_109_460_894_316_4e-8,
    1.083_865_921_489_695_5e-8,
    -5.183_475_041_970_047e-9,
    2.483_674_543_802_478_5e-9,
    -1.192_140_140_586_091_2e-9,
    5.731_367_241_678_862e-10,
    -2.759_522_885_124_233_4e-10,
];
/// B₂ₖ / (2k (2k − 1)): ln Γ's remainder after Stirling, in powers of 1/x² (Abramowitz & Stegun 6.1.41).
const STIRLING: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3617.0 / 122_400.0,
];
/// From here on Stirling's series gives every digit.
const LARGE: f64 = 10.0;
/// Steps after which a series or a fraction stops, whatever it reached.
const MOST_STEPS: u32 = 1_000_000;

/// The two parts into which a value divides a distribution; each exact where it is small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// The share below.
    pub lower: f64,
    /// The share above.
    pub upper: f64,
}

impl Tails {
    pub(super) const NAN: Self = Self { lower: f64::NAN, upper: f64::NAN };

    pub(super) fn from_lower(lower: f64) -> Self {
        Self { lower, upper: 1.0 - lower }
    }

    pub(super) fn from_upper(upper: f64) -> Self {
        Self { lower: 1.0 - upper, upper }
    }

    /// What stood above stands below.
    pub(super) fn swapped(self) -> Self {
        Self { lower: self.upper, upper: self.lower }
    }
}

/// ln Γ(x) for x > 0, relative error about 10⁻¹⁵; infinity at 0, NaN below.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 || x == f64::INFINITY {
        return f64::INFINITY;
    }
    if x >= LARGE {
        return (x - 0.5) * (ln(x) - 1.0) + (LN_ROOT_TWO_PI - 0.5 + stirling_series(x));
    }
    if x < 0.5 {
        return ln_gamma_near_two(x) - ln(x) - ln_1p(x);
    }
    if x < 1.5 {
        return ln_gamma_near_two(x - 1.0) - ln_1p(x - 1.0);
    }
    // Γ(x) = (x − 1) (x − 2) … Γ(2 + t) with |t| ≤ 1/2.
    let (mut left, mut product) = (x, 1.0);
    while left > 2.5 {
        left -= 1.0;
        product *= left;
    }
    ln(product) + ln_gamma_near_two(left - 2.0)
}

/// ln Γ(2 + t) for |t| ≤ 1/2.
fn ln_gamma_near_two(t: f64) -> f64 {
    t * (ONE_LESS_EULER + t * polynomial(t, &NEAR_TWO))
}

fn stirling_series(x: f64) -> f64 {
    polynomial(1.0 / (x * x), &STIRLING) / x
}

/// ln Γ(x) − (x − ½) ln x + x − ln √(2π): what Stirling's formula leaves.
pub(super) fn stirling_remainder(x: f64) -> f64 {
    if x >= LARGE {
        stirling_series(x)
    } else {
        ln_gamma(x) - ((x - 0.5) * ln(x) - x + LN_ROOT_TWO_PI)
    }
}

/// ln(1 + m) − m without cancellation near 0, where `ln_1p_m` is ln(1 + m).
pub(super) fn ln_less_linear(m: f64, ln_1p_m: f64) -> f64 {
    if m.abs() > 0.4 {
        return ln_1p_m - m;
    }
    // 2 artanh(s) − m with s = m/(2 + m): 2s − m = −s m, and the series goes on from s³.
    let s = m / (2.0 + m);
    let z = s * s;
    let (mut sum, mut power, mut odd) = (0.0, 1.0, 3.0);
    while power > 1e-18 {
        sum += power / odd;
        power *= z;
        odd += 2.0;
    }
    2.0 * s * z * sum - s * m
}

/// P(a, x) and Q(a, x), the shares of a gamma distribution of shape a > 0 (scale 1) below and above
/// x ≥ 0; NaN outside. The smaller has about 10⁻¹³ relative error, rising with the shape.
#[must_use]
pub fn incomplete_gamma(a: f64, x: f64) -> Tails {
    if x < 0.0 { Tails::NAN } else { shares(a, x, ln(x)) }
}

/// [`incomplete_gamma`] at x = e^`ln_x`, which reaches where x itself underflows.
#[must_use]
pub fn incomplete_gamma_at_ln(a: f64, ln_x: f64) -> Tails {
    shares(a, exp(ln_x), ln_x)
}

/// Power series below a + 1, continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31); the
/// factor before them is written as a distance from the mode (Loader 2000), so large shapes keep
/// their digits.
fn shares(a: f64, x: f64, ln_x: f64) -> Tails {
    if !(a > 0.0 && a.is_finite()) || ln_x.is_nan() {
        return Tails::NAN;
    }
    if x == f64::INFINITY {
        return Tails::from_upper(0.0);
    }
    let density = ln_density(a, x, ln_x);
    if x <= a + 1.0 {
        Tails::from_lower(density / a * series(a, x))
    } else {
        Tails::from_upper(density * fraction(a, x))
    }
}

/// The density of the logarithm of a gamma number of shape a: x^a e^−x / Γ(a).
fn ln_density(a: f64, x: f64, ln_x: f64) -> f64 {
    let m = (x - a) / a;
    let ln_ratio = if m.abs() <= 0.4 { ln_1p(m) } else { ln_x - ln(a) };
    (a / std::f64::consts::TAU).sqrt()
        * exp(a * ln_less_linear(m, ln_ratio) - stirling_remainder(a))
}

/// 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut step) = (1.0, 1.0, a);
    for _ in 0..MOST_STEPS {
        step += 1.0;
        term *= x / step;
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    sum
}

/// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …)), by the modified Lentz method (Thompson & Barnett 1986,
/// doi:10.1016/0021-9991(86)90046-X).
fn fraction(a: f64, x: f64) -> f64 {
    let mut below = x + 1.0 - a;
    let mut up = 1.0 / f64::MIN_POSITIVE;
    let mut down = 1.0 / below;
    let mut value = down;
    for step in 1..MOST_STEPS {
        let n = f64::from(step);
        let numerator = n * (a - n);
        below += 2.0;
        down = 1.0 / not_zero(numerator * down + below);
        up = not_zero(below + numerator / up);
        let change = down * up;
        value *= change;
        if (change - 1.0).abs() <= 2.3e-16 {
            break;
        }
    }
    value
}

/// The number, or the least normal one in place of 0.
pub(super) fn not_zero(x: f64) -> f64 {
    if x.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { x }
}

/// ln x where a gamma distribution of shape a (scale 1) has the share Φ(`score`) below x.
///
/// The probability comes as a standard normal score, so both tails keep their digits; −∞ and ∞ at
/// scores whose tail underflows (beyond ±38), NaN unless a > 0.
#[must_use]
pub fn incomplete_gamma_inverse_ln(a: f64, score: f64) -> f64 {
    if !(a > 0.0 && a.is_finite()) || score.is_nan() {
        return f64::NAN;
    }
    // Wilson & Hilferty (1931, doi:10.1073/pnas.17.12.684), or the power law at the left end.
    let root = 1.0 - 1.0 / (9.0 * a) + score / (3.0 * a.sqrt());
    let start = if root > 0.2 {
        ln(a) + 3.0 * ln(root)
    } else {
        (ln(normal_cdf(score)) + ln_gamma(a + 1.0)) / a
    };
    score_solution(score, start, |ln_x| {
        let x = exp(ln_x);
        (shares(a, x, ln_x), ln_density(a, x, ln_x))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::relative_error;
    use super::*;

    #[test]
    fn ln_gamma_agrees_with_sixty_digits() {
        for (x, expected) in [
            (1e-10, 23.025_850_929_882_736),
            (0.01, 4.599_479_878_042_022),
            (0.1, 2.252_712_651_734_206),
            (0.3, 1.095_797_994_818_075_6),
            (0.49, 0.592_249_629_335_267),
            (0.5, 0.572_364_942_924_700_1),
            (0.9, 0.066_376_239_734_742_95),
            (0.999, 0.000_578_038_532_891_380_2),
            (1.001, -0.000_576_393_598_283_306_2),
            (1.3, -0.108_174_809_507_860_47),
            (1.5, -0.120_782_237_635_245_22),
            (1.9, -0.038_984_275_923_083_36),
            (1.9999, -4.227_520_877_215_346e-5),
            (2.0001, 4.228_165_811_291_994_5e-5),
            (2.3, 0.154_189_454_959_630_46),
            (2.5, 0.284_682_870_472_919_2),
            (2.6, 0.357_411_863_548_979_86),
            (3.0, std::f64::consts::LN_2),
            (4.2, 2.048_555_636_960_59),
            (7.7, 7.926_541_356_269_005),
            (9.99, 12.779_315_214_350_193),
            (10.0, 12.801_827_480_081_469),
            (15.5, 26.536_914_491_115_613),
            (100.0, 359.134_205_369_575_4),
            (10000.0, 82_099.717_496_442_38),
            (1_000_000.0, 12_815_504.569_147_611),
            (10_000_000_000.0, 220_258_509_288.810_58),
        ] {
            assert!(
                relative_error(ln_gamma(x), expected) <= 2e-15,
                "ln_gamma({x}) = {}",
                ln_gamma(x)
            );
        }
        assert_eq!(ln_gamma(1.0), 0.0);
        assert_eq!(ln_gamma(2.0), 0.0);
        assert_eq!(ln_gamma(0.0), f64::INFINITY);
        assert!(ln_gamma(-1.5).is_nan());
    }

    #[test]
    fn both_tails_of_the_gamma_distribution_agree_with_sixty_digits() {
        for (a, x, lower, upper) in [
            (0.01, 1e-20, 0.634_557_920_548_996_7, 0.365_442_079_451_003_27),
            (0.01, 0.5, 0.994_373_243_806_032_9, 0.005_626_756_193_967_184_4),
            (0.01, 1.5, 0.998_986_456_977_504_7, 0.001_013_543_022_495_309_4),
            (0.5, 0.1, 0.345_279_153_981_423, 0.654_720_846_018_577),
            (0.5, 3.0, 0.985_694_121_564_570_4, 0.014_305_878_435_429_64),
            (1.0, 0.2, 0.181_269_246_922_018_15, 0.818_730_753_077_981_8),
            (2.0, 1.0, 0.264_241_117_657_115_33, 0.735_758_882_342_884_7),
            (2.0, 9.0, 0.998_765_901_959_133_2, 0.001_234_098_040_866_795_5),
            (2.5, 0.001, 9.508_534_598_607_95e-9, 0.999_999_990_491_465_4),
            (10.0, 3.0, 0.001_102_488_130_115_479_8, 0.998_897_511_869_884_5),
            (10.0, 11.2, 0.680_794_186_528_470_2, 0.319_205_813_471_529_8),
            (10.0, 30.0, 0.999_992_878_249_137_2, 7.121_750_862_815_577e-6),
            (100.0, 70.0, 0.000_430_372_594_979_890_87, 0.999_569_627_405_020_1),
            (100.0, 100.0, 0.513_298_798_279_148_7, 0.486_701_201_720_851_35),
            (100.0, 150.0, 0.999_994_075_459_664_6, 5.924_540_335_483_916e-6),
            (5000.0, 4900.0, 0.077_944_956_226_513_91, 0.922_055_043_773_486_1),
            (5000.0, 5100.0, 0.920_671_118_922_381_1, 0.079_328_881_077_618_97),
            (1_000_000.0, 1_001_000.0, 0.841_344_786_368_340_3, 0.158_655_213_631_659_71),
        ] {
            let tails = incomplete_gamma(a, x);
            assert!(relative_error(tails.lower, lower) <= 2e-13, "P({a}, {x}) = {}", tails.lower);
            assert!(relative_error(tails.upper, upper) <= 2e-13, "Q({a}, {x}) = {}", tails.upper);
        }
    }

    #[test]
    fn shape_one_is_the_exponential_distribution() {
        for step in 1..200 {
            let x = f64::from(step) * 0.1;
            assert!(relative_error(incomplete_gamma(1.0, x).upper, exp(-x)) < 2e-14);
        }
    }

    #[test]
    fn the_inverse_leads_back() {
        for a in [0.01, 0.3, 1.0, 2.5, 40.0, 3_000.0, 1e6] {
            for step in -16..=16 {
                let score = f64::from(step) * 0.5;
                let tails = incomplete_gamma_at_ln(a, incomplete_gamma_inverse_ln(a, score));
                let (found, wanted) = if score < 0.0 {
                    (tails.lower, normal_cdf(score))
                } else {
                    (tails.upper, normal_cdf(-score))
                };
                assert!(relative_error(found, wanted) < 5e-11, "{a} {score}: {found} for {wanted}");
            }
        }
    }

    #[test]
    fn what_is_no_shape_or_place_has_no_share() {
        assert!(incomplete_gamma(0.0, 1.0).lower.is_nan());
        assert!(incomplete_gamma(1.0, -1.0).lower.is_nan());
        assert!(incomplete_gamma(f64::NAN, 1.0).lower.is_nan());
        assert_eq!(incomplete_gamma(2.0, 0.0), Tails { lower: 0.0, upper: 1.0 });
        assert_eq!(incomplete_gamma(2.0, f64::INFINITY), Tails { lower: 1.0, upper: 0.0 });
        assert_eq!(incomplete_gamma_inverse_ln(2.0, f64::NEG_INFINITY), f64::NEG_INFINITY);
        assert_eq!(incomplete_gamma_inverse_ln(2.0, f64::INFINITY), f64::INFINITY);
        assert!(incomplete_gamma_inverse_ln(-1.0, 0.0).is_nan());
    }
}
