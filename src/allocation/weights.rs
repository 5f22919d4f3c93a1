//! Weighted forms of rules: a larger weight never hurts.
//!
//! Moulin (2000), Priority rules and other asymmetric rationing methods,
//! <https://doi.org/10.1111/1468-0262.00126>; Thomson (2003),
//! <https://doi.org/10.1016/S0165-4896(02)00070-7>.

use super::portions::Portions;

/// What a weight w of a claim c does, with λ such that the awards add up to the pot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighting {
    /// `award = min(c, λ · w · c)`.
    Claims,
    /// `award = min(c, λ · w)`.
    Awards,
    /// `award = max(0, c − λ / w)`.
    Losses,
}

/// The least weight, as a part of the largest: 2^-500.
const LEAST: f64 = f64::from_bits((1023 - 500) << 52);

/// Divides a pot of 0 < pot < total among claims, each with a weight.
pub(super) fn divide(
    weighting: Weighting,
    pot: i64,
    total: i64,
    claims: &[i64],
    weights: &[f64],
    portions: &mut Portions,
) {
    let largest = weights.iter().copied().filter(|weight| weight.is_finite()).fold(0.0, f64::max);
    let pace = |claim: i64, weight: f64| {
        let weight = (weight / largest).clamp(LEAST, 1.0);
        let weight = if weight.is_nan() { LEAST } else { weight };
        match weighting {
            Weighting::Claims => weight * claim as f64,
            Weighting::Awards => weight,
            Weighting::Losses => 1.0 / weight,
        }
    };
    let is_loss = weighting == Weighting::Losses;
    let amount = if is_loss { total - pot } else { pot };
    let paces: Vec<f64> = claims.iter().zip(weights).map(|(&c, &weight)| pace(c, weight)).collect();
    let lambda = level(amount as f64, claims, &paces);
    portions.numbers.clear();
    portions.numbers.extend(claims.iter().zip(&paces).map(|(&claim, pace)| {
        let claim = claim as f64;
        let part = claim.min(lambda * pace);
        if is_loss { claim - part } else { part }
    }));
    portions.approximate_each(pot, claims);
}

/// The λ at which Σ min(claim, λ · pace) is an amount. Fills the claims in the order in which they are
/// full.
fn level(amount: f64, claims: &[i64], paces: &[f64]) -> f64 {
    let mut order: Vec<(f64, i64, f64)> = claims
        .iter()
        .zip(paces)
        .filter(|(claim, _)| **claim > 0)
        .map(|(&claim, &pace)| (claim as f64 / pace, claim, pace))
        .collect();
    order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    // What is still to be filled, added up from the end so that small paces are not lost.
    let mut together = vec![0.0; order.len()];
    let mut sum = 0.0;
    for (place, (_, _, pace)) in together.iter_mut().zip(&order).rev() {
        sum += pace;
        *place = sum;
    }
    let mut left = amount;
    for ((full, claim, _), paces) in order.iter().zip(together) {
        if *full * paces >= left {
            return left / paces;
        }
        left -= *claim as f64;
    }
    f64::MAX
}

#[cfg(test)]
mod tests {
    use crate::allocation::portions;
    use crate::allocation::rationing::{
        ConstrainedEqualAwards, ConstrainedEqualLosses, Proportional,
    };

    fn values(rule: &dyn crate::allocation::RationingRule, pot: i64, weights: &[f64]) -> Vec<f64> {
        let given = portions(rule, pot, &[100, 200, 300], weights);
        (0..3).map(|claim| (given.value(claim) * 1e9).round() / 1e9).collect()
    }

    #[test]
    fn a_double_weight_doubles_the_share_of_a_claim() {
        // λ (2 · 100 + 200 + 300) = 350: λ = 1/2, and the first claim is just full.
        assert_eq!(values(&Proportional, 350, &[2.0, 1.0, 1.0]), [100.0, 100.0, 150.0]);
        // Of 400 the first takes 100; the others share 300 in proportion 2 : 3.
        assert_eq!(values(&Proportional, 400, &[2.0, 1.0, 1.0]), [100.0, 120.0, 180.0]);
    }

    #[test]
    fn equal_awards_become_awards_in_proportion_to_the_weight() {
        // 1 : 1 : 2 of 200; of 400 the first is full, and 300 is shared 1 : 2.
        assert_eq!(values(&ConstrainedEqualAwards, 200, &[1.0, 1.0, 2.0]), [50.0, 50.0, 100.0]);
        assert_eq!(values(&ConstrainedEqualAwards, 400, &[5.0, 5.0, 10.0]), [100.0, 100.0, 200.0]);
    }

    #[test]
    fn equal_losses_become_losses_against_the_weight() {
        // 150 missing; losses 1/1 : 1/1 : 1/2, so 60, 60, 30.
        assert_eq!(values(&ConstrainedEqualLosses, 450, &[1.0, 1.0, 2.0]), [40.0, 140.0, 270.0]);
    }

    #[test]
    fn only_the_relation_of_weights_counts() {
        let weights = [3.0, 1.0, 2.0];
        for rule in [
            &Proportional as &dyn crate::allocation::RationingRule,
            &ConstrainedEqualAwards,
            &ConstrainedEqualLosses,
        ] {
            let by = |factor: f64| values(rule, 251, &weights.map(|weight| weight * factor));
            assert_eq!(by(1.0), by(1e300));
            assert_eq!(by(1.0), by(1e-300));
            assert_eq!(values(rule, 251, &[7.0; 3]), values(rule, 251, &[]));
        }
    }

    #[test]
    fn weights_that_are_none_divide_the_pot_all_the_same() {
        for weights in [[f64::NAN, 1.0, -2.0], [0.0, f64::INFINITY, 0.0], [f64::NAN, -1.0, 0.0]] {
            for rule in crate::allocation::rationing::RULES {
                let given: f64 = values(*rule, 333, &weights).iter().sum();
                assert!((given - 333.0).abs() < 1e-6, "{} {weights:?}", rule.name());
            }
        }
    }
}
