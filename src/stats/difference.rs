//! The difference of two figures of one draw, without what rounding alone makes of it.

/// Figures that differ by less than this share of the larger are the same: a ratio of two sums of some
/// thousand terms is off by less, and no figure that anybody asks about is known so well.
const ROUNDING: f64 = 1e-12;

/// `after − before`, and exactly 0 where they differ by rounding alone. Not a number where either is none.
#[must_use]
pub fn difference(after: f64, before: f64) -> f64 {
    let difference = after - before;
    if difference.abs() <= ROUNDING * after.abs().max(before.abs()) { 0.0 } else { difference }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounding_makes_is_no_difference() {
        // 0.3 by two ways, which are one unit in the last place apart.
        let (one, other) = (0.1 + 0.2, 0.3);
        assert!(one != other);
        assert_eq!(difference(one, other), 0.0);
        assert_eq!(difference(-one, -other), 0.0);
        assert_eq!(difference(0.0, 0.0), 0.0);
    }

    #[test]
    fn a_cent_of_a_thousand_million_is_one() {
        assert!(difference(1e9 + 0.01, 1e9) > 0.009);
        assert!(difference(1e9, 1e9 + 0.01) < -0.009);
        assert_eq!(difference(1e-300, 0.0), 1e-300);
        assert!(difference(f64::NAN, 1.0).is_nan() && difference(1.0, f64::NAN).is_nan());
    }
}
