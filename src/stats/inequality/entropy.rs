//! Measures of generalised entropy, among them the two of Theil.

use super::sample::Sample;
use crate::numeric::{ln, pow};
use std::collections::BTreeMap;

/// Theil's T: the mean of `x/μ · ln(x/μ)`; 0 (equal) to ln n (one has all).
///
/// Theil (1967), *Economics and Information Theory*; Bourguignon (1979),
/// <https://doi.org/10.2307/1914138>.
#[must_use]
pub fn theil_t(sample: &Sample) -> Option<f64> {
    sample.mean_of_ratios(|ratio| if ratio > 0.0 { ratio * ln(ratio) } else { 0.0 })
}

/// Theil's L, the mean logarithmic deviation: the mean of `ln(μ/x)`. `None` also where an amount is 0.
///
/// Bourguignon (1979), <https://doi.org/10.2307/1914138>.
#[must_use]
pub fn theil_l(sample: &Sample) -> Option<f64> {
    sample.mean_of_ratios(|ratio| -ln(ratio))
}

/// Generalised entropy: `(mean of (x/μ)^α − 1) / (α(α − 1))`; at α = 1 Theil's T, at α = 0 his L. The
/// larger α, the more the large amounts count. `None` also where an amount is 0 and α is not above 0.
///
/// Shorrocks (1980), <https://doi.org/10.2307/1913126>.
#[must_use]
pub fn generalised_entropy(sample: &Sample, alpha: f64) -> Option<f64> {
    if alpha == 0.0 {
        return theil_l(sample);
    }
    if alpha == 1.0 {
        return theil_t(sample);
    }
    let mean = if alpha == 2.0 {
        sample.mean_of_ratios(|ratio| ratio * ratio)
    } else if alpha == -1.0 {
        sample.mean_of_ratios(|ratio| 1.0 / ratio)
    } else if alpha == 0.5 {
        sample.mean_of_ratios(f64::sqrt)
    } else {
        sample.mean_of_ratios(|ratio| pow(ratio, alpha))
    };
    Some((mean? - 1.0) / (alpha * (alpha - 1.0))).filter(|entropy| entropy.is_finite())
}

/// Theil's T as the inequality between groups and that within them; they add up to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// What it would be if in each group all had the group's mean.
    pub between: f64,
    /// The groups' own, each with its share of the total.
    pub within: f64,
}

/// Splits Theil's T by groups, one for each value (Shorrocks 1980, <https://doi.org/10.2307/1913126>).
/// An empty `weights` weighs all alike.
#[must_use]
pub fn theil_by_groups<G: Ord>(values: &[f64], weights: &[f64], groups: &[G]) -> Option<Split> {
    let is_weighted = !weights.is_empty();
    if groups.len() != values.len() || (is_weighted && weights.len() != values.len()) {
        return None;
    }
    let mut members: BTreeMap<&G, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for (index, (group, value)) in groups.iter().zip(values).enumerate() {
        let weight = weights.get(index).copied().unwrap_or(1.0);
        let (amounts, heads) = members.entry(group).or_default();
        amounts.push(*value);
        heads.push(weight);
    }
    let ones = vec![1.0; values.len()];
    let all = Sample::weighted(values, if is_weighted { weights } else { &ones })?;
    if !all.is_shared() {
        return None;
    }
    let mut split = Split { between: 0.0, within: 0.0 };
    for (amounts, heads) in members.values() {
        // A group without heads or without anything has no part in the sum.
        let Some(group) = Sample::weighted(amounts, heads).filter(Sample::is_shared) else {
            continue;
        };
        let share = group.total() / all.total();
        split.between += share * ln(group.mean() / all.mean());
        split.within += share * theil_t(&group)?;
    }
    Some(split)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_of_two_and_six_is_that_worked_by_hand() {
        // Mean 4, ratios ½ and 3/2: T = (½ ln ½ + 3/2 ln 3/2)/2, L = −(ln ½ + ln 3/2)/2 = −ln(¾)/2,
        // GE(2) = ((¼ + 9/4)/2 − 1)/2 = 1/8, GE(−1) = ((2 + 2/3)/2 − 1)/2 = 1/6.
        let sample = Sample::new(&[6.0, 2.0]).unwrap();
        let close = |found: Option<f64>, expected: f64| {
            assert!((found.unwrap() - expected).abs() < 1e-15, "{found:?} for {expected}");
        };
        close(theil_t(&sample), f64::midpoint(0.5 * ln(0.5), 1.5 * ln(1.5)));
        close(theil_l(&sample), -ln(0.75) / 2.0);
        close(generalised_entropy(&sample, 2.0), 0.125);
        close(generalised_entropy(&sample, -1.0), 1.0 / 6.0);
        // GE(3) = ((1/8 + 27/8)/2 − 1)/6 = 1/8.
        close(generalised_entropy(&sample, 3.0), 0.125);
        assert_eq!(generalised_entropy(&sample, 0.0), theil_l(&sample));
    }

    #[test]
    fn who_has_nothing_counts_for_t_and_leaves_l_without_a_value() {
        let sample = Sample::new(&[0.0, 1.0]).unwrap();
        assert!((theil_t(&sample).unwrap() - ln(2.0)).abs() < 1e-15);
        assert_eq!((theil_l(&sample), generalised_entropy(&sample, -1.0)), (None, None));
    }

    #[test]
    fn what_is_between_groups_and_what_is_within_them_add_up() {
        let (values, groups) = ([1.0, 3.0, 4.0, 8.0, 0.0], ["a", "a", "b", "b", "c"]);
        let split = theil_by_groups(&values, &[], &groups).unwrap();
        let whole = theil_t(&Sample::new(&values).unwrap()).unwrap();
        assert!((split.between + split.within - whole).abs() < 1e-15);
        // Groups of equals: all of it lies between them.
        let split = theil_by_groups(&[1.0, 1.0, 3.0, 3.0], &[], &[1, 1, 2, 2]).unwrap();
        assert_eq!(split.within, 0.0);
        assert_eq!(theil_by_groups(&[1.0], &[], &[1, 2]), None);
    }
}
