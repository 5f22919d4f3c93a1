//! Where what was seen lies in what was simulated.

use super::Summary;
use super::summary::count_below;
use crate::engine::{Tally, UNITS};
use crate::model::{ObservedAt, Scenario};
use serde::Serialize;

/// One observed value beside the simulated range of one policy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ObservedRow {
    /// The policy, at its own pots.
    pub policy: String,
    /// The quantity, as formulas call it.
    pub what: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The first of a month, `2023-06`, or a year, `2022`.
    pub when: String,
    /// What was seen.
    pub value: f64,
    /// Where it comes from.
    pub source: String,
    /// What was simulated; empty if the time lies outside the simulated years.
    pub simulated: Summary,
    /// Share of the draws below what was seen.
    pub share_below: Option<f64>,
    /// Whether it lies between the 5 % and the 95 % quantile, both included.
    pub inside: Option<bool>,
}

/// Rows by observed value, then policy.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<ObservedRow> {
    let mut rows = Vec::new();
    for (index, observed) in scenario.observed.iter().enumerate() {
        for (policy, chosen) in scenario.policies.iter().enumerate() {
            let cell = tally.observed.get(&[policy, index]);
            let simulated = Summary::of(cell, UNITS);
            let count = cell.quantiles.count();
            let quanta = (observed.value * UNITS + 0.5).floor();
            let doc = observed.what.doc();
            rows.push(ObservedRow {
                policy: chosen.name.clone(),
                what: doc.name,
                unit: doc.unit,
                when: match observed.at {
                    ObservedAt::FirstOf(month) => month.to_string(),
                    ObservedAt::Year(year) => year.to_string(),
                },
                value: observed.value,
                source: observed.source.clone(),
                share_below: (count > 0).then(|| count_below(cell, quanta) as f64 / count as f64),
                inside: simulated
                    .p05
                    .zip(simulated.p95)
                    .map(|(lower, upper)| (lower..=upper).contains(&observed.value)),
                simulated,
            });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::engine::{Noting, Prepared};
    use crate::model::{Month, Observed, Quantity};
    use crate::numeric::LANES;

    fn open_points(month: Month, value: f64) -> Observed {
        let at = ObservedAt::FirstOf(month);
        Observed { what: Quantity::OpenPoints, at, value, source: "newspaper".to_owned() }
    }

    #[test]
    fn a_value_is_placed_among_the_draws() {
        let mut scenario = example();
        scenario.observed = vec![open_points(Month::new(2023, 6), 10.0)];
        let prepared = Prepared::new(&scenario);
        let mut tally = Tally::new(&prepared, LANES as u64);
        // 0, 1, …, 63 points: ten draws lie below 10; type 7 at 5 % is 3.15, at 95 % 59.85.
        let draws = std::array::from_fn(|draw| draw as f64);
        tally.observed.note(&[()], |sheet, ()| sheet.at(&[0, 0]).add_values(&draws, UNITS, LANES));
        tally.finish();
        let rows = rows(&scenario, &tally);
        assert_eq!((rows[0].share_below, rows[0].inside), (Some(10.0 / 64.0), Some(true)));
        assert!((rows[0].simulated.p05.unwrap() - 3.15).abs() < 1e-9);
        assert!((rows[0].simulated.p95.unwrap() - 59.85).abs() < 1e-9);
        // The other policy has no draws.
        assert_eq!((rows[1].share_below, rows[1].inside), (None, None));
    }

    #[test]
    fn the_first_of_a_month_counts_what_opened_before_it() {
        // Aknīste's point opens in March 2022: not yet on 1 March, on 1 April it is.
        let mut scenario = example();
        scenario.observed =
            vec![open_points(Month::new(2022, 3), 2.0), open_points(Month::new(2022, 4), 2.0)];
        let findings = findings(&scenario);
        let medians: Vec<_> = findings.observed.iter().map(|row| row.simulated.p50).collect();
        assert_eq!(medians, [Some(1.0), Some(1.0), Some(2.0), Some(2.0)]);
        assert_eq!(findings.observed[0].inside, Some(false));
        assert_eq!(findings.observed[0].share_below, Some(1.0));
        assert_eq!(
            (findings.observed[2].inside, &*findings.observed[2].when),
            (Some(true), "2022-04")
        );
    }
}
