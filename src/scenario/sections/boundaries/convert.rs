//! One change applied to the table of municipalities: the same table in new units, as a text.

use std::collections::{BTreeMap, BTreeSet};

use super::crosswalk::Crosswalk;
use super::decimal::Decimal;
use super::{Change, Combine, Roles, Rules};
use crate::model::{BoundaryChange, KeptSum};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, quoted, spoken};
use crate::scenario::load::{Folder, Library};
use crate::scenario::sections::municipalities::PREVIOUS;
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
    /// Applies it. All that does not fit is told.
    pub(super) fn convert<F: Folder>(
        &self,
        door: &mut Decoder,
        library: &mut Library<F>,
        csv: &Table,
        roles: Roles<'_>,
        rules: &Rules,
        original: &str,
    ) -> Option<(Table, BoundaryChange)> {
        let units = self.units(door, csv, roles);
        let kept = kept(csv, roles, rules);
        let ruled = self.tell_unruled(door, csv, &kept, rules);
        let units = units?;
        let rows = units.rows();
        let name = roles.name.and_then(|(name, _)| csv.find(name));
        let mut columns = vec![Units::codes_of(csv.find(&roles.code.0)?, &rows)];
        columns.extend(
            roles
                .year
                .and_then(|(year, _)| csv.find(year))
                .map(|year| Units::years_of(year, &rows)),
        );
        columns.extend(name.map(|name| units.names_of(name, &rows)));
        let mut sums = Vec::new();
        let mut sound = ruled.is_some();
        for column in kept {
            let asked = roles.listed.is_some();
            // Without a word on it, it is carried on where nothing but codes change; else that is told.
            let plain = self.crosswalk.only_renames().then_some(&Combine::Same);
            let Some(rule) = rules.of(column.name()).or(plain) else { continue };
            match units.values_of(door, column, asked, rule, &rows) {
                Some(values) => {
                    if matches!(rule, Combine::Sum) {
                        sums.push(column);
                    }
                    columns.push(values);
                }
                None => sound = false,
            }
        }
        sound.then_some(())?;
        let name = format!("{original}[{}]", self.crosswalk.file());
        let source = library.made(&name, &written(&columns));
        let made = Table::made(&source, door)?;
        let mut told = self.told();
        original.clone_into(&mut told.table);
        told.divided = self.crosswalk.divided();
        told.municipalities = Some((self.crosswalk.old().len(), self.crosswalk.new_codes().len()));
        for column in sums {
            told.kept.push(units.reconciled(door, column, &made, &rows)?);
        }
        self.tell_count(door)?;
        let (old, new) = told.municipalities.unwrap_or_default();
        let how = format!("municipalities as of {}, {old} → {new}", quoted(&self.title));
        door.assume(&csv.file(), &how);
        Some((made, told))
    }

    /// Rows by unit, if every code of the table stands in the crosswalk and every one there in the table.
    fn units<'t>(
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

    /// Tells columns of which nothing says how they follow.
    fn tell_unruled(
        &self,
        door: &mut Decoder,
        csv: &Table,
        kept: &[Column<'_>],
        rules: &Rules,
    ) -> Option<()> {
        let mut sound = true;
        let lacking: Vec<String> = kept
            .iter()
            .filter(|column| rules.of(column.name()).is_none() && !self.crosswalk.only_renames())
            .map(|column| quoted(column.name()))
            .collect();
        if let Some(first) = lacking.first() {
            let message = format!(
                "nothing says how these columns of {} follow new boundaries: {}",
                csv.file(),
                listed(&lacking)
            );
            let problem = Problem::error(codes::NOT_COMBINED, message).at(&rules.place, "");
            let first = first.trim_matches('`');
            door.tell(problem.help(format!("write `\"{first}\": Sum` for counts and money, `Mean(by: \"…\")` for rates, `Same` for what the crosswalk gives or all have alike")));
            sound = false;
        }
        for (name, _, rule) in &rules.all {
            let Combine::Mean((by, place)) = rule else { continue };
            if !matches!(rules.of(by), Some(Combine::Sum)) {
                let message = format!(
                    "the mean of {} is weighted by {}, which is no sum",
                    quoted(name),
                    quoted(by)
                );
                let problem = Problem::error(codes::NOT_COMBINED, message).at(place, "");
                door.tell(
                    problem.help(format!("write `\"{by}\": Sum` as well, or name another column")),
                );
                sound = false;
            }
        }
        sound.then_some(())
    }

    /// Tells a number of new municipalities that is not the one expected.
    fn tell_count(&self, door: &mut Decoder) -> Option<()> {
        let Some((expected, place)) = &self.expected else { return Some(()) };
        let found = self.crosswalk.new_codes().len() as f64;
        if found.to_bits() == expected.to_bits() {
            return Some(());
        }
        let message = format!(
            "`municipalities` should be {}, and {} makes {}",
            spoken(*expected),
            self.crosswalk.file(),
            spoken(found)
        );
        door.refuse(Problem::error(codes::CONTROL_TOTAL, message).at(place, ""))
    }
}

