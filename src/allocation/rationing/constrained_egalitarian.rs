//! The constrained egalitarian rule.

use super::super::documented::documented;
use super::{Ordered, Portions, RationingRule};

documented! {
    /// As equal as possible while nobody crosses half of the claim before all have reached theirs.
    ///
    /// Half-claims are respected as in the Talmud rule; above them the smallest awards are raised
    /// first, so that a small claim may be paid in full while a large one stays at its half.
    ///
    /// **Formula**: `award = min(claim/2, λ)` if the pot is at most half of the claims, otherwise
    /// `award = max(claim/2, min(claim, λ))`, with λ (money) such that the awards add up to the
    /// pot.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, consistent. Not its own dual. Someone may gain from merging or splitting claims.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 400 give 100, 150, 150.
    /// ```ron
    /// "maintenance": (entitle: …, ration: ConstrainedEgalitarian)
    /// ```
    ///
    /// **References**: Chun, Schummer and Thomson (2001), Seoul Journal of Economics 14, 269–297;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct ConstrainedEgalitarian;
}

impl RationingRule for ConstrainedEgalitarian {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let claims = problem.claims();
        if problem.pot() <= problem.missing() {
            let level = problem.level(2 * problem.pot());
            for &claim in claims {
                let (halves, over) =
                    if claim <= level.whole { (claim, 0) } else { (level.whole, level.over) };
                portions.push((halves >> 1, (halves & 1) * level.above + over));
            }
            portions.of = 2 * level.above;
            return;
        }
        // In half units everyone has the claim at least, and twice the claim at most.
        let (level, over, rising) = rise(claims, i128::from(problem.pot() - problem.missing()));
        for &claim in claims {
            let claim = i128::from(claim);
            let (halves, over) = if claim > level {
                (claim, 0)
            } else if 2 * claim <= level {
                (2 * claim, 0)
            } else {
                (level, over)
            };
            // Both fit: no share exceeds its claim, and `over` is less than the number of claims.
            portions.push(((halves >> 1) as i64, ((halves & 1) * rising + over) as i64));
        }
        portions.of = (2 * rising) as i64;
    }
}

/// The level `whole + over / rising` at which Σ max(claim, min(2 · claim, level)) exceeds the claims by
/// an amount; `rising` claims move with it.
fn rise(claims: &[i64], amount: i128) -> (i128, i128, i128) {
    let (mut left, mut level) = (amount, 0_i128);
    let (mut risen, mut full) = (0, 0);
    loop {
        // Claims start to rise at themselves, and are full at twice that: both in their order.
        let next_start = claims.get(risen).map(|&claim| i128::from(claim));
        let next_end = claims.get(full).map(|&claim| 2 * i128::from(claim));
        let Some(end) = next_end else { return (level, 0, 1) };
        let next = next_start.map_or(end, |start| start.min(end));
        let rising = (risen - full) as i128;
        let gain = rising * (next - level);
        if rising > 0 && gain >= left {
            return (level + left / rising, left % rising, rising);
        }
        (left, level) = (left - gain, next);
        if next_start == Some(next) {
            risen += 1;
        } else {
            full += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_rise_from_their_half_when_the_level_reaches_them() {
        // Half units, claims 4, 6, 20, level from 4: alone to 6 (2 more), then two; at 8 the first is
        // full (6 more together), at 12 the second (10).
        assert_eq!(rise(&[4, 6, 20], 2), (6, 0, 1));
        assert_eq!(rise(&[4, 6, 20], 5), (7, 1, 2));
        assert_eq!(rise(&[4, 6, 20], 6), (8, 0, 2));
        assert_eq!(rise(&[4, 6, 20], 8), (10, 0, 1));
        // Nobody rises between 12 and 20.
        assert_eq!(rise(&[4, 6, 20], 11), (21, 0, 1));
    }
}
