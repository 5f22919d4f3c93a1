//! `levers`: what a unit of change costs, on the same draws.

use super::list::Format;
use super::{Ending, failure, progress, show};
use crate::analysis::{MEASURES_OF_CHANGE, UnitChangeRow, UnitChanges, unit_changes};
use crate::report::{grouped, money};
use crate::scenario;
use clap::Args;
use clap::builder::RangedU64ValueParser;
use std::fmt::Write as _;
use std::path::PathBuf;

/// What to change.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each change is simulated on the same futures as the scenario as it stands: 1 % more pay in every year, \
every planned point a month later, and 10 EUR more of each lever that is counted in the currency (a tenth \
of its value where its range has no room for 10). What differs is the change alone, so that few futures \
are enough; ± is what their number leaves open (95 %). A hundred more points are told at the average of \
those that are open, or new, in a year, and only what they cost and what is due for them: what they would be \
granted depends on the pot. Changes do not add up where a pot binds or a limit is met.")]
pub struct LeversArguments {
    /// The scenario file
    scenario: PathBuf,
    /// How many futures are looked at, at most 65536
    #[arg(long, default_value_t = 256, value_parser = RangedU64ValueParser::<u64>::new().range(2..=65_536))]
    draws: u64,
    /// Change one number or choice first, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// How to print; csv and json have every programme and year
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Say nothing but problems and the result
    #[arg(long)]
    quiet: bool,
}

/// Tells what a unit of change costs.
pub fn levers(arguments: &LeversArguments) -> Ending {
    let opened = scenario::open(&arguments.scenario, &arguments.settings);
    if opened.scenario.is_none() || !arguments.quiet {
        show::problems(&opened.problems, &opened.sources);
    }
    let Some(scenario) = opened.scenario else { return Ending::Wrong };
    let bar = progress::steps("blocks of draws", arguments.quiet);
    let found = unit_changes(&scenario, arguments.draws, &|| bar.inc(1));
    bar.finish_and_clear();
    match found {
        Ok(found) => show::result(&match arguments.format {
            Format::Table => told(&found, &scenario.currency),
            Format::Csv => csv(&found),
            // What holds only numbers and texts can always be written.
            Format::Json => serde_json::to_string_pretty(&found).unwrap_or_default() + "\n",
        }),
        Err(failure) => {
            show::problems(&[failure::problem(&failure)], &opened.sources);
            Ending::Wrong
        }
    }
}

/// Sums over programmes and years, policy by policy.
fn told(found: &UnitChanges, currency: &str) -> String {
    let mut text = String::new();
    let mut policies: Vec<&str> = found.rows.iter().map(|row| row.policy.as_str()).collect();
    policies.dedup();
    for policy in policies {
        let rows = || found.rows.iter().filter(move |row| row.policy == policy);
        let _ =
            writeln!(text, "{policy}: {currency} more or less, all programmes and years together");
        let head = ["change", "by", "eligible cost", "due", "granted", "short"].map(str::to_owned);
        let mut table = vec![head.to_vec()];
        let of_all = |row: &&UnitChangeRow| row.year.is_none() && row.programme == "all";
        for row in rows().filter(of_all).filter(|row| moves(row)) {
            let cells = [row.what.clone(), row.by.clone()];
            table.push(cells.into_iter().chain(figures(row)).collect());
        }
        text.push_str(&show::aligned(&table));
        let mut points: Vec<&UnitChangeRow> = Vec::new();
        for row in rows().filter(|row| row.what == "points" && row.year.is_some()) {
            // The last year of each programme in which there are any.
            points.retain(|known| known.programme != row.programme);
            points.push(row);
        }
        if !points.is_empty() {
            let _ = writeln!(text, "100 more points, at the average of the year");
            let head = ["programme", "year", "eligible cost", "due"].map(str::to_owned);
            let mut table = vec![head.to_vec()];
            for row in points {
                let cells = [row.programme.clone(), row.year_text()];
                table.push(cells.into_iter().chain(figures(row).into_iter().take(2)).collect());
            }
            text.push_str(&show::aligned(&table));
        }
        text.push('\n');
    }
    if !found.without_effect.is_empty() {
        let names: Vec<&str> = found.without_effect.iter().map(|idle| idle.what.as_str()).collect();
        let _ = writeln!(text, "changes nothing under any policy: {}", names.join(", "));
    }
    let _ = writeln!(text, "{} draws, each change on the same ones", found.draws);
    text
}

/// Whether anything differs in some draw.
fn moves(row: &UnitChangeRow) -> bool {
    row.figures
        .iter()
        .any(|figure| figure.mean != Some(0.0) || figure.mcse.is_some_and(|mcse| mcse > 0.0))
}

/// `1 234 ±56`: the mean, and twice its error where there is one.
fn figures(row: &UnitChangeRow) -> [String; 4] {
    row.figures.map(|figure| {
        let open = figure.mcse.map(|error| 1.96 * error).filter(|open| *open >= 0.5);
        let open = open.map_or_else(String::new, |open| format!(" ±{}", grouped(Some(open))));
        format!("{}{open}", grouped(figure.mean))
    })
}

fn csv(found: &UnitChanges) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut header = ["policy", "change", "by", "programme", "year"].map(str::to_owned).to_vec();
    for measure in MEASURES_OF_CHANGE {
        header.extend([format!("{measure}_mean"), format!("{measure}_mcse")]);
    }
    // Writing into memory cannot fail.
    let _ = writer.write_record(&header);
    for row in &found.rows {
        let mut cells = vec![
            row.policy.clone(),
            row.what.clone(),
            row.by.clone(),
            row.programme.clone(),
            row.year_text(),
        ];
        for figure in row.figures {
            cells.extend([money(figure.mean), money(figure.mcse)]);
        }
        let _ = writer.write_record(&cells);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
