//! `verify`: whether a run's folder is what it was written as, and whether its figures come again.

mod files;
mod rerun;
mod sample;
mod told;
mod whole;

use super::list::Format;
use super::{Ending, show};
use crate::problem::{Problem, Sources};
use crate::report::draws::{Compared, DRAWS, Sample};
use crate::report::{Manifest, SCENARIO_FOLDER};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

/// Which run, and how far.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The folder of a finished run
    folder: PathBuf,
    /// Only look whether files are those that were written; simulate nothing
    #[arg(long)]
    files_only: bool,
    /// Simulate only so many blocks of 64 draws, the first, the last and those evenly between, and compare each
    /// value of draws.parquet in them; of a run that was made with --keep-draws
    #[arg(long, value_name = "N", conflicts_with = "files_only",
          value_parser = clap::value_parser!(u64).range(1..))]
    blocks: Option<u64>,
    /// How many threads; 0: one per core, or as many as fit in memory. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Say nothing but what is wrong
    #[arg(long)]
    quiet: bool,
}

/// What was found of a run.
#[derive(Debug, Default, Serialize)]
struct Verified {
    /// Files that the manifest lists, the copies of the scenario among them.
    listed: usize,
    /// Of these, those that are not there.
    missing: Vec<String>,
    /// Those whose bytes are others.
    changed: Vec<String>,
    /// Files that stand in the folder and are not listed.
    strange: Vec<String>,
    /// How it was simulated again; none where that was not asked for or not possible.
    simulated: Option<Simulated>,
    /// Files that came out the same, byte for byte.
    same: usize,
    /// Files that came out otherwise, or not at all.
    different: Vec<String>,
    /// What was found of some blocks of draws; none where all of the run was simulated, or nothing.
    sample: Option<Sampled>,
    /// Files that were not made again.
    left_out: Vec<String>,
    /// What all this does not tell.
    not_established: String,
}

/// What decides the draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Simulated {
    /// How many there were.
    draws: u64,
    /// Their seed.
    seed: u64,
}

/// What was found of some blocks of draws.
#[derive(Debug, Serialize)]
struct Sampled {
    /// Blocks that were looked at.
    blocks: u64,
    /// Blocks of the run.
    of_blocks: u64,
    /// Draws of the run.
    of_draws: u64,
    /// The first draw of each block that was looked at.
    first_draws: Vec<u64>,
    /// How the file's values compare.
    #[serde(flatten)]
    compared: Compared,
}

impl Sampled {
    fn new(sample: &Sample, compared: Compared) -> Self {
        Self {
            blocks: sample.blocks,
            of_blocks: sample.of_blocks,
            of_draws: sample.of_draws,
            first_draws: (0..sample.blocks).map(|place| sample.first_draw(place)).collect(),
            compared,
        }
    }
}

impl Verified {
    fn is_sound(&self) -> bool {
        let is_kept = |of: &Sampled| of.compared.differing == 0 && of.compared.unreadable.is_none();
        self.missing.is_empty()
            && self.changed.is_empty()
            && self.different.is_empty()
            && self.sample.as_ref().is_none_or(is_kept)
    }
}

/// Problems, and the files that they point at.
type Told = (Vec<Problem>, Sources);

/// Verifies a run.
pub fn verify(arguments: &VerifyArguments) -> Ending {
    match verified(arguments) {
        Ok((found, manifest)) => told::tell(&found, arguments, &manifest),
        Err((problems, sources)) => {
            show::problems(&problems, &sources);
            Ending::Wrong
        }
    }
}

/// Looks at the files, and simulates as far as it is asked to.
fn verified(arguments: &VerifyArguments) -> Result<(Verified, Manifest), Told> {
    let alone = |problem: Box<Problem>| (vec![*problem], Sources::default());
    let manifest = crate::report::run_folder::manifest(&arguments.folder).map_err(alone)?;
    if arguments.blocks.is_some() && !manifest.outputs.contains_key(DRAWS) {
        return Err(alone(Box::new(sample::no_draws(&arguments.folder))));
    }
    let mut found = files::looked_at(&arguments.folder, &manifest);
    let are_inputs_sound = {
        let of_inputs = |name: &String| name.starts_with(SCENARIO_FOLDER);
        !found.missing.iter().chain(&found.changed).any(of_inputs)
    };
    if !arguments.files_only && are_inputs_sound {
        let run = rerun::open(arguments, &manifest)?;
        match arguments.blocks {
            Some(blocks) => sample::verify(&mut found, arguments, &run, blocks)?,
            None => whole::verify(&mut found, arguments, &run)?,
        }
    }
    found.not_established = told::not_established(&found);
    Ok((found, manifest))
}
