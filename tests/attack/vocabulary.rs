//! A small world that formulas are evaluated in.

use dotacija::expression::{Extent, Kind, Names, Resolved, Rows, Shape, Values};
use dotacija::numeric::LANES;

const MUNICIPALITY_OF_POINT: [u32; 5] = [0, 2, 1, 0, 2];
/// Few different values, so that zeros, ties and faults are frequent.
const VALUES: [f64; 12] = [-2.0, -1.0, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 10.0, 250.0, f64::NAN];
const TEXTS: [&str; 3] = ["A", "B", "county"];

/// Name, years ago, kind, extent, whether it differs between draws.
const COLUMNS: [(&str, u32, Kind, Extent, bool); 13] = [
    ("year", 0, Kind::Number, Extent::Nation, false),
    ("drawn", 0, Kind::Number, Extent::Nation, true),
    ("own", 0, Kind::Number, Extent::Municipality, false),
    ("load", 0, Kind::Number, Extent::Municipality, true),
    ("load", 1, Kind::Number, Extent::Municipality, true),
    ("own", 2, Kind::Number, Extent::Municipality, false),
    ("point", 0, Kind::Number, Extent::Point, false),
    ("portal", 0, Kind::Number, Extent::Point, true),
    ("flag", 0, Kind::Truth, Extent::Municipality, true),
    ("open", 0, Kind::Truth, Extent::Point, false),
    ("region", 0, Kind::Text, Extent::Municipality, false),
    ("tier", 0, Kind::Text, Extent::Point, false),
    ("platība", 0, Kind::Number, Extent::Nation, false),
];

/// Names and the values behind them.
pub struct World {
    values: Vec<Vec<f64>>,
}

impl World {
    /// Every column filled.
    pub fn new() -> Self {
        let values = COLUMNS.iter().enumerate().map(|(id, (_, _, kind, extent, random))| {
            let rows = Self::count(*extent);
            let count = rows * if *random { LANES } else { 1 };
            (0..count).map(|place| value(id, place, *kind)).collect()
        });
        Self { values: values.collect() }
    }

    /// Three municipalities and five points.
    pub fn rows() -> Rows<'static> {
        let points = MUNICIPALITY_OF_POINT.len();
        Rows { municipalities: 3, points, municipality_of_point: &MUNICIPALITY_OF_POINT }
    }

    /// How many rows an extent has.
    pub fn count(extent: Extent) -> usize {
        match extent {
            Extent::Nation => 1,
            Extent::Municipality => 3,
            Extent::Point => MUNICIPALITY_OF_POINT.len(),
        }
    }

    fn find(name: &str, years: u32) -> Option<Resolved> {
        let id = COLUMNS.iter().position(|column| (column.0, column.1) == (name, years))?;
        let (_, _, kind, extent, random) = COLUMNS[id];
        Some(Resolved { id: id as u32, kind, shape: Shape { extent, random } })
    }
}

/// A number, a truth or the code of a text, as chance would have it.
fn value(id: usize, place: usize, kind: Kind) -> f64 {
    let mixed = ((id * 7919 + place * 104_729 + 12_345) * 2_654_435_761) >> 20;
    match kind {
        Kind::Number => VALUES[mixed % VALUES.len()],
        Kind::Truth => (mixed % 2) as f64,
        Kind::Text => (mixed % TEXTS.len()) as f64,
    }
}

impl Names for World {
    fn resolve(&self, name: &str) -> Option<Resolved> {
        Self::find(name, 0)
    }

    fn resolve_lag(&self, name: &str, years: u32) -> Result<Resolved, String> {
        Self::find(name, years).ok_or_else(|| "it has no value then".to_owned())
    }

    fn text_code(&self, _column: u32, text: &str) -> Result<f64, Vec<String>> {
        let code = TEXTS.iter().position(|known| *known == text);
        code.map(|code| code as f64).ok_or_else(|| TEXTS.map(str::to_owned).to_vec())
    }

    fn known(&self) -> Vec<String> {
        COLUMNS.iter().map(|column| column.0.to_owned()).collect()
    }
}

impl Values for World {
    fn values(&self, id: u32) -> &[f64] {
        &self.values[id as usize]
    }
}
