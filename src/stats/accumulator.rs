//! Count, mean, spread and extremes of whole numbers, the same whatever the order.

use super::block::BlockSums;
use super::grouping::Grouping;
use super::groups::Groups;
use super::row::Row;
use super::wide::Wide;
use crate::numeric::{ALL_LANES, LANES};
use serde::{Deserialize, Serialize};

/// Moments of fixed-point values ("quanta": cents for money, else as the caller scales).
///
/// Everything kept is an exact integer, so the order of values and the tree of merges never
/// matter; `f64` appears only in what is read out, in quanta. No input can overflow it: sums have
/// 128 bits, sums of squares 192.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accumulator {
    count: u64,
    missing: u64,
    sum: i128,
    squares: Wide,
    least: i64,
    greatest: i64,
    groups: Groups,
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
            groups: Groups::Independent,
        }
    }
}

impl Accumulator {
    /// Nothing so far, of draws that stand alone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing so far, of draws that belong together.
    #[must_use]
    pub fn grouped(grouping: Grouping) -> Self {
        Self { groups: Groups::new(grouping), ..Self::default() }
    }

    /// How the draws belong together.
    pub fn grouping(&self) -> Grouping {
        self.groups.grouping()
    }

    /// Adds one value, of a draw that belongs to no other.
    pub fn add(&mut self, value: i64) {
        self.add_lanes(&[value]);
    }

    /// Adds one value per draw; the first draw has a number divisible by 64.
    pub fn add_lanes(&mut self, values: &[i64]) {
        let (blocks, rest) = values.as_chunks::<LANES>();
        for block in blocks {
            self.add_present(block, ALL_LANES, &BlockSums::of(block));
        }
        Row::all_of(rest).for_each(|row| self.add_row(&row));
    }

    /// Adds the draws of a block whose bit of `present` is set, the first draw at the lowest bit.
    pub fn add_some(&mut self, values: &[i64; LANES], present: u64) {
        if let Some(row) = Row::of(values, present) {
            self.add_row(&row);
        }
    }

    /// Adds a figure's values of a block.
    #[inline]
    pub fn add_row(&mut self, row: &Row) {
        self.add_present(&row.values, row.present, &row.sums);
    }

    #[inline]
    fn add_present(&mut self, values: &[i64; LANES], present: u64, sums: &BlockSums) {
        self.add_sums(present.count_ones(), sums);
        if present == ALL_LANES {
            self.groups.add_block(values, sums);
        } else {
            self.groups.add_some(values, present);
        }
    }

    #[inline]
    fn add_sums(&mut self, count: u32, sums: &BlockSums) {
        self.count += u64::from(count);
        self.sum += sums.sum;
        self.squares.add(sums.squares);
        self.least = self.least.min(sums.least);
        self.greatest = self.greatest.max(sums.greatest);
    }

    /// Counts draws that have no value (a ratio whose cost is 0): they enter nothing else.
    pub fn add_missing(&mut self, draws: u32) {
        self.missing += u64::from(draws);
    }

    /// Whether so many draws, grouped in this way, can have come to it: of one that was read from a file.
    pub fn is_sound(&self, grouping: Grouping, draws: u64) -> bool {
        let seen = self.count.checked_add(self.missing);
        let count = i128::from(self.count);
        let ends = i128::from(self.least) * count..=i128::from(self.greatest) * count;
        let is_bounded = if self.count > 0 {
            ends.contains(&self.sum)
        } else {
            *self == Self { missing: self.missing, ..Self::grouped(grouping) }
        };
        seen.is_some_and(|seen| seen <= draws)
            && is_bounded
            && self.groups.grouping() == grouping
            && self.groups.are_sound(self.count)
    }

    /// Adds all that another accumulator has seen.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.missing += other.missing;
        self.sum += other.sum;
        self.squares.add(other.squares);
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        self.groups.merge(&other.groups);
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

    /// The Monte Carlo standard error of the mean: sd/√n where draws stand alone, else from the
    /// spread of whole groups (K/(K − 1) · Σ(tₖ − nₖm)² / n² for groups of nₖ values that add up to
    /// tₖ; Cochran, Sampling Techniques, 1977, section 9A). `None` with fewer than two groups.
    pub fn mcse(&self) -> Option<f64> {
        let variance = match self.groups {
            Groups::Independent => self.variance()? / self.count as f64,
            _ => self.groups.variance_of_mean(self.count, self.sum)?,
        };
        Some(variance.sqrt())
    }

    /// Degrees of freedom of the standard error: one less than there are draws that stand alone, or
    /// groups with a value.
    pub fn degrees_of_freedom(&self) -> u64 {
        self.groups.count(self.count).unwrap_or(self.count).saturating_sub(1)
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
        sample.add_missing(1);
        let mut both = of(&[30]);
        both.add_missing(1);
        both.merge(&sample);
        assert_eq!((both.count(), both.missing(), both.mean()), (3, 2, Some(20.0)));
    }

