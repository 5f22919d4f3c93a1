//! What one pass over all values keeps of those in certain windows.

use crate::numeric::LANES;
use crate::numeric::simd::vectorised;
use crate::stats::Row;

/// Into how many parts a window is split that holds too many values to be kept.
pub(super) const PARTS: usize = 32;

/// What a pass finds in the windows of one figure; merges in any order.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    /// In ascending order, none over another.
    pub(super) windows: Vec<Gathered>,
}

/// What a pass finds in one window.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    least: i64,
    greatest: i64,
    pub(super) what: What,
}

/// Either way of looking at a window.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Every value.
    All(Vec<i64>),
    /// Parts of equal width.
    Parts(Box<[Part; PARTS]>),
}

/// The values in a part of a window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub count: u64,
    pub least: i64,
    pub greatest: i64,
    pub sum: i128,
}

vectorised! {
    /// Which values of a block lie between two, both included, bit by bit.
    fn within(values: &[i64; LANES], least: i64, greatest: i64) -> u64 {
        let mut inside = [0_u8; LANES];
        for (inside, value) in inside.iter_mut().zip(values) {
            *inside = u8::from(*value >= least) & u8::from(*value <= greatest);
        }
        inside.iter().enumerate().fold(0, |bits, (lane, inside)| bits | u64::from(*inside) << lane)
    }
}

impl Part {
    const EMPTY: Self = Self { count: 0, least: i64::MAX, greatest: i64::MIN, sum: 0 };

    fn add(&mut self, value: i64) {
        self.hold(&Self { count: 1, least: value, greatest: value, sum: i128::from(value) });
    }

    fn hold(&mut self, other: &Self) {
        self.count += other.count;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        self.sum += other.sum;
    }
}

impl Gathered {
    pub(super) fn all(least: i64, greatest: i64) -> Self {
        Self { least, greatest, what: What::All(Vec::new()) }
    }

    pub(super) fn in_parts(least: i64, greatest: i64) -> Self {
        Self { least, greatest, what: What::Parts(Box::new([Part::EMPTY; PARTS])) }
    }

    /// Adds a value that lies in the window.
    fn add(&mut self, value: i64) {
        match &mut self.what {
            What::All(values) => values.push(value),
            What::Parts(parts) => {
                let width = self.greatest.abs_diff(self.least) / PARTS as u64 + 1;
                let part = (value.abs_diff(self.least) / width) as usize;
                if let Some(part) = parts.get_mut(part) {
                    part.add(value);
                }
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        match (&mut self.what, &other.what) {
            (What::All(mine), What::All(theirs)) => mine.extend_from_slice(theirs),
            (What::Parts(mine), What::Parts(theirs)) => {
                mine.iter_mut().zip(theirs.iter()).for_each(|(mine, their)| mine.hold(their));
            }
            // Both are made from one plan.
            _ => {}
        }
    }
}

impl Gathering {
    /// Looks at one value.
    pub fn add(&mut self, value: i64) {
        let of = self.windows.iter_mut().find(|window| value <= window.greatest);
        if let Some(window) = of.filter(|window| value >= window.least) {
            window.add(value);
        }
    }

    /// Looks at a figure's values of a block.
    pub fn add_row(&mut self, row: &Row) {
        let Row { values, present, sums } = row;
        for window in &mut self.windows {
            if sums.greatest < window.least {
                break;
            }
            if sums.least > window.greatest {
                continue;
            }
            let mut left = within(values, window.least, window.greatest) & present;
            while left != 0 {
                window.add(values[left.trailing_zeros() as usize % LANES]);
                left &= left - 1;
            }
        }
    }

    /// Adds what another pass over other values has found in the same windows.
    pub fn merge(&mut self, other: &Self) {
        for (mine, their) in self.windows.iter_mut().zip(&other.windows) {
            mine.merge(their);
        }
    }
}
