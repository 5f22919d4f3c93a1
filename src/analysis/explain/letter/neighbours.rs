//! Municipalities of like size, to compare oneself with.

use super::seen::Seen;
use super::{Letter, money};
use crate::engine::Prepared;
use crate::model::Scenario;

/// A municipality in the table of those of like size; the sums are of all programmes under now's policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Its name.
    pub name: String,
    /// Whether it is the one that the letter is to.
    pub is_own: bool,
    /// How many people live there.
    pub inhabitants: f64,
    /// Points open over the year.
    pub open_points: f64,
    /// What is due.
    pub entitlement: f64,
    /// What is granted.
    pub award: f64,
    /// What every purpose that some programme is for costs.
    pub cost: f64,
}

/// Among whom those of like size were looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// The tier of its centre, where that was the same.
    pub tier: Option<String>,
    /// The region, where that was the same.
    pub region: Option<String>,
}

/// How many neighbours a letter has.
pub const NEIGHBOURS: usize = 5;

/// The people of a municipality: its column `population` in a year, or those of its points.
pub fn inhabitants(scenario: &Scenario, row: usize, year: i32) -> Option<f64> {
    if let Some(column) = scenario.municipalities.table.column("population") {
        let count = *column.in_year(year).get(row)?;
        return (column.text(row).is_none() && count.is_finite()).then_some(count);
    }
    let points = &scenario.points;
    let people = points.people.as_ref()?;
    let own = points.municipality.iter().zip(people).filter(|(of, _)| **of as usize == row);
    Some(own.map(|(_, people)| people).sum())
}

/// The rows nearest in inhabitants, the municipality itself among them, the largest first; of the same tier
/// and region, else of the same tier, else of all, as soon as there are enough of them.
pub fn alike(prepared: &Prepared<'_>, own: usize, year: i32) -> (Vec<(usize, f64)>, Likeness) {
    let scenario = prepared.scenario;
    let Some(size) = inhabitants(scenario, own, year) else { return Default::default() };
    let tier = |row: usize| {
        let centre = (*prepared.centres.of_municipality.get(row)?)?;
        scenario.points.tier.get(centre as usize).copied()
    };
    let region = |row: usize| {
        let known = !scenario.municipalities.regions.is_empty();
        scenario.municipalities.region.get(row).copied().filter(|_| known)
    };
    let sized = |row: usize| inhabitants(scenario, row, year).map(|people| (row, people));
    let rows = || (0..scenario.municipalities.table.len()).filter(|row| *row != own);
    let of_tier = |row: &usize| tier(*row).is_some() && tier(*row) == tier(own);
    let of_region = |row: &usize| region(*row).is_some() && region(*row) == region(own);
    let both: Vec<_> = rows().filter(of_tier).filter(of_region).filter_map(sized).collect();
    let same_tier: Vec<_> = rows().filter(of_tier).filter_map(sized).collect();
    let name = tier(own).and_then(|tier| Some(scenario.tiers().get(tier as usize)?.name.clone()));
    let (mut found, likeness) = if both.len() >= NEIGHBOURS {
        let regions = &scenario.municipalities.regions;
        let region = region(own).and_then(|region| regions.get(region as usize).cloned());
        (both, Likeness { tier: name, region })
    } else if same_tier.len() >= NEIGHBOURS {
        (same_tier, Likeness { tier: name, region: None })
    } else {
        (rows().filter_map(sized).collect(), Likeness::default())
    };
    found.sort_by(|a, b| {
        let far = |people: f64| (people - size).abs();
        far(a.1).total_cmp(&far(b.1)).then(a.0.cmp(&b.0))
    });
    found.truncate(NEIGHBOURS);
    if !found.is_empty() {
        found.push((own, size));
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    (found, likeness)
}

/// Puts those of like size into a letter.
pub fn add(
    letter: &mut Letter,
    prepared: &Prepared<'_>,
    seen: &Seen,
    (policy, own): (usize, usize),
) {
    let scenario = prepared.scenario;
    let at = (letter.year - scenario.years.first).max(0) as usize;
    let (rows, likeness) = alike(prepared, own, letter.year);
    letter.inhabitants = inhabitants(scenario, own, letter.year).filter(|people| *people > 0.0);
    letter.likeness = likeness;
    let neighbour = |(row, people): (usize, f64)| {
        let (due, paid) = seen.all(policy, at, row);
        Neighbour {
            name: scenario.municipalities.table.names.get(row).cloned().unwrap_or_default(),
            is_own: row == own,
            inhabitants: people,
            open_points: seen.open_points(policy, at, row),
            entitlement: money(due),
            award: money(paid),
            cost: seen.eligible(policy, at, row),
        }
    };
    letter.neighbours = rows.into_iter().map(neighbour).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn the_nearest_in_size_come_first_in_line_and_stand_by_size() {
        // Nine municipalities of 1 000 to 9 000 people without points or regions.
        let mut scenario = example();
        let table = &mut scenario.municipalities.table;
        let count = table.len();
        let people = |row: usize| 1_000.0 * (row + 1) as f64;
        table.columns.retain(|column| column.name != "population");
        table.columns.push(crate::model::Column {
            name: "population".to_owned(),
            values: crate::model::ColumnValues::Numbers((0..count).map(people).collect()),
            gaps: false,
        });
        let prepared = Prepared::new(&scenario);
        let (rows, _) = alike(&prepared, 0, scenario.years.first);
        // All others, as there are not more than five; the largest first, oneself among them.
        assert_eq!(rows.len(), count.min(NEIGHBOURS + 1));
        assert!(rows.windows(2).all(|pair| pair[0].1 > pair[1].1));
        assert_eq!(rows.last().map(|row| row.0), Some(0));
    }
}
