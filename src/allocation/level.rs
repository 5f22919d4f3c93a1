//! The water level: the height at which min(claim, height), summed, is a given amount.

use super::quotient::divided;
use super::rows::{Money, NOTHING};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// The height `whole + over / above` units, in each draw; `above` claims are higher than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// Whole units; a claim stands above the level exactly if it exceeds this.
    pub whole: Money,
    /// Numerator of the fraction, 0 ≤ over < above.
    pub over: Money,
    /// How many claims exceed the level, at least 1; where the amount is all claims, any number.
    pub above: Money,
}

impl Level {
    /// The level at which Σ min(claim, level) = amount, for claims ≥ 0 and 0 ≤ amount ≤ Σ claims.
    ///
    /// Rises from below: what the low claims leave is shared by the others (Michelot 1986,
    /// <https://doi.org/10.1007/BF00938486>). A rise is at most (newly covered / still above) times
    /// the rise before, so it ends after some log2(n) + 63 passes; on real claims after about five.
    pub fn of(claims: &[Money], amount: &Money) -> Self {
        let count = claims.len() as i64;
        let mut left = *amount;
        let mut above = [count.max(1); LANES];
        loop {
            let (whole, over) = divided(&left, &above);
            let Low { number, sum } = low(claims, &whole);
            let mut has_risen = false;
            for lane in 0..LANES {
                let higher = count - number[lane];
                // Where the amount is all claims none is higher at last: the level covers them.
                if higher < above[lane] && higher > 0 {
                    (left[lane], above[lane]) = (amount[lane] - sum[lane], higher);
                    has_risen = true;
                }
            }
            if !has_risen {
                return Self { whole, over, above };
            }
        }
    }
}

/// The claims that a height covers.
struct Low {
    number: Money,
    sum: Money,
}

vectorised! {
    fn low(claims: &[Money], height: &Money) -> Low {
        let (mut number, mut sum) = (NOTHING, NOTHING);
        for claim in claims {
            for lane in 0..LANES {
                let is_low = claim[lane] <= height[lane];
                number[lane] += i64::from(is_low);
                sum[lane] += if is_low { claim[lane] } else { 0 };
            }
        }
        Low { number, sum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `whole`, `over` and `above` of one list of claims, for an amount in each draw.
    fn levels(claims: &[i64], amounts: &[i64]) -> Vec<(i64, i64, i64)> {
        let rows: Vec<Money> = claims.iter().map(|&claim| [claim; LANES]).collect();
        let amount = std::array::from_fn(|lane| amounts[lane % amounts.len()]);
        let level = Level::of(&rows, &amount);
        (0..amounts.len())
            .map(|lane| (level.whole[lane], level.over[lane], level.above[lane]))
            .collect()
    }

    #[test]
    fn the_level_fills_the_low_claims_first() {
        // 250 over 100, 200, 300: the first is filled, 150 is left for two.
        assert_eq!(
            levels(&[100, 200, 300], &[250, 450, 501]),
            [(75 + 8, 1, 3), (175, 0, 2), (201, 0, 1)]
        );
    }

    #[test]
    fn a_level_that_equals_a_claim_leaves_that_claim_covered() {
        assert_eq!(levels(&[1, 3, 5], &[7]), [(3, 0, 1)]);
        assert_eq!(levels(&[0, 0, 5], &[0]), [(0, 0, 1)]);
    }

    #[test]
    fn an_amount_of_all_claims_covers_all() {
        for (whole, over, _) in levels(&[1, 3, 5], &[9, 9]) {
            assert!(whole >= 5 && over == 0);
        }
        assert_eq!(levels(&[], &[0]), [(0, 0, 1)]);
    }

    #[test]
    fn claims_that_grow_geometrically_end_too() {
        let claims: Vec<i64> = (0..61).map(|power| 1 << power).collect();
        let total: i64 = claims.iter().sum();
        let amounts = [1, 1000, total / 3, total - 2, total - 1];
        for ((whole, over, above), amount) in levels(&claims, &amounts).into_iter().zip(amounts) {
            let low: i64 = claims.iter().filter(|&&claim| claim <= whole).sum();
            assert_eq!(low + whole * above + over, amount);
        }
    }
}
