//! What the guarantees of a policy cost, and who pays for them.

use super::grid::{Cell, Grid, GridRow};
use crate::analysis::{Effect, Findings, GuaranteeRow, QuantileInterval, Share};
use crate::report::open::{self, BRACKETS};
use crate::report::wording::{NONE, capitalised, chance, count, span, sum};

/// How many of those who gain and of those who pay are named.
const NAMED: usize = 5;

/// Every guarantee of a policy, year by year and over all years.
pub fn totals(findings: &Findings, policy: &str) -> Option<Grid> {
    let about = &findings.about;
    let single = about.years.0 == about.years.1;
    let rows = || of(findings, policy).filter(move |row| !(single && row.year.is_none()));
    let broken = rows().any(|row| row.p_broken.is_some());
    let caption = format!(
        "{}: awards with the guarantee less awards without it; means, with the middle 90 % of the draws below, {BRACKETS}",
        about.currency
    );
    let heads = [
        "Year",
        "#Gained",
        "#Given up",
        "#More granted in all",
        "#Municipalities that gain",
        "#that give up",
    ];
    let mut grid = Grid::new(caption, &heads);
    if broken {
        grid.figures("Guarantee broken");
    }
    let mut before: Option<&GuaranteeRow> = None;
    for row in rows() {
        let same = |one: &GuaranteeRow| {
            (&one.programme, &one.guarantee) == (&row.programme, &row.guarantee)
        };
        if !before.is_some_and(same) {
            grid.rows.push(GridRow::group(title(row)));
        }
        before = Some(row);
        let year = row.year.map_or_else(|| "All".to_owned(), |year| year.to_string());
        let mut cells = vec![Cell::new(year)];
        cells.extend([row.gained, row.given_up, row.cost].iter().map(money));
        cells.extend([row.gainers, row.payers].map(|effect| Cell::new(count(effect.mean))));
        if broken {
            let open = open::of_chance(&row.p_broken_interval, chance);
            cells.push(Cell::with(chance(row.p_broken), open));
        }
        grid.push(cells);
    }
    before.map(|_| grid)
}

/// Those who gain most from each guarantee and those who pay most for it, over all years.
pub fn payers(findings: &Findings, policy: &str) -> Option<Grid> {
    let about = &findings.about;
    let (first, last) = about.years;
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let caption = format!(
        "The {NAMED} that gain most and the {NAMED} that give up most, {years}, {}: means, with the middle 90 % of the draws below; all others stand in guarantees.csv",
        about.currency
    );
    let mut grid = Grid::new(caption, &["Gains", "#Gained", "Gives up", "#Given up"]);
    for row in of(findings, policy).filter(|row| row.year.is_none()) {
        let (gainers, payers) = (row.gain_most(NAMED), row.pay_most(NAMED));
        if gainers.is_empty() && payers.is_empty() {
            continue;
        }
        grid.rows.push(GridRow::group(title(row)));
        for place in 0..gainers.len().max(payers.len()) {
            let [name, gain] = named(gainers.get(place).copied(), 1.0);
            let [payer, loss] = named(payers.get(place).copied(), -1.0);
            grid.push(vec![name, gain, payer, loss]);
        }
    }
    (!grid.rows.is_empty()).then_some(grid)
}

fn of<'a>(findings: &'a Findings, policy: &'a str) -> impl Iterator<Item = &'a GuaranteeRow> {
    findings.guarantees.iter().filter(move |row| row.policy == policy)
}

/// `Maintenance: Floor_1, protected`; where there is no pot, that it is the state that pays.
fn title(row: &GuaranteeRow) -> String {
    let protected = if row.protected { ", protected" } else { "" };
    let pot = if row.has_pot { "" } else { "; open-ended: the state pays or keeps the difference" };
    format!("{}: {}{protected}{pot}", capitalised(&row.programme), row.guarantee)
}

/// A municipality with what it gains, or with the other sign gives up; nothing where there is none.
fn named(share: Option<&Share>, sign: f64) -> [Cell; 2] {
    let Some(Share { name, gain, .. }) = share else { return [Cell::new(""), Cell::new("")] };
    let turned = |value: Option<f64>| value.map(|value| value * sign);
    let (low, high) = if sign < 0.0 { (gain.p95, gain.p05) } else { (gain.p05, gain.p95) };
    let range = range(turned(low), turned(high));
    [Cell::new(name.clone()), Cell::with(sum(turned(gain.mean)), range)]
}

/// The mean; below it the middle 90 % of the draws and what their number leaves open of the mean.
fn money(effect: &Effect) -> Cell {
    let open = effect.mean_interval().map_or_else(String::new, |interval| {
        let (lower, upper) = (Some(interval.lower), Some(interval.upper));
        open::of_quantile(&QuantileInterval { lower, upper }, sum)
    });
    let below = [range(effect.p05, effect.p95), open];
    let below: Vec<&str> =
        below.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    Cell::with(sum(effect.mean), below.join(" "))
}

fn range(low: Option<f64>, high: Option<f64>) -> String {
    let (low, high) = (sum(low), sum(high));
    if low == high || low == NONE { String::new() } else { span(&low, &high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example, findings};
    use crate::model::Guarantee;

    fn guarded() -> Findings {
        let mut scenario = example();
        let lower = Some(constant_formula(&scenario, "400"));
        let name = "Floor".to_owned();
        let rule = scenario.policies[0].rules[1].as_mut().unwrap();
        rule.guarantees.push(Guarantee { name, lower, upper: None, protected: true });
        findings(&scenario)
    }

    fn texts(row: &GridRow) -> Vec<&str> {
        row.cells.iter().map(|cell| &*cell.main).collect()
    }

    #[test]
    fn each_guarantee_has_its_years_under_its_title() {
        let findings = guarded();
        let grid = totals(&findings, "today").unwrap();
        assert_eq!(grid.rows[0].group, "Maintenance: Floor_1, protected");
        // As worked by hand in the tests of the findings: 400 from two to one.
        let expected = ["2022", "400", "400", "0", "1", "2", "0\u{202f}%"];
        assert_eq!(texts(&grid.rows[1]), expected);
        assert_eq!((grid.rows.len(), texts(&grid.rows[3])[0]), (4, "All"));
        assert!(totals(&findings, "reform").is_none());
    }

    #[test]
    fn who_gains_stands_beside_who_gives_up() {
        let findings = guarded();
        let grid = payers(&findings, "today").unwrap();
        // 2022 and 2023 together: Cēsis 400 in each year; the others by their claims.
        assert_eq!(texts(&grid.rows[1])[..3], ["Cēsis", "800", "Bauska"]);
        assert_eq!(texts(&grid.rows[2])[..3], ["", "", "Aknīste"]);
        assert!(payers(&findings, "reform").is_none());
    }

    #[test]
    fn what_is_given_up_is_told_without_a_sign_and_its_range_from_low_to_high() {
        let gain = Effect {
            mean: Some(-10.0),
            p05: Some(-20.0),
            p50: Some(-9.0),
            p95: Some(-1.0),
            mcse: Some(0.1),
        };
        let share = Share { municipality: "01".to_owned(), name: "Ape".to_owned(), gain };
        let [name, loss] = named(Some(&share), -1.0);
        assert_eq!((&*name.main, &*loss.main, &*loss.sub), ("Ape", "10", "1–20"));
    }
}
