//! `verify --blocks N`: values of `draws.parquet` that were altered are found and named where they are looked
//! at; what is no file of draws is told, whatever its bytes are.

use crate::support::{dotacija, in_repository};
use dotacija::archive::digest;
use dotacija::engine::{Options, Prepared};
use dotacija::report::draws::{Compared, Sample, compare};
use dotacija::scenario;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs a scenario of the repository and keeps its draws.
fn run(scenario: &str, output: &Path, draws: &str) -> PathBuf {
    let mut command = dotacija();
    command.arg("run").arg(in_repository(scenario)).arg("-o").arg(output);
    command.args(["--keep-draws", "--quiet", "--draws", draws]).assert().success();
    output.join("draws.parquet")
}

fn verified(folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let output = dotacija().arg("verify").arg(folder).args(more).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Puts other bytes in place of a file of a run, and their digest into the manifest.
fn forge(file: &Path, bytes: &[u8]) {
    let manifest = file.with_file_name("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let fitting = text.replace(&digest(&fs::read(file).unwrap()), &digest(bytes));
    assert_ne!(fitting, text);
    fs::write(manifest, fitting).unwrap();
    fs::write(file, bytes).unwrap();
}

/// A column of a group, copied; `alter` changes its values on the way.
fn copy<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    to: &mut SerializedColumnWriter<'_>,
    rows: usize,
    alter: impl FnOnce(&mut Vec<T::T>),
) {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    from.read_records(rows, Some(&mut levels), None, &mut values).unwrap();
    alter(&mut values);
    let levels = (!levels.is_empty()).then_some(&*levels);
    to.typed::<T>().write_batch(&values, levels, None).unwrap();
}

/// The bytes of a file with an award altered by one cent, in all else the same values as another writer
/// encodes them.
fn with_a_cent_more(file: &Path, row: usize) -> Vec<u8> {
    let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
    let schema = Arc::new(reader.metadata().file_metadata().schema().clone());
    let properties = WriterProperties::builder()
        .set_compression(parquet::basic::Compression::SNAPPY)
        .set_data_page_row_count_limit(100)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    assert_eq!(reader.num_row_groups(), 1);
    let group = reader.get_row_group(0).unwrap();
    let rows = group.metadata().num_rows() as usize;
    let mut into = writer.next_row_group().unwrap();
    for number in 0..group.num_columns() {
        let mut to = into.next_column().unwrap().unwrap();
        let is_award = group.metadata().column(number).column_path().string() == "award_cents";
        match group.get_column_reader(number).unwrap() {
            ColumnReader::Int32ColumnReader(from) => copy(from, &mut to, rows, |_| {}),
            ColumnReader::Int64ColumnReader(from) => copy(from, &mut to, rows, |values| {
                if is_award {
                    values[row] += 1;
                }
            }),
            ColumnReader::DoubleColumnReader(from) => copy(from, &mut to, rows, |_| {}),
            ColumnReader::ByteArrayColumnReader(from) => copy(from, &mut to, rows, |_| {}),
            _ => panic!("a column of another kind"),
        }
        to.close().unwrap();
    }
    into.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn a_sound_run_verifies_in_some_blocks_and_in_all() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("run");
    // 64 · 4 + 44 draws are five blocks.
    let file = run("scenarios/starter/starter.ron", &folder, "300");
    let rows = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
    let of_a_draw = rows.metadata().file_metadata().num_rows() as u64 / 300;
    let (code, told, _) = verified(&folder, &["--blocks", "3"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("3 of 5 blocks") && told.contains("172 of 300 draws"), "{told}");
    assert!(told.contains("all are the same"), "{told}");
    assert!(told.contains("not looked at: 128 other draws"), "{told}");
    assert!(told.contains("It does not say so of any other draw"), "{told}");
    let (code, told, _) = verified(&folder, &["--blocks", "3", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&told).unwrap();
    let sample = &found["sample"];
    assert_eq!(code, Some(0));
    assert_eq!(sample["first_draws"], serde_json::json!([0, 128, 256]));
    // A row has eleven values.
    assert_eq!(sample["values"], serde_json::json!(172 * of_a_draw * 11));
    assert_eq!(sample["differing"], serde_json::json!(0));
    assert!(found["left_out"].as_array().unwrap().iter().any(|name| name == "awards.csv"));
    assert!(found["not_established"].as_str().unwrap().contains("any other draw"));
    // More than there are: all of them.
    let (code, told, _) = verified(&folder, &["--blocks", "1000", "--threads", "3"]);
    assert!(code == Some(0) && told.contains("5 of 5 blocks"), "{told}");
    assert!(told.contains("300 of 300 draws") && told.contains("not looked at: 0 other"), "{told}");
    // The whole run makes the file again.
    let (code, told, _) = verified(&folder, &[]);
    assert!(code == Some(0) && !told.contains("otherwise"), "{told}");
    let files = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let files: serde_json::Value = serde_json::from_str(&files).unwrap();
    let files = files["outputs"].as_object().unwrap().len();
    assert!(told.contains(&format!("{files} of {files} files come out the same")), "{told}");
}

#[test]
fn blocks_are_found_in_the_groups_of_a_large_file() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("run");
    let file = run("scenarios/latvia/network-592.ron", &folder, "900");
    let groups = SerializedFileReader::new(File::open(file).unwrap()).unwrap().num_row_groups();
    assert!(groups > 1, "{groups}");
    for (blocks, of) in [("1", "64 of 900"), ("4", "196 of 900"), ("15", "900 of 900")] {
        let (code, told, _) = verified(&folder, &["--blocks", blocks, "--threads", "2"]);
        assert!(code == Some(0) && told.contains("all are the same"), "{told}");
        assert!(told.contains(&format!("{of} draws")), "{told}");
    }
}

#[test]
fn a_cent_more_is_found_where_it_is_looked_at_and_named() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("run");
    let file = run("scenarios/starter/starter.ron", &folder, "300");
    let reader = SerializedFileReader::new(File::open(&file).unwrap()).unwrap();
    let of_a_draw = reader.metadata().file_metadata().num_rows() as usize / 300;
    // The sixth row of draw 140, of block 2.
    let row = 140 * of_a_draw + 5;
    let kept = reader.get_row_iter(None).unwrap().nth(row).unwrap().unwrap();
    let was: std::collections::BTreeMap<String, String> = kept
        .get_column_iter()
        .map(|(name, value)| (name.clone(), value.to_string().trim_matches('"').to_owned()))
        .collect();
    assert_eq!(was["draw"], "140");
    let award: i64 = was["award_cents"].parse().unwrap();
    let forged = with_a_cent_more(&file, row);
    forge(&file, &forged);
    // Files fit; of blocks 0 and 4 every value does.
    let (code, told, _) = verified(&folder, &["--blocks", "2"]);
    assert!(code == Some(0) && told.contains("all are the same"), "{told}");
    let (code, told, _) = verified(&folder, &["--blocks", "3"]);
    let line = format!(
        "  otherwise: draw 140, {}, {}, {}, {}, award_cents: {}, and {award} was simulated\n",
        was["policy"],
        was["programme"],
        was["year"],
        was["municipality"],
        award + 1
    );
    assert!(code == Some(2) && told.contains(&line), "{line}{told}");
    assert!(told.contains("files are as they were written") && told.contains(": 1 of "), "{told}");
    let (_, told, _) = verified(&folder, &["--blocks", "5", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&told).unwrap();
    let first = &found["sample"]["first"];
    assert_eq!(found["sample"]["differing"], serde_json::json!(1));
    assert_eq!(first[0]["kept"], serde_json::json!((award + 1).to_string()));
    assert_eq!(first[0]["simulated"], serde_json::json!(award.to_string()));
    let (_, told, _) = verified(&folder, &["--blocks", "5", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(told.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let differs: Vec<_> = rows.iter().filter(|row| &row[0] == "differs").collect();
    assert_eq!(differs.len(), 1, "{told}");
    assert_eq!((&differs[0][3], &differs[0][8]), ("140", "award_cents"));
    let value = |name: &str| rows.iter().find(|row| &row[0] == name).unwrap()[2].to_owned();
    assert_eq!((value("draws compared"), value("values that differ")), ("300".into(), "1".into()));
    assert!(value("not established").contains("any other draw"));
    // The whole run finds it by the digest.
    let (code, told, _) = verified(&folder, &[]);
    assert!(code == Some(2) && told.contains("otherwise: draws.parquet"), "{told}");
}

#[test]
fn a_run_without_draws_is_refused_with_the_remedy() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("run");
    let tiny = in_repository("scenarios/tiny/tiny.ron");
    dotacija().arg("run").arg(tiny).args(["--quiet", "-o"]).arg(&folder).assert().success();
    let (code, told, said) = verified(&folder, &["--blocks", "2"]);
    assert!(code == Some(2) && told.is_empty(), "{told}");
    assert!(said.contains("error[D0793]") && said.contains("run it again with"), "{said}");
    assert!(said.contains("--keep-draws") && said.contains("without `--blocks`"), "{said}");
    assert_eq!(verified(&folder, &["--blocks", "0"]).0, Some(2));
    assert_eq!(verified(&folder, &["--blocks", "2", "--files-only"]).0, Some(2));
}

#[test]
fn what_is_no_file_of_these_draws_is_told() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("run");
    let file = run("scenarios/tiny/tiny.ron", &folder, "200");
    let sound = fs::read(&file).unwrap();
    let told = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let (code, told, _) = verified(&folder, &["--blocks", "2"]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("changed: draws.parquet"), "{told}");
        assert!(told.contains("draws.parquet cannot be read on: "), "{told}");
        assert!(told.contains("run again with --keep-draws"), "{told}");
        told
    };
    assert!(told(&sound[..sound.len() / 2]).contains("not that of a Parquet file"));
    assert!(told(b"").contains("not that of a Parquet file"));
    // Contents of 4 GiB, and of one byte more than there is.
    let ending = |length: u32| [&sound[..sound.len() - 8], &length.to_le_bytes(), b"PAR1"].concat();
    assert!(told(&ending(u32::MAX)).contains("4294967295 bytes"));
    told(&ending(sound.len() as u32));
    // A sound file, of another number of draws.
    let other = run("scenarios/tiny/tiny.ron", &place.path().join("other"), "100");
    let said = told(&fs::read(other).unwrap());
    assert!(said.contains("rows, and 200 draws have"), "{said}");
    fs::remove_file(&file).unwrap();
    let (code, said, _) = verified(&folder, &["--blocks", "2"]);
    assert!(code == Some(2) && said.contains("missing: draws.parquet"), "{said}");
}

#[test]
fn whatever_is_altered_is_told_or_changes_no_value() {
    let place = tempfile::tempdir().unwrap();
    let file = run("scenarios/tiny/tiny.ron", &place.path().join("run"), "64");
    let sound = fs::read(&file).unwrap();
    let opened = scenario::open(&in_repository("scenarios/tiny/tiny.ron"), &["--draws=64".into()]);
    let scenario = opened.scenario.unwrap();
    let prepared = Prepared::new(&scenario);
    let sample = Sample::new(64, 1);
    let options = Options { threads: 1, ..Options::default() };
    // Nothing is left to the fence around the decoders.
    let compared = |bytes: &[u8]| -> Compared {
        fs::write(&file, bytes).unwrap();
        compare(&prepared, &sample, File::open(&file).unwrap(), &options).unwrap()
    };
    let whole = compared(&sound);
    assert_eq!((whole.draws, whole.differing, &whole.unreadable), (64, 0, &None));
    // Every byte in turn where it is asked for by hand; else each 23rd.
    let step = std::env::var("EVERY_BYTE").map_or(23, |_| 1);
    let (mut unread, mut differing, mut unseen) = (0, 0, 0);
    for at in (0..sound.len()).step_by(step) {
        for other in [sound[at] ^ 1, sound[at] ^ 0x80, 0xff] {
            let mut altered = sound.clone();
            altered[at] = other;
            let found = compared(&altered);
            match (found.unreadable.is_some(), found.differing > 0) {
                (true, _) => {
                    let why = found.unreadable.unwrap_or_default();
                    assert!(!why.contains("bytes contradict each other"), "byte {at} as {other}");
                    unread += 1;
                }
                (_, true) => differing += 1,
                _ => unseen += 1,
            }
        }
    }
    assert!(unread > 0 && differing > 0, "{unread} {differing} {unseen}");
    println!("{} bytes: {unread} unreadable, {differing} differ, {unseen} the same", sound.len());
}
