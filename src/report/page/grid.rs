//! A table of the page: every text ready, so that the template only sets it.

use crate::analysis::Range;
use crate::report::pictures::DataTable;
use crate::report::wording::median_and_range;
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
    /// An empty table; heads that begin with `#` hold figures.
    pub fn new(caption: impl Into<String>, heads: &[&str]) -> Self {
        let head = |text: &&str| Head {
            text: text.trim_start_matches('#').to_owned(),
            figures: text.starts_with('#'),
        };
        Self { caption: caption.into(), heads: heads.iter().map(head).collect(), ..Self::default() }
    }

    /// Adds a column of figures.
    pub fn figures(&mut self, text: impl Into<String>) {
        self.heads.push(Head { text: text.into(), figures: true });
    }

    /// Adds a row.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(GridRow::new(cells));
    }

    /// Keeps the first rows of a long table, and says where the rest stands.
    pub fn shortened(mut self, file: &str) -> Self {
        if self.rows.len() > MOST_ROWS {
            let left = self.rows.len() - MOST_ROWS;
            self.cut = format!("{left} more rows stand in {file}.");
            self.rows.truncate(MOST_ROWS);
        }
        self
    }

    /// The figures of a picture.
    pub fn of_picture(data: &DataTable, file: &str) -> Self {
        let heads = data.columns.iter().enumerate();
        let grid = Self {
            heads: heads
                .map(|(index, text)| Head { text: text.clone(), figures: index > 0 })
                .collect(),
            rows: data
                .rows
                .iter()
                .map(|row| GridRow::new(row.iter().map(Cell::new).collect()))
                .collect(),
            ..Self::default()
        };
        grid.shortened(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_table_says_what_it_leaves_out() {
        let mut grid = Grid::new("Awards", &["Municipality", "#EUR"]);
        assert!(!grid.heads[0].figures && grid.heads[1].figures && grid.heads[1].text == "EUR");
        for row in 0..MOST_ROWS + 2 {
            grid.push(vec![Cell::new(row.to_string())]);
        }
        let grid = grid.shortened("awards.csv");
        assert_eq!((grid.rows.len(), &*grid.cut), (MOST_ROWS, "2 more rows stand in awards.csv."));
    }
}
