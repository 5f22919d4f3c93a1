//! A run in parts gives the bytes of the run, and what is no run is refused; `verify` sees what was altered.

use crate::support::{contents, copy_folder, dotacija, in_repository};
use dotacija::engine::{Cube, Prepared, Taking, Tally};
use dotacija::stats::QuantileMethod;
use std::fs;
use std::path::{Path, PathBuf};

const DRAWS: &str = "3000";

fn starter() -> PathBuf {
    in_repository("scenarios/starter/starter.ron")
}

/// What the program says on standard error, and whether it was content.
fn told(command: &mut assert_cmd::Command) -> (bool, String) {
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    (output.status.success(), out + &String::from_utf8(output.stderr).unwrap())
}

fn shard(place: &Path, name: &str, draws: &str, further: &[&str]) -> PathBuf {
    let file = place.join("parts").join(name);
    let mut command = dotacija();
    command.arg("shard").arg(starter()).args(["--of", DRAWS, "--draws", draws, "-o"]).arg(&file);
    let (is_done, told) = told(command.args(further));
    assert!(is_done, "{told}");
    file
}

fn merge(parts: &[&Path], folder: &Path) -> (bool, String) {
    told(dotacija().arg("merge").args(parts).arg("-o").arg(folder))
}

fn run(folder: &Path, further: &[&str]) {
    let mut command = dotacija();
    command.arg("run").arg(starter()).args(["--draws", DRAWS, "-o"]).arg(folder).args(further);
    command.assert().success();
}

#[test]
fn uneven_parts_in_any_order_give_the_bytes_of_the_run() {
    let place = tempfile::tempdir().unwrap();
    run(&place.path().join("whole"), &[]);
    // In bins, as for many draws, and of one that was done twice.
    let first = shard(place.path(), "a", "0..640", &["--threads", "2"]);
    let second = shard(place.path(), "b", "640..704", &["--threads", "1"]);
    let again = shard(place.path(), "c", "640..704", &[]);
    let last = shard(place.path(), "d", "704..3000", &["--quiet"]);
    let folder = place.path().join("merged");
    let (is_done, told) = merge(&[&last, &second, &first, &again], &folder);
    assert!(is_done, "{told}");
    let (merged, whole) = (contents(&folder), contents(&place.path().join("whole")));
    assert!(merged.keys().eq(whole.keys()));
    for (name, bytes) in &merged {
        assert!(*bytes == whole[name], "{name} differs");
    }
}

#[test]
fn what_is_missing_overlaps_is_foreign_or_damaged_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let first = shard(place.path(), "a", "0..640", &[]);
    let last = shard(place.path(), "b", "704..3000", &[]);
    let over = shard(place.path(), "c", "576..3000", &[]);
    let foreign = shard(place.path(), "d", "640..3000", &["--seed", "7"]);
    let folder = place.path().join("merged");
    let refused = |parts: &[&Path], why: &[&str]| {
        let (is_done, told) = merge(parts, &folder);
        assert!(!is_done && why.iter().all(|why| told.contains(why)), "{told}");
        assert!(!folder.exists());
    };
    refused(&[&first, &last], &["no part holds draws 640..704", "--draws 640..704"]);
    refused(&[&first, &over], &["a` holds draws 0..640", "c` draws 576..3 000", "counted twice"]);
    refused(&[&first, &foreign], &["d` is a part of another run", "run.seed=7", "a`, the first"]);
    let elsewhere = place.path().join("elsewhere/starter.ron");
    copy_folder(&in_repository("scenarios/starter"), elsewhere.parent().unwrap());
    let mut points = fs::read(elsewhere.with_file_name("points.csv")).unwrap();
    points.push(b'\n');
    fs::write(elsewhere.with_file_name("points.csv"), points).unwrap();
    let changed = place.path().join("parts/e");
    let mut command = dotacija();
    command.arg("shard").arg(&elsewhere).args(["--of", DRAWS, "--draws", "640..3000", "-o"]);
    command.arg(&changed).assert().success();
    refused(&[&first, &changed], &["e` is a part of another run", "content of `points.csv`"]);
    refused(&[&first, &place.path().join("parts/f")], &["cannot read", "f`"]);
    let sound = fs::read(&last).unwrap();
    for at in [30, sound.len() / 2, sound.len() - 1] {
        let mut damaged = sound.clone();
        damaged[at] ^= 4;
        fs::write(&last, damaged).unwrap();
        refused(
            &[&first, &last],
            &["b` is damaged: its digest is another", "simulate its draws again"],
        );
    }
    fs::write(&last, &sound[..sound.len() / 2]).unwrap();
    refused(&[&first, &last], &["b` is damaged: its digest is another: it was cut off"]);
    fs::write(&last, "a,b\n1,2\n").unwrap();
    refused(&[&first, &last], &["b` is no part of a run"]);
    // Nor is what is no part replaced by one.
    let (is_done, told) =
        told(dotacija().arg("shard").arg(starter()).args(["--draws", "0..64", "-o"]).arg(&last));
    assert!(!is_done && told.contains("b` is no part of a run"), "{told}");
    // What is there already is not simulated again; nor does another part of the same run take its place.
    let written = fs::metadata(&first).unwrap().modified().unwrap();
    let mut again = dotacija();
    again.arg("shard").arg(starter()).args(["--of", DRAWS, "--draws", "0..640", "-o"]).arg(&first);
    let (is_done, told) = self::told(&mut again);
    assert!(is_done && told.contains("draws 0..640 are in") && told.contains("already"), "{told}");
    assert_eq!(fs::metadata(&first).unwrap().modified().unwrap(), written);
    let mut other = dotacija();
    other.arg("shard").arg(starter()).args(["--of", DRAWS, "--draws", "0..64", "-o"]).arg(&first);
    let (is_done, told) = self::told(&mut other);
    assert!(!is_done && told.contains("a` holds draws 0..640 of this run"), "{told}");
}

