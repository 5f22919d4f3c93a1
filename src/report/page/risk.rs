//! What becomes of the money of a policy: the books, what pots risk together, and what years bind.

use super::grid::{Cell, Grid, GridRow};
use crate::analysis::{ALL, Bound, BudgetRow, CommitmentRow, Findings, ReconciliationRow, Side};
use crate::report::open::{self, BRACKETS};
use crate::report::wording::{NONE, capitalised, chance, number, range_of, span, sum};

/// The books of every programme, year by year: lines that add up to the cent.
pub fn books(findings: &Findings, policy: &str) -> Option<Grid> {
    let about = &findings.about;
    let rows: Vec<&ReconciliationRow> =
        findings.reconciliation.iter().filter(|row| row.policy == policy).collect();
    let years: Vec<i32> = (about.years.0..=about.years.1).collect();
    let caption = format!(
        "{}, in money of the year: means over the draws, rounded so that the lines add up to the cent",
        about.currency
    );
    let mut grid = Grid::new(caption, &["Line"]);
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
        grid.rows.push(GridRow::group(title(programme)));
        for (index, line) in first.iter().enumerate() {
            let mut cells = vec![Cell::new(label(line))];
            cells.extend(by_year.iter().map(|lines| {
                let cents = lines.get(index).map(|line| line.mean);
                Cell::new(cents.map_or_else(|| NONE.to_owned(), euro))
            }));
            grid.push(cells);
        }
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// What pots risk one by one and together; none where there is only one.
pub fn joint(findings: &Findings, policy: &str) -> Option<Grid> {
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
    let caption = format!("{}, in money of the year, {BRACKETS}", about.currency);
    let mut grid = Grid::new(caption, &["Year"]);
    for name in &limited {
        grid.figures(format!("{}: chance of shortfall", capitalised(name)));
    }
    grid.figures("Any of them short");
    grid.figures("All of them short");
    for name in &limited {
        grid.figures(format!("{}: extra for 95 %", capitalised(name)));
    }
    grid.figures("Sum of these extras");
    grid.figures("Together: extra for 95 %");
    for year in about.years.0..=about.years.1 {
        let of = |name: &str| rows.iter().find(|row| row.year == year && row.programme == name);
        let Some(all) = of(ALL) else { continue };
        let mut cells = vec![Cell::new(year.to_string())];
        let short = |row: &BudgetRow| {
            let open = open::of_chance(&row.p_shortfall_interval, chance);
            Cell::with(chance(row.p_shortfall), open)
        };
        let none = || Cell::new(NONE);
        cells.extend(limited.iter().map(|name| of(name).map_or_else(none, |row| short(row))));
        cells.push(short(all));
        let open = open::of_chance(&all.p_every_short_interval, chance);
        cells.push(Cell::with(chance(all.p_every_short), open));
        let extra = |row: &BudgetRow| {
            Cell::with(sum(row.reserve95), open::of_quantile(&row.reserve_intervals[1], sum))
        };
        cells.extend(limited.iter().map(|name| of(name).map_or_else(none, |row| extra(row))));
        let extras = limited.iter().map(|name| of(name).and_then(|row| row.reserve95));
        cells.push(Cell::new(sum(extras.sum::<Option<f64>>())));
        cells.push(extra(all));
        grid.push(cells);
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// What is paid in each year, and what each year binds later ones to.
pub fn commitments(findings: &Findings, policy: &str) -> Option<Grid> {
    let rows: Vec<&CommitmentRow> =
        findings.commitments.iter().filter(|row| row.policy == policy).collect();
    let (first, last) = findings.about.years;
    let ahead = |bound: Bound, year: i32| match bound {
        Bound::Cash => "#Paid in the year".to_owned(),
        Bound::Later(due) => format!("#{} later", years(due - year)),
        Bound::Steady => "#A year, once all is open".to_owned(),
    };
    let of = |programme: &'_ str, year: i32| {
        let of_year = rows.iter().filter(move |row| row.year == year);
        let programme = programme.to_owned();
        of_year.filter(move |row| row.programme == programme).copied().collect::<Vec<_>>()
    };
    let heads: Vec<String> = of(ALL, first).iter().map(|row| ahead(row.bound, row.year)).collect();
    let heads: Vec<&str> =
        ["At the end of"].into_iter().chain(heads.iter().map(String::as_str)).collect();
    let caption = format!(
        "{}, at the rates and prices of the year, maintenance of later years an estimate by cost: means, with the \
         middle 80 % of the draws below",
        findings.about.currency
    );
    let mut grid = Grid::new(caption, &heads);
    for programme in programmes(findings) {
        grid.rows.push(GridRow::group(title(programme)));
        for year in first..=last {
            let mut cells = vec![Cell::new(year.to_string())];
            cells.extend(of(programme, year).iter().map(|row| {
                let range = range_of(&row.summary);
                let (low, high) = (sum(range.p10), sum(range.p90));
                let below = if low == high { String::new() } else { span(&low, &high) };
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

fn title(programme: &str) -> String {
    if programme == ALL { "All programmes together".to_owned() } else { capitalised(programme) }
}

fn years(count: i32) -> String {
    if count == 1 { "1 year".to_owned() } else { format!("{count} years") }
}

fn euro(cents: i64) -> String {
    number(cents as f64 / 100.0, 2)
}

/// A line in words; what goes off bears a minus.
fn label(row: &ReconciliationRow) -> String {
    let words = match row.line {
        "appropriation" => "Appropriation",
        "carried_in" => "Carried over from the year before",
        "top_slice" => "Used centrally",
        "available" => "= Available",
        "paid_first" => "Granted first, protected",
        "awarded" => "Granted",
        "lapses" => "Left: lapses",
        "carried_on" => "Left: carried on to the next year",
        "lapses_after_offering" => "Left after it was offered again: lapses",
        "award" => "= Granted in all",
        "shortfall" => "+ Due and not granted",
        _ => "= Due in all",
    };
    let sign = if row.side == Side::Use { "− " } else { "" };
    let name = if row.name.is_empty() { String::new() } else { format!(": {}", row.name) };
    format!("{sign}{words}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};

    fn texts(row: &GridRow) -> Vec<&str> {
        row.cells.iter().map(|cell| &*cell.main).collect()
    }

    #[test]
    fn the_books_stand_line_by_line_beside_their_years() {
        let findings = findings(&example());
        let grid = books(&findings, "today").unwrap();
        assert_eq!(grid.rows[0].group, "Investment");
        assert_eq!(texts(&grid.rows[1]), ["Appropriation", "500.00", "500.00"]);
        // The rule of the example has one line, `due`.
        assert_eq!(texts(&grid.rows[4]), ["− Granted: due", "500.00", "500.00"]);
        assert_eq!(texts(&grid.rows[7]), ["+ Due and not granted", "200.00", "200.00"]);
        assert!(books(&findings, "no such policy").is_none());
    }

    #[test]
    fn pots_stand_side_by_side_and_together() {
        let findings = findings(&example());
        let grid = joint(&findings, "today").unwrap();
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
        assert!(joint(&crate::analysis::example::findings(&single), "today").is_none());
    }

    #[test]
    fn what_a_year_binds_stands_in_the_columns_of_later_years() {
        let findings = findings(&example());
        let grid = commitments(&findings, "today").unwrap();
        let heads: Vec<&str> = grid.heads.iter().map(|head| &*head.text).collect();
        assert_eq!(heads[1..4], ["Paid in the year", "1 year later", "2 years later"]);
        // As worked by hand beside the rows: the second group is maintenance.
        assert_eq!(texts(&grid.rows[4])[..3], ["2022", "1,500", "2,400"]);
    }
}
