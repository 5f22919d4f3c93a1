//! `run`: simulate a scenario and write what it yields.

use super::{Ending, failure, keep_draws, memory, precision, progress, show};
use crate::analysis::{Attained, Findings, simulate_to};
use crate::engine::{self, Book, LineValue, Options, Prepared, Tally};
use crate::language::Language;
use crate::model::{Note, Scenario};
use crate::numeric::simd::{self, Level};
use crate::problem::{Problem, Sources};
use crate::report::page::{self, Page};
use crate::report::pictures::{self, PictureFile};
use crate::report::workbook;
use crate::report::{self, Aside, Circumstances, Destination, Manifest, RunFiles};
use crate::{chart, scenario};
use clap::Args;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// What to run, and where to write.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line, and they are independent
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
    /// How many threads; 0: one per core. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// The widest vectors to use: baseline, avx2 or avx512; by default the machine's. Changes no figure
    #[arg(long, value_name = "LEVEL", value_parser = vectors)]
    simd: Option<Level>,
    /// Run this policy only, beside the baseline; may be repeated
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,
    /// Change one number or choice, such as `levers.case_rate=3` or `network.mode=WhenReady`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// Write worksheet.csv: every line of every formula on the median path
    #[arg(long)]
    central: bool,
    /// Find every printed quantile exactly: simulates every draw at least twice
    #[arg(long)]
    exact_quantiles: bool,
    /// Write draws.parquet: what every draw gives to every municipality; simulates every draw once more
    #[arg(long)]
    keep_draws: bool,
    /// Write each chart as PNG as well
    #[arg(long)]
    png: bool,
    /// The language of the page, its pictures, the workbook and this summary: en or lv. Messages, commands, columns of
    /// files and keys stay English
    #[arg(long = "lang", value_name = "LANG", default_value_t = Language::English)]
    language: Language,
    /// Say nothing but problems
    #[arg(long)]
    quiet: bool,
    /// Replace the run of another scenario
    #[arg(long)]
    force: bool,
}

/// Runs a scenario.
pub fn run(arguments: &RunArguments) -> Ending {
    if let Some(level) = arguments.simd {
        simd::choose(level);
    }
    let settings = settings(arguments, OPTIONS);
    let mut opened = scenario::open(&arguments.scenario, &settings);
    if let Some(scenario) = &mut opened.scenario
        && !arguments.policy.is_empty()
        && let Err(problem) = scenario::keep_policies(scenario, &arguments.policy)
    {
        opened.problems.push(*problem);
        opened.scenario = None;
    }
    if let Some(scenario) = &opened.scenario
        && let Some(problem) =
            memory::too_much(scenario, arguments.threads, arguments.exact_quantiles)
    {
        opened.problems.insert(0, problem);
        opened.scenario = None;
    }
    if let Some(scenario) = &opened.scenario
        && arguments.keep_draws
        && let Some(problem) = keep_draws::too_many(scenario)
    {
        opened.problems.insert(0, problem);
        opened.scenario = None;
    }
    if !opened.assumed.is_empty() && (!arguments.quiet || opened.scenario.is_none()) {
        show::message(&show::assumptions(&opened.assumed));
    }
    show::problems(&opened.problems, &opened.sources);
    let Some(scenario) = opened.scenario else { return Ending::Wrong };
    let folder =
        arguments.output.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name));
    let destination = Destination::new(&folder, arguments.force);
    if let Err(error) = destination.check(&scenario.name, &scenario.title) {
        return refused(&error);
    }
    if arguments.keep_draws && !arguments.quiet {
        show::message(&keep_draws::announced(&scenario));
    }
    let started = Instant::now();
    let prepared = Prepared::new(&scenario);
    let results = match simulate(&prepared, arguments) {
        Ok(results) => results,
        Err(problem) => {
            show::problems(&[*problem], &opened.sources);
            return Ending::Wrong;
        }
    };
    let missed = results.attained.as_ref().and_then(|attained| {
        let missed = precision::missed(&scenario, attained);
        tell(attained, missed.as_ref(), &scenario, &opened.sources, arguments.quiet);
        missed
    });
    let findings = Findings::new(&prepared, &results.tally);
    let files = match files(&prepared, &results, &findings, &opened.sources, arguments) {
        Ok(files) => files,
        Err(message) => {
            show::message(&message);
            return Ending::WorldFailed;
        }
    };
    let draws = match kept(&prepared, &results, &destination, arguments, &opened.sources) {
        Ok(draws) => draws,
        Err(ending) => return ending,
    };
    let circumstances = Circumstances {
        set: &self::settings(arguments, PATHS),
        precision: results.attained.as_ref(),
        assumed: &opened.assumed,
        threads: arguments.threads,
        milliseconds: started.elapsed().as_millis() as u64,
        created: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        os: std::env::consts::OS,
        arch: std::env::consts::ARCH,
        simd: simd::level().name(),
    };
    let mut manifest = Manifest::new(&findings, &opened.sources, &files, circumstances);
    // Only here: tables and page are those of so many draws, whoever asked for them.
    manifest.warn(missed.map(|problem| Note::new(&problem, &scenario.waivers)).as_slice());
    if let Some(draws) = &draws {
        manifest.add_output(draws.name(), draws.digest());
    }
    match destination.write_with(&files, draws.as_ref(), &manifest) {
        Ok(written) => {
            if let Some(leftover) = &written.leftover {
                let left = leftover.display();
                show::message(&format!(
                    "warning: the earlier run could not be deleted and lies in {left}"
                ));
            }
        }
        Err(error) => return refused(&error),
    }
    if arguments.quiet {
        return Ending::Done;
    }
    let written = draws.as_ref().map(Aside::name);
    let names: Vec<&str> = files.iter().map(|(name, _)| name).chain(written).collect();
    show::result(&report::summary(&findings, Some((&folder, &names)), arguments.language))
}

