//! What was counted, as rows.

use super::gathering::{Counted, FIGURES, Figure, FigureCell, VIEWS};
use super::pair::Pair;
use super::seen::WORLD;
use crate::analysis::ALL;
use crate::analysis::intervals::{ChanceInterval, of_chance, of_chance_above_zero};
use crate::analysis::summary::Summary;
use crate::analysis::verdicts::{Verdict, verdict};
use crate::engine::{BudgetItem, MONEY, RESERVES, UNITS};
use crate::model::{QUANTITIES, Quantity};
use serde::Serialize;

/// One national figure on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureRow {
    /// What it is: `award`, `shortfall`, `load` …
    pub figure: String,
    /// Its unit; `EUR` stands for the currency.
    pub unit: &'static str,
    /// The programme, or `all`.
    pub programme: String,
    /// The year; none: all common years together.
    pub year: Option<i32>,
    /// Mean under the baseline (of a reserve: the quantile, of a chance: the chance).
    pub before: Option<f64>,
    /// The same under the other.
    pub after: Option<f64>,
    /// Quantile at 5 % under the baseline.
    pub before_p05: Option<f64>,
    /// Quantile at 95 % under the baseline.
    pub before_p95: Option<f64>,
    /// Quantile at 5 % under the other.
    pub after_p05: Option<f64>,
    /// Quantile at 95 % under the other.
    pub after_p95: Option<f64>,
    /// The paired difference; of reserves and chances only its mean, as there is none in a draw.
    #[serde(flatten)]
    pub difference: Summary,
    /// Share of the draws in which it is greater.
    pub p_more: Option<f64>,
    /// Share of the draws in which it is smaller.
    pub p_less: Option<f64>,
    /// What so many draws leave open of `p_more`.
    pub p_more_interval: ChanceInterval,
    /// And of `p_less`.
    pub p_less_interval: ChanceInterval,
}

/// What a group of municipalities receives on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReceiverRow {
    /// `legal`: entitlements; `same`: awards at the baseline's pots; `own`: awards at each one's own.
    pub view: &'static str,
    /// `nation`, `region`, `tier`, `size`, a column, or `municipality`.
    pub group: String,
    /// Which of them.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many municipalities it has.
    pub municipalities: usize,
    /// The programme, or `all`.
    pub programme: String,
    /// The year; none: all common years together.
    pub year: Option<i32>,
    /// Mean under the baseline, EUR.
    pub before: Option<f64>,
    /// Mean of the paired difference, EUR.
    pub difference_mean: Option<f64>,
    /// Its Monte Carlo standard error, EUR.
    pub difference_mcse: Option<f64>,
    /// Quantiles of the paired difference, EUR; of all programmes and years together only.
    #[serde(flatten)]
    pub spread: Spread,
    /// Share of the draws in which it receives more by more than the threshold.
    pub p_more: Option<f64>,
    /// Share of the draws in which it receives less by more than the threshold.
    pub p_less: Option<f64>,
    /// What can be said.
    pub verdict: Verdict,
    /// What so many draws leave open of `p_more`.
    pub p_more_interval: ChanceInterval,
    /// And of `p_less`.
    pub p_less_interval: ChanceInterval,
}

/// Where a difference lies over the draws, EUR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// Quantile at 5 %.
    pub p05: Option<f64>,
    /// The median.
    pub p50: Option<f64>,
    /// Quantile at 95 %.
    pub p95: Option<f64>,
}

/// Whether every difference is 0 in every draw.
pub fn changes_nothing(counted: &Counted, same_pots: bool) -> bool {
    let still = |cell: &FigureCell| {
        let moments = &cell.difference.moments;
        moments.least().unwrap_or(0) == 0
            && moments.greatest().unwrap_or(0) == 0
            && cell.before.moments.count() == cell.after.moments.count()
    };
    let of_view = counted.receipts.len() / VIEWS.len();
    counted.figures.iter().chain(&counted.world).chain(&counted.outcomes).all(still)
        && counted.receipts.iter().enumerate().all(|(index, receipt)| {
            let is_same = of_view > 0 && index / of_view == 1;
            is_same && !same_pots || receipt.difference.changed == 0
        })
}

fn programme(pair: &Pair, pot: usize) -> String {
    pair.programmes.get(pot).map_or_else(|| ALL.to_owned(), |(name, ..)| name.clone())
}

/// The national figures: money by programme and year, then the world by year.
pub fn figures(pair: &Pair, counted: &Counted) -> Vec<FigureRow> {
    let years = pair.years.len();
    let calendar = |year: usize| pair.years.get(year).map(|(year, ..)| *year);
    let mut rows = Vec::new();
    // All together first: the first rows are the big numbers.
    let pots = pair.programmes.len();
    for pot in std::iter::once(pots).chain(0..pots) {
        for year in std::iter::once(years).chain(0..years) {
            let first = (pot * (years + 1) + year) * FIGURES.len();
            for (index, (figure, name)) in FIGURES.iter().enumerate() {
                let cell = &counted.figures[first + index];
                let of = (programme(pair, pot), calendar(year));
                let (unit, scale) =
                    if *figure == Figure::Coverage { ("share", UNITS) } else { ("EUR", MONEY) };
                rows.push(row(cell, name, (unit, scale), of.clone()));
                if *figure == Figure::Item(BudgetItem::Gap) {
                    rows.extend(of_gap(cell, &of));
                }
            }
        }
    }
    for (index, (quantity, adds_up)) in WORLD.iter().enumerate() {
        let (name, unit) = called(*quantity);
        for year in std::iter::once(years).chain(0..years).filter(|&at| at < years || *adds_up) {
            let cell = &counted.world[index * (years + 1) + year];
            rows.push(row(cell, name, (unit, UNITS), (ALL.to_owned(), calendar(year))));
        }
    }
    rows
}

