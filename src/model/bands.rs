//! Points in bands of latitude, each in order of longitude, so that the search for the nearest looks at few.

use super::Position;
use super::nearest::distance_km;
use crate::numeric::{EARTH_RADIUS_KM, cos};

/// So many points share a band and a stretch of it as long as the band is high.
const TILE: f64 = 8.0;
/// A degree of latitude is longer than this.
const KM_PER_DEGREE: f64 = 111.0;
/// Where the cubic below sin x turns: √2.
const TURN: f64 = std::f64::consts::SQRT_2;

/// Points by place.
pub struct Bands<'p> {
    positions: &'p [Position],
    /// Degrees.
    south: f64,
    /// Degrees.
    height: f64,
    /// The points of each band from south to north, by longitude.
    points: Vec<Vec<u32>>,
}

/// The nearest that were seen so far: how far each is, rising.
struct Seen {
    most: usize,
    km: Vec<f64>,
}

impl Seen {
    /// Whatever is farther is not among the nearest.
    fn limit(&self) -> f64 {
        if self.km.len() < self.most { f64::INFINITY } else { self.km[self.most - 1] }
    }

    /// Takes a point that may be among the nearest; whether it is.
    fn take(&mut self, km: f64) -> bool {
        let is_near = km <= self.limit();
        if is_near {
            let at = self.km.partition_point(|&have| have < km);
            self.km.insert(at, km);
            self.km.truncate(self.most);
        }
        is_near
    }
}

impl<'p> Bands<'p> {
    /// Sorts points into bands.
    pub fn new(positions: &'p [Position]) -> Self {
        let latitudes = || positions.iter().map(|position| position.latitude);
        let south = latitudes().fold(f64::INFINITY, f64::min);
        let north = latitudes().fold(f64::NEG_INFINITY, f64::max);
        let count = (positions.len() as f64 / TILE).sqrt().ceil().max(1.0);
        let height = ((north - south) / count).max(f64::MIN_POSITIVE);
        let mut points = vec![Vec::new(); count as usize];
        for (point, position) in positions.iter().enumerate() {
            let band = ((position.latitude - south) / height) as usize;
            points[band.min(count as usize - 1)].push(point as u32);
        }
        for band in &mut points {
            let longitude = |point: &u32| positions[*point as usize].longitude;
            band.sort_by(|a, b| longitude(a).total_cmp(&longitude(b)).then(a.cmp(b)));
        }
        Self { positions, south, height, points }
    }

    /// The other points of which so many are the nearest to a unit, with some that are not: no point is left
    /// out that is as near as the farthest of them.
    pub fn candidates(&self, unit: usize, most: usize) -> Vec<usize> {
        let mut seen = Seen { most, km: Vec::with_capacity(most + 1) };
        let mut found = Vec::new();
        let from = self.positions[unit];
        let own =
            (((from.latitude - self.south) / self.height) as usize).min(self.points.len() - 1);
        self.walk(own, unit, &mut seen, &mut found);
        // Bands to the south and to the north, the nearer first.
        let (mut below, mut above) = (own, own + 1);
        loop {
            let edge = |band: usize| self.south + band as f64 * self.height;
            let to_south = (below > 0).then(|| from.latitude - edge(below));
            let to_north = (above < self.points.len()).then(|| edge(above) - from.latitude);
            let goes_south = match (to_south, to_north) {
                (Some(south), Some(north)) => south <= north,
                (south, None) => south.is_some(),
                (None, Some(_)) => false,
            };
            let Some(gap) = (if goes_south { to_south } else { to_north }) else { break };
            // Which band a point at an edge belongs to is a matter of rounding.
            if (gap - self.height * 1e-6) * KM_PER_DEGREE > seen.limit() {
                break;
            }
            if goes_south {
                below -= 1;
                self.walk(below, unit, &mut seen, &mut found);
            } else {
                self.walk(above, unit, &mut seen, &mut found);
                above += 1;
            }
        }
        found
    }

