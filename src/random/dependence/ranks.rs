//! The rank correlation that distributions reach, separate values among them.
//!
//! The rank of a value is its mid-distribution: the share below it and half of its own, as in
//! Spearman's correlation with ties (Nešlehová 2007, doi:10.1016/j.jmva.2005.11.007). As a function of
//! the score it is a staircase, so the covariance of two ranks is a sum over pairs of steps of
//! P(Z₁ > s, Z₂ > t) − P(Z₁ > s) P(Z₂ > t) = ∫₀^{asin ρ} exp(−(s² + t² − 2 s t sin θ)/(2 cos² θ)) dθ / 2π
//! (Plackett 1954, doi:10.1093/biomet/41.3-4.351), taken by Gauss and Legendre's rule. A continuous
//! distribution is one step: Φ(Z) = P(W < Z) of another score W, so its ranks are those of (Z − W)/√2
//! being above 0.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use super::score_correlation;
use crate::numeric::{asin, cos, exp, normal_cdf, normal_quantile, sin};
use crate::random::distribution::Distribution;

/// Into how many equally likely cells a distribution is cut to look for its values; rarer ones count
/// as a continuous stretch, at a loss below 10⁻⁴ of a correlation.
const CELLS: usize = 128;
/// Beyond this score nothing is looked for.
const FARTHEST: f64 = 8.0;
/// Steps nearer to each other than this are one.
const SAME: f64 = 1e-9;
/// Into how many parts the angle is cut, each taken by eight nodes.
const PARTS: usize = 4;
/// Positive nodes and weights of Gauss and Legendre's rule with eight nodes on −1..1.
const NODES: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];
/// How near a rank correlation comes to the one wanted, and after how many steps it is given up.
const NEAR: (f64, usize) = (1e-5, 40);

/// The ranks of a distribution as a function of its normal score.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranks {
    /// Scores at which the rank rises, and by how much.
    steps: Vec<(f64, f64)>,
    /// Correlation of what the steps compare with the score.
    share: f64,
    /// Standard deviation of the rank.
    deviation: f64,
}

impl Ranks {
    /// Those of a distribution.
    #[must_use]
    pub fn new(distribution: &dyn Distribution) -> Self {
        if let Some(thresholds) = thresholds(distribution) {
            return Self::of_steps(&thresholds);
        }
        let deviation = (1.0_f64 / 12.0).sqrt();
        Self { steps: vec![(0.0, 1.0)], share: FRAC_1_SQRT_2, deviation }
    }

    fn of_steps(thresholds: &[f64]) -> Self {
        let mut shares = Vec::with_capacity(thresholds.len() + 1);
        let mut below = 0.0;
        for &threshold in thresholds {
            shares.push(normal_cdf(threshold) - below);
            below = normal_cdf(threshold);
        }
        shares.push(1.0 - below);
        let rises = shares.windows(2).map(|pair| 0.5 * (pair[0] + pair[1]));
        // The variance of ranks with ties is (1 − Σ p³)/12.
        let cubes: f64 = shares.iter().map(|share| share * share * share).sum();
        Self {
            steps: thresholds.iter().copied().zip(rises).collect(),
            share: 1.0,
            deviation: ((1.0 - cubes).max(0.0) / 12.0).sqrt(),
        }
    }

    /// Whether the distribution has separate values, so that ranks are tied.
    pub fn are_tied(&self) -> bool {
        self.share == 1.0
    }

    /// The rank correlation with another input where the scores have correlation `score`; 0 where one
    /// of them has a single value.
    #[must_use]
    pub fn correlation(&self, other: &Self, score: f64) -> f64 {
        let deviations = self.deviation * other.deviation;
        if deviations == 0.0 {
            return 0.0;
        }
        let angle = asin((score * self.share * other.share).clamp(-1.0, 1.0));
        let half = 0.5 * angle / PARTS as f64;
        let mut sum = 0.0;
        for part in 0..PARTS {
            let middle = half * (2 * part + 1) as f64;
            for (node, weight) in NODES {
                for theta in [middle - half * node, middle + half * node] {
                    sum += weight * self.rise(other, theta);
                }
            }
        }
        (half * sum / (2.0 * PI) / deviations).clamp(-1.0, 1.0)
    }

