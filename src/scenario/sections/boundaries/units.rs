//! Rows of a table by old and new unit, and whether every code of one side stands on the other.

use std::collections::{BTreeMap, BTreeSet};

use super::crosswalk::Crosswalk;
use super::{Change, Roles};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, quoted};
use crate::scenario::sections::tables::{Asked, Guess, listed};
use crate::scenario::table::{Column, Table};

/// Rows of the table by unit.
pub struct Units<'t> {
    /// The table.
    pub csv: &'t Table,
    /// The crosswalk.
    pub crosswalk: &'t Crosswalk,
    /// Of each row: its code where it is in old units.
    old: Vec<Option<&'t str>>,
    /// Of each row: its code.
    pub codes: Vec<&'t str>,
    /// Of each row: its year, 0 in a table without years.
    years: Vec<i32>,
    /// The row of a year and an old code.
    rows: BTreeMap<(i32, &'t str), usize>,
}

/// A row of the new table.
pub enum Row<'t> {
    /// As it stood.
    Kept(usize),
    /// A new unit in a year: rows of the table and of the crosswalk, in order of the old code.
    Made(&'t str, Vec<(usize, usize)>),
}

impl Change {
    /// Rows by unit, if every code of the table stands in the crosswalk and every one there in the table.
    pub(super) fn units<'t>(
        &'t self,
        door: &mut Decoder,
        csv: &'t Table,
        roles: Roles<'_>,
    ) -> Option<Units<'t>> {
        let code = csv.column(&roles.code.0, &roles.code.1, door);
        let year = roles.year.map(|(name, place)| csv.column(name, place, door));
        let code = code?;
        let (codes, years) = match year {
            None => (code.codes(door)?, vec![0; csv.rows()]),
            Some(year) => {
                let (codes, years) = (code.keys(door), year?.years(door));
                (codes?, years?)
            }
        };
        let until = self.until.filter(|_| year.is_some()).unwrap_or(i32::MAX);
        let old: Vec<Option<&str>> = codes
            .iter()
            .zip(&years)
            .map(|(code, year)| Some(*code).filter(|_| *year <= until))
            .collect();
        let mut rows = BTreeMap::new();
        let mut sound = true;
        for (row, old) in old.iter().enumerate() {
            let Some(old) = old else { continue };
            if let Some(first) = rows.insert((years[row], *old), row) {
                let what = format!("has the code {} again for {}", quoted(old), years[row]);
                let problem = code.problem(codes::DUPLICATE_CODE, row, &what);
                door.tell(
                    problem
                        .also(&code.place(first), "first here")
                        .help("delete one row, or give each its own code"),
                );
                sound = false;
            }
        }
        let units = Units { csv, crosswalk: &self.crosswalk, old, codes, years, rows };
        sound &= units.tell_unmatched(door, code, roles.code);
        sound.then_some(units)
    }
}

