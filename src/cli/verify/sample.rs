//! Some blocks of a run, simulated again: every value that `draws.parquet` keeps of them is compared.

use super::rerun::Rerun;
use super::{Sampled, Simulated, Told, Verified, VerifyArguments, files};
use crate::cli::{failure, memory, progress};
use crate::engine::{Options, Prepared};
use crate::problem::{Problem, codes};
use crate::report::draws::{self, Compared, DRAWS, Sample};
use std::path::Path;

/// The problem of a run that has no draws to hold a sample against.
pub fn no_draws(folder: &Path) -> Problem {
    let message = format!("`{}` keeps no draws: its manifest lists no `{DRAWS}`", folder.display());
    Problem::error(codes::NO_DRAWS, message)
        .note("every other file is made of all draws, so that it cannot be held against some of them")
        .help(
            "verify the whole run, without `--blocks`; or run it again with `--keep-draws`, and verify that",
        )
}

/// Simulates so many blocks and adds how the values of their draws compare.
pub fn verify(
    found: &mut Verified,
    arguments: &VerifyArguments,
    run: &Rerun<'_>,
    blocks: u64,
) -> Result<(), Told> {
    let scenario = &run.scenario;
    let sample = Sample::new(scenario.run.draws, blocks);
    let compared = match files::opened(&arguments.folder.join(DRAWS)) {
        Err(error) => Compared { unreadable: Some(error.to_string()), ..Compared::default() },
        Ok(file) => {
            let prepared = Prepared::new(scenario);
            let bar = progress::bar(sample.draws(), arguments.quiet);
            let options = Options {
                threads: memory::threads(scenario, arguments.threads, false),
                progress: &|done| bar.set_position(done),
                ..Options::default()
            };
            let compared = draws::compare(&prepared, &sample, file, &options);
            bar.finish_and_clear();
            compared.map_err(|failed| run.told(failure::problem(&failed)))?
        }
    };
    found.simulated = Some(Simulated { draws: compared.draws, seed: scenario.run.seed });
    let others = run.manifest.outputs.keys().filter(|name| *name != DRAWS);
    found.left_out = others.cloned().collect();
    found.sample = Some(Sampled::new(&sample, compared));
    Ok(())
}
