//! A whole programme in a block of draws: claims are guaranteed, rationed and rounded.

use super::competition::{Competition, Rest, TOGETHER};
use super::division::{Buffers, Workspace, divide_bounded, largest_claim};
use super::guarantee::{self, Bounds};
use super::rationing::{Proportional, RationingRule};
use super::rounding::{LargestRemainder, RoundingMethod};
use super::rows::{Money, NOTHING, add, copy_clamped, scale, subtract, sum};
use super::unit::Unit;
use crate::numeric::{LANES, Lanes, clear, each_lane};

/// How a pot smaller than the claims is divided.
#[derive(Clone, Copy, Debug)]
pub enum Rationing {
    /// By a rule that divides to the unit.
    Rule(&'static dyn RationingRule),
    /// Whole points in order of a score. Points have no protected part, so a guarantee only bounds
    /// what is due.
    RankedCompetition,
}

/// How a policy settles one programme; the same in every draw.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// How a short pot is divided.
    pub rationing: Rationing,
    /// How shares become whole units.
    pub method: &'static dyn RoundingMethod,
    /// The unit of awards.
    pub unit: Unit,
    /// What a claim is awarded at least, in cents, or the claim if that is less; 0 is no bound. Where the
    /// pot does not cover it, it is cut in proportion. A competition has none.
    pub least: i64,
    /// Whether unspent money is offered once more. A rule spends all it can in the first round; in
    /// a competition the second round passes over the points that do not fit.
    pub reoffer: bool,
}

impl Terms {
    /// A rule to the cent with largest remainders, and nothing else.
    pub fn of_rule(rule: &'static dyn RationingRule) -> Self {
        Self {
            rationing: Rationing::Rule(rule),
            method: &LargestRemainder,
            unit: Unit::CENT,
            least: 0,
            reoffer: false,
        }
    }
}

/// What is asked for in each draw, in cents.
///
/// Claims and bounds hold class after class, and in each class the claimants in order of code: entry
/// `class * claimants + claimant`. Class 0 is served first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Demand<'a> {
    /// Claimants in one class.
    pub claimants: usize,
    /// What the formula says is due; a negative claim counts as 0.
    pub claims: &'a [Money],
    /// Bounds of the guarantees; a missing entry has none.
    pub bounds: &'a [Bounds],
    /// For a rule with a weighted form: the weight of a claimant, positive, the same in all classes; a
    /// missing one is 1.
    pub weights: &'a [Lanes],
    /// For a competition: the points that a claimant asks for; a missing one or 0 is one point.
    pub points: &'a [Lanes],
    /// For a competition: the score of a claimant, the larger first; missing or NaN ranks last.
    pub scores: &'a [Lanes],
}

impl<'a> Demand<'a> {
    /// Claims of one class without guarantees.
    pub fn of_claims(claims: &'a [Money]) -> Self {
        Self { claimants: claims.len(), claims, ..Self::default() }
    }
}

/// Who receives what in each draw, in cents; reused from block to block. Entries as in [`Demand`].
///
/// Always `0 ≤ award ≤ entitlement`, and Σ awards + unspent = pot (a negative pot counts as 0; of
/// an open-ended programme nothing is unspent).
#[derive(Clone, Debug)]
pub struct Settlement {
    /// The claim within its bounds and rounded to the unit.
    pub entitlements: Vec<Money>,
    /// What is granted.
    pub awards: Vec<Money>,
    /// Competition: whole points funded of each claimant, of the class with most; else empty.
    pub funded: Vec<Lanes>,
    /// Competition: what is left for the first point that waits and is less than its claim.
    pub partial: Money,
    /// What is left of the pot.
    pub unspent: Money,
    /// What is due above what there is: above the pot, or summed over the pools that fall short.
    pub gap: Money,
    /// 1 where the protected amounts exceeded the pot.
    pub guarantee_broken: Lanes,
    /// What of the awards of each class was paid first, as protected; empty where nothing is.
    pub paid_first: Vec<Money>,
}

