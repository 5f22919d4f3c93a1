//!
//! What is gathered over draws is gathered in whole numbers and merges by integer addition, so
//! that results are the same bytes for any threads, block schedule or shard split.

mod accumulator;
mod wide;

pub use accumulator::Accumulator;
