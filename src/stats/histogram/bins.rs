//! Counts of bins, in one byte each.

use super::key::{GREATEST_KEY, edges, key, keys};
use super::page::{
    COUNT, MIXED, NOWHERE, PAGE, TOGETHER, count_places, join, lanes_in, occupied_in, places_from,
};
use crate::numeric::{LANES, fetch};
use std::collections::BTreeMap;
use std::ops::Range;

/// Pages there can be.
const PAGES: usize = GREATEST_KEY as usize / PAGE + 1;

/// In the byte of a bin: it holds one value alone, which stands in the crowd.
const IN_CROWD: u8 = 0x7F;
/// So many pages are worth bringing near.
const PAGES_NEAR: usize = 6;
/// So many values that are alone in their bins stand side by side.
const MOST_ALONE: usize = IN_CROWD as usize - 1;

/// Bins by key.
///
/// Recording is bound by memory, not by arithmetic, so what is touched for most values is one byte: 0
/// while the bin is empty, the place (from 1) of the value that it holds alone, or [`MIXED`] and a count.
/// Pages of such bytes stand side by side, whatever their keys; so do the values that are alone.
#[derive(Clone, Debug)]
pub(super) struct Bins {
    /// Where each page stands in `low`; 0 while it is closed, where a page stands that stays empty.
    numbers: [u8; PAGES],
    low: Vec<[u8; PAGE]>,
    /// Values that are alone in their bins; of a place that is free the count is the next free one.
    alone: Vec<Alone>,
    /// A place (from 1) that is free, or 0.
    free: u8,
    rest: Box<Rest>,
}

/// What is seldom touched.
#[derive(Clone, Debug, Default)]
struct Rest {
    /// How often the byte of each mixed bin ran over, as far as any has: 2³⁹ values fit in.
    carried: Vec<[u32; PAGE]>,
    /// Values that are alone in their bins and have no place side by side: of each page, at need.
    crowd: Vec<Option<Box<[Alone; PAGE]>>>,
    /// The sum of the values of each bin, where sums are kept.
    sums: Option<BTreeMap<u16, i128>>,
}

/// A value that is alone in its bin.
#[derive(Clone, Copy, Debug, Default)]
struct Alone {
    value: i64,
    count: u64,
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

/// The pages of bins between two.
fn pages([first, last]: [u16; 2]) -> Range<usize> {
    usize::from(first) / PAGE..usize::from(last) / PAGE + 1
}

impl Bins {
    /// No values yet.
    pub(super) fn new(summing: bool) -> Self {
        let mut low = Vec::with_capacity(8);
        low.push([0; PAGE]);
        let sums = summing.then(BTreeMap::new);
        Self {
            numbers: [0; PAGES],
            low,
            alone: Vec::with_capacity(LANES),
            free: 0,
            rest: Box::new(Rest { sums, ..Rest::default() }),
        }
    }

    /// Has what the next values will be counted in brought near.
    #[inline]
    pub(super) fn fetch(&self) {
        self.low.iter().take(PAGES_NEAR).for_each(fetch);
    }

    /// Counts the values of a block whose bit of `which` is set; all are below 2⁵² in magnitude and
    /// between `least` and `greatest`.
    pub(super) fn add_block(
        &mut self,
        values: &[i64; LANES],
        which: u64,
        (least, greatest): (i64, i64),
    ) {
        let mut places = [0; LANES];
        keys(values, &mut places);
        let ends = [key(least), key(greatest)];
        if pages(ends).len() <= TOGETHER / PAGE {
            self.count_together(&places, values, which, ends);
        } else {
            self.count_each(&places, values, which);
        }
        if let Some(sums) = &mut self.rest.sums {
            for (lane, (&key, &value)) in places.iter().zip(values).enumerate() {
                if (which >> lane) & 1 == 1 {
                    *sums.entry(key).or_default() += i128::from(value);
                }
            }
        }
    }

