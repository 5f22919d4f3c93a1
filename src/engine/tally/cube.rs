//! Cells by several indices, of which equal ones are kept once.

use super::cell::{Cell, Figure};
use super::page::Page;
use super::sheet::{BARE, FOLLOWS, Places, Sheet, is_bare, push};
use super::stored::Taking;
use crate::numeric::fetch;
use crate::stats::{Accumulator, Grouping, QuantileMethod, Row};
use rayon::prelude::*;

/// Cells take what was noted in so many blocks together.
pub(in crate::engine) const BLOCKS_TOGETHER: usize = 8;
/// So many cells are filled by one thread at a time.
const CHUNK: usize = 16;
/// So many cells ahead the cell and what is noted of it are brought near, and twice as many ahead where that
/// stands.
const AHEAD: usize = 2;

/// Cells by several indices, the first of them the policy.
///
/// In a cube that [`follows`](Cube::following) a figure of a later policy is kept only once it
/// differs from the first policy's in some draw: until then it *is* that figure.
#[derive(Clone, Debug, Default)]
pub struct Cube {
    places: Places,
    cells: Vec<Cell>,
    /// Of each cell its figure.
    figures: Vec<u32>,
    /// Figures of which only moments are kept: half as much as of the others.
    bare: Vec<Accumulator>,
}

impl Cube {
    /// Empty cells, one for each figure.
    pub fn new(shape: Vec<usize>, method: QuantileMethod) -> Self {
        Self::of(shape, |_| Cell::new(method))
    }

    /// Cells made from their positions, one for each figure.
    pub fn of(shape: Vec<usize>, cell: impl Fn(usize) -> Cell) -> Self {
        let leading = shape.iter().product();
        Self::led(shape, leading, cell)
    }

    /// Cells made from their positions; all policies follow the first.
    pub fn following(shape: Vec<usize>, cell: impl Fn(usize) -> Cell) -> Self {
        let leading = shape.iter().skip(1).product();
        Self::led(shape, leading, cell)
    }

    /// So many figures have cells, the others follow.
    fn led(shape: Vec<usize>, leading: usize, cell: impl Fn(usize) -> Cell) -> Self {
        let mut cube = Self { places: Places::new(shape, leading), ..Self::default() };
        for position in 0..leading.min(cube.places.of.len()) {
            cube.push(position, cell(position));
        }
        cube.cells.shrink_to_fit();
        cube.figures.shrink_to_fit();
        cube.bare.shrink_to_fit();
        cube
    }

    /// Gives a figure a place of its own.
    fn push(&mut self, position: usize, cell: Cell) {
        self.places.of[position] = if cell.has_quantiles() {
            push(&mut self.figures, position as u32);
            push(&mut self.cells, cell)
        } else {
            push(&mut self.bare, cell.moments) | BARE
        };
    }

    /// Where a thread notes what these figures come to, in block after block; takes the bare ones along.
    pub(super) fn take_sheet(&mut self) -> Sheet {
        Sheet::new(self.places.clone(), std::mem::take(&mut self.bare), self.cells.len())
    }

    /// Puts the bare figures back.
    pub(super) fn put_back(&mut self, sheet: Sheet) {
        let (places, bare) = sheet.into_bare();
        for (mine, place) in self.places.of.iter_mut().zip(places.of) {
            if is_bare(place) {
                *mine = place;
            }
        }
        self.bare = bare;
    }

    /// Has the cells take what their figures come to in some blocks, side by side.
    pub(super) fn take(&mut self, pages: &[&Page]) {
        for position in self.places.leading..self.places.of.len() {
            // Bare figures are on no page.
            let follows = self.places.of[position] == FOLLOWS;
            let follows = follows && !is_bare(self.places.standing(position));
            if follows && pages.iter().any(|page| page.has(position)) {
                self.part(position);
            }
        }
        let Self { places, cells, figures, .. } = self;
        let chunks = cells.par_chunks_mut(CHUNK).zip(figures.par_chunks(CHUNK));
        let room = || vec![Row::default(); pages.len()];
        chunks.for_each_init(room, |rows, (cells, figures)| {
            for (at, figure) in figures.iter().enumerate() {
                if let Some(cell) = cells.get(at + AHEAD) {
                    fetch(cell);
                }
                if let Some(later) = figures.get(at + 2 * AHEAD) {
                    for page in pages {
                        page.fetch_entry(*later as usize);
                    }
                }
                if let Some(next) = figures.get(at + AHEAD) {
                    for page in pages {
                        page.fetch(*next as usize);
                    }
                }
                let (own, first) = (*figure as usize, places.first(*figure as usize));
                let (mut count, mut missing) = (0, 0);
                for page in pages {
                    let noted = if page.has(own) { own } else { first };
                    let found = page.read(noted, &mut rows[count]);
                    count += usize::from(found.0 > 0);
                    missing += found.1;
                }
                cells[at].add_rows(&rows[..count], missing);
            }
        });
    }

