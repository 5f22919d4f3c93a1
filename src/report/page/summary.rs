//! The first page: what a minister asks, policies side by side.

use super::grid::{Cell, Grid};
use crate::analysis::{Findings, Headline, Range, VerdictCounts, YearRange};
use crate::report::open::{self, BRACKETS};
use crate::report::wording::{NONE, chance, count, number, percent, sum};

/// The cell of a policy in a row; none where the row does not hold for it.
type CellOf<'a> = &'a dyn Fn(&Headline) -> Option<Cell>;

/// The unit of a row of sums, by the largest of them, so that a reader need not count digits.
#[derive(Clone, Copy)]
struct Scale {
    divisor: f64,
    word: &'static str,
    decimals: usize,
}

impl Scale {
    fn of(sums: impl Iterator<Item = f64>) -> Self {
        let largest = sums.fold(0.0, |largest: f64, sum| largest.max(sum.abs()));
        let (divisor, word) = match largest {
            sum if sum >= 1e9 => (1e9, " billion"),
            sum if sum >= 1e6 => (1e6, " million"),
            sum if sum >= 1e5 => (1e3, " thousand"),
            _ => (1.0, ""),
        };
        let decimals = match largest / divisor {
            _ if divisor < 1e6 => 0,
            size if size < 10.0 => 2,
            size if size < 100.0 => 1,
            _ => 0,
        };
        Self { divisor, word, decimals }
    }

    fn unit(self, currency: &str) -> String {
        format!("{currency}{}", self.word)
    }

    /// The word alone before what follows: `million, `.
    fn prefix(self) -> String {
        if self.word.is_empty() { String::new() } else { format!("{}, ", self.word.trim()) }
    }

    fn value(self, sum: Option<f64>) -> String {
        sum.map_or_else(|| NONE.to_owned(), |sum| number(sum / self.divisor, self.decimals))
    }
}

/// Why unmet claims are not a sum to appropriate where points wait for money.
const NOT_THE_MONEY_THAT_SUFFICES: &str = "More money would open more points, and claims of waiting points return each year: this is not the \
     money that would suffice";

/// The big numbers, one column a policy.
pub fn big_numbers(findings: &Findings) -> Option<Grid> {
    let headlines = &findings.headlines;
    let about = &findings.about;
    let currency = &about.currency;
    let (first, last) = about.years;
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let mut grid = Grid::new("", &[""]);
    for headline in headlines {
        grid.figures(headline.policy.clone());
    }
    let mut add = |label: String, note: &str, cell: CellOf<'_>| {
        let cells: Vec<Option<Cell>> = headlines.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| Cell::new("–")));
            grid.push(std::iter::once(Cell::with(label, note)).chain(cells).collect());
        }
    };
    let planned = headlines.iter().find_map(|headline| headline.points_open.last());
    let promised = planned.map_or_else(String::new, |row| format!("planned: {}", row.planned));
    add(format!("Points open, end of {last}"), &promised, &|headline| {
        headline.points_open.last().map(|row| Cell::of(&row.simulated, count))
    });
    let totals = headlines.iter().filter_map(|headline| headline.award_total.p90);
    let scale = Scale::of(totals);
    add(
        format!("Awards to municipalities, {years}"),
        &format!("{}, all programmes, without what is used centrally", scale.unit(currency)),
        &|headline| {
            (!headline.award.is_empty())
                .then(|| Cell::of(&headline.award_total, |value| scale.value(value)))
        },
    );
    add(
        format!("Share of eligible cost granted, {last}"),
        "the rest is the municipalities’ own share",
        &|headline| last_of(&headline.coverage, percent),
    );
    let scale = Scale::of(
        headlines.iter().filter_map(|headline| headline.people_within_10_km.last()?.range.p90),
    );
    let note = format!(
        "{}mean over the year, straight line; below: the range, and the median share",
        scale.prefix()
    );
    add(format!("Inhabitants within 10 km of an open point, {last}"), &note, &|headline| {
        let people = last_of(&headline.people_within_10_km, |value| scale.value(value))?;
        let share = headline.access_within_10_km.last().map(|year| percent(year.range.p50));
        let below = [Some(people.sub).filter(|range| !range.is_empty()), share];
        Some(Cell::with(people.main, below.into_iter().flatten().collect::<Vec<_>>().join("; ")))
    });
    received(findings, &mut add);
    add(
        "Chance that some pot is short in some year".to_owned(),
        &format!("more is due than available; {BRACKETS}"),
        &|headline| {
            let open = open::of_chance(&headline.p_shortfall_interval, chance);
            headline.p_shortfall.map(|share| Cell::with(chance(Some(share)), open))
        },
    );
    let scale = Scale::of(headlines.iter().filter_map(|headline| headline.reserve99));
    // Where points wait for money, more money means more points and more claims.
    let (label, caution) = if about.network_mode == Some("WhenFunded") {
        let label =
            format!("Unmet claims at the network that this pot allows, {years} (90 % of draws)");
        (label, format!(". {NOT_THE_MONEY_THAT_SUFFICES}"))
    } else {
        let label = format!("Extra appropriation needed, {years}, to suffice in 90 % of draws");
        (label, String::new())
    };
    let note = format!("{}, all programmes; below: in 95 and 99 %{caution}", scale.unit(currency));
    add(label, &note, &|headline| {
        let [ninety, more, most] = [headline.reserve90?, headline.reserve95?, headline.reserve99?]
            .map(|sum| scale.value(Some(sum)));
        Some(Cell::with(ninety, format!("{more} and {most}")))
    });
    add(
        format!("Missing on average in the worst 5 % of draws, {years}"),
        &format!("{}, all programmes: expected shortfall", scale.unit(currency)),
        &|headline| headline.expected_shortfall95.map(|sum| Cell::new(scale.value(Some(sum)))),
    );
    (!grid.rows.is_empty()).then_some(grid)
}

