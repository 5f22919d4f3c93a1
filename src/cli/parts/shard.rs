//! `shard`: simulate some draws of a run, to be merged with the others.

use super::range::{Which, range};
use super::refused;
use crate::archive::{self, Head, PartError};
use crate::cli::run::identity;
use crate::cli::{Ending, failure, memory, progress, show};
use crate::engine::{Options, Prepared, simulate_part};
use crate::problem::Problem;
use crate::report::grouped;
use crate::scenario;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// What to simulate, and where to write it.
#[derive(Debug, Args)]
pub struct ShardArguments {
    /// The scenario file
    scenario: PathBuf,
    /// Which draws
    #[command(flatten)]
    which: Which,
    /// The file to write; where this part is already, nothing is simulated
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How many draws the whole run has, instead of the scenario's number or precision
    #[arg(long, value_name = "DRAWS")]
    of: Option<u64>,
    /// The seed, instead of the scenario's
    #[arg(long)]
    seed: Option<u64>,
    /// Run this policy only, beside the baseline; may be repeated
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,
    /// Change one number or choice, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// How many threads; 0: one per core, or as many as fit in memory. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Say nothing but problems
    #[arg(long)]
    quiet: bool,
}

/// Simulates a part of a run.
pub fn shard(arguments: &ShardArguments) -> Ending {
    let set = |draws: &str, seed: &str| {
        let of = arguments.of.map(|of| format!("{draws}={of}"));
        let of_seed = arguments.seed.map(|value| format!("{seed}={value}"));
        arguments.settings.iter().cloned().chain(of).chain(of_seed).collect::<Vec<String>>()
    };
    let mut opened = scenario::open(&arguments.scenario, &set("--draws", "--seed"));
    opened.keep_policies(&arguments.policy);
    opened.refuse_if(|scenario| memory::too_much(scenario, arguments.threads, false));
    // Warnings of a scenario are `check`'s and `merge`'s matter: here they would be told a hundred times.
    if opened.scenario.is_none() || !arguments.quiet {
        opened.problems.retain(Problem::is_error);
        show::problems(&opened.problems, &opened.sources);
    }
    let Some(scenario) = opened.scenario else { return Ending::Wrong };
    let whole = scenario.run.draws;
    let draws = match arguments.which.draws_of(whole, scenario.run.precision.is_some()) {
        Ok(draws) => draws,
        Err(why) => {
            show::message(&format!("error: {why}"));
            return Ending::Wrong;
        }
    };
    let identity = identity(&scenario, &opened.sources, set("run.draws", "run.seed"));
    let head = Head { identity, draws, looks: Vec::new() };
    match is_there(&arguments.output, &head) {
        Err(error) => return refused(&error),
        Ok(true) => {
            if !arguments.quiet {
                let there = arguments.output.display();
                show::message(&format!("draws {} are in {there} already", range(draws)));
            }
            return Ending::Done;
        }
        Ok(false) => {}
    }
    let prepared = Prepared::new(&scenario);
    let (from, to) = draws;
    let bar = progress::bar(to - from, arguments.quiet);
    let options = Options {
        threads: memory::threads(&scenario, arguments.threads, false),
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let simulated = simulate_part(&prepared, from..to, &options);
    bar.finish_and_clear();
    let tally = match simulated {
        Ok(tally) => tally,
        Err(failed) => {
            show::problems(&[failure::problem(&failed)], &opened.sources);
            return Ending::Wrong;
        }
    };
    match archive::write(&arguments.output, &head, &opened.sources, &tally) {
        Err(error) => refused(&error),
        Ok(()) if arguments.quiet => Ending::Done,
        Ok(()) => {
            let bytes = fs::metadata(&arguments.output).map_or(0, |metadata| metadata.len());
            show::message(&format!(
                "draws {} of {}, {} kB in {}",
                range(draws),
                grouped(Some(whole as f64)),
                grouped(Some(bytes as f64 / 1_000.0)),
                arguments.output.display()
            ));
            Ending::Done
        }
    }
}

/// Whether a part is at a path already and whole; else nothing is there, and the disk takes it.
fn is_there(path: &Path, part: &Head) -> Result<bool, PartError> {
    if path.exists() {
        let (head, _) = archive::head(path)?;
        let path = path.to_owned();
        if let Some(difference) = part.identity.difference(&head.identity) {
            return Err(PartError::OfAnother { path, difference });
        }
        if head.draws != part.draws {
            return Err(PartError::OfOtherDraws { path, draws: range(head.draws) });
        }
        return Ok(true);
    }
    archive::try_out(path).map(|()| false)
}
