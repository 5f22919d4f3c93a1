//! Which points are nearest to each territorial unit.

use super::bands::Bands;
use super::{Points, Position};
use crate::numeric::great_circle_km;
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// A point that can be reached from a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// Index of the point.
    pub point: u32,
    /// Straight-line kilometres.
    pub km: f64,
}

/// Up to this many points every unit knows all of them; beyond it only the nearest.
const ALL_UP_TO: usize = 2_000;
/// How many points a unit knows in a larger scenario.
const NEAREST: usize = 64;

/// How many points a unit knows of so many.
pub const fn most_known(points: usize) -> usize {
    if points <= ALL_UP_TO { points } else { NEAREST }
}

/// For each unit its neighbours.
pub type Neighbours = Vec<Vec<Neighbour>>;

/// The neighbours of points that stand somewhere, worked out once for them and their copies: scenarios
/// that differ in anything else share them.
#[derive(Clone, Debug, Default)]
pub struct Nearest(Arc<OnceLock<(Vec<Position>, Arc<Neighbours>)>>);

impl Points {
    /// For each unit the points in order of distance, ties by code; its own point stands first.
    /// Without positions a unit knows only its own point.
    pub fn neighbours(&self) -> Arc<Neighbours> {
        let Some(positions) = &self.position else {
            let own = |point| vec![Neighbour { point: point as u32, km: 0.0 }];
            return Arc::new((0..self.table.len()).map(own).collect());
        };
        if let Some((of, found)) = self.nearest.0.get() {
            // A copy may have been changed since.
            return if of == positions {
                Arc::clone(found)
            } else {
                Arc::new(neighbours(positions))
            };
        }
        // Not within the cell: who waits there for other threads may be asked again by its own.
        let found = Arc::new(neighbours(positions));
        let _ = self.nearest.0.set((positions.clone(), Arc::clone(&found)));
        found
    }
}

fn neighbours(positions: &[Position]) -> Neighbours {
    let count = positions.len();
    if count <= ALL_UP_TO {
        return (0..count).into_par_iter().map(|unit| sorted(unit, positions, 0..count)).collect();
    }
    let bands = Bands::new(positions);
    let near = |unit: usize| {
        let candidates = bands.candidates(unit, NEAREST).into_iter().chain([unit]);
        let mut near = sorted(unit, positions, candidates);
        near.truncate(NEAREST);
        // Of millions of points what was only looked at would be gigabytes.
        near.shrink_to_fit();
        near
    };
    (0..count).into_par_iter().map(near).collect()
}

fn sorted(
    unit: usize,
    positions: &[Position],
    candidates: impl IntoIterator<Item = usize>,
) -> Vec<Neighbour> {
    let from = positions[unit];
    let mut list: Vec<Neighbour> = candidates
        .into_iter()
        .map(|point| {
            let km = if point == unit { 0.0 } else { distance_km(from, positions[point]) };
            Neighbour { point: point as u32, km }
        })
        .collect();
    let own = unit as u32;
    list.sort_unstable_by(|a, b| {
        a.km.total_cmp(&b.km)
            .then((a.point != own).cmp(&(b.point != own)))
            .then(a.point.cmp(&b.point))
    });
    list
}

/// Straight-line kilometres between two places.
pub fn distance_km(a: Position, b: Position) -> f64 {
    great_circle_km((a.latitude, a.longitude), (b.latitude, b.longitude))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64) -> Position {
        Position { latitude, longitude: 24.0 }
    }

    fn nearest(points: &Points, unit: usize) -> Vec<u32> {
        points.neighbours()[unit].iter().map(|neighbour| neighbour.point).collect()
    }

    #[test]
    fn a_copy_shares_what_is_near_until_a_point_moves() {
        let position = Some(vec![at(56.0), at(57.0), at(56.4)]);
        let points = Points { position, ..Points::default() };
        let copy = points.clone();
        assert_eq!(nearest(&points, 0), [0, 2, 1]);
        assert!(Arc::ptr_eq(&points.neighbours(), &copy.neighbours()));
        let mut moved = points.clone();
        moved.position = Some(vec![at(56.0), at(56.1), at(56.4)]);
        assert_eq!(nearest(&moved, 0), [0, 1, 2]);
        assert_eq!(nearest(&points, 0), [0, 2, 1]);
    }
}
