//! Staff follows load above the minimum presence of the tier.
//!
//! Posts of a point that is open for the share `f` of a year:
//! `f · max(minimum, hours / (f · productive hours · utilisation)) + f · extra`, where `hours` is the
//! year's work; with a waiting target the second term is the posts that Erlang's C formula asks for.

use super::common::{Common, StaffingFormulas};
use super::prepared::Prepared;
use super::service::TierShares;
use crate::expression::Extent;
use crate::model::Waiting;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};
use crate::stats::erlang::least_servers_lanes;

/// Above this many counters a point is not looked at counter by counter.
const MOST_COUNTERS: u32 = 200;

/// Work per case that comes, for one year: by place, or by point where a formula of it differs there.
#[derive(Clone, Debug)]
pub struct Work {
    by_point: bool,
    /// Hours of work with visitors.
    hours: Vec<Lanes>,
    /// Full-time equivalents at the share of their hours that can be busy.
    posts: Vec<Lanes>,
}

impl Work {
    /// Room for a scenario's places or points.
    pub fn new(prepared: &Prepared<'_>, formulas: &StaffingFormulas<'_>) -> Self {
        let by_point = formulas.of_work().iter().any(|formula| formula.extent() == Extent::Point);
        let rows =
            if by_point { prepared.places.of_point.len() } else { prepared.places.all.len() };
        let zero = vec![[0.0; LANES]; rows];
        Self { by_point, hours: zero.clone(), posts: zero }
    }

    /// Works it out for a year.
    pub fn update(
        &mut self,
        prepared: &Prepared<'_>,
        formulas: &StaffingFormulas<'_>,
        tiers: &[TierShares],
    ) {
        let mut set = |row: usize, tier: usize, municipality: usize, point: usize| {
            let [minutes, video, hours, utilisation] =
                formulas.of_work().map(|formula| formula.at(municipality, point));
            let shares = &tiers[tier];
            hours_of_a_case(shares, minutes, video, &mut self.hours[row]);
            posts_of(&self.hours[row], hours, utilisation, &mut self.posts[row]);
        };
        for (place, group) in prepared.places.all.iter().enumerate() {
            if self.by_point {
                for &point in &group.points {
                    set(point as usize, group.tier, group.municipality, point as usize);
                }
            } else if let Some(&point) = group.points.first() {
                set(place, group.tier, group.municipality, point as usize);
            }
        }
    }
}

/// Full-time equivalents at a point over a year in which so many cases come.
pub fn posts(
    prepared: &Prepared<'_>,
    common: &Common<'_>,
    place: usize,
    point: usize,
    open_share: &Lanes,
    come: &Lanes,
    posts: &mut Lanes,
) {
    let (Some(staffing), Some(formulas)) = (&prepared.scenario.staffing, &common.staffing) else {
        return;
    };
    let group = &prepared.places.all[place];
    let (municipality, tier) = (group.municipality, group.tier);
    let minimum = formulas.minimum[tier].at(municipality, point);
    match (&common.work, &common.tiers) {
        (Some(work), Some(tiers)) => {
            let row = if work.by_point { point } else { place };
            if let Some(waiting) = staffing.waiting[tier] {
                let productive = formulas.hours.at(municipality, point);
                let served = &tiers[tier].served;
                by_waiting(waiting, open_share, come, &work.hours[row], served, productive, posts);
                at_least(open_share, minimum, posts);
            } else {
                by_hours(open_share, come, minimum, &work.posts[row], posts);
            }
        }
        _ => at_least(open_share, minimum, posts),
    }
    if let Some(extra) = formulas.extra_at(municipality, point) {
        add_extra(open_share, extra, posts);
    }
}

/// Posts so that the waiting target holds: the fewest counters for the offered load of an opening
/// hour, each staffed for all opening hours.
fn by_waiting(
    waiting: Waiting,
    open_share: &Lanes,
    come: &Lanes,
    hours_of_a_case: &Lanes,
    served: &Lanes,
    productive: &Lanes,
    posts: &mut Lanes,
) {
    let mut offered = [0.0; LANES];
    let mut wait = [0.0; LANES];
    for lane in 0..LANES {
        let open_hours = waiting.opening_hours * open_share[lane];
        let is_open = open_hours > 0.0 && come[lane] * served[lane] > 0.0;
        let offered_load = come[lane] * hours_of_a_case[lane] / open_hours;
        offered[lane] = if is_open { offered_load } else { 0.0 };
        // In mean handling times: the hours of a case that comes over the cases served of it.
        wait[lane] = waiting.minutes / (hours_of_a_case[lane] * 60.0 / served[lane]);
    }
    let counters = least_servers_lanes(&offered, waiting.share, &wait, MOST_COUNTERS);
    for lane in 0..LANES {
        let open_hours = waiting.opening_hours * open_share[lane];
        // Beyond the last counter the load itself is the least that can serve it.
        let needed = if counters[lane].is_nan() { offered[lane] } else { counters[lane] };
        posts[lane] = needed * open_hours / productive[lane];
    }
}

vectorised! {
    fn hours_of_a_case(shares: &TierShares, minutes: &Lanes, video: &Lanes, hours: &mut Lanes) {
        for lane in 0..LANES {
            let counter = shares.counter[lane] * minutes[lane];
            hours[lane] = (counter + shares.video[lane] * video[lane]) / 60.0;
        }
    }

    fn posts_of(hours: &Lanes, productive: &Lanes, utilisation: &Lanes, posts: &mut Lanes) {
        for lane in 0..LANES {
            posts[lane] = hours[lane] / (productive[lane] * utilisation[lane]);
        }
    }

    /// The larger of the least presence and what the work asks for.
    fn by_hours(open: &Lanes, come: &Lanes, minimum: &Lanes, each: &Lanes, posts: &mut Lanes) {
        for lane in 0..LANES {
            let (least, work) = (open[lane] * minimum[lane], come[lane] * each[lane]);
            posts[lane] = if work > least { work } else { least };
        }
    }

    fn at_least(open: &Lanes, minimum: &Lanes, posts: &mut Lanes) {
        for lane in 0..LANES {
            let least = open[lane] * minimum[lane];
            posts[lane] = if posts[lane] > least { posts[lane] } else { least };
        }
    }

    fn add_extra(open: &Lanes, extra: &Lanes, posts: &mut Lanes) {
        for lane in 0..LANES {
            posts[lane] += open[lane] * extra[lane];
        }
    }
}
