//! The values of old municipalities as that of a new one, column by column.

use super::Combine;
use super::units::{Row, Units};
use super::values::{Sums, carried, mean};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted};
use crate::scenario::sections::tables::{Asked, listed};
use crate::scenario::table::Column;

/// A way to write the cell of a new unit: its code, and what it is made of.
type Write<'w> = Box<dyn Fn(&mut Decoder, &str, &[(usize, usize)]) -> Option<String> + 'w>;

impl Units<'_> {
    /// A column in new units, its name first.
    pub fn values_of(
        &self,
        door: &mut Decoder,
        column: Column<'_>,
        asked: bool,
        rule: &Combine,
        rows: &[Row<'_>],
    ) -> Option<Vec<String>> {
        let write = match rule {
            Combine::Sum => self.sums(door, column)?,
            Combine::Mean(by) => self.means(door, column, by)?,
            Combine::Same => self.same(door, column, asked)?,
        };
        let kept = match rule {
            Combine::Same => carried(column, asked, door)?,
            Combine::Sum | Combine::Mean(_) => carried(column, true, door)?,
        };
        let mut values = vec![column.name().to_owned()];
        let mut sound = true;
        for row in rows {
            let value = match row {
                Row::Kept(row) => kept.get(*row).cloned(),
                Row::Made(new, from) => write(door, new, from),
            };
            sound &= value.is_some();
            values.extend(value);
        }
        sound.then_some(values)
    }

    fn sums<'w>(&'w self, door: &mut Decoder, column: Column<'w>) -> Option<Write<'w>> {
        let sums = Sums::read(door, column, self)?;
        Some(Box::new(move |door, _, from| {
            let empty = match sums.added(from) {
                Ok(sum) => return Some(sum),
                Err(empty) => empty,
            };
            let row = empty.or(from.first().map(|(row, _)| *row)).unwrap_or(0);
            let problem = |code, what: &str| column.problem(code, row, what);
            door.refuse(if empty.is_some() {
                problem(codes::CELL_EMPTY, "is empty, and is to be added to others")
                    .help("write the number; 0 only where the true figure is 0")
            } else {
                problem(codes::NOT_KEPT, "is too large to be added without loss")
                    .help("write fewer digits, or leave the column out")
            })
        }))
    }

    fn means<'w>(
        &'w self,
        door: &mut Decoder,
        column: Column<'w>,
        (by, place): &'w Asked,
    ) -> Option<Write<'w>> {
        let numbers = column.numbers_or_empty(door)?;
        let weights = self.csv.column(by, place, door)?;
        let sums = Sums::read(door, weights, self)?;
        let given = self.crosswalk.given(column.name(), true, door)?;
        Some(Box::new(move |door, new, from| {
            if let Some(given) = given.get(new) {
                return Some(given.clone());
            }
            let number = |row: usize| numbers.get(row).copied().flatten();
            if let [(row, _)] = from {
                return Some(number(*row).map_or_else(String::new, |x| x.to_string()));
            }
            let mut all = Vec::with_capacity(from.len());
            for (row, to) in from {
                let Some(number) = number(*row) else {
                    let what = "is empty, and is a part of a mean";
                    let problem = column.problem(codes::CELL_EMPTY, *row, what);
                    let help = "write the number, or give the new one in the crosswalk";
                    return door.refuse(problem.help(help));
                };
                let weight = sums.part(*row, *to).map(|units| sums.written(units));
                all.push((number, weight.and_then(|text| text.parse().ok()).unwrap_or(0.0)));
            }
            mean(&all).map(|mean| mean.to_string()).or_else(|| {
                let row = from.first().map_or(0, |(row, _)| *row);
                let (new, by) = (quoted(new), quoted(by));
                let what = format!("has no mean in {new}: the weights {by} are no numbers above 0");
                let problem = column.problem(codes::DIFFERING, row, &what);
                let help = "weight by another column, or give the new value in the crosswalk";
                door.refuse(problem.help(help))
            })
        }))
    }

    fn same<'w>(
        &'w self,
        door: &mut Decoder,
        column: Column<'w>,
        asked: bool,
    ) -> Option<Write<'w>> {
        let cells = carried(column, asked, door)?;
        let given = self.crosswalk.given(column.name(), asked, door)?;
        Some(Box::new(move |door, new, from| {
            if let Some(given) = given.get(new) {
                return Some(given.clone());
            }
            let (first, _) = from.first()?;
            let first = cells.get(*first)?;
            if from.iter().all(|(row, _)| cells.get(*row) == Some(first)) {
                return Some(first.clone());
            }
            door.refuse(self.differing(column, &cells, new, from))
        }))
    }

    /// The problem of values that should be one.
    fn differing(
        &self,
        column: Column<'_>,
        cells: &[String],
        new: &str,
        from: &[(usize, usize)],
    ) -> Problem {
        let has = |(row, _): &(usize, usize)| {
            let code = self.codes.get(*row).copied().unwrap_or_default();
            let cell = cells.get(*row).map_or("", String::as_str);
            format!("{} (line {}) has {}", quoted(code), column.line(*row), quoted(cell))
        };
        let each: Vec<String> = from.iter().map(has).collect();
        let (name, file) = (quoted(column.name()), column.file());
        let message = format!(
            "{name} of {file} is not the same in what becomes {}: {}",
            quoted(new),
            listed(&each)
        );
        let mut problem = Problem::error(codes::DIFFERING, message);
        let mut places = from.iter().map(|(row, _)| column.place(*row));
        if let Some(first) = places.next() {
            problem = problem.at(&first, "");
        }
        if let Some(second) = places.next() {
            problem = problem.also(&second, "and here");
        }
        problem.help(format!(
            "give {} a column {name} with the value of each new municipality",
            self.crosswalk.file()
        ))
    }
}
