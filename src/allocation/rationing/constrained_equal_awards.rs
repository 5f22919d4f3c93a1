//! The constrained equal awards rule.

use super::super::documented::documented;
use super::super::level::Level;
use super::{RationingRule, Share, Shortage};

documented! {
    /// Everyone receives the same amount, but nobody more than the claim.
    ///
    /// Small claims are paid in full, the large ones share what is left equally: the rule that
    /// favours small municipalities most.
    ///
    /// **Formula**: `award = min(claim, λ)`, with the level λ (money) such that the awards add up
    /// to the pot.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot. What a claim exceeds the pot by makes no difference. Splitting a claim in two
    /// gains. The dual of constrained equal losses.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 400 give 100, 150, 150.
    /// ```ron
    /// "maintenance": (entitle: …, ration: ConstrainedEqualAwards)
    /// ```
    ///
    /// **References**: Aumann and Maschler (1985), <https://doi.org/10.1016/0022-0531(85)90102-4>;
    /// Herrero and Villar (2001), Mathematical Social Sciences 42, 307–328;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct ConstrainedEqualAwards;
}

impl RationingRule for ConstrainedEqualAwards {
    fn divide(&self, shortage: &Shortage<'_>, _scratch: &mut Vec<i64>, shares: &mut [Share]) {
        let level = Level::of(shortage.claims(), shortage.pot());
        let at_level = Share::of_fraction(level.whole, level.over, level.above);
        for (share, &claim) in shares.iter_mut().zip(shortage.claims()) {
            *share = if claim <= level.whole { Share::of_whole(claim) } else { at_level };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::shares;
    use super::*;

    fn divided(pot: i64) -> [f64; 3] {
        let mut given = [Share::default(); 3];
        shares(&ConstrainedEqualAwards, pot, &[100, 200, 300], &mut given);
        given.map(Share::value)
    }

    #[test]
    fn a_small_pot_is_shared_equally() {
        assert_eq!(divided(100), [33.0 + 1.0 / 3.0; 3]);
        assert_eq!(divided(300), [100.0; 3]);
    }

    #[test]
    fn what_a_small_claim_does_not_need_goes_to_the_others() {
        // 400: the first is paid, 300 is left for two. 550: 100 and 200 are paid, 250 is left.
        assert_eq!(divided(400), [100.0, 150.0, 150.0]);
        assert_eq!(divided(550), [100.0, 200.0, 250.0]);
    }
}
