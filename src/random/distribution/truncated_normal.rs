//! The normal distribution cut off below, above or on both sides.
//!
//! With α, β the scores of min and max, Φ(x) = (1 − p) Φ(α) + p Φ(β), in the upper tail the same with
//! the complements. Mean, standard deviation, skewness and kurtosis are of the distribution as cut, by
//! quadrature: the closed forms (Johnson, Kotz & Balakrishnan 1994, Continuous Univariate Distributions
//! 1, 13.10.1, ISBN 0471584959) lose all digits for narrow and far intervals.

use super::moments::shape;
use super::parameters::rising;
use super::registry::Entry;
use super::table::ScoreTable;
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::simd::vectorised;
use crate::numeric::{Lanes, exp, normal_cdf, normal_quantile};

pub(super) const ENTRY: Entry = Entry {
    name: "TruncatedNormal",
    about: "the bell curve cut off below, above or on both sides; mean and sd are those before the cut",
    parameters: &[ParameterSet::These(&[
        Parameter::required("mean"),
        Parameter::required("sd"),
        Parameter::optional("min"),
        Parameter::optional("max"),
    ])],
    examples: &["TruncatedNormal(mean: 10, sd: 3, min: 0)"],
    build: |parameters| Ok(Box::new(TruncatedNormal::from_parameters(parameters)?)),
};

/// Beyond this many standard deviations nothing of the bell is left to compute with.
const FARTHEST: f64 = 37.0;
/// Panels of the quadrature for mean and sd.
const PANELS: u32 = 64;
/// Nodes (on −1..1, with their mirrors) and weights of Gauss and Legendre's rule with eight nodes.
const GAUSS: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_27),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// A normal distribution and two limits.
#[derive(Clone, Debug)]
pub struct TruncatedNormal {
    /// Mean and standard deviation before the cut.
    location: f64,
    scale: f64,
    min: f64,
    max: f64,
    /// What lies below min and max, and above them, before the cut.
    below: (f64, f64),
    above: (f64, f64),
    median: f64,
    /// The unit in which the table counts from the median.
    spread: f64,
    /// What the cut leaves.
    piece: Piece,
    table: ScoreTable,
}

impl TruncatedNormal {
    /// By mean and standard deviation before the cut, and the limits (infinite for none).
    ///
    /// # Errors
    /// `sd` is not positive, `max` not above `min`, or the limits leave nothing of the bell.
    pub fn new(mean: f64, sd: f64, min: f64, max: f64) -> Result<Self, ParameterFault> {
        super::parameters::within("sd", sd, f64::MIN_POSITIVE, f64::MAX)?;
        super::parameters::within("mean", mean, f64::MIN, f64::MAX)?;
        rising(("min", min), ("max", max))?;
        let (low, high) = ((min - mean) / sd, (max - mean) / sd);
        if low > FARTHEST || high < -FARTHEST {
            let (name, value) = if low > 0.0 { ("min", min) } else { ("max", max) };
            let message = format!("`{name}` ({value}) leaves nothing of the distribution");
            let allowed = format!("within {FARTHEST} standard deviations of the mean");
            return Err(ParameterFault::at(name, message, allowed));
        }
        let piece = Piece::new(low, high);
        let mut cut = Self {
            location: mean,
            scale: sd,
            min,
            max,
            below: (normal_cdf(low), normal_cdf(high)),
            above: (normal_cdf(-low), normal_cdf(-high)),
            median: 0.0,
            spread: 1.0,
            piece,
            table: ScoreTable::default(),
        };
        cut.median = cut.at_score(0.0);
        cut.spread = cut.at_score(1.0) - cut.at_score(-1.0);
        Ok(cut)
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let min = parameters.optional("min")?.unwrap_or(f64::NEG_INFINITY);
        let max = parameters.optional("max")?.unwrap_or(f64::INFINITY);
        Self::new(parameters.number("mean")?, parameters.positive("sd")?, min, max)
    }
}

impl Distribution for TruncatedNormal {
    fn at_score(&self, score: f64) -> f64 {
        // The limits themselves, without rounding.
        if score.is_infinite() {
            return if score < 0.0 { self.min } else { self.max };
        }
        let (p, q) = (normal_cdf(score), normal_cdf(-score));
        let lower = q * self.below.0 + p * self.below.1;
        let upper = q * self.above.0 + p * self.above.1;
        let place = if lower < upper { normal_quantile(lower) } else { -normal_quantile(upper) };
        let value = self.location + self.scale * place;
        if value < self.min {
            self.min
        } else if value > self.max {
            self.max
        } else {
            value
        }
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        let curve = |score| (self.at_score(score) - self.median) / self.spread;
        let finish = |places: &mut Lanes| at_places(self, places);
        self.table.read(scores, out, curve, finish, |score| self.at_score(score));
    }

    fn mean(&self) -> f64 {
        self.location + self.scale * self.piece.mean
    }

