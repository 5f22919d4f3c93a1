//! A measure over some draws of a scenario, and what their number leaves open of it.

use super::gauge::{Gauge, Yield};
use super::target::{Measure, Target};
use crate::analysis::intervals::of_chance;
use crate::engine::{Cell, Failure, Noting, Prepared, Sink, UNITS, YearOfBlock, replay};
use crate::numeric::LANES;
use crate::stats::{QuantileMethod, student_quantile};
use rayon::prelude::*;
use serde::Serialize;
use std::ops::Range;

/// A measure as so many draws show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Reading {
    /// How many draws.
    pub draws: u64,
    /// The estimate; none where the figure has no value in any draw.
    pub estimate: Option<f64>,
    /// The lower end of the interval at 95 %; none where so few draws do not bound it.
    pub lower: Option<f64>,
    /// The upper end.
    pub upper: Option<f64>,
}

/// Measures some draws of a policy; they begin at a multiple of 64, so that parts merge.
///
/// # Errors
/// The first fault of a formula in these draws.
pub fn measure(
    prepared: &Prepared<'_>,
    policy: usize,
    target: &Target,
    draws: Range<u64>,
) -> Result<Cell, Failure> {
    let lanes = LANES as u64;
    let blocks = draws.end.saturating_sub(draws.start).div_ceil(lanes);
    let threads = (rayon::current_num_threads() as u64).clamp(1, blocks.max(1));
    let at = |part: u64| (draws.start + blocks * part / threads * lanes).min(draws.end);
    let parts: Vec<Result<Cell, Failure>> = (0..threads)
        .into_par_iter()
        .map(|part| {
            let mut meter = Meter::new(prepared, policy, target);
            replay(prepared, at(part)..at(part + 1), &mut meter)?;
            Ok(meter.cell)
        })
        .collect();
    let mut merged = empty(prepared);
    for part in parts {
        merged.merge(&part?);
    }
    Ok(merged)
}

/// What a cell says of a target's measure.
pub fn read(target: &Target, cell: &Cell) -> Reading {
    let scale = target.of.scale();
    let moments = &cell.moments;
    let draws = moments.count() + moments.missing();
    let in_units = |quanta: f64| quanta / scale;
    let of = |estimate: Option<f64>, lower: Option<f64>, upper: Option<f64>| Reading {
        draws,
        estimate: estimate.map(in_units),
        lower: lower.map(in_units),
        upper: upper.map(in_units),
    };
    match target.of.measure {
        Measure::Shortfall => {
            let hits = u64::try_from(moments.sum()).unwrap_or(0);
            let interval = of_chance(hits, moments.count(), moments.grouping());
            of(moments.mean(), interval.map(|ends| ends.lower), interval.map(|ends| ends.upper))
        }
        Measure::Reserve(probability) | Measure::Quantile(probability) => {
            let mut cell = cell.clone();
            cell.quantiles.sort();
            let [interval] = cell.quantiles.intervals([probability], moments.grouping());
            of(cell.quantiles.quantile(probability), interval.lower, interval.upper)
        }
        Measure::Mean | Measure::Gini | Measure::Gap => {
            let mean = moments.mean();
            let reach = moments.mcse().map(|error| match error {
                0.0 => 0.0,
                _ => student_quantile(moments.degrees_of_freedom(), 0.025) * error,
            });
            let end = |sign: f64| Some(mean? + sign * reach?);
            of(mean, end(-1.0), end(1.0))
        }
    }
}

fn empty(prepared: &Prepared<'_>) -> Cell {
    Cell::grouped(QuantileMethod::Exact, prepared.scenario.run.plan.grouping())
}

/// Keeps one number a draw.
struct Meter {
    gauge: Gauge,
    cell: Cell,
}

impl Meter {
    fn new(prepared: &Prepared<'_>, policy: usize, target: &Target) -> Self {
        Self { gauge: Gauge::new(prepared, policy, target.of), cell: empty(prepared) }
    }
}

impl Sink for Meter {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        self.gauge.year(at);
    }

    fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
        match self.gauge.take() {
            Yield::Short(short) => self.cell.add_money(&short, active),
            Yield::Cents(gaps) => self.cell.add_money(&gaps, active),
            Yield::Values(values) => self.cell.add_values(&values, UNITS, active),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;
    use crate::analysis::solve::target::{Measure, Measured, Subject};
    use crate::engine::Source;
    use crate::expression::Sign;

    fn reading(measure: Measure, subject: Subject, year: Option<usize>) -> Reading {
        let scenario = example();
        let prepared = Prepared::new(&scenario);
        let text = String::new();
        let of = Measured { measure, subject, year };
        let target = Target { text, of, sign: Sign::AtMost, level: 0.0 };
        let cell = super::measure(&prepared, 0, &target, 0..127).unwrap();
        read(&target, &cell)
    }

    #[test]
    fn gaps_and_chances_are_those_worked_by_hand() {
        // Maintenance under `today`: 100 a month open. 2022: Aknīste 9 months (from April at the
        // latest 10), Bauska 12: due is more than 1 500; 2023: 1 200 + 1 800 = 3 000 of 1 500.
        let maintenance = Subject::Programme(1);
        let short = reading(Measure::Shortfall, maintenance, Some(1));
        assert_eq!((short.draws, short.estimate), (127, Some(1.0)));
        let reserve = reading(Measure::Reserve(0.95), maintenance, Some(1));
        assert_eq!(reserve.estimate, Some(1_500.0));
        // All years together: 2022 has 900 + 1 200 = 2 100 due of 1 500 as well.
        let both = reading(Measure::Reserve(0.95), maintenance, None);
        assert_eq!(both.estimate, Some(2_100.0));
        // And so is the mean of the gap of 2023, for it is the same in every draw.
        let gap = reading(Measure::Gap, maintenance, Some(1));
        assert_eq!(
            (gap.estimate, gap.lower, gap.upper),
            (Some(1_500.0), Some(1_500.0), Some(1_500.0))
        );
    }

    #[test]
    fn an_outcome_without_a_year_is_the_average_of_the_years() {
        let award =
            |year| reading(Measure::Mean, Subject::Outcome(Source::Award), year).estimate.unwrap();
        let both = award(None);
        assert!((both - f64::midpoint(award(Some(0)), award(Some(1)))).abs() < 1e-6);
        assert!(award(Some(0)) >= 1_500.0);
    }

    #[test]
    fn a_gini_is_among_the_municipalities_with_a_value() {
        // Awards of 2023 under `today`: maintenance 600 and 900; investment 0 and 500 (one new point,
        // 700 due, 500 in the pot); Cēsis has nothing: 600, 1 400, 0. Mean absolute difference over
        // 9 pairs: 2 (800 + 600 + 1 400)/9 = 5 600/9; over twice the mean 2 000/3: 5 600/9 / (4 000/3).
        let found =
            reading(Measure::Gini, Subject::Outcome(Source::Award), Some(1)).estimate.unwrap();
        assert!((found - 5_600.0 / 12_000.0).abs() < 1e-6, "{found}");
    }
}
