//! A whole programme in one draw: claims are guaranteed, rationed and rounded.

use super::classes::serve_in_order;
use super::competition::{Competition, Misfit, PartialAward};
use super::division::{Workspace, divide_bounded, largest_claim};
use super::guarantee::{Bounds, GuaranteeMode};
use super::rationing::{Proportional, RationingRule};
use super::rounding::{LargestRemainder, RoundingMethod};
use super::unit::Unit;

/// How a pot smaller than the claims is divided.
#[derive(Clone, Copy, Debug)]
pub enum Rationing {
    /// By a rule that divides to the unit.
    Rule(&'static dyn RationingRule),
    /// Whole points in order of a score. Points have no protected part, so a guarantee acts on the
    /// entitlement in either mode.
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
    /// When bounds act.
    pub guarantee: GuaranteeMode,
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
            guarantee: GuaranteeMode::OnEntitlement,
            reoffer: false,
        }
    }
}

/// What is asked for in one draw, in cents.
///
/// Each slice holds class after class, and in each class the claimants in order of code: entry
/// `class * claimants + claimant`. Class 0 is served first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Demand<'a> {
    /// Claimants in one class.
    pub claimants: usize,
    /// What the formula says is due; a negative claim counts as 0.
    pub claims: &'a [i64],
    /// Bounds of the guarantees; a missing entry has none.
    pub bounds: &'a [Bounds],
    /// For a competition: the points that an entry asks for; a missing entry or 0 is one point.
    pub points: &'a [u32],
    /// For a competition: the score of an entry, the larger first; missing or NaN ranks last.
    pub scores: &'a [f64],
}

impl<'a> Demand<'a> {
    /// Claims of one class without guarantees.
    pub fn of_claims(claims: &'a [i64]) -> Self {
        Self { claimants: claims.len(), claims, ..Self::default() }
    }
}

/// Who receives what, in cents; reused from draw to draw. Entries as in [`Demand`].
///
/// Always `0 ≤ award ≤ entitlement`, and Σ awards + unspent = pot (a negative pot counts as 0; of
/// an open-ended programme nothing is unspent).
#[derive(Clone, Debug, Default)]
pub struct Settlement {
    /// Claimants in one class.
    pub claimants: usize,
    /// The claim within its bounds and rounded to the unit.
    pub entitlements: Vec<i64>,
    /// What is granted.
    pub awards: Vec<i64>,
    /// Competition: whole points funded; else empty.
    pub funded: Vec<u32>,
    /// Competition: whole points on the waiting list; else empty.
    pub waiting: Vec<u32>,
    /// Competition: entries in the order of funding, so of the waiting list; else empty.
    pub ranking: Vec<u32>,
    /// Competition: the first point that waits; nothing if none does.
    pub partial: Option<PartialAward>,
    /// What is left of the pot.
    pub unspent: i64,
    /// Whether the protected amounts exceeded the pot.
    pub guarantee_broken: bool,
}

impl Settlement {
    /// The award of a claimant over all classes.
    pub fn award(&self, claimant: usize) -> i64 {
        self.over_classes(&self.awards, claimant)
    }

    /// The entitlement of a claimant over all classes.
    pub fn entitlement(&self, claimant: usize) -> i64 {
        self.over_classes(&self.entitlements, claimant)
    }

    /// Entitlement less award of a claimant, at least 0.
    pub fn shortfall(&self, claimant: usize) -> i64 {
        self.entitlement(claimant) - self.award(claimant)
    }

    fn over_classes(&self, entries: &[i64], claimant: usize) -> i64 {
        if claimant >= self.claimants {
            return 0;
        }
        entries.iter().skip(claimant).step_by(self.claimants).sum()
    }
}

/// Settles one programme from a pot of cents; `None` is open-ended and pays all that is due.
///
/// Claims are rounded half up to the unit, the pot and upper bounds down, lower bounds up, so that
/// rounding breaks no bound. A claim above 2^62 cents / entries counts as that. Total: no input
/// panics. Allocates nothing once `work` and `settlement` are warm.
pub fn settle(
    terms: &Terms,
    pot: Option<i64>,
    demand: &Demand<'_>,
    work: &mut Workspace,
    settlement: &mut Settlement,
) {
    entitle(terms, demand, &mut work.protected, settlement);
    settlement.reset(demand.claimants);
    let units = pot.map_or(i64::MAX, |pot| terms.unit.down(pot));
    match terms.rationing {
        Rationing::Rule(rule) => settlement.ration(units, rule, terms.method, work),
        Rationing::RankedCompetition => settlement.compete(units, terms.reoffer, demand),
    }
    settlement.finish(pot, terms.unit);
}

