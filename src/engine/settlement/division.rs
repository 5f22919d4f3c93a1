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
    let mut cents = to_cents(euro);
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
