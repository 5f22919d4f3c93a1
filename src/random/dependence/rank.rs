//! Rank correlations and correlations of normal scores.
//!
//! Of two standard normal numbers with correlation ρ the rank correlation is (6/π) asin(ρ/2): Pearson
//! (1907), «Mathematical contributions to the theory of evolution XVI»; Kruskal (1958),
//! doi:10.1080/01621459.1958.10501481.

use std::f64::consts::PI;

use crate::numeric::{asin, sin};

/// The correlation of normal scores that gives this rank correlation (Spearman's): 2 sin(π rank / 6).
/// Exact at −1, 0 and 1; NaN beyond.
#[must_use]
pub fn score_correlation(rank: f64) -> f64 {
    match rank.abs() {
        size if size < 1.0 => 2.0 * sin(PI / 6.0 * rank),
        1.0 => rank,
        _ => f64::NAN,
    }
}

/// The rank correlation (Spearman's) of continuous values whose normal scores have this correlation:
/// (6/π) asin(ρ/2). Exact at −1, 0 and 1; NaN beyond.
#[must_use]
pub fn rank_correlation(score: f64) -> f64 {
    match score.abs() {
        size if size < 1.0 => 6.0 / PI * asin(0.5 * score),
        1.0 => score,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_and_scores_turn_into_each_other() {
        // 2 sin(π/12) = (√6 − √2)/2, 2 sin(π/18) by sixty digits
        let half = (6.0_f64.sqrt() - 2.0_f64.sqrt()) / 2.0;
        assert!((score_correlation(0.5) - half).abs() < 1e-15);
        assert!((score_correlation(-1.0 / 3.0) + 0.347_296_355_333_860_7).abs() < 1e-15);
        for step in -100..=100 {
            let rank = f64::from(step) / 100.0;
            assert!((rank_correlation(score_correlation(rank)) - rank).abs() < 1e-15);
        }
        assert_eq!([-1.0, 0.0, 1.0].map(score_correlation), [-1.0, 0.0, 1.0]);
        assert_eq!([-1.0, 0.0, 1.0].map(rank_correlation), [-1.0, 0.0, 1.0]);
        assert!(score_correlation(1.1).is_nan() && rank_correlation(f64::NAN).is_nan());
    }
}
