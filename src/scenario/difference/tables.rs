//! Two tables side by side: rows by code, columns by name.

use std::collections::BTreeMap;

use super::effect::Effect;
use crate::scenario::sections::PREVIOUS;
use crate::scenario::table::{Column, Table};
use crate::scenario::tree::{Kind, Node};

/// Fields of a section that name columns of which the model knows the meaning.
pub(super) const ROLES: [&str; 10] = [
    "region",
    "year",
    "municipality",
    "tier",
    "opens",
    "people",
    "latitude",
    "longitude",
    "centre",
    "stream",
];

/// A table with what the scenario says of its columns.
#[derive(Debug)]
pub struct Keyed {
    file: String,
    table: Table,
    code: String,
    year: Option<String>,
    name: Option<String>,
    /// Columns with a meaning of their own.
    roles: Vec<String>,
    /// Columns that formulas see; `None`: all.
    visible: Option<Vec<String>>,
}

/// What changed within a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableChange {
    /// `municipalities` or `points`.
    pub section: &'static str,
    /// The file, as the new scenario names it.
    pub file: String,
    /// Columns that only one of them has.
    pub columns: Vec<ColumnChange>,
    /// Rows that only the new table has, in order of code.
    pub added: Vec<RowName>,
    /// Rows that only the old table has, in order of code.
    pub removed: Vec<RowName>,
    /// Cells that are others, in order of code, then of the old table's columns.
    pub cells: Vec<CellChange>,
}

/// What a row is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowName {
    /// Its code.
    pub code: String,
    /// Its year, in a yearly table.
    pub year: Option<String>,
    /// Its name for people; empty where it has none.
    pub name: String,
}

/// A column that only one table has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChange {
    /// Its name.
    pub name: String,
    /// Whether it is the new table that has it.
    pub is_added: bool,
    /// Whether figures can follow.
    pub effect: Effect,
}

/// A cell that is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    /// The row.
    pub row: RowName,
    /// The column.
    pub column: String,
    /// What stood there.
    pub old: String,
    /// What stands there.
    pub new: String,
    /// Whether figures can follow.
    pub effect: Effect,
}

/// Code, year, and which of several rows that have both.
type Key<'t> = (&'t str, &'t str, usize);

impl TableChange {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.cells.is_empty()
    }
}

impl Keyed {
    /// A table of a section.
    pub fn new(
        section: &Node,
        file: &str,
        table: Table,
        code: String,
        year: Option<String>,
    ) -> Self {
        let text = |field: &str| Some(section.field(field)?.as_text()?.value.to_string());
        let visible = section.field("columns").and_then(|columns| match &columns.kind {
            Kind::List(items) => Some(
                items.iter().filter_map(|item| Some(item.as_text()?.value.to_string())).collect(),
            ),
            _ => None,
        });
        let roles = ROLES.iter().filter_map(|role| text(role)).collect();
        Self { file: file.to_owned(), table, code, year, name: text("name"), roles, visible }
    }

    fn rows(&self) -> BTreeMap<Key<'_>, usize> {
        let code = self.table.find(&self.code);
        let year = self.year.as_deref().and_then(|year| self.table.find(year));
        let mut rows = BTreeMap::new();
        let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for row in 0..self.table.rows() {
            let key = (code.map_or("", |code| code.cell(row)), year.map_or("", |y| y.cell(row)));
            let again = seen.entry(key).or_default();
            rows.insert((key.0, key.1, *again), row);
            *again += 1;
        }
        rows
    }

    fn row_name(&self, (code, year, _): Key<'_>, row: usize) -> RowName {
        let name = self.name.as_deref().and_then(|name| self.table.find(name));
        RowName {
            code: code.to_owned(),
            year: self.year.is_some().then(|| year.to_owned()),
            name: name.map_or("", |name| name.cell(row)).to_owned(),
        }
    }

    fn has(&self, column: &str) -> bool {
        self.table.find(column).is_some()
    }

    /// Whether the scenario says anything of a column.
    fn uses(&self, column: &str) -> bool {
        self.roles.iter().any(|role| role == column)
            || PREVIOUS.contains(&column)
            || self.visible.as_ref().is_none_or(|seen| seen.iter().any(|name| name == column))
    }

    fn is_name(&self, column: &str) -> bool {
        self.name.as_deref() == Some(column)
    }
}

/// Compares two tables.
pub fn compare(section: &'static str, old: &Keyed, new: &Keyed) -> TableChange {
    let mut change = TableChange {
        section,
        file: new.file.clone(),
        columns: Vec::new(),
        added: Vec::new(),
        removed: Vec::new(),
        cells: Vec::new(),
    };
    let effect = |column: &str| {
        if old.is_name(column) && new.is_name(column) {
            Effect::Words
        } else if old.uses(column) || new.uses(column) {
            Effect::Figures
        } else {
            Effect::Unseen
        }
    };
    // The column of codes (and years) is matched by what it is, not by its name.
    let key =
        |keyed: &Keyed, column: &str| keyed.code == column || keyed.year.as_deref() == Some(column);
    let mut only = |one: &Keyed, other: &Keyed, is_added: bool| {
        for name in one.table.headers().iter().filter(|name| !other.has(name) && !key(one, name)) {
            let (name, effect) = (name.clone(), effect(name));
            change.columns.push(ColumnChange { name, is_added, effect });
        }
    };
    only(old, new, false);
    only(new, old, true);
    let shared: Vec<(Column<'_>, Column<'_>, Effect)> = old
        .table
        .headers()
        .iter()
        .filter(|name| !key(old, name))
        .filter_map(|name| Some((old.table.find(name)?, new.table.find(name)?, effect(name))))
        .collect();
    let (before, after) = (old.rows(), new.rows());
    for (key, row) in &before {
        let Some(other) = after.get(key) else {
            change.removed.push(old.row_name(*key, *row));
            continue;
        };
        for (old_column, new_column, effect) in &shared {
            let (old_cell, new_cell) = (old_column.cell(*row), new_column.cell(*other));
            if !same_cell(old_cell, new_cell) {
                change.cells.push(CellChange {
                    row: new.row_name(*key, *other),
                    column: old_column.name().to_owned(),
                    old: old_cell.to_owned(),
                    new: new_cell.to_owned(),
                    effect: *effect,
                });
            }
        }
    }
    for (key, row) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        change.added.push(new.row_name(*key, *row));
    }
    change
}

/// Whether two cells mean the same: `1.50` is `1.5`, but `01` is not `1`.
fn same_cell(old: &str, new: &str) -> bool {
    let number = |cell: &str| {
        let digits = cell.as_bytes();
        let code = digits.first() == Some(&b'0') && digits.get(1).is_some_and(u8::is_ascii_digit);
        cell.parse::<f64>().ok().filter(|value| value.is_finite() && !code)
    };
    old == new || number(old).zip(number(new)).is_some_and(|(old, new)| old == new)
}
