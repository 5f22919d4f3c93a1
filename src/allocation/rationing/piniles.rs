//! Piniles' rule.

use super::super::documented::documented;
use super::super::halves::{self, Halves};
use super::{Ordered, Portions, RationingRule, Scratch, Shares, Shortage};

documented! {
    /// Equal awards of half-claims, twice: up to half of the claims, then on top of the halves.
    ///
    /// Small claims are favoured in both halves: first everyone's half claim is paid as equally as
    /// possible, then what is left goes to the second halves in the same way.
    ///
    /// **Formula**: `award = min(claim/2, λ)` if the pot is at most half of the claims, otherwise
    /// `award = claim/2 + min(claim/2, λ)`, with λ (money) such that the awards add up to the pot.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, consistent. Not its own dual, and a claim above the pot may count in full.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 400 give 83⅓, 133⅓, 183⅓.
    /// ```ron
    /// "maintenance": (entitle: …, ration: Piniles)
    /// ```
    ///
    /// **References**: Piniles (1861), *Darkah shel Torah*, as in Aumann and Maschler (1985),
    /// <https://doi.org/10.1016/0022-0531(85)90102-4>; Thomson (2003),
    /// <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct Piniles;
}

/// In half units: min(claim, level), or the claim more than that.
fn plan(pot: i64, missing: i64) -> Halves {
    let is_low = pot <= missing;
    let (amount, times) = if is_low { (2 * pot.min(missing), 0) } else { (pot - missing, 1) };
    Halves { amount, times, is_less: false }
}

impl RationingRule for Piniles {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        halves::divide_one(problem, portions, plan);
    }

    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, _: &mut Scratch) {
        halves::divide(shortage, shares, plan);
    }
}
