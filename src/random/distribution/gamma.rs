//! The gamma distribution: positive and skewed, lighter in its tail than the log-normal.
//!
//! x(p) = scale · P⁻¹(shape, p); mean = shape · scale; variance = shape · scale²;
//! skewness 2/√shape; excess kurtosis 6/shape (Johnson, Kotz & Balakrishnan 1994, Continuous Univariate
//! Distributions 1, chapter 17, ISBN 0471584959).

use super::registry::Entry;
use super::table::{ScoreTable, scaled_exp};
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::{Lanes, exp, incomplete_gamma_inverse_ln, ln, ln_gamma};

pub(super) const ENTRY: Entry = Entry {
    name: "Gamma",
    about: "positive and skewed, with a lighter tail than LogNormal; by shape and scale or by mean and sd",
    parameters: &[
        ParameterSet::These(&[Parameter::required("shape"), Parameter::required("scale")]),
        ParameterSet::These(&[Parameter::required("mean"), Parameter::required("sd")]),
    ],
    examples: &["Gamma(shape: 2, scale: 3)", "Gamma(mean: 40, sd: 12)"],
    build: |parameters| Ok(Box::new(Gamma::from_parameters(parameters)?)),
};

/// Shapes whose quantiles are computed in reasonable time.
const SHAPES: (f64, f64) = (0.01, 1e6);

/// A shape and a scale.
#[derive(Clone, Debug)]
pub struct Gamma {
    shape: f64,
    scale: f64,
    table: ScoreTable,
}

impl Gamma {
    /// By shape and scale.
    ///
    /// # Errors
    /// `shape` is not in 0.01 to 1,000,000 or `scale` not positive.
    pub fn new(shape: f64, scale: f64) -> Result<Self, ParameterFault> {
        Self::from_parameters(&Parameters::new().with("shape", shape).with("scale", scale))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let (shape, scale) = if parameters.has("mean", false) {
            let (mean, sd) = (parameters.positive("mean")?, parameters.positive("sd")?);
            let shape = (mean / sd) * (mean / sd);
            if !(SHAPES.0..=SHAPES.1).contains(&shape) {
                let allowed = format!("{} to {}", mean * 0.001, mean * 10.0);
                return Err(ParameterFault::at("sd", format!("`sd` is {sd}"), allowed));
            }
            (shape, sd * (sd / mean))
        } else {
            (parameters.between("shape", SHAPES.0, SHAPES.1)?, parameters.positive("scale")?)
        };
        Ok(Self { shape, scale, table: ScoreTable::default() })
    }
}

impl Distribution for Gamma {
    fn at_score(&self, score: f64) -> f64 {
        self.scale * exp(incomplete_gamma_inverse_ln(self.shape, score))
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        let finish = |logarithms: &mut Lanes| scaled_exp(self.scale, logarithms);
        let curve = |score| incomplete_gamma_inverse_ln(self.shape, score);
        self.table.read(scores, out, curve, finish, |score| self.at_score(score));
    }

    fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    fn sd(&self) -> f64 {
        self.shape.sqrt() * self.scale
    }

    fn skew(&self) -> Option<f64> {
        Some(2.0 / self.shape.sqrt())
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        Some(6.0 / self.shape)
    }

    fn density(&self, value: f64) -> f64 {
        let (shape, place) = (self.shape, value / self.scale);
        // At 0 the power is 0, 1 or infinite.
        let ln_power = if shape == 1.0 { 0.0 } else { (shape - 1.0) * ln(place) };
        let within = (0.0..f64::INFINITY).contains(&value);
        if within { exp(ln_power - place - ln_gamma(shape)) / self.scale } else { 0.0 }
    }

    fn mode(&self) -> Option<f64> {
        Some(if self.shape > 1.0 { (self.shape - 1.0) * self.scale } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_one_is_the_exponential_distribution() {
        let gamma = Gamma::new(1.0, 5.0).unwrap();
        assert!((gamma.median() - 5.0 * std::f64::consts::LN_2).abs() < 1e-14);
        assert!((gamma.quantile(0.99) - 10.0 * std::f64::consts::LN_10).abs() < 1e-12);
    }

    #[test]
    fn mean_and_sd_come_back() {
        let given = Parameters::new().with("mean", 40.0).with("sd", 12.0);
        let gamma = Gamma::from_parameters(&given).unwrap();
        assert!((gamma.mean() - 40.0).abs() < 1e-13);
        assert!((gamma.sd() - 12.0).abs() < 1e-13);
        let given = Parameters::new().with("mean", 1.0).with("sd", 100.0);
        assert_eq!(Gamma::from_parameters(&given).unwrap_err().allowed, "0.001 to 10");
    }

    #[test]
    fn the_whole_range_of_shapes_is_tabulated() {
        for shape in [0.01, 0.1, 0.5, 1.0, 3.0, 30.0, 1e3, 1e6] {
            let curve = |score| incomplete_gamma_inverse_ln(shape, score);
            assert!(ScoreTable::filled(curve) > 0.9, "shape {shape}");
        }
    }
}
