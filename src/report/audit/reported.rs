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
    /// The most cases that one of them has in a year, where cases are reported.
    pub most_cases: Option<f64>,
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
    /// By how much the award grows in that year.
    pub amount: Option<f64>,
    /// By how much awards grow over all years.
    pub in_all: Option<f64>,
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
                (point, None),
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
        .map(|(gained, reported, how)| {
            row(scenario, (policy, tried, gained), reported, how, (None, Some(found.most_cases)))
        })
    };
    found.iter().flat_map(of_policy).collect()
}

fn row(
    scenario: &Scenario,
    (of, tried, gained): (usize, usize, &Gained),
    reported: &'static str,
    how: &str,
    (point, most_cases): (Option<String>, Option<f64>),
) -> ReportedRow {
    let most = gained.most;
    let euro = |cents: i64| cents as f64 / 100.0;
    ReportedRow {
        policy: policy(scenario, of),
        reported,
        tried,
        most_cases: most_cases.map(|cases| cases.round() + 0.0),
        moved: gained.moved,
        gaining: gained.gaining,
        municipality: most.map(|(who, _)| municipality(scenario, who)),
        point,
        programme: most.map(|(_, change)| programme(scenario, change.programme)),
        year: most.map(|(_, change)| change.year),
        due: most.map(|(_, change)| euro(change.by.due)),
        amount: most.map(|(_, change)| euro(change.by.paid)),
        in_all: most.map(|(_, change)| euro(change.in_all)),
        words: words(scenario, (of, tried, gained), reported, how, most_cases),
    }
}

fn words(
    scenario: &Scenario,
    (of, tried, gained): (usize, usize, &Gained),
    reported: &str,
    how: &str,
    most_cases: Option<f64>,
) -> String {
    let under = policy(scenario, of);
    let number = |count_of: usize| count(Some(count_of as f64));
    let years = if scenario.years.first == scenario.years.last {
        scenario.years.first.to_string()
    } else {
        format!("{} to {}", scenario.years.first, scenario.years.last)
    };
    let with = most_cases.map_or_else(String::new, |cases| {
        format!(", with up to {} cases a year", count(Some(cases.round())))
    });
    let places = if tried == 1 { "municipality" } else { "municipalities" };
    match gained.most {
        Some((who, Change { programme: at, year, by, in_all, .. })) => {
            let of_due = if by.due == by.paid {
                String::new()
            } else {
                let than = if by.due < 0 { "less" } else { "more" };
                format!(" ({} {than} is due)", amount(scenario, by.due.abs() as f64))
            };
            format!(
                "\"{under}\": {} of {} {places} gain; in {year} {} receives {} more{of_due} of \"{}\" by {how}; over all years {} more",
                number(gained.gaining),
                number(tried),
                municipality(scenario, who),
                amount(scenario, by.paid as f64),
                programme(scenario, at),
                amount(scenario, in_all as f64)
            )
        }
        None if gained.moved > 0 => format!(
            "\"{under}\": {reported}: none of {} {places} gains over all years; awards of {} move ({years})",
            number(tried),
            number(gained.moved)
        ),
        None => format!(
            "\"{under}\": not sensitive: {reported} moves no award (tried in {} {places}{with}, {years})",
            number(tried)
        ),
    }
}
