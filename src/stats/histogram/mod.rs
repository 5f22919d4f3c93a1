//! Quantiles from an order-free histogram of whole numbers.

mod bins;
mod counts;
mod few;
mod key;
mod locate;
mod page;
mod read;
mod stored;
#[cfg(test)]
mod tests;

use super::row::{Row, in_lanes};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, lanes_of};
use bins::{Bins, Held};
use counts::{Counts, TOGETHER};
use few::Few;

/// A histogram of `i64` quanta whose bins follow sign, exponent and seven mantissa bits of a value.
///
/// The least and the greatest value stand apart, with how often they occurred. Between them up to
/// sixteen different values are kept as they are; more are counted in bins, each of which knows how
/// many values it holds and, while they are all equal, which. So constants, zeros, caps and floors
/// come out exactly, as does all that takes few values, and no quantile lies outside what occurred.
/// A bin is at most 1/128 as wide as its values are large; hence every quantile is within 0.79 % of
/// the exact one, and exact where the two neighbouring values stand alone in their bins or are
/// extremes, or below 256 quanta. (With six bits the bound would be twice that: a heap may stand
/// anywhere in its bin.)
///
/// All that is kept is merged by addition, least or greatest, or by asking whether all are equal:
/// order never matters.
#[derive(Clone, Debug)]
pub struct Histogram {
    count: u64,
    least: i64,
    greatest: i64,
    at_least: u64,
    /// 0 while all values are equal: then they are the least.
    at_greatest: u64,
    /// Whether sums of bins are kept.
    summing: bool,
    between: Between,
}

/// What lies between the least and the greatest value.
#[derive(Clone, Debug)]
enum Between {
    Few(Few),
    Bins(Bins),
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
            summing: false,
            between: Between::Few(Few::default()),
        }
    }
}

