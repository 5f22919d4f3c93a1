//! The checks of `tests/attack`, for the fuzzers to feed.

#[path = "../../tests/attack/mod.rs"]
mod attack;

pub use attack::{door, expression, tables};
