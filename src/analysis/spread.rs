//! How much of a national range is owed to shared variance.

use super::Range;
use super::outcomes::national;
use crate::engine::{Failure, Options, Prepared, Source, UNITS, simulate};
use crate::model::{Common, Dependence, ObservedAt, Quantity, Scenario};
use serde::Serialize;

/// Draws of each of the two simulations.
pub const SPREAD_DRAWS: u64 = 1_024;

/// A national figure under the shared variance that is written, and as if all were independent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The quantity, as formulas call it.
    pub what: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The first of a month, `2023-06`, or a year, `2027`.
    pub when: String,
    /// As the scenario is written.
    pub written: Range,
    /// With every `common` set to 0.
    pub independent: Range,
}

/// Simulates the baseline twice with [`SPREAD_DRAWS`] draws: points open (at the first observed
/// month, else at the end of the last year) and the cost of the last year. Empty without policies.
///
/// # Errors
/// What [`simulate`] refuses.
pub fn spread(scenario: &Scenario, threads: usize) -> Result<Vec<Comparison>, Failure> {
    let Some(baseline) = scenario.policies.get(scenario.baseline) else { return Ok(Vec::new()) };
    let mut written = scenario.clone();
    written.policies = vec![baseline.clone()];
    written.baseline = 0;
    written.run.draws = SPREAD_DRAWS;
    written.outcomes.clear();
    let first_month =
        |at: ObservedAt| matches!(at, ObservedAt::FirstOf(month) if covers(scenario, month.year()));
    written.observed.retain(|observed| first_month(observed.at));
    written.observed.truncate(1);
    let mut independent = written.clone();
    for input in &mut independent.inputs {
        input.common = Common::default();
    }
    // What parts of unlike sizes can follow, whole scores can.
    let correlations = written.dependence.correlations.clone();
    independent.dependence = Dependence::new(&independent.inputs, correlations).unwrap_or_default();
    let (written, independent) = (figures(&written, threads)?, figures(&independent, threads)?);
    let pairs = written.into_iter().zip(independent);
    Ok(pairs.map(|(written, other)| Comparison { independent: other.written, ..written }).collect())
}

fn covers(scenario: &Scenario, year: i32) -> bool {
    (scenario.years.first..=scenario.years.last).contains(&year)
}

/// The figures of one simulation, each under `written`.
fn figures(scenario: &Scenario, threads: usize) -> Result<Vec<Comparison>, Failure> {
    let prepared = Prepared::new(scenario);
    let tally = simulate(&prepared, &Options { threads, ..Options::default() })?;
    let Some(last) = scenario.years.count().checked_sub(1) else { return Ok(Vec::new()) };
    let figure = |quantity: Quantity, when: String, written: Range| {
        let doc = quantity.doc();
        Comparison { what: doc.name, unit: doc.unit, when, written, independent: Range::default() }
    };
    let at_the_end = |quantity: Quantity| {
        let cell = national(&tally, 0, last, Source::Quantity(quantity))?;
        Some(figure(quantity, scenario.years.last.to_string(), Range::of(cell, UNITS)))
    };
    let points = scenario.observed.first().and_then(|observed| match observed.at {
        ObservedAt::FirstOf(month) => {
            let range = Range::of(tally.observed.get(&[0, 0]), UNITS);
            Some(figure(Quantity::OpenPoints, month.to_string(), range))
        }
        ObservedAt::Year(_) => None,
    });
    let cost = if scenario.costs.is_empty() { None } else { at_the_end(Quantity::TotalCost) };
    let points = points.or_else(|| at_the_end(Quantity::OpenPointsAtYearEnd));
    Ok(points.into_iter().chain(cost).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, example_with_rent};
    use crate::model::{Month, Observed};

    #[test]
    fn points_and_cost_of_the_nation_are_compared() {
        // Nothing is uncertain in the example: both are the same, 3 points and 1 000 + 1 200 · 2.5.
        let found = spread(&example(), 1).unwrap();
        let [points, cost] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((points.what, &*points.when), ("open_points_at_year_end", "2023"));
        assert_eq!((points.written.p05, points.independent.p95), (Some(3.0), Some(3.0)));
        assert_eq!((cost.what, cost.written.p50), ("total_cost", Some(4_000.0)));
        assert_eq!(cost.written, cost.independent);
    }

    #[test]
    fn independence_makes_a_national_sum_look_safe() {
        // One rent for all, between 1 000 and 1 400: 90 % of it spans 360, times 2.5 years of points.
        // Independent rents have a standard deviation of 115.5 √(1 + 1 + 0.25) = 173 instead of 289.
        let scenario = example_with_rent(Common { nation: 1.0, municipality: 0.0 });
        let found = spread(&scenario, 1).unwrap();
        let width = |range: Range| range.p95.unwrap() - range.p05.unwrap();
        let (written, independent) = (width(found[1].written), width(found[1].independent));
        assert!((written - 900.0).abs() < 30.0, "{written}");
        assert!((0.5..0.75).contains(&(independent / written)), "{independent}");
    }

    #[test]
    fn the_first_observed_month_is_taken_where_there_is_one() {
        let mut scenario = example();
        let observed =
            |at| Observed { what: Quantity::OpenPoints, at, value: 1.0, source: String::new() };
        scenario.observed = vec![
            observed(ObservedAt::Year(2022)),
            observed(ObservedAt::FirstOf(Month::new(2031, 1))),
            observed(ObservedAt::FirstOf(Month::new(2022, 4))),
        ];
        let found = spread(&scenario, 1).unwrap();
        assert_eq!((&*found[0].when, found[0].written.p50), ("2022-04", Some(2.0)));
        scenario.policies.clear();
        assert!(spread(&scenario, 1).unwrap().is_empty());
    }
}
