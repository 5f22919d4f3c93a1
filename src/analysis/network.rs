//! Points, load and staff of each municipality.

use super::awards::policy_names;
use super::{Name, Range, grid};
use crate::engine::{Tally, UNITS};
use crate::model::Scenario;
use serde::Serialize;

/// One row of `network.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NetworkRow {
    /// The policy, at its own pots.
    pub policy: Name,
    /// Code of the municipality.
    pub municipality: Name,
    /// Its name.
    pub name: Name,
    /// The year.
    pub year: i32,
    /// Points open (months / 12), in the order of the tiers.
    pub open_points: Vec<TierRange>,
    /// Registered cases served.
    pub load: Range,
    /// Cases lost to distance or to the limits of a tier.
    pub unmet_need: Range,
    /// Full-time equivalents.
    pub staff: Range,
}

/// A figure of one tier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TierRange {
    /// Name of the tier.
    pub tier: Name,
    /// The figure.
    pub range: Range,
}

/// Rows by policy, municipality and year; none without points.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<NetworkRow> {
    if scenario.points.table.is_empty() {
        return Vec::new();
    }
    let table = &scenario.municipalities.table;
    let (codes, names) = (Name::all(&table.codes), Name::all(&table.names));
    let tiers = Name::all(scenario.tiers().iter().map(|tier| &tier.name));
    let policies = policy_names(scenario);
    let years: Vec<i32> = scenario.years.iter().collect();
    let shape = [policies.len(), codes.len(), years.len()];
    grid::rows_of(shape, |[policy, municipality, year]| {
        let range = |column: usize| {
            Range::of(tally.network.get(&[policy, year, municipality, column]), UNITS)
        };
        let open_points = tiers.iter().enumerate();
        NetworkRow {
            policy: policies[policy].clone(),
            municipality: codes[municipality].clone(),
            name: names[municipality].clone(),
            year: years[year],
            open_points: open_points
                .map(|(index, tier)| TierRange { tier: tier.clone(), range: range(index) })
                .collect(),
            load: range(tiers.len()),
            unmet_need: range(tiers.len() + 1),
            staff: range(tiers.len() + 2),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::analysis::example::{example, findings};

    #[test]
    fn points_stand_in_the_column_of_their_tier() {
        // Bauska: a county point open all along, a local one from July 2023.
        let findings = findings(&example());
        let row =
            findings.network.iter().find(|row| row.name == "Bauska" && row.year == 2023).unwrap();
        let of = |index: usize| {
            (row.open_points[index].tier.as_str(), row.open_points[index].range.mean)
        };
        assert_eq!(of(0), ("local", Some(0.5)));
        assert_eq!(of(1), ("county", Some(1.0)));
        assert_eq!(row.load.mean, Some(0.0));
    }
}