    fn grouped(grouping: Grouping, values: &[i64]) -> Accumulator {
        let mut accumulator = Accumulator::grouped(grouping);
        accumulator.add_lanes(values);
        accumulator
    }

    #[test]
    fn the_error_of_pairs_is_that_of_their_means() {
        // (1, 4), (2, 4), (0, 7): means 2.5, 3, 3.5, sd ½, error ½/√3.
        let pairs = grouped(Grouping::Pairs, &[1, 4, 2, 4, 0, 7]);
        assert!((pairs.mcse().unwrap() - 0.5 / 3.0_f64.sqrt()).abs() < 1e-15);
        // Mirrored draws: every pair has the same mean, however far its draws lie apart.
        let mirrored = grouped(Grouping::Pairs, &[-1_000_001, 1_000_002, 7, -6, 0, 1]);
        assert_eq!(mirrored.mcse(), Some(0.0));
        // Signs do not matter.
        let turned = grouped(Grouping::Pairs, &[-1, -4, -2, -4, 0, -7]);
        assert_eq!(turned.mcse(), pairs.mcse());
    }

    #[test]
    fn a_draw_without_its_partner_is_a_group_of_one() {
        // (1, 3), (2, 4), 5: mean 3, deviations 4 − 6, 6 − 6 and 5 − 3: squares 4 + 0 + 4, K/(K − 1)
        // = 3/2, n² = 25: 12/25.
        let odd = grouped(Grouping::Pairs, &[1, 3, 2, 4, 5]);
        assert!((odd.mcse().unwrap() - (12.0_f64 / 25.0).sqrt()).abs() < 1e-15);
        // The partner's place does not matter, nor which partner is missing.
        let mut apart = Accumulator::grouped(Grouping::Pairs);
        let mut values = [0; LANES];
        (values[0], values[1], values[3], values[40], values[41]) = (1, 3, 5, 2, 4);
        apart.add_some(&values, 0b1011 | 0b11 << 40);
        assert_eq!(apart, odd);
        assert_eq!(grouped(Grouping::Pairs, &[1, 3]).mcse(), None);
    }

    #[test]
    fn the_error_of_sixteen_groups_is_a_quarter_of_the_spread_of_their_means() {
        // Group g holds g and g + 32: means g + 16; sample variance of 0…15 is 16 · 17 / 12 = 22⅔.
        let values: Vec<i64> = (0..16).chain(32..48).collect();
        let error = grouped(Grouping::Sixteen, &values).mcse().unwrap();
        assert!((error - (68.0_f64 / 3.0).sqrt() / 4.0).abs() < 1e-14);
        // 17 draws 0…16: mean 8; the first group deviates by 0 + 16 − 2 · 8 = 0, group g by g − 8:
        // squares 2 (49 + 36 + 25 + 16 + 9 + 4 + 1) + 0 = 280; 16/15 · 280/17².
        let values: Vec<i64> = (0..17).collect();
        let error = grouped(Grouping::Sixteen, &values).mcse().unwrap();
        assert!((error - (16.0 / 15.0 * 280.0 / 289.0_f64).sqrt()).abs() < 1e-15);
        assert_eq!(grouped(Grouping::Sixteen, &[5]).mcse(), None);
    }

    proptest! {
        #[test]
        fn groups_give_what_plain_arithmetic_gives(
            values in proptest::collection::vec(-1_000_000_i64..1_000_000, 32..200),
            sizes in 1_u64..1 << 20,
        ) {
            let values: Vec<i64> = values.iter().map(|value| value * sizes as i64 / 7).collect();
            let mean = values.iter().map(|&x| i128::from(x)).sum::<i128>() as f64 / values.len() as f64;
            let by = |group: &dyn Fn(usize) -> usize, groups: usize| {
                let mut sums = vec![(0.0, false); groups];
                for (draw, value) in values.iter().enumerate() {
                    let sum = &mut sums[group(draw)];
                    *sum = (sum.0 + *value as f64 - mean, true);
                }
                sums.retain(|sum| sum.1);
                let k = sums.len() as f64;
                let squares: f64 = sums.iter().map(|sum| sum.0 * sum.0).sum();
                (k / (k - 1.0) * squares).sqrt() / values.len() as f64
            };
            for (grouping, expected) in [
                (Grouping::Pairs, by(&|draw| draw / 2, values.len())),
                (Grouping::Sixteen, by(&|draw| draw % 16, 16)),
            ] {
                let found = grouped(grouping, &values);
                prop_assert!((found.mcse().unwrap() - expected).abs() <= 1e-7 * expected);
                // In two parts, the second first.
                let (first, second) = values.split_at(values.len().min(64));
                let mut parts = grouped(grouping, second);
                parts.merge(&grouped(grouping, first));
                prop_assert_eq!(&found, &parts);
            }
        }

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
