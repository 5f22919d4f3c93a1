//! People go to the nearest open point, fewer the farther it is; what a tier cannot serve goes on.
//!
//! For a unit with need `n` and points `k = 1, 2, …` in order of distance, of which point `k` is
//! open for the share `f_k` of the year: within a year points only open, so open times nest, and
//! point `k` serves the part `max(0, f_k − max(f_1 … f_{k−1}))` of the year. Of the people whose turn
//! that is, the share `s(d) = max(floor, 2^(−detour · d / half))` goes; the rest is unmet need.

use super::common::{Common, Evaluated, LoadFormulas};
use super::prepared::Prepared;
use super::quantities::{Quantities, add};
use super::reach::Reach;
use crate::model::{Quantity, Tier};
use crate::numeric::{LANES, Lanes};

/// Thresholds of access, km, with the quantity that counts it.
const ACCESS: [(f64, Quantity); 3] = [
    (5.0, Quantity::PeopleWithin5Km),
    (10.0, Quantity::PeopleWithin10Km),
    (15.0, Quantity::PeopleWithin15Km),
];

/// The quantities that arise here.
pub const LOAD_QUANTITIES: &[Quantity] = &[
    Quantity::Load,
    Quantity::UnmetNeed,
    Quantity::PeopleWithin5Km,
    Quantity::PeopleWithin10Km,
    Quantity::PeopleWithin15Km,
];

/// Cases at one point in a year.
#[derive(Clone, Copy, Debug)]
pub struct Cases {
    /// Served by the point's staff.
    pub counter: Lanes,
    /// Served by video, with the point's staff at hand.
    pub video: Lanes,
}

/// The load of every point, for one year of one path.
#[derive(Clone, Debug)]
pub struct LoadState {
    /// Cases that come to each point first.
    attracted: Vec<Lanes>,
    /// Cases sent on to the point as a municipality's centre.
    referred: Vec<Lanes>,
    /// What each point serves.
    pub cases: Vec<Cases>,
    /// The share of people who go, by unit and point.
    reach: Reach,
}

