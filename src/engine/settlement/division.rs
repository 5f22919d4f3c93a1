//! The pot is divided: euro become cents, and cents awards.

use super::{Faults, Money, ProgrammeState, Role, Setting, Without};
use crate::allocation::{
    Bounds, Demand, PoolBuffers, Pools, Rationing, Settlement, Terms, Unit, Workspace, settle,
    settle_pools,
};
use crate::expression::Scratch;
use crate::model::{Competition, Division, GREATEST, Pot, Quantity, Ration, Rule, Unspent};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear};
use crate::units::to_cents;

/// Above all money: the bound of what has none.
const UNBOUNDED: i64 = i64::MAX / 4;

/// Buffers for dividing a block's pots, reused from programme to programme.
#[derive(Debug, Default)]
pub struct Divider {
    /// Cents, class after class.
    claims: Vec<Money>,
    bounds: Vec<Bounds>,
    weights: Vec<Lanes>,
    points: Vec<Lanes>,
    scores: Vec<Lanes>,
    work: Workspace,
    settlement: Settlement,
    /// What each pool has, cents.
    pots: Vec<Money>,
    pooled: PoolBuffers,
    /// EUR: claims before guarantees, where these are weighed.
    unbounded: Vec<Vec<Lanes>>,
    /// Whether the gain from each guarantee is worked out: it takes a settlement more for each.
    pub weighs_guarantees: bool,
    /// Whether what is asked of each pot is kept with the programme.
    pub keeps_demands: bool,
}

/// What was asked of a pot, as it was settled: the parts of a [`Demand`], empty where nobody keeps them.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Cents: `[class][municipality]`.
    pub claims: Vec<Money>,
    /// `[class][municipality]`; empty where nothing is protected.
    pub bounds: Vec<Bounds>,
    /// Of each municipality; empty where the rule has none.
    pub weights: Vec<Lanes>,
    /// Points of each municipality; empty where none compete.
    pub points: Vec<Lanes>,
    /// Score of each municipality; empty where none compete.
    pub scores: Vec<Lanes>,
    /// What each pool has, cents; empty where the pot is not in pools.
    pub pools: Vec<Money>,
}

impl ProgrammeState {
    /// Guarantees, rationing and rounding; then the year is closed.
    pub fn divide(
        &mut self,
        setting: &Setting<'_>,
        pot: &Pot,
        divider: &mut Divider,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        if let Some(rule) = setting.rule() {
            if divider.weighs_guarantees && !rule.guarantees.is_empty() {
                self.settle_without_each(setting, pot, divider, (scratch, faults));
            } else {
                self.without.clear();
            }
            self.settle(setting, pot, None, divider, (scratch, faults));
            if divider.keeps_demands {
                self.asked.copy(divider);
            }
        } else {
            self.unspent = if self.open_ended { [0; LANES] } else { self.available };
        }
        self.close(pot);
    }

    /// What would be granted without each guarantee. Of what is settled only the claims are bounded in
    /// place, so that they are put back; all else is written anew by the settlement with all guarantees.
    fn settle_without_each(
        &mut self,
        setting: &Setting<'_>,
        pot: &Pot,
        divider: &mut Divider,
        (scratch, faults): (&mut Scratch, &mut Faults),
    ) {
        let mut without = std::mem::take(&mut self.without);
        let mut unbounded = std::mem::take(&mut divider.unbounded);
        unbounded.clone_from(&self.claims);
        let guarantees = setting.rule().map_or(0, |rule| rule.guarantees.len());
        let empty = Without { award: vec![[0; LANES]; self.award.len()], unspent: [0; LANES] };
        without.resize(guarantees, empty);
        for (left_out, found) in without.iter_mut().enumerate() {
            self.settle(setting, pot, Some(left_out), divider, (scratch, faults));
            std::mem::swap(&mut self.award, &mut found.award);
            found.unspent = self.unspent;
            self.claims.clone_from(&unbounded);
        }
        divider.unbounded = unbounded;
        self.without = without;
    }

