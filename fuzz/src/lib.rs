//! The checks of `tests/attack`, for the fuzzers to feed.

pub mod memory;

#[path = "../../tests/attack/mod.rs"]
mod attack;

pub use attack::{allocate, door, expression, part, request, tables};
