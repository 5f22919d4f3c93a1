//! The tables of the run, each on a sheet of its own: the same columns and rows as the CSV files.

use super::headings;
use super::page::Page;
use super::styles;
use crate::analysis::Findings;
use crate::language::{Language, Message};
use crate::report::tables::{self, Cell, Rows, Table};
use crate::report::written::Written;
use rust_xlsxwriter::{Format, XlsxError};

/// Row of the headers, from 0.
const HEADER: u32 = 3;
/// As many rows decide how wide a column is.
const LOOKED_AT: usize = 300;

/// The most rows of a result that are written down: beyond them a sheet takes longer to open than it helps.
const MOST_ROWS: usize = 200_000;
/// From here on outcomes of municipalities are left to the file.
const MANY_ROWS: usize = 10_000;

/// A table of the run.
pub struct Result<'r> {
    /// What its typed table is called in every language.
    id: &'static str,
    /// Name of the sheet.
    pub sheet: String,
    title: Message,
    note: Message,
    /// Whether municipalities are left out, and of how many rows only the first are there.
    is_short: bool,
    cut_from: Option<usize>,
    file: &'static str,
    table: Table<'r>,
    /// How many columns stay in sight.
    frozen: u16,
}

impl Result<'_> {
    /// How many cells it has.
    pub fn cells(&self) -> usize {
        self.table.rows.len() * self.table.columns.len()
    }

    /// What it holds, and in which file the same is.
    pub fn says(&self) -> Message {
        let file = if self.id == OUTCOMES {
            Message::new("workbook-file-with-units")
        } else {
            Message::new("workbook-file")
        };
        let says = match self.cut_from {
            Some(rows) => Message::new("workbook-result-cut")
                .count("most", MOST_ROWS as f64)
                .count("rows", rows as f64),
            None if self.is_short => Message::new("workbook-result-but-municipalities"),
            None => Message::new("workbook-result"),
        };
        says.words("note", self.note.clone()).words("file", file.name("file", self.file))
    }
}

const OUTCOMES: &str = "Outcomes";

/// The tables of the run; those without rows are left out. `name` gives a sheet its name.
pub fn all(
    findings: &Findings,
    language: Language,
    mut name: impl FnMut(&str) -> String,
) -> Vec<Result<'_>> {
    let is_long = findings.outcomes.len() > MANY_ROWS;
    let first = || First { table: Table::default(), rows: 0, skips: |_| false };
    let outcomes = First { skips: if is_long { is_of_municipality } else { |_| false }, ..first() };
    let tables = [
        ("Awards", "awards.csv", tables::awards(findings, first()), 4),
        ("Budget", "budget.csv", tables::budget(findings, first()), 3),
        ("Verdicts", "verdicts.csv", tables::verdicts(findings, first()), 6),
        (OUTCOMES, "outcomes.csv", tables::outcomes_with_units(findings, outcomes), 4),
        ("Network", "network.csv", tables::network(findings, first()), 4),
        ("Reconciliation", "reconciliation.csv", tables::reconciliation(findings, first()), 6),
        ("Commitments", "commitments.csv", tables::commitments(findings, first()), 6),
        ("Guarantees", "guarantees.csv", tables::guarantees(findings, first()), 8),
    ];
    let mut found = Vec::new();
    for (id, file, First { table, rows, .. }, frozen) in tables {
        let [title, mut note] = titled(id);
        let is_short = id == OUTCOMES && is_long;
        if is_short {
            note = Message::new("workbook-outcomes-short");
        }
        if table.rows.is_empty() {
            continue;
        }
        let cut_from = (rows > MOST_ROWS).then_some(rows);
        let sheet = name(&title.in_language(language));
        found.push(Result { id, sheet, title, note, is_short, cut_from, file, table, frozen });
    }
    found
}

/// The first rows of a table, of which some may be left out, and how many there are.
struct First<'r> {
    table: Table<'r>,
    rows: usize,
    skips: fn(&[Cell<'_>]) -> bool,
}

impl<'r> Rows<'r> for First<'r> {
    fn columns(&mut self, names: Vec<String>, has_all_years: bool) {
        self.table.columns(names, has_all_years);
    }

    fn row(&mut self, cells: &mut Vec<Cell<'r>>) {
        if (self.skips)(cells) {
            return;
        }
        if self.rows < MOST_ROWS {
            self.table.row(cells);
        }
        self.rows += 1;
    }
}

