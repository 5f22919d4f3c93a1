//! Hidden paths beside a run's folder: what is kept there while the run is made.

use super::{Destination, WriteError};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What a file is called that is too large for memory, until it has its place …
pub(super) const ASIDE: &str = "aside";
/// … and what is made to see whether all of them can be: no other name beside the folder is longer.
pub(super) const TRIAL: &str = "unfinished.trial";

impl Destination {
    /// Where what there is of the run is kept until it is finished: a hidden file beside the folder.
    ///
    /// # Errors
    /// The folder has no name.
    pub fn unfinished(&self) -> Result<PathBuf, WriteError> {
        self.hidden("unfinished")
    }

    /// What a run locks for as long as it works: a hidden file beside the folder.
    ///
    /// # Errors
    /// The folder has no name.
    pub fn running(&self) -> Result<PathBuf, WriteError> {
        self.hidden("running")
    }

    /// A hidden path beside the folder, of this process alone.
    pub(super) fn beside(&self, purpose: &str) -> Result<PathBuf, WriteError> {
        self.hidden(&format!("{purpose}-{}", std::process::id()))
    }

    /// A hidden path beside the folder.
    pub(super) fn hidden(&self, purpose: &str) -> Result<PathBuf, WriteError> {
        let name = self.folder.file_name();
        let name = name.ok_or_else(|| WriteError::NoName { folder: self.folder.clone() })?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{purpose}"));
        Ok(parent(&self.folder).join(hidden))
    }
}

/// The folder in which a path lies.
pub(super) fn parent(folder: &Path) -> &Path {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
