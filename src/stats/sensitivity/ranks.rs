//! Ranks, and correlations with their intervals.

use super::super::interval::Z_95;
use super::Estimate;
use crate::numeric::{exp, ln_1p};

/// Ranks from 1, in ascending order; equal values share the mean of theirs. What is not a number
/// stands at an end.
#[must_use]
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    // −0 and 0 are equal, though the order tells them apart.
    let mut before = 0.0;
    for tied in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let count = tied.len() as f64;
        for &at in tied {
            ranks[at] = before + f64::midpoint(count, 1.0);
        }
        before += count;
    }
    ranks
}

/// The values less their mean, at length 1; none where they do not differ.
pub(super) fn standardised(values: &[f64]) -> Option<Vec<f64>> {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let square: f64 = centred.iter().map(|value| value * value).sum();
    let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    // Rounding of the mean alone is no difference.
    let noise = largest * 1e-14;
    if !(square > noise * noise * values.len() as f64 && square.is_finite()) {
        return None;
    }
    let length = square.sqrt();
    Some(centred.into_iter().map(|value| value / length).collect())
}

/// Σ a·b.
pub(super) fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Spearman's rank correlation (1904, doi:10.2307/1412159) of two lists of ranks, with the interval of
/// Bonett and Wright (2000, doi:10.1007/BF02294183); `independent` is how many independent draws they are
/// worth. None where one of them does not vary, or with fewer than four draws.
#[must_use]
pub fn rank_correlation(a: &[f64], b: &[f64], independent: f64) -> Option<Estimate> {
    let rho = product(&standardised(a)?, &standardised(b)?).clamp(-1.0, 1.0);
    correlation_estimate(rho, (1.0 + rho * rho / 2.0) / (independent - 3.0))
}

/// A correlation whose Fisher transform (1915, doi:10.2307/2331838) has this variance; none where that
/// is no positive number.
#[must_use]
pub fn correlation_estimate(value: f64, variance: f64) -> Option<Estimate> {
    if !(variance > 0.0 && variance.is_finite()) {
        return None;
    }
    if value.abs() >= 1.0 {
        return Some(Estimate { value, lower: value, upper: value });
    }
    let (fisher, reach) = (0.5 * (ln_1p(value) - ln_1p(-value)), Z_95 * variance.sqrt());
    Some(Estimate { value, lower: tanh(fisher - reach), upper: tanh(fisher + reach) })
}

fn tanh(x: f64) -> f64 {
    // Beyond, the other exponential is all rounding.
    if x.abs() > 20.0 {
        return 1.0_f64.copysign(x);
    }
    let doubled = exp(2.0 * x);
    (doubled - 1.0) / (doubled + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        assert_eq!(ranks(&[30.0, 10.0, 20.0, 10.0]), [4.0, 1.5, 3.0, 1.5]);
        assert_eq!(ranks(&[0.0, -0.0]), [1.5, 1.5]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn a_rank_correlation_by_hand() {
        // Differences of ranks 1, −1, 1, −1, 0: ρ = 1 − 6·4/(5·24) = 0.8.
        let a = [1.0, 2.0, 3.0, 4.0, 5.0];
        let b = [2.0, 1.0, 4.0, 3.0, 5.0];
        let found = rank_correlation(&a, &b, 5.0).unwrap();
        assert!((found.value - 0.8).abs() < 1e-15);
        // atanh 0.8 = ½ ln 9 = 1.0986; √((1 + 0.32)/2) = 0.8124; tanh(1.0986 ± 1.5923).
        assert!((found.lower + 0.4570).abs() < 1e-3 && (found.upper - 0.9909).abs() < 1e-3);
        assert!(found.may_be_zero());
        assert_eq!(rank_correlation(&a, &[1.0; 5], 5.0), None);
        assert_eq!(rank_correlation(&a, &b, 3.0), None);
    }

    #[test]
    fn what_differs_by_rounding_alone_does_not_vary() {
        assert_eq!(standardised(&[0.1 + 0.2, 0.3, 0.3]), None);
        assert!(standardised(&[1.0, 1.0 + 1e-9]).is_some());
    }
}
