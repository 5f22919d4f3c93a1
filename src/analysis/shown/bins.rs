//! How often a total takes which size.

use crate::analysis::summary::count_below;
use crate::engine::{BudgetItem, Figure, MONEY, Tally};
use crate::stats::QuantileMethod;

/// The most bins of a histogram.
const MOST_BINS: f64 = 30.0;

/// Draws by size, in bins of equal, round width. Where a pot lies among the draws it is an edge, so that
/// no bin holds draws of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Edges, rising, EUR; one more than `counts`. A bin holds its upper edge, not its lower:
    /// what is due up to the last cent of a pot is not beyond it.
    pub edges: Vec<f64>,
    /// Draws in each bin.
    pub counts: Vec<u64>,
    /// The total, EUR, where every draw has the same.
    pub constant: Option<f64>,
}

/// A pot to hold the draws against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divide {
    /// EUR.
    pub pot: f64,
    /// Share of the draws beyond it, where it was counted; else it follows from the totals.
    pub beyond: Option<f64>,
}

/// The entitlements of all municipalities in a year, of a programme or (behind the last) of all;
/// none without draws.
pub fn entitlement_bins(
    tally: &Tally,
    policy: usize,
    programme: usize,
    year: usize,
    divide: Option<Divide>,
) -> Option<Bins> {
    bins(tally.budget.get(&[policy, programme, year, BudgetItem::Entitlement as usize]), divide)
}

