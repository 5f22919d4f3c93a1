//! `discover`: the conditions under which something happens, as ranges of inputs.

use super::drawn::Drawn;
use super::list::Format;
use super::solve::MEASURES;
use super::work_folder::WorkFolder;
use super::{Ending, failure, progress, show};
use crate::analysis::discovery::{Happening, Question, discover as search};
use crate::analysis::solve::{Measure, Measured, read, read_measure};
use crate::engine::{Options, Prepared};
use crate::model::{Mode, Scenario};
use crate::problem::{Problem, Source, codes};
use crate::report::discovery as report;
use crate::report::grouped;
use crate::scenario::{self, did_you_mean, keep_policies, quoted};
use clap::Args;
use clap::builder::RangedU64ValueParser;
use std::path::PathBuf;

/// More values of inputs than these are not kept.
const MOST: u64 = 64_000_000;
/// What places of the condition name as their file.
const WHEN: &str = "--when";

/// What to look for.
#[derive(Debug, Args)]
#[command(after_long_help = format!("\
The run's own draws are searched for boxes, ranges of uncertain inputs within which it happens more often: by the \
patient rule induction method (PRIM, Friedman & Fisher 1999), which takes 5 % of the draws off the end of one input \
after the other. An input that is drawn for each municipality, point or year is looked at by its mean.

Density is the share of the draws inside in which it happens, coverage the share of all such draws that lie inside. A \
limit that might be chance (quasi-p-value of 0.05 or more) is taken back. Without --density the box is taken that has \
most cases above what as many draws have on average.

--when is a measure compared with a number, in one future: mean is the value itself, and p_shortfall alone says that \
the pot is short; reserves and quantiles have no value in one future. Without the year it is over all years:
{MEASURES}"))]
pub struct DiscoverArguments {
    /// The scenario file
    scenario: PathBuf,
    /// What happens, such as "mean('award', 2025) > 3e6"; measures below
    #[arg(long, value_name = "CONDITION")]
    when: String,
    /// The policy; by default the only one, or the baseline
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// The widest box in which it happens at least so often, between 0 and 1
    #[arg(long, value_name = "SHARE")]
    density: Option<f64>,
    /// How many boxes at most, each among what the ones before leave
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = RangedU64ValueParser::<u64>::new().range(1..=8))]
    boxes: u64,
    /// How many futures, instead of the scenario's
    #[arg(long, value_parser = RangedU64ValueParser::<u64>::new().range(2..))]
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
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write discover.csv, trajectory.csv and a picture of each box into this folder as well
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    drawn: Drawn,
    /// Say nothing but problems and the result
    #[arg(long)]
    quiet: bool,
}

