//! Counts of bins, in one byte each where most values fall.

use super::key::{GREATEST_KEY, edges, key, keys};
use crate::numeric::LANES;

/// Bins near each other, where most values are expected: two doublings.
const NEAR: usize = 256;

/// In the byte of a bin: it holds values that differ.
const MIXED: u8 = 0x80;
/// In the byte of a bin: the count modulo 128.
const COUNT: u8 = 0x7F;

/// Bins by key.
///
/// What is touched for most values is one byte: the low seven bits of the count and whether the bin
/// holds different values. Such bytes stand side by side for the bins where the first values fell.
/// The rest lies apart: recording is bound by memory, not by arithmetic.
#[derive(Clone, Debug)]
pub(super) struct Bins {
    /// The bytes of the bins from `base` on.
    near: [u8; NEAR],
    /// The key of the first of them.
    base: u16,
    far: Box<Far>,
}

/// What is seldom touched.
#[derive(Clone, Debug)]
struct Far {
    /// Of each near bin that holds one value alone: that value.
    alone: [i64; NEAR],
    /// How often the byte of each near bin ran over: 2³⁹ values fit in.
    carried: [u32; NEAR],
    /// The bins that are not near.
    others: Pages<Other>,
    /// The sum of the values of each bin, where sums are kept.
    sums: Option<Pages<i128>>,
}

/// A bin that is not near.
#[derive(Clone, Copy, Debug, Default)]
struct Other {
    alone: i64,
    carried: u32,
    low: u8,
}

/// What a bin holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// The key of the bin.
    pub key: u16,
    /// How many values.
    pub count: u64,
    /// The value that all of them are; `None` where they differ.
    pub alone: Option<i64>,
    /// Their sum, where sums are kept or it follows.
    pub sum: i128,
}

impl Held {
    /// So many times one value.
    pub(super) fn one(value: i64, count: u64) -> Self {
        let sum = i128::from(value) * i128::from(count);
        Self { key: key(value), count, alone: Some(value), sum }
    }

    /// The least and the greatest value that it may hold.
    pub(super) fn bounds(&self) -> (i64, i64) {
        self.alone.map_or_else(|| edges(self.key), |value| (value, value))
    }
}

impl Bins {
    /// No values yet, expected between two values. Where there are too many bins between them the
    /// greater ones are near: bins are narrowest about nothing, and few values fall there.
    pub(super) fn new(least: i64, greatest: i64, summing: bool) -> Self {
        let (least, greatest) = (key(least), key(greatest));
        let spare = NEAR.saturating_sub(usize::from(greatest.saturating_sub(least)) + 1) / 2;
        let far = Far {
            alone: [0; NEAR],
            carried: [0; NEAR],
            others: Pages::new(),
            sums: summing.then(Pages::new),
        };
        Self {
            near: [0; NEAR],
            base: (usize::from(greatest) + 1 + spare).saturating_sub(NEAR) as u16,
            far: Box::new(far),
        }
    }

    /// Counts the values of a block whose bit of `which` is set; all are below 2⁵² in magnitude.
    #[inline]
    pub(super) fn add_block(&mut self, values: &[i64; LANES], which: u64) {
        let mut places = [0; LANES];
        keys(values, self.base, &mut places);
        if which == u64::MAX {
            for (&place, &value) in places.iter().zip(values) {
                self.count(place, value);
            }
        } else {
            let mut left = which;
            while left != 0 {
                let lane = left.trailing_zeros() as usize % LANES;
                self.count(places[lane], values[lane]);
                left &= left - 1;
            }
        }
        if let Some(sums) = &mut self.far.sums {
            for (lane, (&place, &value)) in places.iter().zip(values).enumerate() {
                if (which >> lane) & 1 == 1 {
                    *sums.at(place.wrapping_add(self.base)) += i128::from(value);
                }
            }
        }
    }

    /// Counts a value, whose key is `place` beyond the first near one.
    #[inline]
    fn count(&mut self, place: u16, value: i64) {
        let at = usize::from(place);
        match self.near.get_mut(at) {
            // Of a bin whose values differ there is nothing to know but one more; of one that holds
            // one value alone, whether it is that value.
            Some(low) if low.wrapping_sub(MIXED) < COUNT => *low += 1,
            Some(low) if low.wrapping_sub(1) < COUNT - 1 && self.far.alone[at] == value => {
                *low += 1;
            }
            Some(low) => {
                count_rarely(low, &mut self.far.alone[at], &mut self.far.carried[at], value);
            }
            None => {
                let other = self.far.others.at(place.wrapping_add(self.base));
                count_rarely(&mut other.low, &mut other.alone, &mut other.carried, value);
            }
        }
    }

