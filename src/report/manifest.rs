//! `manifest.json`: what was run, on what, and a digest of everything read and written.

use super::civil::utc;
use super::files::RunFiles;
use crate::analysis::{Attained, Findings};
use crate::archive::{digests, read_from_disk};
use crate::language::Language;
use crate::model::Note;
use crate::problem::Sources;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the file. It is written last, so its presence means a whole run.
pub const MANIFEST: &str = "manifest.json";

/// What `program` says in our manifests.
pub const PROGRAM: &str = "dotacija";

/// The format of the manifest itself.
const FORMAT: u32 = 1;

/// What was run, on what, and a digest of everything read and written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// `dotacija`.
    pub program: String,
    /// Version of the program.
    pub version: String,
    /// Commit of the sources, where the build was told.
    pub commit: Option<String>,
    /// Format of this file.
    pub format: u32,
    /// Which scenario.
    pub scenario: ScenarioOf,
    /// The language of its page, pictures and workbook: `en` or `lv`.
    #[serde(default = "english")]
    pub language: String,
    /// How it was run.
    pub run: RunOf,
    /// How many draws a precision took, and whether it was reached; none where draws were written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Attained>,
    /// What a reader should know, waived or not.
    #[serde(default)]
    pub warnings: Vec<Warned>,
    /// BLAKE3 digest of every file read, by its name relative to the scenario's folder.
    pub inputs: BTreeMap<String, String>,
    /// BLAKE3 digest of every file written but this one, by its path in the run's folder.
    pub outputs: BTreeMap<String, String>,
    /// When, in UTC.
    pub created: String,
    /// How long it took, seconds.
    pub seconds: f64,
    /// How many threads were asked for; 0: one per core.
    pub threads: usize,
    /// On what.
    pub machine: Machine,
}

fn english() -> String {
    Language::English.code().to_owned()
}

/// Which scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioOf {
    /// Its name: the stem of its file.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its file, as it stands in the folder of copies.
    #[serde(default)]
    pub file: String,
}

/// How it was run: all that decides the figures besides the inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOf {
    /// The seed.
    pub seed: u64,
    /// How many draws.
    pub draws: u64,
    /// The sampling plan.
    pub plan: String,
    /// How quantiles were found: `exact` or `histogram`.
    pub quantiles: String,
    /// What points wait for: `WhenReady` or `WhenFunded`; none without a network.
    pub network: Option<String>,
    /// The policies that were run.
    pub policies: Vec<String>,
    /// What was set from the command line, `levers.case_rate=3`.
    pub set: Vec<String>,
    /// What was taken for granted of tables that are not plain CSV, a line for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<String>,
}

/// A warning, and why it is waived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warned {
    /// Its code, `D0710`.
    pub code: String,
    /// What it is.
    pub message: String,
    /// Why it is waived; none where it is not.
    pub reason: Option<String>,
}

/// On what it was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Operating system.
    pub os: String,
    /// Architecture.
    pub arch: String,
    /// The vectors that were used, of which no figure depends: `baseline`, `avx2` or `avx512`.
    #[serde(default)]
    pub simd: String,
}

/// What only the caller knows, who may look at the clock and the machine.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// What was set from the command line.
    pub set: &'a [String],
    /// What was taken for granted of tables that are not plain CSV.
    pub assumed: &'a [String],
    /// How a run for a precision went.
    pub precision: Option<&'a Attained>,
    /// The language of what people read.
    pub language: Language,
    /// How many threads were asked for.
    pub threads: usize,
    /// How long it took, milliseconds.
    pub milliseconds: u64,
    /// When it ended, seconds since the beginning of 1970 in UTC.
    pub created: u64,
    /// Operating system, as in `std::env::consts::OS`.
    pub os: &'a str,
    /// Architecture, as in `std::env::consts::ARCH`.
    pub arch: &'a str,
    /// The vectors that were used.
    pub simd: &'a str,
}

impl Warned {
    fn of(note: &Note) -> Self {
        Self {
            code: note.code.to_owned(),
            message: note.message.clone(),
            reason: note.reason.clone(),
        }
    }
}

impl Manifest {
    /// The manifest of a run that is about to be written.
    pub fn new(
        findings: &Findings,
        sources: &Sources,
        files: &RunFiles,
        circumstances: Circumstances<'_>,
    ) -> Self {
        let about = &findings.about;
        let read = || read_from_disk(sources);
        Self {
            program: PROGRAM.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: option_env!("DOTACIJA_COMMIT").map(str::to_owned),
            format: FORMAT,
            scenario: ScenarioOf {
                name: about.scenario.clone(),
                title: about.title.clone(),
                file: read().next().map_or_else(String::new, |first| first.name.to_string()),
            },
            language: circumstances.language.code().to_owned(),
            run: RunOf {
                seed: about.seed,
                draws: about.draws,
                plan: about.plan.to_owned(),
                quantiles: about.quantiles.to_owned(),
                network: about.network_mode.map(str::to_owned),
                policies: about.policies.clone(),
                set: circumstances.set.to_vec(),
                assumed: circumstances.assumed.to_vec(),
            },
            precision: circumstances.precision.cloned(),
            warnings: findings.warnings.iter().map(Warned::of).collect(),
            inputs: digests(sources),
            outputs: files.digests(),
            created: utc(circumstances.created),
            seconds: circumstances.milliseconds as f64 / 1_000.0,
            threads: circumstances.threads,
            machine: Machine {
                os: circumstances.os.to_owned(),
                arch: circumstances.arch.to_owned(),
                simd: circumstances.simd.to_owned(),
            },
        }
    }

    /// Adds warnings that only the manifest tells.
    pub fn warn(&mut self, notes: &[Note]) {
        self.warnings.extend(notes.iter().map(Warned::of));
    }

    /// Adds a file that was written beside the others, with its digest.
    pub fn add_output(&mut self, path: &str, digest: String) {
        self.outputs.insert(path.to_owned(), digest);
    }

    /// Whether another says the same of scenario, language, run, precision, warnings and inputs, whenever,
    /// wherever and how fast it was run.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.scenario == other.scenario
            && self.language == other.language
            && self.run == other.run
            && self.precision == other.precision
            && self.warnings == other.warnings
            && self.inputs == other.inputs
            && (&self.program, self.format) == (&other.program, other.format)
    }

    /// The text of the file.
    ///
    /// # Errors
    /// A number that JSON cannot hold.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::problem::Source;

    #[test]
    fn a_manifest_reads_back_and_names_everything() {
        let text = "Scenario()";
        let source =
            Source { name: "example.ron".into(), text: text.into(), bytes: text.as_bytes().into() };
        let sources = Sources::of(vec![source]);
        let findings = findings(&example());
        let mut files = RunFiles::tables(&findings);
        files.add_scenario(&sources);
        let set = ["levers.base_rate=3".to_owned()];
        let circumstances = Circumstances {
            set: &set,
            assumed: &[],
            precision: None,
            language: Language::English,
            threads: 2,
            milliseconds: 1_234,
            created: 0,
            os: "linux",
            arch: "x86_64",
            simd: "avx2",
        };
        let manifest = Manifest::new(&findings, &sources, &files, circumstances);
        let json = manifest.to_json().unwrap();
        assert_eq!(serde_json::from_str::<Manifest>(&json).unwrap(), manifest);
        assert_eq!(manifest.scenario.file, "example.ron");
        assert_eq!(manifest.inputs["example.ron"], manifest.outputs["scenario/example.ron"]);
        assert_eq!(manifest.outputs.len(), 8);
        assert!(json.contains("\"network\": \"WhenReady\"") && json.contains("\"seconds\": 1.234"));
    }
}
