//! `dotacija` simulates a state subsidy scheme before it is law.
//!
//! The modules stand in the order in which data flows: each names only modules above it.

pub mod problem;
pub mod units;
pub mod language;
pub mod numeric;
pub mod stats;
pub mod random;
pub mod expression;
pub mod allocation;
pub mod model;
pub mod scenario;
pub mod engine;
pub mod analysis;
pub mod archive;
pub mod chart;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod cli;