/// How many municipalities receive more or less than under the baseline.
fn received(findings: &Findings, add: &mut dyn FnMut(String, &str, CellOf<'_>)) {
    let about = &findings.about;
    let (first, last) = about.years;
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let baseline = about.baseline.as_deref().unwrap_or("the baseline");
    let against = format!("against “{baseline}”, all programmes, {years}");
    let own =
        format!("clearly more / clearly less, {against}; the pots differ as well as the rule");
    let several = findings.headlines.len() > 1;
    let mut row = |label: &str,
                   note: &str,
                   counts: fn(&Headline) -> Option<VerdictCounts>,
                   cell: fn(&VerdictCounts) -> Cell| {
        add(label.to_owned(), note, &|headline| {
            if headline.is_baseline && several {
                return Some(Cell::new("baseline"));
            }
            counts(headline).as_ref().map(cell)
        });
    };
    let same = |headline: &Headline| headline.same_pot;
    row("Municipalities that clearly receive more at the same pot", &against, same, |counts| {
        let clearly = counts.clearly_more();
        Cell::with(clearly.to_string(), in_all_draws(clearly, counts.more))
    });
    row("Municipalities that clearly receive less at the same pot", &against, same, |counts| {
        let clearly = counts.clearly_less();
        Cell::with(clearly.to_string(), in_all_draws(clearly, counts.less))
    });
    row("Municipalities undecided at the same pot", &against, same, |counts| {
        let others = [
            (counts.unchanged, "with no difference"),
            (counts.only_under_one, "with points under one policy only"),
        ];
        let others = others.iter().filter(|(number, _)| *number > 0);
        let others: Vec<String> = others.map(|(number, word)| format!("{number} {word}")).collect();
        Cell::with(counts.undecided.to_string(), others.join("; "))
    });
    let of_own = |headline: &Headline| headline.own_pot;
    row(
        "Municipalities that receive more / less at the policy’s own pot",
        &own,
        of_own,
        |counts| {
            let undecided = match counts.undecided {
                0 => String::new(),
                number => format!("{number} undecided"),
            };
            Cell::with(format!("{} / {}", counts.clearly_more(), counts.clearly_less()), undecided)
        },
    );
}

fn in_all_draws(clearly: usize, all: usize) -> String {
    match (clearly, all) {
        (0, _) => String::new(),
        (_, 0) => "none of them in all draws".to_owned(),
        (clearly, all) if clearly == all => "in all draws".to_owned(),
        (_, all) => format!("{all} of them in all draws"),
    }
}

fn last_of(years: &[YearRange], form: impl Fn(Option<f64>) -> String) -> Option<Cell> {
    years.last().map(|year| Cell::of(&year.range, form))
}

/// Points open against the plan, year by year; one column where all policies open the same.
pub fn points_by_year(findings: &Findings) -> Option<Grid> {
    let headlines = &findings.headlines;
    let first = headlines.first().filter(|headline| !headline.points_open.is_empty())?;
    let same = headlines.windows(2).all(|pair| pair[0].points_open == pair[1].points_open);
    let mut grid = Grid::new("Points open at the end of the year", &["Year", "#Planned"]);
    let shown = if same { 1 } else { headlines.len() };
    for headline in headlines.iter().take(shown) {
        grid.figures(if same {
            "Simulated, under every policy".to_owned()
        } else {
            headline.policy.clone()
        });
    }
    for (index, row) in first.points_open.iter().enumerate() {
        let simulated = headlines.iter().take(shown).map(|headline| {
            headline
                .points_open
                .get(index)
                .map_or_else(Cell::default, |row| Cell::of(&row.simulated, count))
        });
        let cells = [Cell::new(row.year.to_string()), Cell::new(row.planned.to_string())];
        grid.push(cells.into_iter().chain(simulated).collect());
    }
    Some(grid)
}

/// Awards of all programmes year by year, one column a policy.
pub fn cost_by_year(findings: &Findings) -> Option<Grid> {
    let currency = &findings.about.currency;
    let title = format!("Awards to municipalities: all programmes, {currency} of the year");
    let by_year =
        |headline: &Headline| headline.award.iter().map(|year| (year.year, year.range)).collect();
    yearly(findings, title, sum, &by_year)
}

/// Award over eligible cost year by year, one column a policy.
pub fn coverage_by_year(findings: &Findings) -> Option<Grid> {
    let by_year = |headline: &Headline| {
        headline.coverage.iter().map(|year| (year.year, year.range)).collect()
    };
    yearly(findings, "Share of eligible cost that is granted".to_owned(), percent, &by_year)
}

fn yearly(
    findings: &Findings,
    title: String,
    form: fn(Option<f64>) -> String,
    figures: &dyn Fn(&Headline) -> Vec<(i32, Range)>,
) -> Option<Grid> {
    let columns: Vec<Vec<(i32, Range)>> = findings.headlines.iter().map(figures).collect();
    let years: Vec<i32> =
        columns.iter().max_by_key(|column| column.len())?.iter().map(|row| row.0).collect();
    if years.is_empty() {
        return None;
    }
    let mut grid = Grid::new(title, &["Year"]);
    for headline in &findings.headlines {
        grid.figures(headline.policy.clone());
    }
    for year in years {
        let cell = |column: &Vec<(i32, Range)>| {
            let found = column.iter().find(|row| row.0 == year);
            found.map_or_else(|| Cell::new("–"), |row| Cell::of(&row.1, form))
        };
        grid.push(
            std::iter::once(Cell::new(year.to_string())).chain(columns.iter().map(cell)).collect(),
        );
    }
    Some(grid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};

    fn cell<'a>(grid: &'a Grid, row: &str, column: usize) -> &'a Cell {
        &grid.rows.iter().find(|found| found.cells[0].main.starts_with(row)).unwrap().cells[column]
    }

    #[test]
    fn the_big_numbers_stand_side_by_side() {
        let findings = findings(&example());
        let grid = big_numbers(&findings).unwrap();
        assert_eq!(grid.heads[1].text, "today");
        assert_eq!(cell(&grid, "Points open", 1).main, "3");
        assert_eq!(cell(&grid, "Points open", 0).sub, "planned: 3");
        assert_eq!(cell(&grid, "Awards to municipalities", 2).main, "4,000");
        assert_eq!(cell(&grid, "Municipalities that clearly receive more", 1).main, "baseline");
        assert_eq!(cell(&grid, "Municipalities that clearly receive less", 2).main, "1");
        assert_eq!(cell(&grid, "Municipalities that clearly receive less", 2).sub, "in all draws");
        assert_eq!(cell(&grid, "Municipalities undecided", 2).sub, "1 with no difference");
        assert!(cell(&grid, "Municipalities that receive more / less", 2).main.contains(" / "));
        assert!(cell(&grid, "Extra appropriation needed", 1).main != "–");
        assert_eq!(cell(&grid, "Chance that some pot is short", 1).main, "100\u{202f}%");
        assert!(grid.rows.iter().all(|row| !row.cells[0].main.starts_with("Inhabitants")));
    }

    #[test]
    fn unmet_claims_are_no_reserve_where_points_wait_for_money() {
        let mut findings = findings(&example());
        findings.about.network_mode = Some("WhenFunded");
        let grid = big_numbers(&findings).unwrap();
        let label = &cell(&grid, "Unmet claims at the network that this pot allows", 0);
        assert!(label.sub.contains("not the money that would suffice"));
        assert!(!grid.rows.iter().any(|row| row.cells[0].main.starts_with("Extra")));
    }

    #[test]
    fn large_sums_are_told_in_millions() {
        let scale = Scale::of([4_522_659.0, 5_411_891.0].into_iter());
        assert_eq!(
            (scale.unit("EUR"), scale.value(Some(4_522_659.0))),
            ("EUR million".to_owned(), "4.52".to_owned())
        );
        let scale = Scale::of([13_861_186.0].into_iter());
        assert_eq!(
            (scale.value(Some(13_861_186.0)), scale.value(None)),
            ("13.9".to_owned(), "–".to_owned())
        );
        assert_eq!(Scale::of([250_609.0].into_iter()).value(Some(250_609.0)), "251");
        assert_eq!(Scale::of([99_000.4].into_iter()).value(Some(99_000.4)), "99,000");
    }

    #[test]
    fn policies_that_open_the_same_points_share_a_column() {
        let grid = points_by_year(&findings(&example())).unwrap();
        let texts =
            |row: usize| grid.rows[row].cells.iter().map(|cell| &*cell.main).collect::<Vec<_>>();
        assert_eq!((texts(0), texts(1)), (vec!["2022", "2", "2"], vec!["2023", "3", "3"]));
    }

    #[test]
    fn a_scenario_without_policies_has_no_big_numbers() {
        let mut scenario = example();
        scenario.policies.clear();
        let findings = findings(&scenario);
        assert!(big_numbers(&findings).is_none() && cost_by_year(&findings).is_none());
    }
}
