//! Sheets of the central case and the sheet of pots, written down.

use super::Central;
use super::grid::{Content, Form, Group};
use super::pots::{self, PotRow};
use crate::language::{Language, Message};
use crate::model::Scenario;
use crate::report::workbook::page::Page;
use crate::report::workbook::styles;
use crate::report::written::Written;
use rust_xlsxwriter::{Format, XlsxError};

/// Rows of what stands above the figures, from 0.
const BANDS: u32 = 3;
const HEADERS: u32 = 4;
const UNITS: u32 = 5;

/// Writes the sheet of a programme.
///
/// # Errors
/// What the file format cannot hold.
pub fn print(page: &mut Page, scenario: &Scenario, central: &Central) -> Result<(), XlsxError> {
    let policy = scenario.policies.get(central.policy).map_or("", |policy| &policy.name);
    let programme =
        scenario.programmes.get(central.programme).map_or("", |programme| &programme.name);
    page.title(&format!("{programme}: {policy}"))?;
    let language = central.grid.language;
    match &central.held {
        None => page.note(1, &language.say("workbook-live-says"))?,
        Some(reason) => {
            let said = Message::new("workbook-not-live-says").words("why", reason.clone());
            page.text(1, 0, &said.in_language(language), &styles::warning())?;
        }
    }
    if let Some(notes) = list(&central.notes) {
        let said = Message::new("workbook-not-live-notes").words("notes", notes);
        page.note(2, &said.in_language(language))?;
    }
    heads(page, central)?;
    let mut grid = central.grid.clone();
    let order = grid.arrange();
    for (place, index) in order.iter().enumerate() {
        let Some(column) = grid.columns.get(*index) else { continue };
        let place = place as u16;
        let form = match column.form {
            Form::Money => styles::MONEY,
            Form::Whole => styles::WHOLE,
            Form::Plain => styles::PLAIN,
            Form::Year => styles::YEAR,
            Form::Text => "@",
        };
        let format = match (column.group, column.is_held) {
            (Group::Held, _) | (_, true) => styles::held(form),
            (Group::Result, _) => styles::result(form),
            // A formula in a cell of text would be shown and not computed.
            _ if column.form == Form::Text => styles::live(styles::TEXT).set_num_format("General"),
            _ => styles::live(form),
        };
        for (row, content) in column.cells.iter().enumerate() {
            let at = (grid.first_row + row as u32, place);
            put(page, at, (content, &format), |template| grid.text(template, row))?;
        }
        page.width(place, width(column))?;
    }
    // What the officer need not see until it is asked for stands last, folded.
    let steps =
        |index: &usize| grid.columns.get(*index).is_some_and(|column| column.group == Group::Step);
    if let Some(first) = order.iter().position(steps) {
        let (first, last) = (first as u16, order.len().saturating_sub(1) as u16);
        page.sheet().group_columns_collapsed(first, last)?;
        page.sheet().group_symbols_to_left(true);
    }
    page.sheet().set_repeat_rows(HEADERS, UNITS)?;
    page.freeze(grid.first_row, 3)
}

/// Several messages, one behind the other; none of none.
pub fn list(messages: &[Message]) -> Option<Message> {
    messages
        .iter()
        .cloned()
        .reduce(|all, one| Message::new("workbook-and").words("first", all).words("second", one))
}

fn put(
    page: &mut Page,
    (row, column): (u32, u16),
    (content, format): (&Content, &Format),
    text: impl Fn(&[super::grid::Token]) -> String,
) -> Result<(), XlsxError> {
    match content {
        Content::Number(value) => page.number(row, column, *value, format),
        Content::Text(known) => page.text(row, column, known, format),
        Content::Formula(template, value) => {
            page.formula(row, column, (&text(template), *value), format)
        }
        // What reads as a number would be kept as one.
        Content::TextFormula(_, known) if reads_as_a_number(known) => {
            page.text(row, column, known, format)
        }
        Content::TextFormula(template, known) => {
            page.text_formula(row, column, (&text(template), known), format)
        }
        Content::Array(template, value) => {
            page.array(row, column, (&text(template), *value), format)
        }
    }
}

fn reads_as_a_number(text: &str) -> bool {
    text.parse::<f64>().is_ok() || text.starts_with('#') || matches!(text, "TRUE" | "FALSE")
}

