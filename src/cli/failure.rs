//! A run that failed, as a problem with its place.

pub use crate::report::failure::problem;
