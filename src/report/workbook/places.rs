//! The sheet of municipalities: the table that the formulas of the central case look into.

use super::central::number;
use super::names::cell_text;
use super::page::Page;
use super::styles;
use crate::language::{Language, Message};
use crate::model::{Column, ColumnValues, Scenario, Variable};
use rust_xlsxwriter::XlsxError;
use std::collections::{BTreeMap, BTreeSet};

/// Row of the headers, from 0.
const HEADER: u32 = 4;
/// The most points that have a sheet of their own.
pub const MOST_POINTS: usize = 5_000;

/// Where the columns of the table stand.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Its sheet, as a formula calls it.
    sheet: String,
    /// Whether a row finds its municipality by the code, so that the table may be sorted.
    pub is_matched: bool,
    rows: usize,
    /// Place of a column, of each year where it has several.
    columns: BTreeMap<(usize, Option<i32>), usize>,
    /// The first and the last year of a column that has several.
    years: BTreeMap<usize, (i32, i32)>,
    previous: BTreeMap<&'static str, usize>,
}

/// A column of the sheet as it is written.
struct Written<'w> {
    header: String,
    cells: Vec<Option<Value<'w>>>,
    /// Index of the column of the table.
    of: Option<usize>,
}

enum Value<'w> {
    Number(f64),
    Text(&'w str),
}

impl Places {
    /// Reads where each column will stand.
    pub fn new(scenario: &Scenario, sheet: &str) -> Self {
        let table = &scenario.municipalities.table;
        let lower: BTreeSet<String> = table.codes.iter().map(|code| code.to_lowercase()).collect();
        // A search takes no notice of case, and takes some signs for patterns.
        let is_plain = |code: &String| !code.contains(['*', '?', '~']) && code.len() < 250;
        let is_matched = lower.len() == table.len() && table.codes.iter().all(is_plain);
        let sheet = sheet.to_owned();
        let mut places = Self { sheet, is_matched, rows: table.len(), ..Self::default() };
        let mut next = 2;
        for (index, column) in table.columns.iter().enumerate() {
            if let ColumnValues::Yearly { first_year, rows } = &column.values {
                let last = first_year + rows.len() as i32 - 1;
                places.years.insert(index, (*first_year, last));
                for year in *first_year..=last {
                    places.columns.insert((index, Some(year)), next);
                    next += 1;
                }
            } else {
                places.columns.insert((index, None), next);
                next += 1;
            }
            for name in ["previous_entitlement", "previous_award"] {
                if column.name == name && !matches!(column.values, ColumnValues::Yearly { .. }) {
                    places.previous.insert(name, next - 1);
                }
            }
        }
        let municipalities = &scenario.municipalities;
        for (name, known) in [
            ("previous_entitlement", &municipalities.previous_entitlement),
            ("previous_award", &municipalities.previous_award),
        ] {
            if known.is_some() && !places.previous.contains_key(name) {
                places.previous.insert(name, next);
                next += 1;
            }
        }
        places
    }

    fn range(&self, column: usize) -> String {
        let letters = super::central::letters(column);
        let first = HEADER + 2;
        format!("{}!${letters}${first}:${letters}${}", self.sheet, HEADER as usize + 1 + self.rows)
    }

    /// The cells of a column as they hold in a year; years outside it keep its nearest.
    pub fn column(&self, column: usize, year: i32) -> Option<String> {
        let year = self.years.get(&column).map(|(first, last)| year.clamp(*first, *last));
        self.columns.get(&(column, year)).map(|place| self.range(*place))
    }

    /// The cells of what was due or granted before the first year.
    pub fn previous(&self, name: &str) -> Option<String> {
        self.previous.get(name).map(|place| self.range(*place))
    }

    /// The formula of the row of a code.
    pub fn matched(&self, code: &str) -> String {
        format!("MATCH({code},{},0)", self.range(0))
    }
}

