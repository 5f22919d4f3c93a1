//! Formulas with answers worked by hand, a subject a file; here are the worlds that they share, and how answers are
//! compared.

mod faults;
mod faulty_values;
mod language;
mod program;
mod shapes;
mod values;

use super::Extent;
use super::world::World;

fn world() -> World {
    World::of_the_examples()
}

fn shapes() -> World {
    World::new(3, &[0, 0, 1, 2])
        .fixed("year", Extent::Nation, &[2024.0])
        .random("trend", Extent::Nation, |_, lane| 1.0 + lane as f64)
        .fixed("population", Extent::Municipality, &[1.0, 2.0, 3.0])
        .random("need", Extent::Municipality, |row, lane| (row * 100 + lane) as f64)
        .fixed("area", Extent::Point, &[1.0, 2.0, 3.0, 4.0])
        .random("overrun", Extent::Point, |row, lane| (row * 1000 + lane) as f64)
}

/// Compares, a fault being equal to a fault.
fn same(found: &[f64], expected: &[f64]) -> bool {
    found.len() == expected.len()
        && found.iter().zip(expected).all(|(a, b)| a == b || (a.is_nan() && b.is_nan()))
}

fn gives(formula: &str, expected: &[f64]) {
    let found = world().values_of(formula);
    assert!(same(&found, expected), "{formula}: {found:?}, not {expected:?}");
}
