//! What a municipality gains by registering one point as two.

use super::cases::Gained;
use super::median::{Paid, largest, paid};
use crate::engine::{Failure, Prepared};
use crate::model::{ColumnValues, Scenario};
use rayon::prelude::*;

/// More municipalities than these are not tried: each takes the median path once.
pub const MOST_TRIED: usize = 60;

/// One point registered as two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointAsTwo {
    /// Index of the policy.
    pub policy: usize,
    /// How many municipalities were tried.
    pub tried: usize,
    /// Who gains.
    pub gained: Gained,
    /// The point of who gains most.
    pub point: Option<usize>,
}

/// For each policy, what municipalities gain on the median path by registering their first point (the
/// one that opens first) as two of the same tier and place, each with half the inhabitants.
///
/// # Errors
/// A formula that fails on a median path.
pub fn one_point_as_two(
    scenario: &Scenario,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<PointAsTwo>, Failure> {
    let before = paid(&Prepared::new(scenario))?;
    let count = scenario.municipalities.table.len();
    let first: Vec<(usize, usize)> =
        (0..count).filter_map(|who| Some((who, first_point(scenario, who)?))).collect();
    let step = first.len().div_ceil(MOST_TRIED).max(1);
    let after: Result<Vec<(usize, usize, Paid)>, Failure> = first
        .into_par_iter()
        .step_by(step)
        .map(|(who, point)| {
            let paid = paid(&Prepared::new(&doubled(scenario, point)))?;
            tick();
            Ok((who, point, paid))
        })
        .collect();
    let after = after?;
    Ok((0..scenario.policies.len()).map(|policy| of_policy(policy, &before, &after)).collect())
}

fn of_policy(policy: usize, before: &Paid, after: &[(usize, usize, Paid)]) -> PointAsTwo {
    let mut gained = Gained::default();
    for (who, _, after) in after {
        gained.count(*who, largest(before, after, *who, Some(policy)));
    }
    let point = gained.most.and_then(|(who, _)| after.iter().find(|(of, ..)| *of == who));
    PointAsTwo { policy, tried: after.len(), gained, point: point.map(|(_, point, _)| *point) }
}

/// The point of a municipality that opens first; the first by code of several.
fn first_point(scenario: &Scenario, municipality: usize) -> Option<usize> {
    let points = &scenario.points;
    let own = (0..points.table.len())
        .filter(|&point| points.municipality.get(point) == Some(&(municipality as u32)));
    own.min_by_key(|&point| {
        let opens = points.opened.get(point).copied().flatten();
        let opens = opens.or_else(|| points.planned.get(point).copied().flatten());
        (opens.is_none(), opens)
    })
}

/// The scenario with a point twice. Inhabitants, and every column that holds them, go half to each.
fn doubled(scenario: &Scenario, point: usize) -> Scenario {
    let mut changed = scenario.clone();
    let points = &mut changed.points;
    let people = points.people.clone();
    let table = &mut points.table;
    // Behind its own code and before every other that begins with it.
    let code = table.codes.get(point).map(|code| format!("{code}!")).unwrap_or_default();
    twice(&mut table.codes, point);
    if let Some(second) = table.codes.get_mut(point + 1) {
        *second = code;
    }
    twice(&mut table.names, point);
    twice(&mut table.lines, point);
    for lines in &mut table.year_lines {
        twice(lines, point);
    }
    for column in &mut table.columns {
        match &mut column.values {
            ColumnValues::Numbers(numbers) => {
                let is_people = people.as_ref().is_some_and(|people| people == numbers);
                twice(numbers, point);
                if is_people {
                    halve(numbers, point);
                }
            }
            ColumnValues::Yearly { rows, .. } => {
                for row in rows {
                    twice(row, point);
                }
            }
            ColumnValues::Texts { codes, .. } => twice(codes, point),
        }
    }
    twice(&mut points.municipality, point);
    twice(&mut points.tier, point);
    twice(&mut points.opened, point);
    twice(&mut points.planned, point);
    if let Some(position) = &mut points.position {
        twice(position, point);
    }
    if let Some(people) = &mut points.people {
        twice(people, point);
        halve(people, point);
    }
    changed
}

fn twice<T: Clone>(list: &mut Vec<T>, at: usize) {
    if let Some(value) = list.get(at).cloned() {
        list.insert(at, value);
    }
}

/// Halves a value and the one behind it.
fn halve(list: &mut [f64], at: usize) {
    for value in list.iter_mut().skip(at).take(2) {
        *value /= 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn a_doubled_point_stands_twice_in_every_list() {
        let scenario = example();
        let count = scenario.points.table.len();
        let changed = doubled(&scenario, 0).points;
        assert_eq!(changed.table.len(), count + 1);
        assert_eq!(changed.municipality.len(), count + 1);
        assert!(changed.table.codes.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(changed.opened[0], changed.opened[1]);
    }

    #[test]
    fn a_sum_for_each_point_is_had_twice_from_a_pot_that_pays_all() {
        let mut scenario = example();
        for policy in &mut scenario.policies {
            for pot in &mut policy.pots {
                pot.appropriation = crate::model::Appropriation::OpenEnded;
            }
        }
        let found = one_point_as_two(&scenario, &|| {}).unwrap();
        // The example pays 100 EUR a point and month of upkeep.
        assert!(found.iter().all(|found| found.gained.gaining > 0), "{found:?}");
    }
}
