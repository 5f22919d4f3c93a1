//! What a unit of change costs: text, CSV, JSON and a picture of each policy.

use super::pictures::slugs;
use super::table::Table;
use super::written::Written;
use super::{csv_cell, grouped, money, wording};
use crate::analysis::{ALL, MEASURES_OF_CHANGE, UnitChangeRow, UnitChanges};
use crate::chart::{Caption, Chart, Heading, Tornado, TornadoGroup, TornadoRow};
use crate::language::{Language, Message};
use std::fmt::Write as _;

/// Where half of a 95 % interval lies, in standard errors.
const HALF: f64 = 1.96;

/// Which of the measures are what is due and what is granted.
const DUE: usize = 1;
const GRANTED: usize = 2;

/// Sums over programmes and years, policy by policy.
#[must_use]
pub fn text(found: &UnitChanges, currency: &str) -> String {
    let mut text = String::new();
    for policy in policies(found) {
        let rows = || found.rows.iter().filter(move |row| row.policy == policy);
        let _ =
            writeln!(text, "{policy}: {currency} more or less, all programmes and years together");
        let mut table = Table::new(&["change", "by", "eligible cost", "due", "granted", "short"]);
        let of_all = |row: &&UnitChangeRow| row.year.is_none() && row.programme == ALL;
        for row in rows().filter(of_all).filter(|row| moves(row)) {
            let [cost, due, granted, short] = figures(row);
            table.row([row.what.clone(), row.by.clone(), cost, due, granted, short]);
        }
        if table.is_empty() {
            text.push_str("no change moves anything\n");
        } else {
            text.push_str(&table.text());
        }
        let mut points: Vec<&UnitChangeRow> = Vec::new();
        for row in rows().filter(|row| row.what == "points" && row.year.is_some()) {
            // The last year of each programme in which there are any.
            points.retain(|known| known.programme != row.programme);
            points.push(row);
        }
        if !points.is_empty() {
            let _ = writeln!(text, "100 more points, at the average of those that ask in the year");
            let mut table = Table::new(&["programme", "year", "eligible cost", "due"]);
            for row in points {
                let [cost, due, ..] = figures(row);
                table.row([row.programme.clone(), row.year_text(), cost, due]);
            }
            text.push_str(&table.text());
        }
        text.push('\n');
    }
    if !found.without_effect.is_empty() {
        let names: Vec<&str> = found.without_effect.iter().map(|idle| idle.what.as_str()).collect();
        let _ = writeln!(text, "changes nothing under any policy: {}", names.join(", "));
    }
    let _ = writeln!(text, "{} draws, each change on the same ones", found.draws);
    text
}

/// Every row: a policy, change, programme and year.
#[must_use]
pub fn csv(found: &UnitChanges) -> String {
    let mut text = "policy,change,by,programme,year".to_owned();
    for measure in MEASURES_OF_CHANGE {
        let _ = write!(text, ",{measure}_mean,{measure}_mcse");
    }
    text.push('\n');
    for row in &found.rows {
        let [policy, what, programme] =
            [&row.policy, &row.what, &row.programme].map(|name| csv_cell(name));
        // A step begins with a sign, which is no formula of somebody's: it stands as it is.
        let by = if row.by.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", row.by.replace('"', "\"\""))
        } else {
            row.by.clone()
        };
        let _ = write!(text, "{policy},{what},{by},{programme},{}", row.year_text());
        for figure in row.figures {
            let _ = write!(text, ",{},{}", money(figure.mean), money(figure.mcse));
        }
        text.push('\n');
    }
    text
}

/// Everything, for programs.
///
/// # Errors
/// A number that JSON cannot hold.
pub fn json(found: &UnitChanges) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(found)? + "\n")
}

/// A picture of each policy: its name and SVG. Each programme's changes, all years together, the largest
/// first; what changes nothing there is left out.
#[must_use]
pub fn pictures(
    found: &UnitChanges,
    currency: &str,
    scenario: &str,
    language: Language,
) -> Vec<(String, String)> {
    let policies = policies(found);
    let stems = slugs(&policies, "policy");
    policies
        .into_iter()
        .zip(stems)
        .map(|(policy, stem)| {
            let groups = groups(found, policy, language);
            let chart = Tornado {
                heading: heading(found, policy, (currency, scenario), language),
                currency: currency.to_owned(),
                groups,
            };
            (format!("levers-{stem}.svg"), chart.draw(language).svg)
        })
        .collect()
}

