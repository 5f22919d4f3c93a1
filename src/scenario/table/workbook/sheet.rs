//! The cells of a sheet, and how each is written as text.

use quick_xml::events::{BytesStart, Event};

use super::package::{Part, attribute};
use super::parts::Texts;
use super::{Fault, Sheet};
use crate::scenario::load::LARGEST_TABLE;
use crate::scenario::table::{self, figure};

/// The rows and columns of the largest sheet.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;
/// The most cells with something in them.
const MOST_CELLS: usize = 50_000_000;

/// What numbers in cells refer to.
#[derive(Clone, Copy, Debug)]
pub struct Meaning<'m> {
    /// Texts by number.
    pub texts: &'m Texts,
    /// Whether a format, by number, shows a date.
    pub dates: &'m [bool],
    /// Whether days are counted from 1904.
    pub is_1904: bool,
}

/// A cell: its place from 0, the bytes of its text, and whether it is a text.
#[derive(Clone, Copy, Debug)]
struct CellOf {
    row: u32,
    column: u32,
    start: u32,
    end: u32,
    is_text: bool,
}

/// Cells as they stand in the sheet, their texts one behind the other.
#[derive(Debug, Default)]
struct Found {
    text: String,
    cells: Vec<CellOf>,
    formulas: usize,
    hidden: usize,
}

/// Reads a sheet.
pub fn read(part: Part<'_, '_>, name: &str, meaning: &Meaning<'_>) -> Result<Sheet, Fault> {
    let mut found = Found::default();
    found.read(part, meaning)?;
    found.cells.sort_by_key(|cell| (cell.row, cell.column));
    let mut columns: Vec<u32> = found.cells.iter().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.len() > table::MOST_COLUMNS {
        let most = table::MOST_COLUMNS;
        return Err(Fault::Broken(format!("it has cells in more than {most} columns")));
    }
    let mut text = String::with_capacity(found.text.len() * 2);
    let mut line = 0;
    for row in found.cells.chunk_by(|one, next| one.row == next.row) {
        let number = row.first().map_or(0, |cell| cell.row);
        text.extend(std::iter::repeat_n('\n', (number - line) as usize));
        line = number;
        let mut cells = row.iter().peekable();
        for (position, column) in columns.iter().enumerate() {
            if position > 0 {
                text.push(',');
            }
            if let Some(cell) = cells.next_if(|cell| cell.column == *column) {
                let written = found.text.get(cell.start as usize..cell.end as usize);
                push_cell(&mut text, written.unwrap_or(""), cell.is_text);
            }
        }
        if let Some(again) = cells.next() {
            let place = format!("{}{}", letters(again.column), number + 1);
            return Err(Fault::Broken(format!("the cell {place} stands in it twice")));
        }
        if text.len() as u64 > LARGEST_TABLE {
            return Err(too_large());
        }
    }
    text.push('\n');
    let mut assumed = vec![format!("sheet `{name}`")];
    if found.formulas > 0 {
        assumed.push(format!("formulas: {}, as last computed", found.formulas));
    }
    if found.hidden > 0 {
        assumed.push(format!("hidden rows: {}, read like the others", found.hidden));
    }
    Ok(Sheet { name: name.to_owned(), text, columns, assumed })
}

