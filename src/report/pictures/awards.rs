//! What municipalities are granted, and how much of their cost that is.

use super::texts::heading;
use super::{DataTable, PictureFile, Run, map};
use crate::analysis::shown::{RARELY, mean_open_points};
use crate::analysis::{ALL, Summary};
use crate::chart::{Centre, Coverage, Interval, RankedBars, Unit};
use crate::report::wording::{percent, sum};

/// Ranked awards, coverage of cost and the map of the last year.
pub fn pictures(run: &Run<'_>, policy: usize) -> Vec<PictureFile> {
    let Some(name) = run.prepared.scenario.policies.get(policy).map(|policy| &policy.name) else {
        return Vec::new();
    };
    [ranked(run, policy, name), coverage(run, policy, name), map::picture(run, policy, name)]
        .into_iter()
        .flatten()
        .collect()
}

/// A municipality with its figure.
struct Row<'a> {
    name: &'a str,
    summary: &'a Summary,
}

fn interval(row: &Row<'_>, scale: f64) -> Option<Interval> {
    Some(Interval {
        name: row.name.to_owned(),
        value: row.summary.p50? * scale,
        low: row.summary.p05? * scale,
        high: row.summary.p95? * scale,
    })
}

/// The rows with figures, the highest median first, then by name.
fn sorted(mut rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    rows.retain(|row| row.summary.p50.is_some());
    let median = |row: &Row<'_>| row.summary.p50.unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| median(b).total_cmp(&median(a)).then_with(|| a.name.cmp(b.name)));
    rows
}

/// The ends of a ranking in words, and its figures.
fn account(rows: &[Row<'_>], form: impl Fn(Option<f64>) -> String) -> (String, Vec<Vec<String>>) {
    let named = |row: &Row<'_>| format!("{} {}", row.name, form(row.summary.p50));
    let ends = match rows {
        [] => "No municipality has a figure.".to_owned(),
        [only] => format!("Only {}.", named(only)),
        [first, .., last] => format!("From {} down to {} (medians).", named(first), named(last)),
    };
    let cells = |row: &Row<'_>| {
        let figures = [row.summary.p50, row.summary.p05, row.summary.p95];
        std::iter::once(row.name.to_owned()).chain(figures.map(&form)).collect()
    };
    (ends, rows.iter().map(cells).collect())
}

fn ranked(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let about = &run.findings.about;
    let (_, year) = run.last_year()?;
    let rows = run.findings.awards.iter().filter(|row| {
        row.policy == name && row.programme == ALL && row.year == year && row.measure == "award"
    });
    let rows = sorted(rows.map(|row| Row { name: &row.name, summary: &row.summary }).collect());
    if rows.is_empty() {
        return None;
    }
    let title = format!("Awards of {year} by municipality");
    let subtitle = "All programmes; median and 5th–95th percentile of the draws";
    let chart = RankedBars {
        heading: heading(run, &title, subtitle, name, "the policy's own", ""),
        unit: Unit::Money(about.currency.clone()),
        centre: Centre::Median,
        in_order: false,
        rows: rows.iter().filter_map(|row| interval(row, 1.0)).collect(),
    };
    let (ends, data) = account(&rows, sum);
    let alt = format!("{title}, {}, policy {name}. {ends}", about.currency);
    let data =
        DataTable::new(&["Municipality", "Median", "5th percentile", "95th percentile"], data);
    let stem = format!("ranked-awards-{}", run.names.policies.get(policy)?);
    Some(PictureFile::new(&chart, &stem, Some(policy), (&title, alt), data))
}

fn coverage(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let table = &run.prepared.scenario.municipalities.table;
    let (index, year) = run.last_year()?;
    let open = mean_open_points(run.prepared.scenario, run.tally, policy, index);
    let has_points = run.findings.about.points > 0;
    let mut rare = 0;
    let rows = run.findings.outcomes.iter().filter_map(|row| {
        let is_it = row.policy == name && row.outcome == "coverage" && row.year == year;
        let code = row.scope.strip_prefix("municipality:").filter(|_| is_it)?;
        let place = table.row(code)?;
        if has_points && open.get(place).is_some_and(|open| *open < RARELY) {
            rare += usize::from(row.summary.p50.is_some());
            return None;
        }
        Some(Row { name: table.names.get(place)?, summary: &row.summary })
    });
    let rows = sorted(rows.collect());
    let who = if rare == 1 { "municipality is" } else { "municipalities are" };
    let left_out = match rare {
        0 => String::new(),
        _ => format!(" {rare} {who} left out: points open less than 5 % of the time on average."),
    };
    if rows.is_empty() {
        return None;
    }
    let title = format!("How much of its eligible cost each municipality is granted in {year}");
    let subtitle =
        "Awards of all programmes over eligible cost; median and 5th–95th percentile of the draws";
    let note = format!(
        "Draws without cost have no share. What is not granted is the municipality's own share.{left_out}"
    );
    let chart = Coverage {
        heading: heading(run, &title, subtitle, name, "the policy's own", &note),
        centre: Centre::Median,
        rows: rows.iter().filter_map(|row| interval(row, 100.0)).collect(),
    };
    let (ends, data) = account(&rows, percent);
    let alt = format!("{title}, policy {name}. {ends}{left_out}");
    let data =
        DataTable::new(&["Municipality", "Median", "5th percentile", "95th percentile"], data);
    let stem = format!("coverage-{}", run.names.policies.get(policy)?);
    Some(PictureFile::new(&chart, &stem, Some(policy), (&title, alt), data))
}
