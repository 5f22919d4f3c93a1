//! Counts of bins, in one word each.

use super::counts::{Counted, Counts, Met, PAGES};
use super::key::{edges, key};
use super::page::{COUNT, MIXED, OVER, PAGE, alone_in, is_empty, join, mixed_in, occupied_in};
use crate::numeric::{LANES, fetch};
use std::ops::Range;

/// So many pages are worth bringing near.
const PAGES_NEAR: usize = 32;

/// Bins by key.
///
/// Recording is bound by memory, not by arithmetic, so what is touched for most values is one word: 0
/// while the bin is empty, the place (from 1) of the value that it holds alone, or [`MIXED`] and a count.
/// Pages of such words stand side by side, whatever their keys; so do the values that are alone.
#[derive(Clone, Debug)]
pub(super) struct Bins {
    /// Where each page stands in `low`; 0 while it is closed, where a page stands that stays empty.
    numbers: [u8; PAGES],
    low: Vec<[u16; PAGE]>,
    /// Values that are alone in their bins; of a place that is free the count is the next free one.
    alone: Vec<Alone>,
    /// A place (from 1) that is free, or 0.
    free: u16,
    rest: Box<Rest>,
}

/// What is seldom touched.
#[derive(Clone, Debug, Default)]
struct Rest {
    /// How often the word of each mixed bin ran over, as far as any has: 2⁴⁷ values fit in.
    carried: Vec<[u32; PAGE]>,
    /// The sum of the values of each bin, by page, where sums are kept.
    sums: Option<Vec<[i128; PAGE]>>,
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

/// Whoever goes through bins in ascending order and wants to know more of some of them.
pub(super) trait Walk {
    /// So many values go by; whether more must be known of them. An empty bin may go by, too.
    fn passes(&mut self, count: u64) -> bool;

    /// Takes those of which more must be known.
    fn find(&mut self, held: &Held);

    /// Whether no more need go by.
    fn is_over(&self) -> bool;
}

/// The pages of bins between two.
fn pages([first, last]: [u16; 2]) -> Range<usize> {
    usize::from(first) / PAGE..usize::from(last) / PAGE + 1
}

/// The keys of bins of a page, given bit by bit.
fn keys_of(page: usize, mut bins: u64) -> impl Iterator<Item = u16> {
    std::iter::from_fn(move || {
        let bin = (bins != 0).then_some(bins.trailing_zeros())?;
        bins &= bins - 1;
        Some((page * PAGE) as u16 + bin as u16)
    })
}

impl Bins {
    /// No values yet.
    pub(super) fn new(summing: bool) -> Self {
        let mut low = Vec::with_capacity(8);
        low.push([0; PAGE]);
        let sums = summing.then(Vec::new);
        Self {
            numbers: [0; PAGES],
            low,
            alone: Vec::with_capacity(LANES),
            free: 0,
            rest: Box::new(Rest { sums, ..Rest::default() }),
        }
    }

    /// Has the bins between two values brought near, as far as they are open.
    #[inline]
    pub(super) fn fetch(&self, (least, greatest): (i64, i64)) {
        for page in pages([key(least), key(greatest)]).take(PAGES_NEAR) {
            fetch(&self.low[usize::from(self.numbers[page])]);
        }
    }

    /// Has the value brought near that a bin holds alone.
    #[inline]
    fn fetch_alone(&self, key: u16) {
        let low = &self.low[usize::from(self.numbers[usize::from(key) / PAGE])];
        let place = usize::from(low[usize::from(key) % PAGE]).wrapping_sub(1);
        if let Some(alone) = self.alone.get(place) {
            fetch(alone);
        }
    }

