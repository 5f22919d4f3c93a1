//! A finished run, opened again, with a word about other versions.

use super::show;
use crate::problem::Problem;
use crate::report::run_folder;
use crate::scenario::Opened;
use std::path::Path;

pub use crate::report::run_folder::RunFolder;

/// Reads the folder of a finished run, whose copies are still what was run.
///
/// # Errors
/// The folder is no run of ours, or its copies are not those that were run.
pub fn read(folder: &Path) -> Result<RunFolder, Box<Problem>> {
    let found = run_folder::read(folder)?;
    if let Some(note) = found.of_another_version() {
        show::message(&note);
    }
    Ok(found)
}

/// Opens the scenario of a run as it was run, with further settings.
///
/// # Errors
/// As [`read`].
pub fn open(folder: &Path, settings: &[String]) -> Result<Opened, Box<Problem>> {
    Ok(read(folder)?.open(settings))
}
