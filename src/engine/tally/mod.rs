//! What a run keeps: order-free integer accumulators, one cell per printed figure.

mod cell;
mod commitments;
mod cube;
mod difference;
mod guarantees;
mod joint;
mod kinds;
mod money;
mod noting;
mod outcomes;
mod page;
mod printed;
mod reconciliation;
mod recording;
mod select;
mod sheet;
mod standing;
mod stored;

pub use cell::{Cell, Figure, MONEY, UNITS};
pub use commitments::{
    AHEAD, CASH, Commitments, ITEMS as COMMITMENT_ITEMS, STEADY, figures as commitment_figures,
};
pub(in crate::engine) use cube::BLOCKS_TOGETHER;
pub use cube::Cube;
pub use difference::{Difference, PotKind};
pub use guarantees::{GuaranteeAt, GuaranteeItem, Guarantees, figures as guarantee_figures};
pub use joint::Joint;
pub use noting::Noting;
pub use outcomes::{OutcomePlan, RecordedOutcome, Scope, Source, built_in_outcomes};
pub(in crate::engine) use page::Page;
pub use printed::{BOUNDED, RANGE, RESERVES, SUMMARY};
pub use reconciliation::{BookSums, Books, Reconciliation};
pub use recording::{Pages, Recording};
pub use sheet::Sheet;
pub use stored::{Stored, Taking};

use super::block::{Sink, YearOfBlock};
use super::prepared::Prepared;
use crate::model::{ObservedAt, Quantity};
use crate::numeric::LANES;
use crate::stats::{Accumulator, Grouping, QuantileMethod};
use difference::Differences;
use kinds::Kinds;
pub use money::{EligibleCosts, budget_items};
use money::{Items, record_awards, record_budget};

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
pub const BUDGET_ITEMS: usize = 6;

/// Everything that a run has recorded. Merging adds integers, so the order of blocks does not matter.
///
/// Where the network is the same under every policy, and where a later policy grants what the first
/// grants, a figure is kept once: see [`Cube`].
#[derive(Clone, Debug)]
pub struct Tally<C = Cube> {
    /// `[policy][programme, then all][year][municipality][measure]`, cents.
    pub awards: C,
    /// `[policy][programme, then all][year][item]`, cents. Of gaps the tails are kept.
    pub budget: C,
    /// `[policy][programme][year][what]`: whether a guarantee was broken (millionths, 0 or 1), and what the
    /// first point on the waiting list would have been awarded in part (cents).
    pub settling: C,
    /// `[policy][item]`, cents: all programmes over all years. Of gaps the tails are kept.
    pub period: C,
    /// `[policy][year][recorded outcome]`.
    pub outcomes: C,
    /// `[policy][year][municipality][open points by tier, then load, unmet need, staff]`, millionths.
    pub network: C,
    /// `[policy][observed]`, millionths.
    pub observed: C,
    /// Whether more is due than available, 0 or 1: see [`Tally::shortfall`].
    shortfalls: Vec<Accumulator>,
    /// What each guarantee gives and takes.
    pub guarantees: Guarantees<C>,
    /// What becomes of every cent of the pots.
    pub reconciliation: Reconciliation,
    /// Whether pots are short together.
    pub joint: Joint,
    /// What years bind later ones to, and what is paid.
    pub commitments: Commitments<C>,
    /// Paired differences against the baseline.
    pub differences: Differences,
    /// What each recorded outcome is.
    pub plan: OutcomePlan,
    /// Draws recorded.
    pub draws: u64,
    /// Budget items over the years of this block so far, by policy.
    so_far: Vec<Items>,
    costs: EligibleCosts,
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
        let plan = OutcomePlan::new(prepared);
        let shapes = [
            vec![policies, pots, years, municipalities, MEASURES.len()],
            vec![policies.max(1), years, plan.recorded.len()],
            vec![policies, years, municipalities, scenario.tiers().len() + 3],
            vec![policies, pots, years, BUDGET_ITEMS],
            vec![policies, BUDGET_ITEMS],
            vec![policies, pots - 1, years, 2],
            vec![policies, scenario.observed.len()],
        ];
        let of_all: usize = shapes.iter().map(|shape| shape.iter().product::<usize>()).sum();
        let of_all = of_all + guarantees::figures(scenario) + commitments::figures(scenario);
        let municipal = plan.recorded.iter().filter(|outcome| outcome.is_municipal()).count();
        let [awards, outcomes, network, budget, period, settling, observed] = shapes;
        let of_municipalities = [&awards, &network].map(|shape| shape.iter().product::<usize>());
        let of_municipalities = of_municipalities.iter().sum::<usize>()
            + policies.max(1) * years * municipal
            + guarantees::gains(scenario);
        let kinds = Kinds::new(scenario, (of_municipalities, of_all - of_municipalities), draws);
        let with_gap = |position: usize| {
            let is_gap = position % BUDGET_ITEMS == BudgetItem::Gap as usize;
            if is_gap { kinds.with_tail() } else { kinds.whole() }
        };
        let grouping = grouping(prepared);
        Self {
            awards: Cube::following(awards, kinds.in_rows_of(MEASURES.len())),
            outcomes: Cube::following(outcomes, |at| {
                kinds.of_outcome(&plan.recorded[at % plan.recorded.len()])
            }),
            network: Cube::following(network, kinds.in_rows_of(scenario.tiers().len() + 3)),
            budget: Cube::of(budget, with_gap),
            period: Cube::of(period, with_gap),
            settling: Cube::of(settling, |_| kinds.whole()),
            observed: Cube::of(observed, |_| kinds.whole()),
            shortfalls: vec![Accumulator::grouped(grouping); policies * pots * years],
            guarantees: Guarantees::new(scenario, &kinds),
            reconciliation: Reconciliation::new(scenario),
            joint: Joint::new(policies, years, grouping),
            commitments: Commitments::new(scenario, &kinds),
            differences: Differences::new(prepared, grouping),
            plan,
            draws: 0,
            so_far: vec![[[0; LANES]; BUDGET_ITEMS]; policies],
            costs: EligibleCosts::new(scenario),
            method: kinds.method,
        }
    }

    /// How quantiles are found.
    pub fn method(&self) -> QuantileMethod {
        self.method
    }

    /// How many figures are kept: those that differ.
    pub fn kept(&self) -> usize {
        self.cubes().map(Cube::kept).iter().sum()
    }

    /// The draws, each 0 or 1, in which more is due than available under a policy, in a programme (behind
    /// the last: in all together) and year; their mean is the chance, with its standard error.
    pub fn shortfall(&self, policy: usize, programme: usize, year: usize) -> &Accumulator {
        let [_, pots, years, _] = self.budget.shape() else { return &self.shortfalls[0] };
        &self.shortfalls[(policy * pots + programme) * years + year]
    }

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        for (cube, other) in self.cubes_mut().into_iter().zip(other.cubes()) {
            cube.merge(other);
        }
        self.merge_others(other);
    }

    /// Makes quantiles ready to be read.
    pub fn finish(&mut self) {
        self.cubes_mut().into_iter().for_each(Cube::finish);
    }
}

