//! What becomes of the money of a policy: the books, what pots risk together, and what years bind.

use super::grid::{Cell, Grid, GridRow, Head};
use super::policy::title;
use crate::analysis::{ALL, Bound, BudgetRow, CommitmentRow, Findings, ReconciliationRow, Side};
use crate::language::Message;
use crate::report::wording::range_of;
use crate::report::written::{NONE, Written, between};

/// The books of every programme, year by year: lines that add up to the cent.
pub fn books(findings: &Findings, policy: &str, written: Written) -> Option<Grid> {
    let about = &findings.about;
    let rows: Vec<&ReconciliationRow> =
        findings.reconciliation.iter().filter(|row| row.policy == policy).collect();
    let years: Vec<i32> = (about.years.0..=about.years.1).collect();
    let caption =
        Message::new("page-books-caption").name("currency", &written.currency(&about.currency));
    let line = Head::words(written.say("page-column-line"));
    let mut grid = Grid::new(written.words(&caption), [line]);
    for year in &years {
        grid.figures(year.to_string());
    }
    for programme in programmes(findings) {
        let of = |year: i32| {
            let of_year = rows.iter().filter(move |row| row.year == year);
            of_year.filter(move |row| row.programme == programme).copied().collect::<Vec<_>>()
        };
        let by_year: Vec<Vec<&ReconciliationRow>> = years.iter().map(|year| of(*year)).collect();
        let Some(first) = by_year.first().filter(|lines| !lines.is_empty()) else { continue };
        grid.rows.push(GridRow::group(title(programme, written)));
        for (index, line) in first.iter().enumerate() {
            let mut cells = vec![Cell::new(label(line, written))];
            cells.extend(by_year.iter().map(|lines| {
                let cents = lines.get(index).map(|line| line.mean);
                Cell::new(cents.map_or_else(
                    || NONE.to_owned(),
                    |cents| written.number(cents as f64 / 100.0, 2),
                ))
            }));
            grid.push(cells);
        }
    }
    grid.some()
}

/// What pots risk one by one and together; none where there is only one.
pub fn joint(findings: &Findings, policy: &str, written: Written) -> Option<Grid> {
    let about = &findings.about;
    let rows: Vec<&BudgetRow> = findings.budget.iter().filter(|row| row.policy == policy).collect();
    let limited: Vec<&str> = about
        .programmes
        .iter()
        .map(String::as_str)
        .filter(|name| rows.iter().any(|row| row.programme == *name && row.reserve95.is_some()))
        .collect();
    if limited.len() < 2 {
        return None;
    }
    let caption = Message::new("page-pots-caption")
        .name("currency", &written.currency(&about.currency))
        .words("brackets", Message::new("page-brackets"));
    let mut grid =
        Grid::new(written.words(&caption), [Head::words(written.say("page-column-year"))]);
    for name in &limited {
        let head = Message::new("page-column-programme-chance");
        grid.figures(written.words(&head.name("programme", &title(name, written))));
    }
    grid.figures(written.say("page-column-any-short"));
    grid.figures(written.say("page-column-all-short"));
    for name in &limited {
        let head = Message::new("page-column-programme-extra");
        grid.figures(written.words(&head.name("programme", &title(name, written))));
    }
    grid.figures(written.say("page-column-sum-of-extras"));
    grid.figures(written.say("page-column-together"));
    let sum = |value| written.sum(value);
    for year in about.years.0..=about.years.1 {
        let of = |name: &str| rows.iter().find(|row| row.year == year && row.programme == name);
        let Some(all) = of(ALL) else { continue };
        let mut cells = vec![Cell::new(year.to_string())];
        let short = |row: &BudgetRow| {
            let open = written.open_chance(&row.p_shortfall_interval);
            Cell::with(written.chance(row.p_shortfall), open)
        };
        let none = || Cell::new(NONE);
        cells.extend(limited.iter().map(|name| of(name).map_or_else(none, |row| short(row))));
        cells.push(short(all));
        let open = written.open_chance(&all.p_every_short_interval);
        cells.push(Cell::with(written.chance(all.p_every_short), open));
        let extra = |row: &BudgetRow| {
            Cell::with(sum(row.reserve95), written.open(&row.reserve_intervals[1], sum))
        };
        cells.extend(limited.iter().map(|name| of(name).map_or_else(none, |row| extra(row))));
        let extras = limited.iter().map(|name| of(name).and_then(|row| row.reserve95));
        cells.push(Cell::new(sum(extras.sum::<Option<f64>>())));
        cells.push(extra(all));
        grid.push(cells);
    }
    grid.some()
}

