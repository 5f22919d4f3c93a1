//! One figure over the draws, read off its cell.

use crate::engine::{Figure, RANGE, SUMMARY};
use serde::Serialize;

/// Moments and quantiles of one figure; `None` where no draw has a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// The mean.
    pub mean: Option<f64>,
    /// The standard deviation over the draws.
    pub sd: Option<f64>,
    /// The Monte Carlo standard error of the mean.
    pub mcse: Option<f64>,
    /// Quantile at 5 %.
    pub p05: Option<f64>,
    /// Quantile at 10 %.
    pub p10: Option<f64>,
    /// Quantile at 25 %.
    pub p25: Option<f64>,
    /// The median.
    pub p50: Option<f64>,
    /// Quantile at 75 %.
    pub p75: Option<f64>,
    /// Quantile at 90 %.
    pub p90: Option<f64>,
    /// Quantile at 95 %.
    pub p95: Option<f64>,
}

/// The mean, the median and the ranges that tables show; `None` where no draw has a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Range {
    /// The mean.
    pub mean: Option<f64>,
    /// Quantile at 5 %.
    pub p05: Option<f64>,
    /// Quantile at 10 %.
    pub p10: Option<f64>,
    /// The median.
    pub p50: Option<f64>,
    /// Quantile at 90 %.
    pub p90: Option<f64>,
    /// Quantile at 95 %.
    pub p95: Option<f64>,
}

impl Summary {
    /// Reads a cell that counts in quanta of `1 / scale`.
    pub fn of(cell: Figure<'_>, scale: f64) -> Self {
        let quantiles = cell.quantiles.quantiles(SUMMARY);
        let in_units = |value: Option<f64>| value.map(|value| value / scale);
        let [p05, p10, p25, p50, p75, p90, p95] = quantiles.map(in_units);
        let moments = cell.moments;
        let [mean, sd, mcse] = [moments.mean(), moments.sd(), moments.mcse()].map(in_units);
        Self { mean, sd, mcse, p05, p10, p25, p50, p75, p90, p95 }
    }

    /// The figures in the order of the columns `mean,sd,mcse,p05,p10,p25,p50,p75,p90,p95`.
    pub fn columns(&self) -> [Option<f64>; 10] {
        let Self { mean, sd, mcse, p05, p10, p25, p50, p75, p90, p95 } = *self;
        [mean, sd, mcse, p05, p10, p25, p50, p75, p90, p95]
    }
}

impl Range {
    /// Reads a cell that counts in quanta of `1 / scale`.
    pub fn of(cell: Figure<'_>, scale: f64) -> Self {
        let in_units = |value: Option<f64>| value.map(|value| value / scale);
        let quantiles = cell.quantiles.quantiles(RANGE);
        let [p05, p10, p50, p90, p95] = quantiles.map(in_units);
        Self { mean: in_units(cell.moments.mean()), p05, p10, p50, p90, p95 }
    }
}

/// How many of a cell's values lie below `value`, in quanta.
pub fn count_below(cell: Figure<'_>, value: f64) -> u64 {
    cell.quantiles.count_below(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Cell, MONEY};
    use crate::stats::QuantileMethod;

    fn cell(values: &[i64], method: QuantileMethod) -> Cell {
        let mut cell = Cell::new(method);
        cell.moments.add_lanes(values);
        cell.quantiles.add_lanes(values);
        cell.quantiles.sort();
        cell
    }

    #[test]
    fn a_summary_counts_in_euro_what_the_cell_counts_in_cents() {
        // 1, 2, 3, 4, 5 EUR: mean 3; squares about it 4+1+0+1+4 = 10, sd √(10/4), error √(2.5/5).
        // Type 7 at 10 %: rank 4 · 0.1 = 0.4 from the least, 1 + 0.4 · 1.
        let cell = cell(&[100, 300, 200, 500, 400], QuantileMethod::Exact);
        let summary = Summary::of(cell.figure(), MONEY);
        assert_eq!(summary.mean, Some(3.0));
        assert!((summary.sd.unwrap() - 2.5_f64.sqrt()).abs() < 1e-12);
        assert!((summary.mcse.unwrap() - 0.5_f64.sqrt()).abs() < 1e-12);
        assert!((summary.p10.unwrap() - 1.4).abs() < 1e-12);
        assert_eq!((summary.p25, summary.p50, summary.p75), (Some(2.0), Some(3.0), Some(4.0)));
        let range = Range::of(cell.figure(), MONEY);
        assert_eq!((range.mean, range.p10, range.p95), (summary.mean, summary.p10, summary.p95));
    }

    #[test]
    fn without_values_there_are_no_figures() {
        let empty = Summary::of(cell(&[], QuantileMethod::Exact).figure(), MONEY);
        assert_eq!(empty, Summary::default());
        let one = Summary::of(cell(&[700], QuantileMethod::Exact).figure(), MONEY);
        assert_eq!((one.mean, one.sd, one.p95), (Some(7.0), None, Some(7.0)));
    }

    #[test]
    fn what_lies_below_a_value_is_counted_without_the_value_itself() {
        for method in [QuantileMethod::Exact, QuantileMethod::Histogram] {
            let cell = cell(&[0, 0, 0, 5, 9], method);
            assert_eq!(count_below(cell.figure(), 0.0), 0);
            assert_eq!(count_below(cell.figure(), 1.0), 3);
            assert_eq!(count_below(cell.figure(), 9.0), 4);
            assert_eq!(count_below(cell.figure(), 10.0), 5);
        }
    }
}