#[test]
fn parts_by_number_are_the_run_and_the_same_as_by_draws() {
    let place = tempfile::tempdir().unwrap();
    let shard = |name: &str, which: &[&str]| {
        let file = place.path().join(name);
        let mut command = dotacija();
        command.arg("shard").arg(starter()).args(["--of", DRAWS]).args(which).arg("-o").arg(&file);
        (told(&mut command), file)
    };
    run(&place.path().join("whole"), &[]);
    let parts: Vec<PathBuf> = (1..=5)
        .map(|part| {
            let ((is_done, told), file) =
                shard(&part.to_string(), &["--part", &format!("{part}/5")]);
            assert!(is_done, "{told}");
            file
        })
        .collect();
    // 47 blocks: nine, nine, ten, nine and ten.
    let (_, third) = shard("third", &["--draws", "1152..1792"]);
    assert!(fs::read(&parts[2]).unwrap() == fs::read(third).unwrap());
    let folder = place.path().join("merged");
    let (is_done, told) = merge(&parts.iter().map(PathBuf::as_path).collect::<Vec<_>>(), &folder);
    assert!(is_done, "{told}");
    assert!(contents(&folder) == contents(&place.path().join("whole")));
    for (which, why) in [
        (&["--part", "6/5"][..], "counted from 1"),
        (&["--part", "1/48"], "at most 47 parts"),
        (&["--part", "1/5", "--draws", "0..64"], "cannot be used with"),
        (&[], "--draws <LO..HI>|--part <K/N>"),
    ] {
        let ((is_done, told), file) = shard("wrong", which);
        assert!(!is_done && told.contains(why) && !file.exists(), "{told}");
    }
}

/// A part whose digest is right and whose content is not what this program writes.
#[test]
fn a_part_that_contradicts_its_scenario_is_refused_whoever_made_it() {
    let place = tempfile::tempdir().unwrap();
    let whole = shard(place.path(), "a", "0..3000", &[]);
    let sound = fs::read(&whole).unwrap();
    let body = sound.len() - blake3::OUT_LEN;
    let mut refused = 0;
    for step in 0..60 {
        // One byte of the tally, which ends the file, is another: a length, a count, a key, a value.
        let at = body - 1 - step * 2_003;
        let mut altered = sound[..body].to_vec();
        altered[at] ^= 0x41;
        let digest = blake3::hash(&altered);
        altered.extend_from_slice(digest.as_bytes());
        fs::write(&whole, altered).unwrap();
        let folder = place.path().join(format!("merged-{step}"));
        let output = dotacija().arg("merge").arg(&whole).arg("-o").arg(&folder).output().unwrap();
        // A value may be as good as another; but nothing panics, and what is refused writes nothing.
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(matches!(output.status.code(), Some(0 | 2)), "byte {at}: {told}");
        if output.status.code() == Some(2) {
            refused += 1;
            assert!(told.contains("is damaged") && !folder.exists(), "{told}");
        }
    }
    assert!(refused > 0);
}

