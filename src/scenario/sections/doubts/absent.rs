//! Texts that formulas look for in a column where no cell has them.

use std::collections::BTreeSet;

use super::cliff::place;
use super::{Doubt, MOST_LISTED, Seen, listed};
use crate::expression::{Compared, compared};
use crate::model::{Column, ColumnValues, Formula, Variable};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::quoted;

/// One warning for each column and text.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    let mut found = Vec::new();
    for formula in seen.scenario.formulas() {
        for compared in compared(&formula.text) {
            let Some(there) = others(seen, formula, &compared) else { continue };
            if told.insert((compared.name.clone(), compared.text.clone())) {
                let place = place(formula, &compared.place);
                found.push(Doubt::One(problem(&compared, &there, place)));
            }
        }
    }
    found
}

/// The texts that do stand in the column; nothing where this one does.
fn others(seen: Seen<'_>, formula: &Formula, compared: &Compared) -> Option<Vec<String>> {
    let columns: Vec<&[String]> = formula
        .variables
        .iter()
        .filter_map(|variable| column(seen, *variable))
        .filter(|column| column.name == compared.name)
        .filter_map(|column| match &column.values {
            ColumnValues::Texts { values, .. } => Some(&**values),
            _ => None,
        })
        .collect();
    // Where both tables have the column, one of them is meant.
    let holds = |values: &&[String]| values.contains(&compared.text);
    if columns.iter().any(holds) {
        return None;
    }
    columns.first().map(|values| values.to_vec())
}

fn column(seen: Seen<'_>, variable: Variable) -> Option<&Column> {
    let scenario = seen.scenario;
    match variable {
        Variable::MunicipalityColumn { column, .. } => {
            scenario.municipalities.table.columns.get(column)
        }
        Variable::PointColumn { column, .. } => scenario.points.table.columns.get(column),
        _ => None,
    }
}

fn problem(compared: &Compared, there: &[String], place: Option<Place>) -> Problem {
    let there: Vec<String> = there.iter().map(|text| quoted(text)).collect();
    let message = format!(
        "no cell of the column {} is {}; it has {}",
        quoted(&compared.name),
        quoted(&compared.text),
        listed(&there, MOST_LISTED)
    );
    let mut problem = Problem::warning(codes::ABSENT_TEXT, message);
    problem.at = place.map(|place| (place, String::new()));
    problem
        .note("the comparison comes out alike in every row")
        .help("write the text as it stands in the table, or in a waiver that no row has it now")
}
