//! A comparison for people: the few big numbers first, at most 100 columns wide.

use super::title;
use crate::analysis::comparison::{Compared, FigureRow, Matched, ReceiverRow, VIEWS};
use crate::analysis::{ALL, Verdict};
use crate::report::table::{Table, amount, percent, short};
use std::fmt::Write as _;

/// The figures that are shown first, over all years where they add up.
const BIG: [(&str, &str); 12] = [
    ("entitlement", "due by the rates (legal)"),
    ("award", "awarded (cash)"),
    ("available", "in the pots"),
    ("shortfall", "due above the pots"),
    ("p_shortfall", "chance of that"),
    ("reserve95", "enough in 95 %"),
    ("unspent", "unspent"),
    ("eligible_cost", "eligible cost"),
    ("own_share", "own share"),
    ("coverage", "cost covered by awards"),
    ("load", "cases served"),
    ("unmet_need", "cases lost"),
];
/// Figures of the last year.
const AT_THE_END: [(&str, &str); 2] =
    [("open_points_at_year_end", "open points"), ("staff", "posts")];
/// How the three views are called.
const CALLED: [&str; 3] = [
    "legal: what the rates promise",
    "cash, at the pots of the first",
    "cash, each at its own pots",
];
/// So many are named on each side.
const MOST_NAMED: usize = 5;
/// So many names of what is in one alone.
const MOST_LISTED: usize = 8;

