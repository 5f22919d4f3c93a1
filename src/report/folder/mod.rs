//! Where runs and comparisons are written: a whole one appears at once, or nothing does.
//!
//! Everything goes into `.NAME.partial-PID` beside the run's folder, the manifest last; then an
//! earlier run is renamed aside, the new one takes its name, and the earlier one is deleted.

mod error;
mod partial;

use self::error::refused;
use self::partial::{PARTIAL, Partial};
use super::aside::Aside;
use super::files::RunFiles;
use super::manifest::{MANIFEST, Manifest, PROGRAM, ScenarioOf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

pub use self::error::WriteError;

/// The largest manifest that is read, in bytes (64 MiB).
const LARGEST_MANIFEST: u64 = 64 << 20;
/// How many names a message lists.
const NAMES_SHOWN: usize = 3;

/// What a file is called that is too large for memory, until it has its place …
const ASIDE: &str = "aside";
/// … and what is made to see whether all of them can be: no other name beside the folder is longer.
const TRIAL: &str = "unfinished.trial";

/// The file that lists what a comparison has written, its last.
pub const CONTENTS: &str = "contents.json";

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

/// What is read of an earlier run's manifest, whatever version wrote it.
#[derive(Deserialize)]
struct Earlier {
    program: String,
    scenario: ScenarioOf,
    #[serde(default)]
    outputs: BTreeMap<String, String>,
}

/// What is written: how it is known again, and what must be the same for it to be replaced.
#[derive(Clone, Copy, Debug)]
enum Work<'a> {
    /// A run of a scenario: its name and title.
    Run(&'a str, &'a str),
    /// A comparison: of what with what.
    Comparison(&'a str),
}

/// What lies in the folder of a comparison.
#[derive(Deserialize, Serialize)]
struct Contents {
    program: String,
    compared: String,
    outputs: BTreeMap<String, String>,
}

/// What stands where a run is to go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Present {
    Nothing,
    EmptyFolder,
    Run,
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
        // Side by side: a disk takes as long for one file after another as for several.
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

    fn present(&self, work: Work<'_>) -> Result<Present, WriteError> {
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
    fn beside(&self, purpose: &str) -> Result<PathBuf, WriteError> {
        self.hidden(&format!("{purpose}-{}", std::process::id()))
    }

    /// A hidden path beside the folder.
    fn hidden(&self, purpose: &str) -> Result<PathBuf, WriteError> {
        let name = self.folder.file_name();
        let name = name.ok_or_else(|| WriteError::NoName { folder: self.folder.clone() })?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{purpose}"));
        Ok(parent(&self.folder).join(hidden))
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

fn parent(folder: &Path) -> &Path {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether a path leads to a file below the folder that it is joined to, on any system.
fn is_inside(name: &str) -> bool {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    !name.is_empty() && !name.contains(['\\', ':', '\0']) && Path::new(name).components().all(plain)
}

/// Every file below a folder, as paths with `/`; symbolic links are files. Empty folders are nothing.
///
/// # Errors
/// A folder cannot be read.
pub fn files_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((path, prefix)) = open.pop() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::partial::LOCK;
    use super::*;
    use crate::analysis::Findings;
    use crate::analysis::example::{example, findings};
    use crate::language::Language;
    use crate::problem::Sources;
    use crate::report::Circumstances;

    fn manifest(findings: &Findings, files: &RunFiles) -> Manifest {
        let circumstances = Circumstances {
            set: &[],
            assumed: &[],
            precision: None,
            language: Language::English,
            threads: 1,
            milliseconds: 0,
            created: 0,
            os: "",
            arch: "",
            simd: "",
        };
        Manifest::new(findings, &Sources::default(), files, circumstances)
    }

    fn run(title: &str) -> (RunFiles, Manifest) {
        let mut scenario = example();
        scenario.title = title.to_owned();
        let findings = findings(&scenario);
        let files = RunFiles::tables(&findings);
        let manifest = manifest(&findings, &files);
        (files, manifest)
    }

    fn write(
        folder: &Path,
        force: bool,
        (files, manifest): &(RunFiles, Manifest),
    ) -> Result<Written, WriteError> {
        Destination::new(folder, force).write(files, manifest)
    }

    #[test]
    fn a_run_appears_as_a_whole_with_the_manifest() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("output/example");
        let written = write(&folder, false, &run("one")).unwrap();
        assert_eq!((written.files, written.leftover), (8, None));
        let names = [
            "awards.csv",
            "budget.csv",
            "commitments.csv",
            "manifest.json",
            "network.csv",
            "outcomes.csv",
            "reconciliation.csv",
            "verdicts.csv",
        ];
        assert_eq!(
            files_in(place.path()).unwrap(),
            names.map(|name| format!("output/example/{name}"))
        );
    }

    #[test]
    fn a_run_of_the_same_scenario_is_replaced_as_a_whole() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("example");
        let mut first = run("one");
        first.0.add("charts/old.svg", "<svg/>");
        first.1.outputs = first.0.digests();
        write(&folder, false, &first).unwrap();
        write(&folder, false, &run("one")).unwrap();
        let found = files_in(place.path()).unwrap();
        assert!(found.len() == 8 && !found.iter().any(|name| name.contains("old")), "{found:?}");
    }

    #[test]
    fn another_scenario_needs_force() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("example");
        write(&folder, false, &run("one")).unwrap();
        let error = write(&folder, false, &run("two")).unwrap_err();
        assert!(matches!(&error, WriteError::AnotherScenario { holds, .. } if holds == "one"));
        assert!(error.to_string().contains("--force"));
        write(&folder, true, &run("two")).unwrap();
        assert!(fs::read_to_string(folder.join(MANIFEST)).unwrap().contains("\"two\""));
    }

    #[test]
    fn a_folder_without_our_manifest_is_never_replaced() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("thesis.txt"), "years of work").unwrap();
        for manifest in [None, Some("{}"), Some("not JSON"), Some(r#"{"program": "other"}"#)] {
            if let Some(text) = manifest {
                fs::write(place.path().join(MANIFEST), text).unwrap();
            }
            for force in [false, true] {
                let error = write(place.path(), force, &run("one")).unwrap_err();
                assert!(matches!(error, WriteError::NotARun { .. }), "{error}");
            }
        }
        assert!(place.path().join("thesis.txt").exists());
    }

    #[test]
    fn files_that_no_run_wrote_are_not_lost_unasked() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("example");
        write(&folder, false, &run("one")).unwrap();
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        let error = write(&folder, false, &run("one")).unwrap_err();
        assert!(error.to_string().contains("(notes.txt)"), "{error}");
        assert!(Destination::new(&folder, false).check("example", "one").is_err());
        write(&folder, true, &run("one")).unwrap();
        assert!(!folder.join("notes.txt").exists());
    }

    #[test]
    fn a_failure_leaves_the_earlier_run_and_nothing_half() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("example");
        write(&folder, false, &run("one")).unwrap();
        let before = fs::read(folder.join("awards.csv")).unwrap();
        // A file where a folder must be: the second of the two cannot be written.
        let mut broken = run("one");
        broken.0.add("awards.csv", "half");
        broken.0.add("awards.csv/inside", "impossible");
        let error = write(&folder, false, &broken).unwrap_err();
        assert!(matches!(error, WriteError::Refused { .. }), "{error}");
        assert_eq!(fs::read(folder.join("awards.csv")).unwrap(), before);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_written_outside_the_folder() {
        let place = tempfile::tempdir().unwrap();
        for name in ["../x", "/tmp/x", "a/../../x", "", "c:x", "..\\x", "a\0b"] {
            let mut files = run("one");
            files.0.add(name, "");
            let error = write(&place.path().join("example"), false, &files).unwrap_err();
            assert!(matches!(error, WriteError::UnsafeName { .. }), "{name}: {error}");
        }
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_path_without_a_name_is_refused_before_anything_is_made() {
        let place = tempfile::tempdir().unwrap();
        for odd in ["new/..", "new/../..", "new/a/.."] {
            let folder = place.path().join(odd);
            let error = Destination::new(&folder, true).check("example", "one").unwrap_err();
            assert!(matches!(error, WriteError::NoName { .. }), "{odd}: {error}");
            assert!(write(&folder, true, &run("one")).is_err());
        }
        assert!(Destination::new("", false).check("example", "one").is_err());
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn where_nothing_can_be_written_is_told_before_the_simulation() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("file"), "").unwrap();
        let check =
            |path: &str| Destination::new(place.path().join(path), false).check("example", "one");
        assert!(matches!(
            check("file/run"),
            Err(WriteError::Refused { .. } | WriteError::NotAFolder { .. })
        ));
        assert!(matches!(
            check("file/deep/run"),
            Err(WriteError::Refused { .. } | WriteError::NotAFolder { .. })
        ));
        // Longer than any system's names, and names that what is kept beside them would make too long.
        for letters in [300, 255, 245, 240] {
            let told = check(&"x".repeat(letters));
            assert!(matches!(told, Err(WriteError::Refused { .. })), "{letters}");
        }
        assert!(check(&"x".repeat(200)).is_ok());
        assert!(check("new/folder/...").is_ok());
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_run_has_left_is_deleted_and_what_another_writes_is_not() {
        let place = tempfile::tempdir().unwrap();
        let folder = |process: &str| place.path().join(format!(".example.partial-{process}"));
        for process in ["1", "2", "3", "mine"] {
            fs::create_dir(folder(process)).unwrap();
            fs::write(folder(process).join("awards.csv"), "half").unwrap();
        }
        // The first was killed, the second is writing, the third has no lock, the last is none of ours.
        fs::write(folder("1").join(LOCK), "").unwrap();
        let writing = fs::File::create(folder("2").join(LOCK)).unwrap();
        writing.try_lock().unwrap();
        fs::write(folder("mine").join(LOCK), "").unwrap();
        write(&place.path().join("example"), false, &run("one")).unwrap();
        assert!(!folder("1").exists());
        assert!(["2", "3", "mine"].iter().all(|process| folder(process).exists()));
        // Of files too large for memory the same is told before a run, which may be long.
        let aside = |process: &str| place.path().join(format!(".example.aside-{process}"));
        for process in ["1", "2", "mine"] {
            fs::write(aside(process), "rows").unwrap();
        }
        let writing = fs::File::open(aside("2")).unwrap();
        writing.try_lock().unwrap();
        Destination::new(place.path().join("example"), false).check("example", "one").unwrap();
        assert!(!aside("1").exists() && aside("2").exists() && aside("mine").exists());
        assert!(!place.path().join("example").join(LOCK).exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_is_a_name() {
        use std::os::unix::ffi::OsStrExt;
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join(std::ffi::OsStr::from_bytes(b"run-\xff"));
        write(&folder, false, &run("one")).unwrap();
        assert!(folder.join(MANIFEST).exists());
    }

    #[test]
    fn an_empty_folder_is_taken_and_a_file_is_not() {
        let place = tempfile::tempdir().unwrap();
        let empty = place.path().join("empty");
        fs::create_dir(&empty).unwrap();
        write(&empty, false, &run("one")).unwrap();
        let file = empty.join("awards.csv");
        assert!(matches!(write(&file, true, &run("one")), Err(WriteError::NotAFolder { .. })));
        assert!(write(Path::new("/"), false, &run("one")).is_err());
    }
}
