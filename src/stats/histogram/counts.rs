//! How many of a few blocks of values fall into each bin, before the bins take them.

use super::key::{GREATEST_KEY, keys};
use super::page::{ONE, PAGE};
use crate::numeric::simd::vectorised;
use crate::numeric::{ALL_LANES, LANES};
use std::cell::RefCell;

/// Pages there can be.
pub(super) const PAGES: usize = GREATEST_KEY as usize / PAGE + 1;

/// The key of what is not asked about: no value has it.
const NONE: u16 = 0;

/// Blocks that are counted together: their counts stay below what a word of a bin runs over at.
pub(super) const TOGETHER: usize = 16;

/// From so many odd bins with several values on one look at all values is quicker than one for each bin.
const MANY: usize = 20;

/// In the word of a bin that is counted: where its last value stands. Above it is the count.
const LAST: u32 = ONE - 1;
/// The highest bit of that, after a look at all values: those of the bin are not all equal.
const DIFFER: u32 = ONE >> 1;
const _: () = assert!(LANES * TOGETHER <= DIFFER as usize);

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
    /// Bins of which more must be known than how many values they hold; only their words are left.
    pub(super) odd: Vec<u16>,
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
            odd: Vec::with_capacity(LANES * TOGETHER),
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

    /// Whether a value with a key is another one than this.
    fn has_other(values: &[i64; LANES], keys: &[u16; LANES], key: u16, value: i64) -> bool {
        let mut other = 0;
        for lane in 0..LANES {
            let differs = values[lane] ^ value;
            other |= if keys[lane] == key { differs } else { 0 };
        }
        other != 0
    }
}

/// The last value of a bin, by its word.
#[inline(always)]
fn value_at(blocks: &[Counted<'_>], word: u32) -> i64 {
    let place = (word & (DIFFER - 1)) as usize;
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
        for (one, key) in (first..).zip(of_row.iter()) {
            if let Some(word) = bins.get_mut(usize::from(*key)) {
                *word = (*word & !LAST) + one;
            }
        }
    }

    /// The keys of the blocks that were added.
    pub(super) fn keys(&self) -> &[[u16; LANES]] {
        self.keys.as_slice()
    }

    /// Tells of each odd bin what its values in the blocks come to, and leaves nothing counted.
    pub(super) fn meet(&mut self, blocks: &[Counted<'_>], mut tell: impl FnMut(Met)) {
        let words = self.of.as_flattened();
        let has_several = |key: &&u16| words[usize::from(**key)] / ONE > 1;
        let with_several = self.odd.iter().filter(has_several).count();
        let has_many = with_several > MANY;
        if has_many {
            self.look_at_all(blocks);
        }
        for at in 0..self.odd.len() {
            let key = self.odd[at];
            let (page, bin) = (usize::from(key) / PAGE, usize::from(key) % PAGE);
            let word = std::mem::take(&mut self.of[page][bin]);
            let (count, value) = ((word / ONE) as u16, value_at(blocks, word));
            let differ = count > 1
                && if has_many { word & DIFFER != 0 } else { self.differ(key, value, blocks) };
            tell(Met { key, count, value, is_alone: !differ });
        }
        self.odd.clear();
        // Nor is anything known of what was not asked about.
        self.of[0][usize::from(NONE)] = 0;
    }

    /// Notes of all bins whether their values differ. Without a branch: which do cannot be foreseen.
    fn look_at_all(&mut self, blocks: &[Counted<'_>]) {
        let words = self.of.as_flattened_mut();
        for ((values, _), keys) in blocks.iter().zip(self.keys.iter()) {
            for (value, key) in values.iter().zip(keys) {
                let word = &mut words[usize::from(*key)];
                let differs = value_at(blocks, *word) != *value;
                *word |= u32::from(differs) * DIFFER;
            }
        }
    }

    /// Whether the values of a bin, of which one is known, differ.
    fn differ(&self, key: u16, value: i64, blocks: &[Counted<'_>]) -> bool {
        let mut rows = blocks.iter().zip(self.keys.iter());
        rows.any(|((values, _), keys)| has_other(values, keys, key, value))
    }
}
