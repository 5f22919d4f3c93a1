//! `draws.parquet` holds every draw: read back by another reader's code, it adds up to the tables.

use crate::support::{dotacija, in_repository, rows};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

/// Runs a scenario and keeps its draws.
fn run(scenario: &Path, output: &Path, more: &[&str]) {
    let mut command = dotacija();
    command.arg("run").arg(scenario).arg("-o").arg(output).args(["--keep-draws", "--quiet"]);
    command.args(more).assert().success();
}

fn reader(output: &Path) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(output.join("draws.parquet")).unwrap()).unwrap()
}

fn text(row: &Row, column: &str) -> String {
    match field(row, column) {
        Field::Str(text) => text.clone(),
        Field::Int(year) => year.to_string(),
        other => panic!("{column}: {other:?}"),
    }
}

fn cents(row: &Row, column: &str) -> Option<i64> {
    match field(row, column) {
        Field::Long(cents) => Some(*cents),
        Field::Null => None,
        other => panic!("{column}: {other:?}"),
    }
}

fn field<'a>(row: &'a Row, column: &str) -> &'a Field {
    row.get_column_iter().find(|(name, _)| *name == column).unwrap().1
}

/// Sums by policy, programme, municipality, year and measure: cents, and rows.
fn sums(output: &Path) -> BTreeMap<[String; 5], (i128, u64)> {
    let mut sums: BTreeMap<[String; 5], (i128, u64)> = BTreeMap::new();
    for row in reader(output).get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let key = ["policy", "programme", "municipality", "year"].map(|name| text(&row, name));
        for measure in ["eligible_cost", "entitlement", "award", "own_share"] {
            let Some(cents) = cents(&row, &format!("{measure}_cents")) else { continue };
            let [policy, programme, municipality, year] = key.clone();
            let at = [policy, programme, municipality, year, measure.to_owned()];
            let sum = sums.entry(at).or_default();
            *sum = (sum.0 + i128::from(cents), sum.1 + 1);
        }
    }
    sums
}

/// The mean as tables print it: whole cents, half up.
fn mean((sum, count): (i128, u64)) -> String {
    let count = i128::from(count);
    let cents = (2 * sum + count).div_euclid(2 * count);
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

#[test]
fn means_of_all_rows_are_those_of_the_table_of_awards_to_the_cent() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    // Not a multiple of 64: the last block is cut.
    run(&in_repository("scenarios/starter/starter.ron"), &output, &["--draws", "150"]);
    let sums = sums(&output);
    let mut compared = 0;
    for row in rows(&output.join("awards.csv")) {
        if row["programme"] == "all" {
            continue;
        }
        let key = ["policy", "programme", "municipality", "year", "measure"]
            .map(|name| row[name].clone());
        assert_eq!(sums[&key].1, 150, "{key:?}");
        assert_eq!(mean(sums[&key]), row["mean"], "{key:?}");
        compared += 1;
    }
    assert_eq!(compared, sums.len());
    assert!(compared > 100, "{compared}");
}

#[test]
fn rows_are_sorted_and_every_pot_balances_in_every_draw() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    run(&in_repository("scenarios/starter/starter.ron"), &output, &["--draws", "70"]);
    let mut last = None;
    let mut pots: BTreeMap<(i64, [String; 3]), (i64, Option<i64>)> = BTreeMap::new();
    for row in reader(&output).get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let draw = cents(&row, "draw").unwrap();
        let [award, due] =
            ["award_cents", "entitlement_cents"].map(|name| cents(&row, name).unwrap());
        assert!((0..=due).contains(&award), "{row:?}");
        let available = cents(&row, "available_cents");
        let pot = ["policy", "programme", "year"].map(|name| text(&row, name));
        let pot = pots.entry((draw, pot)).or_insert((0, available));
        assert_eq!(pot.1, available, "the pot is alike in all its rows");
        pot.0 += award;
        // Municipalities and years ascend within a pot; draws over all.
        let place = (draw, text(&row, "municipality"));
        if let Some((before, _)) = last.replace(place) {
            assert!(before <= draw);
        }
    }
    // 70 draws · 2 policies · programmes · 3 years; no pot pays more than it has.
    assert!(pots.len() >= 70 * 2 * 3, "{}", pots.len());
    assert!(pots.values().all(|(paid, available)| available.is_none_or(|pot| *paid <= pot)));
    assert!(pots.values().any(|(paid, available)| available.is_some_and(|pot| *paid == pot)));
}

#[test]
fn threads_change_no_byte_and_the_manifest_has_the_digest() {
    let folder = tempfile::tempdir().unwrap();
    let bytes: Vec<Vec<u8>> = ["1", "3"]
        .iter()
        .map(|threads| {
            let output = folder.path().join(threads);
            let scenario = in_repository("scenarios/latvia/network-592.ron");
            run(&scenario, &output, &["--draws", "330", "--threads", threads]);
            let bytes = fs::read(output.join("draws.parquet")).unwrap();
            let manifest = fs::read_to_string(output.join("manifest.json")).unwrap();
            let digest = dotacija::archive::digest(&bytes);
            assert!(manifest.contains(&format!("\"draws.parquet\": \"{digest}\"")), "{manifest}");
            bytes
        })
        .collect();
    assert!(bytes[0] == bytes[1], "threads change draws.parquet");
    let read = reader(&folder.path().join("1"));
    let about = read.metadata().file_metadata();
    assert!(about.created_by().unwrap().starts_with("dotacija version "));
    assert!(about.key_value_metadata().unwrap()[0].value.as_ref().unwrap().contains("\"cents\""));
    // No group is larger than half a million rows, which is what bounds the memory.
    assert!(read.metadata().num_row_groups() > 1);
    assert!(read.metadata().row_groups().iter().all(|group| group.num_rows() <= 1 << 19));
    // Nothing is left beside the runs.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn without_the_option_there_is_no_file_and_too_many_rows_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    let tiny = in_repository("scenarios/tiny/tiny.ron");
    dotacija().arg("run").arg(&tiny).args(["--quiet", "-o"]).arg(&output).assert().success();
    assert!(!output.join("draws.parquet").exists());
    let scenario = in_repository("scenarios/latvia/network-592.ron");
    let told = dotacija()
        .arg("run")
        .arg(&scenario)
        .args(["--draws", "100000000", "--keep-draws", "-o"])
        .arg(&output)
        .assert()
        .code(2);
    let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(told.contains("error[D0123]: draws.parquet would have"), "{told}");
    assert!(told.contains("--draws ") && told.contains("--policy NAME"), "{told}");
}