    /// Guarantees, all or all but one, rationing and rounding.
    fn settle(
        &mut self,
        setting: &Setting<'_>,
        pot: &Pot,
        left_out: Option<usize>,
        divider: &mut Divider,
        (scratch, faults): (&mut Scratch, &mut Faults),
    ) {
        if let Some(rule) = setting.rule() {
            self.bound(setting, left_out, scratch, faults);
            self.stage(|stages| &mut stages.after_guarantees);
            let municipalities = self.award.len();
            divider.gather(&self.claims, municipalities);
            divider.points.clear();
            divider.scores.clear();
            divider.weights.clear();
            match &rule.ration {
                Ration::Competition(competition) => {
                    self.contest(setting, competition, divider, (scratch, faults));
                }
                Ration::Rule(Division { weight: Some(weight), .. }) => {
                    let weights = &mut divider.weights;
                    weights.resize(municipalities, [0.0; LANES]);
                    let range = (f64::MIN_POSITIVE, f64::MAX);
                    let of_rule = (Role::Weight, &**weight);
                    self.evaluate(setting, of_rule, range, (scratch, faults), weights);
                }
                Ration::Rule(_) => {}
            }
            divider.bounds.clear();
            if self.sheet.protects {
                divider.bounds.resize(divider.claims.len(), Bounds::NONE);
                spread(&self.lower, &self.upper, &mut divider.claims, &mut divider.bounds);
            }
            let mut members: &[Vec<u32>] = &[];
            divider.pots.clear();
            if let Some(pools) = &rule.pools {
                let mut pots = std::mem::take(&mut divider.pots);
                self.open_pools(setting, pools, &mut pots, (scratch, faults));
                (divider.pots, members) = (pots, &pools.members);
            }
            let money = (!self.open_ended).then_some(&self.available);
            divider.settle(&terms(rule, pot), money, members, municipalities);
            if let Some(recorder) = &mut self.recorder {
                let Divider { claims, bounds, weights, scores, points, .. } = &*divider;
                let by = [&weights[..], scores, points];
                recorder.division((claims, bounds), by, &divider.settlement, municipalities);
                if !members.is_empty() {
                    recorder.pools(&divider.pots, self.open_ended, &self.available);
                }
            }
            self.take_over(&mut divider.settlement);
        }
    }

    /// Scores of a competition and the points that each claim is for: those that ask, or as many of
    /// them as the rule says; a claim for none is then none.
    fn contest(
        &mut self,
        setting: &Setting<'_>,
        competition: &Competition,
        divider: &mut Divider,
        (scratch, faults): (&mut Scratch, &mut Faults),
    ) {
        let Divider { claims, points, scores, .. } = divider;
        let municipalities = self.award.len();
        scores.resize(municipalities, [0.0; LANES]);
        let any = (f64::MIN, f64::MAX);
        let of_rule = (Role::Score, &competition.score);
        self.evaluate(setting, of_rule, any, (scratch, faults), scores);
        match setting.history.last().and_then(|now| now.grid(Quantity::NewPoints, None)) {
            Some(asked) => points.extend_from_slice(asked),
            None => points.resize(municipalities, [0.0; LANES]),
        }
        if let Some(formula) = &competition.points {
            let mut wanted = std::mem::take(&mut self.bound);
            let of_rule = (Role::Points, formula);
            self.evaluate(setting, of_rule, (0.0, GREATEST), (scratch, faults), &mut wanted);
            limit_points(points, &wanted, claims);
            self.bound = wanted;
        }
    }

