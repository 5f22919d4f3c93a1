//! Policies and values of several levers side by side: what each comes to in several measures, which of
//! them another beats in all, and what each would be regretted.
//!
//! ```text
//! spans ──► settings ──► gather ──┬─► frontier   measures, and who dominates whom
//!                                 └─► regret     what the best would have given more, draw by draw
//! ```
//! All of them are simulated on the same draws, so that what differs is policy and levers alone.

mod dominance;
mod gather;
mod regret;
mod sampled;
mod settings;
#[cfg(test)]
mod tests;

pub use dominance::{Frontier, Point, Status, frontier};
pub use gather::{Alternative, Gathering, Make, Objective, Stop, gather, same_in_all_draws};
pub use regret::{Felt, Regret, Regrets, Rivals, regrets};
pub use settings::{Setting, Span, Spread, settings};
