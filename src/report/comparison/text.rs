//! A comparison for people: the few big numbers first, at most 100 columns wide.

use super::title;
use crate::analysis::comparison::{Compared, FigureRow, Matched, ReceiverRow, VIEWS};
use crate::analysis::{ALL, Verdict};
use crate::report::table::{Table, amount, percent, short};
use crate::stats::QuantileMethod;
use crate::stats::interval::Z_95;
use std::fmt::Write as _;

/// The figures that are shown first, over all years where they add up.
pub const BIG: [(&str, &str); 12] = [
    ("entitlement", "due by the rates (legal)"),
    ("award", "awarded (cash)"),
    ("available", "in the pots"),
    ("shortfall", "due above the pots"),
    ("p_shortfall", "chance of that"),
    ("reserve95", "extra to suffice in 95 %"),
    ("unspent", "unspent"),
    ("eligible_cost", "eligible cost"),
    ("own_share", "own share"),
    ("coverage", "cost covered by awards"),
    ("load", "cases served"),
    ("unmet_need", "cases lost"),
];
/// Figures of the last year.
pub const AT_THE_END: [(&str, &str); 2] =
    [("open_points_at_year_end", "open points"), ("staff", "posts")];
/// What the columns are.
const EXPLAINED: &str = "\
more, less: share of the draws in which the second is greater or smaller
± 95 %: half the interval that so many draws leave of the mean difference (1.96 standard errors)\n";
/// What the reserve is where points wait for money, in few words and in full, as `run` says it.
const UNMET: (&str, &str) = (
    "unmet claims in 95 %",
    "\
unmet claims: at the network that the pots allow. Points open when they are funded: more money would
open more points, whose claims follow, and what waits claims again each year; so it is not the sum
that would suffice\n",
);
/// That quantiles are not known to the euro.
const COUNTED: &str = "\
reserves are counted in bins, and within 0.8 % of what they are; means and differences are exact\n";
/// How the three views are called.
pub const CALLED: [&str; 3] = [
    "legal: what the rates promise",
    "cash, at the pots of the first",
    "cash, each at its own pots",
];
/// So many are named on each side.
const MOST_NAMED: usize = 5;
/// So many names of what is in one alone.
const MOST_LISTED: usize = 8;
/// So many municipalities that only one of the two has.
const MOST_ALONE: usize = 20;

/// A pair; `differs` are lines that say in what the two scenarios differ, `currency` the code.
pub fn comparison_text(pair: &Compared, differs: &[String], currency: &str) -> String {
    let mut text = title(&pair.before, &pair.after);
    let years = span(&pair.years);
    let _ = writeln!(
        text,
        "{years}, {} draws, the same for both; differences are taken draw by draw",
        amount(Some(pair.draws as f64))
    );
    if let Some(words) = other_years(pair) {
        let _ = writeln!(text, "{words}");
    }
    if pair.changes_nothing {
        text.push_str("\nIt changes nothing: every figure is the same to the cent in every draw, ");
        text.push_str("and nobody receives more or less.\n");
    } else {
        figures(&mut text, pair, &years, currency);
        receivers(&mut text, pair, currency);
    }
    section(
        &mut text,
        &format!("Municipalities that only one has (awarded, {years}, {currency})"),
        &alone(pair),
    );
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

/// That the years of the two are not the same, and which are compared; nothing where they are.
pub fn other_years(pair: &Compared) -> Option<String> {
    let [first, second] = pair.spans;
    (first != second).then(|| {
        format!(
            "The years differ: the first has {}, the second {}. Compared is what both have: {}.",
            span(&first),
            span(&second),
            span(&pair.years),
        )
    })
}

/// What each municipality receives that only one of the two has, and what they receive together.
fn alone(pair: &Compared) -> Table {
    let mut table = Table::new(&["municipality", "in", "awarded"]);
    for (side, words) in [(0, "the first only"), (1, "the second only")] {
        let all = only_in(pair, side);
        for (code, name, sum) in all.iter().take(MOST_ALONE) {
            let name = format!("{code} {}", short(name));
            table.row([name, words.to_owned(), amount(*sum)]);
        }
        if all.len() > 1 {
            let sum: f64 = all.iter().filter_map(|(.., sum)| *sum).sum();
            table.row([format!("all {}", all.len()), words.to_owned(), amount(Some(sum))]);
        }
    }
    table
}

/// Municipalities that only the first (0) or the second (1) has: code, name, and the mean of what they are
/// awarded at their own pots, all years and programmes.
pub fn only_in(pair: &Compared, side: usize) -> Vec<(&str, &str, Option<f64>)> {
    let Some(of) = pair.matched.iter().find(|of| of.what == "municipalities") else {
        return Vec::new();
    };
    let codes = if side == 0 { &of.only_first } else { &of.only_second };
    let rows = overall(pair, "own").filter(|row| row.group == "municipality");
    rows.filter(|row| codes.contains(&row.code))
        .map(|row| {
            let second = row.before.zip(row.difference_mean).map(|(before, more)| before + more);
            (&*row.code, &*row.name, if side == 0 { row.before } else { second })
        })
        .collect()
}

/// What a view says of all programmes and years together.
pub fn overall<'a>(pair: &'a Compared, view: &str) -> impl Iterator<Item = &'a ReceiverRow> {
    let rows = pair.receivers.iter();
    let of = view.to_owned();
    rows.filter(move |row| row.view == of && row.programme == ALL && row.year.is_none())
}