    /// Takes the values of a few blocks that have been counted, and leaves nothing counted: of each block
    /// those whose bit is set, all of them below 2⁵² in magnitude and between `least` and `greatest`.
    pub(super) fn take(
        &mut self,
        counts: &mut Counts,
        blocks: &[Counted<'_>],
        (least, greatest): (i64, i64),
    ) {
        counts.forget_none();
        for page in pages([key(least), key(greatest)]) {
            let counted = &mut counts.of[page];
            if is_empty(counted) {
                continue;
            }
            let [odd, over] = join(&mut self.low[usize::from(self.numbers[page])], counted);
            for key in keys_of(page, over) {
                self.carry(key);
            }
            for key in keys_of(page, odd) {
                self.fetch_alone(key);
            }
            if odd != 0 {
                counts.odd.push((page, odd));
            }
        }
        while let Some((page, odd)) = counts.odd.pop() {
            for key in keys_of(page, odd) {
                self.meet(counts.met(key, blocks));
            }
        }
        if self.rest.sums.is_some() {
            self.add_sums(counts, blocks);
        }
    }

    /// Counts values in a bin whose values did not differ so far.
    #[inline]
    fn meet(&mut self, Met { key, count, value, is_alone }: Met) {
        self.open(key);
        let low = *self.low_of(key);
        let more = u64::from(count);
        match self.alone.get_mut(usize::from(low).wrapping_sub(1)) {
            Some(alone) if alone.value == value && is_alone => alone.count += more,
            Some(Alone { count, .. }) => {
                let count = *count + more;
                self.set(key, None, count);
            }
            None if is_alone => *self.low_of(key) = self.take_place(Alone { value, count: more }),
            None => *self.low_of(key) = MIXED | count,
        }
    }

    fn add_sums(&mut self, counts: &Counts, blocks: &[Counted<'_>]) {
        for ((values, which), keys) in blocks.iter().zip(counts.keys()) {
            for (lane, (key, value)) in keys.iter().zip(values.iter()).enumerate() {
                if (which >> lane) & 1 == 1 {
                    self.add_sum(*key, i128::from(*value));
                }
            }
        }
    }

    /// Adds to the sum of a bin that is open, where sums are kept.
    fn add_sum(&mut self, key: u16, more: i128) {
        let number = usize::from(self.numbers[usize::from(key) / PAGE]);
        if let Some(sums) = &mut self.rest.sums {
            if sums.len() <= number {
                sums.resize(self.low.len(), [0; PAGE]);
            }
            sums[number][usize::from(key) % PAGE] += more;
        }
    }

    #[inline(always)]
    fn low_of(&mut self, key: u16) -> &mut u16 {
        let number = self.numbers[usize::from(key) / PAGE];
        &mut self.low[usize::from(number)][usize::from(key) % PAGE]
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
        self.add_sum(more.key, more.sum);
    }

    /// Has the page of a bin open.
    #[inline]
    fn open(&mut self, key: u16) {
        let number = &mut self.numbers[usize::from(key) / PAGE];
        if *number == 0 {
            *number = self.low.len() as u8;
            self.low.push([0; PAGE]);
        }
    }

    /// Has a bin hold so many values, all of them one or not.
    fn set(&mut self, key: u16, alone: Option<i64>, count: u64) {
        self.open(key);
        let low = *self.low_of(key);
        if let Some(alone) = self.alone.get_mut(usize::from(low).wrapping_sub(1)) {
            alone.count = u64::from(self.free);
            self.free = low;
        }
        *self.low_of(key) = if let Some(value) = alone {
            self.take_place(Alone { value, count })
        } else {
            if count >= u64::from(OVER) {
                *self.carried_of(key) = u32::try_from(count / u64::from(OVER)).unwrap_or(u32::MAX);
            }
            MIXED | (count % u64::from(OVER)) as u16
        };
    }

    /// Puts a value that is alone somewhere; gives the word of its bin. There are fewer bins than places.
    fn take_place(&mut self, alone: Alone) -> u16 {
        let place = self.free;
        if let Some(free) = self.alone.get_mut(usize::from(place).wrapping_sub(1)) {
            self.free = free.count as u16;
            *free = alone;
            place
        } else {
            self.alone.push(alone);
            self.alone.len() as u16
        }
    }

    /// The word of a bin has run over.
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
            let count = u64::from(low & COUNT) + u64::from(OVER) * u64::from(carried);
            return Some(Held { key, count, alone: None, sum });
        }
        let Alone { value, count } = match low {
            0 => return None,
            place => self.alone.get(usize::from(place) - 1)?,
        };
        Some(Held { key, count: *count, alone: Some(*value), sum })
    }

    /// Has the bins between two values go by, in ascending order of key; sums are left out.
    pub(super) fn walk(&self, (least, greatest): (i64, i64), through: &mut impl Walk) {
        for page in pages([key(least), key(greatest)]) {
            let number = usize::from(self.numbers[page]);
            if number == 0 {
                continue;
            }
            let counts = self.counts(number);
            for (bin, count) in counts.into_iter().enumerate() {
                if !through.passes(count) {
                    continue;
                }
                if let Some(held) = self.held_at(number, (page * PAGE + bin) as u16) {
                    through.find(&held);
                }
                if through.is_over() {
                    return;
                }
            }
        }
    }

    /// How many values each bin of a page holds.
    fn counts(&self, number: usize) -> [u64; PAGE] {
        let low = &self.low[number];
        let mut counts = [0; PAGE];
        mixed_in(low, &mut counts);
        if let Some(carried) = self.rest.carried.get(number) {
            for (count, carried) in counts.iter_mut().zip(carried) {
                *count += u64::from(OVER) * u64::from(*carried);
            }
        }
        for bin in keys_of(0, alone_in(low)) {
            let bin = usize::from(bin);
            counts[bin] = self.alone.get(usize::from(low[bin]) - 1).map_or(0, |alone| alone.count);
        }
        counts
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
            Some(sums) => Held { sum: sums.get(self.number).map_or(0, |sums| sums[place]), ..held },
            None => held,
        })
    }
}
