//! `compare`: policies, scenarios or finished runs side by side on the same draws, and a change taken
//! apart.

mod bridged;
mod contests;
mod differs;
mod given;

use self::contests::Field;
use self::given::Given;
use super::{Ending, failure, memory, progress, show};
use crate::analysis::comparison::{Compared, compare as compare_all};
use crate::engine::Options;
use crate::problem::{Problem, Sources, codes};
use crate::report::comparison::{comparison_csv, comparison_text};
use crate::report::{MANIFEST, RunFiles};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// What to compare.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The first is the baseline. Of one scenario its policies are compared: --policy names the baseline, then \
the others; with --set it is compared with itself under the settings. Of several the policies that have \
the same name are compared, those of --policy or all; OLD=NEW compares OLD of the first with NEW of the \
others. A folder that `run` wrote is simulated again from its copies, with its settings and draws.

All have the draws of the first (seed, plan, number): what has the same name draws the same. Who receives \
more or less is told in three views: by what the rates promise (legal), in cash at the pots of the \
baseline, and in cash at each one's own pots.

Exit status: 0 compared, whether anything differs or not (--format json says \"changes_nothing\"), 1 the \
world failed, 2 something cannot be read or compared.")]
pub struct CompareArguments {
    /// Scenario files, or folders of finished runs; the first is the baseline
    #[arg(required = true, value_name = "RUN_OR_SCENARIO")]
    given: Vec<PathBuf>,
    /// A policy to compare, or OLD=NEW; may be repeated
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,
    /// Take the change apart: data, world, parameters, rule, guarantee, rationing, rounding, pot
    #[arg(long)]
    bridge: bool,
    /// Group municipalities by a column of texts as well; may be repeated
    #[arg(long, value_name = "COLUMN")]
    by: Vec<String>,
    /// How many futures, instead of the first one's number
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    draws: Option<u64>,
    /// The seed, instead of the first one's
    #[arg(long)]
    seed: Option<u64>,
    /// Change one number or choice of all but the first, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// How many threads; 0: one per core. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// How to print; CSV and JSON hold every figure
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    format: CompareFormat,
    /// Write compare.txt, compare.csv and compare.json (of a bridge: bridge.…) into this folder as well
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Say nothing but problems and the result
    #[arg(long)]
    quiet: bool,
}

/// For whom a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// For people
    Text,
    /// Every figure as comma-separated values
    Csv,
    /// Every figure as JSON
    Json,
}

/// What was found, in each form.
struct Told {
    name: &'static str,
    text: String,
    csv: String,
    json: String,
}

/// Compares policies, scenarios or runs.
pub fn compare(arguments: &CompareArguments) -> Ending {
    let Some(given) = Given::all(arguments) else { return Ending::Wrong };
    if let Some(folder) = &arguments.output
        && let Err(ending) = may_write(folder)
    {
        return ending;
    }
    let field = match Field::new(&given, arguments) {
        Ok(field) => field,
        Err(problems) => {
            show::problems(&problems, &Sources::default());
            return Ending::Wrong;
        }
    };
    let told = if arguments.bridge {
        bridged::bridged(arguments, &given, &field)
    } else {
        compared(arguments, &given, field)
    };
    let told = match told {
        Ok(told) => told,
        Err(ending) => return ending,
    };
    if let Some(folder) = &arguments.output
        && let Err(ending) = write(folder, &told, arguments.quiet)
    {
        return ending;
    }
    show::result(match arguments.format {
        CompareFormat::Text => &told.text,
        CompareFormat::Csv => &told.csv,
        CompareFormat::Json => &told.json,
    })
}