impl Default for Settlement {
    fn default() -> Self {
        Self {
            entitlements: Vec::new(),
            awards: Vec::new(),
            funded: Vec::new(),
            partial: NOTHING,
            unspent: NOTHING,
            gap: NOTHING,
            guarantee_broken: [0.0; LANES],
            paid_first: Vec::new(),
        }
    }
}

/// Settles one programme from a pot of cents; `None` is open-ended and pays all that is due.
///
/// Claims are rounded half up to the unit, the pot and upper bounds down, lower bounds up, so that
/// rounding breaks no bound. A claim above 2^62 cents / entries counts as that. Total: no input
/// panics. Allocates nothing once `work` and `settlement` are warm.
pub fn settle(
    terms: &Terms,
    pot: Option<&Money>,
    demand: &Demand<'_>,
    work: &mut Workspace,
    settlement: &mut Settlement,
) {
    let Settlement { entitlements, .. } = settlement;
    let most = largest_claim(demand.claims.len()) / terms.unit.cents();
    entitlements.resize(demand.claims.len(), NOTHING);
    terms.unit.of_claims(demand.claims, most, entitlements);
    guarantee::apply(terms.unit, demand.bounds, most, entitlements, &mut work.protected);
    let units = pot.map_or([i64::MAX; LANES], |pot| terms.unit.down(pot));
    let left = match terms.rationing {
        Rationing::Rule(rule) => {
            settlement.reset(0);
            settlement.ration(&units, rule, terms, demand, work)
        }
        Rationing::RankedCompetition => {
            settlement.reset(demand.claimants.max(1));
            settlement.compete(&units, terms.reoffer, demand, work)
        }
    };
    let spent = each_lane(|draw| units[draw] - left[draw]);
    settlement.finish(pot, &spent, terms.unit);
}

impl Settlement {
    fn reset(&mut self, competitors: usize) {
        self.awards.resize(self.entitlements.len(), NOTHING);
        self.funded.clear();
        self.funded.resize(competitors, [0.0; LANES]);
        self.partial = NOTHING;
        self.guarantee_broken = [0.0; LANES];
        self.paid_first.clear();
    }

    /// Pays the protected parts, then divides the rest of the pot among the rest of the claims;
    /// returns what is left.
    fn ration(
        &mut self,
        pot: &Money,
        rule: &dyn RationingRule,
        terms: &Terms,
        demand: &Demand<'_>,
        work: &mut Workspace,
    ) -> Money {
        let Workspace { buffers, protected, unprotected, reduced, least, .. } = work;
        let (method, weights) = (terms.method, demand.weights);
        least.clear();
        if terms.least > 0 {
            let units = terms.least / terms.unit.cents();
            least.resize(self.entitlements.len(), NOTHING);
            copy_clamped(&self.entitlements, units, least);
        }
        if protected.is_empty() {
            let claims =
                Claims { of: demand.claimants, amounts: &self.entitlements, weights, least };
            return serve(rule, method, pot, claims, buffers, &mut self.awards);
        }
        let due = sum(protected);
        let is_broken: [bool; LANES] = each_lane(|lane| due[lane] > pot[lane]);
        if is_broken.contains(&true) {
            // Where the guarantee holds the pot covers it, so that the division changes nothing.
            reduced.resize(protected.len(), NOTHING);
            divide_bounded(&Proportional, method, pot, protected, (&[], &[]), buffers, reduced);
            protected.clone_from(reduced);
            self.guarantee_broken = is_broken.map(|is_broken| f64::from(u8::from(is_broken)));
        }
        self.paid_first.extend(protected.chunks(demand.claimants.max(1)).map(sum));
        unprotected.resize(protected.len(), NOTHING);
        subtract(&self.entitlements, protected, unprotected);
        let left = each_lane(|lane| (pot[lane] - due[lane]).max(0));
        // What is paid first counts towards the least award.
        for (least, protected) in least.iter_mut().zip(protected.iter()) {
            for lane in 0..LANES {
                least[lane] = (least[lane] - protected[lane]).max(0);
            }
        }
        let claims = Claims { of: demand.claimants, amounts: unprotected, weights, least };
        let left = serve(rule, method, &left, claims, buffers, &mut self.awards);
        add(&mut self.awards, protected);
        left
    }