fn written(scenario: &Scenario, language: Language) -> Vec<Written<'_>> {
    let table = &scenario.municipalities.table;
    let mut columns = vec![
        Written {
            header: language.say("workbook-column-code"),
            cells: table.codes.iter().map(|code| Some(Value::Text(code))).collect(),
            of: None,
        },
        Written {
            header: language.say("workbook-column-name"),
            cells: table.names.iter().map(|name| Some(Value::Text(name))).collect(),
            of: None,
        },
    ];
    for (index, column) in table.columns.iter().enumerate() {
        if let ColumnValues::Yearly { first_year, rows } = &column.values {
            for (year, numbers) in (*first_year..).zip(rows) {
                let header = format!("{} {year}", column.name);
                columns.push(Written { header, cells: numbers_of(numbers), of: Some(index) });
            }
        } else {
            columns.push(Written {
                header: column.name.clone(),
                cells: cells_of(column, table.codes.len()),
                of: Some(index),
            });
        }
    }
    let municipalities = &scenario.municipalities;
    for (name, known) in [
        ("previous_entitlement", &municipalities.previous_entitlement),
        ("previous_award", &municipalities.previous_award),
    ] {
        let is_there = |column: &Column| {
            column.name == name && !matches!(column.values, ColumnValues::Yearly { .. })
        };
        if let Some(known) = known
            && !table.columns.iter().any(is_there)
        {
            columns.push(Written { header: name.to_owned(), cells: numbers_of(known), of: None });
        }
    }
    columns
}

fn cells_of(column: &Column, rows: usize) -> Vec<Option<Value<'_>>> {
    match &column.values {
        ColumnValues::Numbers(numbers) => numbers_of(numbers),
        _ => (0..rows).map(|row| column.text(row).map(Value::Text)).collect(),
    }
}

fn numbers_of(numbers: &[f64]) -> Vec<Option<Value<'_>>> {
    numbers.iter().map(|number| number.is_finite().then_some(Value::Number(*number))).collect()
}

/// Writes the sheet. Columns that formulas of a policy read may be changed and are marked so.
///
/// # Errors
/// What the file format cannot hold.
pub fn municipalities(page: &mut Page, scenario: &Scenario) -> Result<(), XlsxError> {
    let table = &scenario.municipalities.table;
    let language = page.language();
    let columns = written(scenario, language);
    let (live, held) = read_columns(scenario);
    page.title(&language.say("workbook-sheet-municipalities"))?;
    page.note(1, &language.say("workbook-municipalities-says"))?;
    let also: Vec<&str> = held
        .intersection(&live)
        .filter_map(|column| table.columns.get(*column).map(|column| column.name.as_str()))
        .collect();
    if !also.is_empty() {
        let also = Message::new("workbook-municipalities-also").name("columns", &also.join(", "));
        page.note(2, &also.in_language(language))?;
    }
    let headers: Vec<String> = columns.iter().map(|column| column.header.clone()).collect();
    page.table(HEADER, "municipalities", &headers, table.len())?;
    for (place, column) in columns.iter().enumerate() {
        let place = place as u16;
        let is_live = column.of.is_none_or(|of| live.contains(&of)) && place > 1;
        let form = form_of(&column.cells);
        let format = if is_live { styles::input(form) } else { styles::live(form) };
        let mut widest = column.header.chars().count() + 3;
        for (row, cell) in (HEADER + 1..).zip(&column.cells) {
            match cell {
                Some(Value::Number(value)) => {
                    page.number(row, place, *value, &format)?;
                    widest = widest.max(number(*value).len() + 2);
                }
                Some(Value::Text(text)) => {
                    page.text(row, place, &cell_text(text), &format)?;
                    widest = widest.max(text.chars().count() + 1);
                }
                None => page.blank(row, place, &format)?,
            }
        }
        page.width(place, widest)?;
    }
    page.freeze(HEADER + 1, 2)
}

