//! Which points are open, on each path and in each draw.

use super::common::Common;
use super::opening::{Opening, Openness};
use super::places::Sums;
use super::prepared::Prepared;
use super::quantities::QuantitySet;
use crate::model::{Mode, Month, Quantity};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear, each_lane};

/// A month per draw, counted from January of the first simulated year.
pub type Months = [i16; LANES];

/// Never, in months.
pub const NEVER: i16 = i16::MAX;

/// Months of points with the least and the greatest of each, which often say all there is to know.
#[derive(Clone, Debug)]
pub struct Calendar {
    months: Vec<Months>,
    span: Vec<(i16, i16)>,
}

impl Calendar {
    fn new(points: usize) -> Self {
        Self { months: vec![[NEVER; LANES]; points], span: vec![(NEVER, NEVER); points] }
    }

    /// The months of a point.
    #[inline(always)]
    pub fn of(&self, point: usize) -> &Months {
        &self.months[point]
    }

    /// The least and the greatest month of a point.
    #[inline(always)]
    pub fn span(&self, point: usize) -> (i16, i16) {
        self.span[point]
    }

    fn set(&mut self, point: usize, months: &Months) {
        self.months[point] = *months;
        self.span[point] = span(months);
    }
}

/// From which month each planned point can be open, whatever the policy (existing points: since when).
#[derive(Clone, Debug)]
pub struct Readiness(pub Calendar);

impl Readiness {
    /// Room for the points of a scenario.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        Self(Calendar::new(prepared.municipality_of_point.len()))
    }

    /// Reads delays off the formulas of the network: a point is open from the first of the month
    /// after it became ready.
    pub fn fill(&mut self, prepared: &Prepared<'_>, common: &Common<'_>) {
        let points = &prepared.scenario.points;
        let mut months = [NEVER; LANES];
        for point in 0..points.table.len() {
            if let Some(opened) = points.opened[point] {
                months = [relative(prepared, opened) + 1; LANES];
            } else if let (Some(planned), Some(network)) = (points.planned[point], &common.network)
            {
                let municipality = points.municipality[point] as usize;
                let planned = f64::from(relative(prepared, planned)) + prepared.shift.delay_months;
                months_after(planned, network.delay.at(municipality, point), &mut months);
                if let Some(never) = &network.never {
                    never_where(never.at(municipality, point), &mut months);
                }
            } else {
                months = [NEVER; LANES];
            }
            self.0.set(point, &months);
        }
    }
}

/// The network of one path.
#[derive(Clone, Debug)]
pub struct NetworkState {
    /// From which month each point is open.
    pub open_from: Calendar,
    /// 1 where a municipality has closed its points for good.
    pub left: Vec<Lanes>,
    /// Whether a municipality has done so in any draw.
    pub any_left: Vec<bool>,
    /// Years in a row in which the own share was above the acceptable one.
    above: Vec<Lanes>,
    /// Acceptable own share; a municipality that runs points at the start accepts at least today's.
    pub acceptable: Vec<Lanes>,
}

