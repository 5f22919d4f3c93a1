//! The water level: the height at which min(claim, height), summed, is a given amount.

/// The height `whole + over / above` units; `above` claims are higher than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// Whole units; a claim stands above the level exactly if it exceeds this.
    pub whole: i64,
    /// Numerator of the fraction, 0 ≤ over < above.
    pub over: i64,
    /// How many claims exceed the level; at least 1.
    pub above: i64,
}

impl Level {
    /// The level at which Σ min(claim, level) = amount, for claims ≥ 0 and 0 ≤ amount < Σ claims.
    ///
    /// Rises from below: what the low claims leave is shared by the others (Michelot 1986,
    /// <https://doi.org/10.1007/BF00938486>). A rise is at most (newly covered / still above) times
    /// the rise before, so it ends after some log2(n) + 63 passes; on real claims after about five.
    pub fn of(claims: &[i64], amount: i64) -> Self {
        let count = claims.len() as i64;
        let mut covered = 0;
        let mut above = count.max(1);
        loop {
            let left = amount - covered;
            let level = Self { whole: left / above, over: left % above, above };
            let mut low = 0;
            let mut sum = 0;
            for &claim in claims {
                let is_low = claim <= level.whole;
                low += i64::from(is_low);
                sum += if is_low { claim } else { 0 };
            }
            // None above is impossible for an amount below the sum; it only guards the division.
            if count - low >= above || count == low {
                return level;
            }
            (covered, above) = (sum, count - low);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_fills_the_low_claims_first() {
        // 250 over 100, 200, 300: the first is filled, 150 is left for two.
        assert_eq!(Level::of(&[100, 200, 300], 250), Level { whole: 75 + 8, over: 1, above: 3 });
        assert_eq!(Level::of(&[100, 200, 300], 450), Level { whole: 175, over: 0, above: 2 });
        assert_eq!(Level::of(&[100, 200, 300], 501), Level { whole: 201, over: 0, above: 1 });
    }

    #[test]
    fn a_level_that_equals_a_claim_leaves_that_claim_covered() {
        assert_eq!(Level::of(&[1, 3, 5], 7), Level { whole: 3, over: 0, above: 1 });
        assert_eq!(Level::of(&[0, 0, 5], 0), Level { whole: 0, over: 0, above: 1 });
    }

    #[test]
    fn claims_that_grow_geometrically_end_too() {
        let claims: Vec<i64> = (0..61).map(|power| 1 << power).collect();
        let total: i64 = claims.iter().sum();
        for amount in [1, 1000, total / 3, total - 2, total - 1] {
            let level = Level::of(&claims, amount);
            let low: i64 = claims.iter().filter(|&&claim| claim <= level.whole).sum();
            assert_eq!(low + level.whole * level.above + level.over, amount);
        }
    }
}
