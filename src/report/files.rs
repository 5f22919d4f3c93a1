//! What a run is about to write: paths and bytes.

use super::csv_files::Csv;
use super::tables;
use crate::analysis::Findings;
use crate::archive::{digest, read_from_disk};
use crate::problem::Sources;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Where copies of the scenario's files go.
pub const SCENARIO_FOLDER: &str = "scenario";

/// Tables that are not written where they have no rows.
const MAY_BE_MISSING: [&str; 3] = ["reconciliation", "commitments", "guarantees"];

/// Files by path relative to the run's folder, with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunFiles {
    files: BTreeMap<String, Vec<u8>>,
}

impl RunFiles {
    /// No file yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tables of findings.
    pub fn tables(findings: &Findings) -> Self {
        let mut files = Self::new();
        for (name, table) in tables::of_run(findings, Csv::default) {
            if !(table.is_empty() && MAY_BE_MISSING.contains(&name)) {
                files.add(format!("{name}.csv"), table.into_bytes());
            }
        }
        files
    }

    /// Adds a file, in place of an earlier one of the same path.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Adds byte copies of every file that was read.
    pub fn add_scenario(&mut self, sources: &Sources) {
        for source in read_from_disk(sources) {
            self.add(format!("{SCENARIO_FOLDER}/{}", source.name), &*source.bytes);
        }
    }

    /// The files in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The same, for several threads.
    pub fn par_iter(&self) -> impl ParallelIterator<Item = (&str, &[u8])> {
        self.files.par_iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Digest of each file.
    pub fn digests(&self) -> BTreeMap<String, String> {
        self.par_iter().map(|(path, bytes)| (path.to_owned(), digest(bytes))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::problem::Source;

    #[test]
    fn a_run_holds_seven_tables_and_the_bytes_that_were_read() {
        let mut files = RunFiles::tables(&findings(&example()));
        let source = |name: &str, bytes: &[u8]| Source {
            name: name.into(),
            text: String::from_utf8_lossy(bytes).into(),
            bytes: bytes.into(),
        };
        // Not UTF-8: the copy has the bytes of the disk, not the text that was read out of them.
        let table = source("data/points.csv", b"\xd0code");
        files.add_scenario(&Sources::of(vec![
            source("a.ron", b"()"),
            table,
            source("--set", b"x=1"),
        ]));
        let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
        assert_eq!(
            paths,
            [
                "awards.csv",
                "budget.csv",
                "commitments.csv",
                "network.csv",
                "outcomes.csv",
                "reconciliation.csv",
                "scenario/a.ron",
                "scenario/data/points.csv",
                "verdicts.csv"
            ]
        );
        assert_eq!(files.get("scenario/data/points.csv"), Some(b"\xd0code".as_slice()));
    }
}
