//! Policies side by side.

use super::figures::years;
use super::texts::heading;
use super::{DataTable, PictureFile, Run};
use crate::analysis::{Headline, Range, VerdictCounts, YearRange};
use crate::chart::compare::{Dot, Measure};
use crate::chart::{Compare, Unit};
use crate::language::Message;
use crate::report::written::{Written, between};
use std::fmt::Write;

/// How a figure of a measure is written.
type Form = fn(Written, Option<f64>) -> String;

/// The measures of the minister's page; none with fewer than two policies.
pub fn picture(run: &Run<'_>, headlines: &[Headline]) -> Option<PictureFile> {
    if headlines.len() < 2 {
        return None;
    }
    let about = &run.findings.about;
    let measures = measures(run, headlines, &about.currency);
    if measures.is_empty() {
        return None;
    }
    let title = run.say(Message::new("picture-compare-title"));
    let subtitle = run.say(Message::new("picture-compare-subtitle"));
    let note = run.say(Message::new("picture-compare-note"));
    let policies: Vec<String> = headlines.iter().map(|headline| headline.policy.clone()).collect();
    let chart = Compare {
        heading: heading(run, &title, &subtitle, "", "", &note),
        baseline: headlines.iter().position(|headline| headline.is_baseline),
        measures: measures.iter().map(|(measure, _)| measure.clone()).collect(),
        policies,
    };
    let mut alt = run.say(Message::new("picture-compare-alt"));
    let mut rows = Vec::new();
    for (index, headline) in headlines.iter().enumerate() {
        let mut row = vec![headline.policy.clone()];
        let mut texts = Vec::new();
        for (measure, form) in &measures {
            let text = measure.values[index].map_or_else(
                || run.say(Message::new("chart-none")),
                |dot| written(run.figures, dot, *form),
            );
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
    let first = run.say(Message::new("picture-column-policy"));
    let columns = std::iter::once(first).chain(names).collect();
    let data = DataTable { columns, rows };
    Some(run.picture(&chart, "compare-policies", None, (&title, alt), data))
}

fn written(figures: Written, dot: Dot, form: Form) -> String {
    let form = |value: f64| form(figures, Some(value));
    let (middle, range) = (form(dot.value), between(&form(dot.low), &form(dot.high)));
    if range == middle { middle } else { format!("{middle} ({range})") }
}

fn measures(run: &Run<'_>, headlines: &[Headline], currency: &str) -> Vec<(Measure, Form)> {
    let of = |name: Message,
              unit: Unit,
              better: Option<bool>,
              form: Form,
              value: &dyn Fn(&Headline) -> Option<Dot>| {
        let values: Vec<Option<Dot>> = headlines.iter().map(value).collect();
        let some = values.iter().any(Option::is_some);
        let name = run.say(name);
        some.then_some((Measure { name, unit, more_is_better: better, values }, form))
    };
    let sum: Form = |figures, value| figures.sum(value);
    let count: Form = |figures, value| figures.count(value);
    let hundredths: Form = |figures, value| figures.percent(value.map(|value| value / 100.0));
    let last = run.findings.about.years.1;
    let municipalities = || Unit::Count(run.say(Message::new("picture-unit-municipalities")));
    let more = |headline: &Headline| headline.same_pot.as_ref().map(VerdictCounts::clearly_more);
    let less = |headline: &Headline| headline.same_pot.as_ref().map(VerdictCounts::clearly_less);
    let all = [
        of(
            Message::new("picture-measure-awards").words("years", years(run.findings.about.years)),
            Unit::Money(currency.to_owned()),
            None,
            sum,
            &|headline| {
                if headline.award.is_empty() { None } else { dot(&headline.award_total, 1.0) }
            },
        ),
        of(
            Message::new("picture-measure-coverage-of").year("year", last),
            Unit::Percent,
            None,
            hundredths,
            &|headline| at_end(&headline.coverage, 100.0),
        ),
        of(
            Message::new("picture-measure-short"),
            Unit::Percent,
            Some(false),
            hundredths,
            &|headline| headline.p_shortfall.map(|share| fixed(100.0 * share)),
        ),
        of(Message::new("picture-measure-more"), municipalities(), None, count, &|headline| {
            more(headline).map(|number| fixed(number as f64))
        }),
        of(Message::new("picture-measure-less"), municipalities(), None, count, &|headline| {
            less(headline).map(|number| fixed(number as f64))
        }),
        of(
            Message::new("picture-measure-access").year("year", last),
            Unit::Percent,
            Some(true),
            hundredths,
            &|headline| at_end(&headline.access_within_10_km, 100.0),
        ),
        of(
            Message::new("picture-measure-points").year("year", last),
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
