//! `merge`: parts that were simulated apart become the run that one machine would have made.

use super::range::range;
use super::refused;
use crate::archive::{self, Files, Gap, Head, Identity, PartError, cover};
use crate::cli::alone::Alone;
use crate::cli::run::{
    Finished, Median, Results, Writing, admit, exactly, identity, refused as run_refused, write,
};
use crate::cli::{Ending, failure, keep_draws, progress, show};
use crate::engine::{Failure, Options, Prepared, Tally};
use crate::problem::Problem;
use crate::report::Destination;
use crate::scenario::{self, Memory, Opened};
use clap::Args;
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What to merge, and where to write.
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// The parts, in any order; one that is there twice counts once
    #[arg(required = true, value_name = "FILE")]
    parts: Vec<PathBuf>,
    /// The folder to write; by default output/<scenario name>
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// What is written and said
    #[command(flatten)]
    writing: Writing,
}

/// Merges parts of a run.
pub fn merge(arguments: &MergeArguments) -> Ending {
    let started = Instant::now();
    let writing = &arguments.writing;
    let heads = match heads(&arguments.parts) {
        Ok(heads) => heads,
        Err(errors) => {
            return errors.iter().fold(Ending::Wrong, |_, error| refused(error));
        }
    };
    let Some((first, files)) = heads.first() else { return Ending::Wrong };
    let mut opened = opened(first, files.clone());
    admit(&mut opened, writing);
    let Some(scenario) = opened.scenario else { return Ending::Wrong };
    let mine = identity(&scenario, &opened.sources, first.identity.set.clone());
    let mut is_wrong = false;
    for (path, (head, _)) in arguments.parts.iter().zip(&heads) {
        if let Some(difference) = mine.difference(&head.identity) {
            is_wrong = true;
            refused(&PartError::OfAnother { path: path.clone(), difference });
        }
    }
    if is_wrong {
        show::message(&format!(
            "note: the run is that of `{}`, the first file; leave out parts of another",
            arguments.parts[0].display()
        ));
        return Ending::Wrong;
    }
    let ranges: Vec<(u64, u64)> = heads.iter().map(|(head, _)| head.draws).collect();
    let order = match cover(&ranges, mine.draws) {
        Ok(order) => order,
        Err(gap) => {
            show::message(&told(&gap, &arguments.parts, &ranges));
            return Ending::Wrong;
        }
    };
    let folder =
        arguments.output.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name));
    let destination = Destination::new(&folder, writing.force);
    if let Err(error) = destination.check(&scenario.name, &scenario.title) {
        return run_refused(&error);
    }
    let _alone = match Alone::take(&destination, &folder) {
        Ok(alone) => alone,
        Err(ending) => return ending,
    };
    if writing.keep_draws && !writing.quiet {
        show::message(&keep_draws::announced(&scenario));
    }
    let prepared = Prepared::new(&scenario);
    let median = match Median::new(&prepared, writing) {
        Ok(median) => median,
        Err(problem) => {
            show::problems(&[*problem], &opened.sources);
            return Ending::Wrong;
        }
    };
    let bar = progress::bar(mine.draws, writing.quiet);
    let merged = added(&arguments.parts, &order, &mine, &prepared, &bar);
    let mut tally = match merged {
        Ok(tally) => tally,
        Err(error) => {
            bar.finish_and_clear();
            return refused(&error);
        }
    };
    tally.finish();
    let options = Options {
        threads: writing.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let found: Result<Tally, Failure> = exactly(&prepared, tally, &options, writing);
    bar.finish_and_clear();
    let tally = match found {
        Ok(tally) => tally,
        Err(failed) => {
            show::problems(&[failure::problem(&failed)], &opened.sources);
            return Ending::Wrong;
        }
    };
    let finished = Finished {
        prepared: &prepared,
        sources: &opened.sources,
        assumed: &opened.assumed,
        set: &mine.set,
        results: Results { tally, attained: None, median },
        started,
    };
    write(finished, (&destination, &folder), writing, || ())
}

/// The tallies of parts, added up in this order.
fn added(
    parts: &[PathBuf],
    order: &[usize],
    identity: &Identity,
    prepared: &Prepared<'_>,
    bar: &ProgressBar,
) -> Result<Tally, PartError> {
    let mut merged: Option<Tally> = None;
    for part in order {
        let (_, tally) = archive::read(&parts[*part], identity, prepared)?;
        match &mut merged {
            Some(merged) => merged.merge(&tally),
            None => merged = Some(tally),
        }
        bar.set_position(merged.as_ref().map_or(0, |merged| merged.draws));
    }
    Ok(merged.unwrap_or_else(|| Tally::new(prepared, identity.draws)))
}

/// A part's head, and the scenario's files in it.
type WithFiles = (Head, Files);

/// The head of every part, or everything that is wrong with some.
fn heads(parts: &[PathBuf]) -> Result<Vec<WithFiles>, Vec<PartError>> {
    let mut heads: Vec<WithFiles> = Vec::new();
    let mut errors = Vec::new();
    for part in parts {
        match archive::head(part) {
            // The files of one are enough: those of the others are the same, or the parts another run's.
            Ok((head, files)) if heads.is_empty() => heads.push((head, files)),
            Ok((head, _)) => heads.push((head, Vec::new())),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(heads) } else { Err(errors) }
}

/// The scenario of a part, as it was run.
fn opened(head: &Head, files: Files) -> Opened {
    let identity = &head.identity;
    let draws = format!("--draws={}", identity.draws);
    let settings: Vec<String> = identity.set.iter().cloned().chain([draws]).collect();
    let folder = Memory(files.into_iter().collect());
    let mut opened = scenario::open_in(folder, &identity.file, &settings);
    if let Some(scenario) = &mut opened.scenario
        && let Err(problem) = scenario::keep_policies(scenario, &identity.policies)
    {
        opened.problems.push(*problem);
        opened.problems.retain(Problem::is_error);
        opened.scenario = None;
    }
    opened
}

fn told(gap: &Gap, parts: &[PathBuf], ranges: &[(u64, u64)]) -> String {
    match gap {
        Gap::Overlap(one, other) => format!(
            "error: `{}` holds draws {} and `{}` draws {}: some would be counted twice; leave one of them out",
            parts[*one].display(),
            range(ranges[*one]),
            parts[*other].display(),
            range(ranges[*other])
        ),
        Gap::Missing(missing) => {
            let shown: Vec<String> = missing.iter().take(5).map(|gap| range(*gap)).collect();
            let more = missing.len() - shown.len();
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(
                "error: no part holds draws {}{rest}: simulate them as the others, by `dotacija shard` with --draws {}..{}, and name their files too",
                shown.join(", "),
                missing[0].0,
                missing[0].1
            )
        }
    }
}
