//! `verify`: whether a run's folder is what it was written as, and whether its figures come again.

use super::list::Format;
use super::run::{Finished, Median, Results, Writing, exactly, files, manifest as manifest_of};
use super::{Ending, failure, memory, precision, progress, run_folder, show};
use crate::analysis::{Findings, simulate_as_asked};
use crate::engine::{Options, Prepared};
use crate::model::Note;
use crate::problem::{Problem, Sources, codes, tamed};
use crate::report::draws::DRAWS;
use crate::report::{MANIFEST, Manifest, SCENARIO_FOLDER, grouped};
use crate::scenario;
use crate::stats::QuantileMethod;
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

/// What no verification tells; printed with each.
const NOT_ESTABLISHED: &str = "\
This says that the files are those of one run, and that its figures follow from its inputs
by this version of the program. It does not say that the inputs are right, that the
assumptions hold, or that the model is what the law will do: docs/validation.md says what
was held against the world.";

/// Which run, and how far.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The folder of a finished run
    folder: PathBuf,
    /// Only look whether files are those that were written; simulate nothing
    #[arg(long)]
    files_only: bool,
    /// How many threads; 0: one per core, or as many as fit in memory. Changes no figure
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Say nothing but what is wrong
    #[arg(long)]
    quiet: bool,
}

/// What was found of a run.
#[derive(Debug, Default, Serialize)]
struct Verified {
    /// Files that the manifest lists, the copies of the scenario among them.
    listed: usize,
    /// Of these, those that are not there.
    missing: Vec<String>,
    /// Those whose bytes are others.
    changed: Vec<String>,
    /// Files that stand in the folder and are not listed.
    strange: Vec<String>,
    /// How it was simulated again; none where that was not asked for or not possible.
    simulated: Option<Simulated>,
    /// Files that came out the same, byte for byte.
    same: usize,
    /// Files that came out otherwise, or not at all.
    different: Vec<String>,
    /// Files that were not made again.
    left_out: Vec<String>,
}

/// What decides the draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Simulated {
    /// How many there were.
    draws: u64,
    /// Their seed.
    seed: u64,
}

impl Verified {
    fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.different.is_empty()
    }
}

/// Verifies a run.
pub fn verify(arguments: &VerifyArguments) -> Ending {
    let manifest = match crate::report::run_folder::manifest(&arguments.folder) {
        Ok(manifest) => manifest,
        Err(problem) => {
            show::problems(&[*problem], &Sources::default());
            return Ending::Wrong;
        }
    };
    let mut found = looked_at(&arguments.folder, &manifest);
    let are_inputs_sound = {
        let of_inputs = |name: &String| name.starts_with(SCENARIO_FOLDER);
        !found.missing.iter().chain(&found.changed).any(of_inputs)
    };
    if !arguments.files_only && are_inputs_sound {
        match again(arguments, &manifest) {
            Ok(made) => compare(&mut found, &manifest, &made),
            Err((problems, sources)) => {
                show::problems(&problems, &sources);
                return Ending::Wrong;
            }
        }
    }
    let is_sound = found.is_sound();
    let told = match arguments.format {
        Format::Json => match serde_json::to_string_pretty(&found) {
            Ok(text) => text + "\n",
            Err(error) => {
                show::message(&format!("error: the findings cannot be written as JSON: {error}"));
                return Ending::WorldFailed;
            }
        },
        Format::Csv => csv(&found),
        Format::Table => text(&found, arguments, &manifest),
    };
    if is_sound && arguments.quiet {
        return Ending::Done;
    }
    match show::result(&told) {
        Ending::Done if !is_sound => Ending::Wrong,
        ending => ending,
    }
}

