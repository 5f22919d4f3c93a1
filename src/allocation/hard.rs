//! Claims that rules trip over: none, one, zeros, huge and tiny ones together, very many.

use super::rationing::RULES;
use super::{Portions, portions};

/// The parts of all shares together, as whole units; each share lies within its claim.
fn sum(rule: &str, given: &Portions, claims: &[i64]) -> i64 {
    assert_eq!((given.whole.len(), given.rest.len()), (claims.len(), claims.len()));
    let mut parts = 0_i128;
    for ((&whole, &rest), &claim) in given.whole.iter().zip(&given.rest).zip(claims) {
        assert!((0..given.of).contains(&rest) && whole >= 0, "{rule}: {whole} {rest} {}", given.of);
        assert!(whole < claim || (whole == claim && rest == 0), "{rule}: {whole} of {claim}");
        parts += i128::from(whole) * i128::from(given.of) + i128::from(rest);
    }
    assert_eq!(parts % i128::from(given.of), 0, "{rule}");
    (parts / i128::from(given.of)) as i64
}

#[test]
fn few_and_odd_claims_keep_the_sum() {
    let huge = 1_i64 << 58;
    let problems: [&[i64]; 12] = [
        &[],
        &[7],
        &[0],
        &[0, 0, 0],
        &[0, 0, 9],
        &[1, 1],
        &[1, huge],
        &[0, 1, 1, 2, huge, huge],
        &[huge; 5],
        &[huge, huge - 1, huge - 2, 1],
        &[1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, huge],
        &[3, 5, 5, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181],
    ];
    for claims in problems {
        let total: i64 = claims.iter().sum();
        for pot in [i64::MIN, -1, 0, 1, 2, total / 3, total / 2, total - 1, total, i64::MAX] {
            for rule in RULES {
                let given = portions(*rule, pot, claims, &[]);
                assert_eq!(
                    sum(rule.name(), &given, claims),
                    pot.clamp(0, total),
                    "{}",
                    rule.name()
                );
            }
        }
    }
}

#[test]
fn a_claim_of_one_cent_beside_a_fortune_is_not_lost() {
    // The shares of the tiny claim by hand: of a pot of half of all, half of it; equal awards pay it in
    // full, equal losses nothing, their average half. Minimal overlap splits it between both. The
    // Dominguez–Thomson rule halves what is left of it in every step, and there are 48.
    let (claims, pot) = ([2, 1 << 50], (1 << 49) + 1);
    for (rule, expected) in
        RULES.iter().zip([1.0, 1.0, 2.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0])
    {
        let given = portions(*rule, pot, &claims, &[]);
        assert!((given.value(0) - expected).abs() < 1e-6, "{}: {}", rule.name(), given.value(0));
    }
}

#[test]
fn a_hundred_thousand_claims_keep_the_sum_and_the_order() {
    let claims: Vec<i64> = (0..100_000_i64).map(|claim| (claim * 7_919) % 1_000_003).collect();
    let total: i64 = claims.iter().sum();
    for rule in RULES.iter().filter(|rule| rule.exact_up_to().is_none()) {
        let pot = total / 3;
        let given = portions(*rule, pot, &claims, &[]);
        assert_eq!(sum(rule.name(), &given, &claims), pot, "{}", rule.name());
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_key(|&claim| claims[claim]);
        let share = |claim: usize| (given.whole[claim], given.rest[claim]);
        assert!(order.windows(2).all(|pair| share(pair[0]) <= share(pair[1])), "{}", rule.name());
    }
}

#[test]
fn an_estimate_says_how_far_it_may_be_off_and_an_exact_rule_says_nothing() {
    for rule in RULES {
        let count = rule.exact_up_to().unwrap_or(40);
        let claims =
            |count: usize| (1..=count as i64).map(|claim| claim * 1_000).collect::<Vec<_>>();
        let exact = portions(*rule, 9_000, &claims(count.min(12)), &[]);
        assert_eq!(exact.error, 0.0, "{}", rule.name());
        let many = claims(count + 1);
        let pot = many.iter().sum::<i64>() / 3;
        let estimate = portions(*rule, pot, &many, &[]);
        assert_eq!(estimate.error > 0.0, rule.exact_up_to().is_some(), "{}", rule.name());
        assert!(estimate.error < 1_000.0, "{}: {}", rule.name(), estimate.error);
        assert_eq!(sum(rule.name(), &estimate, &many), pot);
    }
}
