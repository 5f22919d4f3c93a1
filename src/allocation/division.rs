//! One pot, one list of claims, one rule, one rounding method, in all draws of a block.

use super::draws::{Scratch, divide_weighted};
use super::rationing::Proportional;
use super::rounding::Memory;
use super::rows::{Money, NOTHING, copy_clamped, sum};
use super::{RationingRule, RoundingMethod, Shares, Shortage};
use crate::numeric::{LANES, Lanes, clear, each_lane};

/// Memory that is reused from block to block; a warm call allocates nothing.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) buffers: Buffers,
    pub(super) protected: Vec<Money>,
    pub(super) unprotected: Vec<Money>,
    pub(super) reduced: Vec<Money>,
    pub(super) least: Vec<Money>,
    pub(super) contest: super::competition::Contest,
}

impl Workspace {
    /// An empty workspace; it grows to the largest problem it meets.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The buffers that rationing and rounding need.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    rest: Vec<Money>,
    memory: Memory,
    scratch: Scratch,
    /// Least awards where the pot covers them, and those where it does not, cut.
    kept: Vec<Money>,
    cut: Vec<Money>,
}

/// Divides a pot of units in each draw among claims into whole awards that add up to
/// min(pot, Σ claims).
///
/// `claims` and `awards` have one length. A negative pot or claim counts as 0, and a claim above
/// 2^62 / n counts as that, so that every sum is exact. No award exceeds its claim.
pub fn divide(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: &Money,
    claims: &[Money],
    work: &mut Workspace,
    awards: &mut [Money],
) {
    let Workspace { buffers, unprotected: bounded, .. } = work;
    bound(claims, bounded);
    divide_bounded(rule, method, pot, bounded, (&[], &[]), buffers, awards);
}

/// As [`divide`], for claims that are not negative and add up to at most 2^62; returns what is awarded.
///
/// `weights` are empty or one a claim. `least` is empty, or holds the least award of each claim, from 0 to
/// the claim. Where the pot does not cover them, nothing but them is paid, cut in proportion.
pub(super) fn divide_bounded(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: &Money,
    claims: &[Money],
    (weights, least): (&[Lanes], &[Money]),
    buffers: &mut Buffers,
    awards: &mut [Money],
) -> Money {
    let shortage = Shortage::new(pot, claims);
    if shortage.pays_all() {
        for (award, claim) in awards.iter_mut().zip(claims) {
            *award = *claim;
        }
    } else if shortage.pays_nothing() {
        clear(awards);
    } else {
        let due = sum(least);
        let is_short: [bool; LANES] = each_lane(|lane| due[lane] > shortage.pot()[lane]);
        if is_short.contains(&true) {
            divide_short((rule, weights), method, &shortage, (least, &is_short), buffers, awards);
        } else {
            let Buffers { rest, memory, scratch, .. } = buffers;
            share_out((rule, weights), method, &shortage, least, (rest, memory, scratch), awards);
        }
    }
    *shortage.pot()
}

/// Rationing and rounding.
fn share_out(
    (rule, weights): (&dyn RationingRule, &[Lanes]),
    method: &dyn RoundingMethod,
    shortage: &Shortage<'_>,
    least: &[Money],
    (rest, memory, scratch): (&mut Vec<Money>, &mut Memory, &mut Scratch),
    awards: &mut [Money],
) {
    rest.resize(awards.len(), NOTHING);
    let mut shares = Shares { whole: awards, rest, of: &mut [1; LANES] };
    divide_weighted(rule, shortage, weights, &mut shares, scratch);
    method.round(shortage, least, &mut shares, memory);
}

/// The same where the pot does not cover the least awards in some draws: there it is divided among
/// them, as among protected amounts.
fn divide_short(
    by: (&dyn RationingRule, &[Lanes]),
    method: &dyn RoundingMethod,
    shortage: &Shortage<'_>,
    (least, is_short): (&[Money], &[bool; LANES]),
    buffers: &mut Buffers,
    awards: &mut [Money],
) {
    let Buffers { rest, memory, scratch, kept, cut } = buffers;
    kept.clear();
    kept.extend(
        least.iter().map(|least| each_lane(|lane| if is_short[lane] { 0 } else { least[lane] })),
    );
    share_out(by, method, shortage, kept, (rest, memory, scratch), awards);
    cut.resize(least.len(), NOTHING);
    let among_least = Shortage::new(shortage.pot(), least);
    share_out((&Proportional, &[]), method, &among_least, &[], (rest, memory, scratch), cut);
    for (award, cut) in awards.iter_mut().zip(cut.iter()) {
        for lane in 0..LANES {
            if is_short[lane] {
                award[lane] = cut[lane];
            }
        }
    }
}

/// The largest claim among `count` whose sum stays exact.
pub(super) fn largest_claim(count: usize) -> i64 {
    Shortage::LARGEST_TOTAL / (count.max(1) as i64)
}

fn bound(claims: &[Money], bounded: &mut Vec<Money>) {
    bounded.resize(claims.len(), NOTHING);
    copy_clamped(claims, largest_claim(claims.len()), bounded);
}

/// The real-valued shares of claims, unrounded, with what they are made of.
#[cfg(test)]
pub(super) struct Exact {
    pub whole: Vec<Money>,
    pub rest: Vec<Money>,
    pub of: Money,
}

#[cfg(test)]
impl Exact {
    /// The share of a claim in a draw as one number of units, rounded to the nearest `f64`.
    pub fn value(&self, claim: usize, draw: usize) -> f64 {
        self.whole[claim][draw] as f64 + self.rest[claim][draw] as f64 / self.of[draw] as f64
    }
}

/// The real-valued shares of claims in a pot, unrounded; they add up to min(pot, Σ claims).
#[cfg(test)]
pub(super) fn shares(rule: &dyn RationingRule, pot: &Money, claims: &[Money]) -> Exact {
    let mut bounded = Vec::new();
    bound(claims, &mut bounded);
    let (mut whole, mut rest) = (vec![NOTHING; claims.len()], vec![NOTHING; claims.len()]);
    let mut of = [1; LANES];
    let mut shares = Shares { whole: &mut whole, rest: &mut rest, of: &mut of };
    rule.divide(&Shortage::new(pot, &bounded), &mut shares, &mut Scratch::default());
    Exact { whole, rest, of }
}

#[cfg(test)]
mod tests {
    use super::super::rationing::ConstrainedEqualAwards;
    use super::super::rounding::LargestRemainder;
    use super::*;

    fn divided<const N: usize>(rule: &dyn RationingRule, pot: i64, claims: [i64; N]) -> [i64; N] {
        let mut awards = [[-1; LANES]; N];
        let claims = claims.map(|claim| [claim; LANES]);
        let mut work = Workspace::new();
        divide(rule, &LargestRemainder, &[pot; LANES], &claims, &mut work, &mut awards);
        awards.map(|row| row[LANES / 2])
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
        let claims = [[1; LANES], [2; LANES], [3; LANES]];
        let (mut awards, mut work) = ([NOTHING; 2], Workspace::new());
        divide(&Proportional, &LargestRemainder, &[4; LANES], &claims, &mut work, &mut awards);
    }
}
