//! The normal distribution.
//!
//! x(z) = mean + sd · z.

use super::quantile_pair::{NAMES, quantile_pair};
use super::registry::Entry;
use super::{Distribution, Masses, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::{Lanes, normal_density};

pub(super) const ENTRY: Entry = Entry {
    name: "Normal",
    about: "the bell curve, by mean and sd or by two quantiles",
    parameters: &[
        ParameterSet::These(&[Parameter::required("mean"), Parameter::required("sd")]),
        ParameterSet::TwoOf(NAMES),
    ],
    examples: &["Normal(mean: 0.07, sd: 0.035)", "Normal(p10: 0.02, p90: 0.12)"],
    build: |parameters| Ok(Box::new(Normal::from_parameters(parameters)?)),
};

/// A mean and a standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    /// By mean and standard deviation (0 makes it certain).
    ///
    /// # Errors
    /// `sd` is negative.
    pub fn new(mean: f64, sd: f64) -> Result<Self, ParameterFault> {
        super::parameters::within("sd", sd, 0.0, f64::MAX)?;
        Ok(Self { mean, sd })
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        if let Some([(low_score, low), (high_score, high)]) = quantile_pair(parameters)? {
            let sd = (high - low) / (high_score - low_score);
            return Ok(Self { mean: low - sd * low_score, sd });
        }
        Self::new(parameters.number("mean")?, parameters.not_negative("sd")?)
    }
}

impl Distribution for Normal {
    #[inline]
    fn at_score(&self, score: f64) -> f64 {
        // 0 · ∞ would be NaN.
        if self.sd == 0.0 && !score.is_nan() { self.mean } else { self.mean + self.sd * score }
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        for (out, &score) in out.iter_mut().zip(scores) {
            *out = self.at_score(score);
        }
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.sd
    }

    fn skew(&self) -> Option<f64> {
        (self.sd > 0.0).then_some(0.0)
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        (self.sd > 0.0).then_some(0.0)
    }

    fn density(&self, value: f64) -> f64 {
        if self.sd == 0.0 {
            return if value == self.mean { 1.0 } else { 0.0 };
        }
        normal_density((value - self.mean) / self.sd) / self.sd
    }

    fn mode(&self) -> Option<f64> {
        Some(self.mean)
    }

    fn masses(&self) -> Option<Masses<'_>> {
        (self.sd == 0.0).then(|| Masses::certain(&self.mean))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_a_number_of_standard_deviations() {
        let normal = Normal::new(10.0, 3.0).unwrap();
        assert_eq!(normal.at_score(-2.0), 4.0);
        assert_eq!(normal.median(), 10.0);
        assert_eq!(normal.quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(Normal::new(5.0, 0.0).unwrap().quantile(0.0), 5.0);
        assert!(Normal::new(0.0, -1.0).is_err());
    }

    #[test]
    fn two_quantiles_determine_it() {
        let given = Parameters::new().with("p25", 1.0).with("p95", 4.0);
        let normal = Normal::from_parameters(&given).unwrap();
        assert!((normal.quantile(0.25) - 1.0).abs() < 1e-15);
        assert!((normal.quantile(0.95) - 4.0).abs() < 1e-15);
    }
}
