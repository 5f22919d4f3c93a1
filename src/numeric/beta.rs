//! The regularised incomplete beta function and its inverse.

use super::gamma::{LN_ROOT_TWO_PI, Tails, ln_less_linear, not_zero, stirling_remainder};
use super::inverse::score_solution;
use super::{exp, ln, ln_1p, ln_gamma, normal_cdf};

/// Steps after which the fraction stops, whatever it reached.
const MOST_STEPS: u32 = 1_000_000;

/// ln B(a, b) for a, b > 0; NaN outside.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) {
        return f64::NAN;
    }
    if a + b < 10.0 {
        return ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    }
    // Stirling's formula in all three gamma functions, with what it leaves: no large terms cancel.
    let remainder = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(a + b);
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    let middle = LN_ROOT_TWO_PI - 0.5 * ln(small) + 0.5 * ln_1p(small / large);
    remainder + middle - small * ln_1p(large / small) - large * ln_1p(small / large)
}

/// I(a, b; x) and its complement, the shares of a beta distribution below and above x; NaN unless
/// a, b > 0 and 0 ≤ x ≤ 1. The smaller has about 10⁻¹³ relative error, rising with a + b.
#[must_use]
pub fn incomplete_beta(a: f64, b: f64, x: f64) -> Tails {
    if !(0.0..=1.0).contains(&x) {
        return Tails::NAN;
    }
    let logit = ln(x) - ln_1p(-x);
    shares(a, b, Place { x, y: 1.0 - x, ln_x: ln(x), ln_y: ln_1p(-x) }, logit)
}

/// [`incomplete_beta`] at x = 1/(1 + e^−`logit`), which keeps its digits near both ends.
#[must_use]
pub fn incomplete_beta_at_logit(a: f64, b: f64, logit: f64) -> Tails {
    shares(a, b, Place::at(logit), logit)
}

/// A place in 0..1 and its complement, with their logarithms.
#[derive(Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
    ln_x: f64,
    ln_y: f64,
}

impl Place {
    fn at(logit: f64) -> Self {
        let small = exp(-logit.abs());
        let (near, far) = (1.0 / (1.0 + small), small / (1.0 + small));
        let (ln_near, ln_far) = (-ln_1p(small), -logit.abs() - ln_1p(small));
        if logit < 0.0 {
            Self { x: far, y: near, ln_x: ln_far, ln_y: ln_near }
        } else {
            Self { x: near, y: far, ln_x: ln_near, ln_y: ln_far }
        }
    }

    fn mirrored(self) -> Self {
        Self { x: self.y, y: self.x, ln_x: self.ln_y, ln_y: self.ln_x }
    }
}

fn shares(a: f64, b: f64, place: Place, logit: f64) -> Tails {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) || logit.is_nan() {
        return Tails::NAN;
    }
    if logit == f64::NEG_INFINITY {
        return Tails::from_lower(0.0);
    }
    if logit == f64::INFINITY {
        return Tails::from_upper(0.0);
    }
    let density = logit_density(a, b, &place);
    // The fraction converges fast below the mean of Beta(a + 1, b + 1) and slowly above it.
    if place.x * (b + 1.0) <= place.y * (a + 1.0) {
        Tails::from_lower(density / a * fraction(a, b, place.x))
    } else {
        let mirrored = place.mirrored();
        Tails::from_lower(density / b * fraction(b, a, mirrored.x)).swapped()
    }
}

/// The density of the logit of a beta number: x^a y^b / B(a, b), written as a distance from the mean
/// (Loader 2000), so large parameters keep their digits.
fn logit_density(a: f64, b: f64, place: &Place) -> f64 {
    let sum = a + b;
    let off = place.x * b - place.y * a;
    let (m, n) = (off / a, -off / b);
    // x = (a/sum)(1 + m), y = (b/sum)(1 + n); a m + b n = 0.
    let ln_x = if m.abs() <= 0.4 { ln_1p(m) } else { place.ln_x + ln_1p(b / a) };
    let ln_y = if n.abs() <= 0.4 { ln_1p(n) } else { place.ln_y + ln_1p(a / b) };
    let distance = a * ln_less_linear(m, ln_x) + b * ln_less_linear(n, ln_y);
    let remainder = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(sum);
    (a / sum * b / std::f64::consts::TAU).sqrt() * exp(distance - remainder)
}

/// The continued fraction of I(a, b; x) over x^a y^b / (a B) (Abramowitz & Stegun 26.5.8) by the
/// modified Lentz method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let sum = a + b;
    let mut up = 1.0;
    let mut down = 1.0 / not_zero(1.0 - sum * x / (a + 1.0));
    let mut value = down;
    for step in 1..MOST_STEPS {
        let n = f64::from(step);
        let even = n * (b - n) * x / ((a + 2.0 * n - 1.0) * (a + 2.0 * n));
        down = 1.0 / not_zero(1.0 + even * down);
        up = not_zero(1.0 + even / up);
        value *= down * up;
        let odd = -(a + n) * (sum + n) * x / ((a + 2.0 * n) * (a + 2.0 * n + 1.0));
        down = 1.0 / not_zero(1.0 + odd * down);
        up = not_zero(1.0 + odd / up);
        let change = down * up;
        value *= change;
        if (change - 1.0).abs() <= 2.3e-16 {
            break;
        }
    }
    value
}

