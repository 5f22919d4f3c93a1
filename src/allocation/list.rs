//! A list of claims that is divided once: one draw, with shares as exact as numbers can be or rounded to
//! any unit.
//!
//! A programme of a scenario is settled by [`settle`](super::settle()), on claims that are whole units
//! already. Here claims and pot are in *grains*, as small as their decimals ask for, the rule divides
//! grains, and only awards are rounded: claims of 10.70 and 9.30 stay what they are when awards are
//! whole euro. Nothing is rounded above its claim, so where claims are no multiples of the unit some of
//! the pot may be left.

use super::apportionment::{Apportionment, Party};
use super::draws::portions_of_bounded;
use super::lift::Lift;
use super::rationing::{Proportional, RationingRule};
use super::rounding::RoundingMethod;
use super::settle::Rationing;

/// Claims in order of the claimants' code.
#[derive(Clone, Copy, Debug, Default)]
pub struct List<'a> {
    /// In grains, not negative, their sum at most 2^62.
    pub claims: &'a [i64],
    /// Positive; empty weighs all alike.
    pub weights: &'a [f64],
    /// The smaller is served first; empty puts all in one class.
    pub classes: &'a [i64],
    /// For a competition, the larger is served first; a missing one ranks last.
    pub scores: &'a [f64],
}

/// How a list is divided.
#[derive(Clone, Copy, Debug)]
pub struct ListTerms {
    /// By which rule; a competition takes each claim for one point.
    pub rationing: Rationing,
    /// The unit of awards in grains, and how awards are rounded to it; without it they are not.
    pub rounding: Option<(i64, &'static dyn RoundingMethod)>,
    /// What a claim is awarded at least, in grains, or the claim if that is less; a multiple of the unit.
    /// Where the pot of a class does not cover it, it is cut in proportion.
    pub least: i64,
}

/// An award: whole grains and a part of one, which is 0 where awards are rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Award {
    /// Whole grains.
    pub whole: i64,
    /// From 0 to 1.
    pub part: f64,
}

impl Award {
    /// As one number of grains.
    #[must_use]
    pub fn value(self) -> f64 {
        self.whole as f64 + self.part
    }
}

/// Divides a pot of grains among a list of claims; an award for each claim, in their order. A negative
/// pot counts as 0. Also says how far an award may be off before rounding, in grains: 0 unless the rule
/// is one that can only be estimated.
#[must_use]
pub fn divide_list(list: &List<'_>, pot: i64, terms: &ListTerms) -> (Vec<Award>, f64) {
    let mut awards = vec![Award::default(); list.claims.len()];
    let unit = terms.rounding.map_or(1, |(unit, _)| unit.max(1));
    let mut left = Left { grains: pot.max(0), served: 0, unit };
    let mut error = 0.0_f64;
    for class in classes(list) {
        match terms.rationing {
            Rationing::Rule(rule) => {
                error = error.max(serve(list, &class, (rule, terms), &mut left, &mut awards));
            }
            Rationing::RankedCompetition => {
                let misfit = compete(list, class, &mut left, &mut awards);
                if misfit {
                    break;
                }
            }
        }
    }
    (awards, error)
}

/// What is left of a pot, and what was shared out of it.
struct Left {
    grains: i64,
    served: i64,
    unit: i64,
}

impl Left {
    /// Takes grains for a class; the units of awards that belong to them, so that over all classes
    /// units are lost once only.
    fn take(&mut self, grains: i64) -> i64 {
        let before = self.served / self.unit;
        self.served += grains;
        self.grains -= grains;
        self.served / self.unit - before
    }

    /// Puts units back that a class could not be awarded.
    fn give_back(&mut self, units: i64) {
        self.served -= units * self.unit;
        self.grains += units * self.unit;
    }
}

