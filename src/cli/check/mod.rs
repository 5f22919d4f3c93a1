//! `check`: every problem at once, then control totals.

mod document;
mod text;

use super::{Ending, failure, memory, show};
use crate::analysis::{
    Comparison, ControlTotals, estimated_on_the_median_path, same_on_the_median_path, spread,
};
use crate::engine::{self, Prepared, Size};
use crate::model::{Coverage, Run, Scenario};
use crate::problem::{Problem, Severity, Sources, sort};
use crate::{report, scenario};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Scenario files
    #[arg(required = true)]
    scenarios: Vec<PathBuf>,
    /// Change one number or choice before checking, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// Try the median path of every policy, and simulate the baseline twice, to show how much of a
    /// national range is owed to shared variance
    #[arg(long)]
    widths: bool,
    /// Text for people, or JSON on standard output for editors and programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Up to this many points times years times policies the median path is tried at once: a check
/// answers before its reader has looked up.
const MOST_TRIED: usize = 5_000;

/// What came of checking one scenario.
struct Checked<'a> {
    path: &'a Path,
    title: Option<String>,
    /// How tables were read, where that was not plain.
    assumed: Vec<String>,
    problems: Vec<Problem>,
    /// How many warnings are waived.
    waived: usize,
    sources: Sources,
    /// Nothing where the scenario is wrong.
    totals: Option<ControlTotals>,
    /// What the sampling plan covers.
    sampling: Option<(Run, Coverage)>,
    /// What a run takes.
    size: Option<Size>,
    /// Whether every policy's median path was tried.
    tried: bool,
    widths: Vec<Comparison>,
}

/// Checks each scenario; the worst ending counts.
pub fn check(arguments: &CheckArguments) -> Ending {
    let mut all = Vec::new();
    for path in &arguments.scenarios {
        let checked = checked(path, &arguments.settings, arguments.widths);
        if arguments.format == Format::Text && checked.tell() != Ending::Done {
            return Ending::WorldFailed;
        }
        all.push(checked);
    }
    if arguments.format == Format::Json && show::result(&document::json(&all)) != Ending::Done {
        return Ending::WorldFailed;
    }
    if all.iter().all(|checked| checked.totals.is_some()) { Ending::Done } else { Ending::Wrong }
}

/// All that `check` finds wrong or doubtful in a scenario with settings, and its files.
pub fn problems(path: &Path, settings: &[String]) -> (Vec<Problem>, Sources) {
    let checked = checked(path, settings, false);
    (checked.problems, checked.sources)
}

fn checked<'a>(path: &'a Path, settings: &[String], widths: bool) -> Checked<'a> {
    let opened = scenario::open(path, settings);
    let mut checked = Checked {
        path,
        title: opened.scenario.as_ref().map(|scenario| scenario.title.clone()),
        assumed: opened.assumed,
        problems: opened.problems,
        waived: 0,
        sources: opened.sources,
        totals: None,
        sampling: None,
        size: None,
        tried: false,
        widths: Vec::new(),
    };
    let Some(scenario) = opened.scenario else { return checked };
    checked.sampling = Some((scenario.run.clone(), Coverage::new(&scenario)));
    checked.size = Some(memory::size(&scenario, 0, false));
    match checked.evaluate(&scenario, widths) {
        Ok(()) => checked.totals = Some(ControlTotals::new(&scenario, &[])),
        Err(failed) => checked.problems.push(failure::problem(&failed)),
    }
    sort(&mut checked.problems, &checked.sources);
    checked
}

impl Checked<'_> {
    /// A formula may fail only where it is evaluated: every policy's median path is tried.
    fn evaluate(&mut self, scenario: &Scenario, widths: bool) -> Result<(), engine::Failure> {
        let too_much = memory::too_much(scenario, 0, false);
        let years = scenario.years.count().saturating_mul(scenario.policies.len());
        let size = scenario.points.table.len().saturating_mul(years);
        self.tried = too_much.is_none() && (widths || size <= MOST_TRIED);
        // Another machine may have room: a check only warns.
        let warned = too_much.map(|problem| Problem { severity: Severity::Warning, ..problem });
        self.problems.extend(warned);
        self.waived = scenario.noted.iter().filter(|note| note.is_waived()).count();
        if self.tried {
            let lines = engine::central(&Prepared::new(scenario))?;
            let mut found = same_on_the_median_path(scenario, &lines);
            found.extend(estimated_on_the_median_path(scenario, &lines));
            for problem in found {
                if scenario.waivers.iter().any(|waiver| waiver.covers(&problem)) {
                    self.waived += 1;
                } else {
                    self.problems.push(problem);
                }
            }
        }
        if widths {
            self.widths = spread(scenario, 0)?;
        }
        Ok(())
    }

    fn tell(&self) -> Ending {
        let assumed = show::assumptions(&self.assumed);
        if self.totals.is_none() && !assumed.is_empty() {
            // How a table was read may be why it is wrong.
            show::message(&assumed);
        }
        show::problems(&self.problems, &self.sources);
        if let Some(line) = report::waived_line(self.waived, crate::language::Language::English) {
            show::message(&line);
        }
        let (Some(title), Some(totals)) = (&self.title, &self.totals) else { return Ending::Done };
        let mut text =
            format!("{}: {title}\n{assumed}{}", self.path.display(), text::totals(totals));
        if let Some((run, coverage)) = &self.sampling {
            text.push_str(&text::sampling(run, coverage));
        }
        if let Some(announced) = self.size.as_ref().and_then(memory::announced) {
            text.push_str(&format!("a run: {announced}\n"));
        }
        if !self.tried {
            text.push_str("not tried: the median path of the policies; `--widths` and a run do\n");
        }
        text.push_str(&text::widths(&self.widths));
        show::result(&text)
    }
}
