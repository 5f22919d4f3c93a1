//! What the number of draws leaves open of a chance or a quantile, at 95 %.

use super::summary::count_below;
use crate::engine::Figure;
use crate::stats::Grouping;
use crate::stats::interval::{Interval, Z_95, wilson};

/// The interval of a chance; none without draws.
pub type ChanceInterval = Option<Interval>;

/// The interval of a quantile; an end is missing where no draw lies far enough out to tell it.
pub type QuantileInterval = Interval<Option<f64>>;

/// The interval of the chance that so many of the draws have shown.
pub fn of_chance(hits: u64, draws: u64, grouping: Grouping) -> ChanceInterval {
    wilson(hits, draws, Z_95, grouping)
}

/// The interval of the chance that a figure which is never negative is not zero.
pub fn of_chance_above_zero(cell: Figure<'_>) -> ChanceInterval {
    let count = cell.quantiles.count();
    of_chance(count - count_below(cell, 0.5), count, cell.moments.grouping())
}

/// The intervals of quantiles, rising, of a cell that counts in quanta of `1 / scale`.
pub fn of_quantiles<const N: usize>(
    cell: Figure<'_>,
    probabilities: [f64; N],
    scale: f64,
) -> [QuantileInterval; N] {
    let in_units = |value: Option<f64>| value.map(|value| value / scale);
    let intervals = cell.quantiles.intervals(probabilities, cell.moments.grouping());
    intervals.map(|Interval { lower, upper }| Interval {
        lower: in_units(lower),
        upper: in_units(upper),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Cell, MONEY, Noting};
    use crate::numeric::LANES;
    use crate::stats::QuantileMethod;

    #[test]
    fn intervals_are_in_units_and_lack_an_end_where_draws_do() {
        // 64 draws of 0, 1, …, 63 EUR: 32 ∓ 1.96 · 4 = 24.16 … 39.84, ranks 24 and 41 from 1. At 95 %:
        // 60.8 ∓ 3.42: rank 57, and none above the last. At 5 %: none, and rank 8.
        for method in [QuantileMethod::Exact, QuantileMethod::Histogram] {
            let mut cell = Cell::new(method);
            cell.add_money(&std::array::from_fn(|draw| 100 * draw as i64), LANES);
            cell.quantiles.sort();
            let found = of_quantiles(cell.figure(), [0.05, 0.5, 0.95], MONEY);
            let found = found.map(|interval| (interval.lower, interval.upper));
            let expected = [(None, Some(7.0)), (Some(23.0), Some(40.0)), (Some(56.0), None)];
            assert_eq!(found, expected, "{method:?}");
            // 63 of 64 above nothing.
            let chance = of_chance_above_zero(cell.figure()).unwrap();
            assert_eq!(Some(chance), wilson(63, 64, Z_95, Grouping::Independent));
        }
        assert_eq!(of_chance_above_zero(Cell::new(QuantileMethod::Exact).figure()), None);
    }
}
