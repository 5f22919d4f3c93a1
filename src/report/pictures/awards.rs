//! What municipalities are granted, and how much of their cost that is.

use super::figures::{column_heads, percentile};
use super::texts::{heading, own_pot};
use super::{DataTable, PictureFile, Run, map};
use crate::analysis::shown::{RARELY, mean_open_points};
use crate::analysis::{ALL, Summary};
use crate::chart::{Centre, Coverage, Interval, RankedBars, Unit};
use crate::language::Message;

/// Ranked awards, coverage of cost and the map of the last year.
pub fn pictures(run: &Run<'_>, policy: usize) -> Vec<PictureFile> {
    let Some(name) = run.prepared.scenario.policies.get(policy).map(|policy| &policy.name) else {
        return Vec::new();
    };
    [ranked(run, policy, name), coverage(run, policy, name), map::per_point(run, policy)]
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
fn account(
    run: &Run<'_>,
    rows: &[Row<'_>],
    form: impl Fn(Option<f64>) -> String,
) -> (String, DataTable) {
    let named = |row: &Row<'_>| format!("{} {}", row.name, form(row.summary.p50));
    let ends = match rows {
        [] => Message::new("picture-ranking-none"),
        [only] => Message::new("picture-ranking-one").name("only", &named(only)),
        [first, .., last] => {
            Message::new("picture-ranking").name("first", &named(first)).name("last", &named(last))
        }
    };
    let cells = |row: &Row<'_>| {
        let figures = [row.summary.p50, row.summary.p05, row.summary.p95];
        std::iter::once(row.name.to_owned()).chain(figures.map(&form)).collect()
    };
    let heads = [
        Message::new("picture-column-municipality"),
        Message::new("picture-column-median"),
        percentile(5),
        percentile(95),
    ];
    let data = DataTable::new(column_heads(run.figures, &heads), rows.iter().map(cells).collect());
    (run.say(ends), data)
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
    let title = run.say(Message::new("picture-awards-title").year("year", year));
    let subtitle = run.say(Message::new("picture-awards-subtitle"));
    let chart = RankedBars {
        heading: heading(run, &title, &subtitle, name, &own_pot(run), ""),
        unit: Unit::Money(about.currency.clone()),
        centre: Centre::Median,
        in_order: false,
        rows: rows.iter().filter_map(|row| interval(row, 1.0)).collect(),
    };
    let figures = run.figures;
    let (ends, data) = account(run, &rows, |value| figures.sum(value));
    let alt = Message::new("picture-alt-unit").name("title", &title).name("policy", name);
    let alt = format!("{} {ends}", run.say(alt.name("unit", &figures.currency(&about.currency))));
    let stem = format!("ranked-awards-{}", run.names.policies.get(policy)?);
    Some(run.picture(&chart, &stem, Some(policy), (&title, alt), data))
}

fn coverage(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let table = &run.prepared.scenario.municipalities.table;
    let (index, year) = run.last_year()?;
    let open = mean_open_points(run.prepared.scenario, run.tally, policy, index);
    let has_points = run.findings.about.points > 0;
    let mut rare: u32 = 0;
    let rows = run.findings.outcomes.iter().filter_map(|row| {
        let is_it = row.policy == name && row.outcome == "coverage" && row.year == year;
        let code = row.scope.strip_prefix("municipality:").filter(|_| is_it)?;
        let place = table.row(code)?;
        if has_points && open.get(place).is_some_and(|open| *open < RARELY) {
            rare += u32::from(row.summary.p50.is_some());
            return None;
        }
        Some(Row { name: table.names.get(place)?, summary: &row.summary })
    });
    let rows = sorted(rows.collect());
    let left_out = if rare == 0 {
        String::new()
    } else {
        let message = Message::new("picture-coverage-left-out");
        format!(" {}", run.say(message.count("count", f64::from(rare))))
    };
    if rows.is_empty() {
        return None;
    }
    let title = run.say(Message::new("picture-coverage-title").year("year", year));
    let subtitle = run.say(Message::new("picture-coverage-subtitle"));
    let note = run.say(Message::new("picture-coverage-note")) + &left_out;
    let chart = Coverage {
        heading: heading(run, &title, &subtitle, name, &own_pot(run), &note),
        centre: Centre::Median,
        rows: rows.iter().filter_map(|row| interval(row, 100.0)).collect(),
    };
    let figures = run.figures;
    let (ends, data) = account(run, &rows, |share| figures.percent(share));
    let alt = run.say(Message::new("picture-alt").name("title", &title).name("policy", name));
    let alt = format!("{alt} {ends}{left_out}");
    let stem = format!("coverage-{}", run.names.policies.get(policy)?);
    Some(run.picture(&chart, &stem, Some(policy), (&title, alt), data))
}
