//! Laws that every registered rule keeps, with every registered rounding method.

use proptest::prelude::*;

use super::rationing::{ConstrainedEqualAwards, ConstrainedEqualLosses, Proportional, RULES};
use super::rounding::METHODS;
use super::*;

/// Few and many claims, equal and zero ones, cents and the wealth of a continent.
fn claims() -> impl Strategy<Value = Vec<i64>> {
    let amount =
        prop_oneof![0..5_i64, 0..300_i64, 0..1_000_000_000_i64, 0..1_000_000_000_000_000_i64];
    prop_oneof![
        prop::collection::vec(0..5_i64, 0..60),
        prop::collection::vec(0..100_000_000_i64, 1..60),
        prop::collection::vec(amount, 1..60),
    ]
}

/// A pot between nothing and a little more than all.
fn pot_of(claims: &[i64], part: f64) -> i64 {
    let total: i64 = claims.iter().sum();
    ((total as f64 * part) as i64).min(total + 2)
}

fn problems() -> impl Strategy<Value = (Vec<i64>, i64)> {
    (claims(), 0.0..1.02_f64, -2..3_i64).prop_map(|(claims, part, more)| {
        let pot = pot_of(&claims, part) + more;
        (claims, pot)
    })
}

fn divided(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: i64,
    claims: &[i64],
) -> Vec<i64> {
    let mut awards = vec![-1; claims.len()];
    divide(rule, method, pot, claims, &mut Workspace::new(), &mut awards);
    awards
}

fn pairs() -> impl Iterator<Item = (&'static dyn RationingRule, &'static dyn RoundingMethod)> {
    RULES.iter().flat_map(|&rule| METHODS.iter().map(move |&method| (rule, method)))
}

