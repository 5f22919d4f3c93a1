//! Cells of the municipalities' file, for warnings that point at them.

use super::Seen;
use crate::problem::Place;
use crate::scenario::decode::Decoder;
use crate::scenario::table::Table;
use crate::scenario::tree::Node;

/// The file of the municipalities, taken apart once more: only where something is doubtful.
pub struct Cells {
    csv: Table,
    code: String,
    year: Option<String>,
}

impl Cells {
    /// The file, where it can be read.
    pub fn read(seen: Seen<'_>) -> Option<Self> {
        let section = seen.section("municipalities")?;
        let written = |name: &str| {
            section.field(name).and_then(Node::as_text).map(|text| text.value.trim().to_owned())
        };
        let file = &seen.scenario.municipalities.table.file;
        let source = seen.sources.files.iter().find(|source| source.name == *file)?;
        let csv = Table::read(source, &mut Decoder::new())?;
        Some(Self { csv, code: written("code")?, year: written("year") })
    }

    /// Where the value of a municipality stands, and in which line; in a yearly table that of a
    /// year.
    pub fn find(&self, column: &str, code: &str, year: i32) -> Option<(Place, usize)> {
        let codes = self.csv.find(&self.code)?;
        let years = self.year.as_ref().and_then(|name| self.csv.find(name));
        let of_year = |row: usize| years.is_none_or(|years| years.cell(row).parse() == Ok(year));
        let row = (0..self.csv.rows()).find(|row| codes.cell(*row) == code && of_year(*row))?;
        Some((self.csv.find(column)?.place(row), self.csv.line(row)))
    }
}
