//! The run's own draws.

use super::factors::{drawn, is_single};
use super::figures::Figure;
use super::found::{Explained, Influence, Sensitivity, Unmeasured};
use super::keeper::{Keeper, Seen};
use crate::engine::{Failure, Options, Prepared, Row, observe};
use crate::numeric::LANES;
use crate::stats::sensitivity::{Partition, Regressors, rank_correlation, ranks};
use rayon::prelude::*;

/// The inputs that can be measured, by draw, made ready once for all figures.
struct Inputs {
    names: Vec<String>,
    partitions: Vec<Option<Partition>>,
    ranked: Vec<Vec<f64>>,
    plain: Regressors,
    by_rank: Regressors,
}

/// Explains each figure by the inputs that are one number in each draw.
pub(super) fn explain(
    prepared: &Prepared<'_>,
    figures: &[Figure],
    options: &Options<'_>,
) -> Result<Sensitivity, Failure> {
    let scenario = prepared.scenario;
    let draws = scenario.run.draws;
    let uncertain = || {
        let inputs = scenario.inputs.iter().enumerate();
        inputs.filter(|(_, input)| input.is_uncertain())
    };
    let singles: Vec<usize> =
        uncertain().filter(|(_, input)| is_single(input)).map(|(index, _)| index).collect();
    let lanes = LANES as u64;
    let seen = observe(
        prepared,
        draws.div_ceil(lanes) as usize,
        &|block| {
            let first = block as u64 * lanes;
            (Row::Draws(first), (draws - first).min(lanes) as usize)
        },
        options,
        &|| Keeper::new(prepared, figures, &singles),
    )?;
    let names = singles.iter().map(|&index| scenario.inputs[index].name.clone()).collect();
    let values: Vec<Vec<f64>> =
        (0..singles.len()).map(|at| by_draw(&seen, draws, |block| &block.inputs[at])).collect();
    let ranked: Vec<Vec<f64>> = values.iter().map(|values| ranks(values)).collect();
    let inputs = Inputs {
        names,
        partitions: values.iter().map(|values| Partition::new(values)).collect(),
        plain: Regressors::new(&values),
        by_rank: Regressors::new(&ranked),
        ranked,
    };
    let independent = scenario.run.plan.grouping().independent(draws);
    let explained: Vec<Explained> = (0..figures.len())
        .into_par_iter()
        .map(|at| {
            let values = by_draw(&seen, draws, |block| &block.figures[at]);
            let found = Explained::new(scenario, &figures[at], &[&values]);
            if found.missing == 0 { inputs.explain(found, &values, independent) } else { found }
        })
        .collect();
    Ok(Sensitivity {
        scenario: scenario.name.clone(),
        title: scenario.title.clone(),
        method: "own draws",
        draws,
        evaluations: draws,
        seed: scenario.run.seed,
        figures: explained,
        not_measured: uncertain()
            .filter(|(_, input)| !is_single(input))
            .map(|(_, input)| Unmeasured { input: input.name.clone(), drawn: drawn(input) })
            .collect(),
        collinear: inputs.plain.dependent().iter().map(|&at| inputs.names[at].clone()).collect(),
    })
}

/// The values of all draws in a row.
pub(super) fn by_draw<'a>(
    seen: &'a [Seen],
    draws: u64,
    of: impl Fn(&'a Seen) -> &'a [f64; LANES],
) -> Vec<f64> {
    seen.iter().flat_map(|block| of(block).iter().copied()).take(draws as usize).collect()
}

impl Inputs {
    fn explain(&self, mut found: Explained, values: &[f64], independent: f64) -> Explained {
        let figure_ranks = ranks(values);
        let plain = self.plain.explain(values, independent);
        let by_rank = self.by_rank.explain(&figure_ranks, independent);
        let inflation = self.plain.inflation();
        found.r_squared = plain.as_ref().map(|found| found.r_squared);
        found.rank_r_squared = by_rank.as_ref().map(|found| found.r_squared);
        for (at, name) in self.names.iter().enumerate() {
            let partition = self.partitions[at].as_ref();
            let influence = Influence {
                input: name.clone(),
                first_order: partition.and_then(|of| of.first_order(values, independent)),
                rank_correlation: rank_correlation(&self.ranked[at], &figure_ranks, independent),
                partial_rank_correlation: by_rank.as_ref().and_then(|found| found.partial[at]),
                regression: plain.as_ref().and_then(|found| found.coefficients[at]),
                inflation: inflation[at],
                ..Influence::default()
            };
            found.inputs.push(influence.judged());
        }
        let firsts = found.inputs.iter().filter_map(|input| input.first_order);
        let sum: f64 = firsts.map(|first| first.value).sum();
        found.first_order_sum =
            found.inputs.iter().any(|input| input.first_order.is_some()).then_some(sum);
        found.ranked()
    }
}
