//! Centres: the points that take over what the tiers of others cannot serve.

use crate::model::{Points, distance_km};

/// Which point takes over for each.
#[derive(Clone, Debug, Default)]
pub struct Centres {
    /// The points that take over, by municipality.
    pub all: Vec<u32>,
    /// Of each point: which of them takes over for it.
    pub rank: Vec<u32>,
    /// Straight-line kilometres from each point to it.
    pub km: Vec<f64>,
    /// The point of each municipality's highest tier, first by code.
    pub of_municipality: Vec<Option<u32>>,
    /// Whether each point is one of them: it keeps what is beyond its own tier.
    is_centre: Vec<bool>,
}

impl Centres {
    /// The point that the table names; without one that of the municipality's highest tier, first by
    /// code.
    pub fn new(points: &Points, points_of: &[Vec<u32>]) -> Self {
        let count = points.table.len();
        let tier = |point: u32| points.tier[point as usize];
        let mut centre: Vec<u32> = (0..count as u32).collect();
        let mut of_municipality = Vec::with_capacity(points_of.len());
        for own in points_of {
            let higher =
                |best: u32, point: u32| if tier(point) > tier(best) { point } else { best };
            let highest = own.iter().copied().reduce(higher);
            of_municipality.push(highest);
            for &point in own {
                let named = points.centre.get(point as usize).copied().flatten();
                centre[point as usize] = named.or(highest).unwrap_or(point);
            }
        }
        let mut is_centre = vec![false; count];
        for &point in &centre {
            is_centre[point as usize] = true;
        }
        let all: Vec<u32> = points_of
            .iter()
            .flatten()
            .copied()
            .filter(|&point| is_centre[point as usize])
            .collect();
        let mut rank_of = vec![0; count];
        for (rank, &point) in all.iter().enumerate() {
            rank_of[point as usize] = rank as u32;
        }
        let km = |(point, &to): (usize, &u32)| match &points.position {
            Some(positions) if to as usize != point => {
                distance_km(positions[point], positions[to as usize])
            }
            _ => 0.0,
        };
        Self {
            km: centre.iter().enumerate().map(km).collect(),
            rank: centre.iter().map(|&to| rank_of[to as usize]).collect(),
            all,
            of_municipality,
            is_centre,
        }
    }

    /// Whether a point takes over for some.
    pub fn has(&self, point: usize) -> bool {
        self.is_centre[point]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Position, Table};

    fn points(tiers: &[u32], centre: Vec<Option<u32>>) -> Points {
        let codes = (0..tiers.len()).map(|point| point.to_string()).collect();
        let at = |point: usize| Position { latitude: 56.0 + point as f64, longitude: 24.0 };
        Points {
            table: Table { codes, ..Table::default() },
            tier: tiers.to_vec(),
            position: Some((0..tiers.len()).map(at).collect()),
            centre,
            ..Points::default()
        }
    }

    #[test]
    fn without_a_name_the_highest_tier_takes_over_first_by_code() {
        let found = Centres::new(&points(&[0, 1, 1, 0], Vec::new()), &[vec![0, 1, 2], vec![3]]);
        assert_eq!(found.all, [1, 3]);
        assert_eq!(found.rank, [0, 0, 0, 1]);
        assert!(!found.has(0) && found.has(1) && !found.has(2) && found.has(3));
        // One degree of latitude is 111.19 km.
        assert!((found.km[0] - 111.19).abs() < 0.01 && found.km[1] == 0.0);
    }

    #[test]
    fn a_named_point_takes_over_across_the_border_and_keeps_its_own() {
        // Point 3 is sent to point 1 of the other municipality, so that nothing ends at point 3.
        let named = vec![None, None, None, Some(1)];
        let found = Centres::new(&points(&[0, 1, 1, 0], named), &[vec![0, 1, 2], vec![3]]);
        assert_eq!(found.all, [1]);
        assert_eq!(found.rank, [0; 4]);
        assert!(!found.has(3) && (found.km[3] - 2.0 * 111.19).abs() < 0.02);
    }
}
