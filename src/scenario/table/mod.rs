//! CSV tables: a header line, then rows of cells, each of which knows where it stands.
//!
//! Comma, semicolon or tab separate the cells, whichever the header line has most of. White space
//! around a cell is dropped; leading zeros are kept, because codes are text.

mod cell;
mod column;

use csv::{ReaderBuilder, StringRecord, Trim};

pub use column::{Column, Date};

use super::decode::{Decoder, did_you_mean, hidden, quoted};
use crate::problem::{Place, Problem, Source, codes, first_hidden};

/// The most rows of one table.
pub const MOST_ROWS: usize = 2_000_000;
/// The most columns of one table.
pub const MOST_COLUMNS: usize = 4_096;
/// The most separators of one line, those in quotes among them.
const WIDEST_LINE: usize = 100_000;

/// A table as read: all cells as text, one behind the other, and where each row begins.
#[derive(Clone, Debug)]
pub struct Table {
    source: Source,
    delimiter: u8,
    headers: Vec<String>,
    cells: String,
    /// The end of every cell in `cells`, row by row.
    ends: Vec<usize>,
    /// The byte of the source at which every row begins; that of the header line first.
    starts: Vec<usize>,
    /// The line of the source at which every row begins, from 1; that of the header line first.
    lines: Vec<usize>,
}

impl Table {
    /// Takes a CSV text apart. Tells rows that are too short or too long, columns without a name
    /// or with the same name, and too many rows; `None` after any of these.
    pub fn read(source: &Source, door: &mut Decoder) -> Option<Self> {
        let delimiter = delimiter(&source.text);
        if let Some(problem) = too_wide(source, delimiter) {
            return door.refuse(problem);
        }
        let mut table = Self {
            source: source.clone(),
            delimiter,
            headers: Vec::new(),
            cells: String::with_capacity(source.text.len()),
            ends: Vec::new(),
            starts: Vec::new(),
            lines: Vec::new(),
        };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .trim(Trim::All)
            .from_reader(source.text.as_bytes());
        let mut record = StringRecord::new();
        let mut sound = true;
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    let message = format!("this table cannot be taken apart: {error}");
                    let place = source.place(0..1);
                    return door.refuse(Problem::error(codes::TABLE_TEXT, message).at(&place, ""));
                }
            }
            // Spreadsheets leave rows of separators alone behind.
            if record.iter().all(str::is_empty) {
                continue;
            }
            let position = record.position();
            let start = position.map_or(0, |position| position.byte() as usize);
            let line = position.map_or(1, |position| position.line() as usize);
            // The position of a record that follows empty lines is that of the first of them.
            let rest = source.text.get(start..).unwrap_or("");
            let blank = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
            table.starts.push(start + blank.len());
            table.lines.push(line + blank.matches('\n').count());
            if table.headers.is_empty() {
                table.headers = record.iter().map(ToOwned::to_owned).collect();
                sound &= table.sound_headers(door);
            } else if table.rows() > MOST_ROWS {
                let message = format!("a table may have at most {MOST_ROWS} rows");
                let problem = Problem::error(codes::TOO_MANY_ROWS, message);
                return door.refuse(problem.at(&table.row_place(MOST_ROWS), ""));
            } else {
                sound &= table.row_fits(&record, door);
                // A table that is refused needs no cells: short rows would be filled to the width of the header.
                if sound {
                    table.add(&record);
                }
            }
            sound &= table.is_seen(&record, door);
        }
        if table.headers.is_empty() {
            let place = source.place(0..1);
            let problem = Problem::error(codes::NO_HEADER, "this table is empty").at(&place, "");
            return door.refuse(problem.help("the first line names the columns"));
        }
        sound.then_some(table)
    }

    fn add(&mut self, record: &StringRecord) {
        for cell in (0..self.headers.len()).map(|column| record.get(column).unwrap_or("")) {
            self.cells.push_str(cell);
            self.ends.push(self.cells.len());
        }
    }

    /// Tells the cells of the record read last that hold letters nobody sees.
    fn is_seen(&self, record: &StringRecord, door: &mut Decoder) -> bool {
        let number = self.rows();
        let mut all = true;
        for (column, cell) in record.iter().enumerate() {
            let Some((_, letter)) = first_hidden(cell) else { continue };
            let what = match number.checked_sub(1) {
                Some(row) => {
                    let name = self.headers.get(column).map_or("", String::as_str);
                    format!("column {}, line {}", quoted(name), self.line(row))
                }
                None => format!("the name of column {}", column + 1),
            };
            let cell = self.cell_in_line(number, column);
            let text = self.source.text.get(cell.start..cell.end).unwrap_or("");
            let at = text.find(letter).unwrap_or(0);
            let end = (at + letter.len_utf8()).min(text.len());
            door.tell(hidden(&what, letter).at(&cell.part(at..end), "here"));
            all = false;
        }
        all
    }

    fn row_fits(&self, record: &StringRecord, door: &mut Decoder) -> bool {
        let (found, needed) = (record.len(), self.headers.len());
        if found == needed {
            return true;
        }
        let row = self.rows().saturating_sub(1);
        let line = self.line(row);
        let message = format!("line {line} has {found} cells, the header line has {needed}");
        let problem = Problem::error(codes::ROW_LENGTH, message)
            .at(&self.row_place(row), "")
            .help("a cell that holds the separator itself stands in double quotes");
        door.tell(problem);
        false
    }

    fn sound_headers(&self, door: &mut Decoder) -> bool {
        let mut sound = true;
        if self.headers.len() > MOST_COLUMNS {
            let message = format!("a table may have at most {MOST_COLUMNS} columns");
            let place = self.line_place(0);
            door.tell(Problem::error(codes::TABLE_TEXT, message).at(&place, ""));
            return false;
        }
        for (column, name) in self.headers.iter().enumerate() {
            let place = || self.cell_in_line(0, column);
            if name.is_empty() {
                let message = format!("column {} has no name", column + 1);
                door.tell(Problem::error(codes::NO_HEADER, message).at(&place(), ""));
                sound = false;
            } else if let Some(first) = self.headers[..column].iter().position(|n| n == name) {
                let message = format!("two columns are called {}", quoted(name));
                let problem = Problem::error(codes::DUPLICATE_COLUMN, message)
                    .at(&place(), "again here")
                    .also(&self.cell_in_line(0, first), "first here");
                door.tell(problem);
                sound = false;
            }
        }
        sound
    }

    /// The number of rows below the header line.
    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The names of the columns.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// A column by name. Tells a name that the table does not have; `asked` is where the name
    /// stands in the scenario.
    pub fn column(&self, name: &str, asked: &Place, door: &mut Decoder) -> Option<Column<'_>> {
        if let Some(column) = self.find(name) {
            return Some(column);
        }
        let message = format!("`{}` has no column {}", self.source.name, quoted(name));
        let known: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        let problem = Problem::error(codes::UNKNOWN_COLUMN, message)
            .at(asked, "")
            .also(&self.line_place(0), "its columns");
        door.refuse(did_you_mean(problem, name, &known))
    }

    /// A column by name, if there is one.
    pub fn find(&self, name: &str) -> Option<Column<'_>> {
        let index = self.headers.iter().position(|header| header == name)?;
        Some(Column { table: self, index })
    }

    /// The text of a cell; empty outside the table.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let index = row * self.headers.len() + column;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        let end = self.ends.get(index).unwrap_or(start);
        self.cells.get(*start..*end).unwrap_or("")
    }

    /// Where a cell stands, white space around it and quotes left out.
    pub fn cell_place(&self, row: usize, column: usize) -> Place {
        self.cell_in_line(row + 1, column)
    }

    /// Where a row stands, without its line end.
    pub fn row_place(&self, row: usize) -> Place {
        self.line_place(row + 1)
    }

    /// The line of the file at which a row begins, from 1.
    pub fn line(&self, row: usize) -> usize {
        self.lines.get(row + 1).copied().unwrap_or(0)
    }

    fn line_place(&self, record: usize) -> Place {
        let start = self.starts.get(record).copied().unwrap_or(0);
        let rest = self.source.text.get(start..).unwrap_or("");
        let end = start + cell::record_end(rest, self.delimiter);
        self.source.place(start..end)
    }

    fn cell_in_line(&self, record: usize, column: usize) -> Place {
        let start = self.starts.get(record).copied().unwrap_or(0);
        let rest = self.source.text.get(start..).unwrap_or("");
        let range = cell::cell(rest, self.delimiter, column);
        self.source.place(start + range.start..start + range.end)
    }
}

