//! The columns that formulas see, in order of code.

use std::collections::BTreeSet;

use super::{Asked, Layout};
use crate::model::{self, ColumnValues};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, filled, list, placed, quoted};
use crate::scenario::table::{Column, Table};
use crate::scenario::tree::Node;

/// What formulas shall see of a table.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    /// The columns; without a list, all but those with a meaning of their own.
    pub columns: Option<Vec<Asked>>,
    /// Columns of numbers of which cells may be empty.
    pub gaps: Vec<Asked>,
}

/// The names of the columns that formulas shall see.
pub fn asked_columns(door: &mut Decoder, node: &Node) -> Option<Vec<Asked>> {
    let columns = list(placed(filled))(door, node)?;
    let mut seen = BTreeSet::new();
    for (name, place) in &columns {
        if !seen.insert(name) {
            let message = format!("the column {} is listed twice", quoted(name));
            let problem = Problem::error(codes::DUPLICATE_NAME, message).at(place, "");
            door.tell(problem.help("list it once"));
        }
    }
    Some(columns)
}

impl Layout {
    /// Code, name, line and columns as the model has them: the columns that formulas shall see;
    /// where they are not listed all but those in `others`.
    pub fn table(
        &self,
        door: &mut Decoder,
        csv: &Table,
        name: Option<Column<'_>>,
        seen: &Visible,
        others: &[&str],
    ) -> Option<model::Table> {
        let mut columns: Vec<Option<model::Column>> = Vec::new();
        let has_gaps = |name: &str| seen.gaps.iter().any(|(gaps, _)| gaps == name);
        seen.tell_unseen_gaps(door, csv, others)?;
        if let Some(asked) = &seen.columns {
            for (name, place) in asked {
                let column = csv.column(name, place, door);
                columns.push(column.and_then(|column| {
                    if has_gaps(name) {
                        self.with_gaps(door, column)
                    } else {
                        self.column(door, column, true)
                    }
                }));
            }
        } else {
            let visible = csv.headers().iter().filter(|header| !others.contains(&header.as_str()));
            for header in visible {
                let column = csv.find(header);
                columns.push(column.and_then(|column| {
                    if has_gaps(header) {
                        self.with_gaps(door, column)
                    } else {
                        self.column(door, column, false)
                    }
                }));
            }
        }
        let names_are_sound = name.is_none_or(|name| name.sound_texts(door).is_some());
        let last = self.last();
        let named = |(row, code): (&usize, &String)| {
            let name = name.map_or("", |name| name.cell(*row));
            if name.is_empty() { code.clone() } else { name.to_owned() }
        };
        let lines = |rows: &[usize]| rows.iter().map(|row| csv.line(*row) as u32).collect();
        let by_year = || self.rows.iter().map(|rows| lines(rows)).collect();
        Some(model::Table {
            file: csv.row_place(0).file,
            codes: self.codes.clone(),
            names: names_are_sound.then(|| last.iter().zip(&self.codes).map(named).collect())?,
            lines: lines(last),
            year_lines: self.first_year.map_or_else(Vec::new, |_| by_year()),
            columns: columns.into_iter().collect::<Option<_>>()?,
            streams: Vec::new(),
        })
    }

    /// A column of numbers or texts. A column is one of numbers if most of its cells are; a column
    /// that nobody asked for is one of texts unless every cell is a number.
    fn column(&self, door: &mut Decoder, column: Column<'_>, asked: bool) -> Option<model::Column> {
        let name = column.name().to_owned();
        let values = if column.is_numbers(!asked) {
            self.numbers(&column.numbers(door)?)
        } else {
            self.texts(door, column)?
        };
        Some(model::Column { name, values, gaps: false })
    }

    /// A column of numbers of which cells may be empty.
    fn with_gaps(&self, door: &mut Decoder, column: Column<'_>) -> Option<model::Column> {
        let cells = column.numbers_or_empty(door)?;
        let numbers: Vec<f64> = cells.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect();
        let (name, values) = (column.name().to_owned(), self.numbers(&numbers));
        Some(model::Column { name, values, gaps: true })
    }

    /// The numbers of a column in order of code.
    pub fn numbers(&self, numbers: &[f64]) -> ColumnValues {
        let of_year =
            |rows: &Vec<usize>| rows.iter().map(|row| numbers[*row]).collect::<Vec<f64>>();
        match (self.first_year, &self.rows[..]) {
            (Some(first_year), rows) => {
                ColumnValues::Yearly { first_year, rows: rows.iter().map(of_year).collect() }
            }
            (None, rows) => ColumnValues::Numbers(rows.first().map(of_year).unwrap_or_default()),
        }
    }

    fn texts(&self, door: &mut Decoder, column: Column<'_>) -> Option<ColumnValues> {
        for rows in &self.rows {
            for (row, last) in rows.iter().zip(self.last()) {
                if column.cell(*row) != column.cell(*last) {
                    let what = format!(
                        "is {}, and later {}: texts hold for all years",
                        quoted(column.cell(*row)),
                        quoted(column.cell(*last))
                    );
                    let problem = column.problem(codes::CONFLICT, *row, &what);
                    let problem = problem.also(&column.place(*last), "later");
                    return door.refuse(problem.help("write the same text in all years"));
                }
            }
        }
        let cells = column.sound_texts(door)?;
        let texts: Vec<&str> = self.last().iter().map(|row| cells[*row]).collect();
        let (codes, values) = coded(&texts);
        Some(ColumnValues::Texts {
            codes: codes.iter().map(|code| f64::from(*code)).collect(),
            values,
        })
    }
}

impl Visible {
    /// Tells columns with gaps that the file does not have, or that formulas do not see.
    fn tell_unseen_gaps(&self, door: &mut Decoder, csv: &Table, others: &[&str]) -> Option<()> {
        let mut sound = true;
        for (name, place) in &self.gaps {
            let is_seen = match &self.columns {
                Some(columns) => columns.iter().any(|(seen, _)| seen == name),
                None => !others.contains(&name.as_str()),
            };
            if csv.column(name, place, door).is_none() {
                sound = false;
            } else if !is_seen {
                let message = format!("formulas do not see the column {}", quoted(name));
                let problem = Problem::error(codes::CONFLICT, message).at(place, "");
                let help = match self.columns {
                    Some(_) => "add it to `columns`, or leave it out of `gaps`",
                    None => "it has a meaning of its own: leave it out of `gaps`",
                };
                door.tell(problem.help(help));
                sound = false;
            }
        }
        sound.then_some(())
    }
}

/// Tells what is wrong with the columns that formulas shall see, where the rows have no order
/// because codes are wrong.
pub fn tell_cells(door: &mut Decoder, csv: &Table, asked: Option<&[Asked]>) {
    for (name, place) in asked.unwrap_or_default() {
        if let Some(column) = csv.column(name, place, door)
            && column.is_numbers(false)
        {
            let _ = column.numbers(door);
        }
    }
}

/// Texts as indices into their distinct values, in alphabetical order.
pub fn coded(texts: &[&str]) -> (Vec<u32>, Vec<String>) {
    let distinct: BTreeSet<&str> = texts.iter().copied().collect();
    let values: Vec<&str> = distinct.into_iter().collect();
    let code = |text: &&str| values.binary_search(text).unwrap_or(0) as u32;
    (texts.iter().map(code).collect(), values.iter().map(ToString::to_string).collect())
}
