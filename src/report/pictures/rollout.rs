//! Points open: as planned, as simulated, as seen.

use super::figures::{column_heads, median_and_range, percentile};
use super::texts::{heading, quantiles};
use super::{DataTable, PictureFile, Run};
use crate::analysis::Headline;
use crate::analysis::shown::{opened_before, planned_steps};
use crate::chart::rollout::Observed;
use crate::chart::{Quantiles, Rollout};
use crate::language::{Message, number};
use crate::model::{ObservedAt, Quantity};
use crate::report::wording::range_of;
use std::fmt::Write;

/// One picture where all policies open the same points, else one for each.
pub fn pictures(run: &Run<'_>) -> Vec<PictureFile> {
    let headlines = &run.findings.headlines;
    let same = headlines.windows(2).all(|pair| pair[0].points_open == pair[1].points_open);
    let shown = if same { 1 } else { headlines.len() };
    let numbered = headlines.iter().take(shown).enumerate();
    numbered
        .filter_map(|(policy, headline)| picture(run, headline, (!same).then_some(policy)))
        .collect()
}

/// `policy` is none where the picture holds for every policy.
#[allow(clippy::too_many_lines)] // one chart with its words and its table, a column after the other
fn picture(run: &Run<'_>, headline: &Headline, policy: Option<usize>) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let last = headline.points_open.last()?;
    let (say, figures) = (|message: Message| run.say(message), run.figures);
    let stem = match policy {
        Some(policy) => format!("rollout-{}", run.names.policies.get(policy)?),
        None => "rollout".to_owned(),
    };
    let rows = run.findings.outcomes.iter().filter(|row| {
        row.policy == headline.policy
            && row.scope == "nation"
            && row.outcome == Quantity::OpenPointsAtYearEnd.doc().name
    });
    let ends: Vec<_> = rows.collect();
    let start = opened_before(scenario) as f64;
    let time = |year: i32, month: i32| f64::from(year) + f64::from(month - 1) / 12.0;
    let known = Quantiles {
        p05: start,
        p10: start,
        p25: start,
        p50: start,
        p75: start,
        p90: start,
        p95: start,
    };
    let at_ends =
        ends.iter().filter_map(|row| Some((f64::from(row.year + 1), quantiles(&row.summary)?)));
    // Where something was observed the simulated range is known as well: between the ends of years
    // points do not open evenly.
    let at_sights = run.findings.observed.iter().filter(|row| row.policy == headline.policy);
    let at_sights = at_sights.zip(&scenario.observed).filter_map(|(row, seen)| match seen.at {
        ObservedAt::FirstOf(month) if seen.what == Quantity::OpenPoints => {
            Some((time(month.year(), month.month()), quantiles(&row.simulated)?))
        }
        _ => None,
    });
    let start = std::iter::once((f64::from(scenario.years.first), known));
    let mut simulated: Vec<(f64, Quantiles)> = start.chain(at_ends).chain(at_sights).collect();
    simulated.sort_by(|a, b| a.0.total_cmp(&b.0));
    simulated.dedup_by(|a, b| a.0 == b.0);
    let observed = scenario.observed.iter().filter_map(|seen| match seen.at {
        ObservedAt::FirstOf(month) if seen.what == Quantity::OpenPoints => Some(Observed {
            time: time(month.year(), month.month()),
            date: number::date(month.year(), month.month().unsigned_abs(), 1, figures.0),
            value: seen.value,
        }),
        _ => None,
    });
    let title = Message::new("picture-rollout-title")
        .year("year", last.year)
        .count("planned", last.planned as f64)
        .name("median", &figures.count(last.simulated.p50));
    let title = say(title);
    let subtitle = say(Message::new("picture-rollout-subtitle"));
    let policy_name = match policy {
        Some(_) => headline.policy.clone(),
        None => say(Message::new("picture-rollout-every-policy")),
    };
    let chart = Rollout {
        heading: heading(run, &title, &subtitle, &policy_name, "", ""),
        counted: say(Message::new("picture-unit-points")),
        planned: planned_steps(scenario)
            .iter()
            .map(|step| (time(step.year, step.month), step.points as f64))
            .collect(),
        simulated,
        observed: observed.collect(),
    };
    let mut alt =
        say(Message::new("picture-alt").name("title", &title).name("policy", &policy_name));
    let count = |value: Option<f64>| figures.count(value);
    for row in &headline.points_open {
        let (median, range) = median_and_range(figures, &row.simulated, count);
        let message = Message::new("picture-rollout-year")
            .year("year", row.year)
            .count("planned", row.planned as f64)
            .name("median", &median)
            .name("range", &range);
        let _ = write!(alt, " {}", say(message));
    }
    for seen in &chart.observed {
        let message = Message::new("picture-rollout-seen")
            .name("date", &seen.date)
            .name("count", &count(Some(seen.value)));
        let _ = write!(alt, " {}", say(message));
    }
    let planned = |year: i32| {
        headline.points_open.iter().find(|row| row.year == year).map(|row| row.planned as f64)
    };
    let data = ends.iter().map(|row| {
        let range = range_of(&row.summary);
        let figures = [planned(row.year), range.p50, range.p05, range.p10, range.p90, range.p95];
        std::iter::once(row.year.to_string()).chain(figures.map(count)).collect()
    });
    let columns = [
        Message::new("picture-column-end-of"),
        Message::new("picture-column-planned"),
        Message::new("picture-column-median"),
        percentile(5),
        percentile(10),
        percentile(90),
        percentile(95),
    ];
    let data = DataTable::new(column_heads(figures, &columns), data.collect());
    Some(run.picture(&chart, &stem, policy, (&title, alt), data))
}
