//! What so many draws leave open of a measure, and of the difference of two on the same draws.

use crate::analysis::solve::Reading;
use crate::random::{stream, uniform};
use crate::stats::{Grouping, student_quantile};

/// How often draws are drawn again for the error of a quantile.
pub const REPLICATES: usize = 200;
/// The normal deviate of 95 %, both sides.
const NORMAL: f64 = 1.959_963_984_540_054;

/// An estimate with the ends of its interval at 95 %.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub value: f64,
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Interval {
    /// As a reading of so many draws; without a value where there is none.
    pub fn reading(self, draws: u64) -> Reading {
        let finite = |value: f64| value.is_finite().then_some(value);
        Reading {
            draws,
            estimate: finite(self.value),
            lower: finite(self.lower),
            upper: finite(self.upper),
        }
    }
}

/// The mean of the draws that have a value: from the variance of draws, of pairs or of sixteen groups.
pub fn mean(values: impl Iterator<Item = f64>, grouping: Grouping) -> Interval {
    let values: Vec<f64> = values.collect();
    let present = values.iter().filter(|value| value.is_finite());
    let (count, sum) = present.fold((0_u64, 0.0), |(count, sum), value| (count + 1, sum + value));
    let mean = sum / count as f64;
    let units: Vec<f64> = match grouping {
        Grouping::Independent => values.iter().copied().filter(|value| value.is_finite()).collect(),
        Grouping::Pairs => values.chunks_exact(2).filter_map(mean_of).collect(),
        Grouping::Sixteen => (0..16)
            .filter_map(|group| {
                let members: Vec<f64> = values.iter().copied().skip(group).step_by(16).collect();
                mean_of(&members)
            })
            .collect(),
    };
    let first = units.first().copied().unwrap_or(f64::NAN);
    if units.iter().all(|unit| *unit == first) && units.len() > 1 {
        // All draws agree: no rounding of a mean shall make them differ.
        return Interval { value: first, lower: first, upper: first };
    }
    let n = units.len() as f64;
    let centre = units.iter().sum::<f64>() / n;
    let squares: f64 = units.iter().map(|unit| (unit - centre) * (unit - centre)).sum();
    let error = (squares / (n - 1.0) / n).sqrt();
    let reach = student(units.len()) * error;
    Interval { value: mean, lower: mean - reach, upper: mean + reach }
}

fn student(units: usize) -> f64 {
    // Beyond two hundred the deviate is that of the normal distribution to one in a hundred, and slow
    // to compute where it is asked for each of many pairs; it is widened by its first term.
    let degrees = units.saturating_sub(1);
    if degrees > 200 {
        let widened = (NORMAL * NORMAL + 1.0) / (4.0 * degrees as f64);
        return NORMAL * (1.0 + widened);
    }
    student_quantile(degrees as u64, 0.025)
}

fn mean_of(values: &[f64]) -> Option<f64> {
    let present: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    (!present.is_empty()).then(|| present.iter().sum::<f64>() / present.len() as f64)
}

/// How often each draw is taken in each replicate: units of independent draws are drawn with return.
pub struct Replicates {
    weights: Vec<Vec<u32>>,
}

impl Replicates {
    /// Replicates of so many draws, the same for every figure.
    pub fn new(draws: usize, grouping: Grouping, seed: u64) -> Self {
        let (units, of): (usize, &dyn Fn(usize) -> usize) = match grouping {
            Grouping::Independent => (draws, &|draw| draw),
            Grouping::Pairs => (draws.div_ceil(2), &|draw| draw / 2),
            Grouping::Sixteen => (draws.min(16), &|draw| draw % 16),
        };
        let weights = (0..REPLICATES).map(|number| {
            let stream = stream("frontier: resample", &number.to_string(), None);
            let mut taken = vec![0_u32; units];
            for at in 0..units {
                let unit = (uniform(seed, stream, at as u64) * units as f64) as usize;
                if let Some(taken) = taken.get_mut(unit) {
                    *taken += 1;
                }
            }
            (0..draws).map(|draw| taken.get(of(draw)).copied().unwrap_or(0)).collect()
        });
        Self { weights: weights.collect() }
    }

    /// No replicate.
    pub fn none() -> Self {
        Self { weights: Vec::new() }
    }

