//! The triangular distribution: least, most likely and greatest value, straight lines between.
//!
//! With c = (mode − min)/(max − min): x(p) = min + √(p (max − min)(mode − min)) for p ≤ c, else
//! max − √((1 − p)(max − min)(max − mode)); mean (min + mode + max)/3;
//! variance (min² + mode² + max² − min·mode − min·max − mode·max)/18;
//! skewness √2 (1 − 2 c)(2 − c)(1 + c)/(5 (1 − c + c²)^(3/2)); excess kurtosis −3/5 (Kotz & van Dorp 2004,
//! Beyond Beta, chapter 1, doi:10.1142/5720).

use super::parameters::{rising, within};
use super::registry::Entry;
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::simd::vectorised;
use crate::numeric::{Lanes, normal_cdf};

pub(super) const ENTRY: Entry = Entry {
    name: "Triangular",
    about: "least, most likely and greatest value, straight lines between",
    parameters: &[ParameterSet::These(&[
        Parameter::required("min"),
        Parameter::required("mode"),
        Parameter::required("max"),
    ])],
    examples: &["Triangular(min: 3, mode: 5, max: 10)"],
    build: |parameters| Ok(Box::new(Triangular::from_parameters(parameters)?)),
};

/// A triangle over `min`, `mode`, `max`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    /// The triangle over three values.
    ///
    /// # Errors
    /// `max` is not above `min`, or `mode` is not between them.
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, ParameterFault> {
        rising(("min", min), ("max", max))?;
        within("mode", mode, min, max)?;
        Ok(Self { min, mode, max })
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let number = |name| parameters.number(name);
        Self::new(number("min")?, number("mode")?, number("max")?)
    }

    /// The value with the share p below and q above.
    #[inline(always)]
    fn between(&self, p: f64, q: f64) -> f64 {
        let width = self.max - self.min;
        let left = self.min + (p * width * (self.mode - self.min)).sqrt();
        let right = self.max - (q * width * (self.max - self.mode)).sqrt();
        if p * width <= self.mode - self.min { left } else { right }
    }

    /// The value with the share `tail` below, or above.
    #[inline(always)]
    fn at_tail(&self, tail: f64, below: bool) -> f64 {
        let rest = 1.0 - tail;
        self.between(if below { tail } else { rest }, if below { rest } else { tail })
    }
}

impl Distribution for Triangular {
    fn at_score(&self, score: f64) -> f64 {
        self.at_tail(normal_cdf(-score.abs()), score <= 0.0)
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        at_scores(self, scores, out);
    }

    fn mean(&self) -> f64 {
        self.min + ((self.mode - self.min) + (self.max - self.min)) / 3.0
    }

    fn sd(&self) -> f64 {
        let (left, width) = (self.mode - self.min, self.max - self.min);
        ((left * left + width * (width - left)) / 18.0).sqrt()
    }

    fn skew(&self) -> Option<f64> {
        let c = (self.mode - self.min) / (self.max - self.min);
        let spread = 1.0 - c + c * c;
        let sides = (1.0 - 2.0 * c) * (2.0 - c) * (1.0 + c);
        Some(std::f64::consts::SQRT_2 * sides / (5.0 * spread * spread.sqrt()))
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        Some(-0.6)
    }

    fn density(&self, value: f64) -> f64 {
        let width = self.max - self.min;
        // At the mode the slope before it is not needed, and may have no length.
        let height = if value >= self.min && value < self.mode {
            (value - self.min) / (self.mode - self.min)
        } else if value == self.mode {
            1.0
        } else if value > self.mode && value <= self.max {
            (self.max - value) / (self.max - self.mode)
        } else {
            0.0
        };
        2.0 * height / width
    }

    fn mode(&self) -> Option<f64> {
        Some(self.mode)
    }

    fn quantile(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) { self.between(p, 1.0 - p) } else { f64::NAN }
    }
}

vectorised! {
    /// Values at scores, through the share of the nearer tail.
    fn at_scores(law: &Triangular, scores: &Lanes, out: &mut Lanes) {
        for (out, &score) in out.iter_mut().zip(scores) {
            *out = law.at_tail(normal_cdf(-score.abs()), score <= 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_three_five_ten() {
        let triangle = Triangular::new(3.0, 5.0, 10.0).unwrap();
        // c = 2/7: x(1/14) = 3 + √(7·2/14) = 4; x(2/7) = 5; x(1 − 4/35) = 10 − √(4/35·35) = 8.
        assert!((triangle.quantile(1.0 / 14.0) - 4.0).abs() < 1e-14);
        assert!((triangle.quantile(2.0 / 7.0) - 5.0).abs() < 1e-14);
        assert!((triangle.quantile(31.0 / 35.0) - 8.0).abs() < 1e-14);
        assert_eq!(triangle.mean(), 6.0);
        // (9 + 25 + 100 − 15 − 30 − 50)/18 = 39/18
        assert!((triangle.sd() - (39.0_f64 / 18.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn the_mode_may_stand_at_an_end_but_not_outside() {
        assert_eq!(Triangular::new(0.0, 0.0, 4.0).unwrap().quantile(0.75), 2.0);
        assert_eq!(Triangular::new(0.0, 4.0, 4.0).unwrap().quantile(0.25), 2.0);
        let fault = Triangular::new(0.0, 5.0, 4.0).unwrap_err();
        assert_eq!((fault.parameter.as_deref(), &*fault.allowed), (Some("mode"), "0 to 4"));
    }
}
