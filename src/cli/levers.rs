//! `levers`: what a unit of change costs, on the same draws.

use super::drawn::Drawn;
use super::list::Format;
use super::work_folder::{File, WorkFolder};
use super::{Ending, failure, progress, show};
use crate::analysis::{UnitChanges, unit_changes};
use crate::language::Language;
use crate::model::Scenario;
use crate::numeric::LANES;
use crate::problem::{Problem, codes};
use crate::report::levers as report;
use crate::scenario;
use clap::Args;
use clap::builder::RangedU64ValueParser;
use std::path::PathBuf;

/// What to change.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each change is simulated on the same futures as the scenario as it stands: 1 % more pay in every year, \
every planned point a month later, and 10 EUR more of each lever that is counted in the currency (a tenth \
of its value where its range has no room for 10). What differs is the change alone, so that few futures \
are enough; ± is what their number leaves open (95 %). A hundred more points are told at the average of \
those that are open, or ask for their investment, in a year, and only what they cost and what is due for \
them: what they would be granted depends on the pot. Changes do not add up where a pot binds or a limit is met.")]
pub struct LeversArguments {
    /// The scenario file
    scenario: PathBuf,
    /// How many futures are looked at, at most 65536
    #[arg(long, default_value_t = 256, value_parser = RangedU64ValueParser::<u64>::new().range(2..=65_536))]
    draws: u64,
    /// Change one number or choice first, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// How to print; csv and json have every programme and year
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write the table as text, CSV and JSON and a picture of each policy to this folder; a folder that holds
    /// anything else is refused
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    drawn: Drawn,
    /// Say nothing but problems and the result
    #[arg(long)]
    quiet: bool,
}

/// Tells what a unit of change costs.
pub fn levers(arguments: &LeversArguments) -> Ending {
    let mut opened = scenario::open(&arguments.scenario, &arguments.settings);
    let is_empty =
        |scenario: &Scenario| scenario.policies.is_empty() || scenario.programmes.is_empty();
    if opened.scenario.as_ref().is_some_and(is_empty) {
        opened.problems.push(nothing_to_pay());
        opened.scenario = None;
    }
    if opened.scenario.is_none() || !arguments.quiet {
        show::problems(&opened.problems, &opened.sources);
    }
    let Some(scenario) = &opened.scenario else { return Ending::Wrong };
    let folder = match WorkFolder::asked(arguments.output.as_deref(), "levers") {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    let bar = progress::bar(arguments.draws, arguments.quiet);
    let found = unit_changes(scenario, arguments.draws, &|| bar.inc(LANES as u64));
    bar.finish_and_clear();
    let found = match found {
        Ok(found) => found,
        Err(failure) => {
            show::problems(&[failure::problem(&failure)], &opened.sources);
            return Ending::Wrong;
        }
    };
    if let Some(folder) = folder {
        let how = (arguments.drawn.png, arguments.quiet);
        if let Err(ending) =
            folder.keep(&scenario.title, files(&found, scenario, arguments.drawn.language), how)
        {
            return ending;
        }
    }
    show::result(&match arguments.format {
        Format::Table => report::text(&found, &scenario.currency),
        Format::Csv => report::csv(&found),
        // What holds only numbers and texts can always be written.
        Format::Json => report::json(&found).unwrap_or_default(),
    })
}

/// Everything that is found, in each form.
fn files(found: &UnitChanges, scenario: &Scenario, language: Language) -> Vec<File> {
    let mut files = vec![
        ("levers.txt".to_owned(), report::text(found, &scenario.currency)),
        ("levers.csv".to_owned(), report::csv(found)),
        ("levers.json".to_owned(), report::json(found).unwrap_or_default()),
    ];
    files.extend(report::pictures(found, &scenario.currency, &scenario.title, language));
    files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}

/// Where nothing is paid no change costs anything.
fn nothing_to_pay() -> Problem {
    Problem::error(
        codes::NOTHING_PAID,
        "this scenario pays nothing, so no change of a lever costs or saves anything",
    )
    .note("what a change costs is what the rules of a policy then make due and pay of a programme")
    .help(
        "add `programmes` and `policies`; of a scenario of inputs and outcomes alone `dotacija sensitivity` says \
         what drives an outcome",
    )
}
