//! A finished run, opened again: its copies of the scenario's files, with its settings and draws.

use super::{MANIFEST, Manifest, SCENARIO_FOLDER};
use crate::archive::digest;
use crate::problem::{Problem, codes};
use crate::scenario::{self, Opened};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// Larger files are no manifest.
const LARGEST: u64 = 64 << 20;

/// What a run leaves to be simulated again.
#[derive(Debug)]
pub struct RunFolder {
    /// The copy of the scenario's file.
    pub file: PathBuf,
    /// What was run, and how.
    pub manifest: Manifest,
}

impl RunFolder {
    /// How the scenario was run: its settings, draws and seed.
    pub fn settings(&self) -> Vec<String> {
        let run = &self.manifest.run;
        let mut settings = run.set.clone();
        settings.extend([format!("--draws={}", run.draws), format!("--seed={}", run.seed)]);
        settings
    }

    /// Opens the scenario as it was run, with further settings.
    pub fn open(&self, further: &[String]) -> Opened {
        let mut settings = self.settings();
        settings.extend(further.iter().cloned());
        scenario::open(&self.file, &settings)
    }

    /// What to tell where another version of the program has run it.
    pub fn of_another_version(&self) -> Option<String> {
        let (then, now) = (&self.manifest.version, env!("CARGO_PKG_VERSION"));
        (then != now).then(|| {
            format!("note: the run was written by version {then}, and this is version {now}: figures may differ")
        })
    }
}

/// Reads the folder of a finished run, whose copies are still what was run.
///
/// # Errors
/// The folder is no run of ours, or its copies are not those that were run.
pub fn read(folder: &Path) -> Result<RunFolder, Box<Problem>> {
    let manifest = manifest(folder)?;
    let copies = folder.join(SCENARIO_FOLDER);
    unchanged(folder, &copies, &manifest)?;
    Ok(RunFolder { file: copies.join(&manifest.scenario.file), manifest })
}

/// What the manifest of another command's folder has as well.
#[derive(Deserialize)]
struct OfAnother {
    program: String,
    command: String,
}

/// The manifest of a finished run.
///
/// # Errors
/// The folder is no run of ours.
pub fn manifest(folder: &Path) -> Result<Manifest, Box<Problem>> {
    let path = folder.join(MANIFEST);
    let shown = folder.display();
    let refuse = |why: String| {
        let message = format!("`{shown}` is not the folder of a finished run: {why}");
        let help = "name a scenario file, or a folder that `dotacija run` has written";
        Box::new(Problem::error(codes::NOT_A_RUN, message).help(help))
    };
    let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file);
    let Some(metadata) = metadata else { return Err(refuse(format!("it has no `{MANIFEST}`"))) };
    if metadata.len() > LARGEST {
        return Err(refuse(format!("its `{MANIFEST}` is too large to be one")));
    }
    let bytes = fs::read(&path)
        .map_err(|error| refuse(format!("its `{MANIFEST}` cannot be read: {error}")))?;
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else {
        let other = serde_json::from_slice::<OfAnother>(&bytes).ok();
        let other = other.filter(|other| other.program == super::PROGRAM);
        return Err(refuse(match other {
            Some(other) => format!("`{} {}` has written it", super::PROGRAM, other.command),
            None => format!("its `{MANIFEST}` is not one of ours"),
        }));
    };
    if manifest.program != super::PROGRAM {
        return Err(refuse(format!("its `{MANIFEST}` was written by another program")));
    }
    let file = Path::new(&manifest.scenario.file);
    let plain = |part| matches!(part, std::path::Component::Normal(_));
    if manifest.scenario.file.is_empty() || !file.components().all(plain) {
        return Err(refuse(format!("its `{MANIFEST}` does not name the scenario's file")));
    }
    Ok(manifest)
}

/// Whether the copies are still the bytes that were run.
fn unchanged(folder: &Path, copies: &Path, manifest: &Manifest) -> Result<(), Box<Problem>> {
    let is_same = |(name, expected): &(&String, &String)| {
        let path = Path::new(name.as_str());
        let plain = |part| matches!(part, std::path::Component::Normal(_));
        path.components().all(plain)
            && fs::read(copies.join(path)).is_ok_and(|bytes| digest(&bytes) == **expected)
    };
    let changed: Vec<&str> = manifest
        .inputs
        .iter()
        .filter(|input| !is_same(input))
        .map(|(name, _)| name.as_str())
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let shown: Vec<String> =
        changed.iter().take(3).map(|name| format!("`{SCENARIO_FOLDER}/{name}`")).collect();
    let more = changed.len() - shown.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!(
        "the copies in `{}` are not those that were run: {}{rest} changed or are missing",
        folder.display(),
        shown.join(", ")
    );
    Err(Box::new(
        Problem::error(codes::CHANGED_RUN, message)
            .note("the figures of the run could not be had again from them")
            .help("run the scenario again, or name the scenario's own file"),
    ))
}
