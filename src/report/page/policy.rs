//! One policy: what an officer of the budget asks.

use super::grid::{Cell, Grid, GridRow, Head};
use crate::analysis::{ALL, BudgetRow, Findings};
use crate::language::Message;
use crate::report::wording::{capitalised, range_of};
use crate::report::written::Written;

/// Every programme and year of a policy, and all programmes together.
pub fn budget(findings: &Findings, policy: &str, written: Written) -> Option<Grid> {
    let about = &findings.about;
    let rows = || findings.budget.iter().filter(|row| row.policy == policy);
    let guarantees = rows().any(|row| row.p_guarantee_broken.is_some());
    // Where points wait for money, more money means more points and more claims.
    let funded = about.network_mode == Some("WhenFunded");
    let caption = if funded {
        Message::new("page-budget-caption-funded")
    } else {
        Message::new("page-budget-caption")
    };
    let caption = caption
        .name("currency", &written.currency(&about.currency))
        .words("brackets", Message::new("page-brackets"));
    let reserves = if funded {
        [
            written.say("page-column-unmet"),
            written.say("page-column-95"),
            written.say("page-column-99"),
        ]
    } else {
        [
            written.say("page-column-extra"),
            written.say("page-column-for-95"),
            written.say("page-column-for-99"),
        ]
    };
    let mut grid =
        Grid::new(written.words(&caption), [Head::words(written.say("page-column-year"))]);
    grid.figures(written.say("page-column-appropriation"));
    grid.figures(written.say("page-column-due"));
    grid.figures(written.say("page-column-granted"));
    grid.figures(written.say("page-column-chance"));
    grid.figures(written.say("page-column-mean-shortfall"));
    for head in reserves {
        grid.figures(head);
    }
    grid.figures(written.say("page-column-worst"));
    grid.figures(written.say("page-column-unspent"));
    if guarantees {
        grid.figures(written.say("page-column-broken"));
    }
    let single = about.programmes.len() == 1;
    for programme in about.programmes.iter().map(String::as_str).chain((!single).then_some(ALL)) {
        grid.rows.push(GridRow::group(title(programme, written)));
        for row in rows().filter(|row| row.programme == programme) {
            let mut cells = year(row, written);
            if guarantees {
                let open = written.open_chance(&row.p_guarantee_broken_interval);
                cells.push(Cell::with(written.chance(row.p_guarantee_broken), open));
            }
            grid.push(cells);
        }
    }
    rows().next().map(|_| grid)
}

/// The name of a programme as a title.
pub fn title(programme: &str, written: Written) -> String {
    if programme == ALL { written.say("page-all-programmes") } else { capitalised(programme) }
}

fn year(row: &BudgetRow, written: Written) -> Vec<Cell> {
    let sum = |value| written.sum(value);
    let differs =
        row.available_mean.zip(row.appropriation).filter(|(left, law)| (left - law).abs() >= 0.5);
    let available = differs.map_or_else(String::new, |(left, _)| {
        written.words(&Message::new("page-available").name("sum", &sum(Some(left))))
    });
    let appropriation =
        row.appropriation.map_or_else(|| written.say("page-open-ended"), |law| sum(Some(law)));
    let [ninety, more, most] = row.reserve_intervals.map(|interval| written.open(&interval, sum));
    let [_, worst, _] = row.expected_shortfalls;
    vec![
        Cell::new(row.year.to_string()),
        Cell::with(appropriation, available),
        Cell::of(&range_of(&row.entitlement), sum),
        Cell::of(&range_of(&row.award), sum),
        Cell::with(written.chance(row.p_shortfall), written.open_chance(&row.p_shortfall_interval)),
        Cell::new(sum(row.shortfall_mean)),
        Cell::with(sum(row.reserve90), ninety),
        Cell::with(sum(row.reserve95), more),
        Cell::with(sum(row.reserve99), most),
        Cell::new(sum(worst)),
        Cell::new(sum(row.unspent_mean)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::language::Language;

    #[test]
    fn a_year_of_a_programme_is_one_row_under_its_title() {
        let findings = findings(&example());
        let grid = budget(&findings, "today", Written(Language::English)).unwrap();
        let titles: Vec<_> =
            grid.rows.iter().filter(|row| row.cells.is_empty()).map(|row| &*row.group).collect();
        assert_eq!(titles, ["Investment", "Maintenance", "All programmes together"]);
        // Maintenance 2022: 2 100 due, 1 500 there.
        let row: Vec<_> = grid.rows[4].cells.iter().map(|cell| &*cell.main).collect();
        assert_eq!(row[..6], ["2022", "1,500", "2,100", "1,500", "100\u{202f}%", "600"]);
        assert!(budget(&findings, "no such policy", Written(Language::English)).is_none());
    }
}
