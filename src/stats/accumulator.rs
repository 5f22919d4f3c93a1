//! Count, mean, spread and extremes of whole numbers, the same whatever the order.

use super::wide::Wide;

/// Moments of fixed-point values ("quanta": cents for money, else as the caller scales).
///
/// Everything kept is an exact integer, so the order of values and the tree of merges never
/// matter; `f64` appears only in what is read out, in quanta. No input can overflow it: sums have
/// 128 bits, sums of squares 192.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accumulator {
    count: u64,
    missing: u64,
    sum: i128,
    squares: Wide,
    least: i64,
    greatest: i64,
}

impl Default for Accumulator {
    fn default() -> Self {
        Self {
            count: 0,
            missing: 0,
            sum: 0,
            squares: Wide::default(),
            least: i64::MAX,
            greatest: i64::MIN,
        }
    }
}

impl Accumulator {
    /// Nothing so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one value.
    #[inline]
    pub fn add(&mut self, value: i64) {
        self.count += 1;
        self.sum += i128::from(value);
        self.squares.add_square(value);
        self.least = self.least.min(value);
        self.greatest = self.greatest.max(value);
    }

    /// Adds one value per draw of a block.
    pub fn add_lanes(&mut self, values: &[i64]) {
        // A local copy, so that the loop keeps its sums in registers.
        let mut sums = self.clone();
        for &value in values {
            sums.add(value);
        }
        *self = sums;
    }

    /// Counts a draw that has no value (a ratio whose cost is 0): it enters nothing else.
    pub fn add_missing(&mut self) {
        self.missing += 1;
    }

    /// Adds all that another accumulator has seen.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.missing += other.missing;
        self.sum += other.sum;
        self.squares.add(other.squares);
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
    }

    /// How many values were added, without the missing.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many draws had no value.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// The exact sum.
    pub fn sum(&self) -> i128 {
        self.sum
    }

    /// The least value, if there is any.
    pub fn least(&self) -> Option<i64> {
        (self.count > 0).then_some(self.least)
    }

    /// The greatest value, if there is any.
    pub fn greatest(&self) -> Option<i64> {
        (self.count > 0).then_some(self.greatest)
    }

    /// The mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The sample variance (divisor n − 1); `None` with fewer than two values.
    ///
    /// With Σx = n·m + r, 0 ≤ r < n (signs turned where the sum is negative), the squares about the
    /// whole number m sum to S = Σx² − m(Σx + r), exact in integers. The squares about the mean sum
    /// to (S − r) + r(n − r)/n: two terms that are never negative, so nothing cancels however small
    /// the spread is beside the mean.
    pub fn variance(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let total = self.sum.unsigned_abs();
        let count = u128::from(self.count);
        let (near_mean, rest) = ((total / count) as u64, (total % count) as u64);
        let product = Wide::product(near_mean, total + u128::from(rest));
        let whole_part = self.squares.minus(product).minus(Wide::from(rest)).to_f64();
        let n = self.count as f64;
        let part_of_one = rest as f64 * (self.count - rest) as f64 / n;
        Some((whole_part + part_of_one) / (n - 1.0))
    }

    /// The sample standard deviation (divisor n − 1); `None` with fewer than two values.
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// The Monte Carlo standard error of the mean of independent draws, sd/√n; `None` with fewer
    /// than two values. (Paired or scrambled plans take it from their pairs or means instead.)
    pub fn mcse(&self) -> Option<f64> {
        self.variance().map(|variance| (variance / self.count as f64).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(values: &[i64]) -> Accumulator {
        let mut accumulator = Accumulator::new();
        accumulator.add_lanes(values);
        accumulator
    }

    #[test]
    fn moments_of_a_small_sample_are_those_worked_by_hand() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 40/8 = 5; squares about it 9+1+1+1+0+0+4+16 = 32; 32/7.
        let sample = of(&[2, 4, 4, 4, 5, 5, 7, 9]);
        assert_eq!(sample.count(), 8);
        assert_eq!(sample.sum(), 40);
        assert_eq!(sample.mean(), Some(5.0));
        assert_eq!(sample.variance(), Some(32.0 / 7.0));
        assert_eq!(sample.mcse(), Some((4.0_f64 / 7.0).sqrt()));
        assert_eq!((sample.least(), sample.greatest()), (Some(2), Some(9)));
    }

    #[test]
    fn a_mean_between_two_quanta_leaves_no_error() {
        // −1, −2, −2: mean −5/3; squares about it 4/9 + 1/9 + 1/9 = 2/3; variance 1/3.
        assert_eq!(of(&[-1, -2, -2]).variance(), Some(1.0 / 3.0));
        assert_eq!(of(&[-1, -2, -2]).mean(), Some(-5.0 / 3.0));
    }

    #[test]
    fn a_constant_has_no_spread_and_a_single_value_has_none_to_speak_of() {
        assert_eq!(of(&[123_456_789_012; 1000]).sd(), Some(0.0));
        assert_eq!(of(&[7]).sd(), None);
        assert_eq!(of(&[]).mean(), None);
        assert_eq!(of(&[]).least(), None);
    }

    #[test]
    fn a_cent_of_spread_beside_ten_thousand_million_euro_is_seen() {
        // 10¹² and 10¹² + 1: squares about the mean 2 · ¼, divided by 1.
        assert_eq!(of(&[1_000_000_000_000, 1_000_000_000_001]).variance(), Some(0.5));
    }

    #[test]
    fn the_greatest_values_do_not_overflow() {
        // ±2⁶³ (less one): mean −½; each lies 2⁶³ − ½ from it: variance 2(2⁶³ − ½)² ≈ 2¹²⁷.
        let two_to_127 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
        assert_eq!(of(&[i64::MIN, i64::MAX]).variance(), Some(two_to_127));
        // A thousand of 2⁶³: the sum of squares is 1000 · 2¹²⁶, past 128 bits.
        assert_eq!(of(&[i64::MIN; 1000]).variance(), Some(0.0));
    }

    #[test]
    fn missing_draws_are_counted_apart() {
        let mut sample = of(&[10, 20]);
        sample.add_missing();
        let mut both = of(&[30]);
        both.add_missing();
        both.merge(&sample);
        assert_eq!((both.count(), both.missing(), both.mean()), (3, 2, Some(20.0)));
    }

    proptest! {
        #[test]
        fn order_and_merge_tree_never_matter(values in proptest::collection::vec(any::<i64>(), 0..200), cut in 0_usize..200) {
            let whole = of(&values);
            let cut = cut.min(values.len());
            let mut reversed: Vec<i64> = values[cut..].to_vec();
            reversed.reverse();
            let mut parts = of(&reversed);
            parts.merge(&of(&values[..cut]));
            prop_assert_eq!(&whole, &parts);
            prop_assert_eq!(whole.sd().map(f64::to_bits), parts.sd().map(f64::to_bits));
        }

        #[test]
        fn the_variance_is_that_of_exact_integer_arithmetic(values in proptest::collection::vec(-1_000_000_i64..1_000_000, 2..100)) {
            // n Σx² − (Σx)², exact in i128, over n(n − 1).
            let n = values.len() as i128;
            let sum: i128 = values.iter().map(|&x| i128::from(x)).sum();
            let squares: i128 = values.iter().map(|&x| i128::from(x) * i128::from(x)).sum();
            let expected = (n * squares - sum * sum) as f64 / (n * (n - 1)) as f64;
            let variance = of(&values).variance().unwrap_or(f64::NAN);
            prop_assert!((variance - expected).abs() <= 1e-14 * expected);
        }
    }
}
