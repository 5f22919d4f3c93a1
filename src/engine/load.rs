//! People go to the nearest open point, fewer the farther it is.
//!
//! For a unit with need `n` and points `k = 1, 2, …` in order of distance, of which point `k` is
//! open for the share `f_k` of the year: within a year points only open, so open times nest, and
//! point `k` serves the part `max(0, f_k − max(f_1 … f_{k−1}))` of the year. Of the people whose turn
//! that is, the share `s(d) = max(floor, 2^(−detour · d / half))` goes; the rest is unmet need.

use super::common::Common;
use super::opening::{Opening, Openness};
use super::places::Sums;
use super::prepared::Prepared;
use super::quantities::QuantitySet;
use super::reach::Reach;
use crate::model::Quantity;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear, fetch};

/// Thresholds of access, km, with the quantity that counts it.
const ACCESS: [(f64, Quantity); 3] = [
    (5.0, Quantity::PeopleWithin5Km),
    (10.0, Quantity::PeopleWithin10Km),
    (15.0, Quantity::PeopleWithin15Km),
];

/// The quantities of access.
pub const ACCESS_QUANTITIES: QuantitySet = QuantitySet::of(&[
    Quantity::PeopleWithin5Km,
    Quantity::PeopleWithin10Km,
    Quantity::PeopleWithin15Km,
]);

/// Cases that come to each point, for one year of one path.
#[derive(Clone, Debug)]
pub struct LoadState {
    attracted: Vec<Lanes>,
    /// Whether anybody has come to a point: if not, what stands there is of another year.
    visited: Vec<bool>,
    /// What is sent to each centre, while points serve.
    referred: Vec<Lanes>,
    /// The share of people who go, by unit and point.
    pub reach: Reach,
}

impl LoadState {
    /// Room for the points of a scenario.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let points = prepared.municipality_of_point.len();
        Self {
            attracted: vec![[0.0; LANES]; points],
            visited: vec![false; points],
            referred: vec![[0.0; LANES]; prepared.centres.all.len()],
            reach: Reach::new(points),
        }
    }

    /// The cases that come to a point first; none where nobody comes in any draw.
    pub fn attracted(&self, point: usize) -> Option<&Lanes> {
        self.visited[point].then(|| &self.attracted[point])
    }

    /// Room for what is sent to each centre, all 0; to be [given back](Self::give_back).
    pub fn take_referred(&mut self) -> Vec<Lanes> {
        clear(&mut self.referred);
        std::mem::take(&mut self.referred)
    }

    /// Takes the room back.
    pub fn give_back(&mut self, referred: Vec<Lanes>) {
        self.referred = referred;
    }

    /// The same with the shares of people who go.
    pub fn attracted_and_reach(&mut self, point: usize) -> Option<(&Lanes, &mut Reach)> {
        self.visited[point].then_some((&self.attracted[point], &mut self.reach))
    }

    /// People go to open points: fills what comes to each, what is lost on the way, and access where
    /// it is counted.
    pub fn arise(
        &mut self,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        opening: &Opening,
        counted: QuantitySet,
        sums: &mut Sums,
    ) {
        self.visited.fill(false);
        self.reach.refresh(common.load.as_ref());
        let people = prepared.scenario.points.people.as_deref();
        let people = people.filter(|_| counted.and(ACCESS_QUANTITIES) != QuantitySet::default());
        go(self, prepared, common, opening, people, sums);
    }
}

/// Part of the year in which a unit's people have had their turn so far.
struct Turn {
    served: Lanes,
    /// Whether all have, in every draw.
    over: bool,
}

vectorised! {
    fn go(
        state: &mut LoadState,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        opening: &Opening,
        people: Option<&[f64]>,
        sums: &mut Sums,
    ) {
        for (place, group) in prepared.places.all.iter().enumerate() {
            let mut lost = [0.0; LANES];
            let mut near = [[0.0; LANES]; ACCESS.len()];
            let mut near_all = [0.0; ACCESS.len()];
            for (at, &unit) in group.points.iter().enumerate() {
                let unit = unit as usize;
                // Who is near the next unit stands anywhere in memory.
                let next = group.points.get(at + 1).and_then(|next| prepared.neighbours.get(*next as usize));
                if let Some(nearest) = next.and_then(|list| list.first()) {
                    fetch(nearest);
                }
                let people = people.map(|people| people[unit]);
                let need = &common.need[unit];
                let mut turn = Turn { served: [0.0; LANES], over: false };
                let mut left = *need;
                let mut passed = 0;
                for (rank, neighbour) in prepared.neighbours[unit].iter().enumerate() {
                    let point = neighbour.point as usize;
                    let openness = opening.state(point);
                    if openness == Openness::Closed {
                        continue;
                    }
                    if let Some(people) = people {
                        while passed < ACCESS.len() && neighbour.km > ACCESS[passed].0 {
                            add_times(&mut near[passed], &turn.served, people);
                            passed += 1;
                        }
                    }
                    let goes = state.reach.neighbour_share(unit, rank, neighbour.km);
                    let mut come = [0.0; LANES];
                    take_turn(&mut turn, openness, opening.share(point), &mut come);
                    for lane in 0..LANES {
                        come[lane] *= need[lane] * goes[lane];
                        left[lane] -= come[lane];
                    }
                    let attracted = &mut state.attracted[point];
                    if state.visited[point] {
                        for lane in 0..LANES {
                            attracted[lane] += come[lane];
                        }
                    } else {
                        state.visited[point] = true;
                        *attracted = come;
                    }
                    if turn.over {
                        break;
                    }
                }
                if let Some(people) = people {
                    for threshold in passed..ACCESS.len() {
                        if turn.over {
                            near_all[threshold] += people;
                        } else {
                            add_times(&mut near[threshold], &turn.served, people);
                        }
                    }
                }
                for lane in 0..LANES {
                    lost[lane] += left[lane];
                }
            }
            *sums.at(Quantity::UnmetNeed, place) = lost;
            if people.is_some() {
                for (threshold, (_, quantity)) in ACCESS.iter().enumerate() {
                    let (near, all) = (&near[threshold], near_all[threshold]);
                    let within = sums.at(*quantity, place);
                    for lane in 0..LANES {
                        within[lane] = near[lane] + all;
                    }
                }
            }
        }
    }
}

/// The part of the year in which it is a point's turn.
#[inline(always)]
fn take_turn(turn: &mut Turn, openness: Openness, open: &Lanes, part: &mut Lanes) {
    if openness == Openness::Whole {
        for lane in 0..LANES {
            part[lane] = 1.0 - turn.served[lane];
        }
        turn.over = true;
        return;
    }
    let mut waiting = 0;
    for lane in 0..LANES {
        let before = turn.served[lane];
        let after = if open[lane] > before { open[lane] } else { before };
        part[lane] = after - before;
        turn.served[lane] = after;
        waiting |= u64::from(after < 1.0);
    }
    turn.over = waiting == 0;
}

#[inline(always)]
fn add_times(sum: &mut Lanes, values: &Lanes, weight: f64) {
    for lane in 0..LANES {
        sum[lane] += weight * values[lane];
    }
}
