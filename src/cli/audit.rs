//! `audit`: textbook properties of each policy's rule, searched for violations over the scenario's
//! own draws; with `--league`, every rule on the same draws.

use super::list::Format;
use super::{Ending, failure, progress, show};
use crate::allocation::RationingRule;
use crate::allocation::rationing::{self, RULES};
use crate::analysis::audit::{self, LeagueRow, Seen};
use crate::engine::{Failure, Prepared};
use crate::model::Scenario;
use crate::report::audit::{
    AuditRow, StepRow, audit_rows, point_as_two, policy, programme, step_rows,
};
use crate::{report, scenario};
use clap::Args;
use clap::builder::RangedU64ValueParser;
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

/// Steps that are told on the terminal; the files have all.
const STEPS_SHOWN: usize = 10;

/// What to audit.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each property is tried on pots of the scenario's own draws that are short, as they are and with small \
changes: the pot larger or smaller, a claim raised, split, merged, moved or withdrawn. What is tried is \
a number of problems, never a time. That no counterexample was found in them is no proof that there is \
none. A difference below a cent is rounding and does not count.")]
pub struct AuditArguments {
    /// The scenario file
    scenario: PathBuf,
    /// How many futures are looked at, at most 4096
    #[arg(long, default_value_t = 64, value_parser = RangedU64ValueParser::<u64>::new().range(1..=4_096))]
    draws: u64,
    /// How many short pots of each policy and programme are tried, spread evenly over years and draws
    #[arg(long, default_value_t = 96, value_parser = RangedU64ValueParser::<u64>::new().range(1..=100_000))]
    problems: u64,
    /// Audit this rule on the claims of every policy instead of the policies' own; may be repeated
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
    audit::search(&seen, &mut sections, arguments.problems as usize, &|| bar.inc(1));
    bar.finish_and_clear();
    let bar = progress::steps("median paths", arguments.quiet);
    let (costs, near) = audit::step_costs(scenario, &|| bar.inc(1))?;
    let doubled = audit::one_point_as_two(scenario, &|| bar.inc(1))?;
    bar.finish_and_clear();
    let rows = audit_rows(scenario, &seen, &sections);
    let steps = step_rows(scenario, &costs);
    let points: Vec<String> = doubled.iter().map(|found| point_as_two(scenario, found)).collect();
    Ok(match arguments.format {
        Format::Csv => csv_of(&rows),
        Format::Json => pretty(&json!({
            "scenario": scenario.name, "draws": seen.draws, "properties": rows, "steps": steps,
            "steps_near": near, "one_point_as_two": points,
        })),
        Format::Table => {
            told(scenario, &seen, &sections, &rows)
                + &steps_told(&steps, near)
                + &points_told(&points, scenario.points.table.is_empty())
        }
    })
}

fn told(
    scenario: &Scenario,
    seen: &Seen,
    sections: &[audit::Section],
    rows: &[AuditRow],
) -> String {
    let mut text = format!(
        "{}: properties of rules over {} draws\nThat no counterexample was found is no proof that there is none.\n",
        scenario.title, seen.draws
    );
    let mut rows = rows.iter();
    for (index, case) in seen.cases.iter().enumerate() {
        text.push_str(&format!(
            "\n{}, {}",
            policy(scenario, case.policy),
            programme(scenario, case.programme)
        ));
        let own: Vec<_> = sections.iter().filter(|section| section.case == index).collect();
        if case.rule.is_none() {
            text.push_str(": whole points compete, which is no rule of claims");
        }
        if case.open_ended {
            text.push_str(": no pot, so nothing to divide");
        }
        text.push('\n');
        for section in own {
            text.push_str(&heading(case, section));
            let of_section: Vec<&AuditRow> = rows.by_ref().take(section.findings.len()).collect();
            text.push_str(&findings(&of_section));
        }
    }
    text
}

