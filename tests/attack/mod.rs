//! What must hold whatever stands in a file: one function a way in, each taking any bytes.
//!
//! The fuzzers of `fuzz/` and the test `tests/it/seeds.rs` run the same functions; a function
//! panics where something does not hold.

mod door;
mod expression;
mod problems;
mod tables;
mod vocabulary;

pub use door::door;
pub use expression::expression;
pub use tables::tables;
