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
    /// One row of a loop, for each row that is worked on together: read back in that loop alone.
    Row(usize),
}

/// So many rows of a loop are worked on together: what an operation costs beside its numbers is paid
/// once for them, and their rows stay in the nearest cache.
pub(super) const TOGETHER: usize = 4;

/// What an operation works on.
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
    /// Its place among the rows that are worked on together.
    pub together: usize,
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
        let together = row % TOGETHER;
        match extent {
            Extent::Nation => At { municipality: 0, point: 0, together },
            Extent::Municipality => At { municipality: row, point: 0, together },
            Extent::Point => {
                let municipality = self.municipality_of_point.get(row).copied();
                let municipality = municipality.unwrap_or(NOWHERE) as usize;
                At { municipality, point: row, together }
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
    #[inline]
    fn slice(self, source: Source) -> &'s [f64] {
        match source {
            Source::Load(load) => self.inputs.get(load).copied().unwrap_or(&[]),
            Source::Slot(slot) | Source::Row(slot) => {
                self.slots.get(slot).map_or(&[], Vec::as_slice)
            }
        }
    }

    /// The value of one row: one number, or one a lane.
    #[inline]
    pub(super) fn row(self, operand: Operand, at: At) -> View<'s> {
        match operand {
            Operand::Constant(value) => View::One(value),
            Operand::Stored(source, shape) => {
                let slice = self.slice(source);
                let row =
                    if let Source::Row(_) = source { at.together } else { at.row(shape.extent) };
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
            single => self.row(single, At { municipality: 0, point: 0, together: 0 }),
        }
    }
}

/// Copies values, one value to every place.
pub(super) fn copy(view: View, out: &mut [f64]) {
    match view {
        View::One(value) => out.fill(value),
        View::Many(values) => {
            let length = out.len().min(values.len());
            out[..length].copy_from_slice(&values[..length]);
        }
    }
}
