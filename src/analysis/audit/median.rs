//! What is awarded on the median path of a scenario in which one figure was changed.

use crate::engine::{Failure, Prepared, central};
use crate::model::Scenario;
use std::collections::BTreeMap;

/// Awards in EUR by policy, programme, municipality and year.
pub type Paid = BTreeMap<(usize, usize, usize, i32), f64>;

/// What every policy awards on the median path.
pub fn paid(scenario: &Scenario) -> Result<Paid, Failure> {
    let lines = central(&Prepared::new(scenario))?;
    let awards = lines.into_iter().filter(|line| line.line == "award");
    Ok(awards
        .map(|line| ((line.policy, line.programme, line.municipality, line.year), line.value))
        .collect())
}

/// Where a municipality's award differs most between two worlds: policy, programme, year and the
/// second less the first, EUR; the first place of several.
pub fn largest(
    before: &Paid,
    after: &Paid,
    municipality: usize,
    policy: Option<usize>,
) -> Option<(usize, usize, i32, f64)> {
    let mut largest: Option<(usize, usize, i32, f64)> = None;
    for (&(of, programme, who, year), &award) in after {
        if who != municipality || policy.is_some_and(|policy| policy != of) {
            continue;
        }
        let change = award - before.get(&(of, programme, who, year)).copied().unwrap_or(0.0);
        if change.abs() >= 0.01 - 1e-9 && largest.is_none_or(|known| known.3.abs() < change.abs()) {
            largest = Some((of, programme, year, change));
        }
    }
    largest
}
