//! The sheet of inputs: what was assumed of each uncertain quantity.

use super::page::Page;
use super::styles;
use crate::analysis::shown::assumed_inputs;
use crate::model::Scenario;
use rust_xlsxwriter::XlsxError;

/// Name of the sheet.
pub const SHEET: &str = "Inputs";

/// Writes the sheet.
///
/// # Errors
/// What the file format cannot hold.
pub fn write(page: &mut Page, scenario: &Scenario) -> Result<(), XlsxError> {
    page.title("Inputs")?;
    page.note(1, "The uncertain quantities: 5, 50 and 95 % of each distribution lie below these values. They are shown, not read: the central case holds what followed from their medians.")?;
    let headers = [
        "input",
        "unit",
        "5 %",
        "50 %",
        "95 %",
        "distribution",
        "as written",
        "drawn for",
        "in time",
        "source",
    ]
    .map(str::to_owned);
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
        let distribution = input.distribution.as_deref().unwrap_or("computed");
        page.text(row, 5, distribution, &text)?;
        page.text(row, 6, &written.text, &wrapped)?;
        page.text(row, 7, input.extent, &text)?;
        page.text(row, 8, &input.time, &text)?;
        page.text(row, 9, &input.source, &wrapped)?;
    }
    for (column, width) in [30, 14, 13, 13, 13, 16, 46, 13, 24, 48].into_iter().enumerate() {
        page.width(column as u16, width)?;
    }
    page.freeze(4, 1)
}
