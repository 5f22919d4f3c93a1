//! What it costs to record one figure of one draw: moments and histogram, of figures enough to leave
//! the nearest caches, beside a loop that only adds the same numbers up.

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use dotacija::engine::{Cell, MONEY, Noting, UNITS};
use dotacija::numeric::{LANES, exp};
use dotacija::stats::{BlockSums, Grouping, QuantileMethod};
use std::hint::black_box;

/// About as many figures as a policy has in the national scenario.
const CELLS: usize = 4_096;
/// Blocks of values, used in turn.
const BLOCKS: usize = 512;
/// Blocks that every cell has seen before it is measured.
const WARM: usize = 32;

type Values = [f64; LANES];
type Group<'a> = BenchmarkGroup<'a, criterion::measurement::WallTime>;

/// Evenly spread numbers in (0, 1) that need no generator: multiples of the golden ratio.
fn spread(index: usize) -> f64 {
    (index as f64 * 0.618_033_988_749_895).fract()
}

/// About 10,000 EUR, spread by about a fifth: the sum of four uniform numbers stands for a normal one.
fn euro(block: usize) -> Values {
    std::array::from_fn(|lane| {
        let at = 4 * (block * LANES + lane);
        let score = (0..4).map(|part| spread(at + part * 7_919)).sum::<f64>() - 2.0;
        10_000.0 * exp(0.35 * score)
    })
}

fn measure(
    group: &mut Group<'_>,
    name: &str,
    method: QuantileMethod,
    add: impl Fn(&mut Cell, usize),
) {
    let mut cells = vec![Cell::grouped(method, Grouping::Independent); CELLS];
    let mut block = 0;
    let mut pass = |cells: &mut [Cell]| {
        block += 1;
        for (index, cell) in cells.iter_mut().enumerate() {
            add(cell, (block * 37 + index) % BLOCKS);
        }
    };
    (0..WARM).for_each(|_| pass(&mut cells));
    group.bench_function(name, |bencher| bencher.iter(|| pass(black_box(&mut cells))));
}

fn recording(criterion: &mut Criterion) {
    let values: Vec<Values> = (0..BLOCKS).map(euro).collect();
    let money: Vec<[i64; LANES]> =
        values.iter().map(|block| block.map(|euro| (euro * MONEY) as i64)).collect();
    let histogram = QuantileMethod::Histogram;
    let mut group = criterion.benchmark_group("4,096 figures of 64 draws");
    group.throughput(Throughput::Elements((CELLS * LANES) as u64)).sample_size(50);
    measure(&mut group, "varied money", histogram, |cell, block| {
        cell.add_money(&money[block], LANES);
    });
    measure(&mut group, "varied units", histogram, |cell, block| {
        cell.add_values(&values[block], UNITS, LANES);
    });
    measure(&mut group, "rates times whole months", histogram, |cell, block| {
        let months = money[block].map(|cents| (cents % 13) * 30_000);
        cell.add_money(&months, LANES);
    });
    measure(&mut group, "the same in every draw", histogram, |cell, _| {
        cell.add_money(&[1_234_567; LANES], LANES);
    });
    group.bench_function("moments alone", |bencher| {
        bencher.iter(|| {
            let sums = (0..CELLS).map(|index| BlockSums::of(&money[index % BLOCKS]).sum);
            black_box(sums.sum::<i128>())
        });
    });
    group.bench_function("floor: sums alone", |bencher| {
        bencher.iter(|| {
            let mut sums = [0; LANES];
            for index in 0..CELLS {
                for (sum, value) in sums.iter_mut().zip(&money[index % BLOCKS]) {
                    *sum += value;
                }
            }
            black_box(sums)
        });
    });
    group.finish();
}

criterion_group!(benches, recording);
criterion_main!(benches);
