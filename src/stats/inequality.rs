//! How unequal amounts are.
//!
//! Every measure is `None` where it has no meaning: no values, a value or weight that is not
//! finite, a negative weight, weights of another number than values, a sum of weights of 0.

/// The Gini coefficient, population form (Gini 1912; see Lambert 2001, *The Distribution and
/// Redistribution of Income*): half the mean absolute difference over the mean, 0 (equal) to
/// 1 − 1/n (one has all).
///
/// `None` also with a negative value or if all are 0: then there is nothing to have a share of.
#[must_use]
pub fn gini(values: &[f64]) -> Option<f64> {
    gini_of(values.iter().map(|&value| (value, 1.0)).collect())
}

/// The Gini coefficient with a weight for each value (heads behind an amount per head): the
/// trapezoid under the weighted Lorenz curve.
#[must_use]
pub fn weighted_gini(values: &[f64], weights: &[f64]) -> Option<f64> {
    gini_of(pairs(values, weights)?)
}

/// The coefficient of variation of a sample: its standard deviation (divisor n − 1) over its mean.
///
/// `None` also with fewer than two values or a mean that is not positive.
#[must_use]
pub fn sample_variation(values: &[f64]) -> Option<f64> {
    let unweighted = values.iter().map(|&value| (value, 1.0)).collect();
    (values.len() > 1).then(|| variation_of(unweighted, 1.0)).flatten()
}

/// The coefficient of variation of a whole population: its standard deviation (divisor n) over
/// its mean. `None` also if the mean is not positive.
#[must_use]
pub fn population_variation(values: &[f64]) -> Option<f64> {
    variation_of(values.iter().map(|&value| (value, 1.0)).collect(), 0.0)
}

/// The coefficient of variation of a whole population with a weight for each value. `None` also
/// if the mean is not positive.
#[must_use]
pub fn weighted_variation(values: &[f64], weights: &[f64]) -> Option<f64> {
    variation_of(pairs(values, weights)?, 0.0)
}

fn pairs(values: &[f64], weights: &[f64]) -> Option<Vec<(f64, f64)>> {
    let same_length = values.len() == weights.len();
    same_length.then(|| values.iter().copied().zip(weights.iter().copied()).collect())
}

/// Σ wᵢxᵢ(2Wᵢ₋₁ + wᵢ − W) / (W·Σ wᵢxᵢ) over ascending values, Wᵢ the weight up to i: one minus
/// twice the trapezoids, put so that nothing is taken from one and equal values give 0 exactly.
fn gini_of(mut pairs: Vec<(f64, f64)>) -> Option<f64> {
    if !are_valid(&pairs) || pairs.iter().any(|&(value, _)| value < 0.0) {
        return None;
    }
    // Sorted by weight too, so that the order of rows cannot reach the last digit.
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let total_weight: f64 = pairs.iter().map(|&(_, weight)| weight).sum();
    let (mut below, mut amount, mut spread) = (0.0, 0.0, 0.0);
    for (value, weight) in pairs {
        amount += weight * value;
        spread += weight * value * (2.0 * below + weight - total_weight);
        below += weight;
    }
    finite_ratio(spread, total_weight * amount)
}

/// √(Σ w(x − mean)² / (Σ w − `less`)) / mean.
fn variation_of(mut pairs: Vec<(f64, f64)>, less: f64) -> Option<f64> {
    if !are_valid(&pairs) {
        return None;
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let weight: f64 = pairs.iter().map(|&(_, weight)| weight).sum();
    let mean = pairs.iter().map(|&(value, weight)| value * weight).sum::<f64>() / weight;
    let squares: f64 =
        pairs.iter().map(|&(value, weight)| weight * (value - mean) * (value - mean)).sum();
    finite_ratio((squares / (weight - less)).sqrt(), mean)
}

fn are_valid(pairs: &[(f64, f64)]) -> bool {
    pairs.iter().all(|&(value, weight)| value.is_finite() && weight.is_finite() && weight >= 0.0)
        && pairs.iter().any(|&(_, weight)| weight > 0.0)
}

/// A ratio, unless its denominator is not positive or a sum overflowed on the way.
fn finite_ratio(numerator: f64, denominator: f64) -> Option<f64> {
    let ratio = numerator / denominator;
    (denominator > 0.0 && denominator.is_finite() && ratio.is_finite()).then_some(ratio)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_amounts_have_no_inequality() {
        assert_eq!(gini(&[7.0; 5]), Some(0.0));
        assert_eq!(population_variation(&[7.0; 5]), Some(0.0));
    }

    #[test]
    fn measures_of_two_and_six_are_those_worked_by_hand() {
        // Gini: mean difference over pairs with themselves (0+4+4+0)/4 = 2, over twice the mean 8.
        assert_eq!(gini(&[6.0, 2.0]), Some(0.25));
        // Mean 4, squares about it 8: √(8/2)/4 = 0.5 and √(8/1)/4.
        assert_eq!(population_variation(&[6.0, 2.0]), Some(0.5));
        assert_eq!(sample_variation(&[6.0, 2.0]), Some(8.0_f64.sqrt() / 4.0));
    }

    #[test]
    fn a_weight_of_three_is_the_value_three_times() {
        // 2, 6, 6, 6: mean 5; differences 2·3·4 = 24 of 16 pairs: 1.5 over 10.
        assert_eq!(weighted_gini(&[2.0, 6.0], &[1.0, 3.0]), Some(0.15));
        assert_eq!(gini(&[2.0, 6.0, 6.0, 6.0]), Some(0.15));
        // Squares about 5: 9 + 3 = 12, √(12/4)/5.
        assert_eq!(weighted_variation(&[2.0, 6.0], &[1.0, 3.0]), Some(3.0_f64.sqrt() / 5.0));
    }

    #[test]
    fn what_has_no_inequality_to_measure_has_none() {
        assert_eq!(gini(&[]), None);
        assert_eq!(gini(&[0.0, 0.0]), None);
        assert_eq!(gini(&[-1.0, 5.0]), None);
        assert_eq!(gini(&[f64::NAN, 5.0]), None);
        assert_eq!(gini(&[1e308, 1e308]), None);
        assert_eq!(weighted_gini(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(weighted_gini(&[1.0, 2.0], &[0.0, 0.0]), None);
        assert_eq!(sample_variation(&[3.0]), None);
        assert_eq!(population_variation(&[-1.0, 1.0]), None);
    }

    proptest! {
        #[test]
        fn the_order_of_rows_never_matters(mut rows in proptest::collection::vec((0.0_f64..1e9, 0.1_f64..1e4), 2..60)) {
            let measure = |rows: &[(f64, f64)]| {
                let (values, weights): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
                (weighted_gini(&values, &weights).map(f64::to_bits), weighted_variation(&values, &weights).map(f64::to_bits))
            };
            let before = measure(&rows);
            rows.reverse();
            rows.rotate_left(1);
            prop_assert_eq!(before, measure(&rows));
        }
    }
}
