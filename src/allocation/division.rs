//! One pot, one list of claims, one rule, one rounding method.

use super::{RationingRule, RoundingMethod, Share, Shortage};

/// Memory that is reused from draw to draw; a warm call allocates nothing.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) shares: Vec<Share>,
    pub(super) keys: Vec<u64>,
    pub(super) scratch: Vec<i64>,
    pub(super) claims: Vec<i64>,
    pub(super) protected: Vec<i64>,
}

impl Workspace {
    /// An empty workspace; it grows to the largest problem it meets.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Divides `pot` units among `claims` into whole awards that add up to min(pot, Σ claims).
///
/// All slices have one length. A negative pot or claim counts as 0, and a claim above 2^62 / n
/// counts as that, so that every sum is exact. No award exceeds its claim.
pub fn divide(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: i64,
    claims: &[i64],
    work: &mut Workspace,
    awards: &mut [i64],
) {
    let Workspace { shares, keys, scratch, claims: bounded, .. } = work;
    bounded.clear();
    bounded.extend(claims_bounded(claims));
    divide_bounded(rule, method, pot, bounded, (shares, keys, scratch), awards);
}

/// The buffers that rationing and rounding need.
pub(super) type Buffers<'a> = (&'a mut Vec<Share>, &'a mut Vec<u64>, &'a mut Vec<i64>);

/// As [`divide`], for claims that are not negative and add up to at most 2^62.
pub(super) fn divide_bounded(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: i64,
    claims: &[i64],
    (shares, keys, scratch): Buffers<'_>,
    awards: &mut [i64],
) {
    if let Some(shortage) = Shortage::new(pot, claims) {
        shares.resize(claims.len(), Share::default());
        rule.divide(&shortage, scratch, shares);
        method.round(pot, claims, shares, keys, awards);
    } else if pot > 0 {
        for (award, &claim) in awards.iter_mut().zip(claims) {
            *award = claim;
        }
    } else {
        awards.fill(0);
    }
}

/// The real-valued shares of `claims` in `pot`, unrounded; add up to min(pot, Σ claims).
///
/// As [`divide`], but allocates.
pub fn shares(rule: &dyn RationingRule, pot: i64, claims: &[i64], shares: &mut [Share]) {
    let bounded: Vec<i64> = claims_bounded(claims).collect();
    match Shortage::new(pot, &bounded) {
        Some(shortage) => rule.divide(&shortage, &mut Vec::new(), shares),
        None => {
            for (share, &claim) in shares.iter_mut().zip(&bounded) {
                *share = Share::of_whole(if pot > 0 { claim } else { 0 });
            }
        }
    }
}

/// The largest claim among `count` whose sum stays exact.
pub(super) fn largest_claim(count: usize) -> i64 {
    Shortage::LARGEST_TOTAL / (count.max(1) as i64)
}

fn claims_bounded(claims: &[i64]) -> impl Iterator<Item = i64> {
    let largest = largest_claim(claims.len());
    claims.iter().map(move |&claim| claim.clamp(0, largest))
}

#[cfg(test)]
mod tests {
    use super::super::rationing::{ConstrainedEqualAwards, Proportional};
    use super::super::rounding::LargestRemainder;
    use super::*;

    fn divided<const N: usize>(rule: &dyn RationingRule, pot: i64, claims: [i64; N]) -> [i64; N] {
        let mut awards = [-1; N];
        divide(rule, &LargestRemainder, pot, &claims, &mut Workspace::new(), &mut awards);
        awards
    }

    #[test]
    fn the_unit_left_goes_to_the_largest_remainder() {
        // 100 of 600: 16 4/6, 33 2/6, 50. The unit left goes to 4/6.
        assert_eq!(divided(&Proportional, 100, [100, 200, 300]), [17, 33, 50]);
        // 33 1/3 each: the unit left goes to the larger claim, among equals to the first.
        assert_eq!(divided(&ConstrainedEqualAwards, 100, [100, 200, 300]), [33, 33, 34]);
        assert_eq!(divided(&ConstrainedEqualAwards, 101, [300, 300, 300]), [34, 34, 33]);
    }

    #[test]
    fn nothing_to_divide_and_nobody_to_divide_it_among_are_no_trouble() {
        assert_eq!(divided(&Proportional, 100, []), [0; 0]);
        assert_eq!(divided(&Proportional, 0, [5, 6]), [0, 0]);
        assert_eq!(divided(&Proportional, i64::MIN, [5, 6]), [0, 0]);
        assert_eq!(divided(&Proportional, 100, [0, 0]), [0, 0]);
        assert_eq!(divided(&Proportional, 3, [5, -6]), [3, 0]);
        assert_eq!(divided(&Proportional, i64::MAX, [5, 6]), [5, 6]);
    }

    #[test]
    fn absurd_claims_are_cut_to_what_still_adds_up() {
        // Each counts as 2^61, so they share alike.
        assert_eq!(divided(&Proportional, 10, [i64::MAX, i64::MAX - 9]), [5, 5]);
        assert_eq!(divided(&Proportional, i64::MAX, [i64::MAX; 2]), [1 << 61; 2]);
    }

    #[test]
    fn slices_of_different_length_do_not_panic() {
        let mut awards = [0; 2];
        divide(&Proportional, &LargestRemainder, 4, &[1, 2, 3], &mut Workspace::new(), &mut awards);
        shares(&Proportional, 4, &[1, 2, 3], &mut [Share::default()]);
    }
}