impl<'t> Units<'t> {
    /// The old code of a row in old units.
    pub fn old_of(&self, row: usize) -> Option<&'t str> {
        self.old.get(row).copied().flatten()
    }

    /// Tells codes that the other side does not have, and old ones without a row in some year.
    fn tell_unmatched(&self, door: &mut Decoder, code: Column<'_>, asked: &Asked) -> bool {
        let walk = self.crosswalk;
        let known: BTreeSet<&str> = self.old.iter().flatten().copied().collect();
        let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, old) in self.old.iter().enumerate() {
            if let Some(old) = old.filter(|old| walk.rows_of(old).is_empty()) {
                unknown.entry(old).or_default().push(row);
            }
        }
        let mut sound = tell_unmatched(
            door,
            code,
            "municipality",
            &unknown,
            (&walk.old(), &walk.file()),
            &asked.1,
        );
        let mut absent: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for old in walk.old().into_iter().filter(|old| !known.contains(old)) {
            absent.insert(old, walk.rows_of(old).to_vec());
        }
        let (name, place) = walk.from();
        if let Some(from) = walk.table().find(name) {
            let known: Vec<&str> = known.into_iter().collect();
            sound &= tell_unmatched(
                door,
                from,
                "municipality",
                &absent,
                (&known, &self.csv.file()),
                place,
            );
        }
        let years: BTreeSet<i32> = self.rows.keys().map(|(year, _)| *year).collect();
        let mut missing = Vec::new();
        for year in years {
            let olds = walk.old().into_iter().filter(|old| !absent.contains_key(old));
            missing.extend(
                olds.filter(|old| !self.rows.contains_key(&(year, *old)))
                    .map(|old| format!("{} in {year}", quoted(old))),
            );
        }
        if !missing.is_empty() {
            let message =
                format!("rows are missing before boundaries change: {}", listed(&missing));
            let problem = Problem::error(codes::MISSING_YEAR, message).at(&asked.1, "");
            door.tell(problem.help("every old code needs a row for every year in old units"));
            sound = false;
        }
        sound
    }

    /// The rows of the new table, by year and code.
    pub fn rows(&self) -> Vec<Row<'t>> {
        let years: BTreeSet<i32> = self.rows.keys().map(|(year, _)| *year).collect();
        let mut rows: BTreeMap<(i32, &str, usize), Row<'t>> = BTreeMap::new();
        for year in years {
            for (new, walk) in self.crosswalk.new_codes() {
                let of = |row: &usize| {
                    let (old, _) = self.crosswalk.row(*row);
                    Some((*self.rows.get(&(year, old))?, *row))
                };
                rows.insert((year, new, 0), Row::Made(new, walk.iter().filter_map(of).collect()));
            }
        }
        for row in (0..self.csv.rows()).filter(|row| self.old_of(*row).is_none()) {
            rows.insert((self.years[row], self.codes[row], row + 1), Row::Kept(row));
        }
        rows.into_values().collect()
    }

    fn cells(
        column: Column<'_>,
        rows: &[Row<'_>],
        made: impl Fn(&str, &[(usize, usize)]) -> String,
    ) -> Vec<String> {
        let mut cells = vec![column.name().to_owned()];
        cells.extend(rows.iter().map(|row| match row {
            Row::Kept(row) => column.cell(*row).to_owned(),
            Row::Made(new, from) => made(new, from),
        }));
        cells
    }

    pub fn codes_of(column: Column<'_>, rows: &[Row<'_>]) -> Vec<String> {
        Self::cells(column, rows, |new, _| new.to_owned())
    }

    pub fn years_of(column: Column<'_>, rows: &[Row<'_>]) -> Vec<String> {
        let year = |from: &[(usize, usize)]| from.first().map_or("", |(row, _)| column.cell(*row));
        Self::cells(column, rows, |_, from| year(from).to_owned())
    }

    /// The name that the crosswalk gives; else that of the old one with the same code, or of the only
    /// one. Without any of these, empty: people see the code.
    pub fn names_of(&self, column: Column<'_>, rows: &[Row<'_>]) -> Vec<String> {
        Self::cells(column, rows, |new, from| {
            let own = from.iter().find(|(row, _)| self.old_of(*row) == Some(new));
            let only = Some(from).filter(|from| from.len() == 1).and_then(<[_]>::first);
            let old = own.or(only).map_or("", |(row, _)| column.cell(*row));
            self.crosswalk.name(new).unwrap_or(old).to_owned()
        })
    }
}

/// Tells codes that stand on one side only, with all of their lines; whether there are none.
pub fn tell_unmatched(
    door: &mut Decoder,
    column: Column<'_>,
    what: &str,
    unknown: &BTreeMap<&str, Vec<usize>>,
    (known, of): (&[&str], &str),
    asked: &Place,
) -> bool {
    let mut causes: Vec<_> = unknown.iter().collect();
    causes.sort_by_key(|(_, rows)| rows.first().copied());
    for (name, rows) in causes {
        let first = column.place(rows.first().copied().unwrap_or(0));
        let lines: Vec<String> = rows.iter().map(|row| column.line(*row).to_string()).collect();
        let plural = if lines.len() == 1 { "line" } else { "lines" };
        let message = format!(
            "{} {plural} {}: {what} {} matches nothing in {of}",
            column.file(),
            listed(&lines),
            quoted(name)
        );
        let problem = Problem::error(codes::UNKNOWN_CODE, message).at(&first, "");
        door.tell(Guess::Code(&[], asked).help(problem, name, known, of));
    }
    unknown.is_empty()
}