    /// What the settlement came to, over all classes of a municipality.
    fn take_over(&mut self, settlement: &mut Settlement) {
        let municipalities = self.award.len();
        self.part(settlement, municipalities);
        over_classes(&mut settlement.entitlements, &mut self.entitlement, municipalities);
        over_classes(&mut settlement.awards, &mut self.award, municipalities);
        if settlement.funded.len() == municipalities {
            std::mem::swap(&mut self.funded, &mut settlement.funded);
        }
        self.unspent = settlement.unspent;
        self.gap = settlement.gap;
        self.guarantee_broken = settlement.guarantee_broken;
        self.partial_award = settlement.partial;
    }
}

impl ProgrammeState {
    /// Splits what is granted to all into what is paid first and the rest of each class.
    fn part(&mut self, settlement: &Settlement, municipalities: usize) {
        self.parts.clear();
        let mut first = [0; LANES];
        for class in &settlement.paid_first {
            add_cents(&mut first, class);
        }
        if self.sheet.protects {
            self.parts.push(first);
        }
        let mut protected = settlement.paid_first.iter();
        for class in settlement.awards.chunks(municipalities.max(1)) {
            let mut rest = [0; LANES];
            for award in class {
                add_cents(&mut rest, award);
            }
            if let Some(first) = protected.next() {
                take_cents(&mut rest, first);
            }
            self.parts.push(rest);
        }
    }
}

impl Asked {
    fn copy(&mut self, divider: &Divider) {
        self.claims.clone_from(&divider.claims);
        self.bounds.clone_from(&divider.bounds);
        self.weights.clone_from(&divider.weights);
        self.points.clone_from(&divider.points);
        self.scores.clone_from(&divider.scores);
        self.pools.clear();
        if !divider.pots.is_empty() {
            self.pools.extend_from_slice(divider.pooled.pots());
        }
    }
}

/// How a rule divides a pot.
#[must_use]
pub fn terms(rule: &Rule, pot: &Pot) -> Terms {
    Terms {
        rationing: match &rule.ration {
            Ration::Rule(by) => Rationing::Rule(by.rule),
            Ration::Competition(_) => Rationing::RankedCompetition,
        },
        method: rule.rounding.method,
        unit: Unit::new(rule.rounding.unit).unwrap_or(Unit::CENT),
        least: rule.rounding.least,
        reoffer: pot.unspent == Unspent::Reoffered,
    }
}

/// Sums the classes of each municipality. One class is its own sum: then the rows change places.
fn over_classes(classes: &mut Vec<Money>, sums: &mut Vec<Money>, municipalities: usize) {
    if classes.len() == municipalities {
        std::mem::swap(classes, sums);
    } else {
        sum_classes(classes, sums);
    }
}

impl Divider {
    /// The claims of a block in cents, class after class.
    fn gather(&mut self, claims: &[Vec<Lanes>], municipalities: usize) {
        self.claims.resize(claims.len() * municipalities, [0; LANES]);
        for (class, cents) in claims.iter().zip(self.claims.chunks_mut(municipalities.max(1))) {
            rows_to_cents(class, cents);
        }
    }

    /// Settles in pools where there are `members` of any, else at once.
    fn settle(
        &mut self,
        terms: &Terms,
        pot: Option<&Money>,
        members: &[Vec<u32>],
        municipalities: usize,
    ) {
        let demand = Demand {
            claimants: municipalities,
            claims: &self.claims,
            bounds: &self.bounds,
            weights: &self.weights,
            points: &self.points,
            scores: &self.scores,
        };
        let Self { work, pooled, settlement, pots, .. } = self;
        if members.is_empty() {
            settle(terms, pot, &demand, work, settlement);
        } else {
            let pools = Pools { members, pots };
            settle_pools(terms, pot, pools, &demand, (work, pooled), settlement);
        }
    }
}

/// Cents of bounds; above all money where there is none.
#[inline(always)]
fn bound_to_cents(euro: &Lanes) -> Money {
    // What is not finite is 0 meanwhile, so that the others are worked out together.
    let mut finite = [0.0; LANES];
    for lane in 0..LANES {
        finite[lane] = if euro[lane].is_finite() { euro[lane] } else { 0.0 };
    }
    let mut cents = to_cents(&finite);
    for lane in 0..LANES {
        cents[lane] = if euro[lane].is_finite() { cents[lane] } else { UNBOUNDED };
    }
    cents
}

