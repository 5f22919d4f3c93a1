//! `frontier`, `regret` and `discover` as a user runs them, and where answers are written.

use crate::support::{dotacija, in_repository, rows};
use serde_json::Value;
use std::fs;
use std::process::Output;

const TINY: &str = "scenarios/tiny/tiny.ron";

fn tried(arguments: &[&str]) -> Output {
    let (command, rest) = arguments.split_first().unwrap();
    dotacija().arg(command).arg(in_repository(TINY)).args(rest).output().unwrap()
}

fn answer(arguments: &[&str]) -> Value {
    let output = tried(&[arguments, &["--quiet", "--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = tried(arguments);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

const FRONTIER: [&str; 10] = [
    "frontier",
    "--lever",
    "rate_county=400..500",
    "--grid",
    "2",
    "--draws",
    "128",
    "--less",
    "mean('award', 2023)",
    "--more=coverage(2023)",
];

#[test]
fn a_point_of_the_frontier_is_what_a_run_says() {
    let found = answer(&FRONTIER);
    let points = found["points"].as_array().unwrap();
    let levers = |point: &Value| point["levers"][0].as_f64();
    let point = points
        .iter()
        .find(|point| point["policy"] == "workload" && levers(point) == Some(400.0))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    dotacija()
        .arg("run")
        .arg(in_repository(TINY))
        .args(["--draws", "128", "--quiet", "--set", "levers.rate_county=400", "-o"])
        .arg(&output)
        .assert()
        .success();
    let rows = rows(&output.join("outcomes.csv"));
    let row = rows.iter().find(|row| {
        row["policy"] == "workload"
            && row["year"] == "2023"
            && row["outcome"] == "award"
            && row["scope"] == "nation"
    });
    let mean: f64 = row.unwrap()["mean"].parse().unwrap();
    // More coverage stands first, less award second.
    let told = point["readings"][1]["estimate"].as_f64().unwrap();
    assert!((mean - told).abs() < 0.006, "{mean} in the run, {told}");
}

#[test]
fn threads_change_no_byte_of_a_frontier() {
    let of = |threads: &str| {
        let output = tried(&[&FRONTIER[..], &["--threads", threads, "--format", "csv"]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    assert_eq!(of("1"), of("3"));
}

#[test]
fn who_dominates_is_no_worse_in_either_measure() {
    let found = answer(&FRONTIER);
    let points = found["points"].as_array().unwrap();
    assert!(points.iter().any(|point| point["status"] == "undominated"));
    for point in points.iter().filter(|point| point["status"] == "dominated") {
        let by = &points[point["by"].as_u64().unwrap() as usize - 1];
        let of = |point: &Value, at: usize| point["readings"][at]["estimate"].as_f64().unwrap();
        assert!(of(by, 0) >= of(point, 0) && of(by, 1) <= of(point, 1), "{point:#} {by:#}");
    }
}

#[test]
fn in_every_draw_some_policy_is_best_and_the_least_regrets_are_named() {
    let found = answer(&["regret", "--draws", "128", "--less", "mean('award', 2023)"]);
    let rows = found["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["is_minimax"] == true));
    assert!(rows.iter().any(|row| row["is_least_mean"] == true));
    let shares: f64 = rows.iter().map(|row| row["worst"]["best"].as_f64().unwrap()).sum();
    // In every draw some policy is best; ties count for each.
    assert!(shares >= 1.0, "{shares}");
    for row in rows {
        let of = |name: &str| row["worst"][name].as_f64().unwrap();
        let mean = row["worst"]["mean"]["estimate"].as_f64().unwrap();
        assert!(0.0 <= mean && mean <= of("maximum") && of("p90") <= of("maximum"), "{row:#}");
    }
}

#[test]
fn of_rival_assumptions_each_is_told_and_the_worst_counts() {
    let lever = ["--assume", "levers.rate_case=5", "--draws", "64"];
    let found = answer(&[&["regret", "--more", "coverage(2023)"][..], &lever[..]].concat());
    assert_eq!(found["assumptions"][1], "levers.rate_case=5");
    for row in found["rows"].as_array().unwrap() {
        let under = row["under"].as_array().unwrap();
        let most = under.iter().map(|felt| felt["maximum"].as_f64().unwrap()).fold(0.0, f64::max);
        assert_eq!((under.len(), row["worst"]["maximum"].as_f64()), (2, Some(most)));
    }
}

#[test]
fn conditions_hold_in_the_draws_they_are_told_of() {
    let arguments = [
        "discover",
        "--when",
        "gap('maintenance') > 100",
        "--policy",
        "workload",
        "--draws",
        "512",
    ];
    let found = answer(&arguments);
    let (hits, draws) = (found["hits"].as_f64().unwrap(), found["draws"].as_f64().unwrap());
    assert!(hits <= draws);
    for one in found["boxes"].as_array().unwrap() {
        let of = |name: &str| one[name].as_f64().unwrap();
        assert!(of("density") > hits / draws, "{one:#}");
        assert!((of("hits") / of("inside") - of("density")).abs() < 1e-12);
        assert!((of("hits") / hits - of("coverage")).abs() < 1e-12);
    }
    let again = answer(&arguments);
    assert_eq!(found, again);
}

#[test]
fn every_problem_of_a_question_is_told_at_once() {
    let told = refused(&[
        "frontier",
        "--lever",
        "rate_conty",
        "--lever",
        "rate_case=9..1",
        "--policy",
        "flatt",
        "--more",
        "coverage(2050)",
        "--less",
        "mean('award') < 5",
    ]);
    for part in ["`rate_conty`", "`9..1`", "`flatt`", "2050", "compared with nothing"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let told = refused(&["regret", "--less", "reserve90('maintenance')"]);
    assert!(told.contains("no value in a single future") && told.contains("take gap"), "{told}");
    let told = refused(&["discover", "--when", "mean('award')", "--density", "7"]);
    assert!(told.contains("a value does not happen") && told.contains("--density is 7"), "{told}");
}

#[test]
fn too_many_alternatives_are_refused_with_a_remedy() {
    let levers = ["--lever", "rate_county", "--lever", "rate_case", "--grid", "100"];
    let told = refused(&[&["frontier"][..], &levers[..]].concat());
    assert!(told.contains("more than the 500") && told.contains("--points"), "{told}");
}

#[test]
fn no_command_writes_its_answer_among_other_files() {
    let target = ["--lever", "rate_county", "--target", "mean('award', 2022) <= 24_000"];
    let commands: [Vec<&str>; 5] = [
        FRONTIER.to_vec(),
        vec!["regret", "--less", "gap('maintenance')", "--draws", "64"],
        vec!["discover", "--when", "gap('maintenance') > 100", "--draws", "64"],
        [&["solve", "--draws", "64", "--policy", "workload"][..], &target[..]].concat(),
        vec!["sensitivity", "--draws", "64", "--outcome", "award"],
    ];
    for command in commands {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        fs::write(folder.path().join("letter.txt"), "mine").unwrap();
        let told = refused(&[&command[..], &["-o", path]].concat());
        assert!(told.contains("`letter.txt`"), "{told}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::remove_file(folder.path().join("letter.txt")).unwrap();
        for _ in 0..2 {
            let output = tried(&[&command[..], &["-o", path]].concat());
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let names = fs::read_dir(folder.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(names.into_iter().any(|name| name == format!("{}.csv", command[0])));
    }
}

#[test]
fn what_is_no_rival_is_told_and_a_wrong_assumption_is_placed_where_it_stands() {
    let least = ["regret", "--less", "gap('maintenance')", "--draws", "64"];
    let with = |more: &[&str]| refused(&[&least[..], more].concat());
    let told = with(&["--assume", "run.draws=3", "--assume", "levers.rate_case=2"]);
    assert!(told.contains("`--assume run.draws=3` is no assumption"), "{told}");
    let told = with(&["--assume", "levers.rate_case=2", "--assume", "levers.rate_case=2"]);
    assert!(told.contains("`--assume levers.rate_case=2` is given twice"), "{told}");
    let told = with(&[in_repository("scenarios/tiny/../tiny/tiny.ron").to_str().unwrap()]);
    assert!(told.contains("is named twice, and is no rival of itself"), "{told}");
    // The second assumption is the first line of its own source.
    let set = ["--set", "levers.rate_county=450", "--assume", "levers.rate_case=2"];
    let told = with(&[&set[..], &["--assume", "levers.rate_cas=2"]].concat());
    assert!(told.contains("--assume:1:8") && !told.contains("--set:"), "{told}");
    // Without a measure both options are named.
    let told = refused(&["regret", "--draws", "64"]);
    assert!(told.contains("--more <MEASURE>|--less <MEASURE>"), "{told}");
}

#[test]
fn one_of_a_thing_is_told_in_the_singular() {
    let command = ["frontier", "--draws", "2", "--policy", "flat", "--less", "mean('award')"];
    let output = tried(&[&command[..], &["--more", "mean('own_share')"]].concat());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1 setting of 1 policy, 2 draws each: 2 simulated"), "{told}");
}
