//! The value of a lever that meets a target under uncertainty.
//!
//! ```text
//! target ──► read ──► Target          what is to be met
//! range  ──────────► Dial             the values that can be tried
//! value  ──► Trials ──► meter         the measure there, on the same draws at every value
//! all of it ──► solve ──► Solution    a coarse grid, then search, then what the draws leave open
//! ```
//! Every value is tried on the same futures, so that what differs between two of them is the lever
//! alone, and the measure is a function of it that can be searched.

mod dial;
mod gauge;
mod meter;
mod pot;
mod read;
mod search;
mod target;
mod trials;

pub use dial::Dial;
pub use gauge::{Gauge, Yield};
pub use meter::Reading;
pub use pot::{appropriate, appropriated};
pub use read::{TARGET, read, read_measure};
pub use target::{MEASURES, Measure, MeasureDoc, Measured, Of, Subject, Target};
pub use trials::{Make, Stop, Trial};

use search::{Point, narrow};
use serde::Serialize;
use trials::{Bound, Trials};

/// Values of the coarse grid.
const GRID: usize = 9;
/// Draws on which it is looked at.
const LOOK: u64 = 128;
/// Differences this small beside the spread of the grid are rounding, not shape.
const ROUNDING: f64 = 1e-6;
/// How often a search is begun anew because all draws say otherwise than few.
const MOST_RETURNS: usize = 40;
/// An interval's end is found to this share of its distance from the answer.
const SHARE_OF_REACH: i64 = 16;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What is to be met.
    pub target: &'a Target,
    /// Under which policy.
    pub policy: &'a str,
    /// The values of the lever.
    pub dial: &'a Dial,
    /// Where the lever stands today.
    pub present: f64,
    /// How many draws decide.
    pub draws: u64,
    /// How many values the curve has; 0: there is none.
    pub curve: usize,
}

/// How a search ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// There is a value at which the target begins or ceases to be met.
    #[serde(rename = "found")]
    Found,
    /// No value that was tried meets the target.
    #[serde(rename = "never met")]
    Never,
    /// Every value that was tried meets it.
    #[serde(rename = "met everywhere")]
    Everywhere,
}

/// The answer of a search.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solution {
    /// How it ended.
    pub outcome: Outcome,
    /// The border, where there is one.
    pub answer: Option<Answer>,
    /// The trials at both ends of the range.
    pub ends: [Trial; 2],
    /// The coarse grid, on few draws or as many as it took.
    pub grid: Vec<Trial>,
    /// Whether the measure only rises, or only falls, along the grid.
    pub is_monotone: bool,
    /// Whether it is the same along the whole grid.
    pub is_flat: bool,
    /// Further pairs of neighbours of the grid between which the target begins or ceases to be met.
    pub other_borders: Vec<[f64; 2]>,
    /// The curve, on all draws.
    pub curve: Vec<Trial>,
    /// From one value of the lever to the next.
    pub step: f64,
    /// How many values were tried.
    pub tried: usize,
    /// Draws simulated over all of them.
    pub simulated: u64,
}

/// The border of a target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The last value that meets it.
    pub last: Trial,
    /// The next, which does not.
    pub next: Trial,
    /// Whether smaller values meet it.
    pub is_met_below: bool,
    /// The value at which the target is met whatever the number of draws leaves open (95 %); none
    /// within the range.
    pub sure: Option<f64>,
    /// The value from which on it is not met, whatever it leaves open; none within the range.
    pub possible: Option<f64>,
}

impl Answer {
    /// The values between which the border lies, as far as the draws tell; an end is missing where it
    /// lies beyond the range.
    pub fn interval(&self) -> (Option<f64>, Option<f64>) {
        if self.is_met_below { (self.sure, self.possible) } else { (self.possible, self.sure) }
    }
}

