//! The messages of wrong scenarios, each beside its files in `tests/messages/<subject>/<case>`:
//! `scenario.ron`, the tables it names, `expected.txt`; `arguments.txt` holds further arguments, one
//! a line. Those of `tests/messages/warnings` are right and doubtful: they open, and only what
//! is said beside the result is compared. `BLESS=1 cargo test --test it messages` writes what the
//! program says now.

use crate::support::{contents, dotacija, in_repository};
use dotacija::problem::codes;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The least number of cases: a walk that finds none would prove nothing.
const LEAST: usize = 515;
/// The least number of cases that are only warned of.
const LEAST_WARNED: usize = 25;
/// The subject whose cases open.
const WARNED: &str = "warnings";

/// The folders in a folder, in order of name.
fn folders(folder: PathBuf) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

/// Folders of all wrong cases, in order of name.
fn cases() -> Vec<PathBuf> {
    let subjects = folders(in_repository("tests/messages")).into_iter();
    subjects.filter(|subject| !subject.ends_with(WARNED)).flat_map(folders).collect()
}

/// Folders of the cases that are only warned of.
fn warned() -> Vec<PathBuf> {
    folders(in_repository("tests/messages").join(WARNED))
}

fn arguments(case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case.join("arguments.txt")).unwrap_or_default();
    text.lines().map(ToOwned::to_owned).collect()
}

/// What `check` says of a case that opens, beside its result.
fn doubts(case: &Path) -> String {
    let check = dotacija()
        .args(["check", "scenario.ron"])
        .args(arguments(case))
        .current_dir(case)
        .assert()
        .success();
    assert!(!check.get_output().stdout.is_empty(), "{} prints no result", case.display());
    String::from_utf8(check.get_output().stderr.clone()).unwrap()
}

/// What `check` says about a case; it must end with status 2 and print no result.
fn said(case: &Path) -> String {
    let check = dotacija()
        .args(["check", "scenario.ron"])
        .args(arguments(case))
        .current_dir(case)
        .assert()
        .code(2);
    assert!(check.get_output().stdout.is_empty(), "{} prints a result", case.display());
    String::from_utf8(check.get_output().stderr.clone()).unwrap()
}

/// Compares what is said of each case with its `expected.txt`, or writes that.
fn compare(cases: &[PathBuf], said: fn(&Path) -> String) {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = BTreeMap::new();
    for case in cases {
        let (file, said) = (case.join("expected.txt"), said(case));
        if bless {
            fs::write(&file, &said).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if said != expected {
            wrong.insert(case, format!("--- expected\n{expected}--- said\n{said}"));
        }
    }
    let listed: Vec<String> =
        wrong.iter().map(|(case, text)| format!("{}\n{text}", case.display())).collect();
    assert!(listed.is_empty(), "{} cases differ\n{}", listed.len(), listed.join("\n"));
}

#[test]
fn every_wrong_scenario_is_answered_as_expected() {
    let cases = cases();
    assert!(cases.len() >= LEAST, "{} cases", cases.len());
    compare(&cases, said);
}

#[test]
fn every_doubtful_scenario_opens_and_is_warned_of_as_expected() {
    let cases = warned();
    assert!(cases.len() >= LEAST_WARNED, "{} cases", cases.len());
    compare(&cases, doubts);
}

#[test]
fn every_warning_of_the_door_has_a_case_that_shows_it_and_a_waiver_of_it() {
    let read = |case: &PathBuf, file: &str| fs::read_to_string(case.join(file)).unwrap();
    let (mut shown, mut waived) = (String::new(), String::new());
    for case in warned() {
        shown += &read(&case, "expected.txt");
        waived += &read(&case, "scenario.ron");
    }
    // An idle waiver is mended by removing it, and what a run shows is told in other tests.
    for code in codes::WARNINGS
        .iter()
        .filter(|code| !codes::is_of_run(code) || **code == codes::SAME_AWARDS)
    {
        assert!(shown.contains(&format!("warning[{code}]")), "{code} is not shown");
        let waiver = format!("(warning: \"{code}\"");
        assert!(waived.contains(&waiver) || *code == codes::IDLE_WAIVER, "{code} is not waived");
    }
}

#[test]
fn a_wrong_scenario_is_not_run_and_leaves_no_file() {
    for case in cases() {
        let before = contents(&case);
        let elsewhere = tempfile::tempdir().unwrap();
        let output = elsewhere.path().join("run");
        let run = dotacija()
            .args(["run", "scenario.ron", "-o"])
            .arg(&output)
            .args(arguments(&case))
            .current_dir(&case)
            .assert()
            .code(2);
        assert!(run.get_output().stdout.is_empty(), "{} prints a result", case.display());
        assert!(!output.exists(), "{} leaves {}", case.display(), output.display());
        assert_eq!(contents(&case), before, "{} is changed", case.display());
    }
}

#[test]
fn json_tells_the_same_problems_with_lines_and_columns() {
    for case in cases() {
        let check = dotacija()
            .args(["check", "scenario.ron", "--format", "json"])
            .args(arguments(&case))
            .current_dir(&case)
            .assert()
            .code(2);
        let document: Value = serde_json::from_slice(&check.get_output().stdout).unwrap();
        let problems = document["scenarios"][0]["problems"].as_array().unwrap();
        let headings: Vec<String> = problems
            .iter()
            .map(|problem| {
                let part = |name: &str| problem[name].as_str().unwrap().to_owned();
                format!("{}[{}]: {}", part("severity"), part("code"), part("message"))
            })
            .collect();
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap();
        let headed = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
        assert_eq!(headings, expected.lines().filter(headed).collect::<Vec<_>>());
        for problem in problems.iter().filter(|problem| problem["line"].is_u64()) {
            let place = format!(
                " {}:{}:{}",
                problem["file"].as_str().unwrap(),
                problem["line"],
                problem["column"]
            );
            assert!(expected.contains(&place), "{}: {place}", case.display());
            assert!(problem["end_line"].as_u64() >= problem["line"].as_u64());
        }
    }
}

/// The numbered comments of a scenario, by the file and line of the mistake: `// 7 why` stands on
/// its line, `// 9 points.csv:3 why` is about a line of a table, which has no comments.
fn numbered(scenario: &str) -> Vec<(usize, (String, usize))> {
    let mut found = Vec::new();
    for (index, line) in scenario.lines().enumerate() {
        let Some((_, comment)) = line.split_once("// ") else { continue };
        let (number, rest) = comment.split_once(' ').unwrap();
        let place = rest.split_once(' ').and_then(|(place, _)| place.split_once(".csv:"));
        let place = match place {
            Some((table, line)) => (format!("{table}.csv"), line.parse().unwrap()),
            None => ("scenario.ron".to_owned(), index + 1),
        };
        found.push((number.parse().unwrap(), place));
    }
    found
}

#[test]
fn of_forty_mistakes_each_is_told_once_and_nothing_else() {
    let case = in_repository("tests/messages/many/forty_mistakes");
    let numbered = numbered(&fs::read_to_string(case.join("scenario.ron")).unwrap());
    let numbers: Vec<usize> = numbered.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    let said = said(&case);
    let told: Vec<(String, usize)> = said
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .map(|place| {
            let mut parts = place.split(':');
            (parts.next().unwrap().to_owned(), parts.next().unwrap().parse().unwrap())
        })
        .collect();
    let meant: BTreeSet<(String, usize)> = numbered.into_iter().map(|(_, place)| place).collect();
    assert_eq!((meant.len(), told.len()), (40, 40), "{said}");
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), meant, "{said}");
    assert!(said.contains("\n40 errors; "), "{said}");
}