    /// Funds whole points; returns what is left.
    fn compete(
        &mut self,
        pot: &Money,
        reoffer: bool,
        demand: &Demand<'_>,
        work: &mut Workspace,
    ) -> Money {
        let claimants = demand.claimants.max(1);
        let competition = Competition {
            claimants,
            claims: &self.entitlements,
            points: demand.points,
            scores: demand.scores,
        };
        let contest = &mut work.contest;
        contest.begin(&competition);
        clear(&mut self.awards);
        let mut unspent = *pot;
        for first in (0..LANES).step_by(TOGETHER) {
            contest.gather(&competition, first);
            for (place, draw) in (first..LANES).take(TOGETHER).enumerate() {
                let Rest { left, some_wait } = contest.hold(place, pot[draw], reoffer);
                unspent[draw] = left;
                self.partial[draw] = if some_wait { left } else { 0 };
                for entry in contest.list(place) {
                    self.awards[entry.index(claimants)][draw] = entry.award;
                    let funded = &mut self.funded[entry.claimant()][draw];
                    *funded = funded.max(f64::from(entry.funded));
                }
            }
        }
        unspent
    }

    /// Turns units into cents and says what is left of the pot.
    fn finish(&mut self, pot: Option<&Money>, spent: &Money, unit: Unit) {
        let cents = unit.cents();
        if cents != 1 {
            scale(&mut self.entitlements, cents);
            scale(&mut self.awards, cents);
            scale(&mut self.paid_first, cents);
            self.partial = self.partial.map(|partial| partial * cents);
        }
        self.unspent =
            pot.map_or(NOTHING, |pot| each_lane(|draw| pot[draw].max(0) - spent[draw] * cents));
        self.gap = pot.map_or(NOTHING, |pot| excess(&sum(&self.entitlements), pot));
    }
}

/// What is due above a pot.
pub(super) fn excess(due: &Money, pot: &Money) -> Money {
    each_lane(|draw| (due[draw] - pot[draw].max(0)).max(0))
}

/// Claims of one class after the other, each with `of` entries: not negative, their sum exact.
#[derive(Clone, Copy)]
struct Claims<'a> {
    of: usize,
    amounts: &'a [Money],
    /// Empty, or the weight of each claimant, the same in every class.
    weights: &'a [Lanes],
    /// Empty, or the least award of each.
    least: &'a [Money],
}