    /// Adds what a bin holds.
    pub(super) fn hold(&mut self, more: Held) {
        let (place, other);
        let at = usize::from(more.key.wrapping_sub(self.base));
        let Far { alone, carried, others, sums } = &mut *self.far;
        let (low, alone, carried) = if at < NEAR {
            place = &mut self.near[at];
            (place, &mut alone[at], &mut carried[at])
        } else {
            other = others.at(more.key);
            (&mut other.low, &mut other.alone, &mut other.carried)
        };
        let mine = held(more.key, *low, *alone, *carried);
        let count = mine.map_or(0, |mine| mine.count) + more.count;
        let same = match mine {
            Some(mine) => mine.alone.filter(|value| more.alone == Some(*value)),
            None => more.alone,
        };
        *alone = same.unwrap_or(0);
        *carried = u32::try_from(count / 128).unwrap_or(u32::MAX);
        *low = (count % 128) as u8 | if same.is_none() { MIXED } else { 0 };
        if let Some(sums) = sums {
            *sums.at(more.key) += more.sum;
        }
    }

    /// The bins that hold something, in ascending order of key.
    pub(super) fn occupied(&self) -> impl Iterator<Item = Held> + '_ {
        let Far { alone, carried, others, sums } = &*self.far;
        let near = (0..NEAR).filter_map(move |place| {
            held(self.base + place as u16, self.near[place], alone[place], carried[place])
        });
        let beyond = self.base + NEAR as u16;
        let of = |range| {
            others.within(range).filter_map(|(key, other): (u16, &Other)| {
                held(key, other.low, other.alone, other.carried)
            })
        };
        let all = of(0..self.base).chain(near).chain(of(beyond..u16::MAX));
        all.map(move |held| match sums {
            Some(sums) => Held { sum: sums.get(held.key), ..held },
            None => held,
        })
    }
}

/// What a bin with this byte holds; nothing while it is empty.
#[inline]
fn held(key: u16, low: u8, alone: i64, carried: u32) -> Option<Held> {
    let count = u64::from(low & COUNT) + 128 * u64::from(carried);
    let alone = (low & MIXED == 0).then_some(alone);
    (count > 0).then_some(Held { key, count, alone, sum: 0 })
}

/// Counts a value in a bin that is empty, holds one value alone, or whose byte runs over.
#[inline(never)]
fn count_rarely(low: &mut u8, alone: &mut i64, carried: &mut u32, value: i64) {
    if *low & MIXED == 0 {
        if *low == 0 && *carried == 0 {
            *alone = value;
        } else if *alone != value {
            *low |= MIXED;
            *alone = 0;
        }
    }
    if *low & COUNT == COUNT {
        *low &= MIXED;
        *carried = carried.saturating_add(1);
    } else {
        *low += 1;
    }
}

/// Bins that are opened together.
const PAGE: usize = 64;
/// Pages there can be.
const PAGES: usize = GREATEST_KEY as usize / PAGE + 1;

/// Something for each key, in pages that are opened at need.
#[derive(Clone, Debug)]
struct Pages<T> {
    /// For each page its number in `values` from 1, or 0 while closed.
    numbers: [u8; PAGES],
    values: Vec<T>,
}

impl<T: Copy + Default> Pages<T> {
    fn new() -> Self {
        Self { numbers: [0; PAGES], values: Vec::new() }
    }

    /// What there is for a key, opened if need be.
    fn at(&mut self, key: u16) -> &mut T {
        let (page, place) = (usize::from(key) / PAGE, usize::from(key) % PAGE);
        if self.numbers[page] == 0 {
            self.values.reserve_exact(PAGE);
            self.values.resize(self.values.len() + PAGE, T::default());
            self.numbers[page] = (self.values.len() / PAGE) as u8;
        }
        &mut self.values[(usize::from(self.numbers[page]) - 1) * PAGE + place]
    }

    fn get(&self, key: u16) -> T {
        self.page(usize::from(key) / PAGE).get(usize::from(key) % PAGE).copied().unwrap_or_default()
    }

    fn page(&self, page: usize) -> &[T] {
        let number = self.numbers.get(page).map_or(0, |number| usize::from(*number));
        let first = number.wrapping_sub(1).wrapping_mul(PAGE);
        self.values.get(first..first.wrapping_add(PAGE)).unwrap_or(&[])
    }

    /// What there is for the keys of a range, in ascending order.
    fn within(&self, keys: std::ops::Range<u16>) -> impl Iterator<Item = (u16, &T)> {
        let last = if self.values.is_empty() { 0 } else { usize::from(keys.end) / PAGE + 1 };
        (usize::from(keys.start) / PAGE..last.min(PAGES))
            .flat_map(|page| {
                let keys = (page * PAGE) as u16..;
                keys.zip(self.page(page))
            })
            .filter(move |(key, _)| keys.contains(key))
    }
}