proptest! {
    #[test]
    fn awards_add_up_to_the_pot_or_to_the_claims((claims, pot) in problems()) {
        for (rule, method) in pairs() {
            let awards = divided(rule, method, pot, &claims);
            let due = pot.max(0).min(claims.iter().sum());
            prop_assert_eq!(awards.iter().sum::<i64>(), due, "{}", rule.name());
        }
    }

    #[test]
    fn an_award_lies_between_nothing_and_the_claim((claims, pot) in problems()) {
        for (rule, method) in pairs() {
            for (award, claim) in divided(rule, method, pot, &claims).iter().zip(&claims) {
                prop_assert!((0..=*claim).contains(award), "{}: {} of {}", rule.name(), award, claim);
            }
        }
    }

    #[test]
    fn shares_are_proper_and_add_up_before_rounding((claims, pot) in problems()) {
        for rule in RULES {
            let mut given = vec![Share::default(); claims.len()];
            shares(*rule, pot, &claims, &mut given);
            let due = pot.max(0).min(claims.iter().sum());
            let whole: i64 = given.iter().map(|share| share.whole).sum();
            let rest: f64 = given.iter().map(|share| share.rest).sum();
            prop_assert!(((due - whole) as f64 - rest).abs() < 1e-9, "{}", rule.name());
            for (share, &claim) in given.iter().zip(&claims) {
                prop_assert!((0.0..1.0).contains(&share.rest) && share.whole >= 0);
                prop_assert!(share.whole < claim || (share.whole == claim && share.rest == 0.0));
            }
        }
    }

    #[test]
    fn larger_claims_receive_no_less_and_equal_ones_the_same_up_to_one_unit(
        (claims, pot) in problems(),
    ) {
        for (rule, method) in pairs() {
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
    fn a_larger_pot_takes_at_most_one_unit_from_anyone((claims, pot) in problems(), more in 0..1000_i64) {
        for (rule, method) in pairs() {
            let before = divided(rule, method, pot, &claims);
            let after = divided(rule, method, pot.saturating_add(more), &claims);
            for (before, after) in before.iter().zip(&after) {
                prop_assert!(after + 1 >= *before, "{}", rule.name());
            }
        }
    }

    #[test]
    fn no_pot_pays_nothing_and_a_sufficient_one_everything(claims in claims(), more in 0..9_i64) {
        let total: i64 = claims.iter().sum();
        for (rule, method) in pairs() {
            prop_assert_eq!(&divided(rule, method, total + more, &claims), &claims);
            prop_assert!(divided(rule, method, -more, &claims).iter().all(|&award| award == 0));
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
        for (rule, method) in pairs() {
            let straight = paired(&claims, divided(rule, method, pot, &claims));
            let reordered = paired(&shuffled, divided(rule, method, pot, &shuffled));
            prop_assert_eq!(straight, reordered, "{}", rule.name());
        }
    }

    #[test]
    fn equal_losses_are_equal_awards_of_the_loss_and_proportional_is_its_own_dual(
        (claims, pot) in problems(),
    ) {
        let total: i64 = claims.iter().sum();
        let pot = pot.clamp(0, total);
        let duals: [(&dyn RationingRule, &dyn RationingRule); 2] =
            [(&ConstrainedEqualAwards, &ConstrainedEqualLosses), (&Proportional, &Proportional)];
        for (rule, dual) in duals {
            let mut awards = vec![Share::default(); claims.len()];
            let mut losses = awards.clone();
            shares(rule, pot, &claims, &mut awards);
            shares(dual, total - pot, &claims, &mut losses);
            for ((award, loss), claim) in awards.iter().zip(&losses).zip(&claims) {
                let whole = claim - award.whole - loss.whole;
                prop_assert!((whole as f64 - award.rest - loss.rest).abs() < 1e-9, "{}", rule.name());
            }
        }
    }

    #[test]
    fn a_settlement_balances_whatever_the_terms(
        (claims, pot) in problems(),
        rule in 0..=RULES.len(),
        unit in prop_oneof![Just(1_i64), Just(7), Just(100), Just(100_000)],
        classes in 1..4_usize,
        (protected, reoffer, open_ended) in (any::<bool>(), any::<bool>(), prop::bool::weighted(0.1)),
        bounds in prop::collection::vec((-5..60_i64, prop_oneof![Just(i64::MAX), 0..100_000_i64]), 0..60),
        points in prop::collection::vec(0..5_u32, 0..60),
        scores in prop::collection::vec(0..4_u8, 0..60),
    ) {
        let terms = Terms {
            rationing: match RULES.get(rule) {
                Some(rule) => Rationing::Rule(*rule),
                None => Rationing::RankedCompetition,
            },
            unit: Unit::new(unit).unwrap(),
            guarantee: if protected {
                GuaranteeMode::Protected
            } else {
                GuaranteeMode::OnEntitlement
            },
            reoffer,
            ..Terms::of_rule(&Proportional)
        };
        let bounds: Vec<Bounds> =
            bounds.into_iter().map(|(lower, upper)| Bounds { lower, upper }).collect();
        let scores: Vec<f64> = scores.into_iter().map(f64::from).collect();
        let demand = Demand {
            claimants: claims.len() / classes,
            claims: &claims,
            bounds: &bounds,
            points: &points,
            scores: &scores,
        };
        let mut settlement = Settlement::default();
        let available = (!open_ended).then_some(pot);
        settle(&terms, available, &demand, &mut Workspace::new(), &mut settlement);

        let granted: i64 = settlement.awards.iter().sum();
        let due: i64 = settlement.entitlements.iter().sum();
        prop_assert_eq!(settlement.awards.len(), claims.len());
        for (award, due) in settlement.awards.iter().zip(&settlement.entitlements) {
            prop_assert!(0 <= *award && award <= due && award % unit == 0);
        }
        for (due, bounds) in settlement.entitlements.iter().zip(&bounds) {
            prop_assert!(*due <= bounds.upper);
            prop_assert!(*due >= bounds.lower || bounds.upper < bounds.lower + unit);
        }
        if open_ended {
            prop_assert_eq!((granted, settlement.unspent), (due, 0));
        } else {
            prop_assert_eq!(granted + settlement.unspent, pot.max(0));
            prop_assert!(settlement.unspent >= 0);
            if matches!(terms.rationing, Rationing::Rule(_)) {
                prop_assert_eq!(granted, due.min(pot.max(0) / unit * unit));
            }
        }
        let competes = matches!(terms.rationing, Rationing::RankedCompetition);
        prop_assert!(!competes || !settlement.guarantee_broken);
        for (entry, (&funded, &waiting)) in settlement.funded.iter().zip(&settlement.waiting).enumerate() {
            let asked = points.get(entry).map_or(1, |&points| points.max(1));
            prop_assert!(settlement.entitlements[entry] == 0 || funded + waiting == asked);
            prop_assert!(waiting > 0 || settlement.awards[entry] == settlement.entitlements[entry]);
        }
        if protected && !competes && !settlement.guarantee_broken && !open_ended {
            let granted_of_due = settlement.awards.iter().zip(&settlement.entitlements);
            for ((award, due), bounds) in granted_of_due.zip(&bounds) {
                prop_assert!(*award >= bounds.lower.min(*due));
            }
        }
    }
}
