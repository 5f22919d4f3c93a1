//! Which points are open, on each path and in each draw.

use super::common::Common;
use super::prepared::Prepared;
use super::quantities::Quantities;
use crate::model::{Mode, Month, Quantity};
use crate::numeric::{LANES, Lanes};

/// A month per draw, counted from January of the first simulated year.
pub type Months = [i16; LANES];

/// Never, in months.
pub const NEVER: i16 = i16::MAX;

/// From which month each planned point can be open, whatever the policy (existing points: since when).
#[derive(Clone, Debug)]
pub struct Readiness(pub Vec<Months>);

impl Readiness {
    /// Room for the points of a scenario.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        Self(vec![[NEVER; LANES]; prepared.municipality_of_point.len()])
    }

    /// Reads delays off the formulas of the network: a point is open from the first of the month
    /// after it became ready.
    pub fn fill(&mut self, prepared: &Prepared<'_>, common: &Common<'_>) {
        let points = &prepared.scenario.points;
        for (point, ready) in self.0.iter_mut().enumerate() {
            if let Some(opened) = points.opened[point] {
                *ready = [relative(prepared, opened) + 1; LANES];
                continue;
            }
            let (Some(planned), Some(network)) = (points.planned[point], &common.network) else {
                *ready = [NEVER; LANES];
                continue;
            };
            let municipality = points.municipality[point] as usize;
            let planned = f64::from(relative(prepared, planned));
            let delay = network.delay.at(municipality, point);
            let never = network.never.as_ref().map(|never| never.at(municipality, point));
            for (lane, ready) in ready.iter_mut().enumerate() {
                let fails = never.is_some_and(|never| never[lane] >= 0.5);
                let from = (planned + delay[lane]).floor() + 1.0;
                *ready = if fails { NEVER } else { clamped(from) };
            }
        }
    }
}

/// The network of one path.
#[derive(Clone, Debug)]
pub struct NetworkState {
    /// From which month each point is open.
    pub open_from: Vec<Months>,
    /// 1 where a municipality has closed its points for good.
    pub left: Vec<Lanes>,
    /// Years in a row in which the own share was above the acceptable one.
    pub above: Vec<Lanes>,
    /// Acceptable own share; a municipality that runs points at the start accepts at least today's.
    pub acceptable: Vec<Lanes>,
}