fn compared(arguments: &CompareArguments, given: &[Given], field: Field) -> Result<Told, Ending> {
    let Field { scenarios, names, contests, origins } = field;
    for scenario in &scenarios {
        if let Some(problem) = memory::too_much(scenario, arguments.threads, false) {
            show::problems(&[problem], &Sources::default());
            return Err(Ending::Wrong);
        }
    }
    let draws = scenarios.first().map_or(0, |scenario| scenario.run.draws);
    let bar = progress::bar(draws, arguments.quiet);
    let options = Options { threads: arguments.threads, progress: &|done| bar.set_position(done) };
    let found = compare_all(&scenarios, &names, &contests, &arguments.by, &options);
    bar.finish_and_clear();
    let pairs = found.map_err(|(scenario, failure)| {
        let sources = origins.get(scenario).and_then(|origin| given.get(*origin));
        let nothing = Sources::default();
        show::message(&format!("in {}:", names.get(scenario).map_or("", String::as_str)));
        show::problems(&[failure::problem(&failure)], sources.map_or(&nothing, |of| &of.sources));
        Ending::Wrong
    })?;
    let currency = scenarios.first().map_or("EUR", |scenario| scenario.currency.as_str());
    let mut texts = Vec::new();
    for (pair, contest) in pairs.iter().zip(&contests) {
        let differs = differs::lines(given, &scenarios, &origins, contest, pair.changes_nothing);
        texts.push(comparison_text(pair, &differs, currency));
    }
    Ok(Told {
        name: "compare",
        text: texts.join("\n"),
        csv: comparison_csv(&pairs),
        json: pretty(
            &json!({ "currency": currency, "pairs": serde_json::to_value::<&[Compared]>(&pairs).unwrap_or_default() }),
        ),
    })
}

/// JSON in lines, with nothing in it that a terminal acts upon.
fn pretty(value: &serde_json::Value) -> String {
    let mut text = String::new();
    for letter in serde_json::to_string_pretty(value).unwrap_or_default().chars() {
        if letter.is_control() && letter != '\n' {
            text.push_str(&format!("\\u{:04x}", letter as u32));
        } else {
            text.push(letter);
        }
    }
    text.push('\n');
    text
}

/// Whether a folder may be written to: asked before the simulation.
fn may_write(folder: &Path) -> Result<(), Ending> {
    let shown = folder.display();
    if folder.join(MANIFEST).exists() {
        show::message(&format!(
            "error: `{shown}` holds a run, so nothing is written there: choose another folder with -o"
        ));
        return Err(Ending::Wrong);
    }
    if folder.exists() && !folder.is_dir() {
        show::message(&format!("error: `{shown}` is not a folder: choose another with -o"));
        return Err(Ending::Wrong);
    }
    fs::create_dir_all(folder).map_err(|error| {
        show::message(&format!("error: cannot make the folder `{shown}`: {error}"));
        Ending::WorldFailed
    })
}

fn write(folder: &Path, told: &Told, quiet: bool) -> Result<(), Ending> {
    let mut files = RunFiles::new();
    for (ending, text) in [("txt", &told.text), ("csv", &told.csv), ("json", &told.json)] {
        files.add(format!("{}.{ending}", told.name), text.as_bytes());
    }
    for (name, bytes) in files.iter() {
        let path = folder.join(name);
        // Beside it first, so that a file is there as a whole or not at all.
        let partial = folder.join(format!(".{name}.partial-{}", std::process::id()));
        let written = fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, &path));
        written.map_err(|error| {
            show::message(&format!("error: cannot write `{}`: {error}", path.display()));
            Ending::WorldFailed
        })?;
    }
    if !quiet {
        show::message(
            &format!("written to {}: {0}.txt, {0}.csv, {0}.json", folder.display())
                .replace("{0}", told.name),
        );
    }
    Ok(())
}

/// That two scenarios have nothing of a kind in common.
fn nothing_in_common(what: &str, first: &str, second: &str, lists: [&[String]; 2]) -> Problem {
    let shown = |list: &[String]| {
        let named: Vec<String> = list.iter().take(6).map(|name| format!("`{name}`")).collect();
        match list.len() {
            0 => "none".to_owned(),
            count if count > 6 => format!("{} and {} more", named.join(", "), count - 6),
            _ => named.join(", "),
        }
    };
    let message = format!("`{first}` and `{second}` have no {what} in common");
    let [one, other] = lists.map(shown);
    Problem::error(codes::NOTHING_IN_COMMON, message)
        .note(format!("the first has {one}; the second has {other}"))
        .help(match what {
            "policy" => "say which is compared with which: --policy OLD=NEW".to_owned(),
            "year" => "compare scenarios whose `years` overlap".to_owned(),
            _ => format!("compare scenarios whose tables have a {what} in common, by code"),
        })
}
