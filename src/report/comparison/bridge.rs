//! A bridge as a table and as `bridge.csv`.

use super::text::half_width;
use super::title;
use crate::analysis::ALL;
use crate::analysis::comparison::{Bridge, BridgeRow};
use crate::report::table::Table;
use crate::report::{csv_cell, money};
use std::fmt::Write as _;

const HEADER: &str = "before_scenario,before_policy,after_scenario,after_policy,measure,programme,year,municipality,\
    step,amount,amount_reverse,amount_of_both,mean,mcse,mcse_reverse,p05,p10,p25,p50,p75,p90,p95";

/// Every row; `amount` and its like add up to the cent: start and steps make the end.
pub fn bridge_csv(bridge: &Bridge) -> String {
    let Bridge { before, after, .. } = bridge;
    let names = [&before.scenario, &before.policy, &after.scenario, &after.policy];
    let names = names.map(|name| csv_cell(name)).join(",");
    let mut text = format!("{HEADER}\n");
    for row in &bridge.rows {
        let summary = row.summary;
        let year = row.year.map_or_else(|| ALL.to_owned(), |year| year.to_string());
        let whom = row.municipality.as_deref().unwrap_or("nation");
        let cells = [row.measure, &row.programme, &year, whom, &row.step].map(csv_cell);
        let amounts = [Some(row.amount), Some(row.amount_reverse), Some(row.amount_of_both)];
        let [mean, _, mcse, quantiles @ ..] = summary.columns();
        let figures = amounts.into_iter().chain([mean, mcse, row.mcse_reverse]).chain(quantiles);
        let figures: Vec<String> = figures.map(money).collect();
        let _ = writeln!(text, "{names},{},{}", cells.join(","), figures.join(","));
    }
    text
}

/// The nation over all years: of each measure its steps in order, in reverse, and on average.
pub fn bridge_text(bridge: &Bridge, currency: &str) -> String {
    let mut text = title(&bridge.before, &bridge.after);
    let years = match bridge.years[..] {
        [first, .., last] => format!("{first}–{last}"),
        [one] => one.to_string(),
        [] => String::new(),
    };
    let _ = writeln!(text, "{years}, {} draws, the same at every step", bridge.draws);
    if bridge.steps.is_empty() {
        text.push_str("\nBoth say the same in every part: there is no step, and no change.\n");
        return text;
    }
    for (measure, words) in
        [("award", "Awarded (cash)"), ("entitlement", "Due by the rates (legal)")]
    {
        let mut table =
            Table::new(&["step", "in this order", "± 95 %", "in reverse", "mean of both"]);
        let of_nation = |row: &&BridgeRow| {
            row.measure == measure
                && row.programme == ALL
                && row.year.is_none()
                && row.municipality.is_none()
        };
        for row in bridge.rows.iter().filter(of_nation) {
            let is_end = matches!(row.step.as_str(), "start" | "end");
            let form = |value: f64| signed(value, !is_end);
            let error = half_width(row.summary.mcse).filter(|_| !is_end);
            table.row([
                called(&row.step, bridge),
                form(row.amount),
                error.map_or_else(String::new, |error| signed(error, false)),
                form(row.amount_reverse),
                form(row.amount_of_both),
            ]);
        }
        let _ = write!(text, "\n{words}, {currency}, all years and programmes\n{}", table.text());
    }
    text.push_str(
        "\nEach step replaces a part and settles the same draws again; start and steps make the end to the\n\
         cent, in every draw and as printed. ± 95 %: half the interval that so many draws leave of a step.\n\
         A step depends on what was replaced before it: where the two orders differ, the parts work\n\
         together, and neither order is the right one.\n",
    );
    if !bridge.same.is_empty() {
        let _ = writeln!(text, "The same in both: {}.", bridge.same.join(", "));
    }
    for note in &bridge.notes {
        text.push_str(&folded(note));
    }
    for why in &bridge.together {
        let _ = writeln!(text, "{why}");
    }
    text
}

/// A paragraph in lines of at most 100 letters.
fn folded(paragraph: &str) -> String {
    const WIDEST: usize = 100;
    let mut text = String::new();
    let mut width = 0;
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDEST {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text.push('\n');
    text
}

fn called(step: &str, bridge: &Bridge) -> String {
    match step {
        "start" => format!("start: {}", bridge.before.policy),
        "end" => format!("end: {}", bridge.after.policy),
        step => step.replace('+', " + "),
    }
}

/// Whole cents with spaces between thousands.
fn signed(value: f64, sign: bool) -> String {
    let text = money(Some(value.abs()));
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    let before = if value < 0.0 {
        "−"
    } else if sign && value > 0.0 {
        "+"
    } else {
        ""
    };
    format!("{before}{grouped}.{cents}")
}
