//! What `run` and `merge` write once every draw is done, and how they are asked to.

use super::results::Results;
use crate::analysis::Findings;
use crate::chart;
use crate::cli::{Ending, keep_draws, memory, precision, show};
use crate::engine::Prepared;
use crate::language::Language;
use crate::model::Note;
use crate::numeric::simd;
use crate::problem::Sources;
use crate::report::page::{self, Page};
use crate::report::pictures::{self, PictureFile};
use crate::report::workbook::{self, Filled};
use crate::report::{self, Aside, Circumstances, Destination, Manifest, RunFiles};
use crate::scenario::Opened;
use clap::Args;
use rayon::prelude::*;
use std::fmt::Display;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The version of the program, as page and workbook name it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is written beside the tables, and what is said.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line, and they are independent
pub struct Writing {
    /// Write worksheet.csv: every line of every formula on the median path
    #[arg(long)]
    pub central: bool,
    /// Find every printed quantile exactly: simulates every draw at least twice
    #[arg(long)]
    pub exact_quantiles: bool,
    /// Write draws.parquet: what every draw gives to every municipality; simulates every draw once more
    #[arg(long)]
    pub keep_draws: bool,
    /// Write each chart as PNG as well
    #[arg(long)]
    pub png: bool,
    /// The language of the page, its pictures, the workbook and this summary: en or lv. Messages, commands,
    /// columns of files and keys stay English
    #[arg(long = "lang", value_name = "LANG", default_value_t = Language::English)]
    pub language: Language,
    /// How many threads; 0: one per core, or as many as fit in memory. Changes no figure
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
    /// Simulate even where the forecast is more than a day
    #[arg(long)]
    pub however_long: bool,
    /// Say nothing but problems
    #[arg(long)]
    pub quiet: bool,
    /// Replace the run of another scenario
    #[arg(long)]
    pub force: bool,
}

/// Tells everything about a scenario that is to be run, and refuses one that is too large for it.
pub fn admit(opened: &mut Opened, writing: &Writing) {
    let Writing { threads, exact_quantiles, keep_draws, quiet, .. } = *writing;
    opened.refuse_if(|scenario| memory::too_much(scenario, threads, exact_quantiles));
    opened.refuse_if(|scenario| keep_draws.then(|| keep_draws::too_many(scenario)).flatten());
    if !opened.assumed.is_empty() && (!quiet || opened.scenario.is_none()) {
        show::message(&show::assumptions(&opened.assumed));
    }
    show::problems(&opened.problems, &opened.sources);
}

/// A run whose draws are all done.
pub struct Finished<'a> {
    /// The scenario.
    pub prepared: &'a Prepared<'a>,
    /// Its files.
    pub sources: &'a Sources,
    /// What was taken for granted of its tables.
    pub assumed: &'a [String],
    /// What was set from the command line.
    pub set: &'a [String],
    /// What the draws have come to.
    pub results: Results,
    /// When it began.
    pub started: Instant,
}

/// Writes a run as a whole, and says what it has found; `written` is called in between. It is the last that
/// a process does: its memory goes back as a whole, not figure by figure.
pub fn write(
    finished: Finished<'_>,
    place: (&Destination, &Path),
    writing: &Writing,
    written: impl FnOnce(),
) -> Ending {
    let ending = write_whole(&finished, place, writing, written);
    std::mem::forget(finished);
    ending
}

fn write_whole(
    finished: &Finished<'_>,
    (destination, folder): (&Destination, &Path),
    writing: &Writing,
    written: impl FnOnce(),
) -> Ending {
    let Finished { prepared, sources, results, .. } = finished;
    let scenario = prepared.scenario;
    let missed = results.attained.as_ref().and_then(|attained| {
        let missed = precision::missed(scenario, attained);
        precision::tell(attained, missed.as_ref(), scenario, sources, writing.quiet);
        missed
    });
    let findings = Findings::new(prepared, &results.tally);
    let files = match files(finished, &findings, writing) {
        Ok(files) => files,
        Err(message) => {
            show::message(&message);
            return Ending::WorldFailed;
        }
    };
    let draws = match kept(finished, destination, writing) {
        Ok(draws) => draws,
        Err(ending) => return ending,
    };
    let mut manifest = manifest(finished, &findings, &files, writing);
    // Only here: tables and page are those of so many draws, whoever asked for them.
    manifest.warn(missed.map(|problem| Note::new(&problem, &scenario.waivers)).as_slice());
    if let Some(draws) = &draws {
        manifest.add_output(draws.name(), draws.digest());
    }
    match destination.write_with(&files, draws.as_ref(), &manifest) {
        Ok(run) => {
            written();
            if let Some(leftover) = &run.leftover {
                let left = leftover.display();
                show::message(&format!(
                    "warning: the earlier run could not be deleted and lies in {left}"
                ));
            }
        }
        Err(error) => return refused(&error),
    }
    if writing.quiet {
        return Ending::Done;
    }
    let draws = draws.as_ref().map(Aside::name);
    let names: Vec<&str> = files.iter().map(|(name, _)| name).chain(draws).collect();
    show::result(&report::summary(&findings, Some((folder, &names)), writing.language))
}

