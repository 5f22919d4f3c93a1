//! The Poisson distribution: how often something rare happens.
//!
//! P(k) = e^−mean mean^k / k!; variance = mean.

use super::registry::Entry;
use super::steps::{Steps, counts};
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::Lanes;

pub(super) const ENTRY: Entry = Entry {
    name: "Poisson",
    about: "a count of independent events",
    parameters: &[ParameterSet::These(&[Parameter::required("mean")])],
    examples: &["Poisson(mean: 30)"],
    build: |parameters| Ok(Box::new(Poisson::from_parameters(parameters)?)),
};

/// The largest mean: its table holds a third of a million counts.
const LARGEST: f64 = 1e8;

/// A mean.
#[derive(Clone, Debug)]
pub struct Poisson {
    mean: f64,
    steps: Steps,
}

impl Poisson {
    /// By mean.
    ///
    /// # Errors
    /// `mean` is not in 0 to 100,000,000.
    pub fn new(mean: f64) -> Result<Self, ParameterFault> {
        Self::from_parameters(&Parameters::new().with("mean", mean))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let mean = parameters.between("mean", 0.0, LARGEST)?;
        // P(k + 1)/P(k) = mean/(k + 1)
        let steps = if mean == 0.0 {
            Steps::new(vec![0.0], vec![1.0], None)
        } else {
            counts(mean.floor(), |count| mean / (count + 1.0))
        };
        Ok(Self { mean, steps })
    }

    /// The probability of a count.
    #[cfg(test)]
    pub(super) fn mass(&self, count: f64) -> f64 {
        self.steps.mass(count)
    }
}

impl Distribution for Poisson {
    fn at_score(&self, score: f64) -> f64 {
        self.steps.at_score(score)
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        self.steps.at_scores(scores, out);
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.mean.sqrt()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.steps.quantile(p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_means_by_hand() {
        // mean ln 2: P(0) = 1/2, P(≤ 1) = (1 + ln 2)/2 = 0.8466
        let poisson = Poisson::new(std::f64::consts::LN_2).unwrap();
        assert_eq!(poisson.quantile(0.499_999), 0.0);
        assert_eq!(poisson.quantile(0.500_001), 1.0);
        assert_eq!(poisson.quantile(0.8465), 1.0);
        assert_eq!(poisson.quantile(0.8467), 2.0);
        assert_eq!(poisson.quantile(1.0), f64::INFINITY);
        assert_eq!(Poisson::new(0.0).unwrap().quantile(1.0), 0.0);
        assert!(Poisson::new(-1.0).is_err());
    }

    #[test]
    fn a_large_mean_is_near_the_normal_distribution() {
        // Cornish and Fisher: mean + sd z + (z² − 1)/6, to a count.
        let poisson = Poisson::new(1e6).unwrap();
        for z in [-3.0, -1.0, 0.0, 2.0, 4.0] {
            let expected = 1e6 + 1e3 * z + (z * z - 1.0) / 6.0;
            assert!((poisson.at_score(z) - expected).abs() <= 1.0, "{z}");
        }
    }
}
