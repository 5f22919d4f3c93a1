//! Elementary effects: what a figure changes when one input moves.

use super::Estimate;
use crate::stats::student_quantile;
use serde::Serialize;

/// What the elementary effects of one input or group say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Screening {
    /// Their mean.
    pub mean: f64,
    /// The mean of their sizes, μ*: how much the input matters (Campolongo, Cariboni and Saltelli 2007,
    /// doi:10.1016/j.envsoft.2006.10.004), with the interval of Student's t.
    pub size: Estimate,
    /// Their standard deviation, σ: how far the effect depends on where it is (not linear, or together
    /// with others; Morris 1991, doi:10.1080/00401706.1991.10484804).
    pub deviation: f64,
}

/// Sums up elementary effects, one a trajectory; none of fewer than two.
#[must_use]
pub fn screening(effects: &[f64]) -> Option<Screening> {
    let count = effects.len() as f64;
    if effects.len() < 2 {
        return None;
    }
    let moments = |of: &dyn Fn(f64) -> f64| {
        let mean = effects.iter().map(|effect| of(*effect)).sum::<f64>() / count;
        let squares = effects.iter().map(|effect| (of(*effect) - mean) * (of(*effect) - mean));
        (mean, (squares.sum::<f64>() / (count - 1.0)).sqrt())
    };
    let (mean, deviation) = moments(&|effect| effect);
    let (value, spread) = moments(&f64::abs);
    let reach = student_quantile(effects.len() as u64 - 1, 0.025) * spread / count.sqrt();
    let size = Estimate { value, lower: (value - reach).max(0.0), upper: value + reach };
    Some(Screening { mean, size, deviation })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_of_both_signs_by_hand() {
        // 1, −3, 2: mean 0, squares 1 + 9 + 4 = 14, σ = √7; sizes 1, 3, 2: mean 2, deviation 1, and
        // Student's t of two degrees at 97.5 % is 4.3027: 2 ± 4.3027/√3.
        let found = screening(&[1.0, -3.0, 2.0]).unwrap();
        assert_eq!((found.mean, found.size.value), (0.0, 2.0));
        assert!((found.deviation - 7.0_f64.sqrt()).abs() < 1e-15);
        assert!((found.size.upper - 4.4841).abs() < 1e-4 && found.size.lower == 0.0);
        assert_eq!(screening(&[1.0]), None);
    }
}
