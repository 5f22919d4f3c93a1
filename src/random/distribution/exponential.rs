//! The exponential distribution: the wait for something that is equally likely at any time.
//!
//! x(p) = −mean · ln(1 − p); sd = mean; skewness 2; excess kurtosis 6.

use super::registry::Entry;
use super::table::{ScoreTable, scaled_exp};
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::{Lanes, exp, ln, ln_1p, normal_cdf};

pub(super) const ENTRY: Entry = Entry {
    name: "Exponential",
    about: "the wait for something equally likely at any time",
    parameters: &[ParameterSet::These(&[Parameter::required("mean")])],
    examples: &["Exponential(mean: 14)"],
    build: |parameters| Ok(Box::new(Exponential::from_parameters(parameters)?)),
};

/// A mean.
#[derive(Clone, Debug)]
pub struct Exponential {
    mean: f64,
    table: ScoreTable,
}

impl Exponential {
    /// By mean.
    ///
    /// # Errors
    /// `mean` is not a positive number.
    pub fn new(mean: f64) -> Result<Self, ParameterFault> {
        Self::from_parameters(&Parameters::new().with("mean", mean))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let mean = parameters.positive("mean")?;
        Ok(Self { mean, table: ScoreTable::default() })
    }
}

/// ln(−ln(1 − Φ(score))): the logarithm of a wait of mean 1.
pub(super) fn ln_wait(score: f64) -> f64 {
    let wait = if score > 0.0 { -ln(normal_cdf(-score)) } else { -ln_1p(-normal_cdf(score)) };
    ln(wait)
}

impl Distribution for Exponential {
    fn at_score(&self, score: f64) -> f64 {
        self.mean * exp(ln_wait(score))
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        let finish = |logarithms: &mut Lanes| scaled_exp(self.mean, logarithms);
        self.table.read(scores, out, ln_wait, finish, |score| self.at_score(score));
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.mean
    }

    fn skew(&self) -> Option<f64> {
        Some(2.0)
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        Some(6.0)
    }

    fn density(&self, value: f64) -> f64 {
        if value >= 0.0 { exp(-value / self.mean) / self.mean } else { 0.0 }
    }

    fn mode(&self) -> Option<f64> {
        Some(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_logarithms() {
        let wait = Exponential::new(2.0).unwrap();
        assert!((wait.median() - 2.0 * std::f64::consts::LN_2).abs() < 1e-15);
        assert!((wait.quantile(0.9) - 2.0 * std::f64::consts::LN_10).abs() < 1e-14);
        // −ln(1 − p) = p + p²/2 + …
        assert!((wait.quantile(1e-9) / 2e-9 - 1.0 - 0.5e-9).abs() < 1e-14);
        assert_eq!(wait.quantile(0.0), 0.0);
        assert_eq!(wait.quantile(1.0), f64::INFINITY);
        assert!(Exponential::new(0.0).is_err());
    }
}
