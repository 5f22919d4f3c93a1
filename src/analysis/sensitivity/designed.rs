//! Sobol' and Morris designs.

use super::factors::{Factor, factors};
use super::figures::Figure;
use super::found::{Explained, Influence, Sensitivity};
use super::keeper::{Keeper, Seen};
use crate::engine::{DesignRow, Failure, Options, Prepared, Row, Shift, observe};
use crate::numeric::{LANES, Lanes};
use crate::random::{stream, uniform};
use crate::stats::sensitivity::{morris, sobol};
use rayon::prelude::*;

/// How many resamples intervals of Sobol' indices come from.
pub const RESAMPLES: usize = 256;
/// On how many levels a Morris design stands; a step is half of them.
pub const LEVELS: u32 = 4;
/// The part of the probability that a step goes, with an even number of levels.
const STEP: f64 = 0.5;
/// Of a figure less than this part is rounding.
const ROUNDING: f64 = 1e-13;

/// A design with its number of base rows or trajectories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Two matrices and their mixtures.
    Sobol(u64),
    /// Trajectories.
    Morris(u64),
}

/// How many rows a design has for so many factors.
#[must_use]
pub fn rows_of(design: Design, factors: usize) -> u64 {
    let factors = factors as u64;
    match design {
        Design::Sobol(rows) => rows.saturating_mul(factors + 2),
        Design::Morris(trajectories) => trajectories.saturating_mul(factors + 1),
    }
}

impl Design {
    fn base(self) -> u64 {
        match self {
            Self::Sobol(rows) | Self::Morris(rows) => rows,
        }
    }

    /// Blocks that a block of base rows becomes.
    fn width(self, factors: usize) -> usize {
        match self {
            Self::Sobol(_) => factors + 2,
            Self::Morris(_) => factors + 1,
        }
    }

    /// A block: `step` counts A, B and the mixtures of each factor, or the steps of a trajectory.
    fn row(self, of: &Of<'_>, first: u64, step: usize) -> DesignRow {
        let mut moved = vec![0; of.inputs];
        let mut shift = Shift::Levels(LEVELS);
        match self {
            Self::Sobol(rows) => {
                let lanes = LANES as u64;
                // The draws of B lie behind those of A.
                shift = Shift::Other(rows.div_ceil(lanes) * lanes + first);
                match step.checked_sub(2) {
                    None => moved.fill(if step == 1 { u64::MAX } else { 0 }),
                    Some(at) => set(&mut moved, &of.factors[at], u64::MAX),
                }
            }
            Self::Morris(_) => {
                let turns = of.turns(first);
                for (factor, turns) in of.factors.iter().zip(&turns) {
                    let lanes = (0..LANES).filter(|lane| turns[*lane] < step);
                    set(&mut moved, factor, lanes.fold(0, |mask, lane| mask | 1 << lane));
                }
            }
        }
        DesignRow { first, shift, moved }
    }
}

fn set(moved: &mut [u64], factor: &Factor, mask: u64) {
    for &input in &factor.inputs {
        if let Some(moved) = moved.get_mut(input) {
            *moved = mask;
        }
    }
}

/// What a design is of.
struct Of<'a> {
    factors: &'a [Factor],
    /// How many inputs there are.
    inputs: usize,
    seed: u64,
    /// A stream for each factor, which says when it moves.
    order: Vec<u64>,
}

impl Of<'_> {
    /// By factor and lane its turn in the trajectory, from 0: random, by its name.
    fn turns(&self, first: u64) -> Vec<[usize; LANES]> {
        let mut turns = vec![[0; LANES]; self.factors.len()];
        for lane in 0..LANES {
            let mut places: Vec<(f64, usize)> = (self.order.iter())
                .map(|&stream| uniform(self.seed, stream, first + lane as u64))
                .zip(0..)
                .collect();
            places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (turn, (_, factor)) in places.into_iter().enumerate() {
                turns[factor][lane] = turn;
            }
        }
        turns
    }
}

