//! Staff follows load above the minimum presence of the tier.
//!
//! Posts of a point that is open for the share `f` of a year:
//! `f · max(minimum, hours / (f · productive hours · utilisation)) + f · extra`, where `hours` is the
//! year's work; with a waiting target the second term is the posts that Erlang's C formula asks for.

use super::common::{Common, StaffingFormulas};
use super::load::Cases;
use super::prepared::Prepared;
use crate::model::Waiting;
use crate::numeric::{LANES, Lanes};
use crate::stats::erlang::{ServiceTarget, least_servers};

/// Above this many counters a point is not looked at counter by counter.
const MOST_COUNTERS: u32 = 200;

/// Full-time equivalents at a point over a year.
pub fn posts(
    prepared: &Prepared<'_>,
    common: &Common<'_>,
    point: usize,
    open_share: &Lanes,
    cases: &Cases,
) -> Lanes {
    let (Some(staffing), Some(formulas)) = (&prepared.scenario.staffing, &common.staffing) else {
        return [0.0; LANES];
    };
    let points = &prepared.scenario.points;
    let (municipality, tier) = (points.municipality[point] as usize, points.tier[point] as usize);
    let minimum = formulas.minimum[tier].at(municipality, point);
    let at_work = match &staffing.waiting[tier] {
        None => by_hours(formulas, municipality, point, cases),
        Some(waiting) => by_waiting(formulas, *waiting, municipality, point, open_share, cases),
    };
    let extra = formulas.extra.as_ref().map(|extra| extra.at(municipality, point));
    std::array::from_fn(|lane| {
        let open = open_share[lane];
        let extra = extra.map_or(0.0, |extra| extra[lane]);
        (open * minimum[lane]).max(at_work[lane]) + open * extra
    })
}

/// The year's hours of work with visitors.
fn hours(
    formulas: &StaffingFormulas<'_>,
    municipality: usize,
    point: usize,
    cases: &Cases,
) -> Lanes {
    let minutes = formulas.minutes.at(municipality, point);
    let video = formulas.video_minutes.at(municipality, point);
    std::array::from_fn(|lane| {
        (cases.counter[lane] * minutes[lane] + cases.video[lane] * video[lane]) / 60.0
    })
}

fn by_hours(
    formulas: &StaffingFormulas<'_>,
    municipality: usize,
    point: usize,
    cases: &Cases,
) -> Lanes {
    let hours = hours(formulas, municipality, point, cases);
    let productive = formulas.hours.at(municipality, point);
    let utilisation = formulas.utilisation.at(municipality, point);
    std::array::from_fn(|lane| hours[lane] / (productive[lane] * utilisation[lane]))
}

/// Posts so that the waiting target holds: the fewest counters for the offered load of an opening
/// hour, each staffed for all opening hours.
fn by_waiting(
    formulas: &StaffingFormulas<'_>,
    waiting: Waiting,
    municipality: usize,
    point: usize,
    open_share: &Lanes,
    cases: &Cases,
) -> Lanes {
    let hours = hours(formulas, municipality, point, cases);
    let productive = formulas.hours.at(municipality, point);
    std::array::from_fn(|lane| {
        let open_hours = waiting.opening_hours * open_share[lane];
        let visits = cases.counter[lane] + cases.video[lane];
        if open_hours <= 0.0 || visits <= 0.0 {
            return 0.0;
        }
        let offered = hours[lane] / open_hours;
        let minutes_each = hours[lane] * 60.0 / visits;
        let counters = ServiceTarget::new(waiting.share, waiting.minutes / minutes_each)
            .and_then(|target| least_servers(offered, target, MOST_COUNTERS));
        // Beyond the last counter the load itself is the least that can serve it.
        let counters = counters.map_or(offered, f64::from);
        counters * open_hours / productive[lane]
    })
}
