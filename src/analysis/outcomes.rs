//! Outcomes of the nation, regions, tiers and municipalities.

use super::awards::policy_names;
use super::intervals::{QuantileInterval, of_quantiles};
use super::{Name, Summary, grid};
use crate::engine::{BOUNDED, Figure, RecordedOutcome, Scope, Source, Tally, UNITS};
use crate::model::Scenario;
use serde::Serialize;

/// One row of `outcomes.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeRow {
    /// The policy, at its own pots; empty in a scenario without policies.
    pub policy: Name,
    /// Name of the outcome.
    pub outcome: Name,
    /// `nation`, `region:NAME`, `tier:NAME` or `municipality:CODE`.
    pub scope: Name,
    /// The year.
    pub year: i32,
    /// The unit, where it is known.
    pub unit: &'static str,
    /// In that unit.
    pub summary: Summary,
    /// What the number of draws leaves open of the quantiles at 5, 50 and 95 %.
    pub intervals: [QuantileInterval; 3],
}

/// Rows by policy, outcome, scope and year, without those that nothing is recorded of.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<OutcomeRow> {
    let named = |recorded: &RecordedOutcome| {
        (Name::from(recorded.name.as_str()), Name::from(scope(scenario, recorded.scope)))
    };
    let names: Vec<(Name, Name)> = tally.plan.recorded.iter().map(named).collect();
    let mut policies = policy_names(scenario);
    if policies.is_empty() {
        policies.push(Name::from(""));
    }
    let years: Vec<i32> = scenario.years.iter().collect();
    let cell = |[policy, index, year]: [usize; 3]| tally.outcomes.get(&[policy, year, index]);
    let is_recorded = |at| {
        let moments = cell(at).moments;
        moments.count() + moments.missing() > 0
    };
    let shape = [policies.len(), names.len(), years.len()];
    grid::rows_of_some(shape, is_recorded, |at| {
        let [policy, index, year] = at;
        let (outcome, scope) = &names[index];
        OutcomeRow {
            policy: policies[policy].clone(),
            outcome: outcome.clone(),
            scope: scope.clone(),
            year: years[year],
            unit: tally.plan.recorded[index].unit,
            summary: Summary::of(cell(at), UNITS),
            intervals: of_quantiles(cell(at), BOUNDED, UNITS),
        }
    })
}

/// The cell of a national figure, if it is recorded.
pub fn national(tally: &Tally, policy: usize, year: usize, source: Source) -> Option<Figure<'_>> {
    let index = tally
        .plan
        .recorded
        .iter()
        .position(|recorded| recorded.source == source && recorded.scope == Scope::Nation)?;
    let cell = tally.outcomes.get(&[policy, year, index]);
    (cell.moments.count() > 0).then_some(cell)
}

fn scope(scenario: &Scenario, scope: Scope) -> String {
    match scope {
        Scope::Nation => "nation".to_owned(),
        Scope::Region(region) => format!("region:{}", scenario.municipalities.regions[region]),
        Scope::Tier(tier) => format!("tier:{}", scenario.tiers()[tier].name),
        Scope::Municipality(municipality) => {
            format!("municipality:{}", scenario.municipalities.table.codes[municipality])
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::example::{example, findings};

    #[test]
    fn scopes_are_told_apart_and_sums_agree() {
        let findings = findings(&example());
        let figure = |outcome: &str, scope: &str, year: i32| {
            let row = findings.outcomes.iter().find(|row| {
                row.policy == "today"
                    && row.outcome == outcome
                    && row.scope == scope
                    && row.year == year
            });
            row.and_then(|row| row.summary.mean)
        };
        // 31 December 2022: Aknīste's and Bauska's first; 2023: Bauska's second as well.
        assert_eq!(figure("open_points_at_year_end", "nation", 2022), Some(2.0));
        assert_eq!(figure("open_points_at_year_end", "nation", 2023), Some(3.0));
        assert_eq!(figure("open_points_at_year_end", "tier:local", 2023), Some(2.0));
        assert_eq!(figure("open_points_at_year_end", "region:Zemgale", 2023), Some(2.0));
        // Paid 2 000 (500 + 1 500) of costs 1 000 + 900 + 1 200.
        let coverage = figure("coverage", "nation", 2022).unwrap();
        assert!((coverage - 2_000.0 / 3_100.0).abs() < 1e-6);
        assert_eq!(figure("coverage", "municipality:0030", 2022), None);
        // Without inhabitants nothing is recorded of access.
        assert!(findings.outcomes.iter().all(|row| row.outcome != "access_within_10_km"));
    }
}
