//! Values that are faulty or missing, and what comes of them in the formulas that use them.

use super::super::Extent;
use super::super::world::World;
use super::{gives, same, shapes};
use crate::numeric::LANES;

#[test]
fn a_fault_stays_where_it_is_and_in_what_uses_it() {
    // Zero in the middle municipality only.
    gives("1 / (open_points - 10)", &[-0.2, f64::NAN, -1.0 / 6.0]);
    gives("max(0, 1 / (open_points - 10))", &[0.0, f64::NAN, 0.0]);
    gives("if(open_points == 10, 7, 1 / (open_points - 10))", &[-0.2, 7.0, -1.0 / 6.0]);
    gives("sum(1 / (open_points - 10))", &[f64::NAN]);
    gives(
        "sum(1 / (open_points - 10), by: region)",
        &[-0.2 + -1.0 / 6.0, f64::NAN, -0.2 + -1.0 / 6.0],
    );
    gives("rank(1 / (open_points - 10))", &[f64::NAN; 3]);
    gives("rank(1 / (open_points - 10), by: region)", &[2.0, f64::NAN, 1.0]);
    gives("1 / (open_points - 10) > 0 or population > 0", &[1.0, f64::NAN, 1.0]);
    gives("clamp(1, open_points, 9)", &[5.0, f64::NAN, 4.0]);
}

#[test]
fn a_missing_text_belongs_to_no_group() {
    let world = World::new(4, &[])
        .text("county", Extent::Municipality, &["A", "B"], &[1.0, f64::NAN, -0.0, 1.0])
        .fixed("x", Extent::Municipality, &[1.0, 2.0, 4.0, 8.0]);
    let nan = f64::NAN;
    for (formula, expected) in [
        ("sum(x, by: county)", [9.0, nan, 4.0, 9.0]),
        ("rank(x, by: county)", [2.0, nan, 1.0, 1.0]),
        ("county == 'B'", [1.0, nan, 0.0, 1.0]),
    ] {
        assert!(same(&world.values_of(formula), &expected), "{formula}");
    }
}

#[test]
fn values_that_are_missing_are_faulty() {
    let mut world = shapes();
    for column in &mut world.columns {
        let half = column.values.len() / 2;
        column.values.truncate(half);
    }
    let found = world.values_of("overrun + area + need + population");
    // Half of every column is left: points 0 and 1, and municipality 0.
    assert!(found[..2 * LANES].iter().all(|x| x.is_finite()));
    assert!(found[2 * LANES..].iter().all(|x| x.is_nan()) && found.len() == 4 * LANES);
    assert!(world.values_of("area * 2").iter().all(|x| x.is_nan()));
    world.municipality_of_point = vec![9, 9];
    assert!(world.values_of("overrun + need").iter().all(|x| x.is_nan()));
    assert_eq!(world.values_of("point_sum(1)"), [0.0; 3]);
}
