//! First-order and total indices from the rows of a Saltelli design.

use super::Estimate;
use serde::Serialize;

/// The indices of one input or group.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Indices {
    /// The share of the variance that it explains by itself.
    pub first: Estimate,
    /// The share in which it takes any part.
    pub total: Estimate,
}

/// Indices of each group for one figure: `a` and `b` its values in the rows of two independent matrices,
/// `mixed` those in the rows of A with the group's inputs from B. None where the figure does not vary.
///
/// `S = (1/N) Σ f(B) (f(AB) − f(A)) / V` (Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018) and
/// `T = (1/2N) Σ (f(A) − f(AB))² / V` (Jansen 1999, doi:10.1016/S0010-4655(98)00154-4), with the figure less
/// its mean over all rows and V its variance over those of A and B.
///
/// Intervals are 1.96 standard deviations of the same estimates over `resamples` of the rows (Archer,
/// Saltelli and Sobol' 1997, doi:10.1080/00949659708811825); a resample is how often each row is taken.
#[must_use]
pub fn indices(
    a: &[f64],
    b: &[f64],
    mixed: &[Vec<f64>],
    resamples: &[Vec<f64>],
) -> Option<Vec<Indices>> {
    let rows = a.len();
    if rows == 0 || b.len() != rows || mixed.iter().any(|values| values.len() != rows) {
        return None;
    }
    let both: Vec<f64> = a.iter().chain(b).copied().collect();
    super::ranks::standardised(&both)?;
    let all = || [a, b].into_iter().chain(mixed.iter().map(Vec::as_slice)).flatten();
    let mean = all().sum::<f64>() / ((mixed.len() + 2) * rows) as f64;
    let centred = |values: &[f64]| values.iter().map(|value| value - mean).collect::<Vec<f64>>();
    let (a, b) = (centred(a), centred(b));
    let mixed: Vec<Vec<f64>> = mixed.iter().map(|values| centred(values)).collect();
    let whole = vec![1.0; rows];
    let variance = variance(&a, &b, &whole);
    let of_resamples: Vec<f64> =
        resamples.iter().map(|taken| self::variance(&a, &b, taken)).collect();
    Some(
        mixed
            .iter()
            .map(|mixed| {
                let steps = a.iter().zip(mixed).map(|(a, mixed)| mixed - a);
                let first: Vec<f64> = steps.clone().zip(&b).map(|(step, b)| b * step).collect();
                let total: Vec<f64> = steps.map(|step| step * step / 2.0).collect();
                let estimate = |terms: &[f64]| {
                    let value = taken_mean(terms, &whole) / variance;
                    let again = resamples.iter().zip(&of_resamples);
                    let again = again.map(|(taken, variance)| taken_mean(terms, taken) / variance);
                    Estimate::normal(value, deviation(again))
                };
                Indices { first: estimate(&first), total: estimate(&total).within(0.0, f64::MAX) }
            })
            .collect(),
    )
}

/// The mean of some terms, each taken so often.
fn taken_mean(terms: &[f64], taken: &[f64]) -> f64 {
    super::ranks::product(terms, taken) / terms.len() as f64
}

/// The variance over the rows of both matrices, each row taken so often.
fn variance(a: &[f64], b: &[f64], taken: &[f64]) -> f64 {
    let twice = 2.0 * a.len() as f64;
    let over = |of: &dyn Fn(f64) -> f64| {
        let terms = a.iter().zip(b).zip(taken);
        terms.map(|((a, b), taken)| taken * (of(*a) + of(*b))).sum::<f64>() / twice
    };
    let mean = over(&|value| value);
    over(&|value| value * value) - mean * mean
}

/// The standard deviation of what is finite; 0 of fewer than two.
fn deviation(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    let n = values.len() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_by_hand() {
        // f(A) = 1, 3; f(B) = 5, 7; f(AB) = 5, 3: mean over six rows 4.
        // Less it: A −3, −1; B 1, 3; AB 1, −1; of A and B mean 0, variance (9 + 1 + 1 + 9)/4 = 5.
        // S: (1·4 + 3·0)/2/5 = 0.4; T: (16 + 0)/2/2/5 = 0.8.
        let found = indices(&[1.0, 3.0], &[5.0, 7.0], &[vec![5.0, 3.0]], &[]).unwrap()[0];
        assert!((found.first.value - 0.4).abs() < 1e-15 && (found.total.value - 0.8).abs() < 1e-15);
        assert_eq!(found.first.lower, found.first.value);
    }

    #[test]
    fn a_group_that_changes_nothing_has_exactly_no_effect() {
        let a = [1.0, 2.0, 4.0];
        let taken = [vec![2.0, 1.0, 0.0], vec![0.0, 0.0, 3.0]];
        let found = indices(&a, &[3.0, 0.0, 1.0], &[a.to_vec()], &taken).unwrap()[0];
        let nothing = Estimate { value: 0.0, lower: 0.0, upper: 0.0 };
        assert_eq!((found.first, found.total), (nothing, nothing));
    }

    #[test]
    fn what_does_not_vary_has_no_indices() {
        assert_eq!(indices(&[2.0; 4], &[2.0; 4], &[vec![2.0; 4]], &[]), None);
        assert_eq!(indices(&[], &[], &[], &[]), None);
        assert_eq!(indices(&[1.0], &[2.0], &[vec![]], &[]), None);
    }
}
