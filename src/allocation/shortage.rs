//! The claims problem proper: a pot that does not exceed its claims.

use super::rows::{Money, sum};
use crate::numeric::{LANES, each_lane};

/// In each draw a pot of `0 ≤ pot ≤ Σ claims` and claims that are not negative.
///
/// What later rules need beside pot and claims becomes one more field here.
#[derive(Clone, Copy, Debug)]
pub struct Shortage<'a> {
    pot: Money,
    claims: &'a [Money],
    total: Money,
}

impl<'a> Shortage<'a> {
    /// The largest sum of claims that is divided, in units.
    pub const LARGEST_TOTAL: i64 = 1 << 62;

    /// The part of a pot that claims can take: of a negative one nothing, of a large one their sum. The
    /// claims are not negative, and add up to [`Self::LARGEST_TOTAL`] at most.
    pub(super) fn new(pot: &Money, claims: &'a [Money]) -> Self {
        let total = sum(claims);
        let pot = each_lane(|lane| pot[lane].min(total[lane]).max(0));
        Self { pot, claims, total }
    }

    /// The pot, in units.
    pub fn pot(&self) -> &Money {
        &self.pot
    }

    /// The claims, in units, in order of the claimants' code.
    pub fn claims(&self) -> &'a [Money] {
        self.claims
    }

    /// The sum of the claims.
    pub fn total(&self) -> &Money {
        &self.total
    }

    /// What is missing.
    pub fn missing(&self) -> Money {
        each_lane(|lane| self.total[lane] - self.pot[lane])
    }

    /// Whether the pot pays all claims in every draw.
    pub(super) fn pays_all(&self) -> bool {
        self.pot == self.total
    }

    /// Whether there is no pot in any draw.
    pub(super) fn pays_nothing(&self) -> bool {
        self.pot == [0; LANES]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pot_is_cut_to_what_its_claims_can_take() {
        let claims = [[1; LANES], [2; LANES]];
        let pot = std::array::from_fn(|lane| [-1, 0, 2, 3, 7][lane % 5]);
        let shortage = Shortage::new(&pot, &claims);
        assert_eq!(shortage.pot()[..5], [0, 0, 2, 3, 3]);
        assert_eq!((shortage.total()[0], shortage.missing()[2]), (3, 1));
        assert!(!shortage.pays_all() && !shortage.pays_nothing());
        assert!(Shortage::new(&[3; LANES], &claims).pays_all());
        assert!(Shortage::new(&[-3; LANES], &claims).pays_nothing());
    }
}
