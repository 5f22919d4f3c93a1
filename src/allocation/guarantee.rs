//! Guarantees, as plain amounts.

use super::rows::{Money, NOTHING};
use super::unit::Unit;
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

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

/// Brings claims, in units from 0 to `most`, within their bounds, and writes the protected part of
/// each; without any bounds, none.
pub(super) fn apply(
    unit: Unit,
    bounds: &[Bounds],
    most: i64,
    claims: &mut [Money],
    protected: &mut Vec<Money>,
) {
    protected.clear();
    if bounds.is_empty() {
        return;
    }
    protected.resize(claims.len(), NOTHING);
    for ((claim, bounds), protected) in claims.iter_mut().zip(bounds).zip(protected) {
        let (lower, upper) = (unit.up(&bounds.lower), unit.down(&bounds.upper));
        bring_within(claim, &lower, &upper, most, protected);
    }
}

vectorised! {
    fn bring_within(
        claim: &mut Money,
        lower: &Money,
        upper: &Money,
        most: i64,
        protected: &mut Money,
    ) {
        for lane in 0..LANES {
            claim[lane] = claim[lane].max(lower[lane]).min(upper[lane]).min(most);
            protected[lane] = claim[lane].min(lower[lane]);
        }
    }
}
