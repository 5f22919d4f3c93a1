//! Distributions of separate values: exact thresholds on the scale of normal scores. Each of them is
//! one of these inside.

use std::fmt;

use super::moments::Moments;
use super::table::cell_of;
use super::{Distribution, Masses};
use crate::numeric::simd::vectorised;
use crate::numeric::{Lanes, normal_quantile};

/// Up to this many values every threshold is compared; beyond, a guide narrows the search.
const FEW: usize = 24;
/// A threshold this near to 0 is 0: half of the probability reached but for rounding.
const ZERO: f64 = 1.2e-15;
/// What a probability may exceed a cumulated one by and still mean it.
const ROUNDING: f64 = 4.0 * f64::EPSILON;
/// Probabilities that differ by no more than this share of themselves are the same.
const ALIKE: f64 = 1e-12;

/// Values in rising order and the scores that separate them.
#[derive(Clone)]
pub(super) struct Steps {
    values: Vec<f64>,
    weights: Vec<f64>,
    /// `thresholds[k]` is the largest score at which the value is `values[k]`.
    thresholds: Vec<f64>,
    /// For each cell of scores, how many thresholds lie before it; empty where there are few.
    guide: Vec<usize>,
    /// The ends of the range: the first value and the last, or 0 and infinity where only the likely
    /// part of all counts is kept.
    bottom: f64,
    top: f64,
    moments: Moments,
}

impl Steps {
    /// From at least one value in rising order, each with a positive weight.
    pub(super) fn new(values: Vec<f64>, weights: Vec<f64>) -> Self {
        let count = values.len().min(weights.len());
        // From both ends, so that both tails keep their digits.
        let mut below = running_sums(weights.iter().take(count).copied());
        let mut above = running_sums(weights.iter().take(count).rev().copied());
        above.reverse();
        let total = below.last().copied().unwrap_or(1.0);
        below.pop();
        let thresholds: Vec<f64> = below
            .iter()
            .zip(above.iter().skip(1))
            .map(|(&lower, &upper)| {
                let score = if lower <= upper {
                    normal_quantile(lower / total)
                } else {
                    -normal_quantile(upper / total)
                };
                if score.abs() <= ZERO { 0.0 } else { score }
            })
            .collect();
        let weights: Vec<f64> = weights.into_iter().map(|weight| weight / total).collect();
        let moments = Moments::of(&values, &weights);
        let guide = if values.len() > FEW { guide(&thresholds) } else { Vec::new() };
        let end = |value: Option<&f64>| value.copied().unwrap_or(f64::NAN);
        let (bottom, top) = (end(values.first()), end(values.last()));
        Self { values, weights, thresholds, guide, bottom, top, moments }
    }

    /// With moments that are known better than from the values.
    pub(super) fn with_moments(self, moments: Moments) -> Self {
        Self { moments, ..self }
    }

    /// The index of the value in force at a score below infinity.
    fn index_at(&self, score: f64) -> usize {
        let (from, to) = match cell_of(score) {
            Some(cell) if !self.guide.is_empty() => {
                (self.guide.get(cell).copied(), self.guide.get(cell + 1).copied())
            }
            _ => (None, None),
        };
        let (from, to) = (from.unwrap_or(0), to.unwrap_or(self.thresholds.len()));
        let near = self.thresholds.get(from..to).unwrap_or(&[]);
        from + near.partition_point(|&threshold| threshold < score)
    }
}

impl Distribution for Steps {
    /// The least value whose cumulated probability reaches Φ(score).
    fn at_score(&self, score: f64) -> f64 {
        if score.is_nan() {
            return f64::NAN;
        }
        if score.is_infinite() {
            return if score < 0.0 { self.bottom } else { self.top };
        }
        self.values.get(self.index_at(score)).copied().unwrap_or(f64::NAN)
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        if self.values.len() > FEW {
            for (out, &score) in out.iter_mut().zip(scores) {
                *out = self.at_score(score);
            }
            return;
        }
        climb(self, scores, out);
    }

    /// The least value whose cumulated probability reaches p, but for rounding: `0.8` means the
    /// cumulated 0.7 + 0.1.
    fn quantile(&self, p: f64) -> f64 {
        self.at_score(if p < 1.0 {
            normal_quantile(p * (1.0 - ROUNDING))
        } else {
            normal_quantile(p)
        })
    }

    fn mean(&self) -> f64 {
        self.moments.mean
    }

    fn sd(&self) -> f64 {
        self.moments.sd
    }

    fn skew(&self) -> Option<f64> {
        self.moments.skew
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        self.moments.excess_kurtosis
    }

    fn density(&self, value: f64) -> f64 {
        let index = self.values.partition_point(|&other| other < value);
        let found = self.values.get(index).is_some_and(|&other| other == value);
        self.weights.get(index).filter(|_| found).copied().unwrap_or(0.0)
    }

    fn mode(&self) -> Option<f64> {
        let greatest = self.weights.iter().copied().fold(0.0, f64::max);
        let mut likely = self
            .values
            .iter()
            .zip(&self.weights)
            .filter(|&(_, &weight)| weight >= greatest * (1.0 - ALIKE));
        let (first, second) = (likely.next(), likely.next());
        first.filter(|_| second.is_none()).map(|(&value, _)| value)
    }

