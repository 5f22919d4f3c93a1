//! The plan of openings, as a promise that a simulation is held against.

use crate::model::{Month, Scenario};
use serde::Serialize;

/// From the first of a month on so many points are to be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedStep {
    /// Year of the month.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: i32,
    /// Points that are open already or planned to be.
    pub points: usize,
}

/// The plan from January of the first year on: what is open already or due by then, and a step in
/// every month in which more are due. A point is open from the first of the month after its opening.
pub fn planned_steps(scenario: &Scenario) -> Vec<PlannedStep> {
    let points = &scenario.points;
    let start = Month::new(scenario.years.first, 1);
    let end = Month::new(scenario.years.last + 1, 1);
    let opens = points.opened.iter().zip(&points.planned);
    let mut from: Vec<Month> = opens
        .filter_map(|(opened, planned)| opened.or(*planned))
        .map(|month| Month(month.0 + 1).max(start))
        .filter(|month| *month <= end)
        .collect();
    from.sort_unstable();
    if from.is_empty() {
        return Vec::new();
    }
    let mut steps = vec![step(start, from.iter().filter(|month| **month == start).count())];
    for (index, month) in from.iter().enumerate().filter(|(_, month)| **month > start) {
        let next = step(*month, index + 1);
        match steps.last_mut() {
            Some(last) if (last.year, last.month) == (next.year, next.month) => *last = next,
            _ => steps.push(next),
        }
    }
    steps
}

fn step(month: Month, points: usize) -> PlannedStep {
    PlannedStep { year: month.year(), month: month.month(), points }
}

/// Points that were open when the first simulated year began.
pub fn opened_before(scenario: &Scenario) -> usize {
    let start = Month::new(scenario.years.first, 1);
    scenario.points.opened.iter().flatten().filter(|month| **month < start).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn a_point_counts_from_the_month_after_its_opening() {
        // Bauska's first is open since 2020, Aknīste's comes in March 2022, Bauska's second in June 2023.
        let scenario = example();
        let steps: Vec<_> = planned_steps(&scenario)
            .iter()
            .map(|step| (step.year, step.month, step.points))
            .collect();
        assert_eq!(steps, [(2022, 1, 1), (2022, 4, 2), (2023, 7, 3)]);
        assert_eq!(opened_before(&scenario), 1);
    }

    #[test]
    fn points_of_one_month_are_one_step_and_later_ones_none() {
        let mut scenario = example();
        scenario.points.planned = vec![Some(Month::new(2022, 5)), None, Some(Month::new(2022, 5))];
        let steps = planned_steps(&scenario);
        assert_eq!(steps.last(), Some(&PlannedStep { year: 2022, month: 6, points: 3 }));
        assert_eq!(steps.len(), 2);
        scenario.points.planned[2] = Some(Month::new(2024, 1));
        assert_eq!(planned_steps(&scenario).last().map(|step| step.points), Some(2));
        scenario.points = crate::model::Points::default();
        assert!(planned_steps(&scenario).is_empty());
    }
}
