//! `solve`: the value of a lever that meets a target under uncertainty.

pub mod asked;

use super::drawn::Drawn;
use super::list::Format;
use super::work_folder::WorkFolder;
use super::{Ending, failure, progress, show};
use crate::analysis::solve::{Asked, Solution, Stop, solve as search};
use crate::model::Scenario;
use crate::problem::{Problem, Source, Sources};
use crate::report::solve as report;
use crate::scenario;
use asked::{Plan, plan};
use clap::Args;
use clap::builder::RangedU64ValueParser;
use std::path::PathBuf;

/// The most draws that decide unless more are asked for.
const DRAWS: u64 = 512;

/// The measures, for the help of whoever takes one.
pub const MEASURES: &str = "\
\x20 p_shortfall('maintenance', 2025)      chance that more is due than available; over all years: in some year
  reserve90|95|99('maintenance', 2025)  what must be added so that the pot suffices in 90, 95, 99 %; over all years: of their sum
  gap('maintenance', 2025)              mean of what is due above what is available; over all years: of their sum
  mean('award', 2025)                   mean of a national outcome, built-in or declared; over all years: of their average
  p05|p10|p50|p90|p95('award', 2025)    a quantile of it
  gini('award_per_point', 2025)         mean Gini coefficient among municipalities
  coverage(2025)                        mean of award over eligible cost";

/// What to solve.
#[derive(Debug, Args)]
#[command(after_long_help = format!("\
The answer is the border: the last value that meets the target, and the next that misses it.

A target is a measure, a sign (<=, <, >=, >) and a number. Measures, without the year over all years:
{MEASURES}
\"all\" stands for all programmes together.

Every value is tried on the same futures, so that what differs is the lever alone. Few draws decide far from the \
target, all of them near it; what their number leaves open of the answer is printed with it. Without --draws these \
are the scenario's, at most 512."))]
pub struct SolveArguments {
    /// The scenario file
    scenario: PathBuf,
    /// A declared lever, or appropriation:PROGRAMME: the sum of all years, each of which keeps its share
    #[arg(long, value_name = "LEVER")]
    lever: String,
    /// What is to be met, such as "coverage(2025) >= 0.5"
    #[arg(long, value_name = "TARGET")]
    target: String,
    /// The policy; by default the only one, or the baseline
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// The range to search; by default the lever's own, of an appropriation from nothing to twice today's
    #[arg(long, value_name = "LOW..HIGH", allow_hyphen_values = true)]
    between: Option<String>,
    /// How near to the border the answer must be; by default a ten-thousandth of the range
    #[arg(long, value_name = "STEP")]
    within: Option<f64>,
    /// How many futures decide
    #[arg(long, value_parser = RangedU64ValueParser::<u64>::new().range(1..))]
    draws: Option<u64>,
    /// The seed, instead of the scenario's
    #[arg(long)]
    seed: Option<u64>,
    /// How many threads; 0: one per core. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Change one number or choice first, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// Show the measure at so many values of the lever as well
    #[arg(long, value_name = "VALUES", default_value_t = 0, value_parser = curve)]
    curve: usize,
    /// Write solve.csv and solve.svg into this folder as well
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    drawn: Drawn,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Say nothing but problems and the result
    #[arg(long)]
    quiet: bool,
}

/// How many values a curve may have.
fn curve(text: &str) -> Result<usize, String> {
    match text.trim().parse::<usize>() {
        Ok(count @ (0 | 2..=501)) => Ok(count),
        _ => Err("write a number of values from 2 to 501".to_owned()),
    }
}