fn bins(cell: Figure<'_>, divide: Option<Divide>) -> Option<Bins> {
    let quantiles = cell.quantiles;
    let draws = quantiles.count();
    let last = draws.checked_sub(1)?;
    let (least, greatest) = (quantiles.order_statistic(0)?, quantiles.order_statistic(last)?);
    // What was counted in bins 1/128 as wide as their values must not be shown in narrower ones.
    let finest = match quantiles.method() {
        QuantileMethod::Exact | QuantileMethod::None => 1.0,
        QuantileMethod::Histogram | QuantileMethod::SecondPass => {
            (greatest.abs().max(least.abs()) / 128.0).max(1.0)
        }
    };
    let width = round_up(((greatest - least) / MOST_BINS).max(finest));
    // The grid begins at the pot where it lies among the draws, else at nothing.
    let pot = divide.map(|divide| (divide.pot * MONEY).round());
    let among = |pot: &f64| *pot > least - width && *pot < greatest + width;
    let anchor = pot.filter(among).unwrap_or(0.0);
    let first = ((least - anchor) / width).ceil() - 1.0;
    let count = (((greatest - anchor) / width).ceil() - first) as usize;
    let edges: Vec<f64> = (0..=count).map(|edge| anchor + (first + edge as f64) * width).collect();
    // Values counted in bins lie about where they were: what was counted at the pot itself is exact.
    let beyond = divide.and_then(|divide| divide.beyond);
    let within = beyond.map(|share| draws - ((share * draws as f64).round() as u64).min(draws));
    let up_to = |edge: f64| {
        let counted = count_below(cell, edge.next_up());
        match (pot, within) {
            (Some(pot), Some(within)) if edge == pot => within,
            (Some(pot), Some(within)) if edge < pot => counted.min(within),
            (Some(_), Some(within)) => counted.max(within),
            _ => counted,
        }
    };
    let up_to: Vec<u64> = edges.iter().map(|edge| up_to(*edge)).collect();
    Some(Bins {
        counts: up_to.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        edges: edges.into_iter().map(|edge| edge / MONEY).collect(),
        constant: (least == greatest).then_some(least / MONEY),
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
    use crate::engine::{Cell, Noting};
    use crate::numeric::LANES;

    fn cell(cents: impl Fn(usize) -> i64, method: QuantileMethod) -> Cell {
        let mut cell = Cell::new(method);
        cell.add_money(&std::array::from_fn(cents), LANES);
        cell.quantiles.sort();
        cell
    }

    #[test]
    fn bins_are_round_and_hold_every_draw_once() {
        // 64 draws of 10, 11, …, 73 EUR: range 63 EUR, a thirtieth is 2.10, so bins of 2.50 EUR
        // from 7.50 to 75.00: the first holds 10, the second 11 and 12, the third 13, 14 and 15.
        let draws = cell(|draw| 1_000 + 100 * draw as i64, QuantileMethod::Exact);
        let bins = bins(draws.figure(), None).unwrap();
        assert_eq!((bins.edges.first(), bins.edges.last()), (Some(&7.5), Some(&75.0)));
        assert_eq!((bins.edges.len(), &bins.counts[..3]), (28, &[1, 2, 3][..]));
        assert_eq!((bins.counts.iter().sum::<u64>(), bins.constant), (LANES as u64, None));
    }

    #[test]
    fn a_pot_among_the_draws_is_an_edge_and_holds_what_is_due_to_the_cent() {
        // 10, 11, …, 73 EUR with a pot of 36: 10 to 36 are 27 draws, 37 beyond it. Bins of 2.50 from
        // 36 down to 8.50 (11 of them) and up to 73.50 (15).
        let draws = cell(|draw| 1_000 + 100 * draw as i64, QuantileMethod::Exact);
        let found = bins(draws.figure(), Some(Divide { pot: 36.0, beyond: None })).unwrap();
        let edge = found.edges.iter().position(|edge| *edge == 36.0).unwrap();
        assert_eq!((edge, found.counts.len()), (11, 26));
        assert_eq!(found.counts[..edge].iter().sum::<u64>(), 27);
        // A pot far off leaves the bins round.
        let far = bins(draws.figure(), Some(Divide { pot: 1_000.3, beyond: Some(0.0) })).unwrap();
        assert_eq!(far.edges[0], 7.5);
    }

    #[test]
    fn what_was_counted_beyond_the_pot_overrules_values_counted_in_bins() {
        let draws = cell(|draw| 100_000 + 1_000 * draw as i64, QuantileMethod::Histogram);
        for beyond in [0.25, 0.5, 0.75] {
            let found =
                bins(draws.figure(), Some(Divide { pot: 1_300.0, beyond: Some(beyond) })).unwrap();
            let edge = found.edges.iter().position(|edge| *edge == 1_300.0).unwrap();
            assert_eq!(found.counts[edge..].iter().sum::<u64>() as f64, 64.0 * beyond);
            assert_eq!(found.counts.iter().sum::<u64>(), 64);
        }
    }

    #[test]
    fn a_constant_total_is_one_bin_and_no_draws_are_none() {
        let draws = cell(|_| 150_000, QuantileMethod::Exact);
        let constant = bins(draws.figure(), None).unwrap();
        assert_eq!((constant.edges, constant.counts), (vec![1_499.99, 1_500.0], vec![64]));
        assert_eq!(constant.constant, Some(1_500.0));
        assert_eq!(bins(Cell::new(QuantileMethod::Exact).figure(), None), None);
    }

    #[test]
    fn counted_values_are_not_shown_finer_than_they_were_counted() {
        // About 1 000 EUR, range 0.63 EUR: a thirtieth is 2.1 cents, but values were counted in
        // bins of 1/128: 100 064 / 128 = 781.8 cents, so 10 EUR.
        let draws = cell(|draw| 100_001 + draw as i64, QuantileMethod::Histogram);
        let found = bins(draws.figure(), None).unwrap();
        assert_eq!((found.edges, found.counts), (vec![1_000.0, 1_010.0], vec![64]));
    }

    #[test]
    fn negative_totals_have_bins_too() {
        // −32, −31, …, 31 EUR: bins of 2.50 from −32.50, the first with −32, −31 and −30.
        let draws = cell(|draw| (draw as i64 - 32) * 100, QuantileMethod::Exact);
        let found = bins(draws.figure(), None).unwrap();
        assert_eq!((found.edges[0], found.counts[0]), (-32.5, 3));
        assert_eq!(found.counts.iter().sum::<u64>(), 64);
    }
}
