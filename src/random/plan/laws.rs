//! What holds for every plan.

use super::{GROUPS, PLANS, Plan, Sampling};
use crate::numeric::{LANES, Lanes};
use crate::random::distribution::laws::parse;
use crate::random::distribution::{DISTRIBUTIONS, build};
use crate::random::scores;

const DRAWS: u64 = 4096;

fn over_plans(law: impl Fn(Plan)) {
    for entry in PLANS {
        law(entry.plan);
    }
}

fn blocks(sampling: Sampling, stream: u64, dimension: usize) -> Vec<Lanes> {
    let sequence = sampling.sequence(stream, Some(dimension));
    (0..sampling.draws)
        .step_by(LANES)
        .map(|first| {
            let mut block = [0.0; LANES];
            sequence.scores(first, &mut block);
            block
        })
        .collect()
}

#[test]
fn a_block_holds_the_bits_of_its_draws_wherever_it_starts() {
    over_plans(|plan| {
        let sampling = Sampling { plan, seed: 5, draws: 1000 };
        let whole = blocks(sampling, 77, 3).concat();
        let sequence = sampling.sequence(77, Some(3));
        for first in [0, 1, 15, 17, 63, 700] {
            let (mut score, mut share) = ([0.0; LANES], [0.0; LANES]);
            sequence.scores(first, &mut score);
            sequence.uniforms(first, &mut share);
            assert_eq!(score[..], whole[first as usize..first as usize + LANES], "{plan:?}");
            assert_eq!(sequence.score(first), score[0]);
            assert!(share.iter().all(|share| 0.0 < *share && *share < 1.0));
            assert!(score.iter().zip(&share).all(|(z, u)| (*z > 0.0) == (*u > 0.5)));
        }
    });
}

#[test]
fn every_plan_gives_every_distribution_its_mean() {
    // 4,096 draws. Independent ones: sd/64, four of them. A stratified score errs by far less than a
    // tenth of the standard deviation over 64; half of it leaves room for the longest tails.
    over_plans(|plan| {
        let scores = blocks(Sampling { plan, seed: 2, draws: DRAWS }, 9, 5);
        let errors = match plan {
            Plan::Random | Plan::Antithetic => 4.0,
            Plan::LatinHypercube | Plan::Sobol => 0.5,
        };
        for text in DISTRIBUTIONS.iter().flat_map(|entry| entry.examples) {
            let (name, parameters) = parse(text);
            let distribution = build(name, &parameters).expect("examples are right");
            let mut sum = 0.0;
            for block in &scores {
                let mut values = [0.0; LANES];
                distribution.at_scores(block, &mut values);
                sum += values.iter().sum::<f64>();
            }
            let error = (sum / DRAWS as f64 - distribution.mean()).abs();
            let bound = errors * distribution.sd() / 64.0 + 1e-9 * distribution.mean().abs();
            assert!(error <= bound, "{plan:?}, {text}: {error} beyond {bound}");
        }
    });
}

#[test]
fn random_draws_are_those_of_the_stream() {
    let mut expected = [0.0; LANES];
    scores(8, 21, 130, &mut expected);
    let mut block = [0.0; LANES];
    Sampling { plan: Plan::Random, seed: 8, draws: 500 }
        .sequence(21, Some(0))
        .scores(130, &mut block);
    assert_eq!(block, expected);
    // So are those of a Sobol plan without a dimension, or beyond the last.
    for dimension in [None, Some(256), Some(usize::MAX)] {
        let sobol = Sampling { plan: Plan::Sobol, seed: 8, draws: 500 };
        sobol.sequence(21, dimension).scores(130, &mut block);
        assert_eq!(block, expected);
    }
}

#[test]
fn only_latin_hypercubes_depend_on_the_number_of_draws() {
    over_plans(|plan| {
        let few = blocks(Sampling { plan, seed: 3, draws: 512 }, 4, 1);
        let more = blocks(Sampling { plan, seed: 3, draws: 1024 }, 4, 1);
        assert_eq!(few[..] != more[..few.len()], plan.depends_on_draws(), "{plan:?}");
    });
}

/// x·y² in two dimensions, of mean 1/2 · 1/3, by group of draws.
fn group_means(sampling: Sampling) -> [f64; GROUPS] {
    let (x, y) = (sampling.sequence(1, Some(0)), sampling.sequence(2, Some(1)));
    let mut sums = [0.0; GROUPS];
    for first in (0..sampling.draws).step_by(LANES) {
        let (mut at_x, mut at_y) = ([0.0; LANES], [0.0; LANES]);
        x.uniforms(first, &mut at_x);
        y.uniforms(first, &mut at_y);
        for lane in 0..LANES {
            sums[lane % GROUPS] += at_x[lane] * at_y[lane] * at_y[lane];
        }
    }
    sums.map(|sum| sum / (sampling.draws / GROUPS as u64) as f64)
}

#[test]
fn means_are_unbiased_and_sixteen_groups_tell_their_error() {
    // 400 seeds of 16 groups of 8 draws. The mean of all is 1/6 within four standard errors; the
    // square of the error of a run's mean, estimated from its groups, is right on average: both have
    // about 400 degrees of freedom, so the ratio is 1 within 4·√(2/400)·√(1 + 1/15) = 0.3.
    for plan in [Plan::LatinHypercube, Plan::Sobol] {
        let (mut sum, mut squares, mut estimated) = (0.0, 0.0, 0.0);
        for seed in 0..400 {
            let means = group_means(Sampling { plan, seed, draws: 128 });
            let mean = means.iter().sum::<f64>() / 16.0;
            let spread: f64 = means.iter().map(|group| (group - mean) * (group - mean)).sum();
            let error = mean - 1.0 / 6.0;
            sum += error;
            squares += error * error;
            estimated += spread / 15.0 / 16.0;
        }
        assert!((sum / 400.0).abs() < 4.0 * squares.sqrt() / 400.0, "{plan:?}: {sum}");
        assert!((squares / estimated - 1.0).abs() < 0.3, "{plan:?}: {squares} and {estimated}");
    }
}
