//! What figures come to in one block of draws, until their cells take it.

use crate::engine::settlement::Money;
use crate::numeric::simd::vectorised;
use crate::numeric::{ALL_LANES, LANES, fetch};
use crate::stats::{Row, ends, fill};

/// What the figures of a cube come to in a block of draws, closely written.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Of each figure the place of its entry, from 1; 0 where nothing is noted.
    entries_of: Vec<u32>,
    entries: Vec<Entry>,
    /// Those of this block, and after them what was written in other blocks and is not read.
    words: Vec<Words>,
    /// How many are of this block.
    written: usize,
}

/// A word of each draw.
type Words = [u32; LANES];

/// A figure's values.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The draws with a value.
    present: u64,
    /// The least value, from which the others are counted.
    least: i64,
    /// How far above it the greatest stands.
    reach: u64,
    /// How many draws have no value.
    missing: u32,
    /// Where the words begin: none where all are the least value, the lower ones, and then the higher ones of
    /// values that are 2³² quanta apart.
    from: u32,
}

impl Entry {
    /// How many words each value has.
    fn width(&self) -> usize {
        usize::from(self.reach > 0) + usize::from(self.reach > u64::from(u32::MAX))
    }
}

vectorised! {
    fn write_lower(values: &Money, least: i64, words: &mut Words) {
        for lane in 0..LANES {
            words[lane] = values[lane].wrapping_sub(least) as u32;
        }
    }

    fn write_higher(values: &Money, least: i64, words: &mut Words) {
        for lane in 0..LANES {
            words[lane] = ((values[lane].wrapping_sub(least) as u64) >> 32) as u32;
        }
    }

    fn read_lower(words: &Words, least: i64, values: &mut Money) {
        for lane in 0..LANES {
            values[lane] = least.wrapping_add(i64::from(words[lane]));
        }
    }

    fn add_higher(words: &Words, values: &mut Money) {
        for lane in 0..LANES {
            values[lane] = values[lane].wrapping_add((u64::from(words[lane]) << 32) as i64);
        }
    }
}

impl Page {
    /// Makes room for a block of so many figures, of which so many are likely to be noted, and forgets what
    /// was noted of another.
    pub(super) fn begin(&mut self, figures: usize, likely: usize) {
        self.entries_of.clear();
        self.entries_of.resize(figures, 0);
        self.entries.clear();
        self.written = 0;
        if self.words.capacity() == 0 {
            self.entries.reserve_exact(likely);
            self.words.reserve_exact(likely);
        }
    }

    /// Notes what a figure comes to.
    #[inline]
    pub(super) fn note(&mut self, figure: usize, quanta: &Money, present: u64, missing: u32) {
        if present == ALL_LANES {
            self.write(figure, quanta, (present, missing));
        } else {
            let mut filled = *quanta;
            let known = quanta.get(present.trailing_zeros() as usize).copied().unwrap_or(0);
            fill(&mut filled, present, known);
            self.write(figure, &filled, (present, missing));
        }
    }

    fn write(&mut self, figure: usize, values: &Money, (present, missing): (u64, u32)) {
        let (least, greatest) = ends(values);
        let from = self.written as u32;
        let entry = Entry { present, least, reach: greatest.abs_diff(least), missing, from };
        for word in 0..entry.width() {
            if self.written == self.words.len() {
                self.words.push([0; LANES]);
            }
            let write = if word == 0 { write_lower } else { write_higher };
            write(values, least, &mut self.words[self.written]);
            self.written += 1;
        }
        self.entries.push(entry);
        self.entries_of[figure] = self.entries.len() as u32;
    }

    /// Whether something is noted of a figure.
    #[inline]
    pub(super) fn has(&self, figure: usize) -> bool {
        self.entries_of[figure] != 0
    }

    #[inline]
    fn entry(&self, figure: usize) -> Option<&Entry> {
        self.entries.get((*self.entries_of.get(figure)? as usize).wrapping_sub(1))
    }

    /// Has the entry of a figure brought near.
    #[inline]
    pub(super) fn fetch_entry(&self, figure: usize) {
        if let Some(entry) = self.entry(figure) {
            fetch(entry);
        }
    }

    /// Has what is noted of a figure brought near.
    #[inline]
    pub(super) fn fetch(&self, figure: usize) {
        let words = self.entry(figure).and_then(|entry| self.words.get(entry.from as usize));
        if let Some(words) = words {
            fetch(words);
        }
    }

    /// Writes the values that are noted of a figure into a row; gives how many draws have one, and how many
    /// none.
    #[inline]
    pub(super) fn read(&self, figure: usize, row: &mut Row) -> (u32, u32) {
        let Some(entry) = self.entry(figure) else { return (0, 0) };
        let greatest = entry.least.wrapping_add(entry.reach as i64);
        let words = self.words.get(entry.from as usize..).unwrap_or_default();
        let is_near = entry.present == ALL_LANES && (1..Row::NEAR).contains(&entry.reach);
        if let Some(lower) = words.first().filter(|_| is_near) {
            row.refill_near((entry.least, greatest), lower);
            return (LANES as u32, entry.missing);
        }
        row.refill(entry.present, (entry.least, greatest), |values| {
            match words.split_first().filter(|_| entry.width() > 0) {
                Some((lower, higher)) => {
                    read_lower(lower, entry.least, values);
                    if let Some(higher) = higher.first().filter(|_| entry.width() > 1) {
                        add_higher(higher, values);
                    }
                }
                None => *values = [entry.least; LANES],
            }
        });
        (entry.present.count_ones(), entry.missing)
    }

    /// Bytes that any figure takes in it.
    pub(in crate::engine) const BYTES_OF_A_FIGURE: usize = size_of::<u32>();
    /// Bytes that one takes on top that is noted, where its values stay near to each other.
    pub(in crate::engine) const BYTES_WHERE_NOTED: usize = size_of::<Entry>() + size_of::<Words>();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_noted_is_read(
            seeds in prop::collection::vec(any::<i64>(), LANES),
            shift in 0_u32..64,
            base in -1_000_000_i64..1_000_000,
            present in prop_oneof![Just(u64::MAX), Just(0), any::<u64>()],
        ) {
            let quanta: Money = std::array::from_fn(|lane| base.wrapping_add(seeds[lane] >> shift));
            let mut page = Page::default();
            page.begin(3, 3);
            page.note(1, &quanta, present, 7);
            prop_assert!(page.has(1) && !page.has(0));
            let mut row = Row::default();
            prop_assert_eq!(page.read(2, &mut row), (0, 0));
            prop_assert_eq!(page.read(1, &mut row), (present.count_ones(), 7));
            let expected = Row::of(&quanta, present);
            let is_same = |expected: Row| format!("{row:?}") == format!("{expected:?}");
            prop_assert!(expected.is_none_or(is_same));
            // Another block on the same page, of figures that take none, one and two words.
            page.begin(4, 3);
            prop_assert!(!page.has(1));
            let blocks = [0, 1, 1 << 40].map(|step| quanta.map(|value| (value & 0xffff) * step - base));
            for (figure, block) in blocks.iter().enumerate() {
                page.note(figure + 1, block, u64::MAX, 0);
            }
            for (figure, block) in blocks.iter().enumerate() {
                page.read(figure + 1, &mut row);
                prop_assert_eq!(format!("{row:?}"), format!("{:?}", Row::of(block, u64::MAX).unwrap()));
            }
        }
    }
}
