//! The Weibull distribution: a wait whose chance rises (shape above 1) or falls with time.
//!
//! x(p) = scale · (−ln(1 − p))^(1/shape); mean = scale · Γ(1 + 1/shape);
//! variance = scale² · (Γ(1 + 2/shape) − Γ(1 + 1/shape)²).

use super::exponential::ln_wait;
use super::registry::Entry;
use super::table::{ScoreTable, scaled_exp};
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::{Lanes, exp, exp_m1, ln_gamma};

pub(super) const ENTRY: Entry = Entry {
    name: "Weibull",
    about: "a wait whose chance rises (shape above 1) or falls with time",
    parameters: &[ParameterSet::These(&[
        Parameter::required("shape"),
        Parameter::required("scale"),
    ])],
    examples: &["Weibull(shape: 1.8, scale: 12)"],
    build: |parameters| Ok(Box::new(Weibull::from_parameters(parameters)?)),
};

/// A shape and a scale.
#[derive(Clone, Debug)]
pub struct Weibull {
    shape: f64,
    scale: f64,
    table: ScoreTable,
}

impl Weibull {
    /// By shape and scale.
    ///
    /// # Errors
    /// `shape` is not in 0.05 to 1000 or `scale` not positive.
    pub fn new(shape: f64, scale: f64) -> Result<Self, ParameterFault> {
        Self::from_parameters(&Parameters::new().with("shape", shape).with("scale", scale))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let shape = parameters.between("shape", 0.05, 1000.0)?;
        let scale = parameters.positive("scale")?;
        Ok(Self { shape, scale, table: ScoreTable::default() })
    }
}

impl Distribution for Weibull {
    fn at_score(&self, score: f64) -> f64 {
        self.scale * exp(ln_wait(score) / self.shape)
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        let finish = |logarithms: &mut Lanes| scaled_exp(self.scale, logarithms);
        let curve = |score| ln_wait(score) / self.shape;
        self.table.read(scores, out, curve, finish, |score| self.at_score(score));
    }

    fn mean(&self) -> f64 {
        self.scale * exp(ln_gamma(1.0 + 1.0 / self.shape))
    }

    fn sd(&self) -> f64 {
        let ln_mean = ln_gamma(1.0 + 1.0 / self.shape);
        let ln_square = ln_gamma(1.0 + 2.0 / self.shape);
        self.scale * exp(ln_mean) * exp_m1(ln_square - 2.0 * ln_mean).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_two_is_the_rayleigh_distribution() {
        let wait = Weibull::new(2.0, 3.0).unwrap();
        // Median 3·√ln 2, mean 3·√π/2, variance 9·(1 − π/4).
        assert!((wait.median() - 3.0 * std::f64::consts::LN_2.sqrt()).abs() < 1e-14);
        assert!((wait.mean() - 1.5 * std::f64::consts::PI.sqrt()).abs() < 1e-14);
        assert!((wait.sd() - 3.0 * (1.0 - std::f64::consts::FRAC_PI_4).sqrt()).abs() < 1e-14);
        assert_eq!(Weibull::new(0.0, 1.0).unwrap_err().parameter.as_deref(), Some("shape"));
    }
}
