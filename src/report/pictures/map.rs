//! The map of awards per open point.

use super::figures::column_heads;
use super::outline::Outlines;
use super::texts::{heading, own_pot};
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::award_per_point;
use crate::chart::map::Region;
use crate::chart::{Map, Unit};
use crate::language::Message;
use crate::model::Shape;
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
    let (say, figures) = (|message: Message| run.say(message), run.figures);
    let title = say(Message::new("picture-map-title").year("year", year));
    let subtitle = say(Message::new("picture-map-subtitle").name("unit", currency));
    let note = say(Message::new("picture-map-note"));
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
        heading: heading(run, &title, &subtitle, name, &own_pot(run), &note),
        unit: Unit::Money(currency.clone()),
        regions: shapes.iter().filter_map(region).collect(),
        values,
        hatched: say(Message::new("picture-map-hatched")),
    };
    let mut rows: Vec<(&String, Option<f64>)> = table.names.iter().zip(found).collect();
    let key = |value: Option<f64>| value.unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| key(b.1).total_cmp(&key(a.1)).then_with(|| a.0.cmp(b.0)));
    let with: Vec<_> = rows.iter().filter_map(|(name, value)| Some((name, (*value)?))).collect();
    let ends = match with.as_slice() {
        [(most, high), .., (least, low)] => Message::new("picture-map-ends")
            .money("high", *high, currency)
            .name("most", most)
            .money("low", *low, currency)
            .name("least", least),
        [(only, value)] => {
            Message::new("picture-map-only").money("high", *value, currency).name("most", only)
        }
        [] => return None,
    };
    let without = rows.len() - with.len();
    let alt = Message::new("picture-map-alt")
        .count("areas", rows.len() as f64)
        .name("title", &title)
        .name("policy", name)
        .words("ends", ends)
        .count("without", without as f64);
    let data =
        rows.iter().map(|(name, value)| vec![(*name).clone(), figures.sum(*value)]).collect();
    let columns = [
        Message::new("picture-column-municipality"),
        Message::new("picture-column-per-point").name("unit", currency),
    ];
    let data = DataTable::new(column_heads(figures, &columns), data);
    let stem = format!("map-award-per-point-{}", run.names.policies.get(policy)?);
    Some(run.picture(&chart, &stem, Some(policy), (&title, say(alt)), data))
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
