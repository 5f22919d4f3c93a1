//! Runs that are written, replaced and refused, each in a folder of its own.

use super::partial::LOCK;
use super::*;
use crate::analysis::Findings;
use crate::analysis::example::{example, findings};
use crate::language::Language;
use crate::problem::Sources;
use crate::report::Circumstances;

fn manifest(findings: &Findings, files: &RunFiles) -> Manifest {
    let circumstances = Circumstances {
        set: &[],
        assumed: &[],
        precision: None,
        language: Language::English,
        threads: 1,
        milliseconds: 0,
        created: 0,
        os: "",
        arch: "",
        simd: "",
    };
    Manifest::new(findings, &Sources::default(), files, circumstances)
}

fn run(title: &str) -> (RunFiles, Manifest) {
    let mut scenario = example();
    scenario.title = title.to_owned();
    let findings = findings(&scenario);
    let files = RunFiles::tables(&findings);
    let manifest = manifest(&findings, &files);
    (files, manifest)
}

fn write(
    folder: &Path,
    force: bool,
    (files, manifest): &(RunFiles, Manifest),
) -> Result<Written, WriteError> {
    Destination::new(folder, force).write(files, manifest)
}

#[test]
fn a_run_appears_as_a_whole_with_the_manifest() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("output/example");
    let written = write(&folder, false, &run("one")).unwrap();
    assert_eq!((written.files, written.leftover), (8, None));
    let names = [
        "awards.csv",
        "budget.csv",
        "commitments.csv",
        "manifest.json",
        "network.csv",
        "outcomes.csv",
        "reconciliation.csv",
        "verdicts.csv",
    ];
    assert_eq!(files_in(place.path()).unwrap(), names.map(|name| format!("output/example/{name}")));
}

#[test]
fn a_run_of_the_same_scenario_is_replaced_as_a_whole() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("example");
    let mut first = run("one");
    first.0.add("charts/old.svg", "<svg/>");
    first.1.outputs = first.0.digests();
    write(&folder, false, &first).unwrap();
    write(&folder, false, &run("one")).unwrap();
    let found = files_in(place.path()).unwrap();
    assert!(found.len() == 8 && !found.iter().any(|name| name.contains("old")), "{found:?}");
}

#[test]
fn another_scenario_needs_force() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("example");
    write(&folder, false, &run("one")).unwrap();
    let error = write(&folder, false, &run("two")).unwrap_err();
    assert!(matches!(&error, WriteError::AnotherScenario { holds, .. } if holds == "one"));
    assert!(error.to_string().contains("--force"));
    write(&folder, true, &run("two")).unwrap();
    assert!(fs::read_to_string(folder.join(MANIFEST)).unwrap().contains("\"two\""));
}

#[test]
fn a_folder_without_our_manifest_is_never_replaced() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("thesis.txt"), "years of work").unwrap();
    for manifest in [None, Some("{}"), Some("not JSON"), Some(r#"{"program": "other"}"#)] {
        if let Some(text) = manifest {
            fs::write(place.path().join(MANIFEST), text).unwrap();
        }
        for force in [false, true] {
            let error = write(place.path(), force, &run("one")).unwrap_err();
            assert!(matches!(error, WriteError::NotARun { .. }), "{error}");
        }
    }
    assert!(place.path().join("thesis.txt").exists());
}

#[test]
fn files_that_no_run_wrote_are_not_lost_unasked() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("example");
    write(&folder, false, &run("one")).unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let error = write(&folder, false, &run("one")).unwrap_err();
    assert!(error.to_string().contains("(notes.txt)"), "{error}");
    assert!(Destination::new(&folder, false).check("example", "one").is_err());
    write(&folder, true, &run("one")).unwrap();
    assert!(!folder.join("notes.txt").exists());
}

