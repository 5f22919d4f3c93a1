//! The constrained equal losses rule.

use super::super::documented::documented;
use super::super::level::Level;
use super::{RationingRule, Share, Shortage};

documented! {
    /// Everyone loses the same amount, but nobody more than the claim.
    ///
    /// Large claims keep most, small ones may receive nothing: the rule that favours large
    /// municipalities most.
    ///
    /// **Formula**: `award = max(0, claim − λ)`, with the loss λ (money) such that the awards add
    /// up to the pot.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot. Merging two claims gains. The dual of constrained equal awards: it shares the
    /// missing money as that rule shares the pot.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 200 give 0, 50, 150.
    /// ```ron
    /// "maintenance": (entitle: …, ration: ConstrainedEqualLosses)
    /// ```
    ///
    /// **References**: Aumann and Maschler (1985), <https://doi.org/10.1016/0022-0531(85)90102-4>;
    /// Herrero and Villar (2001), Mathematical Social Sciences 42, 307–328;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct ConstrainedEqualLosses;
}

impl RationingRule for ConstrainedEqualLosses {
    fn divide(&self, shortage: &Shortage<'_>, _scratch: &mut Vec<i64>, shares: &mut [Share]) {
        let loss = Level::of(shortage.claims(), shortage.total() - shortage.pot());
        // claim − (whole + over/above) = (claim − whole − 1) + (above − over)/above, if over > 0.
        let (down, over) = if loss.over > 0 { (1, loss.above - loss.over) } else { (0, 0) };
        let rest = Share::of_fraction(0, over, loss.above).rest;
        for (share, &claim) in shares.iter_mut().zip(shortage.claims()) {
            *share = if claim <= loss.whole {
                Share::default()
            } else {
                Share { whole: claim - loss.whole - down, rest }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::shares;
    use super::*;

    fn divided(pot: i64) -> [f64; 3] {
        let mut given = [Share::default(); 3];
        shares(&ConstrainedEqualLosses, pot, &[100, 200, 300], &mut given);
        given.map(Share::value)
    }

    #[test]
    fn a_small_pot_goes_to_the_largest_claim() {
        // 100: 500 are missing; 100 and 200 lose all, the third loses 200.
        assert_eq!(divided(100), [0.0, 0.0, 100.0]);
        // 200: 400 are missing; the first loses 100, the others 150 each.
        assert_eq!(divided(200), [0.0, 50.0, 150.0]);
    }

    #[test]
    fn a_large_pot_makes_all_lose_the_same() {
        // 400: 200 are missing, 66 2/3 each.
        assert_eq!(divided(400), [33.0 + 1.0 / 3.0, 133.0 + 1.0 / 3.0, 233.0 + 1.0 / 3.0]);
    }
}
