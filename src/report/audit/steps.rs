//! What steps of formulas cost, in plain words.

use super::{amount, municipality, policy, programme};
use crate::analysis::audit::{Change, StepCost};
use crate::model::Scenario;
use serde::Serialize;

/// What a step of a formula costs a neighbour: a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepRow {
    /// The formula and its programme.
    pub formula: String,
    /// The column.
    pub column: String,
    /// Where the formula jumps.
    pub at: f64,
    /// Whose figure is near: a municipality or a point.
    pub row: String,
    /// The municipality whose award it may move.
    pub municipality: String,
    /// The figure.
    pub value: f64,
    /// The policy under which the step moves most, if it moves anything.
    pub policy: Option<String>,
    /// The programme whose award it moves.
    pub programme: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// The award just above the step less that just below it.
    pub difference: Option<f64>,
    /// A sentence.
    pub words: String,
}

/// Rows of what steps cost, the costliest first.
#[must_use]
pub fn step_rows(scenario: &Scenario, costs: &[StepCost]) -> Vec<StepRow> {
    let mut rows: Vec<StepRow> = costs.iter().map(|cost| step_row(scenario, cost)).collect();
    let size = |row: &StepRow| row.difference.map_or(0.0, f64::abs);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    rows
}

fn step_row(scenario: &Scenario, cost: &StepCost) -> StepRow {
    let step = &cost.step;
    let table =
        if step.of_points { &scenario.points.table } else { &scenario.municipalities.table };
    let row = table.names.get(step.row).cloned().unwrap_or_default();
    let whose = municipality(scenario, cost.municipality);
    let owner = if step.of_points { format!(" of {whose}") } else { String::new() };
    let side = if step.value < step.at { "just below" } else { "at or just above" };
    let spoken = crate::scenario::spoken;
    let near = format!(
        "{row}{owner} has `{}` {}, {side} {}",
        step.name,
        spoken(step.value),
        spoken(step.at)
    );
    let words = match cost.largest {
        None => format!("{near}: the step moves no award on the median path"),
        Some(Change { policy: of, programme: programme_at, year, by, .. }) => {
            // What the neighbour would receive on the other side.
            let change = if step.value < step.at { by.paid } else { -by.paid };
            let than = if change > 0 { "more" } else { "less" };
            format!(
                "{near}: on the other side of the step {whose} would receive {} {than} of \"{}\" in {year} under \"{}\"",
                amount(scenario, change.abs() as f64),
                programme(scenario, programme_at),
                policy(scenario, of)
            )
        }
    };
    StepRow {
        formula: format!("{} of `{}`", step.part, programme(scenario, step.programme)),
        column: step.name.clone(),
        at: step.at,
        row,
        municipality: whose,
        value: step.value,
        policy: cost.largest.map(|change| policy(scenario, change.policy)),
        programme: cost.largest.map(|change| programme(scenario, change.programme)),
        year: cost.largest.map(|change| change.year),
        difference: cost.largest.map(|change| change.by.paid as f64 / 100.0),
        words,
    }
}
