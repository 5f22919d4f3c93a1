//! Polynomials with a fixed number of coefficients.

/// The polynomial `c[0] + c[1] x + c[2] x² + …`.
///
/// Summed in groups of four (Estrin 1960, doi:10.1145/1460361.1460365): a quarter of the waiting of
/// Horner's scheme, which is what bounds a loop over lanes.
#[inline(always)]
#[must_use]
pub fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let square = x * x;
    let fourth = square * square;
    let at = |place: usize| coefficients.get(place).copied().unwrap_or(0.0);
    let mut sum = 0.0;
    for group in (0..N.div_ceil(4)).rev() {
        let first = 4 * group;
        let low = at(first) + at(first + 1) * x;
        let high = at(first + 2) + at(first + 3) * x;
        sum = sum * fourth + (low + high * square);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_stand_in_rising_order() {
        // 1 + 2·3 + 4·9 = 43; with 8·27 + 16·81 + 32·243 = 9331
        assert_eq!(polynomial(3.0, &[]), 0.0);
        assert_eq!(polynomial(3.0, &[1.0, 2.0, 4.0]), 43.0);
        assert_eq!(polynomial(3.0, &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0]), 9331.0);
    }
}
