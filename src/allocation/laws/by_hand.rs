//! Each rule against its plain statement, by which a draw alone is divided.

use proptest::prelude::*;

use super::super::plain::{self, Plain};
use super::super::rationing::{
    AverageOfAwards, DominguezThomson, MinimalOverlap, RULES, RandomArrival,
};
use super::super::rounding::{LargestRemainder, METHODS};
use super::super::{
    Bounds, Demand, Money, RationingRule, Settlement, Terms, Workspace, divide, portions, settle,
};
use super::problems::{DRAW, among_others, claims, pot_of, problems, rows};
use super::rules::divided;
use crate::numeric::LANES;

/// The plain statement of a rule whose shares are fractions with a small denominator.
pub(super) fn plainly(rule: &dyn RationingRule) -> Option<Plain> {
    Some(match rule.name() {
        "Proportional" => Plain::Proportional,
        "AdjustedProportional" => Plain::AdjustedProportional,
        "ConstrainedEqualAwards" => Plain::EqualAwards,
        "ConstrainedEqualLosses" => Plain::EqualLosses,
        "Talmud" => Plain::Talmud,
        "ReverseTalmud" => Plain::ReverseTalmud,
        "Piniles" => Plain::Piniles,
        "ConstrainedEgalitarian" => Plain::Egalitarian,
        "AverageOfEqualAwardsAndLosses" => Plain::Average,
        "MinimalOverlap" | "RandomArrival" | "DominguezThomson" | "AverageOfAwards" => return None,
        other => panic!("{other} has no plain statement yet"),
    })
}

proptest! {
    #[test]
    fn a_block_of_draws_is_divided_as_each_draw_alone_would_be_by_hand(
        problems in prop::collection::vec((0.0..1.02_f64, -2..3_i64, 0..50_u32), LANES),
        claims in claims(),
    ) {
        // Each draw has its own part of the claims and its own pot, among them none and all.
        let claim = |draw: usize, index: usize| {
            if (draw + index) % 9 == 8 { 0 } else { claims[index] >> (problems[draw].2 / 10 * 10) }
        };
        let of = |draw: usize| (0..claims.len()).map(|index| claim(draw, index)).collect::<Vec<_>>();
        let blocks: Vec<Money> =
            (0..claims.len()).map(|index| std::array::from_fn(|draw| claim(draw, index))).collect();
        let pots: Money =
            std::array::from_fn(|draw| pot_of(&of(draw), problems[draw].0) + problems[draw].1);
        for rule in RULES {
            let Some(plainly) = plainly(*rule) else { continue };
            let mut awards = vec![[-1; LANES]; claims.len()];
            let method = &LargestRemainder;
            divide(*rule, method, &pots, &blocks, &mut Workspace::new(), &mut awards);
            for draw in 0..LANES {
                let awards: Vec<i64> = awards.iter().map(|row| row[draw]).collect();
                let by_hand = plain::divide(plainly, pots[draw], &of(draw));
                prop_assert_eq!(awards, by_hand, "{} in draw {}", rule.name(), draw);
            }
        }
    }

    #[test]
    fn guarantees_and_classes_are_served_as_each_draw_alone_would_be_by_hand(
        (claims, pot) in problems(),
        classes in 1..4_usize,
        bounds in prop::collection::vec((-5..60_i64, prop_oneof![Just(i64::MAX), 0..100_000_i64]), 0..60),
    ) {
        let claimants = claims.len() / classes;
        let blocks = rows(&claims);
        let limits: Vec<Bounds> = bounds
            .iter()
            .map(|&(lower, upper)| Bounds { lower: [lower; LANES], upper: [upper; LANES] })
            .collect();
        let demand = Demand { claimants, claims: &blocks, bounds: &limits, ..Demand::default() };
        let pots = among_others(pot, 1);
        for rule in RULES {
            let Some(plainly) = plainly(*rule) else { continue };
            let mut settlement = Settlement::default();
            let terms = Terms::of_rule(*rule);
            settle(&terms, Some(&pots), &demand, &mut Workspace::new(), &mut settlement);
            for draw in [DRAW, 0, 1, LANES - 1] {
                let claims: Vec<i64> = blocks.iter().map(|row| row[draw]).collect();
                let by_hand =
                    plain::settle(plainly, pots[draw], claimants, &claims, &bounds);
                let of = |rows: &[Money]| rows.iter().map(|row| row[draw]).collect::<Vec<_>>();
                let broken = settlement.guarantee_broken[draw] == 1.0;
                let block = (of(&settlement.entitlements), of(&settlement.awards), broken);
                prop_assert_eq!(block, by_hand, "{} in draw {}", rule.name(), draw);
            }
        }
    }

    #[test]
    fn rules_without_fractions_give_the_numbers_of_their_plain_statements(
        claims in prop::collection::vec(0..1_000_i64, 1..8),
        part in 0.0..1.0_f64,
    ) {
        let pot = pot_of(&claims, part);
        let near = |rule: &dyn RationingRule, claims: &[i64], plain: &[f64]| {
            let given = portions(rule, pot, claims, &[]);
            let off = |(claim, plain): (usize, &f64)| (given.value(claim) - plain).abs();
            plain.iter().enumerate().map(off).fold(0.0, f64::max) < 1e-8
        };
        prop_assert!(near(&MinimalOverlap, &claims, &plain::overlaps(pot, &claims)));
        prop_assert!(near(&DominguezThomson, &claims, &plain::secured(pot, &claims)));
        let few = &claims[..claims.len().min(5)];
        let pot = pot_of(few, part);
        let orders = plain::arrivals(pot, few);
        let by_hand = if pot < few.iter().sum() { plain::rounded(pot, few, &orders) } else { few.to_vec() };
        prop_assert_eq!(divided(&RandomArrival, METHODS[0], pot, few), by_hand);
    }

    #[test]
    fn the_average_of_three_awards_is_the_centre_of_a_polygon(
        claims in prop::array::uniform3(1..1_000_i64),
        part in 0.01..0.99_f64,
    ) {
        let pot = pot_of(&claims, part).max(1);
        let given = portions(&AverageOfAwards, pot, &claims, &[]);
        for (claim, centre) in plain::centre(pot, claims).into_iter().enumerate() {
            prop_assert!((given.value(claim) - centre).abs() < 1e-6, "{claims:?} {pot}: {centre}");
        }
    }
}
