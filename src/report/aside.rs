//! A file too large to be kept in memory: written beside the run's folder, and moved into it at the end.

use super::WriteError;
use crate::archive::new_file;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file on its way into the folder of a run; deleted when dropped, unless it was moved there.
#[derive(Debug)]
pub struct Aside {
    name: &'static str,
    path: PathBuf,
    file: File,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Aside {
    /// An empty file at a path, which is to stand in the run's folder under a name.
    pub(super) fn new(name: &'static str, path: PathBuf) -> Result<Self, WriteError> {
        let file = new_file(&path).map_err(|cause| refused(&path, cause))?;
        // What is not locked was left by a process that was killed; where a file system has no locks
        // nothing is ever taken for that.
        let _ = file.try_lock();
        Ok(Self { name, path, file, hasher: blake3::Hasher::new(), bytes: 0 })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// The system refuses, as where the disk is full.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        self.file.write_all(bytes).map_err(|cause| refused(&self.path, cause))?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Its name in the run's folder.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The BLAKE3 digest of its bytes, in hexadecimal.
    pub fn digest(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }

    /// Moves it into a folder, under its name.
    pub(super) fn move_into(&self, folder: &Path) -> Result<(), WriteError> {
        let path = folder.join(self.name);
        self.file.sync_all().map_err(|cause| refused(&self.path, cause))?;
        fs::rename(&self.path, &path).map_err(|cause| refused(&path, cause))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Moved away it is not there; and where it cannot be deleted its name says what it is.
        let _ = fs::remove_file(&self.path);
    }
}

fn refused(path: &Path, cause: std::io::Error) -> WriteError {
    WriteError::Refused { doing: "write", path: path.to_owned(), cause }
}
