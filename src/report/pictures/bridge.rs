//! A change taken apart, of awards and of what is due.

use super::comparison::{of_files, short};
use super::figures::{column_heads, years};
use super::{DataTable, PictureFile};
use crate::analysis::ALL;
use crate::analysis::comparison::{Bridge, BridgeRow};
use crate::chart::{self, BridgeStep, Caption, Heading};
use crate::language::{Language, Message};
use crate::report::written::Written;

/// One picture for awards and one for what is due: the nation, all years and programmes.
pub fn of_bridge(bridge: &Bridge, currency: &str, language: Language) -> Vec<PictureFile> {
    let figures = Written(language);
    let pictures =
        ["award", "entitlement"].map(|measure| picture(bridge, measure, currency, figures));
    pictures.into_iter().flatten().collect()
}

/// What a step replaces.
fn step(name: &str, figures: Written) -> String {
    name.split('+').map(|name| part(name, figures)).collect::<Vec<String>>().join(" + ")
}

/// A part of a scenario that a step replaces.
pub fn part(name: &str, written: Written) -> String {
    written.words(&match name {
        "data" => Message::new("part-data"),
        "boundaries" => Message::new("part-boundaries"),
        "world" => Message::new("part-world"),
        "parameters" => Message::new("part-parameters"),
        "rule" => Message::new("part-rule"),
        "guarantee" => Message::new("part-guarantee"),
        "rationing" => Message::new("part-rationing"),
        "rounding" => Message::new("part-rounding"),
        "pot" => Message::new("part-pot"),
        other => return other.to_owned(),
    })
}

/// What a reader must know of the steps, in sentences; the comparison's text says more of each in English.
pub fn notes(bridge: &Bridge, figures: Written) -> Vec<String> {
    let others = (!bridge.notes.is_empty())
        .then(|| figures.words(&Message::new("picture-bridge-other-municipalities")));
    let joined = bridge.steps.iter().filter(|parts| parts.len() > 1).map(|parts| {
        let parts: Vec<String> = parts.iter().map(|name| part(name, figures)).collect();
        let message = Message::new("picture-bridge-one-step");
        figures.words(&message.name("parts", &parts.join(", ")))
    });
    others.into_iter().chain(joined).collect()
}

/// The nation's rows of a measure: start, steps, end.
pub fn national<'a>(bridge: &'a Bridge, measure: &str) -> Vec<&'a BridgeRow> {
    let rows = bridge.rows.iter().filter(|row| {
        let is_all = row.programme == ALL && row.year.is_none() && row.municipality.is_none();
        row.measure == measure && is_all
    });
    rows.collect()
}

fn picture(
    bridge: &Bridge,
    measure: &str,
    currency: &str,
    figures: Written,
) -> Option<PictureFile> {
    let rows = national(bridge, measure);
    let [start, steps @ .., end] = &rows[..] else { return None };
    let (before, after) = short(&bridge.before, &bridge.after);
    let still = steps.iter().all(|row| row.amount == 0.0 && row.amount_reverse == 0.0);
    let title = match (measure, still) {
        ("award", true) => Message::new("picture-bridge-award-same"),
        ("award", false) => Message::new("picture-bridge-award"),
        (_, true) => Message::new("picture-bridge-due-same"),
        (_, false) => Message::new("picture-bridge-due"),
    };
    let title = figures.words(&title);
    let subtitle = Message::new("picture-bridge-subtitle").words("years", span(&bridge.years));
    let subtitle = figures.words(&subtitle);
    let chart = chart::Bridge {
        heading: Heading {
            title: title.clone(),
            subtitle,
            caption: Caption {
                draws: Some(bridge.draws),
                source: figures.words(&of_files(&bridge.before, &bridge.after)),
                note: notes(bridge, figures).join(" "),
                ..Caption::default()
            },
        },
        currency: currency.to_owned(),
        start: (before.clone(), start.amount),
        steps: steps
            .iter()
            .map(|row| BridgeStep {
                name: step(&row.step, figures),
                amount: row.amount,
                reverse: row.amount_reverse,
            })
            .collect(),
        end: (after.clone(), end.amount),
    };
    let amount = |amount: f64| figures.cents(amount, currency);
    let told: Vec<String> = steps
        .iter()
        .map(|row| format!("{} {}", step(&row.step, figures), amount(row.amount)))
        .collect();
    let alt = Message::new("picture-bridge-alt")
        .name("title", &title)
        .name("before", &before)
        .name("start", &amount(start.amount))
        .name("after", &after)
        .name("end", &amount(end.amount))
        .name("steps", &told.join("; "));
    let alt = figures.words(&alt);
    let cells = |row: &&BridgeRow| {
        let amounts = [row.amount, row.amount_reverse, row.amount_of_both];
        let name = match row.step.as_str() {
            "start" => before.clone(),
            "end" => after.clone(),
            name => step(name, figures),
        };
        std::iter::once(name).chain(amounts.map(|amount| figures.number(amount, 2))).collect()
    };
    let columns = [
        Message::new("picture-column-step"),
        Message::new("picture-column-in-order"),
        Message::new("picture-column-reversed"),
        Message::new("picture-column-mean-of-both"),
    ];
    let data = DataTable::new(column_heads(figures, &columns), rows.iter().map(cells).collect());
    let stem = format!("bridge-{measure}");
    Some(PictureFile::new((&chart, figures.0), &stem, None, (&title, alt), data))
}

/// The years of a comparison.
pub fn span(all: &[i32]) -> Message {
    match all {
        [] => Message::new("picture-no-years"),
        [first, .., last] => years((*first, *last)),
        [one] => years((*one, *one)),
    }
}

/// Where the figures of two scenarios come from.
pub fn source(before: &str, after: &str) -> Message {
    if before == after {
        super::texts::source(before)
    } else {
        Message::new("picture-source-two").name("before", before).name("after", after)
    }
}
