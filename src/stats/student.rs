//! Student's t.

use crate::numeric::{exp, incomplete_beta_inverse_logit, normal_quantile};

/// Where Student's t with so many degrees of freedom has the share `above` on its right, for
/// 0 < `above` ≤ ½; NaN outside, and without degrees of freedom.
///
/// With x the place where a beta distribution with ν/2 and ½ has the share 2 · `above` below it,
/// t² = ν (1 − x)/x (Abramowitz & Stegun 1964, 26.5.27). So 1 − x keeps its digits however many
/// degrees there are.
#[must_use]
pub fn student_quantile(degrees: u64, above: f64) -> f64 {
    if degrees == 0 || !(above > 0.0 && above <= 0.5) {
        return f64::NAN;
    }
    if above == 0.5 {
        return 0.0;
    }
    // From here on t is the normal deviate to 15 digits of its share, and the beta function slow.
    if degrees > ALMOST_NORMAL {
        return almost_normal(degrees as f64, -normal_quantile(above));
    }
    let nu = degrees as f64;
    let logit = incomplete_beta_inverse_logit(nu / 2.0, 0.5, normal_quantile(2.0 * above));
    (nu * exp(-logit)).sqrt()
}

/// More degrees of freedom than this are taken by the expansion.
const ALMOST_NORMAL: u64 = 100_000;

/// The deviate z of the normal distribution, widened: the first two terms of the expansion in 1/ν
/// (Abramowitz & Stegun 1964, 26.7.5). What is left out is below 10⁻¹² for z up to 8.
fn almost_normal(nu: f64, z: f64) -> f64 {
    let squared = z * z;
    let first = z * (squared + 1.0) / 4.0;
    let second = z * ((5.0 * squared + 16.0) * squared + 3.0) / 96.0;
    z + first / nu + second / (nu * nu)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: f64, expected: f64, error: f64) {
        assert!((found - expected).abs() <= error, "{found} is not {expected}");
    }

    #[test]
    fn one_and_two_degrees_of_freedom_have_a_closed_form() {
        // ν = 1 (Cauchy): t = cot(π · above); at 1/4, 1/6, 1/12: 1, √3, 2 + √3.
        assert_near(student_quantile(1, 0.25), 1.0, 1e-13);
        assert_near(student_quantile(1, 1.0 / 6.0), 3.0_f64.sqrt(), 1e-13);
        assert_near(student_quantile(1, 1.0 / 12.0), 2.0 + 3.0_f64.sqrt(), 1e-12);
        // ν = 2: t = (1 − 2a) / √(2 a (1 − a)).
        for above in [0.4_f64, 0.1, 0.01, 1e-4] {
            let expected = (1.0 - 2.0 * above) / (2.0 * above * (1.0 - above)).sqrt();
            assert_near(student_quantile(2, above), expected, 1e-12 * expected);
        }
    }

    #[test]
    fn the_published_table_comes_out() {
        // Abramowitz & Stegun 1964, table 26.10: ν = 15 and 120, two-sided 95 %, 99 %, 99.9 %.
        for (degrees, above, expected) in [
            (15, 0.025, 2.131),
            (15, 0.005, 2.947),
            (15, 0.0005, 4.073),
            (120, 0.025, 1.980),
            (120, 0.005, 2.617),
            (120, 0.0005, 3.373),
        ] {
            assert_near(student_quantile(degrees, above), expected, 6e-4);
        }
    }

    #[test]
    fn with_many_degrees_it_meets_the_normal_deviate_from_above() {
        for above in [0.025, 0.003_125, 1e-6] {
            let z = -normal_quantile(above);
            let both = [ALMOST_NORMAL, ALMOST_NORMAL + 1].map(|nu| student_quantile(nu, above));
            assert_near(both[0], both[1], 1e-8);
            assert!(both[0] > both[1] && both[1] > z);
            assert_near(student_quantile(u64::MAX, above), z, 1e-14 * z);
        }
    }

    #[test]
    fn what_is_no_share_has_no_deviate() {
        for (degrees, above) in [(0, 0.1), (5, 0.0), (5, 0.6), (5, -0.1), (5, f64::NAN)] {
            assert!(student_quantile(degrees, above).is_nan());
        }
        assert_eq!(student_quantile(5, 0.5), 0.0);
    }
}
