//! What is read of the figures of a cube, worked out once of each that is kept.

use super::sheet::{BARE, Places, is_bare};

/// What was read of every figure of a cube.
#[derive(Clone, Debug)]
pub struct Readings<'c, T> {
    pub(super) places: &'c Places,
    /// Of the figures with quantiles …
    pub(super) of_cells: Vec<T>,
    /// … and of the bare ones.
    pub(super) of_bare: Vec<T>,
}

impl<T> Readings<'_, T> {
    /// What was read of the figure with these indices.
    pub fn get(&self, indices: &[usize]) -> &T {
        let place = self.places.standing(self.places.position(indices));
        if is_bare(place) {
            &self.of_bare[(place & !BARE) as usize]
        } else {
            &self.of_cells[place as usize]
        }
    }
}