/// Looks for conditions.
pub fn discover(arguments: &DiscoverArguments) -> Ending {
    let mut settings = arguments.settings.clone();
    settings.extend(arguments.draws.map(|draws| format!("--draws={draws}")));
    settings.extend(arguments.seed.map(|seed| format!("--seed={seed}")));
    let mut opened = scenario::open(&arguments.scenario, &settings);
    let Some(mut scenario) = opened.scenario.take() else {
        show::problems(&opened.problems, &opened.sources);
        return Ending::Wrong;
    };
    let text = arguments.when.as_str();
    let source = Source { name: WHEN.into(), text: text.into(), bytes: text.as_bytes().into() };
    let mut problems = Vec::new();
    let happening = happening(&source, &scenario, &mut problems);
    opened.sources.files.push(source);
    let policy = policy(arguments.policy.as_deref(), &scenario, &mut problems);
    problems.extend(obstacles(arguments, &scenario));
    let (Some(happening), Some(name), true) = (happening, policy, problems.is_empty()) else {
        show::problems(&problems, &opened.sources);
        return Ending::Wrong;
    };
    let folder = match WorkFolder::asked(arguments.output.as_deref(), "discover") {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    // The name was found before.
    let _ = keep_policies(&mut scenario, std::slice::from_ref(&name));
    if scenario.network.as_ref().is_none_or(|network| network.mode == Mode::WhenReady) {
        scenario.policies.retain(|policy| policy.name == name);
        scenario.baseline = 0;
    }
    let policy = scenario.policies.iter().position(|policy| policy.name == name).unwrap_or(0);
    let question = Question {
        happening,
        policy,
        boxes: usize::try_from(arguments.boxes).unwrap_or(1),
        density: arguments.density,
    };
    let prepared = Prepared::new(&scenario);
    let bar = progress::bar(scenario.run.draws, arguments.quiet);
    let options = Options {
        threads: arguments.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let found = search(&prepared, &question, &options);
    bar.finish_and_clear();
    let found = match found {
        Ok(found) => found,
        Err(stopped) => {
            show::problems(&[failure::problem(&stopped)], &opened.sources);
            return Ending::Wrong;
        }
    };
    let question = report::Question {
        scenario: scenario.name.clone(),
        policy: name,
        when: arguments.when.trim().to_owned(),
        seed: scenario.run.seed,
    };
    if let Some(folder) = folder {
        let pictures = report::pictures(&question, &found, arguments.drawn.language);
        let pictures = pictures
            .into_iter()
            .enumerate()
            .map(|(at, picture)| (format!("discover-{}.svg", at + 1), picture.into_bytes()));
        let files = [
            ("discover.csv".to_owned(), report::csv(&found).into_bytes()),
            ("trajectory.csv".to_owned(), report::trajectory_csv(&found).into_bytes()),
        ];
        let files = files.into_iter().chain(pictures).collect();
        if let Err(ending) =
            folder.keep(&scenario.title, files, (arguments.drawn.png, arguments.quiet))
        {
            return ending;
        }
    }
    match arguments.format {
        Format::Table => show::result(&report::text(&question, &found)),
        Format::Csv => show::result(&report::csv(&found)),
        Format::Json => match report::json(&question, &found) {
            Ok(text) => show::result(&text),
            Err(error) => {
                show::message(&format!("error: the answer cannot be written as JSON: {error}"));
                Ending::WorldFailed
            }
        },
    }
}

/// A condition: a measure compared with a number, or a shortfall alone.
fn happening(
    source: &Source,
    scenario: &Scenario,
    problems: &mut Vec<Problem>,
) -> Option<Happening> {
    let is_compared = source.text.contains(['<', '>', '=']);
    let read = if is_compared {
        read(source, scenario)
            .map(|target| Happening { of: target.of, compared: Some((target.sign, target.level)) })
    } else {
        read_measure(source, scenario).map(|of| Happening { of, compared: None })
    };
    let happening = match read {
        Ok(happening) => happening,
        Err(told) => {
            problems.extend(told);
            return None;
        }
    };
    let Measured { measure, .. } = happening.of;
    let whole = source.place(0..source.text.len());
    let wrong = if !happening.of.is_of_each_draw() {
        Some((
            "this has no value in a single future",
            "take gap instead of a reserve, and mean instead of a quantile: in one future it is the value itself",
        ))
    } else if !is_compared && measure != Measure::Shortfall {
        Some(("a value does not happen", "compare it with a number, such as `> 0`"))
    } else {
        None
    };
    if let Some((message, help)) = wrong {
        problems.push(Problem::error(codes::TARGET, message).at(&whole, "").help(help));
        return None;
    }
    Some(happening)
}

fn policy(asked: Option<&str>, scenario: &Scenario, problems: &mut Vec<Problem>) -> Option<String> {
    let known: Vec<&str> = scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
    let Some(name) = asked else {
        let baseline = scenario.policies.get(scenario.baseline);
        if baseline.is_none() {
            let message = "the scenario has no policies, so nothing happens under one";
            let help = "declare one in `policies`";
            problems.push(Problem::error(codes::MISSING_PART, message).help(help));
        }
        return baseline.map(|policy| policy.name.clone());
    };
    if known.contains(&name) {
        return Some(name.to_owned());
    }
    let message = format!("{} is not a policy of this scenario", quoted(name));
    problems.push(did_you_mean(Problem::error(codes::UNKNOWN_NAME, message), name, &known));
    None
}

/// What stands in the way, though all names are known.
fn obstacles(arguments: &DiscoverArguments, scenario: &Scenario) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(density) = arguments.density.filter(|density| !(*density > 0.0 && *density <= 1.0))
    {
        let message = format!("--density is {density}, and a share lies between 0 and 1");
        let help = "write such as 0.8: it happens in 80 of 100 draws inside";
        problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
    }
    let inputs = scenario.inputs.iter().filter(|input| input.is_uncertain()).count() as u64;
    if inputs == 0 {
        let message =
            "nothing in this scenario is uncertain, so nothing decides whether it happens";
        let help = "give an input a distribution, such as `Uniform(min: 0, max: 1)`";
        problems.push(Problem::error(codes::NOTHING_DRIVES, message).help(help));
    }
    if inputs.saturating_mul(scenario.run.draws) > MOST {
        let message = format!(
            "{inputs} inputs of {} draws are more than the {} values that are kept",
            grouped(Some(scenario.run.draws as f64)),
            grouped(Some(MOST as f64))
        );
        problems
            .push(Problem::error(codes::TOO_MUCH, message).help("ask for fewer draws (--draws)"));
    }
    problems
}
