//! The share of people who go so far: `max(floor, 2^(−detour · km / half))`, worked out once a block
//! for each pair that is asked for.

use super::common::LoadFormulas;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, exp2};

/// How many neighbours of a unit are remembered; farther ones are worked out each time.
const REMEMBERED: usize = 24;
/// How many shares are remembered at all: 256 MiB, more than a country of ten thousand points asks for.
const MOST: usize = 1 << 19;
/// Places in memory per point: its neighbours, and its municipality's centre.
const PLACES: usize = REMEMBERED + 1;

/// How many shares are remembered at most of so many points.
pub fn most_remembered(points: usize) -> usize {
    points.saturating_mul(PLACES).min(MOST)
}

/// Shares by unit and neighbour, for a block of draws.
#[derive(Clone, Debug)]
pub struct Reach {
    /// −detour / half-distance.
    per_km: Lanes,
    floor: Lanes,
    /// In the order in which they were asked for: that of the walk, so that they stand side by side.
    shares: Vec<Lanes>,
    /// By unit and neighbour where its share stands, from 1; 0 while it is not known.
    places: Vec<u32>,
    /// The last share that was not remembered.
    passing: Lanes,
}

impl Reach {
    /// Room for so many points.
    pub fn new(points: usize) -> Self {
        Self {
            per_km: [0.0; LANES],
            floor: [1.0; LANES],
            shares: Vec::new(),
            places: vec![0; points * PLACES],
            passing: [0.0; LANES],
        }
    }

    /// Takes the year's decay; what is remembered of another is forgotten. Without a load everybody goes.
    pub fn refresh(&mut self, load: Option<&LoadFormulas<'_>>) {
        let (per_km, floor) = load.map_or(([0.0; LANES], [1.0; LANES]), |load| {
            let (half, detour) = (load.half_km.national(), load.detour.national());
            let mut per_km = [0.0; LANES];
            decay(detour, half, &mut per_km);
            (per_km, *load.floor.national())
        });
        if per_km != self.per_km || floor != self.floor {
            (self.per_km, self.floor) = (per_km, floor);
            self.shares.clear();
            self.places.fill(0);
        }
    }

    /// The share that goes from a unit to its neighbour of this rank, so many kilometres away.
    pub fn neighbour_share(&mut self, unit: usize, rank: usize, km: f64) -> &Lanes {
        if km == 0.0 {
            &ALL_GO
        } else if rank < REMEMBERED {
            self.remembered(unit * PLACES + rank, km)
        } else {
            self.passing = self.share(km);
            &self.passing
        }
    }

    /// The share that goes on from a point to its municipality's centre.
    pub fn centre_share(&mut self, point: usize, km: f64) -> &Lanes {
        if km == 0.0 { &ALL_GO } else { self.remembered(point * PLACES + REMEMBERED, km) }
    }

    fn remembered(&mut self, place: usize, km: f64) -> &Lanes {
        if self.places[place] == 0 {
            let share = self.share(km);
            if self.shares.len() == MOST {
                self.passing = share;
                return &self.passing;
            }
            self.shares.push(share);
            self.places[place] = self.shares.len() as u32;
        }
        &self.shares[self.places[place] as usize - 1]
    }

    fn share(&self, km: f64) -> Lanes {
        let mut share = [0.0; LANES];
        share_at(km, &self.per_km, &self.floor, &mut share);
        share
    }
}

/// Whoever has no way to go goes.
static ALL_GO: Lanes = [1.0; LANES];

vectorised! {
    fn decay(detour: &Lanes, half: &Lanes, per_km: &mut Lanes) {
        for lane in 0..LANES {
            per_km[lane] = -detour[lane] / half[lane];
        }
    }

    fn share_at(km: f64, per_km: &Lanes, floor: &Lanes, share: &mut Lanes) {
        for lane in 0..LANES {
            let decayed = exp2(per_km[lane] * km);
            share[lane] = if decayed > floor[lane] { decayed } else { floor[lane] };
        }
    }
}
