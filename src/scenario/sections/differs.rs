//! What may explain a control total that differs: the row to look at, and what the total is made of.

use std::collections::{BTreeMap, BTreeSet};

use super::expect::{Counted, Side};
use super::tables::listed;
use crate::problem::Problem;
use crate::scenario::decode::{quoted, spoken};
use crate::scenario::table::Column;

/// The cells of a column that are added up.
#[derive(Clone, Debug)]
pub struct Sum<'t> {
    /// The column.
    pub column: Column<'t>,
    /// Rows and values.
    pub rows: Vec<(usize, f64)>,
}

/// How many rows are pointed at.
const MOST_MARKED: usize = 3;
/// How many parts a note lists.
const MOST_PARTS: usize = 8;

impl Sum<'_> {
    /// The sum, in order of size, so that the order of the rows does not matter.
    pub fn value(&self) -> f64 {
        let mut values: Vec<f64> = self.rows.iter().map(|(_, value)| *value).collect();
        values.sort_by(f64::total_cmp);
        values.iter().sum()
    }
}

/// What may explain that a column adds up to something else. `year` gives its sum in another year.
pub fn of_sum(
    problem: Problem,
    side: &Side<'_>,
    sum: &Sum<'_>,
    expected: f64,
    year: &dyn Fn(i32) -> Option<f64>,
) -> Problem {
    let found = sum.value();
    let mut marked = marked(sum, found, expected);
    let many = marked.len() > MOST_MARKED;
    marked.truncate(MOST_MARKED);
    let is_explained = !marked.is_empty();
    let mut problem = marked
        .into_iter()
        .fold(problem, |problem, (row, label)| problem.also(&sum.column.place(row), label));
    let mut notes = Vec::new();
    if let Some(year) = other_year(side, expected, year) {
        notes.push(format!("the rows of {year} give {}", spoken(expected)));
    }
    if many {
        notes.push("more rows than those shown would explain it".to_owned());
    }
    let zero =
        |(row, value): &(usize, f64)| (*value == 0.0).then(|| side.table.line(*row).to_string());
    let zeros: Vec<String> = sum.rows.iter().filter_map(zero).collect();
    if !zeros.is_empty() && found < expected {
        let lines = if zeros.len() == 1 { "line" } else { "lines" };
        notes.push(format!("the cell is 0 in {lines} {}", listed(&zeros)));
    }
    notes.push(format!("{} is made of {}", spoken(found), parts(side, sum)));
    problem = problem.note(notes.join("; "));
    problem.help(if is_explained {
        "mend the row that is wrong, or else the total"
    } else {
        "compare these figures with the source, and mend the rows or the total"
    })
}

/// The rows that alone would explain the difference, with the reason.
fn marked(sum: &Sum<'_>, found: f64, expected: f64) -> Vec<(usize, String)> {
    let difference = expected - found;
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    let whole = |text: &str| !text.contains('.');
    let thousands = |row: usize| {
        let (before, after) = sum.column.cell(row).split_once('.')?;
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (digits(before) && after.len() == 3 && digits(after)).then(|| format!("{before}{after}"))
    };
    let cells = || sum.rows.iter().map(|(row, value)| (*row, *value));
    let are_whole = cells().all(|(row, _)| whole(sum.column.cell(row)) || thousands(row).is_some());
    let some_whole = cells().any(|(row, _)| whole(sum.column.cell(row)));
    if are_whole && some_whole {
        let meant: Vec<(usize, String)> = cells()
            .filter_map(|(row, _)| Some((row, format!("is {} meant?", thousands(row)?))))
            .collect();
        if !meant.is_empty() {
            return meant;
        }
    }
    cells()
        .filter_map(|(row, value)| {
            let label = if value > 0.0 && near(value, -difference) {
                "without this row the total would be right".to_owned()
            } else if value > 0.0 && sum.rows.len() > 2 && near(value, found - value) {
                "as much as all other rows together: is it a row of totals?".to_owned()
            } else if is_slip(value, value + difference) {
                format!("with {} here the total would be right", spoken(value + difference))
            } else {
                return None;
            };
            Some((row, label))
        })
        .collect()
}

