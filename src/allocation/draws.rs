//! Draw by draw: for rules that have no loop over rows, for weights, and for callers with one draw.

use super::portions::{Ordered, Portions};
use super::rows::Money;
use super::weights::{self, Weighting};
use super::{RationingRule, Shares, Shortage};
use crate::numeric::{LANES, Lanes};

/// Memory that rules reuse from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Rows of amounts.
    pub(super) rows: Vec<Money>,
    /// The claims of a draw with their places, and alone; ascending.
    order: Vec<(i64, usize)>,
    sorted: Vec<i64>,
    /// The claims and weights of a draw as they stand.
    claims: Vec<i64>,
    weights: Vec<f64>,
    portions: Portions,
}

/// What each claim receives of a pot in one draw, before rounding, in the order of the claims.
///
/// For the caller that has one problem and not a block of draws; the shares are those of
/// [`divide`](super::divide). Claims and pot are in whole units (cents). A negative pot or claim counts
/// as 0, a pot above the sum of the claims as that sum, and a claim above 2^62 / n as that. `weights` are
/// one positive number a claim, or empty; a missing one is 1, one that is not positive the smallest
/// there is. A rule without a weighted form ([`RationingRule::weighting`]) takes no notice of them.
#[must_use]
pub fn portions(rule: &dyn RationingRule, pot: i64, claims: &[i64], weights: &[f64]) -> Portions {
    let most = super::division::largest_claim(claims.len());
    let bounded: Vec<i64> = claims.iter().map(|&claim| claim.clamp(0, most)).collect();
    portions_of_bounded(rule, pot, &bounded, weights)
}

/// As [`portions`], for claims that are not negative and add up to at most 2^62, however large one is.
pub(super) fn portions_of_bounded(
    rule: &dyn RationingRule,
    pot: i64,
    claims: &[i64],
    weights: &[f64],
) -> Portions {
    let mut scratch = Scratch::default();
    scratch.claims.extend_from_slice(claims);
    let total = scratch.claims.iter().sum();
    if !weights.is_empty() {
        scratch.weights.extend(weights.iter().take(claims.len()));
        scratch.weights.resize(claims.len(), 1.0);
    }
    scratch.divide(rule, pot.clamp(0, total), total);
    scratch.portions
}

/// As [`RationingRule::divide`], for rules that divide one draw.
pub(super) fn draw_by_draw<R: RationingRule + ?Sized>(
    rule: &R,
    shortage: &Shortage<'_>,
    shares: &mut Shares<'_>,
    scratch: &mut Scratch,
) {
    scratch.weights.clear();
    for draw in 0..LANES {
        scratch.claims.clear();
        scratch.claims.extend(shortage.claims().iter().map(|claim| claim[draw]));
        scratch.divide(rule, shortage.pot()[draw], shortage.total()[draw]);
        scratch.write(draw, shares);
    }
}

/// As [`RationingRule::divide`], with the weights of the claimants.
pub(super) fn divide_weighted(
    rule: &dyn RationingRule,
    shortage: &Shortage<'_>,
    of_claims: &[Lanes],
    shares: &mut Shares<'_>,
    scratch: &mut Scratch,
) {
    let has_equal_weights = match of_claims {
        [first, others @ ..] => others.iter().all(|weights| weights == first),
        [] => true,
    };
    if has_equal_weights || rule.weighting().is_none() {
        rule.divide(shortage, shares, scratch);
        return;
    }
    for draw in 0..LANES {
        scratch.claims.clear();
        scratch.claims.extend(shortage.claims().iter().map(|claim| claim[draw]));
        scratch.weights.clear();
        scratch.weights.extend(of_claims.iter().map(|weights| weights[draw]));
        scratch.weights.resize(scratch.claims.len(), 1.0);
        scratch.divide(rule, shortage.pot()[draw], shortage.total()[draw]);
        scratch.write(draw, shares);
    }
}

impl Scratch {
    /// How far a share of the draw before may be off, in units.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.portions.error
    }

    /// Divides among `claims` by `weights`, for 0 ≤ pot ≤ total.
    fn divide<R: RationingRule + ?Sized>(&mut self, rule: &R, pot: i64, total: i64) {
        let Self { order, sorted, claims, weights, portions, .. } = self;
        portions.begin(claims.len());
        if pot <= 0 {
            portions.whole.resize(claims.len(), 0);
            portions.rest.resize(claims.len(), 0);
            return;
        }
        if pot >= total {
            portions.whole.extend_from_slice(claims);
            portions.rest.resize(claims.len(), 0);
            return;
        }
        let has_weights = weights.windows(2).any(|pair| pair[0] != pair[1]);
        if let Some(weighting) = rule.weighting().filter(|_: &Weighting| has_weights) {
            weights::divide(weighting, pot, total, claims, weights, portions);
            return;
        }
        order.clear();
        order.extend(claims.iter().enumerate().map(|(place, &claim)| (claim, place)));
        order.sort_unstable();
        sorted.clear();
        sorted.extend(order.iter().map(|&(claim, _)| claim));
        rule.divide_one(&Ordered::new(pot, total, sorted), portions);
        // Back to the places of the claims, by way of the buffer that is no longer needed.
        for parts in [&mut portions.whole, &mut portions.rest] {
            parts.resize(sorted.len(), 0);
            sorted.copy_from_slice(parts);
            for (&(_, place), &part) in order.iter().zip(sorted.iter()) {
                if let Some(there) = parts.get_mut(place) {
                    *there = part;
                }
            }
        }
    }

    fn write(&self, draw: usize, shares: &mut Shares<'_>) {
        let Portions { whole, rest, of, .. } = &self.portions;
        for (row, &whole) in shares.whole.iter_mut().zip(whole) {
            row[draw] = whole;
        }
        for (row, &rest) in shares.rest.iter_mut().zip(rest) {
            row[draw] = rest;
        }
        shares.of[draw] = *of;
    }
}

#[cfg(test)]
mod tests {
    use super::super::rationing::{ConstrainedEqualAwards, Proportional};
    use super::*;

    #[test]
    fn one_draw_is_divided_without_a_block_around_it() {
        let given = portions(&ConstrainedEqualAwards, 400, &[300, 100, 200], &[]);
        assert_eq!((given.whole, given.rest), (vec![150, 100, 150], vec![0; 3]));
    }

    #[test]
    fn what_is_out_of_range_is_brought_into_it() {
        assert_eq!(portions(&Proportional, -5, &[3, 4], &[]).whole, [0, 0]);
        assert_eq!(portions(&Proportional, 50, &[3, -4], &[]).whole, [3, 0]);
        assert!(portions(&Proportional, 50, &[], &[]).whole.is_empty());
        assert_eq!(portions(&Proportional, 10, &[i64::MAX; 2], &[]).whole, [5, 5]);
    }
}
