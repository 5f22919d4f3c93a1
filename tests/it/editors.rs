//! The snippets and the task for VS Code: whatever a snippet inserts is accepted by the door, and
//! the patterns of the task find what `check` prints.

use crate::support::{dotacija, in_repository};
use dotacija::allocation::{rationing, rounding};
use dotacija::problem::codes;
use dotacija::random::distribution::DISTRIBUTIONS;
use dotacija::scenario::{Memory, open_in};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const SECTIONS: [&str; 19] = [
    "money",
    "information_date",
    "municipalities",
    "points",
    "boundaries",
    "expect",
    "observed",
    "inputs",
    "correlations",
    "levers",
    "network",
    "load",
    "staffing",
    "costs",
    "programmes",
    "policies",
    "verdict",
    "outcomes",
    "run",
];

/// The inputs that the snippet for correlations names.
const TIED: &str = r#""pay_growth": (value: Normal(mean: 0, sd: 1), source: "a"), "price_growth": (value: Normal(mean: 0, sd: 1), source: "a"),"#;

/// Snippets by name: their bodies, with the placeholders still in them.
fn snippets() -> BTreeMap<String, String> {
    let text = fs::read_to_string(in_repository("editors/vscode/dotacija.code-snippets")).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let body = |snippet: &Value| {
        let lines = snippet["body"].as_array().unwrap();
        lines.iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
    };
    let snippets = value.as_object().unwrap();
    snippets.iter().map(|(name, snippet)| (name.clone(), body(snippet))).collect()
}

/// Every text that a body can become: the defaults, then each other choice by itself. `$0`, where
/// the cursor ends, becomes `slot`; a number that stands again repeats the first.
fn filled(body: &str, slot: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('$') {
        append(&mut texts, before);
        if let Some(after) = after.strip_prefix('0') {
            append(&mut texts, slot);
            rest = after;
            continue;
        }
        let (inside, after) = after.strip_prefix('{').unwrap().split_once('}').unwrap();
        let digits = inside.find(|letter: char| !letter.is_ascii_digit()).unwrap();
        let (number, value) = inside.split_at(digits);
        let choices: Vec<String> = match value.strip_prefix('|') {
            Some(choices) => choices
                .strip_suffix('|')
                .unwrap()
                .replace("\\,", "\u{1}")
                .split(',')
                .map(|choice| choice.replace('\u{1}', ","))
                .collect(),
            None => vec![value.strip_prefix(':').unwrap().to_owned()],
        };
        let seen = first.entry(number.to_owned()).or_insert_with(|| choices[0].clone());
        assert_eq!(*seen, choices[0], "a placeholder has one default: {body}");
        let usual = texts[0].clone();
        append(&mut texts, &choices[0]);
        texts.extend(choices[1..].iter().map(|choice| format!("{usual}{choice}")));
        rest = after;
    }
    append(&mut texts, rest);
    texts
}

fn append(texts: &mut [String], end: &str) {
    for text in texts {
        text.push_str(end);
    }
}

/// The tables that the snippets' columns are of.
fn tables() -> Vec<(&'static str, String)> {
    let read =
        |name: &str| fs::read_to_string(in_repository("scenarios/starter").join(name)).unwrap();
    let widened = |text: String, header: &str, cells: &str| {
        let mut lines = text.lines();
        let head = format!("{}{header}", lines.next().unwrap());
        let rows = lines.map(|line| format!("{line}{cells}"));
        std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
    };
    let municipalities = read("municipalities.csv");
    let square = "[[[24.0,56.0],[25.0,56.0],[25.0,57.0],[24.0,57.0],[24.0,56.0]]]";
    let areas: Vec<String> = municipalities
        .lines()
        .skip(1)
        .map(|line| {
            let code = line.split(',').next().unwrap();
            format!(r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":{square}}}}}"#)
        })
        .collect();
    let codes = municipalities.lines().skip(1).map(|line| line.split(',').next().unwrap());
    let same: Vec<String> = codes.map(|code| format!("{code},{code}\n")).collect();
    vec![
        ("merger.csv", format!("from,to\n{}", same.concat())),
        (
            "municipalities.csv",
            widened(municipalities, ",year,previous_entitlement,previous_award", ",2022,900,800"),
        ),
        ("points.csv", widened(read("points.csv"), ",latitude,longitude", ",56.5,24.5")),
        (
            "boundaries.geojson",
            format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, areas.join(",")),
        ),
    ]
}

/// What is right to doubt in a scenario that is made of snippets: nothing is named yet, a programme
/// has no rule, and the table of one year is held.
const UNFINISHED: [&str; 3] = [codes::UNUSED, codes::NO_RULE, codes::OLD_DATA];

/// Asserts that the door takes a scenario without a word but for what is unfinished.
fn accepted(what: &str, text: &str, settings: &[String]) {
    let tables = tables();
    let mut files: Vec<(&str, &str)> = vec![("s.ron", text)];
    files.extend(tables.iter().map(|(name, text)| (*name, text.as_str())));
    let mut opened = open_in(Memory::new(&files), "s.ron", settings);
    opened.problems.retain(|problem| !UNFINISHED.contains(&problem.code));
    assert!(
        opened.scenario.is_some() && opened.problems.is_empty(),
        "{what} {settings:?}\n{text}\n{:#?}",
        opened.problems
    );
}

/// A whole scenario of the snippets for its sections, one of them by another body, one of them
/// with something in its slot.
fn whole(
    snippets: &BTreeMap<String, String>,
    other: Option<(&str, &str)>,
    slot: Option<(&str, &str)>,
) -> String {
    let mut sections = String::new();
    for name in SECTIONS {
        let body = match other {
            Some((section, body)) if section == name => body.to_owned(),
            _ => {
                let inside = slot.filter(|(section, _)| *section == name).map_or("", |slot| slot.1);
                let tied = if name == "inputs" { TIED } else { "" };
                let inside = format!("{tied} {inside}");
                filled(&snippets[&format!("section: {name}")], &inside)[0].clone()
            }
        };
        sections.push_str(&body);
        sections.push('\n');
    }
    filled(&snippets["scenario"], &sections)[0].clone()
}

