//! The Weibull distribution: a wait whose chance rises (shape above 1) or falls with time.
//!
//! x(p) = scale · (−ln(1 − p))^(1/shape); mean = scale · Γ(1 + 1/shape);
//! variance = scale² · (Γ(1 + 2/shape) − Γ(1 + 1/shape)²); skewness and kurtosis by quadrature, see `form`.

use super::exponential::ln_wait;
use super::moments::shape;
use super::registry::Entry;
use super::table::{ScoreTable, scaled_exp};
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::{Lanes, exp, exp_m1, ln, ln_gamma, pow};

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

    fn skew(&self) -> Option<f64> {
        self.form().map(|(skew, _)| skew)
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        self.form().map(|(_, kurtosis)| kurtosis)
    }

    fn density(&self, value: f64) -> f64 {
        if !(0.0..f64::INFINITY).contains(&value) {
            return 0.0;
        }
        let (shape, place) = (self.shape, value / self.scale);
        // At 0 the power is 0, 1 or infinite.
        let ln_power = if shape == 1.0 { 0.0 } else { (shape - 1.0) * ln(place) };
        shape / self.scale * exp(ln_power - pow(place, shape))
    }

    fn mode(&self) -> Option<f64> {
        let before = 1.0 - 1.0 / self.shape;
        Some(if before > 0.0 { self.scale * pow(before, 1.0 / self.shape) } else { 0.0 })
    }
}

impl Weibull {
    /// Skewness and excess kurtosis. The closed form in Γ(1 + k/shape) loses all digits where the shape
    /// is large, so the central moments are integrated over u = ln(wait), of density e^(u − e^u): by the
    /// trapezium rule, whose error falls faster than any power of the step for such a curve.
    fn form(&self) -> Option<(f64, f64)> {
        const STEP: f64 = 1.0 / 16.0;
        let integral = |value: &dyn Fn(f64) -> f64| -> f64 {
            // From −40, where 10⁻¹⁷ is left, to 8, where nothing is.
            let places = (-640..=128).map(|step| f64::from(step) * STEP);
            places.map(|u| value(exp_m1(u / self.shape)) * exp(u - exp(u))).sum::<f64>() * STEP
        };
        let mean = integral(&|value| value);
        shape(|power| {
            integral(&|value| (0..power).fold(1.0, |product, _| product * (value - mean)))
        })
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
        // 2 √π (π − 3)/(4 − π)^(3/2) and −(6 π² − 24 π + 16)/(4 − π)²
        let pi = std::f64::consts::PI;
        let rest = 4.0 - pi;
        let skew = 2.0 * pi.sqrt() * (pi - 3.0) / (rest * rest.sqrt());
        let kurtosis = -(6.0 * pi * pi - 24.0 * pi + 16.0) / (rest * rest);
        assert!((wait.skew().unwrap() - skew).abs() < 1e-13);
        assert!((wait.excess_kurtosis().unwrap() - kurtosis).abs() < 1e-13);
        assert_eq!(Weibull::new(0.0, 1.0).unwrap_err().parameter.as_deref(), Some("shape"));
    }

    #[test]
    fn extreme_shapes_have_the_shape_of_their_limits() {
        // Shape 1 is the exponential distribution: 2 and 6.
        let one = Weibull::new(1.0, 5.0).unwrap();
        assert!((one.skew().unwrap() - 2.0).abs() < 1e-12);
        assert!((one.excess_kurtosis().unwrap() - 6.0).abs() < 1e-11);
        // As the shape grows, shape · (x − 1) tends to ln(wait), a Gumbel distribution turned over:
        // skewness −12 √6 ζ(3)/π³ = −1.1395470994, excess kurtosis 12/5.
        let large = Weibull::new(1000.0, 5.0).unwrap();
        assert!((large.skew().unwrap() + 1.139_547_1).abs() < 1e-2);
        assert!((large.excess_kurtosis().unwrap() - 2.4).abs() < 3e-2);
        // Γ(1 + 20 n) = (20 n)!: the fourth moment of shape 1/20 is 80!, with which
        // 60! 20!, 40! 20!² and 20!⁴ are nothing but at the ninth digit and beyond.
        let factorial = |n: u32| (1..=n).fold(1.0, |product, k| product * f64::from(k));
        let [one, two, three, four] = [20, 40, 60, 80].map(factorial);
        let variance = two - one * one;
        let fourth = four - 4.0 * three * one + 6.0 * two * one * one - 3.0 * one * one * one * one;
        let expected = fourth / (variance * variance) - 3.0;
        let small = Weibull::new(0.05, 1.0).unwrap();
        assert!((small.excess_kurtosis().unwrap() / expected - 1.0).abs() < 1e-10);
    }
}
