//! Cells by several indices, of which equal ones are kept once.

use super::cell::{Cell, Figure, Open};
use super::stored::Taking;
use crate::numeric::fetch;
use crate::stats::{Accumulator, Grouping, QuantileMethod};

/// Of a figure that has been the first policy's in every draw so far.
const FOLLOWS: u32 = u32::MAX;
/// Of a figure without quantiles, which stands among the bare ones.
const BARE: u32 = 1 << 31;

/// So many cells ahead the bins are brought near, for which the cell itself has to be.
const AHEAD: usize = 6;
/// So many cells ahead the cell is.
const FAR_AHEAD: usize = 12;

/// Cells by several indices, the first of them the policy.
///
/// In a cube that [`follows`](Cube::following) a figure of a later policy is kept only once it
/// differs from the first policy's in some draw: until then it *is* that figure.
#[derive(Clone, Debug, Default)]
pub struct Cube {
    shape: Vec<usize>,
    /// How many figures a policy has.
    per_policy: usize,
    /// Where the cell of each figure stands, among the bare ones with [`BARE`], or [`FOLLOWS`].
    places: Vec<u32>,
    cells: Vec<Cell>,
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
        let count = shape.iter().product();
        Self::with(shape, count, cell)
    }

    /// Cells made from their positions; all policies follow the first.
    pub fn following(shape: Vec<usize>, cell: impl Fn(usize) -> Cell) -> Self {
        let per_policy: usize = shape.iter().skip(1).product();
        let count = per_policy.min(shape.iter().product());
        Self::with(shape, count, cell)
    }

    /// The first `kept` figures have cells, the others follow.
    fn with(shape: Vec<usize>, kept: usize, cell: impl Fn(usize) -> Cell) -> Self {
        let count: usize = shape.iter().product();
        let mut cube = Self {
            per_policy: shape.iter().skip(1).product(),
            places: vec![FOLLOWS; count],
            shape,
            ..Self::default()
        };
        for position in 0..kept {
            cube.push(position, cell(position));
        }
        cube.cells.shrink_to_fit();
        cube.bare.shrink_to_fit();
        cube
    }

    /// Gives a figure a place of its own.
    fn push(&mut self, position: usize, cell: Cell) {
        // Not twice as many, as a vector would: of millions of figures that is gigabytes.
        fn room<T>(kept: &mut Vec<T>) -> u32 {
            if kept.len() == kept.capacity() {
                kept.reserve_exact((kept.len() / 8).max(64));
            }
            kept.len() as u32
        }
        self.places[position] = if cell.has_quantiles() {
            let place = room(&mut self.cells);
            self.cells.push(cell);
            place
        } else {
            let place = room(&mut self.bare);
            self.bare.push(cell.moments);
            place | BARE
        };
    }

    /// The cell with these indices, kept for itself from now on.
    ///
    /// Where policies follow the first, record the first policy last: what follows it takes its
    /// draws of earlier blocks from it.
    pub fn at(&mut self, indices: &[usize]) -> Open<'_> {
        let position = self.position(indices);
        self.own(position)
    }

    /// The cell with these indices if this block must be recorded there: not where the figure has
    /// followed the first policy's so far and is the `same` in this block.
    #[inline]
    pub fn unless(&mut self, same: bool, indices: &[usize]) -> Option<Open<'_>> {
        let position = self.position(indices);
        if same && self.places[position] == FOLLOWS { None } else { Some(self.own(position)) }
    }

    /// The figure with these indices, to read.
    pub fn get(&self, indices: &[usize]) -> Figure<'_> {
        self.read(self.position(indices))
    }

    /// How many cells there are along each index.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// How many cells are kept.
    pub fn kept(&self) -> usize {
        self.cells.len() + self.bare.len()
    }

    /// Adds what another of the same kind has recorded.
    pub fn merge(&mut self, other: &Self) {
        // Later policies first: what one of the two has kept apart, the other takes from its first.
        for position in (0..self.places.len()).rev() {
            if self.places[position] != FOLLOWS || other.places[position] != FOLLOWS {
                self.own(position).merge(other.read(position));
            }
        }
    }

    /// The figures that are kept with their quantiles.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The same, in an order that every cube with the same figures apart has.
    pub(super) fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }

    /// A cube with the same figures apart, each with a place for what a second pass finds.
    pub(super) fn gathering(&self) -> Self {
        let cells = self.cells.iter().map(Cell::gathering);
        Self {
            shape: self.shape.clone(),
            per_policy: self.per_policy,
            places: self.places.clone(),
            cells: cells.collect(),
            bare: vec![Accumulator::new(); self.bare.len()],
        }
    }

    /// The figures that have a place of their own, by position, in rising order, with that of the bare ones;
    /// the others follow the first policy's.
    pub(super) fn kept_figures(&self) -> impl Iterator<Item = (u32, Figure<'_>)> {
        let places = self.places.iter().enumerate();
        places
            .filter(|(_, place)| **place != FOLLOWS)
            .map(|(position, place)| (position as u32, self.standing_at(*place)))
    }

    /// Takes what was kept of a cube of the same kind; false where a figure is missing that must have a
    /// cell, one is none of this cube's or kept in another way, or none of so many draws.
    pub(super) fn restore(&mut self, from: &mut Taking<'_>, of: (Grouping, u64)) -> bool {
        let mut cube = Self {
            shape: self.shape.clone(),
            per_policy: self.per_policy,
            places: vec![FOLLOWS; self.places.len()],
            ..Self::default()
        };
        let Some(count) = from.count(self.places.len()) else { return false };
        for _ in 0..count {
            let Some((position, cell)) = from.one::<(u32, Cell)>() else { return false };
            let position = position as usize;
            let is_free = cube.places.get(position) == Some(&FOLLOWS);
            if !is_free || !cell.is_sound(self.read(position), of) {
                return false;
            }
            cube.push(position, cell);
        }
        let is_missing = |(mine, theirs): (&u32, &u32)| *mine != FOLLOWS && *theirs == FOLLOWS;
        let have_all = !self.places.iter().zip(&cube.places).any(is_missing);
        if have_all {
            *self = cube;
        }
        have_all
    }

    /// Makes quantiles ready to be read.
    pub fn finish(&mut self) {
        self.cells.iter_mut().for_each(|cell| cell.quantiles.sort());
    }

    #[inline]
    fn own(&mut self, position: usize) -> Open<'_> {
        if self.places[position] == FOLLOWS {
            self.part(position);
        }
        let place = self.places[position];
        if place & BARE != 0 {
            return Open::bare(&mut self.bare[(place & !BARE) as usize]);
        }
        let place = place as usize;
        // Figures are recorded in the order of their cells: those to come are brought near.
        if let Some(cell) = self.cells.get(place + FAR_AHEAD) {
            fetch(cell);
        }
        if let Some(cell) = self.cells.get(place + AHEAD) {
            cell.quantiles.fetch();
        }
        self.cells[place].open()
    }

    #[cold]
    fn part(&mut self, position: usize) {
        let first = self.read(position);
        let (moments, quantiles) = (first.moments.clone(), first.quantiles.clone());
        self.push(position, Cell { moments, quantiles });
    }

    fn read(&self, position: usize) -> Figure<'_> {
        let place = self.places[position];
        let first = position % self.per_policy.max(1);
        self.standing_at(if place == FOLLOWS { self.places[first] } else { place })
    }

    fn standing_at(&self, place: u32) -> Figure<'_> {
        if place & BARE == 0 {
            self.cells[place as usize].figure()
        } else {
            Figure::bare(&self.bare[(place & !BARE) as usize])
        }
    }

    #[inline]
    fn position(&self, indices: &[usize]) -> usize {
        debug_assert_eq!(indices.len(), self.shape.len());
        indices.iter().zip(&self.shape).fold(0, |position, (&index, &size)| {
            debug_assert!(index < size);
            position * size + index
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::LANES;

    fn cube() -> Cube {
        Cube::following(vec![2, 3], |_| Cell::new(QuantileMethod::Exact))
    }

    /// Records a block of three figures of two policies, the second policy first.
    fn record(cube: &mut Cube, first: [i64; 3], second: [i64; 3]) {
        for index in 0..3 {
            let same = first[index] == second[index];
            if let Some(mut cell) = cube.unless(same, &[1, index]) {
                cell.add_money(&[second[index]; LANES], LANES);
            }
            cube.at(&[0, index]).add_money(&[first[index]; LANES], LANES);
        }
    }

    fn sums(cube: &Cube) -> Vec<i128> {
        let at = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]];
        at.iter().map(|indices| cube.get(indices).moments.sum() / LANES as i128).collect()
    }

    #[test]
    fn a_figure_is_kept_apart_from_the_block_on_in_which_it_differs() {
        let mut cube = cube();
        record(&mut cube, [1, 2, 3], [1, 2, 4]);
        assert_eq!(cube.kept(), 4);
        record(&mut cube, [10, 20, 30], [10, 21, 30]);
        assert_eq!(cube.kept(), 5);
        // And stays apart where it is equal again.
        record(&mut cube, [100, 200, 300], [100, 200, 300]);
        assert_eq!((cube.kept(), sums(&cube)), (5, vec![111, 222, 333, 111, 223, 334]));
    }

    #[test]
    fn merging_gives_what_recording_all_gives() {
        let blocks = [([1, 2, 3], [1, 2, 4]), ([5, 6, 7], [5, 8, 7]), ([9, 9, 9], [9, 9, 9])];
        let mut whole = cube();
        let mut parts = [cube(), cube(), cube()];
        for (part, (first, second)) in parts.iter_mut().zip(blocks) {
            record(&mut whole, first, second);
            record(part, first, second);
        }
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let mut merged = cube();
            for part in order {
                merged.merge(&parts[part]);
            }
            assert_eq!(sums(&merged), sums(&whole));
            assert_eq!(merged.kept(), 5);
            for at in [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]] {
                let (found, expected) = (merged.get(&at), whole.get(&at));
                assert_eq!(found.moments, expected.moments);
                assert_eq!(found.quantiles.count(), 3 * LANES as u64);
            }
        }
    }
}
