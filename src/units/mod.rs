//! Money in whole cents and the one way of rounding; used at the edges, names nobody but `problem`.

mod cents;
mod rounding;

pub use cents::{euro_to_cents, to_cents};
pub use rounding::round_half_up;
