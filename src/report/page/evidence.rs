//! What was seen beside what was simulated, and declared outcomes.

use super::grid::{Cell, Grid};
use crate::analysis::{Findings, ObservedRow};
use crate::model::Scenario;
use crate::report::wording::{NONE, chance, count, number, range_of, span};

/// Where each observed value lies in the simulated range; one row where all policies agree.
pub fn observed(findings: &Findings) -> Option<Grid> {
    let heads = [
        "Observed",
        "#Seen",
        "#Simulated median",
        "#5th–95th percentile",
        "#Draws below it",
        "Within",
        "Policy",
        "Source",
    ];
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
        Cell::new(if range.p05.is_none() {
            "–".to_owned()
        } else {
            span(&count(range.p05), &count(range.p95))
        }),
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

/// The declared outcomes of the nation in the last year, one column a policy.
pub fn outcomes(scenario: &Scenario, findings: &Findings) -> Option<Grid> {
    let (_, last) = findings.about.years;
    let caption = format!("The nation, {last}: medians with the middle 80 % of the draws below");
    let mut grid = Grid::new(caption, &["Outcome"]);
    let policies = &findings.about.policies;
    let alone = [String::new()];
    let policies = if policies.is_empty() { &alone[..] } else { policies };
    for policy in policies {
        grid.figures(if policy.is_empty() { "Value" } else { policy });
    }
    for outcome in &scenario.outcomes {
        let row = |policy: &String| {
            findings.outcomes.iter().find(|row| {
                row.policy == *policy
                    && row.outcome == outcome.name
                    && row.year == last
                    && row.scope == "nation"
            })
        };
        let form = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), figure);
        let cell = |policy| {
            row(policy)
                .map_or_else(|| Cell::new(NONE), |row| Cell::of(&range_of(&row.summary), form))
        };
        let name = Cell::with(words(&outcome.name), &*outcome.formula.text);
        grid.push(std::iter::once(name).chain(policies.iter().map(cell)).collect());
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
