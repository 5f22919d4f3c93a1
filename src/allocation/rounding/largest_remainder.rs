//! Largest remainders.

use super::super::apportionment::{Apportionment, Party};
use super::super::documented::documented;
use super::super::lift::Lift;
use super::super::rows::{Money, NOTHING};
use super::super::selection::Threshold;
use super::{Memory, RoundingMethod, Shares, Shortage, by_draw};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;
use std::cmp::Reverse;

documented! {
    /// Rounds every share down, then gives the units left to the largest remainders (Hamilton).
    ///
    /// Ties go to the larger claim, then to the smaller code. Where a least award is asked for, shares
    /// below it are first lifted to it and the others cut in proportion.
    ///
    /// **Formula**: `award = ⌊share⌋ + 1` for the `pot − Σ⌊share⌋` largest `share − ⌊share⌋`, and
    /// `award = ⌊share⌋` for the others, in units of money. With a least award `share` is
    /// `max(least, λ · share)`, λ such that the sum is kept.
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
    fn apportion(&self, draw: &mut Apportionment) {
        let lift = draw.lifts().then(|| Lift::of(draw));
        let mut remainders: Vec<Remainder> = Vec::with_capacity(draw.parties.len());
        let mut left = draw.pot;
        for (index, party) in draw.parties.iter_mut().enumerate() {
            let (whole, rest) = match lift {
                Some(lift) if lift.lifts(party) => (party.least, 0),
                Some(lift) => lift.share(party.parts),
                None => ((party.parts / draw.of) as i64, party.parts % draw.of),
            };
            party.award = whole.min(party.most);
            left -= party.award;
            if rest > 0 && party.award < party.most {
                remainders.push((rest, party.claim, Reverse(index)));
            }
        }
        give_largest(&mut remainders, &mut left, &mut draw.parties);
        give_rest(left, &mut draw.parties);
    }

    fn round(
        &self,
        shortage: &Shortage<'_>,
        least: &[Money],
        shares: &mut Shares<'_>,
        memory: &mut Memory,
    ) {
        if any_below(shares.whole, least) {
            return by_draw(self, shortage, least, shares, memory);
        }
        let keys = &mut memory.keys;
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
        keys.resize(claims.len(), NOTHING);
        let most = claims_of_tied(rest, &largest, claims, keys);
        let larger = Threshold::of(keys, &largest.tied, &most);
        give_above(keys, &larger.key, awards);
        if larger.tied != NOTHING {
            give_in_order(keys, &larger, awards);
        }
    }
}

/// A remainder with what decides ties; the largest is served first.
type Remainder = (u128, i64, Reverse<usize>);

/// One unit for each of the largest remainders, as far as there are units.
fn give_largest(remainders: &mut [Remainder], left: &mut i64, parties: &mut [Party]) {
    let served = usize::try_from(*left).unwrap_or(0).min(remainders.len());
    if served == 0 {
        return;
    }
    remainders.select_nth_unstable_by(served - 1, |a, b| b.cmp(a));
    for (_, _, Reverse(index)) in remainders.iter().take(served) {
        if let Some(party) = parties.get_mut(*index) {
            party.award += 1;
            *left -= 1;
        }
    }
}

/// What claims that are no multiples of the unit have kept others from taking, in order of claims.
fn give_rest(mut left: i64, parties: &mut [Party]) {
    let mut order: Vec<usize> = Vec::new();
    while left > 0 {
        let may = |party: &Party| party.parts > 0 && party.award < party.most;
        order.clear();
        order.extend((0..parties.len()).filter(|&index| may(&parties[index])));
        order.sort_by_key(|&index| Reverse(parties[index].claim));
        let each = left / (order.len().max(1) as i64);
        if order.is_empty() {
            return;
        }
        for &index in &order {
            let party = &mut parties[index];
            let more = (party.most - party.award).min(each.max(1)).min(left);
            party.award += more;
            left -= more;
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

    /// Whether some share lies below its least award in some draw.
    fn any_below(whole: &[Money], least: &[Money]) -> bool {
        let mut below = 0;
        for (whole, least) in whole.iter().zip(least) {
            for lane in 0..LANES {
                below |= i64::from(whole[lane] < least[lane]);
            }
        }
        below != 0
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
    use super::super::tests::of_weights;
    use super::*;

    /// Rounds shares of `whole + rest / 100` units; the pot is what their sum is.
    fn rounded<const N: usize>(claims: [i64; N], shares: [(i64, i64); N]) -> [i64; N] {
        let claims = claims.map(|claim| [claim; LANES]);
        let hundredths: i64 = shares.iter().map(|(whole, rest)| whole * 100 + rest).sum();
        assert_eq!(hundredths % 100, 0);
        let shortage = Shortage::new(&[hundredths / 100; LANES], &claims);
        let (whole_of, rest_of) = (shares.map(|share| share.0), shares.map(|share| share.1));
        let mut awards = whole_of.map(|whole| [whole; LANES]);
        let mut rest = rest_of.map(|rest| [rest; LANES]);
        let mut shares = Shares { whole: &mut awards, rest: &mut rest, of: &mut [100; LANES] };
        LargestRemainder.round(&shortage, &[], &mut shares, &mut Memory::default());
        let of_block = awards.map(|row| row[7]);
        // One draw alone comes to the same.
        let draw = &mut Apportionment::default();
        let mut whole = whole_of.map(|whole| [whole; LANES]);
        let mut rest = rest_of.map(|rest| [rest; LANES]);
        let shares = Shares { whole: &mut whole, rest: &mut rest, of: &mut [100; LANES] };
        draw.gather(&shortage, &[], &shares, 7);
        LargestRemainder.apportion(draw);
        assert!(draw.parties.iter().map(|party| party.award).eq(of_block));
        of_block
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

    #[test]
    fn a_least_award_is_paid_by_the_others_in_proportion() {
        // Quotas 9.98, 0.01, 0.01 of 10, at least 1 each: 8 are left for the first.
        assert_eq!(of_weights(&LargestRemainder, 10, 1, &[998, 1, 1]), [8, 1, 1]);
        // Quotas 0.4, 4.1, 5.5: 9 for 4.1 and 5.5 are 3.84 and 5.16.
        assert_eq!(of_weights(&LargestRemainder, 10, 1, &[40, 410, 550]), [1, 4, 5]);
        // At least 2 of quotas 0, 2.1, 7.9 is for all who have a claim of 2; the second falls to it.
        assert_eq!(of_weights(&LargestRemainder, 10, 2, &[40, 210, 750]), [2, 2, 6]);
    }

    #[test]
    fn units_that_a_claim_cannot_take_go_to_the_others() {
        // Shares of half a unit, claims 0, 0 and 5: the unit of the first two goes to the third.
        let party = |most| Party { parts: 50, claim: most, most, ..Party::default() };
        let parties = vec![party(0), party(0), Party { parts: 100, ..party(5) }];
        let mut draw = Apportionment { pot: 2, of: 100, parties };
        LargestRemainder.apportion(&mut draw);
        assert!(draw.parties.iter().map(|party| party.award).eq([0, 0, 2]));
    }
}