impl NetworkState {
    /// Room for a scenario's network.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let municipalities = prepared.points_of.len();
        Self {
            open_from: Calendar::new(prepared.municipality_of_point.len()),
            left: vec![[0.0; LANES]; municipalities],
            any_left: vec![false; municipalities],
            above: vec![[0.0; LANES]; municipalities],
            acceptable: vec![[1.0; LANES]; municipalities],
        }
    }

    /// The network before the first year: what is open, and under `WhenReady` what will open.
    pub fn begin(&mut self, prepared: &Prepared<'_>, readiness: &Readiness, common: &Common<'_>) {
        let funded = !prepared.network_is_shared();
        for point in 0..prepared.municipality_of_point.len() {
            let exists = prepared.scenario.points.opened[point].is_some();
            let waits = funded && !exists;
            self.open_from.set(point, if waits { &[NEVER; LANES] } else { readiness.0.of(point) });
        }
        clear(&mut self.left);
        self.any_left.fill(false);
        clear(&mut self.above);
        let acceptable = common.network.as_ref().and_then(|network| network.acceptable.as_ref());
        for (municipality, share) in self.acceptable.iter_mut().enumerate() {
            *share = acceptable.map_or([1.0; LANES], |formula| *formula.at(municipality, 0));
        }
    }

    /// How open each point is in a year.
    pub fn open(&self, prepared: &Prepared<'_>, year: usize, opening: &mut Opening) {
        let start = year_start(prepared, year);
        for point in 0..prepared.municipality_of_point.len() {
            let municipality = prepared.municipality_of_point[point] as usize;
            match self.open_from.span(point) {
                (first, _) if first >= start + 12 => opening.close(point),
                (_, last) if last <= start && !self.any_left[municipality] => opening.open(point),
                _ => {
                    let left = &self.left[municipality];
                    part_of_year(self.open_from.of(point), left, start, opening.part(point));
                }
            }
        }
    }

    /// How open each point would be if all that is ready were open all year: what is open by the end
    /// of the year, and what would be if it were funded now.
    pub fn outlook(
        &self,
        prepared: &Prepared<'_>,
        readiness: &Readiness,
        year: usize,
        opening: &mut Opening,
    ) {
        let end = year_start(prepared, year) + 12;
        for point in 0..prepared.municipality_of_point.len() {
            let municipality = prepared.municipality_of_point[point] as usize;
            let exists = prepared.scenario.points.opened[point].is_some();
            let (first, last) = self.open_from.span(point);
            let (soonest, latest) = readiness.0.span(point);
            let whole = last <= end || (!exists && first == NEVER && latest <= end);
            if first > end && (exists || last < NEVER || soonest > end) {
                opening.close(point);
            } else if whole && !self.any_left[municipality] {
                opening.open(point);
            } else {
                let left = &self.left[municipality];
                let ready = if exists { &[NEVER; LANES] } else { readiness.0.of(point) };
                let share = opening.part(point);
                open_or_ready(self.open_from.of(point), ready, left, end, share);
            }
        }
    }

    /// 1 where a point is open on the first of a month.
    pub fn open_on(&self, prepared: &Prepared<'_>, month: Month, point: usize) -> Lanes {
        let at = relative(prepared, month);
        let left = &self.left[prepared.municipality_of_point[point] as usize];
        let from = self.open_from.of(point);
        each_lane(|lane| if from[lane] <= at { 1.0 - left[lane] } else { 0.0 })
    }

    /// Opens a funded point: at the later of its readiness and the month in which it is built.
    pub fn fund(&mut self, readiness: &Readiness, point: usize, built: &Months, funded: &Lanes) {
        let mut months = *self.open_from.of(point);
        later_where(funded, built, readiness.0.of(point), &mut months);
        self.open_from.set(point, &months);
    }

    /// Counts of the network in a year, by place.
    pub fn count(
        &self,
        prepared: &Prepared<'_>,
        year: usize,
        opening: &Opening,
        counted: QuantitySet,
        sums: &mut Sums,
    ) {
        let start = year_start(prepared, year);
        let at_ends =
            counted.has(Quantity::OpenPointsAtYearEnd) || counted.has(Quantity::OpenedPoints);
        for (place, group) in prepared.places.all.iter().enumerate() {
            let left = &self.left[group.municipality];
            let any_left = self.any_left[group.municipality];
            let mut open = [0.0; LANES];
            let mut at_end = [0.0; LANES];
            let mut opened = [0.0; LANES];
            let (mut whole, mut old) = (0.0, 0.0);
            for &point in &group.points {
                let point = point as usize;
                match opening.state(point) {
                    Openness::Closed => {}
                    Openness::Whole => whole += 1.0,
                    Openness::Part => super::quantities::add(&mut open, opening.share(point)),
                }
                let (first, last) = self.open_from.span(point);
                if !at_ends || first > start + 12 {
                    continue;
                }
                if last <= start && !any_left {
                    old += 1.0;
                } else {
                    open_at_end(self.open_from.of(point), left, start, &mut at_end, &mut opened);
                }
            }
            plus(&open, whole, sums.at(Quantity::OpenPoints, place));
            plus(&at_end, old, sums.at(Quantity::OpenPointsAtYearEnd, place));
            *sums.at(Quantity::OpenedPoints, place) = opened;
        }
    }

    /// At the end of a year: a municipality above its acceptable share for too long leaves.
    pub fn leave(&mut self, prepared: &Prepared<'_>, own_share: &[Lanes], open: &[Lanes]) {
        let Some(network) = &prepared.scenario.network else { return };
        if network.mode == Mode::WhenReady {
            return;
        }
        let patience = f64::from(network.patience_years);
        for municipality in 0..self.left.len() {
            let (above, left) = (&mut self.above[municipality], &mut self.left[municipality]);
            for lane in 0..LANES {
                let runs_points = open[municipality][lane] > 0.0;
                let too_much = own_share[municipality][lane] > self.acceptable[municipality][lane];
                above[lane] = if runs_points && too_much { above[lane] + 1.0 } else { 0.0 };
                if above[lane] >= patience {
                    left[lane] = 1.0;
                }
            }
            self.any_left[municipality] = left.iter().any(|&left| left > 0.0);
        }
    }
}

