//! A number that was estimated, and how far it can be trusted.

use super::super::interval::Z_95;
use serde::Serialize;

/// An estimate with its interval at 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The lower end of the interval.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Estimate {
    /// The estimate and 1.96 standard errors to each side.
    #[must_use]
    pub fn normal(value: f64, error: f64) -> Self {
        Self { value, lower: value - Z_95 * error, upper: value + Z_95 * error }
    }

    /// The same, cut to where such a number can lie.
    #[must_use]
    pub fn within(self, least: f64, most: f64) -> Self {
        Self { lower: self.lower.max(least), upper: self.upper.min(most), ..self }
    }

    /// Whether the interval holds zero: the figures do not tell it from zero.
    #[must_use]
    pub fn may_be_zero(&self) -> bool {
        self.lower <= 0.0 && self.upper >= 0.0
    }

    /// Whether the interval holds a value.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.lower..=self.upper).contains(&value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_zero_in_its_interval_may_be_zero() {
        let may_be = |lower: f64, upper: f64| {
            Estimate { value: f64::midpoint(lower, upper), lower, upper }.may_be_zero()
        };
        assert!(may_be(-1.0, 2.0) && may_be(0.0, 1.0) && may_be(-1.0, 0.0));
        assert!(!may_be(0.1, 1.0) && !may_be(-1.0, -0.1));
    }

    #[test]
    fn an_interval_ends_where_such_a_number_can_lie_and_the_estimate_stays() {
        let share = Estimate { value: 0.5, lower: -0.25, upper: 1.25 };
        assert_eq!(share.within(0.0, 1.0), Estimate { value: 0.5, lower: 0.0, upper: 1.0 });
        assert_eq!(share.within(-1.0, 2.0), share);
    }

    #[test]
    fn an_interval_holds_its_ends_and_nothing_beyond_them() {
        let share = Estimate { value: 0.5, lower: 0.25, upper: 0.75 };
        assert!([0.25, 0.5, 0.75].into_iter().all(|value| share.holds(value)));
        assert!(!share.holds(0.2) && !share.holds(0.8) && !share.holds(f64::NAN));
    }
}
