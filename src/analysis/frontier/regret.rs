//! What would have been had by the best instead, draw by draw and under rival assumptions.
//!
//! The regret of an alternative in a draw is what the best of all alternatives gives in that draw, less
//! what it gives itself (Savage 1951, doi:10.1080/01621459.1951.10500768). Rival assumptions have no
//! chances, so of them the worst counts; draws have, so their mean and quantiles do.

use super::gather::{Alternative, same_in_all_draws};
use super::sampled::{Replicates, mean};
use super::settings::Setting;
use crate::analysis::solve::Reading;
use crate::stats::Grouping;
use serde::Serialize;

/// Two regrets this near, beside the greatest of all, are the same but for rounding.
const SAME: f64 = 1e-9;

/// Alternatives under one of several assumptions, in the same order under each.
#[derive(Clone, Debug, PartialEq)]
pub struct Rivals {
    /// What is assumed.
    pub assumption: String,
    /// The alternatives.
    pub alternatives: Vec<Alternative>,
    /// Which of its draws belong together.
    pub grouping: Grouping,
}

/// The regret of an alternative under one assumption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Felt {
    /// Its mean over the draws.
    pub mean: Reading,
    /// The 90th percentile.
    pub p90: Option<f64>,
    /// The greatest of all draws.
    pub maximum: Option<f64>,
    /// The share of the draws in which no other is better.
    pub best: Option<f64>,
}

/// The regret of an alternative.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Regret {
    /// Its number, from 1.
    pub number: usize,
    /// The policy.
    pub policy: String,
    /// Whether the levers stand where they stand today.
    pub is_today: bool,
    /// Values of the levers.
    pub levers: Vec<f64>,
    /// By assumption.
    pub under: Vec<Felt>,
    /// Mean, 90th percentile and maximum under the assumption that is worst for each.
    pub worst: Felt,
    /// By which of them it is the best.
    #[serde(flatten)]
    pub least: Least,
}

/// In what nothing is smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Least {
    /// Whether no other has a smaller maximum.
    pub is_minimax: bool,
    /// Whether no other has a smaller mean.
    pub is_least_mean: bool,
    /// Whether the draws cannot tell its mean from the least.
    pub may_be_least_mean: bool,
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Regrets {
    /// What is assumed, by assumption.
    pub assumptions: Vec<String>,
    /// The alternatives, in their order.
    pub rows: Vec<Regret>,
    /// Draws of all assumptions in which the measure has no value for some alternative; left out.
    pub without_value: u64,
}

/// The regret of alternatives in their first measure.
#[must_use]
pub fn regrets(rivals: &[Rivals], more: bool, settings: &[Setting]) -> Regrets {
    let rivals = &distinct(rivals);
    let felt: Vec<Vec<Vec<f64>>> = rivals.iter().map(|one| in_each_draw(one, more)).collect();
    let count = felt.iter().map(Vec::len).min().unwrap_or(0);
    let first = rivals.first().map_or(&[][..], |one| &one.alternatives);
    let under = |at: usize| -> Vec<Felt> {
        let pairs = felt.iter().zip(rivals);
        pairs.map(|(felt, of)| told(&felt[at], of.grouping)).collect()
    };
    let all: Vec<Vec<Felt>> = (0..count).map(under).collect();
    let worst: Vec<(Felt, usize)> = all.iter().map(|under| worst(under)).collect();
    let least = |of: &dyn Fn(&Felt) -> Option<f64>| {
        let values = worst.iter().filter_map(|(felt, _)| of(felt));
        values.fold(f64::INFINITY, f64::min)
    };
    let least_mean = least(&|felt| felt.mean.estimate);
    let least_maximum = least(&|felt| felt.maximum);
    let scale = worst.iter().filter_map(|(felt, _)| felt.maximum).fold(0.0, f64::max);
    let is_least =
        |value: Option<f64>, least: f64| value.is_some_and(|v| v <= least + SAME * scale);
    let winner = worst.iter().position(|(felt, _)| is_least(felt.mean.estimate, least_mean));
    let open = |at: usize| {
        // Each under its own worst assumption; draws are the same under all of them.
        let winner = winner?;
        let [own, its] = [at, winner].map(|at| felt.get(worst[at].1).and_then(|felt| felt.get(at)));
        let differences = own?.iter().zip(its?).map(|(own, its)| own - its);
        let grouping = rivals.get(worst[at].1)?.grouping;
        Some(mean(differences, grouping).lower <= 0.0)
    };
    let nobody = Setting { values: Vec::new(), is_today: false };
    let rows = first.iter().take(count).zip(all.iter().zip(&worst)).enumerate();
    let rows = rows.map(|(at, (one, (under, (worst, _))))| {
        let setting = settings.get(one.setting).unwrap_or(&nobody);
        let is_least_mean = is_least(worst.mean.estimate, least_mean);
        Regret {
            number: at + 1,
            policy: one.policy.clone(),
            is_today: setting.is_today,
            levers: setting.values.clone(),
            under: under.clone(),
            worst: *worst,
            least: Least {
                is_minimax: is_least(worst.maximum, least_maximum),
                is_least_mean,
                may_be_least_mean: is_least_mean || open(at).unwrap_or(false),
            },
        }
    });
    let without = felt.iter().filter_map(|felt| felt.first());
    let without = without.flatten().filter(|value| value.is_nan()).count() as u64;
    let assumptions = rivals.iter().map(|one| one.assumption.clone()).collect();
    Regrets { assumptions, rows: rows.collect(), without_value: without }
}

