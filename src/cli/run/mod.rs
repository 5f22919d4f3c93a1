//! `run`: simulate a scenario and write what it yields.

mod results;
mod writing;

use super::alone::Alone;
use super::unfinished::Unfinished;
use super::{Ending, keep_draws, show};
use crate::archive::{Identity, digests};
use crate::engine::Prepared;
use crate::model::Scenario;
use crate::numeric::simd::{self, Level};
use crate::problem::Sources;
use crate::report::Destination;
use crate::scenario;
use clap::Args;
use results::{Simulated, simulate};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use results::{Median, Results, exactly};
pub use writing::{Finished, Writing, admit, files, manifest, refused, rendered, write};

/// What to run, and where to write.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The scenario file
    scenario: PathBuf,
    /// The folder to write; by default output/<scenario name>
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// How many futures, instead of the scenario's number or precision
    #[arg(long, conflicts_with_all = ["precision", "at_most"])]
    draws: Option<u64>,
    /// End when every mean is known within this share of it (0.001 is 0.1 %), looking at 1,024, 2,048, 4,096 … draws
    #[arg(long, value_name = "SHARE")]
    precision: Option<f64>,
    /// The most futures that a precision may take
    #[arg(long, value_name = "DRAWS")]
    at_most: Option<u64>,
    /// The seed, instead of the scenario's
    #[arg(long)]
    seed: Option<u64>,
    /// The widest vectors to use: baseline, avx2 or avx512; by default the machine's. Changes no figure
    #[arg(long, value_name = "LEVEL", value_parser = vectors)]
    simd: Option<Level>,
    /// Run this policy only, beside the baseline; may be repeated
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,
    /// Change one number or choice, such as `levers.case_rate=3` or `network.mode=WhenReady`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// Go on where an earlier run of the same was stopped: by Ctrl-C, a crash or a power cut
    #[arg(long)]
    resume: bool,
    /// How often what is simulated is kept for that, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    save_every: f64,
    /// What is written and said
    #[command(flatten)]
    writing: Writing,
}

/// Runs a scenario.
pub fn run(arguments: &RunArguments) -> Ending {
    let writing = &arguments.writing;
    if let Some(level) = arguments.simd {
        simd::choose(level);
    }
    let settings = settings(arguments, OPTIONS);
    let mut opened = scenario::open(&arguments.scenario, &settings);
    opened.keep_policies(&arguments.policy);
    admit(&mut opened, writing);
    let Some(scenario) = opened.scenario else { return Ending::Wrong };
    let folder =
        arguments.output.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name));
    let destination = Destination::new(&folder, writing.force);
    if let Err(error) = destination.check(&scenario.name, &scenario.title) {
        return refused(&error);
    }
    let _alone = match Alone::take(&destination, &folder) {
        Ok(alone) => alone,
        Err(ending) => return ending,
    };
    if writing.keep_draws && !writing.quiet {
        show::message(&keep_draws::announced(&scenario));
    }
    let started = Instant::now();
    let prepared = Prepared::new(&scenario);
    let path = match destination.unfinished() {
        Ok(path) => path,
        Err(error) => return refused(&error),
    };
    let identity = identity(&scenario, &opened.sources, self::settings(arguments, PATHS));
    let every = Duration::from_secs_f64(arguments.save_every);
    let mut unfinished = Unfinished::new(path, identity, &opened.sources, (every, writing.quiet));
    let resumed = if arguments.resume {
        unfinished
            .resume(&prepared)
            .map_err(|error| format!("{error}; without --resume the run begins anew"))
    } else {
        unfinished.begin(writing.force).map(|()| None)
    };
    let resumed = match resumed {
        Ok(resumed) => resumed,
        Err(why) => {
            show::message(&format!("error: {why}"));
            return Ending::Wrong;
        }
    };
    let results = match simulate(&prepared, writing, &mut unfinished, resumed) {
        Ok(Simulated::Done(results)) => *results,
        Ok(Simulated::Stopped) => return Ending::Stopped,
        Ok(Simulated::Refused) => return Ending::Wrong,
        Err(problem) => {
            show::problems(&[*problem], &opened.sources);
            return Ending::Wrong;
        }
    };
    let set = self::settings(arguments, PATHS);
    let finished = Finished {
        prepared: &prepared,
        sources: &opened.sources,
        assumed: &opened.assumed,
        set: &set,
        results,
        started,
    };
    write(finished, (&destination, &folder), writing, || unfinished.finish())
}

/// All that decides the figures of a run.
pub fn identity(scenario: &Scenario, sources: &Sources, set: Vec<String>) -> Identity {
    Identity {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        file: sources.files.first().map_or_else(String::new, |file| file.name.to_string()),
        inputs: digests(sources),
        set,
        policies: scenario.policies.iter().map(|policy| policy.name.clone()).collect(),
        draws: scenario.run.draws,
    }
}

/// A level that this machine has.
fn vectors(name: &str) -> Result<Level, String> {
    let names = |levels: &mut dyn Iterator<Item = Level>| {
        levels.map(Level::name).collect::<Vec<_>>().join(", ")
    };
    let Some(level) = Level::ALL.into_iter().find(|level| level.name() == name) else {
        return Err(format!("there are {}", names(&mut Level::ALL.into_iter())));
    };
    let here = &mut Level::ALL.into_iter().filter(|level| level.is_available());
    if level.is_available() { Ok(level) } else { Err(format!("this machine has {}", names(here))) }
}

/// Options that are settings by a shorter name, as the door knows them …
const OPTIONS: [&str; 4] = ["--draws", "--seed", "--precision", "--at-most"];
/// … and the paths that they set.
const PATHS: [&str; 4] =
    ["run.draws", "run.seed", "run.precision.relative", "run.precision.at_most"];

/// The settings of the command line, those with an option of their own among them under the names
/// given: the door checks them alike.
fn settings(arguments: &RunArguments, names: [&str; 4]) -> Vec<String> {
    let whole = |value: Option<u64>| value.map(|value| value.to_string());
    let values = [
        whole(arguments.draws),
        whole(arguments.seed),
        arguments.precision.map(|share| share.to_string()),
        whole(arguments.at_most),
    ];
    let given = names.iter().zip(values);
    let given = given.filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    arguments.settings.iter().cloned().chain(given).collect()
}

/// How often, in seconds.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds: Option<f64> = text.trim().parse().ok();
    seconds
        .filter(|seconds| (LEAST_SECONDS..=MOST_SECONDS).contains(seconds))
        .ok_or_else(|| format!("write a number of seconds from {LEAST_SECONDS} to {MOST_SECONDS}"))
}

/// More often a run would do nothing else …
const LEAST_SECONDS: f64 = 0.05;
/// … and nobody loses more than an hour.
const MOST_SECONDS: f64 = 3_600.0;
