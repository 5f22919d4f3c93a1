//! The claims problem proper: a pot that is positive and smaller than the sum of its claims.

/// A pot of `0 < pot < Σ claims` and claims that are not negative.
///
/// The two other cases need no rule (nothing, or everything), so a rule is only ever asked about a
/// shortage. What later rules need beside pot and claims becomes one more field here.
#[derive(Clone, Copy, Debug)]
pub struct Shortage<'a> {
    pot: i64,
    claims: &'a [i64],
    total: i64,
}

impl<'a> Shortage<'a> {
    /// The largest sum of claims that is divided, in units.
    pub const LARGEST_TOTAL: i64 = 1 << 62;

    /// The shortage, or nothing where there is none: the pot is not positive or covers all claims,
    /// a claim is negative, or the claims exceed [`Self::LARGEST_TOTAL`].
    pub fn new(pot: i64, claims: &'a [i64]) -> Option<Self> {
        let mut total = 0_i64;
        let mut signs = pot;
        for &claim in claims {
            total = total.saturating_add(claim);
            signs |= claim;
        }
        (signs >= 0 && pot > 0 && pot < total && total <= Self::LARGEST_TOTAL).then_some(Self {
            pot,
            claims,
            total,
        })
    }

    /// The pot, in units.
    pub fn pot(&self) -> i64 {
        self.pot
    }

    /// The claims, in units, in order of the claimants' code.
    pub fn claims(&self) -> &'a [i64] {
        self.claims
    }

    /// The sum of the claims.
    pub fn total(&self) -> i64 {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pot_between_nothing_and_everything_is_a_shortage() {
        let claims = [1, 2];
        assert!(Shortage::new(0, &claims).is_none());
        assert!(Shortage::new(-1, &claims).is_none());
        assert!(Shortage::new(3, &claims).is_none());
        assert!(Shortage::new(2, &[]).is_none());
        assert!(Shortage::new(2, &[5, -1]).is_none());
        assert!(Shortage::new(2, &[i64::MAX, i64::MAX]).is_none());
        let shortage = Shortage::new(2, &claims).unwrap();
        assert_eq!((shortage.pot(), shortage.claims(), shortage.total()), (2, &claims[..], 3));
    }
}
