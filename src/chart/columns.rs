//! Columns side by side with a name under each; used by the charts of years.

use super::canvas::{Align, Area, Canvas};
use super::style::TICK;
use super::{axis, wrap};

/// The most columns that are shown: the last of them.
const MOST: usize = 60;

/// The place of a column.
pub(super) struct Slot {
    /// Its middle.
    pub middle: f64,
    /// Half of the width of its bar.
    pub half: f64,
    /// Its width with the space beside it.
    pub width: f64,
}

impl Slot {
    /// The bar between two heights, at least a line high.
    pub fn bar(&self, from: f64, to: f64) -> Area {
        let (top, bottom) = (from.min(to), from.max(to).max(from.min(to) + 1.0));
        Area { left: self.middle - self.half, right: self.middle + self.half, top, bottom }
    }
}

/// The last columns with a finite value.
pub(super) fn shown<T>(all: &[T], value: impl Fn(&T) -> f64) -> Vec<&T> {
    let finite: Vec<&T> = all.iter().filter(|column| value(column).is_finite()).collect();
    finite[finite.len().saturating_sub(MOST)..].to_vec()
}

/// Divides a plot into columns and sets their names below it; names that would touch are left out.
pub(super) fn across(canvas: &mut Canvas, plot: Area, names: &[&str]) -> Vec<Slot> {
    let width = plot.width() / names.len().max(1) as f64;
    let slot = |column: usize| Slot {
        middle: plot.left + (column as f64 + 0.5) * width,
        half: (width * 0.3).min(48.0),
        width,
    };
    let slots: Vec<Slot> = (0..names.len()).map(slot).collect();
    let fitted: Vec<String> =
        names.iter().map(|name| wrap::fit(name, TICK, width.max(60.0) - 6.0)).collect();
    let every = axis::spread(&fitted, width);
    for (column, (slot, name)) in slots.iter().zip(&fitted).enumerate() {
        let at = (slot.middle, plot.bottom + 15.0);
        let room = Area { bottom: plot.bottom + 40.0, left: 0.0, ..plot };
        let room = Area { right: super::canvas::WIDTH, ..room };
        if column % every == 0 && canvas.has_room(at, Align::Centre, TICK, name, room) {
            canvas.text_at_height(at, Align::Centre, TICK, name);
        }
    }
    slots
}
