//! The world of the national scenario without policies, part upon part: what drawing and the network cost,
//! and what load, staff and costs add. Nothing is recorded. Times are of a run; the throughput counts draws.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dotacija::engine::{Prepared, Sink, YearOfBlock, replay};
use dotacija::model::{Quantity, Scenario};
use std::hint::black_box;
use std::path::Path;

/// Draws of a run: enough blocks to fill every buffer.
const DRAWS: u64 = 256;

/// Looks at one figure, so that nothing is left out as useless.
struct Glance;

impl Sink for Glance {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        black_box(at.paths[0].quantities.of(Quantity::OpenPoints, 0)[0]);
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

/// Takes out what stands behind a part.
type Without = fn(&mut Scenario);

/// The parts of the world, each with what stands before it.
const PARTS: [(&str, Without); 4] = [
    ("inputs and network", |scenario| {
        (scenario.load, scenario.staffing) = (None, None);
        scenario.costs.clear();
    }),
    ("with load", |scenario| {
        scenario.staffing = None;
        scenario.costs.clear();
    }),
    ("with load and staff", |scenario| scenario.costs.clear()),
    ("with load, staff and costs", |_| {}),
];

fn world(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/latvia/network-592.ron");
    let settings = [format!("run.draws={DRAWS}"), "network.mode=WhenReady".to_owned()];
    let mut group = criterion.benchmark_group("the national world, one thread");
    group.throughput(Throughput::Elements(DRAWS)).sample_size(20);
    for (name, without) in PARTS {
        let opened = dotacija::scenario::open(&path, &settings);
        let Some(mut scenario) = opened.scenario else { continue };
        scenario.policies.clear();
        without(&mut scenario);
        let prepared = Prepared::new(&scenario);
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(replay(&prepared, 0..DRAWS, &mut Glance).is_ok()));
        });
    }
    group.finish();
}

criterion_group!(benches, world);
criterion_main!(benches);
