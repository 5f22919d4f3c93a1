//! Formulas with answers worked by hand.

use super::program::Step;
use super::world::World;
use super::{Extent, Kind, Program, Scratch, Shape, compile, functions};
use crate::numeric::LANES;

fn world() -> World {
    World::of_the_examples()
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

fn shapes() -> World {
    World::new(3, &[0, 0, 1, 2])
        .fixed("year", Extent::Nation, &[2024.0])
        .random("trend", Extent::Nation, |_, lane| 1.0 + lane as f64)
        .fixed("population", Extent::Municipality, &[1.0, 2.0, 3.0])
        .random("need", Extent::Municipality, |row, lane| (row * 100 + lane) as f64)
        .fixed("area", Extent::Point, &[1.0, 2.0, 3.0, 4.0])
        .random("overrun", Extent::Point, |row, lane| (row * 1000 + lane) as f64)
}

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

fn slots(program: &Program) -> usize {
    program.slots.len()
}

#[test]
fn room_is_used_again() {
    // However long the sum, a row of it needs one place to read and one to write.
    let terms: Vec<String> = (0..200).map(|k| format!("need * {k}.5")).collect();
    assert!(slots(&shapes().compiled(&terms.join(" + "))) <= 4);
    let columns: Vec<String> = (0..200).map(|k| format!("area ^ {k}")).collect();
    assert!(slots(&shapes().compiled(&columns.join(" + "))) <= 4);
    let sums: Vec<String> = (0..50).map(|k| format!("sum(need * {k})")).collect();
    let nested = sums.iter().fold("need".to_string(), |inner, _| format!("share({inner} + 1)"));
    assert!(slots(&shapes().compiled(&nested)) <= 6);
}

#[test]
fn scratch_serves_formulas_of_any_shape_in_any_order() {
    let world = shapes();
    let mut scratch = Scratch::default();
    let formulas =
        ["sum(need * 2)", "overrun * need + 1", "area + 1", "trend + 1", "rank(need)", "3"];
    for formula in formulas.iter().chain(formulas.iter().rev()) {
        let found = world.compiled(formula).evaluate(&world.rows(), &world, &mut scratch).to_vec();
        assert!(same(&found, &world.values_of(formula)), "{formula}");
    }
}

#[test]
fn only_what_is_read_is_listed() {
    let ids = |formula: &str| shapes().compiled(formula).ids().collect::<Vec<u32>>();
    assert_eq!(ids("need + population + need"), [3, 2]);
    assert_eq!(ids("if(1 > 2, need, trend)"), [1]);
    let by = world().compiled("sum(population, by: region)").ids().collect::<Vec<u32>>();
    assert_eq!(by, [1, 2]);
}

/// The faults of a formula as `text: message; help`.
fn told(formula: &str) -> Vec<String> {
    let tell = |fault: super::Fault| {
        let at = formula.get(fault.range.clone()).unwrap_or("?");
        let help = fault.help.map(|help| format!("; {help}")).unwrap_or_default();
        format!("{at}: {}{help}", fault.message)
    };
    world().faults(formula).into_iter().map(tell).collect()
}

/// Wrong formulas, with what is told of them.
const WRONG: &[(&str, &str)] = &[
    ("popluation", "popluation: `popluation` is not known here; did you mean `population`?"),
    ("round", "round: `round` is a function and needs its arguments; write `round(x, digits)`"),
    ("clmap(1, 2, 3)", "clmap: there is no function `clmap`; did you mean `clamp`?"),
    (
        "load(2)",
        "load: there is no function `load`; `load` is a value: write `load * (…)` to multiply",
    ),
    ("clamp(1, 2)", "clamp: `clamp` takes 3 arguments, not 2; write `clamp(x, lowest, highest)`"),
    ("max(1)", "max: `max` takes 2 or more arguments, not 1; write `max(a, b, …)`"),
    (
        "region + 1",
        "region: `region` is a text column, not a number; compare it: region == 'Latgale'",
    ),
    (
        "(1 < 2) + 1",
        "1 < 2: a condition stands where a number is needed; make it one: if(1 < 2, 1, 0)",
    ),
    ("if(load, 1, 2)", "load: `load` is a number, and a condition is needed; compare it: load > 0"),
    (
        "region == 'Latgal'",
        "'Latgal': no cell of the column `region` is 'Latgal'; did you mean `Latgale`?",
    ),
    (
        "region < 'Latgale'",
        "region < 'Latgale': texts have no order; texts are only alike or not: compare them by `==` or `!=`",
    ),
    (
        "region == tier",
        "region == tier: `region` is a text column, and `tier` is no text in quotes; write for example region == 'Latgale'",
    ),
    (
        "sum(load)",
        "load: `sum` runs across municipalities, and this differs between points; bring it to municipalities first: sum(point_sum(load))",
    ),
    (
        "sum(1, by: cases)",
        "cases: `cases` is not a text column of municipalities; groups are the texts of such a column: sum(x, by: region)",
    ),
    (
        "sum(1, by: tier)",
        "tier: `tier` is not a text column of municipalities; groups are the texts of such a column: sum(x, by: region)",
    ),
    (
        "max(1, 2, by: region)",
        "by: `by:` has no place here; for groups there is `max_of(x, by: column)`",
    ),
    (
        "round(1, cases)",
        "cases: `cases` is not a number of digits; write a whole number from -15 to 15: round(x, 2)",
    ),
    ("lag(cases, 3)", "cases: `cases` has no value 3 years ago"),
    ("lag(casse, 1)", "casse: `casse` is not known here; did you mean `cases`?"),
    (
        "lag(cases + 1, 1)",
        "cases + 1: `lag` takes a name, not a formula; take the past of each name by itself: lag(a, 1) / lag(b, 1)",
    ),
    (
        "lag(cases, 0)",
        "0: `0` is not a number of years ago; write a whole number from 1: lag(load, 1)",
    ),
    (
        "lag_mean(cases, 2, 1)",
        "2, 1: from 2 to 1 years ago runs backwards; write the nearer year first: lag_mean(load, 1, 3)",
    ),
    ("lag_mean(cases, 1, 3)", "cases: `cases` has no value 3 years ago"),
    (
        "lag_mean(cases / 2, 1, 2)",
        "cases / 2: `lag_mean` takes a name, not a formula; take the mean of each name by itself",
    ),
    (
        "counted + 1",
        "counted: cells of `counted` may be empty; say what holds there: given(counted, 0)",
    ),
    (
        "given(cases, 0)",
        "cases: `cases` is no column with empty cells; `given` takes a column that stands in `gaps` of its table; of anything else the value is always known",
    ),
    ("given(conted, 0)", "conted: `conted` is not known here; did you mean `counted`?"),
    (
        "level_up(cases, load, 1)",
        "load: `level_up` runs across municipalities, and this differs between points; bring it to municipalities first: level_up(point_sum(load))",
    ),
    (
        "bracket(1, 2)",
        "2: the second argument is a list of pairs; write pairs: [(0, 100), (20_001, 1000)]",
    ),
    ("bracket(cases, [(1, 2), (1, 3)])", "1: there are two steps at 1; leave one of them out"),
    (
        "bracket(cases, [(load, 2)])",
        "load: `load` is not a plain number; steps begin at plain numbers; only the second of a pair may vary",
    ),
    ("interpolate(cases, [])", "[]: the list is empty; write pairs: [(0, 100), (20_001, 1000)]"),
    (
        "[(1, 2)] + 1",
        "[(1, 2)]: a list stands where a number is needed; a list is the second argument of `bracket` and of `interpolate`",
    ),
    (
        "'a'",
        "'a': a text stands where a number is needed; a text is only compared, by `==` or `!=`, with a text column",
    ),
];

#[test]
fn faults_say_what_is_wrong_and_what_would_be_right() {
    for (formula, message) in WRONG {
        assert_eq!(told(formula), [*message], "{formula}");
    }
    for formula in ["1 / 0", "cases + ln(0)", "if(cases > 1, sqrt(-1), 2)", "bracket(1, [(2, 3)])"]
    {
        assert!(told(formula)[0].contains("has no value"), "{formula}");
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_text() {
    let faults = told("if(lod > 1, clamp(1, 2), region * 2) + nowhere(zzz) + (1 > 2)");
    let places: Vec<&str> = faults.iter().map(|fault| fault.split(':').next().unwrap()).collect();
    assert_eq!(places, ["lod", "clamp", "region", "nowhere", "zzz", "1 > 2"]);
    // A part that is faulty is not told again by what uses it.
    assert_eq!(told("sum(lod) + 1 > 2 and not lod2").len(), 2);
}

#[test]
fn a_name_is_told_once_with_all_its_places() {
    let faults = world().faults("lod * 2 + lod + clamp(lod, zzz, 1)");
    let told: Vec<(usize, usize)> =
        faults.iter().map(|fault| (fault.range.start, fault.also.len())).collect();
    assert_eq!(told, [(0, 2), (27, 0)]);
}

#[test]
fn a_comma_that_may_be_a_decimal_sign_is_refused() {
    for (formula, message) in [
        (
            "max(1,5, cases)",
            "1,5: `1,5` may be one number or two arguments; write `1.5` for the number, `1, 5` for two arguments",
        ),
        (
            "if(cases > 3, 0,5, 1)",
            "if: `if` takes 3 arguments, not 4; the decimal sign is a point: is `0.5` meant?",
        ),
    ] {
        assert_eq!(told(formula), [message]);
    }
    // Who never writes a space, or always, means arguments.
    for formula in ["max(1,5,7)", "max(1, 5, 7)", "max(1,cases, 5)", "clamp((cases),0,1)"] {
        assert!(compile(formula, &world()).is_ok(), "{formula}");
    }
}

#[test]
fn hostile_text_is_a_fault() {
    for text in ["(".repeat(100_000), "-".repeat(100_000), format!("{}1", "-".repeat(9_000))] {
        assert_eq!(compile(&text, &world()).unwrap_err().len(), 1);
    }
    // The longest table that fits, and the longest sum.
    let steps: Vec<String> = (0..1_200).map(|k| format!("({k},1)")).collect();
    assert_eq!(world().value(&format!("bracket(cases, [{}])", steps.join(","))), 1.0);
    assert_eq!(world().value(&vec!["cases"; 1_600].join("+")), 400.0 * 1_600.0);
}

#[test]
fn the_candidate_formulas_compile() {
    let names = [
        "available",
        "before",
        "cap_local",
        "case_cap",
        "cases",
        "coverage",
        "damp_down",
        "damp_up",
        "density",
        "eligible_cost",
        "internet_use",
        "load",
        "mean_distance_km",
        "open_points",
        "parishes",
        "per_point",
        "population",
        "rate_case",
        "state_share",
        "target",
        "units",
        "year",
        "base_rate",
        "new_points_local",
    ];
    let mut world = World::new(2, &[0, 1]);
    for name in names {
        world = world.random(name, Extent::Municipality, |row, lane| (1 + row + lane) as f64);
    }
    let municipality = Shape { extent: Extent::Municipality, random: true };
    for years in 1..=3 {
        world = world.with("load", years, Kind::Number, municipality, vec![1.0; 2 * LANES], &[]);
    }
    for formula in [
        "rate_case * min(lag(load, 1), case_cap * open_points)",
        "(lag(load,1) + lag(load,2) + lag(load,3)) / 3",
        "if(before > 0, clamp(per_point, (1-damp_down)*before, (1+damp_up)*before), per_point)",
        "if(parishes == 0, 0.15, 1)",
        "share(population * if(parishes == 0, 0.15, 1) * (1 - internet_use) * min(1, open_points / units))",
        "clamp(base_rate + if(density < 15, 0.10, 0) - if(density > 50, 0.15, 0), 0.50, 0.85)",
        "0.85 - 0.30*clamp((ln(density)-ln(8))/(ln(90)-ln(8)),0,1)",
        "interpolate(year, [(2022, 0.35), (2025, 0.75), (2027, 1.0)])",
        "max(0, floor(target * units + 0.5) - open_points)",
        "(1 - coverage) * mean_distance_km * (1 - internet_use)",
        "min(cap_local*new_points_local, state_share * eligible_cost) + 0 * available",
    ] {
        assert_eq!(world.compiled(formula).shape(), municipality, "{formula}");
    }
}

#[test]
fn the_list_of_functions_is_whole() {
    assert_eq!(functions().len(), 31);
    assert!(functions().iter().all(|function| !function.meaning.ends_with('.')));
}
