//! What is given to compare: a scenario's file, or the folder of a finished run.

use super::super::run_folder::{self, RunFolder};
use super::super::show;
use super::CompareArguments;
use crate::model::Scenario;
use crate::problem::{Problem, Sources, tamed};
use crate::scenario;
use std::path::{Path, PathBuf};

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
            match run_folder::read(path) {
                Ok(RunFolder { file, manifest }) => (file, Some(manifest)),
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
        // As a setting the number of draws is checked as any other.
        let with_draws: Vec<String> = all
            .iter()
            .cloned()
            .chain(run.iter().map(|manifest| format!("--draws={}", manifest.run.draws)))
            .collect();
        let mut opened = scenario::open(&file, &with_draws);
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