    /// Σ over pairs of steps of exp(−(s² + t² − 2 s t sin θ)/(2 cos² θ)), weighted by their rises.
    fn rise(&self, other: &Self, theta: f64) -> f64 {
        let (twice, cosine) = (2.0 * sin(theta), cos(theta));
        let scale = -0.5 / (cosine * cosine);
        let mut sum = 0.0;
        for &(s, rise) in &self.steps {
            let mut inner = 0.0;
            for &(t, other) in &other.steps {
                inner += other * exp(scale * (s * s + t * t - twice * s * t));
            }
            sum += rise * inner;
        }
        sum
    }

    /// The rank that must be asked for, so that this rank correlation comes out; none if none does.
    /// By regula falsi (Illinois; Dowell & Jarratt 1971, doi:10.1007/BF01934364).
    #[must_use]
    pub fn to_ask(&self, other: &Self, wanted: f64) -> Option<f64> {
        let miss = |rank: f64| self.correlation(other, score_correlation(rank)) - wanted;
        let (mut from, mut to) = ((-1.0, miss(-1.0)), (1.0, miss(1.0)));
        if from.1 > 0.0 || to.1 < 0.0 {
            return None;
        }
        for _ in 0..NEAR.1 {
            let rank = (from.0 * to.1 - to.0 * from.1) / (to.1 - from.1);
            let found = miss(rank);
            if found.abs() < NEAR.0 {
                return Some(rank);
            }
            if (found > 0.0) == (to.1 > 0.0) {
                to = (rank, found);
                from.1 *= 0.5;
            } else {
                from = (rank, found);
                to.1 *= 0.5;
            }
        }
        None
    }
}

/// The scores between which a distribution keeps its value; none where it keeps none for long enough.
fn thresholds(distribution: &dyn Distribution) -> Option<Vec<f64>> {
    let score = |cell: usize| match cell {
        0 => -FARTHEST,
        CELLS => FARTHEST,
        _ => normal_quantile(cell as f64 / CELLS as f64),
    };
    let (mut found, mut is_flat): (Vec<f64>, bool) = (Vec::new(), false);
    let mut from = (score(0), distribution.at_score(score(0)));
    for cell in 1..=CELLS {
        let to = (score(cell), distribution.at_score(score(cell)));
        if from.1 == to.1 {
            is_flat = true;
        } else {
            let leaves = edge(from.0, to.0, |score| distribution.at_score(score) == from.1);
            let arrives = edge(from.0, to.0, |score| distribution.at_score(score) != to.1);
            for at in [leaves, arrives] {
                if found.last().is_none_or(|last| at - last > SAME) {
                    found.push(at);
                }
            }
        }
        from = to;
    }
    is_flat.then_some(found)
}

/// Where what holds at the first score and not at the second ends.
fn edge(mut from: f64, mut to: f64, holds: impl Fn(f64) -> bool) -> f64 {
    while to - from > 0.1 * SAME {
        let middle = 0.5 * (from + to);
        if holds(middle) {
            from = middle;
        } else {
            to = middle;
        }
    }
    0.5 * (from + to)
}

#[cfg(test)]
mod tests {
    use super::super::rank_correlation;
    use super::*;
    use crate::random::distribution::{Bernoulli, Discrete, Empirical, LogNormal, Pert, Poisson};

    fn coin(probability: f64) -> Ranks {
        Ranks::new(&Bernoulli::new(probability).unwrap())
    }

