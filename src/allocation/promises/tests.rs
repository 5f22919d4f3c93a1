use super::super::RationingRule;
use super::super::rationing::{
    ConstrainedEqualAwards, ConstrainedEqualLosses, MinimalOverlap, Proportional,
};
use super::super::rounding::{LargestRemainder, RoundingMethod, Webster};
use super::super::settle::{Rationing, Terms};
use super::super::unit::Unit;
use super::*;

fn probe(promise: Promise, ask: &Ask) -> Probe {
    Probe { promise, ask: ask.clone(), one: 0, other: 1, amount: 0 }
}

fn breach(terms: &Terms, probe: Probe) -> Option<Breach> {
    breaches(terms, &[probe]).pop().flatten()
}

/// Who, what is received, what it should be.
fn found(terms: &Terms, probe: Probe) -> Option<(usize, i64, i64)> {
    breach(terms, probe).map(|breach| (breach.claimant, breach.award, breach.bound))
}

fn rule(rule: &'static dyn RationingRule) -> Terms {
    Terms::of_rule(rule)
}

#[test]
fn classes_break_equal_treatment_across_them_and_not_within() {
    // 200 each, first in one's class 1 and in other's class 2; the pot of 200 is class 1's alone.
    let ask = Ask { claimants: 2, ..Ask::of_claims(200, &[200, 0, 0, 200]) };
    let terms = rule(&Proportional);
    let across = probe(Promise::EqualAcrossClasses, &ask);
    assert_eq!(found(&terms, across.clone()), Some((1, 0, 200)));
    assert_eq!(cause(&terms, &across), Cause::Classes);
    // With the claims of the first in every class the second receives as much: 100 each.
    assert_eq!(found(&terms, probe(Promise::EqualTreatment, &ask)), None);
    // In one class nothing stands across.
    let single = probe(Promise::EqualAcrossClasses, &Ask::of_claims(200, &[200, 200]));
    assert_eq!(found(&terms, single), None);
}

#[test]
fn a_protected_floor_breaks_equal_treatment_and_says_so() {
    // Claims 300 each, 100 of the first protected, a pot of 300: 100 first, then 200 for rests of 200
    // and 300 in proportion, 80 and 120. So 180 and 120.
    let ask =
        Ask { lower: vec![100, 0], upper: vec![i64::MAX; 2], ..Ask::of_claims(300, &[300, 300]) };
    let equals = probe(Promise::EqualTreatment, &ask);
    assert_eq!(found(&rule(&Proportional), equals.clone()), Some((1, 120, 180)));
    assert_eq!(cause(&rule(&Proportional), &equals), Cause::Guarantees);
}

#[test]
fn a_floor_that_breaks_a_promise_is_not_laid_to_classes_that_stand_beside_it() {
    // The same, and nobody claims anything of a second class: in one class 180 and 120 as well.
    let ask = Ask {
        claimants: 2,
        lower: vec![100, 0, 0, 0],
        upper: vec![i64::MAX; 4],
        ..Ask::of_claims(300, &[300, 300, 0, 0])
    };
    let equals = probe(Promise::EqualTreatment, &ask);
    assert_eq!(found(&rule(&Proportional), equals.clone()), Some((1, 120, 180)));
    assert_eq!(cause(&rule(&Proportional), &equals), Cause::Guarantees);
}

#[test]
fn a_protected_floor_keeps_consistency_for_a_rule_that_has_it() {
    // What is protected leaves with its claimant, so that rests and what is left for them are as they
    // were: floors 100, 60 and 0, claims 300, 160, 240, a pot of 360. The 200 left are divided among
    // rests of 200, 100 and 240 by equal awards, 66 2/3 each: 166 2/3, 126 2/3, 66 2/3. Without the first
    // 193 1/3 are left: 60 first, and 133 1/3 for 100 and 240 is 66 2/3 each again.
    let ask = Ask {
        lower: vec![100, 60, 0],
        upper: vec![i64::MAX; 3],
        ..Ask::of_claims(360, &[300, 160, 240])
    };
    let terms = rule(&ConstrainedEqualAwards);
    let leaves = breach(&terms, probe(Promise::Consistency, &ask));
    assert!(leaves.is_none_or(|breach| breach.size() <= 1), "{leaves:?}");
    // Minimal overlap is not consistent by itself. Claims 1, 2 and 3 hundred, a pot of 300: a third of
    // the first hundred, half of the second, the third alone: 33 1/3, 83 1/3, 183 1/3. If the second
    // leaves, 216 2/3 are left for 100 and 300: half the first hundred is 50, so 50 and 166 2/3.
    let ask = Ask::of_claims(30_000, &[10_000, 20_000, 30_000]);
    let leaves = Probe { one: 1, ..probe(Promise::Consistency, &ask) };
    let breach = breach(&rule(&MinimalOverlap), leaves.clone()).unwrap();
    assert!((1_666..=1_668).contains(&breach.size()), "{breach:?}");
    assert_eq!(cause(&rule(&MinimalOverlap), &leaves), Cause::Rule);
}

