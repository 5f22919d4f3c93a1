//! A change taken apart, of awards and of what is due.

use super::comparison::short;
use super::{DataTable, PictureFile};
use crate::analysis::ALL;
use crate::analysis::comparison::{Bridge, BridgeRow};
use crate::chart::{self, BridgeStep, Caption, Heading};
use crate::report::comparison::span;
use crate::report::wording::number;

/// One picture for awards and one for what is due: the nation, all years and programmes.
pub fn of_bridge(bridge: &Bridge, currency: &str) -> Vec<PictureFile> {
    let measures = [
        ("award", "What the awards of the nation change by"),
        ("entitlement", "What is due by the rates changes by"),
    ];
    measures.into_iter().filter_map(|measure| picture(bridge, measure, currency)).collect()
}

/// The nation's rows of a measure: start, steps, end.
pub fn national<'a>(bridge: &'a Bridge, measure: &str) -> Vec<&'a BridgeRow> {
    let rows = bridge.rows.iter().filter(|row| {
        let is_all = row.programme == ALL && row.year.is_none() && row.municipality.is_none();
        row.measure == measure && is_all
    });
    rows.collect()
}

fn picture(bridge: &Bridge, (measure, words): (&str, &str), currency: &str) -> Option<PictureFile> {
    let rows = national(bridge, measure);
    let [start, steps @ .., end] = &rows[..] else { return None };
    let (before, after) = short(&bridge.before, &bridge.after);
    let still = steps.iter().all(|row| row.amount == 0.0 && row.amount_reverse == 0.0);
    let title = match (measure, still) {
        ("award", true) => "Nothing changes what is awarded".to_owned(),
        (_, true) => "Nothing changes what is due by the rates".to_owned(),
        _ => words.to_owned(),
    };
    let subtitle = format!(
        "All programmes, {}; means over the draws, which add up to the cent",
        span(&bridge.years)
    );
    let notes = [&bridge.notes[..], &bridge.together[..]].concat();
    let chart = chart::Bridge {
        heading: Heading {
            title: title.clone(),
            subtitle,
            caption: Caption {
                draws: Some(bridge.draws),
                source: source(&bridge.before.scenario, &bridge.after.scenario),
                note: notes.join(" "),
                ..Caption::default()
            },
        },
        currency: currency.to_owned(),
        start: (before.clone(), start.amount),
        steps: steps
            .iter()
            .map(|row| BridgeStep {
                name: row.step.replace('+', " + "),
                amount: row.amount,
                reverse: row.amount_reverse,
            })
            .collect(),
        end: (after.clone(), end.amount),
    };
    let told: Vec<String> =
        steps.iter().map(|row| format!("{} {}", row.step, number(row.amount, 2))).collect();
    let alt = format!(
        "{title}, {currency}: from {before}, {}, to {after}, {}. {}.",
        number(start.amount, 2),
        number(end.amount, 2),
        told.join("; ")
    );
    let cells = |row: &&BridgeRow| {
        let amounts = [row.amount, row.amount_reverse, row.amount_of_both];
        let name = match row.step.as_str() {
            "start" => before.clone(),
            "end" => after.clone(),
            step => step.replace('+', " + "),
        };
        std::iter::once(name).chain(amounts.map(|amount| number(amount, 2))).collect()
    };
    let columns = ["Step", "In this order", "In reverse order", "Mean of both"];
    let data = DataTable::new(&columns, rows.iter().map(cells).collect());
    Some(PictureFile::new(&chart, &format!("bridge-{measure}"), None, (&title, alt), data))
}

/// Where the figures of two scenarios come from.
pub fn source(before: &str, after: &str) -> String {
    if before == after {
        format!("simulation of {before} under its assumptions")
    } else {
        format!("simulation of {before} and {after} under their assumptions")
    }
}
