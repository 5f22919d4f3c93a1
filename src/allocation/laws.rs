//! Laws that every registered rule keeps, with every registered rounding method.

use proptest::prelude::*;

use super::division::shares;
use super::plain::{self, Plain};
use super::rationing::{
    AverageOfAwards, AverageOfEqualAwardsAndLosses, ConstrainedEqualAwards, ConstrainedEqualLosses,
    DominguezThomson, MinimalOverlap, Proportional, RULES, RandomArrival, ReverseTalmud, Talmud,
};
use super::rounding::METHODS;
use super::*;
use crate::numeric::simd::{self, Level};
use crate::numeric::{LANES, Lanes};

/// Few and many claims, equal and zero ones, cents and the wealth of a continent.
fn claims() -> impl Strategy<Value = Vec<i64>> {
    let amount =
        prop_oneof![0..5_i64, 0..300_i64, 0..1_000_000_000_i64, 0..1_000_000_000_000_000_i64];
    prop_oneof![
        prop::collection::vec(0..5_i64, 0..60),
        prop::collection::vec(0..2_000_i64, 0..6),
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

/// The draw of a block that is looked at; the others hold other claims and pots.
const DRAW: usize = 37;

/// One amount in the draw that is looked at, and something else in every other.
fn among_others(amount: i64, index: usize) -> Money {
    std::array::from_fn(|lane| match lane {
        DRAW => amount,
        _ => (amount >> (lane % 7)).wrapping_add((lane * index) as i64 % 11 - 3),
    })
}

fn rows(amounts: &[i64]) -> Vec<Money> {
    amounts.iter().enumerate().map(|(index, &amount)| among_others(amount, index)).collect()
}

/// The same in every draw.
fn rows_of_one(amounts: &[i64]) -> Vec<Money> {
    amounts.iter().map(|&amount| [amount; LANES]).collect()
}

fn of_draw(rows: &[Money]) -> Vec<i64> {
    rows.iter().map(|row| row[DRAW]).collect()
}

fn divided(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: i64,
    claims: &[i64],
) -> Vec<i64> {
    let mut awards = vec![[-1; LANES]; claims.len()];
    let (pot, claims) = (among_others(pot, 1), rows(claims));
    divide(rule, method, &pot, &claims, &mut Workspace::new(), &mut awards);
    of_draw(&awards)
}

#[test]
fn a_pot_that_all_but_pays_everybody_is_divided_however_large_it_is() {
    // Two units below 9.4 · 10¹⁵: what rounding leaves is more than that.
    let claims = [6_863_280_061, 34_574_695_970, 823_787_535_363_080, 8_622_684_392_343_518];
    let pot = claims.iter().sum::<i64>() - 2;
    assert_eq!(pot, 9_446_513_365_682_627);
    for rule in rules(claims.len()) {
        let awards = divided(rule, &rounding::LargestRemainder, pot, &claims);
        assert_eq!(awards.iter().sum::<i64>(), pot, "{}", rule.name());
        let are_bounded =
            awards.iter().zip(claims).all(|(award, claim)| (0..=claim).contains(award));
        assert!(are_bounded, "{}: {awards:?}", rule.name());
    }
}

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

/// The shares of a draw: whole units, and the fraction of one that is left.
fn shared(rule: &dyn RationingRule, pot: i64, claims: &[i64]) -> Vec<(i64, f64)> {
    let given = shares(rule, &among_others(pot, 1), &rows(claims));
    let of = given.of[DRAW] as f64;
    let rest = given.rest.iter().map(|rest| rest[DRAW] as f64 / of);
    given.whole.iter().map(|whole| whole[DRAW]).zip(rest).collect()
}

/// The plain statement of a rule whose shares are fractions with a small denominator.
fn plainly(rule: &dyn RationingRule) -> Option<Plain> {
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

/// The rules that are computed soon enough for so many claims in every draw.
fn rules(claims: usize) -> impl Iterator<Item = &'static dyn RationingRule> {
    RULES.iter().copied().filter(move |rule| rule.exact_up_to().is_none() || claims <= 6)
}

/// Every such rule with largest remainders, and every other method with two rules: one whose shares are
/// all fractions, one of whose shares many are nothing. A method sees no more of a rule than its shares.
fn pairs(
    claims: usize,
) -> impl Iterator<Item = (&'static dyn RationingRule, &'static dyn RoundingMethod)> {
    let rules = rules(claims).map(|rule| (rule, &rounding::LargestRemainder as _));
    let methods = METHODS.iter().skip(1).enumerate().map(|(index, &method)| {
        let rule: &'static dyn RationingRule =
            if index % 2 == 0 { &Proportional } else { &ConstrainedEqualLosses };
        (rule, method)
    });
    rules.chain(methods)
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
            let method = &rounding::LargestRemainder;
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
    fn every_vector_width_gives_the_same_awards((claims, pot) in problems()) {
        let before = simd::level();
        for (rule, method) in pairs(claims.len()) {
            let mut given = Vec::new();
            for level in Level::ALL {
                simd::choose(level);
                let mut awards = vec![[-1; LANES]; claims.len()];
                let (pot, claims) = (among_others(pot, 1), rows(&claims));
                divide(rule, method, &pot, &claims, &mut Workspace::new(), &mut awards);
                given.push(awards);
            }
            simd::choose(before);
            prop_assert!(given.iter().all(|awards| *awards == given[0]), "{}", rule.name());
        }
    }

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
    fn by_remainders_a_larger_pot_takes_at_most_one_unit_from_anyone(
        (claims, pot) in problems(),
        more in 0..1000_i64,
    ) {
        // By divisors it may take more where shares do not grow in proportion: by Adams's, claims
        // that reach a first fraction under equal losses take a unit each from the others.
        for rule in rules(claims.len()) {
            let method = &rounding::LargestRemainder;
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

    #[test]
    fn no_pot_pays_nothing_and_a_sufficient_one_everything(claims in claims(), more in 0..9_i64) {
        let total: i64 = claims.iter().sum();
        for (rule, method) in pairs(claims.len()) {
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
        for (rule, method) in pairs(claims.len()) {
            let straight = paired(&claims, divided(rule, method, pot, &claims));
            let reordered = paired(&shuffled, divided(rule, method, pot, &shuffled));
            prop_assert_eq!(straight, reordered, "{}", rule.name());
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

    #[test]
    fn one_draw_has_the_shares_of_a_block((claims, pot) in problems()) {
        for rule in rules(claims.len()) {
            let alone = portions(rule, pot, &claims, &[]);
            let block = shares(rule, &[pot; LANES], &rows_of_one(&claims));
            for (claim, row) in block.whole.iter().enumerate() {
                let (whole, rest, of) = (row[DRAW], block.rest[claim][DRAW], block.of[DRAW]);
                prop_assert_eq!(alone.whole[claim], whole, "{}", rule.name());
                let (one, other) = (i128::from(alone.rest[claim]), i128::from(rest));
                prop_assert_eq!(one * i128::from(of), other * i128::from(alone.of));
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

    #[test]
    fn a_settlement_balances_whatever_the_terms(
        (claims, pot) in problems(),
        rule in 0..=RULES.len(),
        unit in prop_oneof![Just(1_i64), Just(7), Just(100), Just(100_000)],
        classes in 1..4_usize,
        (reoffer, open_ended) in (any::<bool>(), prop::bool::weighted(0.1)),
        bounds in prop::collection::vec((-5..60_i64, prop_oneof![Just(i64::MAX), 0..100_000_i64]), 0..60),
        points in prop::collection::vec(0..5_u32, 0..60),
        scores in prop::collection::vec(0..4_u8, 0..60),
    ) {
        let terms = Terms {
            rationing: match RULES.get(rule) {
                // Some take too long for many claims.
                Some(rule) if rules(claims.len()).any(|quick| quick.name() == rule.name()) => {
                    Rationing::Rule(*rule)
                }
                Some(_) => Rationing::Rule(&Talmud),
                None => Rationing::RankedCompetition,
            },
            unit: Unit::new(unit).unwrap(),
            reoffer,
            ..Terms::of_rule(&Proportional)
        };
        let limits: Vec<Bounds> = bounds
            .iter()
            .map(|&(lower, upper)| Bounds { lower: [lower; LANES], upper: [upper; LANES] })
            .collect();
        let scores: Vec<Lanes> = scores.into_iter().map(|score| [f64::from(score); LANES]).collect();
        let counts: Vec<Lanes> = points.iter().map(|&count| [f64::from(count); LANES]).collect();
        let claimants = claims.len() / classes;
        let demand = Demand {
            claimants,
            claims: &rows(&claims),
            bounds: &limits,
            weights: &[],
            points: &counts,
            scores: &scores,
        };
        let mut settlement = Settlement::default();
        let available = (!open_ended).then_some(among_others(pot, 1));
        settle(&terms, available.as_ref(), &demand, &mut Workspace::new(), &mut settlement);

        let (dues, awards) = (of_draw(&settlement.entitlements), of_draw(&settlement.awards));
        let (granted, due): (i64, i64) = (awards.iter().sum(), dues.iter().sum());
        let unspent = settlement.unspent[DRAW];
        prop_assert_eq!(awards.len(), claims.len());
        for (award, due) in awards.iter().zip(&dues) {
            prop_assert!(0 <= *award && award <= due && award % unit == 0);
        }
        for (due, &(lower, upper)) in dues.iter().zip(&bounds) {
            prop_assert!(*due <= upper);
            prop_assert!(*due >= lower || upper < lower + unit);
        }
        if open_ended {
            prop_assert_eq!((granted, unspent), (due, 0));
        } else {
            prop_assert_eq!(granted + unspent, pot.max(0));
            prop_assert!(unspent >= 0);
            if matches!(terms.rationing, Rationing::Rule(_)) {
                prop_assert_eq!(granted, due.min(pot.max(0) / unit * unit));
            }
        }
        let competes = matches!(terms.rationing, Rationing::RankedCompetition);
        let broken = settlement.guarantee_broken[DRAW] == 1.0;
        prop_assert!(!competes || !broken);
        for (claimant, funded) in settlement.funded.iter().enumerate() {
            let asked = points.get(claimant).map_or(1, |&points| points.max(1));
            let all = (0..awards.len()).skip(claimant).step_by(claimants.max(1));
            let paid = all.clone().any(|entry| dues[entry] > 0 && awards[entry] == dues[entry]);
            prop_assert!(funded[DRAW] <= f64::from(asked));
            prop_assert!(!paid || funded[DRAW] > 0.0);
        }
        let waits = awards != dues;
        prop_assert!(settlement.partial[DRAW] == 0 || (competes && waits));
        if !competes && !broken && !open_ended {
            for ((award, due), &(lower, _)) in awards.iter().zip(&dues).zip(&bounds) {
                prop_assert!(*award >= lower.min(*due));
            }
        }
    }
}
