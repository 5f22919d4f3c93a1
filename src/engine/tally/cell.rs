//! One figure over the draws, and cubes of them.

use crate::numeric::{LANES, Lanes};
use crate::stats::{Accumulator, QuantileMethod, Quantiles};

/// Quanta per unit of money: cents.
pub const MONEY: f64 = 100.0;
/// Quanta per unit of anything else: millionths.
pub const UNITS: f64 = 1e6;

/// The moments and quantiles of one figure.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Moments, in quanta.
    pub moments: Accumulator,
    /// Quantiles, in quanta.
    pub quantiles: Quantiles,
    /// Values not yet added: a histogram that is visited rarely, with many values, stays in cache.
    pending: Vec<i64>,
}

/// The most quanta that are kept: what exceeds them, as what is not a number, is missing.
const MOST: f64 = 9e18;

/// How many values wait before they are added.
const PENDING: usize = 2 * LANES;

impl Cell {
    /// An empty cell.
    pub fn new(method: QuantileMethod) -> Self {
        Self { moments: Accumulator::new(), quantiles: Quantiles::new(method), pending: Vec::new() }
    }

    /// Adds the first `active` draws of a block.
    pub fn add_money(&mut self, cents: &[i64; LANES], active: usize) {
        self.pending.extend_from_slice(&cents[..active]);
        if self.pending.len() >= PENDING {
            self.flush();
        }
    }

    /// Adds what waits; before that the figures lack it.
    fn flush(&mut self) {
        self.moments.add_lanes(&self.pending);
        self.quantiles.add_lanes(&self.pending);
        self.pending.clear();
    }

    /// Adds the first `active` draws of a block, in quanta of `1 / scale`; what is not a number is missing.
    pub fn add_values(&mut self, values: &Lanes, scale: f64, active: usize) {
        if values.iter().all(|value| value.abs() <= MOST / scale) {
            let quanta = values.map(|value| (value * scale + 0.5).floor() as i64);
            self.add_money(&quanta, active);
            return;
        }
        for value in &values[..active] {
            if value.abs() <= MOST / scale {
                self.pending.push((value * scale + 0.5).floor() as i64);
            } else {
                self.moments.add_missing();
            }
        }
    }
}

/// Cells by several indices.
#[derive(Clone, Debug, Default)]
pub struct Cube {
    shape: Vec<usize>,
    cells: Vec<Cell>,
}

impl Cube {
    /// Empty cells.
    pub fn new(shape: Vec<usize>, method: QuantileMethod) -> Self {
        let count = shape.iter().product();
        Self { shape, cells: vec![Cell::new(method); count] }
    }

    /// The cell with these indices.
    pub fn at(&mut self, indices: &[usize]) -> &mut Cell {
        let position = self.position(indices);
        &mut self.cells[position]
    }

    /// The cell with these indices, to read.
    pub fn get(&self, indices: &[usize]) -> &Cell {
        &self.cells[self.position(indices)]
    }

    /// How many cells there are along each index.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Adds what another has recorded and finished.
    pub fn merge(&mut self, other: &Self) {
        for (cell, other) in self.cells.iter_mut().zip(&other.cells) {
            cell.moments.merge(&other.moments);
            cell.quantiles.merge(&other.quantiles);
        }
    }

    /// Makes moments and quantiles ready to be read.
    pub fn finish(&mut self) {
        for cell in &mut self.cells {
            cell.flush();
            cell.quantiles.sort();
        }
    }

    fn position(&self, indices: &[usize]) -> usize {
        debug_assert_eq!(indices.len(), self.shape.len());
        indices.iter().zip(&self.shape).fold(0, |position, (&index, &size)| {
            debug_assert!(index < size);
            position * size + index
        })
    }
}
