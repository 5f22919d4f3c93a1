//! The log-normal distribution: a normal distribution of the logarithm.
//!
//! x(z) = median · e^(σ z); mean = median · e^(σ²/2); sd = mean · √(e^(σ²) − 1).
//! With w = e^(σ²) − 1: skewness (w + 3) √w; excess kurtosis w⁴ + 6 w³ + 15 w² + 16 w (Johnson, Kotz &
//! Balakrishnan 1994, Continuous Univariate Distributions 1, chapter 14, ISBN 0471584959; there in e^(σ²)).

use super::log_normal_pair::{NAMES, median_and_spread};
use super::registry::Entry;
use super::{Distribution, Masses, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::simd::vectorised;
use crate::numeric::{Lanes, exp, exp_m1, ln, normal_density};

pub(super) const ENTRY: Entry = Entry {
    name: "LogNormal",
    about: "positive and skewed: its logarithm is normal; by two of mean, median, sd, sd_log and quantiles",
    parameters: &[
        ParameterSet::These(&[Parameter::required("mean"), Parameter::required("sd")]),
        ParameterSet::These(&[Parameter::required("median"), Parameter::required("sd_log")]),
        ParameterSet::TwoOf(NAMES),
    ],
    examples: &[
        "LogNormal(mean: 1100, sd: 180)",
        "LogNormal(median: 0.2, sd_log: 0.35)",
        "LogNormal(p10: 950, p90: 1400)",
    ],
    build: |parameters| Ok(Box::new(LogNormal::from_parameters(parameters)?)),
};

/// A median and the standard deviation of the logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    median: f64,
    sd_log: f64,
}

impl LogNormal {
    /// By median and standard deviation of the logarithm (0 makes it certain).
    ///
    /// # Errors
    /// `median` is not positive or `sd_log` not in 0 to 20.
    pub fn new(median: f64, sd_log: f64) -> Result<Self, ParameterFault> {
        let parameters = Parameters::new().with("median", median).with("sd_log", sd_log);
        Self::from_parameters(&parameters)
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let (median, sd_log) = median_and_spread(parameters)?;
        Ok(Self { median, sd_log })
    }
}

impl Distribution for LogNormal {
    #[inline(always)]
    fn at_score(&self, score: f64) -> f64 {
        // 0 · ∞ would be NaN.
        let shift = if self.sd_log == 0.0 { 0.0 } else { self.sd_log * score };
        self.median * exp(if score.is_nan() { score } else { shift })
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        if self.sd_log == 0.0 {
            *out = scores.map(|score| self.at_score(score));
            return;
        }
        at_scores(self, scores, out);
    }

    fn mean(&self) -> f64 {
        self.median * exp(0.5 * self.sd_log * self.sd_log)
    }

    fn sd(&self) -> f64 {
        self.mean() * exp_m1(self.sd_log * self.sd_log).sqrt()
    }

    fn skew(&self) -> Option<f64> {
        let w = exp_m1(self.sd_log * self.sd_log);
        (w > 0.0).then(|| (w + 3.0) * w.sqrt())
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        let w = exp_m1(self.sd_log * self.sd_log);
        (w > 0.0).then_some(w * (16.0 + w * (15.0 + w * (6.0 + w))))
    }

    fn density(&self, value: f64) -> f64 {
        if self.sd_log == 0.0 {
            return if value == self.median { 1.0 } else { 0.0 };
        }
        if value <= 0.0 {
            return 0.0;
        }
        normal_density((ln(value) - ln(self.median)) / self.sd_log) / (value * self.sd_log)
    }

    fn mode(&self) -> Option<f64> {
        Some(self.median * exp(-self.sd_log * self.sd_log))
    }

    fn masses(&self) -> Option<Masses<'_>> {
        (self.sd_log == 0.0).then(|| Masses::certain(&self.median))
    }
}

vectorised! {
    /// Values at scores, for a spread above 0.
    fn at_scores(law: &LogNormal, scores: &Lanes, out: &mut Lanes) {
        for (out, &score) in out.iter_mut().zip(scores) {
            *out = law.median * exp(law.sd_log * score);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_sd_come_back() {
        let given = Parameters::new().with("mean", 1100.0).with("sd", 180.0);
        let pay = LogNormal::from_parameters(&given).unwrap();
        assert!((pay.mean() / 1100.0 - 1.0).abs() < 1e-15);
        assert!((pay.sd() / 180.0 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn two_quantiles_come_back() {
        let given = Parameters::new().with("p10", 950.0).with("p90", 1400.0);
        let pay = LogNormal::from_parameters(&given).unwrap();
        assert!((pay.quantile(0.1) / 950.0 - 1.0).abs() < 1e-14);
        assert!((pay.quantile(0.9) / 1400.0 - 1.0).abs() < 1e-14);
        // Symmetric quantiles: the median is their geometric mean.
        assert!((pay.median() / (950.0_f64 * 1400.0).sqrt() - 1.0).abs() < 1e-14);
    }

    #[test]
    fn a_quantile_that_is_not_positive_is_pointed_at() {
        let given = Parameters::new().with("p05", -1.0).with("p50", 2.0);
        let fault = LogNormal::from_parameters(&given).unwrap_err();
        assert_eq!(fault.parameter.as_deref(), Some("p05"));
        assert!(LogNormal::new(0.0, 1.0).is_err());
        let wide = Parameters::new().with("mean", 1.0).with("sd", 1e200);
        assert_eq!(LogNormal::from_parameters(&wide).unwrap_err().parameter.as_deref(), Some("sd"));
        assert_eq!(LogNormal::new(3.0, 0.0).unwrap().quantile(1.0), 3.0);
    }
}
