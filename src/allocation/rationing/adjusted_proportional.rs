//! The adjusted proportional rule.

use super::super::documented::documented;
use super::super::quotient::proportions;
use super::super::rows::{Money, NOTHING, add};
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

documented! {
    /// First what nobody contests, then proportional to what is left of the claims and the pot.
    ///
    /// Everyone receives the minimal right: what the pot leaves if all others are paid in full. The
    /// rest is divided in proportion to the rest of the claims, none counted above that rest.
    ///
    /// **Formula**: `award = m + min(claim − m, P) · P / Σ min(claim − m, P)`, with the minimal
    /// right `m = max(0, claim − missing)` and `P = pot − Σ m`, all in money.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, is its own dual. What a claim exceeds the pot by makes no difference. Not
    /// consistent. With two claimants: the contested garment.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 350 leave 50 to the third that nobody
    /// contests; 300 in proportion to 100, 200, 250 make 54.55, 109.09, 186.36.
    /// ```ron
    /// "maintenance": (entitle: …, ration: AdjustedProportional)
    /// ```
    ///
    /// **References**: Curiel, Maschler and Tijs (1987), <https://doi.org/10.1007/BF02109593>;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct AdjustedProportional;
}

impl RationingRule for AdjustedProportional {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let right = |claim: i64| (claim - problem.missing()).max(0);
        let rights: i64 = problem.claims().iter().map(|&claim| right(claim)).sum();
        let pot = problem.pot() - rights;
        let rest = |claim: i64| (claim - right(claim)).min(pot);
        let total: i64 = problem.claims().iter().map(|&claim| rest(claim)).sum();
        let of = i128::from(total.max(1));
        for &claim in problem.claims() {
            // Both fit: the quotient does not exceed the claim.
            let product = i128::from(rest(claim)) * i128::from(pot);
            portions.push((right(claim) + (product / of) as i64, (product % of) as i64));
        }
        portions.of = total.max(1);
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, scratch: &mut Scratch) {
        let (claims, missing) = (shortage.claims(), shortage.missing());
        let contested = &mut scratch.rows;
        contested.resize(2 * claims.len(), NOTHING);
        let (contested, rights) = contested.split_at_mut(claims.len());
        let rest = less_rights(claims, &missing, shortage.pot(), rights);
        // Without claims there is nothing to divide: then any denominator does.
        let total = contest(claims, rights, &rest, contested).map(|total| total.max(1));
        proportions(contested, &rest, &total, shares.whole, shares.rest);
        add(shares.whole, rights);
        *shares.of = total;
    }
}

vectorised! {
    /// Writes minimal rights; returns what they leave of the pot.
    fn less_rights(
        claims: &[Money],
        missing: &Money,
        pot: &Money,
        rights: &mut [Money],
    ) -> Money {
        let mut rest = *pot;
        for (claim, right) in claims.iter().zip(rights) {
            for lane in 0..LANES {
                right[lane] = (claim[lane] - missing[lane]).max(0);
                rest[lane] -= right[lane];
            }
        }
        rest
    }

    /// Writes what is left of claims, none above the pot; returns their sum.
    fn contest(
        claims: &[Money],
        rights: &[Money],
        pot: &Money,
        contested: &mut [Money],
    ) -> Money {
        let mut total = NOTHING;
        for ((claim, right), contested) in claims.iter().zip(rights).zip(contested) {
            for lane in 0..LANES {
                contested[lane] = (claim[lane] - right[lane]).min(pot[lane]);
                total[lane] += contested[lane];
            }
        }
        total
    }
}
