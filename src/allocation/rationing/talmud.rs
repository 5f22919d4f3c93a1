//! The Talmud rule.

use super::super::documented::documented;
use super::super::halves::{self, Halves};
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage};

documented! {
    /// Half of every claim is the watershed: below it awards are equal, above it losses are.
    ///
    /// The rule of the Babylonian Talmud for the estate of a man with three wives: nobody receives
    /// more than half of the claim before everyone has half of it.
    ///
    /// **Formula**: `award = min(claim/2, λ)` if the pot is at most half of the claims, otherwise
    /// `award = claim − min(claim/2, λ)`, with λ (money) such that the awards add up to the pot.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, is its own dual, consistent. What a claim exceeds the pot by makes no difference,
    /// and minimal rights may be paid first. Does not fit decisions made in two steps. With two
    /// claimants: the contested garment.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 200 give 50, 75, 75.
    /// ```ron
    /// "maintenance": (entitle: …, ration: Talmud)
    /// ```
    ///
    /// **References**: Aumann and Maschler (1985), <https://doi.org/10.1016/0022-0531(85)90102-4>;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct Talmud;
}

/// In half units: min(claim, level), or twice the claim less that.
fn plan(pot: i64, missing: i64) -> Halves {
    let is_low = pot <= missing;
    let amount = 2 * pot.min(missing);
    Halves { amount, times: if is_low { 0 } else { 2 }, is_less: !is_low }
}

impl RationingRule for Talmud {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        halves::divide_one(problem, portions, plan);
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, _: &mut Scratch) {
        halves::divide(shortage, shares, plan);
    }
}
