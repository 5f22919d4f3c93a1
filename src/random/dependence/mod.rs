//! Dependence between inputs: a Gaussian copula, given by rank correlations.
//!
//! A rank correlation of two inputs becomes a correlation of their normal scores
//! ([`score_correlation`]). The scores of tied inputs are mixed by the [`Factor`] of their
//! [`CorrelationMatrix`] and stay standard normal, so every distribution keeps its own shape. What no
//! numbers can follow is told by its smallest eigenvalue and by the nearest matrix that can be
//! followed; what distributions of separate values reach is worked out by [`Ranks`].

mod factor;
mod matrix;
mod nearest;
mod rank;
mod ranks;
#[cfg(test)]
mod reference;

pub use factor::Factor;
pub use matrix::{CorrelationMatrix, MatrixFault};
pub use nearest::{nearest, smallest_eigenvalue};
pub use rank::{rank_correlation, score_correlation};
pub use ranks::Ranks;
