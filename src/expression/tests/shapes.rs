//! In which shape each part of a formula is computed, and how rows and lanes of different shapes meet.

use super::super::program::Step;
use super::super::{Extent, Scratch, Shape};
use super::shapes;
use crate::numeric::LANES;

#[test]
fn a_value_varies_only_with_what_it_is_made_of() {
    let shape = |formula: &str| {
        let shape = shapes().compiled(formula).shape();
        (shape.extent, shape.random)
    };
    assert_eq!(shape("2 * 3"), (Extent::Nation, false));
    assert_eq!(shape("year - 2020"), (Extent::Nation, false));
    assert_eq!(shape("trend ^ (year - 2020)"), (Extent::Nation, true));
    assert_eq!(shape("population * 2"), (Extent::Municipality, false));
    assert_eq!(shape("population * trend"), (Extent::Municipality, true));
    assert_eq!(shape("population * area"), (Extent::Point, false));
    assert_eq!(shape("trend * area"), (Extent::Point, true));
    assert_eq!(shape("sum(population)"), (Extent::Nation, false));
    assert_eq!(shape("sum(need)"), (Extent::Nation, true));
    assert_eq!(shape("point_sum(area)"), (Extent::Municipality, false));
    assert_eq!(shape("rank(trend)"), (Extent::Municipality, true));
    assert_eq!(shape("if(1 < 2, year, overrun)"), (Extent::Nation, false));
}

#[test]
fn what_is_costly_is_worked_out_before_a_choice() {
    // Two powers for the nation; municipalities choose between them, in one operation.
    let formula = "if(population > 1, trend, 2 * trend) ^ (year - 2020)";
    let program = shapes().compiled(formula);
    let rows = program.steps.iter().filter_map(|step| match step {
        Step::Rows { extent, instructions, .. } => Some((*extent, instructions.len())),
        _ => None,
    });
    assert_eq!(rows.collect::<Vec<_>>(), [(Extent::Nation, 3), (Extent::Municipality, 1)]);
    // Lane 2: trend 3; of the first municipality 6 to the 4th is 1296, of the others 81.
    let found = shapes().values_of(formula);
    assert_eq!(
        [2, LANES + 2, 2 * LANES + 2].map(|place| found[place].round()),
        [1296.0, 81.0, 81.0]
    );
}

#[test]
fn each_part_is_computed_in_its_own_shape() {
    let program = shapes().compiled("trend ^ (year - 2020) * population");
    let [
        Step::Column(exponent),
        Step::Rows { extent: first, .. },
        Step::Rows { extent: second, .. },
    ] = &program.steps[..]
    else {
        panic!("{:?}", program.steps)
    };
    assert_eq!(exponent.shape, Shape::CONSTANT);
    assert_eq!((*first, *second), (Extent::Nation, Extent::Municipality));
    // Lane 2: trend 3, to the 4th 81, times 1, 2 and 3.
    let found = shapes().values_of("trend ^ (year - 2020) * population");
    assert_eq!(
        [2, LANES + 2, 2 * LANES + 2].map(|place| found[place].round()),
        [81.0, 162.0, 243.0]
    );
}

#[test]
fn rows_and_lanes_meet() {
    // Row 1, lane 3: municipality 1 is that of point 2.
    let found = shapes().values_of("need * 10 + population");
    assert_eq!(found[LANES + 3], 1032.0);
    let found = shapes().values_of("overrun + need + trend + area");
    assert_eq!(found[2 * LANES + 3], 2003.0 + 103.0 + 4.0 + 3.0);
    let found = shapes().values_of("sum(need) + sum(population)");
    assert_eq!(found[5], 5.0 + 105.0 + 205.0 + 6.0);
    let found = shapes().values_of("point_sum(overrun * trend)");
    assert_eq!(found[3], (3.0 + 1003.0) * 4.0);
    let found = shapes().values_of("rank(need - 300 * (population - 1)) + 0 * trend");
    assert_eq!([found[0], found[LANES], found[2 * LANES]], [1.0, 2.0, 3.0]);
}

#[test]
fn a_result_is_told_to_every_row_and_lane() {
    let world = shapes();
    let mut scratch = Scratch::default();
    let mut into = |formula: &str, extent, rows: usize| {
        let mut out = vec![-1.0; rows * LANES];
        let program = world.compiled(formula);
        program.evaluate_into(extent, &world.rows(), &world, &mut scratch, &mut out);
        out
    };
    assert_eq!(into("7", Extent::Municipality, 3), [7.0; 3 * LANES]);
    let out = into("trend", Extent::Point, 4);
    assert_eq!([out[0], out[3 * LANES + 9]], [1.0, 10.0]);
    let out = into("population + 1", Extent::Point, 4);
    assert_eq!([0, 1, 2, 3].map(|row| out[row * LANES + 7]), [2.0, 2.0, 3.0, 4.0]);
    let out = into("need", Extent::Point, 4);
    assert_eq!([1, 2, 3].map(|row| out[row * LANES + 7]), [7.0, 107.0, 207.0]);
    assert!(into("area", Extent::Municipality, 3).iter().all(|x| x.is_nan()));
}
