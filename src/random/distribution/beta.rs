//! The beta distribution: shares, by two counts or by mean and standard deviation.
//!
//! x(p) = min + (max − min) · I⁻¹(a, b; p); mean of the share a/(a + b);
//! its variance a b / ((a + b)² (a + b + 1)); skewness 2 (b − a) √(a + b + 1)/((a + b + 2) √(a b)); excess
//! kurtosis 6 ((a − b)² (a + b + 1) − a b (a + b + 2))/(a b (a + b + 2)(a + b + 3)) (Johnson, Kotz &
//! Balakrishnan 1995, Continuous Univariate Distributions 2, chapter 25, ISBN 0471584940).

use super::parameters::rising;
use super::registry::Entry;
use super::table::ScoreTable;
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::simd::vectorised;
use crate::numeric::{Lanes, exp, incomplete_beta_inverse_logit, ln, ln_beta};

pub(super) const ENTRY: Entry = Entry {
    name: "Beta",
    about: "a share between 0 and 1 (or min and max), by a and b or by mean and sd",
    parameters: &[
        ParameterSet::These(&[
            Parameter::required("a"),
            Parameter::required("b"),
            Parameter::optional("min"),
            Parameter::optional("max"),
        ]),
        ParameterSet::These(&[Parameter::required("mean"), Parameter::required("sd")]),
    ],
    examples: &["Beta(a: 2, b: 5)", "Beta(mean: 0.3, sd: 0.1)"],
    build: |parameters| Ok(Box::new(Beta::from_parameters(parameters)?)),
};

/// Parameters whose quantiles are computed in reasonable time.
const SHAPES: (f64, f64) = (0.01, 1e6);

/// Two shapes and a range.
#[derive(Clone, Debug)]
pub struct Beta {
    a: f64,
    b: f64,
    min: f64,
    max: f64,
    table: ScoreTable,
}

impl Beta {
    /// By its two shapes, between `min` and `max`.
    ///
    /// # Errors
    /// A shape is not in 0.01 to 1,000,000 or `max` not above `min`.
    pub fn new(a: f64, b: f64, min: f64, max: f64) -> Result<Self, ParameterFault> {
        super::parameters::within("a", a, SHAPES.0, SHAPES.1)?;
        super::parameters::within("b", b, SHAPES.0, SHAPES.1)?;
        rising(("min", min), ("max", max))?;
        Ok(Self { a, b, min, max, table: ScoreTable::default() })
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        if parameters.has("mean", false) {
            let mean = parameters.number("mean")?;
            if !(mean > 0.0 && mean < 1.0) {
                let message = format!("`mean` is {mean}");
                return Err(ParameterFault::at("mean", message, "above 0 and below 1"));
            }
            let sd = parameters.positive("sd")?;
            // variance = mean (1 − mean) / (a + b + 1)
            let sum = mean * (1.0 - mean) / (sd * sd) - 1.0;
            let shapes = SHAPES.0..=SHAPES.1;
            if !shapes.contains(&(sum * mean)) || !shapes.contains(&(sum * (1.0 - mean))) {
                let most = (mean * (1.0 - mean)).sqrt();
                let message = format!("`sd` is {sd}");
                let allowed = format!("above 0.001 and below {most} for this mean, ends excluded");
                return Err(ParameterFault::at("sd", message, allowed));
            }
            return Self::new(sum * mean, sum * (1.0 - mean), 0.0, 1.0);
        }
        let min = parameters.optional("min")?.unwrap_or(0.0);
        let max = parameters.optional("max")?.unwrap_or(1.0);
        Self::new(parameters.number("a")?, parameters.number("b")?, min, max)
    }

    /// The logit of the share of the range at a score.
    fn logit(&self, score: f64) -> f64 {
        incomplete_beta_inverse_logit(self.a, self.b, score)
    }

