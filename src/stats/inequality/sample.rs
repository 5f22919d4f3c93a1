//! Amounts in order, each with its weight.

/// Amounts and weights that can be measured: finite, the weights not negative and some of them
/// positive. Ascending, equal amounts by weight, so that the order of rows cannot reach the last digit.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    rows: Vec<(f64, f64)>,
    weight: f64,
    total: f64,
    is_weighted: bool,
}

impl Sample {
    /// Amounts that count alike.
    #[must_use]
    pub fn new(values: &[f64]) -> Option<Self> {
        Self::of(values.iter().map(|&value| (value, 1.0)).collect(), false)
    }

    /// Amounts with a weight each.
    #[must_use]
    pub fn weighted(values: &[f64], weights: &[f64]) -> Option<Self> {
        let rows = values.iter().copied().zip(weights.iter().copied()).collect();
        (values.len() == weights.len()).then(|| Self::of(rows, true)).flatten()
    }

    fn of(mut rows: Vec<(f64, f64)>, is_weighted: bool) -> Option<Self> {
        let is_valid = |&(value, weight): &(f64, f64)| {
            value.is_finite() && weight.is_finite() && weight >= 0.0
        };
        if !rows.iter().all(is_valid) || !rows.iter().any(|&(_, weight)| weight > 0.0) {
            return None;
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let weight = rows.iter().map(|&(_, weight)| weight).sum();
        let total = rows.iter().map(|&(value, weight)| value * weight).sum();
        Some(Self { rows, weight, total, is_weighted })
    }

    /// The amounts with their weights, ascending.
    #[must_use]
    pub fn rows(&self) -> &[(f64, f64)] {
        &self.rows
    }

    /// The sum of the weights.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// The sum of the amounts times their weights.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The weighted mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.total / self.weight
    }

    /// Whether amounts have weights of their own.
    #[must_use]
    pub fn is_weighted(&self) -> bool {
        self.is_weighted
    }

    /// Whether there is a total to have shares of, and nobody owes a part of it.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        let is_positive = self.rows.first().is_some_and(|&(value, _)| value >= 0.0);
        is_positive && self.total > 0.0 && self.total.is_finite() && self.weight.is_finite()
    }

    /// The weighted mean of a function of each amount over the mean, where shares have a meaning.
    pub(super) fn mean_of_ratios(&self, of: impl Fn(f64) -> f64) -> Option<f64> {
        if !self.is_shared() {
            return None;
        }
        let mean = self.mean();
        // Of a weight of nothing the function may have no value, and none is asked.
        let held = self.rows.iter().filter(|&&(_, weight)| weight > 0.0);
        let sum: f64 = held.map(|&(value, weight)| weight * of(value / mean)).sum();
        Some(sum / self.weight).filter(|mean| mean.is_finite())
    }
}

/// A ratio, unless its denominator is not positive or a sum overflowed on the way.
pub(super) fn finite_ratio(numerator: f64, denominator: f64) -> Option<f64> {
    let ratio = numerator / denominator;
    (denominator > 0.0 && denominator.is_finite() && ratio.is_finite()).then_some(ratio)
}
