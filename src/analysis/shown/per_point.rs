//! What a point is granted.

use crate::engine::{MONEY, Measure, Tally, UNITS};
use crate::model::Scenario;

/// Fewer mean points open than this are rarely open: less than 5 % of the time. What a municipality with
/// so few is granted or covers says little.
pub const RARELY: f64 = 0.05;

/// Mean points open (months open / 12) in a year, per municipality.
pub fn mean_open_points(
    scenario: &Scenario,
    tally: &Tally,
    policy: usize,
    year: usize,
) -> Vec<f64> {
    let open = |municipality, tier| {
        let cell = tally.network.get(&[policy, year, municipality, tier]);
        cell.moments.mean().unwrap_or(0.0) / UNITS
    };
    let municipalities = 0..scenario.municipalities.table.len();
    municipalities
        .map(|municipality| (0..scenario.tiers().len()).map(|tier| open(municipality, tier)).sum())
        .collect()
}

/// Awards of all programmes in a year over points open (months open / 12), per municipality, EUR a
/// point and year: the mean of the one over the mean of the other, so that draws with few points do
/// not weigh more; none where points are open in less than [`RARELY`] of the time.
pub fn award_per_point(
    scenario: &Scenario,
    tally: &Tally,
    policy: usize,
    year: usize,
) -> Vec<Option<f64>> {
    let open = mean_open_points(scenario, tally, policy, year).into_iter().enumerate();
    open.map(|(municipality, points)| {
        let all = scenario.programmes.len();
        let award = tally.awards.get(&[policy, all, year, municipality, Measure::Award as usize]);
        let award = award.moments.mean()? / MONEY;
        (points >= RARELY).then(|| award / points)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;
    use crate::engine::{Options, Prepared, simulate};

    #[test]
    fn an_award_is_divided_by_the_months_that_points_are_open() {
        let scenario = example();
        let prepared = Prepared::new(&scenario);
        let tally = simulate(&prepared, &Options { threads: 1, ..Options::default() }).unwrap();
        let found = award_per_point(&scenario, &tally, 0, 0);
        // Aknīste 2022: 500 invested and 642.86 to run it, over 9 of 12 months; Bauska 857.14 over one
        // point; Cēsis has none.
        let near = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 1e-6;
        assert!(near(found[0], 1_142.86 / 0.75), "{found:?}");
        assert!(near(found[1], 857.14) && found[2].is_none());
    }
}
