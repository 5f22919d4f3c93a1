//! What is given to compare: a scenario's file, or the folder of a finished run.

use super::super::show;
use super::CompareArguments;
use crate::model::Scenario;
use crate::problem::{Problem, Sources, codes, tamed};
use crate::report::{MANIFEST, Manifest, SCENARIO_FOLDER, digest};
use crate::scenario;
use std::fs;
use std::path::{Path, PathBuf};

/// The largest manifest that is read, in bytes (64 MiB).
const LARGEST_MANIFEST: u64 = 64 << 20;
/// Without a number of draws of its own, a scenario with a precision is compared on so many at most.
const USUAL_DRAWS: u64 = 10_000;

/// One scenario, and where it came from.
pub struct Given {
    /// What it is called in results.
    pub label: String,
    /// Its file.
    pub file: PathBuf,
    /// Its settings, those of its run included.
    pub settings: Vec<String>,
    /// What it says.
    pub scenario: Scenario,
    /// What was read.
    pub sources: Sources,
}

impl Given {
    /// Opens everything that is given, and tells every problem of all of it.
    pub fn all(arguments: &CompareArguments) -> Option<Vec<Self>> {
        let mut paths: Vec<&PathBuf> = arguments.given.iter().collect();
        let alone = paths.len() == 1 && !arguments.settings.is_empty();
        if alone {
            paths.push(paths[0]);
        }
        let nothing = Vec::new();
        let opened: Vec<Option<Self>> = paths
            .iter()
            .enumerate()
            .map(|(index, path)| {
                let settings = if index == 0 { &nothing } else { &arguments.settings };
                Self::open(path, settings, arguments.quiet || alone && index == 1)
            })
            .collect();
        let mut given: Vec<Self> = opened.into_iter().collect::<Option<_>>()?;
        Self::tell_apart(&mut given);
        let first = &mut given[0].scenario.run;
        let most =
            if first.precision.is_some() { first.draws.min(USUAL_DRAWS) } else { first.draws };
        first.draws = arguments.draws.unwrap_or(most);
        first.seed = arguments.seed.unwrap_or(first.seed);
        Some(given)
    }

    /// Two that are called alike get numbers.
    fn tell_apart(given: &mut [Self]) {
        let labels: Vec<String> = given.iter().map(|one| one.label.clone()).collect();
        for (index, one) in given.iter_mut().enumerate() {
            if labels.iter().filter(|label| **label == one.label).count() > 1 {
                one.label = format!("{} ({})", one.label, index + 1);
            }
        }
    }

    fn open(path: &Path, settings: &[String], quiet: bool) -> Option<Self> {
        let (file, run) = if path.is_dir() {
            match run_of(path) {
                Ok((file, manifest)) => (file, Some(manifest)),
                Err(problem) => {
                    show::problems(&[*problem], &Sources::default());
                    return None;
                }
            }
        } else {
            (path.to_owned(), None)
        };
        let of_run = run.iter().flat_map(|manifest| manifest.run.set.clone());
        let all: Vec<String> = of_run.chain(settings.iter().cloned()).collect();
        let mut opened = scenario::open(&file, &all);
        if let Some(manifest) = &run {
            opened.problems.extend(changed_since(path, manifest, &opened.sources));
            if opened.problems.iter().any(Problem::is_error) {
                opened.scenario = None;
            }
        }
        let mut kept = opened.scenario;
        if let (Some(manifest), Some(scenario)) = (&run, &mut kept) {
            // Only the policies that were run, in the number of draws that it took.
            if let Err(problem) = scenario::keep_policies(scenario, &manifest.run.policies) {
                opened.problems.push(*problem);
            }
            scenario.run.precision = None;
            scenario.run.draws = manifest.run.draws;
        }
        let failed = kept.is_none() || opened.problems.iter().any(Problem::is_error);
        if failed {
            show::message(&format!("{} cannot be compared:", tamed(&path.display().to_string())));
        }
        // Warnings of a scenario are `check`'s and `run`'s matter; errors must be told.
        if failed || !quiet {
            opened.problems.retain(Problem::is_error);
            show::problems(&opened.problems, &opened.sources);
        }
        let scenario = kept.filter(|_| !failed)?;
        let set: Vec<String> = match settings {
            [] | [_] | [_, _] => {
                settings.iter().map(|setting| format!(" --set {setting}")).collect()
            }
            many => vec![format!(" with {} settings", many.len())],
        };
        let label = format!("{}{}", path.display(), set.concat());
        Some(Self { label, file, settings: all, scenario, sources: opened.sources })
    }
}

/// The scenario of a finished run and its manifest.
fn run_of(folder: &Path) -> Result<(PathBuf, Manifest), Box<Problem>> {
    let shown = folder.display();
    let not_a_run = |why: String| {
        let message = format!("`{shown}` is not a finished run: {why}");
        let problem = Problem::error(codes::NOT_A_RUN, message)
            .note("manifest.json is written last, so a run that was broken off has none");
        Box::new(problem.help(
            "name a folder that `dotacija run` has written, or a scenario's file that ends in `.ron`",
        ))
    };
    let path = folder.join(MANIFEST);
    let metadata =
        fs::metadata(&path).map_err(|_| not_a_run("it holds no manifest.json".into()))?;
    if !metadata.is_file() || metadata.len() > LARGEST_MANIFEST {
        return Err(not_a_run("its manifest.json is no file of a run".into()));
    }
    let bytes = fs::read(&path)
        .map_err(|error| not_a_run(format!("its manifest.json cannot be read: {error}")))?;
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|error| not_a_run(format!("its manifest.json cannot be understood: {error}")))?;
    let name = Path::new(&manifest.scenario.file);
    let is_inside = name.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if manifest.scenario.file.is_empty() || !is_inside {
        return Err(not_a_run("its manifest.json names no scenario".into()));
    }
    Ok((folder.join(SCENARIO_FOLDER).join(name), manifest))
}

/// Copies of a run's files that are no longer what was run.
fn changed_since(folder: &Path, manifest: &Manifest, sources: &Sources) -> Vec<Problem> {
    let files = sources.files.iter();
    let changed = files.filter(|source| {
        let known = manifest.inputs.get(&*source.name);
        known.is_some_and(|known| *known != digest(&source.bytes))
    });
    changed
        .map(|source| {
            let message = format!(
                "`{}` in `{}` is not the file that was run: its digest is another than in manifest.json",
                source.name,
                folder.join(SCENARIO_FOLDER).display()
            );
            Problem::error(codes::NOT_A_RUN, message)
                .help("run the scenario again, or compare the scenario's file itself")
        })
        .collect()
}
