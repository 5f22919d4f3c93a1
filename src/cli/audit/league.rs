//! Every rule on the same draws, in figures.

use super::super::list::Format;
use super::super::{progress, show};
use super::{AuditArguments, observe, pretty, written};
use crate::allocation::RationingRule;
use crate::allocation::rationing::RULES;
use crate::analysis::audit::{self, LeagueRow, Seen};
use crate::engine::Failure;
use crate::model::Scenario;
use crate::report;
use crate::report::audit::{policy, programme};
use serde_json::json;
use std::time::Instant;

/// A row of the league with where it belongs and how long a division took.
#[derive(Clone, Debug, serde::Serialize)]
struct Placed {
    policy: String,
    programme: String,
    #[serde(flatten)]
    row: LeagueRow,
    microseconds: f64,
}

/// The league of the rules, printed as asked.
pub(super) fn league(scenario: &Scenario, arguments: &AuditArguments) -> Result<String, Failure> {
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
