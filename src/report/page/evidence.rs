//! What was seen beside what was simulated, and declared outcomes.

use super::grid::{Cell, Grid, Head};
use crate::analysis::{Findings, ObservedRow};
use crate::language::Message;
use crate::model::Scenario;
use crate::report::wording::range_of;
use crate::report::written::{NONE, Written, between};

/// Where each observed value lies in the simulated range; one row where all policies agree.
pub fn observed(findings: &Findings, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-observed")),
        Head::figures(written.say("page-column-seen")),
        Head::figures(written.say("page-column-simulated")),
        Head::figures(written.say("page-column-range")),
        Head::figures(written.say("page-column-below")),
        Head::words(written.say("page-column-within")),
        Head::words(written.say("page-column-policy")),
        Head::words(written.say("page-column-source")),
    ];
    let mut grid = Grid::new("", heads);
    let mut rows = findings.observed.as_slice();
    let policies = findings.about.policies.len().max(1);
    while !rows.is_empty() {
        let (of_one, rest) = rows.split_at(policies.min(rows.len()));
        rows = rest;
        let same = of_one.windows(2).all(|pair| pair[0].simulated == pair[1].simulated);
        for row in of_one.iter().take(if same { 1 } else { of_one.len() }) {
            grid.push(cells(row, same, written));
        }
    }
    grid.some()
}

fn cells(row: &ObservedRow, same: bool, written: Written) -> Vec<Cell> {
    let range = &row.simulated;
    let count = |value| written.count(value);
    vec![
        Cell::with(quantity(row.what, written), written.date(&row.when)),
        Cell::new(count(Some(row.value))),
        Cell::new(count(range.p50)),
        Cell::new(if range.p05.is_none() {
            NONE.to_owned()
        } else {
            between(&count(range.p05), &count(range.p95))
        }),
        Cell::new(written.chance(row.share_below)),
        Cell::new(match row.inside {
            Some(true) => written.say("page-yes"),
            Some(false) => written.say("page-no"),
            None => written.say("page-not-simulated"),
        }),
        Cell::new(if same { written.say("page-every-policy") } else { row.policy.clone() }),
        Cell::new(&*row.source),
    ]
}

/// A quantity of the world in words; any other name as it stands.
pub fn quantity(name: &str, written: Written) -> String {
    written.words(&match name {
        "open_points" => Message::new("quantity-open-points"),
        "open_points_at_year_end" => Message::new("quantity-open-points-at-year-end"),
        "months_open" => Message::new("quantity-months-open"),
        "new_points" => Message::new("quantity-new-points"),
        "opened_points" => Message::new("quantity-opened-points"),
        "waiting_points" => Message::new("quantity-waiting-points"),
        "load" => Message::new("quantity-load"),
        "unmet_need" => Message::new("quantity-unmet-need"),
        "staff" => Message::new("quantity-staff"),
        "new_point_cost" => Message::new("quantity-new-point-cost"),
        "renewal_cost" => Message::new("quantity-renewal-cost"),
        "investment_cost" => Message::new("quantity-investment-cost"),
        "maintenance_cost" => Message::new("quantity-maintenance-cost"),
        "total_cost" => Message::new("quantity-total-cost"),
        "value_added_tax" => Message::new("quantity-value-added-tax"),
        other => return other.replace('_', " "),
    })
}

/// The declared outcomes of the nation in the last year, one column a policy.
pub fn outcomes(scenario: &Scenario, findings: &Findings, written: Written) -> Option<Grid> {
    let (_, last) = findings.about.years;
    let caption = written.words(&Message::new("page-outcomes-caption").year("year", last));
    let mut grid = Grid::new(caption, [Head::words(written.say("page-column-outcome"))]);
    let policies = &findings.about.policies;
    let alone = [String::new()];
    let policies = if policies.is_empty() { &alone[..] } else { policies };
    for policy in policies {
        let value = || written.say("page-column-value");
        grid.figures(if policy.is_empty() { value() } else { policy.clone() });
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
        let form = |value: Option<f64>| {
            value.map_or_else(|| NONE.to_owned(), |value| figure(value, written))
        };
        let cell = |policy| {
            row(policy)
                .map_or_else(|| Cell::new(NONE), |row| Cell::of(&range_of(&row.summary), form))
        };
        let name = Cell::with(outcome.name.replace('_', " "), &*outcome.formula.text);
        grid.push(std::iter::once(name).chain(policies.iter().map(cell)).collect());
    }
    grid.some()
}

fn figure(value: f64, written: Written) -> String {
    let decimals = match value.abs() {
        size if size >= 1_000.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 4,
    };
    written.number(value, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::language::Language;
    use crate::model::{Month, Observed, ObservedAt, Quantity};

    const ENGLISH: Written = Written(Language::English);

    #[test]
    fn policies_that_agree_share_a_row() {
        let mut scenario = example();
        let at = ObservedAt::FirstOf(Month::new(2022, 4));
        let source = "newspaper".to_owned();
        scenario.observed = vec![Observed { what: Quantity::OpenPoints, at, value: 3.0, source }];
        let grid = observed(&findings(&scenario), ENGLISH).unwrap();
        let row: Vec<_> = grid.rows[0].cells.iter().map(|cell| &*cell.main).collect();
        assert_eq!(grid.rows.len(), 1);
        assert_eq!(row[..7], ["open points", "3", "2", "2", "100\u{202f}%", "no", "every policy"]);
        assert!(observed(&findings(&example()), ENGLISH).is_none());
    }
}
