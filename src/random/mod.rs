//! Chance: counter-based random numbers and the distributions they are turned into.
//!
//! A draw's value is a function of seed, input, entity, year and number of the draw, and of nothing
//! else: [`stream`] names the sequence, [`scores`] gives a block of it as standard normal scores, and a
//! [`Distribution`](distribution::Distribution) turns scores into values.

pub mod dependence;
pub mod distribution;
mod generator;
mod philox;
pub mod plan;
mod stream;

pub use generator::Generator;
pub use philox::{Counter, Key, philox, philox_lanes};
pub use plan::{Plan, Sampling, Sequence};
pub use stream::{Bits, meeting, score, scores, stream, uniform, uniforms};
