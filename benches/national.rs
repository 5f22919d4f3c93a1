//! The national scenario: time per draw of a run, and of the same run without what makes it dear.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dotacija::engine::{Options, Prepared, simulate};
use std::hint::black_box;
use std::path::Path;

/// Draws per measured run: enough blocks to fill every buffer.
const DRAWS: &str = "run.draws=512";

fn national(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/latvia/network-592.ron");
    let mut group = criterion.benchmark_group("national scenario, one thread");
    group.throughput(Throughput::Elements(512)).sample_size(10);
    for (name, setting) in [
        ("points open when funded", "network.mode=WhenFunded"),
        ("points open when ready", "network.mode=WhenReady"),
    ] {
        let opened = dotacija::scenario::open(&path, &[DRAWS.to_owned(), setting.to_owned()]);
        let Some(scenario) = opened.scenario else { continue };
        let prepared = Prepared::new(&scenario);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let options = Options { threads: 1, ..Options::default() };
                black_box(simulate(&prepared, &options).is_ok())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, national);
criterion_main!(benches);
