//! Guarantees, as plain amounts.

use super::rows::{Money, NOTHING};
use crate::numeric::LANES;

/// The least and the most that one claim may come to in each draw, in cents.
///
/// The least is protected: the protected parts of all classes are paid before anything else, and
/// rationing divides what remains among the rest of the claims. If even they exceed the pot they are
/// cut in proportion and the guarantee is broken. Where bounds cross, the upper one holds: a limit of
/// the law outranks a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The claim is raised to this, even above what the formula gives.
    pub lower: Money,
    /// The claim is cut to this.
    pub upper: Money,
}

impl Bounds {
    /// No guarantee.
    pub const NONE: Self = Self { lower: NOTHING, upper: [i64::MAX; LANES] };
}