vectorised! {
    fn rows_to_cents(euro: &[Lanes], cents: &mut [Money]) {
        for (cents, euro) in cents.iter_mut().zip(euro) {
            *cents = to_cents(euro);
            for lane in 0..LANES {
                // A negative claim is a fault that is reported; here it is none.
                cents[lane] = cents[lane].max(0);
            }
        }
    }

    fn add_cents(sum: &mut Money, cents: &Money) {
        for lane in 0..LANES {
            sum[lane] += cents[lane];
        }
    }

    fn take_cents(from: &mut Money, cents: &Money) {
        for lane in 0..LANES {
            from[lane] -= cents[lane];
        }
    }

    fn sum_classes(classes: &[Money], sums: &mut [Money]) {
        clear(sums);
        for class in classes.chunks(sums.len().max(1)) {
            for (sum, amount) in sums.iter_mut().zip(class) {
                for lane in 0..LANES {
                    sum[lane] += amount[lane];
                }
            }
        }
    }

    /// Cuts points to those that are wanted; a claim of any class for less than one is none.
    fn limit_points(points: &mut [Lanes], wanted: &[Lanes], claims: &mut [Money]) {
        let count = points.len();
        for (row, (points, wanted)) in points.iter_mut().zip(wanted).enumerate() {
            for lane in 0..LANES {
                points[lane] = points[lane].min(wanted[lane].floor());
            }
            for claim in claims.iter_mut().skip(row).step_by(count) {
                for lane in 0..LANES {
                    claim[lane] = if points[lane] < 1.0 { 0 } else { claim[lane] };
                }
            }
        }
    }

    /// Spreads each municipality's bounds over its classes: the first class is protected first and
    /// the last one is cut first; what a floor lacks is added to the first class.
    fn spread(lower: &[Lanes], upper: &[Lanes], claims: &mut [Money], bounds: &mut [Bounds]) {
        let municipalities = lower.len();
        for (municipality, (lower, upper)) in lower.iter().zip(upper).enumerate() {
            let mut most = bound_to_cents(upper);
            let mut least = bound_to_cents(lower);
            let mut lacking = least;
            for lane in 0..LANES {
                least[lane] = least[lane].min(most[lane]);
                lacking[lane] = least[lane];
            }
            for claim in claims.iter().skip(municipality).step_by(municipalities) {
                for lane in 0..LANES {
                    lacking[lane] = (lacking[lane] - claim[lane]).max(0);
                }
            }
            let entries = claims.iter_mut().zip(bounds.iter_mut());
            for (claim, bounds) in entries.skip(municipality).step_by(municipalities) {
                for lane in 0..LANES {
                    let raised = claim[lane].saturating_add(lacking[lane]);
                    let capped = raised.min(most[lane]);
                    let protected = capped.min(least[lane]);
                    claim[lane] = capped;
                    // Only a cap that cuts is an upper bound: otherwise a claim is rounded as any other.
                    bounds.upper[lane] = if capped < raised { capped } else { i64::MAX };
                    bounds.lower[lane] = protected;
                    most[lane] -= capped;
                    least[lane] -= protected;
                    lacking[lane] = 0;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::rows;
    use super::*;
    use crate::analysis::example::example;
    use crate::model::Rounding;

    #[test]
    fn bounds_of_a_municipality_are_spread_over_its_classes() {
        // Cents. Class 1 claims 100, 100, 50, 100, 100, class 2 the rest:
        //     at least  at most  class 2   is due                 protected   cut
        // 0   150       -        20        100 + 30 lacking, 20   130, 20     none
        // 1   -         110      20        100, 10                0, 0        class 2 at 10
        // 2   90        60       40        50, 10: the cap holds  50, 10      class 2 at 10
        // 3   200       150      20        130, 20                130, 20     none: raised to the cap
        // 4   110       120      20        100, 20                100, 10     none: the cap is the claim
        let mut claims = rows(&[100, 100, 50, 100, 100, 20, 20, 40, 20, 20]);
        let mut bounds = vec![Bounds::NONE; 10];
        let lower = rows(&[1.5, 0.0, 0.9, 2.0, 1.1]);
        let upper = rows(&[f64::INFINITY, 1.1, 0.6, 1.5, 1.2]);
        spread(&lower, &upper, &mut claims, &mut bounds);
        assert_eq!(claims, rows(&[130, 100, 50, 130, 100, 20, 10, 10, 20, 20]));
        let protected: Vec<Money> = bounds.iter().map(|bounds| bounds.lower).collect();
        assert_eq!(protected, rows(&[130, 0, 50, 130, 100, 20, 0, 10, 20, 10]));
        let cut: Vec<Money> = bounds.iter().map(|bounds| bounds.upper).collect();
        let no = i64::MAX;
        assert_eq!(cut, rows(&[no, no, no, no, no, no, 10, 10, no, no]));
    }

    #[test]
    fn a_claim_for_less_than_a_point_is_none_in_any_class() {
        // 3, 2, 1 ask; 2.9, 0.5 and 5 are wanted: 2, 0 and 1.
        let mut points = rows(&[3.0, 2.0, 1.0]);
        let mut claims = rows(&[30, 20, 10, 3, 2, 1]);
        limit_points(&mut points, &rows(&[2.9, 0.5, 5.0]), &mut claims);
        assert_eq!((points, claims), (rows(&[2.0, 0.0, 1.0]), rows(&[30, 0, 10, 3, 0, 1])));
    }

    #[test]
    fn euro_become_cents_class_after_class_and_nothing_is_claimed_below_nothing() {
        let mut divider = Divider::default();
        // 1.005 reads as 1.01; the decimals of semantics 22.
        divider.gather(&[rows(&[1.005, -3.0]), rows(&[2.0, 0.004])], 2);
        assert_eq!(divider.claims, rows(&[101, 0, 200, 0]));
        let bound = std::array::from_fn(|lane| if lane == 0 { f64::INFINITY } else { 2.5 });
        let cents = bound_to_cents(&bound);
        assert_eq!((cents[0], cents[1]), (UNBOUNDED, 250));
        // Above all money there can be, and room is left to add it up.
        assert!(UNBOUNDED > 1 << 60 && UNBOUNDED.checked_mul(2).is_some());
    }

    #[test]
    fn classes_add_up_to_a_municipality_and_a_single_one_is_it() {
        let (mut classes, mut sums) = (rows(&[1, 2, 10, 20]), rows(&[9, 9]));
        over_classes(&mut classes, &mut sums, 2);
        assert_eq!(sums, rows(&[11, 22]));
        let (mut single, mut sums) = (rows(&[1, 2]), rows(&[9, 9]));
        over_classes(&mut single, &mut sums, 2);
        assert_eq!(sums, rows(&[1, 2]));
    }

    #[test]
    fn a_rule_is_settled_on_its_own_terms() {
        let scenario = example();
        let rule = scenario.policies[0].rules[1].clone().unwrap();
        let rounding = Rounding { unit: 100, least: 500, ..rule.rounding };
        let rule = Rule { rounding, ..rule };
        for (unspent, reoffer) in
            [(Unspent::Lapses, false), (Unspent::Carries, false), (Unspent::Reoffered, true)]
        {
            let pot = Pot { unspent, ..scenario.policies[0].pots[1].clone() };
            let terms = terms(&rule, &pot);
            assert_eq!((terms.unit, terms.least, terms.reoffer), (Unit::EURO, 500, reoffer));
        }
    }
}
