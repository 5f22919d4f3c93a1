//! The negative binomial distribution: a count that varies more than its mean.
//!
//! With d = variance/mean and r = mean/(d − 1): P(k) = Γ(r + k)/(Γ(r) k!) (1/d)^r (1 − 1/d)^k;
//! skewness (2 d − 1)/√(d·mean); excess kurtosis 6 (d − 1)/mean + 1/(d·mean) (Johnson, Kemp & Kotz 2005,
//! Univariate Discrete Distributions, 5.3, doi:10.1002/0471715816, with P = d − 1 there).

use super::moments::Moments;
use super::registry::Entry;
use super::steps::{Steps, counts};
use super::through::Through;
use super::{Parameter, ParameterFault, ParameterSet, Parameters};

pub(super) const ENTRY: Entry = Entry {
    name: "NegativeBinomial",
    about: "a count that varies more than independent events would",
    parameters: &[ParameterSet::These(&[
        Parameter::required("mean"),
        Parameter::required("variance_to_mean"),
    ])],
    examples: &["NegativeBinomial(mean: 10, variance_to_mean: 3)"],
    build: |parameters| Ok(Box::new(NegativeBinomial::from_parameters(parameters)?)),
};

/// The largest variance and ratio: they bound the number of counts in the table.
const LARGEST_VARIANCE: f64 = 1e8;
const LARGEST_RATIO: f64 = 1e4;

/// Counts around a mean.
#[derive(Clone, Debug)]
pub struct NegativeBinomial {
    steps: Steps,
}

impl NegativeBinomial {
    /// By mean and ratio of variance to mean.
    ///
    /// # Errors
    /// `mean` is not positive, `variance_to_mean` not above 1 and at most 10,000, or their product above
    /// 100,000,000.
    pub fn new(mean: f64, variance_to_mean: f64) -> Result<Self, ParameterFault> {
        let parameters = Parameters::new().with("mean", mean);
        Self::from_parameters(&parameters.with("variance_to_mean", variance_to_mean))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let mean = parameters.positive("mean")?;
        let ratio = parameters.number("variance_to_mean")?;
        if !(ratio > 1.0 + 1e-9 && ratio <= LARGEST_RATIO) {
            let message = format!("`variance_to_mean` is {ratio}");
            let allowed = format!("above 1 and at most {LARGEST_RATIO} (at 1 it is Poisson)");
            return Err(ParameterFault::at("variance_to_mean", message, allowed));
        }
        if mean * ratio > LARGEST_VARIANCE {
            let message = format!("`mean` is {mean}");
            let allowed = format!("at most {} at this ratio", LARGEST_VARIANCE / ratio);
            return Err(ParameterFault::at("mean", message, allowed));
        }
        let size = mean / (ratio - 1.0);
        let failure = (ratio - 1.0) / ratio;
        let mode = if size > 1.0 { ((size - 1.0) * (ratio - 1.0)).floor() } else { 0.0 };
        // P(k + 1)/P(k) = (k + r)/(k + 1) · (1 − 1/d)
        let steps = counts(mode, |count| (count + size) / (count + 1.0) * failure);
        let variance = mean * ratio;
        let moments = Moments {
            mean,
            sd: variance.sqrt(),
            skew: Some((2.0 * ratio - 1.0) / variance.sqrt()),
            excess_kurtosis: Some(6.0 * (ratio - 1.0) / mean + 1.0 / variance),
        };
        Ok(Self { steps: steps.with_moments(moments) })
    }
}

impl Through for NegativeBinomial {
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
    fn ratio_two_and_mean_one_is_geometric() {
        // r = 1, p = 1/2: P(k) = 2^−(k + 1); cumulated 1 − 2^−(k + 1).
        let geometric = NegativeBinomial::new(1.0, 2.0).unwrap();
        for count in 0..20_u32 {
            let cumulated = 1.0 - 1.0 / f64::from(2_u32 << count);
            assert_eq!(geometric.quantile(cumulated), f64::from(count));
            assert_eq!(geometric.quantile(cumulated + 1e-9), f64::from(count + 1));
        }
    }

    #[test]
    fn ratios_without_meaning_are_refused() {
        let fault = NegativeBinomial::new(10.0, 1.0).unwrap_err();
        assert_eq!(fault.parameter.as_deref(), Some("variance_to_mean"));
        assert!(NegativeBinomial::new(1e8, 2.0).is_err());
        assert!(NegativeBinomial::new(1e-3, 1e4).is_ok());
    }
}