/// Whether every file is there with the bytes that were written.
fn looked_at(folder: &Path, manifest: &Manifest) -> Verified {
    let mut found = Verified { listed: manifest.outputs.len(), ..Verified::default() };
    for (name, expected) in &manifest.outputs {
        let plain = |part| matches!(part, Component::Normal(_));
        let found_digest =
            Path::new(name).components().all(plain).then(|| digest_of_file(&folder.join(name)));
        match found_digest {
            Some(Ok(digest)) if digest == *expected => {}
            Some(Ok(_)) => found.changed.push(name.clone()),
            Some(Err(_)) | None => found.missing.push(name.clone()),
        }
    }
    let listed = |name: &String| name != MANIFEST && !manifest.outputs.contains_key(name);
    found.strange = crate::report::files_in(folder).unwrap_or_default();
    found.strange.retain(listed);
    found
}

/// What came out when it was run again.
struct Made {
    simulated: Simulated,
    /// The digest of each file by name.
    files: BTreeMap<String, String>,
    /// Whether the manifest says the same of scenario, run, precision, warnings and inputs.
    is_same_manifest: bool,
}

/// The digest of a file, which may be too large to be kept.
fn digest_of_file(path: &Path) -> std::io::Result<String> {
    // A link leads elsewhere, and a pipe nowhere.
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// The draws of the run and the digest of every file that comes out when it is run again.
fn again(
    arguments: &VerifyArguments,
    manifest: &Manifest,
) -> Result<Made, (Vec<Problem>, Sources)> {
    let alone = |problem: Box<Problem>| (vec![*problem], Sources::default());
    let started = Instant::now();
    let run = run_folder::read(&arguments.folder).map_err(alone)?;
    // As many draws as it took; a precision is asked for again, for its looks are told.
    let settings =
        if manifest.precision.is_some() { manifest.run.set.clone() } else { run.settings() };
    let opened = scenario::open(&run.file, &settings);
    let Some(mut scenario) = opened.scenario else {
        return Err((opened.problems, opened.sources));
    };
    let is_second = manifest.run.quantiles == QuantileMethod::SecondPass.name();
    if let Err(problem) = scenario::keep_policies(&mut scenario, &manifest.run.policies) {
        return Err((vec![*problem], opened.sources));
    }
    if let Some(problem) = memory::too_much(&scenario, arguments.threads, is_second) {
        return Err((vec![problem], opened.sources));
    }
    let threads = memory::threads(&scenario, arguments.threads, is_second);
    let Ok(language) = manifest.language.parse() else {
        let message = format!("`{MANIFEST}` names the language `{}`", tamed(&manifest.language));
        let problem = Problem::error(codes::NOT_A_RUN, message).help("there are `en` and `lv`");
        return Err((vec![problem], Sources::default()));
    };
    let has = |name: &str| manifest.outputs.contains_key(name);
    let writing = Writing {
        central: has("worksheet.csv"),
        exact_quantiles: is_second,
        keep_draws: false,
        png: manifest
            .outputs
            .keys()
            .any(|name| Path::new(name).extension().is_some_and(|of| of == "png")),
        language,
        threads,
        quiet: arguments.quiet,
        force: false,
        however_long: true,
    };
    let prepared = Prepared::new(&scenario);
    let draws = manifest.run.draws;
    let bar = progress::bar(draws, arguments.quiet);
    let options =
        Options { threads, progress: &|done| bar.set_position(done), ..Options::default() };
    let simulated = simulate_as_asked(&prepared, &options, Default::default(), |_| {});
    let simulated = simulated.and_then(|(tally, attained)| {
        Ok((exactly(&prepared, tally, &options, &writing)?, attained))
    });
    bar.finish_and_clear();
    let told = |problem: Box<Problem>| (vec![*problem], opened.sources.clone());
    let (tally, attained) =
        simulated.map_err(|failed| told(Box::new(failure::problem(&failed))))?;
    let median = Median::new(&prepared, &writing).map_err(told)?;
    let finished = Finished {
        prepared: &prepared,
        sources: &opened.sources,
        assumed: &opened.assumed,
        set: &manifest.run.set,
        results: Results { tally, attained, median },
        started,
    };
    let findings = Findings::new(&prepared, &finished.results.tally);
    let files = files(&finished, &findings, &writing).map_err(|message| {
        let problem = Problem::error(codes::CHANGED_RUN, message);
        (vec![problem], Sources::default())
    })?;
    let mut again = manifest_of(&finished, &findings, &files, &writing);
    let missed = finished.results.attained.as_ref().and_then(|of| precision::missed(&scenario, of));
    again.warn(missed.map(|problem| Note::new(&problem, &scenario.waivers)).as_slice());
    let is_same_manifest = again.says_the_same(manifest);
    let simulated = Simulated { draws: finished.results.tally.draws, seed: scenario.run.seed };
    Ok(Made { simulated, files: files.digests(), is_same_manifest })
}

/// Holds what came out against what was listed.
fn compare(
    found: &mut Verified,
    manifest: &Manifest,
    Made { simulated, files, is_same_manifest }: &Made,
) {
    found.simulated = Some(*simulated);
    if !is_same_manifest {
        found.different.push(MANIFEST.to_owned());
    }
    for (name, expected) in &manifest.outputs {
        match files.get(name) {
            _ if name == DRAWS => found.left_out.push(name.clone()),
            Some(digest) if digest == expected => found.same += 1,
            _ => found.different.push(name.clone()),
        }
    }
    let more = files.keys().filter(|name| !manifest.outputs.contains_key(*name));
    found.different.extend(more.cloned());
}

fn csv(found: &Verified) -> String {
    let lists = [
        ("missing", &found.missing),
        ("changed", &found.changed),
        ("strange", &found.strange),
        ("different", &found.different),
        ("not made again", &found.left_out),
    ];
    let mut text = "finding,file\n".to_owned();
    for (finding, names) in lists {
        for name in names {
            text.push_str(&format!("{finding},{}\n", crate::report::csv_cell(name)));
        }
    }
    text
}

fn text(found: &Verified, arguments: &VerifyArguments, manifest: &Manifest) -> String {
    let whole = |count: usize| grouped(Some(count as f64));
    let mut text = String::new();
    let folder = arguments.folder.display();
    let unsound = found.missing.len() + found.changed.len();
    if unsound == 0 {
        text.push_str(&format!(
            "{folder}: all {} files are as they were written\n",
            whole(found.listed)
        ));
    } else {
        text.push_str(&format!(
            "{folder}: {} of {} files are not as they were written\n",
            whole(unsound),
            whole(found.listed)
        ));
    }
    let mut list = |what: &str, names: &[String]| {
        for name in names {
            text.push_str(&format!("  {what}: {name}\n"));
        }
    };
    list("missing", &found.missing);
    list("changed", &found.changed);
    list("not of this run", &found.strange);
    if let Some(Simulated { draws, seed }) = found.simulated {
        let (same, all) = (found.same, found.same + found.different.len());
        text.push_str(&format!(
            "simulated again, {} draws with seed {}: {} of {} files come out the same, byte for byte\n",
            grouped(Some(draws as f64)),
            seed,
            whole(same),
            whole(all)
        ));
        for name in &found.different {
            text.push_str(&format!("  otherwise: {name}\n"));
        }
        for name in &found.left_out {
            text.push_str(&format!("  not made again: {name}\n"));
        }
        let version = env!("CARGO_PKG_VERSION");
        if !found.different.is_empty() && manifest.version != version {
            text.push_str(&format!(
                "  the run was written by version {}, and this is version {version}: verify it with that one\n",
                manifest.version
            ));
        }
    } else if arguments.files_only {
        text.push_str("nothing was simulated: without --files-only the run is\n");
    } else {
        text.push_str("nothing was simulated: its inputs are not those that were run\n");
    }
    text.push_str(&format!("\n{NOT_ESTABLISHED}\n"));
    text
}
