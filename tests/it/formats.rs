//! What released versions wrote is still read: scenarios of format 1, folders of runs, parts of runs.
//!
//! `tests/formats/<version>` holds what that version read and wrote. A sample is never changed once its
//! version is released; CONTRIBUTING.md says how one is added.

use crate::support::{contents, copy_folder, dotacija, in_repository, rows};
use dotacija::report::{Manifest, run_folder};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What is left out of the samples, for people alone read it: pictures, the page, the workbook.
fn is_left_out(name: &str) -> bool {
    name.starts_with("charts/") || name == "report.html" || name == "workbook.xlsx"
}

/// The samples, by version.
fn samples() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(in_repository("tests/formats")).unwrap();
    let folders = entries.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    let mut found: Vec<(String, PathBuf)> =
        folders.map(|entry| (entry.file_name().into_string().unwrap(), entry.path())).collect();
    found.sort();
    assert!(found.iter().any(|(version, _)| version == "0.1.0"));
    found
}

/// Exit status, and all that is said.
fn told(command: &mut assert_cmd::Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap() + &error)
}

fn manifest(sample: &Path) -> Manifest {
    run_folder::manifest(&sample.join("run")).unwrap_or_else(|problem| panic!("{problem:?}"))
}

/// A line of the central path, by policy, programme, municipality, year and name.
fn central(worksheet: &Path) -> BTreeMap<Vec<String>, f64> {
    let key = ["policy", "programme", "municipality", "year", "line"];
    let lines = rows(worksheet).into_iter().map(|row| {
        let key = key.map(|column| row[column].clone()).to_vec();
        (key, row["value"].parse().unwrap())
    });
    lines.collect()
}

#[test]
fn the_version_that_is_developed_has_its_sample() {
    let current = env!("CARGO_PKG_VERSION");
    assert!(samples().iter().any(|(version, _)| version == current), "tests/formats/{current}");
    for (version, sample) in samples() {
        assert_eq!(manifest(&sample).version, version);
    }
}

#[test]
fn scenarios_of_earlier_versions_have_no_error() {
    for (version, sample) in samples() {
        for name in ["tiny.ron", "reform.ron"] {
            let (code, told) =
                told(dotacija().arg("check").arg(sample.join("scenario").join(name)));
            assert_eq!(code, Some(0), "{version}/{name}:\n{told}");
        }
    }
}

/// Read is not enough: a field that is passed over would be read as well. The central path has no draws, so
/// that neither generators nor plans nor quantiles have a part in it.
#[test]
fn scenarios_of_earlier_versions_mean_what_they_meant() {
    for (version, sample) in samples() {
        let place = tempfile::tempdir().unwrap();
        for name in ["tiny", "reform"] {
            let folder = place.path().join(name);
            let kept = sample.join("central").join(name).with_extension("csv");
            let file = sample.join("scenario").join(name).with_extension("ron");
            let mut command = dotacija();
            command.arg("run").arg(file).args(["--central", "--draws", "64", "-o"]).arg(&folder);
            let (code, told) = told(&mut command);
            assert_eq!(code, Some(0), "{version}/{name}:\n{told}");
            let (then, now) = (central(&kept), central(&folder.join("worksheet.csv")));
            assert!(then.len() > 50, "{}", then.len());
            for (line, value) in &then {
                assert_eq!(Some(value), now.get(line), "{version}/{name}: {line:?}");
            }
        }
    }
}

#[test]
fn folders_of_earlier_runs_are_whole_to_verify() {
    for (version, sample) in samples() {
        let run = sample.join("run");
        let mut command = dotacija();
        command.arg("verify").arg(&run).args(["--files-only", "--format", "json"]);
        let (_, told) = told(&mut command);
        let found: serde_json::Value = serde_json::from_str(&told).unwrap();
        let names = |list: &str| -> Vec<String> {
            let names = found[list].as_array().unwrap().iter();
            names.map(|name| name.as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names("changed"), Vec::<String>::new(), "{version}");
        assert_eq!(names("strange"), Vec::<String>::new(), "{version}");
        assert!(names("missing").iter().all(|name| is_left_out(name)), "{version}: {told}");
    }
}

#[test]
fn a_run_of_another_version_is_verified_or_said_to_be_one() {
    let place = tempfile::tempdir().unwrap();
    for (version, sample) in samples() {
        let run = place.path().join(&version);
        copy_folder(&sample.join("run"), &run);
        let (code, said) = told(dotacija().arg("verify").arg(&run));
        assert!(
            matches!(code, Some(0 | 2)) && said.contains("simulated again, 64 draws"),
            "{said}"
        );
        let names_version = said.contains(&format!("written by version {version}"));
        let is_same = !said.contains("  otherwise: ");
        assert!(is_same || names_version || version == env!("CARGO_PKG_VERSION"), "{said}");
        // The same run with the mark of a version that never was, and a table that comes out otherwise.
        let path = run.join("manifest.json");
        let text = fs::read_to_string(&path).unwrap();
        let of_another = text
            .replace(&format!("\"version\": \"{version}\""), "\"version\": \"0.0.9\"")
            .replace("\"seed\": 1", "\"seed\": 2");
        fs::write(&path, of_another).unwrap();
        let (code, said) = told(dotacija().arg("verify").arg(&run));
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("otherwise: awards.csv"), "{said}");
        assert!(said.contains("was written by version 0.0.9"), "{said}");
        assert!(said.contains("verify it with that one"), "{said}");
    }
}

