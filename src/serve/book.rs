//! A scenario, or a finished run, opened: what it says, what is wrong with it, and what can be turned.

use super::shelf::Entry;
use super::turned::{Slider, sliders};
use crate::model::Scenario;
use crate::problem::{Problem, Sources, render, summary};
use crate::report::{MANIFEST, digest_of, run_folder};
use crate::scenario::{self, Opened};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// An entry of the list, opened.
#[derive(Debug)]
pub struct Book {
    /// What addresses name it by.
    pub id: String,
    /// Whether it is a finished run.
    pub is_run: bool,
    /// The file of the scenario, of a run its copy.
    pub file: PathBuf,
    /// Its settings, of a run those that it was run with.
    pub settings: Vec<String>,
    /// What it says; nothing where it has errors.
    pub scenario: Option<Scenario>,
    /// What is wrong or doubtful, as `check` tells it, in English; empty where nothing is.
    pub told: String,
    /// How much of that: `2 errors, 1 warning`.
    pub counted: String,
    /// Digest of every file that was read.
    pub digest: String,
    /// What can be turned.
    pub sliders: Vec<Slider>,
    /// Every file that was read, by length and time of change.
    stamps: Vec<(PathBuf, Option<(u64, SystemTime)>)>,
}

impl Book {
    /// Opens an entry.
    pub fn open(entry: &Entry) -> Self {
        let (file, settings, policies) = if entry.is_run {
            match run_folder::read(&entry.path) {
                Ok(run) => (run.file.clone(), run.settings(), run.manifest.run.policies),
                Err(problem) => return Self::refused(entry, &problem),
            }
        } else {
            (entry.path.clone(), Vec::new(), Vec::new())
        };
        let Opened { mut scenario, mut problems, sources, .. } = scenario::open(&file, &settings);
        if let Some(of_run) = scenario.as_mut().filter(|_| !policies.is_empty())
            && let Err(problem) = scenario::keep_policies(of_run, &policies)
        {
            problems.push(*problem);
            scenario = None;
        }
        let folder = file.parent().unwrap_or(Path::new(""));
        let mut files: Vec<PathBuf> =
            sources.files.iter().map(|source| folder.join(&*source.name)).collect();
        files.push(file.clone());
        files.extend(entry.is_run.then(|| entry.path.join(MANIFEST)));
        let sources = Sources { folder: String::new(), ..sources };
        Self {
            id: entry.id.clone(),
            is_run: entry.is_run,
            sliders: scenario.as_ref().map_or_else(Vec::new, |of| sliders(of, &file, &settings)),
            told: told(&problems, &sources),
            counted: summary(&problems),
            digest: digest_of(&sources),
            stamps: files
                .into_iter()
                .map(|file| (stamp(&file), file))
                .map(|(a, b)| (b, a))
                .collect(),
            scenario,
            settings,
            file,
        }
    }

    fn refused(entry: &Entry, problem: &Problem) -> Self {
        let problems = std::slice::from_ref(problem);
        Self {
            id: entry.id.clone(),
            is_run: entry.is_run,
            file: entry.path.clone(),
            settings: Vec::new(),
            scenario: None,
            told: told(problems, &Sources::default()),
            counted: summary(problems),
            digest: String::new(),
            sliders: Vec::new(),
            // Never current: looked at again each time.
            stamps: vec![(entry.path.join("\0"), Some((0, SystemTime::UNIX_EPOCH)))],
        }
    }

    /// Whether every file is still as it was read.
    pub fn is_current(&self) -> bool {
        self.stamps.iter().all(|(file, at)| stamp(file) == *at)
    }

    /// The same with further settings.
    ///
    /// # Errors
    /// What is wrong then, as `check` tells it.
    pub fn with(&self, further: &[String]) -> Result<Scenario, String> {
        let mut settings = self.settings.clone();
        settings.extend(further.iter().cloned());
        let opened = scenario::open(&self.file, &settings).after(self.scenario.as_ref());
        let Opened { scenario, mut problems, sources, .. } = opened;
        problems.retain(Problem::is_error);
        scenario.ok_or_else(|| told(&problems, &Sources { folder: String::new(), ..sources }))
    }

    /// A short name: of a file its stem, of a run its folder.
    pub fn name(&self) -> &str {
        let last = self.id.rsplit('/').next().unwrap_or(&self.id);
        last.strip_suffix(".ron").unwrap_or(last)
    }
}

/// Problems in full, without colour.
fn told(problems: &[Problem], sources: &Sources) -> String {
    if problems.is_empty() {
        return String::new();
    }
    render(problems, sources, false)
}

fn stamp(file: &Path) -> Option<(u64, SystemTime)> {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}