/// The problem of a line with far more cells than a table has columns, told before it is taken
/// apart: a line of separators alone would need a hundred times its length.
fn too_wide(source: &Source, delimiter: u8) -> Option<Problem> {
    let (mut start, mut count) = (0, 0);
    for (at, byte) in source.text.bytes().enumerate() {
        if byte == b'\n' {
            (start, count) = (at + 1, 0);
        }
        count += usize::from(byte == delimiter);
        if count > WIDEST_LINE {
            let line = source.text[..start].matches('\n').count() + 1;
            let message = format!(
                "line {line} has more than {WIDEST_LINE} separators, and a table at most \
                 {MOST_COLUMNS} columns"
            );
            let place = source.place(start..at);
            return Some(Problem::error(codes::TABLE_TEXT, message).at(&place, ""));
        }
    }
    None
}

/// The separator: whichever of `,`, `;` and tab the header line has most of outside quotes.
fn delimiter(text: &str) -> u8 {
    let text = text.trim_start_matches(['\r', '\n']);
    let [comma, semicolon, tab] =
        [b',', b';', b'\t'].map(|separator| cell::separators(text, separator));
    match (comma, semicolon, tab) {
        _ if comma >= semicolon && comma >= tab => b',',
        _ if semicolon >= tab => b';',
        _ => b'\t',
    }
}

#[cfg(test)]
mod tests;
