//! What a unit of change costs: one per cent of pay, a month of delay, 10 EUR of a rate, a hundred points.
//!
//! Every change is simulated on the same draws as the scenario as it stands, block by block, so that what
//! differs is the change alone and few draws are enough. Whole cents are added up: threads change nothing.

use super::ALL;
use super::awards::programme_name;
use crate::engine::{Failure, MONEY, Money, Nudge, Prepared, Sink, YearOfBlock, replay};
use crate::model::{Purpose, Quantity, Scenario};
use crate::numeric::{LANES, Lanes};
use crate::stats::Accumulator;
use crate::units::to_cents;
use rayon::prelude::*;
use serde::Serialize;

/// What is measured of a change, in the order of the figures.
pub const MEASURES: [&str; 4] = ["eligible_cost", "entitlement", "award", "shortfall"];

/// Points that are added to tell what more of them cost.
pub const MORE_POINTS: f64 = 100.0;

/// The step of a rate, EUR, where its range has room for it.
const STEP: f64 = 10.0;

/// What is changed, and by how much.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// `pay`, `delay`, or the name of a lever.
    pub what: String,
    /// By how much, in words: `+1 %`, `+10 EUR/month`.
    pub by: String,
    /// By how much a lever is changed; 0 for the others.
    pub step: f64,
    #[serde(skip)]
    lever: Option<usize>,
    #[serde(skip)]
    shift: Nudge,
}

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