/// The first month in which a point can be open that is funded in a year and takes so long to build;
/// never is not such a month, however long it takes.
pub fn built(prepared: &Prepared<'_>, year: usize, award_month: i32, months: &Lanes) -> Months {
    let award = f64::from(year_start(prepared, year)) + f64::from(award_month) - 1.0;
    let mut built = [0; LANES];
    months_after(award, months, &mut built);
    built.map(|month| month.min(NEVER - 1))
}

/// January of a year, counted from January of the first simulated year.
pub fn year_start(prepared: &Prepared<'_>, year: usize) -> i16 {
    ((year as i32 - prepared.past as i32) * 12) as i16
}

fn relative(prepared: &Prepared<'_>, month: Month) -> i16 {
    let months = month.0 - prepared.scenario.years.first * 12;
    months.clamp(i32::from(i16::MIN), i32::from(NEVER - 1)) as i16
}

vectorised! {
    /// The least and the greatest month.
    fn span(months: &Months) -> (i16, i16) {
        let (mut least, mut greatest) = (NEVER, i16::MIN);
        for &month in months {
            least = least.min(month);
            greatest = greatest.max(month);
        }
        (least, greatest)
    }

    /// The first of the month after so many months from `start` on.
    fn months_after(start: f64, months: &Lanes, after: &mut Months) {
        for lane in 0..LANES {
            let first = (start + months[lane]).floor() + 1.0;
            // Not `clamp`: it leaves NaN as it is, and this is one value or another.
            let first = first.min(f64::from(NEVER)).max(f64::from(i16::MIN));
            after[lane] = first as i32 as i16;
        }
    }

    /// Never, where a chance says so.
    fn never_where(never: &Lanes, months: &mut Months) {
        for lane in 0..LANES {
            months[lane] = if never[lane] >= 0.5 { NEVER } else { months[lane] };
        }
    }

    /// The later of two months where something holds.
    fn later_where(holds: &Lanes, one: &Months, other: &Months, months: &mut Months) {
        for lane in 0..LANES {
            let later = one[lane].max(other[lane]);
            months[lane] = if holds[lane] > 0.0 { later } else { months[lane] };
        }
    }

    /// The part of the year from `start` for which a point is open that opens in these months.
    fn part_of_year(from: &Months, left: &Lanes, start: i16, share: &mut Lanes) {
        for lane in 0..LANES {
            let months = start + 12 - from[lane].max(start).min(start + 12);
            share[lane] = f64::from(months) * A_TWELFTH * (1.0 - left[lane]);
        }
    }

    fn plus(values: &Lanes, more: f64, sums: &mut Lanes) {
        for lane in 0..LANES {
            sums[lane] = values[lane] + more;
        }
    }

    /// 1 where a point is open by the end of a year, or could be: it waits and is ready by then.
    fn open_or_ready(from: &Months, ready: &Months, left: &Lanes, end: i16, share: &mut Lanes) {
        for lane in 0..LANES {
            let open = from[lane] <= end || (from[lane] == NEVER && ready[lane] <= end);
            share[lane] = if open { 1.0 - left[lane] } else { 0.0 };
        }
    }

    /// Adds 1 where a point is open on 1 January after the year, and where it opened during the year.
    fn open_at_end(from: &Months, left: &Lanes, start: i16, at_end: &mut Lanes, opened: &mut Lanes) {
        for lane in 0..LANES {
            let stays = 1.0 - left[lane];
            at_end[lane] += if from[lane] <= start + 12 { stays } else { 0.0 };
            let in_year = from[lane] > start && from[lane] <= start + 12;
            opened[lane] += if in_year { stays } else { 0.0 };
        }
    }
}

/// Twelve of them are 1 exactly.
const A_TWELFTH: f64 = 1.0 / 12.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_twelve_months_before_the_opening_none_after() {
        for (from, start, months) in [
            (-30, 0, 12.0),
            (0, 0, 12.0),
            (5, 0, 7.0),
            (12, 0, 0.0),
            (NEVER, 24, 0.0),
            (5, -36, 0.0),
        ] {
            let mut share = [f64::NAN; LANES];
            part_of_year(&[from; LANES], &[0.0; LANES], start, &mut share);
            assert_eq!(share, [months * A_TWELFTH; LANES], "{from} {start}");
        }
        assert_eq!(12.0 * A_TWELFTH, 1.0);
    }

    #[test]
    fn a_month_that_is_no_month_is_the_last_or_the_first() {
        let mut after = [0; LANES];
        for (months, expected) in [(2.3, 7), (2.0, 7), (-7.5, -3), (1e9, NEVER), (-1e9, i16::MIN)] {
            months_after(4.0, &[months; LANES], &mut after);
            assert_eq!(after, [expected; LANES], "{months}");
        }
    }
}
