//! Sums over groups of draws, and the variance of a mean from them.

use super::block::BlockSums;
use super::grouping::Grouping;
use super::wide::Wide;
use crate::numeric::LANES;
use serde::{Deserialize, Serialize};

/// What is kept of the groups of draws beside the moments of all; integers that merge by addition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Groups {
    /// The moments suffice.
    Independent,
    /// Sums of pairs.
    Pairs(Box<Pairs>),
    /// Sums by number of the draw modulo 16.
    Sixteen(Box<[Group; 16]>),
}

/// Pairs, of which either draw may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pairs {
    /// Of the sum of each pair, or of the one value of it that there is.
    squares: Wide,
    /// Pairs with one value.
    singles: u64,
    /// The sum of those values.
    of_singles: i128,
}

/// One of sixteen groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Group {
    count: u64,
    sum: i128,
}

impl Groups {
    pub(super) fn new(grouping: Grouping) -> Self {
        match grouping {
            Grouping::Independent => Self::Independent,
            Grouping::Pairs => Self::Pairs(Box::default()),
            Grouping::Sixteen => Self::Sixteen(Box::default()),
        }
    }

    pub(super) fn grouping(&self) -> Grouping {
        match self {
            Self::Independent => Grouping::Independent,
            Self::Pairs(_) => Grouping::Pairs,
            Self::Sixteen(_) => Grouping::Sixteen,
        }
    }

    /// Adds a full block.
    #[inline]
    pub(super) fn add_block(&mut self, values: &[i64; LANES], sums: &BlockSums) {
        match self {
            Self::Independent => {}
            Self::Pairs(pairs) => pairs.squares.add(sums.squares_of_pairs(values)),
            Self::Sixteen(groups) => {
                for (group, sum) in groups.iter_mut().zip(sums.by_sixteen(values)) {
                    group.count += LANES as u64 / 16;
                    group.sum += sum;
                }
            }
        }
    }

    /// Adds the draws of a block whose bit of `present` is set.
    pub(super) fn add_some(&mut self, values: &[i64; LANES], present: u64) {
        match self {
            Self::Independent => {}
            Self::Pairs(pairs) => {
                for (pair, values) in values.as_chunks::<2>().0.iter().enumerate() {
                    match (present >> (2 * pair)) & 3 {
                        0 => {}
                        3 => pairs.squares.add_square_of_sum(values[0], values[1]),
                        one => {
                            let value = values[usize::from(one == 2)];
                            pairs.squares.add_square(value);
                            pairs.singles += 1;
                            pairs.of_singles += i128::from(value);
                        }
                    }
                }
            }
            Self::Sixteen(groups) => {
                for (lane, value) in values.iter().enumerate() {
                    let group = &mut groups[lane % 16];
                    if (present >> lane) & 1 == 1 {
                        group.count += 1;
                        group.sum += i128::from(*value);
                    }
                }
            }
        }
    }

    /// Whether so many values can have come to them.
    pub(super) fn are_sound(&self, count: u64) -> bool {
        let is_bounded = |sum: i128, count: u64| sum.unsigned_abs() <= u128::from(count) << 63;
        match self {
            Self::Independent => true,
            Self::Pairs(pairs) => {
                pairs.singles <= count && is_bounded(pairs.of_singles, pairs.singles)
            }
            Self::Sixteen(groups) => {
                groups.iter().try_fold(0, |sum: u64, group| sum.checked_add(group.count))
                    == Some(count)
                    && groups.iter().all(|group| is_bounded(group.sum, group.count))
            }
        }
    }

    /// Adds the groups of another sample that are grouped alike; of others nothing is known.
    pub(super) fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::Pairs(mine), Self::Pairs(theirs)) => {
                mine.squares.add(theirs.squares);
                mine.singles += theirs.singles;
                mine.of_singles += theirs.of_singles;
            }
            (Self::Sixteen(mine), Self::Sixteen(theirs)) => {
                for (mine, their) in mine.iter_mut().zip(theirs.iter()) {
                    mine.count += their.count;
                    mine.sum += their.sum;
                }
            }
            _ => {}
        }
    }

    /// How many groups have a value; `None` for independent draws.
    pub(super) fn count(&self, values: u64) -> Option<u64> {
        match self {
            Self::Independent => None,
            Self::Pairs(pairs) => Some(pairs.count(values)),
            Self::Sixteen(groups) => {
                Some(groups.iter().filter(|group| group.count > 0).count() as u64)
            }
        }
    }

    /// The variance of the mean of `count` values that add up to `sum`, from the spread of the
    /// groups; `None` for independent draws and with fewer than two groups.
    ///
    /// With tₖ the sum of a group of nₖ values, K groups, n values and their mean m it is
    /// K/(K − 1) · Σ(tₖ − nₖm)² / n² (Cochran, Sampling Techniques, 1977, section 9A: clusters of
    /// unequal size). Where all groups are of one size that is the variance of their means over K.
    pub(super) fn variance_of_mean(&self, count: u64, sum: i128) -> Option<f64> {
        let (groups, deviations) = match self {
            Self::Independent => return None,
            Self::Pairs(pairs) => pairs.deviations(count, sum),
            Self::Sixteen(groups) => deviations(groups.as_slice(), count, sum),
        };
        let (k, n) = (groups as f64, count as f64);
        (groups >= 2).then(|| k / (k - 1.0) * (deviations.max(0.0) / n / n))
    }
}

/// A mean as a whole number and a rest below 1, of a sum that is not negative.
fn mean(count: u64, sum: u128) -> (u64, f64) {
    let count_wide = u128::from(count.max(1));
    ((sum / count_wide) as u64, (sum % count_wide) as f64 / count.max(1) as f64)
}

impl Pairs {
    /// How many pairs have a value, of which there are so many.
    fn count(&self, values: u64) -> u64 {
        values.saturating_sub(self.singles) / 2 + self.singles
    }

    /// How many groups there are, and Σ(tₖ − nₖm)².
    ///
    /// About the whole part of the mean everything is exact; only its rest is a fraction.
    fn deviations(&self, count: u64, sum: i128) -> (u64, f64) {
        let full = count.saturating_sub(self.singles) / 2;
        // Signs turned where the sum is negative, so that the mean is not.
        let sign = sum.signum();
        let (whole, rest) = mean(count, sum.unsigned_abs());
        // Σtₖnₖ and Σnₖ²: pairs count twice.
        let products = sign * (2 * sum - self.of_singles);
        let sizes = u128::from(4 * full + self.singles);
        let mut squares = self.squares;
        squares.add(Wide::product(whole, u128::from(whole) * sizes));
        let twice = Wide::product(whole, 2 * products.unsigned_abs());
        if products < 0 {
            squares.add(twice);
        } else {
            squares = squares.minus(twice);
        }
        let cross = (products - i128::from(whole) * sizes as i128) as f64;
        let deviations = squares.to_f64() - 2.0 * rest * cross + rest * rest * sizes as f64;
        (full + self.singles, deviations)
    }
}

/// How many groups have a value, and Σ(tₖ − nₖm)².
fn deviations(groups: &[Group], count: u64, sum: i128) -> (u64, f64) {
    let sign = sum.signum();
    let (whole, rest) = mean(count, sum.unsigned_abs());
    let mut found = (0, 0.0);
    for group in groups.iter().filter(|group| group.count > 0) {
        let about_whole = sign * group.sum - i128::from(whole) * i128::from(group.count);
        let deviation = about_whole as f64 - group.count as f64 * rest;
        found = (found.0 + 1, found.1 + deviation * deviation);
    }
    found
}