#[test]
fn folders_of_earlier_runs_are_opened_by_all_who_take_runs() {
    for (version, sample) in samples() {
        let run = sample.join("run");
        assert!(run_folder::read(&run).is_ok(), "{version}");
        let mut explain = dotacija();
        explain.arg("explain").arg(&run).args([
            "--policy",
            "workload",
            "--programme",
            "maintenance",
        ]);
        explain.args(["--municipality", "Birze", "--year", "2023"]);
        let (code, said) = told(&mut explain);
        assert!(code == Some(0) && said.contains("Birze"), "{version}: {said}");
        // With the ranges of the run, which are of its tables.
        let mut letter = dotacija();
        letter.arg("explain").arg(&run).args(["--letter", "--municipality", "Birze"]);
        let (code, said) = told(letter.args(["--year", "2023"]));
        assert!(code == Some(0) && said.contains("Birze"), "{version}: {said}");
        let (code, said) = told(dotacija().arg("compare").arg(&run));
        assert_eq!(code, Some(0), "{version}: {said}");
    }
}

#[cfg(feature = "serve")]
#[test]
fn earlier_runs_and_scenarios_stand_in_the_list_of_the_live_page() {
    use std::io::{Read, Write};
    for (version, sample) in samples() {
        let place = tempfile::tempdir().unwrap();
        copy_folder(&sample, place.path());
        let server = dotacija::serve::Server::bind(place.path(), 0).unwrap();
        let address = server.address();
        std::thread::spawn(move || server.serve());
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_mins(1))).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut page = Vec::new();
        stream.read_to_end(&mut page).unwrap();
        let page = String::from_utf8_lossy(&page);
        assert!(page.starts_with("HTTP/1.1 200 "), "{version}: {page}");
        // The scenario and its run, and the other scenario, each by its title.
        for (title, times) in [("Tiny: seven points", 2), ("Reform: the further sections", 1)] {
            assert_eq!(page.matches(title).count(), times, "{version}: {title}\n{page}");
        }
    }
}

#[test]
fn an_earlier_run_gives_way_to_a_new_one_of_its_scenario() {
    for (version, sample) in samples() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("run");
        copy_folder(&sample.join("run"), &folder);
        let before = contents(&folder);
        let run = |seed: &str, scenario: &str| {
            let mut command = dotacija();
            command.arg("run").arg(sample.join("scenario").join(scenario));
            command.args(["--draws", "64", "--seed", seed, "-o"]).arg(&folder);
            told(&mut command)
        };
        // Not for another scenario's.
        let (code, said) = run("2", "reform.ron");
        assert!(code == Some(2) && said.contains("Tiny: seven points"), "{version}: {said}");
        assert!(contents(&folder) == before);
        let (code, said) = run("2", "tiny.ron");
        assert_eq!(code, Some(0), "{version}: {said}");
        let written = run_folder::manifest(&folder).unwrap();
        assert_eq!((written.version.as_str(), written.run.seed), (env!("CARGO_PKG_VERSION"), 2));
    }
}

/// A part is of one version, for another may draw or count otherwise: it is merged, or refused by its name.
#[test]
fn parts_of_earlier_versions_are_merged_or_refused_by_their_version() {
    for (version, sample) in samples() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("run");
        let part = sample.join("part");
        let (code, said) = told(dotacija().arg("merge").arg(&part).arg("-o").arg(&folder));
        if version == env!("CARGO_PKG_VERSION") {
            assert_eq!(
                code,
                Some(0),
                "what a part holds has changed: another format (src/archive/file.rs), or, before the release, another sample\n{said}"
            );
            assert!(run_folder::read(&folder).is_ok());
        } else {
            let is_named = said.contains(&format!("of version {version} of the program"))
                || said.contains("use the version of the program that wrote it");
            assert!(code == Some(2) && is_named, "{version}: {said}");
            assert!(!folder.exists());
        }
    }
}
