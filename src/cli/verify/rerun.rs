//! The scenario of a run, opened as it was run.

use super::{Told, VerifyArguments};
use crate::cli::run_folder;
use crate::language::Language;
use crate::model::Scenario;
use crate::problem::{Problem, Sources, codes, tamed};
use crate::report::{MANIFEST, Manifest};
use crate::scenario;

/// All that a run was made of.
pub struct Rerun<'a> {
    /// Its scenario, with the policies that were run.
    pub scenario: Scenario,
    /// Its files.
    pub sources: Sources,
    /// What was taken for granted of its tables.
    pub assumed: Vec<String>,
    /// The language of what people read of it.
    pub language: Language,
    /// What it says of itself.
    pub manifest: &'a Manifest,
}

impl Rerun<'_> {
    /// A problem beside the files that it points at.
    pub fn told(&self, problem: Problem) -> Told {
        (vec![problem], self.sources.clone())
    }
}

/// Opens the scenario of a run.
///
/// # Errors
/// Its copies are not those that were run, or the manifest says what cannot be.
pub fn open<'a>(arguments: &VerifyArguments, manifest: &'a Manifest) -> Result<Rerun<'a>, Told> {
    let alone = |problem: Box<Problem>| (vec![*problem], Sources::default());
    let run = run_folder::read(&arguments.folder).map_err(alone)?;
    // As many draws as it took; where all is simulated a precision is asked for again, for its looks are
    // told.
    let asks_again = manifest.precision.is_some() && arguments.blocks.is_none();
    let settings = if asks_again { manifest.run.set.clone() } else { run.settings() };
    let opened = scenario::open(&run.file, &settings);
    let Some(mut scenario) = opened.scenario else {
        return Err((opened.problems, opened.sources));
    };
    if let Err(problem) = scenario::keep_policies(&mut scenario, &manifest.run.policies) {
        return Err((vec![*problem], opened.sources));
    }
    let Ok(language) = manifest.language.parse() else {
        let message = format!("`{MANIFEST}` names the language `{}`", tamed(&manifest.language));
        let problem = Problem::error(codes::NOT_A_RUN, message).help("there are `en` and `lv`");
        return Err(alone(Box::new(problem)));
    };
    let (sources, assumed) = (opened.sources, opened.assumed);
    Ok(Rerun { scenario, sources, assumed, language, manifest })
}
