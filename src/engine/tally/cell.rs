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
}

impl Cell {
    /// Adds the first `active` draws of a block.
    pub fn add_money(&mut self, cents: &[i64; LANES], active: usize) {
        self.moments.add_lanes(&cents[..active]);
        self.quantiles.add_lanes(&cents[..active]);
    }

    /// Adds the first `active` draws of a block, in quanta of `1 / scale`; what is not a number is missing.
    pub fn add_values(&mut self, values: &Lanes, scale: f64, active: usize) {
        if values.iter().all(|value| value.is_finite()) {
            let quanta = values.map(|value| (value * scale + 0.5).floor() as i64);
            self.add_money(&quanta, active);
            return;
        }
        for value in &values[..active] {
            if value.is_finite() {
                let quanta = (value * scale + 0.5).floor() as i64;
                self.moments.add(quanta);
                self.quantiles.add(quanta);
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
        let cell = Cell { moments: Accumulator::new(), quantiles: Quantiles::new(method) };
        Self { shape, cells: vec![cell; count] }
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

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        for (cell, other) in self.cells.iter_mut().zip(&other.cells) {
            cell.moments.merge(&other.moments);
            cell.quantiles.merge(&other.quantiles);
        }
    }

    /// Makes quantiles ready to be read.
    pub fn finish(&mut self) {
        for cell in &mut self.cells {
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
