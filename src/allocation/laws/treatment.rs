//! How claimants are treated beside one another: by the size, the place and the weight of their claims.

use proptest::prelude::*;

use super::super::portions;
use super::super::rationing::RULES;
use super::problems::problems;
use super::rules::{divided, pairs};

proptest! {
    #[test]
    fn larger_claims_receive_no_less_and_equal_ones_the_same_up_to_one_unit(
        (claims, pot) in problems(),
    ) {
        for (rule, method) in pairs(claims.len()) {
            let awards = divided(rule, method, pot, &claims);
            let mut order: Vec<usize> = (0..claims.len()).collect();
            order.sort_by_key(|&index| (claims[index], std::cmp::Reverse(index)));
            for pair in order.windows(2) {
                let (small, large) = (pair[0], pair[1]);
                // Among equal claims the smaller index comes second in this order.
                prop_assert!(awards[small] <= awards[large], "{}", rule.name());
                if claims[small] == claims[large] {
                    prop_assert!(awards[large] - awards[small] <= 1, "{}", rule.name());
                }
            }
            // Neighbours could each differ by one: the whole group of equals must not.
            for (first, &claim) in claims.iter().enumerate() {
                for (other, _) in claims.iter().enumerate().filter(|&(_, &equal)| equal == claim) {
                    prop_assert!((awards[first] - awards[other]).abs() <= 1, "{}", rule.name());
                }
            }
        }
    }

    #[test]
    fn awards_follow_the_claims_when_claimants_are_reordered(
        (claims, pot) in problems(),
        keys in prop::collection::vec(any::<u32>(), 60),
    ) {
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_key(|&index| keys[index]);
        let shuffled: Vec<i64> = order.iter().map(|&index| claims[index]).collect();
        let paired = |claims: &[i64], awards: Vec<i64>| {
            let mut pairs: Vec<(i64, i64)> = claims.iter().copied().zip(awards).collect();
            pairs.sort_unstable();
            pairs
        };
        for (rule, method) in pairs(claims.len()) {
            let straight = paired(&claims, divided(rule, method, pot, &claims));
            let reordered = paired(&shuffled, divided(rule, method, pot, &shuffled));
            prop_assert_eq!(straight, reordered, "{}", rule.name());
        }
    }

    #[test]
    fn a_larger_weight_never_hurts_and_equal_weights_change_nothing(
        (claims, pot) in problems(),
        weights in prop::collection::vec(1..1_000_u32, 60),
        (which, times) in (any::<prop::sample::Index>(), 1.0..50.0_f64),
    ) {
        if claims.is_empty() {
            return Ok(());
        }
        let mut weights: Vec<f64> = weights.iter().take(claims.len()).copied().map(f64::from).collect();
        let one = which.index(claims.len());
        for rule in RULES.iter().filter(|rule| rule.weighting().is_some()) {
            let before = portions(*rule, pot, &claims, &weights);
            let own = weights[one];
            weights[one] *= times;
            let after = portions(*rule, pot, &claims, &weights);
            weights[one] = own;
            let slack = 1e-9 * claims.iter().sum::<i64>() as f64 + 1e-6;
            prop_assert!(after.value(one) >= before.value(one) - slack, "{}", rule.name());
            let sum: f64 = (0..claims.len()).map(|claim| before.value(claim)).sum();
            prop_assert!((sum - pot.max(0).min(claims.iter().sum()) as f64).abs() <= slack);
            let (equal, none) = (vec![7.5; claims.len()], Vec::new());
            prop_assert_eq!(portions(*rule, pot, &claims, &equal), portions(*rule, pot, &claims, &none));
        }
    }
}