    /// A quantile in all draws, and in each replicate.
    pub fn quantile(&self, values: &[f64], share: f64) -> (f64, Vec<f64>) {
        let mut order: Vec<usize> =
            (0..values.len()).filter(|at| values[*at].is_finite()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
        let once = vec![1; values.len()];
        let all = weighted(values, &order, &once, share);
        let again = self.weights.iter().map(|weights| weighted(values, &order, weights, share));
        (all, again.collect())
    }
}

/// The quantile of type 7 (Hyndman & Fan 1996) of values that occur so often; NaN of none.
fn weighted(values: &[f64], order: &[usize], weights: &[u32], share: f64) -> f64 {
    let weight = |at: &usize| u64::from(weights.get(*at).copied().unwrap_or(0));
    let count: u64 = order.iter().map(weight).sum();
    if count == 0 {
        return f64::NAN;
    }
    let place = (count - 1) as f64 * share;
    let (below, part) = (place.floor() as u64, place - place.floor());
    let mut passed = 0;
    let mut low = None;
    for at in order {
        passed += weight(at);
        if low.is_none() && passed > below {
            low = Some(values[*at]);
        }
        if let Some(low) = low
            && (passed > below + 1 || passed == count)
        {
            return low + part * (values[*at] - low);
        }
    }
    f64::NAN
}

/// The interval of a figure from its value in all draws and in each replicate.
pub fn of_replicates(value: f64, replicates: impl Iterator<Item = f64>) -> Interval {
    let replicates: Vec<f64> = replicates.filter(|one| one.is_finite()).collect();
    let n = replicates.len() as f64;
    let mean = replicates.iter().sum::<f64>() / n;
    let squares: f64 = replicates.iter().map(|one| (one - mean) * (one - mean)).sum();
    let reach = if replicates.iter().all(|one| *one == value) {
        0.0
    } else {
        NORMAL * (squares / (n - 1.0)).sqrt()
    };
    Interval { value, lower: value - reach, upper: value + reach }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_mean_follows_the_grouping() {
        // 1, 2, 3, 6: mean 3, variance 14/3, error √(14/12) = 1.0801; t of 3 degrees 3.1824.
        let values = [1.0, 2.0, 3.0, 6.0];
        let found = mean(values.into_iter(), Grouping::Independent);
        assert!((found.value - 3.0).abs() < 1e-12);
        assert!((found.upper - 3.0 - 3.182_446 * (14.0_f64 / 12.0).sqrt()).abs() < 1e-5);
        // Pairs 1.5 and 4.5: error 1.5, t of 1 degree 12.7062.
        let pairs = mean(values.into_iter(), Grouping::Pairs);
        assert!((pairs.upper - 3.0 - 12.706_205 * 1.5).abs() < 1e-4, "{pairs:?}");
        // What has no value is left out.
        let some = mean([1.0, f64::NAN, 2.0, 3.0, 6.0].into_iter(), Grouping::Independent);
        assert_eq!(some, found);
        let same = mean([0.1; 7].into_iter(), Grouping::Independent);
        assert_eq!((same.lower, same.upper), (0.1, 0.1));
    }

    #[test]
    fn a_weighted_quantile_is_that_of_the_values_written_out() {
        let values = [5.0, 1.0, 9.0, f64::NAN, 3.0];
        let order = [1, 4, 0, 2];
        // 1, 3, 3, 9 (5 not taken, 3 twice): type 7 at 0.5 is 3, at 0.9 it is 3 + 0.7 · 6 = 7.2.
        let weights = [0, 1, 1, 5, 2];
        assert_eq!(weighted(&values, &order, &weights, 0.5), 3.0);
        assert!((weighted(&values, &order, &weights, 0.9) - 7.2).abs() < 1e-12);
        assert_eq!(weighted(&values, &order, &weights, 1.0), 9.0);
        assert!(weighted(&values, &order, &[0; 5], 0.5).is_nan());
    }

    #[test]
    fn the_error_of_a_median_is_near_that_of_theory() {
        // Of 1 000 even numbers between 0 and 1 the median has the error 1/(2 √n) = 0.0158.
        let values: Vec<f64> = (0..1_000).map(|at| (f64::from(at) + 0.5) / 1_000.0).collect();
        let (all, again) =
            Replicates::new(values.len(), Grouping::Independent, 3).quantile(&values, 0.5);
        let found = of_replicates(all, again.into_iter());
        assert!((found.value - 0.5).abs() < 1e-9);
        let error = (found.upper - found.value) / NORMAL;
        assert!((0.012..0.020).contains(&error), "{error}");
    }
}
