//! Last year's sums that are zero for some municipalities where others have one.

use super::rows::Cells;
use super::say::{MOST_LISTED, listed};
use super::{Doubt, Seen};
use crate::model::Variable;
use crate::problem::{Problem, codes};
use crate::scenario::decode::quoted;

/// One warning for each column that a rule looks back at.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let of = &seen.scenario.municipalities;
    let columns = [
        ("previous_award", &of.previous_award, Variable::AwardLastYear),
        ("previous_entitlement", &of.previous_entitlement, Variable::EntitlementLastYear),
    ];
    let policies = seen.scenario.policies.iter();
    let rules: Vec<_> = policies.flat_map(|policy| policy.rules.iter().flatten()).collect();
    let is_used = |variable: &Variable| {
        rules.iter().any(|rule| rule.formulas().any(|formula| formula.variables.contains(variable)))
    };
    let mut found = Vec::new();
    for (column, values, variable) in columns {
        let Some(values) = values.as_ref().filter(|_| is_used(&variable)) else { continue };
        let expected = expected(seen);
        let zero: Vec<usize> =
            (0..values.len()).filter(|row| expected[*row] && values[*row] == 0.0).collect();
        let others = values.iter().filter(|value| **value > 0.0).count();
        // Where most have nothing, nothing is the rule.
        if !zero.is_empty() && others > zero.len() {
            found.push(Doubt::One(told(seen, column, &zero, others)));
        }
    }
    found
}

/// Which municipalities should have had a sum: those with a point that is open already, or all
/// where there are no points.
fn expected(seen: Seen<'_>) -> Vec<bool> {
    let count = seen.scenario.municipalities.table.len();
    let points = &seen.scenario.points;
    let mut expected = vec![points.table.is_empty(); count];
    for (municipality, opened) in points.municipality.iter().zip(&points.opened) {
        if let (Some(expected), Some(_)) = (expected.get_mut(*municipality as usize), opened) {
            *expected = true;
        }
    }
    expected
}

fn told(seen: Seen<'_>, column: &str, zero: &[usize], others: usize) -> Problem {
    let table = &seen.scenario.municipalities.table;
    let names: Vec<String> = zero.iter().map(|row| quoted(&table.names[*row])).collect();
    let open =
        if seen.scenario.points.table.is_empty() { "" } else { ", with a point open already" };
    let message = format!(
        "{} is 0 for {}{open}, and more than 0 for {others} others",
        quoted(column),
        listed(&names, MOST_LISTED)
    );
    let mut problem = Problem::warning(codes::NOTHING_BEFORE, message);
    let before = seen.scenario.years.first - 1;
    if let Some(cells) = Cells::read(seen) {
        let places = zero.iter().filter_map(|row| cells.find(column, &table.codes[*row], before));
        for (index, (place, _)) in places.take(MOST_LISTED).enumerate() {
            problem = if index == 0 {
                problem.at(&place, "")
            } else {
                problem.also(&place, "this one too")
            };
        }
    }
    problem
        .note("a rule looks back at it: a guarantee against last year gives them nothing")
        .help("write last year's sum, or write in a waiver why there was none")
}
