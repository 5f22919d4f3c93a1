//! Counts of bins side by side, in one byte each while they are small.

use super::key::{key, keys, offset};
use crate::numeric::LANES;

/// Bins that are opened together.
const PAGE: usize = 64;

/// In the byte of a bin: it holds values that differ.
const MIXED: u8 = 0x80;
/// In the byte of a bin: the count modulo 128.
const COUNT: u8 = 0x7F;

/// Bins from the least to the greatest that occurred.
///
/// What is touched for every value is one byte: the low seven bits of the count and whether the bin
/// holds different values. The rest lies apart, in pages opened at need: recording is bound by
/// memory, not by arithmetic.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    lows: Vec<u8>,
    /// The key of the first bin.
    base: u16,
    /// Whether sums of values are kept.
    summing: bool,
    rare: Option<Box<Rare>>,
}

/// What is seldom touched.
#[derive(Clone, Debug, Default)]
struct Rare {
    /// For each page of bins its number in `rests` from 1, or 0 while closed.
    pages: Vec<u16>,
    rests: Vec<Rest>,
    /// The sum of the values of each bin, beside `rests`; empty unless sums are kept.
    sums: Vec<i128>,
}

/// What is kept of a bin beside its byte.
#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    /// While the bin holds one value alone: its offset.
    alone: u32,
    /// How often the byte ran over: 2³⁹ values fit in.
    carried: u32,
}

/// What a bin holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// How many values.
    pub count: u64,
    /// The offset that all of them have; `None` where they differ.
    pub alone: Option<u32>,
    /// Their sum, where sums are kept.
    pub sum: i128,
}

impl Window {
    /// No bins; `summing`: with the sum of the values of each.
    pub(super) fn new(summing: bool) -> Self {
        Self { summing, ..Self::default() }
    }

    pub(super) fn is_summing(&self) -> bool {
        self.summing
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lows.is_empty()
    }

    /// Makes room for the keys from `least` to `greatest`.
    #[inline]
    pub(super) fn reach(&mut self, least: u16, greatest: u16) {
        if least < self.base || usize::from(greatest - self.base) >= self.lows.len() {
            self.widen(least, greatest);
        }
    }

    #[cold]
    #[inline(never)]
    fn widen(&mut self, least: u16, greatest: u16) {
        let page = |key: u16| usize::from(key) / PAGE;
        let (mut first, mut last) = (page(least), page(greatest));
        let before = page(self.base);
        if !self.is_empty() {
            first = first.min(before);
            last = last.max(before + self.lows.len() / PAGE - 1);
        }
        let shift = before.saturating_sub(first);
        let mut lows = vec![0; (last - first + 1) * PAGE];
        let mut pages = vec![0; last - first + 1];
        let rare = self.rare.get_or_insert_default();
        lows.iter_mut().skip(shift * PAGE).zip(&self.lows).for_each(|(new, old)| *new = *old);
        pages.iter_mut().skip(shift).zip(&rare.pages).for_each(|(new, old)| *new = *old);
        (self.base, self.lows, rare.pages) = ((first * PAGE) as u16, lows, pages);
    }

    /// Counts a block of values below 2⁵² in magnitude, all within reach.
    #[inline]
    pub(super) fn add_block(&mut self, values: &[i64; LANES]) {
        let mut places = [0; LANES];
        keys(values, self.base, &mut places);
        for (place, &value) in places.iter().zip(values) {
            let place = usize::from(*place);
            match self.lows.get_mut(place) {
                // Of a bin whose values differ there is nothing to know but one more.
                Some(low) if low.wrapping_sub(MIXED) < COUNT => *low += 1,
                _ => self.count_rarely(place, value),
            }
        }
        if self.summing {
            for lane in 0..LANES {
                self.add_sum(usize::from(places[lane]), i128::from(values[lane]));
            }
        }
    }