fn heading(case: &audit::Case, section: &audit::Section) -> String {
    let mut text = format!("  {}", section.rule.name());
    if !section.is_own {
        text.push_str(" (not the policy's own)");
    }
    text.push_str(&format!(
        ": {} of {} pots are short, {} tried\n",
        section.short,
        case.problems.len(),
        section.problems
    ));
    let mut note = |line: String| text.push_str(&format!("    {line}\n"));
    if let Some(group) = section.group {
        note(format!(
            "estimated among many, so tried on groups of {group} with their part of the pot"
        ));
    }
    if case.weighs {
        note("the rule without weights; the policy weighs its claimants".to_owned());
    }
    if case.has_classes {
        note(
            "claims of all classes together; the policy serves one class after another".to_owned(),
        );
    }
    if case.protects {
        note(
            "all that is due, protected or not; the policy pays what is protected first".to_owned(),
        );
    }
    text
}

/// Violations one by one, and the names of what was not violated.
fn findings(rows: &[&AuditRow]) -> String {
    if rows.iter().all(|row| row.problems == 0) {
        return "    nothing was tried: no pot is short\n".to_owned();
    }
    let mut text = String::new();
    for row in rows.iter().filter(|row| row.violated > 0) {
        text.push_str(&format!(
            "    ✗ {} (literature: {}): violated in {} of {} problems\n        {}\n",
            row.property, row.literature, row.violated, row.problems, row.counterexample
        ));
    }
    for (literature, say) in [
        ("holds", "no counterexample, and the literature says it holds"),
        ("fails", "no counterexample here, though the literature says it fails"),
        ("no statement found", "no counterexample; no statement found in the literature"),
    ] {
        let names: Vec<&str> = rows
            .iter()
            .filter(|row| row.violated == 0 && row.literature == literature)
            .map(|row| row.property)
            .collect();
        if !names.is_empty() {
            text.push_str(&format!("    – {say}: {}\n", names.join(", ")));
        }
    }
    text
}

fn steps_told(steps: &[StepRow], near: usize) -> String {
    let mut text = "\nSteps of formulas, neighbours within 3 %, on the median path\n".to_owned();
    if steps.is_empty() {
        text.push_str(
            "  no figure lies within 3 % of a value at which a formula of a rule jumps\n",
        );
    }
    for step in steps.iter().take(STEPS_SHOWN) {
        text.push_str(&format!("  {} ({})\n", step.words, step.formula));
    }
    if steps.len() > STEPS_SHOWN {
        text.push_str(&format!(
            "  and {} more, which --format json lists\n",
            steps.len() - STEPS_SHOWN
        ));
    }
    if near > steps.len() {
        text.push_str(&format!("  {} more neighbours were not worked out\n", near - steps.len()));
    }
    text
}

fn points_told(points: &[String], no_points: bool) -> String {
    if no_points {
        return String::new();
    }
    let lines: Vec<String> = points.iter().map(|line| format!("  {line}\n")).collect();
    format!(
        "\nOne point registered as two, each with half the inhabitants, on the median path\n{}",
        lines.concat()
    )
}

/// A row of the league with where it belongs and how long a division took.
#[derive(Clone, Debug, serde::Serialize)]
struct Placed {
    policy: String,
    programme: String,
    #[serde(flatten)]
    row: LeagueRow,
    microseconds: f64,
}

