//! The language of the pictures that analyses write, as a user asks for it.

use crate::support::{dotacija, in_repository, misleading};
use std::fs;
use std::path::{Path, PathBuf};

const TINY: &str = "scenarios/tiny/tiny.ron";

/// Every command that writes pictures beside `run` and `compare`, with what it is asked.
const COMMANDS: [&[&str]; 7] = [
    &["levers", "--draws", "32"],
    &[
        "solve",
        "--lever",
        "rate_case",
        "--target",
        "mean('award', 2023) <= 20_000",
        "--draws",
        "32",
        "--curve",
        "3",
        "--quiet",
    ],
    &["sensitivity", "--draws", "256", "--outcome", "entitlement", "--quiet"],
    &["frontier", "--lever", "rate_county=400..500", "--grid", "2", "--draws", "64", "--quiet"],
    &["regret", "--less", "gap('maintenance', 2023)", "--draws", "64", "--quiet"],
    &[
        "discover",
        "--when",
        "gap('maintenance') > 100",
        "--policy",
        "workload",
        "--draws",
        "512",
        "--quiet",
    ],
    &[
        "explain",
        "--policy",
        "workload",
        "--programme",
        "maintenance",
        "--municipality",
        "01",
        "--year",
        "2023",
    ],
];

/// The pictures of a command in a language.
fn pictures(command: &[&str], language: &str, folder: &Path) -> Vec<PathBuf> {
    let (name, rest) = command.split_first().unwrap();
    let output = folder.join(format!("{name}-{language}"));
    dotacija()
        .arg(name)
        .arg(in_repository(TINY))
        .args(rest)
        .args(["--lang", language, "-o"])
        .arg(&output)
        .assert()
        .success();
    let files = fs::read_dir(&output).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "svg")).collect();
    found.sort();
    found
}

#[test]
fn every_analysis_draws_in_the_language_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for command in COMMANDS {
        let [english, latvian] =
            ["en", "lv"].map(|language| pictures(command, language, folder.path()));
        assert!(!english.is_empty() && english.len() == latvian.len(), "{command:?}");
        for (one, other) in english.iter().zip(&latvian) {
            assert_eq!(one.file_name(), other.file_name());
            let [one, other] = [one, other].map(|path| fs::read_to_string(path).unwrap());
            assert!(one.contains("Source: ") && !one.contains("Avots: "), "{command:?}");
            assert!(other.contains("Avots: ") && !other.contains("Source: "), "{command:?}");
            assert_eq!(misleading(&other), None, "{command:?}");
        }
    }
}

#[test]
fn a_language_is_asked_for_only_where_something_is_drawn() {
    for command in COMMANDS {
        let (name, rest) = command.split_first().unwrap();
        let output = dotacija()
            .arg(name)
            .arg(in_repository(TINY))
            .args(rest)
            .args(["--lang", "lv"])
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.contains("--output <DIR>"), "{name}: {told}");
    }
}

#[test]
fn the_picture_of_a_list_has_the_language_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let claims = folder.path().join("claims.csv");
    fs::write(&claims, "name,claim\nDienvidkurzemes novads,100\nRīga,300\n").unwrap();
    let picture = folder.path().join("paths.svg");
    dotacija()
        .arg("allocate")
        .arg(&claims)
        .args(["--rule", "Talmud", "--appropriation", "200", "--lang", "lv", "--paths"])
        .arg(&picture)
        .assert()
        .success();
    let text = fs::read_to_string(&picture).unwrap();
    assert!(text.contains("apropriācija") && text.contains("Avots: claims.csv"), "{text}");
}

#[test]
fn only_as_many_inputs_are_drawn_as_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let command =
        ["sensitivity", "--draws", "256", "--outcome", "entitlement", "--quiet", "--top", "1"];
    for path in pictures(&command, "en", folder.path()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("not shown"), "{}", path.display());
        // Two texts of the only input: its name and its share; and of what none explains.
        assert!(text.contains("no input by itself"), "{}", path.display());
    }
}
