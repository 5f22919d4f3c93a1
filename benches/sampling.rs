//! What one number of a draw costs: its score under each sampling plan, and what each distribution makes
//! of a score. Drawn as the engine draws, a block of draws at a time; times are of one number.

use criterion::{Bencher, Criterion, criterion_group, criterion_main};
use dotacija::numeric::{LANES, Lanes};
use dotacija::random::distribution::DISTRIBUTIONS;
use dotacija::random::plan::PLANS;
use dotacija::random::{Sampling, scores, stream};
use dotacija::scenario::lone_distribution;
use std::hint::black_box;
use std::time::Instant;

/// Streams drawn in turn, as many as Sobol points have dimensions.
const STREAMS: usize = 256;
/// Draws of the run.
const DRAWS: u64 = 16_384;

/// Measures a piece of work that makes a block, by the number of the block, and tells the time of one lane.
fn of_a_lane(bencher: &mut Bencher<'_>, mut block: impl FnMut(usize)) {
    bencher.iter_custom(|lanes| {
        let blocks = lanes.div_ceil(LANES as u64);
        let started = Instant::now();
        (0..blocks as usize).for_each(&mut block);
        started.elapsed().mul_f64(lanes as f64 / (blocks * LANES as u64) as f64)
    });
}

fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a score");
    for entry in &PLANS {
        let sampling = Sampling { plan: entry.plan, seed: 1, draws: DRAWS };
        let sequences: Vec<_> = (0..STREAMS)
            .map(|at| sampling.sequence(stream("input", &at.to_string(), None), Some(at)))
            .collect();
        let mut out = [0.0; LANES];
        group.bench_function(entry.plan.name(), |bencher| {
            of_a_lane(bencher, |block| {
                let first = (block / STREAMS * LANES) as u64 % DRAWS;
                sequences[block % STREAMS].scores(first, &mut out);
                black_box(&out);
            });
        });
    }
    group.finish();
}

fn distributions(criterion: &mut Criterion) {
    let blocks: Vec<Lanes> = (0..STREAMS as u64)
        .map(|stream| {
            let mut out = [0.0; LANES];
            scores(1, stream, 0, &mut out);
            out
        })
        .collect();
    let mut group = criterion.benchmark_group("a value of a score");
    for entry in DISTRIBUTIONS {
        let Some(Ok((distribution, spelled))) =
            entry.examples.first().map(|example| lone_distribution(example))
        else {
            eprintln!("{}: its example cannot be read", entry.name);
            continue;
        };
        let mut out = [0.0; LANES];
        group.bench_function(&spelled, |bencher| {
            of_a_lane(bencher, |block| {
                distribution.at_scores(black_box(&blocks[block % STREAMS]), &mut out);
                black_box(&out);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, plans, distributions);
criterion_main!(benches);