    /// Counts a value within reach so many times.
    pub(super) fn add(&mut self, value: i64, count: u64) {
        let sum = i128::from(value) * i128::from(count);
        self.hold(key(value), Held { count, alone: Some(offset(value)), sum });
    }

    /// Adds what a bin of another window holds.
    pub(super) fn hold(&mut self, key: u16, more: Held) {
        let place = usize::from(key.wrapping_sub(self.base));
        if place >= self.lows.len() {
            return;
        }
        let held = self.held(place);
        let count = held.count + more.count;
        let same = held.alone.filter(|alone| more.alone == Some(*alone));
        let alone = if held.count == 0 { more.alone } else { same };
        let rest = self.rare.get_or_insert_default().rest(place, self.summing);
        rest.alone = alone.unwrap_or(0);
        rest.carried = u32::try_from(count / 128).unwrap_or(u32::MAX);
        self.lows[place] = (count % 128) as u8 | if alone.is_none() { MIXED } else { 0 };
        self.add_sum(place, more.sum);
    }

    fn add_sum(&mut self, place: usize, sum: i128) {
        let Some(rare) = &mut self.rare else { return };
        let at = rare.position(place);
        if let Some(kept) = rare.sums.get_mut(at) {
            *kept += sum;
        }
    }

    /// Counts a value in a bin that holds one value alone, or nothing, or whose byte runs over.
    #[inline(never)]
    fn count_rarely(&mut self, place: usize, value: i64) {
        let Some(low) = self.lows.get_mut(place) else { return };
        let rest = self.rare.get_or_insert_default().rest(place, self.summing);
        if *low & MIXED == 0 {
            if *low == 0 && rest.carried == 0 {
                rest.alone = offset(value);
            } else if rest.alone != offset(value) {
                *low |= MIXED;
                rest.alone = 0;
            }
        }
        if *low & COUNT == COUNT {
            *low &= MIXED;
            rest.carried = rest.carried.saturating_add(1);
        } else {
            *low += 1;
        }
    }

    /// The bins that hold something, in ascending order of key.
    pub(super) fn occupied(&self) -> impl Iterator<Item = (u16, Held)> + '_ {
        (0..self.lows.len())
            .map(|place| (self.base + place as u16, self.held(place)))
            .filter(|(_, held)| held.count > 0)
    }

    #[inline]
    fn held(&self, place: usize) -> Held {
        let low = self.lows.get(place).copied().unwrap_or(0);
        let (rest, sum) = self.rare.as_ref().map_or_else(Default::default, |rare| rare.at(place));
        let count = u64::from(low & COUNT) + 128 * u64::from(rest.carried);
        Held { count, alone: (low & MIXED == 0).then_some(rest.alone), sum }
    }
}

impl Rare {
    /// Where the rest of a bin stands; beyond all while its page is closed.
    #[inline]
    fn position(&self, place: usize) -> usize {
        let number = self.pages.get(place / PAGE).map_or(0, |number| usize::from(*number));
        number.wrapping_sub(1).wrapping_mul(PAGE).wrapping_add(place % PAGE)
    }

    /// The rest of a bin and its sum; nothing while its page is closed.
    #[inline]
    fn at(&self, place: usize) -> (Rest, i128) {
        let at = self.position(place);
        (
            self.rests.get(at).copied().unwrap_or_default(),
            self.sums.get(at).copied().unwrap_or_default(),
        )
    }

    /// The rest of a bin within the window; its page is opened if need be.
    fn rest(&mut self, place: usize, summing: bool) -> &mut Rest {
        let page = &mut self.pages[place / PAGE];
        if *page == 0 {
            self.rests.resize(self.rests.len() + PAGE, Rest::default());
            if summing {
                self.sums.resize(self.rests.len(), 0);
            }
            *page = (self.rests.len() / PAGE) as u16;
        }
        &mut self.rests[(usize::from(*page) - 1) * PAGE + place % PAGE]
    }
}
