//! What is due and paid in a year, by municipality and for the pots.

use super::cell::UNITS;
use super::noting::Noting;
use super::sheet::Sheet;
use super::{BUDGET_ITEMS, BudgetItem, MEASURES, Measure};
use crate::engine::block::{PathYear, YearOfBlock};
use crate::engine::settlement::{Money, ProgrammeState};
use crate::model::{Purpose, Quantity, Scenario};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear, each_lane};
use crate::stats::Accumulator;
use crate::units::to_cents;

/// No money in any draw.
pub(super) const NOTHING: Money = [0; LANES];

vectorised! {
    pub(super) fn cents(euro: &Lanes, cents: &mut Money) {
        *cents = to_cents(euro);
    }

    pub(super) fn add(sum: &mut Money, values: &Money) {
        for lane in 0..LANES {
            sum[lane] += values[lane];
        }
    }

    pub(super) fn minus(from: &Money, less: &Money, difference: &mut Money) {
        for lane in 0..LANES {
            difference[lane] = from[lane] - less[lane];
        }
    }

    pub(super) fn equal(a: &Money, b: &Money) -> bool {
        let mut differ = 0;
        for lane in 0..LANES {
            differ |= a[lane] ^ b[lane];
        }
        differ == 0
    }
}

/// The cost that programmes are for, in cents: by purpose, and once for all of them.
#[derive(Clone, Debug)]
pub struct EligibleCosts {
    /// The quantities that some programme is for, each once.
    eligible: Vec<Quantity>,
    /// Of each programme its place among them.
    of_programme: Vec<usize>,
    /// `[eligible quantity, then all][municipality]`
    cents: Vec<Vec<Money>>,
}

impl EligibleCosts {
    /// Room for a scenario's costs.
    pub fn new(scenario: &Scenario) -> Self {
        let eligible = scenario.eligible_costs();
        let of = |purpose: Purpose| match purpose {
            Purpose::Investment => Quantity::InvestmentCost,
            Purpose::Maintenance => Quantity::MaintenanceCost,
        };
        let place =
            |purpose: Purpose| eligible.iter().position(|quantity| *quantity == of(purpose));
        let programmes = scenario.programmes.iter();
        let municipalities = scenario.municipalities.table.len();
        Self {
            of_programme: programmes.map(|of| place(of.purpose).unwrap_or(0)).collect(),
            cents: vec![vec![[0; LANES]; municipalities]; eligible.len() + 1],
            eligible,
        }
    }

    /// Reads the cost of a path's world.
    pub fn fill(&mut self, view: &PathYear<'_>) {
        let Some((all, by_purpose)) = self.cents.split_last_mut() else { return };
        clear(all);
        for (quantity, costs) in self.eligible.iter().zip(by_purpose) {
            for (municipality, cost) in costs.iter_mut().enumerate() {
                cents(view.quantities.of(*quantity, municipality), cost);
                add(&mut all[municipality], cost);
            }
        }
    }

    /// The cost that a programme is for; behind the last that of all, each counted once, however many
    /// programmes share a purpose, and not at all where no programme is for it.
    pub fn of(&self, pot: usize, municipality: usize) -> &Money {
        let place = self.of_programme.get(pot).copied().unwrap_or(self.eligible.len());
        &self.cents[place][municipality]
    }
}

