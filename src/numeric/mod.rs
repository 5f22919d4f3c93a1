//! Deterministic numbers: the block of lanes and elementary functions without libm.
//!
//! The functions use only operations that IEEE 754 rounds correctly (`+ - * / sqrt`, comparison and
//! bit patterns), never a fused multiply-add, so every machine and every vector width computes the
//! same bits. The kernels that stand in hot loops have no branches; their lane forms are loops over
//! [`Lanes`] that the compiler turns into vector code.

mod ahead;
mod beta;
mod distance;
mod exponential;
mod gamma;
mod inverse;
mod lanes;
mod logarithm;
mod normal;
mod normal_quantile;
mod polynomial;
mod power;
pub mod simd;
mod trigonometry;

pub use ahead::fetch;
pub use beta::{incomplete_beta, incomplete_beta_at_logit, incomplete_beta_inverse_logit, ln_beta};
pub use distance::{EARTH_RADIUS_KM, great_circle_km};
pub use exponential::{exp, exp_lanes, exp_m1, exp2, exp2_lanes};
pub use gamma::{
    Tails, incomplete_gamma, incomplete_gamma_at_ln, incomplete_gamma_inverse_ln, ln_gamma,
};
pub use lanes::{ALL_LANES, clear, each_lane, first_lanes, lanes_of};
pub use logarithm::{ln, ln_1p, ln_1p_lanes, ln_lanes};
pub use normal::{normal_cdf, normal_cdf_lanes, normal_density};
pub use normal_quantile::{normal_quantile, normal_quantile_lanes};
pub use polynomial::polynomial;
pub use power::{pow, pow_lanes};
pub use trigonometry::{asin, cos, sin};

/// How many draws are computed side by side; a constant chosen by bench, results do not depend on it.
pub const LANES: usize = 64;

/// One value per draw of a block.
pub type Lanes = [f64; LANES];

#[cfg(test)]
mod tests {
    use super::{LANES, Lanes};

    /// |value − expected| relative to what was expected.
    pub(super) fn relative_error(value: f64, expected: f64) -> f64 {
        if value == expected { 0.0 } else { ((value - expected) / expected).abs() }
    }

    /// Lanes evenly spread over a range.
    pub(super) fn spread(from: f64, to: f64) -> Lanes {
        std::array::from_fn(|lane| from + (to - from) * lane as f64 / (LANES - 1) as f64)
    }
}
