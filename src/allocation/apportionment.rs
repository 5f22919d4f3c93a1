//! The shares of one draw, to be made whole units: what a rounding method works on.

use super::rows::Money;
use super::{Shares, Shortage};

/// Shares of one draw in exact parts of a unit, and the bounds of each award.
///
/// Claimants stand in order of their code. The bounds can be kept: Σ `least` ≤ `pot` ≤ Σ `most` over
/// those with a share or a least award.
#[derive(Clone, Debug, Default)]
pub struct Apportionment {
    /// Units that are awarded in all.
    pub pot: i64,
    /// Parts in one unit, from 1 to 2^126.
    pub of: u128,
    /// One a claim.
    pub parties: Vec<Party>,
}

/// The share of one claim, and the award that is made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// The share in parts of a unit, at most 2^126.
    pub parts: u128,
    /// The claim, in whatever measure: of two shares that tie the larger claim is served first.
    pub claim: i64,
    /// The least award, in units.
    pub least: i64,
    /// The greatest award, in units.
    pub most: i64,
    /// The award, in units; written by the method.
    pub award: i64,
}

impl Apportionment {
    /// Takes over one draw of a block. An empty `least` sets none.
    pub(super) fn gather(
        &mut self,
        shortage: &Shortage<'_>,
        least: &[Money],
        shares: &Shares<'_>,
        draw: usize,
    ) {
        self.pot = shortage.pot()[draw];
        let of = shares.of[draw].max(1) as u128;
        self.of = of;
        self.parties.clear();
        let rows = shortage.claims().iter().zip(shares.whole.iter().zip(shares.rest.iter()));
        self.parties.extend(rows.enumerate().map(|(index, (claim, (whole, rest)))| Party {
            parts: whole[draw].max(0) as u128 * of + rest[draw].max(0) as u128,
            claim: claim[draw],
            least: least.get(index).map_or(0, |least| least[draw]),
            most: claim[draw],
            award: 0,
        }));
    }

    /// Whether some share is below the least award.
    pub(super) fn lifts(&self) -> bool {
        self.parties.iter().any(|party| party.is_below_least(self.of))
    }

    /// The sum of the shares, in parts.
    pub(super) fn total(&self) -> u128 {
        self.parties.iter().map(|party| party.parts).sum()
    }
}

impl Party {
    pub(super) fn is_below_least(&self, of: u128) -> bool {
        self.least > 0 && self.parts < self.least as u128 * of
    }
}
