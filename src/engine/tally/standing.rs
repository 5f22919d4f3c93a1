//! What the points that are open or funded at the end of a year cost in later years, at its prices.

use super::commitments::{AHEAD, ITEMS, STEADY};
use super::money::{add, cents};
use crate::engine::block::PathYear;
use crate::engine::network::{Months, NEVER, year_start};
use crate::engine::prepared::Prepared;
use crate::engine::settlement::{Money, ProgrammeState};
use crate::model::{Quantity, Scenario};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear};

/// By years ahead, then at steady state.
type Later = [Lanes; AHEAD + 1];

const NONE: Later = [[0.0; LANES]; AHEAD + 1];

/// The weight of each municipality's network in the year and in later ones: its eligible cost at the prices
/// of the year, or its points where nothing costs anything.
#[derive(Clone, Debug)]
pub struct Standing {
    /// This year: `[municipality]`.
    now: Vec<Lanes>,
    /// Later: `[municipality]`.
    later: Vec<Later>,
    /// Of one tier: points in later years, by municipality.
    points: Vec<Later>,
}

vectorised! {
    /// The shares of later years for which a point is open that is funded and opens after this one.
    fn wait(from: &Months, left: &Lanes, end: i16, points: &mut Later) {
        for lane in 0..LANES {
            let waits = from[lane] > end && from[lane] < NEVER;
            let one = if waits { 1.0 - left[lane] } else { 0.0 };
            for ahead in 0..AHEAD {
                let points = &mut points[ahead];
                let last = i32::from(end) + 12 * (ahead as i32 + 1);
                let months = (last - i32::from(from[lane])).clamp(0, 12);
                points[lane] += one * f64::from(months) / 12.0;
            }
            points[AHEAD][lane] += one;
        }
    }

    fn plus(sum: &mut Lanes, values: &Lanes) {
        for lane in 0..LANES {
            sum[lane] += values[lane];
        }
    }

    /// Adds points at what one costs: in their municipality, else in the nation, else as any point.
    fn weigh(
        points: &Later,
        cost: &Lanes,
        open: &Lanes,
        of_tier: &Lanes,
        of_all: &Lanes,
        later: &mut Later,
    ) {
        let mut each = [0.0; LANES];
        for lane in 0..LANES {
            let elsewhere = if of_tier[lane] > 0.0 { of_tier[lane] } else { of_all[lane] };
            let own = cost[lane] / open[lane];
            each[lane] = if open[lane] > 0.0 { own } else { elsewhere };
        }
        for ahead in 0..=AHEAD {
            for lane in 0..LANES {
                later[ahead][lane] += points[ahead][lane] * each[lane];
            }
        }
    }

    fn ratio(sum: &Lanes, of: &Lanes, ratio: &mut Lanes) {
        for lane in 0..LANES {
            let share = sum[lane] / of[lane];
            ratio[lane] = if of[lane] > 0.0 { share } else { 0.0 };
        }
    }

    /// Adds what is due now, as much greater as the network is later; where there is no network now, what
    /// is due for each unit of it in the nation.
    fn grow(due: &Money, now: &Lanes, national: &Lanes, later: &Later, sums: &mut Later) {
        let mut each = [0.0; LANES];
        for lane in 0..LANES {
            let own = due[lane] as f64 / 100.0 / now[lane];
            each[lane] = if now[lane] > 0.0 { own } else { national[lane] };
        }
        for ahead in 0..=AHEAD {
            for lane in 0..LANES {
                sums[ahead][lane] += each[lane] * later[ahead][lane];
            }
        }
    }
}

impl Standing {
    /// Room for a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let municipalities = scenario.municipalities.table.len();
        Self {
            now: vec![[0.0; LANES]; municipalities],
            later: vec![NONE; municipalities],
            points: vec![NONE; municipalities],
        }
    }

    /// Reads a network at the end of a year; `waits` where points may be funded that are not open yet.
    pub fn fill(&mut self, prepared: &Prepared<'_>, year: usize, view: &PathYear<'_>, waits: bool) {
        let Self { now, later, points } = self;
        let quantities = view.quantities;
        let whole = |quantity| quantities.grid(quantity, None).unwrap_or(&[]);
        let costs = whole(Quantity::MaintenanceCost);
        // Where nothing costs anything in any draw all points weigh the same.
        let what = if costs.iter().flatten().any(|&cost| cost > 0.0) {
            Quantity::MaintenanceCost
        } else {
            Quantity::OpenPoints
        };
        for (now, weight) in now.iter_mut().zip(whole(what)) {
            *now = *weight;
        }
        clear(later.as_flattened_mut());
        let of_all = mean(whole(what), whole(Quantity::OpenPoints));
        for tier in 0..prepared.scenario.tiers().len() {
            let grid = |quantity| quantities.grid(quantity, Some(tier)).unwrap_or(&[]);
            let (weights, open) = (grid(what), grid(Quantity::OpenPoints));
            for (points, standing) in points.iter_mut().zip(grid(Quantity::OpenPointsAtYearEnd)) {
                *points = [*standing; AHEAD + 1];
            }
            if waits {
                add_waiting(prepared, year, view, tier, points);
            }
            let of_tier = mean(weights, open);
            let rows = weights.iter().zip(open).zip(points.iter()).zip(later.iter_mut());
            for (((weight, open), points), later) in rows {
                weigh(points, weight, open, &of_tier, &of_all, later);
            }
        }
    }

    /// What would be due to the nation in each later year and at steady state, cents, by what is due now.
    pub fn due(&self, state: &ProgrammeState, items: &mut [Money; ITEMS]) {
        let (mut due, mut weight) = ([0; LANES], [0.0; LANES]);
        for (entitlement, now) in state.entitlement.iter().zip(&self.now) {
            add(&mut due, entitlement);
            plus(&mut weight, now);
        }
        let mut national = [0.0; LANES];
        ratio(&due.map(|cents| cents as f64 / 100.0), &weight, &mut national);
        let mut sums = NONE;
        let rows = state.entitlement.iter().zip(&self.now).zip(&self.later);
        for ((due, now), later) in rows {
            grow(due, now, &national, later, &mut sums);
        }
        for (item, sum) in items[..=STEADY].iter_mut().zip(&sums) {
            cents(sum, item);
        }
    }
}

/// What one is on average: the sum of some rows over that of others; 0 where there is none.
fn mean(weights: &[Lanes], counts: &[Lanes]) -> Lanes {
    let (mut weight, mut count, mut mean) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    for row in weights {
        plus(&mut weight, row);
    }
    for row in counts {
        plus(&mut count, row);
    }
    ratio(&weight, &count, &mut mean);
    mean
}

/// Adds the points of a tier that are funded and open in a later year.
fn add_waiting(
    prepared: &Prepared<'_>,
    year: usize,
    view: &PathYear<'_>,
    tier: usize,
    points: &mut [Later],
) {
    let end = year_start(prepared, year + prepared.past) + 12;
    let network = view.network;
    for place in prepared.places.all.iter().filter(|place| place.tier == tier) {
        for &point in &place.points {
            let (first, last) = network.open_from.span(point as usize);
            if first < NEVER && last > end {
                let left = &network.left[place.municipality];
                wait(
                    network.open_from.of(point as usize),
                    left,
                    end,
                    &mut points[place.municipality],
                );
            }
        }
    }
}
