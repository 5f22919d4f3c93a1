//! The folder of a run while it is written.

use super::beside::parent;
use super::error::{WriteError, refused};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a folder is called that is being written …
pub(super) const PARTIAL: &str = "partial";
/// … and the file in it that is locked until then.
pub(super) const LOCK: &str = ".lock";

/// The folder of an unfinished run; deleted when dropped, unless it was given its final name.
pub(super) struct Partial {
    pub(super) path: PathBuf,
    pub(super) finished: bool,
    /// Open and locked while this process writes: what is not is left over from one that was killed.
    lock: Option<fs::File>,
}

impl Partial {
    pub(super) fn new(path: PathBuf) -> Result<Self, WriteError> {
        fs::create_dir(&path).map_err(refused("make the folder", &path))?;
        let mut partial = Self { lock: None, finished: false, path };
        let lock = partial.path.join(LOCK);
        // Where a file system has no locks nothing is ever taken for left over.
        let locked = fs::File::create(&lock).inspect(|file| drop(file.try_lock()));
        partial.lock = Some(locked.map_err(refused("write", &lock))?);
        Ok(partial)
    }

    /// Writes a file, by its path in the folder.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let path = &self.path.join(name);
        let folder = parent(path);
        fs::create_dir_all(folder).map_err(refused("make the folder", folder))?;
        let mut file = fs::File::create(path).map_err(refused("write", path))?;
        // On the disk before the folder has its name: a power cut leaves a whole run or none.
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(refused("write", path))
    }

    /// Everything is written: only its name is missing.
    pub(super) fn unlock(&mut self) -> Result<(), WriteError> {
        let lock = self.path.join(LOCK);
        fs::remove_file(&lock).map_err(refused("delete", &lock))?;
        // Only now: what has no such file is never taken for left over.
        self.lock = None;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing more can be done where even this fails; the name says what it is.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Deletes what runs have left that were killed while they wrote to the same folder: what is hidden beside it
/// under this name and the number of a process, and which nobody has locked any more.
pub(super) fn clear_leftovers(parent: &Path, prefix: &Path) {
    let Some(prefix) = prefix.file_name().and_then(|name| name.to_str()) else { return };
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|name| {
            let process = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
            process.is_some_and(|process| process.parse::<u32>().is_ok())
        });
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        let is_left = |lock: &Path| fs::File::open(lock).is_ok_and(|lock| lock.try_lock().is_ok());
        // What cannot be deleted does no harm; its name says what it is.
        let _ = match (is_ours, kind.is_dir(), kind.is_file()) {
            (true, true, _) if is_left(&path.join(LOCK)) => fs::remove_dir_all(path),
            (true, _, true) if is_left(&path) => fs::remove_file(path),
            _ => Ok(()),
        };
    }
}
