//! The header line: whether it names the columns, each of them and none twice.

use super::date::{self, Date};
use super::{MOST_COLUMNS, Separator, Table, figure};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted};

impl Table {
    /// Whether names are there and differ. Columns without a name may stand at the end, as long as
    /// nothing stands below: see [`drop_unnamed`](Self::drop_unnamed).
    pub(super) fn sound_headers(&self, door: &mut Decoder) -> Option<bool> {
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
    pub(super) fn drop_unnamed(&mut self, door: &mut Decoder) -> bool {
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
    pub(super) fn refuse_nameless<T>(&self, door: &mut Decoder) -> Option<T> {
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

    /// Whether the header looks like data or like a title: asked when a name is not found in it.
    pub(super) fn looks_nameless(&self) -> bool {
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
}
