//! Real-valued shares of a pot, split exactly into whole units and a remainder.

use super::rows::{Money, NOTHING};

/// What a rule gives to each claim before rounding, in each draw: `whole + rest / of` units.
///
/// All three are whole numbers, so that equal remainders are equal and the larger one is larger.
#[derive(Clone, Debug, Default)]
pub struct Shares {
    /// Whole units, not negative: `[claim]`.
    pub whole: Vec<Money>,
    /// The remainder of each claim, 0 ≤ rest < of: `[claim]`.
    pub rest: Vec<Money>,
    /// What the remainders are parts of, at least 1: one number for all claims of a draw.
    pub of: Denominator,
}

/// What the remainders of a draw are parts of.
#[derive(Clone, Copy, Debug)]
pub struct Denominator(pub Money);

impl Default for Denominator {
    fn default() -> Self {
        Self([1; crate::numeric::LANES])
    }
}

impl Shares {
    /// Makes room for a number of claims; what stood there is to be overwritten.
    pub fn resize(&mut self, claims: usize) {
        self.whole.resize(claims, NOTHING);
        self.rest.resize(claims, NOTHING);
    }

    /// The share of a claim in a draw as one number of units, rounded to the nearest `f64`.
    pub fn value(&self, claim: usize, draw: usize) -> f64 {
        self.whole[claim][draw] as f64 + self.rest[claim][draw] as f64 / self.of.0[draw] as f64
    }
}
