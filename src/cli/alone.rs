//! One run a folder at a time: two would write over what each other keeps.

use super::run::refused;
use super::{Ending, show};
use crate::archive::own_file;
use crate::report::Destination;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// How often a file is looked for anew that another run has just taken away.
const TRIES: usize = 8;

/// A locked file beside the folder of a run, for as long as the run works. What a killed run leaves is not
/// locked, and the next one takes it.
#[derive(Debug)]
pub struct Alone {
    path: PathBuf,
    _lock: File,
}

impl Alone {
    /// Takes the place of a run, or tells why it cannot.
    ///
    /// # Errors
    /// Another run has it, or the file that says so cannot be made.
    pub fn take(destination: &Destination, folder: &Path) -> Result<Self, Ending> {
        let path = destination.running().map_err(|error| refused(&error))?;
        match Self::begin(&path) {
            Ok(Some(alone)) => Ok(alone),
            Ok(None) => {
                show::message(&format!(
                    "error: another run is at work for `{}`: wait until it is done, or choose another folder with -o",
                    folder.display()
                ));
                Err(Ending::Wrong)
            }
            Err(error) => {
                show::message(&format!(
                    "error: cannot write `{}`: {error}; see whether the disk is full and the folder may be written \
                     to, or choose another with -o",
                    path.display()
                ));
                Err(Ending::WorldFailed)
            }
        }
    }

    /// Takes the place; `None` where another run has it.
    fn begin(path: &Path) -> io::Result<Option<Self>> {
        for _ in 0..TRIES {
            let lock = match own_file(path) {
                // The run that had it is done, and has just taken it away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened?,
            };
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                // Where a file system has no locks nobody is kept away.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // Between opening and locking a run that ended may have taken the file away.
            if path.exists() {
                return Ok(Some(Self { path: path.to_owned(), _lock: lock }));
            }
        }
        Ok(None)
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        // Where it cannot be deleted it is not locked at least.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_has_to_wait_until_the_first_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join(".run.running");
        let first = Alone::begin(&path).unwrap();
        assert!(first.is_some());
        assert!(Alone::begin(&path).unwrap().is_none());
        drop(first);
        assert!(!path.exists());
        // One that was killed leaves the file, and no lock.
        fs::write(&path, "").unwrap();
        assert!(Alone::begin(&path).unwrap().is_some());
    }
}
