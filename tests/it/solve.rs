//! `solve`: answers known by hand, answers that verify themselves, and what cannot be answered.

use crate::support::{dotacija, in_repository};
use serde_json::Value;
use std::process::Output;

const TINY: &str = "scenarios/tiny/tiny.ron";
const NATION: &str = "scenarios/latvia/network-592.ron";

fn solve(scenario: &str, arguments: &[&str]) -> Output {
    dotacija().arg("solve").arg(in_repository(scenario)).args(arguments).output().unwrap()
}

fn answer(scenario: &str, arguments: &[&str]) -> Value {
    let output = solve(scenario, &[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = solve(TINY, arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_pot_that_suffices_in_tiny_is_that_worked_by_hand() {
    // `flat` in 2023: 1.15 · (500 · 36 months of county points + 100 · months of local points). Of the
    // local ones 01-2 and 01-3 have 12 each. 02-2 is planned for October 2022 and ready 0 to 5 months
    // later, open from the month after: 12 months with at most 3 (chance 0.6), else 11 or 10. 03-2 is
    // planned for January 2023: 11 months with at most 1 (chance 0.2), else 10 to 7. Both at once are
    // likelier than 0.6 · 0.2 = 0.12, for what is common moves both alike: in more than 5 % of futures
    // the most is due, 1.15 · (18 000 + 100 · (24 + 12 + 11)) = 26 105, and never more. So the pot of the
    // year must be 26 105 + 1 500 of publicity = 27 605, and that of both years 55 210. 5 EUR less are
    // 2.50 a year: 26 102.50 is short wherever 26 105 is due.
    let found = answer(
        TINY,
        &[
            "--lever",
            "appropriation:maintenance",
            "--draws",
            "1000",
            "--target",
            "p_shortfall('maintenance', 2023) <= 0.05",
        ],
    );
    assert_eq!((&found["outcome"], &found["policy"]), (&"found".into(), &"flat".into()));
    assert_eq!((found["present"].as_f64(), found["step"].as_f64()), (Some(47_000.0), Some(5.0)));
    let border = &found["answer"];
    assert_eq!(border["last"]["value"].as_f64(), Some(55_210.0));
    assert_eq!(border["last"]["estimate"].as_f64(), Some(0.0));
    assert_eq!(border["next"]["value"].as_f64(), Some(55_205.0));
    assert!(border["next"]["estimate"].as_f64().unwrap() > 0.10);
    assert_eq!(border["is_met_below"], false);
    assert_eq!(border["last"]["draws"].as_u64(), Some(1_000));
    assert_eq!(found["is_monotone"], true);
}

#[test]
fn a_lever_at_its_answer_gives_in_a_run_what_solve_says() {
    let target = "mean('award', 2022) <= 24_000";
    let lever = ["--lever", "rate_county", "--policy", "workload", "--draws", "192"];
    let found = answer(TINY, &[&lever[..], &["--target", target]].concat());
    let border = &found["answer"];
    let folder = tempfile::tempdir().unwrap();
    for at in ["last", "next"] {
        let output = folder.path().join(at);
        let set = format!("levers.rate_county={}", border[at]["value"]);
        dotacija()
            .arg("run")
            .arg(in_repository(TINY))
            .args(["--draws", "192", "--quiet", "--set", &set, "-o"])
            .arg(&output)
            .assert()
            .success();
        let rows = crate::support::rows(&output.join("outcomes.csv"));
        let row = rows.iter().find(|row| {
            row["policy"] == "workload"
                && row["year"] == "2022"
                && row["outcome"] == "award"
                && row["scope"] == "nation"
        });
        let mean: f64 = row.unwrap()["mean"].parse().unwrap();
        let told = border[at]["estimate"].as_f64().unwrap();
        assert!((mean - told).abs() < 0.006, "{at}: {mean} in the run, {told}");
        assert_eq!(mean <= 24_000.0, at == "last");
    }
}

#[test]
fn an_answer_for_the_nation_verifies_itself() {
    let arguments = [
        "--lever",
        "base_local",
        "--policy",
        "M1 + I1",
        "--draws",
        "64",
        "--within",
        "5",
        "--target",
        "mean('entitlement', 2024) <= 1_500_000",
        "--between",
        "0..2_000",
    ];
    let found = answer(NATION, &arguments);
    assert_eq!(found["outcome"], "found", "{found:#}");
    let (last, next) = (&found["answer"]["last"], &found["answer"]["next"]);
    assert!(last["estimate"].as_f64().unwrap() <= 1_500_000.0);
    assert!(next["estimate"].as_f64().unwrap() > 1_500_000.0);
    assert_eq!(next["value"].as_f64().unwrap() - last["value"].as_f64().unwrap(), 5.0);
    let [low, high] = [0, 1].map(|end| found["interval"][end].as_f64().unwrap());
    assert!(low <= last["value"].as_f64().unwrap() && next["value"].as_f64().unwrap() <= high);
}

#[test]
fn threads_change_no_byte_of_an_answer() {
    let of = |threads: &str| {
        let target = "gini('award_per_point', 2023) <= 0.2";
        let arguments = [
            "--lever",
            "rate_county",
            "--policy",
            "workload",
            "--threads",
            threads,
            "--draws",
            "200",
            "--target",
            target,
            "--format",
            "json",
            "--curve",
            "3",
        ];
        let output = solve(TINY, &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    assert_eq!(of("1"), of("3"));
}

#[test]
fn what_no_value_meets_is_said_with_both_ends() {
    let lever = ["--lever", "rate_case", "--policy", "workload", "--draws", "64"];
    let never = [&lever[..], &["--target", "mean('award', 2022) >= 1e9"]].concat();
    let output = solve(TINY, &never);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(told.contains("never met in the range"), "{told}");
    assert!(told.contains("at 0 EUR/case: ") && told.contains("at 5 EUR/case: "), "{told}");
    let everywhere = [&lever[..], &["--target", "mean('load', 2022) >= 0"]].concat();
    let told = String::from_utf8(solve(TINY, &everywhere).stdout).unwrap();
    assert!(told.contains("met everywhere in the range"), "{told}");
    assert!(told.contains("the lever changes nothing of this measure"), "{told}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let told = refused(&[
        "--lever",
        "rate_conty",
        "--policy",
        "work",
        "--between",
        "9..1",
        "--target",
        "p_shortfall('maintenence', 2031) <= 0.05",
    ]);
    for wanted in [
        "`maintenence` is not a programme of this scenario",
        "did you mean `maintenance`?",
        "2031 is not a simulated year",
        "`work` is not a policy of this scenario",
        "`rate_conty` is not a lever of this scenario",
        "did you mean `rate_county`?",
        "`appropriation:maintenance`",
        "`9..1` is not a range",
        "--target:1:",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
}

#[test]
fn a_target_that_cannot_be_read_is_answered_with_the_measures() {
    let told = refused(&["--lever", "rate_county", "--target", "gini('load') = 0.2"]);
    assert!(
        told.contains("error[D0830]") && told.contains("p_shortfall(programme, year)"),
        "{told}"
    );
    let told = refused(&["--lever", "rate_county", "--target", "ginni('load') <= 0.2"]);
    assert!(told.contains("did you mean `gini`?"), "{told}");
}

#[test]
fn an_open_ended_programme_is_no_lever() {
    let told = refused(&[
        "--lever",
        "appropriation:maintenance",
        "--target",
        "coverage(2023) >= 0.5",
        "--set",
        "programmes.maintenance.appropriation=OpenEnded",
    ]);
    assert!(told.contains("error[D0831]") && told.contains("it has no pot"), "{told}");
}

#[test]
fn the_folder_of_an_answer_holds_a_table_and_a_picture_and_nothing_of_others_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("answer");
    let arguments = [
        "--lever",
        "rate_county",
        "--policy",
        "workload",
        "--draws",
        "64",
        "--curve",
        "5",
        "--target",
        "p_shortfall('maintenance', 2023) <= 0.5",
        "-o",
        output.to_str().unwrap(),
    ];
    for _ in 0..2 {
        let run = solve(TINY, &arguments);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let table = std::fs::read_to_string(output.join("solve.csv")).unwrap();
    assert!(table.starts_with("what,value,draws,estimate,lower,upper,met\nlast that meets it,"));
    assert_eq!(table.lines().filter(|line| line.starts_with("curve,")).count(), 5);
    let picture = std::fs::read_to_string(output.join("solve.svg")).unwrap();
    assert!(picture.contains("target") && picture.contains("met up to"));
    std::fs::write(output.join("solve.csv"), "mine").unwrap();
    let refused = solve(TINY, &arguments);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(output.join("solve.csv")).unwrap(), "mine");
}

#[test]
fn a_step_that_is_no_number_is_called_so() {
    let question = ["--lever", "rate_county", "--target", "mean('award', 2022) <= 24_000"];
    for (given, shown) in [("NaN", "NaN"), ("inf", "inf"), ("-1", "-1")] {
        let within = format!("--within={given}");
        let told = refused(&[&question[..], &[within.as_str()]].concat());
        let expected = format!("--within is {shown}, and a step is a number above 0");
        assert!(told.contains(&expected), "{told}");
    }
}