/// Searches for the value of a lever that meets a target.
///
/// # Errors
/// The scenario cannot be made for a value, or a run of it fails.
pub fn solve<E>(
    asked: &Asked<'_>,
    make: &Make<'_, E>,
    progress: &dyn Fn(f64, u64),
) -> Result<Solution, Stop<E>> {
    let about = (asked.target, asked.policy, asked.dial);
    let mut trials = Trials::new(about, asked.draws, make, progress);
    let last = asked.dial.last();
    let places = spread(last, GRID);
    let mut grid = Vec::new();
    for place in &places {
        grid.push(trials.trial(*place, LOOK)?);
    }
    let mut borders = borders(&mut trials, &places)?;
    if borders.is_empty() {
        // Few draws say that the whole range is alike: so must all, at its ends and where it is nearest.
        let mut checked = vec![0, last];
        checked.extend(nearest(&mut trials, &places)?);
        for place in checked {
            trials.reading(place, asked.draws)?;
        }
        borders = self::borders(&mut trials, &places)?;
    }
    // From the border that is nearest to where the lever stands.
    let present = asked.dial.place(asked.present);
    borders.sort_by_key(|[a, b]| {
        let (low, high) = (a.0.min(b.0), a.0.max(b.0));
        (low - present).max(present - high).max(0)
    });
    let mut answer = None;
    let mut others = Vec::new();
    for [met, unmet] in borders {
        if answer.is_some() {
            others.push([met, unmet].map(|point| asked.dial.value(point.0)));
        } else if let Some((met, unmet)) = settle(&mut trials, met, unmet)? {
            answer = Some(answered(&mut trials, met, unmet)?);
        }
    }
    let ends = [trials.trial(0, asked.draws)?, trials.trial(last, asked.draws)?];
    let outcome = match (&answer, ends[0].met) {
        (Some(_), _) => Outcome::Found,
        (None, true) => Outcome::Everywhere,
        (None, false) => Outcome::Never,
    };
    let mut curve = Vec::new();
    for place in spread(last, asked.curve) {
        curve.push(trials.trial(place, asked.draws)?);
    }
    let (is_monotone, is_flat) = shape(if curve.len() > grid.len() { &curve } else { &grid });
    let is_flat = is_flat && ends[0].reading.estimate == ends[1].reading.estimate;
    Ok(Solution {
        outcome,
        answer,
        ends,
        grid,
        is_monotone,
        is_flat,
        other_borders: others,
        curve,
        step: asked.dial.step(),
        tried: trials.tried(),
        simulated: trials.simulated,
    })
}

/// So many places from the first to the last, each once.
fn spread(last: i64, count: usize) -> Vec<i64> {
    let between = (count.max(2) - 1) as i128;
    let place = |at: usize| (i128::from(last) * at as i128 / between) as i64;
    let mut places: Vec<i64> = (0..count).map(place).collect();
    places.dedup();
    places
}

/// Neighbours of which the one meets the target (it stands first) and the other does not.
fn borders<E>(trials: &mut Trials<'_, E>, places: &[i64]) -> Result<Vec<[Point; 2]>, Stop<E>> {
    let mut points = Vec::new();
    for place in places {
        points.push((*place, trials.margin(*place, Bound::Estimate)?));
    }
    let pairs = points.windows(2).filter_map(|pair| match *pair {
        [a, b] if a.1 >= 0.0 && b.1 < 0.0 => Some([a, b]),
        [a, b] if a.1 < 0.0 && b.1 >= 0.0 => Some([b, a]),
        _ => None,
    });
    Ok(pairs.collect())
}

/// The place that is nearest to the border.
fn nearest<E>(trials: &mut Trials<'_, E>, places: &[i64]) -> Result<Option<i64>, Stop<E>> {
    let mut best: Option<Point> = None;
    for place in places {
        let margin = trials.margin(*place, Bound::Estimate)?.abs();
        if best.is_none_or(|(_, least)| margin < least) {
            best = Some((*place, margin));
        }
    }
    Ok(best.map(|(place, _)| place))
}

/// Whether the estimates only rise or only fall, and whether they stay the same.
fn shape(trials: &[Trial]) -> (bool, bool) {
    let values: Vec<f64> = trials.iter().filter_map(|trial| trial.reading.estimate).collect();
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let rounding = ROUNDING * (most - least);
    let steps = || values.windows(2).map(|pair| pair[1] - pair[0]);
    let (rises, falls) =
        (steps().any(|step| step > rounding), steps().any(|step| step < -rounding));
    // Without values the least is infinite: flat.
    (!(rises && falls), most <= least)
}

