//! Control totals: what the tables must add up to.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, did_you_mean, number, quoted};
use crate::scenario::table::Table;
use crate::scenario::tree::{Kind, Node};

/// The tables as files, with what is needed to count them.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'t> {
    /// The file of the municipalities.
    pub municipalities: Option<&'t Table>,
    /// How many municipalities there are; nothing if they could not be read.
    pub count: Option<usize>,
    /// The column of years of the municipalities.
    pub year_column: Option<&'t str>,
    /// The file of the points.
    pub points: Option<&'t Table>,
    /// The first year.
    pub year: i32,
}

/// Compares every control total with the tables: `municipalities` and `points` are counts, any other
/// name is a column, of the municipalities if they have one of that name, else of the points.
pub fn expect(door: &mut Decoder, node: &Node, counted: Counted<'_>) {
    let fields = match &node.kind {
        Kind::Struct(None, fields) => fields.as_slice(),
        Kind::Tuple(None, items) if items.is_empty() => &[],
        _ => {
            let _: Option<()> = door.wrong(node, "control totals, written `(points: 592, …)`");
            return;
        }
    };
    for field in fields {
        let Some(expected) = number(door, &field.value) else { continue };
        let name = &*field.name.value;
        if name == "municipalities" && counted.count.is_none() {
            continue;
        }
        let Some((found, of)) = counted.total(name) else {
            let message = format!("no table has a column of numbers {}", quoted(name));
            let problem = Problem::error(codes::UNKNOWN_COLUMN, message).at(&field.name.place, "");
            let known = counted.known();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            door.tell(did_you_mean(problem, name, &known));
            continue;
        };
        let close = (found - expected).abs() <= 1e-9 * expected.abs().max(found.abs());
        if !close {
            let message = format!("{} should be {expected}, and {of} gives {found}", quoted(name));
            door.tell(Problem::error(codes::CONTROL_TOTAL, message).at(&field.value.place, ""));
        }
    }
}

impl Counted<'_> {
    /// A total and the file that gives it.
    fn total(&self, name: &str) -> Option<(f64, Arc<str>)> {
        let of_municipalities = self.municipalities.map(|table| (table, self.year_column));
        let tables = [of_municipalities, self.points.map(|table| (table, None))];
        match name {
            "municipalities" => {
                Some((self.count? as f64, self.municipalities.map_or("no table".into(), file)))
            }
            "points" => {
                let rows = self.points.map_or(0, Table::rows);
                Some((rows as f64, self.points.map_or("no table".into(), file)))
            }
            name => tables.into_iter().flatten().find_map(|(table, year_column)| {
                Some((total(table, name, year_column, self.year)?, file(table)))
            }),
        }
    }

    fn known(&self) -> Vec<String> {
        let mut known = BTreeSet::from(["municipalities".to_owned(), "points".to_owned()]);
        for table in [self.municipalities, self.points].into_iter().flatten() {
            let numeric = |name: &&String| total(table, name, None, self.year).is_some();
            known.extend(table.headers().iter().filter(numeric).cloned());
        }
        known.into_iter().collect()
    }
}

fn file(table: &Table) -> Arc<str> {
    table.row_place(0).file
}

/// The sum of a column in the first year, for control totals; nothing if it has cells that are no
/// numbers.
fn total(csv: &Table, name: &str, year_column: Option<&str>, year: i32) -> Option<f64> {
    let column = csv.find(name)?;
    let of_year = year_column.and_then(|name| csv.find(name));
    let counted = |row: &usize| of_year.is_none_or(|years| years.cell(*row) == year.to_string());
    let mut values: Vec<f64> = (0..csv.rows())
        .filter(counted)
        .map(|row| column.cell(row).parse::<f64>().ok().filter(|value| value.is_finite()))
        .collect::<Option<_>>()?;
    // In order of size, so that the order of the rows does not matter.
    values.sort_by(f64::total_cmp);
    Some(values.iter().sum())
}