/// The entries of each class, the first to be served first.
fn classes(list: &List<'_>) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..list.claims.len()).collect();
    if list.classes.is_empty() {
        return vec![order];
    }
    let class = |index: usize| list.classes.get(index).copied().unwrap_or(i64::MAX);
    order.sort_by_key(|&index| class(index));
    order.chunk_by(|&a, &b| class(a) == class(b)).map(<[usize]>::to_vec).collect()
}

/// Whole claims in order of score, the larger claim, the code; whether one did not fit, which ends it.
fn compete(list: &List<'_>, mut class: Vec<usize>, left: &mut Left, awards: &mut [Award]) -> bool {
    // Minus zero is zero, and what is no number is last.
    let score = |index: usize| match list.scores.get(index) {
        Some(score) if !score.is_nan() => *score + 0.0,
        _ => f64::NEG_INFINITY,
    };
    class.sort_by(|&a, &b| {
        score(b).total_cmp(&score(a)).then(list.claims[b].cmp(&list.claims[a])).then(a.cmp(&b))
    });
    for index in class {
        // A point costs what can be awarded for it.
        let claim = list.claims[index] / left.unit * left.unit;
        if claim > left.grains {
            return true;
        }
        left.take(claim);
        awards[index].whole = claim;
    }
    false
}

/// Divides what is left among a class by a rule; how far an award may be off.
fn serve(
    list: &List<'_>,
    class: &[usize],
    (rule, terms): (&dyn RationingRule, &ListTerms),
    left: &mut Left,
    awards: &mut [Award],
) -> f64 {
    let claims: Vec<i64> = class.iter().map(|&index| list.claims[index].max(0)).collect();
    let weights: Vec<f64> = if list.weights.is_empty() {
        Vec::new()
    } else {
        class.iter().map(|&index| list.weights.get(index).copied().unwrap_or(1.0)).collect()
    };
    let total: i64 = claims.iter().sum();
    let pot = left.grains.min(total);
    let least: Vec<i64> = if terms.least > 0 {
        claims.iter().map(|claim| terms.least.min(claim / left.unit * left.unit)).collect()
    } else {
        Vec::new()
    };
    let due: i64 = least.iter().sum();
    // Least awards that the pot does not cover are cut in proportion, and nothing else is paid.
    let is_short = due > pot;
    let shares = if is_short {
        portions_of_bounded(&Proportional, pot, &least, &[])
    } else {
        portions_of_bounded(rule, pot, &claims, &weights)
    };
    let of = shares.of.max(1) as u128;
    let parts = shares.whole.iter().zip(&shares.rest);
    let parts = parts.map(|(&whole, &rest)| whole.max(0) as u128 * of + rest.max(0) as u128);
    let unit = left.unit;
    let parties: Vec<Party> = (parts.zip(&claims).enumerate())
        .map(|(index, (parts, &claim))| Party {
            parts,
            // What ties go by is what is divided.
            claim: if is_short { least.get(index).copied().unwrap_or(0) } else { claim },
            least: if is_short { 0 } else { least.get(index).map_or(0, |least| least / unit) },
            most: claim / unit,
            award: 0,
        })
        .collect();
    let units = left.take(pot);
    let mut draw = Apportionment { pot: units, of: of * unit as u128, parties };
    match terms.rounding {
        None => write_exact(&draw, class, awards),
        Some((_, method)) => {
            // A claim that is no multiple of the unit leaves some of the pot, for the next class.
            let most: i64 = draw.parties.iter().map(|party| party.most).sum();
            draw.pot = units.min(most);
            left.give_back(units - draw.pot);
            method.apportion(&mut draw);
            for (&index, party) in class.iter().zip(&draw.parties) {
                awards[index].whole = party.award * unit;
            }
        }
    }
    shares.error
}

