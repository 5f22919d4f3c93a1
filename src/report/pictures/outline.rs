//! Boundaries with fewer corners, the same for both sides of each.

use crate::model::Shape;
use std::collections::{BTreeMap, BTreeSet};

/// A place on a grid that is finer than a picture shows.
pub type Spot = (i32, i32);

/// Steps of the grid across and up.
const STEPS: f64 = 1_200.0;
/// How far a corner may lie from the line that replaces it, in steps (half a point of a picture each).
const TOLERANCE: f64 = 1.5;

/// Boundaries on a grid, simplified by Douglas and Peucker's rule (1973, doi:10.3138/FM57-6770-U75U-7727).
///
/// Rings are cut where more than two lines meet, and each line is simplified in the same direction
/// whichever area it belongs to: neighbours keep one common boundary, without gaps or overlaps.
pub struct Outlines {
    west: f64,
    south: f64,
    across: f64,
    up: f64,
    crossings: BTreeSet<Spot>,
}

impl Outlines {
    /// Looks where the lines of all shapes meet; none where they have no extent.
    pub fn new(shapes: &[Shape]) -> Option<Self> {
        let rings = || shapes.iter().flat_map(|shape| &shape.polygons).flatten();
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut south, mut north) = (west, east);
        for (x, y) in rings().flatten() {
            (west, east, south, north) = (west.min(*x), east.max(*x), south.min(*y), north.max(*y));
        }
        let mut found = Self {
            west,
            south,
            across: (east - west) / STEPS,
            up: (north - south) / STEPS,
            crossings: BTreeSet::new(),
        };
        if !(east > west && north > south) {
            return None;
        }
        let mut neighbours: BTreeMap<Spot, BTreeSet<Spot>> = BTreeMap::new();
        for ring in rings() {
            let ring = found.snapped(ring);
            for pair in ring.windows(2) {
                neighbours.entry(pair[0]).or_default().insert(pair[1]);
                neighbours.entry(pair[1]).or_default().insert(pair[0]);
            }
        }
        let meet = |entry: (Spot, BTreeSet<Spot>)| (entry.1.len() > 2).then_some(entry.0);
        found.crossings = neighbours.into_iter().filter_map(meet).collect();
        Some(found)
    }

    /// The rings of a polygon in degrees, without holes that shrink to nothing; empty where the outer
    /// ring does.
    pub fn polygon(&self, rings: &[Vec<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
        let mut rings = rings.iter().map(|ring| self.ring(&self.snapped(ring)));
        let Some(outer) = rings.next().filter(|outer| outer.len() > 3) else { return Vec::new() };
        let holes = rings.filter(|hole| hole.len() > 3);
        let degrees = |(x, y): Spot| {
            (self.west + f64::from(x) * self.across, self.south + f64::from(y) * self.up)
        };
        std::iter::once(outer)
            .chain(holes)
            .map(|ring| ring.into_iter().map(degrees).collect())
            .collect()
    }

    /// A ring on the grid, without repeated spots.
    fn snapped(&self, ring: &[(f64, f64)]) -> Vec<Spot> {
        let step = |value: f64, origin: f64, size: f64| ((value - origin) / size).round() as i32;
        let mut spots: Vec<Spot> = ring
            .iter()
            .map(|(x, y)| (step(*x, self.west, self.across), step(*y, self.south, self.up)))
            .collect();
        spots.dedup();
        spots
    }

    /// A closed ring with fewer corners.
    fn ring(&self, ring: &[Spot]) -> Vec<Spot> {
        let Some((_, open)) = ring.split_last() else { return Vec::new() };
        if open.len() < 3 {
            return Vec::new();
        }
        // Begin where lines meet, else at the lowest spot, whatever the file begins with.
        let crossing = open.iter().position(|spot| self.crossings.contains(spot));
        let lowest =
            || open.iter().enumerate().min_by_key(|(_, spot)| **spot).map_or(0, |(index, _)| index);
        let begin = crossing.unwrap_or_else(lowest);
        let turned: Vec<Spot> =
            open.iter().cycle().skip(begin).take(open.len() + 1).copied().collect();
        let mut found = vec![turned[0]];
        let mut from = 0;
        for (index, spot) in turned.iter().enumerate().skip(1) {
            if index + 1 == turned.len() || self.crossings.contains(spot) {
                found.extend(simplified(&turned[from..=index]).into_iter().skip(1));
                from = index;
            }
        }
        found
    }
}

