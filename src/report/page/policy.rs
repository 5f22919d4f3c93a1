//! One policy: what an officer of the budget asks, and its municipalities.

use super::grid::{Cell, Grid, GridRow};
use crate::analysis::{ALL, BudgetRow, Findings, Summary, Verdict};
use crate::report::open::{self, BRACKETS};
use crate::report::wording::{capitalised, chance, number, range_of, sum};
use std::collections::BTreeMap;

/// Every programme and year of a policy, and all programmes together.
pub fn budget(findings: &Findings, policy: &str) -> Option<Grid> {
    let about = &findings.about;
    let rows = || findings.budget.iter().filter(|row| row.policy == policy);
    let guarantees = rows().any(|row| row.p_guarantee_broken.is_some());
    let caption = format!(
        "{}, in money of the year; medians with the middle 80 % of the draws below, {BRACKETS}",
        about.currency
    );
    // Where points wait for money, more money means more points and more claims.
    let funded = about.network_mode == Some("WhenFunded");
    let caption = if funded {
        format!(
            "{caption}. Unmet claims are those at the network that this pot allows: more money would open \
             more points, so they are not the money that would suffice"
        )
    } else {
        caption
    };
    let mut heads = vec![
        "Year",
        "#Appropriation",
        "#Due",
        "#Granted",
        "#Chance of shortfall",
        "#Mean shortfall",
        if funded { "#Unmet claims, 90 %" } else { "#Extra needed for 90 %" },
        if funded { "#95 %" } else { "#for 95 %" },
        if funded { "#99 %" } else { "#for 99 %" },
        "#Mean of the worst 5 %",
        "#Mean unspent",
    ];
    if guarantees {
        heads.push("#Guarantee broken");
    }
    let mut grid = Grid::new(caption, &heads);
    let single = about.programmes.len() == 1;
    for programme in about.programmes.iter().map(String::as_str).chain((!single).then_some(ALL)) {
        let title = if programme == ALL {
            "All programmes together".to_owned()
        } else {
            capitalised(programme)
        };
        grid.rows.push(GridRow::group(title));
        for row in rows().filter(|row| row.programme == programme) {
            let mut cells = year(row);
            if guarantees {
                let open = open::of_chance(&row.p_guarantee_broken_interval, chance);
                cells.push(Cell::with(chance(row.p_guarantee_broken), open));
            }
            grid.push(cells);
        }
    }
    rows().next().map(|_| grid)
}

fn year(row: &BudgetRow) -> Vec<Cell> {
    let differs =
        row.available_mean.zip(row.appropriation).filter(|(left, law)| (left - law).abs() >= 0.5);
    let available =
        differs.map_or_else(String::new, |(left, _)| format!("available {}", sum(Some(left))));
    let appropriation =
        row.appropriation.map_or_else(|| "open-ended".to_owned(), |law| sum(Some(law)));
    let [ninety, more, most] =
        row.reserve_intervals.map(|interval| open::of_quantile(&interval, sum));
    let [_, worst, _] = row.expected_shortfalls;
    vec![
        Cell::new(row.year.to_string()),
        Cell::with(appropriation, available),
        Cell::of(&range_of(&row.entitlement), sum),
        Cell::of(&range_of(&row.award), sum),
        Cell::with(chance(row.p_shortfall), open::of_chance(&row.p_shortfall_interval, chance)),
        Cell::new(sum(row.shortfall_mean)),
        Cell::with(sum(row.reserve90), ninety),
        Cell::with(sum(row.reserve95), more),
        Cell::with(sum(row.reserve99), most),
        Cell::new(sum(worst)),
        Cell::new(sum(row.unspent_mean)),
    ]
}

