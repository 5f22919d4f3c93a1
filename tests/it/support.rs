//! What several tests need: the program, the scenarios of the repository, and files to compare.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The program.
pub fn dotacija() -> Command {
    Command::cargo_bin("dotacija").unwrap()
}

/// A file of the repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The first word in a text that would mislead a reader.
pub fn misleading(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let words = include_str!("../words_to_avoid.txt").lines();
    words.filter(|line| !line.starts_with('#')).find(|word| text.contains(word))
}

/// Every file below a folder but the manifest, by relative name.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found.remove("manifest.json");
    found
}

/// The parts of a workbook, by name.
pub fn unpacked(workbook: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        parts.insert(name, bytes);
    }
    parts
}

/// Copies a folder of the repository.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The lines of `worksheet.csv` after `run --central`, by municipality and name of the line.
pub fn central_lines(scenario: &Path) -> BTreeMap<(String, String), f64> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    dotacija().arg("run").arg(scenario).args(["--central", "-o"]).arg(&output).assert().success();
    let mut reader = csv::Reader::from_path(output.join("worksheet.csv")).unwrap();
    let rows = reader.deserialize().map(|row| {
        let (_, _, municipality, _, line, value): (String, String, String, i32, String, f64) =
            row.unwrap();
        ((municipality, line), value)
    });
    rows.collect()
}

/// The rows of a CSV file as maps from column to value.
pub fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}