/// Writes the entitlements and, in protected mode, the protected part of each, in units.
fn entitle(
    terms: &Terms,
    demand: &Demand<'_>,
    protected: &mut Vec<i64>,
    settlement: &mut Settlement,
) {
    let unit = terms.unit;
    let largest = largest_claim(demand.claims.len()) / unit.cents();
    let entitlements = &mut settlement.entitlements;
    unit.to_units(demand.claims, entitlements);
    protected.clear();
    for (claim, bounds) in entitlements.iter_mut().zip(demand.bounds) {
        *claim = (*claim).max(unit.up(bounds.lower)).min(unit.down(bounds.upper));
    }
    for claim in entitlements.iter_mut() {
        *claim = (*claim).min(largest);
    }
    if terms.guarantee == GuaranteeMode::Protected && !demand.bounds.is_empty() {
        let lower = demand.bounds.iter().map(|bounds| unit.up(bounds.lower));
        let lower = lower.chain(std::iter::repeat(0));
        protected.extend(entitlements.iter().zip(lower).map(|(&claim, lower)| claim.min(lower)));
    }
}

impl Settlement {
    fn reset(&mut self, claimants: usize) {
        self.claimants = claimants;
        self.awards.clear();
        self.awards.resize(self.entitlements.len(), 0);
        self.funded.clear();
        self.waiting.clear();
        self.ranking.clear();
        self.partial = None;
        self.guarantee_broken = false;
    }

    /// Pays the protected parts, then divides the rest of the pot among the rest of the claims.
    fn ration(
        &mut self,
        pot: i64,
        rule: &dyn RationingRule,
        method: &dyn RoundingMethod,
        work: &mut Workspace,
    ) {
        let Workspace { shares, keys, scratch, claims, protected } = work;
        let mut divide =
            |rule: &dyn RationingRule, pot: i64, claims: &[i64], awards: &mut [i64]| {
                divide_bounded(rule, method, pot, claims, (shares, keys, scratch), awards);
            };
        let due: i64 = protected.iter().sum();
        if due > pot {
            self.guarantee_broken = true;
            divide(&Proportional, pot, protected, &mut self.awards);
            return;
        }
        let claims = if protected.is_empty() {
            &self.entitlements
        } else {
            claims.clear();
            claims.extend(
                self.entitlements.iter().zip(&*protected).map(|(claim, part)| claim - part),
            );
            &*claims
        };
        serve_in_order(
            pot - due,
            self.claimants,
            claims,
            &mut self.awards,
            |pot, claims, awards| {
                divide(rule, pot, claims, awards);
            },
        );
        for (award, part) in self.awards.iter_mut().zip(protected) {
            *award += *part;
        }
    }

    fn compete(&mut self, pot: i64, reoffer: bool, demand: &Demand<'_>) {
        let Self { entitlements, awards, funded, waiting, ranking, .. } = self;
        let competition = Competition {
            claimants: demand.claimants,
            claims: entitlements,
            points: demand.points,
            scores: demand.scores,
        };
        funded.resize(entitlements.len(), 0);
        competition.rank(ranking);
        let mut left = competition.fund(pot, ranking, Misfit::Stops, awards, funded);
        if reoffer {
            left = competition.fund(left, ranking, Misfit::IsSkipped, awards, funded);
        }
        self.partial = competition.first_waiting(left, ranking, awards, funded);
        let counts = (0..).map(|entry| competition.count(entry));
        waiting.extend(entitlements.iter().zip(&*funded).zip(counts).map(
            |((&claim, &funded), count)| {
                if claim > 0 { count - funded } else { 0 }
            },
        ));
    }

    /// Turns units into cents and says what is left of the pot.
    fn finish(&mut self, pot: Option<i64>, unit: Unit) {
        let cents = unit.cents();
        if cents != 1 {
            let amounts = self.entitlements.iter_mut().chain(&mut self.awards);
            amounts.for_each(|amount| *amount *= cents);
            if let Some(partial) = &mut self.partial {
                partial.amount *= cents;
                partial.claim *= cents;
            }
        }
        self.unspent = pot.map_or(0, |pot| pot.max(0) - self.awards.iter().sum::<i64>());
    }
}

#[cfg(test)]
mod tests {
    use super::super::rationing::{ConstrainedEqualAwards, ConstrainedEqualLosses};
    use super::*;

    fn settled(terms: &Terms, pot: Option<i64>, demand: &Demand<'_>) -> Settlement {
        let mut settlement = Settlement::default();
        settle(terms, pot, demand, &mut Workspace::new(), &mut settlement);
        settlement
    }

    fn protected(rule: &'static dyn RationingRule) -> Terms {
        Terms { guarantee: GuaranteeMode::Protected, ..Terms::of_rule(rule) }
    }

