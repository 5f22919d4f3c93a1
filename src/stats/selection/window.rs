//! A range of values in which wanted ones lie, and what a pass over all values finds in it.

use super::gathering::{Gathered, Part};

/// A range of values and what is known of those in it, from one pass over all values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::stats) struct Window {
    /// No value in it is less.
    pub least: i64,
    /// No value in it is greater.
    pub greatest: i64,
    /// How many values are less than all in it.
    pub below: u64,
    /// How many values it holds.
    pub count: u64,
    /// The sum of the values that are greater than all in it.
    pub above: i128,
}

/// The value at a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The value.
    pub value: i64,
    /// The sum of the values at greater ranks.
    pub above: i128,
}

impl Window {
    /// Whether it holds the value at a rank.
    pub(super) fn holds(&self, rank: u64) -> bool {
        (self.below..self.below + self.count).contains(&rank)
    }

    /// The value at a rank, where all values are the same.
    pub(super) fn only(&self, rank: u64) -> Option<Found> {
        let further = (self.below + self.count).checked_sub(rank + 1)?;
        (self.least == self.greatest && self.holds(rank)).then(|| Found {
            value: self.least,
            above: self.above + i128::from(self.least) * i128::from(further),
        })
    }

    /// The value at a rank out of all values in the window, in ascending order.
    pub(super) fn among(&self, rank: u64, sorted: &[i64]) -> Option<Found> {
        let at = usize::try_from(rank.checked_sub(self.below)?).ok()?;
        let (value, further) = sorted.get(at..)?.split_first()?;
        let above = self.above + further.iter().copied().map(i128::from).sum::<i128>();
        Some(Found { value: *value, above })
    }

    /// The windows that its parts make, in ascending order.
    pub(super) fn split(&self, parts: &[Part]) -> Vec<Self> {
        let total: i128 = parts.iter().map(|part| part.sum).sum();
        let (mut below, mut passed) = (self.below, 0);
        let occupied = parts.iter().filter(|part| part.count > 0);
        let windows = occupied.map(|part| {
            passed += part.sum;
            let above = self.above + total - passed;
            let window = Self {
                least: part.least,
                greatest: part.greatest,
                below,
                count: part.count,
                above,
            };
            below += part.count;
            window
        });
        windows.collect()
    }

    /// An empty place for what a pass finds in it.
    pub(super) fn to_gather(self, whole: bool) -> Gathered {
        if whole {
            Gathered::all(self.least, self.greatest)
        } else {
            Gathered::in_parts(self.least, self.greatest)
        }
    }
}
