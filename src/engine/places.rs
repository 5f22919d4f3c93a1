//! Places: the points of one tier in one municipality, the finest grain at which sums are kept.

use super::quantities::QuantitySet;
use crate::model::{Points, Quantity};
use crate::numeric::{LANES, Lanes, clear};
use std::ops::Range;

/// The points of one tier in one municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the municipality.
    pub municipality: usize,
    /// Index of the tier.
    pub tier: usize,
    /// The points, in order of code.
    pub points: Vec<u32>,
}

/// Every place that has a point, by municipality and then by tier.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The places.
    pub all: Vec<Place>,
    /// The places of each municipality.
    pub of_municipality: Vec<Range<usize>>,
    /// The place of each point.
    pub of_point: Vec<u32>,
}

impl Places {
    /// The places of so many municipalities.
    pub fn new(points: &Points, points_of: &[Vec<u32>]) -> Self {
        let mut places = Self { of_point: vec![0; points.table.len()], ..Self::default() };
        for (municipality, own) in points_of.iter().enumerate() {
            let first = places.all.len();
            let mut tiers: Vec<u32> =
                own.iter().map(|&point| points.tier[point as usize]).collect();
            tiers.sort_unstable();
            tiers.dedup();
            for tier in tiers {
                let of_tier = |point: &u32| points.tier[*point as usize] == tier;
                let points: Vec<u32> = own.iter().copied().filter(of_tier).collect();
                for &point in &points {
                    places.of_point[point as usize] = places.all.len() as u32;
                }
                places.all.push(Place { municipality, tier: tier as usize, points });
            }
            places.of_municipality.push(first..places.all.len());
        }
        places
    }
}

/// Sums over the points of each place, for one year of one path.
#[derive(Clone, Debug)]
pub struct Sums {
    places: usize,
    /// `[quantity][place]`
    rows: Vec<Lanes>,
}

impl Sums {
    /// All zero.
    pub fn new(places: &Places) -> Self {
        let places = places.all.len();
        Self { places, rows: vec![[0.0; LANES]; places * Quantity::COUNT] }
    }

    /// A quantity of every place.
    pub fn of(&self, quantity: Quantity) -> &[Lanes] {
        let from = quantity as usize * self.places;
        &self.rows[from..from + self.places]
    }

    /// A quantity of one place.
    #[inline(always)]
    pub fn at(&mut self, quantity: Quantity, place: usize) -> &mut Lanes {
        &mut self.rows[quantity as usize * self.places + place]
    }

    /// Sets some quantities to zero.
    pub fn clear(&mut self, quantities: QuantitySet) {
        for quantity in quantities.iter() {
            let from = quantity as usize * self.places;
            clear(&mut self.rows[from..from + self.places]);
        }
    }
}