    #[test]
    fn a_short_pot_never_pays_more_than_is_due() {
        let settlement = settled(
            &Terms::of_rule(&Proportional),
            Some(300),
            &Demand::of_claims(&[100, 200, 300]),
        );
        assert_eq!(settlement.awards, [50, 100, 150]);
        assert_eq!(
            (0..3).map(|claimant| settlement.shortfall(claimant)).collect::<Vec<_>>(),
            [50, 100, 150]
        );
        assert_eq!(settlement.unspent, 0);
    }

    #[test]
    fn an_open_ended_programme_pays_all_and_has_nothing_unspent() {
        let settlement =
            settled(&Terms::of_rule(&Proportional), None, &Demand::of_claims(&[5, 0, 7]));
        assert_eq!((settlement.awards.as_slice(), settlement.unspent), (&[5, 0, 7][..], 0));
    }

    #[test]
    fn whole_euro_leave_the_cents_of_the_pot_unspent() {
        // Claims 1.50 -> 2, 2.49 -> 2 euro; of 3.99 three are divided, 1.5 each: 2 and 1.
        let terms = Terms { unit: Unit::EURO, ..Terms::of_rule(&Proportional) };
        let settlement = settled(&terms, Some(399), &Demand::of_claims(&[150, 249]));
        assert_eq!(settlement.entitlements, [200, 200]);
        assert_eq!((settlement.awards.as_slice(), settlement.unspent), (&[200, 100][..], 99));
    }

    #[test]
    fn a_negative_pot_is_an_empty_one() {
        let settlement =
            settled(&Terms::of_rule(&Proportional), Some(-5), &Demand::of_claims(&[5]));
        assert_eq!((settlement.award(0), settlement.shortfall(0), settlement.unspent), (0, 5, 0));
    }

    #[test]
    fn later_classes_receive_what_the_first_leaves() {
        // Class 1 takes 30, class 2 asks 60 and shares 30 in proportion 1 : 2.
        let claims = [10, 20, 20, 40];
        let demand = Demand { claimants: 2, ..Demand::of_claims(&claims) };
        let settlement = settled(&Terms::of_rule(&Proportional), Some(60), &demand);
        assert_eq!(settlement.awards, [10, 20, 10, 20]);
        assert_eq!(
            (settlement.award(1), settlement.entitlement(1), settlement.shortfall(1)),
            (40, 60, 20)
        );
        assert_eq!(settlement.award(2), 0);
    }

