//! A pot in pools, each divided by itself.

use super::division::money;
use super::filled::{Filled, Reader};
use crate::engine::{ClaimTrace, DivisionTrace, Role};
use crate::model::Rule;
use serde::Serialize;

/// A pot in pools, of which the municipality belongs to one.
#[derive(Clone, Debug, Serialize)]
pub struct Pooled {
    /// The column by which they are formed.
    pub by: String,
    /// The municipality's own pool.
    pub own: String,
    /// What it has.
    pub pot: Filled,
    /// What is due in it.
    pub due: f64,
    /// What is granted in it.
    pub awarded: f64,
    /// Every pool.
    pub all: Vec<Pool>,
}

/// A pool.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pool {
    /// The text of the column.
    pub name: String,
    /// What it has, before all are cut in proportion where together they have more than the pot.
    pub pot: f64,
}

/// The pool of a municipality: its index and its name.
pub fn pool_of(rule: &Rule, row: usize) -> Option<(usize, &str)> {
    let pools = rule.pools.as_ref()?;
    let holds = |members: &Vec<u32>| members.binary_search(&(row as u32)).is_ok();
    let index = pools.members.iter().position(holds)?;
    Some((index, pools.names.get(index)?))
}

/// The pools of the pot and the municipality's own.
pub fn pooled(reader: &Reader<'_>, rule: &Rule, division: &DivisionTrace) -> Option<Pooled> {
    let pools = rule.pools.as_ref()?;
    let (index, own) = pool_of(rule, reader.municipality)?;
    let members = pools.members.get(index)?;
    let sum = |of: fn(&ClaimTrace) -> i64| {
        let of_class = |claims: &Vec<ClaimTrace>| {
            members.iter().filter_map(|row| claims.get(*row as usize)).map(of).sum::<i64>()
        };
        division.claims.iter().map(of_class).sum::<i64>()
    };
    let all = pools.names.iter().zip(&division.pools);
    Some(Pooled {
        by: pools.by.clone(),
        own: own.to_owned(),
        pot: reader.filled(Role::Pool, &pools.pot)?,
        due: money(sum(|claim| claim.due)),
        awarded: money(sum(|claim| claim.award)),
        all: all.map(|(name, pot)| Pool { name: name.clone(), pot: money(*pot) }).collect(),
    })
}
