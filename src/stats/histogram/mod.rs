//! Quantiles from an order-free histogram of whole numbers.

mod key;
mod read;
#[cfg(test)]
mod tests;
mod window;

use super::block::BlockSums;
use crate::numeric::LANES;
use key::{edges, key, value};
use window::{Held, Window};

/// A histogram of `i64` quanta whose bins follow sign, exponent and seven mantissa bits of a value.
///
/// Each bin knows how many values it holds and, while they are all equal, which; the whole knows its
/// least and greatest value with how often they occurred. So constants, zeros, caps and floors come
/// out exactly, and no quantile lies outside what occurred. A bin is at most 1/128 as wide as its
/// values are large; hence every quantile is within 0.79 % of the exact one, and exact where the two
/// neighbouring values stand alone in their bins or are extremes of all, or below 256 quanta. (With
/// six bits the bound would be twice that: a heap may stand anywhere in its bin.) Beyond 2³⁹ quanta
/// a value alone in its bin is exact to 2⁻³⁹.
///
/// All that is kept is merged by addition, least or greatest, or by asking whether all are equal:
/// order never matters. As long as all values are equal no bin is kept; after that a value costs one
/// byte of memory traffic, and memory is taken for the bins between least and greatest alone.
#[derive(Clone, Debug)]
pub struct Histogram {
    count: u64,
    least: i64,
    greatest: i64,
    at_least: u64,
    at_greatest: u64,
    /// Empty while all values are equal.
    window: Window,
}

/// One occupied bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// How many values it holds.
    pub count: u64,
    /// No value of it is less: the value itself where all are equal.
    pub least: i64,
    /// No value of it is greater.
    pub greatest: i64,
    /// The sum of its values, where sums are kept.
    sum: i128,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            count: 0,
            least: i64::MAX,
            greatest: i64::MIN,
            at_least: 0,
            at_greatest: 0,
            window: Window::default(),
        }
    }
}

impl Histogram {
    /// Nothing so far; allocates nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing so far; keeps the sum of the values of each bin too, for means of tails.
    #[must_use]
    pub fn with_sums() -> Self {
        Self { window: Window::new(true), ..Self::default() }
    }

    /// Adds one value.
    pub fn add(&mut self, value: i64) {
        self.add_times(value, 1);
    }

    /// Adds one value per draw.
    pub fn add_lanes(&mut self, values: &[i64]) {
        let (blocks, rest) = values.as_chunks::<LANES>();
        for block in blocks {
            self.add_block(block, &BlockSums::of(block));
        }
        for value in rest {
            self.add(*value);
        }
    }

    /// Adds a full block; `sums` are those of its values.
    #[inline]
    pub fn add_block(&mut self, values: &[i64; LANES], sums: &BlockSums) {
        if sums.is_constant() {
            return self.add_times(sums.least, LANES as u64);
        }
        if !sums.is_small() {
            return values.iter().for_each(|value| self.add(*value));
        }
        self.open(sums.least, sums.greatest);
        self.window.add_block(values);
        self.count += LANES as u64;
        let times = |value: i64| values.iter().filter(|other| **other == value).count() as u64;
        if sums.least <= self.least {
            self.note_least(sums.least, times(sums.least));
        }
        if sums.greatest >= self.greatest {
            self.note_greatest(sums.greatest, times(sums.greatest));
        }
    }

    fn add_times(&mut self, value: i64, times: u64) {
        if self.count > 0 && (value != self.least || self.least != self.greatest) {
            self.open(value, value);
            self.window.add(value, times);
        }
        self.count += times;
        if value <= self.least {
            self.note_least(value, times);
        }
        if value >= self.greatest {
            self.note_greatest(value, times);
        }
    }

    fn note_least(&mut self, value: i64, times: u64) {
        self.at_least = if value < self.least { times } else { self.at_least + times };
        self.least = value;
    }

    fn note_greatest(&mut self, value: i64, times: u64) {
        self.at_greatest = if value > self.greatest { times } else { self.at_greatest + times };
        self.greatest = value;
    }

    /// Makes room for bins; if there were none, for the one value that has come so far as well.
    #[inline]
    fn open(&mut self, least: i64, greatest: i64) {
        self.window.reach(key(least), key(greatest));
        if self.count == self.at_least && self.count > 0 {
            self.window.reach(key(self.least), key(self.least));
            self.window.add(self.least, self.count);
        }
    }

    /// Adds all that another histogram has seen.
    pub fn merge(&mut self, other: &Self) {
        if other.count == other.at_least {
            if other.count > 0 {
                self.add_times(other.least, other.count);
            }
            return;
        }
        self.open(other.least, other.greatest);
        for (at, held) in other.window.occupied() {
            self.window.hold(at, held);
        }
        self.count += other.count;
        if other.least <= self.least {
            self.note_least(other.least, other.at_least);
        }
        if other.greatest >= self.greatest {
            self.note_greatest(other.greatest, other.at_greatest);
        }
    }

    /// How many values were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The occupied bins in ascending order of value.
    pub fn bins(&self) -> impl Iterator<Item = Bin> + '_ {
        let constant = (self.count > 0 && self.count == self.at_least).then(|| Bin {
            count: self.count,
            least: self.least,
            greatest: self.least,
            sum: i128::from(self.least) * i128::from(self.count),
        });
        constant.into_iter().chain(self.window.occupied().map(|(at, held)| self.bin(at, held)))
    }

    fn bin(&self, at: u16, Held { count, alone, sum }: Held) -> Bin {
        let (least, greatest) = match alone {
            Some(_) if at == key(self.greatest) => (self.greatest, self.greatest),
            Some(_) if at == key(self.least) => (self.least, self.least),
            Some(offset) => (value(at, offset), value(at, offset)),
            None => edges(at),
        };
        // A bin may reach beyond what occurred.
        let within = |value: i64| value.max(self.least).min(self.greatest);
        Bin { count, least: within(least), greatest: within(greatest), sum }
    }
}

/// Two histograms are equal when they know the same, however they came to know it.
impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        let extremes =
            |side: &Self| (side.least, side.at_least, side.greatest, side.at_greatest, side.count);
        extremes(self) == extremes(other) && self.bins().eq(other.bins())
    }
}

impl Eq for Histogram {}
