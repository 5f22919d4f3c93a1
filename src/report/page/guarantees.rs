//! What the guarantees of a policy cost, and who pays for them.

use super::grid::{Cell, Grid, GridRow, Head};
use crate::analysis::{Effect, Findings, GuaranteeRow, QuantileInterval, Share};
use crate::language::Message;
use crate::report::wording::capitalised;
use crate::report::written::{NONE, Written, between};

/// How many of those who gain and of those who pay are named.
const NAMED: usize = 5;

/// Every guarantee of a policy, year by year and over all years.
pub fn totals(findings: &Findings, policy: &str, written: Written) -> Option<Grid> {
    let about = &findings.about;
    let single = about.years.0 == about.years.1;
    let rows = || of(findings, policy).filter(move |row| !(single && row.year.is_none()));
    let broken = rows().any(|row| row.p_broken.is_some());
    let caption = Message::new("page-guarantees-caption")
        .name("currency", &written.currency(&about.currency))
        .words("brackets", Message::new("page-brackets"));
    let mut grid =
        Grid::new(written.words(&caption), [Head::words(written.say("page-column-year"))]);
    grid.figures(written.say("page-column-gained"));
    grid.figures(written.say("page-column-given-up"));
    grid.figures(written.say("page-column-more-granted"));
    grid.figures(written.say("page-column-gainers"));
    grid.figures(written.say("page-column-payers"));
    if broken {
        grid.figures(written.say("page-column-broken"));
    }
    let mut before: Option<&GuaranteeRow> = None;
    for row in rows() {
        let same = |one: &GuaranteeRow| {
            (&one.programme, &one.guarantee) == (&row.programme, &row.guarantee)
        };
        if !before.is_some_and(same) {
            grid.rows.push(GridRow::group(title(row, written)));
        }
        before = Some(row);
        let year = row.year.map_or_else(|| written.say("page-all-years"), |year| year.to_string());
        let mut cells = vec![Cell::new(year)];
        cells.extend(
            [row.gained, row.given_up, row.cost].iter().map(|effect| money(effect, written)),
        );
        cells.extend([row.gainers, row.payers].map(|effect| Cell::new(written.count(effect.mean))));
        if broken {
            let open = written.open_chance(&row.p_broken_interval);
            cells.push(Cell::with(written.chance(row.p_broken), open));
        }
        grid.push(cells);
    }
    before.map(|_| grid)
}

/// Those who gain most from each guarantee and those who pay most for it, over all years.
pub fn payers(findings: &Findings, policy: &str, written: Written) -> Option<Grid> {
    let about = &findings.about;
    let caption = Message::new("page-payers-caption")
        .name("number", &NAMED.to_string())
        .name("years", &written.years(about.years))
        .name("currency", &written.currency(&about.currency));
    let heads = [
        Head::words(written.say("page-column-gains")),
        Head::figures(written.say("page-column-gained")),
        Head::words(written.say("page-column-gives-up")),
        Head::figures(written.say("page-column-given-up")),
    ];
    let mut grid = Grid::new(written.words(&caption), heads);
    for row in of(findings, policy).filter(|row| row.year.is_none()) {
        let (gainers, payers) = (row.gain_most(NAMED), row.pay_most(NAMED));
        if gainers.is_empty() && payers.is_empty() {
            continue;
        }
        grid.rows.push(GridRow::group(title(row, written)));
        for place in 0..gainers.len().max(payers.len()) {
            let [name, gain] = named(gainers.get(place).copied(), 1.0, written);
            let [payer, loss] = named(payers.get(place).copied(), -1.0, written);
            grid.push(vec![name, gain, payer, loss]);
        }
    }
    grid.some()
}

fn of<'a>(findings: &'a Findings, policy: &'a str) -> impl Iterator<Item = &'a GuaranteeRow> {
    findings.guarantees.iter().filter(move |row| row.policy == policy)
}

/// `Maintenance: Floor_1, protected`; where there is no pot, that it is the state that pays.
fn title(row: &GuaranteeRow, written: Written) -> String {
    let mut title = format!("{}: {}", capitalised(&row.programme), row.guarantee);
    if row.protected {
        title = written.words(&Message::new("page-guarantee-protected").name("name", &title));
    }
    if !row.has_pot {
        title = written.words(&Message::new("page-guarantee-no-pot").name("name", &title));
    }
    title
}

/// A municipality with what it gains, or with the other sign gives up; nothing where there is none.
fn named(share: Option<&Share>, sign: f64, written: Written) -> [Cell; 2] {
    let Some(Share { name, gain, .. }) = share else { return [Cell::new(""), Cell::new("")] };
    let turned = |value: Option<f64>| value.map(|value| value * sign);
    let (low, high) = if sign < 0.0 { (gain.p95, gain.p05) } else { (gain.p05, gain.p95) };
    let range = range(turned(low), turned(high), written);
    [Cell::new(name.clone()), Cell::with(written.sum(turned(gain.mean)), range)]
}

/// The mean; below it the middle 90 % of the draws and what their number leaves open of the mean.
fn money(effect: &Effect, written: Written) -> Cell {
    let open = effect.mean_interval().map_or_else(String::new, |interval| {
        let (lower, upper) = (Some(interval.lower), Some(interval.upper));
        written.open(&QuantileInterval { lower, upper }, |value| written.sum(value))
    });
    let below = [range(effect.p05, effect.p95, written), open];
    let below: Vec<&str> =
        below.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    Cell::with(written.sum(effect.mean), below.join(" "))
}

fn range(low: Option<f64>, high: Option<f64>, written: Written) -> String {
    let (low, high) = (written.sum(low), written.sum(high));
    if low == high || low == NONE { String::new() } else { between(&low, &high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{findings, guarded};
    use crate::language::Language;

    const ENGLISH: Written = Written(Language::English);

    fn texts(row: &GridRow) -> Vec<&str> {
        row.cells.iter().map(|cell| &*cell.main).collect()
    }

    #[test]
    fn each_guarantee_has_its_years_under_its_title() {
        let findings = findings(&guarded());
        let grid = totals(&findings, "today", ENGLISH).unwrap();
        assert_eq!(grid.rows[0].group, "Maintenance: Floor_1, protected");
        // As worked by hand in the tests of the findings: 400 from two to one.
        let expected = ["2022", "400", "400", "0", "1", "2", "0\u{202f}%"];
        assert_eq!(texts(&grid.rows[1]), expected);
        assert_eq!((grid.rows.len(), texts(&grid.rows[3])[0]), (4, "All"));
        assert!(totals(&findings, "reform", ENGLISH).is_none());
    }

    #[test]
    fn who_gains_stands_beside_who_gives_up() {
        let findings = findings(&guarded());
        let grid = payers(&findings, "today", ENGLISH).unwrap();
        // 2022 and 2023 together: Cēsis 400 in each year; the others by their claims.
        assert_eq!(texts(&grid.rows[1])[..3], ["Cēsis", "800", "Bauska"]);
        assert_eq!(texts(&grid.rows[2])[..3], ["", "", "Aknīste"]);
        assert!(payers(&findings, "reform", ENGLISH).is_none());
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
        let [name, loss] = named(Some(&share), -1.0, ENGLISH);
        assert_eq!((&*name.main, &*loss.main, &*loss.sub), ("Ape", "10", "1–20"));
    }
}
