//! How many of a few blocks of values fall into each bin, before the bins take them.

use super::key::{GREATEST_KEY, keys};
use super::page::PAGE;
use crate::numeric::simd::vectorised;
use crate::numeric::{ALL_LANES, LANES};
use std::cell::RefCell;

/// Pages there can be.
pub(super) const PAGES: usize = GREATEST_KEY as usize / PAGE + 1;

/// The key of what is not asked about: no value has it.
const NONE: u16 = 0;

/// Blocks that are counted together: their counts stay below what a word of a bin runs over at.
pub(super) const TOGETHER: usize = 16;

/// Room to count the values of one figure in a few blocks; empty between two figures.
///
/// A table that stays in the nearest cache: what is kept of the figure is touched once for all these blocks.
#[derive(Debug)]
pub(super) struct Counts {
    /// By page.
    pub(super) of: Vec<[u16; PAGE]>,
    keys: Box<[[u16; LANES]; TOGETHER]>,
    /// Where the values stand whose bins are marked.
    marked: Box<[u16; LANES * TOGETHER]>,
}

/// Values whose bins are marked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked<'c> {
    keys: &'c [u16],
    places: &'c [u16],
}

impl Marked<'_> {
    /// Their keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = u16> {
        self.places.iter().map(|place| self.keys[usize::from(*place)])
    }

    /// Block and lane of each.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        self.places.iter().map(|place| (usize::from(*place) / LANES, usize::from(*place) % LANES))
    }
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            of: vec![[0; PAGE]; PAGES],
            keys: Box::new([[NONE; LANES]; TOGETHER]),
            marked: Box::new([0; LANES * TOGETHER]),
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

impl Counts {
    /// Does something with the room that each thread has.
    #[inline]
    pub(super) fn with(act: impl FnOnce(&mut Self)) {
        COUNTS.with_borrow_mut(act);
    }

    /// Works out the keys of a block, as the `row`th of a few, and counts those whose bit of `which` is set;
    /// every value is below 2⁵² in magnitude.
    #[inline]
    pub(super) fn add(&mut self, row: usize, values: &[i64; LANES], which: u64) {
        let of_row = &mut self.keys[row % TOGETHER];
        keys(values, of_row);
        if which != ALL_LANES {
            keep(of_row, which);
        }
        let bins = self.of.as_flattened_mut();
        for key in of_row.iter() {
            if let Some(count) = bins.get_mut(usize::from(*key)) {
                *count += 1;
            }
        }
    }

    /// The keys of the blocks that were added.
    pub(super) fn keys(&self) -> &[[u16; LANES]] {
        self.keys.as_slice()
    }

    /// Finds where values stand, in the first so many blocks, whose bins have a count by now.
    pub(super) fn find_marked(&mut self, blocks: usize) -> Marked<'_> {
        let marks = self.of.as_flattened();
        let keys = self.keys.as_flattened();
        let mut count = 0;
        // Without a branch: which values these are cannot be foreseen.
        for (at, key) in keys.iter().enumerate().take(blocks * LANES) {
            self.marked[count % (LANES * TOGETHER)] = at as u16;
            count += usize::from(marks.get(usize::from(*key)).is_some_and(|mark| *mark != 0));
        }
        Marked { keys, places: &self.marked[..count] }
    }

    /// Forgets what was not asked about.
    #[inline]
    pub(super) fn forget_none(&mut self) {
        self.of[0][usize::from(NONE)] = 0;
    }
}