/// Whether an outcome is that of one municipality.
fn is_of_municipality(row: &[Cell<'_>]) -> bool {
    matches!(row.get(2), Some(Cell::Text(scope)) if scope.starts_with("municipality:"))
}

/// The title of a table, and what it holds.
fn titled(id: &str) -> [Message; 2] {
    match id {
        "Awards" => [Message::new("workbook-awards"), Message::new("workbook-awards-says")],
        "Budget" => [Message::new("workbook-budget"), Message::new("workbook-budget-says")],
        "Verdicts" => [Message::new("workbook-verdicts"), Message::new("workbook-verdicts-says")],
        OUTCOMES => [Message::new("workbook-outcomes"), Message::new("workbook-outcomes-says")],
        "Network" => [Message::new("workbook-network"), Message::new("workbook-network-says")],
        "Reconciliation" => {
            [Message::new("workbook-reconciliation"), Message::new("workbook-reconciliation-says")]
        }
        "Commitments" => {
            [Message::new("workbook-commitments"), Message::new("workbook-commitments-says")]
        }
        _ => [Message::new("workbook-guarantees"), Message::new("workbook-guarantees-says")],
    }
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
    let language = page.language();
    page.title(&result.title.in_language(language))?;
    page.note(1, &result.says().in_language(language))?;
    let table = &result.table;
    let forms: Vec<Form> = (0..table.columns.len()).map(|column| Form::of(table, column)).collect();
    let headers: Vec<String> = table
        .columns
        .iter()
        .zip(&forms)
        .map(|(name, form)| {
            let heading = headings::heading(language, name);
            match form.unit(name, currency, language) {
                unit if unit.is_empty() => heading,
                unit => format!("{heading} ({unit})"),
            }
        })
        .collect();
    page.table(HEADER, result.id, &headers, table.rows.len())?;
    let looks = Looks::new();
    for (column, form) in (0..).zip(&forms) {
        page.look(column, looks.of(form.look()))?;
    }
    for (row, cells) in (HEADER + 1..).zip(&table.rows) {
        for (column, (cell, form)) in (0..).zip(cells.iter().zip(&forms)) {
            let name = table.columns.get(usize::from(column)).map_or("", String::as_str);
            // A cell that looks as its column does takes its look from there.
            let look = Look::of(cell, *form);
            let format = (look != form.look()).then(|| looks.of(look));
            put(page, (row, column), (cell, name), format)?;
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
    (cell, of): (&Cell<'_>, &str),
    format: Option<&Format>,
) -> std::result::Result<(), XlsxError> {
    let value = match cell {
        Cell::Text(text) if text.is_empty() => return Ok(()),
        Cell::Text(text) => {
            return match headings::word(page.language(), of, text) {
                Some(word) => page.text(row, column, &word, format),
                None => page.text(row, column, text, format),
            };
        }
        Cell::Year(year) => Some(f64::from(*year)),
        figure => figure.figure(),
    };
    value.map_or(Ok(()), |value| page.number(row, column, value, format))
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Text,
    Year,
    Money,
    Plain,
    Share,
}

impl Look {
    /// How a cell of such a column looks.
    fn of(cell: &Cell<'_>, form: Form) -> Self {
        match cell {
            Cell::Text(_) => Self::Text,
            Cell::Year(_) => Self::Year,
            _ if form == Form::Share => Self::Share,
            Cell::Money(_) | Cell::Cents(_) => Self::Money,
            _ => Self::Plain,
        }
    }
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

    fn of(&self, look: Look) -> &Format {
        match look {
            Look::Text => &self.text,
            Look::Year => &self.year,
            Look::Money => &self.money,
            Look::Plain => &self.plain,
            Look::Share => &self.share,
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

    /// How most cells of it look.
    fn look(self) -> Look {
        match self {
            Self::Text => Look::Text,
            Self::Year => Look::Year,
            Self::Money => Look::Money,
            Self::Share => Look::Share,
            Self::Number | Self::Mixed => Look::Plain,
        }
    }

    fn unit(self, name: &str, currency: &str, language: Language) -> String {
        match self {
            Self::Money => Written(language).currency(currency),
            Self::Share => language.say("workbook-unit-share-of-draws"),
            Self::Number if name.starts_with("open_points") => unit_in(language, "points"),
            Self::Number if name.starts_with("load") || name.starts_with("unmet_need") => {
                unit_in(language, "cases")
            }
            Self::Number if name.starts_with("staff") => unit_in(language, "full-time equivalents"),
            Self::Number if name == "threshold_percent" => "%".to_owned(),
            Self::Text | Self::Year | Self::Mixed | Self::Number => String::new(),
        }
    }
}

/// A unit of the closed list in a language; any other is as it is written.
pub fn unit_in(language: Language, unit: &str) -> String {
    match unit {
        "points" => language.say("workbook-unit-points"),
        "months" => language.say("workbook-unit-months"),
        "cases" => language.say("workbook-unit-of-cases"),
        "inhabitants" => language.say("workbook-unit-inhabitants"),
        "full-time equivalents" => language.say("workbook-unit-posts"),
        "share" => language.say("workbook-unit-share"),
        "EUR" => Written(language).currency(unit),
        other => other.to_owned(),
    }
}

/// Wide enough for the cells, and for the longest word of the header beside its filter button.
fn width(table: &Table<'_>, column: usize, header: &str, form: Form) -> usize {
    let word = header
        .split([' ', '_'])
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0)
        .max(header.chars().count() / 2);
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