impl NetworkState {
    /// Room for a scenario's network.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let municipalities = prepared.points_of.len();
        Self {
            open_from: vec![[NEVER; LANES]; prepared.municipality_of_point.len()],
            left: vec![[0.0; LANES]; municipalities],
            above: vec![[0.0; LANES]; municipalities],
            acceptable: vec![[1.0; LANES]; municipalities],
        }
    }

    /// The network before the first year: what is open, and under `WhenReady` what will open.
    pub fn begin(&mut self, prepared: &Prepared<'_>, readiness: &Readiness, common: &Common<'_>) {
        let funded = !prepared.network_is_shared();
        for (point, open) in self.open_from.iter_mut().enumerate() {
            let exists = prepared.scenario.points.opened[point].is_some();
            *open = if funded && !exists { [NEVER; LANES] } else { readiness.0[point] };
        }
        self.left.fill([0.0; LANES]);
        self.above.fill([0.0; LANES]);
        let acceptable = common.network.as_ref().and_then(|network| network.acceptable.as_ref());
        for (municipality, share) in self.acceptable.iter_mut().enumerate() {
            *share = acceptable.map_or([1.0; LANES], |formula| *formula.at(municipality, 0));
        }
    }

    /// Share of a year, 0 to 1, for which each point is open.
    pub fn open_share(&self, prepared: &Prepared<'_>, year: usize, share: &mut [Lanes]) {
        let start = year_start(prepared, year);
        for (point, share) in share.iter_mut().enumerate() {
            let left = &self.left[prepared.municipality_of_point[point] as usize];
            let from = &self.open_from[point];
            for lane in 0..LANES {
                let months = months_open(from[lane], start);
                share[lane] = f64::from(months) / 12.0 * (1.0 - left[lane]);
            }
        }
    }

    /// 1 where a point is open on the first of a month.
    pub fn open_on(&self, prepared: &Prepared<'_>, month: Month, point: usize) -> Lanes {
        let at = relative(prepared, month);
        let left = &self.left[prepared.municipality_of_point[point] as usize];
        std::array::from_fn(
            |lane| {
                if self.open_from[point][lane] <= at { 1.0 - left[lane] } else { 0.0 }
            },
        )
    }

    /// 1 where an investment falls due in a year: a planned point opens in it (`WhenReady`), or is
    /// ready by its end, not yet funded, and its municipality has joined (`WhenFunded`).
    pub fn due(
        &self,
        prepared: &Prepared<'_>,
        readiness: &Readiness,
        year: usize,
        joined: &[Lanes],
        due: &mut [Lanes],
    ) {
        let start = year_start(prepared, year);
        let end = start + 12;
        let funded = !prepared.network_is_shared();
        for (point, due) in due.iter_mut().enumerate() {
            if prepared.scenario.points.opened[point].is_some() {
                *due = [0.0; LANES];
                continue;
            }
            let municipality = prepared.municipality_of_point[point] as usize;
            let (ready, open) = (&readiness.0[point], &self.open_from[point]);
            for lane in 0..LANES {
                // A point that opens in December is open from 1 January: opening = first open month − 1.
                let opens_in_year = open[lane] > start && open[lane] <= end;
                let waits = open[lane] == NEVER && ready[lane] <= end;
                let member = joined[municipality][lane] * (1.0 - self.left[municipality][lane]);
                due[lane] = match (funded, opens_in_year, waits) {
                    (false, true, _) => 1.0,
                    (true, _, true) => member,
                    _ => 0.0,
                };
            }
        }
    }

    /// Opens a funded point: at the later of its readiness and its award plus building.
    pub fn fund(
        &mut self,
        prepared: &Prepared<'_>,
        readiness: &Readiness,
        common: &Common<'_>,
        point: usize,
        year: usize,
        funded: &Lanes,
    ) {
        let (Some(network), Some(formulas)) = (&prepared.scenario.network, &common.network) else {
            return;
        };
        let award = f64::from(year_start(prepared, year)) + f64::from(network.award_month - 1);
        let municipality = prepared.municipality_of_point[point] as usize;
        let building = formulas.building.at(municipality, point);
        for lane in 0..LANES {
            if funded[lane] > 0.0 {
                // Never is not a month in which a funded point opens, however long it is built.
                let built = clamped((award + building[lane]).floor() + 1.0).min(NEVER - 1);
                self.open_from[point][lane] = built.max(readiness.0[point][lane]);
            }
        }
    }

    /// Counts of the network in a year.
    pub fn count(
        &self,
        prepared: &Prepared<'_>,
        year: usize,
        share: &[Lanes],
        quantities: &mut Quantities,
    ) {
        quantities.clear(super::prepared::NETWORK_QUANTITIES);
        let start = year_start(prepared, year);
        let points = &prepared.scenario.points;
        for (point, share) in share.iter().enumerate() {
            let from = &self.open_from[point];
            if from.iter().all(|&from| from >= start + 13) {
                continue;
            }
            let municipality = points.municipality[point] as usize;
            let tier = points.tier[point] as usize;
            let left = &self.left[municipality];
            let at_end: Lanes =
                std::array::from_fn(
                    |lane| {
                        if from[lane] <= start + 12 { 1.0 - left[lane] } else { 0.0 }
                    },
                );
            let opened: Lanes = std::array::from_fn(|lane| {
                if from[lane] > start && from[lane] <= start + 12 { 1.0 - left[lane] } else { 0.0 }
            });
            quantities.add(Quantity::OpenPoints, municipality, tier, share);
            quantities.add(Quantity::OpenPointsAtYearEnd, municipality, tier, &at_end);
            quantities.add(Quantity::OpenedPoints, municipality, tier, &opened);
        }
        quantities.derive(Quantity::MonthsOpen);
    }

    /// At the end of a year: a municipality above its acceptable share for too long leaves.
    pub fn leave(&mut self, prepared: &Prepared<'_>, own_share: &[Lanes], open: &[Lanes]) {
        let Some(network) = &prepared.scenario.network else { return };
        if network.mode == Mode::WhenReady {
            return;
        }
        let patience = f64::from(network.patience_years);
        for municipality in 0..self.left.len() {
            for lane in 0..LANES {
                let runs_points = open[municipality][lane] > 0.0;
                let too_much = own_share[municipality][lane] > self.acceptable[municipality][lane];
                let above = &mut self.above[municipality][lane];
                *above = if runs_points && too_much { *above + 1.0 } else { 0.0 };
                if *above >= patience {
                    self.left[municipality][lane] = 1.0;
                }
            }
        }
    }
}

/// Months open in the year that starts at `start`, for a point open from `from` on.
fn months_open(from: i16, start: i16) -> i32 {
    (i32::from(start) + 12 - i32::from(from.max(start))).max(0)
}

/// January of a year, counted from January of the first simulated year.
pub fn year_start(prepared: &Prepared<'_>, year: usize) -> i16 {
    ((year as i32 - prepared.past as i32) * 12) as i16
}

fn relative(prepared: &Prepared<'_>, month: Month) -> i16 {
    let months = month.0 - prepared.scenario.years.first * 12;
    months.clamp(i32::from(i16::MIN), i32::from(NEVER - 1)) as i16
}

fn clamped(months: f64) -> i16 {
    months.clamp(f64::from(i16::MIN), f64::from(NEVER)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_twelve_months_before_the_opening_none_after() {
        assert_eq!(months_open(-30, 0), 12);
        assert_eq!(months_open(0, 0), 12);
        assert_eq!(months_open(5, 0), 7);
        assert_eq!(months_open(12, 0), 0);
        assert_eq!(months_open(NEVER, 24), 0);
        assert_eq!(months_open(5, -36), 0);
    }
}