/// Serves class after class from a pot of units; returns what is left.
///
/// A class is paid in full if the rest of the pot covers it; else the rule divides that rest among its
/// claims.
fn serve(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: &Money,
    claims: Claims<'_>,
    buffers: &mut Buffers,
    awards: &mut [Money],
) -> Money {
    let size = claims.of.max(1);
    let weights = claims.weights;
    let mut left = *pot;
    let mut least = claims.least.chunks(size);
    for (claims, awards) in claims.amounts.chunks(size).zip(awards.chunks_mut(size)) {
        let of_class = (weights, least.next().unwrap_or(&[]));
        let awarded = divide_bounded(rule, method, &left, claims, of_class, buffers, awards);
        for lane in 0..LANES {
            left[lane] -= awarded[lane];
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::super::rationing::{ConstrainedEqualAwards, ConstrainedEqualLosses};
    use super::*;

    /// The settlement of one draw among many: amounts as in [`Settlement`], of that draw.
    struct Settled {
        entitlements: Vec<i64>,
        awards: Vec<i64>,
        funded: Vec<f64>,
        partial: i64,
        unspent: i64,
        guarantee_broken: bool,
    }

    fn rows(amounts: &[i64]) -> Vec<Money> {
        amounts.iter().map(|&amount| [amount; LANES]).collect()
    }

    fn numbers(values: &[f64]) -> Vec<Lanes> {
        values.iter().map(|&value| [value; LANES]).collect()
    }

    /// What the last draw's pot comes to; the other draws have other pots.
    fn settled(terms: &Terms, pot: Option<i64>, demand: &Demand<'_>) -> Settled {
        const LAST: usize = LANES - 1;
        let pots = pot
            .map(|pot| std::array::from_fn(|lane| pot.saturating_sub(100 * (LAST - lane) as i64)));
        let (mut work, mut settlement) = (Workspace::new(), Settlement::default());
        settle(terms, pots.as_ref(), demand, &mut work, &mut settlement);
        let of_last = |rows: &[Money]| rows.iter().map(|row| row[LAST]).collect();
        Settled {
            entitlements: of_last(&settlement.entitlements),
            awards: of_last(&settlement.awards),
            funded: settlement.funded.iter().map(|row| row[LAST]).collect(),
            partial: settlement.partial[LAST],
            unspent: settlement.unspent[LAST],
            guarantee_broken: settlement.guarantee_broken[LAST] == 1.0,
        }
    }

    fn of_rule(rule: &'static dyn RationingRule, pot: Option<i64>, claims: &[i64]) -> Settled {
        settled(&Terms::of_rule(rule), pot, &Demand::of_claims(&rows(claims)))
    }

    fn at_least(amount: i64) -> Bounds {
        Bounds { lower: [amount; LANES], ..Bounds::NONE }
    }

    fn at_most(amount: i64) -> Bounds {
        Bounds { upper: [amount; LANES], ..Bounds::NONE }
    }

    #[test]
    fn a_short_pot_never_pays_more_than_is_due() {
        let settled = of_rule(&Proportional, Some(300), &[100, 200, 300]);
        assert_eq!((settled.awards, settled.unspent), (vec![50, 100, 150], 0));
    }

    #[test]
    fn an_open_ended_programme_pays_all_and_has_nothing_unspent() {
        let settled = of_rule(&Proportional, None, &[5, 0, 7]);
        assert_eq!((settled.awards, settled.unspent), (vec![5, 0, 7], 0));
    }

    #[test]
    fn whole_euro_leave_the_cents_of_the_pot_unspent() {
        // Claims 1.50 -> 2, 2.49 -> 2 euro; of 3.99 three are divided, 1.5 each: 2 and 1.
        let terms = Terms { unit: Unit::EURO, ..Terms::of_rule(&Proportional) };
        let settled = settled(&terms, Some(399), &Demand::of_claims(&rows(&[150, 249])));
        assert_eq!(settled.entitlements, [200, 200]);
        assert_eq!((settled.awards, settled.unspent), (vec![200, 100], 99));
    }

    #[test]
    fn a_negative_pot_is_an_empty_one() {
        let settled = of_rule(&Proportional, Some(-5), &[5]);
        assert_eq!((settled.awards, settled.unspent), (vec![0], 0));
    }

    #[test]
    fn later_classes_receive_what_the_first_leaves() {
        // Class 1 takes 30, class 2 asks 60 and shares 30 in proportion 1 : 2; of 15, class 1 shares
        // all in proportion 1 : 2; 100 pays everything.
        let claims = rows(&[10, 20, 20, 40]);
        let demand = Demand { claimants: 2, ..Demand::of_claims(&claims) };
        let of = |pot| settled(&Terms::of_rule(&Proportional), Some(pot), &demand);
        assert_eq!(of(60).awards, [10, 20, 10, 20]);
        assert_eq!(of(15).awards, [5, 10, 0, 0]);
        assert_eq!((of(100).awards, of(100).unspent), (vec![10, 20, 20, 40], 10));
    }

    #[test]
    fn a_protected_floor_is_paid_first_and_the_rest_is_rationed() {
        // Protected 100 + 60 of a pot of 200; 40 for the rests 0 and 240.
        let bounds = [at_least(100), at_least(60)];
        let claims = rows(&[40, 300]);
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&claims) };
        let both = settled(&Terms::of_rule(&Proportional), Some(200), &demand);
        assert_eq!((both.entitlements, both.awards), (vec![100, 300], vec![100, 100]));
        assert!(!both.guarantee_broken);
        // Three claims, the second without a floor: 100 paid, 90 for rests of 50, 100, 100.
        let claims = rows(&[150, 100, 100]);
        let demand = Demand { bounds: &bounds[..1], ..Demand::of_claims(&claims) };
        let one = settled(&Terms::of_rule(&ConstrainedEqualAwards), Some(190), &demand);
        assert_eq!(one.awards, [130, 30, 30]);
    }

    #[test]
    fn a_least_award_is_kept_while_the_pot_covers_it_and_cut_in_proportion_where_not() {
        // Claims 10, 100, 890 EUR, at least 20 each: 10, 20 and the other 70 of 100.
        let claims = rows(&[1_000, 10_000, 89_000]);
        let terms = Terms { unit: Unit::EURO, least: 2_000, ..Terms::of_rule(&Proportional) };
        let of = |pot| settled(&terms, Some(pot), &Demand::of_claims(&claims)).awards;
        assert_eq!(of(10_000), [1_000, 2_000, 7_000]);
        // 50 EUR pay them to the euro; of 25 each has half.
        assert_eq!((of(5_000), of(2_500)), (vec![1_000, 2_000, 2_000], vec![500, 1_000, 1_000]));
        // What is protected counts: 15 of the second, then 35 for rests of 10, 85, 890 with at least
        // 10, 5, 20 each.
        let bounds = [Bounds::NONE, at_least(1_500)];
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&claims) };
        assert_eq!(settled(&terms, Some(5_000), &demand).awards, [1_000, 2_000, 2_000]);
    }

    #[test]
    fn a_guarantee_that_the_pot_cannot_keep_is_cut_in_proportion_and_says_so() {
        // Floors 100 and 200, a pot of 150: half of each, whatever the rule.
        let bounds = [at_least(100), at_least(200)];
        let claims = rows(&[500, 200]);
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&claims) };
        let of = |pot| settled(&Terms::of_rule(&ConstrainedEqualLosses), Some(pot), &demand);
        assert_eq!((of(150).awards, of(150).guarantee_broken), (vec![50, 100], true));
        assert_eq!((of(300).awards, of(300).guarantee_broken), (vec![100, 200], false));
    }

    #[test]
    fn protected_parts_of_later_classes_come_before_the_rest_of_the_first() {
        // One claimant, classes 100 and 80 with floors 0 and 50: of 120, 50 is protected, 70 goes
        // to the first class, nothing is left for the rest of the second.
        let bounds = [Bounds::NONE, at_least(50)];
        let claims = rows(&[100, 80]);
        let demand = Demand { claimants: 1, bounds: &bounds, ..Demand::of_claims(&claims) };
        assert_eq!(settled(&Terms::of_rule(&Proportional), Some(120), &demand).awards, [70, 50]);
    }

    #[test]
    fn what_a_cap_frees_goes_to_the_others() {
        // Without the cap 100 each; with it 50, and 150 for the other.
        let bounds = [at_most(50)];
        let claims = rows(&[300, 300]);
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&claims) };
        let settled = settled(&Terms::of_rule(&ConstrainedEqualAwards), Some(200), &demand);
        assert_eq!(settled.awards, [50, 150]);
    }

    #[test]
    fn rounding_to_the_unit_breaks_no_bound() {
        // At least 1.01 becomes 2 euro, at most 1.99 becomes 1 euro; crossed, the upper one holds.
        let crossed = Bounds { lower: [101; LANES], upper: [199; LANES] };
        let bounds = [at_least(101), at_most(199), crossed];
        let terms = Terms { unit: Unit::EURO, ..Terms::of_rule(&Proportional) };
        let claims = rows(&[0, 500, 0]);
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&claims) };
        assert_eq!(settled(&terms, None, &demand).awards, [200, 100, 100]);
    }

    #[test]
    fn a_competition_funds_whole_points_and_says_what_is_left_for_the_next() {
        // Euro: 3 points of 100, then 2 of 250, then one of 80. Of 700.50, 150.50 stay.
        let claims = rows(&[30_000, 50_000, 8_000]);
        let demand = Demand {
            points: &numbers(&[3.0, 2.0, 1.0]),
            scores: &numbers(&[0.9, 0.7, 0.5]),
            ..Demand::of_claims(&claims)
        };
        let terms = Terms {
            rationing: Rationing::RankedCompetition,
            unit: Unit::EURO,
            ..Terms::of_rule(&Proportional)
        };
        let once = settled(&terms, Some(70_050), &demand);
        assert_eq!((once.awards, once.unspent), (vec![30_000, 25_000, 0], 15_050));
        assert_eq!((once.funded, once.partial), (vec![3.0, 1.0, 0.0], 15_000));

        let twice = settled(&Terms { reoffer: true, ..terms }, Some(70_050), &demand);
        assert_eq!((twice.awards, twice.unspent), (vec![30_000, 25_000, 8_000], 7_050));
        assert_eq!((twice.funded, twice.partial), (vec![3.0, 1.0, 1.0], 7_000));
    }

    #[test]
    fn a_settlement_that_is_reused_forgets_the_block_before() {
        let (mut work, mut settlement) = (Workspace::new(), Settlement::default());
        let (terms, pot) = (Terms::of_rule(&Proportional), [5; LANES]);
        let (first, second) = (rows(&[10, 20, 30]), rows(&[4, 6]));
        let bounds = [at_least(9); 3];
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&first) };
        settle(&terms, Some(&pot), &demand, &mut work, &mut settlement);
        assert_eq!(settlement.guarantee_broken, [1.0; LANES]);
        settle(&terms, Some(&pot), &Demand::of_claims(&second), &mut work, &mut settlement);
        assert_eq!(settlement.awards, rows(&[2, 3]));
        assert_eq!(settlement.guarantee_broken, [0.0; LANES]);
    }

    #[test]
    fn nobody_and_absurd_amounts_are_settled_too() {
        let terms = Terms { unit: Unit::EURO, ..Terms::of_rule(&ConstrainedEqualLosses) };
        assert_eq!(settled(&terms, Some(7), &Demand::default()).unspent, 7);
        let bounds = [
            Bounds { lower: [i64::MAX; LANES], upper: [i64::MAX; LANES] },
            Bounds { lower: [i64::MIN; LANES], upper: [i64::MIN; LANES] },
        ];
        let claims = rows(&[i64::MAX, i64::MAX, i64::MIN]);
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&claims) };
        for pot in [None, Some(i64::MAX), Some(i64::MIN), Some(1_000_000_000_000_000)] {
            let settled = settled(&terms, pot, &demand);
            let granted: i64 = settled.awards.iter().sum();
            assert_eq!(granted + settled.unspent, pot.map_or(granted, |pot| pot.max(0)));
            assert_eq!(settled.awards[1..], [0, 0]);
        }
        // Each counts as 2^61 cents, in whole euro.
        let settled = settled(&terms, None, &Demand::of_claims(&rows(&[i64::MAX; 2])));
        assert_eq!(settled.awards, [(1 << 61) / 100 * 100; 2]);
    }
}
