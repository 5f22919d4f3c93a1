//! What the central path comes to for every municipality, under each policy.

use crate::engine::{Failure, Prepared, Sink, YearOfBlock, median};
use crate::model::{Purpose, Quantity};
use crate::numeric::Lanes;
use crate::units::euro_to_cents;

/// One policy in one year.
#[derive(Clone, Debug, Default)]
struct PolicyYear {
    /// Cents due and granted: `[programme][municipality]`.
    money: Vec<Vec<(i64, i64)>>,
    /// EUR: `[programme][municipality]`.
    cost: Vec<Vec<f64>>,
    /// EUR of all purposes that some programme is for.
    eligible: Vec<f64>,
    open_points: Vec<f64>,
}

/// The central path.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// `[year][policy]`
    years: Vec<Vec<PolicyYear>>,
}

/// Simulates the central path of every policy.
pub fn see(prepared: &Prepared<'_>) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    median(prepared, 1, &mut seen)?;
    Ok(seen)
}

impl Seen {
    fn at(&self, policy: usize, year: usize) -> Option<&PolicyYear> {
        self.years.get(year)?.get(policy)
    }

    /// Cents due and granted by a programme.
    pub fn of(&self, policy: usize, programme: usize, year: usize, row: usize) -> (i64, i64) {
        let found = self.at(policy, year).and_then(|at| at.money.get(programme)?.get(row).copied());
        found.unwrap_or_default()
    }

    /// Cents due and granted by all programmes.
    pub fn all(&self, policy: usize, year: usize, row: usize) -> (i64, i64) {
        let programmes = self.at(policy, year).map_or(0, |at| at.money.len());
        (0..programmes)
            .map(|programme| self.of(policy, programme, year, row))
            .fold((0, 0), |(due, paid), (more_due, more_paid)| (due + more_due, paid + more_paid))
    }

    /// Cents granted to all municipalities by all programmes.
    pub fn awarded(&self, policy: usize, year: usize) -> i64 {
        let rows = self.at(policy, year).into_iter().flat_map(|at| at.money.iter().flatten());
        rows.map(|(_, paid)| paid).sum()
    }

    /// EUR that a programme's purpose costs.
    pub fn cost(&self, policy: usize, programme: usize, year: usize, row: usize) -> f64 {
        let found = self.at(policy, year).and_then(|at| at.cost.get(programme)?.get(row).copied());
        found.unwrap_or(0.0)
    }

    /// EUR of every purpose that some programme is for, each once.
    pub fn eligible(&self, policy: usize, year: usize, row: usize) -> f64 {
        let found = self.at(policy, year).and_then(|at| at.eligible.get(row).copied());
        found.unwrap_or(0.0)
    }

    /// Points open over the year.
    pub fn open_points(&self, policy: usize, year: usize, row: usize) -> f64 {
        let found = self.at(policy, year).and_then(|at| at.open_points.get(row).copied());
        found.unwrap_or(0.0)
    }
}

impl Sink for Seen {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let scenario = at.prepared.scenario;
        let first = |rows: Option<&[Lanes]>| -> Vec<f64> {
            rows.unwrap_or_default().iter().map(|row| row[0]).collect()
        };
        let of_policy = |policy| {
            let Some(view) = at.paths.get(at.prepared.paths_of(policy).0) else {
                return PolicyYear::default();
            };
            let money = view.programmes.iter().map(|state| {
                let rows = state.entitlement.iter().zip(&state.award);
                rows.map(|(due, paid)| (due[0], paid[0])).collect()
            });
            let cost = |quantity| first(view.quantities.grid(quantity, None));
            let of_purpose = |purpose| match purpose {
                Purpose::Investment => cost(Quantity::InvestmentCost),
                Purpose::Maintenance => cost(Quantity::MaintenanceCost),
            };
            let mut eligible = vec![0.0; at.prepared.points_of.len()];
            for quantity in scenario.eligible_costs() {
                for (sum, cost) in eligible.iter_mut().zip(cost(quantity)) {
                    *sum += euro_to_cents(cost) as f64 / 100.0;
                }
            }
            PolicyYear {
                money: money.collect(),
                cost: scenario.programmes.iter().map(|of| of_purpose(of.purpose)).collect(),
                eligible,
                open_points: cost(Quantity::OpenPoints),
            }
        };
        self.years.push((0..scenario.policies.len()).map(of_policy).collect());
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}
