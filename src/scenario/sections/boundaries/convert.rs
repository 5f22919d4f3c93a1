//! One change applied to the table of municipalities: the same table in new units, as a text.

use super::decimal::Decimal;
use super::units::{Row, Units};
use super::{Change, Combine, Roles, Rules};
use crate::model::{BoundaryChange, KeptSum};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted, spoken};
use crate::scenario::load::{Folder, Library};
use crate::scenario::sections::municipalities::PREVIOUS;
use crate::scenario::sections::tables::listed;
use crate::scenario::table::{Column, Table};

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

impl Units<'_> {
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
