//! Jefferson's method.

use super::super::apportionment::Apportionment;
use super::super::divisor::{self, Divisor};
use super::super::documented::documented;
use super::RoundingMethod;

documented! {
    /// Divides the shares by one divisor and rounds down (D'Hondt).
    ///
    /// The divisor is the one at which the awards add up to the pot. Ties go to the larger claim,
    /// then to the smaller code.
    ///
    /// **Formula**: `award = ⌊share / d⌋`; the same as giving unit after unit to the largest
    /// `share / (award + 1)`. A least award and the claim bound it.
    ///
    /// **Properties**: keeps the sum; favours large claims; no award is a unit or more below its
    /// share, some may be more than a unit above; when the pot grows and the shares grow in
    /// proportion, no award falls; no gain from splitting a claim. No award exceeds its claim.
    ///
    /// **Example**: shares 5.25, 3.3 and 1.45 of a pot of 10 give 6, 3, 1: the divisor is 0.87, and
    /// 5.25 / 0.87 = 6.03.
    /// ```ron
    /// round: (unit: 1, method: Jefferson)
    /// ```
    ///
    /// **References**: Balinski and Young (1975), <https://doi.org/10.1080/00029890.1975.11993911>;
    /// Pukelsheim (2017), <https://doi.org/10.1007/978-3-319-64707-4>.
    pub struct Jefferson;
}

impl RoundingMethod for Jefferson {
    fn apportion(&self, draw: &mut Apportionment) {
        divisor::apportion::<Self>(draw);
    }
}

impl Divisor for Jefferson {
    const SQUARED: bool = false;
    const LEAN: f64 = -0.5;

    fn point(award: u128) -> u128 {
        award + 1
    }

    fn signpost(award: f64) -> f64 {
        award + 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{of_shares, of_weights};
    use super::*;

    #[test]
    fn the_example_of_the_documentation_comes_out() {
        assert_eq!(of_shares(&Jefferson, &[525, 330, 145]), [6, 3, 1]);
    }

    #[test]
    fn a_large_claim_may_lie_above_its_share_by_more_than_a_unit() {
        // Quotas 8.6, 0.7, 0.7 of 10: tenth seats 8.6/9 = 0.956 and 8.6/10 = 0.86 before 0.7.
        assert_eq!(of_weights(&Jefferson, 10, 0, &[860, 70, 70]), [10, 0, 0]);
    }

    #[test]
    fn whole_shares_stay_and_ties_go_to_the_larger_claim_then_to_the_first() {
        assert_eq!(of_shares(&Jefferson, &[100, 300, 200]), [1, 3, 2]);
        assert_eq!(of_shares(&Jefferson, &[50, 50]), [1, 0]);
        // 1/1 and 2/2 tie for the second of two seats.
        assert_eq!(of_weights(&Jefferson, 2, 0, &[100, 200]), [0, 2]);
    }
}