/// How many cubes there are.
const CUBES: usize = 10;

impl<C> Tally<C> {
    fn cubes(&self) -> [&C; CUBES] {
        let Self { awards, budget, settling, period, outcomes, network, observed, .. } = self;
        let Guarantees { gains, totals, .. } = &self.guarantees;
        let bound = &self.commitments.cube;
        [awards, budget, settling, period, outcomes, network, observed, gains, totals, bound]
    }

    fn cubes_mut(&mut self) -> [&mut C; CUBES] {
        let Self { awards, budget, settling, period, outcomes, network, observed, .. } = self;
        let Guarantees { gains, totals, .. } = &mut self.guarantees;
        let bound = &mut self.commitments.cube;
        [awards, budget, settling, period, outcomes, network, observed, gains, totals, bound]
    }

    /// The same of what is made from each cube, one after the other in the order of [`Tally::cubes`].
    fn map<D>(self, mut of: impl FnMut(C) -> D) -> Tally<D> {
        Tally {
            awards: of(self.awards),
            budget: of(self.budget),
            settling: of(self.settling),
            period: of(self.period),
            outcomes: of(self.outcomes),
            network: of(self.network),
            observed: of(self.observed),
            guarantees: self.guarantees.map(&mut of),
            commitments: self.commitments.map(of),
            shortfalls: self.shortfalls,
            reconciliation: self.reconciliation,
            joint: self.joint,
            differences: self.differences,
            plan: self.plan,
            draws: self.draws,
            so_far: self.so_far,
            costs: self.costs,
            method: self.method,
        }
    }

    /// Adds what stands beside the cubes of another.
    fn merge_others(&mut self, other: &Self) {
        for (mine, their) in self.shortfalls.iter_mut().zip(&other.shortfalls) {
            mine.merge(their);
        }
        self.differences.merge(&other.differences);
        self.reconciliation.merge(&other.reconciliation);
        self.joint.merge(&other.joint);
        self.draws += other.draws;
    }
}

impl Tally<Sheet> {
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
                let mut cell = self.network.at(&[policy, at.year, municipality, column]);
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

/// How the draws of a run belong together.
fn grouping(prepared: &Prepared<'_>) -> Grouping {
    prepared.scenario.run.plan.grouping()
}

impl Sink for Tally<Sheet> {
    fn weighs_guarantees(&self) -> bool {
        !self.guarantees.all().is_empty()
    }

    fn year(&mut self, at: &YearOfBlock<'_>) {
        let prepared = at.prepared;
        let policies = prepared.scenario.policies.len();
        let shared = prepared.network_is_shared();
        // The first policy last: the others follow it.
        for policy in (0..policies).rev() {
            let (path, _) = prepared.paths_of(policy);
            if !shared || policy + 1 == policies {
                self.costs.fill(&at.paths[path]);
            }
            record_awards(at, policy, shared, &self.costs, &mut self.awards);
            record_budget(
                at,
                policy,
                (&mut self.budget, &mut self.settling),
                &mut self.shortfalls,
                &mut self.so_far[policy],
            );
            if !shared || policy == 0 {
                self.record_network(at, policy, path);
            }
            self.record_observed(at, policy, path);
        }
        self.plan.record(at, &mut self.outcomes);
        self.differences.year(at);
        self.guarantees.year(at);
        self.reconciliation.year(at);
        self.joint.year(at);
        self.commitments.year(at);
    }

    fn block_ends(&mut self, prepared: &Prepared<'_>, active: usize) {
        self.differences.block_ends(prepared, active);
        self.guarantees.block_ends(active);
        self.reconciliation.block_ends(active);
        self.commitments.block_ends();
        for (policy, items) in self.so_far.iter_mut().enumerate() {
            for (item, values) in items.iter_mut().enumerate() {
                self.period.at(&[policy, item]).add_money(values, active);
                values.fill(0);
            }
        }
        self.draws += active as u64;
    }
}