impl LoadState {
    /// Room for the points of a scenario.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let zero = [0.0; LANES];
        let points = prepared.municipality_of_point.len();
        Self {
            attracted: vec![zero; points],
            referred: vec![zero; points],
            cases: vec![Cases { counter: zero, video: zero }; points],
            reach: Reach::new(points),
        }
    }

    /// Load arises: fills the cases of every point and the quantities of load and access.
    pub fn arise(
        &mut self,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        open_share: &[Lanes],
        quantities: &mut Quantities,
    ) {
        quantities.clear(LOAD_QUANTITIES);
        self.attracted.fill([0.0; LANES]);
        self.referred.fill([0.0; LANES]);
        self.reach.refresh(common.load.as_ref());
        for unit in 0..prepared.neighbours.len() {
            self.go(prepared, common, unit, open_share, quantities);
        }
        let Some(load) = &common.load else { return };
        let tiers = prepared.scenario.tiers();
        for point in 0..open_share.len() {
            self.serve(prepared, load, tiers, point, open_share, quantities);
        }
        for centre in prepared.centre.iter().flatten() {
            self.serve_referred(prepared, load, tiers, *centre as usize, quantities);
        }
        for (point, cases) in self.cases.iter().enumerate() {
            if is_closed(&open_share[point]) {
                continue;
            }
            let (municipality, tier) = place(prepared, point);
            quantities.add(Quantity::Load, municipality, tier, &cases.counter);
            quantities.add(Quantity::Load, municipality, tier, &cases.video);
        }
    }

    /// The people of a unit go to the nearest open points.
    fn go(
        &mut self,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        unit: usize,
        open_share: &[Lanes],
        quantities: &mut Quantities,
    ) {
        let (municipality, tier) = place(prepared, unit);
        let need = &common.need[unit];
        let people = prepared.scenario.points.people.as_ref().map(|people| people[unit]);
        let mut served = [0.0; LANES];
        let mut lost = *need;
        let mut access = [[0.0; LANES]; ACCESS.len()];
        for (rank, neighbour) in prepared.neighbours[unit].iter().enumerate() {
            let open = &open_share[neighbour.point as usize];
            if is_closed(open) {
                continue;
            }
            let attracted = &mut self.attracted[neighbour.point as usize];
            let goes = self.reach.neighbour_share(unit, rank, neighbour.km);
            for lane in 0..LANES {
                let turn = (open[lane] - served[lane]).max(0.0);
                let come = need[lane] * turn * goes[lane];
                attracted[lane] += come;
                lost[lane] -= come;
                served[lane] = served[lane].max(open[lane]);
            }
            for ((km, _), access) in ACCESS.iter().zip(&mut access) {
                if neighbour.km <= *km {
                    *access = served;
                }
            }
            if served.iter().all(|&served| served >= 1.0) {
                break;
            }
        }
        quantities.add(Quantity::UnmetNeed, municipality, tier, &lost);
        if let Some(people) = people {
            for ((_, quantity), access) in ACCESS.iter().zip(&access) {
                quantities.add(*quantity, municipality, tier, &access.map(|share| share * people));
            }
        }
    }

    /// A point serves what its tier can, and sends the rest to the municipality's centre.
    fn serve(
        &mut self,
        prepared: &Prepared<'_>,
        load: &LoadFormulas<'_>,
        tiers: &[Tier],
        point: usize,
        open_share: &[Lanes],
        quantities: &mut Quantities,
    ) {
        let zero = [0.0; LANES];
        self.cases[point] = Cases { counter: zero, video: zero };
        if is_closed(&open_share[point]) {
            return;
        }
        let (municipality, tier) = place(prepared, point);
        let (cases, rest) = split(load, tiers, tier, &self.attracted[point]);
        self.cases[point] = cases;
        let centre = prepared.centre[municipality].map(|centre| centre as usize);
        let mut lost = rest;
        if let Some(centre) = centre.filter(|&centre| centre != point) {
            let goes = self.reach.centre_share(point, prepared.centre_km[point]);
            for lane in 0..LANES {
                // Only while the centre is open as well: its open share of this point's open time.
                let (own, its) = (open_share[point][lane], open_share[centre][lane]);
                let both = if own > 0.0 { (its / own).min(1.0) } else { 0.0 };
                let go_on = rest[lane] * both * goes[lane];
                self.referred[centre][lane] += go_on;
                lost[lane] -= go_on;
            }
        }
        quantities.add(Quantity::UnmetNeed, municipality, tier, &lost);
    }

    /// A centre serves what was sent on to it, as far as its own tier can.
    fn serve_referred(
        &mut self,
        prepared: &Prepared<'_>,
        load: &LoadFormulas<'_>,
        tiers: &[Tier],
        centre: usize,
        quantities: &mut Quantities,
    ) {
        let (municipality, tier) = place(prepared, centre);
        let (cases, rest) = split(load, tiers, tier, &self.referred[centre]);
        add(&mut self.cases[centre].counter, &cases.counter);
        add(&mut self.cases[centre].video, &cases.video);
        quantities.add(Quantity::UnmetNeed, municipality, tier, &rest);
    }
}

/// What a tier serves of the cases that come, and what it cannot.
fn split(load: &LoadFormulas<'_>, tiers: &[Tier], tier: usize, come: &Lanes) -> (Cases, Lanes) {
    let promised = f64::from(tiers[tier].institutions);
    let days = tiers[tier].institution_days / 5.0;
    let institutions = load.institutions.as_ref().map(Evaluated::national);
    let has_video = f64::from(u8::from(tiers[tier].video));
    let basket = load.basket[tier].national();
    let (second, video) = (load.second_level.national(), load.video.national());
    let mut cases = Cases { counter: [0.0; LANES], video: [0.0; LANES] };
    let mut rest = [0.0; LANES];
    for lane in 0..LANES {
        let known = come[lane] * basket[lane];
        let in_depth = known * second[lane];
        // The institutions that sit there serve their part of the in-depth cases on their days.
        let present = institutions.map_or(promised, |all| promised / all[lane]).min(1.0);
        let in_person = in_depth * days * present;
        let by_video = (in_depth - in_person) * video[lane] * has_video;
        cases.counter[lane] = known - in_depth + in_person;
        cases.video[lane] = by_video;
        rest[lane] = come[lane] - cases.counter[lane] - by_video;
    }
    (cases, rest)
}

fn is_closed(open_share: &Lanes) -> bool {
    open_share.iter().all(|&share| share == 0.0)
}

fn place(prepared: &Prepared<'_>, point: usize) -> (usize, usize) {
    let points = &prepared.scenario.points;
    (points.municipality[point] as usize, points.tier[point] as usize)
}
