//! What differs between a scenario with and without each change.

use super::totals::{Shape, Totals};
use super::{Change, Estimate, MORE_POINTS, UnitChangeRow, UnitChanges};
use crate::analysis::awards::programme_name;
use crate::engine::{Failure, Money, Prepared, replay};
use crate::model::Scenario;
use crate::numeric::LANES;
use crate::stats::Accumulator;

/// What differs over the draws.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// `[change][as in Totals]`
    differences: Vec<Vec<Accumulator>>,
    /// `[as in Totals][eligible cost, entitlement]`
    points: Vec<[Accumulator; 2]>,
}

impl Found {
    /// Simulates one block of draws, as it stands and with each change.
    pub fn of_block(
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

    /// Adds what another block has found.
    pub fn merge(&mut self, other: &Self) {
        let differences = self.differences.iter_mut().zip(&other.differences);
        for (mine, their) in differences.flat_map(|(mine, their)| mine.iter_mut().zip(their)) {
            mine.merge(their);
        }
        for (mine, their) in self.points.iter_mut().flatten().zip(other.points.iter().flatten()) {
            mine.merge(their);
        }
    }

    /// The rows.
    pub fn tell(&self, scenario: &Scenario, changes: &[Change], draws: u64) -> UnitChanges {
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