    #[test]
    fn continuous_values_reach_what_the_copula_says() {
        let (a, b) = (LogNormal::new(2.0, 0.4).unwrap(), Pert::new(0.0, 1.0, 5.0, 4.0).unwrap());
        let (a, b) = (Ranks::new(&a), Ranks::new(&b));
        assert!(!a.are_tied() && !b.are_tied());
        for rank in [-1.0, -0.6, 0.0, 0.3, 0.95, 1.0] {
            let found = a.correlation(&b, score_correlation(rank));
            assert!((found - rank).abs() < 1e-12, "{found} for {rank}");
            assert!((rank_correlation(score_correlation(rank)) - rank).abs() < 1e-12);
        }
    }

    #[test]
    fn two_even_coins_follow_sheppard() {
        // P(Z₁ > 0, Z₂ > 0) = 1/4 + asin(ρ)/2π (Sheppard 1899), so the coins have correlation
        // 2 asin(ρ)/π, and so have their ranks.
        let even = coin(0.5);
        assert!(even.are_tied());
        for score in [-0.8, -0.2, 0.0, 0.5, 0.99, 1.0] {
            let expected = 2.0 * asin(score) / PI;
            assert!((even.correlation(&even, score) - expected).abs() < 1e-9, "{score}");
        }
    }

    #[test]
    fn a_coin_reaches_at_most_what_one_step_can() {
        // A coin of chance p beside a continuous rank U that is above 1 − p just when it shows 1:
        // Cov = p(1 − p)/2, deviations √(p(1 − p))·½ of the coin's rank (its two ranks are ½ apart)
        // and √(1/12), so at most √(3 p (1 − p)).
        let smooth = Ranks::new(&LogNormal::new(1.0, 1.0).unwrap());
        for chance in [0.5_f64, 0.2, 0.03] {
            let most = (3.0 * chance * (1.0 - chance)).sqrt();
            let found = coin(chance).correlation(&smooth, 1.0);
            assert!((found - most).abs() < 1e-6, "{found} for {most}");
            assert_eq!(coin(chance).to_ask(&smooth, most + 0.01), None);
        }
        // Two coins of chance 0.1 and 0.5 tied as closely as can be: φ = √(0.1·0.5/(0.9·0.5)) = 1/3.
        assert!((coin(0.1).correlation(&coin(0.5), 1.0) - 1.0 / 3.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_to_be_asked_gives_what_is_wanted() {
        let rare = Ranks::new(&Poisson::new(0.7).unwrap());
        let few = Discrete::new(&[0.0, 1.0, 3.0], &[0.5, 0.3, 0.2]).unwrap();
        let few = Ranks::new(&few);
        for wanted in [-0.4, 0.0, 0.5, 0.7] {
            let asked = rare.to_ask(&few, wanted).unwrap();
            let found = rare.correlation(&few, score_correlation(asked));
            assert!((found - wanted).abs() < 1e-4, "{asked}: {found} for {wanted}");
            assert!(asked.abs() >= wanted.abs());
        }
    }

    #[test]
    fn many_values_lose_next_to_nothing() {
        let values: Vec<f64> = (0..500).map(f64::from).collect();
        let (many, smooth) = (Empirical::new(&values).unwrap(), LogNormal::new(1.0, 1.0).unwrap());
        let found = Ranks::new(&many).correlation(&Ranks::new(&smooth), score_correlation(0.5));
        assert!((found - 0.5).abs() < 1e-3, "{found}");
        let counts = Ranks::new(&Poisson::new(40.0).unwrap());
        assert!((counts.correlation(&counts, 1.0) - 1.0).abs() < 1e-3);
        assert!((counts.correlation(&counts, score_correlation(0.5)) - 0.5).abs() < 3e-3);
    }

    #[test]
    fn a_single_value_is_tied_with_nothing() {
        let same = Ranks::new(&Poisson::new(0.0).unwrap());
        assert_eq!(same.correlation(&coin(0.5), 1.0), 0.0);
    }
}
