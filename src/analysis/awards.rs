//! What each municipality is due, is granted, and carries itself.

use super::{ALL, Name, Summary, grid};
use crate::engine::{MEASURES, MONEY, Measure, Tally};
use crate::model::Scenario;
use serde::Serialize;

/// One row of `awards.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AwardRow {
    /// The policy, at its own pots.
    pub policy: Name,
    /// The programme, or `all`.
    pub programme: Name,
    /// Code of the municipality.
    pub municipality: Name,
    /// Its name.
    pub name: Name,
    /// The year.
    pub year: i32,
    /// `entitlement`, `award`, `eligible_cost` or `own_share`.
    pub measure: &'static str,
    /// EUR.
    pub summary: Summary,
}

/// Rows by policy, programme, municipality, year and measure. A scenario without costs has no rows
/// of eligible cost and own share: nothing is known of them.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<AwardRow> {
    let table = &scenario.municipalities.table;
    let (codes, names) = (Name::all(&table.codes), Name::all(&table.names));
    let programmes = programme_names(scenario);
    let policies = policy_names(scenario);
    let years: Vec<i32> = scenario.years.iter().collect();
    let of_cost = |measure| matches!(measure, Measure::EligibleCost | Measure::OwnShare);
    let is_known = |measure| !(of_cost(measure) && scenario.costs.is_empty());
    let measures = MEASURES.iter().enumerate().filter(|(_, (measure, _))| is_known(*measure));
    let measures: Vec<(usize, &str)> = measures.map(|(index, (_, name))| (index, *name)).collect();
    let shape = [policies.len(), programmes.len(), codes.len(), years.len(), measures.len()];
    grid::rows_of(shape, |[policy, programme, municipality, year, measure]| {
        let (measure, name) = measures[measure];
        let cell = tally.awards.get(&[policy, programme, year, municipality, measure]);
        AwardRow {
            policy: policies[policy].clone(),
            programme: programmes[programme].clone(),
            municipality: codes[municipality].clone(),
            name: names[municipality].clone(),
            year: years[year],
            measure: name,
            summary: Summary::of(cell, MONEY),
        }
    })
}

/// The names of policies.
pub fn policy_names(scenario: &Scenario) -> Vec<Name> {
    Name::all(scenario.policies.iter().map(|policy| &policy.name))
}

/// The names of programmes, `all` behind the last.
pub fn programme_names(scenario: &Scenario) -> Vec<Name> {
    (0..=scenario.programmes.len()).map(|index| programme_name(scenario, index).into()).collect()
}

/// Name of the programme with an index, `all` behind the last.
pub fn programme_name(scenario: &Scenario, index: usize) -> String {
    scenario.programmes.get(index).map_or_else(|| ALL.to_owned(), |known| known.name.clone())
}

#[cfg(test)]
mod tests {
    use crate::analysis::example::{example, findings};

    #[test]
    fn awards_are_those_worked_by_hand() {
        // Maintenance 2022, 100 EUR a month: Aknīste's point opens in March and is open for 9 months,
        // Bauska's for 12: 900 and 1 200 are due, 1 500 is there: 900 · 1500/2100 = 642.857…
        let findings = findings(&example());
        let figure = |municipality: &str, measure: &str| {
            let row = findings.awards.iter().find(|row| {
                row.policy == "today"
                    && row.programme == "maintenance"
                    && row.year == 2022
                    && row.name == municipality
                    && row.measure == measure
            });
            row.and_then(|row| row.summary.mean)
        };
        assert_eq!(figure("Aknīste", "entitlement"), Some(900.0));
        assert_eq!(figure("Aknīste", "award"), Some(642.86));
        assert_eq!(figure("Bauska", "award"), Some(857.14));
        // 100 EUR of cost a month: own share 900 − 642.86.
        assert_eq!(figure("Aknīste", "eligible_cost"), Some(900.0));
        assert!((figure("Aknīste", "own_share").unwrap() - 257.14).abs() < 1e-9);
        assert_eq!(figure("Cēsis", "award"), Some(0.0));
    }

    #[test]
    fn each_policy_programme_municipality_year_and_measure_has_one_row() {
        // 2 policies · (2 programmes + all) · 3 municipalities · 2 years · 4 measures.
        let findings = findings(&example());
        assert_eq!(findings.awards.len(), 2 * 3 * 3 * 2 * 4);
        let all = findings.awards.iter().filter(|row| row.programme == "all").count();
        assert_eq!(all, 2 * 3 * 2 * 4);
    }

    #[test]
    fn a_scenario_without_costs_says_nothing_of_own_shares() {
        let mut scenario = example();
        scenario.costs.clear();
        assert!(findings(&scenario).awards.iter().all(|row| row.measure != "own_share"));
    }
}