/// The file of every draw, where it is asked for; what goes wrong has been told.
fn kept(
    prepared: &Prepared<'_>,
    results: &Results,
    destination: &Destination,
    arguments: &RunArguments,
    sources: &Sources,
) -> Result<Option<Aside>, Ending> {
    if !arguments.keep_draws {
        return Ok(None);
    }
    let how = keep_draws::Kept { threads: arguments.threads, quiet: arguments.quiet };
    match keep_draws::write(prepared, results.tally.draws, destination, how) {
        Ok(written) => Ok(Some(written)),
        Err(keep_draws::Unkept::Failed(problem)) => {
            show::problems(&[*problem], sources);
            Err(Ending::Wrong)
        }
        Err(keep_draws::Unkept::Refused(error)) => Err(refused(&error)),
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

/// Says whether a precision was reached; that it was not also to who wants to hear of problems only.
fn tell(
    attained: &Attained,
    missed: Option<&Problem>,
    scenario: &Scenario,
    sources: &Sources,
    quiet: bool,
) {
    match missed {
        Some(problem) if scenario.waivers.iter().any(|waiver| waiver.covers(problem)) => {}
        Some(problem) => show::problems(std::slice::from_ref(problem), sources),
        None if quiet => {}
        None => show::message(&precision::reached(attained)),
    }
}

/// What a run yields.
struct Results {
    tally: Tally,
    /// How it came to its number of draws, where a precision decided.
    attained: Option<Attained>,
    /// Every line on the median path, where it was asked for.
    central: Option<Vec<LineValue>>,
    /// The same path as the workbook shows it.
    books: Vec<Book>,
}

fn simulate(prepared: &Prepared<'_>, arguments: &RunArguments) -> Result<Results, Box<Problem>> {
    let central = if arguments.central {
        Some(engine::central(prepared).map_err(|failure| Box::new(failure::problem(&failure)))?)
    } else {
        None
    };
    let books = engine::books(prepared).map_err(|failure| Box::new(failure::problem(&failure)))?;
    let run = &prepared.scenario.run;
    let bar = progress::bar(run.draws, arguments.quiet);
    let options = Options {
        threads: arguments.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let simulated = match &run.precision {
        None => engine::simulate(prepared, &options).map(|tally| (tally, None)),
        Some(wanted) => simulate_to(prepared, wanted, &options, |look| {
            if !arguments.quiet {
                bar.suspend(|| show::message(&precision::look(prepared.scenario, look)));
            }
        })
        .map(|(tally, attained)| (tally, Some(attained))),
    };
    let simulated = simulated.and_then(|(tally, attained)| {
        let exact = arguments.exact_quantiles;
        let tally = if exact { engine::find_exactly(prepared, tally, &options)? } else { tally };
        Ok((tally, attained))
    });
    bar.finish_and_clear();
    simulated
        .map(|(tally, attained)| Results { tally, attained, central, books })
        .map_err(|failure| Box::new(failure::problem(&failure)))
}

/// Every file of the run but the manifest.
fn files(
    prepared: &Prepared<'_>,
    results: &Results,
    findings: &Findings,
    sources: &Sources,
    arguments: &RunArguments,
) -> Result<RunFiles, String> {
    let scenario = prepared.scenario;
    let mut files = RunFiles::tables(findings);
    if let Some(lines) = &results.central {
        files.add("worksheet.csv", report::worksheet(scenario, lines));
    }
    let language = arguments.language;
    let pictures = pictures::draw(prepared, &results.tally, findings, language);
    let further = pictures::further(prepared, &results.tally, findings, language);
    if arguments.png {
        for (path, bytes) in rendered(&pictures)?.into_iter().chain(rendered(&further)?) {
            files.add(path, bytes);
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    let page = Page { language, scenario, findings, pictures: &pictures, sources, version };
    let page = page::render(&page).map_err(|error| format!("error: {error}"))?;
    files.add(page::REPORT, page);
    let books = &results.books;
    let workbook = workbook::Subject { scenario, findings, books, sources, version, language };
    let workbook = workbook::render(&workbook)
        .map_err(|error| format!("error: {} cannot be made: {error}", workbook::WORKBOOK))?;
    files.add(workbook::WORKBOOK, workbook);
    for picture in pictures.into_iter().chain(further) {
        files.add(picture.path, picture.svg.into_bytes());
    }
    files.add_scenario(sources);
    Ok(files)
}

/// Each picture as PNG, under the same name.
pub(super) fn rendered(pictures: &[PictureFile]) -> Result<Vec<(String, Vec<u8>)>, String> {
    pictures
        .par_iter()
        .map(|picture| {
            let path = format!("{}.png", picture.path.trim_end_matches(".svg"));
            let bytes = chart::png(&picture.svg)
                .map_err(|error| format!("error: {path} cannot be made: {error}"))?;
            Ok((path, bytes))
        })
        .collect()
}

/// Tells why nothing is written.
pub(super) fn refused(error: &report::WriteError) -> Ending {
    show::message(&format!("error: {error}"));
    if error.is_users() { Ending::Wrong } else { Ending::WorldFailed }
}
