//! `explain --letter`: a page for a municipality, or for each of them, to standard output or a folder.

use super::ExplainArguments;
use crate::analysis::explain::{Letter, Question, ask, letters, simulations};
use crate::archive::{digest, new_file};
use crate::cli::work_folder::Refusal;
use crate::cli::{Ending, failure, progress, run_folder, show};
use crate::language::Language;
use crate::model::Scenario;
use crate::report::explain::letter::{MARK, document, file_names, html, markdown};
use crate::report::{CONTENTS, MANIFEST, unguarded};
use crate::scenario::Opened;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The table of a run with the range of each award.
const AWARDS: &str = "awards.csv";
/// Where letters go if nothing is said.
const FOLDER: &str = "output/letters";
/// How many files a message lists.
const SHOWN: usize = 3;
/// So many draws a run must have before a letter speaks of nine futures in ten.
const FEWEST: u64 = 100;
/// Larger tables of a run are not read for their ranges.
const LARGEST: u64 = 1 << 30;

/// Writes the letters that are asked for.
pub fn write(arguments: &ExplainArguments, opened: &Opened) -> Ending {
    let language = arguments.language;
    let Some(scenario) = &opened.scenario else { return Ending::Wrong };
    let baseline = scenario.policies.get(scenario.baseline).map(|policy| policy.name.as_str());
    let question = Question {
        policy: arguments.policy.as_deref().or(baseline),
        // A letter holds every programme.
        programme: scenario.programmes.first().map(|programme| programme.name.as_str()),
        municipality: arguments.municipality.as_deref(),
        year: arguments.year,
        draw: None,
        all: arguments.all,
    };
    let wish = match ask(scenario, &question) {
        Ok(wish) => wish,
        Err(problems) => {
            show::problems(&problems, &opened.sources);
            return Ending::Wrong;
        }
    };
    let folder = match (&arguments.output, arguments.all) {
        (Some(folder), _) => Some(folder.clone()),
        (None, true) => Some(PathBuf::from(FOLDER).join(&scenario.name)),
        (None, false) => None,
    };
    if let Some(Err(refusal)) = folder.as_deref().map(may_hold_letters) {
        return refusal.ending();
    }
    let steps = simulations(scenario, wish.municipalities.len());
    let bar = progress::Late::new(steps, "simulations");
    let now = (wish.policy, wish.year);
    let found = letters(scenario, &opened.sources, now, &wish.municipalities, &|| bar.step());
    bar.finish();
    let mut found = match found {
        Ok(found) => found,
        Err(failure) => {
            show::problems(&[failure::problem(&failure)], &opened.sources);
            return Ending::Wrong;
        }
    };
    // What was simulated with other settings has no range here.
    if arguments.scenario.is_dir() && arguments.settings.is_empty() {
        let draws = scenario.run.draws;
        if draws >= FEWEST || scenario.draws_nothing() {
            add_ranges(&arguments.scenario, &mut found);
        } else {
            show::message(&format!(
                "note: the run has {draws} draws, too few for the ranges of a letter: run again with {FEWEST} or more"
            ));
        }
    }
    let Some(folder) = folder else {
        let text: String =
            found.iter().map(|letter| markdown(&document(letter, language))).collect();
        return show::result(&text);
    };
    let names = names(scenario, &wish.municipalities);
    match write_all(&folder, &names, &found, language) {
        Ok(count) => {
            let letters = if found.len() == 1 { "letter" } else { "letters" };
            show::result(&format!(
                "{} {letters} in {}: {count} files, Markdown and HTML\n",
                found.len(),
                folder.display()
            ))
        }
        Err(refusal) => refusal.ending(),
    }
}

/// A municipality has the same name of its file whether it is alone or among all.
fn names(scenario: &Scenario, municipalities: &[usize]) -> Vec<String> {
    let table = &scenario.municipalities.table;
    let all = table.codes.iter().zip(&table.names);
    let all = file_names(all.map(|(code, name)| (code.as_str(), name.as_str())));
    municipalities.iter().filter_map(|row| all.get(*row).cloned()).collect()
}

