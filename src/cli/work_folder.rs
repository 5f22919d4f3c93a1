//! A folder that one command fills and fills again: as a whole or not at all, and never in place of
//! what it has not written itself.
//!
//! Its `manifest.json` names the command and the files; it is written last. A run's manifest names no
//! command, so neither takes the place of the other.

use super::{Ending, show};
use crate::archive::digest;
use crate::chart::png;
use crate::report::{MANIFEST, PROGRAM};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Larger files are no manifest.
const LARGEST: u64 = 1 << 20;
/// How many names a message lists.
const SHOWN: usize = 3;

/// Why nothing is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something stands there that is not ours.
    Theirs(String),
    /// The system says no.
    World(String),
}

impl Refusal {
    /// Tells why, and how the program ends.
    pub fn ending(&self) -> Ending {
        let (Self::Theirs(message) | Self::World(message)) = self;
        show::message(&format!("error: {message}"));
        if matches!(self, Self::Theirs(_)) { Ending::Wrong } else { Ending::WorldFailed }
    }
}

/// A file by its name.
pub type File = (String, Vec<u8>);

/// A folder of one command.
#[derive(Clone, Debug)]
pub struct WorkFolder {
    folder: PathBuf,
    command: &'static str,
}

/// What tells a folder of ours from others.
#[derive(Debug, Deserialize, Serialize)]
struct Contents {
    program: String,
    command: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    scenario: String,
    #[serde(default)]
    outputs: BTreeMap<String, String>,
}

impl WorkFolder {
    /// The folder of `-o`, where one is given, looked at before the work; says what stands in the way.
    ///
    /// # Errors
    /// How the program ends where something does.
    pub fn asked(folder: Option<&Path>, command: &'static str) -> Result<Option<Self>, Ending> {
        let Some(folder) = folder else { return Ok(None) };
        let folder = Self::new(folder, command);
        match folder.check() {
            Ok(_) => Ok(Some(folder)),
            Err(refusal) => Err(refusal.ending()),
        }
    }

    /// Writes files, with a PNG beside each picture where that is wished, and says where.
    ///
    /// # Errors
    /// How the program ends where that fails; what is wrong has been told.
    pub fn keep(
        &self,
        scenario: &str,
        files: Vec<File>,
        (png, quiet): (bool, bool),
    ) -> Result<(), Ending> {
        let count = with_png(files, png)
            .and_then(|files| self.write(scenario, &files))
            .map_err(|refusal| refusal.ending())?;
        if !quiet {
            show::message(&format!("{count} files in {}", self.folder.display()));
        }
        Ok(())
    }

    /// A folder, which need not exist, for what a command finds.
    pub fn new(folder: &Path, command: &'static str) -> Self {
        // A symbolic link stays, and what it leads to is replaced.
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        Self { folder, command }
    }

    /// Whether it may be written to: ask before the work, not after it. Says whether something of ours is
    /// there.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn check(&self) -> Result<bool, Refusal> {
        let shown = self.folder.display();
        if self.folder.file_name().is_none() {
            let message = format!("`{shown}` does not name a folder: choose one with -o");
            return Err(Refusal::Theirs(message));
        }
        let metadata = match fs::symlink_metadata(&self.folder) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(refused("look into", &self.folder, &error)),
        };
        if !metadata.is_dir() {
            let message = format!("`{shown}` is not a folder: choose another with -o");
            return Err(Refusal::Theirs(message));
        }
        let mut found = Vec::new();
        let entries = fs::read_dir(&self.folder);
        for entry in entries.map_err(|error| refused("look into", &self.folder, &error))? {
            let entry = entry.map_err(|error| refused("look into", &self.folder, &error))?;
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
        if found.is_empty() {
            return Ok(true);
        }
        let ours = self.contents();
        let ours = ours.filter(|of| of.program == PROGRAM && of.command == self.command);
        let Some(ours) = ours else {
            return Err(self.strangers(found));
        };
        found.retain(|name| name != MANIFEST && !self.is_as_written(name, &ours));
        if found.is_empty() { Ok(true) } else { Err(self.strangers(found)) }
    }

    /// Whether a file is one that was written here, and nobody has changed it since.
    fn is_as_written(&self, name: &str, ours: &Contents) -> bool {
        let bytes = || fs::read(self.folder.join(name)).ok();
        ours.outputs
            .get(name)
            .is_some_and(|written| bytes().is_some_and(|bytes| digest(&bytes) == *written))
    }

    /// What is not ours stands there.
    fn strangers(&self, mut names: Vec<String>) -> Refusal {
        names.sort();
        let more = if names.len() > SHOWN { ", …" } else { "" };
        names.truncate(SHOWN);
        Refusal::Theirs(format!(
            "`{}` holds files that `{PROGRAM} {}` has not written, or that were changed since (`{}`{more}), which would be lost: move them \
             elsewhere, or choose another folder with -o",
            self.folder.display(),
            self.command,
            names.join("`, `")
        ))
    }

    fn contents(&self) -> Option<Contents> {
        let path = self.folder.join(MANIFEST);
        let metadata = fs::symlink_metadata(&path).ok()?;
        let readable = metadata.is_file() && metadata.len() <= LARGEST;
        serde_json::from_slice(&readable.then(|| fs::read(&path).ok())??).ok()
    }

    /// Writes files, all or none, with the manifest: name and bytes of each. Says how many.
    ///
    /// # Errors
    /// What stands in the way; then the folder is as it was before.
    pub fn write(&self, scenario: &str, files: &[File]) -> Result<usize, Refusal> {
        let is_there = self.check()?;
        let digests = files.iter().map(|(name, bytes)| (name.clone(), digest(bytes)));
        let contents = Contents {
            program: PROGRAM.to_owned(),
            command: self.command.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: scenario.to_owned(),
            outputs: digests.collect(),
        };
        // What holds only texts can always be written.
        let manifest = serde_json::to_string_pretty(&contents).unwrap_or_default() + "\n";
        let partial = self.beside("partial");
        let written = fill(&partial, files, &manifest);
        let placed = written.and_then(|()| self.put_in_place(&partial, is_there));
        if placed.is_err() {
            // Nothing more can be done where even this fails; the name says what it is.
            let _ = fs::remove_dir_all(&partial);
        }
        placed.map(|()| files.len() + 1)
    }

    /// Gives the finished folder its name.
    fn put_in_place(&self, partial: &Path, is_there: bool) -> Result<(), Refusal> {
        let aside = self.beside("earlier");
        if is_there {
            fs::rename(&self.folder, &aside)
                .map_err(|error| refused("move aside", &self.folder, &error))?;
        }
        if let Err(error) = fs::rename(partial, &self.folder) {
            if is_there {
                // Should this fail too, what was there is still whole, under its other name.
                let _ = fs::rename(&aside, &self.folder);
            }
            return Err(refused("make the folder", &self.folder, &error));
        }
        if is_there {
            let _ = fs::remove_dir_all(&aside);
        }
        Ok(())
    }

    /// A hidden path beside the folder, of this process alone.
    fn beside(&self, purpose: &str) -> PathBuf {
        let mut hidden = OsString::from(".");
        hidden.push(self.folder.file_name().unwrap_or_default());
        hidden.push(format!(".{purpose}-{}", std::process::id()));
        self.folder.with_file_name(hidden)
    }
}

