//! Whom a difference is told for: the nation, regions, tiers, sizes, columns, each municipality.

use super::pair::Together;
use crate::engine::Prepared;
use crate::model::Scenario;
use std::collections::BTreeMap;

/// Some municipalities together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// `nation`, `region`, `tier`, `size`, the name of a column, or `municipality`.
    pub kind: String,
    /// Which: code of a municipality, name of a region …
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// Positions among the municipalities of the pair.
    pub members: Vec<usize>,
}

/// The names of the sizes, from the smallest third.
const SIZES: [&str; 3] = ["smallest third", "middle third", "largest third"];

/// Every group of a pair, the nation first and single municipalities last. What a municipality is comes
/// from the baseline, or from the other scenario where only that has it.
pub fn groups(
    sides: [&Prepared<'_>; 2],
    municipalities: &Together<String>,
    by: &[String],
) -> Vec<Group> {
    let group = |kind: &str, code: &str, members: Vec<usize>| Group {
        kind: kind.to_owned(),
        code: code.to_owned(),
        name: code.to_owned(),
        members,
    };
    let mut found = vec![group("nation", "nation", (0..municipalities.len()).collect())];
    let place = |index: usize| -> Option<(&Prepared<'_>, usize)> {
        let (_, before, after) = municipalities.get(index)?;
        let first = before.map(|row| (sides[0], row));
        first.or_else(|| after.map(|row| (sides[1], row)))
    };
    let mut split = |kind: &str, of: &dyn Fn(&Prepared<'_>, usize) -> Option<String>| {
        let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for index in 0..municipalities.len() {
            if let Some(name) = place(index).and_then(|(prepared, row)| of(prepared, row)) {
                parts.entry(name).or_default().push(index);
            }
        }
        found.extend(parts.into_iter().map(|(name, members)| group(kind, &name, members)));
    };
    split("region", &|prepared, row| {
        let municipalities = &prepared.scenario.municipalities;
        municipalities.regions.get(*municipalities.region.get(row)? as usize).cloned()
    });
    split("tier", &|prepared, row| {
        let centre = (*prepared.centres.of_municipality.get(row)?)?;
        let tier = *prepared.scenario.points.tier.get(centre as usize)?;
        Some(prepared.scenario.tiers().get(tier as usize)?.name.clone())
    });
    for column in by {
        split(column, &|prepared, row| {
            let table = &prepared.scenario.municipalities.table;
            table.column(column)?.text(row).map(str::to_owned)
        });
    }
    let people = |index: usize| place(index).and_then(|(side, row)| people(side.scenario, row));
    let mut ranked: Vec<(f64, usize)> =
        (0..municipalities.len()).filter_map(|index| Some((people(index)?, index))).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    if ranked.len() >= SIZES.len() && ranked.len() == municipalities.len() {
        for (third, name) in SIZES.iter().enumerate() {
            let (from, to) = (third * ranked.len() / 3, (third + 1) * ranked.len() / 3);
            let mut members: Vec<usize> =
                ranked[from..to].iter().map(|(_, index)| *index).collect();
            members.sort_unstable();
            found.push(group("size", name, members));
        }
    }
    for (index, (code, ..)) in municipalities.iter().enumerate() {
        let name = place(index).map(|(side, row)| {
            side.scenario.municipalities.table.names.get(row).cloned().unwrap_or_default()
        });
        let alone = group("municipality", code, vec![index]);
        found.push(Group { name: name.unwrap_or_default(), ..alone });
    }
    found
}

/// The inhabitants of a municipality: its column `population` in the first year, or the people of its
/// points.
fn people(scenario: &Scenario, row: usize) -> Option<f64> {
    if let Some(column) = scenario.municipalities.table.column("population") {
        let count = *column.in_year(scenario.years.first).get(row)?;
        return (column.text(row).is_none() && count.is_finite()).then_some(count);
    }
    let points = &scenario.points;
    let people = points.people.as_ref()?;
    let own = points.municipality.iter().zip(people).filter(|(of, _)| **of as usize == row);
    Some(own.map(|(_, people)| people).sum())
}
