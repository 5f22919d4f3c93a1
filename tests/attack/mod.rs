//! What must hold whatever stands in a file: one function a way in, each taking any bytes.
//!
//! The fuzzers of `fuzz/` and the test `tests/it/seeds.rs` run the same functions; a function
//! panics where something does not hold.

mod allocate;
mod door;
mod expression;
mod part;
mod problems;
#[cfg(feature = "serve")]
mod request;
mod tables;
mod vocabulary;

pub use allocate::allocate;
pub use door::door;
pub use expression::expression;
pub use part::part;
#[cfg(feature = "serve")]
pub use request::request;
pub use tables::tables;