/// Writes shares as they are, lifted to the least awards.
fn write_exact(draw: &Apportionment, class: &[usize], awards: &mut [Award]) {
    let lift = draw.lifts().then(|| Lift::of(draw));
    for (&index, party) in class.iter().zip(&draw.parties) {
        let (whole, rest, of) = match lift {
            Some(lift) if lift.lifts(party) => (party.least, 0, 1),
            Some(lift) => {
                let (whole, rest) = lift.share(party.parts);
                (whole, rest, lift.parts)
            }
            None => ((party.parts / draw.of) as i64, party.parts % draw.of, draw.of),
        };
        awards[index] = Award { whole, part: rest as f64 / of as f64 };
    }
}

#[cfg(test)]
mod tests {
    use super::super::rationing::{ConstrainedEqualAwards, RULES};
    use super::super::rounding::{Adams, LargestRemainder, METHODS, Webster};
    use super::super::{Demand, Money, Settlement, Terms, Workspace, settle};
    use super::*;
    use crate::numeric::{LANES, Lanes};
    use proptest::prelude::*;

    fn by(rule: &'static dyn RationingRule) -> ListTerms {
        let rounding: Option<(i64, &'static dyn RoundingMethod)> = Some((1, &LargestRemainder));
        ListTerms { rationing: Rationing::Rule(rule), rounding, least: 0 }
    }

    fn whole(list: &List<'_>, pot: i64, terms: &ListTerms) -> Vec<i64> {
        let (awards, _) = divide_list(list, pot, terms);
        assert!(terms.rounding.is_none() || awards.iter().all(|award| award.part == 0.0));
        awards.iter().map(|award| award.whole).collect()
    }

    fn of(claims: &[i64]) -> List<'_> {
        List { claims, ..List::default() }
    }

    #[test]
    fn what_a_class_cannot_be_awarded_goes_to_the_next() {
        // In hundreds: 150 and 150 are awarded 100 each, and 700 of 950 are left for the last class.
        let list = List { claims: &[150, 150, 1_000], classes: &[1, 1, 2], ..List::default() };
        let hundreds = ListTerms { rounding: Some((100, &LargestRemainder)), ..by(&Proportional) };
        assert_eq!(whole(&list, 950, &hundreds), [100, 100, 700]);
        // Parts of a unit add up: three times 10.004 of classes of their own leave a cent.
        let claims = [10_004, 10_004, 10_004, 10_000];
        let list = List { claims: &claims, classes: &[1, 2, 3, 4], ..List::default() };
        let cents = ListTerms { rounding: Some((10, &LargestRemainder)), ..by(&Proportional) };
        assert_eq!(whole(&list, 36_010, &cents), [10_000, 10_000, 10_000, 6_010]);
    }

    proptest! {
        #[test]
        fn classes_spend_every_unit_that_claims_can_take(
            entries in prop::collection::vec((0..3_000_i64, 1..4_i64), 1..12),
            pot in 0..20_000_i64,
            unit in 1..200_i64,
            rule in 0..RULES.len(),
        ) {
            let (claims, classes): (Vec<i64>, Vec<i64>) = entries.into_iter().unzip();
            let list = List { claims: &claims, classes: &classes, ..List::default() };
            let terms = ListTerms { rounding: Some((unit, &LargestRemainder)), ..by(RULES[rule]) };
            let awarded: i64 = whole(&list, pot, &terms).iter().sum();
            let most: i64 = claims.iter().map(|claim| claim / unit * unit).sum();
            prop_assert_eq!(awarded, (pot / unit * unit).min(most));
        }
    }

    #[test]
    fn awards_without_rounding_have_their_parts() {
        let exact = ListTerms { rounding: None, ..by(&Proportional) };
        let (awards, error) = divide_list(&of(&[100, 200, 300]), 100, &exact);
        let values: Vec<f64> = awards.iter().map(|award| award.value()).collect();
        assert_eq!((values, error), (vec![16.0 + 4.0 / 6.0, 33.0 + 2.0 / 6.0, 50.0], 0.0));
        // At least 20 each: 80 are left for 33.3 + 50, in proportion 2 : 3.
        let (awards, _) =
            divide_list(&of(&[100, 200, 300]), 100, &ListTerms { least: 20, ..exact });
        let values: Vec<f64> = awards.iter().map(|award| award.value()).collect();
        assert_eq!(values, [20.0, 32.0, 48.0]);
    }

