//! The reverse Talmud rule.

use super::super::documented::documented;
use super::super::halves::{self, Halves};
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage};

documented! {
    /// Equal losses of half-claims up to half of the claims, equal awards on top of it above.
    ///
    /// The Talmud rule with its two parts exchanged: a small pot goes to the large claims, and
    /// what exceeds half of the claims is shared equally.
    ///
    /// **Formula**: `award = max(0, claim/2 − λ)` if the pot is at most half of the claims,
    /// otherwise `award = claim/2 + min(claim/2, λ)`, with λ (money) such that the awards add up to
    /// the pot.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, is its own dual, consistent. A claim above the pot counts in full.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 200 give 16⅔, 66⅔, 116⅔.
    /// ```ron
    /// "maintenance": (entitle: …, ration: ReverseTalmud)
    /// ```
    ///
    /// **References**: Chun, Schummer and Thomson (2001), Seoul Journal of Economics 14, 269–297;
    /// Thomson (2008), Social Choice and Welfare 31, 667–692;
    /// Thomson (2019), <https://doi.org/10.1017/9781108161107>.
    pub struct ReverseTalmud;
}

/// In half units: the claim, less or more min(claim, level).
fn plan(pot: i64, missing: i64) -> Halves {
    Halves { amount: (pot - missing).abs(), times: 1, is_less: pot < missing }
}

impl RationingRule for ReverseTalmud {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        halves::divide_one(problem, portions, plan);
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, _: &mut Scratch) {
        halves::divide(shortage, shares, plan);
    }
}