fn groups(found: &UnitChanges, policy: &str, language: Language) -> Vec<TornadoGroup> {
    let rows: Vec<&UnitChangeRow> = found
        .rows
        .iter()
        .filter(|row| row.policy == policy && row.year.is_none() && row.programme != ALL)
        .collect();
    let mut programmes: Vec<&str> = Vec::new();
    for row in &rows {
        if !programmes.contains(&row.programme.as_str()) {
            programmes.push(&row.programme);
        }
    }
    let group = |programme: &str| {
        let own = rows.iter().filter(|row| row.programme == programme);
        let mut own: Vec<&&UnitChangeRow> = own.filter(|row| moves_money(row)).collect();
        let size = |row: &UnitChangeRow| {
            let of = |measure: usize| row.figures[measure].mean.map_or(0.0, f64::abs);
            of(DUE).max(of(GRANTED))
        };
        own.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.what.cmp(&b.what)));
        let bar = |row: &UnitChangeRow, measure: usize| {
            let figure = row.figures[measure];
            let half = figure.mcse.map_or(f64::NAN, |mcse| HALF * mcse);
            (figure.mean.unwrap_or(f64::NAN), half)
        };
        TornadoGroup {
            name: wording::capitalised(programme),
            rows: own
                .into_iter()
                .map(|row| {
                    let (name, by) = change(row, language);
                    TornadoRow { name, by, due: bar(row, DUE), granted: bar(row, GRANTED) }
                })
                .collect(),
        }
    };
    programmes.into_iter().map(group).collect()
}

/// What is changed and by how much; levers have the names and units of the scenario.
fn change(row: &UnitChangeRow, language: Language) -> (String, String) {
    let say = |message: Message| message.in_language(language);
    match (row.what.as_str(), row.by.as_str()) {
        ("pay", "+1 %") => (say(Message::new("picture-levers-pay")), row.by.clone()),
        ("delay", "+1 month") => (
            say(Message::new("picture-levers-delay")),
            say(Message::new("picture-levers-month").count("months", 1.0)),
        ),
        (what, by) => (what.to_owned(), by.to_owned()),
    }
}

fn heading(
    found: &UnitChanges,
    policy: &str,
    (currency, scenario): (&str, &str),
    language: Language,
) -> Heading {
    let say = |message: Message| message.in_language(language);
    Heading {
        title: say(Message::new("picture-levers-title")),
        subtitle: say(Message::new("picture-levers-subtitle")
            .name("unit", &Written(language).currency(currency))),
        caption: Caption {
            policy: policy.to_owned(),
            draws: Some(found.draws),
            source: say(Message::new("picture-source").name("scenario", scenario)),
            note: say(Message::new("picture-levers-note")),
            ..Caption::default()
        },
    }
}

/// The policies in their order.
fn policies(found: &UnitChanges) -> Vec<&str> {
    let mut policies: Vec<&str> = found.rows.iter().map(|row| row.policy.as_str()).collect();
    policies.dedup();
    policies
}

/// Whether anything differs in some draw.
fn moves(row: &UnitChangeRow) -> bool {
    row.figures
        .iter()
        .any(|figure| figure.mean != Some(0.0) || figure.mcse.is_some_and(|mcse| mcse > 0.0))
}

/// Whether what is due or granted differs in some draw.
fn moves_money(row: &UnitChangeRow) -> bool {
    let figures = [row.figures[DUE], row.figures[GRANTED]];
    figures
        .iter()
        .any(|figure| figure.mean != Some(0.0) || figure.mcse.is_some_and(|mcse| mcse > 0.0))
}

/// `1 234 ±56`: the mean, and twice its error where there is one.
fn figures(row: &UnitChangeRow) -> [String; 4] {
    row.figures.map(|figure| {
        let open = figure.mcse.map(|error| HALF * error).filter(|open| *open >= 0.5);
        let open = open.map_or_else(String::new, |open| format!(" ±{}", grouped(Some(open))));
        format!("{}{open}", grouped(figure.mean))
    })
}