/// Whether one figure is the other with two neighbouring digits swapped, or a 0 more or less at the
/// end.
fn is_slip(value: f64, meant: f64) -> bool {
    const LARGEST: f64 = 1e15;
    let fits = |value: f64| value > 0.0 && value < LARGEST && value.fract() == 0.0;
    if !fits(value) || !fits(meant) || value == meant {
        return false;
    }
    let (a, b) = (format!("{value:.0}"), format!("{meant:.0}"));
    if a.len() != b.len() {
        return format!("{a}0") == b || format!("{b}0") == a;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let apart: Vec<usize> = (0..a.len()).filter(|at| a[*at] != b[*at]).collect();
    matches!(apart[..], [first, second] if second == first + 1 && a[first] == b[second] && a[second] == b[first])
}

/// A year of a yearly table that gives what is expected.
fn other_year(side: &Side<'_>, expected: f64, year: &dyn Fn(i32) -> Option<f64>) -> Option<i32> {
    let years: BTreeSet<i32> =
        side.column("year")?.texts().filter_map(|year| year.parse().ok()).collect();
    years.into_iter().find(|of| year(*of) == Some(expected))
}

/// What a sum is made of: regions or tiers where there are few, else the largest rows.
fn parts(side: &Side<'_>, sum: &Sum<'_>) -> String {
    if let Some(groups) = side.column("region").or_else(|| side.column("tier")) {
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for (row, value) in &sum.rows {
            *sums.entry(groups.cell(*row)).or_default() += value;
        }
        if sums.len() <= MOST_PARTS {
            let parts =
                sums.iter().map(|(group, sum)| format!("{} ({})", spoken(*sum), shown(group)));
            return parts.collect::<Vec<_>>().join(", ");
        }
    }
    let mut rows = sum.rows.clone();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let all = rows.len();
    rows.truncate(MOST_PARTS);
    let part = |(row, value): &(usize, f64)| {
        format!("{} (line {})", spoken(*value), side.table.line(*row))
    };
    let parts = rows.iter().map(part).collect::<Vec<_>>().join(", ");
    match all - rows.len() {
        0 => parts,
        more => format!("{parts} and {more} smaller rows"),
    }
}

/// How many rows each group has, such as `East 1, West 2`.
fn counts(side: &Side<'_>, field: &str) -> Option<String> {
    let (groups, codes) = (side.column(field)?, side.column("code")?);
    let rows: BTreeSet<(&str, &str)> = groups.texts().zip(codes.texts()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (group, _) in rows {
        *counts.entry(group).or_default() += 1;
    }
    let part = |(group, count): (&&str, &usize)| format!("{} {count}", shown(group));
    let few = counts.len() <= 2 * MOST_PARTS;
    few.then(|| counts.iter().map(part).collect::<Vec<_>>().join(", "))
}

fn shown(group: &str) -> String {
    if group.is_empty() { "(empty)".to_owned() } else { quoted(group) }
}

/// What may explain that there are more or fewer municipalities.
pub fn of_municipalities(mut problem: Problem, counted: Counted<'_>) -> Problem {
    let Some(side) = counted.municipalities else { return problem };
    let mut notes = Vec::new();
    let codes = side.codes().unwrap_or_default();
    if let Some(named) = counted.points.and_then(|points| points.column("municipality")) {
        let named: BTreeSet<&str> = named.texts().filter(|code| !code.is_empty()).collect();
        let quote =
            |codes: Vec<&&str>| codes.into_iter().map(|code| quoted(code)).collect::<Vec<_>>();
        let missing = quote(named.difference(&codes).collect());
        if !missing.is_empty() {
            notes.push(format!("points stand in {}, which this table lacks", listed(&missing)));
        }
        let without = quote(codes.difference(&named).collect());
        if !without.is_empty() && without.len() < codes.len() {
            notes.push(format!("no points stand in {}", listed(&without)));
        }
    }
    if let (Some(names), None) = (side.column("name"), side.column("year")) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, name) in names.texts().enumerate().filter(|(_, name)| !name.is_empty()) {
            if let Some(earlier) = first.insert(name, row) {
                problem = problem
                    .also(&names.place(earlier), "the same name")
                    .also(&names.place(row), "once more");
                break;
            }
        }
    }
    notes.extend(counts(&side, "region").map(|counts| format!("by region: {counts}")));
    noted(problem, &notes)
}

/// What may explain that there are more or fewer points.
pub fn of_points(problem: Problem, counted: Counted<'_>) -> Problem {
    let Some(side) = counted.points else { return problem };
    let mut notes = Vec::new();
    notes.extend(counts(&side, "tier").map(|counts| format!("by tier: {counts}")));
    let named: BTreeSet<&str> =
        side.column("municipality").map(|column| column.texts().collect()).unwrap_or_default();
    if let Some(codes) = counted.municipalities.and_then(|side| side.codes()) {
        let without: Vec<String> = codes.difference(&named).map(|code| quoted(code)).collect();
        if !without.is_empty() && without.len() < codes.len() {
            notes.push(format!("no points stand in {}", listed(&without)));
        }
    }
    noted(problem, &notes)
}

fn noted(problem: Problem, notes: &[String]) -> Problem {
    let problem =
        problem.help("compare the table with its source, and mend the table or the total");
    if notes.is_empty() { problem } else { problem.note(notes.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_slip_of_the_pen_swaps_two_digits_or_adds_a_nought() {
        assert!(is_slip(32_000.0, 23_000.0) && is_slip(1_243.0, 1_234.0));
        assert!(is_slip(900.0, 9_000.0) && is_slip(9_000.0, 900.0));
        assert!(!is_slip(23_000.0, 24_000.0) && !is_slip(1_432.0, 1_234.0));
        assert!(!is_slip(12.5, 21.5) && !is_slip(0.0, 0.0) && !is_slip(10.0, -10.0));
    }
}
