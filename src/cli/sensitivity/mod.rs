//! `sensitivity`: which inputs drive a figure, from a run's own draws or from a design.

mod names;

use super::drawn::Drawn;
use super::list::Format;
use super::work_folder::WorkFolder;
use super::{Ending, failure, progress, show};
use crate::analysis::sensitivity::{
    Design, Figure, Wanted, factors, figures, for_design, rows_of, sensitivity as explain,
};
use crate::engine::{Options, Prepared};
use crate::model::Scenario;
use crate::problem::{Problem, codes};
use crate::report::{drivers, grouped, sensitivity as report};
use crate::scenario;
use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// More bytes of figures than these are not kept.
const MOST_BYTES: u64 = 4 << 30;
/// Base rows of a Sobol' design where nobody says how many.
const BASE_ROWS: u64 = 1_024;
/// Trajectories of a Morris design where nobody says how many.
const TRAJECTORIES: u64 = 64;

/// What to explain.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Without --design the scenario's own draws are used. They measure each input that is one number in each \
draw (those of municipalities, points and years need a design): the share of the variance that it explains by itself (first-order index), rank correlation, partial \
rank correlation and standardised regression coefficient, each with an interval at 95 %.

--design sobol measures every input, those of municipalities, points and years as a group of all their \
values, correlated ones together: what it explains by itself and what it takes part in (total index). \
--design morris screens many inputs with few evaluations: the mean size of the effect of moving one.

What cannot be told from zero is said to be so; of forty inputs without influence one is told from zero \
by chance.")]
pub struct SensitivityArguments {
    /// The scenario file
    scenario: PathBuf,
    /// Work out a design instead of the scenario's own draws
    #[arg(long, value_enum)]
    design: Option<DesignName>,
    /// How many draws, base rows of a Sobol' design (1024) or trajectories of a Morris design (64)
    #[arg(long, value_parser = RangedU64ValueParser::<u64>::new().range(2..=100_000_000))]
    draws: Option<u64>,
    /// The seed, instead of the scenario's
    #[arg(long)]
    seed: Option<u64>,
    /// Explain this figure: entitlement, award, gap, shortfall, or an outcome; may be repeated
    #[arg(long, value_name = "NAME")]
    outcome: Vec<String>,
    /// Of this policy only; may be repeated
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,
    /// Of this programme only, or of `all` together; may be repeated
    #[arg(long, value_name = "NAME")]
    programme: Vec<String>,
    /// Of this year only, or over `all` years; may be repeated
    #[arg(long, value_name = "YEAR")]
    year: Vec<String>,
    /// Change one number or choice, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// How many threads; 0: one per core. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// How many inputs of each figure are shown
    #[arg(long, default_value_t = 10)]
    top: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write sensitivity.csv and a picture of each figure shown to this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    drawn: Drawn,
    /// Say nothing but problems and the result
    #[arg(long)]
    quiet: bool,
}

/// A design by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DesignName {
    /// First-order and total indices, by Saltelli's and Jansen's estimators
    Sobol,
    /// Elementary effects, for screening
    Morris,
}