/// The columns that are carried on: those that are read, and those of which something is said.
fn kept<'t>(csv: &'t Table, roles: Roles<'_>, rules: &Rules) -> Vec<Column<'t>> {
    let is_own = |name: &str| {
        name == roles.code.0
            || [roles.year, roles.name].into_iter().flatten().any(|(own, _)| own == name)
    };
    let is_read = |name: &str| match roles.listed {
        None => true,
        Some(listed) => {
            PREVIOUS.contains(&name)
                || rules.of(name).is_some()
                || listed.iter().any(|(read, _)| read == name)
        }
    };
    let named = csv.headers().iter().filter(|name| !is_own(name) && is_read(name));
    named.filter_map(|name| csv.find(name)).collect()
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
    fn rows(&self) -> Vec<Row<'t>> {
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

    fn codes_of(column: Column<'_>, rows: &[Row<'_>]) -> Vec<String> {
        Self::cells(column, rows, |new, _| new.to_owned())
    }

    fn years_of(column: Column<'_>, rows: &[Row<'_>]) -> Vec<String> {
        let year = |from: &[(usize, usize)]| from.first().map_or("", |(row, _)| column.cell(*row));
        Self::cells(column, rows, |_, from| year(from).to_owned())
    }

    /// The name that the crosswalk gives; else that of the old one with the same code, or of the only
    /// one. Without any of these, empty: people see the code.
    fn names_of(&self, column: Column<'_>, rows: &[Row<'_>]) -> Vec<String> {
        Self::cells(column, rows, |new, from| {
            let own = from.iter().find(|(row, _)| self.old_of(*row) == Some(new));
            let only = Some(from).filter(|from| from.len() == 1).and_then(<[_]>::first);
            let old = own.or(only).map_or("", |(row, _)| column.cell(*row));
            self.crosswalk.name(new).unwrap_or(old).to_owned()
        })
    }

    /// The sum of a column before and after, which must be the same.
    fn reconciled(
        &self,
        door: &mut Decoder,
        column: Column<'_>,
        made: &Table,
        rows: &[Row<'_>],
    ) -> Option<KeptSum> {
        let name = column.name();
        let numbers = column.numbers_or_empty(door)?;
        let moved = numbers.iter().enumerate().filter(|(row, _)| self.old_of(*row).is_some());
        let before: Option<Vec<Decimal>> =
            moved.filter_map(|(_, number)| number.map(Decimal::of)).collect();
        let after = made.find(name)?;
        let is_made = |index: &usize| matches!(rows.get(*index), Some(Row::Made(..)));
        let cells = (0..made.rows())
            .filter(is_made)
            .map(|row| after.cell(row))
            .filter(|cell| !cell.is_empty());
        let after: Option<Vec<Decimal>> = cells.map(Decimal::parse).collect();
        let sum = |all: Option<Vec<Decimal>>| Decimal::sum(all?.iter().copied());
        let (before, after) = (sum(before), sum(after));
        match (before, after) {
            (Some(before), Some(after)) if before == after => {
                Some(KeptSum { column: name.to_owned(), sum: before.to_string() })
            }
            _ => {
                let shown = |sum: Option<Decimal>| {
                    sum.map_or_else(|| "no number".to_owned(), |sum| sum.to_string())
                };
                let message = format!(
                    "the sum of {} was {} and became {}",
                    quoted(name),
                    shown(before),
                    shown(after)
                );
                let problem = Problem::error(codes::NOT_KEPT, message).at(&column.place(0), "");
                door.refuse(problem.help("write fewer digits"))
            }
        }
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

/// Columns as the text of a table.
fn written(columns: &[Vec<String>]) -> String {
    let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
    let mut text = String::new();
    for row in 0..rows {
        for (index, column) in columns.iter().enumerate() {
            let cell = &column[row];
            if index > 0 {
                text.push(',');
            }
            // A row of one empty cell would be an empty line.
            if cell.contains([',', '"', '\n', '\r', ';', '\t'])
                || (columns.len() == 1 && cell.is_empty())
            {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
        text.push('\n');
    }
    text
}