    #[test]
    fn a_claim_that_is_nearly_all_of_the_sum_is_not_cut() {
        // Nine claims of 1 and one of 2^61, far above a tenth of 2^62; half of it, and 4 over for 9.
        let mut claims = vec![1; 9];
        claims.push(1 << 61);
        let awards = whole(&of(&claims), (1 << 60) + 4, &by(&Proportional));
        assert_eq!(awards.last(), Some(&(1 << 60)));
        let awards = whole(&of(&claims), (1 << 60) + 9, &by(&ConstrainedEqualAwards));
        assert_eq!(awards, [[1; 9].as_slice(), &[1 << 60]].concat());
    }

    #[test]
    fn claims_are_divided_before_awards_are_rounded() {
        // Grains are tenths, awards are whole: claims 10.7, 9.3 and 0.4 of 20.4, a pot of 10.2. The
        // shares are half: 5.35, 4.65, 0.2; of 10 units the last goes to 4.65.
        let list = of(&[107, 93, 4]);
        let terms = ListTerms { rounding: Some((10, &LargestRemainder)), ..by(&Proportional) };
        assert_eq!(whole(&list, 102, &terms), [50, 50, 0]);
        // Adams's would have 0.2 rounded up, but nothing exceeds its claim.
        assert_eq!(
            whole(&list, 102, &ListTerms { rounding: Some((10, &Adams)), ..terms }),
            [50, 50, 0]
        );
        // A pot that pays all pays what is whole of each: 10, 9 and 0.
        assert_eq!(whole(&list, 999, &terms), [100, 90, 0]);
    }

    #[test]
    fn later_classes_receive_what_the_first_leaves() {
        let list = List { classes: &[2, 1, 2], ..of(&[30, 50, 60]) };
        let terms = by(&Proportional);
        assert_eq!(whole(&list, 80, &terms), [10, 50, 20]);
        assert_eq!(whole(&list, 40, &terms), [0, 40, 0]);
        assert_eq!(whole(&list, 1_000, &terms), [30, 50, 60]);
        // Classes that are no whole units lose one unit together: 0.5 + 0.5 of classes 1 and 2.
        let halves = List { classes: &[1, 1, 2], ..of(&[15, 20, 15]) };
        let units = ListTerms { rounding: Some((10, &Webster)), ..terms };
        assert_eq!(whole(&halves, 50, &units), [10, 20, 10]);
    }

    #[test]
    fn a_competition_awards_the_whole_units_of_a_claim() {
        // In hundreds: 250 is awarded 200, 130 then 100, and 50 nothing, which always fits.
        let list = List { claims: &[250, 130, 50], scores: &[3.0, 2.0, 1.0], ..List::default() };
        let rationing = Rationing::RankedCompetition;
        let hundreds = ListTerms { rationing, rounding: Some((100, &LargestRemainder)), least: 0 };
        assert_eq!(whole(&list, 300, &hundreds), [200, 100, 0]);
        // A grain less does not pay for the second.
        assert_eq!(whole(&list, 299, &hundreds), [200, 0, 0]);
    }

    #[test]
    fn a_competition_funds_whole_claims_until_one_does_not_fit() {
        let list = List { scores: &[0.5, 0.9, f64::NAN, 0.7], ..of(&[10, 30, 5, 40]) };
        let terms = ListTerms { rationing: Rationing::RankedCompetition, ..by(&Proportional) };
        assert_eq!(whole(&list, 75, &terms), [0, 30, 0, 40]);
        assert_eq!(whole(&list, 85, &terms), [10, 30, 5, 40]);
        assert_eq!(whole(&list, 29, &terms), [0, 0, 0, 0]);
    }

