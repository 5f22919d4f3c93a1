//! The Gini coefficient.

use super::sample::{Sample, finite_ratio};

/// The Gini coefficient, population form (Gini 1912; see Lambert 2001, *The Distribution and
/// Redistribution of Income*): half the mean absolute difference over the mean, 0 (equal) to
/// 1 − 1/n (one has all).
///
/// `None` also with a negative value or if all are 0: then there is nothing to have a share of.
#[must_use]
pub fn gini(values: &[f64]) -> Option<f64> {
    of(&Sample::new(values)?)
}

/// The Gini coefficient with a weight for each value (heads behind an amount per head): the
/// trapezoid under the weighted Lorenz curve.
#[must_use]
pub fn weighted_gini(values: &[f64], weights: &[f64]) -> Option<f64> {
    of(&Sample::weighted(values, weights)?)
}

/// The Gini coefficient of a sample, times n/(n − 1): 1 where one has all (Deltas 2003,
/// <https://doi.org/10.1162/rest.2003.85.1.226>). `None` also with fewer than two values.
#[must_use]
pub fn corrected_gini(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    gini(values).filter(|_| values.len() > 1).map(|gini| gini * count / (count - 1.0))
}

/// Σ wᵢxᵢ(2Wᵢ₋₁ + wᵢ − W) / (W·Σ wᵢxᵢ) over ascending values, Wᵢ the weight up to i: one minus
/// twice the trapezoids, put so that nothing is taken from one and equal values give 0 exactly.
pub(super) fn of(sample: &Sample) -> Option<f64> {
    if !sample.is_shared() {
        return None;
    }
    let (mut below, mut spread) = (0.0, 0.0);
    for &(value, weight) in sample.rows() {
        spread += weight * value * (2.0 * below + weight - sample.weight());
        below += weight;
    }
    finite_ratio(spread, sample.weight() * sample.total())
}
