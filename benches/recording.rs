//! What it costs to record one figure of one draw: moments and histogram, of figures enough to leave
//! the nearest caches, noted block by block and taken eight blocks together, as a run does on one thread;
//! beside a loop that only adds the same numbers up.

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use dotacija::engine::{Cube, MONEY, Noting, Sheet, UNITS};
use dotacija::numeric::{LANES, exp};
use dotacija::stats::{BlockSums, QuantileMethod};
use std::hint::black_box;

/// About as many figures as a policy has in the national scenario.
const CELLS: usize = 4_096;
/// Blocks of values, used in turn.
const BLOCKS: usize = 512;
/// Blocks that are taken together.
const TOGETHER: usize = 8;
/// How often every cell has taken so many before it is measured.
const WARM: usize = 4;

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

/// Notes a figure's values of a block.
fn measure(group: &mut Group<'_>, name: &str, note: impl Fn(&mut Sheet, usize, usize)) {
    let mut cube = Cube::new(vec![CELLS], QuantileMethod::Histogram);
    let mut from = 0;
    let mut pass = |cube: &mut Cube| {
        let blocks: Vec<usize> = (from..from + TOGETHER).collect();
        from += TOGETHER;
        cube.note(&blocks, |sheet, block| {
            for index in 0..CELLS {
                note(sheet, index, (block * 37 + index) % BLOCKS);
            }
        });
    };
    (0..WARM).for_each(|_| pass(&mut cube));
    group.bench_function(name, |bencher| bencher.iter(|| pass(black_box(&mut cube))));
}

fn recording(criterion: &mut Criterion) {
    let values: Vec<Values> = (0..BLOCKS).map(euro).collect();
    let money: Vec<[i64; LANES]> =
        values.iter().map(|block| block.map(|euro| (euro * MONEY) as i64)).collect();
    let mut group = criterion.benchmark_group("4,096 figures of 512 draws");
    let values_of = |blocks: usize| Throughput::Elements((CELLS * LANES * blocks) as u64);
    group.throughput(values_of(TOGETHER)).sample_size(50);
    measure(&mut group, "varied money", |sheet, index, block| {
        sheet.at(&[index]).add_money(&money[block], LANES);
    });
    measure(&mut group, "varied units", |sheet, index, block| {
        sheet.at(&[index]).add_values(&values[block], UNITS, LANES);
    });
    measure(&mut group, "rates times whole months", |sheet, index, block| {
        let months = money[block].map(|cents| (cents % 13) * 30_000);
        sheet.at(&[index]).add_money(&months, LANES);
    });
    measure(&mut group, "money on both sides of 0", |sheet, index, block| {
        let about = money[block].map(|cents| cents - 1_000_000);
        sheet.at(&[index]).add_money(&about, LANES);
    });
    measure(&mut group, "the same in every draw", |sheet, index, _| {
        sheet.at(&[index]).add_money(&[1_234_567; LANES], LANES);
    });
    group.throughput(values_of(1));
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
