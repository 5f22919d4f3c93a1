//! How many of a few blocks of values fall into each bin, before the bins take them.

use super::key::{GREATEST_KEY, keys};
use super::page::{ONE, OVER, PAGE};
use crate::numeric::simd::vectorised;
use crate::numeric::{ALL_LANES, LANES};
use std::cell::RefCell;

/// Pages there can be.
pub(super) const PAGES: usize = GREATEST_KEY as usize / PAGE + 1;

/// The key of what is not asked about: no value has it.
const NONE: u16 = 0;

/// Blocks that are counted together: their counts stay below what a word of a bin runs over at.
pub(super) const TOGETHER: usize = 16;

/// In the word of a bin that is counted: where its last value stands. Above it is the count.
const LAST: u32 = ONE - 1;

const _: () = assert!(LANES * TOGETHER < OVER as usize);

/// A block of values, and which of them are counted, bit by bit.
pub(super) type Counted<'b> = (&'b [i64; LANES], u64);

/// Room to count the values of one figure in a few blocks; empty between two figures.
///
/// What of it one figure touches stays in the nearest cache, and what is kept of the figure is touched once for
/// all these blocks.
#[derive(Debug)]
pub(super) struct Counts {
    /// Of each bin, by page, how many values have been counted and where the last of them stands; 0 where
    /// there is none.
    pub(super) of: Vec<[u32; PAGE]>,
    keys: Box<[[u16; LANES]; TOGETHER]>,
    /// Of each value where the one before it in its bin stands; of the first of a bin this says nothing.
    before: Box<[[u16; LANES]; TOGETHER]>,
    /// Pages with bins of which more must be known than how many values they hold, and which these are, bit by
    /// bit; only their words are left.
    pub(super) odd: Vec<(usize, u64)>,
}

/// What the values of one bin come to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub(super) key: u16,
    pub(super) count: u16,
    /// One of them.
    pub(super) value: i64,
    /// Whether all of them are that one.
    pub(super) is_alone: bool,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            of: vec![[0; PAGE]; PAGES],
            keys: Box::new([[NONE; LANES]; TOGETHER]),
            before: Box::new([[0; LANES]; TOGETHER]),
            odd: Vec::with_capacity(PAGES),
        }
    }
}

thread_local! {
    static COUNTS: RefCell<Counts> = RefCell::default();
}

vectorised! {
    /// Takes the keys of lanes whose bit is not set away.
    fn keep(keys: &mut [u16; LANES], which: u64) {
        for lane in 0..LANES {
            let is_kept = (which >> lane) & 1 == 1;
            keys[lane] = if is_kept { keys[lane] } else { NONE };
        }
    }
}

/// The value at a place of a few blocks.
#[inline(always)]
fn value_at(blocks: &[Counted<'_>], place: usize) -> i64 {
    blocks.get(place / LANES).map_or(0, |(values, _)| values[place % LANES])
}

impl Counts {
    /// Does something with the room that each thread has.
    #[inline]
    pub(super) fn with(act: impl FnOnce(&mut Self)) {
        COUNTS.with_borrow_mut(act);
    }

    /// Works out the keys of a block, as the `row`th of a few, and counts those whose bit of `which` is set;
    /// every value is below 2⁵² in magnitude, and none less than `least`.
    #[inline]
    pub(super) fn add(&mut self, row: usize, (values, which): Counted<'_>, least: i64) {
        let of_row = &mut self.keys[row % TOGETHER];
        keys(values, least, of_row);
        if which != ALL_LANES {
            keep(of_row, which);
        }
        let bins = self.of.as_flattened_mut();
        let first = ONE + (row * LANES) as u32;
        let values = of_row.iter().zip(&mut self.before[row % TOGETHER]);
        for (one, (key, before)) in (first..).zip(values) {
            if let Some(word) = bins.get_mut(usize::from(*key)) {
                *before = *word as u16;
                *word = (*word & !LAST) + one;
            }
        }
    }

    /// The keys of the blocks that were added.
    pub(super) fn keys(&self) -> &[[u16; LANES]] {
        self.keys.as_slice()
    }

    /// What the values of a bin that was counted come to; forgets them.
    #[inline]
    pub(super) fn met(&mut self, key: u16, blocks: &[Counted<'_>]) -> Met {
        let word = std::mem::take(&mut self.of[usize::from(key) / PAGE][usize::from(key) % PAGE]);
        let (count, mut place) = ((word / ONE) as u16, (word & LAST) as usize);
        let value = value_at(blocks, place);
        let is_alone = (1..count).all(|_| {
            place = usize::from(self.before[place / LANES % TOGETHER][place % LANES]);
            value_at(blocks, place) == value
        });
        Met { key, count, value, is_alone }
    }

    /// Forgets what was not asked about.
    #[inline]
    pub(super) fn forget_none(&mut self) {
        self.of[0][usize::from(NONE)] = 0;
    }
}