    #[test]
    fn a_floor_on_the_entitlement_may_be_cut() {
        // 40 is raised to 100; 400 are due, the pot covers half.
        let bounds = [Bounds::floor(100), Bounds::NONE];
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&[40, 300]) };
        let settlement = settled(&Terms::of_rule(&Proportional), Some(200), &demand);
        assert_eq!((settlement.entitlements, settlement.awards), (vec![100, 300], vec![50, 150]));
    }

    #[test]
    fn a_protected_floor_is_paid_first_and_the_rest_is_rationed() {
        // Protected 100 + 60 of a pot of 200; 40 for the rests 0 and 240.
        let bounds = [Bounds::floor(100), Bounds::floor(60)];
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&[40, 300]) };
        let settlement = settled(&protected(&Proportional), Some(200), &demand);
        assert_eq!((settlement.awards, settlement.guarantee_broken), (vec![100, 100], false));
        // Three claims, the second without a floor: 100 paid, 90 for rests of 50, 100, 100.
        let demand = Demand { bounds: &bounds[..1], ..Demand::of_claims(&[150, 100, 100]) };
        let settlement = settled(&protected(&ConstrainedEqualAwards), Some(190), &demand);
        assert_eq!(settlement.awards, [130, 30, 30]);
    }

    #[test]
    fn a_guarantee_that_the_pot_cannot_keep_is_cut_in_proportion_and_says_so() {
        // Floors 100 and 200, a pot of 150: half of each, whatever the rule.
        let bounds = [Bounds::floor(100), Bounds::floor(200)];
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&[500, 200]) };
        let settlement = settled(&protected(&ConstrainedEqualLosses), Some(150), &demand);
        assert_eq!((settlement.awards, settlement.guarantee_broken), (vec![50, 100], true));
        let enough = settled(&protected(&ConstrainedEqualLosses), Some(300), &demand);
        assert_eq!((enough.awards, enough.guarantee_broken), (vec![100, 200], false));
    }

    #[test]
    fn protected_parts_of_later_classes_come_before_the_rest_of_the_first() {
        // One claimant, classes 100 and 80 with floors 0 and 50: of 120, 50 is protected, 70 goes
        // to the first class, nothing is left for the rest of the second.
        let bounds = [Bounds::NONE, Bounds::floor(50)];
        let demand = Demand { claimants: 1, bounds: &bounds, ..Demand::of_claims(&[100, 80]) };
        assert_eq!(settled(&protected(&Proportional), Some(120), &demand).awards, [70, 50]);
    }

    #[test]
    fn what_a_cap_frees_goes_to_the_others() {
        // Without the cap 100 each; with it 50, and 150 for the other.
        let bounds = [Bounds::cap(50)];
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&[300, 300]) };
        let settlement = settled(&Terms::of_rule(&ConstrainedEqualAwards), Some(200), &demand);
        assert_eq!(settlement.awards, [50, 150]);
    }

    #[test]
    fn rounding_to_the_unit_breaks_no_bound() {
        // At least 1.01 becomes 2 euro, at most 1.99 becomes 1 euro; crossed, the upper one holds.
        let bounds =
            [Bounds::floor(101), Bounds::cap(199), Bounds::floor(101).and(Bounds::cap(199))];
        let terms = Terms { unit: Unit::EURO, ..Terms::of_rule(&Proportional) };
        let demand = Demand { bounds: &bounds, ..Demand::of_claims(&[0, 500, 0]) };
        assert_eq!(settled(&terms, None, &demand).awards, [200, 100, 100]);
    }

    #[test]
    fn a_competition_keeps_a_waiting_list_and_names_the_partial_award() {
        // Euro: 3 points of 100, then 2 of 250, then one of 80. Of 700.50, 150.50 stay.
        let demand = Demand {
            points: &[3, 2, 1],
            scores: &[0.9, 0.7, 0.5],
            ..Demand::of_claims(&[30_000, 50_000, 8_000])
        };
        let terms = Terms {
            rationing: Rationing::RankedCompetition,
            unit: Unit::EURO,
            ..Terms::of_rule(&Proportional)
        };
        let once = settled(&terms, Some(70_050), &demand);
        assert_eq!((once.awards, once.unspent), (vec![30_000, 25_000, 0], 15_050));
        assert_eq!(
            (once.funded, once.waiting, once.ranking),
            (vec![3, 1, 0], vec![0, 1, 1], vec![0, 1, 2])
        );
        assert_eq!(once.partial, Some(PartialAward { entry: 1, amount: 15_000, claim: 25_000 }));

        let twice = settled(&Terms { reoffer: true, ..terms }, Some(70_050), &demand);
        assert_eq!((twice.awards, twice.unspent), (vec![30_000, 25_000, 8_000], 7_050));
        assert_eq!(twice.waiting, [0, 1, 0]);
    }

    #[test]
    fn a_settlement_that_is_reused_forgets_the_draw_before() {
        let (mut work, mut settlement) = (Workspace::new(), Settlement::default());
        let bounds = [Bounds::floor(9); 3];
        let first = Demand { bounds: &bounds, ..Demand::of_claims(&[10, 20, 30]) };
        settle(&protected(&Proportional), Some(5), &first, &mut work, &mut settlement);
        assert!(settlement.guarantee_broken);
        settle(
            &protected(&Proportional),
            Some(5),
            &Demand::of_claims(&[4, 6]),
            &mut work,
            &mut settlement,
        );
        assert_eq!(
            (settlement.awards.as_slice(), settlement.guarantee_broken),
            (&[2, 3][..], false)
        );
    }

    #[test]
    fn nobody_and_absurd_amounts_are_settled_too() {
        let terms = Terms { unit: Unit::EURO, ..protected(&ConstrainedEqualLosses) };
        assert_eq!(settled(&terms, Some(7), &Demand::default()).unspent, 7);
        let bounds = [
            Bounds { lower: i64::MAX, upper: i64::MAX },
            Bounds { lower: i64::MIN, upper: i64::MIN },
        ];
        let demand =
            Demand { bounds: &bounds, ..Demand::of_claims(&[i64::MAX, i64::MAX, i64::MIN]) };
        for pot in [None, Some(i64::MAX), Some(i64::MIN), Some(1_000_000_000_000_000)] {
            let settlement = settled(&terms, pot, &demand);
            let granted: i64 = settlement.awards.iter().sum();
            assert_eq!(granted + settlement.unspent, pot.map_or(granted, |pot| pot.max(0)));
            assert_eq!(settlement.awards[1..], [0, 0]);
        }
        // Each counts as 2^61 cents, in whole euro.
        let settlement = settled(&terms, None, &Demand::of_claims(&[i64::MAX; 2]));
        assert_eq!(settlement.awards, [(1 << 61) / 100 * 100; 2]);
    }
}
