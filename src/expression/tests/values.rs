//! What operators and functions come to, in the nation, in municipalities and in points.

use super::super::world::World;
use super::super::{Extent, Kind};
use super::{gives, same, world};
use crate::numeric::LANES;

#[test]
fn arithmetic_is_that_of_school() {
    for (formula, value) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 - 2 - 1", 4.0),
        ("24 / 4 / 2", 3.0),
        ("-2 ^ 2", -4.0),
        ("(-2) ^ 2", 4.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("2 ^ -1", 0.5),
        ("--3", 3.0),
        ("1_000 * 1e-3", 1.0),
        ("0 ^ 0", 1.0),
        ("min(3, 1, 2) + max(1, 3, 2)", 4.0),
        ("round(-2.5)", -3.0),
        ("round(1250, -2)", 1300.0),
        ("clamp(5, 1, 3)", 3.0),
    ] {
        gives(formula, &[value]);
        assert_eq!(world().compiled(formula).constant(), Some(value), "{formula}");
    }
}

#[test]
fn conditions_are_one_or_zero() {
    for (formula, value) in [
        ("1 < 2", 1.0),
        ("2 <= 1", 0.0),
        ("2 > 2", 0.0),
        ("2 >= 2", 1.0),
        ("1 == 1 and 1 != 1", 0.0),
        ("1 == 2 or not 1 == 2 and 1 < 2", 1.0),
        ("not (1 < 2 or 2 < 1)", 0.0),
    ] {
        gives(formula, &[value]);
        assert_eq!(world().compiled(formula).kind(), Kind::Truth, "{formula}");
    }
}

#[test]
fn municipalities_are_told_apart() {
    gives("population / open_points", &[1200.0, 2400.0, 7500.0]);
    gives("if(population > 20_000, 1000, 500) * open_points", &[2500.0, 10_000.0, 4000.0]);
    gives("region == 'Latgale'", &[1.0, 0.0, 1.0]);
    gives("\"Latgale\" != region", &[0.0, 1.0, 0.0]);
    // Kurzeme is a region, and no municipality of it is in the table.
    gives("region == 'Kurzeme'", &[0.0, 0.0, 0.0]);
    gives("region != 'Kurzeme'", &[1.0, 1.0, 1.0]);
    gives("lag(cases, 1) - cases", &[-50.0, -100.0, 50.0]);
    // Two years before this one; this one and two before; one year alone.
    gives("lag_mean(cases, 1, 2)", &[400.0, 750.0, 325.0]);
    gives("lag_mean(cases, 0, 2)", &[400.0, 800.0, 300.0]);
    gives("lag_mean(cases, 2, 2)", &[450.0, 700.0, 350.0]);
    gives("given(counted, cases)", &[400.0, 910.0, 240.0]);
    gives("given(counted, 0) > 0", &[0.0, 1.0, 1.0]);
    // Two above 20,000, one below; by region; who has no key has no peers.
    gives("peer_sum(cases, if(population > 20_000, 2, 1))", &[400.0, 1150.0, 1150.0]);
    gives("peer_sum(cases, 1, by: region)", &[650.0, 900.0, 650.0]);
    gives("peer_sum(cases, 1 / (open_points - 5), by: region)", &[f64::NAN, 900.0, 250.0]);
    // Bounds are inclusive below: 24,000 has reached 24_000, and not 24_001.
    gives("bracket(population, [(0, 1), (24_000, 2), (24_001, 3)])", &[1.0, 2.0, 3.0]);
    gives("bracket(population, [(6_001, 1), (24_001, 2)])", &[f64::NAN, 1.0, 2.0]);
    // Between 10,000 and 26,000 from 0 to 8: 24,000 lies at 7/8.
    gives("interpolate(population, [(10_000, 0), (26_000, 8)])", &[0.0, 7.0, 8.0]);
    gives("bracket(open_points, [(0, cases), (5, population)])", &[6000.0, 24_000.0, 250.0]);
}

#[test]
fn sums_run_across_municipalities() {
    gives("sum(population)", &[60_000.0]);
    gives("sum(population, by: region)", &[36_000.0, 24_000.0, 36_000.0]);
    gives("mean(open_points, by: region)", &[4.5, 10.0, 4.5]);
    gives("max_of(open_points, by: region)", &[5.0, 10.0, 5.0]);
    gives("min_of(cases, by: region) + min_of(cases)", &[500.0, 1150.0, 500.0]);
    gives("share(population)", &[0.1, 0.4, 0.5]);
    gives("share(open_points, by: region)", &[5.0 / 9.0, 1.0, 4.0 / 9.0]);
    gives("rank(population)", &[3.0, 2.0, 1.0]);
    gives("rank(population, by: region)", &[2.0, 1.0, 1.0]);
    // Equal ones share the smaller number, and the next place is left out: 5 and 4 points both count as 5.
    gives("rank(max(open_points, 5))", &[2.0, 1.0, 2.0]);
    gives("rank(-max(open_points, 5))", &[1.0, 3.0, 1.0]);
    gives("sum(1)", &[3.0]);
    gives("share(1)", &[1.0 / 3.0]);
    gives("sum(population / sum(population))", &[1.0]);
}

#[test]
fn points_add_up_to_municipalities() {
    gives("point_sum(load)", &[400.0, 50.0, 250.0]);
    gives("point_sum(if(tier == 'local', load, 0))", &[100.0, 50.0, 250.0]);
    gives("point_mean(load)", &[200.0, 50.0, 250.0]);
    gives("point_sum(1)", &[2.0, 1.0, 1.0]);
    gives("sum(point_max(load) - point_min(load))", &[200.0]);
    // The municipality's 400 in the first two rows, then 50 and 250.
    gives("load / point_sum(load)", &[0.25, 0.75, 1.0, 1.0]);
    gives("population * load", &[600_000.0, 1_800_000.0, 1_200_000.0, 7_500_000.0]);
}

#[test]
fn a_municipality_without_points_has_a_sum_but_no_mean() {
    let world = World::new(2, &[1]).fixed("load", Extent::Point, &[7.0]);
    assert_eq!(world.values_of("point_sum(load)"), [0.0, 7.0]);
    for function in ["point_mean", "point_max", "point_min"] {
        let found = world.values_of(&format!("{function}(load)"));
        assert!(same(&found, &[f64::NAN, 7.0]), "{function}: {found:?}");
    }
}

#[test]
fn a_world_without_rows_has_sums_of_nothing() {
    let world = World::new(0, &[]).fixed("load", Extent::Point, &[]).random(
        "need",
        Extent::Municipality,
        |_, _| 1.0,
    );
    assert_eq!(world.values_of("sum(point_sum(load))"), [0.0]);
    assert_eq!(world.values_of("sum(need)"), [0.0; LANES]);
    assert!(world.value("mean(need)").is_nan() && world.value("max_of(need)").is_nan());
    assert!(world.values_of("rank(need)").is_empty());
}
