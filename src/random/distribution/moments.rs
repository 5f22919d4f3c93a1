//! Mean, standard deviation, skewness and kurtosis together.

/// The first four moments, the last two of them standardised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moments {
    pub mean: f64,
    pub sd: f64,
    /// None where nothing varies.
    pub skew: Option<f64>,
    /// None where nothing varies.
    pub excess_kurtosis: Option<f64>,
}

impl Moments {
    /// Those of values with weights that add up to 1.
    pub fn of(values: &[f64], weights: &[f64]) -> Self {
        let pairs = || values.iter().zip(weights);
        let mean: f64 = pairs().map(|(value, weight)| value * weight).sum();
        let squares = pairs().map(|(value, weight)| weight * (value - mean) * (value - mean));
        let sd = squares.sum::<f64>().sqrt();
        let widest = values.iter().map(|value| (value - mean).abs()).fold(0.0, f64::max);
        // In units of the widest, so that no power is beyond the range of numbers.
        let central = |power: u32| -> f64 {
            pairs()
                .map(|(value, weight)| {
                    let deviation = (value - mean) / widest;
                    weight * (0..power).fold(1.0, |product, _| product * deviation)
                })
                .sum()
        };
        let shape = if values.len() > 1 { shape(central) } else { None };
        Self {
            mean,
            sd,
            skew: shape.map(|(skew, _)| skew),
            excess_kurtosis: shape.map(|(_, kurtosis)| kurtosis),
        }
    }
}

/// Skewness m₃/m₂^(3/2) and excess kurtosis m₄/m₂² − 3 from central moments by their power, in
/// whatever unit; none where nothing varies.
pub(super) fn shape(central: impl Fn(u32) -> f64) -> Option<(f64, f64)> {
    let variance = central(2);
    let shape =
        (central(3) / (variance * variance.sqrt()), central(4) / (variance * variance) - 3.0);
    (variance > 0.0 && !shape.0.is_nan() && !shape.1.is_nan()).then_some(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_moments_by_hand() {
        // 0 with 3/4, 4 with 1/4: mean 1, variance 3, m₃ = (−1)³·3/4 + 3³/4 = 6,
        // m₄ = 3/4 + 81/4 = 21; skew 6/3^1.5 = 2/√3, kurtosis 21/9 − 3 = −2/3.
        let found = Moments::of(&[0.0, 4.0], &[0.75, 0.25]);
        assert_eq!((found.mean, found.sd), (1.0, 3.0_f64.sqrt()));
        assert!((found.skew.unwrap() - 2.0 / 3.0_f64.sqrt()).abs() < 1e-15);
        assert!((found.excess_kurtosis.unwrap() + 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn what_does_not_vary_has_no_shape_and_large_values_have_one() {
        let certain = Moments::of(&[7.0], &[1.0]);
        assert_eq!((certain.sd, certain.skew, certain.excess_kurtosis), (0.0, None, None));
        // Two equally likely values: no skew, kurtosis 1 − 3.
        let large = Moments::of(&[-1e200, 1e200], &[0.5, 0.5]);
        assert_eq!((large.skew, large.excess_kurtosis), (Some(0.0), Some(-2.0)));
    }
}
