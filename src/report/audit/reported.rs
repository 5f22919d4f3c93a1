//! What is gained by what a municipality reports, in plain words: one point as two, one case as two.

use super::{amount, municipality, policy, programme};
use crate::analysis::audit::{CaseAsTwo, Change, Gained, PointAsTwo};
use crate::model::Scenario;
use crate::report::wording::count;
use serde::Serialize;

/// What municipalities gain under one policy by one way of reporting: a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportedRow {
    /// The policy.
    pub policy: String,
    /// What is reported: `one point as two`, `one case as two`, `every case as two`.
    pub reported: &'static str,
    /// How many municipalities were tried.
    pub tried: usize,
    /// Of how many some award moves, up or down.
    pub moved: usize,
    /// How many gain.
    pub gaining: usize,
    /// Who gains most.
    pub municipality: Option<String>,
    /// With which point.
    pub point: Option<String>,
    /// In which programme.
    pub programme: Option<String>,
    /// In which year.
    pub year: Option<i32>,
    /// By how much what is due grows, in units of the currency.
    pub due: Option<f64>,
    /// By how much the award grows.
    pub amount: Option<f64>,
    /// A sentence.
    pub words: String,
}

/// One point registered as two, under each policy.
#[must_use]
pub fn point_rows(scenario: &Scenario, found: &[PointAsTwo]) -> Vec<ReportedRow> {
    found
        .iter()
        .map(|found| {
            let point =
                found.point.and_then(|point| scenario.points.table.names.get(point).cloned());
            let how = point.as_ref().map(|point| format!("registering the point {point} as two"));
            row(
                scenario,
                (found.policy, found.tried, &found.gained),
                "one point as two",
                &how.unwrap_or_default(),
                point,
            )
        })
        .collect()
}

/// One case reported as two, and every case, under each policy.
#[must_use]
pub fn case_rows(scenario: &Scenario, found: &[CaseAsTwo]) -> Vec<ReportedRow> {
    let of_policy = |found: &CaseAsTwo| {
        let (policy, tried) = (found.policy, found.tried);
        [
            (&found.one, "one case as two", "reporting one case of each year as two"),
            (&found.every, "every case as two", "reporting every case as two"),
        ]
        .map(|(gained, reported, how)| row(scenario, (policy, tried, gained), reported, how, None))
    };
    found.iter().flat_map(of_policy).collect()
}

fn row(
    scenario: &Scenario,
    (of, tried, gained): (usize, usize, &Gained),
    reported: &'static str,
    how: &str,
    point: Option<String>,
) -> ReportedRow {
    let most = gained.most;
    let euro = |cents: i64| cents as f64 / 100.0;
    ReportedRow {
        policy: policy(scenario, of),
        reported,
        tried,
        moved: gained.moved,
        gaining: gained.gaining,
        municipality: most.map(|(who, _)| municipality(scenario, who)),
        point,
        programme: most.map(|(_, change)| programme(scenario, change.programme)),
        year: most.map(|(_, change)| change.year),
        due: most.map(|(_, change)| euro(change.by.due)),
        amount: most.map(|(_, change)| euro(change.by.paid)),
        words: words(scenario, (of, tried, gained), reported, how),
    }
}

fn words(
    scenario: &Scenario,
    (of, tried, gained): (usize, usize, &Gained),
    reported: &str,
    how: &str,
) -> String {
    let under = policy(scenario, of);
    let number = |count_of: usize| count(Some(count_of as f64));
    let years = format!("{} to {}", scenario.years.first, scenario.years.last);
    let places = if tried == 1 { "municipality" } else { "municipalities" };
    match gained.most {
        Some((who, Change { programme: at, year, by, .. })) => {
            let of_due = if by.due == by.paid {
                String::new()
            } else {
                let than = if by.due < 0 { "less" } else { "more" };
                format!(" ({} {than} is due)", amount(scenario, by.due.abs() as f64))
            };
            format!(
                "\"{under}\": {} of {} {places} gain; in {year} {} receives {} more{of_due} of \"{}\" by {how}",
                number(gained.gaining),
                number(tried),
                municipality(scenario, who),
                amount(scenario, by.paid as f64),
                programme(scenario, at)
            )
        }
        None if gained.moved > 0 => format!(
            "\"{under}\": {reported}: none of {} {places} gains; {} would lose ({years})",
            number(tried),
            number(gained.moved)
        ),
        None => format!(
            "\"{under}\": not sensitive: {reported} moves no award (tried in {} {places}, {years})",
            number(tried)
        ),
    }
}
