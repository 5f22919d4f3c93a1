//! The rows below the header line: as many cells in each as the header has, and every quote closed.

use super::split::{OpenQuote, Splitter, Start};
use super::{MOST_ROWS, Table, encoding};
use crate::problem::{Problem, codes};
use crate::scenario::decode::Decoder;

impl Table {
    /// Reads the rows; whether each has as many cells as the header.
    pub(super) fn read_rows(
        &mut self,
        walk: &mut Splitter<'_>,
        door: &mut Decoder,
    ) -> Option<bool> {
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

    pub(super) fn refuse_open<T>(&self, quote: OpenQuote, door: &mut Decoder) -> Option<T> {
        let place = self.source.place(quote.0..quote.0 + 1);
        let line = encoding::line_of(self.source.text.as_bytes(), quote.0);
        let message = format!("a double quote opens in line {line} and is never closed");
        let problem = Problem::error(codes::OPEN_QUOTE, message).at(&place, "opens here");
        let help = "close it, or double it where it is a part of the text: `\"\"`";
        door.refuse(problem.help(help))
    }
}