    /// Counts values page by page, all bins of a page at once.
    fn count_together(
        &mut self,
        keys: &[u16; LANES],
        values: &[i64; LANES],
        which: u64,
        ends: [u16; 2],
    ) {
        let pages = pages(ends);
        let first = pages.start * PAGE;
        let mut places = [NOWHERE; LANES];
        places_from(first as u16, keys, which, &mut places);
        let mut counts = [0; TOGETHER];
        let [least, greatest] = ends.map(|key| usize::from(key) - first);
        count_places(&places, [least, greatest + 1], &mut counts);
        for (page, counts) in pages.zip(counts.as_chunks::<PAGE>().0) {
            let number = usize::from(self.numbers[page]);
            let (odd, mut over) = join(&mut self.low[number], counts);
            while over != 0 {
                let bin = over.trailing_zeros() as usize;
                self.carry((page * PAGE + bin) as u16);
                over &= over - 1;
            }
            if odd != 0 {
                let lanes = lanes_in(odd, &places, (page * PAGE - first) as u8);
                self.count_each(keys, values, lanes);
            }
        }
    }

    /// Counts one value after the other.
    fn count_each(&mut self, keys: &[u16; LANES], values: &[i64; LANES], which: u64) {
        let mut left = which;
        while left != 0 {
            let lane = left.trailing_zeros() as usize % LANES;
            self.count(keys[lane], values[lane]);
            left &= left - 1;
        }
    }

    /// Counts a value.
    #[inline(always)]
    fn count(&mut self, key: u16, value: i64) {
        let low = self.low_of(key);
        // Of a bin whose values differ there is nothing to know but one more; of one that holds one
        // value alone, whether it is that value.
        if low.wrapping_sub(MIXED) < COUNT {
            *low += 1;
            return;
        }
        let place = usize::from(*low).wrapping_sub(1);
        match self.alone.get_mut(place) {
            Some(alone) if alone.value == value => alone.count += 1,
            _ => self.count_rarely(key, value),
        }
    }

    #[inline(always)]
    fn low_of(&mut self, key: u16) -> &mut u8 {
        let number = self.numbers[usize::from(key) / PAGE];
        &mut self.low[usize::from(number)][usize::from(key) % PAGE]
    }

    /// Counts a value in a bin that is empty, holds another value alone, is in the crowd, or whose byte
    /// runs over.
    #[inline(never)]
    fn count_rarely(&mut self, key: u16, value: i64) {
        let low = *self.low_of(key);
        let place = usize::from(low).wrapping_sub(1);
        // A value that is alone is joined by another: by far the most frequent of these.
        if let Some(alone) = self.alone.get_mut(place).filter(|alone| alone.count < 127) {
            let count = alone.count as u8 + 1;
            alone.count = u64::from(self.free);
            self.free = low;
            *self.low_of(key) = MIXED | count;
        } else if low == 0 {
            self.set(key, Some(value), 1);
        } else if low & MIXED != 0 {
            *self.low_of(key) = MIXED;
            self.carry(key);
        } else if let Some(held) = self.held(key) {
            self.set(key, held.alone.filter(|alone| *alone == value), held.count + 1);
        }
    }

    /// Adds what a bin holds.
    pub(super) fn hold(&mut self, more: Held) {
        let mine = self.held(more.key);
        let count = mine.map_or(0, |mine| mine.count) + more.count;
        let same = match mine {
            Some(mine) => mine.alone.filter(|value| more.alone == Some(*value)),
            None => more.alone,
        };
        self.set(more.key, same, count);
        if let Some(sums) = &mut self.rest.sums {
            *sums.entry(more.key).or_default() += more.sum;
        }
    }

    /// Has a bin hold so many values, all of them one or not.
    fn set(&mut self, key: u16, alone: Option<i64>, count: u64) {
        if self.numbers[usize::from(key) / PAGE] == 0 {
            self.numbers[usize::from(key) / PAGE] = self.low.len() as u8;
            self.low.push([0; PAGE]);
        }
        let low = *self.low_of(key);
        if let Some(alone) = self.alone.get_mut(usize::from(low).wrapping_sub(1)) {
            alone.count = u64::from(self.free);
            self.free = low;
        }
        *self.low_of(key) = if let Some(value) = alone {
            self.take_place(key, Alone { value, count })
        } else {
            if count >= 128 {
                *self.carried_of(key) = u32::try_from(count / 128).unwrap_or(u32::MAX);
            }
            MIXED | (count % 128) as u8
        };
    }

