//! The rules and methods that are tried, and what they give in the draw that is looked at.

use super::super::division::shares;
use super::super::rationing::{ConstrainedEqualLosses, Proportional, RULES};
use super::super::rounding::{LargestRemainder, METHODS};
use super::super::{RationingRule, RoundingMethod, Workspace, divide};
use super::problems::{DRAW, among_others, of_draw, rows};
use crate::numeric::LANES;

/// The rules that are computed soon enough for so many claims in every draw.
pub(super) fn rules(claims: usize) -> impl Iterator<Item = &'static dyn RationingRule> {
    RULES.iter().copied().filter(move |rule| rule.exact_up_to().is_none() || claims <= 6)
}

/// Every such rule with largest remainders, and every other method with two rules: one whose shares are
/// all fractions, one of whose shares many are nothing. A method sees no more of a rule than its shares.
pub(super) fn pairs(
    claims: usize,
) -> impl Iterator<Item = (&'static dyn RationingRule, &'static dyn RoundingMethod)> {
    let rules = rules(claims).map(|rule| (rule, &LargestRemainder as _));
    let methods = METHODS.iter().skip(1).enumerate().map(|(index, &method)| {
        let rule: &'static dyn RationingRule =
            if index % 2 == 0 { &Proportional } else { &ConstrainedEqualLosses };
        (rule, method)
    });
    rules.chain(methods)
}

pub(super) fn divided(
    rule: &dyn RationingRule,
    method: &dyn RoundingMethod,
    pot: i64,
    claims: &[i64],
) -> Vec<i64> {
    let mut awards = vec![[-1; LANES]; claims.len()];
    let (pot, claims) = (among_others(pot, 1), rows(claims));
    divide(rule, method, &pot, &claims, &mut Workspace::new(), &mut awards);
    of_draw(&awards)
}

/// The shares of a draw: whole units, and the fraction of one that is left.
pub(super) fn shared(rule: &dyn RationingRule, pot: i64, claims: &[i64]) -> Vec<(i64, f64)> {
    let given = shares(rule, &among_others(pot, 1), &rows(claims));
    let of = given.of[DRAW] as f64;
    let rest = given.rest.iter().map(|rest| rest[DRAW] as f64 / of);
    given.whole.iter().map(|whole| whole[DRAW]).zip(rest).collect()
}