/// ln(x / (1 − x)) where a beta distribution has the share Φ(`score`) below x.
///
/// The probability comes as a standard normal score, so both tails keep their digits; ∓∞ at scores
/// whose tail underflows (beyond ±38), NaN unless a, b > 0.
#[must_use]
pub fn incomplete_beta_inverse_logit(a: f64, b: f64, score: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) || score.is_nan() {
        return f64::NAN;
    }
    // At the ends the power laws x^a / (a B) and y^b / (b B), in the middle the spread of the logit.
    let middle = ln(a / b) + score * (1.0 / a + 1.0 / b).sqrt();
    let left = (ln(normal_cdf(score)) + ln(a) + ln_beta(a, b)) / a;
    let right = -(ln(normal_cdf(-score)) + ln(b) + ln_beta(a, b)) / b;
    let start = if score < 0.0 && left < -2.0 && a < 1.0 {
        left
    } else if score > 0.0 && right > 2.0 && b < 1.0 {
        right
    } else {
        middle
    };
    score_solution(score, start, |logit| {
        let place = Place::at(logit);
        let density = logit_density(a, b, &place);
        (shares(a, b, place, logit), density)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::relative_error;
    use super::*;

    #[test]
    fn both_tails_of_the_beta_distribution_agree_with_sixty_digits() {
        for (a, b, x, lower, upper) in [
            (0.01, 0.02, 0.001, 0.622_375_911_327_775_4, 0.377_624_088_672_224_63),
            (0.01, 0.02, 0.9, 0.680_915_205_857_081_2, 0.319_084_794_142_918_8),
            (0.5, 0.5, 0.3, 0.369_010_119_565_545_36, 0.630_989_880_434_454_6),
            (1.0, 3.0, 0.2, 0.488_000_000_000_000_04, 0.512),
            (2.0, 5.0, 0.1, 0.114_265, 0.885_734_999_999_999_9),
            (2.0, 5.0, 0.9, 0.999_945, 5.499_999_999_999_994e-5),
            (3.0, 3.0, 0.5, 0.5, 0.5),
            (10.0, 1.5, 0.5, 0.002_666_848_417_085_728, 0.997_333_151_582_914_2),
            (30.0, 70.0, 0.2, 0.009_692_085_749_007_045, 0.990_307_914_250_993),
            (30.0, 70.0, 0.3, 0.511_625_104_558_609_1, 0.488_374_895_441_390_9),
            (30.0, 70.0, 0.5, 0.999_976_968_785_178_2, 2.303_121_482_187_372e-5),
            (2.6, 3.4, 0.001, 1.713_329_260_786_496e-7, 0.999_999_828_667_073_9),
            (400.0, 300.0, 0.6, 0.937_387_524_601_459, 0.062_612_475_398_540_98),
            (3000.0, 1000.0, 0.74, 0.072_976_043_399_505_27, 0.927_023_956_600_494_7),
        ] {
            let tails = incomplete_beta(a, b, x);
            assert!(relative_error(tails.lower, lower) <= 4e-13, "{a} {b} {x}: {}", tails.lower);
            assert!(relative_error(tails.upper, upper) <= 4e-13, "{a} {b} {x}: {}", tails.upper);
        }
    }

    #[test]
    fn the_beta_function_agrees_with_sixty_digits() {
        for (a, b, expected) in [
            (0.01, 0.02, 5.010_313_350_697_985),
            (0.5, 0.5, 1.144_729_885_849_400_2),
            (2.0, 5.0, -3.401_197_381_662_155_5),
            (100.0, 0.3, -0.284_702_364_664_656_87),
            (1_000_000.0, 2.0, -27.631_022_115_928_047),
            (300.0, 400.0, -479.688_451_037_132),
        ] {
            assert!(relative_error(ln_beta(a, b), expected) <= 4e-14, "{a} {b}: {}", ln_beta(a, b));
        }
    }

    #[test]
    fn the_inverse_leads_back() {
        for (a, b) in [(0.01, 0.02), (0.5, 0.5), (1.0, 7.0), (2.0, 5.0), (300.0, 2.0), (1e6, 1e5)] {
            for step in -16..=16 {
                let score = f64::from(step) * 0.5;
                let logit = incomplete_beta_inverse_logit(a, b, score);
                let tails = incomplete_beta_at_logit(a, b, logit);
                let (found, wanted) = if score < 0.0 {
                    (tails.lower, normal_cdf(score))
                } else {
                    (tails.upper, normal_cdf(-score))
                };
                assert!(relative_error(found, wanted) < 5e-11, "{a} {b} {score}: {found} {wanted}");
            }
        }
    }

    #[test]
    fn what_is_no_parameter_or_place_has_no_share() {
        assert!(incomplete_beta(0.0, 1.0, 0.5).lower.is_nan());
        assert!(incomplete_beta(1.0, 1.0, 1.5).lower.is_nan());
        assert!(incomplete_beta(1.0, f64::NAN, 0.5).lower.is_nan());
        assert_eq!(incomplete_beta(2.0, 3.0, 0.0), Tails { lower: 0.0, upper: 1.0 });
        assert_eq!(incomplete_beta(2.0, 3.0, 1.0), Tails { lower: 1.0, upper: 0.0 });
        assert_eq!(incomplete_beta_inverse_logit(2.0, 3.0, f64::INFINITY), f64::INFINITY);
    }
}