fn heads(page: &mut Page, central: &Central) -> Result<(), XlsxError> {
    let mut grid = central.grid.clone();
    let mut before = None;
    page.sheet().set_row_height(HEADERS, 45)?;
    for (place, index) in grid.arrange().into_iter().enumerate() {
        let Some(column) = grid.columns.get(index) else { continue };
        let place = place as u16;
        let band = if before == Some(column.group) {
            String::new()
        } else {
            name(column.group, grid.language)
        };
        before = Some(column.group);
        page.text(BANDS, place, &band, &styles::band())?;
        page.text(HEADERS, place, &column.header, &styles::header())?;
        page.text(UNITS, place, &column.unit, &styles::band())?;
    }
    Ok(())
}

fn name(group: Group, language: Language) -> String {
    match group {
        Group::Row => String::new(),
        Group::Held => language.say("workbook-group-held"),
        Group::Column => language.say("workbook-group-table"),
        Group::Line => language.say("workbook-group-worksheet"),
        Group::Bound => language.say("workbook-group-bounds"),
        Group::Result => language.say("workbook-group-result"),
        Group::Step => language.say("workbook-group-division"),
    }
}

fn width(column: &super::grid::Column) -> usize {
    let word = column.header.split([' ', ',']).map(|word| word.chars().count()).max().unwrap_or(0);
    let longest = column.cells.iter().map(|content| match content {
        Content::Text(text) | Content::TextFormula(_, text) => text.chars().count(),
        Content::Number(value) | Content::Formula(_, value) | Content::Array(_, value) => {
            let digits = format!("{:.0}", value.abs()).len();
            let decimals = match column.form {
                Form::Money => 3,
                Form::Plain => 7,
                _ => 0,
            };
            digits + digits / 3 + decimals
        }
    });
    longest.max().unwrap_or(0).max(word).max(column.unit.chars().count().min(14)) + 2
}

/// Writes the sheet of pots.
///
/// # Errors
/// What the file format cannot hold.
pub fn print_pots(page: &mut Page, scenario: &Scenario, rows: &[&PotRow]) -> Result<(), XlsxError> {
    let language = page.language();
    page.title(&language.say("workbook-sheet-pots"))?;
    page.note(1, &language.say("workbook-pots-says"))?;
    for (column, header) in pots::headers(language).iter().enumerate() {
        let is_money = column > 2;
        let header = if is_money {
            format!("{header} ({})", Written(language).currency(&scenario.currency))
        } else {
            header.clone()
        };
        page.text(pots::FIRST_ROW - 1, column as u16, &header, &styles::header())?;
    }
    page.sheet().set_row_height(pots::FIRST_ROW - 1, 32)?;
    let (text, year) = (styles::live("General"), styles::live(styles::YEAR));
    let mut widest = [8, 10];
    for (row, pot) in (pots::FIRST_ROW..).zip(rows) {
        let policy = scenario.policies.get(pot.policy).map_or("", |policy| &policy.name);
        let programme =
            scenario.programmes.get(pot.programme).map_or("", |programme| &programme.name);
        for (column, name) in [policy, programme].into_iter().enumerate() {
            widest[column] = widest[column].max(name.chars().count() + 1);
            page.text(row, column as u16, name, &text)?;
        }
        page.number(row, 2, f64::from(pot.year), &year)?;
        for (column, figure) in (3..).zip(&pot.figures) {
            let format = match (column, &figure.formula) {
                (8, _) => styles::result(styles::MONEY),
                (_, None) => styles::held(styles::MONEY),
                (_, Some(_)) => styles::live(styles::MONEY),
            };
            match (&figure.formula, figure.value) {
                (Some(formula), Some(value)) => {
                    page.formula(row, column, (formula, value), &format)?;
                }
                (None, Some(value)) => page.number(row, column, value, &format)?,
                (_, None) => page.text(row, column, &language.say("workbook-no-pot"), &format)?,
            }
        }
    }
    for (column, width) in widest.into_iter().chain([7]).chain([17; 9]).enumerate() {
        page.width(column as u16, width)?;
    }
    page.sheet().set_repeat_rows(pots::FIRST_ROW - 1, pots::FIRST_ROW - 1)?;
    page.freeze(pots::FIRST_ROW, 3)
}
