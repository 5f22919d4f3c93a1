//! Adams's method.

use super::super::apportionment::Apportionment;
use super::super::divisor::{self, Divisor};
use super::super::documented::documented;
use super::RoundingMethod;

documented! {
    /// Divides the shares by one divisor and rounds up, so that any share has a unit at least.
    ///
    /// The divisor is the one at which the awards add up to the pot. Ties go to the larger claim,
    /// then to the smaller code; of shares that all have no unit yet the larger is first.
    ///
    /// **Formula**: `award = ⌈share / d⌉`; the same as giving unit after unit to the largest
    /// `share / award`. A least award and the claim bound it.
    ///
    /// **Properties**: keeps the sum; favours small claims: any share above nothing receives a unit
    /// while there are units; no award is a unit or more above its share, some may be more than a unit
    /// below; when the pot grows and the shares grow in proportion, no award falls. No award exceeds
    /// its claim.
    ///
    /// **Example**: shares 5.25, 3.3 and 1.45 of a pot of 10 give 5, 3, 2: the divisor is 1.2, and
    /// 5.25 / 1.2 = 4.38.
    /// ```ron
    /// round: (unit: 1, method: Adams)
    /// ```
    ///
    /// **References**: Balinski and Young (1975), <https://doi.org/10.1080/00029890.1975.11993911>;
    /// Pukelsheim (2017), <https://doi.org/10.1007/978-3-319-64707-4>.
    pub struct Adams;
}

impl RoundingMethod for Adams {
    fn apportion(&self, draw: &mut Apportionment) {
        divisor::apportion::<Self>(draw);
    }
}

impl Divisor for Adams {
    const SQUARED: bool = false;
    const LEAN: f64 = 0.5;

    fn point(award: u128) -> u128 {
        award
    }

    fn signpost(award: f64) -> f64 {
        award
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{of_shares, of_weights};
    use super::*;

    #[test]
    fn the_example_of_the_documentation_comes_out() {
        assert_eq!(of_shares(&Adams, &[525, 330, 145]), [5, 3, 2]);
    }

    #[test]
    fn everyone_with_a_share_has_a_unit_while_there_are_units() {
        // Quotas 9.98, 0.01, 0.01 of 10.
        assert_eq!(of_weights(&Adams, 10, 0, &[998, 1, 1]), [8, 1, 1]);
        // Two units for three: the larger shares first.
        assert_eq!(of_weights(&Adams, 2, 0, &[1, 9, 8]), [0, 1, 1]);
        // No share, no unit.
        assert_eq!(of_weights(&Adams, 3, 0, &[5, 0, 4]), [2, 0, 1]);
    }

    #[test]
    fn a_large_claim_may_lie_below_its_share_by_more_than_a_unit() {
        // Quotas 7.6 and four of 0.6 of 10: 1 each for the four, 6 are left.
        assert_eq!(of_weights(&Adams, 10, 0, &[760, 60, 60, 60, 60])[0], 6);
    }
}
