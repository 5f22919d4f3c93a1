//! `shard`: simulate some draws of a run, to be merged with the others.

use super::{range, refused};
use crate::archive::{self, Head, PartError};
use crate::cli::run::identity;
use crate::cli::{Ending, failure, memory, progress, show};
use crate::engine::{Options, Prepared, simulate_part};
use crate::numeric::LANES;
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
    /// Which draws: the first, and the one behind the last; multiples of 64, but for the end of the run
    #[arg(long, value_name = "LO..HI", value_parser = draws)]
    draws: (u64, u64),
    /// The file to write; one of the same part is replaced
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
    /// How many threads; 0: one per core. Changes no figure
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
    opened.refuse_if(|scenario| memory::too_much_to_simulate(scenario, arguments.threads));
    // Warnings of a scenario are `check`'s and `merge`'s matter: here they would be told a hundred times.
    if opened.scenario.is_none() || !arguments.quiet {
        opened.problems.retain(Problem::is_error);
        show::problems(&opened.problems, &opened.sources);
    }
    let Some(scenario) = opened.scenario else { return Ending::Wrong };
    let whole = scenario.run.draws;
    if let Some(why) = wrong_range(arguments.draws, whole, scenario.run.precision.is_some()) {
        show::message(&format!("error: {why}"));
        return Ending::Wrong;
    }
    let identity = identity(&scenario, &opened.sources, set("run.draws", "run.seed"));
    let head = Head { identity, draws: arguments.draws, looks: Vec::new() };
    if let Err(error) = may_be_written(&arguments.output, &head) {
        return refused(&error);
    }
    let prepared = Prepared::new(&scenario);
    let (from, to) = arguments.draws;
    let bar = progress::bar(to - from, arguments.quiet);
    let options = Options {
        threads: arguments.threads,
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
                range(arguments.draws),
                grouped(Some(whole as f64)),
                grouped(Some(bytes as f64 / 1_000.0)),
                arguments.output.display()
            ));
            Ending::Done
        }
    }
}

/// Why these are no draws of a run of so many.
fn wrong_range((from, to): (u64, u64), whole: u64, is_for_precision: bool) -> Option<String> {
    let lanes = LANES as u64;
    let given = format!("--draws {from}..{to}");
    if is_for_precision {
        return Some(
            "a run for a precision has no number of draws to take parts of: say how many with --of"
                .to_owned(),
        );
    }
    if to > whole {
        return Some(format!(
            "{given} ends behind the last of {whole} draws: write at most ..{whole}, or say with --of how many the run has"
        ));
    }
    if !from.is_multiple_of(lanes) || (!to.is_multiple_of(lanes) && to != whole) {
        let near = |draw: u64| draw / lanes * lanes;
        let end = if to == whole { whole } else { near(to).max(near(from) + lanes).min(whole) };
        return Some(format!(
            "{given} does not begin and end at multiples of {lanes}: write, for example, {}..{end}",
            near(from)
        ));
    }
    None
}

/// Whether there is nothing at a path, or the same part, and the disk takes it.
fn may_be_written(path: &Path, part: &Head) -> Result<(), PartError> {
    if path.exists() {
        let (head, _) = archive::head(path)?;
        let of_another =
            |difference: String| PartError::OfAnother { path: path.to_owned(), difference };
        if let Some(difference) = part.identity.difference(&head.identity) {
            return Err(of_another(difference));
        }
        if head.draws != part.draws {
            return Err(of_another(format!("draws {}", range(head.draws))));
        }
    }
    archive::try_out(path)
}

/// `LO..HI`, of which the first is the lesser.
fn draws(text: &str) -> Result<(u64, u64), String> {
    let number = |text: &str| text.trim().replace('_', "").parse::<u64>().ok();
    let found = text.split_once("..").and_then(|(from, to)| Some((number(from)?, number(to)?)));
    found
        .filter(|(from, to)| from < to)
        .ok_or_else(|| "write two rising numbers, such as 0..4096".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_two_rising_numbers() {
        assert_eq!(draws("64..1_024"), Ok((64, 1_024)));
        for wrong in ["", "64", "..", "64..", "64..64", "128..64", "-1..64", "0..1e3"] {
            assert!(draws(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn parts_begin_and_end_where_draws_are_grouped() {
        for (range, whole) in
            [((0, 64), 100), ((64, 100), 100), ((0, 100), 100), ((64, 128), 1_000)]
        {
            assert_eq!(wrong_range(range, whole, false), None);
        }
        let told = |range, whole| wrong_range(range, whole, false).unwrap();
        assert!(told((0, 101), 100).contains("write at most ..100"));
        assert!(told((10, 128), 200).ends_with("write, for example, 0..128"));
        assert!(told((0, 10), 200).ends_with("write, for example, 0..64"));
        assert!(wrong_range((0, 64), 100, true).unwrap().contains("--of"));
    }
}
