//! Real-valued shares of a pot, split exactly into whole units and a remainder.

use super::rows::Money;

/// What a rule gives to each claim before rounding, in each draw: `whole + rest / of` units.
///
/// All three are whole numbers, so that equal remainders are equal and the larger one is larger.
#[derive(Debug)]
pub struct Shares<'a> {
    /// Whole units, not negative: `[claim]`. A rounding method makes awards of them.
    pub whole: &'a mut [Money],
    /// The remainder of each claim, 0 ≤ rest < of: `[claim]`.
    pub rest: &'a mut [Money],
    /// What the remainders are parts of, at least 1: one number for all claims of a draw.
    pub of: &'a mut Money,
}