vectorised! {
    /// Which values of a block are the least and which the greatest, bit by bit.
    fn extremes(values: &[i64; LANES], least: i64, greatest: i64) -> [u64; 2] {
        let (mut low, mut high) = ([0; LANES], [0; LANES]);
        for lane in 0..LANES {
            low[lane] = u8::from(values[lane] == least);
            high[lane] = u8::from(values[lane] == greatest);
        }
        [lanes_of(&low), lanes_of(&high)]
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
        Self { summing: true, ..Self::default() }
    }

    /// Whether the sum of the values of each bin is kept.
    pub fn keeps_sums(&self) -> bool {
        self.summing
    }

    /// Adds one value.
    pub fn add(&mut self, value: i64) {
        self.add_times(value, 1);
    }

    /// Adds one value per draw.
    pub fn add_lanes(&mut self, values: &[i64]) {
        Row::all_of(values).for_each(|row| self.add_rows(std::slice::from_ref(&row)));
    }

    /// Adds the values of a few blocks.
    pub fn add_rows(&mut self, rows: &[Row]) {
        rows.chunks(TOGETHER).for_each(|rows| self.add_few_rows(rows));
    }

    fn add_few_rows(&mut self, rows: &[Row]) {
        let (mut least, mut greatest) = (i64::MAX, i64::MIN);
        for row in rows {
            if row.sums.is_constant() {
                self.add_times(row.sums.least, u64::from(row.count()));
            } else if row.sums.is_small() {
                (least, greatest) = (least.min(row.sums.least), greatest.max(row.sums.greatest));
            } else {
                row.present().for_each(|value| self.add(value));
            }
        }
        if least > greatest {
            return;
        }
        self.reach(least, greatest);
        Counts::with(|counts| self.add_varied(rows, (least, greatest), counts));
    }

    /// Adds those of the rows that take several values, all between two that it reaches to.
    fn add_varied(&mut self, rows: &[Row], ends: (i64, i64), counts: &mut Counts) {
        if let Between::Bins(bins) = &self.between {
            bins.fetch(ends);
        }
        let mut counted = 0;
        let mut blocks = [(&[0; LANES], 0); TOGETHER];
        for row in rows.iter().filter(|row| !row.sums.is_constant() && row.sums.is_small()) {
            self.count += u64::from(row.count());
            let between = self.between(row);
            if let Between::Few(few) = &mut self.between {
                if !few.add_row(row, between, self.least) {
                    self.add_new(&row.values, between);
                }
                continue;
            }
            blocks[counted] = (&row.values, between);
            counts.add(counted, blocks[counted], row.sums.least);
            counted += 1;
        }
        if let Between::Bins(bins) = &mut self.between {
            bins.take(counts, &blocks[..counted], ends);
        }
    }

    /// The lanes of a row that lie between the extremes, of which it counts the others.
    fn between(&mut self, row: &Row) -> u64 {
        if row.sums.least > self.least && row.sums.greatest < self.greatest {
            return row.present;
        }
        let [low, high] = extremes(&row.values, self.least, self.greatest);
        self.at_least += u64::from((low & row.present).count_ones());
        self.at_greatest += u64::from((high & row.present).count_ones());
        row.present & !(low | high)
    }

    /// Adds the values of a block whose bit is set, of which some are new.
    #[cold]
    #[inline(never)]
    fn add_new(&mut self, values: &[i64; LANES], which: u64) {
        for value in in_lanes(values, which) {
            self.add_between(Held::one(value, 1));
        }
    }

    fn add_times(&mut self, value: i64, times: u64) {
        self.reach(value, value);
        self.count += times;
        if value == self.least {
            self.at_least += times;
        } else if value == self.greatest {
            self.at_greatest += times;
        } else {
            self.add_between(Held::one(value, times));
        }
    }

    /// Adds what is neither the least nor the greatest.
    fn add_between(&mut self, held: Held) {
        if held.count == 0 {
            return;
        }
        if let (Between::Few(few), Some(value)) = (&mut self.between, held.alone)
            && few.add(value, held.count)
        {
            return;
        }
        self.with_bins(|bins| bins.hold(held));
    }

    /// Does something with the bins, which are made from the few values so far if there were none.
    fn with_bins(&mut self, act: impl FnOnce(&mut Bins)) {
        match &mut self.between {
            Between::Bins(bins) => act(bins),
            Between::Few(few) => {
                let mut bins = Bins::new(self.summing);
                few.pairs().for_each(|(value, count)| bins.hold(Held::one(value, count)));
                act(&mut bins);
                self.between = Between::Bins(bins);
            }
        }
    }

    /// Makes the least and the greatest value at most and at least these; what they were before lies
    /// between from now on.
    #[inline]
    fn reach(&mut self, least: i64, greatest: i64) {
        if least < self.least || greatest > self.greatest {
            self.extend(least, greatest);
        }
    }

    #[cold]
    #[inline(never)]
    fn extend(&mut self, least: i64, greatest: i64) {
        if self.count == 0 {
            (self.least, self.greatest) = (least, greatest);
            return;
        }
        if least < self.least {
            let heap = Held::one(self.least, self.at_least);
            if self.least == self.greatest {
                self.at_greatest = self.at_least;
            } else {
                self.add_between(heap);
            }
            (self.least, self.at_least) = (least, 0);
        }
        if greatest > self.greatest {
            if self.least != self.greatest {
                let heap = Held::one(self.greatest, self.at_greatest);
                self.add_between(heap);
            }
            (self.greatest, self.at_greatest) = (greatest, 0);
        }
    }

    /// Adds all that another histogram has seen.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        self.add_times(other.least, other.at_least);
        if other.at_greatest > 0 {
            self.add_times(other.greatest, other.at_greatest);
        }
        match &other.between {
            Between::Few(few) => {
                few.pairs().for_each(|(value, count)| self.add_times(value, count));
            }
            Between::Bins(theirs) => {
                self.count += theirs.occupied().map(|held| held.count).sum::<u64>();
                self.with_bins(|bins| theirs.occupied().for_each(|held| bins.hold(held)));
            }
        }
    }

    /// How many values were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The occupied bins in ascending order of value.
    pub fn bins(&self) -> impl Iterator<Item = Bin> + '_ {
        self.held().map(|held| {
            let (least, greatest) = self.bounds(&held);
            Bin { count: held.count, least, greatest, sum: held.sum }
        })
    }

    /// What is held, in ascending order of value.
    fn held(&self) -> impl Iterator<Item = Held> + '_ {
        let (few, bins) = match &self.between {
            Between::Few(few) => (Some(few), None),
            Between::Bins(bins) => (None, Some(bins)),
        };
        let heap = |held: Held| (held.count > 0).then_some(held).into_iter();
        heap(self.at_the_least())
            .chain(few.into_iter().flat_map(in_order))
            .chain(bins.into_iter().flat_map(Bins::occupied))
            .chain(heap(self.at_the_greatest()))
    }

    fn at_the_least(&self) -> Held {
        Held::one(self.least, self.at_least)
    }

    fn at_the_greatest(&self) -> Held {
        Held::one(self.greatest, self.at_greatest)
    }

    /// The bounds of what is held together; a bin may reach beyond what occurred.
    fn bounds(&self, held: &Held) -> (i64, i64) {
        let (least, greatest) = held.bounds();
        (least.max(self.least), greatest.min(self.greatest))
    }
}

/// A few values in ascending order.
fn in_order(few: &Few) -> impl Iterator<Item = Held> {
    let mut pairs: Vec<(i64, u64)> = few.pairs().collect();
    pairs.sort_unstable();
    pairs.into_iter().map(|(value, count)| Held::one(value, count))
}

/// Two histograms are equal when they know the same, however they came to know it.
impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.bins().eq(other.bins())
    }
}

impl Eq for Histogram {}
