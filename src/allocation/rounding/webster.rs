//! Webster's method.

use super::super::apportionment::Apportionment;
use super::super::divisor::{self, Divisor};
use super::super::documented::documented;
use super::RoundingMethod;

documented! {
    /// Divides the shares by one divisor and rounds to the nearest unit (Sainte-Laguë).
    ///
    /// The divisor is the one at which the awards add up to the pot. Ties go to the larger claim,
    /// then to the smaller code.
    ///
    /// **Formula**: `award = [share / d]`, a fraction of ½ and more rounded up; the same as giving unit
    /// after unit to the largest `share / (award + ½)`. A least award and the claim bound it.
    ///
    /// **Properties**: keeps the sum; favours neither large nor small claims; when the pot grows and
    /// the shares grow in proportion, no award falls. An award may differ from its share by a unit and
    /// more, though it hardly ever does; it never exceeds its claim.
    ///
    /// **Example**: shares 5.25, 3.3 and 1.45 of a pot of 10 give 5, 3, 2: the divisor is 0.96, and
    /// 1.45 / 0.96 = 1.51.
    /// ```ron
    /// round: (unit: 1, method: Webster)
    /// ```
    ///
    /// **References**: Balinski and Young (1975), <https://doi.org/10.1080/00029890.1975.11993911>;
    /// Pukelsheim (2017), <https://doi.org/10.1007/978-3-319-64707-4>.
    pub struct Webster;
}

impl RoundingMethod for Webster {
    fn apportion(&self, draw: &mut Apportionment) {
        divisor::apportion::<Self>(draw);
    }
}

impl Divisor for Webster {
    const SQUARED: bool = false;
    const LEAN: f64 = 0.0;

    fn point(award: u128) -> u128 {
        2 * award + 1
    }

    fn signpost(award: f64) -> f64 {
        award + 0.5
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{of_shares, of_weights};
    use super::*;

    #[test]
    fn fractions_of_a_half_are_rounded_up() {
        // 1.4 + 2.3 + 3.3 + 3 = 10: rounded to 1, 2, 3, 3 one is missing; 1.4 / 1.5 = 0.93, 2.3 / 2.5
        // = 0.92, 3.3 / 3.5 = 0.94.
        assert_eq!(of_shares(&Webster, &[140, 230, 330, 300]), [1, 2, 4, 3]);
        // 0.5 and 0.5: rounded up both would be 2 of a pot of 1.
        assert_eq!(of_shares(&Webster, &[50, 50]), [1, 0]);
    }

    #[test]
    fn the_example_of_the_documentation_comes_out() {
        assert_eq!(of_shares(&Webster, &[525, 330, 145]), [5, 3, 2]);
    }

    #[test]
    fn a_large_claim_may_lie_below_its_share_by_more_than_a_unit() {
        // Quotas 90.7 and six of 1.55 of 100: rounded 91 + 6 · 2 = 103. Taken are 90.7/90.5 = 1.002,
        // 90.7/89.5 = 1.013 and 90.7/88.5 = 1.025 before 1.55/1.5 = 1.033.
        let weights = [9_070, 155, 155, 155, 155, 155, 155];
        assert_eq!(of_weights(&Webster, 100, 0, &weights), [88, 2, 2, 2, 2, 2, 2]);
    }
}