/// Explains each figure by every factor.
pub(super) fn explain(
    prepared: &Prepared<'_>,
    figures: &[Figure],
    design: Design,
    options: &Options<'_>,
) -> Result<Sensitivity, Failure> {
    let scenario = prepared.scenario;
    let factors = factors(scenario);
    let (seed, lanes) = (scenario.run.seed, LANES as u64);
    let of = Of {
        factors: &factors,
        inputs: scenario.inputs.len(),
        seed,
        order: factors.iter().map(|of| stream(&of.name, "sensitivity: turn", None)).collect(),
    };
    let (base, width) = (design.base(), design.width(factors.len()));
    // Of a single number the step up or down is known by its value.
    let singles: Vec<usize> =
        factors.iter().filter(|of| of.is_single).map(|of| of.inputs[0]).collect();
    let seen = observe(
        prepared,
        base.div_ceil(lanes) as usize * width,
        &|at| {
            let first = (at / width) as u64 * lanes;
            let row = design.row(&of, first, at % width);
            (Row::Design(row), (base - first).min(lanes) as usize)
        },
        options,
        &|| Keeper::new(prepared, figures, &singles),
    )?;
    let blocks: Vec<&[Seen]> = seen.chunks(width).collect();
    let turns: Vec<Vec<[usize; LANES]>> = match design {
        Design::Sobol(_) => Vec::new(),
        Design::Morris(_) => (0..blocks.len()).map(|at| of.turns(at as u64 * lanes)).collect(),
    };
    let resamples =
        if matches!(design, Design::Sobol(_)) { resamples(seed, base) } else { Vec::new() };
    let figures: Vec<Explained> = (0..figures.len())
        .into_par_iter()
        .map(|at| {
            let step = |step: usize| -> Vec<f64> {
                let values = blocks.iter().flat_map(|block| block[step].figures[at]);
                values.take(base as usize).collect()
            };
            let steps: Vec<Vec<f64>> = (0..width).map(step).collect();
            let shown = if turns.is_empty() { 2 } else { width };
            let shown: Vec<&[f64]> = steps.iter().take(shown).map(Vec::as_slice).collect();
            let mut found = Explained::new(scenario, &figures[at], &shown);
            let missing = steps.iter().flatten().filter(|value| !value.is_finite()).count();
            found.missing = missing as u64;
            if missing > 0 {
                return found;
            }
            found.inputs = if turns.is_empty() {
                of_sobol(&factors, &steps, &resamples)
            } else {
                of_morris(&factors, &steps, &blocks, &turns)
            };
            let firsts = found.inputs.iter().filter_map(|input| input.first_order);
            let sum: f64 = firsts.clone().map(|first| first.value).sum();
            found.first_order_sum = (firsts.count() > 0).then_some(sum);
            found.ranked()
        })
        .collect();
    Ok(Sensitivity {
        scenario: scenario.name.clone(),
        title: scenario.title.clone(),
        method: if turns.is_empty() { "sobol" } else { "morris" },
        draws: base,
        evaluations: rows_of(design, factors.len()),
        seed,
        figures,
        not_measured: Vec::new(),
        collinear: Vec::new(),
    })
}

/// Nothing where the figure does not vary.
fn of_sobol(factors: &[Factor], steps: &[Vec<f64>], resamples: &[Vec<f64>]) -> Vec<Influence> {
    let [a, b, mixed @ ..] = steps else { return Vec::new() };
    let indices = sobol::indices(a, b, mixed, resamples).unwrap_or_default();
    let named = factors.iter().zip(indices);
    named
        .map(|(factor, found)| {
            let (first_order, total) = (Some(found.first), Some(found.total));
            Influence { input: factor.name.clone(), first_order, total, ..Influence::default() }
                .judged()
        })
        .collect()
}

fn of_morris(
    factors: &[Factor],
    steps: &[Vec<f64>],
    blocks: &[&[Seen]],
    turns: &[Vec<[usize; LANES]>],
) -> Vec<Influence> {
    let mut singles = 0..;
    factors
        .iter()
        .enumerate()
        .map(|(factor, of)| {
            let single = if of.is_single { singles.next() } else { None };
            let trajectories = steps.first().map_or(0, Vec::len);
            let effects: Vec<f64> = (0..trajectories)
                .map(|row| {
                    let (block, lane) = (row / LANES, row % LANES);
                    let turn = turns[block][factor][lane];
                    let effect = changed(steps[turn][row], steps[turn + 1][row]) / STEP;
                    let value = |step: usize, single: usize| -> f64 {
                        let values: &Lanes = &blocks[block][step].inputs[single];
                        values[lane]
                    };
                    match single {
                        Some(single) if value(turn + 1, single) < value(turn, single) => -effect,
                        Some(_) => effect,
                        None => effect.abs(),
                    }
                })
                .collect();
            let found = morris::screening(&effects);
            Influence {
                input: of.name.clone(),
                effect_size: found.map(|found| found.size),
                effect_mean: found.filter(|_| of.is_single).map(|found| found.mean),
                effect_deviation: found.filter(|_| of.is_single).map(|found| found.deviation),
                ..Influence::default()
            }
            .judged()
        })
        .collect()
}

/// What a step changes; what is rounding of the figure is nothing.
fn changed(before: f64, after: f64) -> f64 {
    let change = after - before;
    if change.abs() <= ROUNDING * before.abs().max(after.abs()) { 0.0 } else { change }
}

/// How often each base row is taken in each resample.
fn resamples(seed: u64, rows: u64) -> Vec<Vec<f64>> {
    let again = |number: usize| -> Vec<f64> {
        let stream = stream("sensitivity: resample", &number.to_string(), None);
        let mut taken = vec![0.0; rows as usize];
        for draw in 0..rows {
            let at = (uniform(seed, stream, draw) * rows as f64) as usize;
            if let Some(taken) = taken.get_mut(at) {
                *taken += 1.0;
            }
        }
        taken
    };
    (0..RESAMPLES).into_par_iter().map(again).collect()
}