/// Neighbouring values of which all draws say that the one meets the target and the other does not;
/// none where all draws say that there is no such pair towards the ends of the range.
fn settle<E>(
    trials: &mut Trials<'_, E>,
    mut met: Point,
    mut unmet: Point,
) -> Result<Option<(i64, i64)>, Stop<E>> {
    let last = trials.dial.last();
    let all = trials.draws;
    for _ in 0..MOST_RETURNS {
        (met, unmet) = narrow(met, unmet, 1, &mut |place| trials.margin(place, Bound::Estimate))?;
        for place in [met.0, unmet.0] {
            trials.reading(place, all)?;
        }
        met.1 = trials.margin(met.0, Bound::Estimate)?;
        unmet.1 = trials.margin(unmet.0, Bound::Estimate)?;
        let away = if unmet.0 > met.0 { 1 } else { -1 };
        let (from, away, wanted) = match (met.1 >= 0.0, unmet.1 >= 0.0) {
            (true, false) => return Ok(Some((met.0, unmet.0))),
            (true, true) => (unmet, away, false),
            (false, _) => (met, -away, true),
        };
        let Some((here, there)) = gallop(
            trials,
            from,
            (away, 1),
            last,
            |margin| (margin >= 0.0) == wanted,
            Bound::Estimate,
        )?
        else {
            return Ok(None);
        };
        (met, unmet) = if wanted { (there, here) } else { (here, there) };
    }
    Ok(None)
}

/// Goes from a place in ever longer steps until what is wanted is found: the last place before, and
/// the place where it is; none up to the end of the range.
fn gallop<E>(
    trials: &mut Trials<'_, E>,
    from: Point,
    (away, mut step): (i64, i64),
    last: i64,
    wanted: impl Fn(f64) -> bool,
    bound: Bound,
) -> Result<Option<(Point, Point)>, Stop<E>> {
    let mut here = from;
    loop {
        let place = here.0.saturating_add(away.saturating_mul(step)).clamp(0, last);
        if place == here.0 {
            return Ok(None);
        }
        let there = (place, trials.margin(place, bound)?);
        if wanted(there.1) {
            return Ok(Some((here, there)));
        }
        here = there;
        step = step.saturating_mul(4);
    }
}

/// The border, with the values up to which the draws leave it open.
fn answered<E>(trials: &mut Trials<'_, E>, met: i64, unmet: i64) -> Result<Answer, Stop<E>> {
    let all = trials.draws;
    let (last, next) = (trials.trial(met, all)?, trials.trial(unmet, all)?);
    let away = unmet - met;
    // The end where even the farther bound meets the target, and the one where not even the nearer does.
    let sure = end(trials, (met, -away), Bound::Sure)?;
    let possible = end(trials, (unmet, away), Bound::Possible)?;
    let value = |place: i64| trials.dial.value(place);
    Ok(Answer {
        last,
        next,
        is_met_below: away > 0,
        sure: sure.map(value),
        possible: possible.map(value),
    })
}

/// The first place from the border on, found to a share of its distance and never too near, where the
/// draws leave nothing open.
fn end<E>(
    trials: &mut Trials<'_, E>,
    (border, away): (i64, i64),
    bound: Bound,
) -> Result<Option<i64>, Stop<E>> {
    let is_sure = |margin: f64| if bound == Bound::Sure { margin >= 0.0 } else { margin < 0.0 };
    let from = (border, trials.margin(border, bound)?);
    if is_sure(from.1) {
        return Ok(Some(border));
    }
    let last = trials.dial.last();
    let step = (last / 256).max(1);
    let Some((open, sure)) = gallop(trials, from, (away, step), last, is_sure, bound)? else {
        return Ok(None);
    };
    let width = ((sure.0 - border).abs() / SHARE_OF_REACH).max(1);
    let (met, unmet) = if bound == Bound::Sure { (sure, open) } else { (open, sure) };
    let (met, unmet) = narrow(met, unmet, width, &mut |place| trials.margin(place, bound))?;
    Ok(Some(if bound == Bound::Sure { met.0 } else { unmet.0 }))
}

#[cfg(test)]
mod tests;