/// Whole numbers without decimals, others with as many as they need.
fn form_of(cells: &[Option<Value<'_>>]) -> &'static str {
    let is_whole = |cell: &Option<Value<'_>>| match cell {
        Some(Value::Number(value)) => value.fract() == 0.0,
        _ => true,
    };
    if cells.iter().all(is_whole) { styles::WHOLE } else { styles::PLAIN }
}

/// The columns that rules read, and those that the simulated world reads.
fn read_columns(scenario: &Scenario) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let rules = || scenario.policies.iter().flat_map(|policy| policy.rules.iter().flatten());
    let of = |variables: &[Variable]| -> Vec<usize> {
        let columns = variables.iter().filter_map(|variable| match variable {
            Variable::MunicipalityColumn { column, .. } => Some(*column),
            _ => None,
        });
        columns.collect()
    };
    let live = rules().flat_map(|rule| rule.formulas().collect::<Vec<_>>());
    let live: BTreeSet<usize> = live.flat_map(|formula| of(&formula.variables)).collect();
    let held = scenario.formulas_of_world().into_iter();
    let held: BTreeSet<usize> = held.flat_map(|formula| of(&formula.variables)).collect();
    (live, held)
}

/// Writes the sheet of points.
///
/// # Errors
/// What the file format cannot hold.
pub fn points(page: &mut Page, scenario: &Scenario) -> Result<(), XlsxError> {
    let points = &scenario.points;
    let table = &points.table;
    let language = page.language();
    page.title(&language.say("workbook-points-title"))?;
    page.note(1, &language.say("workbook-points-says"))?;
    let mut headers = vec![
        language.say("workbook-column-point"),
        language.say("workbook-column-name"),
        language.say("workbook-column-municipality"),
        language.say("workbook-column-tier"),
        language.say("workbook-column-open-since"),
        language.say("workbook-column-planned"),
    ];
    let columns: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| !matches!(column.values, ColumnValues::Yearly { .. }))
        .collect();
    headers.extend(columns.iter().map(|column| column.name.clone()));
    page.table(HEADER, "points", &headers, table.len())?;
    let codes = &scenario.municipalities.table.codes;
    let tiers = scenario.tiers();
    let plain = styles::live("@");
    let numbers = styles::live(styles::PLAIN);
    let whole = styles::live(styles::WHOLE);
    let mut widths: Vec<usize> = headers.iter().map(|header| header.chars().count() + 3).collect();
    for point in 0..table.len() {
        let row = HEADER + 1 + point as u32;
        let at = |of: &[u32]| of.get(point).map_or(usize::MAX, |index| *index as usize);
        let month = |of: &[Option<crate::model::Month>]| {
            of.get(point).copied().flatten().map_or_else(String::new, |month| month.to_string())
        };
        let texts = [
            table.codes.get(point).cloned().unwrap_or_default(),
            table.names.get(point).cloned().unwrap_or_default(),
            codes.get(at(&points.municipality)).cloned().unwrap_or_default(),
            tiers.get(at(&points.tier)).map_or_else(String::new, |tier| tier.name.clone()),
            month(&points.opened),
            month(&points.planned),
        ];
        for (place, text) in texts.iter().enumerate() {
            widths[place] = widths[place].max(text.chars().count() + 1);
            page.text(row, place as u16, &cell_text(text), &plain)?;
        }
        for (place, column) in (texts.len()..).zip(&columns) {
            let column_of = place as u16;
            match (column.text(point), &column.values) {
                (Some(text), _) => page.text(row, column_of, &cell_text(text), &plain)?,
                (None, ColumnValues::Numbers(values)) => {
                    if let Some(value) = values.get(point).filter(|value| value.is_finite()) {
                        let form = if value.fract() == 0.0 { &whole } else { &numbers };
                        page.number(row, column_of, *value, form)?;
                    }
                }
                _ => {}
            }
        }
    }
    for (place, width) in widths.into_iter().enumerate() {
        page.width(place as u16, width)?;
    }
    page.freeze(HEADER + 1, 1)
}