/// The outcomes that both have, of the nation by year.
pub fn outcomes(pair: &Pair, counted: &Counted) -> Vec<FigureRow> {
    let mut rows = Vec::new();
    for (index, outcome) in pair.outcomes.iter().enumerate() {
        for (year, (calendar, ..)) in pair.years.iter().enumerate() {
            let cell = &counted.outcomes[index * pair.years.len() + year];
            let of = (ALL.to_owned(), Some(*calendar));
            rows.push(row(cell, &outcome.name, (outcome.unit, UNITS), of));
        }
    }
    rows
}

fn called(quantity: Quantity) -> (&'static str, &'static str) {
    let doc = QUANTITIES.iter().find(|doc| doc.quantity == quantity);
    doc.map_or(("", ""), |doc| (doc.name, doc.unit))
}

fn row(
    cell: &FigureCell,
    name: &str,
    (unit, scale): (&'static str, f64),
    (programme, year): (String, Option<i32>),
) -> FigureRow {
    let moments = &cell.difference.moments;
    let draws = moments.count();
    let share = |hits: u64| (draws > 0).then(|| hits as f64 / draws as f64);
    let interval = |hits: u64| of_chance(hits, draws, moments.grouping());
    let [[before_p05, before_p95], [after_p05, after_p95]] =
        [&cell.before, &cell.after].map(|side| {
            side.quantiles.quantiles([0.05, 0.95]).map(|value| value.map(|value| value / scale))
        });
    FigureRow {
        before_p05,
        before_p95,
        after_p05,
        after_p95,
        figure: name.to_owned(),
        unit,
        programme,
        year,
        before: cell.before.moments.mean().map(|mean| mean / scale),
        after: cell.after.moments.mean().map(|mean| mean / scale),
        difference: Summary::of(cell.difference.figure(), scale),
        p_more: share(cell.more),
        p_less: share(cell.less),
        p_more_interval: interval(cell.more),
        p_less_interval: interval(cell.less),
    }
}

/// What a shortfall says beside its mean: how likely it is, and the reserve that meets it.
fn of_gap(cell: &FigureCell, (programme, year): &(String, Option<i32>)) -> Vec<FigureRow> {
    let bare = |figure: String, unit, before: Option<f64>, after: Option<f64>| {
        let mean = before.zip(after).map(|(before, after)| after - before);
        FigureRow {
            figure,
            unit,
            programme: programme.clone(),
            year: *year,
            before,
            after,
            before_p05: None,
            before_p95: None,
            after_p05: None,
            after_p95: None,
            difference: Summary { mean, ..Summary::default() },
            p_more: None,
            p_less: None,
            p_more_interval: None,
            p_less_interval: None,
        }
    };
    let chance = |side: &crate::engine::Cell| {
        let count = side.quantiles.count();
        of_chance_above_zero(side.figure())
            .map(|_| (count - side.quantiles.count_below(0.5)) as f64 / count as f64)
    };
    let mut rows =
        vec![bare("p_shortfall".to_owned(), "share", chance(&cell.before), chance(&cell.after))];
    let reserves = [&cell.before, &cell.after].map(|side| side.quantiles.quantiles(RESERVES));
    for (index, probability) in RESERVES.iter().enumerate() {
        let of = |side: usize| reserves[side][index].map(|cents| cents / MONEY);
        let name = format!("reserve{:.0}", probability * 100.0);
        rows.push(bare(name, "EUR", of(0), of(1)));
    }
    rows
}

/// Who receives more or less: by view, group, programme and year.
pub fn receivers(pair: &Pair, counted: &Counted, same_pots: bool) -> Vec<ReceiverRow> {
    let (pots, years) = (pair.programmes.len(), pair.years.len());
    let mut rows = Vec::new();
    for (view, name) in VIEWS.iter().enumerate().filter(|(view, _)| *view != 1 || same_pots) {
        for (index, group) in pair.groups.iter().enumerate() {
            for pot in std::iter::once(pots).chain(0..pots) {
                for year in std::iter::once(years).chain(0..years) {
                    let at = ((view * (pots + 1) + pot) * (years + 1) + year) * pair.groups.len();
                    let receipt = &counted.receipts[at + index];
                    let difference = &receipt.difference;
                    let moments = &difference.moments;
                    let draws = moments.count();
                    let share = |hits: u64| (draws > 0).then(|| hits as f64 / draws as f64);
                    let interval = |hits: u64| of_chance(hits, draws, moments.grouping());
                    let spread = receipt.spread.as_ref().map(|cell| {
                        let found = cell.quantiles.quantiles([0.05, 0.5, 0.95]);
                        let [p05, p50, p95] = found.map(|value| value.map(|value| value / MONEY));
                        Spread { p05, p50, p95 }
                    });
                    rows.push(ReceiverRow {
                        spread: spread.unwrap_or_default(),
                        view: name,
                        group: group.kind.clone(),
                        code: group.code.clone(),
                        name: group.name.clone(),
                        municipalities: group.members.len(),
                        programme: programme(pair, pot),
                        year: pair.years.get(year).map(|(year, ..)| *year),
                        before: receipt.before.mean().map(|cents| cents / MONEY),
                        difference_mean: moments.mean().map(|cents| cents / MONEY),
                        difference_mcse: moments.mcse().map(|cents| cents / MONEY),
                        p_more: share(difference.more),
                        p_less: share(difference.less),
                        verdict: verdict(difference),
                        p_more_interval: interval(difference.more),
                        p_less_interval: interval(difference.less),
                    });
                }
            }
        }
    }
    rows
}
