//! Tables: a header line, then rows of cells, each of which knows where it stands.
//!
//! ```text
//!  bytes ─► kind ─► encoding ─► split ─► Table ─► Column
//!             └───► workbook ─────┘               (figure, date)
//! ```
//!
//! What separates the cells, how bytes are letters and what the marks in numbers mean is read off
//! the file, or declared ([`Declared`]). What two readings are left of is refused; what was assumed
//! beyond plain CSV is told to the [`Decoder`]. White space around a cell is dropped; leading zeros
//! are kept, because codes are text.

mod column;
mod date;
mod declared;
mod encoding;
mod figure;
mod header;
mod kind;
mod marks;
mod place;
mod raw;
mod rows;
mod separator;
mod split;
mod totals;
mod unseen;
mod workbook;

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

pub use column::Column;
pub use date::Date;
pub use declared::{Declared, MARKS, Mark, PAGES, Page, SEPARATORS, Separator};
pub use kind::other_kind;
pub use raw::Raw;

use self::marks::Marks;
use self::separator::{hint, separator, too_wide};
use self::split::{Cells, LONGEST_TEXT, Splitter, Start};
use super::decode::{Decoder, did_you_mean, quoted};
use crate::problem::{Place, Problem, Source, codes};

/// The most rows of one table.
pub const MOST_ROWS: usize = 2_000_000;
/// The most columns of one table.
pub const MOST_COLUMNS: usize = 4_096;

/// A table as read: where each cell stands in its text.
#[derive(Clone, Debug)]
pub struct Table {
    source: Source,
    separator: Separator,
    /// The columns of the sheet, from 0, where the table comes from a workbook.
    sheet: Option<Vec<u32>>,
    headers: Vec<String>,
    header: Start,
    header_cells: Cells,
    cells: Cells,
    /// Where every row begins.
    starts: Vec<Start>,
    /// What the marks in numbers mean.
    marks: Marks,
    /// The last row, if it holds totals; found when it is first asked for.
    totals: OnceCell<Option<usize>>,
    /// Whether it has been told that the first line names no columns.
    nameless: Cell<bool>,
}

impl Table {
    /// Takes a CSV text apart, with nothing declared.
    pub fn read(source: &Source, door: &mut Decoder) -> Option<Self> {
        Self::read_as(&Raw::plain(source.clone()), &Declared::default(), door)
    }

    /// Takes a table apart. Tells rows that are too short or too long, columns without a name or
    /// with the same name, a table without rows or with too many, quotes that are not closed, and
    /// what contradicts the declaration; `None` after any of these.
    pub fn read_as(raw: &Raw, declared: &Declared, door: &mut Decoder) -> Option<Self> {
        let source = &raw.source;
        if source.text.len() >= LONGEST_TEXT {
            let message = format!("`{}` is too long a text", source.name);
            let place = source.place(0..1);
            return door.refuse(Problem::error(codes::TOO_LARGE, message).at(&place, ""));
        }
        for what in &raw.assumed {
            door.assume(&source.name, what);
        }
        let (hint, first) = hint(&source.text);
        let separator = separator(raw, declared, hint, first, door)?;
        if let Some(problem) = too_wide(source, separator.byte()) {
            return door.refuse(problem);
        }
        let mut table = Self {
            source: source.clone(),
            separator,
            sheet: raw.columns.clone(),
            headers: Vec::new(),
            header: first,
            header_cells: Cells::default(),
            cells: Cells::default(),
            starts: Vec::new(),
            marks: Marks::default(),
            totals: OnceCell::new(),
            nameless: Cell::new(false),
        };
        let mut walk = Splitter::new(&source.text, separator, first);
        let begun = match walk.next(&mut table.header_cells) {
            Ok(begun) => begun,
            Err(quote) => return table.refuse_open(quote, door),
        };
        let Some(header) = begun else {
            let place = source.place(0..1);
            let problem = Problem::error(codes::NO_HEADER, "this table is empty").at(&place, "");
            return door.refuse(problem.help("the first line names the columns"));
        };
        table.header = header;
        let texts = |index| table.header_cells.text(&source.text, index).to_owned();
        table.headers = (0..table.header_cells.len()).map(texts).collect();
        let mut sound = table.sound_headers(door)?;
        sound &= table.read_rows(&mut walk, door)?;
        sound &= table.drop_unnamed(door);
        sound &= table.is_seen(door);
        if !sound {
            return None;
        }
        if table.rows() == 0 {
            let message = "this table has a header line and no rows";
            let problem = Problem::error(codes::NO_ROWS, message);
            let problem = problem.at(&table.header_place(), "the only line");
            return door
                .refuse(problem.help("save it with its rows, or name the file that has them"));
        }
        table.marks = Marks::find(&table, declared);
        Some(table)
    }

    /// Takes apart a text that the program has made itself: commas, decimal points, and no totals.
    pub fn made(source: &Source, door: &mut Decoder) -> Option<Self> {
        let place = source.place(0..1);
        let declared = Declared {
            separator: Some((Separator::Comma, place.clone())),
            decimal: Some((Mark::Point, place)),
            ..Declared::default()
        };
        let mut table = Self::read_as(&Raw::plain(source.clone()), &declared, door)?;
        table.totals = OnceCell::from(None);
        Some(table)
    }

    /// The number of rows below the header line.
    pub fn rows(&self) -> usize {
        self.starts.len()
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
        if self.looks_nameless() {
            return self.refuse_nameless(door);
        }
        let message = format!("`{}` has no column {}", self.source.name, quoted(name));
        let known: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        let problem = Problem::error(codes::UNKNOWN_COLUMN, message)
            .at(asked, "")
            .also(&self.header_place(), "its columns");
        door.refuse(did_you_mean(problem, name, &known))
    }

    /// A column by name, if there is one.
    pub fn find(&self, name: &str) -> Option<Column<'_>> {
        let index = self.headers.iter().position(|header| header == name)?;
        Some(Column { table: self, index })
    }

    /// The text of a cell; empty outside the table.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.cells.text(&self.source.text, row * self.headers.len() + column)
    }

    /// The name of the file.
    pub fn file(&self) -> Arc<str> {
        Arc::clone(&self.source.name)
    }
}

#[cfg(test)]
mod dialects;
#[cfg(test)]
mod tests;