/// Every municipality in the last year, with what it receives against the baseline over all years.
pub fn municipalities(findings: &Findings, policy: &str) -> Option<Grid> {
    let about = &findings.about;
    let (first, last) = about.years;
    let mut figures: BTreeMap<&str, BTreeMap<&str, &Summary>> = BTreeMap::new();
    let mut names: Vec<(&str, &str)> = Vec::new();
    let of_all = |row: &&crate::analysis::AwardRow| {
        row.policy == policy && row.programme == ALL && row.year == last
    };
    for row in findings.awards.iter().filter(of_all) {
        if names.last().is_none_or(|(code, _)| *code != row.municipality) {
            names.push((&row.municipality, &row.name));
        }
        figures.entry(&row.municipality).or_default().insert(row.measure, &row.summary);
    }
    let has_cost = figures.values().any(|measures| measures.contains_key("own_share"));
    let in_year = |row: &&crate::analysis::NetworkRow| row.policy == policy && row.year == last;
    let points: BTreeMap<&str, Vec<Cell>> = findings
        .network
        .iter()
        .filter(in_year)
        .map(|row| {
            let open = row.open_points.iter().map(|tier| tier.range.mean);
            (
                &*row.municipality,
                vec![Cell::new(
                    open.sum::<Option<f64>>().map_or_else(String::new, |open| number(open, 1)),
                )],
            )
        })
        .collect();
    let compared: BTreeMap<&str, Vec<Cell>> = findings
        .verdicts
        .iter()
        .filter(|row| {
            row.policy == policy && row.pot == "same" && row.programme == ALL && row.year.is_none()
        })
        .map(|row| {
            let difference = row.difference_mean.map(signed).unwrap_or_default();
            (&*row.municipality, vec![Cell::new(difference), Cell::new(words(row.verdict))])
        })
        .collect();
    let mut grid = Grid::new(
        format!("{last}, {}: medians with the middle 80 % of the draws below", about.currency),
        &["Municipality"],
    );
    if !points.is_empty() {
        grid.figures("Points open, mean");
    }
    if has_cost {
        grid.figures("Eligible cost");
    }
    grid.figures("Award");
    if has_cost {
        grid.figures("Own share");
    }
    if !compared.is_empty() {
        let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
        grid.figures(format!("Against the baseline, same pot, {years}, mean"));
        grid.heads.push(super::grid::Head { text: "Receives".to_owned(), figures: false });
    }
    let measures: &[&str] =
        if has_cost { &["eligible_cost", "award", "own_share"] } else { &["award"] };
    for (code, name) in names {
        let mut cells = vec![Cell::new(name)];
        cells.extend(points.get(code).cloned().unwrap_or_default());
        for measure in measures {
            let summary = figures.get(code).and_then(|found| found.get(measure));
            cells.push(
                summary.map_or_else(|| Cell::new("–"), |summary| Cell::of(&range_of(summary), sum)),
            );
        }
        cells.extend(compared.get(code).cloned().unwrap_or_default());
        grid.push(cells);
    }
    (!grid.rows.is_empty()).then(|| grid.shortened("awards.csv and verdicts.csv"))
}

/// A difference with its sign.
fn signed(value: f64) -> String {
    let text = sum(Some(value));
    if value >= 0.5 { format!("+{text}") } else { text }
}

/// A verdict as a reader understands it.
fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::More => "more, in all draws",
        Verdict::RatherMore => "rather more",
        Verdict::Undecided => "undecided",
        Verdict::RatherLess => "rather less",
        Verdict::Less => "less, in all draws",
        Verdict::Unchanged => "the same",
        Verdict::OnlyUnderOne => "points under one policy only",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};

    #[test]
    fn a_year_of_a_programme_is_one_row_under_its_title() {
        let findings = findings(&example());
        let grid = budget(&findings, "today").unwrap();
        let titles: Vec<_> =
            grid.rows.iter().filter(|row| row.cells.is_empty()).map(|row| &*row.group).collect();
        assert_eq!(titles, ["Investment", "Maintenance", "All programmes together"]);
        // Maintenance 2022: 2 100 due, 1 500 there.
        let row: Vec<_> = grid.rows[4].cells.iter().map(|cell| &*cell.main).collect();
        assert_eq!(row[..6], ["2022", "1,500", "2,100", "1,500", "100\u{202f}%", "600"]);
        assert!(budget(&findings, "no such policy").is_none());
    }

    #[test]
    fn a_municipality_is_held_against_the_baseline() {
        let findings = findings(&example());
        let grid = municipalities(&findings, "reform").unwrap();
        let texts = |name: &str| {
            let row = grid.rows.iter().find(|row| row.cells[0].main == name).unwrap();
            row.cells.iter().map(|cell| cell.main.clone()).collect::<Vec<_>>()
        };
        // Bauska 2023: a point all year and one from July; 750 for running, 500 for the new one; cost
        // 1 800 and 1 000; over both years 107.14 + 150 less than today.
        assert_eq!(
            texts("Bauska"),
            ["Bauska", "1.5", "2,800", "1,250", "1,550", "−257", "less, in all draws"]
        );
        assert_eq!(texts("Aknīste")[5..], ["+257", "more, in all draws"]);
        let baseline = municipalities(&findings, "today").unwrap();
        assert_eq!(baseline.heads.len(), 5);
    }
}
