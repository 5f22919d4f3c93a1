//! Control totals: what the tables must add up to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::differs::{Sum, of_municipalities, of_points, of_sum};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, did_you_mean, number, quoted, spoken};
use crate::scenario::table::{Column, Table};
use crate::scenario::tree::{Field, Kind, Node};

/// A table as a file, with the section that says what its columns are.
#[derive(Clone, Copy, Debug)]
pub struct Side<'t> {
    /// The file.
    pub table: &'t Table,
    /// The section.
    pub section: &'t Node,
}

/// The tables as files.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'t> {
    /// The municipalities.
    pub municipalities: Option<Side<'t>>,
    /// The points.
    pub points: Option<Side<'t>>,
    /// The first year.
    pub year: i32,
}

/// What a column of a table adds up to.
enum Total<'t> {
    Sum(Sum<'t>),
    /// A cell is no number.
    Text(Column<'t>, usize),
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
        match &*field.name.value {
            "municipalities" => {
                let count = |side: Side<'_>| side.codes().map(|codes| codes.len());
                let problem = of_count(field, expected, counted.municipalities, count);
                tell(door, problem.map(|problem| of_municipalities(problem, counted)));
            }
            "points" => {
                let count = |side: Side<'_>| side.codes().map(|_| side.table.rows());
                let problem = of_count(field, expected, counted.points, count);
                tell(door, problem.map(|problem| of_points(problem, counted)));
            }
            _ => counted.column(door, field, expected),
        }
    }
}

fn tell(door: &mut Decoder, problem: Option<Problem>) {
    if let Some(problem) = problem {
        door.tell(problem);
    }
}

/// A count that differs. Where codes are doubled or missing there is no count, and that is told.
fn of_count(
    field: &Field,
    expected: f64,
    side: Option<Side<'_>>,
    count: impl Fn(Side<'_>) -> Option<usize>,
) -> Option<Problem> {
    let (found, of) = match side {
        Some(side) => (count(side)? as f64, side.file()),
        None => (0.0, "no table".into()),
    };
    differs(&field.name.value, expected, found, &of, &field.value.place)
}

fn differs(name: &str, expected: f64, found: f64, of: &str, at: &Place) -> Option<Problem> {
    if (found - expected).abs() <= 1e-9 * expected.abs().max(found.abs()) {
        return None;
    }
    let (mut wanted, mut there) = (spoken(expected), spoken(found));
    if wanted == there {
        (wanted, there) = (expected.to_string(), found.to_string());
    }
    let message = format!("{} should be {wanted}, and {of} gives {there}", quoted(name));
    let (less, by) = (found < expected, spoken((found - expected).abs()));
    let label = format!("{by} too {}", if less { "few in the table" } else { "many in the table" });
    let label = if name == "municipalities" || name == "points" {
        label
    } else {
        format!("{by} {} in the table", if less { "less" } else { "more" })
    };
    Some(Problem::error(codes::CONTROL_TOTAL, message).at(at, label))
}

impl<'t> Side<'t> {
    /// The file's name.
    pub fn file(&self) -> Arc<str> {
        self.table.row_place(0).file
    }

    /// The column that a field of the section names.
    pub fn column(&self, field: &str) -> Option<Column<'t>> {
        self.table.find(&self.section.field(field)?.as_text()?.value)
    }

    /// Every code once; nothing if one is missing or doubled (in a year), which has been told.
    pub fn codes(&self) -> Option<BTreeSet<&'t str>> {
        let (codes, years) = (self.column("code")?, self.column("year"));
        let mut rows = BTreeSet::new();
        for (row, code) in codes.texts().enumerate() {
            let year = years.map_or("", |years| years.cell(row));
            if code.is_empty() || !rows.insert((code, year)) {
                return None;
            }
        }
        Some(rows.into_iter().map(|(code, _)| code).collect())
    }

    /// Whether formulas ask for this column, so that its cells have been judged.
    fn asks_for(&self, name: &str) -> bool {
        let listed = self.section.field("columns").map(|columns| &columns.kind);
        let is = |item: &Node| item.as_text().is_some_and(|text| &*text.value == name);
        matches!(listed, Some(Kind::List(items)) if items.iter().any(is))
    }

    /// A column in the year given, in a yearly table.
    fn total(&self, name: &str, year: i32) -> Option<Total<'t>> {
        let column = self.table.find(name)?;
        let years = self.column("year");
        let counted = |row: &usize| years.is_none_or(|years| years.cell(*row) == year.to_string());
        let mut rows = Vec::new();
        for row in (0..self.table.rows()).filter(counted) {
            match column.cell(row).parse::<f64>().ok().filter(|value| value.is_finite()) {
                Some(value) => rows.push((row, value)),
                None => return Some(Total::Text(column, row)),
            }
        }
        Some(Total::Sum(Sum { column, rows }))
    }
}

impl Counted<'_> {
    /// Compares the sum of a column.
    fn column(&self, door: &mut Decoder, field: &Field, expected: f64) {
        let name = &*field.name.value;
        let sides = [self.municipalities, self.points].into_iter().flatten();
        let found = sides
            .filter_map(|side| Some((side.total(name, self.year)?, side)))
            .min_by_key(|(total, _)| matches!(total, Total::Text(..)));
        let Some((total, side)) = found else {
            let message = format!("no table has a column {}", quoted(name));
            let problem = Problem::error(codes::UNKNOWN_COLUMN, message).at(&field.name.place, "");
            let known = self.known();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            door.tell(did_you_mean(problem, name, &known));
            return;
        };
        match total {
            Total::Sum(sum) => {
                if side.codes().is_none() {
                    return;
                }
                let found = sum.value();
                let of = side.file();
                if let Some(problem) = differs(name, expected, found, &of, &field.value.place) {
                    let other_years = |year: i32| match side.total(name, year) {
                        Some(Total::Sum(sum)) => Some(sum.value()),
                        _ => None,
                    };
                    door.tell(of_sum(problem, &side, &sum, expected, &other_years));
                }
            }
            Total::Text(column, row) if !side.asks_for(name) || !is_mostly_numbers(column) => {
                let message = format!("the column {} cannot be added up", quoted(name));
                let problem = Problem::error(codes::UNKNOWN_COLUMN, message)
                    .at(&field.name.place, "")
                    .also(&column.place(row), "this cell is no number");
                door.tell(problem.help("control totals are of columns of numbers"));
            }
            Total::Text(..) => {}
        }
    }

    /// Names that a control total may have; codes look like numbers, but nobody adds them up.
    fn known(&self) -> Vec<String> {
        let mut known = BTreeSet::from(["municipalities".to_owned(), "points".to_owned()]);
        for side in [self.municipalities, self.points].into_iter().flatten() {
            let others = ["code", "municipality", "year", "latitude", "longitude", "opens"]
                .map(|field| side.column(field).map(|column| column.name()));
            let numeric = |name: &&String| {
                !others.contains(&Some(name.as_str()))
                    && matches!(side.total(name, self.year), Some(Total::Sum(_)))
            };
            known.extend(side.table.headers().iter().filter(numeric).cloned());
        }
        known.into_iter().collect()
    }
}

fn is_mostly_numbers(column: Column<'_>) -> bool {
    let numbers =
        column.texts().filter(|cell| cell.parse::<f64>().is_ok_and(f64::is_finite)).count();
    numbers * 2 >= column.texts().len()
}
