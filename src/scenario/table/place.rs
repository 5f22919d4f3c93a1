//! Where the header, rows and cells of a table stand in its text.

use super::split::{Cells, Splitter, Start};
use super::{Table, workbook};
use crate::problem::Place;

impl Table {
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
    pub(super) fn line_words(&self, row: usize, column: usize) -> String {
        let line = self.line(row);
        match self.sheet.as_ref().and_then(|columns| columns.get(column)) {
            Some(column) => format!("line {line} (cell {}{line})", workbook::letters(*column)),
            None => format!("line {line}"),
        }
    }

    /// Whether a cell stands in quotes; in a workbook, whether it is a text that might be taken for
    /// a number.
    pub(super) fn is_quoted(&self, row: usize, column: usize) -> bool {
        let (from, _) = self.cells.range(row * self.headers.len() + column);
        from > 0 && self.source.text.as_bytes().get(from - 1) == Some(&b'"')
    }

    pub(super) fn header_place(&self) -> Place {
        self.place_of(self.header)
    }

    pub(super) fn header_cell_place(&self, column: usize) -> Place {
        let (from, to) = self.header_cells.range(column);
        self.source.place(from..to.max(from + 1))
    }

    pub(super) fn line_text(&self, start: Start) -> &str {
        let mut walk = Splitter::new(&self.source.text, self.separator, start);
        let _ = walk.next(&mut Cells::default());
        self.source.text.get(start.byte..walk.at()).unwrap_or("").trim_end_matches(['\r', '\n'])
    }

    pub(super) fn place_of(&self, start: Start) -> Place {
        let length = self.line_text(start).len().max(1);
        self.source.place(start.byte..start.byte + length)
    }
}