    #[test]
    fn least_awards_that_the_pot_does_not_cover_are_cut_in_proportion() {
        let terms = ListTerms { least: 20, ..by(&ConstrainedEqualAwards) };
        assert_eq!(whole(&of(&[10, 100, 900]), 100, &terms), [10, 45, 45]);
        assert_eq!(whole(&of(&[10, 100, 900]), 25, &terms), [5, 10, 10]);
    }

    #[test]
    fn nobody_and_absurd_amounts_are_divided_too() {
        for method in METHODS {
            let terms = ListTerms { rounding: Some((1, *method)), ..by(&Proportional) };
            assert_eq!(whole(&of(&[]), 10, &terms), [0_i64; 0]);
            assert_eq!(whole(&of(&[0, 0]), 10, &terms), [0, 0]);
            assert_eq!(whole(&of(&[5]), -10, &terms), [0]);
            let half = 1_i64 << 61;
            let awards = whole(&of(&[half, half - 2, 1]), half, &terms);
            assert_eq!(awards.iter().sum::<i64>(), half, "{}", method.name());
        }
    }

    fn scores() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(0..4_u8, 12)
    }

    proptest! {
        // Every case is divided by every rule with every method, in a block of draws.
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_list_of_whole_units_is_settled_as_a_programme_is(
            claims in prop::collection::vec(0..5_000_i64, 12),
            part in 0.0..1.1_f64,
            (least, classes) in (prop_oneof![Just(0), 0..300_i64], 1..4_usize),
            scores in scores(),
        ) {
            let pot = (claims.iter().sum::<i64>() as f64 * part) as i64;
            let rows: Vec<Money> = claims.iter().map(|&claim| [claim; LANES]).collect();
            let points: Vec<Lanes> = scores.iter().map(|&score| [f64::from(score); LANES]).collect();
            let size = 12 / classes;
            let points = points.get(..size).unwrap_or(&[]);
            let demand = Demand { claimants: size, scores: points, ..Demand::of_claims(&rows) };
            let of_class: Vec<i64> = (0..12).map(|index| (index / size) as i64).collect();
            let scores: Vec<f64> =
                (0..12).map(|index| f64::from(scores[index % size])).collect();
            let list = List { claims: &claims, weights: &[], classes: &of_class, scores: &scores };
            let rationings = RULES.iter().map(|rule| Rationing::Rule(*rule));
            for rationing in rationings.chain([Rationing::RankedCompetition]) {
                for method in METHODS {
                    let terms = ListTerms { rationing, rounding: Some((1, *method)), least };
                    let programme =
                        Terms { rationing, method: *method, least, ..Terms::of_rule(&Proportional) };
                    let mut settlement = Settlement::default();
                    let mut work = Workspace::new();
                    settle(&programme, Some(&[pot; LANES]), &demand, &mut work, &mut settlement);
                    let settled: Vec<i64> = settlement.awards.iter().map(|row| row[9]).collect();
                    prop_assert_eq!(whole(&list, pot, &terms), settled, "{}", method.name());
                }
            }
        }

        #[test]
        fn awards_in_any_unit_keep_the_sum_and_stay_within_the_claims(
            claims in prop::collection::vec(0..1_000_000_i64, 1..40),
            part in 0.0..1.1_f64,
            unit in prop_oneof![Just(1_i64), Just(10), Just(100), Just(30_000)],
        ) {
            let total: i64 = claims.iter().sum();
            let pot = (total as f64 * part) as i64;
            let whole_claims: i64 = claims.iter().map(|claim| claim / unit).sum();
            for rule in RULES {
                for method in METHODS {
                    let terms = ListTerms { rounding: Some((unit, *method)), ..by(*rule) };
                    let awards = whole(&of(&claims), pot, &terms);
                    let due = (pot.min(total) / unit).min(whole_claims) * unit;
                    prop_assert_eq!(awards.iter().sum::<i64>(), due, "{}", method.name());
                    for (award, claim) in awards.iter().zip(&claims) {
                        prop_assert!(award <= claim && award % unit == 0);
                    }
                }
            }
        }
    }
}
