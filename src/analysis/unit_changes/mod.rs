//! What a unit of change costs: one per cent of pay, a month of delay, 10 EUR of a rate, a hundred points.
//!
//! Every change is simulated on the same draws as the scenario as it stands, block by block, so that what
//! differs is the change alone and few draws are enough. Whole cents are added up: threads change nothing.
//!
//! ```text
//! changes ─► what is changed, by how much
//! totals  ─► the nation's figures in one block of draws
//! found   ─► with the change less without it, over the draws
//! ```

mod changes;
mod found;
mod totals;

pub use changes::{Change, changes};

use super::ALL;
use crate::engine::{Failure, MONEY, Prepared};
use crate::model::Scenario;
use crate::numeric::LANES;
use crate::stats::Accumulator;
use found::Found;
use rayon::prelude::*;
use serde::Serialize;

/// What is measured of a change, in the order of the figures.
pub const MEASURES: [&str; 4] = ["eligible_cost", "entitlement", "award", "shortfall"];

/// Points that are added to tell what more of them cost.
pub const MORE_POINTS: f64 = 100.0;

/// A mean over the draws and its Monte Carlo standard error, EUR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean.
    pub mean: Option<f64>,
    /// Its error.
    pub mcse: Option<f64>,
}

/// What a change does to a policy, a programme and a year: with it less without it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitChangeRow {
    /// The policy, at its own pots.
    pub policy: String,
    /// What is changed: `pay`, `delay`, a lever, or `points`.
    pub what: String,
    /// By how much.
    pub by: String,
    /// The programme, or `all`.
    pub programme: String,
    /// The year; none for all of them together.
    pub year: Option<i32>,
    /// In the order of [`MEASURES`].
    pub figures: [Estimate; 4],
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitChanges {
    /// Rows by policy and change.
    pub rows: Vec<UnitChangeRow>,
    /// Changes that change nothing in any draw of a year, under any policy.
    pub without_effect: Vec<Change>,
    /// How many draws were looked at.
    pub draws: u64,
}

/// Simulates every change on the first draws of a scenario; `tick` is called after each block of them.
///
/// # Errors
/// The first fault of a formula, as it stands or with a change.
pub fn unit_changes(
    scenario: &Scenario,
    draws: u64,
    tick: &(dyn Fn() + Sync),
) -> Result<UnitChanges, Failure> {
    let mut scenario = scenario.clone();
    scenario.run.draws = draws;
    let changes = changes(&scenario);
    let changed: Vec<Scenario> = changes
        .iter()
        .map(|change| {
            let mut changed = scenario.clone();
            let lever = change.lever.and_then(|index| changed.levers.get_mut(index));
            if let Some(lever) = lever {
                lever.value += change.step;
            }
            changed
        })
        .collect();
    let base = Prepared::new(&scenario);
    let prepared: Vec<Prepared<'_>> = changed
        .iter()
        .zip(&changes)
        .map(|(changed, change)| Prepared::new(changed).shifted(change.shift))
        .collect();
    let lanes = LANES as u64;
    let blocks: Vec<Result<Found, Failure>> = (0..draws.div_ceil(lanes))
        .into_par_iter()
        .map(|block| {
            let draws = block * lanes..draws.min((block + 1) * lanes);
            let found = Found::of_block(&base, &prepared, draws);
            tick();
            found
        })
        .collect();
    let mut merged: Option<Found> = None;
    for found in blocks {
        let found = found?;
        match &mut merged {
            Some(merged) => merged.merge(&found),
            None => merged = Some(found),
        }
    }
    let found = merged.unwrap_or_default();
    Ok(found.tell(&scenario, &changes, draws))
}

impl Estimate {
    fn of(cell: &Accumulator) -> Self {
        let euro = |cents: Option<f64>| cents.map(|cents| cents / MONEY);
        Self { mean: euro(cell.mean()), mcse: euro(cell.mcse()) }
    }
}

impl UnitChangeRow {
    /// The year as tables write it.
    #[must_use]
    pub fn year_text(&self) -> String {
        self.year.map_or_else(|| ALL.to_owned(), |year| year.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    fn means(found: &UnitChanges, first: [&str; 3], year: Option<i32>) -> [Option<f64>; 4] {
        let [policy, what, programme] = first;
        let row = found.rows.iter().find(|row| {
            (row.policy.as_str(), row.what.as_str(), row.programme.as_str(), row.year)
                == (policy, what, programme, year)
        });
        row.map(|row| row.figures.map(|figure| figure.mean)).unwrap_or_default()
    }

    #[test]
    fn a_month_later_costs_what_a_month_less_is_worth() {
        let found = unit_changes(&example(), 70, &|| {}).unwrap();
        // 2022: Aknīste's point is open for 8 months instead of 9: 100 less due and cost; 2 000 still
        // exceed the pot of 1 500, so that the shortfall is what falls.
        let expected = [Some(-100.0), Some(-100.0), Some(0.0), Some(-100.0)];
        assert_eq!(means(&found, ["today", "delay", "maintenance"], Some(2022)), expected);
        // 2023: Bauska's second point 5 months instead of 6.
        assert_eq!(means(&found, ["today", "delay", "all"], None)[1], Some(-200.0));
        // Nothing is paid by an index, and no formula names the lever, which is in no currency anyway.
        let idle: Vec<&str> = found.without_effect.iter().map(|idle| idle.what.as_str()).collect();
        assert_eq!((idle, found.draws), (vec!["pay"], 70));
    }

    #[test]
    fn a_hundred_points_cost_a_hundred_times_the_average() {
        let found = unit_changes(&example(), 1, &|| {}).unwrap();
        // 1 200 each a year, all of it due under `today`; a new one costs 1 000, of which 700 are due.
        let expected = [Some(120_000.0), Some(120_000.0), None, None];
        assert_eq!(means(&found, ["today", "points", "maintenance"], Some(2022)), expected);
        let expected = [Some(100_000.0), Some(70_000.0), None, None];
        assert_eq!(means(&found, ["today", "points", "investment"], Some(2023)), expected);
    }

    #[test]
    fn one_per_cent_of_pay_is_one_per_cent_of_what_is_paid() {
        let mut scenario = example();
        scenario.costs[1].index.pay = 1.0;
        let found = unit_changes(&scenario, 64, &|| {}).unwrap();
        // 21 months open in 2022 at 100 a month: 2 100 of rent, so 21 more.
        let found = means(&found, ["today", "pay", "maintenance"], Some(2022));
        assert_eq!(found, [Some(21.0), Some(0.0), Some(0.0), Some(0.0)]);
    }

    #[test]
    fn a_rate_takes_a_step_that_its_range_has_room_for() {
        let mut scenario = example();
        for (value, most, expected) in [(80.0, 500.0, 10.0), (3.0, 4.5, 0.3), (3.0, 3.2, 0.2)] {
            scenario.levers[0].unit = "EUR/month".to_owned();
            (scenario.levers[0].value, scenario.levers[0].range.1) = (value, most);
            let step = changes(&scenario).last().unwrap().step;
            assert!((step - expected).abs() < 1e-12, "{step}");
        }
        scenario.levers[0].value = scenario.levers[0].range.1;
        assert!(changes(&scenario).iter().all(|change| change.lever.is_none()));
    }
}