/// Solves for a lever.
pub fn solve(arguments: &SolveArguments) -> Ending {
    let mut opened = scenario::open(&arguments.scenario, &settings(arguments, None));
    let Some(scenario) = opened.scenario.take() else {
        show::problems(&opened.problems, &opened.sources);
        return Ending::Wrong;
    };
    opened.sources.files.push(source(crate::analysis::solve::TARGET, &arguments.target));
    opened.sources.files.push(source(asked::BETWEEN, arguments.between.as_deref().unwrap_or("")));
    let plan = match plan(arguments, &scenario, &opened.sources) {
        Ok(plan) => plan,
        Err(problems) => {
            show::problems(&problems, &opened.sources);
            return Ending::Wrong;
        }
    };
    let folder = match WorkFolder::asked(arguments.output.as_deref(), "solve") {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    let draws = arguments.draws.unwrap_or_else(|| scenario.run.draws.min(DRAWS));
    let question = report::Question {
        scenario: scenario.name.clone(),
        policy: plan.policy.clone(),
        target: plan.target.text.clone(),
        lever: arguments.lever.clone(),
        unit: plan.unit.clone(),
        present: plan.present,
        range: plan.dial.range().into(),
        draws,
        seed: scenario.run.seed,
    };
    let solution = match found(arguments, &plan, &scenario, draws) {
        Ok(solution) => solution,
        Err(Failed::Problems(problems, sources)) => {
            show::problems(&problems, sources.as_ref().unwrap_or(&opened.sources));
            return Ending::Wrong;
        }
        Err(Failed::Threads(message)) => {
            show::message(&format!("error: {message}"));
            return Ending::WorldFailed;
        }
    };
    let told = match arguments.format {
        Format::Table => report::text(&question, &plan.target, &solution),
        Format::Csv => report::csv(&solution),
        Format::Json => match report::json(&question, &solution) {
            Ok(text) => text,
            Err(error) => {
                show::message(&format!("error: the answer cannot be written as JSON: {error}"));
                return Ending::WorldFailed;
            }
        },
    };
    if let Some(folder) = folder {
        let svg = report::picture(
            &question,
            &plan.target,
            &scenario.currency,
            &solution,
            arguments.drawn.language,
        );
        let files = vec![
            ("solve.csv".to_owned(), report::csv(&solution).into_bytes()),
            ("solve.svg".to_owned(), svg.into_bytes()),
        ];
        if let Err(ending) =
            folder.keep(&scenario.title, files, (arguments.drawn.png, arguments.quiet))
        {
            return ending;
        }
    }
    show::result(&told)
}

/// Why there is no answer.
enum Failed {
    /// The scenario is wrong at some value of the lever; its sources, where they are others.
    Problems(Vec<Problem>, Option<Sources>),
    /// The threads could not be started.
    Threads(String),
}

fn found(
    arguments: &SolveArguments,
    plan: &Plan,
    present: &Scenario,
    draws: u64,
) -> Result<Solution, Failed> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.min(256))
        .build()
        .map_err(|error| Failed::Threads(format!("the threads could not be started: {error}")))?;
    let bar = progress::steps("draws simulated", arguments.quiet);
    let asked = Asked {
        target: &plan.target,
        policy: &plan.policy,
        dial: &plan.dial,
        present: plan.present,
        draws,
        curve: arguments.curve,
    };
    let make = |value: f64| {
        let mut settings = settings(arguments, Some(draws));
        settings.extend(plan.lever.settings(value, plan.dial.range()));
        let opened = scenario::open(&arguments.scenario, &settings).after(Some(present));
        let Some(mut scenario) = opened.scenario else {
            return Err((opened.problems, opened.sources));
        };
        plan.apply(&mut scenario, value);
        Ok(scenario)
    };
    let answer = pool.install(|| {
        search(&asked, &make, &|value, draws| {
            bar.inc(draws);
            bar.set_message(format!("draws simulated, now at {value}"));
        })
    });
    bar.finish_and_clear();
    answer.map_err(|stop| match stop {
        Stop::Scenario((problems, sources)) => Failed::Problems(problems, Some(sources)),
        Stop::Run(failure) => Failed::Problems(vec![failure::problem(&failure)], None),
    })
}

/// What is set before the lever.
fn settings(arguments: &SolveArguments, draws: Option<u64>) -> Vec<String> {
    let mut settings = arguments.settings.clone();
    settings.extend(draws.or(arguments.draws).map(|draws| format!("--draws={draws}")));
    settings.extend(arguments.seed.map(|seed| format!("--seed={seed}")));
    settings
}

/// A text of the command line, for places in it.
fn source(name: &str, text: &str) -> Source {
    Source { name: name.into(), text: text.into(), bytes: text.as_bytes().into() }
}
