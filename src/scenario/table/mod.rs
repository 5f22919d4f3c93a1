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
mod kind;
mod marks;
mod raw;
mod split;
mod totals;
mod workbook;

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

pub use column::Column;
pub use date::Date;
pub use declared::{Declared, MARKS, Mark, PAGES, Page, SEPARATORS, Separator};
pub use kind::other_kind;
pub use raw::Raw;

use self::marks::Marks;
use self::split::{Cells, LONGEST_TEXT, OpenQuote, Splitter, Start};
use super::decode::{Decoder, did_you_mean, hidden, quoted};
use crate::problem::{Place, Problem, Source, codes, first_hidden};

/// The most rows of one table.
pub const MOST_ROWS: usize = 2_000_000;
/// The most columns of one table.
pub const MOST_COLUMNS: usize = 4_096;
/// The most separators of one line, those in quotes among them.
const WIDEST_LINE: usize = 100_000;

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

    /// Reads the rows; whether each has as many cells as the header.
    fn read_rows(&mut self, walk: &mut Splitter<'_>, door: &mut Decoder) -> Option<bool> {
        let needed = self.headers.len();
        let mut sound = true;
        loop {
            let before = self.cells.len();
            let start = match walk.next(&mut self.cells) {
                Ok(Some(start)) => start,
                Ok(None) => return Some(sound),
                Err(quote) => return self.refuse_open(quote, door),
            };
            if self.rows() >= MOST_ROWS {
                let message = format!("a table may have at most {MOST_ROWS} rows");
                let problem = Problem::error(codes::TOO_MANY_ROWS, message);
                return door.refuse(problem.at(&self.place_of(start), ""));
            }
            self.starts.push(start);
            let found = self.cells.len() - before;
            if found != needed {
                sound = false;
                self.tell_length(start, found, door);
            }
            // A table that is refused needs no cells: short rows would be filled to the width of
            // the header.
            if !sound {
                self.cells.truncate(before);
            }
        }
    }

    /// Tells the cells that hold letters nobody sees.
    fn is_seen(&self, door: &mut Decoder) -> bool {
        if first_hidden(&self.source.text).is_none() {
            return true;
        }
        let mut all = true;
        let mut tell = |what: &str, place: &Place, cell: &str| {
            let Some((_, letter)) = first_hidden(cell) else { return };
            let written = self.source.text.get(place.start..place.end).unwrap_or("");
            let at = written.find(letter).unwrap_or(0);
            let end = (at + letter.len_utf8()).min(written.len());
            door.tell(hidden(what, letter).at(&place.part(at..end), "here"));
            all = false;
        };
        for (column, name) in self.headers.iter().enumerate() {
            tell(
                &format!("the name of column {}", column + 1),
                &self.header_cell_place(column),
                name,
            );
        }
        for row in 0..self.rows() {
            for (column, name) in self.headers.iter().enumerate() {
                let cell = self.cell(row, column);
                if first_hidden(cell).is_some() {
                    let what = format!("column {}, {}", quoted(name), self.line_words(row, column));
                    tell(&what, &self.cell_place(row, column), cell);
                }
            }
        }
        all
    }

    fn tell_length(&self, start: Start, found: usize, door: &mut Decoder) {
        let (line, needed) = (start.line, self.headers.len());
        let plural = if found == 1 { "" } else { "s" };
        let message = format!("line {line} has {found} cell{plural}, the header line has {needed}");
        let problem = Problem::error(codes::ROW_LENGTH, message).at(&self.place_of(start), "");
        let help = match found {
            1 => "every line is a row of the table: delete titles and remarks, or add the cells",
            _ if found < needed => "every line has a cell for each column, if need be an empty one",
            _ => "a cell that holds the separator itself stands in double quotes",
        };
        door.tell(problem.help(help));
    }

    fn refuse_open<T>(&self, quote: OpenQuote, door: &mut Decoder) -> Option<T> {
        let place = self.source.place(quote.0..quote.0 + 1);
        let line = encoding::line_of(self.source.text.as_bytes(), quote.0);
        let message = format!("a double quote opens in line {line} and is never closed");
        let problem = Problem::error(codes::OPEN_QUOTE, message).at(&place, "opens here");
        let help = "close it, or double it where it is a part of the text: `\"\"`";
        door.refuse(problem.help(help))
    }

    /// Whether names are there and differ. Columns without a name may stand at the end, as long as
    /// nothing stands below: see [`drop_unnamed`](Self::drop_unnamed).
    fn sound_headers(&self, door: &mut Decoder) -> Option<bool> {
        if self.headers.len() > MOST_COLUMNS {
            let message = format!("a table may have at most {MOST_COLUMNS} columns");
            let place = self.header_place();
            return door.refuse(Problem::error(codes::TABLE_TEXT, message).at(&place, ""));
        }
        let named = self.headers.iter().filter(|name| !name.is_empty()).count();
        if named == 1 && self.headers.len() > 2 {
            return self.refuse_nameless(door);
        }
        let mut sound = true;
        let last_named = self.headers.iter().rposition(|name| !name.is_empty()).unwrap_or(0);
        for (column, name) in self.headers.iter().enumerate() {
            let place = || self.header_cell_place(column);
            if name.is_empty() {
                if column < last_named {
                    self.tell_unnamed(column, door);
                    sound = false;
                }
            } else if let Some(first) = self.headers[..column].iter().position(|n| n == name) {
                let message = format!("two columns are called {}", quoted(name));
                let problem = Problem::error(codes::DUPLICATE_COLUMN, message)
                    .at(&place(), "again here")
                    .also(&self.header_cell_place(first), "first here");
                door.tell(problem.help("rename or delete one of them"));
                sound = false;
            }
        }
        Some(sound)
    }

    /// Forgets the columns at the end that have neither a name nor a cell; whether that is all.
    fn drop_unnamed(&mut self, door: &mut Decoder) -> bool {
        let width = self.headers.len();
        let named = self.headers.iter().rposition(|name| !name.is_empty()).map_or(0, |at| at + 1);
        let mut sound = true;
        for column in named..width {
            if (0..self.rows()).any(|row| !self.cell(row, column).is_empty()) {
                self.tell_unnamed(column, door);
                sound = false;
            }
        }
        if sound && named < width {
            self.cells.keep_columns(width, named);
            self.headers.truncate(named);
        }
        sound
    }

    fn tell_unnamed(&self, column: usize, door: &mut Decoder) {
        let message = format!("column {} has no name", column + 1);
        let place = self.header_cell_place(column);
        let problem = Problem::error(codes::NO_HEADER, message).at(&place, "");
        door.tell(problem.help("name it in the first line, or delete it"));
    }

    /// Tells once that the first line is none of names.
    fn refuse_nameless<T>(&self, door: &mut Decoder) -> Option<T> {
        if !self.nameless.replace(true) {
            let message =
                format!("the first line of `{}` does not name the columns", self.source.name);
            let place = self.header_place();
            let problem = Problem::error(codes::NO_NAMES, message).at(&place, "read as the header");
            let help = "the line with the names comes first: delete titles above it, or add it";
            door.tell(problem.help(help));
        }
        None
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

    /// Whether the header looks like data or like a title: asked when a name is not found in it.
    fn looks_nameless(&self) -> bool {
        let is_data = |name: &str| {
            let is_year = name.len() == 4 && name.starts_with(['1', '2']);
            (figure::is_number(name) && !is_year)
                || matches!(date::reading(name), date::Reading::DayFirst(_))
                || Date::parse(name).is_some_and(|date| date.day.is_some())
        };
        let second = self.starts.first().map_or("", |start| self.line_text(*start));
        let is_title = self.headers.len() == 1
            && Separator::ALL.iter().any(|other| second.contains(char::from(other.byte())));
        is_title || self.headers.iter().any(|name| is_data(name))
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

    /// Where a cell stands, white space around it and quotes left out.
    pub fn cell_place(&self, row: usize, column: usize) -> Place {
        let (from, to) = self.cells.range(row * self.headers.len() + column);
        self.source.place(from..to.max(from + 1))
    }

    /// Where a row stands, without its line end.
    pub fn row_place(&self, row: usize) -> Place {
        self.place_of(self.starts.get(row).copied().unwrap_or(self.header))
    }

    /// The line of the file at which a row begins, from 1; in a workbook the number of the row.
    pub fn line(&self, row: usize) -> usize {
        self.starts.get(row).map_or(0, |start| start.line)
    }

    /// Where a cell stands, in words: its line, and its name in a workbook.
    fn line_words(&self, row: usize, column: usize) -> String {
        let line = self.line(row);
        match self.sheet.as_ref().and_then(|columns| columns.get(column)) {
            Some(column) => format!("line {line} (cell {}{line})", workbook::letters(*column)),
            None => format!("line {line}"),
        }
    }

    /// Whether a cell stands in quotes; in a workbook, whether it is a text that might be taken for
    /// a number.
    fn is_quoted(&self, row: usize, column: usize) -> bool {
        let (from, _) = self.cells.range(row * self.headers.len() + column);
        from > 0 && self.source.text.as_bytes().get(from - 1) == Some(&b'"')
    }

    fn header_place(&self) -> Place {
        self.place_of(self.header)
    }

    /// The name of the file.
    pub fn file(&self) -> Arc<str> {
        Arc::clone(&self.source.name)
    }

    fn header_cell_place(&self, column: usize) -> Place {
        let (from, to) = self.header_cells.range(column);
        self.source.place(from..to.max(from + 1))
    }

    fn line_text(&self, start: Start) -> &str {
        let mut walk = Splitter::new(&self.source.text, self.separator, start);
        let _ = walk.next(&mut Cells::default());
        self.source.text.get(start.byte..walk.at()).unwrap_or("").trim_end_matches(['\r', '\n'])
    }

    fn place_of(&self, start: Start) -> Place {
        let length = self.line_text(start).len().max(1);
        self.source.place(start.byte..start.byte + length)
    }
}

/// The problem of a line with far more cells than a table has columns, told before it is taken
/// apart: a line of separators alone would need many times its length.
fn too_wide(source: &Source, separator: u8) -> Option<Problem> {
    let (mut start, mut count) = (0, 0);
    for (at, byte) in source.text.bytes().enumerate() {
        if byte == b'\n' {
            (start, count) = (at + 1, 0);
        }
        count += usize::from(byte == separator);
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

/// The line `sep=;` with which Excel is told what separates the cells, and where the table begins.
fn hint(text: &str) -> (Option<Separator>, Start) {
    let first = Start { byte: 0, line: 1 };
    let line = text.split('\n').next().unwrap_or("");
    let bare = line.trim_end_matches('\r').trim_matches('"').to_ascii_lowercase();
    let Some(mark) = bare.strip_prefix("sep=") else { return (None, first) };
    let named = Separator::ALL.into_iter().find(|one| mark.as_bytes() == [one.byte()]);
    let below = Start { byte: (line.len() + 1).min(text.len()), line: 2 };
    if named.is_some() { (named, below) } else { (None, first) }
}

/// What separates the cells: as declared, as the file says, or as its header and rows show.
fn separator(
    raw: &Raw,
    declared: &Declared,
    hint: Option<Separator>,
    first: Start,
    door: &mut Decoder,
) -> Option<Separator> {
    if raw.columns.is_some() {
        return Some(Separator::Comma);
    }
    let name = &raw.source.name;
    let text = &raw.source.text;
    let line = text.get(first.byte..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
    let place = Place::new(name, first.byte..first.byte + line.len().max(1));
    if let Some((separator, at)) = &declared.separator {
        let has = |other: Separator| line.contains(char::from(other.byte()));
        let other = Separator::ALL.into_iter().find(|other| other != separator && has(*other));
        if let Some(other) = other.filter(|_| !has(*separator)) {
            let (declared, found) = (separator.name(), other.name());
            let message = format!("the header line of `{name}` has no {declared}, but a {found}");
            let problem = Problem::error(codes::CONTRADICTION, message).at(&place, "");
            let help = format!("write `separator: {other:?}`, or leave `separator` out");
            return door.refuse(problem.also(at, "declared here").help(help));
        }
        return Some(*separator);
    }
    if let Some(separator) = hint {
        door.assume(name, &format!("separator {} (line 1, `sep=`)", separator.name()));
        return Some(separator);
    }
    match split::separator(text, first) {
        Ok(Separator::Comma) => Some(Separator::Comma),
        Ok(separator) => {
            door.assume(name, &format!("separator {}", separator.name()));
            Some(separator)
        }
        Err(best) => {
            let names: Vec<String> = best.iter().map(|one| format!("{}s", one.name())).collect();
            let names = names.join(" or by ");
            let message = format!("the cells of `{name}` may be separated by {names}");
            let problem = Problem::error(codes::SEPARATOR, message).at(&place, "");
            let written: Vec<String> = Separator::ALL
                .iter()
                .filter(|one| best.contains(one))
                .map(|one| format!("`separator: {one:?}`"))
                .collect();
            let written = written.join(" or ");
            door.refuse(problem.help(format!("say which it is in `Table(file: …)`: {written}")))
        }
    }
}

#[cfg(test)]
mod dialects;
#[cfg(test)]
mod tests;
