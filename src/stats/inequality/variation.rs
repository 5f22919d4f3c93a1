//! The coefficient of variation.

use super::sample::{Sample, finite_ratio};

/// The coefficient of variation of a sample: its standard deviation (divisor n − 1) over its mean.
///
/// `None` also with fewer than two values or a mean that is not positive.
#[must_use]
pub fn sample_variation(values: &[f64]) -> Option<f64> {
    (values.len() > 1).then(|| of(&Sample::new(values)?, 1.0)).flatten()
}

/// The coefficient of variation of a whole population: its standard deviation (divisor n) over
/// its mean. `None` also if the mean is not positive.
#[must_use]
pub fn population_variation(values: &[f64]) -> Option<f64> {
    of(&Sample::new(values)?, 0.0)
}

/// The coefficient of variation of a whole population with a weight for each value. `None` also
/// if the mean is not positive.
#[must_use]
pub fn weighted_variation(values: &[f64], weights: &[f64]) -> Option<f64> {
    of(&Sample::weighted(values, weights)?, 0.0)
}

/// √(Σ w(x − mean)² / (Σ w − `less`)) / mean.
pub(super) fn of(sample: &Sample, less: f64) -> Option<f64> {
    let mean = sample.mean();
    let rows = sample.rows().iter();
    let squares: f64 = rows.map(|&(value, weight)| weight * (value - mean) * (value - mean)).sum();
    finite_ratio((squares / (sample.weight() - less)).sqrt(), mean)
}
