//! The Poisson distribution: how often something rare happens.
//!
//! P(k) = e^−mean mean^k / k!; variance = mean; skewness 1/√mean; excess kurtosis 1/mean (Johnson, Kemp
//! & Kotz 2005, Univariate Discrete Distributions, 4.3, doi:10.1002/0471715816).

use super::moments::Moments;
use super::registry::Entry;
use super::steps::{Steps, counts};
use super::through::Through;
use super::{Parameter, ParameterFault, ParameterSet, Parameters};

pub(super) const ENTRY: Entry = Entry {
    name: "Poisson",
    about: "a count of independent events",
    parameters: &[ParameterSet::These(&[Parameter::required("mean")])],
    examples: &["Poisson(mean: 30)"],
    build: |parameters| Ok(Box::new(Poisson::from_parameters(parameters)?)),
};

/// The largest mean: its table holds a third of a million counts.
const LARGEST: f64 = 1e8;

/// Counts around a mean.
#[derive(Clone, Debug)]
pub struct Poisson {
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
            Steps::new(vec![0.0], vec![1.0])
        } else {
            counts(mean.floor(), |count| mean / (count + 1.0))
        };
        let varies = |value: f64| (mean > 0.0).then_some(value);
        let moments = Moments {
            mean,
            sd: mean.sqrt(),
            skew: varies(1.0 / mean.sqrt()),
            excess_kurtosis: varies(1.0 / mean),
        };
        Ok(Self { steps: steps.with_moments(moments) })
    }
}

impl Through for Poisson {
    type Inner = Steps;

    fn inner(&self) -> &Steps {
        &self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::super::Distribution;
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
        // Far more than 10⁻⁶⁰ of the greatest probability lies at no count below 94,000.
        assert_eq!(Poisson::new(1e5).unwrap().quantile(0.0), 0.0);
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
