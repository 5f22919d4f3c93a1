//! `diff` as a user meets it: what is told, what is not, and how it ends.

use crate::support::{copy_folder, dotacija, in_repository};
use serde_json::Value;
use std::fs;
use std::path::Path;

const NATIONAL: &str = "scenarios/latvia/network-592.ron";
const FOUR_MILLION: &str = "scenarios/latvia/four-million.ron";
const TINY: &str = "scenarios/tiny/tiny.ron";

fn said(arguments: &[&str]) -> String {
    let run = dotacija().arg("diff").args(arguments).current_dir(in_repository("")).assert();
    String::from_utf8(run.success().get_output().stdout.clone()).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&said(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    value[name].as_array().unwrap()
}

#[test]
fn four_million_differs_in_its_title_and_two_pots() {
    let told = said(&[NATIONAL, FOUR_MILLION]);
    for line in [
        "  ~ programmes.investment.appropriation.2022: 250_609 → 1_066_000 EUR (+325.4 %)",
        "  ~ programmes.maintenance.appropriation.2022: 689_785 → 2_934_000 EUR (+325.3 %)",
        "3 changes: figures can follow 2 of them",
    ] {
        assert!(told.contains(line), "{line} is missing in:\n{told}");
    }
}

#[test]
fn every_path_that_is_told_sets_the_value_that_is_told() {
    // What the two scenarios share is changed by the paths of `diff` themselves: what is left are
    // parts that only one of them has.
    for (old, new) in [(NATIONAL, FOUR_MILLION), (TINY, "scenarios/starter/starter.ron")] {
        let found = json(&[old, new]);
        let mut arguments = vec![new.to_owned(), old.to_owned()];
        let mut set = 0;
        for change in list(&found, "changes").iter().filter(|change| change["change"] == "changed")
        {
            let (path, value) = (change["path"].as_str().unwrap(), change["new"].as_str().unwrap());
            arguments.extend(["--set".to_owned(), format!("{path}={value}")]);
            set += 1;
        }
        assert!(set >= 3, "{found:#}");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let left = json(&arguments);
        let changed: Vec<&Value> =
            list(&left, "changes").iter().filter(|change| change["change"] == "changed").collect();
        assert!(changed.is_empty(), "{changed:#?}");
    }
}

#[test]
fn a_copy_in_another_order_with_comments_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), folder.path());
    let copy = folder.path().join("tiny.ron");
    let text = fs::read_to_string(&copy).unwrap();
    let pay = text.lines().find(|line| line.contains("\"pay\":")).unwrap();
    let training = text.lines().find(|line| line.contains("\"training\"")).unwrap();
    let turned = text
        .replace(&format!("{pay}\n"), "")
        .replace("    inputs: {\n", &format!("    inputs: {{ // the first\n{pay}\n"))
        .replace(&format!("{training}\n"), "")
        .replace("    costs: [\n", &format!("    costs: [\n{training}\n"))
        .replace("38_000", "38000")
        .replace("\"portal * portal_posts\"", "\"portal*portal_posts\"");
    assert_ne!(text, turned);
    fs::write(&copy, turned).unwrap();
    // The rows of a table in another order, cells with white space around them.
    let points = folder.path().join("points.csv");
    let text = fs::read_to_string(&points).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    fs::write(&points, lines.join("\r\n").replace(',', " ; ")).unwrap();
    let told = said(&[TINY, copy.to_str().unwrap()]);
    assert!(told.contains("nothing changed: the two say the same"), "{told}");
    assert_eq!(json(&[TINY, copy.to_str().unwrap()])["same"], true);
    let told = said(&[TINY, TINY]);
    assert!(told.contains("nothing changed: the files are the same byte for byte"), "{told}");
}

#[test]
fn rows_are_shown_up_to_a_number_and_counted_in_full() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), folder.path());
    let points = folder.path().join("points.csv");
    let text = fs::read_to_string(&points).unwrap();
    let changed = text
        .replace("01-3,Avoti,01,local,1000,2022-04,0\n", "")
        .replace("2022-10", "2023-02")
        .replace("Cielavas,03,local,2000", "Cielavas,03,local,2100");
    fs::write(&points, format!("{changed}03-3,Cēsis,03,local,10,2023-02,0\n")).unwrap();
    let copy = folder.path().join("tiny.ron");
    let copy = copy.to_str().unwrap();
    let told = said(&[TINY, copy]);
    for line in [
        "points: points.csv",
        "    + 03-3 Cēsis",
        "    − 01-3 Avoti",
        "    ~ 02-2 Bites, opens: 2022-10 → 2023-02",
        "population: 2000 → 2100",
        // A row more, one less, two cells.
        "4 changes",
    ] {
        assert!(told.contains(line), "{line} is missing in:\n{told}");
    }
    let told = said(&[TINY, copy, "--rows", "1"]);
    assert!(told.contains("… and 1 more (--rows N shows more)"), "{told}");
    let found = json(&[TINY, copy, "--rows", "1"]);
    assert_eq!(list(&list(&found, "tables")[0], "cells").len(), 2, "{found:#}");
}

#[test]
fn a_setting_is_compared_with_the_scenario_without_it() {
    let told = said(&[TINY, "--set", "levers.rate_case=3", "--set", "network.award_month=4"]);
    assert!(told.contains("levers.rate_case.value: 1.5 → 3 EUR/case (+100.0 %)"), "{told}");
    assert!(told.contains("+ network.award_month: 4   (holds anyway)"), "{told}");
    let told = said(&[TINY, "--set", "levers.rate_case=1.50"]);
    assert!(told.contains("nothing changed"), "{told}");
}

#[test]
fn the_problems_of_both_scenarios_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let broken = write("broken.ron", "Scenario(format: 1,, title: 3)");
    let lost = write("lost.ron", "Scenario(load: Import(\"nowhere.ron\"))");
    let run = dotacija().arg("diff").args([&broken, &lost]).assert().code(2);
    let told = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    for part in ["broken.ron:1:", "nowhere.ron", "lost.ron:1:"] {
        assert!(told.contains(part), "{part} is missing in:\n{told}");
    }
    assert!(run.get_output().stdout.is_empty());
    // One that can be read and would not run can be compared all the same.
    let wrong = write("wrong.ron", "Scenario(title: 3, unknown: 4)");
    let right = write("right.ron", "Scenario(title: \"T\")");
    dotacija().arg("diff").args([&wrong, &right]).assert().success();
    dotacija().arg("diff").arg(&wrong).assert().code(2);
    let no_path = [wrong.as_path(), Path::new("--set"), Path::new("levers.a.b=1")];
    dotacija().arg("diff").args(no_path).assert().code(2);
}
