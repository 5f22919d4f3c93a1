//! What stands where a run or a comparison is to go, and whether it may be replaced.

use super::error::refused;
use super::{Destination, WriteError, files_in};
use crate::report::manifest::{MANIFEST, PROGRAM, ScenarioOf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The largest manifest that is read, in bytes (64 MiB).
const LARGEST_MANIFEST: u64 = 64 << 20;
/// How many names a message lists.
const NAMES_SHOWN: usize = 3;

/// The file that lists what a comparison has written, its last.
pub const CONTENTS: &str = "contents.json";

/// What is written: how it is known again, and what must be the same for it to be replaced.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work<'a> {
    /// A run of a scenario: its name and title.
    Run(&'a str, &'a str),
    /// A comparison: of what with what.
    Comparison(&'a str),
}

/// What stands where a run is to go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Present {
    Nothing,
    EmptyFolder,
    Run,
}

/// What lies in the folder of a comparison.
#[derive(Deserialize, Serialize)]
pub(super) struct Contents {
    pub(super) program: String,
    pub(super) compared: String,
    pub(super) outputs: BTreeMap<String, String>,
}

/// What is read of an earlier run's manifest, whatever version wrote it.
#[derive(Deserialize)]
struct Earlier {
    program: String,
    scenario: ScenarioOf,
    #[serde(default)]
    outputs: BTreeMap<String, String>,
}

impl Destination {
    /// What stands here; an error where the work may not take its place.
    pub(super) fn present(&self, work: Work<'_>) -> Result<Present, WriteError> {
        let folder = || self.folder.clone();
        let metadata = match fs::symlink_metadata(&self.folder) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Present::Nothing),
            Err(cause) => return Err(refused("look into", &self.folder)(cause)),
        };
        if !metadata.is_dir() {
            return Err(WriteError::NotAFolder { folder: folder() });
        }
        let look = || refused("look into", &self.folder);
        if fs::read_dir(&self.folder).map_err(look())?.next().is_none() {
            return Ok(Present::EmptyFolder);
        }
        let earlier = self.earlier_run();
        let (last, outputs, another) = match work {
            Work::Run(name, title) => {
                let earlier = earlier.ok_or_else(|| WriteError::NotARun { folder: folder() })?;
                let is_same = (&*earlier.scenario.name, &*earlier.scenario.title) == (name, title);
                let holds = earlier.scenario.title;
                let another = WriteError::AnotherScenario { folder: folder(), holds };
                (MANIFEST, earlier.outputs, (!is_same).then_some(another))
            }
            Work::Comparison(_) if earlier.is_some() => {
                return Err(WriteError::HoldsARun { folder: folder() });
            }
            Work::Comparison(compared) => {
                let bytes = read_manifest(&self.folder.join(CONTENTS)).ok();
                let earlier =
                    bytes.and_then(|bytes| serde_json::from_slice::<Contents>(&bytes).ok());
                let earlier = earlier.filter(|earlier| earlier.program == PROGRAM);
                let earlier =
                    earlier.ok_or_else(|| WriteError::NotAComparison { folder: folder() })?;
                let is_same = earlier.compared == compared;
                let holds = earlier.compared;
                let another = WriteError::AnotherComparison { folder: folder(), holds };
                (CONTENTS, earlier.outputs, (!is_same).then_some(another))
            }
        };
        if self.force {
            return Ok(Present::Run);
        }
        if let Some(another) = another {
            return Err(another);
        }
        // Only now: a folder that is no run may be anything, a whole disk too.
        let found = files_in(&self.folder).map_err(look())?;
        let strange: Vec<&str> = found
            .iter()
            .map(String::as_str)
            .filter(|file| *file != last && !outputs.contains_key(*file))
            .collect();
        if strange.is_empty() {
            return Ok(Present::Run);
        }
        let mut names = strange.iter().take(NAMES_SHOWN).copied().collect::<Vec<_>>().join(", ");
        if strange.len() > NAMES_SHOWN {
            names.push_str(", …");
        }
        Err(WriteError::StrangeFiles { folder: folder(), names })
    }

    /// The manifest of a run of ours, if one stands here.
    fn earlier_run(&self) -> Option<Earlier> {
        let bytes = read_manifest(&self.folder.join(MANIFEST)).ok()?;
        let earlier = serde_json::from_slice::<Earlier>(&bytes).ok()?;
        (earlier.program == PROGRAM).then_some(earlier)
    }
}

/// The bytes of a manifest, if it is a file that may be one.
fn read_manifest(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() || metadata.len() > LARGEST_MANIFEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    fs::read(path)
}