/// As a file has it: what it says of lengths and of how figures are kept may be anything.
#[test]
fn figures_that_are_kept_otherwise_or_too_many_are_no_figures_of_the_run() {
    // So many draws are counted in bins.
    const RUN: u64 = 1 << 30;
    let opened = dotacija::scenario::open(&in_repository("scenarios/tiny/tiny.ron"), &[]);
    let scenario = opened.scenario.unwrap();
    let prepared = Prepared::new(&scenario);
    let restored = |bytes: &[u8]| Tally::restored(&prepared, RUN, &mut Taking(bytes)).is_some();
    let mut tally = Tally::new(&prepared, RUN);
    let sound = postcard::to_stdvec(&tally.stored()).unwrap();
    assert!(restored(&sound) && !restored(&sound[..sound.len() - 1]));
    // Gaps without the sums of their bins: added to others their tails would have no mean.
    let shape = tally.budget.shape().to_vec();
    tally.budget = Cube::new(shape.clone(), QuantileMethod::Histogram);
    assert!(!restored(&postcard::to_stdvec(&tally.stored()).unwrap()));
    // Nothing where quantiles are kept; all values are as good as bins.
    tally.budget = Cube::new(shape.clone(), QuantileMethod::None);
    assert!(!restored(&postcard::to_stdvec(&tally.stored()).unwrap()));
    tally.budget = Cube::new(shape, QuantileMethod::Exact);
    assert!(restored(&postcard::to_stdvec(&tally.stored()).unwrap()));
    // Draws, ten cubes, and of the first of them 2^32 cells: none is looked for.
    assert!(!restored(&[0, 10, 0x80, 0x80, 0x80, 0x80, 0x10]));
    assert!(!restored(&[0, 11]));
}

#[test]
fn a_run_is_verified_with_its_language_pictures_and_second_pass() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("run");
    run(
        &folder,
        &["--lang", "lv", "--central", "--exact-quantiles", "--set", "levers.rate_case=2"],
    );
    let (is_sound, told) = told(dotacija().arg("verify").arg(&folder));
    assert!(is_sound, "{told}");
    let files = contents(&folder).len();
    assert!(told.contains(&format!("all {files} files are as they were written")), "{told}");
    assert!(told.contains(&format!("{files} of {files} files come out the same")), "{told}");
    assert!(told.contains("It does not say that the inputs are right"), "{told}");
}

#[test]
fn what_was_altered_after_a_run_is_found() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("run");
    run(&folder, &[]);
    let verified = |further: &[&str]| {
        let output = dotacija().arg("verify").arg(&folder).args(further).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    // A figure that was altered, and the manifest with it: the files fit, the simulation does not.
    let awards = fs::read_to_string(folder.join("awards.csv")).unwrap();
    let forged = awards.replacen('7', "8", 1);
    fs::write(folder.join("awards.csv"), &forged).unwrap();
    let (code, told) = verified(&["--files-only"]);
    assert!(code == Some(2) && told.contains("changed: awards.csv"), "{told}");
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let digest = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    let fitting = manifest.replace(&digest(&awards), &digest(&forged));
    assert_ne!(fitting, manifest);
    fs::write(folder.join("manifest.json"), fitting).unwrap();
    let (code, told) = verified(&["--files-only"]);
    assert!(code == Some(0) && told.contains("nothing was simulated"), "{told}");
    let (code, told) = verified(&[]);
    assert!(code == Some(2) && told.contains("otherwise: awards.csv"), "{told}");
    // An input that was altered is no input of the run.
    fs::remove_file(folder.join("budget.csv")).unwrap();
    fs::write(folder.join("scenario/starter.ron"), "Scenario()").unwrap();
    let (code, told) = verified(&["--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(code, Some(2));
    assert_eq!(found["missing"], serde_json::json!(["budget.csv"]));
    assert_eq!(found["changed"], serde_json::json!(["scenario/starter.ron"]));
    assert_eq!(found["simulated"], serde_json::Value::Null);
}
