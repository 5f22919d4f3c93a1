//! Pots in pools, worked by hand on four municipalities of two counties.
//!
//! | | county | claim | people | pool_pot | odd_pot |
//! |---|---|---|---|---|---|
//! | 01 | north | 100 | 1,000 | 200 | 200 |
//! | 02 | north | 300 | 2,000 | 200 | 210 |
//! | 03 | south | 40 | 500 | 100 | 100 |
//! | 04 | south | 50 | 500 | 100 | 100 |

use crate::support::{dotacija, rows};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TABLE: &str = "\
code,county,claim,people,pool_pot,odd_pot
01,north,100,1000,200,200
02,north,300,2000,200,210
03,south,40,500,100,100
04,south,50,500,100,100
";

type Table = Vec<BTreeMap<String, String>>;

/// A scenario whose rule has these pools, in a folder of its own.
fn scenario(pools: &str, appropriation: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "Scenario(
            format: 1,
            title: \"Worked by hand\",
            years: (first: 2022, last: 2022),
            municipalities: Table(file: \"municipalities.csv\", code: \"code\"),
            programmes: {{ \"p\": (purpose: Maintenance, {appropriation}) }},
            policies: {{ \"a\": (rules: {{ \"p\": (
                entitle: Worksheet([(line: \"due\", is: \"claim\")]),
                may_exceed_cost: true,
                {pools}
            ) }}) }},
            run: (draws: 1),
        )"
    );
    fs::write(folder.path().join("scenario.ron"), text).unwrap();
    fs::write(folder.path().join("municipalities.csv"), TABLE).unwrap();
    folder
}

/// The rows of `worksheet.csv` and those of `budget.csv`.
fn run(folder: &Path) -> (Table, Table) {
    let output = folder.join("run");
    let scenario = folder.join("scenario.ron");
    dotacija().arg("run").arg(scenario).args(["--central", "-o"]).arg(&output).assert().success();
    (rows(&output.join("worksheet.csv")), rows(&output.join("budget.csv")))
}

fn awards(pools: &str, appropriation: &str) -> Vec<f64> {
    let folder = scenario(pools, appropriation);
    let lines = run(folder.path()).0.into_iter().filter(|row| row["line"] == "award");
    lines.map(|row| row["value"].parse().unwrap()).collect()
}

/// What is said of a scenario that is refused, by `check` or by `run`.
fn refused(command: &str, pools: &str) -> String {
    let folder = scenario(pools, "appropriation: {2022: 1_000}");
    let mut called = dotacija();
    called.arg(command).arg(folder.path().join("scenario.ron"));
    if command == "run" {
        called.arg("-o").arg(folder.path().join("run"));
    }
    let output = called.assert().code(2).get_output().clone();
    assert!(!folder.path().join("run").exists());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_pool_of_a_column_is_divided_by_itself_and_what_it_leaves_is_unspent() {
    // North 200 for 100 and 300; south 100 for 40 and 50.
    let pools = "pools: (by: \"county\", pot: \"pool_pot\"), ration: Proportional";
    assert_eq!(awards(pools, "appropriation: {2022: 310}"), [50.0, 150.0, 40.0, 50.0]);
    let folder = scenario(pools, "appropriation: {2022: 310}");
    let budget = run(folder.path()).1;
    let of = |column: &str| budget[0][column].parse::<f64>().unwrap();
    // 310 − 290: 10 that no pool has, and 10 that south leaves.
    assert_eq!((of("appropriation"), of("award_mean"), of("unspent_mean")), (310.0, 290.0, 20.0));
}

#[test]
fn a_sum_over_the_pool_shares_the_pot_out() {
    // 320 by people, 3,000 to 1,000: north 240, south 80 of which 40 and 50 are asked: 35.56 and 44.44.
    let pools =
        "pools: (by: \"county\", pot: \"available * sum(people, by: county) / sum(people)\")";
    assert_eq!(awards(pools, "appropriation: {2022: 320}"), [60.0, 180.0, 35.56, 44.44]);
}

#[test]
fn pools_that_want_more_than_there_is_are_cut_in_proportion() {
    // 150 for pools of 200 and 100: 100 and 50. Equal awards: 50 and 50; 25 and 25.
    let pools = "pools: (by: \"county\", pot: \"pool_pot\"), ration: ConstrainedEqualAwards";
    assert_eq!(awards(pools, "appropriation: {2022: 150}"), [50.0, 50.0, 25.0, 25.0]);
}

#[test]
fn unspent_money_offered_once_more_goes_to_other_pools() {
    // The 20 of the first test for 50 and 150 unmet in the north: 5 and 15.
    let pools = "pools: (by: \"county\", pot: \"pool_pot\")";
    let pot = "appropriation: {2022: 310}, unspent: Reoffered";
    assert_eq!(awards(pools, pot), [55.0, 165.0, 40.0, 50.0]);
}

#[test]
fn without_an_appropriation_the_pools_are_all_there_is() {
    let pools = "pools: (by: \"county\", pot: \"pool_pot\")";
    let folder = scenario(pools, "appropriation: OpenEnded");
    let (lines, budget) = run(folder.path());
    let awards: Vec<&str> = lines
        .iter()
        .filter(|row| row["line"] == "award")
        .map(|row| row["value"].as_str())
        .collect();
    assert_eq!(awards, ["50", "150", "40", "50"]);
    let of = |column: &str| budget[0][column].parse::<f64>().unwrap();
    assert_eq!(
        (of("available_mean"), of("unspent_mean"), of("shortfall_mean")),
        (300.0, 10.0, 200.0)
    );
}

#[test]
fn a_pool_with_two_pots_is_refused_with_both() {
    let said = refused("run", "pools: (by: \"county\", pot: \"odd_pot\")");
    for part in
        ["gives 210, and 200 for others of the same pool", "02", "sum(population, by: region)"]
    {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn what_a_pool_lacks_is_a_shortage_though_another_has_money_left() {
    // North lacks 200 of 400 due; 1,000 are appropriated, of which the pools have 300.
    let pools = "pools: (by: \"county\", pot: \"pool_pot\")";
    let folder = scenario(pools, "appropriation: {2022: 1_000}");
    let budget = run(folder.path()).1;
    let of = |column: &str| budget[0][column].parse::<f64>().unwrap();
    assert_eq!((of("p_shortfall"), of("shortfall_mean"), of("reserve90")), (1.0, 200.0, 200.0));
}

#[test]
fn what_names_no_pools_is_told_all_at_once() {
    let said = refused("check", "pools: (by: \"county_\", pot: \"pool_po\")");
    for part in ["`county_` is not a column of the municipalities", "`county`", "`pool_pot`"] {
        assert!(said.contains(part), "{said}");
    }
    let numbers = refused("check", "pools: (by: \"people\", pot: \"pool_pot\")");
    assert!(numbers.contains("`people` is a column of numbers"), "{numbers}");
    let part = refused("check", "pools: (by: \"county\")");
    assert!(part.contains("`pot`"), "{part}");
    let folder = scenario("pools: (by: \"county\", pot: \"pool_pot\")", "appropriation: {2022: 1}");
    let table = folder.path().join("municipalities.csv");
    fs::write(&table, TABLE.replace("02,north", "02,")).unwrap();
    let checked = dotacija().arg("check").arg(folder.path().join("scenario.ron")).assert().code(2);
    let said = String::from_utf8(checked.get_output().stderr.clone()).unwrap();
    assert!(said.contains("`02` belongs to no pool: its `county` is empty, line 3"), "{said}");
}
