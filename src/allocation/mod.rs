//! The claims problem: one pot, `n` claims, one draw. Knows slices of whole cents, not scenarios.
//!
//! A pot that is too small is divided in two steps: a [`RationingRule`] says which real-valued
//! [`Share`] each claim has, a [`RoundingMethod`] turns the shares into whole units that add up to
//! the pot. [`settle()`] does this for a whole programme, with guarantees, classes and competition.
//!
//! Claimants stand in order of their code, so the smaller index is the last tie-break everywhere.

mod documented;
mod level;
mod share;
mod shortage;
pub mod rationing;
pub mod rounding;
mod unit;
mod division;
mod classes;
mod competition;
mod guarantee;
mod settle;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod published;

pub use competition::PartialAward;
pub use division::{Workspace, divide, shares};
pub use documented::Documented;
pub use guarantee::{Bounds, GuaranteeMode};
pub use rationing::RationingRule;
pub use rounding::RoundingMethod;
pub use settle::{Demand, Rationing, Settlement, Terms, settle};
pub use share::Share;
pub use shortage::Shortage;
pub use unit::Unit;
