//! What was seen beside what was simulated, and declared outcomes.

use super::grid::{Cell, Grid};
use crate::analysis::{Findings, ObservedRow};
use crate::model::{QUANTITIES, Scenario};
use crate::report::wording::{chance, count, number, span};

/// Where each observed value lies in the simulated range; one row where all policies agree.
pub fn observed(findings: &Findings) -> Option<Grid> {
    let heads = ["Observed", "#Seen", "#Simulated median", "#5th–95th percentile", "#Draws below it", "Within", "Policy", "Source"];
    let mut grid = Grid::new("", &heads);
    let mut rows = findings.observed.as_slice();
    let policies = findings.about.policies.len().max(1);
    while !rows.is_empty() {
        let (of_one, rest) = rows.split_at(policies.min(rows.len()));
        rows = rest;
        let same = of_one.windows(2).all(|pair| pair[0].simulated == pair[1].simulated);
        for row in of_one.iter().take(if same { 1 } else { of_one.len() }) {
            grid.push(cells(row, same));
        }
    }
    (!grid.rows.is_empty()).then_some(grid)
}

fn cells(row: &ObservedRow, same: bool) -> Vec<Cell> {
    let range = &row.simulated;
    vec![
        Cell::with(words(row.what), row.when.clone()),
        Cell::new(count(Some(row.value))),
        Cell::new(count(range.p50)),
        Cell::new(if range.p05.is_none() { "–".to_owned() } else { span(&count(range.p05), &count(range.p95)) }),
        Cell::new(chance(row.share_below)),
        Cell::new(match row.inside {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not simulated",
        }),
        Cell::new(if same { "every policy" } else { &row.policy }),
        Cell::new(&*row.source),
    ]
}

/// The name of a quantity as words.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// The declared outcomes of the nation, and in a scenario without policies all there is.
pub fn outcomes(scenario: &Scenario, findings: &Findings) -> Option<Grid> {
    let (_, last) = findings.about.years;
    let heads = ["Outcome", "Policy", "#Mean", "#Median", "#5th–95th percentile", "Unit"];
    let mut grid = Grid::new(format!("Declared outcomes of the nation, {last}"), &heads);
    let built_in = |name: &str| QUANTITIES.iter().any(|doc| doc.name == name);
    let declared = |name: &str| scenario.outcomes.iter().any(|outcome| outcome.name == name);
    let rows = findings.outcomes.iter().filter(|row| {
        row.year == last && row.scope == "nation" && declared(&row.outcome) && !built_in(&row.outcome)
    });
    for row in rows {
        let form = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), figure);
        let summary = &row.summary;
        grid.push(vec![
            Cell::new(words(&row.outcome)),
            Cell::new(&*row.policy),
            Cell::new(form(summary.mean)),
            Cell::new(form(summary.p50)),
            Cell::new(span(&form(summary.p05), &form(summary.p95))),
            Cell::new(row.unit),
        ]);
    }
    (!grid.rows.is_empty()).then_some(grid)
}

fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 1_000.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 4,
    };
    number(value, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::model::{Month, Observed, ObservedAt, Quantity};

    #[test]
    fn policies_that_agree_share_a_row() {
        let mut scenario = example();
        let at = ObservedAt::FirstOf(Month::new(2022, 4));
        let source = "newspaper".to_owned();
        scenario.observed = vec![Observed { what: Quantity::OpenPoints, at, value: 3.0, source }];
        let grid = observed(&findings(&scenario)).unwrap();
        let row: Vec<_> = grid.rows[0].cells.iter().map(|cell| &*cell.main).collect();
        assert_eq!(grid.rows.len(), 1);
        assert_eq!(row[..7], ["open points", "3", "2", "2", "100\u{202f}%", "no", "every policy"]);
        assert!(observed(&findings(&example())).is_none());
    }
}
