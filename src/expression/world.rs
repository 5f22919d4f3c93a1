//! Small worlds to test formulas in.

use super::{Extent, Fault, Kind, Names, Program, Resolved, Rows, Scratch, Shape, Values, compile};
use crate::numeric::LANES;

pub(super) struct Column {
    pub name: &'static str,
    /// 0 this year, 1 a year ago, …
    pub years: u32,
    pub kind: Kind,
    pub shape: Shape,
    pub values: Vec<f64>,
    pub texts: Vec<&'static str>,
    pub gaps: bool,
}

/// A column's place is its id.
pub(super) struct World {
    pub municipalities: usize,
    pub municipality_of_point: Vec<u32>,
    pub columns: Vec<Column>,
}

impl World {
    pub(super) fn new(municipalities: usize, municipality_of_point: &[u32]) -> Self {
        let municipality_of_point = municipality_of_point.to_vec();
        Self { municipalities, municipality_of_point, columns: Vec::new() }
    }

    /// A number that is the same in every draw.
    pub(super) fn fixed(self, name: &'static str, extent: Extent, values: &[f64]) -> Self {
        self.with(name, 0, Kind::Number, Shape { extent, random: false }, values.to_vec(), &[])
    }

    /// A number by (row, lane).
    pub(super) fn random(
        self,
        name: &'static str,
        extent: Extent,
        value: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let count = self.rows().count(extent);
        let values = (0..count * LANES).map(|place| value(place / LANES, place % LANES)).collect();
        self.with(name, 0, Kind::Number, Shape { extent, random: true }, values, &[])
    }

    pub(super) fn text(
        self,
        name: &'static str,
        extent: Extent,
        texts: &[&'static str],
        codes: &[f64],
    ) -> Self {
        self.with(name, 0, Kind::Text, Shape { extent, random: false }, codes.to_vec(), texts)
    }

    pub(super) fn with(
        mut self,
        name: &'static str,
        years: u32,
        kind: Kind,
        shape: Shape,
        values: Vec<f64>,
        texts: &[&'static str],
    ) -> Self {
        self.columns.push(Column {
            name,
            years,
            kind,
            shape,
            values,
            texts: texts.to_vec(),
            gaps: false,
        });
        self
    }

    /// A column of which cells may be empty.
    pub(super) fn gaps(self, name: &'static str, values: &[f64]) -> Self {
        let mut world = self.fixed(name, Extent::Municipality, values);
        if let Some(column) = world.columns.last_mut() {
            column.gaps = true;
        }
        world
    }

    /// The one that the list of functions describes.
    pub(super) fn of_the_examples() -> Self {
        let municipality = Shape { extent: Extent::Municipality, random: false };
        Self::new(3, &[0, 0, 1, 2])
            .fixed("year", Extent::Nation, &[2024.0])
            .fixed("population", Extent::Municipality, &[6_000.0, 24_000.0, 30_000.0])
            .text("region", Extent::Municipality, &["Latgale", "Zemgale"], &[0.0, 1.0, 0.0])
            .fixed("open_points", Extent::Municipality, &[5.0, 10.0, 4.0])
            .fixed("cases", Extent::Municipality, &[400.0, 900.0, 250.0])
            .with("cases", 1, Kind::Number, municipality, vec![350.0, 800.0, 300.0], &[])
            .with("cases", 2, Kind::Number, municipality, vec![450.0, 700.0, 350.0], &[])
            .gaps("counted", &[f64::NAN, 910.0, 240.0])
            .fixed("load", Extent::Point, &[100.0, 300.0, 50.0, 250.0])
            .text("tier", Extent::Point, &["local", "county"], &[0.0, 1.0, 0.0, 0.0])
    }

    pub(super) fn rows(&self) -> Rows<'_> {
        Rows {
            municipalities: self.municipalities,
            points: self.municipality_of_point.len(),
            municipality_of_point: &self.municipality_of_point,
        }
    }

    pub(super) fn compiled(&self, formula: &str) -> Program {
        compile(formula, self).unwrap_or_else(|faults| panic!("{formula}: {faults:?}"))
    }

    pub(super) fn faults(&self, formula: &str) -> Vec<Fault> {
        match compile(formula, self) {
            Ok(_) => panic!("{formula} compiles"),
            Err(faults) => faults,
        }
    }

    /// The values in the formula's own shape.
    pub(super) fn values_of(&self, formula: &str) -> Vec<f64> {
        self.compiled(formula).evaluate(&self.rows(), self, &mut Scratch::default()).to_vec()
    }

    /// The first value.
    pub(super) fn value(&self, formula: &str) -> f64 {
        self.values_of(formula)[0]
    }

    fn find(&self, name: &str, years: u32) -> Option<Resolved> {
        let id = self.columns.iter().position(|c| c.name == name && c.years == years)?;
        let column = &self.columns[id];
        Some(Resolved { id: id as u32, kind: column.kind, shape: column.shape })
    }
}

impl Names for World {
    fn resolve(&self, name: &str) -> Option<Resolved> {
        self.find(name, 0)
    }

    fn resolve_lag(&self, name: &str, years: u32) -> Result<Resolved, String> {
        self.find(name, years).ok_or_else(|| format!("`{name}` has no value {years} years ago"))
    }

    fn text_code(&self, column: u32, text: &str) -> Result<f64, Vec<String>> {
        let texts = &self.columns[column as usize].texts;
        let code = texts.iter().position(|known| *known == text);
        code.map(|code| code as f64).ok_or_else(|| texts.iter().map(ToString::to_string).collect())
    }

    fn has_gaps(&self, id: u32) -> bool {
        self.columns[id as usize].gaps
    }

    fn known(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.to_string()).collect()
    }
}

impl Values for World {
    fn values(&self, id: u32) -> &[f64] {
        &self.columns[id as usize].values
    }
}
