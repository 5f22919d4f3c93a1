//! `docs/errors`: a page for every code, whose wrong example is answered with that code and exactly
//! the words shown, and whose right example opens without it. `BLESS=1 cargo test --test it pages`
//! writes what is said now.

use crate::support::in_repository;
use dotacija::problem::{codes, render};
use dotacija::scenario::{Memory, Opened, open_in};
use std::collections::BTreeMap;
use std::fs;

/// Codes whose cause cannot stand in a page: what they need is bytes that are no text, a workbook, a
/// file of many megabytes, hundreds of files or inputs, a command line or its table, a run, a coincidence, or a machine
/// that fails or is small. Their pages have no examples.
const WITHOUT_EXAMPLE: &[&str] = &[
    codes::ENCODING,
    codes::TOO_LARGE,
    codes::UNDECIDED_ENCODING,
    codes::WORKBOOK,
    codes::SHEET,
    codes::TOO_MANY,
    codes::TOO_MUCH,
    codes::NOT_A_SCENARIO,
    codes::TOO_MANY_ROWS,
    codes::TOO_MANY_TIED,
    codes::FEW_DRAWS,
    codes::BROKEN_GUARANTEE,
    codes::NOTHING_PAID,
    codes::SAME_AWARDS,
    codes::ESTIMATED,
    codes::NOT_PRECISE,
    codes::DIGITS,
    codes::LEAST_AWARDS,
    codes::NO_SHARES,
    codes::NOT_A_RUN,
    codes::CHANGED_RUN,
    codes::NO_DRAWS,
    codes::NOTHING_DRIVES,
    codes::FORMULA_FAILS,
    codes::NOTHING_IN_COMMON,
    codes::NO_BRIDGE,
    codes::TARGET,
    codes::NOT_A_LEVER,
    codes::STOPPED,
    codes::NOT_SERVED,
    codes::THREADS,
    codes::STREAMS,
];

/// A fenced block: the words behind the fence, and the text.
struct Block {
    language: String,
    file: Option<String>,
    text: String,
}

/// The fenced blocks of a section, from its heading to the next of the same level.
fn blocks(page: &str, heading: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut here = false;
    let mut open: Option<Block> = None;
    for line in page.lines() {
        if let Some(info) = line.strip_prefix("```") {
            if let Some(block) = open.take() {
                found.extend(here.then_some(block));
            } else {
                let mut words = info.split_whitespace();
                let language = words.next().unwrap_or("").to_owned();
                let file = words.next().map(Into::into);
                open = Some(Block { language, file, text: String::new() });
            }
        } else if let Some(block) = &mut open {
            block.text.push_str(line);
            block.text.push('\n');
        } else if let Some(title) = line.strip_prefix("## ") {
            here = title == heading;
        }
    }
    found
}

/// Files and settings of an example: ` ```ron ` is `scenario.ron`, ` ```csv points.csv ` a table (a map is `json`),
/// ` ```sh ` lines of `--set path=value`.
fn example(page: &str, heading: &str) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let (mut files, mut settings) = (BTreeMap::new(), Vec::new());
    for block in blocks(page, heading) {
        match &*block.language {
            "ron" | "csv" | "json" => {
                let name = block.file.unwrap_or_else(|| "scenario.ron".into());
                files.insert(name, block.text.into_bytes());
            }
            "sh" => settings.extend(block.text.lines().map(|line| {
                let line = line.strip_prefix("--set ").expect("a line of `sh` is `--set …`");
                line.trim_matches('\'').to_owned()
            })),
            _ => {}
        }
    }
    (files, settings)
}

fn opened((files, settings): (BTreeMap<String, Vec<u8>>, Vec<String>)) -> Opened {
    open_in(Memory(files), "scenario.ron", &settings)
}

fn page(code: &str) -> String {
    let path = in_repository("docs/errors").join(format!("{code}.md"));
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()))
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let index = fs::read_to_string(in_repository("docs/errors/README.md")).unwrap();
    for entry in codes::CODES {
        let first = format!("# {}: {}", entry.code, entry.title);
        assert_eq!(page(entry.code).lines().next(), Some(&*first));
        let row = format!("[{}]({}.md) | {} |", entry.code, entry.code, entry.title);
        assert!(index.contains(&row), "the index lacks {row}");
    }
    for entry in fs::read_dir(in_repository("docs/errors")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = name.strip_suffix(".md").expect("only pages stand here");
        assert!(code == "README" || codes::title(code).is_some(), "{name} has no code");
    }
}

#[test]
fn the_wrong_example_of_a_page_is_answered_as_it_says_and_the_right_one_opens() {
    for entry in codes::CODES.iter().filter(|entry| !WITHOUT_EXAMPLE.contains(&entry.code)) {
        let (code, page) = (entry.code, page(entry.code));
        let mut wrong = opened(example(&page, "Wrong"));
        // Warnings of other kinds are another page's matter; errors would be.
        wrong.problems.retain(|problem| problem.is_error() || problem.code == code);
        let found: Vec<&str> = wrong.problems.iter().map(|problem| problem.code).collect();
        let said = render(&wrong.problems, &wrong.sources, false);
        assert!(!found.is_empty() && found.iter().all(|found| *found == code), "{code}:\n{said}");
        let shown: String = blocks(&page, "Wrong")
            .into_iter()
            .filter(|block| block.language == "text")
            .map(|block| block.text)
            .collect();
        assert!(!shown.is_empty(), "the page of {code} does not show what is said");
        if std::env::var_os("BLESS").is_some() {
            let path = in_repository("docs/errors").join(format!("{code}.md"));
            fs::write(path, page.replacen(&shown, &said, 1)).unwrap();
        } else {
            assert_eq!(shown, said, "the page of {code}");
        }
        // What the right example does not repeat is as in the wrong one; settings are its own.
        let (mut files, _) = example(&page, "Wrong");
        let (mended, settings) = example(&page, "Right");
        assert!(!mended.is_empty() || !settings.is_empty(), "{code} has no right example");
        files.extend(mended);
        let right = opened((files, settings));
        let said = render(&right.problems, &right.sources, false);
        let clean = right.problems.iter().all(|problem| problem.code != code);
        assert!(right.scenario.is_some() && clean, "{code}:\n{said}");
    }
}
