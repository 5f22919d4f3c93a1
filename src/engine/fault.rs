//! What a formula did wrong in a draw: recorded, not thrown; the first is reported.

use super::prepared::Prepared;
use crate::expression::Extent;
use crate::model::Formula;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};
use crate::problem::Place;

/// A value that a formula must not give.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The formula.
    pub formula: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// What it gave (NaN where it could not be computed).
    pub value: f64,
    /// Least and greatest value that makes sense.
    pub range: (f64, f64),
    /// Year.
    pub year: i32,
    /// Code and name of the municipality or point, or "the nation".
    pub row: String,
    /// Policy and programme, where the formula belongs to one.
    pub policy: Option<(String, String)>,
}

impl Fault {
    /// What a formula of the world gave for a row.
    pub fn of_world(
        prepared: &Prepared<'_>,
        formula: &Formula,
        year: usize,
        extent: Extent,
        row: usize,
        value: f64,
    ) -> Self {
        Self {
            formula: formula.text.clone(),
            place: formula.place.clone(),
            value,
            range: formula.range,
            year: prepared.years[year],
            row: prepared.row_name(extent, row),
            policy: None,
        }
    }
}

vectorised! {
    /// Whether all values lie in a range, which what is not a number does not.
    pub fn within(values: &Lanes, range: (f64, f64)) -> bool {
        let mut inside = 1;
        for lane in 0..LANES {
            let (above, below) = (values[lane] >= range.0, values[lane] <= range.1);
            inside &= u64::from(above) & u64::from(below);
        }
        inside == 1
    }

    /// Whether all values of all rows lie in a range.
    pub fn all_within(rows: &[Lanes], range: (f64, f64)) -> bool {
        let mut inside = [1; LANES];
        for row in rows {
            for lane in 0..LANES {
                let (above, below) = (row[lane] >= range.0, row[lane] <= range.1);
                inside[lane] &= u64::from(above) & u64::from(below);
            }
        }
        let mut all = 1;
        for lane in 0..LANES {
            all &= inside[lane];
        }
        all == 1
    }
}

/// The first fault of a run: of the smallest draw, and of the first formula in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    first_draw: u64,
    active: usize,
    first: Option<(u64, Fault)>,
}

impl Faults {
    /// A new block of draws begins: `active` lanes from draw `first_draw` on.
    pub fn begin(&mut self, first_draw: u64, active: usize) {
        self.first_draw = first_draw;
        self.active = active;
    }

    /// Records the first lane outside a range, if it comes before what is known.
    pub fn report_lanes(
        &mut self,
        values: &Lanes,
        (least, greatest): (f64, f64),
        fault: impl FnOnce(f64) -> Fault,
    ) {
        let outside =
            values[..self.active].iter().position(|value| !(least..=greatest).contains(value));
        if let Some(lane) = outside {
            self.report(lane, || fault(values[lane]));
        }
    }

    /// Records the first lane whose value is not the one expected, if it comes before what is known.
    pub fn report_differing(
        &mut self,
        values: &Lanes,
        expected: &Lanes,
        fault: impl FnOnce(f64, f64) -> Fault,
    ) {
        let differs = (0..self.active).find(|&lane| values[lane] != expected[lane]);
        if let Some(lane) = differs {
            self.report(lane, || fault(values[lane], expected[lane]));
        }
    }

    fn report(&mut self, lane: usize, fault: impl FnOnce() -> Fault) {
        let draw = self.first_draw + lane as u64;
        if self.first.as_ref().is_none_or(|(known, _)| draw < *known) {
            self.first = Some((draw, fault()));
        }
    }

    /// The first fault with its draw.
    pub fn first(&self) -> Option<&(u64, Fault)> {
        self.first.as_ref()
    }

    /// Takes over another's first fault if it comes before: order does not matter, as each draw
    /// belongs to one block.
    pub fn merge(&mut self, other: Self) {
        if let Some((draw, fault)) = other.first
            && self.first.as_ref().is_none_or(|(known, _)| draw < *known)
        {
            self.first = Some((draw, fault));
        }
    }
}
