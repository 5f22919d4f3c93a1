//! What a run keeps: order-free integer accumulators, one cell per printed figure.

mod cell;
mod difference;
mod outcomes;

pub use cell::{Cell, Cube, MONEY, UNITS};
pub use difference::{Difference, PotKind};
pub use outcomes::{OutcomePlan, RecordedOutcome, Scope, Source, built_in_outcomes};

use super::block::{Sink, YearOfBlock};
use super::prepared::Prepared;
use super::settlement::{Money, ProgrammeState};
use crate::model::{ObservedAt, Purpose, Quantity};
use crate::numeric::{LANES, Lanes};
use crate::stats::{EXACT_LIMIT_BYTES, QuantileMethod};
use difference::Differences;

/// What `awards.csv` measures, in the order of the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// What is due.
    Entitlement,
    /// What is granted.
    Award,
    /// What it costs.
    EligibleCost,
    /// Eligible cost less award; may be negative.
    OwnShare,
}

/// The measures with their names in `awards.csv`.
pub const MEASURES: [(Measure, &str); 4] = [
    (Measure::Entitlement, "entitlement"),
    (Measure::Award, "award"),
    (Measure::EligibleCost, "eligible_cost"),
    (Measure::OwnShare, "own_share"),
];

/// What `budget.csv` is made of, in the order of the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetItem {
    /// The sum of the law.
    Appropriation,
    /// After top slice and carry-over.
    Available,
    /// What is due to all.
    Entitlement,
    /// What is granted to all.
    Award,
    /// What is due above what is available, not below 0.
    Gap,
    /// What is left.
    Unspent,
}

/// How many budget items there are.
const BUDGET_ITEMS: usize = 6;

/// Everything that a run has recorded. Merging adds integers, so the order of blocks does not matter.
#[derive(Clone, Debug)]
pub struct Tally {
    /// `[policy][programme, then all][year][municipality][measure]`, cents.
    pub awards: Cube,
    /// `[policy][programme, then all][year][item]`, cents.
    pub budget: Cube,
    /// `[policy][programme][year][what]`: whether a guarantee was broken (millionths, 0 or 1), and what the
    /// first point on the waiting list would have been awarded in part (cents).
    pub settling: Cube,
    /// `[policy][item]`, cents: all programmes over all years.
    pub period: Cube,
    /// `[policy][year][recorded outcome]`.
    pub outcomes: Cube,
    /// `[policy][year][municipality][open points by tier, then load, unmet need, staff]`, millionths.
    pub network: Cube,
    /// `[policy][observed]`, millionths.
    pub observed: Cube,
    /// Paired differences against the baseline.
    pub differences: Differences,
    /// What each recorded outcome is.
    pub plan: OutcomePlan,
    /// Draws recorded.
    pub draws: u64,
    /// Budget items over the years of this block so far, by policy.
    so_far: Vec<[Money; BUDGET_ITEMS]>,
    method: QuantileMethod,
}

impl Tally {
    /// An empty tally for a run of `draws` draws.
    pub fn new(prepared: &Prepared<'_>, draws: u64) -> Self {
        let scenario = prepared.scenario;
        let policies = scenario.policies.len();
        let pots = scenario.programmes.len() + 1;
        let years = scenario.years.count();
        let municipalities = scenario.municipalities.table.len();
        let plan = OutcomePlan::new(scenario);
        let shapes = [
            vec![policies, pots, years, municipalities, MEASURES.len()],
            vec![policies, pots, years, BUDGET_ITEMS],
            vec![policies, pots - 1, years, 2],
            vec![policies, BUDGET_ITEMS],
            vec![policies.max(1), years, plan.recorded.len()],
            vec![policies, years, municipalities, scenario.tiers().len() + 3],
            vec![policies, scenario.observed.len()],
        ];
        let cells: usize = shapes.iter().map(|shape| shape.iter().product::<usize>()).sum();
        let method = QuantileMethod::choose(cells as u64, draws, EXACT_LIMIT_BYTES);
        let mut cubes = shapes.into_iter().map(|shape| Cube::new(shape, method));
        let mut cube = || cubes.next().unwrap_or_default();
        Self {
            awards: cube(),
            budget: cube(),
            settling: cube(),
            period: cube(),
            outcomes: cube(),
            network: cube(),
            observed: cube(),
            differences: Differences::new(prepared),
            plan,
            draws: 0,
            so_far: vec![[[0; LANES]; BUDGET_ITEMS]; policies],
            method,
        }
    }