    /// Looks at a band from a unit's longitude on, to both sides and around the globe, as far as it may hold
    /// any of the nearest.
    fn walk(&self, band: usize, unit: usize, seen: &mut Seen, found: &mut Vec<usize>) {
        let points = &self.points[band];
        let from = self.positions[unit];
        let cosine = cos(from.latitude.to_radians());
        let longitude = |at: usize| self.positions[points[at] as usize].longitude;
        let start = points
            .partition_point(|&point| self.positions[point as usize].longitude < from.longitude);
        let count = points.len();
        let around = |turn: f64| if turn < 0.0 { turn + 360.0 } else { turn };
        let (mut east, mut west) = (0, 0);
        while east + west < count {
            let next_east = (start + east) % count;
            let next_west = (start + count - 1 - west) % count;
            let to_east = around(longitude(next_east) - from.longitude);
            let to_west = around(from.longitude - longitude(next_west));
            let (next, turn) = if to_east <= to_west {
                east += 1;
                (next_east, to_east)
            } else {
                west += 1;
                (next_west, to_west)
            };
            if at_least_km(cosine, turn) > seen.limit() {
                break;
            }
            let point = points[next] as usize;
            if point != unit && seen.take(distance_km(from, self.positions[point])) {
                found.push(point);
            }
        }
    }
}

/// No point is nearer whose longitude differs by so many degrees, at most 180 either way, from a place of
/// which this is the cosine of the latitude: its meridian is asin(cos φ · sin Δλ) away, of which every part
/// is taken less here (sin x ≥ x − x³/6), and a little for rounding.
fn at_least_km(cosine: f64, degrees: f64) -> f64 {
    let turn = degrees.to_radians().min(TURN);
    (turn - turn * turn * turn / 6.0) * cosine * EARTH_RADIUS_KM * (1.0 - 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Generator, stream};
    use rand::RngExt;

    /// The nearest of all, one by one.
    fn brute(positions: &[Position], unit: usize, most: usize) -> Vec<f64> {
        let others = (0..positions.len()).filter(|&point| point != unit);
        let mut km: Vec<f64> =
            others.map(|point| distance_km(positions[unit], positions[point])).collect();
        km.sort_by(f64::total_cmp);
        km.truncate(most);
        km
    }

    #[test]
    fn the_nearest_are_those_of_a_look_at_all() {
        let mut chance = Generator::new(7, stream("bands", "", None));
        // A country, the whole globe with its poles and its date line, a line, and one place.
        let areas = [
            ((55.0, 58.0), (21.0, 28.0)),
            ((-90.0, 90.0), (-180.0, 180.0)),
            ((-1.0, 1.0), (179.0, 181.0)),
            ((80.0, 90.0), (-180.0, 180.0)),
            ((50.0, 50.0), (0.0, 30.0)),
            ((50.0, 50.0), (7.0, 7.0)),
        ];
        for (latitudes, longitudes) in areas {
            let within = |(low, high): (f64, f64), part: f64| low + (high - low) * part;
            let positions: Vec<Position> = (0..600)
                .map(|_| {
                    let longitude = within(longitudes, chance.random());
                    let longitude = if longitude > 180.0 { longitude - 360.0 } else { longitude };
                    Position { latitude: within(latitudes, chance.random()), longitude }
                })
                .collect();
            let bands = Bands::new(&positions);
            for unit in (0..positions.len()).step_by(7) {
                let found = bands.candidates(unit, 20);
                let mut km: Vec<f64> = found
                    .iter()
                    .map(|&point| distance_km(positions[unit], positions[point]))
                    .collect();
                km.sort_by(f64::total_cmp);
                km.truncate(20);
                assert_eq!(
                    km,
                    brute(&positions, unit, 20),
                    "{unit} in {latitudes:?} {longitudes:?}"
                );
            }
        }
    }

    #[test]
    fn few_are_looked_at() {
        let mut chance = Generator::new(8, stream("bands", "", None));
        let positions: Vec<Position> = (0..20_000)
            .map(|_| Position {
                latitude: 40.0 + 30.0 * chance.random::<f64>(),
                longitude: 40.0 * chance.random::<f64>(),
            })
            .collect();
        let bands = Bands::new(&positions);
        let all: usize = (0..1_000).map(|unit| bands.candidates(unit, 64).len()).sum();
        assert!(all < 1_000 * 64 * 4, "{all}");
    }
}
