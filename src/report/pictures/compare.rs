//! Policies side by side.

use super::texts::heading;
use super::{DataTable, PictureFile, Run};
use crate::analysis::{Headline, Range, VerdictCounts, YearRange};
use crate::chart::compare::{Dot, Measure};
use crate::chart::{Compare, Unit};
use crate::report::wording::{count, percent, span, sum};
use std::fmt::Write;

/// How a figure of a measure is written.
type Form = fn(Option<f64>) -> String;

/// The measures of the minister's page; none with fewer than two policies.
pub fn picture(run: &Run<'_>, headlines: &[Headline]) -> Option<PictureFile> {
    if headlines.len() < 2 {
        return None;
    }
    let about = &run.findings.about;
    let (first, last) = about.years;
    let measures = measures(headlines, &about.currency, (first, last));
    if measures.is_empty() {
        return None;
    }
    let title = "What each policy costs, covers and reaches";
    let subtitle = "Median (dot) and 5th–95th percentile (bar) of the same draws";
    let note = "Each policy at its own pots, except where the same pot is named.";
    let policies: Vec<String> = headlines.iter().map(|headline| headline.policy.clone()).collect();
    let chart = Compare {
        heading: heading(run, title, subtitle, "", "", note),
        baseline: headlines.iter().position(|headline| headline.is_baseline),
        measures: measures.iter().map(|(measure, _)| measure.clone()).collect(),
        policies,
    };
    let mut alt = "Policies side by side.".to_owned();
    let mut rows = Vec::new();
    for (index, headline) in headlines.iter().enumerate() {
        let mut row = vec![headline.policy.clone()];
        let mut texts = Vec::new();
        for (measure, form) in &measures {
            let text =
                measure.values[index].map_or_else(|| "none".to_owned(), |dot| written(dot, *form));
            texts.push(format!("{}: {text}", measure.name));
            row.push(text);
        }
        let _ = write!(alt, " {} – {}.", headline.policy, texts.join("; "));
        rows.push(row);
    }
    let names = measures.iter().map(|(measure, _)| match &measure.unit {
        Unit::Money(currency) => format!("{}, {currency}", measure.name),
        _ => measure.name.clone(),
    });
    let columns = std::iter::once("Policy".to_owned()).chain(names).collect();
    Some(PictureFile::new(
        &chart,
        "compare-policies",
        None,
        (title, alt),
        DataTable { columns, rows },
    ))
}

fn written(dot: Dot, form: Form) -> String {
    let middle = form(Some(dot.value));
    let range = span(&form(Some(dot.low)), &form(Some(dot.high)));
    if range == middle { middle } else { format!("{middle} ({range})") }
}

fn measures(
    headlines: &[Headline],
    currency: &str,
    (first, last): (i32, i32),
) -> Vec<(Measure, Form)> {
    let of = |name: String,
              unit: Unit,
              better: Option<bool>,
              form: Form,
              value: &dyn Fn(&Headline) -> Option<Dot>| {
        let values: Vec<Option<Dot>> = headlines.iter().map(value).collect();
        let some = values.iter().any(Option::is_some);
        some.then_some((Measure { name, unit, more_is_better: better, values }, form))
    };
    let hundredths: Form = |value| percent(value.map(|value| value / 100.0));
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let more = |headline: &Headline| headline.same_pot.as_ref().map(VerdictCounts::clearly_more);
    let less = |headline: &Headline| headline.same_pot.as_ref().map(VerdictCounts::clearly_less);
    let all = [
        of(
            format!("Awards {years} to municipalities"),
            Unit::Money(currency.to_owned()),
            None,
            sum,
            &|headline| {
                if headline.award.is_empty() { None } else { dot(&headline.award_total, 1.0) }
            },
        ),
        of(
            format!("Award over eligible cost, {last}"),
            Unit::Percent,
            None,
            hundredths,
            &|headline| at_end(&headline.coverage, 100.0),
        ),
        of(
            "Chance that a pot is short in some year".to_owned(),
            Unit::Percent,
            Some(false),
            hundredths,
            &|headline| headline.p_shortfall.map(|share| fixed(100.0 * share)),
        ),
        of(
            "Clearly more at the same pot".to_owned(),
            Unit::Count("municipalities".to_owned()),
            None,
            count,
            &|headline| more(headline).map(|number| fixed(number as f64)),
        ),
        of(
            "Clearly less at the same pot".to_owned(),
            Unit::Count("municipalities".to_owned()),
            None,
            count,
            &|headline| less(headline).map(|number| fixed(number as f64)),
        ),
        of(
            format!("Inhabitants within 10 km, {last}"),
            Unit::Percent,
            Some(true),
            hundredths,
            &|headline| at_end(&headline.access_within_10_km, 100.0),
        ),
        of(
            format!("Points open, end of {last}"),
            Unit::Count(String::new()),
            None,
            count,
            &|headline| headline.points_open.last().and_then(|row| dot(&row.simulated, 1.0)),
        ),
    ];
    all.into_iter().flatten().collect()
}

fn dot(range: &Range, scale: f64) -> Option<Dot> {
    Some(Dot { value: range.p50? * scale, low: range.p05? * scale, high: range.p95? * scale })
}

fn fixed(value: f64) -> Dot {
    Dot { value, low: value, high: value }
}

fn at_end(years: &[YearRange], scale: f64) -> Option<Dot> {
    years.last().and_then(|year| dot(&year.range, scale))
}
