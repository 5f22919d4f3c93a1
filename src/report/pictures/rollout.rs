//! Points open: as planned, as simulated, as seen.

use super::texts::{heading, quantiles};
use super::{DataTable, PictureFile, Run};
use crate::analysis::Headline;
use crate::analysis::shown::{opened_before, planned_steps};
use crate::chart::rollout::Observed;
use crate::chart::{Quantiles, Rollout};
use crate::model::MONTHS;
use crate::model::{ObservedAt, Quantity};
use crate::report::wording::{count, median_and_range, range_of};
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
fn picture(run: &Run<'_>, headline: &Headline, policy: Option<usize>) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let last = headline.points_open.last()?;
    let (name, stem) = match policy {
        Some(policy) => (&*headline.policy, format!("rollout-{}", run.names.policies.get(policy)?)),
        None => ("every policy", "rollout".to_owned()),
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
            date: format!("1 {} {}", MONTHS.get(month.month() as usize - 1)?, month.year()),
            value: seen.value,
        }),
        _ => None,
    });
    let median = count(last.simulated.p50);
    let title = format!(
        "End of {}: {} points planned, {median} open in the median draw",
        last.year, last.planned
    );
    let subtitle =
        "Service points open: planned, and drawn for the ends of the years and the days of a count";
    let policy_name = if policy.is_some() { name } else { "the same under every policy" };
    let chart = Rollout {
        heading: heading(run, &title, subtitle, policy_name, "", ""),
        counted: "points".to_owned(),
        planned: planned_steps(scenario)
            .iter()
            .map(|step| (time(step.year, step.month), step.points as f64))
            .collect(),
        simulated,
        observed: observed.collect(),
    };
    let mut alt = format!("Points open under {name}.");
    for row in &headline.points_open {
        let (median, range) = median_and_range(&row.simulated, count);
        let range = if range.is_empty() { range } else { format!(" (80 % of draws: {range})") };
        let _ =
            write!(alt, " End of {}: {} planned, median {median}{range}.", row.year, row.planned);
    }
    for seen in &chart.observed {
        let _ = write!(alt, " Seen on {}: {}.", seen.date, count(Some(seen.value)));
    }
    let planned = |year: i32| {
        headline.points_open.iter().find(|row| row.year == year).map(|row| row.planned as f64)
    };
    let data = ends.iter().map(|row| {
        let range = range_of(&row.summary);
        let figures = [planned(row.year), range.p50, range.p05, range.p10, range.p90, range.p95];
        std::iter::once(row.year.to_string()).chain(figures.map(count)).collect()
    });
    let columns = ["End of", "Planned", "Median", "5th percentile", "10th", "90th", "95th"];
    let data = DataTable::new(&columns, data.collect());
    Some(PictureFile::new(&chart, &stem, policy, (&title, alt), data))
}
