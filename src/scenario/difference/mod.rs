//! What changed from one scenario to another, in the words of the format.
//!
//! Two composed trees are compared by path, as `--set` writes paths, and the tables that they name
//! by code. Layout, comments, where a value is imported from, the order of fields, of map entries,
//! of cost items, claims, guarantees and rows have no meaning, so they are no change. The order of
//! tiers (from the smallest) and of worksheet lines (a line sees those above) has one.
//!
//! A scenario need not be right to be compared, but every file must be readable.

mod effect;
mod list;
mod path;
mod same;
mod tables;
mod version;
mod walk;
mod write;

#[cfg(test)]
mod tests;

pub use effect::Effect;
pub use tables::{CellChange, ColumnChange, RowName, TableChange};
pub use version::{Unreadable, Version};
pub(super) use write::canonical;

/// Everything that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Changes of the scenario's text, in the order of the format's sections.
    pub changes: Vec<Change>,
    /// Changes within tables: municipalities, then points.
    pub tables: Vec<TableChange>,
    /// Whether every file that was read is the same byte for byte.
    pub is_identical: bool,
}

/// One change of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The section of the scenario, such as `levers`.
    pub section: String,
    /// The whole path, as `--set` writes it.
    pub path: String,
    /// What happened there.
    pub what: What,
    /// The unit of its numbers; empty where the format names none.
    pub unit: String,
    /// Whether figures can follow it.
    pub effect: Effect,
}

/// What happened to a value.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It is only in the new scenario.
    Added(Written),
    /// It is only in the old one.
    Removed(Written),
    /// It is another: old, new.
    Changed(Written, Written),
    /// Its parts stand in another order: the names that both have, old order, new order.
    Moved(Vec<String>, Vec<String>),
    /// A file of the same name holds something else.
    Contents(String),
}

/// A value as a scenario writes it, on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// RON.
    pub text: String,
    /// Its value, where it is a plain number.
    pub number: Option<f64>,
}

impl Difference {
    /// Whether nothing changed that has a meaning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.tables.is_empty()
    }

    /// How many changes there are, a row, column or cell each counted once, and how many of them
    /// figures can follow.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let figures = |effect: Effect| usize::from(effect == Effect::Figures);
        let mut all = self.changes.len();
        let mut with = self.changes.iter().map(|change| figures(change.effect)).sum::<usize>();
        for table in &self.tables {
            let rows = table.added.len() + table.removed.len();
            all += rows + table.cells.len() + table.columns.len();
            with += rows
                + table.cells.iter().map(|cell| figures(cell.effect)).sum::<usize>()
                + table.columns.iter().map(|column| figures(column.effect)).sum::<usize>();
        }
        (all, with)
    }
}

/// Compares two scenarios.
#[must_use]
pub fn difference(old: &Version, new: &Version) -> Difference {
    let mut changes = walk::changes(old, new);
    let mut tables = Vec::new();
    for (section, old, new) in [
        ("municipalities", &old.municipalities, &new.municipalities),
        ("points", &old.points, &new.points),
    ] {
        // A table that only one of them has is told as a section.
        let (Some(old), Some(new)) = (old, new) else { continue };
        let table = tables::compare(section, old, new);
        if table.is_empty() {
            let file = format!("{section}.file");
            for change in changes.iter_mut().filter(|change| change.path == file) {
                change.effect = Effect::SameRows;
            }
        } else {
            tables.push(table);
        }
    }
    if let (Some((name, old)), Some((_, new))) = (&old.map, &new.map)
        && old != new
    {
        changes.push(Change {
            section: "municipalities".to_owned(),
            path: "municipalities.map.file".to_owned(),
            what: What::Contents(name.clone()),
            unit: String::new(),
            effect: Effect::Drawn,
        });
    }
    for ((name, old), (_, new)) in old.crosswalks.iter().zip(&new.crosswalks) {
        if old != new {
            changes.push(Change {
                section: "boundaries".to_owned(),
                path: "boundaries.changes".to_owned(),
                what: What::Contents(name.clone()),
                unit: String::new(),
                effect: Effect::Figures,
            });
        }
    }
    changes.sort_by_key(|change| walk::rank(&change.section));
    Difference { changes, tables, is_identical: old.bytes() == new.bytes() }
}