/// The line in the direction that begins at its lower end, simplified, and turned back.
fn simplified(line: &[Spot]) -> Vec<Spot> {
    let backwards: Vec<Spot> = line.iter().rev().copied().collect();
    let turn = backwards.as_slice() < line;
    let line = if turn { &backwards } else { line };
    let mut keep = vec![false; line.len()];
    keep[0] = true;
    if let Some(last) = keep.last_mut() {
        *last = true;
    }
    let mut open = vec![(0, line.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|index| (distance(line[index], line[from], line[to]), index))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((far, index)) = farthest.filter(|(far, _)| *far > TOLERANCE) {
            debug_assert!(far > 0.0);
            keep[index] = true;
            open.extend([(from, index), (index, to)]);
        }
    }
    let mut kept: Vec<Spot> =
        line.iter().zip(keep).filter_map(|(spot, keep)| keep.then_some(*spot)).collect();
    if turn {
        kept.reverse();
    }
    kept
}

/// How far a spot lies from the line through two others, or from the one where both are the same.
fn distance(spot: Spot, from: Spot, to: Spot) -> f64 {
    let vector =
        |a: Spot, b: Spot| (f64::from(b.0) - f64::from(a.0), f64::from(b.1) - f64::from(a.1));
    let (line, to_spot) = (vector(from, to), vector(from, spot));
    let length = (line.0 * line.0 + line.1 * line.1).sqrt();
    if length > 0.0 {
        (line.0 * to_spot.1 - line.1 * to_spot.0).abs() / length
    } else {
        (to_spot.0 * to_spot.0 + to_spot.1 * to_spot.1).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(rings: Vec<Vec<(f64, f64)>>) -> Shape {
        Shape { code: String::new(), polygons: vec![rings] }
    }

    /// Two areas side by side on a grid of 1 200 steps of one degree each, their common line wavy.
    fn pair() -> [Shape; 2] {
        let wave: Vec<(f64, f64)> =
            (0..=1_200).map(|y| (600.0 + [0.0, 1.0, 0.0, -1.0][y % 4], y as f64)).collect();
        let mut left = vec![(0.0, 0.0)];
        left.extend(&wave);
        left.extend([(0.0, 1_200.0), (0.0, 0.0)]);
        let mut right = vec![(1_200.0, 1_200.0)];
        right.extend(wave.iter().rev());
        right.extend([(1_200.0, 0.0), (1_200.0, 1_200.0)]);
        [shape(vec![left]), shape(vec![right])]
    }

    #[test]
    fn neighbours_keep_one_boundary_with_few_corners() {
        let shapes = pair();
        let outlines = Outlines::new(&shapes).unwrap();
        assert_eq!(outlines.crossings, BTreeSet::from([(600, 0), (600, 1_200)]));
        let [left, right] =
            shapes.each_ref().map(|shape| outlines.polygon(&shape.polygons[0]).remove(0));
        // The waves of one step are within the tolerance: four corners and the first again.
        assert_eq!((left.len(), right.len()), (5, 5));
        for corner in [(600.0, 0.0), (600.0, 1_200.0)] {
            assert!(left.contains(&corner) && right.contains(&corner));
        }
    }

    #[test]
    fn a_line_is_the_same_from_either_end() {
        let line: Vec<Spot> = (0..200).map(|x| (x, (x * x * 7 % 31) / 3)).collect();
        let back: Vec<Spot> = line.iter().rev().copied().collect();
        let mut found = simplified(&back);
        found.reverse();
        assert_eq!(simplified(&line), found);
        assert!(found.len() < line.len() && found.first() == line.first());
    }

    #[test]
    fn a_corner_that_matters_stays() {
        // The spot (5, 2) lies two steps from the line, (2, 1) one fifth of a step from the side to it.
        assert_eq!(simplified(&[(0, 0), (2, 1), (5, 2), (10, 0)]), [(0, 0), (5, 2), (10, 0)]);
    }

    #[test]
    fn an_island_begins_at_the_same_corner_whatever_the_file_does() {
        let square =
            vec![(0.0, 0.0), (1_200.0, 0.0), (1_200.0, 1_200.0), (0.0, 1_200.0), (0.0, 0.0)];
        let turned = vec![
            (1_200.0, 1_200.0),
            (0.0, 1_200.0),
            (0.0, 0.0),
            (1_200.0, 0.0),
            (1_200.0, 1_200.0),
        ];
        let outlines = Outlines::new(&[shape(vec![square.clone()])]).unwrap();
        assert_eq!(outlines.polygon(std::slice::from_ref(&square)), outlines.polygon(&[turned]));
        let speck = vec![(3.0, 3.0), (3.2, 3.0), (3.0, 3.2), (3.0, 3.0)];
        assert_eq!(outlines.polygon(&[square.clone(), speck.clone()]).len(), 1);
        assert!(outlines.polygon(&[speck, square]).is_empty(), "a hole is no area");
        assert!(Outlines::new(&[]).is_none());
    }
}
