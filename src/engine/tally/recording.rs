//! The tally of a run while threads record draws: each notes what figures come to in its blocks, and the cells
//! take what has been noted from time to time, a few blocks together.

use super::page::Page;
use super::sheet::Sheet;
use super::{CUBES, Cube, Tally};

/// What figures come to in one block of draws, by cube.
pub type Pages = [Page; CUBES];

/// What is kept of figures with quantiles, once for all threads.
#[derive(Debug)]
pub struct Recording {
    cubes: [Cube; CUBES],
}

impl Recording {
    /// Takes a tally apart: into what is filled from pages, and what each thread notes, which is empty where
    /// the tally is.
    #[must_use]
    pub fn begin(tally: Tally) -> (Self, Tally<Sheet>) {
        let mut cubes = Vec::with_capacity(CUBES);
        let notes = tally.map(|mut cube| {
            let sheet = cube.take_sheet();
            cubes.push(cube);
            sheet
        });
        let mut cubes = cubes.into_iter();
        (Self { cubes: std::array::from_fn(|_| cubes.next().unwrap_or_default()) }, notes)
    }

    /// Takes what figures came to in some blocks.
    pub fn take(&mut self, blocks: &[Pages]) {
        for (index, cube) in self.cubes.iter_mut().enumerate() {
            let pages: Vec<&Page> = blocks.iter().filter_map(|pages| pages.get(index)).collect();
            cube.take(&pages);
        }
    }

    /// Puts the tally together, with what all threads have noted.
    #[must_use]
    pub fn end(self, notes: Tally<Sheet>) -> Tally {
        let mut cubes = self.cubes.into_iter();
        notes.map(|sheet| {
            let mut cube = cubes.next().unwrap_or_default();
            cube.put_back(sheet);
            cube
        })
    }
}

impl Tally<Sheet> {
    /// Begins a block of draws on these pages.
    pub fn begin_block(&mut self, pages: Pages) {
        for (sheet, page) in self.cubes_mut().into_iter().zip(pages) {
            sheet.begin_block(page);
        }
    }

    /// The pages of the block that is done.
    pub fn end_block(&mut self) -> Pages {
        self.cubes_mut().map(Sheet::end_block)
    }

    /// Adds what another thread has noted but for the pages.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.cubes_mut().into_iter().zip(other.cubes()) {
            mine.merge(theirs);
        }
        self.merge_others(other);
    }
}
