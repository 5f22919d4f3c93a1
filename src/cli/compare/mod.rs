//! `compare`: policies, scenarios or finished runs side by side on the same draws, and a change taken
//! apart.

mod bridged;
mod contests;
mod differs;
mod given;

use self::contests::Field;
use self::given::Given;
use super::run::{refused, rendered};
use super::{Ending, failure, memory, progress, show};
use crate::analysis::comparison::{Bridge, Compared, Side, compare as compare_all};
use crate::engine::Options;
use crate::language::Language;
use crate::problem::{Problem, Sources, codes};
use crate::report::comparison::{comparison_csv, comparison_text};
use crate::report::page::{self, ComparisonPage};
use crate::report::{Destination, RunFiles, pictures};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;

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
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line, and they are independent
pub struct CompareArguments {
    /// Scenario files, or folders of finished runs; the first is the baseline
    #[arg(required = true, value_name = "RUN_OR_SCENARIO")]
    given: Vec<PathBuf>,
    /// A policy to compare, or OLD=NEW; may be repeated
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,
    /// Take the change of all that is due and granted apart, in parts that add up: data (tables), world (network,
    /// load, costs), parameters (inputs, levers), rule, guarantee, rationing, rounding, pot
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
    /// How many threads; 0: one per core, or as many as fit in memory. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// How to print; CSV and JSON hold every figure
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    format: CompareFormat,
    /// Write a page (compare.html), its pictures, compare.txt, compare.csv and compare.json (of a
    /// bridge: bridge.…) into this folder as well
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Write each picture as PNG as well
    #[arg(long, requires = "output")]
    png: bool,
    /// Replace the comparison of others that stands in the folder
    #[arg(long, requires = "output")]
    force: bool,
    /// The language of the page and its pictures: en or lv. Everything else stays English
    #[arg(long = "lang", value_name = "LANG", default_value_t = Language::English, requires = "output")]
    language: Language,
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
    found: Found,
    /// Of each pair in what the two differ.
    differs: Vec<Vec<String>>,
    currency: String,
}

/// What was found.
enum Found {
    Pairs(Vec<Compared>),
    Bridge(Box<Bridge>),
}

/// Compares policies, scenarios or runs.
pub fn compare(arguments: &CompareArguments) -> Ending {
    let Some(given) = Given::all(arguments) else { return Ending::Wrong };
    let field = match Field::new(&given, arguments) {
        Ok(field) => field,
        Err(problems) => {
            show::problems(&problems, &Sources::default());
            return Ending::Wrong;
        }
    };
    let compared = named(&field, arguments.bridge);
    let destination =
        arguments.output.as_ref().map(|folder| Destination::new(folder, arguments.force));
    if let Some(destination) = &destination
        && let Err(error) = destination.check_comparison(&compared)
    {
        return refused(&error);
    }
    let seed = field.scenarios.first().map_or(0, |scenario| scenario.run.seed);
    let told = if arguments.bridge {
        bridged::bridged(arguments, &given, &field)
    } else {
        self::compared(arguments, &given, field)
    };
    let told = match told {
        Ok(told) => told,
        Err(ending) => return ending,
    };
    if let Some(destination) = &destination
        && let Err(ending) = write(destination, &compared, &told, (arguments, seed))
    {
        return ending;
    }
    show::result(match arguments.format {
        CompareFormat::Text => &told.text,
        CompareFormat::Csv => &told.csv,
        CompareFormat::Json => &told.json,
    })
}

/// What is compared with what, in a line: by it a folder's earlier comparison is known again.
fn named(field: &Field, is_bridge: bool) -> String {
    let side = |side: Side| {
        let scenario = field.names.get(side.scenario).map_or("", String::as_str);
        let policies = field.scenarios.get(side.scenario).map(|scenario| &scenario.policies);
        let policy = policies.and_then(|policies| policies.get(side.policy));
        format!("{scenario}: {}", policy.map_or("", |policy| policy.name.as_str()))
    };
    let contests = field.contests.iter();
    let all: Vec<String> = contests
        .map(|contest| format!("{} → {}", side(contest.before), side(contest.after)))
        .collect();
    format!("{}{}", if is_bridge { "bridge of " } else { "" }, all.join("; "))
}