/// The changes of a scenario: pay, delay, and every lever counted in the currency.
#[must_use]
pub fn changes(scenario: &Scenario) -> Vec<Change> {
    let change = |what: &str, by: &str, shift: Nudge| Change {
        what: what.to_owned(),
        by: by.to_owned(),
        step: 0.0,
        lever: None,
        shift,
    };
    let mut changes = Vec::new();
    if !scenario.costs.is_empty() {
        changes.push(change("pay", "+1 %", Nudge { pay: 0.01, ..Nudge::default() }));
    }
    if scenario.points.planned.iter().any(Option::is_some) {
        changes.push(change("delay", "+1 month", Nudge { delay_months: 1.0, ..Nudge::default() }));
    }
    let rates = scenario.levers.iter().enumerate();
    let rates = rates.filter(|(_, lever)| lever.unit.starts_with(&scenario.currency));
    changes.extend(rates.filter_map(|(index, lever)| {
        // Ten, where that is a small step within the range; else a tenth of the value.
        let room = lever.range.1 - lever.value;
        let step = if STEP <= room { STEP } else { (lever.value / 10.0).min(room) };
        let by = format!("+{} {}", (step * 1e6).round() / 1e6, lever.unit);
        let shift = Nudge::default();
        (step > 0.0).then(|| Change {
            what: lever.name.clone(),
            by,
            step,
            lever: Some(index),
            shift,
        })
    }));
    changes
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

/// The nation's figures in one block of draws: `[policy][programme, then all][year, then all][measure]`.
#[derive(Clone, Debug)]
struct Totals {
    values: Vec<Money>,
    /// What [`MORE_POINTS`] cost: `[policy][programme][year]`, with the lanes in which there are any.
    points: Vec<(u64, [Money; 2])>,
    active: usize,
}

/// What differs over the draws.
#[derive(Clone, Debug, Default)]
struct Found {
    /// `[change][as in Totals]`
    differences: Vec<Vec<Accumulator>>,
    /// `[as in Totals][eligible cost, entitlement]`
    points: Vec<[Accumulator; 2]>,
}

/// Where a figure stands.
#[derive(Clone, Copy)]
struct Shape {
    programmes: usize,
    years: usize,
}

impl Shape {
    fn of(scenario: &Scenario) -> Self {
        Self { programmes: scenario.programmes.len(), years: scenario.years.count() }
    }

    fn at(self, policy: usize, programme: usize, year: usize) -> usize {
        ((policy * (self.programmes + 1) + programme) * (self.years + 1) + year) * MEASURES.len()
    }

    fn of_points(self, policy: usize, programme: usize, year: usize) -> usize {
        (policy * self.programmes + programme) * self.years + year
    }
}

impl Totals {
    fn new(scenario: &Scenario) -> Self {
        let (shape, policies) = (Shape::of(scenario), scenario.policies.len());
        Self {
            values: vec![[0; LANES]; shape.at(policies, 0, 0)],
            points: vec![(0, [[0; LANES]; 2]); shape.of_points(policies, 0, 0)],
            active: 0,
        }
    }

    fn add(&mut self, at: usize, figures: &[Money; 4]) {
        for (sum, figure) in self.values.iter_mut().skip(at).zip(figures) {
            for lane in 0..LANES {
                sum[lane] += figure[lane];
            }
        }
    }
}

impl Sink for Totals {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let scenario = at.prepared.scenario;
        let shape = Shape::of(scenario);
        for policy in 0..scenario.policies.len() {
            let (own, _) = at.prepared.paths_of(policy);
            let view = &at.paths[own];
            let nation = |quantity: Quantity| {
                let mut sum = [0.0; LANES];
                for row in view.quantities.grid(quantity, None).unwrap_or(&[]) {
                    for lane in 0..LANES {
                        sum[lane] += row[lane];
                    }
                }
                sum
            };
            let mut all = [[0; LANES]; 4];
            for quantity in scenario.eligible_costs() {
                let cost = to_cents(&nation(quantity));
                for lane in 0..LANES {
                    all[0][lane] += cost[lane];
                }
            }
            for (programme, state) in view.programmes.iter().enumerate() {
                let [whole, part, count] = match scenario.programmes[programme].purpose {
                    Purpose::Maintenance => {
                        let cost = nation(Quantity::MaintenanceCost);
                        [cost, cost, nation(Quantity::OpenPoints)]
                    }
                    Purpose::Investment => [
                        nation(Quantity::InvestmentCost),
                        nation(Quantity::NewPointCost),
                        nation(Quantity::NewPoints),
                    ],
                };
                let mut figures = [to_cents(&whole), [0; LANES], [0; LANES], [0; LANES]];
                for (entitlement, award) in state.entitlement.iter().zip(&state.award) {
                    for lane in 0..LANES {
                        figures[1][lane] += entitlement[lane];
                        figures[2][lane] += award[lane];
                        figures[3][lane] += entitlement[lane] - award[lane];
                    }
                }
                for year in [at.year, shape.years] {
                    self.add(shape.at(policy, programme, year), &figures);
                }
                for (all, figure) in all.iter_mut().zip(&figures).skip(1) {
                    for lane in 0..LANES {
                        all[lane] += figure[lane];
                    }
                }
                self.points[shape.of_points(policy, programme, at.year)] =
                    more_points(&whole, &part, &count, &figures[1]);
            }
            for year in [at.year, shape.years] {
                self.add(shape.at(policy, shape.programmes, year), &all);
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
        self.active = active;
    }
}

/// What so many more points cost and are due, at the average of those that there are: `part` of the
/// `whole` cost is theirs. With the lanes in which there are any.
fn more_points(whole: &Lanes, part: &Lanes, count: &Lanes, due: &Money) -> (u64, [Money; 2]) {
    let mut present = 0;
    let mut euro = [[0.0; LANES]; 2];
    for lane in 0..LANES {
        if count[lane] > 0.0 {
            present |= 1 << lane;
            let share = if whole[lane] > 0.0 { part[lane] / whole[lane] } else { 1.0 };
            let times = MORE_POINTS / count[lane];
            euro[0][lane] = part[lane] * times;
            euro[1][lane] = due[lane] as f64 / MONEY * share * times;
        }
    }
    (present, [to_cents(&euro[0]), to_cents(&euro[1])])
}

impl Found {
    fn of_block(
        base: &Prepared<'_>,
        changed: &[Prepared<'_>],
        draws: std::ops::Range<u64>,
    ) -> Result<Self, Failure> {
        let grouping = base.scenario.run.plan.grouping();
        let empty = || Accumulator::grouped(grouping);
        let mut as_it_is = Totals::new(base.scenario);
        replay(base, draws.clone(), &mut as_it_is)?;
        let active = as_it_is.active.min(LANES);
        let lanes = if active == LANES { u64::MAX } else { (1 << active) - 1 };
        let points = as_it_is.points.iter().map(|(present, figures)| {
            let of = |figure: &Money| {
                let mut found = empty();
                found.add_some(figure, present & lanes);
                found
            };
            [of(&figures[0]), of(&figures[1])]
        });
        let mut found = Self { differences: Vec::new(), points: points.collect() };
        for changed in changed {
            let mut totals = Totals::new(base.scenario);
            replay(changed, draws.clone(), &mut totals)?;
            let pairs = totals.values.iter().zip(&as_it_is.values);
            let differences = pairs.map(|(with, without)| {
                let mut difference = [0; LANES];
                for lane in 0..LANES {
                    difference[lane] = with[lane] - without[lane];
                }
                let mut found = empty();
                found.add_lanes(&difference[..active]);
                found
            });
            found.differences.push(differences.collect());
        }
        Ok(found)
    }

    fn merge(&mut self, other: &Self) {
        let differences = self.differences.iter_mut().zip(&other.differences);
        for (mine, their) in differences.flat_map(|(mine, their)| mine.iter_mut().zip(their)) {
            mine.merge(their);
        }
        for (mine, their) in self.points.iter_mut().flatten().zip(other.points.iter().flatten()) {
            mine.merge(their);
        }
    }

    fn tell(&self, scenario: &Scenario, changes: &[Change], draws: u64) -> UnitChanges {
        let is_nothing = |cells: &Vec<Accumulator>| {
            cells.iter().all(|cell| cell.least() == Some(0) && cell.greatest() == Some(0))
        };
        let idle: Vec<bool> = self.differences.iter().map(is_nothing).collect();
        let of_interest = |(index, _): &(usize, &Change)| idle.get(*index) == Some(&false);
        let mut rows = Vec::new();
        for policy in 0..scenario.policies.len() {
            for (index, change) in changes.iter().enumerate().filter(of_interest) {
                rows.extend(self.rows(scenario, policy, index, change));
            }
            rows.extend(self.of_points(scenario, policy));
        }
        let without_effect = changes.iter().zip(&idle).filter(|(_, idle)| **idle);
        UnitChanges {
            rows,
            without_effect: without_effect.map(|(change, _)| change.clone()).collect(),
            draws,
        }
    }

    fn rows(
        &self,
        scenario: &Scenario,
        policy: usize,
        index: usize,
        change: &Change,
    ) -> Vec<UnitChangeRow> {
        let shape = Shape::of(scenario);
        let years: Vec<Option<i32>> = scenario.years.iter().map(Some).chain([None]).collect();
        let mut rows = Vec::new();
        for programme in 0..=shape.programmes {
            for (year, calendar) in years.iter().enumerate() {
                let at = shape.at(policy, programme, year);
                let figure = |measure: usize| {
                    let cell = self.differences.get(index).and_then(|all| all.get(at + measure));
                    cell.map_or_else(Estimate::default, Estimate::of)
                };
                rows.push(UnitChangeRow {
                    policy: scenario.policies[policy].name.clone(),
                    what: change.what.clone(),
                    by: change.by.clone(),
                    programme: programme_name(scenario, programme),
                    year: *calendar,
                    figures: [figure(0), figure(1), figure(2), figure(3)],
                });
            }
        }
        rows
    }

    /// What a hundred points more cost: what they would be granted depends on the pot, and is not told.
    fn of_points(&self, scenario: &Scenario, policy: usize) -> Vec<UnitChangeRow> {
        let shape = Shape::of(scenario);
        let mut rows = Vec::new();
        for programme in 0..shape.programmes {
            for (year, calendar) in scenario.years.iter().enumerate() {
                let cells = self.points.get(shape.of_points(policy, programme, year));
                let Some([cost, due]) = cells.filter(|cells| cells[0].count() > 0) else {
                    continue;
                };
                rows.push(UnitChangeRow {
                    policy: scenario.policies[policy].name.clone(),
                    what: "points".to_owned(),
                    by: format!("+{MORE_POINTS}"),
                    programme: programme_name(scenario, programme),
                    year: Some(calendar),
                    figures: [
                        Estimate::of(cost),
                        Estimate::of(due),
                        Estimate::default(),
                        Estimate::default(),
                    ],
                });
            }
        }
        rows
    }
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
