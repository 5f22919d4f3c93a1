//! Where runs and comparisons are written: a whole one appears at once, or nothing does.
//!
//! Everything goes into `.NAME.partial-PID` beside the run's folder, the manifest last; then an
//! earlier run is renamed aside, the new one takes its name, and the earlier one is deleted.

mod beside;
mod error;
mod inside;
mod partial;
mod present;
#[cfg(test)]
mod tests;

use self::beside::{ASIDE, TRIAL, parent};
use self::error::refused;
use self::inside::is_inside;
use self::partial::{PARTIAL, Partial};
use self::present::{Contents, Present, Work};
use super::aside::Aside;
use super::files::RunFiles;
use super::manifest::{MANIFEST, Manifest, PROGRAM};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

pub use self::error::WriteError;
pub use self::inside::files_in;
pub use self::present::CONTENTS;

/// Where a run or a comparison goes.
#[derive(Clone, Debug)]
pub struct Destination {
    folder: PathBuf,
    force: bool,
}

/// A run that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its folder.
    pub folder: PathBuf,
    /// How many files, the manifest included.
    pub files: usize,
    /// The earlier run, where it could not be deleted after it was moved aside.
    pub leftover: Option<PathBuf>,
}

impl Destination {
    /// A folder, which need not exist. With `force` another scenario's run is replaced as well.
    pub fn new(folder: impl Into<PathBuf>, force: bool) -> Self {
        let folder = folder.into();
        // A symbolic link stays, and what it leads to is replaced.
        let folder = fs::canonicalize(&folder).unwrap_or(folder);
        Self { folder, force }
    }

    /// Whether a run of a scenario may be written here: ask before the simulation, not after it.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn check(&self, name: &str, title: &str) -> Result<(), WriteError> {
        self.may_take(Work::Run(name, title))?;
        self.clear()
    }

    /// Whether a comparison, of what is named, may be written here.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn check_comparison(&self, compared: &str) -> Result<(), WriteError> {
        self.may_take(Work::Comparison(compared))?;
        self.clear()
    }

    /// Deletes what killed runs have left beside the folder.
    fn clear(&self) -> Result<(), WriteError> {
        for purpose in [PARTIAL, ASIDE] {
            partial::clear_leftovers(parent(&self.folder), &self.hidden(purpose)?);
        }
        Ok(())
    }

    fn may_take(&self, work: Work<'_>) -> Result<(), WriteError> {
        self.beside(TRIAL)?;
        self.present(work)?;
        self.try_out()
    }

    /// Makes an empty folder where the run will be made, and takes it away again: who may not write
    /// there learns it before the simulation.
    fn try_out(&self) -> Result<(), WriteError> {
        let trial = self.beside(TRIAL)?;
        let there = parent(&self.folder)
            .ancestors()
            .map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
            .find(|folder| fs::symlink_metadata(folder).is_ok())
            .unwrap_or(Path::new("."));
        if !there.is_dir() {
            return Err(WriteError::NotAFolder { folder: there.to_owned() });
        }
        let trial = there.join(trial.file_name().unwrap_or_default());
        fs::create_dir(&trial)
            .and_then(|()| fs::remove_dir(&trial))
            .map_err(refused("make the folder", &self.folder))
    }

    /// Writes a run as a whole.
    ///
    /// # Errors
    /// What stands in the way; then the folder is as it was before.
    pub fn write(&self, files: &RunFiles, manifest: &Manifest) -> Result<Written, WriteError> {
        self.write_with(files, None, manifest)
    }

    /// A file that is written before the run and goes into its folder with it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn aside(&self, name: &'static str) -> Result<Aside, WriteError> {
        let parent = parent(&self.folder);
        fs::create_dir_all(parent).map_err(refused("make the folder", parent))?;
        Aside::new(name, self.beside(ASIDE)?)
    }

    /// As [`Self::write`], with a file that is written already.
    ///
    /// # Errors
    /// What stands in the way; then the folder is as it was before.
    pub fn write_with(
        &self,
        files: &RunFiles,
        aside: Option<&Aside>,
        manifest: &Manifest,
    ) -> Result<Written, WriteError> {
        let scenario = &manifest.scenario;
        let work = Work::Run(&scenario.name, &scenario.title);
        let leftover = self.put(files, aside, (MANIFEST, manifest.to_json()?), work)?;
        Ok(Written { folder: self.folder.clone(), files: manifest.outputs.len() + 1, leftover })
    }

    /// Writes a comparison as a whole, of what is named.
    ///
    /// # Errors
    /// What stands in the way; then the folder is as it was before.
    pub fn write_comparison(
        &self,
        files: &RunFiles,
        compared: &str,
    ) -> Result<Written, WriteError> {
        let outputs = files.digests();
        let count = outputs.len() + 1;
        let contents =
            Contents { program: PROGRAM.to_owned(), compared: compared.to_owned(), outputs };
        let mut text = serde_json::to_string_pretty(&contents)?;
        text.push('\n');
        let leftover = self.put(files, None, (CONTENTS, text), Work::Comparison(compared))?;
        Ok(Written { folder: self.folder.clone(), files: count, leftover })
    }

    /// Writes files, and last the one by which they are known again; says what is left of an earlier work.
    fn put(
        &self,
        files: &RunFiles,
        aside: Option<&Aside>,
        (last, text): (&str, String),
        work: Work<'_>,
    ) -> Result<Option<PathBuf>, WriteError> {
        self.may_take(work)?;
        if let Some((name, _)) = files.iter().find(|(name, _)| !is_inside(name)) {
            return Err(WriteError::UnsafeName { name: name.to_owned() });
        }
        let parent = parent(&self.folder);
        fs::create_dir_all(parent).map_err(refused("make the folder", parent))?;
        self.clear()?;
        let mut partial = Partial::new(self.beside(PARTIAL)?)?;
        // Side by side: each waits until it is on the disk, and several wait together.
        let written = files.par_iter().filter(|(name, _)| *name != last);
        let written: Vec<_> = written.map(|(name, bytes)| partial.write(name, bytes)).collect();
        written.into_iter().collect::<Result<(), _>>()?;
        if let Some(aside) = aside {
            aside.move_into(&partial.path)?;
        }
        partial.write(last, text.as_bytes())?;
        let present = self.present(work)?;
        partial.unlock()?;
        self.put_in_place(partial, present)
    }

    /// Gives the finished folder its name; says what is left of the earlier run.
    fn put_in_place(
        &self,
        mut partial: Partial,
        present: Present,
    ) -> Result<Option<PathBuf>, WriteError> {
        if present == Present::EmptyFolder {
            fs::remove_dir(&self.folder).map_err(refused("replace", &self.folder))?;
        }
        let aside = self.beside("earlier")?;
        if present == Present::Run {
            fs::rename(&self.folder, &aside).map_err(refused("move aside", &self.folder))?;
        }
        if let Err(cause) = fs::rename(&partial.path, &self.folder) {
            if present == Present::Run {
                // Should this fail too, the earlier run is still whole, under its other name.
                let _ = fs::rename(&aside, &self.folder);
            }
            return Err(refused("make the folder", &self.folder)(cause));
        }
        partial.finished = true;
        let deleted = present != Present::Run || fs::remove_dir_all(&aside).is_ok();
        Ok((!deleted).then_some(aside))
    }
}
