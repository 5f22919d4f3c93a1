//! `explain`: how an award comes about, line by line, down to the row of the data.

mod letters;

use super::work_folder::{File, WorkFolder};
use super::{Ending, failure, show};
use crate::analysis::explain::{Explanation, Question, ask, explain};
use crate::engine::{self, Failure, Prepared};
use crate::language::Language;
use crate::report::explain as report;
use crate::scenario::{self, Opened};
use clap::{ArgGroup, Args, ValueEnum};
use std::path::PathBuf;

/// What to explain.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("written").args(["letter", "output"]).multiple(true)))]
#[command(after_long_help = "\
The draw is simulated again, with the settings, the seed and the number of draws of the run where a run \
is given, and the settlement itself notes what it reads: nothing is computed a second time. So the award \
is that of the run, to the cent: of the central path that of `worksheet.csv`, of a draw that of the draw.

Draws are counted from 0. Without --draw it is the central path, every input at its median: not the mean that a run reports. Each \
programme is explained by itself.")]
pub struct ExplainArguments {
    /// The scenario file, or the folder of a finished run
    #[arg(value_name = "SCENARIO_OR_RUN")]
    scenario: PathBuf,
    /// The policy; may be left out where there is one
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// The programme; may be left out where there is one
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,
    /// Code or name of the municipality
    #[arg(long, value_name = "CODE")]
    municipality: Option<String>,
    /// The year
    #[arg(long, allow_negative_numbers = true)]
    year: Option<i32>,
    /// One future instead of the central path, counted from 0
    #[arg(long)]
    draw: Option<u64>,
    /// Change one number or choice first, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// How to print; JSON holds everything, CSV every claim on the pot
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    format: ExplainFormat,
    /// Write a page to the municipality instead: its award now (the baseline, or --policy) and under each
    /// policy, its own share, who else draws on the pots, what changes if its points open later or not at
    /// all; with the 5–95 % range where a run is given. Markdown to standard output, or with -o also HTML
    #[arg(long, conflicts_with_all = ["programme", "draw", "format"])]
    letter: bool,
    /// Write the letters to all municipalities, into the folder of -o or output/letters/<scenario name>
    #[arg(long, requires = "letter", conflicts_with = "municipality")]
    all: bool,
    /// The language of letters and of the picture: en or lv. All else stays English
    #[arg(long = "lang", value_name = "LANG", default_value_t = Language::English, requires = "written")]
    language: Language,
    /// Write the explanation as text, JSON and CSV and a picture of how the award adds up to this folder; one
    /// that holds anything else is refused. With --letter: the folder for letters; a file that is no letter of
    /// ours is never overwritten
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Write the picture as PNG too
    #[arg(long, requires = "output", conflicts_with = "letter")]
    png: bool,
}

/// For whom it is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExplainFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// Every claim on the pot, a row each
    Csv,
}

/// Explains one figure.
pub fn run(arguments: &ExplainArguments) -> Ending {
    let opened = match open(arguments) {
        Ok(opened) => opened,
        Err(ending) => return ending,
    };
    if arguments.letter {
        return letters::write(arguments, &opened);
    }
    let folder = match WorkFolder::asked(arguments.output.as_deref(), "explain") {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    let explanation = match explained(arguments, &opened) {
        Ok(explanation) => explanation,
        Err(ending) => return ending,
    };
    if let Some(folder) = folder {
        let files = match files(&explanation, arguments.language) {
            Ok(files) => files,
            Err(ending) => return ending,
        };
        if let Err(ending) = folder.keep(&explanation.scenario, files, (arguments.png, false)) {
            return ending;
        }
    }
    print(arguments.format, &explanation)
}

/// The scenario, of a file or of a run's copies.
fn open(arguments: &ExplainArguments) -> Result<Opened, Ending> {
    let opened = if arguments.scenario.is_dir() {
        match super::run_folder::open(&arguments.scenario, &arguments.settings) {
            Ok(opened) => opened,
            Err(problem) => {
                show::problems(&[*problem], &crate::problem::Sources::default());
                return Err(Ending::Wrong);
            }
        }
    } else {
        scenario::open(&arguments.scenario, &arguments.settings)
    };
    if opened.scenario.is_none() {
        show::problems(&opened.problems, &opened.sources);
        return Err(Ending::Wrong);
    }
    Ok(opened)
}

fn explained(arguments: &ExplainArguments, opened: &Opened) -> Result<Explanation, Ending> {
    let Some(scenario) = &opened.scenario else { return Err(Ending::Wrong) };
    let question = Question {
        policy: arguments.policy.as_deref(),
        programme: arguments.programme.as_deref(),
        municipality: arguments.municipality.as_deref(),
        year: arguments.year,
        draw: arguments.draw,
        all: false,
    };
    let wrong = |problems: &[crate::problem::Problem]| {
        show::problems(problems, &opened.sources);
        Ending::Wrong
    };
    let wish = ask(scenario, &question).map_err(|problems| wrong(&problems))?;
    let prepared = Prepared::new(scenario).with_every_split();
    let (trace, failure) = engine::trace_so_far(&prepared, &wish);
    let explanation = trace.and_then(|trace| explain(&prepared, &opened.sources, &wish, 0, &trace));
    if let Some(failure) = failure {
        if let (Some(explanation), Failure::Formula { fault, .. }) = (&explanation, &failure)
            && arguments.format == ExplainFormat::Text
        {
            // What fails decides how it ends.
            let _ = show::result(&report::text_so_far(explanation, scenario, fault));
        }
        return Err(wrong(&[failure::problem(&failure)]));
    }
    explanation.ok_or_else(|| {
        show::message("error: this programme is not settled in this year");
        Ending::Wrong
    })
}

/// The explanation in every form.
fn files(explanation: &Explanation, language: Language) -> Result<Vec<File>, Ending> {
    let json = report::json(explanation).map_err(|error| no_json(&error))?;
    let files = [
        ("explanation.txt", report::text(explanation)),
        ("explanation.json", json),
        ("claims.csv", report::claims_csv(explanation)),
        ("build-up.csv", report::build_up_csv(explanation)),
        ("build-up.svg", report::build_up_svg(explanation, language)),
    ];
    Ok(files.map(|(name, text)| (name.to_owned(), text.into_bytes())).to_vec())
}

fn no_json(error: &serde_json::Error) -> Ending {
    show::message(&format!("error: the explanation cannot be written as JSON: {error}"));
    Ending::WorldFailed
}

fn print(format: ExplainFormat, explanation: &Explanation) -> Ending {
    match format {
        ExplainFormat::Text => show::result(&report::text(explanation)),
        ExplainFormat::Csv => show::result(&report::claims_csv(explanation)),
        ExplainFormat::Json => match report::json(explanation) {
            Ok(text) => show::result(&text),
            Err(error) => no_json(&error),
        },
    }
}
