//! A table of which old municipality becomes which new one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decimal::Decimal;
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted};
use crate::scenario::sections::tables::{Asked, listed};
use crate::scenario::table::{Column, Table};

/// Columns of the table, as the scenario names them.
#[derive(Debug)]
pub struct Columns {
    /// The old code.
    pub from: Asked,
    /// The new code.
    pub to: Asked,
    /// Which part of the old one becomes the new one.
    pub share: Option<Asked>,
    /// The name of the new one.
    pub name: Option<Asked>,
}

/// A row for each old municipality and each new one that it goes to.
#[derive(Debug)]
pub struct Crosswalk {
    table: Table,
    columns: Columns,
    /// Old and new code of each row.
    rows: Vec<(String, String)>,
    /// The part of the old one, by row; nothing where it is none, which has been told.
    shares: Vec<Option<Decimal>>,
    /// Rows of each old code, in order of the new one.
    of_old: BTreeMap<String, Vec<usize>>,
    /// Rows of each new code, in order of the old one.
    of_new: BTreeMap<String, Vec<usize>>,
    /// Names of the new ones, where they are given.
    names: BTreeMap<String, String>,
}

impl Crosswalk {
    /// Reads the table. Tells rows without a code, a pair that stands twice, shares that are none or do
    /// not add up to 1, and names that differ.
    pub fn read(door: &mut Decoder, table: Table, columns: Columns) -> Option<Self> {
        let mut find = |asked: &Asked| table.column(&asked.0, &asked.1, door);
        let (from, to) = (find(&columns.from), find(&columns.to));
        let share = columns.share.as_ref().map(&mut find);
        let name = columns.name.as_ref().map(&mut find);
        let (from_keys, to_keys) = (from.map(|at| at.keys(door)), to.map(|at| at.keys(door)));
        let shares = share.map(|at| at.map(|at| numbers(at, door)));
        let (from, to) = (from?, to?);
        let rows: Vec<(String, String)> = from_keys??
            .into_iter()
            .zip(to_keys??)
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .collect();
        let (mut of_old, mut of_new) = (BTreeMap::new(), BTreeMap::new());
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| &rows[*row]);
        for row in order {
            of_old.entry(rows[row].0.clone()).or_insert_with(Vec::new).push(row);
            of_new.entry(rows[row].1.clone()).or_insert_with(Vec::new).push(row);
        }
        let mut sound = true;
        for pair in of_old.values().flat_map(|rows| rows.windows(2)) {
            if rows[pair[0]] == rows[pair[1]] {
                let what = format!(
                    "says again that {} becomes {}",
                    quoted(&rows[pair[1]].0),
                    quoted(&rows[pair[1]].1)
                );
                let problem = from.problem(codes::DUPLICATE_CODE, pair[1], &what);
                let problem = problem.also(&to.place(pair[0]), "first here");
                door.tell(problem.help("delete one of the two rows"));
                sound = false;
            }
        }
        let shares = match shares {
            Some(shares) => shares?,
            None => vec![Some(Decimal::ONE); rows.len()],
        };
        sound &= shares.iter().all(Option::is_some);
        let has_names = name.is_none_or(|name| name.is_some());
        let made = Self { rows, shares, of_old, of_new, names: BTreeMap::new(), columns, table };
        sound &= made.tell_shares(door);
        let name_column = made.columns.name.as_ref().map(|(name, _)| name.clone());
        let names =
            name_column.map_or(Some(BTreeMap::new()), |name| made.given(&name, false, door));
        let names = names.filter(|_| has_names)?;
        sound.then_some(Self { names, ..made })
    }

    /// Whether the shares of every old one add up to 1.
    fn tell_shares(&self, door: &mut Decoder) -> bool {
        let mut sound = true;
        let share = self.columns.share.as_ref().and_then(|(name, _)| self.table.find(name));
        let at = share.or_else(|| self.table.find(&self.columns.from.0));
        for (old, rows) in &self.of_old {
            let shares: Option<Vec<Decimal>> =
                rows.iter().map(|row| self.shares.get(*row).copied().flatten()).collect();
            let Some(shares) = shares else { continue };
            let sum = Decimal::sum(shares.into_iter());
            let (Some(at), false) = (at, sum == Some(Decimal::ONE)) else { continue };
            sound = false;
            let first = rows.first().copied().unwrap_or(0);
            let lines: Vec<String> =
                rows.iter().map(|row| self.table.line(*row).to_string()).collect();
            let plural = if lines.len() == 1 { "line" } else { "lines" };
            let file = self.file();
            let (what, help) = if share.is_some() {
                let sum = sum.map_or_else(|| "no number".to_owned(), |sum| sum.to_string());
                (
                    format!("the shares of {} add up to {sum}, not to 1", quoted(old)),
                    "write shares above 0 that add up to exactly 1, such as 0.4 and 0.6",
                )
            } else {
                let to: Vec<String> = rows.iter().map(|row| quoted(&self.rows[*row].1)).collect();
                let to = listed(&to);
                (
                    format!("{} becomes {to} without shares", quoted(old)),
                    "name a column of shares, `share: \"share\"`, that add up to exactly 1",
                )
            };
            let message = format!("{file} {plural} {}: {what}", listed(&lines));
            let mut problem = Problem::error(codes::SHARES, message).at(&at.place(first), "");
            for row in rows.iter().skip(1) {
                problem = problem.also(&at.place(*row), "and here");
            }
            door.tell(
                problem
                    .help(help)
                    .note("nobody is dropped where boundaries change, and nobody counted twice"),
            );
        }
        sound
    }

    /// The cells of a column for each new municipality, where there are any: one is enough, and they do
    /// not differ. With `as_numbers` numbers are written plainly.
    pub fn given(
        &self,
        column: &str,
        as_numbers: bool,
        door: &mut Decoder,
    ) -> Option<BTreeMap<String, String>> {
        let Some(column) = self.table.find(column) else { return Some(BTreeMap::new()) };
        let cells = super::values::carried(column, as_numbers, door)?;
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        let mut sound = true;
        for (new, rows) in &self.of_new {
            let mut filled =
                rows.iter().filter(|row| cells.get(**row).is_some_and(|cell| !cell.is_empty()));
            let Some(first) = filled.next() else { continue };
            for other in filled.filter(|other| cells[**other] != cells[*first]) {
                let what = format!(
                    "says {} of {}, and before {}",
                    quoted(&cells[*other]),
                    quoted(new),
                    quoted(&cells[*first])
                );
                let problem = column.problem(codes::DIFFERING, *other, &what);
                door.tell(
                    problem.also(&column.place(*first), "here").help(
                        "write the same in all rows of the new municipality, or in one alone",
                    ),
                );
                sound = false;
            }
            found.insert(new.clone(), cells[*first].clone());
        }
        sound.then_some(found)
    }

    /// The file's name.
    pub fn file(&self) -> Arc<str> {
        self.table.file()
    }

    /// The table.
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// The column of old codes, and where the scenario names it.
    pub const fn from(&self) -> &Asked {
        &self.columns.from
    }

    /// The old codes, rising.
    pub fn old(&self) -> Vec<&str> {
        self.of_old.keys().map(String::as_str).collect()
    }

    /// The new codes with the rows of each, rising.
    pub const fn new_codes(&self) -> &BTreeMap<String, Vec<usize>> {
        &self.of_new
    }

    /// The rows of an old code.
    pub fn rows_of(&self, old: &str) -> &[usize] {
        self.of_old.get(old).map_or(&[], Vec::as_slice)
    }

    /// Old and new code of a row.
    pub fn row(&self, row: usize) -> (&str, &str) {
        self.rows.get(row).map_or(("", ""), |(old, new)| (old, new))
    }

    /// The shares of some rows.
    pub fn shares(&self, rows: &[usize]) -> Vec<Decimal> {
        rows.iter()
            .map(|row| self.shares.get(*row).copied().flatten().unwrap_or(Decimal::ONE))
            .collect()
    }

    /// How many old ones become several.
    pub fn divided(&self) -> usize {
        self.of_old.values().filter(|rows| rows.len() > 1).count()
    }

    /// Whether nothing but codes and names change.
    pub fn only_renames(&self) -> bool {
        self.divided() == 0 && self.of_new.len() == self.of_old.len()
    }

    /// The name that a new municipality is given.
    pub fn name(&self, new: &str) -> Option<&str> {
        self.names.get(new).map(String::as_str)
    }

    /// The new codes that old ones go to.
    pub fn goes_to(&self, old: &str) -> BTreeSet<&str> {
        self.rows_of(old).iter().map(|row| self.row(*row).1).collect()
    }
}

/// Shares above 0 and up to 1; what is none is told.
fn numbers(column: Column<'_>, door: &mut Decoder) -> Vec<Option<Decimal>> {
    let values = column.each_number(door);
    let share = |(row, value): (usize, &Option<f64>)| {
        let value = (*value)?;
        let share = Decimal::of(value).filter(|_| value > 0.0 && value <= 1.0);
        if share.is_none() {
            let what = format!("holds {value}, which should be a share above 0 and up to 1");
            let problem = column.problem(codes::CELL_RANGE, row, &what);
            door.tell(problem.help("a share is written 0.4, not 40; of nothing there is no row"));
        }
        share
    };
    values.iter().enumerate().map(share).collect()
}
