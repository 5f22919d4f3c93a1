//! The whole run, simulated again: every file is made anew and compared by its digest.

use super::rerun::Rerun;
use super::{Simulated, Told, Verified, VerifyArguments};
use crate::analysis::{Findings, simulate_as_asked};
use crate::cli::keep_draws::{self, Kept};
use crate::cli::run::{
    Finished, Median, Results, Writing, exactly, files, manifest as manifest_of,
};
use crate::cli::{failure, memory, precision, progress};
use crate::engine::{Options, Prepared};
use crate::model::Note;
use crate::problem::{Problem, codes};
use crate::report::draws::DRAWS;
use crate::report::{MANIFEST, Manifest};
use crate::stats::QuantileMethod;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// Simulates a run again and adds how its files compare.
pub fn verify(
    found: &mut Verified,
    arguments: &VerifyArguments,
    run: &Rerun<'_>,
) -> Result<(), Told> {
    let made = again(arguments, run)?;
    compare(found, run.manifest, &made);
    Ok(())
}

/// What came out when it was run again.
struct Made {
    simulated: Simulated,
    /// The digest of each file by name.
    files: BTreeMap<String, String>,
    /// Whether the manifest says the same of scenario, run, precision, warnings and inputs.
    is_same_manifest: bool,
}

/// How the files of a run were written.
fn writing(arguments: &VerifyArguments, run: &Rerun<'_>) -> Writing {
    let outputs = &run.manifest.outputs;
    let is_second = run.manifest.run.quantiles == QuantileMethod::SecondPass.name();
    let is_png = |name: &String| Path::new(name).extension().is_some_and(|of| of == "png");
    Writing {
        central: outputs.contains_key("worksheet.csv"),
        exact_quantiles: is_second,
        keep_draws: outputs.contains_key(DRAWS),
        png: outputs.keys().any(is_png),
        language: run.language,
        threads: memory::threads(&run.scenario, arguments.threads, is_second),
        quiet: arguments.quiet,
        force: false,
        however_long: true,
    }
}

/// The draws of the run and the digest of every file that comes out when it is run again.
fn again(arguments: &VerifyArguments, run: &Rerun<'_>) -> Result<Made, Told> {
    let started = Instant::now();
    let (scenario, manifest) = (&run.scenario, run.manifest);
    let writing = writing(arguments, run);
    if let Some(problem) = memory::too_much(scenario, arguments.threads, writing.exact_quantiles) {
        return Err(run.told(problem));
    }
    let prepared = Prepared::new(scenario);
    let bar = progress::bar(manifest.run.draws, arguments.quiet);
    let options = Options {
        threads: writing.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let simulated = simulate_as_asked(&prepared, &options, Default::default(), |_| {});
    let simulated = simulated.and_then(|(tally, attained)| {
        Ok((exactly(&prepared, tally, &options, &writing)?, attained))
    });
    bar.finish_and_clear();
    let (tally, attained) = simulated.map_err(|failed| run.told(failure::problem(&failed)))?;
    let median = Median::new(&prepared, &writing).map_err(|problem| run.told(*problem))?;
    let finished = Finished {
        prepared: &prepared,
        sources: &run.sources,
        assumed: &run.assumed,
        set: &manifest.run.set,
        results: Results { tally, attained, median },
        started,
    };
    let findings = Findings::new(&prepared, &finished.results.tally);
    let made = files(&finished, &findings, &writing)
        .map_err(|message| run.told(Problem::error(codes::CHANGED_RUN, message)))?;
    let mut again = manifest_of(&finished, &findings, &made, &writing);
    let missed = finished.results.attained.as_ref().and_then(|of| precision::missed(scenario, of));
    again.warn(missed.map(|problem| Note::new(&problem, &scenario.waivers)).as_slice());
    let is_same_manifest = again.says_the_same(manifest);
    let simulated = Simulated { draws: finished.results.tally.draws, seed: scenario.run.seed };
    let mut files = made.digests();
    if writing.keep_draws {
        let how = Kept { threads: writing.threads, quiet: writing.quiet };
        let digest = keep_draws::digest(&prepared, simulated.draws, how);
        files.insert(DRAWS.to_owned(), digest.map_err(|problem| run.told(*problem))?);
    }
    Ok(Made { simulated, files, is_same_manifest })
}

/// Holds what came out against what was listed.
fn compare(found: &mut Verified, manifest: &Manifest, made: &Made) {
    found.simulated = Some(made.simulated);
    if !made.is_same_manifest {
        found.different.push(MANIFEST.to_owned());
    }
    for (name, expected) in &manifest.outputs {
        match made.files.get(name) {
            Some(digest) if digest == expected => found.same += 1,
            _ => found.different.push(name.clone()),
        }
    }
    let more = made.files.keys().filter(|name| !manifest.outputs.contains_key(*name));
    found.different.extend(more.cloned());
}