    /// How quantiles are found.
    pub fn method(&self) -> QuantileMethod {
        self.method
    }

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        self.awards.merge(&other.awards);
        self.budget.merge(&other.budget);
        self.settling.merge(&other.settling);
        self.period.merge(&other.period);
        self.outcomes.merge(&other.outcomes);
        self.network.merge(&other.network);
        self.observed.merge(&other.observed);
        self.differences.merge(&other.differences);
        self.draws += other.draws;
    }

    /// Makes quantiles ready to be read.
    pub fn finish(&mut self) {
        for cube in [
            &mut self.awards,
            &mut self.budget,
            &mut self.settling,
            &mut self.period,
            &mut self.outcomes,
            &mut self.network,
            &mut self.observed,
        ] {
            cube.finish();
        }
    }

    fn record_awards(&mut self, at: &YearOfBlock<'_>, policy: usize, path: usize) {
        let scenario = at.prepared.scenario;
        let programmes = at.paths[path].programmes;
        let quantities = at.paths[path].quantities;
        let eligible = scenario.eligible_costs();
        for municipality in 0..at.prepared.points_of.len() {
            let mut all = [[0_i64; LANES]; MEASURES.len()];
            for pot in 0..=programmes.len() {
                let values = if let Some(state) = programmes.get(pot) {
                    let quantity = match scenario.programmes[pot].purpose {
                        Purpose::Investment => Quantity::InvestmentCost,
                        Purpose::Maintenance => Quantity::MaintenanceCost,
                    };
                    let cost = cents(quantities.of(quantity, municipality));
                    let due = state.entitlement[municipality];
                    let award = state.award[municipality];
                    let own: Money = std::array::from_fn(|lane| cost[lane] - award[lane]);
                    let values = [due, award, cost, own];
                    for (all, values) in all.iter_mut().zip(&values) {
                        for (all, value) in all.iter_mut().zip(values) {
                            *all += value;
                        }
                    }
                    values
                } else {
                    // All programmes: a cost counts once, however many programmes share a purpose,
                    // and not at all where no programme is for it.
                    let mut cost = [0; LANES];
                    for quantity in &eligible {
                        let part = cents(quantities.of(*quantity, municipality));
                        for (cost, part) in cost.iter_mut().zip(part) {
                            *cost += part;
                        }
                    }
                    let own = std::array::from_fn(|lane| cost[lane] - all[1][lane]);
                    [all[0], all[1], cost, own]
                };
                for (measure, values) in values.iter().enumerate() {
                    let cell = self.awards.at(&[policy, pot, at.year, municipality, measure]);
                    cell.add_money(values, at.active);
                }
            }
        }
    }

    fn record_budget(&mut self, at: &YearOfBlock<'_>, policy: usize, path: usize) {
        let programmes = at.paths[path].programmes;
        let mut all = [[0_i64; LANES]; BUDGET_ITEMS];
        for (pot, state) in programmes.iter().enumerate() {
            let broken = self.settling.at(&[policy, pot, at.year, 0]);
            broken.add_values(&state.guarantee_broken, UNITS, at.active);
            let partial = self.settling.at(&[policy, pot, at.year, 1]);
            partial.add_money(&state.partial_award, at.active);
            let values = budget(state);
            for (item, values) in values.iter().enumerate() {
                self.budget.at(&[policy, pot, at.year, item]).add_money(values, at.active);
                for (all, value) in all[item].iter_mut().zip(values) {
                    *all += value;
                }
            }
        }
        for (item, values) in all.iter().enumerate() {
            let cell = self.budget.at(&[policy, programmes.len(), at.year, item]);
            cell.add_money(values, at.active);
            for (so_far, value) in self.so_far[policy][item].iter_mut().zip(values) {
                *so_far += value;
            }
        }
    }

    fn record_network(&mut self, at: &YearOfBlock<'_>, policy: usize, path: usize) {
        let quantities = at.paths[path].quantities;
        let tiers = at.prepared.scenario.tiers().len();
        for municipality in 0..at.prepared.points_of.len() {
            let by_tier = (0..tiers).filter_map(|tier| {
                quantities.grid(Quantity::OpenPoints, Some(tier)).map(|grid| &grid[municipality])
            });
            let others = [Quantity::Load, Quantity::UnmetNeed, Quantity::Staff]
                .map(|quantity| quantities.of(quantity, municipality));
            for (column, values) in by_tier.chain(others).enumerate() {
                let cell = self.network.at(&[policy, at.year, municipality, column]);
                cell.add_values(values, UNITS, at.active);
            }
        }
    }

    fn record_observed(&mut self, at: &YearOfBlock<'_>, policy: usize, path: usize) {
        let prepared = at.prepared;
        let year = prepared.scenario.years.first + at.year as i32;
        for (index, observed) in prepared.scenario.observed.iter().enumerate() {
            let mut sum = [0.0; LANES];
            match observed.at {
                ObservedAt::FirstOf(month) if month.year() == year => {
                    for point in 0..prepared.municipality_of_point.len() {
                        let open = at.paths[path].network.open_on(prepared, month, point);
                        super::quantities::add(&mut sum, &open);
                    }
                }
                ObservedAt::Year(of) if of == year => {
                    for row in at.paths[path].quantities.grid(observed.what, None).unwrap_or(&[]) {
                        super::quantities::add(&mut sum, row);
                    }
                }
                _ => continue,
            }
            self.observed.at(&[policy, index]).add_values(&sum, UNITS, at.active);
        }
    }
}

