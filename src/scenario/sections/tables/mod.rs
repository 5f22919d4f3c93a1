//! What the two tables have in common: the file, rows in order of code, columns that formulas see.

mod columns;
mod layout;
mod matched;
mod streams;

use crate::problem::Place;
use crate::scenario::decode::{Fields, filled, one_of_names, placed};
use crate::scenario::load::{Folder, Library};
use crate::scenario::table::{Declared, MARKS, PAGES, SEPARATORS, Table};

pub use columns::{Visible, asked_columns, coded, tell_cells};
pub use layout::Layout;
pub use matched::{Guess, matched};
pub use streams::streams;

/// A name that the scenario gives, and where.
pub type Asked = (String, Place);

/// Something could not be read, and that has been told.
#[derive(Clone, Copy, Debug)]
pub struct Told;

/// How many rows a message lists.
const MOST_LISTED: usize = 10;

/// Reads the file that a section names, and what the section says of how it is written.
pub fn file<F: Folder>(fields: &mut Fields<'_, '_>, library: &mut Library<F>) -> Option<Table> {
    let encoding = fields.optional("encoding", placed(one_of_names(&PAGES)));
    let separator = fields.optional("separator", placed(one_of_names(&SEPARATORS)));
    let decimal = fields.optional("decimal", placed(one_of_names(&MARKS)));
    let sheet = fields.optional("sheet", placed(filled));
    let name = fields.required("file", placed(filled));
    let (name, at) = name?;
    let declared =
        Declared { encoding: encoding?, separator: separator?, decimal: decimal?, sheet: sheet? };
    match library.table(&name, &at, &declared) {
        Ok(raw) => Table::read_as(&raw, &declared, fields.door),
        Err(problem) => fields.door.refuse(*problem),
    }
}

/// `a, b and 3 more`.
pub fn listed(items: &[String]) -> String {
    let shown = items.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
