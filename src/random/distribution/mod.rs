//! Distributions: what a standard normal score becomes.
//!
//! Copulas and shared variance live on the scale of normal scores, so every distribution is read there:
//! the value at score z is the quantile at Φ(z). One file a distribution, one line in [`DISTRIBUTIONS`].

mod bernoulli;
mod beta;
mod discrete;
mod empirical;
mod exponential;
mod fixed;
mod gamma;
#[cfg(test)]
pub(super) mod laws;
mod log_normal;
mod log_normal_pair;
mod moments;
mod negative_binomial;
mod normal;
mod parameters;
mod pert;
mod poisson;
mod quantile_pair;
#[cfg(test)]
mod reference;
mod registry;
mod steps;
mod table;
mod through;
mod triangular;
mod truncated_normal;
mod uniform;
mod weibull;

use std::fmt::Debug;

use crate::numeric::{Lanes, normal_quantile};

pub use bernoulli::Bernoulli;
pub use beta::Beta;
pub use discrete::Discrete;
pub use empirical::Empirical;
pub use exponential::Exponential;
pub use fixed::Fixed;
pub use gamma::Gamma;
pub use log_normal::LogNormal;
pub use negative_binomial::NegativeBinomial;
pub use normal::Normal;
pub use parameters::{Parameter, ParameterFault, ParameterSet, Parameters};
pub use pert::Pert;
pub use poisson::Poisson;
pub use registry::{DISTRIBUTIONS, Entry, Recipe, build, find, names};
pub use triangular::Triangular;
pub use truncated_normal::TruncatedNormal;
pub use uniform::Uniform;
pub use weibull::Weibull;

/// Separate values in rising order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Masses<'a> {
    /// The values; of an endless range of counts those with a probability above 10⁻⁶⁰ of the greatest.
    pub values: &'a [f64],
    /// The probability of each.
    pub probabilities: &'a [f64],
}

impl<'a> Masses<'a> {
    /// Those of a value that is certain.
    fn certain(value: &'a f64) -> Self {
        Self { values: std::slice::from_ref(value), probabilities: &[1.0] }
    }
}

/// A distribution with its parameters, ready to be drawn from.
pub trait Distribution: Send + Sync + Debug {
    /// The value at a standard normal score: the quantile at Φ(score), exact in both tails.
    fn at_score(&self, score: f64) -> f64;

    /// The values at a block of scores: [`at_score`](Self::at_score) within 10⁻⁹ relative, fast; at
    /// score 0 the median to the bit.
    fn at_scores(&self, scores: &Lanes, out: &mut Lanes);

    /// The mean.
    fn mean(&self) -> f64;

    /// The standard deviation.
    fn sd(&self) -> f64;

    /// The skewness, the third standardised moment: 0 where both sides are alike, above where the
    /// upper tail is the longer one. None where nothing varies; never NaN.
    fn skew(&self) -> Option<f64>;

    /// The kurtosis, the fourth standardised moment, less the 3 of the normal distribution. None where
    /// nothing varies; never NaN.
    fn excess_kurtosis(&self) -> Option<f64>;

    /// The density at a value; of separate values, the probability of this one. 0 outside the range;
    /// may be infinite at an end of it.
    fn density(&self, value: f64) -> f64;

    /// The most likely value; none where several are equally likely.
    fn mode(&self) -> Option<f64>;

    /// The values that can occur, where they are separate; none where any in a range can.
    fn masses(&self) -> Option<Masses<'_>> {
        None
    }

    /// The value below which the share p lies; the ends of the range at 0 and 1, NaN outside 0..1.
    fn quantile(&self, p: f64) -> f64 {
        self.at_score(normal_quantile(p))
    }

    /// The value at score 0.
    fn median(&self) -> f64 {
        self.at_score(0.0)
    }
}
