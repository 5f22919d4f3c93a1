//! Where values are kept and how a row of them is read.

use super::kernel::View;
use super::program::Rows;
use super::{Extent, Shape};
use crate::numeric::LANES;

/// Where a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Load(usize),
    Slot(usize),
}

/// What an operation works on. A value of one row of a loop is kept as one of the nation: it has no other row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand {
    Constant(f64),
    Stored(Source, Shape),
}

/// The row of each extent at which a loop stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub municipality: usize,
    pub point: usize,
}

/// Stands for no row; beyond every slice.
pub(super) const NOWHERE: u32 = u32::MAX;

impl Rows<'_> {
    pub(super) fn count(&self, extent: Extent) -> usize {
        match extent {
            Extent::Nation => 1,
            Extent::Municipality => self.municipalities,
            Extent::Point => self.points,
        }
    }

    pub(super) fn at(&self, extent: Extent, row: usize) -> At {
        match extent {
            Extent::Nation => At { municipality: 0, point: 0 },
            Extent::Municipality => At { municipality: row, point: 0 },
            Extent::Point => {
                let municipality = self.municipality_of_point.get(row).copied();
                At { municipality: municipality.unwrap_or(NOWHERE) as usize, point: row }
            }
        }
    }
}

impl Shape {
    pub(super) fn width(self) -> usize {
        if self.random { LANES } else { 1 }
    }

    /// How many values it has.
    pub(super) fn length(self, rows: &Rows) -> usize {
        rows.count(self.extent) * self.width()
    }
}

impl At {
    pub(super) fn row(self, extent: Extent) -> usize {
        match extent {
            Extent::Nation => 0,
            Extent::Municipality => self.municipality,
            Extent::Point => self.point,
        }
    }
}

/// Values from outside and slots, to read from.
#[derive(Clone, Copy)]
pub(super) struct Store<'s> {
    pub inputs: &'s [&'s [f64]],
    pub slots: &'s [Vec<f64>],
}

impl<'s> Store<'s> {
    fn slice(self, source: Source) -> &'s [f64] {
        match source {
            Source::Load(load) => self.inputs.get(load).copied().unwrap_or(&[]),
            Source::Slot(slot) => self.slots.get(slot).map_or(&[], Vec::as_slice),
        }
    }

    /// The value of one row: one number, or one a lane.
    pub(super) fn row(self, operand: Operand, at: At) -> View<'s> {
        match operand {
            Operand::Constant(value) => View::One(value),
            Operand::Stored(source, shape) => {
                let (row, slice) = (at.row(shape.extent), self.slice(source));
                if shape.random {
                    let start = row * LANES;
                    slice.get(start..start + LANES).map_or(View::One(f64::NAN), View::Many)
                } else {
                    View::One(slice.get(row).copied().unwrap_or(f64::NAN))
                }
            }
        }
    }

    /// A whole column that does not differ between draws.
    pub(super) fn column(self, operand: Operand, count: usize) -> View<'s> {
        match operand {
            Operand::Stored(source, shape) if shape.extent != Extent::Nation => {
                self.slice(source).get(..count).map_or(View::One(f64::NAN), View::Many)
            }
            single => self.row(single, At { municipality: 0, point: 0 }),
        }
    }
}

/// Copies values, one value to every place.
pub(super) fn copy(view: View, out: &mut [f64]) {
    match view {
        View::One(value) => out.fill(value),
        View::Many(values) => out.iter_mut().zip(values).for_each(|(out, value)| *out = *value),
    }
}
