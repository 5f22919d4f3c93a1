//! The second half of the door: the sections of a composed tree become a [`Scenario`].
//!
//! ```text
//! settings ─► tables ─► levers, inputs ─► Vocabulary ─► world, programmes, policies, outcomes
//!                                                       └─► doubts, less what `waivers` waive
//! ```
//! What gives names is read first: tables, levers, tiers and inputs. They make the [`Vocabulary`]
//! against which every formula is compiled, each in the view of the place where it stands. All
//! sections are read whatever is wrong with the others, so one run tells every problem.

mod assemble;
mod boundaries;
mod circle;
mod correlations;
mod costs;
mod dates;
mod differs;
pub(super) mod distribution;
mod doubts;
mod entitle;
mod elsewhere;
mod expect;
mod fit;
mod formula;
mod gather;
mod guarantees;
mod inputs;
mod join;
mod levers;
mod load;
mod lost;
mod meaning;
mod money;
mod municipalities;
mod names;
mod needs;
mod network;
mod points;
mod policies;
mod pools;
mod pots;
mod precision;
mod programmes;
mod ready;
mod results;
mod rules;
mod settings;
mod staffing;
mod tables;
mod tiers;
mod vocabulary;
mod waivers;
mod words;

use std::path::Path;

pub use distribution::lone_distribution;
pub use doubts::{NearStep, near_steps};
pub use municipalities::PREVIOUS;

use super::decode::{Decoder, did_you_mean, quoted};
use super::table::Table;
use super::tree::{Kind, Node};
use super::{Disk, Folder, Library, compose};
use crate::model::Scenario;
use crate::problem::{Problem, Sources, codes, sort};

/// What came of opening a scenario.
#[derive(Debug)]
pub struct Opened {
    /// The scenario, if there is no error.
    pub scenario: Option<Scenario>,
    /// Everything that is wrong or doubtful, most fundamental first.
    pub problems: Vec<Problem>,
    /// Every file that was read.
    pub sources: Sources,
    /// What was taken for granted of tables that are not plain CSV, a line for each.
    pub assumed: Vec<String>,
}

impl Opened {
    /// Keeps these policies beside the baseline, or all where none is named; what is wrong with a name is
    /// told with the rest, and there is no scenario then.
    pub fn keep_policies(&mut self, names: &[String]) {
        if let Some(scenario) = self.scenario.as_mut().filter(|_| !names.is_empty())
            && let Err(problem) = keep_policies(scenario, names)
        {
            self.problems.push(*problem);
            self.scenario = None;
        }
    }

    /// Refuses a scenario against which there is something; it is told first.
    pub fn refuse_if(&mut self, against: impl FnOnce(&Scenario) -> Option<Problem>) {
        if let Some(problem) = self.scenario.as_ref().and_then(against) {
            self.problems.insert(0, problem);
            self.scenario = None;
        }
    }

    /// The same, ready for a run sooner: it [takes over](Scenario::take_over) what another scenario, most
    /// often the same at another setting, has worked out.
    #[must_use]
    pub fn after(mut self, other: Option<&Scenario>) -> Self {
        if let (Some(scenario), Some(other)) = (&mut self.scenario, other) {
            scenario.take_over(other);
        }
        self
    }
}

/// Opens a scenario's file, with settings of the form `path=value`.
#[must_use]
pub fn open(path: &Path, settings: &[String]) -> Opened {
    match Disk::open(path) {
        Ok((disk, name)) => {
            let mut opened = open_in(disk, &name, settings);
            opened.sources.folder = typed(path);
            opened
        }
        Err(problem) => {
            let (problems, sources) = (vec![*problem], Sources::default());
            Opened { scenario: None, problems, sources, assumed: Vec::new() }
        }
    }
}

/// The folder of a path as it was typed, with a slash at its end.
fn typed(path: &Path) -> String {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            format!("{}/", folder.display().to_string().trim_end_matches('/'))
        }
        _ => String::new(),
    }
}

/// Opens a scenario's file in a folder.
#[must_use]
pub fn open_in<F: Folder>(folder: F, name: &str, settings: &[String]) -> Opened {
    let mut library = Library::new(folder);
    let mut assumed = Vec::new();
    let (scenario, mut problems) = match compose(&mut library, name, settings) {
        Err(problems) => (None, problems),
        Ok(root) => {
            let mut door = Decoder::new();
            door.know(&library.sources().files);
            let waivers = root.field("waivers").filter(|node| node.kind != Kind::Nothing);
            let waivers = waivers.map_or_else(Vec::new, |node| waivers::waivers(&mut door, node));
            let scenario = assemble::scenario(&mut door, &root, &mut library, stem(name));
            assumed = door.assumed();
            let scenario = scenario.filter(|_| !door.failed());
            doubts::settle(scenario, door.finish(), waivers, &root, library.sources())
        }
    };
    let sources = library.into_sources();
    sort(&mut problems, &sources);
    Opened { scenario, problems, sources, assumed }
}

/// A composed tree as a scenario: only errors are told, nothing is doubted.
pub(super) fn assembled<F: Folder>(
    mut door: Decoder,
    root: &Node,
    library: &mut Library<F>,
    name: &str,
) -> Result<Scenario, Vec<Problem>> {
    let scenario = assemble::scenario(&mut door, root, library, name);
    if let Some(scenario) = scenario.filter(|_| !door.failed()) {
        return Ok(scenario);
    }
    let mut problems = door.finish();
    problems.retain(Problem::is_error);
    sort(&mut problems, library.sources());
    Err(problems)
}

/// Leaves only some policies in a scenario; the baseline stays in any case.
///
/// # Errors
/// The problem if a name is not that of a policy.
pub fn keep_policies(scenario: &mut Scenario, names: &[String]) -> Result<(), Box<Problem>> {
    let known: Vec<&str> = scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let message = format!("{} is not a policy of this scenario", quoted(name));
        let problem = Problem::error(codes::UNKNOWN_NAME, message);
        return Err(Box::new(did_you_mean(problem, name, &known)));
    }
    let baseline = scenario.policies.get(scenario.baseline).map(|policy| policy.name.clone());
    scenario
        .policies
        .retain(|policy| names.contains(&policy.name) || Some(&policy.name) == baseline.as_ref());
    let found = scenario.policies.iter().position(|policy| Some(&policy.name) == baseline.as_ref());
    scenario.baseline = found.unwrap_or(0);
    Ok(())
}

/// The table that a section `Table(file: …)` names, read as the section says that it is written.
pub(super) fn table<F: Folder>(
    door: &mut Decoder,
    section: &Node,
    library: &mut Library<F>,
) -> Option<Table> {
    tables::file(&mut door.fields_of(section, "Table")?, library)
}

/// A file's name without folders and ending; with it where nothing but points would be left, for
/// a folder is called by it.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let is_name = |stem: &&str| !stem.trim_matches('.').is_empty();
    file.strip_suffix(".ron").filter(is_name).unwrap_or(file)
}
