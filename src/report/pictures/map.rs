//! The map of awards per open point.

use super::texts::heading;
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::award_per_point;
use crate::chart::map::Region;
use crate::chart::{Map, Unit};
use crate::model::Shape;
use crate::report::wording::{NONE, money, number};
use std::collections::BTreeMap;

/// Steps of a picture across and down: positions closer than that fall together.
const STEPS: f64 = 1_200.0;

/// The map of the last year; none without boundaries or points.
pub fn picture(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let table = &scenario.municipalities.table;
    let shapes = scenario.municipalities.shapes.as_ref()?;
    let (index, year) = run.last_year()?;
    let found = award_per_point(scenario, run.tally, policy, index);
    let values: BTreeMap<String, f64> =
        table.codes.iter().zip(&found).filter_map(|(code, value)| Some((code.clone(), (*value)?))).collect();
    if values.is_empty() {
        return None;
    }
    let currency = &run.findings.about.currency;
    let title = format!("What an open point is granted in {year}");
    let subtitle = format!(
        "{currency} per point open for the whole year: mean award of all programmes over mean points open"
    );
    let note = "Hatched: no point open in any draw.";
    let grid = Grid::new(shapes)?;
    let region = |shape: &Shape| {
        let name = table.names.get(table.row(&shape.code)?)?;
        Some(Region {
            code: shape.code.clone(),
            name: name.clone(),
            short: short(name),
            polygons: shape.polygons.iter().map(|rings| grid.polygon(rings)).collect(),
        })
    };
    let chart = Map {
        heading: heading(run, &title, &subtitle, name, "the policy's own", note),
        unit: Unit::Money(currency.clone()),
        regions: shapes.iter().filter_map(region).collect(),
        values,
    };
    let mut rows: Vec<(&String, Option<f64>)> = table.names.iter().zip(found).collect();
    let key = |value: Option<f64>| value.unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| key(b.1).total_cmp(&key(a.1)).then_with(|| a.0.cmp(b.0)));
    let with: Vec<_> = rows.iter().filter_map(|(name, value)| Some((name, (*value)?))).collect();
    let ends = match with.as_slice() {
        [(most, high), .., (least, low)] => {
            format!("From {} in {most} down to {} in {least}", money(*high, currency), money(*low, currency))
        }
        [(only, value)] => format!("{} in {only}", money(*value, currency)),
        [] => return None,
    };
    let without = rows.len() - with.len();
    let alt = format!("Map of {} areas. {title}, policy {name}. {ends}; {without} without points.", rows.len());
    let data = rows
        .iter()
        .map(|(name, value)| {
            vec![(*name).clone(), value.map_or_else(|| NONE.to_owned(), |value| number(value, 0))]
        })
        .collect();
    let data = DataTable::new(&["Municipality", &format!("{currency} per open point")], data);
    let stem = format!("map-award-per-point-{}", run.names.policies.get(policy)?);
    Some(run.picture(&chart, &stem, Some(policy), (&title, alt), data))
}

/// The first word of a name of several.
fn short(name: &str) -> String {
    name.split_once(' ').map_or_else(String::new, |(first, _)| first.to_owned())
}

/// A grid finer than a picture shows. Neighbours' common corners fall on the same place of it, so
/// no gaps open between them.
struct Grid {
    west: f64,
    south: f64,
    across: f64,
    up: f64,
}

impl Grid {
    fn new(shapes: &[Shape]) -> Option<Self> {
        let spots = || shapes.iter().flat_map(|shape| &shape.polygons).flatten().flatten();
        let (mut west, mut east, mut south, mut north) =
            (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
        for (x, y) in spots() {
            (west, east, south, north) = (west.min(*x), east.max(*x), south.min(*y), north.max(*y));
        }
        (east > west && north > south).then(|| Self {
            west,
            south,
            across: (east - west) / STEPS,
            up: (north - south) / STEPS,
        })
    }

    /// The rings on the grid, without repeated positions and without holes that shrink to
    /// nothing; empty where the outer ring does.
    fn polygon(&self, rings: &[Vec<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
        let snapped = rings.iter().map(|ring| {
            let mut ring: Vec<(f64, f64)> = ring.iter().map(|spot| self.snapped(*spot)).collect();
            ring.dedup();
            ring
        });
        let mut rings: Vec<Vec<(f64, f64)>> = snapped.collect();
        if rings.first().is_none_or(|outer| outer.len() <= 3) {
            return Vec::new();
        }
        rings.retain(|ring| ring.len() > 3);
        rings
    }

    fn snapped(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let on = |value: f64, origin: f64, step: f64| origin + ((value - origin) / step).round() * step;
        (on(x, self.west, self.across), on(y, self.south, self.up))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_corners_stay_common_and_close_ones_fall_together() {
        // A grid of 1/1200 of 12 by 6 degrees: steps of 0.01 and 0.005.
        let corner = |x: f64, y: f64| Shape {
            code: String::new(),
            polygons: vec![vec![vec![(x, y), (x + 0.004, y), (x, y)]]],
        };
        let grid = Grid::new(&[corner(0.0, 0.0), corner(11.996, 6.0)]).unwrap();
        assert_eq!(grid.snapped((3.004, 2.0)), grid.snapped((2.996, 1.998)));
        let ring = vec![(1.0, 1.0), (1.002, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)];
        let found = grid.polygon(&[ring, vec![(3.0, 3.0), (3.001, 3.0), (3.0, 3.001), (3.0, 3.0)]]);
        assert_eq!(found.len(), 1, "the hole is smaller than a step");
        assert_eq!(found[0].len(), 4);
        let small = vec![(3.0, 3.0), (3.001, 3.0), (3.0, 3.001), (3.0, 3.0)];
        assert!(grid.polygon(&[small, found[0].clone()]).is_empty(), "a hole is no area");
        assert!(Grid::new(&[]).is_none());
    }

    #[test]
    fn the_short_name_is_the_first_word() {
        assert_eq!((short("Cēsu novads"), short("Rīga")), ("Cēsu".to_owned(), String::new()));
    }
}
