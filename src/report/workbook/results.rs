//! The tables of the run, each on a sheet of its own: the same columns and rows as the CSV files.

use super::page::Page;
use super::styles;
use crate::report::tables::{Cell, Table};
use rust_xlsxwriter::{Format, XlsxError};

/// Row of the headers, from 0.
const HEADER: u32 = 3;
/// As many rows decide how wide a column is.
const LOOKED_AT: usize = 300;

/// A table of the run.
pub struct Result<'r> {
    /// Name of the sheet.
    pub sheet: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it holds.
    pub note: String,
    /// The file that holds the same.
    pub file: &'static str,
    /// Its columns and rows.
    pub table: Table<'r>,
    /// How many columns stay in sight.
    pub frozen: u16,
}

/// Writes the sheet.
///
/// # Errors
/// What the file format cannot hold.
pub fn write(
    page: &mut Page,
    result: &Result<'_>,
    currency: &str,
) -> std::result::Result<(), XlsxError> {
    page.title(result.title)?;
    page.note(1, &format!("{} The same as {}.", result.note, result.file))?;
    let table = &result.table;
    let forms: Vec<Form> = (0..table.columns.len()).map(|column| Form::of(table, column)).collect();
    let headers: Vec<String> = table
        .columns
        .iter()
        .zip(&forms)
        .map(|(name, form)| match form.unit(name, currency) {
            "" => name.clone(),
            unit => format!("{name} ({unit})"),
        })
        .collect();
    page.table(HEADER, result.sheet, &headers, table.rows.len())?;
    let looks = Looks::new();
    for (row, cells) in (HEADER + 1..).zip(&table.rows) {
        for (column, (cell, form)) in (0..).zip(cells.iter().zip(&forms)) {
            put(page, (row, column), cell, *form, &looks)?;
        }
    }
    for (column, (header, form)) in headers.iter().zip(&forms).enumerate() {
        page.width(column as u16, width(table, column, header, *form))?;
    }
    page.freeze(HEADER + 1, result.frozen)
}

fn put(
    page: &mut Page,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    form: Form,
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    let value = match cell {
        Cell::Text(text) if text.is_empty() => return Ok(()),
        Cell::Text(text) => return page.text(row, column, text, &looks.text),
        Cell::Year(year) => return page.number(row, column, f64::from(*year), &looks.year),
        Cell::Money(value) => value.map(|value| crate::units::round_half_up(value, 2)),
        Cell::Cents(cents) => cents.map(|cents| cents as f64 / 100.0),
        Cell::Number(value) => value.map(|value| crate::units::round_half_up(value, 6)),
        Cell::Exact(value) => Some(*value),
    };
    let Some(value) = value else { return Ok(()) };
    let is_money = matches!(cell, Cell::Money(_) | Cell::Cents(_));
    let format = match form {
        Form::Share => &looks.share,
        _ if is_money => &looks.money,
        _ => &looks.plain,
    };
    page.number(row, column, value, format)
}

/// The looks of cells, made once.
struct Looks {
    text: Format,
    year: Format,
    money: Format,
    plain: Format,
    share: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            text: styles::live("@"),
            year: styles::live(styles::YEAR),
            money: styles::live(styles::MONEY),
            plain: styles::live(styles::PLAIN),
            share: styles::live(styles::SHARE),
        }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Year,
    Money,
    Share,
    Number,
    /// Money in some rows, other numbers in others.
    Mixed,
}

impl Form {
    fn of(table: &Table<'_>, column: usize) -> Self {
        let name = table.columns.get(column).map_or("", String::as_str);
        let mut form = None;
        for cell in table.rows.iter().filter_map(|row| row.get(column)) {
            let here = match cell {
                Cell::Text(_) => Self::Text,
                Cell::Year(_) => Self::Year,
                Cell::Money(_) | Cell::Cents(_) => Self::Money,
                Cell::Number(_) if name.starts_with("p_") => Self::Share,
                Cell::Number(_) | Cell::Exact(_) => Self::Number,
            };
            form = match form {
                None => Some(here),
                Some(known) if known == here => Some(known),
                // `all` stands among years, `steady` too.
                Some(Self::Year | Self::Text) if matches!(here, Self::Year | Self::Text) => {
                    Some(Self::Year)
                }
                Some(_) => Some(Self::Mixed),
            };
        }
        form.unwrap_or(Self::Text)
    }

    fn unit(self, name: &str, currency: &'_ str) -> &'static str {
        let of_counts = [
            ("open_points", "points"),
            ("load", "cases"),
            ("unmet_need", "cases"),
            ("staff", "full-time equivalents"),
            ("threshold_percent", "%"),
        ];
        match self {
            Self::Money if currency == "EUR" => "EUR",
            Self::Money => "money",
            Self::Share => "share of draws",
            Self::Number => of_counts
                .iter()
                .find(|(known, _)| name.starts_with(known))
                .map_or("", |(_, unit)| unit),
            Self::Text | Self::Year | Self::Mixed => "",
        }
    }
}

/// Wide enough for the cells, and for the longest word of the header beside its filter button.
fn width(table: &Table<'_>, column: usize, header: &str, form: Form) -> usize {
    let word = header.split([' ', '_']).map(str::len).max().unwrap_or(0).max(header.len() / 2);
    let cells = table.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(column));
    let longest = cells.map(|cell| match cell {
        Cell::Text(text) => text.chars().count(),
        Cell::Year(_) => 5,
        Cell::Money(Some(value)) => grouped(*value) + 3,
        Cell::Cents(Some(cents)) => grouped(*cents as f64 / 100.0) + 3,
        Cell::Number(Some(value)) if form == Form::Share => grouped(*value * 100.0) + 3,
        Cell::Number(Some(value)) | Cell::Exact(value) => grouped(*value) + 7,
        _ => 0,
    });
    longest.max().unwrap_or(0).max(word + 3) + 1
}

/// Signs of the whole part of a number with its thousands apart.
fn grouped(value: f64) -> usize {
    let digits = format!("{:.0}", value.abs()).len();
    digits + (digits.saturating_sub(1)) / 3 + usize::from(value < 0.0)
}