#[test]
fn a_failure_leaves_the_earlier_run_and_nothing_half() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("example");
    write(&folder, false, &run("one")).unwrap();
    let before = fs::read(folder.join("awards.csv")).unwrap();
    // A file where a folder must be: one of the two cannot be written.
    let mut broken = run("one");
    broken.0.add("awards.csv", "half");
    broken.0.add("awards.csv/inside", "impossible");
    let error = write(&folder, false, &broken).unwrap_err();
    assert!(matches!(error, WriteError::Refused { .. }), "{error}");
    assert_eq!(fs::read(folder.join("awards.csv")).unwrap(), before);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn nothing_is_written_outside_the_folder() {
    let place = tempfile::tempdir().unwrap();
    for name in ["../x", "/tmp/x", "a/../../x", "", "c:x", "..\\x", "a\0b"] {
        let mut files = run("one");
        files.0.add(name, "");
        let error = write(&place.path().join("example"), false, &files).unwrap_err();
        assert!(matches!(error, WriteError::UnsafeName { .. }), "{name}: {error}");
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_path_without_a_name_is_refused_before_anything_is_made() {
    let place = tempfile::tempdir().unwrap();
    for odd in ["new/..", "new/../..", "new/a/.."] {
        let folder = place.path().join(odd);
        let error = Destination::new(&folder, true).check("example", "one").unwrap_err();
        assert!(matches!(error, WriteError::NoName { .. }), "{odd}: {error}");
        assert!(write(&folder, true, &run("one")).is_err());
    }
    assert!(Destination::new("", false).check("example", "one").is_err());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn where_nothing_can_be_written_is_told_before_the_simulation() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("file"), "").unwrap();
    let check =
        |path: &str| Destination::new(place.path().join(path), false).check("example", "one");
    assert!(matches!(
        check("file/run"),
        Err(WriteError::Refused { .. } | WriteError::NotAFolder { .. })
    ));
    assert!(matches!(
        check("file/deep/run"),
        Err(WriteError::Refused { .. } | WriteError::NotAFolder { .. })
    ));
    // Longer than any system's names, and names that what is kept beside them would make too long.
    for letters in [300, 255, 245, 240] {
        let told = check(&"x".repeat(letters));
        assert!(matches!(told, Err(WriteError::Refused { .. })), "{letters}");
    }
    assert!(check(&"x".repeat(200)).is_ok());
    assert!(check("new/folder/...").is_ok());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn what_a_killed_run_has_left_is_deleted_and_what_another_writes_is_not() {
    let place = tempfile::tempdir().unwrap();
    let folder = |process: &str| place.path().join(format!(".example.partial-{process}"));
    for process in ["1", "2", "3", "mine"] {
        fs::create_dir(folder(process)).unwrap();
        fs::write(folder(process).join("awards.csv"), "half").unwrap();
    }
    // The first was killed, the second is writing, the third has no lock, the last is none of ours.
    fs::write(folder("1").join(LOCK), "").unwrap();
    let writing = fs::File::create(folder("2").join(LOCK)).unwrap();
    writing.try_lock().unwrap();
    fs::write(folder("mine").join(LOCK), "").unwrap();
    write(&place.path().join("example"), false, &run("one")).unwrap();
    assert!(!folder("1").exists());
    assert!(["2", "3", "mine"].iter().all(|process| folder(process).exists()));
    // Of files too large for memory the same is told before a run, which may be long.
    let aside = |process: &str| place.path().join(format!(".example.aside-{process}"));
    for process in ["1", "2", "mine"] {
        fs::write(aside(process), "rows").unwrap();
    }
    let writing = fs::File::open(aside("2")).unwrap();
    writing.try_lock().unwrap();
    Destination::new(place.path().join("example"), false).check("example", "one").unwrap();
    assert!(!aside("1").exists() && aside("2").exists() && aside("mine").exists());
    assert!(!place.path().join("example").join(LOCK).exists());
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_a_name() {
    use std::os::unix::ffi::OsStrExt;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join(std::ffi::OsStr::from_bytes(b"run-\xff"));
    write(&folder, false, &run("one")).unwrap();
    assert!(folder.join(MANIFEST).exists());
}

#[test]
fn an_empty_folder_is_taken_and_a_file_is_not() {
    let place = tempfile::tempdir().unwrap();
    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    write(&empty, false, &run("one")).unwrap();
    let file = empty.join("awards.csv");
    assert!(matches!(write(&file, true, &run("one")), Err(WriteError::NotAFolder { .. })));
    assert!(write(Path::new("/"), false, &run("one")).is_err());
}