#[test]
fn whatever_a_snippet_inserts_is_accepted_by_the_door() {
    let snippets = snippets();
    let plain = whole(&snippets, None, None);
    accepted("all sections together", &plain, &[]);
    for (key, body) in &snippets {
        let (kind, name) = key.split_once(": ").unwrap_or((key.as_str(), ""));
        let rule = |programme: &str, field: &str, value: &str| {
            format!("policies.old.rules.{programme}.{field}={value}")
        };
        let inside = if key == "section: inputs" { TIED } else { "" };
        for text in filled(body, inside) {
            let settings = match kind {
                "scenario" | "reform" => continue,
                "section" => {
                    let section = name.split(' ').next().unwrap();
                    let section = if section == "baseline" { "run" } else { section };
                    accepted(key, &whole(&snippets, Some((section, &text)), None), &[]);
                    continue;
                }
                "rule" => vec![format!("policies.old.rules={{{text}}}")],
                "distribution" => vec![format!("inputs.pay.value={text}")],
                "entitle" => vec![rule("maintenance", "entitle", &text)],
                "entitle of investment" => {
                    vec![format!("policies.old.rules={{\"investment\": (entitle: {text})}}")]
                }
                "guarantee" => vec![rule("maintenance", "guarantee", &format!("[{text}]"))],
                "ration" => vec![rule("maintenance", "ration", &text)],
                "pools" => vec![
                    "municipalities.columns=[\"population\", \"region\"]".to_owned(),
                    format!(
                        "policies.old.rules.maintenance=(entitle: CostShare(share: 1), {text})"
                    ),
                ],
                entry => {
                    let section =
                        entry.strip_prefix("entry in ").unwrap_or_else(|| panic!("{key}"));
                    accepted(key, &whole(&snippets, None, Some((section, &text))), &[]);
                    continue;
                }
            };
            accepted(key, &plain, &settings);
        }
    }
    // A reform stands on another scenario.
    let reform = filled(&snippets["reform"], "")[0].clone();
    let tables = tables();
    let mut files: Vec<(&str, &str)> = vec![("s.ron", &reform), ("today.ron", &plain)];
    files.extend(tables.iter().map(|(name, text)| (*name, text.as_str())));
    let opened = open_in(Memory::new(&files), "s.ron", &[]);
    assert!(opened.scenario.is_some(), "{:#?}", opened.problems);
}

#[test]
fn every_rule_and_distribution_has_its_snippet() {
    let snippets = snippets();
    for entry in DISTRIBUTIONS {
        for (number, example) in entry.examples.iter().enumerate() {
            let more = if number == 0 { String::new() } else { format!(" {}", number + 1) };
            let body = snippets.get(&format!("distribution: {}{more}", entry.name));
            let text = body.map(|body| filled(body, "").remove(0));
            assert_eq!(text.as_deref(), Some(*example), "{}", entry.name);
        }
    }
    let rules = rationing::RULES.iter().map(|rule| rule.name()).chain(["RankedCompetition"]);
    for rule in rules {
        let body = &snippets[&format!("ration: {rule}")];
        assert!(body.starts_with(rule), "{body}");
    }
    let rule = &snippets["rule"];
    assert!(rounding::METHODS.iter().all(|method| rule.contains(method.name())), "{rule}");
}

#[test]
fn the_patterns_of_the_task_find_what_check_prints() {
    let text = fs::read_to_string(in_repository("editors/vscode/tasks.json")).unwrap();
    let tasks: Value = serde_json::from_str(&text).unwrap();
    let task = &tasks["tasks"][0];
    assert_eq!(task["options"]["env"]["NO_COLOR"], "1");
    let patterns = &task["problemMatcher"]["pattern"];
    // The patterns as they are, matched by hand: a test needs no engine for them.
    assert_eq!(patterns[0]["regexp"], r"^(error|warning)\[(D\d{4})\]: (.*)$");
    assert_eq!(patterns[1]["regexp"], r"^ *--> (.+):(\d+):(\d+)$");
    let folder = tempfile::tempdir().unwrap();
    let lines = "    // a comment\n".repeat(12);
    let scenario =
        format!("Scenario(\n    format: 1,\n{lines}    titel: \"x\",\n    run: (draws: 0),\n)\n");
    fs::write(folder.path().join("wrong.ron"), scenario).unwrap();
    let check = dotacija()
        .args(["check", "wrong.ron"])
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .assert()
        .code(2);
    let said = String::from_utf8(check.get_output().stderr.clone()).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((severity, rest)) = line.split_once('[') else { continue };
        let Some((code, _)) = rest.split_once("]: ") else { continue };
        if !["error", "warning"].contains(&severity) {
            continue;
        }
        assert!(code.len() == 5 && code.starts_with('D'), "{line}");
        let place = lines[index + 1].trim_start_matches(' ').strip_prefix("--> ").unwrap();
        let mut parts = place.rsplitn(3, ':');
        let column: usize = parts.next().unwrap().parse().unwrap();
        let line: usize = parts.next().unwrap().parse().unwrap();
        found.push((parts.next().unwrap().to_owned(), line, column));
    }
    // Two lines above, twelve of comments; four spaces before the name, `run: (draws: ` before 0.
    assert_eq!(found, [("wrong.ron".to_owned(), 15, 5), ("wrong.ron".to_owned(), 16, 18)]);
}