fn compared(arguments: &CompareArguments, given: &[Given], field: Field) -> Result<Told, Ending> {
    let Field { scenarios, names, contests, origins } = field;
    for scenario in &scenarios {
        if let Some(problem) = memory::too_much(scenario, arguments.threads, false) {
            show::problems(&[problem], &Sources::default());
            return Err(Ending::Wrong);
        }
    }
    let fitting = |scenario| memory::threads(scenario, arguments.threads, false);
    let threads = scenarios.iter().map(fitting).min().unwrap_or(arguments.threads);
    let draws = scenarios.first().map_or(0, |scenario| scenario.run.draws);
    let bar = progress::bar(draws, arguments.quiet);
    let options =
        Options { threads, progress: &|done| bar.set_position(done), ..Options::default() };
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
    let mut all_differs = Vec::new();
    for (pair, contest) in pairs.iter().zip(&contests) {
        let differs = differs::lines(given, &scenarios, &origins, contest, pair.changes_nothing);
        texts.push(comparison_text(pair, &differs, currency));
        all_differs.push(differs);
    }
    let currency = currency.to_owned();
    Ok(Told {
        name: "compare",
        text: texts.join("\n"),
        csv: comparison_csv(&pairs),
        json: pretty(
            &json!({ "currency": currency, "pairs": serde_json::to_value::<&[Compared]>(&pairs).unwrap_or_default() }),
        ),
        found: Found::Pairs(pairs),
        differs: all_differs,
        currency,
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

/// Everything that was found as files: text, tables, pictures, page.
fn files(told: &Told, arguments: &CompareArguments, seed: u64) -> Result<RunFiles, String> {
    let mut files = RunFiles::new();
    for (ending, text) in [("txt", &told.text), ("csv", &told.csv), ("json", &told.json)] {
        files.add(format!("{}.{ending}", told.name), text.as_bytes());
    }
    let (pairs, bridge) = match &told.found {
        Found::Pairs(pairs) => (&pairs[..], None),
        Found::Bridge(bridge) => (&[][..], Some(&**bridge)),
    };
    let pictures = match bridge {
        Some(bridge) => pictures::of_bridge(bridge, &told.currency, arguments.language),
        None => pictures::of_comparison(pairs, &told.currency, arguments.language),
    };
    if arguments.png {
        for (path, bytes) in rendered(&pictures)? {
            files.add(path, bytes);
        }
    }
    let page = ComparisonPage {
        language: arguments.language,
        pairs,
        differs: &told.differs,
        bridge,
        pictures: &pictures,
        currency: &told.currency,
        seed,
        version: env!("CARGO_PKG_VERSION"),
    };
    let page = page::comparison(&page).map_err(|error| format!("error: {error}"))?;
    files.add(format!("{}.html", told.name), page);
    for picture in pictures {
        files.add(picture.path, picture.svg.into_bytes());
    }
    Ok(files)
}

fn write(
    destination: &Destination,
    compared: &str,
    told: &Told,
    (arguments, seed): (&CompareArguments, u64),
) -> Result<(), Ending> {
    let files = files(told, arguments, seed).map_err(|message| {
        show::message(&message);
        Ending::WorldFailed
    })?;
    let written =
        destination.write_comparison(&files, compared).map_err(|error| refused(&error))?;
    if !arguments.quiet {
        let folder = written.folder.display();
        show::message(&format!(
            "written to {folder}: {}.html and {} more files",
            told.name,
            written.files - 1
        ));
    }
    if let Some(left) = &written.leftover {
        show::message(&format!(
            "the earlier comparison could not be deleted: it is in `{}`",
            left.display()
        ));
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
            _ => format!("compare scenarios whose tables have a {what} in common, by code"),
        })
}
