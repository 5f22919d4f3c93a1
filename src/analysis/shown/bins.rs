//! How often a total takes which size.

use crate::analysis::summary::count_below;
use crate::engine::{BudgetItem, Cell, MONEY, Tally};
use crate::stats::QuantileMethod;

/// The most bins of a histogram.
const MOST_BINS: f64 = 30.0;

/// Draws by size, in bins of equal, round width.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Edges, rising, EUR; one more than `counts`. A bin holds its lower edge, not its upper.
    pub edges: Vec<f64>,
    /// Draws in each bin.
    pub counts: Vec<u64>,
}

/// The entitlements of all municipalities in a year, of a programme or (behind the last) of all;
/// none without draws.
pub fn entitlement_bins(
    tally: &Tally,
    policy: usize,
    programme: usize,
    year: usize,
) -> Option<Bins> {
    bins(tally.budget.get(&[policy, programme, year, BudgetItem::Entitlement as usize]))
}

fn bins(cell: &Cell) -> Option<Bins> {
    let quantiles = &cell.quantiles;
    let last = quantiles.count().checked_sub(1)?;
    let (least, greatest) = (quantiles.order_statistic(0)?, quantiles.order_statistic(last)?);
    // What was counted in bins 1/128 as wide as their values must not be shown in narrower ones.
    let finest = match quantiles.method() {
        QuantileMethod::Exact => 1.0,
        QuantileMethod::Histogram => (greatest.abs().max(least.abs()) / 128.0).max(1.0),
    };
    let width = round_up(((greatest - least) / MOST_BINS).max(finest));
    let first = (least / width).floor();
    let count = ((greatest / width).floor() - first) as usize + 1;
    let edges: Vec<f64> = (0..=count).map(|edge| (first + edge as f64) * width).collect();
    let below: Vec<u64> = edges.iter().map(|edge| count_below(cell, *edge)).collect();
    Some(Bins {
        counts: below.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        edges: edges.into_iter().map(|edge| edge / MONEY).collect(),
    })
}

/// The least of 1, 2, 2.5 and 5 times a power of ten that is not below a width of at least 1.
fn round_up(width: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= width {
        power *= 10.0;
    }
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= width).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Cube;
    use crate::numeric::LANES;

    fn cell(cents: impl Fn(usize) -> i64, method: QuantileMethod) -> Cell {
        let mut cube = Cube::new(vec![1], method);
        cube.at(&[0]).add_money(&std::array::from_fn(cents), LANES);
        cube.finish();
        cube.get(&[0]).clone()
    }

    #[test]
    fn bins_are_round_and_hold_every_draw_once() {
        // 64 draws of 10, 11, …, 73 EUR: range 63 EUR, a thirtieth is 2.10, so bins of 2.50 EUR
        // from 10.00 to 75.00: the first holds 10, 11, 12, the second 13 and 14.
        let bins = bins(&cell(|draw| 1_000 + 100 * draw as i64, QuantileMethod::Exact)).unwrap();
        assert_eq!((bins.edges.first(), bins.edges.last()), (Some(&10.0), Some(&75.0)));
        assert_eq!((bins.edges.len(), &bins.counts[..2]), (27, &[3, 2][..]));
        assert_eq!(bins.counts.iter().sum::<u64>(), LANES as u64);
    }

    #[test]
    fn a_constant_total_is_one_bin_and_no_draws_are_none() {
        let constant = bins(&cell(|_| 150_000, QuantileMethod::Exact)).unwrap();
        assert_eq!((constant.edges, constant.counts), (vec![1_500.0, 1_500.01], vec![64]));
        assert_eq!(bins(&Cell::new(QuantileMethod::Exact)), None);
    }

    #[test]
    fn counted_values_are_not_shown_finer_than_they_were_counted() {
        // About 1 000 EUR, range 0.63 EUR: a thirtieth is 2.1 cents, but values were counted in
        // bins of 1/128: 100 063 / 128 = 781.7 cents, so 10 EUR.
        let found = bins(&cell(|draw| 100_000 + draw as i64, QuantileMethod::Histogram)).unwrap();
        assert_eq!((found.edges, found.counts), (vec![1_000.0, 1_010.0], vec![64]));
    }

    #[test]
    fn negative_totals_have_bins_too() {
        // −32, −31, …, 31 EUR: bins of 2.50 from −32.50.
        let found = bins(&cell(|draw| (draw as i64 - 32) * 100, QuantileMethod::Exact)).unwrap();
        assert_eq!((found.edges[0], found.counts[0]), (-32.5, 2));
        assert_eq!(found.counts.iter().sum::<u64>(), 64);
    }
}
