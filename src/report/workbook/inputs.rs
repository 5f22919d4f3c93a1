//! The sheet of inputs: what was assumed of each uncertain quantity.

use super::page::Page;
use super::styles;
use crate::analysis::shown::assumed_inputs;
use crate::expression::Extent;
use crate::language::Message;
use crate::model::{Scenario, Time};
use rust_xlsxwriter::XlsxError;

/// Writes the sheet.
///
/// # Errors
/// What the file format cannot hold.
pub fn write(page: &mut Page, scenario: &Scenario) -> Result<(), XlsxError> {
    let language = page.language();
    page.title(&language.say("workbook-sheet-inputs"))?;
    page.note(1, &language.say("workbook-inputs-says"))?;
    let headers = [
        language.say("workbook-column-input"),
        language.say("workbook-column-unit"),
        language.say("workbook-column-5"),
        language.say("workbook-column-50"),
        language.say("workbook-column-95"),
        language.say("workbook-column-distribution"),
        language.say("workbook-column-written"),
        language.say("workbook-column-drawn-for"),
        language.say("workbook-column-in-time"),
        language.say("workbook-column-source"),
    ];
    let computed = language.say("workbook-computed");
    let inputs = assumed_inputs(scenario);
    page.table(3, "inputs", &headers, inputs.len())?;
    let (plain, text) = (styles::live(styles::PLAIN), styles::live("@"));
    let wrapped = styles::wrapped();
    for (row, (input, written)) in (4..).zip(inputs.iter().zip(&scenario.inputs)) {
        page.text(row, 0, &input.name, &text)?;
        page.text(row, 1, &input.unit, &text)?;
        for (column, value) in (2..).zip(input.quantiles.iter().flatten()) {
            page.number(row, column, *value, &plain)?;
        }
        let distribution = input.distribution.as_deref().unwrap_or(&computed);
        page.text(row, 5, distribution, &text)?;
        page.text(row, 6, &written.text, &wrapped)?;
        page.text(row, 7, &extent(written.extent).in_language(language), &text)?;
        page.text(row, 8, &time(&written.time).in_language(language), &text)?;
        page.text(row, 9, &input.source, &wrapped)?;
    }
    for (column, width) in [30, 14, 13, 13, 13, 16, 46, 13, 24, 48].into_iter().enumerate() {
        page.width(column as u16, width)?;
    }
    page.freeze(4, 1)
}

fn extent(extent: Extent) -> Message {
    match extent {
        Extent::Nation => Message::new("workbook-drawn-nation"),
        Extent::Municipality => Message::new("workbook-drawn-municipality"),
        Extent::Point => Message::new("workbook-drawn-point"),
    }
}

fn time(time: &Time) -> Message {
    match time {
        Time::Once => Message::new("workbook-time-once"),
        Time::Yearly { persistence: 0.0 } => Message::new("workbook-time-yearly"),
        Time::Yearly { persistence } => {
            Message::new("workbook-time-persistent").number("persistence", *persistence, 2)
        }
        Time::RandomWalk { start } => Message::new("workbook-time-walk").number("start", *start, 2),
    }
}
