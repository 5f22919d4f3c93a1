//! The method of Huntington and Hill.

use super::super::apportionment::Apportionment;
use super::super::divisor::{self, Divisor};
use super::super::documented::documented;
use super::RoundingMethod;

documented! {
    /// Divides the shares by one divisor and rounds at the geometric mean of two neighbours.
    ///
    /// The method of equal proportions, by which the United States apportion their House since 1941,
    /// with at least one seat each. Ties go to the larger claim, then to the smaller code; of shares
    /// that all have no unit yet the larger is first.
    ///
    /// **Formula**: `share / d` is rounded up from `√(k(k + 1))` on, `k = ⌊share / d⌋`; the same as
    /// giving unit after unit to the largest `share² / (award(award + 1))`. A least award and the claim
    /// bound it.
    ///
    /// **Properties**: keeps the sum; the relative difference of two awards per share is such that no
    /// unit that changes hands makes it less; any share above nothing receives a unit while there are
    /// units; when the pot grows and the shares grow in proportion, no award falls. An award may
    /// differ from its share by a unit and more; it never exceeds its claim.
    ///
    /// **Example**: shares 5.25, 3.3 and 1.45 of a pot of 10 give 5, 3, 2: 1.45 lies above √2.
    /// ```ron
    /// round: (unit: 1, method: HuntingtonHill)
    /// ```
    ///
    /// **References**: Huntington (1928), <https://doi.org/10.1090/S0002-9947-1928-1501423-0>;
    /// Balinski and Young (1975), <https://doi.org/10.1080/00029890.1975.11993911>.
    pub struct HuntingtonHill;
}

impl RoundingMethod for HuntingtonHill {
    fn apportion(&self, draw: &mut Apportionment) {
        divisor::apportion::<Self>(draw);
    }
}

impl Divisor for HuntingtonHill {
    const SQUARED: bool = true;
    const LEAN: f64 = 0.0;

    fn point(award: u128) -> u128 {
        award * (award + 1)
    }

    fn signpost(award: f64) -> f64 {
        award.sqrt() * (award + 1.0).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{of_shares, of_weights};
    use super::*;

    #[test]
    fn a_share_is_rounded_up_from_the_geometric_mean_on() {
        assert_eq!(of_shares(&HuntingtonHill, &[525, 330, 145]), [5, 3, 2]);
        // 1.42 lies above √2 = 1.414, 2.44 below √6 = 2.449, 3.14 below √12 = 3.464.
        assert_eq!(of_shares(&HuntingtonHill, &[142, 244, 314]), [2, 2, 3]);
    }

    #[test]
    fn priorities_that_tie_are_told_from_those_that_nearly_do() {
        // 3² / (1·2) = 4.5, and 3² · 3 / (2·3) = 4.5 needs a share of 3√3: near it 5.196152 is less
        // and 5.196153 more.
        let seats = |weight| of_weights(&HuntingtonHill, 4, 1, &[3_000_000, weight]);
        assert_eq!((seats(5_196_152), seats(5_196_153)), (vec![2, 2], vec![1, 3]));
    }

    #[test]
    fn everyone_with_a_share_has_a_unit_while_there_are_units() {
        assert_eq!(of_weights(&HuntingtonHill, 10, 0, &[998, 1, 1]), [8, 1, 1]);
        assert_eq!(of_weights(&HuntingtonHill, 2, 0, &[1, 9, 8]), [0, 1, 1]);
    }
}