/// The manifest of a run that is about to be written, but for what only its caller knows.
pub fn manifest(
    finished: &Finished<'_>,
    findings: &Findings,
    files: &RunFiles,
    writing: &Writing,
) -> Manifest {
    let circumstances = Circumstances {
        set: finished.set,
        precision: finished.results.attained.as_ref(),
        language: writing.language,
        assumed: finished.assumed,
        threads: writing.threads,
        milliseconds: finished.started.elapsed().as_millis() as u64,
        created: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        os: std::env::consts::OS,
        arch: std::env::consts::ARCH,
        simd: simd::level().name(),
    };
    Manifest::new(findings, finished.sources, files, circumstances)
}

/// The file of every draw, where it is asked for; what goes wrong has been told.
fn kept(
    finished: &Finished<'_>,
    destination: &Destination,
    writing: &Writing,
) -> Result<Option<Aside>, Ending> {
    if !writing.keep_draws {
        return Ok(None);
    }
    let how = keep_draws::Kept { threads: writing.threads, quiet: writing.quiet };
    match keep_draws::write(finished.prepared, finished.results.tally.draws, destination, how) {
        Ok(written) => Ok(Some(written)),
        Err(keep_draws::Unkept::Failed(problem)) => {
            show::problems(&[*problem], finished.sources);
            Err(Ending::Wrong)
        }
        Err(keep_draws::Unkept::Refused(error)) => Err(refused(&error)),
    }
}

/// Every file of the run but the manifest and `draws.parquet`.
///
/// # Errors
/// A picture, the page or the workbook cannot be made.
pub fn files(
    finished: &Finished<'_>,
    findings: &Findings,
    writing: &Writing,
) -> Result<RunFiles, String> {
    let (prepared, results) = (finished.prepared, &finished.results);
    // The workbook takes as long as all else together, and one thread packs it: its sheets come first.
    let (workbook, mut files) = rayon::join(
        || filled(finished, findings, writing.language),
        || {
            let mut files = RunFiles::tables(findings);
            if let Some(lines) = &results.median.lines {
                files.add("worksheet.csv", report::worksheet(prepared.scenario, lines));
            }
            files.add_scenario(finished.sources);
            files
        },
    );
    let mut workbook = workbook?;
    let (packed, drawn) = rayon::join(
        || workbook.as_mut().map(Filled::pack).transpose().map_err(no_workbook),
        || add_drawn(&mut files, finished, findings, writing),
    );
    drawn?;
    if let Some(packed) = packed? {
        files.add(workbook::WORKBOOK, packed);
    }
    if writing.keep_draws {
        // Every draw is simulated once more, which wants the memory.
        drop(workbook);
    } else {
        // The process is about to end: half a million cells need not be freed one by one.
        std::mem::forget(workbook);
    }
    Ok(files)
}

/// Adds the pictures and the page that shows them.
fn add_drawn(
    files: &mut RunFiles,
    finished: &Finished<'_>,
    findings: &Findings,
    writing: &Writing,
) -> Result<(), String> {
    let Finished { prepared, results, sources, .. } = finished;
    let (scenario, language) = (prepared.scenario, writing.language);
    let pictures = pictures::draw(prepared, &results.tally, findings, language);
    let further = pictures::further(prepared, &results.tally, findings, language);
    if writing.png {
        for (path, bytes) in rendered(&pictures)?.into_iter().chain(rendered(&further)?) {
            files.add(path, bytes);
        }
    }
    let page =
        Page { language, scenario, findings, pictures: &pictures, sources, version: VERSION };
    let page = page::render(&page).map_err(|error| format!("error: {error}"))?;
    files.add(page::REPORT, page);
    for picture in pictures.into_iter().chain(further) {
        files.add(picture.path, picture.svg.into_bytes());
    }
    Ok(())
}

/// The sheets of the workbook, where there is one.
fn filled(
    finished: &Finished<'_>,
    findings: &Findings,
    language: Language,
) -> Result<Option<Filled>, String> {
    if !workbook::is_for(finished.prepared.scenario) {
        return Ok(None);
    }
    let subject = workbook::Subject {
        scenario: finished.prepared.scenario,
        findings,
        books: &finished.results.median.books,
        sources: finished.sources,
        version: VERSION,
        language,
    };
    workbook::fill(&subject).map(Some).map_err(no_workbook)
}

/// What is said where the file format cannot hold what the workbook would.
fn no_workbook(error: impl Display) -> String {
    format!("error: {} cannot be made: {error}", workbook::WORKBOOK)
}

/// Each picture as PNG, under the same name.
pub fn rendered(pictures: &[PictureFile]) -> Result<Vec<(String, Vec<u8>)>, String> {
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
pub fn refused(error: &report::WriteError) -> Ending {
    show::message(&format!("error: {error}"));
    if error.is_users() { Ending::Wrong } else { Ending::WorldFailed }
}
