//! The uniform distribution: every value between two equally likely.
//!
//! x(p) = min + p (max − min); mean (min + max)/2; sd (max − min)/√12; excess kurtosis −6/5.

use super::parameters::rising;
use super::registry::Entry;
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::simd::vectorised;
use crate::numeric::{Lanes, normal_cdf};

pub(super) const ENTRY: Entry = Entry {
    name: "Uniform",
    about: "every value between two equally likely",
    parameters: &[ParameterSet::These(&[Parameter::required("min"), Parameter::required("max")])],
    examples: &["Uniform(min: 0.2, max: 0.5)"],
    build: |parameters| Ok(Box::new(Uniform::from_parameters(parameters)?)),
};

/// Between two values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    min: f64,
    max: f64,
}

impl Uniform {
    /// Between `min` and `max`.
    ///
    /// # Errors
    /// `max` is not above `min`.
    pub fn new(min: f64, max: f64) -> Result<Self, ParameterFault> {
        rising(("min", min), ("max", max))?;
        Ok(Self { min, max })
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        Self::new(parameters.number("min")?, parameters.number("max")?)
    }

    /// The value with the share `tail` on its outer side, below the middle or above.
    #[inline(always)]
    fn at_tail(&self, tail: f64, below: bool) -> f64 {
        let inward = tail * (self.max - self.min);
        if below { self.min + inward } else { self.max - inward }
    }
}

impl Distribution for Uniform {
    fn at_score(&self, score: f64) -> f64 {
        self.at_tail(normal_cdf(-score.abs()), score <= 0.0)
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        at_scores(self, scores, out);
    }

    fn mean(&self) -> f64 {
        0.5 * self.min + 0.5 * self.max
    }

    fn sd(&self) -> f64 {
        (self.max - self.min) / 12.0_f64.sqrt()
    }

    fn skew(&self) -> Option<f64> {
        Some(0.0)
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        Some(-1.2)
    }

    fn density(&self, value: f64) -> f64 {
        if value >= self.min && value <= self.max { 1.0 / (self.max - self.min) } else { 0.0 }
    }

    fn mode(&self) -> Option<f64> {
        None
    }

    fn quantile(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) {
            self.at_tail(if p <= 0.5 { p } else { 1.0 - p }, p <= 0.5)
        } else {
            f64::NAN
        }
    }
}

vectorised! {
    /// Values at scores, through the share of the nearer tail.
    fn at_scores(law: &Uniform, scores: &Lanes, out: &mut Lanes) {
        for (out, &score) in out.iter_mut().zip(scores) {
            *out = law.at_tail(normal_cdf(-score.abs()), score <= 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_on_a_straight_line() {
        let uniform = Uniform::new(2.0, 10.0).unwrap();
        assert_eq!(uniform.quantile(0.0), 2.0);
        assert_eq!(uniform.quantile(0.25), 4.0);
        assert_eq!(uniform.median(), 6.0);
        assert_eq!(uniform.quantile(1.0), 10.0);
        // 8/√12
        assert!((uniform.sd() - 2.309_401_076_758_503).abs() < 1e-15);
        assert_eq!(Uniform::new(2.0, 2.0).unwrap_err().parameter.as_deref(), Some("max"));
    }
}
