//! Largest remainders.

use super::super::documented::documented;
use super::{RoundingMethod, Share};

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
    fn round(
        &self,
        pot: i64,
        claims: &[i64],
        shares: &[Share],
        scratch: &mut Vec<u64>,
        awards: &mut [i64],
    ) {
        let mut left = pot;
        for (award, share) in awards.iter_mut().zip(shares) {
            *award = share.whole;
            left -= share.whole;
        }
        // The remainders add up to `left`, so more than `left` of them are positive: a share
        // without a remainder never receives a unit, and no award exceeds its claim.
        scratch.clear();
        scratch.extend(shares.iter().map(remainder_key));
        let Some(least) = least_of_largest(scratch, left) else { return };
        for (award, share) in awards.iter_mut().zip(shares) {
            let larger = i64::from(remainder_key(share) > least);
            *award += larger;
            left -= larger;
        }
        let tied = |share: &Share| remainder_key(share) == least;
        scratch.clear();
        scratch.extend(
            shares
                .iter()
                .zip(claims)
                .filter(|(share, _)| tied(share))
                .map(|(_, &claim)| claim_key(claim)),
        );
        if scratch.len() as i64 == left {
            for (award, share) in awards.iter_mut().zip(shares) {
                *award += i64::from(tied(share));
            }
            return;
        }
        let Some(least_claim) = least_of_largest(scratch, left) else { return };
        let mut equal = left - scratch.iter().filter(|&&claim| claim > least_claim).count() as i64;
        for ((award, share), &claim) in awards.iter_mut().zip(shares).zip(claims) {
            if tied(share) && claim_key(claim) > least_claim {
                *award += 1;
            } else if tied(share) && claim_key(claim) == least_claim && equal > 0 {
                *award += 1;
                equal -= 1;
            }
        }
    }
}

/// The bits of a number that is not negative stand in the order of the numbers.
fn remainder_key(share: &Share) -> u64 {
    if share.rest > 0.0 { share.rest.to_bits() } else { 0 }
}

fn claim_key(claim: i64) -> u64 {
    claim.max(0) as u64
}

/// The smallest of the `count` largest keys; nothing if none or more than all are asked for.
/// Reorders the keys.
fn least_of_largest(keys: &mut [u64], count: i64) -> Option<u64> {
    let position = keys.len().checked_sub(usize::try_from(count).ok()?)?;
    (position < keys.len()).then(|| *keys.select_nth_unstable(position).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded<const N: usize>(pot: i64, claims: [i64; N], shares: [(i64, f64); N]) -> [i64; N] {
        let shares = shares.map(|(whole, rest)| Share { whole, rest });
        let mut awards = [0; N];
        LargestRemainder.round(pot, &claims, &shares, &mut Vec::new(), &mut awards);
        awards
    }

    #[test]
    fn the_largest_remainders_receive_the_units_left() {
        // 1 + 2 + 3 = 6 of 8: two units left, for 0.9 and 0.7.
        assert_eq!(rounded(8, [9; 3], [(1, 0.7), (2, 0.4), (3, 0.9)]), [2, 2, 4]);
    }

    #[test]
    fn a_tie_goes_to_the_larger_claim_then_to_the_smaller_index() {
        assert_eq!(rounded(1, [5, 6, 5], [(0, 0.25), (0, 0.5), (0, 0.25)]), [0, 1, 0]);
        assert_eq!(rounded(1, [5, 6], [(0, 0.5), (0, 0.5)]), [0, 1]);
        assert_eq!(rounded(1, [6, 6], [(0, 0.5), (0, 0.5)]), [1, 0]);
        // Two units for four equal remainders: one for the claim of 7, one for the first 6.
        assert_eq!(rounded(2, [5, 6, 6, 7], [(0, 0.5); 4]), [0, 1, 0, 1]);
    }

    #[test]
    fn whole_shares_are_left_alone() {
        assert_eq!(rounded(6, [3; 3], [(1, 0.0), (2, 0.0), (3, 0.0)]), [1, 2, 3]);
        assert_eq!(rounded(0, [], []), [0_i64; 0]);
    }
}