/// Without what is, of the same policy, the same as another in all draws of all assumptions.
fn distinct(rivals: &[Rivals]) -> Vec<Rivals> {
    let count = rivals.iter().map(|one| one.alternatives.len()).min().unwrap_or(0);
    let is_same = |one: usize, other: usize| {
        rivals.iter().all(|of| {
            let (one, other) = (&of.alternatives[one], &of.alternatives[other]);
            one.policy == other.policy && same_in_all_draws(one, other)
        })
    };
    let mut kept: Vec<usize> = Vec::new();
    for at in 0..count {
        if !kept.iter().any(|known| is_same(*known, at)) {
            kept.push(at);
        }
    }
    let of = |one: &Rivals| Rivals {
        assumption: one.assumption.clone(),
        alternatives: kept.iter().map(|at| one.alternatives[*at].clone()).collect(),
        grouping: one.grouping,
    };
    rivals.iter().map(of).collect()
}

/// `[alternative][draw]`; not a number in a draw in which some alternative has no value.
fn in_each_draw(of: &Rivals, more: bool) -> Vec<Vec<f64>> {
    let sign = if more { 1.0 } else { -1.0 };
    let values: Vec<&[f64]> = (of.alternatives.iter())
        .map(|one| one.values.first().map_or(&[][..], Vec::as_slice))
        .collect();
    let draws = values.iter().map(|values| values.len()).min().unwrap_or(0);
    let best = |draw: usize| {
        values.iter().map(|values| sign * values[draw]).fold(f64::NEG_INFINITY, |best, value| {
            if best.is_nan() || value.is_nan() { f64::NAN } else { best.max(value) }
        })
    };
    let best: Vec<f64> = (0..draws).map(best).collect();
    let regret = |values: &&[f64]| -> Vec<f64> {
        best.iter().zip(*values).map(|(best, value)| best - sign * value).collect()
    };
    values.iter().map(regret).collect()
}

fn told(regret: &[f64], grouping: Grouping) -> Felt {
    let present = || regret.iter().copied().filter(|value| value.is_finite());
    let count = present().count();
    if count == 0 {
        return Felt::default();
    }
    let (p90, _) = Replicates::none().quantile(regret, 0.9);
    Felt {
        mean: mean(regret.iter().copied(), grouping).reading(count as u64),
        p90: Some(p90),
        maximum: Some(present().fold(0.0, f64::max)),
        best: Some(present().filter(|value| *value <= 0.0).count() as f64 / count as f64),
    }
}

/// The worst of each, and under which assumption the mean is the worst.
fn worst(under: &[Felt]) -> (Felt, usize) {
    let mut found = (under.first().copied().unwrap_or_default(), 0);
    for (at, felt) in under.iter().enumerate().skip(1) {
        let worst = &mut found.0;
        if felt.mean.estimate > worst.mean.estimate {
            worst.mean = felt.mean;
            found.1 = at;
        }
        worst.p90 = greater(worst.p90, felt.p90);
        worst.maximum = greater(worst.maximum, felt.maximum);
        worst.best = worst.best.zip(felt.best).map(|(one, other)| one.min(other));
    }
    found
}

fn greater(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        _ => one.or(other),
    }
}
