//! The world in which formulas are read: few different values, so that zeros, ties and faults are frequent.

use super::super::world::World;
use super::super::{Extent, Kind, Shape};
use crate::numeric::LANES;

pub(super) fn world() -> World {
    let nan = f64::NAN;
    let flag = Shape { extent: Extent::Municipality, random: true };
    let flags = (0..5 * LANES).map(|k| f64::from(u8::from(any_value(9, k, 3) > 0.6))).collect();
    World::new(5, &[0, 4, 1, 0, 0, 2, 4, 1, 0])
        .fixed("nation", Extent::Nation, &[2.0])
        .random("nation_drawn", Extent::Nation, |row, lane| any_value(1, row, lane))
        .fixed("own", Extent::Municipality, &[1.0, 2.0, 2.0, 0.0, -1.0])
        .gaps("gaps", &[1.0, nan, -2.0, nan, 0.5])
        .random("own_drawn", Extent::Municipality, |row, lane| any_value(2, row, lane))
        .fixed("point", Extent::Point, &[1.0, 2.0, 2.0, 0.0, -1.0, 3.0, 0.5, 1.0, nan])
        .random("point_drawn", Extent::Point, |row, lane| any_value(3, row, lane))
        .text("region", Extent::Municipality, &["A", "B"], &[1.0, 0.0, 1.0, nan, 0.0])
        .text(
            "tier",
            Extent::Point,
            &["local", "county"],
            &[0.0, 1.0, 0.0, 0.0, 1.0, 0.0, nan, 0.0, 0.0],
        )
        .with("flag", 0, Kind::Truth, flag, flags, &[])
}

/// Few different values, so that zeros, ties and faults are frequent.
fn any_value(name: usize, row: usize, lane: usize) -> f64 {
    let mixed = (name * 7919 + row * 104_729 + lane * 1_299_709 + 12_345) * 2_654_435_761;
    [-2.0, -1.0, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 10.0, 250.0, f64::NAN][(mixed >> 20) % 12]
}
