//! A real-valued share of a pot, split exactly into whole units and a remainder.

/// What a rule gives to one claim before rounding: `whole + rest` units.
///
/// Both parts come from exact integers: `whole` is the floor of the real share and `rest` the
/// nearest `f64` to the remaining fraction, so that equal remainders are equal to the bit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// Whole units, not negative.
    pub whole: i64,
    /// The fraction of a unit that is left, in [0, 1).
    pub rest: f64,
}

impl Share {
    /// A share of whole units.
    pub fn of_whole(whole: i64) -> Self {
        Self { whole, rest: 0.0 }
    }

    /// `whole + numerator / denominator` units, for 0 ≤ numerator < denominator.
    pub fn of_fraction(whole: i64, numerator: i64, denominator: i64) -> Self {
        Self { whole, rest: numerator as f64 / denominator as f64 }
    }

    /// The share as one number of units, rounded to the nearest `f64`.
    pub fn value(self) -> f64 {
        self.whole as f64 + self.rest
    }
}
