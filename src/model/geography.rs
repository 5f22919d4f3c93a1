//! Municipalities and the service points in them.

use super::{Month, Nearest, Table};
use serde::Serialize;

/// The municipalities.
#[derive(Clone, Debug, Default)]
pub struct Municipalities {
    /// Code, name and columns.
    pub table: Table,
    /// Region of each, an index into `regions` (all 0 where the scenario names no region column).
    pub region: Vec<u32>,
    /// Names of the regions, in alphabetical order (empty without a region column).
    pub regions: Vec<String>,
    /// Last year's award before the first simulated year, EUR, where the table has `previous_award`.
    pub previous_award: Option<Vec<f64>>,
    /// Last year's entitlement before the first simulated year, EUR, where the table has `previous_entitlement`.
    pub previous_entitlement: Option<Vec<f64>>,
    /// Boundaries for a map, in order of code, where the scenario names a file of them.
    pub shapes: Option<Vec<Shape>>,
    /// Changes of boundaries that were applied, in their order.
    pub changes: Vec<BoundaryChange>,
}

impl Municipalities {
    /// The file of the table as it was before boundaries changed.
    pub fn origin(&self) -> &str {
        let mut changed = self.changes.iter().map(|change| &*change.table);
        changed.find(|table| !table.is_empty()).unwrap_or(&self.table.file)
    }
}

/// A change of boundaries that was applied to the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BoundaryChange {
    /// What it is called.
    pub title: String,
    /// The day from which on it held, as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The file of its crosswalk.
    pub file: String,
    /// The file of the table of municipalities; empty where it applied to points alone.
    pub table: String,
    /// How many municipalities the table had, and has; nothing where it applied to points alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipalities: Option<(usize, usize)>,
    /// How many of the old ones were divided.
    pub divided: usize,
    /// How many points have another municipality.
    pub moved_points: usize,
    /// Sums of columns, the same before and after.
    pub kept: Vec<KeptSum>,
}

/// A sum that a change of boundaries has kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptSum {
    /// The column.
    pub column: String,
    /// The sum to the last digit, over all years of a yearly table.
    pub sum: String,
}

/// The boundary of a municipality.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Code of the municipality.
    pub code: String,
    /// Its parts.
    pub polygons: Vec<Polygon>,
}

/// An outer ring, then its holes; each ring closed, of (longitude, latitude) in degrees.
pub type Polygon = Vec<Vec<(f64, f64)>>;

/// The service points, planned and open. Each stands for the territorial unit around it: the
/// columns of its row (inhabitants and so on) are the unit's.
#[derive(Clone, Debug, Default)]
pub struct Points {
    /// Code, name and columns.
    pub table: Table,
    /// Index of each point's municipality.
    pub municipality: Vec<u32>,
    /// Index of each point's tier in the network's list.
    pub tier: Vec<u32>,
    /// Month of opening of the points open before the first year.
    pub opened: Vec<Option<Month>>,
    /// Planned opening of the others.
    pub planned: Vec<Option<Month>>,
    /// Where each stands, if the table says so.
    pub position: Option<Vec<Position>>,
    /// Inhabitants of the unit, if the table says so (for access).
    pub people: Option<Vec<f64>>,
    /// Index of the point that takes over what each point's tier cannot serve, where the table says so:
    /// nothing for its municipality's centre.
    pub centre: Vec<Option<u32>>,
    /// Which of them are near to each, once it has been asked.
    pub nearest: Nearest,
}

/// A place on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}
