//! Whose investment falls due in a year.

use super::network::{Months, NEVER, NetworkState, Readiness, year_start};
use super::prepared::Prepared;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

/// The points whose investment falls due in a year, per draw.
#[derive(Clone, Debug)]
pub struct Due {
    rows: Vec<Lanes>,
    any: Vec<bool>,
}

impl Due {
    /// Nobody's.
    pub fn new(points: usize) -> Self {
        Self { rows: vec![[0.0; LANES]; points], any: vec![false; points] }
    }

    /// 1 in the draws in which a point's investment falls due; none where that is so in no draw.
    #[inline(always)]
    pub fn of(&self, point: usize) -> Option<&Lanes> {
        self.any[point].then(|| &self.rows[point])
    }

    /// Nobody's.
    pub fn clear(&mut self) {
        self.any.fill(false);
    }

    /// Under `WhenReady`: of the planned points that open in the year. A point that opens in December
    /// is open from 1 January, so the month of opening is the one before the first open month.
    pub fn when_ready(&mut self, prepared: &Prepared<'_>, network: &NetworkState, year: usize) {
        let start = year_start(prepared, year);
        for point in 0..self.any.len() {
            let (first, last) = network.open_from.span(point);
            let exists = prepared.scenario.points.opened[point].is_some();
            self.any[point] = !exists && first <= start + 12 && last > start;
            if self.any[point] {
                opens_in_year(network.open_from.of(point), start, &mut self.rows[point]);
                self.any[point] = is_any(&self.rows[point]);
            }
        }
    }

    /// Under `WhenFunded`: of the planned points that are ready by the end of the year and not yet
    /// funded, where the municipality has joined (`None`: as if all had) and not left.
    pub fn when_funded(
        &mut self,
        prepared: &Prepared<'_>,
        readiness: &Readiness,
        network: &NetworkState,
        year: usize,
        joined: Option<&[Lanes]>,
    ) {
        let end = year_start(prepared, year) + 12;
        for point in 0..self.any.len() {
            let exists = prepared.scenario.points.opened[point].is_some();
            let (soonest, _) = readiness.0.span(point);
            let (_, last) = network.open_from.span(point);
            self.any[point] = !exists && soonest <= end && last == NEVER;
            if self.any[point] {
                let municipality = prepared.municipality_of_point[point] as usize;
                let (from, ready) = (network.open_from.of(point), readiness.0.of(point));
                let due = &mut self.rows[point];
                waits(from, ready, end, &network.left[municipality], due);
                if let Some(joined) = joined {
                    times(due, &joined[municipality]);
                }
                self.any[point] = is_any(due);
            }
        }
    }

    /// Takes away what was applied for in vain: what is still not funded in a network. Gives where and
    /// how much that is.
    pub fn take_waiting(&mut self, point: usize, network: &NetworkState) -> Option<Lanes> {
        let due = &mut self.rows[point];
        let from = network.open_from.of(point);
        if !self.any[point] || network.open_from.span(point).1 != NEVER {
            return None;
        }
        let mut waits = [0.0; LANES];
        take_unfunded(from, due, &mut waits);
        self.any[point] = is_any(due);
        is_any(&waits).then_some(waits)
    }
}

vectorised! {
    fn opens_in_year(from: &Months, start: i16, due: &mut Lanes) {
        for lane in 0..LANES {
            let opens = from[lane] > start && from[lane] <= start + 12;
            due[lane] = if opens { 1.0 } else { 0.0 };
        }
    }

    fn waits(from: &Months, ready: &Months, end: i16, left: &Lanes, due: &mut Lanes) {
        for lane in 0..LANES {
            let waits = from[lane] == NEVER && ready[lane] <= end;
            due[lane] = if waits { 1.0 - left[lane] } else { 0.0 };
        }
    }

    fn take_unfunded(from: &Months, due: &mut Lanes, waits: &mut Lanes) {
        for lane in 0..LANES {
            let unfunded = from[lane] == NEVER;
            waits[lane] = if unfunded { due[lane] } else { 0.0 };
            due[lane] = if unfunded { 0.0 } else { due[lane] };
        }
    }

    fn times(values: &mut Lanes, factors: &Lanes) {
        for lane in 0..LANES {
            values[lane] *= factors[lane];
        }
    }

    /// Whether anything is above zero.
    pub fn is_any(values: &Lanes) -> bool {
        let mut any = 0;
        for &value in values {
            any |= u64::from(value > 0.0);
        }
        any != 0
    }
}
