//! The proportional rule.

use super::super::documented::documented;
use super::super::quotient::proportions;
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage, Weighting};

documented! {
    /// Every claim receives the same share of itself.
    ///
    /// The rule of most appropriations: when the pot covers 80 % of what is due, everyone receives
    /// 80 % of what is due to them.
    ///
    /// **Formula**: `award = claim · pot / Σ claims`, all in money.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims, rises with the pot, is its
    /// own dual (awards and losses are shared alike). No gain from merging or splitting claims. A
    /// claim above the pot pays: inflated claims are not cut back.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 300 give 50, 100, 150.
    /// ```ron
    /// "maintenance": (entitle: …, ration: Proportional)
    /// ```
    ///
    /// **References**: O'Neill (1982), <https://doi.org/10.1016/0165-4896(82)90029-4>;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct Proportional;
}

impl RationingRule for Proportional {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let (pot, total) = (i128::from(problem.pot()), i128::from(problem.total()));
        for &claim in problem.claims() {
            // Both fit: the quotient does not exceed the claim.
            let product = i128::from(claim) * pot;
            portions.push(((product / total) as i64, (product % total) as i64));
        }
        portions.of = problem.total();
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, _: &mut Scratch) {
        // Without claims there is nothing to divide: then any denominator does.
        let total = shortage.total().map(|total| total.max(1));
        proportions(shortage.claims(), shortage.pot(), &total, shares.whole, shares.rest);
        *shares.of = total;
    }

    fn weighting(&self) -> Option<Weighting> {
        Some(Weighting::Claims)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::division::{Exact, shares};
    use super::*;
    use crate::numeric::LANES;

    fn given(pot: i64, claims: [i64; 3]) -> Exact {
        shares(&Proportional, &[pot; LANES], &claims.map(|claim| [claim; LANES]))
    }

    #[test]
    fn a_pot_of_half_the_claims_pays_half_of_each() {
        let half = given(300, [100, 200, 300]);
        assert_eq!([0, 1, 2].map(|claim| half.value(claim, 9)), [50.0, 100.0, 150.0]);
    }

    #[test]
    fn equal_remainders_are_equal() {
        // 100 · 100 / 600 = 16 + 400/600, 100 · 400 / 600 = 66 + 400/600: the same remainder.
        let given = given(100, [100, 100, 400]);
        assert_eq!([0, 1, 2].map(|claim| given.whole[claim][5]), [16, 16, 66]);
        assert_eq!([0, 1, 2].map(|claim| given.rest[claim][5]), [400; 3]);
    }

    #[test]
    fn amounts_beyond_all_budgets_are_divided_exactly_too() {
        // Three claims of 2^60 + 1 and a pot of 2^61: 2^61 / 3 = 768614336404564650 and 2 of 3.
        let claim = (1 << 60) + 1;
        let given = given(1 << 61, [claim; 3]);
        assert_eq!(given.whole[1][0], 768_614_336_404_564_650);
        assert_eq!(given.rest[1][0], 2 * claim);
    }
}
