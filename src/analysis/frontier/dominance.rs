//! Which alternatives another beats in all measures, as far as the draws tell.

use super::gather::{Alternative, Objective, same_in_all_draws};
use super::sampled::{Interval, Replicates, mean, of_replicates};
use super::settings::Setting;
use crate::analysis::solve::Reading;
use crate::stats::{Grouping, difference};
use rayon::prelude::*;
use serde::Serialize;

/// Whether another is better all round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Of every other the draws show that it is worse in some measure, or the same in all.
    Undominated,
    /// The draws do not decide it.
    Undecided,
    /// Another is no worse in any measure and better in one, beyond what the draws leave open.
    Dominated,
}

/// An alternative and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Its number, from 1.
    pub number: usize,
    /// The policy.
    pub policy: String,
    /// Whether the levers stand where they stand today.
    pub is_today: bool,
    /// Values of the levers.
    pub levers: Vec<f64>,
    /// By measure.
    pub readings: Vec<Reading>,
    /// How it stands.
    pub status: Status,
    /// The number of one that beats it; where the draws do not decide it, of one that would by the
    /// estimates alone.
    pub by: Option<usize>,
    /// At how many more settings this policy has the same figures in all draws.
    pub repeated: usize,
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frontier {
    /// Alternatives whose figures differ, in the order of settings and policies.
    pub points: Vec<Point>,
    /// Draws simulated, over all settings.
    pub simulated: u64,
}

/// A figure of an alternative with what is needed to pair it.
enum Figure<'a> {
    Mean(&'a [f64]),
    Quantile(f64, Vec<f64>),
}

/// Judges alternatives that were simulated on the same draws.
#[must_use]
pub fn frontier(
    objectives: &[Objective],
    settings: &[Setting],
    alternatives: &[Alternative],
    (grouping, seed): (Grouping, u64),
) -> Frontier {
    let mut kept: Vec<(&Alternative, usize)> = Vec::new();
    for new in alternatives {
        let same =
            |known: &Alternative| known.policy == new.policy && same_in_all_draws(known, new);
        match kept.iter_mut().find(|(known, _)| same(known)) {
            Some((_, repeated)) => *repeated += 1,
            None => kept.push((new, 0)),
        }
    }
    let draws = alternatives.first().and_then(|one| one.values.first()).map_or(0, Vec::len);
    let replicates = Replicates::new(draws, grouping, seed);
    let figures: Vec<Vec<Figure<'_>>> = kept
        .par_iter()
        .map(|(one, _)| {
            let figure = |(objective, values): (&Objective, &'_ Vec<f64>)| {
                objective.of.quantile().map(|share| replicates.quantile(values, share))
            };
            let of = objectives.iter().zip(&one.values);
            of.map(|(objective, values)| match figure((objective, values)) {
                Some((all, again)) => Figure::Quantile(all, again),
                None => Figure::Mean(values),
            })
            .collect()
        })
        .collect();
    let judged: Vec<(Status, Option<usize>)> = (0..kept.len())
        .into_par_iter()
        .map(|at| judge(&figures, objectives, at, grouping))
        .collect();
    // Who beats it should be one that nobody beats.
    let lasting = |by: usize| {
        let mut by = by;
        for _ in 0..judged.len() {
            match judged.get(by) {
                Some((Status::Dominated, Some(next))) => by = *next,
                _ => break,
            }
        }
        by
    };
    let nobody = Setting { values: Vec::new(), is_today: false };
    let points = kept.iter().enumerate().map(|(at, (one, repeated))| {
        let setting = settings.get(one.setting).unwrap_or(&nobody);
        let reading = |figure: &Figure<'_>| alone(figure, grouping).reading(draws as u64);
        let (status, by) = judged[at];
        let by = if status == Status::Dominated { by.map(lasting) } else { by };
        Point {
            number: at + 1,
            policy: one.policy.clone(),
            is_today: setting.is_today,
            levers: setting.values.clone(),
            readings: figures[at].iter().map(reading).collect(),
            status,
            by: by.map(|by| by + 1),
            repeated: *repeated,
        }
    });
    Frontier { points: points.collect(), simulated: (draws * settings.len()) as u64 }
}

fn alone(figure: &Figure<'_>, grouping: Grouping) -> Interval {
    match figure {
        Figure::Mean(values) => mean(values.iter().copied(), grouping),
        Figure::Quantile(all, again) => of_replicates(*all, again.iter().copied()),
    }
}

/// By how much one is better than another, draws paired.
fn better(one: &Figure<'_>, other: &Figure<'_>, more: bool, grouping: Grouping) -> Interval {
    let sign = if more { 1.0 } else { -1.0 };
    match (one, other) {
        (Figure::Mean(one), Figure::Mean(other)) => mean(
            one.iter().zip(*other).map(|(one, other)| sign * difference(*one, *other)),
            grouping,
        ),
        (Figure::Quantile(one, ones), Figure::Quantile(other, others)) => of_replicates(
            sign * difference(*one, *other),
            ones.iter().zip(others).map(|(one, other)| sign * difference(*one, *other)),
        ),
        // A measure is of one kind.
        _ => Interval { value: f64::NAN, lower: f64::NAN, upper: f64::NAN },
    }
}

/// How one stands among all, and which beats it.
fn judge(
    figures: &[Vec<Figure<'_>>],
    objectives: &[Objective],
    at: usize,
    grouping: Grouping,
) -> (Status, Option<usize>) {
    let mut open: Option<Option<usize>> = None;
    let own = &figures[at];
    for (rival, others) in figures.iter().enumerate().filter(|(rival, _)| *rival != at) {
        let mut is_surely_no_worse = true;
        let (mut is_surely_better, mut may_be_better) = (false, false);
        let (mut is_no_worse, mut is_better) = (true, false);
        let mut may_be_no_worse = true;
        for ((one, other), objective) in others.iter().zip(own).zip(objectives) {
            let gain = better(one, other, objective.more, grouping);
            // What cannot be compared speaks against the rival.
            if gain.upper < 0.0 || gain.value.is_nan() {
                may_be_no_worse = false;
                break;
            }
            is_surely_no_worse &= gain.lower >= 0.0;
            is_surely_better |= gain.lower > 0.0;
            may_be_better |= gain.upper > 0.0;
            is_no_worse &= gain.value >= 0.0;
            is_better |= gain.value > 0.0;
        }
        if !may_be_no_worse || !may_be_better {
            continue;
        }
        if is_surely_no_worse && is_surely_better {
            return (Status::Dominated, Some(rival));
        }
        let by = (is_no_worse && is_better).then_some(rival);
        open = Some(open.flatten().or(by));
    }
    match open {
        Some(by) => (Status::Undecided, by),
        None => (Status::Undominated, None),
    }
}