    /// The value whose share of the range has the given logit.
    #[inline(always)]
    fn at_logit(&self, logit: f64) -> f64 {
        let small = exp(-logit.abs());
        let inward = (self.max - self.min) * (small / (1.0 + small));
        if logit < 0.0 { self.min + inward } else { self.max - inward }
    }
}

impl Distribution for Beta {
    fn at_score(&self, score: f64) -> f64 {
        self.at_logit(self.logit(score))
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        self.table.read(
            scores,
            out,
            |score| self.logit(score),
            |logits| at_logits(self, logits),
            |score| self.at_score(score),
        );
    }

    fn mean(&self) -> f64 {
        self.min + (self.max - self.min) * (self.a / (self.a + self.b))
    }

    fn sd(&self) -> f64 {
        let sum = self.a + self.b;
        (self.max - self.min) * ((self.a / sum) * (self.b / sum) / (sum + 1.0)).sqrt()
    }

    fn skew(&self) -> Option<f64> {
        let (a, b, sum) = (self.a, self.b, self.a + self.b);
        Some(2.0 * (b - a) * (sum + 1.0).sqrt() / ((sum + 2.0) * (a * b).sqrt()))
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        let (a, b, sum) = (self.a, self.b, self.a + self.b);
        let spread = (a - b) * (a - b) * (sum + 1.0) - a * b * (sum + 2.0);
        Some(6.0 * spread / (a * b * (sum + 2.0) * (sum + 3.0)))
    }

    fn density(&self, value: f64) -> f64 {
        if !(value >= self.min && value <= self.max) {
            return 0.0;
        }
        let width = self.max - self.min;
        // From either end, so that neither loses its digits; at an end the power is 0, 1 or infinite.
        let (low, high) = ((value - self.min) / width, (self.max - value) / width);
        let ln_power =
            |shape: f64, place| if shape == 1.0 { 0.0 } else { (shape - 1.0) * ln(place) };
        exp(ln_power(self.a, low) + ln_power(self.b, high) - ln_beta(self.a, self.b)) / width
    }

    fn mode(&self) -> Option<f64> {
        let (a, b) = (self.a, self.b);
        if a > 1.0 && b > 1.0 {
            return Some(self.min + (self.max - self.min) * ((a - 1.0) / (a + b - 2.0)));
        }
        // Both ends, or no place more than another.
        if (a < 1.0 && b < 1.0) || a == b {
            return None;
        }
        Some(if a < b { self.min } else { self.max })
    }
}

vectorised! {
    /// Values from the logits of their shares of the range.
    fn at_logits(beta: &Beta, values: &mut Lanes) {
        for value in values {
            *value = beta.at_logit(*value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_one_is_the_uniform_distribution() {
        let beta = Beta::new(1.0, 1.0, 10.0, 20.0).unwrap();
        for step in 0..=20 {
            let p = f64::from(step) / 20.0;
            assert!((beta.quantile(p) - (10.0 + 10.0 * p)).abs() < 1e-13);
        }
    }

    #[test]
    fn mean_and_sd_come_back() {
        let given = Parameters::new().with("mean", 0.3).with("sd", 0.1);
        let beta = Beta::from_parameters(&given).unwrap();
        assert!((beta.mean() - 0.3).abs() < 1e-15);
        assert!((beta.sd() - 0.1).abs() < 1e-15);
        let given = Parameters::new().with("mean", 0.3).with("sd", 0.5);
        assert_eq!(Beta::from_parameters(&given).unwrap_err().parameter.as_deref(), Some("sd"));
    }

    #[test]
    fn the_whole_range_of_shapes_is_tabulated() {
        for a in [0.01, 0.5, 1.0, 7.0, 1e6] {
            for b in [0.01, 0.5, 3.0, 200.0, 1e6] {
                let beta = Beta::new(a, b, 0.0, 1.0).unwrap();
                assert!(ScoreTable::filled(|score| beta.logit(score)) > 0.8, "{a} {b}");
            }
        }
    }
}
