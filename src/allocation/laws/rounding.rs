//! Laws of rounding methods: least awards, the order of units, and what a larger pot takes from anyone.

use proptest::prelude::*;

use super::super::rationing::Proportional;
use super::super::rounding::{LargestRemainder, METHODS};
use super::super::{Demand, RoundingMethod, Settlement, Terms, Workspace, plain, settle};
use super::by_hand::plainly;
use super::problems::{among_others, of_draw, pot_of, problems, rows};
use super::rules::{divided, rules};

/// Awards in proportion, each with a least one.
fn bounded(method: &'static dyn RoundingMethod, pot: i64, least: i64, claims: &[i64]) -> Vec<i64> {
    let terms = Terms { method, least, ..Terms::of_rule(&Proportional) };
    let (pot, claims) = (among_others(pot, 1), rows(claims));
    let mut settlement = Settlement::default();
    let demand = Demand::of_claims(&claims);
    settle(&terms, Some(&pot), &demand, &mut Workspace::new(), &mut settlement);
    of_draw(&settlement.awards)
}

/// Whether a pot covers the least awards.
fn claims_at_least(claims: &[i64], least: i64, pot: i64) -> bool {
    claims.iter().map(|claim| least.min(*claim)).sum::<i64>() <= pot.max(0)
}

proptest! {
    #[test]
    fn by_remainders_a_larger_pot_takes_at_most_one_unit_from_anyone(
        (claims, pot) in problems(),
        more in 0..1000_i64,
    ) {
        // By divisors it may take more where shares do not grow in proportion: by Adams's, claims
        // that reach a first fraction under equal losses take a unit each from the others.
        for rule in rules(claims.len()) {
            let method = &LargestRemainder;
            let before = divided(rule, method, pot, &claims);
            let after = divided(rule, method, pot.saturating_add(more), &claims);
            // Of rules without fractions, also what floating-point numbers lose beyond 10^12 units.
            let exact = plainly(rule).is_some();
            let lost = if exact { 0 } else { claims.iter().sum::<i64>() / 1_000_000_000_000 };
            for (before, after) in before.iter().zip(&after) {
                prop_assert!(after + 1 + lost >= *before, "{}", rule.name());
            }
        }
    }

    #[test]
    fn by_divisors_a_larger_pot_in_proportion_takes_nothing_from_anyone(
        (claims, pot) in problems(),
        more in 0..1000_i64,
        least in 0..5_i64,
    ) {
        for method in METHODS.iter().skip(1) {
            let before = bounded(*method, pot, least, &claims);
            let after = bounded(*method, pot.saturating_add(more), least, &claims);
            if !claims_at_least(&claims, least, pot) {
                continue;
            }
            for (before, after) in before.iter().zip(&after) {
                prop_assert!(after >= before, "{}: {} after {}", method.name(), after, before);
            }
        }
    }

    #[test]
    fn a_least_award_is_kept_and_so_is_the_sum((claims, pot) in problems(), least in 1..2_000_i64) {
        let due = pot.max(0).min(claims.iter().sum());
        for method in METHODS {
            let awards = bounded(*method, pot, least, &claims);
            prop_assert_eq!(awards.iter().sum::<i64>(), due, "{}", method.name());
            let is_covered = claims_at_least(&claims, least, pot);
            for (award, claim) in awards.iter().zip(&claims) {
                let low = if is_covered { least.min(*claim) } else { 0 };
                let high = if is_covered { *claim } else { least.min(*claim) };
                prop_assert!((low..=high).contains(award), "{}: {}", method.name(), award);
            }
        }
    }

    #[test]
    fn divisors_give_unit_after_unit_to_the_highest_priority(
        claims in prop::collection::vec(0..2_000_i64, 1..12),
        part in 0.0..0.2_f64,
        least in 0..4_i64,
    ) {
        let pot = pot_of(&claims, part);
        if claims_at_least(&claims, least, pot) {
            for method in METHODS.iter().skip(1) {
                let by_hand = plain::unit_after_unit(method.name(), pot, least, &claims);
                let awards = bounded(*method, pot, least, &claims);
                prop_assert_eq!(awards, by_hand, "{}", method.name());
            }
        }
    }
}
