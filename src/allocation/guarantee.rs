//! Guarantees: bounds on what a claim receives, from plain amounts.

/// When the bounds of a guarantee act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GuaranteeMode {
    /// Bounds on the entitlement: claims are clamped before rationing, which may cut them.
    #[default]
    OnEntitlement,
    /// Bounds on the award: lower bounds, of all classes, are paid before anything else, and
    /// rationing divides what remains among the rest of the claims. If even the lower bounds exceed the pot they are cut
    /// proportionally and the guarantee is broken.
    Protected,
}

/// The least and the most that one claim may come to, in cents.
///
/// Guarantees are combined with [`Bounds::and`]. Where bounds cross, the upper one holds: a limit
/// of the law outranks a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The claim is raised to this, even above what the formula gives.
    pub lower: i64,
    /// The claim is cut to this.
    pub upper: i64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self::NONE
    }
}

impl Bounds {
    /// No guarantee.
    pub const NONE: Self = Self { lower: 0, upper: i64::MAX };

    /// At least an amount.
    pub fn floor(amount: i64) -> Self {
        Self { lower: amount, ..Self::NONE }
    }

    /// At most an amount.
    pub fn cap(amount: i64) -> Self {
        Self { upper: amount, ..Self::NONE }
    }

    /// At least a share (0.95, say) of an earlier amount, to the nearest cent.
    ///
    /// The earlier amount is last year's entitlement per open point times the points open now: the
    /// award would ratchet the guarantee down after one short year.
    pub fn hold_harmless(share: f64, previous: i64) -> Self {
        Self::floor((share * previous as f64).round() as i64)
    }

    /// Both guarantees at once.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { lower: self.lower.max(other.lower), upper: self.upper.min(other.upper) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guarantees_combine_to_the_tighter_bounds() {
        let bounds = Bounds::floor(10).and(Bounds::cap(50)).and(Bounds::hold_harmless(0.95, 20));
        // 95 % of 20 is 19.
        assert_eq!(bounds, Bounds { lower: 19, upper: 50 });
        assert_eq!(Bounds::default().and(bounds), bounds);
    }

    #[test]
    fn hold_harmless_rounds_to_the_nearest_cent_and_survives_nonsense() {
        // 0.95 · 1050 = 997.5
        assert_eq!(Bounds::hold_harmless(0.95, 1050).lower, 998);
        assert_eq!(Bounds::hold_harmless(f64::NAN, 1050).lower, 0);
        assert_eq!(Bounds::hold_harmless(1e300, i64::MAX).lower, i64::MAX);
    }
}