/// Writes two files for each letter; nothing at all where one would take the place of what is not ours.
fn write_all(
    folder: &Path,
    names: &[String],
    letters: &[Letter],
    language: Language,
) -> Result<usize, Refusal> {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for (name, letter) in names.iter().zip(letters) {
        let blocks = document(letter, language);
        files.push((folder.join(format!("{name}.md")), markdown(&blocks)));
        files.push((folder.join(format!("{name}.html")), html(&blocks, language)));
    }
    may_hold_letters(folder)?;
    let strange: Vec<String> = files
        .iter()
        .filter(|(path, _)| !is_free_or_ours(path))
        .map(|(path, _)| format!("`{}`", path.display()))
        .collect();
    if !strange.is_empty() {
        let more = strange.len().saturating_sub(SHOWN);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown = strange.get(..SHOWN.min(strange.len())).unwrap_or_default().join(", ");
        return Err(Refusal::Theirs(format!(
            "{shown}{rest} would be overwritten and is no letter of ours: nothing was written; choose \
             another folder with -o"
        )));
    }
    let failed = |path: &Path, error: &io::Error| {
        Refusal::World(format!(
            "cannot write `{}`: {error}; see whether the disk is full and the folder may be written to",
            path.display()
        ))
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for (path, text) in &files {
        // Under another name first, so that no half of a letter is ever seen.
        let mut partial = path.clone().into_os_string();
        partial.push(format!(".partial-{}", std::process::id()));
        let partial = PathBuf::from(partial);
        let written = new_file(&partial)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&partial, path));
        if let Err(error) = written {
            let _ = fs::remove_file(&partial);
            return Err(failed(path, &error));
        }
    }
    Ok(files.len())
}

/// Whether letters may go there: where nothing is in the way, and no other command keeps its own.
fn may_hold_letters(folder: &Path) -> Result<(), Refusal> {
    let there = folder.ancestors().find(|above| fs::symlink_metadata(above).is_ok());
    if let Some(there) = there.filter(|there| !there.is_dir()) {
        let message = format!("`{}` is not a folder: choose another with -o", there.display());
        return Err(Refusal::Theirs(message));
    }
    let kept = [MANIFEST, CONTENTS].into_iter().find(|name| folder.join(name).is_file());
    kept.map_or(Ok(()), |name| {
        Err(Refusal::Theirs(format!(
            "`{}` holds what another command has written (`{name}`), which letters would mix with: choose a \
             folder of their own with -o",
            folder.display()
        )))
    })
}

/// Whether nothing stands there, or a letter that was written before.
fn is_free_or_ours(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(metadata) => {
            metadata.is_file()
                && metadata.len() < 1 << 20
                && fs::read_to_string(path).is_ok_and(|text| text.contains(MARK))
        }
    }
}

/// Adds the range of each award from the table of a finished run, where it is as it was written.
fn add_ranges(run: &Path, letters: &mut [Letter]) {
    let path = run.join(AWARDS);
    let readable = fs::metadata(&path).is_ok_and(|metadata| metadata.len() <= LARGEST);
    let bytes = if readable { fs::read(&path).unwrap_or_default() } else { Vec::new() };
    let known =
        run_folder::read(run).ok().and_then(|run| run.manifest.outputs.get(AWARDS).cloned());
    if known != Some(digest(&bytes)) {
        show::message(&format!(
            "note: `{}` is not what the run wrote, so the letter has no ranges of awards",
            path.display()
        ));
        return;
    }
    let mut reader = csv::Reader::from_reader(&*bytes);
    let Ok(header) = reader.headers().cloned() else { return };
    let column = |name: &str| header.iter().position(|column| column == name);
    let columns: Option<Vec<usize>> =
        ["policy", "programme", "municipality", "year", "measure", "p05", "p95"]
            .into_iter()
            .map(column)
            .collect();
    let Some(columns) = columns else { return };
    let mut ranges: BTreeMap<[String; 3], (f64, f64)> = BTreeMap::new();
    let year = letters.first().map_or_else(String::new, |letter| letter.year.to_string());
    for row in reader.records().flatten() {
        let cells: Vec<&str> =
            columns.iter().map(|column| row.get(*column).unwrap_or("")).collect();
        if let [policy, programme, code, of, "award", low, high] = cells[..]
            && of == year
            && let (Ok(low), Ok(high)) = (low.parse(), high.parse())
        {
            ranges.insert([policy, programme, code].map(unguarded), (low, high));
        }
    }
    for letter in letters {
        for award in &mut letter.awards {
            let programme =
                award.programme.clone().unwrap_or_else(|| crate::analysis::ALL.to_owned());
            let key = [award.policy.clone(), programme, letter.municipality.code.clone()];
            award.range = ranges.get(&key).copied();
        }
    }
}
