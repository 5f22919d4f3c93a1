//! The shares of one draw alone, from rules that divide blocks.

use super::rationing::RationingRule;
use super::rows::{Money, NOTHING};
use super::{Shares, Shortage};
use crate::numeric::LANES;

/// What each claim receives before rounding: `whole + rest / of` units.
#[derive(Clone, Debug, Default)]
pub(super) struct Single {
    pub whole: Vec<i64>,
    pub rest: Vec<i64>,
    pub of: i64,
    /// How far a share may be off, in units.
    pub error: f64,
}

/// Divides a pot among claims that are not negative and add up to at most 2^62.
pub(super) fn single(rule: &dyn RationingRule, pot: i64, claims: &[i64], _weights: &[f64]) -> Single {
    let total: i64 = claims.iter().sum();
    if pot >= total {
        return Single { whole: claims.to_vec(), rest: vec![0; claims.len()], of: 1, error: 0.0 };
    }
    let claims: Vec<Money> = claims.iter().map(|&claim| [claim; LANES]).collect();
    let (mut whole, mut rest) = (vec![NOTHING; claims.len()], vec![NOTHING; claims.len()]);
    let mut of = [1; LANES];
    let mut shares = Shares { whole: &mut whole, rest: &mut rest, of: &mut of };
    rule.divide(&Shortage::new(&[pot; LANES], &claims), &mut shares);
    let first = |rows: &[Money]| rows.iter().map(|row| row[0]).collect();
    Single { whole: first(&whole), rest: first(&rest), of: of[0], error: 0.0 }
}
