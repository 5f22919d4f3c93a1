//! A formula with its numbers put in.

use super::origin::Source;
use super::sources::sources;
use crate::engine::{PieceValue, Role, RowTrace, Trace, Wish};
use crate::expression;
use crate::model::{ColumnValues, Formula, Scenario, Variable};
use crate::problem::{Place, Sources};
use serde::Serialize;

/// What is read for an explanation.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'r> {
    pub scenario: &'r Scenario,
    pub sources: &'r Sources,
    pub wish: &'r Wish,
    /// Where the municipality stands among those of the wish.
    pub place: usize,
    /// Its index in the scenario.
    pub municipality: usize,
    pub trace: &'r Trace,
}

/// A part of a formula that is filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text that stays.
    Text(String),
    /// A number in place of this text.
    Number(String, f64),
    /// A text of a column in place of its name.
    Cell(String, String),
}

/// A formula with its numbers put in.
#[derive(Clone, Debug, Serialize)]
pub struct Filled {
    /// As it is written.
    pub expression: String,
    /// With a number in place of each name, every digit of it.
    pub put_in: String,
    /// What it gives.
    pub value: f64,
    /// Where it is written: file and line.
    pub place: String,
    /// The same in pieces.
    #[serde(skip)]
    pub pieces: Vec<Piece>,
    /// Where each number comes from, in the order of the formula.
    pub sources: Vec<Source>,
}

impl Reader<'_> {
    /// A formula of the rule as it stood in the draw.
    pub fn filled(&self, role: Role, written: &Formula) -> Option<Filled> {
        let recorded = &self.trace.recorded;
        let found = recorded.formulas.iter().find(|formula| formula.role == role)?;
        Some(self.fill(found.rows.get(self.place)?, written, Some(self.municipality)))
    }

    /// A formula of the pot.
    pub fn of_pot(&self, role: Role, written: &Formula) -> Option<Filled> {
        let pot = &self.trace.recorded.pot;
        let found = pot.formulas.iter().find(|formula| formula.role == role)?;
        Some(self.fill(found.rows.first()?, written, None))
    }

    /// A formula with what it read; a policy that is simulated together with another has its texts.
    pub fn fill(&self, row: &RowTrace, written: &Formula, municipality: Option<usize>) -> Filled {
        let pieces = self.pieces(row, written);
        Filled {
            expression: written.text.clone(),
            put_in: put_in(&pieces, &written.text, &f64::to_string),
            value: row.value,
            place: self.place_of(written.place.as_ref()),
            sources: sources(self, row, &pieces, municipality),
            pieces,
        }
    }

    fn pieces(&self, row: &RowTrace, written: &Formula) -> Vec<Piece> {
        written
            .pieces
            .iter()
            .zip(&row.pieces)
            .map(|(piece, value)| match (piece, value) {
                (expression::Piece::Number { text, .. }, PieceValue::Number(value)) => {
                    Piece::Number(text.clone(), *value)
                }
                (expression::Piece::Column { text, id }, PieceValue::Code(code)) => {
                    let cell = written.variables.get(*id as usize);
                    let cell = cell.and_then(|column| self.cell(column, *code));
                    Piece::Cell(text.clone(), cell.unwrap_or_default())
                }
                (
                    expression::Piece::Text(text)
                    | expression::Piece::Number { text, .. }
                    | expression::Piece::Column { text, .. },
                    _,
                ) => Piece::Text(text.clone()),
            })
            .collect()
    }

    /// The text that a code of a column stands for.
    pub fn cell(&self, column: &Variable, code: f64) -> Option<String> {
        let (table, column) = match column {
            Variable::MunicipalityColumn { column, .. } => {
                (&self.scenario.municipalities.table, column)
            }
            Variable::PointColumn { column, .. } => (&self.scenario.points.table, column),
            _ => return None,
        };
        match &table.columns.get(*column)?.values {
            ColumnValues::Texts { values, .. } => values.get(code as usize).cloned(),
            _ => None,
        }
    }

    /// File and line of a place; of a setting the setting itself.
    pub fn place_of(&self, place: Option<&Place>) -> String {
        let Some(place) = place else { return String::new() };
        let Some((line, _)) = self.sources.line_column(place) else {
            return place.file.to_string();
        };
        if place.file.starts_with("--") {
            let text = self.sources.text(&place.file).unwrap_or("");
            let written = text.lines().nth(line - 1).unwrap_or("");
            return format!("{} {written}", place.file);
        }
        format!("{}:{line}", place.file)
    }
}

/// The text of pieces with numbers in `form`; a negative number stands in parentheses.
#[must_use]
pub fn put_in(pieces: &[Piece], whole: &str, form: &dyn Fn(&f64) -> String) -> String {
    if pieces.is_empty() {
        return whole.to_owned();
    }
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Number(_, value) if *value < 0.0 => format!("({})", form(value)),
        Piece::Number(_, value) => form(&(value + 0.0)),
        Piece::Cell(_, text) if text.contains('\'') => format!("\"{text}\""),
        Piece::Cell(_, text) => format!("'{text}'"),
    });
    shown.collect()
}
