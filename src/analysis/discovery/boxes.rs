//! One box: peeled, chosen, its limits tried, and looked for again in halves of the draws.

use super::table::Column;
use crate::random::{stream, uniform};
use crate::stats::prim::{Cases, InputBox, Limits, Peeling};
use rayon::prelude::*;
use serde::Serialize;

/// The share of the draws inside that a step takes away.
pub const SHARE: f64 = 0.05;
/// The share of all draws below which no box falls.
pub const LEAST: f64 = 0.05;
/// A limit is kept where its quasi-p-value is below this.
pub const SURE: f64 = 0.05;
/// How many halves of the draws are peeled again.
pub const HALVES: usize = 20;

/// A box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundBox {
    /// The inputs with limits, in their order.
    pub limits: Vec<Limited>,
    /// Draws inside.
    pub inside: u64,
    /// In how many of them it happens.
    pub hits: u64,
    /// The share of them in which it happens.
    pub density: f64,
    /// The share of all draws in which it happens that lie inside.
    pub coverage: f64,
    /// The boxes on the way, from all draws on.
    pub trajectory: Vec<Step>,
}

/// An input with limits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Limited {
    /// The input.
    pub input: String,
    /// What is taken of it, where it is drawn more than once; else empty.
    pub of: &'static str,
    /// The least value inside.
    pub low: Option<f64>,
    /// The greatest.
    pub high: Option<f64>,
    /// The quasi-p-value of the lower limit.
    pub p_low: Option<f64>,
    /// Of the upper one.
    pub p_high: Option<f64>,
    /// In how many halves of the draws the box of the same coverage limits this input too.
    pub by_coverage: u64,
    /// In how many that of the same density does.
    pub by_density: u64,
}

/// A box on the way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Draws inside.
    pub inside: u64,
    /// In how many of them it happens.
    pub hits: u64,
    /// The share of them in which it happens.
    pub density: f64,
    /// The share of all draws in which it happens that lie inside.
    pub coverage: f64,
    /// How many inputs have limits.
    pub restricted: usize,
    /// Whether it is the one that was chosen.
    pub chosen: bool,
}

/// Finds a box among some draws, with its limits by input; none where no limit is beyond chance, or
/// none is as dense as asked. `all` hits are those of all draws.
pub(super) fn find(
    cases: &Cases<'_>,
    inputs: &[Column],
    rows: &[usize],
    (density, all): (Option<f64>, u64),
    seed: u64,
) -> Option<(FoundBox, Vec<Limits>)> {
    let peeling = Peeling { share: SHARE, least: LEAST };
    let steps = cases.peel(rows, peeling);
    let chosen = choose(&steps, density)?;
    let mut kept = steps.get(chosen)?.clone();
    // The limit that is most likely chance goes first, and the others are tried without it.
    loop {
        let tried = cases.quasi_p(rows, &kept);
        let ends = tried
            .iter()
            .enumerate()
            .flat_map(|(input, ends)| [(input, false, ends[0]), (input, true, ends[1])]);
        let doubtful = ends
            .filter_map(|(input, is_upper, p)| Some((input, is_upper, p?)))
            .filter(|(_, _, p)| *p >= SURE)
            .max_by(|a, b| a.2.total_cmp(&b.2));
        let Some((input, is_upper, _)) = doubtful else { break };
        let mut limits = kept.limits.clone();
        let end = limits.get_mut(input)?;
        let end = if is_upper { &mut end.high } else { &mut end.low };
        *end = None;
        kept = cases.counted(rows, limits);
    }
    if kept.restricted() == 0 || density.is_some_and(|density| kept.density() < density) {
        return None;
    }
    let share = |hits: u64| hits as f64 / all as f64;
    let again = halves(cases, rows, &kept, peeling, seed);
    let tried = cases.quasi_p(rows, &kept);
    let limited =
        kept.limits.iter().zip(inputs).enumerate().filter(|(_, (limits, _))| !limits.is_open());
    let limited = limited.map(|(at, (limits, input))| {
        let count =
            |which: usize| again.iter().filter(|half| half[which].contains(&at)).count() as u64;
        let [p_low, p_high] = tried.get(at).copied().unwrap_or_default();
        Limited {
            input: input.name.clone(),
            of: input.of,
            low: limits.low,
            high: limits.high,
            p_low,
            p_high,
            by_coverage: count(0),
            by_density: count(1),
        }
    });
    let step = |(at, step): (usize, &InputBox)| Step {
        inside: step.inside,
        hits: step.hits,
        density: step.density(),
        coverage: share(step.hits),
        restricted: step.restricted(),
        chosen: at == chosen,
    };
    let found = FoundBox {
        limits: limited.collect(),
        inside: kept.inside,
        hits: kept.hits,
        density: kept.density(),
        coverage: share(kept.hits),
        trajectory: steps.iter().enumerate().map(step).collect(),
    };
    Some((found, kept.limits))
}

/// The first box as dense as asked; else that which has most hits above what as many draws have on
/// average (weighted relative accuracy), of equal ones the widest.
fn choose(steps: &[InputBox], density: Option<f64>) -> Option<usize> {
    let whole = steps.first()?;
    if let Some(density) = density {
        return steps.iter().position(|step| step.density() >= density).filter(|at| *at > 0);
    }
    // In whole numbers: hits · draws − inside · all hits.
    let above = |step: &InputBox| {
        i128::from(step.hits) * i128::from(whole.inside)
            - i128::from(step.inside) * i128::from(whole.hits)
    };
    let mut best = 0;
    for (at, step) in steps.iter().enumerate() {
        if steps.get(best).is_some_and(|best| above(step) > above(best)) {
            best = at;
        }
    }
    (best > 0).then_some(best)
}

/// Which inputs the boxes of the same coverage, and of the same density, limit in halves of the draws.
fn halves(
    cases: &Cases<'_>,
    rows: &[usize],
    kept: &InputBox,
    peeling: Peeling,
    seed: u64,
) -> Vec<[Vec<usize>; 2]> {
    let hits = |of: &InputBox| of.hits as f64;
    let all: f64 = rows.iter().filter(|row| cases.happens.get(**row) == Some(&true)).count() as f64;
    let coverage = hits(kept) / all;
    (0..HALVES)
        .into_par_iter()
        .map(|number| {
            let stream = stream("discovery: half", &number.to_string(), None);
            let mut drawn: Vec<(f64, usize)> =
                rows.iter().map(|row| (uniform(seed, stream, *row as u64), *row)).collect();
            drawn.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let half: Vec<usize> = drawn.iter().take(rows.len() / 2).map(|(_, row)| *row).collect();
            // No box of a half is smaller, among the draws of the half, than one of all.
            let least = peeling.least / 2.0;
            let steps = cases.peel(&half, Peeling { least, ..peeling });
            let whole = steps.first().map_or(f64::NAN, hits);
            let nearest = |distance: &dyn Fn(&InputBox) -> f64| {
                // Many boxes have the same coverage, as long as nothing is peeled off in which it
                // happens: of equally near ones the smallest says most.
                let near = steps.iter().rev().min_by(|a, b| distance(a).total_cmp(&distance(b)));
                near.map_or_else(Vec::new, |step| {
                    let limits = step.limits.iter().enumerate();
                    limits.filter(|(_, limits)| !limits.is_open()).map(|(at, _)| at).collect()
                })
            };
            [
                nearest(&|step| (hits(step) / whole - coverage).abs()),
                nearest(&|step| (step.density() - kept.density()).abs()),
            ]
        })
        .collect()
}
