//! Largest remainders.

use super::super::documented::documented;
use super::super::rows::{Money, NOTHING};
use super::super::selection::Threshold;
use super::{RoundingMethod, Shares, Shortage};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

documented! {
    /// Rounds every share down, then gives the units left to the largest remainders (Hamilton).
    ///
    /// Ties go to the larger claim, then to the smaller code.
    ///
    /// **Formula**: `award = ⌊share⌋ + 1` for the `pot − Σ⌊share⌋` largest `share − ⌊share⌋`, and
    /// `award = ⌊share⌋` for the others, in units of money.
    ///
    /// **Properties**: keeps the sum; an award differs from its share by less than one unit and
    /// never exceeds its claim; keeps the order of claims. When the pot grows by one unit an award
    /// may fall by one (the Alabama paradox).
    ///
    /// **Example**: shares 33⅓, 33⅓, 33⅓ and a pot of 100 give 34, 33, 33.
    /// ```ron
    /// round: (unit: 1, method: LargestRemainder)
    /// ```
    ///
    /// **References**: Balinski and Young (1975), <https://doi.org/10.1080/00029890.1975.11993911>;
    /// Pukelsheim (2017), <https://doi.org/10.1007/978-3-319-64707-4>.
    pub struct LargestRemainder;
}

impl RoundingMethod for LargestRemainder {
    fn round(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, scratch: &mut Vec<Money>) {
        let Shares { whole: awards, rest, of } = shares;
        let left = left_of(shortage.pot(), awards);
        if left == NOTHING {
            return;
        }
        // The remainders add up to `left`, so more than `left` of them are positive: a share
        // without a remainder never receives a unit, and no award exceeds its claim.
        let largest = Threshold::of(rest, &left, of);
        give_above(rest, &largest.key, awards);
        if largest.tied == NOTHING {
            return;
        }
        let claims = shortage.claims();
        scratch.resize(claims.len(), NOTHING);
        let most = claims_of_tied(rest, &largest, claims, scratch);
        let larger = Threshold::of(scratch, &largest.tied, &most);
        give_above(scratch, &larger.key, awards);
        if larger.tied != NOTHING {
            give_in_order(scratch, &larger, awards);
        }
    }
}

vectorised! {
    /// What whole units leave of the pot.
    fn left_of(pot: &Money, whole: &[Money]) -> Money {
        let mut left = *pot;
        for whole in whole {
            for lane in 0..LANES {
                left[lane] -= whole[lane];
            }
        }
        left
    }

    /// One unit for every key above the bound.
    fn give_above(keys: &[Money], bound: &Money, awards: &mut [Money]) {
        for (award, key) in awards.iter_mut().zip(keys) {
            for lane in 0..LANES {
                award[lane] += i64::from(key[lane] > bound[lane]);
            }
        }
    }

    /// Writes the claims of those whose remainders tie and -1 for the others, and returns the largest.
    fn claims_of_tied(
        rest: &[Money],
        largest: &Threshold,
        claims: &[Money],
        keys: &mut [Money],
    ) -> Money {
        let mut most = NOTHING;
        for ((key, rest), claim) in keys.iter_mut().zip(rest).zip(claims) {
            for lane in 0..LANES {
                let is_tied = rest[lane] == largest.key[lane] && largest.tied[lane] > 0;
                key[lane] = if is_tied { claim[lane] } else { -1 };
                most[lane] = most[lane].max(key[lane]);
            }
        }
        most
    }

    /// One unit for each key that equals the bound, in order, until as many have one as are tied.
    fn give_in_order(keys: &[Money], bound: &Threshold, awards: &mut [Money]) {
        let mut left = bound.tied;
        for (award, key) in awards.iter_mut().zip(keys) {
            for lane in 0..LANES {
                let receives = key[lane] == bound.key[lane] && left[lane] > 0;
                award[lane] += i64::from(receives);
                left[lane] -= i64::from(receives);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounds shares of `whole + rest / 100` units; the pot is what their sum is.
    fn rounded<const N: usize>(claims: [i64; N], shares: [(i64, i64); N]) -> [i64; N] {
        let claims = claims.map(|claim| [claim; LANES]);
        let hundredths: i64 = shares.iter().map(|(whole, rest)| whole * 100 + rest).sum();
        assert_eq!(hundredths % 100, 0);
        let shortage = Shortage::new(&[hundredths / 100; LANES], &claims);
        let mut awards = shares.map(|(whole, _)| [whole; LANES]);
        let mut rest = shares.map(|(_, rest)| [rest; LANES]);
        let mut shares = Shares { whole: &mut awards, rest: &mut rest, of: &mut [100; LANES] };
        LargestRemainder.round(&shortage, &mut shares, &mut Vec::new());
        awards.map(|row| row[7])
    }

    #[test]
    fn the_largest_remainders_receive_the_units_left() {
        // 1 + 2 + 3 = 6 of 8: two units left, for 0.9 and 0.7.
        assert_eq!(rounded([9; 3], [(1, 70), (2, 40), (3, 90)]), [2, 2, 4]);
    }

    #[test]
    fn a_tie_goes_to_the_larger_claim_then_to_the_smaller_index() {
        assert_eq!(rounded([5, 6, 5], [(0, 25), (0, 50), (0, 25)]), [0, 1, 0]);
        assert_eq!(rounded([5, 6], [(0, 50), (0, 50)]), [0, 1]);
        assert_eq!(rounded([6, 6], [(0, 50), (0, 50)]), [1, 0]);
        // Two units for four equal remainders: one for the claim of 7, one for the first 6.
        assert_eq!(rounded([5, 6, 6, 7], [(0, 50); 4]), [0, 1, 0, 1]);
    }

    #[test]
    fn whole_shares_are_left_alone() {
        assert_eq!(rounded([3; 3], [(1, 0), (2, 0), (3, 0)]), [1, 2, 3]);
        assert_eq!(rounded([], []), [0_i64; 0]);
    }
}
