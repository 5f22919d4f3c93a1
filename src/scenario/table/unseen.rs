//! Cells that hold letters nobody sees.

use super::Table;
use crate::problem::{Place, first_hidden};
use crate::scenario::decode::{Decoder, hidden, quoted};

impl Table {
    /// Tells the cells that hold letters nobody sees.
    pub(super) fn is_seen(&self, door: &mut Decoder) -> bool {
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
}
