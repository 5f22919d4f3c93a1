//! The map of awards per open point.

use super::outline::Outlines;
use super::texts::heading;
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::award_per_point;
use crate::chart::map::Region;
use crate::chart::{Map, Unit};
use crate::model::Shape;
use crate::report::wording::{NONE, money, number};
use std::collections::BTreeMap;

/// The map of the last year; none without boundaries or points.
pub fn picture(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let table = &scenario.municipalities.table;
    let shapes = scenario.municipalities.shapes.as_ref()?;
    let (index, year) = run.last_year()?;
    let found = award_per_point(scenario, run.tally, policy, index);
    let values: BTreeMap<String, f64> = table
        .codes
        .iter()
        .zip(&found)
        .filter_map(|(code, value)| Some((code.clone(), (*value)?)))
        .collect();
    if values.is_empty() {
        return None;
    }
    let currency = &run.findings.about.currency;
    let title = format!("What an open point is granted in {year}");
    let subtitle = format!(
        "{currency} per point open for the whole year: mean award of all programmes over mean points open"
    );
    let note = "Hatched: points rarely open (on average less than 5 % of the time) or never.";
    let outlines = Outlines::new(shapes)?;
    let region = |shape: &Shape| {
        let name = table.names.get(table.row(&shape.code)?)?;
        Some(Region {
            code: shape.code.clone(),
            name: name.clone(),
            short: short(name),
            polygons: shape.polygons.iter().map(|rings| outlines.polygon(rings)).collect(),
        })
    };
    let chart = Map {
        heading: heading(run, &title, &subtitle, name, "the policy's own", note),
        unit: Unit::Money(currency.clone()),
        regions: shapes.iter().filter_map(region).collect(),
        values,
        hatched: "rarely or never".to_owned(),
    };
    let mut rows: Vec<(&String, Option<f64>)> = table.names.iter().zip(found).collect();
    let key = |value: Option<f64>| value.unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| key(b.1).total_cmp(&key(a.1)).then_with(|| a.0.cmp(b.0)));
    let with: Vec<_> = rows.iter().filter_map(|(name, value)| Some((name, (*value)?))).collect();
    let ends = match with.as_slice() {
        [(most, high), .., (least, low)] => {
            format!(
                "From {} in {most} down to {} in {least}",
                money(*high, currency),
                money(*low, currency)
            )
        }
        [(only, value)] => format!("{} in {only}", money(*value, currency)),
        [] => return None,
    };
    let without = rows.len() - with.len();
    let alt = format!(
        "Map of {} areas. {title}, policy {name}. {ends}; {without} with points rarely or never open.",
        rows.len()
    );
    let data = rows
        .iter()
        .map(|(name, value)| {
            vec![(*name).clone(), value.map_or_else(|| NONE.to_owned(), |value| number(value, 0))]
        })
        .collect();
    let data = DataTable::new(&["Municipality", &format!("{currency} per open point")], data);
    let stem = format!("map-award-per-point-{}", run.names.policies.get(policy)?);
    Some(PictureFile::new(&chart, &stem, Some(policy), (&title, alt), data))
}

/// The first word of a name of several.
fn short(name: &str) -> String {
    name.split_once(' ').map_or_else(String::new, |(first, _)| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_name_is_the_first_word() {
        assert_eq!((short("Cēsu novads"), short("Rīga")), ("Cēsu".to_owned(), String::new()));
    }
}
