//! `audit`: textbook properties of each policy's rule and of its whole settlement, searched for violations
//! over the scenario's own draws; with `--league`, every rule on the same draws.

mod found;
mod league;
mod told;

use self::found::Found;
use self::league::league;
use super::list::Format;
use super::{Ending, failure, progress, show};
use crate::allocation::RationingRule;
use crate::allocation::rationing::{self, RULES};
use crate::analysis::audit::{self, Seen};
use crate::engine::{Failure, Prepared};
use crate::model::Scenario;
use crate::report::audit::{audit_rows, case_rows, point_rows, settlement_rows, step_rows};
use crate::scenario;
use clap::Args;
use clap::builder::RangedU64ValueParser;
use std::path::PathBuf;

/// What to audit.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each property is tried on pots of the scenario's own draws that are short, as they are and with small \
changes: the pot larger or smaller, a claim raised, split, merged, moved or withdrawn. What is tried is \
a number of problems, never a time. That no counterexample was found in them is no proof that there is \
none. A difference below a cent is rounding and does not count.

First the rule alone is tried on all that is due, then the whole settlement with its classes, guarantees, \
weights, rounding or competition, as a run settles it; what breaks a property by design is named. Last \
come the formulas: steps, one point registered as two, one case reported as two.")]
pub struct AuditArguments {
    /// The scenario file
    scenario: PathBuf,
    /// How many futures are looked at, at most 4096
    #[arg(long, default_value_t = 64, value_parser = RangedU64ValueParser::<u64>::new().range(1..=4_096))]
    draws: u64,
    /// How many short pots of each policy and programme are tried, spread evenly over years and draws
    #[arg(long, default_value_t = 96, value_parser = RangedU64ValueParser::<u64>::new().range(1..=100_000))]
    problems: u64,
    /// Audit this rule on the claims of every policy instead of the policies' own, and no settlement; may
    /// be repeated
    #[arg(long, value_name = "RULE", value_parser = rule)]
    rule: Vec<Known>,
    /// Compare every rule (or those of --rule) on the same draws, in figures
    #[arg(long)]
    league: bool,
    /// Change one number or choice, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Say nothing but problems and the result
    #[arg(long)]
    quiet: bool,
}

/// A rule that is known.
#[derive(Clone, Copy, Debug)]
struct Known(&'static dyn RationingRule);

fn rule(name: &str) -> Result<Known, String> {
    rationing::by_name(name).map(Known).ok_or_else(|| {
        let names: Vec<&str> = RULES.iter().map(|rule| rule.name()).collect();
        let near = scenario::nearest(name, &names);
        let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        format!("{near}The rules are {}", names.join(", "))
    })
}

/// Audits a scenario.
pub fn audit(arguments: &AuditArguments) -> Ending {
    let opened = scenario::open(&arguments.scenario, &arguments.settings);
    if opened.scenario.is_none() || !arguments.quiet {
        show::problems(&opened.problems, &opened.sources);
    }
    let Some(scenario) = opened.scenario else { return Ending::Wrong };
    let carried_out = if arguments.league {
        league(&scenario, arguments)
    } else {
        properties(&scenario, arguments)
    };
    match carried_out {
        Ok(text) => show::result(&text),
        Err(failure) => {
            show::problems(&[failure::problem(&failure)], &opened.sources);
            Ending::Wrong
        }
    }
}

fn observe(scenario: &Scenario, arguments: &AuditArguments) -> Result<Seen, Failure> {
    let bar = progress::bar(arguments.draws, arguments.quiet);
    let seen =
        audit::observe(&Prepared::new(scenario), arguments.draws, &|done| bar.set_position(done));
    bar.finish_and_clear();
    seen
}

fn properties(scenario: &Scenario, arguments: &AuditArguments) -> Result<String, Failure> {
    let seen = observe(scenario, arguments)?;
    let rules: Vec<&'static dyn RationingRule> = arguments.rule.iter().map(|rule| rule.0).collect();
    let mut sections = audit::sections(&seen, &rules);
    let bar = progress::steps("properties tried", arguments.quiet);
    let tick = || bar.inc(1);
    audit::search(&seen, &mut sections, arguments.problems as usize, &tick);
    let whole = if rules.is_empty() {
        seen.settlements(arguments.problems as usize, &tick)
    } else {
        Vec::new()
    };
    bar.finish_and_clear();
    let bar = progress::steps("median paths", arguments.quiet);
    let tick = || bar.inc(1);
    let (costs, near) = audit::step_costs(scenario, &tick)?;
    let (points, cases) = if scenario.points.table.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        (audit::one_point_as_two(scenario, &tick)?, audit::one_case_as_two(scenario, &tick)?)
    };
    bar.finish_and_clear();
    let found = Found {
        scenario,
        seen: &seen,
        sections: &sections,
        rows: audit_rows(scenario, &seen, &sections),
        settlements: settlement_rows(scenario, &seen, &whole),
        steps: step_rows(scenario, &costs),
        near,
        points: point_rows(scenario, &points),
        cases: case_rows(scenario, &cases),
    };
    Ok(match arguments.format {
        Format::Csv => found.csv(),
        Format::Json => found.json(),
        Format::Table => found.told(),
    })
}

fn written(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
