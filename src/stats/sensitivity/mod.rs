//! What drives a figure: global sensitivity, from any draws and from designs.
//!
//! ```text
//! any draws ─┬─ partition   share of the variance that an input explains by itself
//!            ├─ ranks       rank correlation
//!            └─ regression  standardised coefficients, partial correlations, R²
//! designs   ─┬─ sobol       first-order and total indices
//!            └─ morris      elementary effects
//! ```
//! Pure functions of numbers: who gathers them, and how resamples are drawn, is decided elsewhere.

mod estimate;
pub mod morris;
mod partition;
#[cfg(test)]
mod published;
mod ranks;
mod regression;
pub mod sobol;

pub use estimate::Estimate;
pub use partition::Partition;
pub use ranks::{correlation_estimate, rank_correlation, ranks};
pub use regression::{Regression, Regressors};