/// A pair; `differs` are lines that say in what the two scenarios differ, `currency` the code.
pub fn comparison_text(pair: &Compared, differs: &[String], currency: &str) -> String {
    let mut text = title(&pair.before, &pair.after);
    let years = span(&pair.years);
    let _ = writeln!(
        text,
        "{years}, {} draws, the same for both; differences are taken draw by draw",
        amount(Some(pair.draws as f64))
    );
    if pair.changes_nothing {
        text.push_str("\nIt changes nothing: every figure is the same to the cent in every draw, ");
        text.push_str("and nobody receives more or less.\n");
    } else {
        figures(&mut text, pair, &years, currency);
        receivers(&mut text, pair, currency);
    }
    section(&mut text, "What belongs together by name", &matched(&pair.matched));
    text.push_str("\nWhat differs\n");
    for line in differs {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn section(text: &mut String, title: &str, table: &Table) {
    if !table.is_empty() {
        let _ = write!(text, "\n{title}\n{}", table.text());
    }
}

fn span(years: &[i32]) -> String {
    match years {
        [] => "no years".to_owned(),
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
    }
}

fn figures(text: &mut String, pair: &Compared, years: &str, currency: &str) {
    let mut table = Table::new(&["", "first", "second", "difference", "± error", "more", "less"]);
    for (name, words) in BIG {
        let found = pair
            .figures
            .iter()
            .find(|row| row.figure == name && row.programme == ALL && row.year.is_none());
        if let Some(row) = found {
            table.row(figure(row, words.to_owned()));
        }
    }
    let last = pair.years.last().copied();
    for (name, words) in AT_THE_END {
        let found = pair.figures.iter().find(|row| row.figure == name && row.year == last);
        if let (Some(row), Some(last)) = (found, last) {
            table.row(figure(row, format!("{words}, {last}")));
        }
    }
    let title = format!("The big numbers, {years} (means; sums in {currency})");
    section(text, &title, &table);
    let mut table =
        Table::new(&["awarded", "first", "second", "difference", "± error", "more", "less"]);
    for row in &pair.figures {
        if row.figure == "award" && (row.programme != ALL || row.year.is_some()) {
            let year = row.year.map_or_else(|| years.to_owned(), |year| year.to_string());
            if row.programme == ALL || row.year.is_none() {
                table.row(figure(row, format!("{}, {year}", short(&row.programme))));
            }
        }
    }
    section(text, &format!("Awards by year and programme, {currency}"), &table);
    text.push_str("more, less: share of the draws in which the second is greater or smaller\n");
}

fn figure(row: &FigureRow, name: String) -> Vec<String> {
    let is_share = row.unit == "share";
    let form = |value: Option<f64>| if is_share { percent(value) } else { amount(value) };
    let signed = |value: Option<f64>| {
        let Some(value) = value.filter(|value| value.is_finite()) else { return "–".to_owned() };
        let size = if is_share {
            format!("{} points", amount(Some(value.abs() * 100.0)))
        } else {
            amount(Some(value.abs()))
        };
        if value > 0.0 {
            format!("+{size}")
        } else if value < 0.0 {
            format!("−{size}")
        } else {
            size
        }
    };
    let error = row.difference.mcse.map(|error| if is_share { error * 100.0 } else { error });
    vec![
        name,
        form(row.before),
        form(row.after),
        signed(row.difference.mean),
        error.map_or_else(String::new, |error| amount(Some(error))),
        row.p_more.map_or_else(String::new, |share| percent(Some(share))),
        row.p_less.map_or_else(String::new, |share| percent(Some(share))),
    ]
}

fn receivers(text: &mut String, pair: &Compared, currency: &str) {
    let overall = |row: &&ReceiverRow| row.programme == ALL && row.year.is_none();
    let mut table = Table::new(&[
        "municipalities",
        "more",
        "rather more",
        "undecided",
        "rather less",
        "less",
        "unchanged",
        "one only",
    ]);
    for (view, words) in VIEWS.iter().zip(CALLED) {
        let of: Vec<&ReceiverRow> = pair
            .receivers
            .iter()
            .filter(overall)
            .filter(|row| row.view == *view && row.group == "municipality")
            .collect();
        if of.is_empty() {
            continue;
        }
        let count =
            |verdict: Verdict| of.iter().filter(|row| row.verdict == verdict).count().to_string();
        table.row(std::iter::once(words.to_owned()).chain(Verdict::ALL.map(count)));
    }
    let title = format!(
        "Who receives more or less, all years and programmes (counts from {} {currency} or {} %)",
        amount(Some(pair.threshold_eur)),
        amount(Some(pair.threshold_percent)),
    );
    section(text, &title, &table);
    if let Some(why) = &pair.no_same_pots {
        let _ = writeln!(text, "not at the pots of the first: {why}");
    }
    let view = if pair.no_same_pots.is_none() { "same" } else { "own" };
    let words = VIEWS.iter().zip(CALLED).find(|(name, _)| **name == view);
    let words = words.map_or("", |(_, words)| words);
    let mut table = Table::new(&["group", "of", "first", "difference", "± error", "verdict"]);
    for row in pair.receivers.iter().filter(overall) {
        if row.view == view && row.group != "municipality" {
            let name = format!("{} {}", row.group, short(&row.code));
            let name = if row.group == "nation" { row.group.clone() } else { name };
            table.row(receiver(row, name));
        }
    }
    section(text, &format!("By group, {words}"), &table);
    let mut ranked: Vec<&ReceiverRow> = pair
        .receivers
        .iter()
        .filter(overall)
        .filter(|row| row.view == view && row.group == "municipality")
        .filter(|row| row.difference_mean.is_some_and(|mean| mean != 0.0))
        .collect();
    let mean = |row: &ReceiverRow| row.difference_mean.unwrap_or(0.0);
    ranked.sort_by(|a, b| mean(b).total_cmp(&mean(a)).then(a.code.cmp(&b.code)));
    let mut table =
        Table::new(&["municipality", "of", "first", "difference", "± error", "verdict"]);
    let up = ranked.iter().filter(|row| mean(row) > 0.0).take(MOST_NAMED);
    let mut down: Vec<_> =
        ranked.iter().rev().filter(|row| mean(row) < 0.0).take(MOST_NAMED).collect();
    down.reverse();
    for row in up.chain(down) {
        table.row(receiver(row, format!("{} {}", row.code, short(&row.name))));
    }
    section(text, &format!("The largest changes, {words}"), &table);
}

fn receiver(row: &ReceiverRow, name: String) -> Vec<String> {
    let mean = row.difference_mean;
    let sign = match mean {
        Some(mean) if mean > 0.0 => "+",
        Some(mean) if mean < 0.0 => "−",
        _ => "",
    };
    vec![
        name,
        row.municipalities.to_string(),
        amount(row.before),
        format!("{sign}{}", amount(mean.map(f64::abs))),
        amount(row.difference_mcse),
        row.verdict.text().to_owned(),
    ]
}

fn matched(all: &[Matched]) -> Table {
    let mut table = Table::new(&["", "in both", "first only", "second only", "names"]);
    for of in all {
        let named: Vec<&str> = of
            .only_first
            .iter()
            .chain(&of.only_second)
            .take(MOST_LISTED)
            .map(String::as_str)
            .collect();
        let more = of.only_first.len() + of.only_second.len() - named.len();
        let mut names = named.join(", ");
        if more > 0 {
            let _ = write!(names, " and {more} more");
        }
        if !of.of_another_kind.is_empty() {
            let _ = write!(names, " drawn otherwise: {}", of.of_another_kind.join(", "));
        }
        table.row([
            of.what.to_owned(),
            of.in_both.to_string(),
            of.only_first.len().to_string(),
            of.only_second.len().to_string(),
            names,
        ]);
    }
    table
}
