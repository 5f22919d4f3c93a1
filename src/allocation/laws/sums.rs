//! What awards and losses add up to, and between what they lie.

use proptest::prelude::*;

use super::super::RationingRule;
use super::super::rationing::{
    AverageOfEqualAwardsAndLosses, ConstrainedEqualAwards, ConstrainedEqualLosses, Proportional,
    ReverseTalmud, Talmud,
};
use super::super::rounding::LargestRemainder;
use super::problems::{claims, problems};
use super::rules::{divided, pairs, rules, shared};

#[test]
fn a_pot_that_all_but_pays_everybody_is_divided_however_large_it_is() {
    // Two units below 9.4 · 10¹⁵: what rounding leaves is more than that.
    let claims = [6_863_280_061, 34_574_695_970, 823_787_535_363_080, 8_622_684_392_343_518];
    let pot = claims.iter().sum::<i64>() - 2;
    assert_eq!(pot, 9_446_513_365_682_627);
    for rule in rules(claims.len()) {
        let awards = divided(rule, &LargestRemainder, pot, &claims);
        assert_eq!(awards.iter().sum::<i64>(), pot, "{}", rule.name());
        let are_bounded =
            awards.iter().zip(claims).all(|(award, claim)| (0..=claim).contains(award));
        assert!(are_bounded, "{}: {awards:?}", rule.name());
    }
}

proptest! {
    #[test]
    fn awards_add_up_to_the_pot_or_to_the_claims((claims, pot) in problems()) {
        for (rule, method) in pairs(claims.len()) {
            let awards = divided(rule, method, pot, &claims);
            let due = pot.max(0).min(claims.iter().sum());
            prop_assert_eq!(awards.iter().sum::<i64>(), due, "{}", rule.name());
        }
    }

    #[test]
    fn an_award_lies_between_nothing_and_the_claim((claims, pot) in problems()) {
        for (rule, method) in pairs(claims.len()) {
            for (award, claim) in divided(rule, method, pot, &claims).iter().zip(&claims) {
                prop_assert!((0..=*claim).contains(award), "{}: {} of {}", rule.name(), award, claim);
            }
        }
    }

    #[test]
    fn shares_are_proper_and_add_up_before_rounding((claims, pot) in problems()) {
        for rule in rules(claims.len()) {
            let given = shared(rule, pot, &claims);
            let due = pot.max(0).min(claims.iter().sum());
            let whole: i64 = given.iter().map(|share| share.0).sum();
            let rest: f64 = given.iter().map(|share| share.1).sum();
            prop_assert!(((due - whole) as f64 - rest).abs() < 1e-9, "{}", rule.name());
            for ((whole, rest), &claim) in given.into_iter().zip(&claims) {
                prop_assert!((0.0..1.0).contains(&rest) && whole >= 0);
                prop_assert!(whole < claim || (whole == claim && rest == 0.0));
            }
        }
    }

    #[test]
    fn no_pot_pays_nothing_and_a_sufficient_one_everything(claims in claims(), more in 0..9_i64) {
        let total: i64 = claims.iter().sum();
        for (rule, method) in pairs(claims.len()) {
            prop_assert_eq!(&divided(rule, method, total + more, &claims), &claims);
            prop_assert!(divided(rule, method, -more, &claims).iter().all(|&award| award == 0));
        }
    }

    #[test]
    fn equal_losses_are_equal_awards_of_the_loss_and_four_rules_are_their_own_duals(
        (claims, pot) in problems(),
    ) {
        let total: i64 = claims.iter().sum();
        let pot = pot.clamp(0, total);
        let duals: [(&dyn RationingRule, &dyn RationingRule); 5] = [
            (&ConstrainedEqualAwards, &ConstrainedEqualLosses),
            (&Proportional, &Proportional),
            (&Talmud, &Talmud),
            (&ReverseTalmud, &ReverseTalmud),
            (&AverageOfEqualAwardsAndLosses, &AverageOfEqualAwardsAndLosses),
        ];
        for (rule, dual) in duals {
            let awards = shared(rule, pot, &claims);
            let losses = shared(dual, total - pot, &claims);
            for ((award, loss), claim) in awards.iter().zip(&losses).zip(&claims) {
                let whole = claim - award.0 - loss.0;
                prop_assert!((whole as f64 - award.1 - loss.1).abs() < 1e-9, "{}", rule.name());
            }
        }
    }
}