fn league(scenario: &Scenario, arguments: &AuditArguments) -> Result<String, Failure> {
    let seen = observe(scenario, arguments)?;
    let rules: Vec<&'static dyn RationingRule> = if arguments.rule.is_empty() {
        RULES.to_vec()
    } else {
        arguments.rule.iter().map(|rule| rule.0).collect()
    };
    let bar = progress::steps("rules", arguments.quiet);
    let mut placed = Vec::new();
    for case in seen.cases.iter().filter(|case| case.short().next().is_some()) {
        for rule in &rules {
            let started = Instant::now();
            let awards = audit::divide_all(case, *rule);
            let taken = started.elapsed().as_secs_f64();
            let row = audit::league_row(scenario, case, *rule, &awards);
            placed.push(Placed {
                policy: policy(scenario, case.policy),
                programme: programme(scenario, case.programme),
                row,
                microseconds: (1e7 * taken / awards.len().max(1) as f64).round() / 10.0,
            });
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    Ok(match arguments.format {
        Format::Csv => csv_league(&placed),
        Format::Json => {
            pretty(&json!({"scenario": scenario.name, "draws": seen.draws, "league": placed}))
        }
        Format::Table => league_told(scenario, &seen, &placed),
    })
}

const LEAGUE: [&str; 8] =
    ["rule", "inequality", "adequacy", "volatility", "need", "manipulable", "undecided", "µs"];

fn league_told(scenario: &Scenario, seen: &Seen, placed: &[Placed]) -> String {
    let mut text = format!("{}: rules on the same {} draws\n", scenario.title, seen.draws);
    if placed.is_empty() {
        text.push_str("\nno pot is short, so that all rules pay the same\n");
        return text;
    }
    let mut groups: Vec<(&str, &str)> = Vec::new();
    for row in placed {
        if groups.last() != Some(&(&row.policy, &row.programme)) {
            groups.push((&row.policy, &row.programme));
        }
    }
    for (policy, programme) in groups {
        text.push_str(&format!("\n{policy}, {programme}\n"));
        let header = LEAGUE.map(str::to_owned).to_vec();
        let of_group =
            placed.iter().filter(|row| row.policy == policy && row.programme == programme);
        let rows: Vec<Vec<String>> = std::iter::once(header).chain(of_group.map(cells)).collect();
        text.push_str(&show::aligned(&rows));
    }
    text.push_str(
        "\ninequality: Gini coefficient of the shares of the claims that are paid\n\
         adequacy: the smallest of these shares\n\
         volatility: coefficient of variation of an award over the draws of a year\n\
         need: correlation between awards and what is due\n\
         manipulable: the most gained by claiming as two, or with another as one, of those tried\n\
         undecided: municipalities and years of which the draws do not say whether the rule or the policy pays more\n\
         µs: time of one division\n",
    );
    text
}

fn cells(placed: &Placed) -> Vec<String> {
    let row = &placed.row;
    let plain = |value: Option<f64>| {
        value.map_or_else(|| "–".to_owned(), |value| format!("{:.3}", value + 0.0))
    };
    let percent = |value: Option<f64>| {
        value.map_or_else(|| "–".to_owned(), |value| format!("{:.1} %", 100.0 * value))
    };
    vec![
        row.rule.clone(),
        plain(row.inequality),
        percent(row.adequacy),
        percent(row.volatility),
        plain(row.correlation_with_need),
        percent(row.manipulability),
        format!("{} of {}", row.undecided, row.judged),
        format!("{:.1}", placed.microseconds),
    ]
}

fn csv_league(placed: &[Placed]) -> String {
    let header = [
        "policy",
        "programme",
        "rule",
        "inequality",
        "adequacy",
        "volatility",
        "correlation_with_need",
        "manipulability",
        "undecided",
        "judged",
        "microseconds",
    ];
    let rows = placed.iter().map(|placed| {
        let row = &placed.row;
        let figures = [
            row.inequality,
            row.adequacy,
            row.volatility,
            row.correlation_with_need,
            row.manipulability,
        ];
        let names = [placed.policy.clone(), placed.programme.clone(), row.rule.clone()];
        let counts =
            [row.undecided.to_string(), row.judged.to_string(), placed.microseconds.to_string()];
        names.into_iter().chain(figures.map(report::number)).chain(counts).collect::<Vec<String>>()
    });
    written(&header, rows)
}

fn csv_of(rows: &[AuditRow]) -> String {
    let header = [
        "policy",
        "programme",
        "rule",
        "property",
        "literature",
        "problems",
        "trials",
        "violated",
        "year",
        "draw",
        "amount",
        "counterexample",
    ];
    let text = |value: Option<String>| value.unwrap_or_default();
    let rows = rows.iter().map(|row| {
        vec![
            row.policy.clone(),
            row.programme.clone(),
            row.rule.clone(),
            row.property.to_owned(),
            row.literature.to_owned(),
            row.problems.to_string(),
            row.trials.to_string(),
            row.violated.to_string(),
            text(row.year.map(|year| year.to_string())),
            text(row.draw.map(|draw| draw.to_string())),
            report::money(row.amount),
            row.counterexample.clone(),
        ]
    });
    written(&header, rows)
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
