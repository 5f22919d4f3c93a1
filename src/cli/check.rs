//! `check`: every problem at once, then control totals.

use super::{Ending, show};
use crate::analysis::{self, control};
use crate::engine::Prepared;
use crate::model::Scenario;
use crate::scenario;
use clap::Args;
use std::path::PathBuf;

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Scenario files
    #[arg(required = true)]
    scenarios: Vec<PathBuf>,
    /// Change one number or choice before checking, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
}

/// Checks each scenario; the worst ending counts.
pub fn check(arguments: &CheckArguments) -> Ending {
    let mut ending = Ending::Done;
    for path in &arguments.scenarios {
        let opened = scenario::open(path, &arguments.settings);
        show::problems(&opened.problems, &opened.sources);
        let Some(scenario) = opened.scenario else {
            ending = Ending::Wrong;
            continue;
        };
        let mut text = format!("{}: {}\n", path.display(), scenario.title);
        text.push_str(&totals(&scenario));
        match analysis::spread::spread(&scenario) {
            Ok(Some(spread)) => text.push_str(&crate::report::terminal::spread(&spread, &scenario)),
            Ok(None) => {}
            Err(failure) => {
                show::message(&super::run::explain(&failure, &opened.sources));
                ending = Ending::Wrong;
                continue;
            }
        }
        if show::result(&text) != Ending::Done {
            return Ending::WorldFailed;
        }
    }
    ending
}

fn totals(scenario: &Scenario) -> String {
    crate::report::terminal::control(&control::totals(&Prepared::new(scenario)))
}