    fn masses(&self) -> Option<Masses<'_>> {
        Some(Masses { values: &self.values, probabilities: &self.weights })
    }
}

impl fmt::Debug for Steps {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Steps({} values)", self.values.len())
    }
}

/// The counts 0, 1, 2, … around the most likely one, from the ratios of neighbouring probabilities,
/// as far as a probability is more than 10⁻⁶⁰ of the greatest.
pub(super) fn counts(mode: f64, next_over_this: impl Fn(f64) -> f64) -> Steps {
    const LEAST: f64 = 1e-60;
    let (mut before, mut weight, mut count) = (Vec::new(), 1.0, mode);
    while count > 0.0 {
        count -= 1.0;
        weight /= next_over_this(count);
        if weight < LEAST {
            break;
        }
        before.push((count, weight));
    }
    before.reverse();
    let (mut all, mut weight, mut count) = (before, 1.0, mode);
    while weight >= LEAST {
        all.push((count, weight));
        weight *= next_over_this(count);
        count += 1.0;
    }
    let (values, weights) = all.into_iter().unzip();
    Steps { bottom: 0.0, top: f64::INFINITY, ..Steps::new(values, weights) }
}

fn running_sums(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    weights
        .scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}

/// How many thresholds lie before the start of each cell, and all of them at the end.
fn guide(thresholds: &[f64]) -> Vec<usize> {
    let mut starts = vec![0; super::table::CELLS + 1];
    let mut index = 0;
    for (cell, start) in starts.iter_mut().enumerate() {
        let from = super::table::cell_start(cell);
        while thresholds.get(index).is_some_and(|&threshold| threshold < from) {
            index += 1;
        }
        *start = index;
    }
    starts
}

vectorised! {
    /// Values of a few steps at scores.
    fn climb(steps: &Steps, scores: &Lanes, out: &mut Lanes) {
        let first = steps.values.first().copied().unwrap_or(f64::NAN);
        for (out, &score) in out.iter_mut().zip(scores) {
            *out = if score.is_nan() { f64::NAN } else { first };
        }
        for (&threshold, &value) in steps.thresholds.iter().zip(steps.values.iter().skip(1)) {
            for (out, &score) in out.iter_mut().zip(scores) {
                *out = if score > threshold { value } else { *out };
            }
        }
        if steps.top == f64::INFINITY {
            for (out, &score) in out.iter_mut().zip(scores) {
                *out = if score == f64::INFINITY { steps.top } else { *out };
                *out = if score == f64::NEG_INFINITY { steps.bottom } else { *out };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::LANES;

    #[test]
    fn a_value_holds_up_to_and_with_its_threshold() {
        // Weights 1, 1, 2: cumulated 1/4, 1/2, 1.
        let steps = Steps::new(vec![10.0, 20.0, 30.0], vec![1.0, 1.0, 2.0]);
        assert_eq!(steps.quantile(0.0), 10.0);
        assert_eq!(steps.quantile(0.25), 10.0);
        assert_eq!(steps.quantile(0.250_001), 20.0);
        assert_eq!(steps.quantile(0.5), 20.0);
        assert_eq!(steps.at_score(0.0), 20.0);
        assert_eq!(steps.at_score(1e-14), 30.0);
        assert_eq!(steps.quantile(1.0), 30.0);
        assert_eq!(steps.mean(), 22.5);
        // Σ w (v − 22.5)² = (156.25 + 6.25)/4 + 56.25/2 = 68.75
        assert!((steps.sd() - 68.75_f64.sqrt()).abs() < 1e-14);
    }

    #[test]
    fn rounding_in_the_sum_of_weights_does_not_move_a_quantile() {
        // 0.7 + 0.1 is 0.7999999999999999 in binary.
        let steps = Steps::new(vec![1.0, 2.0, 3.0], vec![0.7, 0.1, 0.2]);
        assert_eq!(steps.quantile(0.8), 2.0);
        assert_eq!(steps.quantile(0.9), 3.0);
        let coin = Steps::new(vec![0.0, 1.0], vec![0.9, 0.1]);
        assert_eq!(coin.quantile(0.9), 0.0);
    }

    #[test]
    fn many_values_are_found_through_the_guide() {
        let count = 2000;
        let steps = Steps::new((0..count).map(f64::from).collect(), vec![1.0; 2000]);
        for value in 0..count {
            let p = (f64::from(value) + 0.5) / f64::from(count);
            assert_eq!(steps.quantile(p), f64::from(value));
        }
        assert_eq!(steps.at_score(-20.0), 0.0);
        assert_eq!(steps.at_score(20.0), f64::from(count - 1));
        assert_eq!(steps.at_score(f64::NEG_INFINITY), 0.0);
        let scores: Lanes = std::array::from_fn(|lane| lane as f64 * 0.3 - 9.6);
        let mut out = [0.0; LANES];
        steps.at_scores(&scores, &mut out);
        for (value, score) in out.into_iter().zip(scores) {
            let all = steps.thresholds.iter().filter(|&&threshold| threshold < score).count();
            assert_eq!(value, all as f64, "score {score}");
        }
    }
}
