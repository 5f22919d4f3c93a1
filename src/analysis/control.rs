//! Control totals: sums by which a reader recognises the data.

use super::awards::programme_name;
use crate::model::{Appropriation, BoundaryChange, ColumnValues, Scenario};
use serde::Serialize;

/// Beginnings of the names of columns that count people, so that their sum means something.
const COUNTED: [&str; 3] = ["population", "people", "inhabitants"];

/// Sums by which a reader recognises the data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ControlTotals {
    /// How many municipalities.
    pub municipalities: usize,
    /// Changes of boundaries that the tables went through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boundaries: Vec<BoundaryChange>,
    /// How many points.
    pub points: usize,
    /// How many of them are open before the first year or at the information date.
    pub open_already: usize,
    /// How many are planned.
    pub planned: usize,
    /// How many have no date: they never open.
    pub never: usize,
    /// The same by tier.
    pub tiers: Vec<TierCount>,
    /// Sums of columns of the municipalities, in their order.
    pub columns: Vec<ColumnSum>,
    /// What is appropriated, by policy, programme and year.
    pub appropriations: Vec<Appropriated>,
}

/// Points of one tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TierCount {
    /// Name of the tier.
    pub tier: String,
    /// How many points.
    pub points: usize,
    /// How many of them are open already.
    pub open_already: usize,
}

/// The sum of a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ColumnSum {
    /// Name of the column.
    pub column: String,
    /// The year whose values are added, where the table has a row per year.
    pub year: Option<i32>,
    /// The sum.
    pub sum: f64,
}

/// One appropriation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Appropriated {
    /// The policy.
    pub policy: String,
    /// The programme.
    pub programme: String,
    /// The year.
    pub year: i32,
    /// EUR, where it is the same in every draw.
    pub euro: Option<f64>,
    /// As it stands in the scenario; none where the programme is open-ended.
    pub text: Option<String>,
}

impl ControlTotals {
    /// Adds up a scenario. `named` are columns whose sum is asked for besides those that count people.
    pub fn new(scenario: &Scenario, named: &[&str]) -> Self {
        let points = &scenario.points;
        let open = |point: usize| points.opened.get(point).is_some_and(Option::is_some);
        let count = points.table.len();
        let planned = points.planned.iter().filter(|month| month.is_some()).count();
        let open_already = (0..count).filter(|&point| open(point)).count();
        let tiers = scenario.tiers().iter().enumerate().map(|(index, tier)| {
            let of_tier = |point: &usize| points.tier.get(*point) == Some(&(index as u32));
            TierCount {
                tier: tier.name.clone(),
                points: (0..count).filter(of_tier).count(),
                open_already: (0..count).filter(of_tier).filter(|&point| open(point)).count(),
            }
        });
        Self {
            municipalities: scenario.municipalities.table.len(),
            boundaries: scenario.municipalities.changes.clone(),
            points: count,
            open_already,
            planned,
            never: count.saturating_sub(open_already + planned),
            tiers: tiers.collect(),
            columns: columns(scenario, named),
            appropriations: appropriations(scenario),
        }
    }
}

fn columns(scenario: &Scenario, named: &[&str]) -> Vec<ColumnSum> {
    let counted = |name: &str| {
        named.contains(&name) || COUNTED.iter().any(|start| name.to_lowercase().starts_with(start))
    };
    let columns = scenario.municipalities.table.columns.iter();
    columns
        .filter(|column| counted(&column.name))
        .filter_map(|column| {
            let year = match column.values {
                ColumnValues::Texts { .. } => return None,
                ColumnValues::Numbers(_) => None,
                ColumnValues::Yearly { .. } => Some(scenario.years.first),
            };
            let sum = column.in_year(scenario.years.first).iter().sum();
            Some(ColumnSum { column: column.name.clone(), year, sum })
        })
        .collect()
}

fn appropriations(scenario: &Scenario) -> Vec<Appropriated> {
    let mut found = Vec::new();
    for policy in &scenario.policies {
        for (programme, pot) in policy.pots.iter().enumerate() {
            for (index, year) in scenario.years.iter().enumerate() {
                let formula = match &pot.appropriation {
                    Appropriation::OpenEnded => None,
                    Appropriation::Yearly(years) => years.get(index),
                };
                found.push(Appropriated {
                    policy: policy.name.clone(),
                    programme: programme_name(scenario, programme),
                    year,
                    euro: formula.and_then(|formula| scenario.fixed(formula, year)),
                    text: formula.map(|formula| formula.text.clone()),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example};

    #[test]
    fn totals_are_those_counted_by_hand() {
        let totals = ControlTotals::new(&example(), &[]);
        assert_eq!((totals.municipalities, totals.points), (3, 3));
        assert_eq!((totals.open_already, totals.planned, totals.never), (1, 2, 0));
        let county = TierCount { tier: "county".to_owned(), points: 1, open_already: 1 };
        assert_eq!(totals.tiers[1], county);
        // 1 000 + 2 000 + 3 000; the density is no count, its sum would mean nothing.
        let population = ColumnSum { column: "population".to_owned(), year: None, sum: 6_000.0 };
        assert_eq!(totals.columns, [population]);
        let named = ControlTotals::new(&example(), &["density"]).columns;
        assert_eq!(named.len(), 2);
        let first = &totals.appropriations[0];
        assert_eq!((&*first.programme, first.year, first.euro), ("investment", 2022, Some(500.0)));
        assert_eq!(totals.appropriations.len(), 2 * 2 * 2);
    }

    #[test]
    fn an_appropriation_that_follows_levers_and_the_year_has_a_value_before_any_draw() {
        let mut scenario = example();
        let formula = constant_formula(&scenario, "1000 * base_rate + (year - 2022)");
        scenario.policies[0].pots[1].appropriation =
            Appropriation::Yearly(vec![formula.clone(), formula]);
        let totals = ControlTotals::new(&scenario, &[]);
        let found = totals.appropriations.iter().filter(|row| row.policy == "today");
        let found: Vec<_> = found.filter(|row| row.programme == "maintenance").collect();
        assert_eq!((found[0].euro, found[1].euro), (Some(3_000.0), Some(3_001.0)));
        scenario.policies[0].pots[1].appropriation = Appropriation::OpenEnded;
        let open = &ControlTotals::new(&scenario, &[]).appropriations[2];
        assert_eq!((open.euro, &open.text), (None, &None));
    }
}