impl Found {
    fn read(&mut self, mut part: Part<'_, '_>, meaning: &Meaning<'_>) -> Result<(), Fault> {
        let (mut row, mut column) = (0_u32, 0_u32);
        loop {
            let Some(event) = part.next()? else { return Err(cut()) };
            match event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "row" => {
                        if let Ok(number) = attribute(&start, "r").parse::<u32>() {
                            row = number.saturating_sub(1);
                        }
                        column = 0;
                        self.hidden += usize::from(attribute(&start, "hidden") == "1");
                    }
                    "c" => {
                        let cell = Attributes::of(&start);
                        if let Some((stated_row, stated_column)) = cell.at {
                            (row, column) = (stated_row, stated_column);
                        }
                        if row >= MOST_ROWS || column >= MOST_COLUMNS {
                            return Err(Fault::Broken(
                                "it has cells beyond the last that a sheet can have".to_owned(),
                            ));
                        }
                        self.cell(&mut part, (row, column), &cell, meaning)?;
                        column += 1;
                    }
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "row" => row += 1,
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// Reads a cell to its end.
    fn cell(
        &mut self,
        part: &mut Part<'_, '_>,
        (row, column): (u32, u32),
        cell: &Attributes,
        meaning: &Meaning<'_>,
    ) -> Result<(), Fault> {
        let (mut value, mut is_inline, mut is_formula) = (String::new(), false, false);
        loop {
            let Some(event) = part.next()? else { return Err(cut()) };
            let is_value = match event {
                Event::Start(start) => {
                    let name = start.local_name();
                    is_inline |= name.as_ref() == "is";
                    is_formula |= name.as_ref() == "f";
                    matches!(name.as_ref(), "v" | "is")
                }
                Event::End(end) if end.local_name().as_ref() == "c" => break,
                _ => continue,
            };
            if is_value {
                part.text_into(&mut value)?;
            } else {
                part.text_into(&mut String::new())?;
            }
        }
        let kind = if is_inline { "inlineStr" } else { &cell.kind };
        let start = self.text.len();
        let is_text = self.push(kind, &value, cell.format, meaning)?;
        let end = self.text.len();
        if end as u64 > LARGEST_TABLE || self.cells.len() >= MOST_CELLS {
            return Err(too_large());
        }
        if end > start {
            self.formulas += usize::from(is_formula);
            let (start, end) = (start as u32, end as u32);
            self.cells.push(CellOf { row, column, start, end, is_text });
        }
        Ok(())
    }

    /// Adds the text of a value; whether it is a text in the workbook.
    fn push(
        &mut self,
        kind: &str,
        value: &str,
        format: usize,
        meaning: &Meaning<'_>,
    ) -> Result<bool, Fault> {
        let broken = |what: &str| Fault::Broken(format!("{what}: `{}`", super::shortened(value)));
        match kind {
            "s" => {
                let index = value.trim().parse().ok();
                let text = index.and_then(|index| meaning.texts.get(index));
                self.push_text(text.ok_or_else(|| broken("a cell has a text that is not there"))?);
                Ok(true)
            }
            "str" | "inlineStr" => {
                self.push_text(value);
                Ok(true)
            }
            "b" => {
                self.text.push_str(if value.trim() == "1" { "TRUE" } else { "FALSE" });
                Ok(false)
            }
            "e" => {
                self.push_text(value);
                Ok(false)
            }
            "d" => {
                let value = value.trim();
                let midnight = value.strip_suffix('Z').unwrap_or(value);
                let midnight = midnight.strip_suffix(".000").unwrap_or(midnight);
                self.push_text(midnight.strip_suffix("T00:00:00").unwrap_or(midnight));
                Ok(false)
            }
            _ if value.trim().is_empty() => Ok(false),
            _ => {
                let number: Option<f64> = value.trim().parse().ok();
                let number = number.filter(|number| number.is_finite());
                let number = number.ok_or_else(|| broken("a cell has a number that is none"))?;
                let is_date = meaning.dates.get(format).copied().unwrap_or(false);
                match date(number, meaning.is_1904).filter(|_| is_date) {
                    Some(date) => self.text.push_str(&date),
                    None => self.text.push_str(&plain(number)),
                }
                Ok(false)
            }
        }
    }

    /// Adds a text on one line, `_x000D_` and the like read as the letters that they stand for.
    fn push_text(&mut self, text: &str) {
        let mut rest = text.trim();
        while let Some(at) = rest.find(['_', '\n', '\r', '\t', '\0']) {
            self.text.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(letter) = escaped(rest) {
                self.text.push(if letter.is_control() { ' ' } else { letter });
                rest = &rest[7..];
            } else {
                // A row is a line, and a line break in a cell would be the end of it.
                self.text.push(if rest.starts_with('_') { '_' } else { ' ' });
                rest = &rest[1..];
            }
        }
        self.text.push_str(rest);
    }
}

/// The letter for which `_x0041_` at the start of a text stands.
fn escaped(text: &str) -> Option<char> {
    let code = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_code.then(|| u32::from_str_radix(code, 16).ok().and_then(char::from_u32)).flatten()
}

/// What is written at a cell: its place, kind and format.
struct Attributes {
    at: Option<(u32, u32)>,
    kind: String,
    format: usize,
}

impl Attributes {
    fn of(start: &BytesStart<'_>) -> Self {
        let mut found = Self { at: None, kind: String::new(), format: 0 };
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => found.at = place(&attribute.value),
                "t" => found.kind.push_str(&attribute.value),
                "s" => found.format = attribute.value.parse().unwrap_or(0),
                _ => {}
            }
        }
        found
    }
}

/// Row and column of `C7`, from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let split = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, digits) = name.split_at(split);
    if letters.is_empty() || letters.len() > 4 {
        return None;
    }
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        column = column * 26 + u32::from(value) + 1;
    }
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// The name of a column: `A`, `Z`, `AA`.
pub fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        name.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    name.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// A number with every digit that it has; whole ones without a point.
fn plain(number: f64) -> String {
    if number.abs() < 1e15 { format!("{number}") } else { format!("{number:e}") }
}

/// The day that a number of days stands for, `2022-05-01`, with the time of day if it has one.
///
/// Day 1 is the first of January 1900, and day 60 a 29 February that was not; or day 0 is the first
/// of January 1904.
fn date(number: f64, is_1904: bool) -> Option<String> {
    // 9999-12-31, the last day that spreadsheets know.
    if !(1.0..2_958_466.0).contains(&number) || (!is_1904 && number.floor() == 60.0) {
        return None;
    }
    let day = number.floor() as i64;
    // Days since the first of March of the year 0, from which leap days come last in a year.
    let days = match (is_1904, day) {
        (true, day) => day + 695_361,
        (false, day) if day < 60 => day + 693_900,
        (false, day) => day + 693_899,
    };
    let (year, month, day) = civil(days);
    let seconds = ((number - number.floor()) * 86_400.0).round() as i64;
    let time = match seconds {
        0 | 86_400 => String::new(),
        _ => format!(" {:02}:{:02}", seconds / 3_600, seconds / 60 % 60),
    };
    Some(format!("{year:04}-{month:02}-{day:02}{time}"))
}

/// Year, month and day of a number of days since the first of March of the year 0, by the
/// Gregorian calendar: Richards, in the Explanatory Supplement to the Astronomical Almanac (2013).
fn civil(days: i64) -> (i64, i64, i64) {
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Adds a cell; in quotes where it must, and where a text may be taken for a number.
fn push_cell(text: &mut String, cell: &str, is_text: bool) {
    let is_number = |cell: &str| cell.len() < 64 && figure::is_number(cell);
    if cell.contains(['"', ',']) || (is_text && is_number(cell)) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

fn cut() -> Fault {
    Fault::Broken("a part of it ends in the middle".to_owned())
}

fn too_large() -> Fault {
    Fault::Broken("its cells are larger than 256 MiB of text".to_owned())
}
