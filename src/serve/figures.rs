//! The figures of what is picked, side by side: as rows of words, and as a table to compute with.

use super::simulate::{Column, Shown};
use crate::analysis::{Headline, Range, VerdictCounts, YearRange};
use crate::language::number::{money, number, percent};
use crate::language::{Language, Message};
use crate::report::{csv_cell, exact, open_chance};
use serde::Serialize;

/// What stands where there is no figure.
const NONE: &str = "–";

/// One measure of all that is picked.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// A figure each, in the order of the columns.
    pub cells: Vec<Cell>,
}

/// A figure, with its range below.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// The median, or the figure where it has no range.
    pub main: String,
    /// The range, or what else belongs to it; may be empty.
    pub sub: String,
}

/// How a value is written.
type Form<'a> = &'a dyn Fn(f64) -> String;
/// How the median is written, and how the ends of its range.
type Forms<'a> = (Form<'a>, Form<'a>);

/// The measures, each where some column has it.
pub fn rows(shown: &Shown, language: Language) -> Vec<Row> {
    let Shown { columns, currency, .. } = shown;
    let sum = |value: f64| money(value, 0, currency, language);
    let share = |value: f64| percent(value, language);
    let whole = |value: f64| number(value, 0, language);
    let chance = |value: f64| match value {
        value if value > 0.0 && value < 0.01 => format!("<{}", percent(0.01, language)),
        value if value < 1.0 && value > 0.99 => format!(">{}", percent(0.99, language)),
        value => percent(value, language),
    };
    let last = |headline: &Headline| {
        let year = headline.points_open.last().map(|row| row.year);
        year.or(headline.award.last().or(headline.total_cost.last()).map(|row| row.year))
    };
    let year = columns.iter().find_map(|column| last(&column.headline)).unwrap_or(0);
    let at_end = |of: &[YearRange], forms: Forms<'_>| {
        of.last().and_then(|row| ranged(&row.range, forms, language))
    };
    // Below a sum its ends need no currency again.
    let sums: Forms<'_> = (&sum, &whole);
    let shares: Forms<'_> = (&share, &share);
    let single = |value: Option<f64>, form: Form<'_>| {
        value.map(|value| Cell { main: form(value), sub: String::new() })
    };
    let counted = |counts: Option<&VerdictCounts>, of: fn(&VerdictCounts) -> usize| {
        single(counts.map(|counts| of(counts) as f64), &whole)
    };
    let row_of = |name: Message, of: &dyn Fn(&Column) -> Option<Cell>| {
        let found: Vec<Option<Cell>> = columns.iter().map(of).collect();
        let none = || Cell { main: NONE.to_owned(), sub: String::new() };
        found.iter().any(Option::is_some).then(|| Row {
            name: name.in_language(language),
            cells: found.into_iter().map(|cell| cell.unwrap_or_else(none)).collect(),
        })
    };
    let row = |name: Message, of: &dyn Fn(&Headline) -> Option<Cell>| {
        row_of(name, &|column| of(&column.headline))
    };
    let planned = |headline: &Headline| {
        let row = headline.points_open.last()?;
        let cell = ranged(&row.simulated, (&whole, &whole), language)?;
        let planned = Message::new("serve-planned").count("planned", row.planned as f64);
        let words = planned.in_language(language);
        let sub = [cell.sub, words].into_iter().filter(|text| !text.is_empty());
        Some(Cell { main: cell.main, sub: sub.collect::<Vec<_>>().join(" · ") })
    };
    // Where points wait for money, what is unmet is not what would suffice.
    let reserve = |waits: bool, share: f64, of: fn(&Headline) -> Option<f64>| {
        let name = if waits { Message::new("serve-unmet") } else { Message::new("serve-reserve") };
        row_of(name.share("share", share), &|column| {
            single(of(&column.headline).filter(|_| column.waits_for_money == waits), &sum)
        })
    };
    let all = [
        row(Message::new("serve-points-open").year("year", year), &planned),
        row(Message::new("serve-awards"), &|of| ranged(&of.award_total, sums, language)),
        row(Message::new("serve-cost").year("year", year), &|of| at_end(&of.total_cost, sums)),
        row(Message::new("serve-coverage").year("year", year), &|of| at_end(&of.coverage, shares)),
        row(Message::new("serve-short"), &|of| {
            let cell = single(of.p_shortfall, &chance)?;
            Some(Cell { sub: open_chance(&of.p_shortfall_interval, language), ..cell })
        }),
        reserve(false, 0.9, |of| of.reserve90),
        reserve(false, 0.95, |of| of.reserve95),
        reserve(true, 0.9, |of| of.reserve90),
        reserve(true, 0.95, |of| of.reserve95),
        row(Message::new("serve-near").year("year", year), &|of| {
            at_end(&of.access_within_10_km, shares)
        }),
        row(Message::new("serve-count-more"), &|of| {
            counted(of.same_pot.as_ref(), VerdictCounts::clearly_more)
        }),
        row(Message::new("serve-count-less"), &|of| {
            counted(of.same_pot.as_ref(), VerdictCounts::clearly_less)
        }),
    ];
    all.into_iter().flatten().collect()
}

/// The median with the range of 90 % of the draws below.
fn ranged(range: &Range, (form, ends): Forms<'_>, language: Language) -> Option<Cell> {
    let main = form(range.p50?);
    let (low, high) = (ends(range.p05?), ends(range.p95?));
    let sub = if low == high {
        String::new()
    } else {
        let words = Message::new("serve-range").name("low", &low).name("high", &high);
        words.in_language(language)
    };
    Some(Cell { main, sub })
}

/// Every figure in full: one row for each pick, figure and year. What has no range has a value alone;
/// of the others that is the mean.
pub fn csv(shown: &Shown) -> String {
    let mut text = "choice,figure,year,value,p05,p10,p50,p90,p95\n".to_owned();
    for Column { label, headline, .. } in &shown.columns {
        let mut add = |figure: &str, year: Option<i32>, range: &Range| {
            let Range { mean, p05, p10, p50, p90, p95 } = *range;
            let figures =
                [mean, p05, p10, p50, p90, p95].map(|value| value.map_or_else(String::new, exact));
            let year = year.map_or_else(String::new, |year| year.to_string());
            let line = format!("{},{figure},{year},{}\n", csv_cell(label), figures.join(","));
            text.push_str(&line);
        };
        for row in &headline.points_open {
            add("points_open", Some(row.year), &row.simulated);
        }
        let by_year = [
            ("award", &headline.award),
            ("total_cost", &headline.total_cost),
            ("coverage", &headline.coverage),
            ("access_within_10_km", &headline.access_within_10_km),
        ];
        for (figure, years) in by_year {
            for row in years {
                add(figure, Some(row.year), &row.range);
            }
        }
        add("award_total", None, &headline.award_total);
        let counts = headline.same_pot.as_ref();
        let single = [
            ("p_shortfall", headline.p_shortfall),
            ("reserve90", headline.reserve90),
            ("reserve95", headline.reserve95),
            ("reserve99", headline.reserve99),
            ("clearly_more", counts.map(|counts| counts.clearly_more() as f64)),
            ("clearly_less", counts.map(|counts| counts.clearly_less() as f64)),
        ];
        for (figure, value) in single.into_iter().filter(|(_, value)| value.is_some()) {
            add(figure, None, &Range { mean: value, ..Range::default() });
        }
    }
    text
}
