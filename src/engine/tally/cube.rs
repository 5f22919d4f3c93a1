//! Cells by several indices, of which equal ones are kept once.

use super::cell::Cell;
use super::stored::Taking;
use crate::numeric::fetch;
use crate::stats::{Grouping, QuantileMethod};
use std::borrow::Cow;

/// Of a figure that has been the first policy's in every draw so far.
const FOLLOWS: u32 = u32::MAX;

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
    /// Where the cell of each figure stands, or [`FOLLOWS`].
    places: Vec<u32>,
    cells: Vec<Cell>,
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
        Self {
            per_policy: shape.iter().skip(1).product(),
            places: (0..count).map(|at| if at < kept { at as u32 } else { FOLLOWS }).collect(),
            cells: (0..kept).map(cell).collect(),
            shape,
        }
    }

    /// The cell with these indices, kept for itself from now on.
    ///
    /// Where policies follow the first, record the first policy last: what follows it takes its
    /// draws of earlier blocks from it.
    pub fn at(&mut self, indices: &[usize]) -> &mut Cell {
        let position = self.position(indices);
        self.own(position)
    }

    /// The cell with these indices if this block must be recorded there: not where the figure has
    /// followed the first policy's so far and is the `same` in this block.
    #[inline]
    pub fn unless(&mut self, same: bool, indices: &[usize]) -> Option<&mut Cell> {
        let position = self.position(indices);
        if same && self.places[position] == FOLLOWS { None } else { Some(self.own(position)) }
    }

    /// The cell with these indices, to read.
    pub fn get(&self, indices: &[usize]) -> &Cell {
        self.read(self.position(indices))
    }

    /// How many cells there are along each index.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// How many cells are kept.
    pub fn kept(&self) -> usize {
        self.cells.len()
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

    /// The cells that are kept.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cells that are kept, in an order that every cube with the same figures apart has.
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
        }
    }

    /// The figures that have a cell, by position, in rising order: the others follow the first policy's.
    pub(super) fn stored(&self) -> Vec<(u32, Cow<'_, Cell>)> {
        let places = self.places.iter().enumerate();
        let kept = places.filter_map(|(position, place)| {
            Some((position as u32, Cow::Borrowed(self.cells.get(*place as usize)?)))
        });
        kept.collect()
    }

    /// Takes what was [`stored`](Self::stored) of a cube of the same kind; false where a figure is missing
    /// that must have a cell, one is none of this cube's or kept in another way, or none of so many draws.
    pub(super) fn restore(&mut self, from: &mut Taking<'_>, of: (Grouping, u64)) -> bool {
        let is_sound = |(position, cell): &(u32, Cell)| {
            let position = *position as usize;
            position < self.places.len() && cell.is_sound(self.read(position), of)
        };
        let Some(stored) = from.list(self.places.len(), is_sound) else { return false };
        let mut places = vec![FOLLOWS; self.places.len()];
        for (cell, (position, _)) in stored.iter().enumerate() {
            match places.get_mut(*position as usize) {
                Some(place) if *place == FOLLOWS => *place = cell as u32,
                _ => return false,
            }
        }
        let is_missing = |(mine, theirs): (&u32, &u32)| *mine != FOLLOWS && *theirs == FOLLOWS;
        let have_all = !self.places.iter().zip(&places).any(is_missing);
        if have_all {
            self.places = places;
            self.cells = stored.into_iter().map(|(_, cell)| cell).collect();
        }
        have_all
    }

    /// Makes quantiles ready to be read.
    pub fn finish(&mut self) {
        self.cells.iter_mut().for_each(|cell| cell.quantiles.sort());
    }

    #[inline]
    fn own(&mut self, position: usize) -> &mut Cell {
        if self.places[position] == FOLLOWS {
            self.part(position);
        }
        let place = self.places[position] as usize;
        // Figures are recorded in the order of their cells: those to come are brought near.
        if let Some(cell) = self.cells.get(place + FAR_AHEAD) {
            fetch(cell);
        }
        if let Some(cell) = self.cells.get(place + AHEAD) {
            cell.quantiles.fetch();
        }
        &mut self.cells[place]
    }

    #[cold]
    fn part(&mut self, position: usize) {
        let cell = self.read(position).clone();
        self.places[position] = self.cells.len() as u32;
        self.cells.push(cell);
    }

    fn read(&self, position: usize) -> &Cell {
        let place = self.places[position];
        let first = position % self.per_policy.max(1);
        &self.cells[if place == FOLLOWS { self.places[first] } else { place } as usize]
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
            if let Some(cell) = cube.unless(same, &[1, index]) {
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