/// The calendar years in words: `2022–2027`.
pub fn span(years: &[i32]) -> String {
    match years {
        [] => "no years".to_owned(),
        [first, .., last] if first != last => format!("{first}–{last}"),
        [one, ..] => one.to_string(),
    }
}

fn figures(text: &mut String, pair: &Compared, years: &str, currency: &str) {
    let mut table = Table::new(&["", "first", "second", "difference", "± 95 %", "more", "less"]);
    for (name, words) in BIG {
        let found = pair
            .figures
            .iter()
            .find(|row| row.figure == name && row.programme == ALL && row.year.is_none());
        if let Some(row) = found {
            let unmet = pair.waits_for_money && name == "reserve95";
            table.row(figure(row, if unmet { UNMET.0 } else { words }.to_owned()));
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
        Table::new(&["awarded", "first", "second", "difference", "± 95 %", "more", "less"]);
    for row in &pair.figures {
        if row.figure == "award" && (row.programme != ALL || row.year.is_some()) {
            let year = row.year.map_or_else(|| years.to_owned(), |year| year.to_string());
            if row.programme == ALL || row.year.is_none() {
                table.row(figure(row, format!("{}, {year}", short(&row.programme))));
            }
        }
    }
    section(text, &format!("Awards by year and programme, {currency}"), &table);
    outcomes(text, pair);
    text.push_str(EXPLAINED);
    let has_reserve = pair.figures.iter().any(|row| row.figure == "reserve95");
    if has_reserve && pair.waits_for_money {
        text.push_str(UNMET.1);
    }
    if has_reserve && pair.quantiles == QuantileMethod::Histogram.name() {
        text.push_str(COUNTED);
    }
}

/// What the national outcomes come to in the last year.
fn outcomes(text: &mut String, pair: &Compared) {
    let mut table =
        Table::new(&["outcome", "first", "second", "difference", "± 95 %", "more", "less"]);
    let last = pair.years.last().copied();
    for row in pair.outcomes.iter().filter(|row| row.year == last) {
        let unit = if row.unit.is_empty() { String::new() } else { format!(", {}", row.unit) };
        table.row([
            format!("{}{unit}", short(&row.figure.replace('_', " "))),
            plain(row.before),
            plain(row.after),
            with_sign(row.difference.mean, |size| plain(Some(size))),
            half_width(row.difference.mcse).map_or_else(String::new, |half| plain(Some(half))),
            row.p_more.map_or_else(String::new, |share| percent(Some(share))),
            row.p_less.map_or_else(String::new, |share| percent(Some(share))),
        ]);
    }
    if let Some(last) = last {
        section(text, &format!("Outcomes of the nation, {last} (means)"), &table);
    }
}

/// A figure of any size with three or four digits that mean something.
pub fn plain(value: Option<f64>) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else { return "–".to_owned() };
    let decimals = match value.abs() {
        size if size >= 100.0 || size == 0.0 => return amount(Some(value)),
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 4,
    };
    format!("{:.decimals$}", crate::units::round_half_up(value, decimals as i32))
}

/// A number with its sign before it, as `form` writes its size.
pub fn with_sign(value: Option<f64>, form: impl Fn(f64) -> String) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else { return "–".to_owned() };
    let size = form(value.abs());
    if value > 0.0 {
        format!("+{size}")
    } else if value < 0.0 {
        format!("−{size}")
    } else {
        size
    }
}

/// Half of the 95 % interval that so many draws leave.
pub fn half_width(mcse: Option<f64>) -> Option<f64> {
    mcse.map(|error| Z_95 * error)
}

fn figure(row: &FigureRow, name: String) -> Vec<String> {
    let is_share = row.unit == "share";
    let form = |value: Option<f64>| if is_share { percent(value) } else { amount(value) };
    let size = |size: f64| {
        if is_share { format!("{} points", amount(Some(size * 100.0))) } else { amount(Some(size)) }
    };
    let error = half_width(row.difference.mcse);
    let error = error.map(|error| if is_share { error * 100.0 } else { error });
    vec![
        name,
        form(row.before),
        form(row.after),
        with_sign(row.difference.mean, size),
        error.map_or_else(String::new, |error| amount(Some(error))),
        row.p_more.map_or_else(String::new, |share| percent(Some(share))),
        row.p_less.map_or_else(String::new, |share| percent(Some(share))),
    ]
}

fn receivers(text: &mut String, pair: &Compared, currency: &str) {
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
        let of: Vec<&ReceiverRow> =
            overall(pair, view).filter(|row| row.group == "municipality").collect();
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
    let mut table = Table::new(&["group", "of", "first", "difference", "± 95 %", "verdict"]);
    for row in overall(pair, view) {
        if row.group != "municipality" {
            let name = format!("{} {}", row.group, short(&row.code));
            let name = if row.group == "nation" { row.group.clone() } else { name };
            table.row(receiver(row, name));
        }
    }
    section(text, &format!("By group, {words}"), &table);
    let mut ranked: Vec<&ReceiverRow> = overall(pair, view)
        .filter(|row| row.group == "municipality")
        .filter(|row| row.difference_mean.is_some_and(|mean| mean != 0.0))
        .collect();
    let mean = |row: &ReceiverRow| row.difference_mean.unwrap_or(0.0);
    ranked.sort_by(|a, b| mean(b).total_cmp(&mean(a)).then(a.code.cmp(&b.code)));
    let mut table = Table::new(&["municipality", "of", "first", "difference", "± 95 %", "verdict"]);
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
    vec![
        name,
        row.municipalities.to_string(),
        amount(row.before),
        with_sign(row.difference_mean, |size| amount(Some(size))),
        amount(half_width(row.difference_mcse)),
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