#[test]
fn largest_remainders_take_one_unit_from_a_claimant_of_a_larger_pot_and_webster_none() {
    // The Alabama paradox (Balinski and Young 2001) in euro: claims 60, 60, 20. Of 10 the quotas are
    // 4 2/7, 4 2/7, 1 3/7: 4, 4, 2. Of 11 they are 4 5/7, 4 5/7, 1 4/7: 5, 5, 1.
    let ask = Ask::of_claims(1_000, &[6_000, 6_000, 2_000]);
    let larger = Probe { amount: 100, ..probe(Promise::ResourceMonotonicity, &ask) };
    let by = |method: &'static dyn RoundingMethod| Terms {
        unit: Unit::EURO,
        method,
        ..rule(&Proportional)
    };
    assert_eq!(found(&by(&LargestRemainder), larger.clone()), Some((2, 100, 200)));
    assert_eq!(found(&by(&Webster), larger.clone()), None);
    // One unit is what rounding explains.
    assert_eq!(larger.promise.units_of_rounding() * Unit::EURO.cents(), 100);
}

#[test]
fn two_least_awards_are_had_by_appearing_as_two() {
    // Claims 40 and 960, at least 20 each, a pot of 100: 20 and 80. As two of 20 each: 20, 20, 60.
    let ask = Ask::of_claims(10_000, &[4_000, 96_000]);
    let terms = Terms { least: 2_000, ..rule(&Proportional) };
    let twice = probe(Promise::NoAdvantageousSplitting, &ask);
    assert_eq!(found(&terms, twice.clone()), Some((0, 4_000, 2_000)));
    assert_eq!(cause(&terms, &twice), Cause::LeastAward);
    // In proportion alone nobody gains: 4 either way.
    assert_eq!(found(&rule(&Proportional), twice), None);
}

#[test]
fn equal_awards_are_gained_by_the_rule_itself_and_lost_by_merging() {
    // 100 of 200 each; as 100, 100 and 200: 66 2/3 each, 133 1/3 for who is two.
    let ask = Ask::of_claims(20_000, &[20_000, 20_000]);
    let twice = probe(Promise::NoAdvantageousSplitting, &ask);
    let breach = breach(&rule(&ConstrainedEqualAwards), twice.clone()).unwrap();
    assert!((3_332..=3_334).contains(&breach.size()), "{breach:?}");
    assert_eq!(cause(&rule(&ConstrainedEqualAwards), &twice), Cause::Rule);
    let together = probe(Promise::NoAdvantageousMerging, &ask);
    assert_eq!(found(&rule(&ConstrainedEqualAwards), together), None);
}

#[test]
fn a_competition_leaves_money_and_pays_by_score() {
    // Two points of 100 each, then one of 80; of 150 the first point is paid and 50 stay.
    let ask = Ask {
        points: vec![2.0, 1.0],
        scores: vec![0.9, 0.5],
        ..Ask::of_claims(15_000, &[20_000, 8_000])
    };
    let terms = Terms { rationing: Rationing::RankedCompetition, ..rule(&Proportional) };
    let balance = probe(Promise::Balance, &ask);
    assert_eq!(found(&terms, balance.clone()), Some((0, 10_000, 15_000)));
    assert_eq!(cause(&terms, &balance), Cause::Competition);
    // With the same two points the second receives nothing: its score is lower.
    assert_eq!(found(&terms, probe(Promise::EqualTreatment, &ask)), Some((1, 0, 10_000)));
    // As two with a point each the first still has the first point alone.
    assert_eq!(found(&terms, probe(Promise::NoAdvantageousSplitting, &ask)), None);
    // And 50 pay no point, whether one has two of them or two have one each.
    let short = Ask { pot: 5_000, ..ask };
    assert_eq!(found(&terms, probe(Promise::NoAdvantageousSplitting, &short)), None);
}

#[test]
fn equal_losses_are_gained_by_merging_whoever_stands_first() {
    // 100 each and a pot of 150: each loses 50, two have 100. As one of 200 beside 100 both lose 75: 125.
    let ask = Ask::of_claims(15_000, &[10_000; 3]);
    for (one, other) in [(0, 1), (2, 0), (1, 2)] {
        let together = Probe { one, other, ..probe(Promise::NoAdvantageousMerging, &ask) };
        let gained = Some((one, 12_500, 10_000));
        assert_eq!(found(&rule(&ConstrainedEqualLosses), together), gained, "{one}, {other}");
    }
}

#[test]
fn a_plain_settlement_keeps_every_promise_to_the_unit() {
    let ask = Ask::of_claims(10_000, &[4_000, 9_000, 2_000, 7_000]);
    for promise in Promise::ALL {
        let amount = 1_000;
        let probe = Probe { amount, ..probe(promise, &ask) };
        let breach = breach(&rule(&Proportional), probe);
        assert!(breach.is_none_or(|breach| breach.size() <= 1), "{promise:?}: {breach:?}");
    }
}

#[test]
fn asks_of_different_shape_are_settled_in_their_order() {
    // More than one block of each of two shapes, mixed.
    let asks: Vec<Ask> = (0..150)
        .map(|index| {
            let claims = if index % 2 == 0 { vec![300, 100] } else { vec![100, 100, 200] };
            Ask::of_claims(index, &claims)
        })
        .collect();
    let given = settle_all(&rule(&Proportional), &asks);
    for (index, given) in given.iter().enumerate() {
        assert_eq!(given.awards.len(), 2 + index % 2);
        assert_eq!(given.awards.iter().sum::<i64>() + given.unspent, index as i64);
    }
}

#[test]
fn who_is_not_there_breaks_nothing() {
    for promise in Promise::ALL {
        for ask in [Ask::default(), Ask::of_claims(5, &[9])] {
            let nobody = Probe { one: 7, other: 9, ..probe(promise, &ask) };
            assert_eq!(found(&rule(&Proportional), nobody), None, "{promise:?}");
        }
    }
}
