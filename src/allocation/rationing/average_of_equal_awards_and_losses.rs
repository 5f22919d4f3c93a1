//! The average of constrained equal awards and constrained equal losses.

use super::super::documented::documented;
use super::super::level::Level;
use super::super::rows::Money;
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, each_lane};

documented! {
    /// Half constrained equal awards, half constrained equal losses.
    ///
    /// The middle between the rule that favours small claims most and the one that favours large
    /// claims most.
    ///
    /// **Formula**: `award = (min(claim, λ) + max(0, claim − μ)) / 2`, with λ and μ (money) such
    /// that either part adds up to the pot.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, is its own dual. A claim above the pot counts in full. Not consistent.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 200 give the mean of 66⅔, 66⅔, 66⅔ and
    /// 0, 50, 150: 33⅓, 58⅓, 108⅓.
    /// ```ron
    /// "maintenance": (entitle: …, ration: AverageOfEqualAwardsAndLosses)
    /// ```
    ///
    /// **References**: Herrero and Villar (2001), Mathematical Social Sciences 42, 307–328; Thomson
    /// (2019), <https://doi.org/10.1017/9781108161107>.
    pub struct AverageOfEqualAwardsAndLosses;
}

impl RationingRule for AverageOfEqualAwardsAndLosses {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let (level, loss) = (problem.level(problem.pot()), problem.level(problem.missing()));
        for &claim in problem.claims() {
            let award = if claim <= level.whole { (claim, 0) } else { (level.whole, level.over) };
            let lost = if claim <= loss.whole { (claim, 0) } else { (loss.whole, loss.over) };
            portions.push(mean(claim, award, lost, level.above, loss.above));
        }
        portions.of = 2 * level.above * loss.above;
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, _: &mut Scratch) {
        let level = Level::of(shortage.claims(), shortage.pot());
        let loss = Level::of(shortage.claims(), &shortage.missing());
        fill(shortage.claims(), &level, &loss, shares.whole, shares.rest);
        *shares.of = each_lane(|lane| 2 * level.above[lane] * loss.above[lane]);
    }
}

/// Half of the award and of the claim without the loss, whose remainders are parts of `above` and
/// `below`: whole units, and the remainder in parts of `2 · above · below`.
#[inline(always)]
fn mean(claim: i64, award: (i64, i64), lost: (i64, i64), above: i64, below: i64) -> (i64, i64) {
    let all = above * below;
    let down = i64::from(lost.1 > 0);
    let kept = if lost.1 > 0 { below - lost.1 } else { 0 };
    let sum = award.0 + claim - lost.0 - down;
    let rest = (-(sum & 1) & all) + award.1 * below + kept * above;
    let carry = i64::from(rest >= 2 * all);
    ((sum >> 1) + carry, rest - (-carry & (2 * all)))
}

vectorised! {
    fn fill(
        claims: &[Money],
        level: &Level,
        loss: &Level,
        whole: &mut [Money],
        rest: &mut [Money],
    ) {
        for ((claim, whole), rest) in claims.iter().zip(whole).zip(rest) {
            for lane in 0..LANES {
                let claim = claim[lane];
                let pays_all = claim <= level.whole[lane];
                let loses_all = claim <= loss.whole[lane];
                let award = if pays_all { claim } else { level.whole[lane] };
                let over = if pays_all { 0 } else { level.over[lane] };
                let lost = if loses_all { claim } else { loss.whole[lane] };
                let part = if loses_all { 0 } else { loss.over[lane] };
                let (above, below) = (level.above[lane], loss.above[lane]);
                (whole[lane], rest[lane]) = mean(claim, (award, over), (lost, part), above, below);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_thirds_carry() {
        // A claim of 10: award 3 2/3, loss 6 1/2, so kept 3 1/2: mean 3 7/12 = 3 + 7/12.
        assert_eq!(mean(10, (3, 2), (6, 1), 3, 2), (3, 7));
        // Award 3 2/3, loss 5 1/3, kept 4 2/3: mean 4 1/6 = 4 + 3/18.
        assert_eq!(mean(10, (3, 2), (5, 1), 3, 3), (4, 3));
    }
}