    /// Takes what its figures come to in some blocks of draws, as a run does on one thread.
    pub fn note<B>(&mut self, blocks: &[B], mut note: impl FnMut(&mut Sheet, &B)) {
        let mut sheet = self.take_sheet();
        let mut pages = vec![Page::default(); BLOCKS_TOGETHER.min(blocks.len())];
        for blocks in blocks.chunks(BLOCKS_TOGETHER) {
            for (block, page) in blocks.iter().zip(&mut pages) {
                sheet.begin_block(std::mem::take(page));
                note(&mut sheet, block);
                *page = sheet.end_block();
            }
            self.take(&pages.iter().take(blocks.len()).collect::<Vec<_>>());
        }
        self.put_back(sheet);
    }

    /// The figure with these indices, to read.
    pub fn get(&self, indices: &[usize]) -> Figure<'_> {
        self.read(self.places.position(indices))
    }

    /// How many cells there are along each index.
    pub fn shape(&self) -> &[usize] {
        &self.places.shape
    }

    /// How many cells are kept.
    pub fn kept(&self) -> usize {
        self.cells.len() + self.bare.len()
    }

    /// Adds what another of the same kind has recorded.
    pub fn merge(&mut self, other: &Self) {
        // Later policies first: what one of the two has kept apart, the other takes from its first.
        for position in (0..self.places.of.len()).rev() {
            if self.places.of[position] == FOLLOWS {
                if other.places.of[position] == FOLLOWS {
                    continue;
                }
                self.part(position);
            }
            let (place, figure) = (self.places.of[position], other.read(position));
            if is_bare(place) {
                self.bare[(place & !BARE) as usize].merge(figure.moments);
            } else {
                self.cells[place as usize].add(figure);
            }
        }
    }

    /// The figures that are kept with their quantiles.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The same, in an order that copies of this cube have, and no other need have.
    pub(super) fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }

    /// A cube with the same figures apart, each with a place for what a second pass finds.
    pub(super) fn gathering(&self) -> Self {
        Self {
            places: self.places.clone(),
            cells: self.cells.iter().map(Cell::gathering).collect(),
            figures: self.figures.clone(),
            bare: vec![Accumulator::new(); self.bare.len()],
        }
    }

    /// The figures that have a place of their own, by position, in rising order, with that of the bare ones;
    /// the others follow the first policy's.
    pub fn kept_figures(&self) -> impl Iterator<Item = (u32, Figure<'_>)> {
        let places = self.places.of.iter().enumerate();
        places
            .filter(|(_, place)| **place != FOLLOWS)
            .map(|(position, place)| (position as u32, self.standing_at(*place)))
    }

    /// Takes what was kept of a cube of the same kind; false where a figure is missing that must have a
    /// cell, one is none of this cube's or kept in another way, or none of so many draws.
    pub(super) fn restore(&mut self, from: &mut Taking<'_>, of: (Grouping, u64)) -> bool {
        let Places { shape, leading, .. } = &self.places;
        let mut cube = Self { places: Places::new(shape.clone(), *leading), ..Self::default() };
        let Some(count) = from.count(self.places.of.len()) else { return false };
        for _ in 0..count {
            let Some((position, cell)) = from.one::<(u32, Cell)>() else { return false };
            let position = position as usize;
            let is_free = cube.places.of.get(position) == Some(&FOLLOWS);
            if !is_free || !cell.is_sound(self.read(position), of) {
                return false;
            }
            cube.push(position, cell);
        }
        let is_missing = |(mine, theirs): (&u32, &u32)| *mine != FOLLOWS && *theirs == FOLLOWS;
        let have_all = !self.places.of.iter().zip(&cube.places.of).any(is_missing);
        if have_all {
            *self = cube;
        }
        have_all
    }

    /// Makes quantiles ready to be read.
    pub fn finish(&mut self) {
        self.cells.iter_mut().for_each(|cell| cell.quantiles.sort());
    }

    #[cold]
    fn part(&mut self, position: usize) {
        let first = self.read(position);
        let (moments, quantiles) = (first.moments.clone(), first.quantiles.clone());
        self.push(position, Cell { moments, quantiles });
    }

    fn read(&self, position: usize) -> Figure<'_> {
        self.standing_at(self.places.standing(position))
    }

    fn standing_at(&self, place: u32) -> Figure<'_> {
        if is_bare(place) {
            Figure::bare(&self.bare[(place & !BARE) as usize])
        } else {
            self.cells[place as usize].figure()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tally::Noting;
    use crate::numeric::LANES;

    fn cube(method: QuantileMethod) -> Cube {
        Cube::following(vec![2, 3], |_| Cell::new(method))
    }

    /// Values of three figures under two policies.
    type Block = ([i64; 3], [i64; 3]);

    /// Notes a block, the second policy first.
    fn note(sheet: &mut Sheet, (first, second): Block) {
        for index in 0..3 {
            let same = first[index] == second[index];
            if let Some(mut figure) = sheet.unless(same, &[1, index]) {
                figure.add_money(&[second[index]; LANES], LANES);
            }
            sheet.at(&[0, index]).add_money(&[first[index]; LANES], LANES);
        }
    }

    fn record(cube: &mut Cube, block: Block) {
        cube.note(&[block], |sheet, block| note(sheet, *block));
    }

    const METHODS: [QuantileMethod; 3] =
        [QuantileMethod::Exact, QuantileMethod::Histogram, QuantileMethod::None];
    const BLOCKS: [Block; 3] =
        [([1, 2, 3], [1, 2, 4]), ([5, 6, 7], [5, 8, 7]), ([9, 9, 9], [9, 9, 9])];

    fn sums(cube: &Cube) -> Vec<i128> {
        let at = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]];
        at.iter().map(|indices| cube.get(indices).moments.sum() / LANES as i128).collect()
    }

    #[test]
    fn a_figure_is_kept_apart_from_the_block_on_in_which_it_differs() {
        for method in METHODS {
            let mut cube = cube(method);
            record(&mut cube, ([1, 2, 3], [1, 2, 4]));
            assert_eq!(cube.kept(), 4);
            record(&mut cube, ([10, 20, 30], [10, 21, 30]));
            assert_eq!(cube.kept(), 5);
            // And stays apart where it is equal again.
            record(&mut cube, ([100, 200, 300], [100, 200, 300]));
            assert_eq!((cube.kept(), sums(&cube)), (5, vec![111, 222, 333, 111, 223, 334]));
        }
    }

    /// Whether two cubes know the same, and as much as so many blocks tell.
    fn assert_same(found: &Cube, expected: &Cube) {
        assert_eq!((sums(found), found.kept()), (sums(expected), expected.kept()));
        for at in [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]] {
            let (found, expected) = (found.get(&at), expected.get(&at));
            assert_eq!(found.moments, expected.moments);
            assert_eq!(found.quantiles.count(), expected.quantiles.count());
            assert_eq!(found.quantiles.quantile(0.5), expected.quantiles.quantile(0.5));
        }
    }

    #[test]
    fn merging_gives_what_recording_all_gives() {
        for method in METHODS {
            let mut whole = cube(method);
            let mut parts = [(); 3].map(|()| cube(method));
            for (part, block) in parts.iter_mut().zip(BLOCKS) {
                record(&mut whole, block);
                record(part, block);
            }
            assert_eq!(sums(&whole), [15, 17, 19, 15, 19, 20]);
            for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
                let mut merged = cube(method);
                for part in order {
                    merged.merge(&parts[part]);
                }
                assert_same(&merged, &whole);
            }
        }
    }

    #[test]
    fn blocks_are_taken_together_from_several_threads_as_one_by_one() {
        for method in METHODS {
            let mut whole = cube(method);
            for block in BLOCKS {
                record(&mut whole, block);
            }
            let mut together = cube(method);
            let mut sheets = [together.take_sheet(), cube(method).take_sheet()];
            let pages = [0, 1, 0].into_iter().zip(BLOCKS).map(|(thread, block)| {
                sheets[thread].begin_block(Page::default());
                note(&mut sheets[thread], block);
                sheets[thread].end_block()
            });
            let pages: Vec<Page> = pages.collect();
            together.take(&pages.iter().rev().collect::<Vec<_>>());
            let [mut first, second] = sheets;
            first.merge(&second);
            together.put_back(first);
            assert_same(&together, &whole);
        }
    }

    #[test]
    fn a_figure_that_leads_and_is_not_noted_takes_nothing_of_another() {
        let mut cube = Cube::new(vec![2, 1], QuantileMethod::Histogram);
        cube.note(&[()], |sheet, ()| sheet.at(&[0, 0]).add_money(&[7; LANES], LANES));
        let counts = [0, 1].map(|policy| cube.get(&[policy, 0]).moments.count());
        assert_eq!(counts, [LANES as u64, 0]);
    }
}
