//! The claims problem: one pot, `n` claims, in each draw of a block. Knows whole cents, not scenarios.
//!
//! A pot that is too small is divided in two steps: a [`RationingRule`] says which [`Shares`] the claims
//! have, a [`RoundingMethod`] turns them into whole units that add up to the pot. [`settle()`] does this
//! for a whole programme, with guarantees, classes and competition.
//!
//! Everything is laid out `[claim][draw]` ([`Money`] is one row), and every step runs over all draws of
//! a block before the next one begins: sums, levels and thresholds are loops over rows without a branch
//! by draw. A step repeats until the last draw has what it seeks; draws that have it stay as they are.
//! So no draw sees another. There is no special case for a pot that is empty or pays all: it is cut to
//! the sum of the claims, and every rule gives such a pot's claims nothing or everything. Where that
//! holds in all draws, no rule is asked.
//!
//! Two things are done draw by draw: a ranked competition, whose order differs between draws, and
//! quotients of amounts beyond 2^50 units, which no budget has; they stay exact.
//!
//! Claimants stand in order of their code, so the smaller index is the last tie-break everywhere.

mod documented;
mod rows;
mod quotient;
mod level;
mod selection;
mod share;
mod shortage;
mod portions;
mod wide;
mod awards_set;
mod halves;
mod weights;
mod apportionment;
mod lift;
mod divisor;
pub mod rationing;
pub mod rounding;
mod draws;
mod unit;
mod guarantee;
mod division;
mod competition;
mod settle;
mod pools;
pub mod properties;
pub mod axioms;
pub mod promises;
mod list;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod hard;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod published;

pub use apportionment::{Apportionment, Party};
pub use division::{Workspace, divide};
pub use documented::Documented;
pub use draws::{Scratch, portions};
pub use guarantee::Bounds;
pub use list::{Award, List, ListTerms, divide_list};
pub use pools::{PoolBuffers, Pools, settle_pools};
pub use portions::{Ordered, Portions};
pub use rationing::RationingRule;
pub use rounding::RoundingMethod;
pub use rows::Money;
pub use settle::{Demand, Rationing, Settlement, Terms, settle};
pub use share::Shares;
pub use shortage::Shortage;
pub use unit::Unit;
pub use weights::Weighting;