    /// Puts a value that is alone somewhere; gives the byte of its bin.
    fn take_place(&mut self, key: u16, alone: Alone) -> u8 {
        let place = self.free;
        if let Some(free) = self.alone.get_mut(usize::from(place).wrapping_sub(1)) {
            self.free = free.count as u8;
            *free = alone;
            place
        } else if self.alone.len() < MOST_ALONE {
            self.alone.push(alone);
            self.alone.len() as u8
        } else {
            *self.crowd_of(key) = alone;
            IN_CROWD
        }
    }

    /// The byte of a bin has run over.
    fn carry(&mut self, key: u16) {
        let carried = self.carried_of(key);
        *carried = carried.saturating_add(1);
    }

    fn carried_of(&mut self, key: u16) -> &mut u32 {
        let number = usize::from(self.numbers[usize::from(key) / PAGE]);
        let carried = &mut self.rest.carried;
        if carried.len() <= number {
            carried.resize(self.low.len(), [0; PAGE]);
        }
        &mut carried[number][usize::from(key) % PAGE]
    }

    fn crowd_of(&mut self, key: u16) -> &mut Alone {
        let number = usize::from(self.numbers[usize::from(key) / PAGE]);
        if self.rest.crowd.len() <= number {
            self.rest.crowd.resize(number + 1, None);
        }
        let page =
            self.rest.crowd[number].get_or_insert_with(|| Box::new([Alone::default(); PAGE]));
        &mut page[usize::from(key) % PAGE]
    }

    /// What a bin holds; nothing while it is empty.
    fn held(&self, key: u16) -> Option<Held> {
        let number = self.numbers[usize::from(key) / PAGE];
        self.held_at(usize::from(number), key)
    }

    /// The same, of a bin whose page is known.
    #[inline]
    fn held_at(&self, number: usize, key: u16) -> Option<Held> {
        let place = usize::from(key) % PAGE;
        let low = self.low[number][place];
        let sum = 0;
        if low & MIXED != 0 {
            let carried = self.rest.carried.get(number).map_or(0, |carried| carried[place]);
            let count = u64::from(low & COUNT) + 128 * u64::from(carried);
            return Some(Held { key, count, alone: None, sum });
        }
        let Alone { value, count } = match low {
            0 => return None,
            IN_CROWD => self.rest.crowd.get(number)?.as_ref()?.get(place)?,
            place => self.alone.get(usize::from(place) - 1)?,
        };
        Some(Held { key, count: *count, alone: Some(*value), sum })
    }

    /// The bins that hold something, in ascending order of key.
    pub(super) fn occupied(&self) -> Occupied<'_> {
        Occupied { bins: self, page: 0, number: 0, left: 0 }
    }
}

/// The bins that hold something, in ascending order of key.
pub(super) struct Occupied<'a> {
    bins: &'a Bins,
    /// The page after the one that is read, where that one stands, and which of its bins are left.
    page: usize,
    number: usize,
    left: u64,
}

impl Iterator for Occupied<'_> {
    type Item = Held;

    #[inline]
    fn next(&mut self) -> Option<Held> {
        while self.left == 0 {
            let ahead = self.bins.numbers.get(self.page..)?;
            self.page += ahead.iter().position(|number| *number != 0)? + 1;
            self.number = usize::from(self.bins.numbers[self.page - 1]);
            self.left = occupied_in(&self.bins.low[self.number]);
        }
        let place = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        let held = self.bins.held_at(self.number, ((self.page - 1) * PAGE + place) as u16)?;
        Some(match &self.bins.rest.sums {
            Some(sums) => Held { sum: sums.get(&held.key).copied().unwrap_or(0), ..held },
            None => held,
        })
    }
}
