//! Polynomials by Horner's scheme.

/// The polynomial `c[0] + c[1] x + c[2] x² + …`.
#[inline]
#[must_use]
pub fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, &coefficient| sum * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_stand_in_rising_order() {
        // 1 + 2·3 + 4·9 = 43
        assert_eq!(polynomial(3.0, &[1.0, 2.0, 4.0]), 43.0);
        assert_eq!(polynomial(3.0, &[]), 0.0);
    }
}