/// Explains the figures of a scenario.
pub fn sensitivity(arguments: &SensitivityArguments) -> Ending {
    let mut opened = scenario::open(&arguments.scenario, &settings(arguments));
    if let Some(scenario) = &opened.scenario {
        let problems = names::unknown(&Prepared::new(scenario), &wanted(arguments));
        if !problems.is_empty() {
            opened.problems.extend(problems);
            opened.scenario = None;
        }
    }
    let design = design(arguments);
    let scenario = opened.scenario.take().map(|mut scenario| {
        if !arguments.policy.is_empty() {
            // The names are known.
            let _ = scenario::keep_policies(&mut scenario, &arguments.policy);
        }
        if design.is_some() { for_design(&scenario) } else { scenario }
    });
    let prepared = scenario.as_ref().map(Prepared::new);
    let chosen = prepared.as_ref().map(|prepared| figures(prepared, &wanted(arguments)));
    let obstacle = match (&scenario, &chosen) {
        (Some(scenario), Some(chosen)) => obstacle(scenario, chosen, design),
        _ => None,
    };
    let is_stopped = obstacle.is_some() || prepared.is_none();
    opened.problems.extend(obstacle);
    if is_stopped || !arguments.quiet {
        show::problems(&opened.problems, &opened.sources);
    }
    let (Some(prepared), Some(chosen), false) = (&prepared, &chosen, is_stopped) else {
        return Ending::Wrong;
    };
    let folder = match WorkFolder::asked(arguments.output.as_deref(), "sensitivity") {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    let bar = progress::bar(evaluations(prepared.scenario, design), arguments.quiet);
    let options = Options {
        threads: arguments.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let found = explain(prepared, chosen, design, &options);
    bar.finish_and_clear();
    let found = match found {
        Ok(found) => found,
        Err(failure) => {
            show::problems(&[failure::problem(&failure)], &opened.sources);
            return Ending::Wrong;
        }
    };
    if let Some(folder) = folder {
        let table = ("sensitivity.csv".to_owned(), report::csv(&found).into_bytes());
        let pictures = drivers::pictures(&found, arguments.top, arguments.drawn.language);
        let pictures = pictures.into_iter().map(|(name, svg)| (name, svg.into_bytes()));
        let files = std::iter::once(table).chain(pictures).collect();
        let how = (arguments.drawn.png, arguments.quiet);
        if let Err(ending) = folder.keep(&prepared.scenario.title, files, how) {
            return ending;
        }
    }
    show::result(&match arguments.format {
        Format::Table => report::text(&found, arguments.top),
        Format::Csv => report::csv(&found),
        Format::Json => {
            let mut text = serde_json::to_string_pretty(&found).unwrap_or_default();
            text.push('\n');
            text
        }
    })
}

/// The settings of the command line; of a design the number of draws is its own.
fn settings(arguments: &SensitivityArguments) -> Vec<String> {
    let draws = arguments.draws.filter(|_| arguments.design.is_none());
    let given = [("--draws", draws), ("--seed", arguments.seed)];
    let given = given.iter().filter_map(|(name, value)| Some(format!("{name}={}", (*value)?)));
    arguments.settings.iter().cloned().chain(given).collect()
}

fn wanted(arguments: &SensitivityArguments) -> Wanted {
    Wanted {
        outcomes: arguments.outcome.clone(),
        policies: arguments.policy.clone(),
        programmes: arguments.programme.clone(),
        years: arguments.year.clone(),
    }
}

fn design(arguments: &SensitivityArguments) -> Option<Design> {
    let or = |usual: u64| arguments.draws.unwrap_or(usual);
    arguments.design.map(|name| match name {
        DesignName::Sobol => Design::Sobol(or(BASE_ROWS)),
        DesignName::Morris => Design::Morris(or(TRAJECTORIES)),
    })
}

fn evaluations(scenario: &Scenario, design: Option<Design>) -> u64 {
    design.map_or(scenario.run.draws, |design| rows_of(design, factors(scenario).len()))
}

/// Why nothing can be explained, though all names are known.
fn obstacle(scenario: &Scenario, chosen: &[Figure], design: Option<Design>) -> Option<Problem> {
    if factors(scenario).is_empty() {
        let message = "nothing in this scenario is uncertain, so nothing drives its figures";
        let help = "give an input a distribution, such as `Uniform(min: 0, max: 1)`";
        return Some(Problem::error(codes::NOTHING_DRIVES, message).help(help));
    }
    if chosen.is_empty() {
        let message = "no figure is left to explain";
        let help = "declare an outcome, or leave out --outcome, --policy, --programme or --year";
        return Some(Problem::error(codes::NOTHING_DRIVES, message).help(help));
    }
    let rows = evaluations(scenario, design);
    let bytes = rows.saturating_mul(chosen.len() as u64).saturating_mul(16);
    if bytes <= MOST_BYTES {
        return None;
    }
    let message = format!(
        "this would keep {} figures of {} draws and need {} GB of memory, more than the {} GB that are allowed",
        grouped(Some(chosen.len() as f64)),
        grouped(Some(rows as f64)),
        grouped(Some((bytes as f64 / f64::from(1 << 30)).ceil())),
        MOST_BYTES >> 30
    );
    let help = "ask for fewer figures (--outcome, --policy, --year) or fewer draws (--draws)";
    Some(Problem::error(codes::TOO_MUCH, message).help(help))
}
