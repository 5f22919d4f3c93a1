//! What README and docs show is executed: whole scenarios are opened, commands are run.

use crate::support::{copy_folder, dotacija, in_repository};
use dotacija::scenario::Memory;
use std::fs;
use std::path::{Path, PathBuf};

/// A fenced block: the words behind the fence, and its lines.
struct Block {
    file: String,
    line: usize,
    words: String,
    text: String,
}

fn documents() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    let mut found = vec![
        in_repository("README.md"),
        in_repository("CONTRIBUTING.md"),
        in_repository("ARCHITECTURE.md"),
    ];
    walk(&in_repository("docs"), &mut found);
    walk(&in_repository("deploy"), &mut found);
    walk(&in_repository("scenarios"), &mut found);
    found.sort();
    found
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(in_repository("")).unwrap().display().to_string();
        let mut open: Option<Block> = None;
        for (index, line) in text.lines().enumerate() {
            match (&mut open, line.trim_start().strip_prefix("```")) {
                (None, Some(words)) => {
                    open = Some(Block {
                        file: file.clone(),
                        line: index + 1,
                        words: words.trim().to_owned(),
                        text: String::new(),
                    });
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (Some(block), None) => {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{file}: a fence is not closed");
    }
    blocks
}

#[test]
fn every_whole_scenario_in_the_documents_opens() {
    // What a snippet is based on lies beside it with its tables.
    let example = |name: &str| -> Vec<(String, String)> {
        [&format!("{name}.ron"), "municipalities.csv", "points.csv"]
            .map(|file| {
                let path = in_repository("scenarios").join(name).join(file);
                (file.to_owned(), fs::read_to_string(path).unwrap())
            })
            .to_vec()
    };
    let mut opened = 0;
    for block in blocks()
        .iter()
        // Pages of errors show wrong scenarios too, and have tests of their own.
        .filter(|block| !block.file.starts_with("docs/errors"))
        .filter(|block| block.words == "ron" && block.text.trim_start().starts_with("Scenario("))
    {
        let beside = example(if block.text.contains("starter.ron") { "starter" } else { "tiny" });
        let mut files: Vec<(&str, &str)> = vec![("snippet.ron", &block.text)];
        files.extend(beside.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let found = dotacija::scenario::open_in(Memory::new(&files), "snippet.ron", &[]);
        assert!(found.scenario.is_some(), "{}:{}: {:#?}", block.file, block.line, found.problems);
        opened += 1;
    }
    assert!(opened > 0, "no document shows a whole scenario");
}

/// The words of a command, as a shell takes it apart: what stands in quotes is one.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_in_the_documents_runs() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios"), &folder.path().join("scenarios"));
    let mut done = 0;
    for block in blocks().iter().filter(|block| block.words == "console") {
        for line in block.text.lines() {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            let words = words(command);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let arguments = match words.as_slice() {
                ["dotacija", arguments @ ..]
                | ["cargo", "run", "--release", "--", arguments @ ..] => arguments,
                // The test command and tools that are not ours.
                ["cargo" | "just" | "python3" | "git" | "cd" | ".ci/run", ..] => continue,
                other => panic!("{}:{}: what is `{other:?}`?", block.file, block.line),
            };
            let mut run = dotacija();
            run.args(arguments).current_dir(folder.path());
            if arguments.first().is_some_and(|command| *command == "run")
                && !arguments.contains(&"--draws")
            {
                run.args(["--draws", "64"]);
            }
            let output = run.output().unwrap();
            assert!(
                output.status.success(),
                "{}:{}: {command}\n{}",
                block.file,
                block.line,
                String::from_utf8_lossy(&output.stderr)
            );
            done += 1;
        }
    }
    assert!(done >= 5, "only {done} commands were found");
}

#[test]
fn links_between_documents_lead_somewhere() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap_or("").split('#').next().unwrap_or("");
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let linked = path.parent().unwrap().join(target);
            assert!(linked.exists(), "{}: {target} does not exist", path.display());
        }
    }
}
