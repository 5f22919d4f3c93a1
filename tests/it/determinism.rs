//! Same scenario, same seed: the same bytes, whatever the threads and the order of rows.

use crate::support::{contents, copy_folder, dotacija, in_repository, unpacked};
use dotacija::numeric::simd::Level;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn run(scenario: &Path, output: &Path, more: &[&str]) {
    run_on("2", scenario, output, more);
}

/// Runs with so many threads for what follows the draws.
fn run_on(threads: &str, scenario: &Path, output: &Path, more: &[&str]) {
    dotacija()
        .env("RAYON_NUM_THREADS", threads)
        .arg("run")
        .arg(scenario)
        .arg("-o")
        .arg(output)
        .arg("--quiet")
        .args(more)
        .assert()
        .success();
}

/// Reverses the rows of a table below its header.
fn reverse_rows(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

#[test]
fn one_two_three_and_seven_threads_write_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = in_repository("scenarios/latvia/network-592.ron");
    let outputs: Vec<_> = ["1", "2", "3", "7"]
        .iter()
        .map(|threads| {
            let output = folder.path().join(threads);
            let more = ["--draws", "450", "--threads", threads, "--central", "--png"];
            run_on(threads, &scenario, &output, &more);
            contents(&output)
        })
        .collect();
    assert!(outputs[0].len() > 10, "{:?}", outputs[0].keys());
    for other in &outputs[1..] {
        assert_eq!(outputs[0], *other);
    }
}

#[test]
fn every_width_of_vectors_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for mode in ["WhenReady", "WhenFunded"] {
        let mut first: Option<(&str, BTreeMap<String, Vec<u8>>)> = None;
        for level in Level::ALL {
            if !level.is_available() {
                eprintln!("SKIPPED: this machine has no {level}; its path was not compared");
                continue;
            }
            let output = folder.path().join(format!("{mode}-{level}"));
            let setting = format!("network.mode={mode}");
            let scenario = in_repository("scenarios/latvia/network-592.ron");
            let more = ["--draws", "200", "--simd", level.name(), "--set", &setting, "--central"];
            run(&scenario, &output, &more);
            let manifest = fs::read_to_string(output.join("manifest.json")).unwrap();
            assert!(manifest.contains(&format!("\"simd\": \"{level}\"")), "{manifest}");
            let written = contents(&output);
            match &first {
                None => first = Some((level.name(), written)),
                Some((other, bytes)) => {
                    assert!(*bytes == written, "{mode}: {level} differs from {other}");
                }
            }
        }
    }
}

/// A page names the digest of the files that were read, which differ by intent.
fn without_digests(bytes: &[u8]) -> Vec<String> {
    // A digest may be broken into lines.
    let text = String::from_utf8_lossy(bytes).replace("<wbr>", "");
    let is_digest =
        |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !is_digest(word))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_order_of_rows_in_tables_changes_no_figure() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("shuffled");
    copy_folder(&in_repository("scenarios/latvia"), &copy);
    reverse_rows(&copy.join("municipalities.csv"));
    reverse_rows(&copy.join("points.csv"));
    let plain = folder.path().join("plain-run");
    let shuffled = folder.path().join("shuffled-run");
    let draws = ["--draws", "130"];
    run(&in_repository("scenarios/latvia/network-592.ron"), &plain, &draws);
    run(&copy.join("network-592.ron"), &shuffled, &draws);
    let (mut plain, mut shuffled) = (contents(&plain), contents(&shuffled));
    // The copies of the tables differ by intent.
    plain.retain(|name, _| !name.starts_with("scenario/"));
    shuffled.retain(|name, _| !name.starts_with("scenario/"));
    // So does the first sheet of the workbook, which has their digests: its parts are compared.
    for files in [&mut plain, &mut shuffled] {
        let workbook = files.remove("workbook.xlsx").unwrap();
        files.extend(unpacked(&workbook));
    }
    assert_eq!(plain.keys().collect::<Vec<_>>(), shuffled.keys().collect::<Vec<_>>());
    for (name, bytes) in &plain {
        assert!(without_digests(bytes) == without_digests(&shuffled[name]), "{name} differs");
    }
}

#[test]
fn another_seed_gives_other_figures() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = in_repository("scenarios/tiny/tiny.ron");
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    run(&scenario, &one, &["--draws", "64", "--seed", "1"]);
    run(&scenario, &other, &["--draws", "64", "--seed", "2"]);
    assert_ne!(contents(&one)["awards.csv"], contents(&other)["awards.csv"]);
}

#[test]
fn inputs_that_would_be_drawn_alike_are_refused_before_the_run() {
    use dotacija::engine::{Failure, Options, Prepared, simulate};
    let opened = dotacija::scenario::open(&in_repository("scenarios/starter/starter.ron"), &[]);
    let mut scenario = opened.scenario.unwrap();
    scenario.run.draws = 64;
    let mut prepared = Prepared::new(&scenario);
    assert_eq!(prepared.inputs_drawn_alike(), None);
    // No two names are known whose hashes are the same: the coincidence is made by hand.
    prepared.streams[1] = prepared.streams[0].clone();
    let names = [0, 1].map(|input: usize| scenario.inputs[input].name.clone());
    let [first, second] = names;
    let failure = simulate(&prepared, &Options::default()).unwrap_err();
    assert_eq!(failure, Failure::Streams(first, second));
}
