//! A table of the page: every text ready, so that the template only sets it.

use crate::analysis::Range;
use crate::language::Message;
use crate::report::pictures::DataTable;
use crate::report::written::{Written, median_and_range};
use serde::Serialize;

/// The most rows of a table on the page; the rest stands in the files of the run.
pub const MOST_ROWS: usize = 150;

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Grid {
    /// What it shows.
    pub caption: String,
    /// Heads of the columns; the first names the rows.
    pub heads: Vec<Head>,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// What was left out, if anything.
    pub cut: String,
}

/// The head of a column.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Its text.
    pub text: String,
    /// Whether it holds figures, which are set to the right.
    pub figures: bool,
}

/// A row, or the title of the rows that follow.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GridRow {
    /// The title of a group; then there are no cells.
    pub group: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// The figure or word.
    pub main: String,
    /// Its range or what else belongs to it, set smaller below.
    pub sub: String,
}

impl Head {
    /// The head of a column of words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), figures: false }
    }

    /// The head of a column of figures.
    pub fn figures(text: impl Into<String>) -> Self {
        Self { text: text.into(), figures: true }
    }
}

impl Cell {
    /// A cell of one text.
    pub fn new(main: impl Into<String>) -> Self {
        Self { main: main.into(), sub: String::new() }
    }

    /// A cell with something smaller below.
    pub fn with(main: impl Into<String>, sub: impl Into<String>) -> Self {
        Self { main: main.into(), sub: sub.into() }
    }

    /// The median, with the range of the middle 80 % of the draws below.
    pub fn of(range: &Range, form: impl Fn(Option<f64>) -> String) -> Self {
        let (main, sub) = median_and_range(range, form);
        Self { main, sub }
    }
}

impl GridRow {
    /// A row of cells.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { group: String::new(), cells }
    }

    /// The title of the rows that follow.
    pub fn group(title: impl Into<String>) -> Self {
        Self { group: title.into(), cells: Vec::new() }
    }
}

impl Grid {
    /// An empty table.
    pub fn new(caption: impl Into<String>, heads: impl IntoIterator<Item = Head>) -> Self {
        Self { caption: caption.into(), heads: heads.into_iter().collect(), ..Self::default() }
    }

    /// Adds a column of figures.
    pub fn figures(&mut self, text: impl Into<String>) {
        self.heads.push(Head::figures(text));
    }

    /// Adds a row.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(GridRow::new(cells));
    }

    /// The table, if there is anything in it.
    pub fn some(self) -> Option<Self> {
        (!self.rows.is_empty()).then_some(self)
    }

    /// Keeps the first rows of a long table, and says where the rest stands.
    pub fn shortened(mut self, written: Written, file: &str) -> Self {
        if self.rows.len() > MOST_ROWS {
            let left = self.rows.len() - MOST_ROWS;
            self.cut = rest(written, left, file);
            self.rows.truncate(MOST_ROWS);
        }
        self
    }

    /// The figures of a picture.
    pub fn of_picture(data: &DataTable, written: Written) -> Self {
        let heads = data.columns.iter().enumerate();
        let mut grid = Self::new(
            "",
            heads.map(|(index, text)| Head { text: text.clone(), figures: index > 0 }),
        );
        grid.rows =
            data.rows.iter().map(|row| GridRow::new(row.iter().map(Cell::new).collect())).collect();
        grid.shortened(written, &written.say("page-tables-of-the-run"))
    }
}

/// How many rows stand elsewhere.
pub fn rest(written: Written, count: usize, file: &str) -> String {
    written.words(&Message::new("page-more-rows").count("count", count as f64).name("file", file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_long_table_says_what_it_leaves_out() {
        let grid = |rows: usize| {
            let mut grid = Grid::new("", [Head::words("Municipality"), Head::figures("EUR")]);
            (0..MOST_ROWS + rows).for_each(|row| grid.push(vec![Cell::new(row.to_string())]));
            grid
        };
        let english = grid(2).shortened(Written(Language::English), "awards.csv");
        let expected = (MOST_ROWS, "2 more rows stand in awards.csv.");
        assert_eq!((english.rows.len(), &*english.cut), expected);
        let cut = |rows| grid(rows).shortened(Written(Language::Latvian), "awards.csv").cut;
        assert_eq!(
            [cut(1), cut(2), cut(10), cut(21)],
            [
                "Vēl 1 rinda – awards.csv.",
                "Vēl 2 rindas – awards.csv.",
                "Vēl 10 rindu – awards.csv.",
                "Vēl 21 rinda – awards.csv.",
            ]
        );
        assert_eq!(cut(0), "");
    }
}