/// What is paid in each year, and what each year binds later ones to.
pub fn commitments(findings: &Findings, policy: &str, written: Written) -> Option<Grid> {
    let rows: Vec<&CommitmentRow> =
        findings.commitments.iter().filter(|row| row.policy == policy).collect();
    let (first, last) = findings.about.years;
    let ahead = |bound: Bound, year: i32| match bound {
        Bound::Cash => written.say("page-column-paid"),
        Bound::Later(due) => {
            let later = Message::new("page-column-later").count("count", f64::from(due - year));
            written.words(&later)
        }
        Bound::Steady => written.say("page-column-steady"),
    };
    let of = |programme: &'_ str, year: i32| {
        let of_year = rows.iter().filter(move |row| row.year == year);
        let programme = programme.to_owned();
        of_year.filter(move |row| row.programme == programme).copied().collect::<Vec<_>>()
    };
    let caption = Message::new("page-commitments-caption")
        .name("currency", &written.currency(&findings.about.currency));
    let mut grid =
        Grid::new(written.words(&caption), [Head::words(written.say("page-column-end-of"))]);
    for row in &of(ALL, first) {
        grid.figures(ahead(row.bound, row.year));
    }
    let sum = |value| written.sum(value);
    for programme in programmes(findings) {
        grid.rows.push(GridRow::group(title(programme, written)));
        for year in first..=last {
            let mut cells = vec![Cell::new(year.to_string())];
            cells.extend(of(programme, year).iter().map(|row| {
                let range = range_of(&row.summary);
                let (low, high) = (sum(range.p10), sum(range.p90));
                let below = if low == high { String::new() } else { between(&low, &high) };
                Cell::with(sum(range.mean), below)
            }));
            grid.push(cells);
        }
    }
    (!rows.is_empty()).then_some(grid)
}

/// The programmes, and all of them where there are several.
fn programmes(findings: &Findings) -> impl Iterator<Item = &str> {
    let known = &findings.about.programmes;
    known.iter().map(String::as_str).chain((known.len() > 1).then_some(ALL))
}

/// A line in words; what goes off bears a minus.
fn label(row: &ReconciliationRow, written: Written) -> String {
    let words = written.words(&match row.line {
        "appropriation" => Message::new("page-line-appropriation"),
        "carried_in" => Message::new("page-line-carried-in"),
        "top_slice" => Message::new("page-line-top-slice"),
        "available" => Message::new("page-line-available"),
        "paid_first" => Message::new("page-line-paid-first"),
        "awarded" => Message::new("page-line-awarded"),
        "lapses" => Message::new("page-line-lapses"),
        "carried_on" => Message::new("page-line-carried-on"),
        "lapses_after_offering" => Message::new("page-line-lapses-after"),
        "award" => Message::new("page-line-award"),
        "shortfall" => Message::new("page-line-shortfall"),
        _ => Message::new("page-line-due"),
    });
    let sign = if row.side == Side::Use { "− " } else { "" };
    let name = if row.name.is_empty() { String::new() } else { format!(": {}", row.name) };
    format!("{sign}{words}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::language::Language;

    const ENGLISH: Written = Written(Language::English);

    fn texts(row: &GridRow) -> Vec<&str> {
        row.cells.iter().map(|cell| &*cell.main).collect()
    }

    #[test]
    fn the_books_stand_line_by_line_beside_their_years() {
        let findings = findings(&example());
        let grid = books(&findings, "today", ENGLISH).unwrap();
        assert_eq!(grid.rows[0].group, "Investment");
        assert_eq!(texts(&grid.rows[1]), ["Appropriation", "500.00", "500.00"]);
        // The rule of the example has one line, `due`.
        assert_eq!(texts(&grid.rows[4]), ["− Granted: due", "500.00", "500.00"]);
        assert_eq!(texts(&grid.rows[7]), ["+ Due and not granted", "200.00", "200.00"]);
        assert!(books(&findings, "no such policy", ENGLISH).is_none());
    }

    #[test]
    fn pots_stand_side_by_side_and_together() {
        let findings = findings(&example());
        let grid = joint(&findings, "today", ENGLISH).unwrap();
        let all = "100\u{202f}%";
        // 200 and 600 short in every draw of 2022.
        let expected = ["2022", all, all, all, all, "200", "600", "800", "800"];
        assert_eq!(texts(&grid.rows[0]), expected);
        let mut single = example();
        single.programmes.truncate(1);
        for policy in &mut single.policies {
            policy.rules.truncate(1);
            policy.pots.truncate(1);
        }
        assert!(joint(&crate::analysis::example::findings(&single), "today", ENGLISH).is_none());
    }

    #[test]
    fn what_a_year_binds_stands_in_the_columns_of_later_years() {
        let findings = findings(&example());
        let grid = commitments(&findings, "today", ENGLISH).unwrap();
        let heads: Vec<&str> = grid.heads.iter().map(|head| &*head.text).collect();
        assert_eq!(heads[1..4], ["Paid in the year", "1 year later", "2 years later"]);
        // As worked by hand beside the rows: the second group is maintenance.
        assert_eq!(texts(&grid.rows[4])[..3], ["2022", "1,500", "2,400"]);
    }
}
