//! `check`: every problem at once, then control totals.

use super::{Ending, failure, show};
use crate::analysis::{Comparison, ControlTotals, Range, spread};
use crate::engine::{self, Prepared};
use crate::report::grouped;
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

/// Up to this many points the median path and the width of ranges are tried at once.
const MOST_TRIED: usize = 2_000;

/// Checks each scenario; the worst ending counts.
pub fn check(arguments: &CheckArguments) -> Ending {
    let mut ending = Ending::Done;
    for path in &arguments.scenarios {
        let opened = scenario::open(path, &arguments.settings);
        show::problems(&opened.problems, &opened.sources);
        let Some(scenario) = opened.scenario else {
            // How a table was read may be why it is wrong.
            if !opened.assumed.is_empty() {
                show::message(&show::assumptions(&opened.assumed));
            }
            ending = Ending::Wrong;
            continue;
        };
        let mut text = format!("{}: {}\n", path.display(), scenario.title);
        text.push_str(&show::assumptions(&opened.assumed));
        text.push_str(&totals(&ControlTotals::new(&scenario, &[])));
        if scenario.points.table.len() > MOST_TRIED {
            text.push_str("the median path and the width of ranges are left to a run: there are many points\n");
            if show::result(&text) != Ending::Done {
                return Ending::WorldFailed;
            }
            continue;
        }
        // A formula may fail only where it is evaluated: every policy's median path is tried.
        if let Err(failed) = engine::central(&Prepared::new(&scenario)) {
            show::problems(&[failure::problem(&failed)], &opened.sources);
            ending = Ending::Wrong;
            continue;
        }
        match spread(&scenario, 0) {
            Ok(comparisons) => text.push_str(&widths(&comparisons)),
            Err(failed) => {
                show::problems(&[failure::problem(&failed)], &opened.sources);
                ending = Ending::Wrong;
            }
        }
        if show::result(&text) != Ending::Done {
            return Ending::WorldFailed;
        }
    }
    ending
}

fn totals(totals: &ControlTotals) -> String {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| rows.push(vec![format!("  {name}"), value]);
    let count = |count: usize| grouped(Some(count as f64));
    if totals.municipalities > 0 {
        row("municipalities", count(totals.municipalities));
    }
    if totals.points > 0 {
        let never = if totals.never > 0 {
            format!(", {} without a date", totals.never)
        } else {
            String::new()
        };
        let open =
            format!("{} open already, {} planned{never}", totals.open_already, totals.planned);
        row("points", format!("{} ({open})", count(totals.points)));
        for tier in &totals.tiers {
            row(
                &format!("  {}", tier.tier),
                format!("{} ({} open already)", count(tier.points), tier.open_already),
            );
        }
    }
    for column in &totals.columns {
        let year = column.year.map_or_else(String::new, |year| format!(" of {year}"));
        row(&format!("sum of {}{year}", column.column), grouped(Some(column.sum)));
    }
    let mut text = String::from("control totals\n");
    text.push_str(&show::aligned(&rows));
    text.push_str(&appropriations(totals));
    text
}

/// Appropriations, a line per policy and programme, equal years taken together.
fn appropriations(totals: &ControlTotals) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last: Option<(&str, &str, String)> = None;
    for entry in &totals.appropriations {
        let sum = entry.euro.map_or_else(
            || entry.text.clone().unwrap_or_else(|| "open-ended".to_owned()),
            |euro| format!("{} EUR", grouped(Some(euro))),
        );
        let key = (entry.policy.as_str(), entry.programme.as_str(), sum.clone());
        if last.as_ref() == Some(&key) {
            if let Some(row) = rows.last_mut() {
                let first = row[2].split('–').next().unwrap_or("").to_owned();
                row[2] = format!("{first}–{}", entry.year);
            }
        } else {
            rows.push(vec![
                format!("  {}", entry.policy),
                entry.programme.clone(),
                entry.year.to_string(),
                sum,
            ]);
        }
        last = Some(key);
    }
    if rows.is_empty() {
        String::new()
    } else {
        format!("appropriations\n{}", show::aligned(&rows))
    }
}

/// How wide national figures are, as written and if nothing below the nation were shared.
fn widths(comparisons: &[Comparison]) -> String {
    if comparisons.is_empty() {
        return String::new();
    }
    let width = |range: &Range| match (range.p05, range.p95) {
        (Some(low), Some(high)) => {
            format!(
                "{} to {} (width {})",
                grouped(Some(low)),
                grouped(Some(high)),
                grouped(Some(high - low))
            )
        }
        _ => "no values".to_owned(),
    };
    let rows: Vec<Vec<String>> = comparisons
        .iter()
        .flat_map(|comparison| {
            let name = format!("  {} ({}), {}", comparison.what, comparison.unit, comparison.when);
            [
                vec![name, "shared variance as written".to_owned(), width(&comparison.written)],
                vec![
                    String::new(),
                    "if all were independent".to_owned(),
                    width(&comparison.independent),
                ],
            ]
        })
        .collect();
    format!(
        "width of the 5–95 % range under the baseline policy ({} draws)\n{}",
        crate::analysis::SPREAD_DRAWS,
        show::aligned(&rows)
    )
}
