//! Numbers about numbers: moments, quantiles, intervals, queues and inequality.
//!
//! What is gathered over draws is gathered in whole numbers and merges by integer addition, so
//! that results are the same bytes for any threads, block schedule or shard split.

mod accumulator;
mod at_most;
mod block;
mod difference;
pub mod erlang;
mod exact;
mod grouping;
mod groups;
mod histogram;
pub mod inequality;
pub mod interval;
mod looks;
pub mod prim;
mod quantiles;
#[cfg(test)]
mod reference;
mod row;
mod selection;
pub mod sensitivity;
mod student;
mod wide;

pub use accumulator::Accumulator;
pub use at_most::{AtMost, at_most};
pub use block::BlockSums;
pub(crate) use block::{ends, fill};
pub use difference::difference;
pub use exact::Exact;
pub use grouping::Grouping;
pub use histogram::{Bin, Histogram};
pub use looks::{FIRST_LOOK, half_width, looks};
pub use quantiles::{EXACT_LIMIT_BYTES, QuantileMethod, Quantiles, Wanted};
pub use row::Row;
pub use selection::{Gathering, PASS_LIMIT_BYTES, Plan, Selection};
pub use student::student_quantile;
