//! What is told of a formula that is wrong, and where.

use super::super::{Fault, compile};
use super::world;

/// The faults of a formula as `text: message; help`.
fn told(formula: &str) -> Vec<String> {
    let tell = |fault: Fault| {
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