/// Records what is due, paid and borne by each municipality. Where the cost is the `same_cost` as the
/// first policy's, figures that are equal to the first policy's are left to that.
pub(super) fn record_awards(
    at: &YearOfBlock<'_>,
    policy: usize,
    same_cost: bool,
    costs: &EligibleCosts,
    cube: &mut Sheet,
) {
    let of = |policy: usize| at.paths[at.prepared.paths_of(policy).0].programmes;
    let (programmes, first) = (of(policy), of(0));
    let later = policy > 0;
    let municipalities = at.prepared.points_of.len();
    let mut all_same = vec![(later, later); municipalities];
    // Cells of a pot stand side by side, and are visited in that order.
    for pot in 0..=programmes.len() {
        for (municipality, all_same) in all_same.iter_mut().enumerate() {
            let all;
            let (due, award, same) = if let (Some(state), Some(first)) =
                (programmes.get(pot), first.get(pot))
            {
                let (due, award) = (&state.entitlement[municipality], &state.award[municipality]);
                let same = (
                    later && equal(due, &first.entitlement[municipality]),
                    later && equal(award, &first.award[municipality]),
                );
                *all_same = (all_same.0 && same.0, all_same.1 && same.1);
                (due, award, same)
            } else {
                all = of_all(programmes, municipality);
                (&all.0, &all.1, *all_same)
            };
            let indices = |measure: Measure| [policy, pot, at.year, municipality, measure as usize];
            let cost = costs.of(pot, municipality);
            for (measure, same, values) in [
                (Measure::Entitlement, same.0, due),
                (Measure::Award, same.1, award),
                (Measure::EligibleCost, later && same_cost, cost),
            ] {
                if let Some(mut cell) = cube.unless(same, &indices(measure)) {
                    cell.add_money(values, at.active);
                }
            }
            if let Some(mut cell) = cube.unless(same.1 && same_cost, &indices(Measure::OwnShare)) {
                let mut own = NOTHING;
                minus(cost, award, &mut own);
                cell.add_money(&own, at.active);
            }
        }
    }
}

/// What is due to a municipality and granted it by all programmes.
fn of_all(programmes: &[ProgrammeState], municipality: usize) -> (Money, Money) {
    let (mut due, mut award) = (NOTHING, NOTHING);
    for state in programmes {
        add(&mut due, &state.entitlement[municipality]);
        add(&mut award, &state.award[municipality]);
    }
    (due, award)
}

/// Budget items over the years of a block.
pub type Items = [Money; BUDGET_ITEMS];

/// Records what becomes of the pots, and adds it to `so_far`.
pub(super) fn record_budget(
    at: &YearOfBlock<'_>,
    policy: usize,
    (budget, settling): (&mut Sheet, &mut Sheet),
    shortfalls: &mut [Accumulator],
    so_far: &mut Items,
) {
    let programmes = at.paths[at.prepared.paths_of(policy).0].programmes;
    let (pots, years) = (programmes.len() + 1, at.prepared.scenario.years.count());
    let mut record = |pot: usize, item: usize, values: &Money| {
        budget.at(&[policy, pot, at.year, item]).add_money(values, at.active);
        if item == BudgetItem::Gap as usize {
            let short = each_lane(|lane| i64::from(values[lane] > 0));
            shortfalls[(policy * pots + pot) * years + at.year].add_lanes(&short[..at.active]);
        }
    };
    let mut all = [[0; LANES]; BUDGET_ITEMS];
    for (pot, state) in programmes.iter().enumerate() {
        let mut broken = settling.at(&[policy, pot, at.year, 0]);
        broken.add_values(&state.guarantee_broken, UNITS, at.active);
        let mut partial = settling.at(&[policy, pot, at.year, 1]);
        partial.add_money(&state.partial_award, at.active);
        for (item, values) in budget_items(state).iter().enumerate() {
            record(pot, item, values);
            add(&mut all[item], values);
        }
    }
    for (item, values) in all.iter().enumerate() {
        record(programmes.len(), item, values);
        add(&mut so_far[item], values);
    }
}

/// The budget items of a programme in a year, in cents, in the order of [`BudgetItem`].
pub fn budget_items(state: &ProgrammeState) -> Items {
    let mut items = [[0; LANES]; BUDGET_ITEMS];
    let [appropriated, available, due, paid, short, unspent] = &mut items;
    for (entitlement, award) in state.entitlement.iter().zip(&state.award) {
        add(due, entitlement);
        add(paid, award);
    }
    // Without a pot whatever is paid was available and appropriated.
    if state.open_ended {
        (*available, *appropriated) = (*paid, *paid);
    } else {
        *available = state.available;
        cents(&state.appropriation, appropriated);
    }
    *short = state.gap;
    *unspent = state.unspent;
    items
}

const _: () = assert!(MEASURES.len() == 4 && BudgetItem::Unspent as usize + 1 == BUDGET_ITEMS);