impl Sink for Tally {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        for policy in 0..at.prepared.scenario.policies.len() {
            let (own, _) = at.prepared.paths_of(policy);
            self.record_awards(at, policy, own);
            self.record_budget(at, policy, own);
            self.record_network(at, policy, own);
            self.record_observed(at, policy, own);
        }
        self.plan.record(at, &mut self.outcomes);
        self.differences.year(at);
    }

    fn block_ends(&mut self, prepared: &Prepared<'_>, active: usize) {
        self.differences.block_ends(prepared, active);
        for (policy, items) in self.so_far.iter_mut().enumerate() {
            for (item, values) in items.iter_mut().enumerate() {
                self.period.at(&[policy, item]).add_money(values, active);
                values.fill(0);
            }
        }
        self.draws += active as u64;
    }
}

fn cents(euro: &Lanes) -> Money {
    euro.map(crate::units::euro_to_cents)
}

/// The budget items of a programme, in the order of [`BudgetItem`].
fn budget(state: &ProgrammeState) -> [Money; BUDGET_ITEMS] {
    let mut due = [0; LANES];
    let mut paid = [0; LANES];
    for (entitlement, award) in state.entitlement.iter().zip(&state.award) {
        for lane in 0..LANES {
            due[lane] += entitlement[lane];
            paid[lane] += award[lane];
        }
    }
    // Without a pot whatever is paid was available and appropriated.
    let available = if state.open_ended { paid } else { state.available };
    let appropriated = if state.open_ended { paid } else { cents(&state.appropriation) };
    let gap = std::array::from_fn(|lane| (due[lane] - available[lane]).max(0));
    [appropriated, available, due, paid, gap, state.unspent]
}