    fn sd(&self) -> f64 {
        self.scale * self.piece.central(2).sqrt()
    }

    fn skew(&self) -> Option<f64> {
        shape(|power| self.piece.central(power)).map(|(skew, _)| skew)
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        shape(|power| self.piece.central(power)).map(|(_, kurtosis)| kurtosis)
    }

    fn density(&self, value: f64) -> f64 {
        if !(value >= self.min && value <= self.max) {
            return 0.0;
        }
        self.piece.height((value - self.location) / self.scale) / (self.piece.mass * self.scale)
    }

    fn mode(&self) -> Option<f64> {
        Some(self.location.max(self.min).min(self.max))
    }

    fn median(&self) -> f64 {
        self.median
    }
}

/// The standard normal distribution between two scores.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where anything is left, and half of the width of a panel there.
    from: f64,
    half: f64,
    /// The highest point of the bell within the limits.
    top: f64,
    /// The integral of [`height`](Self::height).
    mass: f64,
    mean: f64,
}

impl Piece {
    fn new(low: f64, high: f64) -> Self {
        let top = 0.0_f64.max(low).min(high);
        let reach = FARTHEST / (1.0 + 0.5 * top.abs());
        let reach = if reach < 12.0 { reach } else { 12.0 };
        let (from, to) = (low.max(top - reach), high.min(top + reach));
        let half = 0.5 * (to - from) / f64::from(PANELS);
        let mut piece = Self { from, half, top, mass: 1.0, mean: top };
        piece.mass = piece.integral(|_| 1.0);
        piece.mean = top + piece.integral(|x| x - top) / piece.mass;
        piece
    }

    /// The bell relative to its highest point within the limits.
    fn height(&self, x: f64) -> f64 {
        exp(-0.5 * (x - self.top) * (x + self.top))
    }

    fn integral(&self, value: impl Fn(f64) -> f64) -> f64 {
        let panels = (0..PANELS).map(|panel| {
            let centre = self.from + self.half * f64::from(2 * panel + 1);
            let at = |place: f64| {
                let x = centre + self.half * place;
                value(x) * self.height(x)
            };
            GAUSS.iter().map(|&(node, weight)| weight * (at(-node) + at(node))).sum::<f64>()
        });
        panels.sum::<f64>() * self.half
    }

    /// A moment about the mean.
    fn central(&self, power: u32) -> f64 {
        let about = |x: f64| (0..power).fold(1.0, |product, _| product * (x - self.mean));
        self.integral(about) / self.mass
    }
}

vectorised! {
    /// Values from their distances to the median in units of the spread.
    fn at_places(normal: &TruncatedNormal, values: &mut Lanes) {
        for value in values {
            let moved = normal.median + normal.spread * *value;
            let moved = if moved < normal.min { normal.min } else { moved };
            *value = if moved > normal.max { normal.max } else { moved };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_bell() {
        // Mean √(2/π), variance 1 − 2/π, median Φ⁻¹(3/4).
        let half = TruncatedNormal::new(0.0, 1.0, 0.0, f64::INFINITY).unwrap();
        let two_over_pi = std::f64::consts::FRAC_2_PI;
        assert!((half.mean() - two_over_pi.sqrt()).abs() < 1e-14);
        assert!((half.sd() - (1.0 - two_over_pi).sqrt()).abs() < 1e-14);
        assert!((half.median() - normal_quantile(0.75)).abs() < 1e-15);
        assert_eq!(half.quantile(0.0), 0.0);
        assert_eq!(half.quantile(1.0), f64::INFINITY);
    }

    #[test]
    fn a_narrow_cut_is_uniform_and_a_far_one_exponential() {
        let narrow = TruncatedNormal::new(0.0, 1.0, -1e-5, 1e-5).unwrap();
        assert!((narrow.sd() / (2e-5 / 12.0_f64.sqrt()) - 1.0).abs() < 1e-9);
        // Far in the tail the excess over the limit a has mean 1/a − 2/a³ + 10/a⁵ − 74/a⁷ + ….
        let far = TruncatedNormal::new(0.0, 1.0, 30.0, f64::INFINITY).unwrap();
        let a = 30.0_f64;
        let excess = 1.0 / a - 2.0 / (a * a * a) + 10.0 / (a * a * a * a * a)
            - 74.0 / (a * a * a * a * a * a * a);
        assert!((far.mean() - 30.0 - excess).abs() < 1e-9, "{} {excess}", far.mean() - 30.0);
    }

    #[test]
    fn limits_that_leave_nothing_are_refused() {
        let fault = TruncatedNormal::new(0.0, 1.0, 50.0, 60.0).unwrap_err();
        assert_eq!(fault.parameter.as_deref(), Some("min"));
        assert!(TruncatedNormal::new(0.0, 1.0, 2.0, 1.0).is_err());
        assert!(TruncatedNormal::new(0.0, 0.0, 1.0, 2.0).is_err());
    }
}
