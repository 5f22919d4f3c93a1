//! An award as a sum of steps, the folder of an explanation, and what is told where a formula fails.

use super::{Picks, award_of_the_run, dotacija, explained, in_repository, opened};
use crate::random_scenario::any_scenario;
use crate::support::{contents, rows};
use dotacija::analysis::explain::Explanation;
use dotacija::scenario::Opened;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fs;
use std::path::Path;

const ALDA: [&str; 8] = [
    "scenarios/tiny/tiny.ron",
    "--policy=workload",
    "--programme=maintenance",
    "--municipality=01",
    "--year=2023",
    "--draw=17",
    "--format=json",
    "--png",
];

/// Whether the steps add up to what is due, and then to the award.
fn add_up(explanation: &Explanation, award: i64) {
    let cents = |amount: f64| (amount * 100.0).round() as i64;
    let mut sum = 0;
    let mut totals = Vec::new();
    for step in &explanation.build_up {
        if step.kind.is_total() {
            assert_eq!(cents(step.amount), sum, "{:#?}", explanation.build_up);
            totals.push(sum);
        } else {
            sum += cents(step.amount);
        }
    }
    assert_eq!(totals, [cents(explanation.result.entitlement), award]);
}

fn try_some(opened: &Opened, picks: &mut Picks, times: usize) {
    let scenario = opened.scenario.as_ref().unwrap();
    for _ in 0..times {
        let wish = picks.wish(scenario);
        let explanation = explained(scenario, &opened.sources, &wish);
        add_up(&explanation, award_of_the_run(scenario, &wish));
    }
}

#[test]
fn the_steps_of_any_award_add_up_to_it() {
    let mut picks = Picks(56);
    try_some(&opened("scenarios/tiny/tiny.ron", &[]), &mut picks, 10);
    try_some(&opened("scenarios/latvia/network-592.ron", &[]), &mut picks, 8);
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for _ in 0..16 {
        let files = any_scenario().new_tree(&mut runner).unwrap().current();
        let opened = files.opened();
        try_some(&opened, &mut picks, 3);
    }
}

fn explain(arguments: &[&str], folder: &Path) -> assert_cmd::assert::Assert {
    dotacija()
        .arg("explain")
        .args(arguments)
        .arg("-o")
        .arg(folder)
        .current_dir(in_repository(""))
        .assert()
}

#[test]
fn an_explanation_goes_into_a_folder_of_its_own() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("alda");
    explain(&ALDA[..5], &folder).success();
    // As worked by hand: 6,720 and 5,550 are due, and 10,480 paid.
    let steps = rows(&folder.join("build-up.csv"));
    let told: Vec<(&str, &str, &str)> =
        steps.iter().map(|row| (&*row["step"], &*row["amount"], &*row["after"])).collect();
    assert_eq!(
        told,
        [
            ("availability", "6720", "6720"),
            ("activity", "5550", "12270"),
            ("due", "12270", "12270"),
            ("the pot is short: ConstrainedEqualLosses", "-1790", "10480"),
            ("award", "10480", "10480"),
        ]
    );
    let svg = fs::read_to_string(folder.join("build-up.svg")).unwrap();
    assert!(svg.contains("Alda is awarded EUR\u{a0}10,480.00 of EUR\u{a0}12,270.00 due"), "{svg}");
    assert!(svg.contains("−1,790.00") && svg.contains("= award"), "{svg}");
    // Another takes its place as a whole, with a PNG; nothing is left beside it.
    explain(&ALDA, &folder).success();
    let found = contents(&folder);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "build-up.csv",
            "build-up.png",
            "build-up.svg",
            "claims.csv",
            "explanation.json",
            "explanation.txt"
        ]
    );
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    // A stranger's file stays, and then nothing is written; nor over a run, nor a run over it.
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let refused = explain(&ALDA[..5], &folder).code(2);
    let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(said.contains("has not written, or that were changed since (`notes.txt`)"), "{said}");
    fs::remove_file(folder.join("notes.txt")).unwrap();
    let run = |folder: &Path| {
        let mut run = dotacija();
        run.args(["run", "scenarios/tiny/tiny.ron", "--quiet", "--draws=64", "-o"]).arg(folder);
        run.current_dir(in_repository("")).assert()
    };
    run(&folder).code(2);
    assert_eq!(contents(&folder), found);
    let of_run = place.path().join("run");
    run(&of_run).success();
    explain(&ALDA[..5], &of_run).code(2);
    dotacija()
        .args(["levers", "scenarios/tiny/tiny.ron", "--draws=64", "-o"])
        .arg(&folder)
        .current_dir(in_repository(""))
        .assert()
        .code(2);
    assert_eq!(contents(&folder), found);
}

#[test]
fn where_a_formula_fails_the_lines_above_it_are_told() {
    let place = tempfile::tempdir().unwrap();
    for name in ["municipalities.csv", "points.csv"] {
        fs::copy(in_repository("scenarios/tiny").join(name), place.path().join(name)).unwrap();
    }
    let text = fs::read_to_string(in_repository("scenarios/tiny/tiny.ron")).unwrap();
    let activity = "is: \"rate_case * lag(load, 1)\"";
    assert!(text.contains(activity));
    // Without a value from 2023 on.
    let broken = text.replace(activity, "is: \"rate_case * lag(load, 1) / max(0, 2023 - year)\"");
    let scenario = place.path().join("broken.ron");
    fs::write(&scenario, broken).unwrap();
    let explain = |year: &str| {
        let mut run = dotacija();
        run.arg("explain").arg(&scenario).args(&ALDA[1..4]).arg(year);
        let run = run.assert().code(2);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (text(&run.get_output().stdout), text(&run.get_output().stderr))
    };
    let (told, wrong) = explain("--year=2023");
    assert!(told.contains("= 80 * 24 + 400 * 12") && told.contains("= 6720"), "{told}");
    assert!(told.contains("The line `activity` fails; nothing below it can be told."), "{told}");
    assert!(!told.contains("award") && wrong.contains("D0801"), "{told}{wrong}");
    // The year before is as it is, though the run has no result.
    let (told, wrong) = explain("--year=2022");
    assert!(told.contains("\naward = ") && wrong.contains("D0801"), "{told}{wrong}");
}