/// Makes a folder with the files, the manifest last.
fn fill(folder: &Path, files: &[File], manifest: &str) -> Result<(), Refusal> {
    let made = folder.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        // What a killed process with this number has left; and a link that somebody has laid stays.
        let _ = fs::remove_dir_all(folder);
        fs::create_dir(folder)
    });
    made.map_err(|error| refused("make the folder", folder, &error))?;
    let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    for (name, bytes) in files.chain([(MANIFEST, manifest.as_bytes())]) {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| refused("write", &path, &error))?;
    }
    Ok(())
}

fn is_picture(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "svg")
}

/// The same with a PNG beside each SVG, where that is wished.
fn with_png(mut files: Vec<File>, is_wished: bool) -> Result<Vec<File>, Refusal> {
    let svgs: Vec<File> =
        files.iter().filter(|(name, _)| is_wished && is_picture(name)).cloned().collect();
    for (name, svg) in svgs {
        let failed =
            |why: String| Refusal::World(format!("`{name}` cannot be drawn as PNG: {why}"));
        let text = String::from_utf8(svg).map_err(|error| failed(error.to_string()))?;
        let bytes = png(&text).map_err(|error| failed(error.to_string()))?;
        files.push((format!("{}.png", name.trim_end_matches(".svg")), bytes));
    }
    Ok(files)
}

fn refused(doing: &str, path: &Path, error: &io::Error) -> Refusal {
    Refusal::World(format!(
        "cannot {doing} `{}`: {error}; see whether the disk is full and the folder may be written to, or choose \
         another with -o",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<File> {
        let bytes = |name: &str| format!("text of {name}").into_bytes();
        names.iter().map(|name| ((*name).to_owned(), bytes(name))).collect()
    }

    #[test]
    fn what_a_command_wrote_it_replaces_as_a_whole() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("deep/found");
        let work = || WorkFolder::new(&folder, "levers");
        assert_eq!(work().check(), Ok(false));
        assert_eq!(work().write("one", &files(&["a.csv", "b.svg"])), Ok(3));
        assert_eq!(work().write("one", &files(&["c.csv"])), Ok(2));
        let mut names: Vec<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["c.csv", MANIFEST]);
        // Nothing hidden is left beside it.
        assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_another_wrote_stays() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("found");
        WorkFolder::new(&folder, "levers").write("one", &files(&["a.csv"])).unwrap();
        // Another command's, a stranger's beside ours, a run's, any folder's, a file.
        let theirs =
            |command| matches!(WorkFolder::new(&folder, command).check(), Err(Refusal::Theirs(_)));
        assert!(theirs("explain") && !theirs("levers"));
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        assert!(theirs("levers"));
        fs::remove_file(folder.join("notes.txt")).unwrap();
        // What was written here and changed since is somebody's work.
        fs::write(folder.join("a.csv"), "changed").unwrap();
        assert!(theirs("levers"));
        fs::write(folder.join("a.csv"), "text of a.csv").unwrap();
        assert!(!theirs("levers"));
        let run = format!("{{\"program\": \"{PROGRAM}\", \"scenario\": {{}}}}");
        fs::write(folder.join(MANIFEST), run).unwrap();
        assert!(theirs("levers"));
        fs::remove_file(folder.join(MANIFEST)).unwrap();
        assert!(theirs("levers"));
        assert!(WorkFolder::new(&folder.join("a.csv"), "levers").check().is_err());
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "text of a.csv");
    }
}
