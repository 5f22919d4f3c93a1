//! The constrained equal losses rule.

use super::super::documented::documented;
use super::super::level::Level;
use super::super::rows::Money;
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage, Weighting};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

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
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let loss = problem.level(problem.missing());
        for &claim in problem.claims() {
            portions.push(if claim <= loss.whole {
                (0, 0)
            } else if loss.over == 0 {
                (claim - loss.whole, 0)
            } else {
                (claim - loss.whole - 1, loss.above - loss.over)
            });
        }
        portions.of = loss.above;
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, _: &mut Scratch) {
        let loss = Level::of(shortage.claims(), &shortage.missing());
        *shares.of = loss.above;
        fill(shortage.claims(), &loss, shares.whole, shares.rest);
    }

    fn weighting(&self) -> Option<Weighting> {
        Some(Weighting::Losses)
    }
}

vectorised! {
    fn fill(claims: &[Money], loss: &Level, whole: &mut [Money], rest: &mut [Money]) {
        for ((claim, whole), rest) in claims.iter().zip(whole).zip(rest) {
            for lane in 0..LANES {
                // claim − (lost + over/above) = (claim − lost − 1) + (above − over)/above, if over > 0.
                let down = i64::from(loss.over[lane] > 0);
                let keeps = claim[lane] > loss.whole[lane];
                let kept = claim[lane] - loss.whole[lane] - down;
                whole[lane] = if keeps { kept } else { 0 };
                rest[lane] = if keeps { (-down) & (loss.above[lane] - loss.over[lane]) } else { 0 };
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
        let given = shares(&ConstrainedEqualLosses, &pot, &claims);
        std::array::from_fn(|lane| [0, 1, 2].map(|claim| given.value(claim, lane)))
    }

    #[test]
    fn a_small_pot_goes_to_the_largest_claim() {
        // 100: 500 are missing; 100 and 200 lose all, the third loses 200.
        // 200: 400 are missing; the first loses 100, the others 150 each.
        assert_eq!(divided([100, 200]), [[0.0, 0.0, 100.0], [0.0, 50.0, 150.0]]);
    }

    #[test]
    fn a_large_pot_makes_all_lose_the_same() {
        // 400: 200 are missing, 66 2/3 each.
        let third = 1.0 / 3.0;
        assert_eq!(divided([400]), [[33.0 + third, 133.0 + third, 233.0 + third]]);
    }
}
