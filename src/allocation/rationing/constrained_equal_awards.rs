//! The constrained equal awards rule.

use super::super::documented::documented;
use super::super::level::Level;
use super::super::rows::Money;
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage, Weighting};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

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
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let level = problem.level(problem.pot());
        for &claim in problem.claims() {
            let is_low = claim <= level.whole;
            portions.push(if is_low { (claim, 0) } else { (level.whole, level.over) });
        }
        portions.of = level.above;
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, _: &mut Scratch) {
        let level = Level::of(shortage.claims(), shortage.pot());
        *shares.of = level.above;
        fill(shortage.claims(), &level, shares.whole, shares.rest);
    }

    fn weighting(&self) -> Option<Weighting> {
        Some(Weighting::Awards)
    }
}

vectorised! {
    fn fill(claims: &[Money], level: &Level, whole: &mut [Money], rest: &mut [Money]) {
        for ((claim, whole), rest) in claims.iter().zip(whole).zip(rest) {
            for lane in 0..LANES {
                let is_low = claim[lane] <= level.whole[lane];
                whole[lane] = if is_low { claim[lane] } else { level.whole[lane] };
                rest[lane] = if is_low { 0 } else { level.over[lane] };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::division::shares;
    use super::*;

    /// One list of claims, a pot in each draw.
    fn divided<const N: usize>(pots: [i64; N]) -> [[f64; 3]; N] {
        let claims = [100, 200, 300].map(|claim| [claim; LANES]);
        let pot = std::array::from_fn(|lane| pots[lane % N]);
        let given = shares(&ConstrainedEqualAwards, &pot, &claims);
        std::array::from_fn(|lane| [0, 1, 2].map(|claim| given.value(claim, lane)))
    }

    #[test]
    fn a_small_pot_is_shared_equally() {
        assert_eq!(divided([100, 300]), [[33.0 + 1.0 / 3.0; 3], [100.0; 3]]);
    }

    #[test]
    fn what_a_small_claim_does_not_need_goes_to_the_others() {
        // 400: the first is paid, 300 is left for two. 550: 100 and 200 are paid, 250 is left.
        assert_eq!(divided([400, 550]), [[100.0, 150.0, 150.0], [100.0, 200.0, 250.0]]);
    }
}
