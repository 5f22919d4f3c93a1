//! Each rationing rule on 43 claims in a block of draws, beside the textbook way: sort, then fill level
//! by level in `f64`, draw by draw. Times are of a block; the throughput counts draws.
//! Then each rule on one problem of a hundred to a million claims; there the throughput counts claims.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dotacija::allocation::{Money, Workspace, divide, portions, rationing, rounding};
use dotacija::numeric::LANES;
use std::hint::black_box;

/// 43 claims of a plausible spread, cents, other ones in every draw.
fn claims() -> Vec<Money> {
    (0..43_i64)
        .map(|row| {
            std::array::from_fn(|lane| 100_000 + (row * 7_919 + lane as i64 * 104_729) % 4_000_000)
        })
        .collect()
}

/// A third of the claims of each draw.
fn pots(claims: &[Money]) -> Money {
    std::array::from_fn(|lane| claims.iter().map(|row| row[lane]).sum::<i64>() / 3)
}

/// Constrained equal awards by sorting: the peer, without rounding to cents.
fn textbook_equal_awards(pot: f64, claims: &[f64]) -> Vec<f64> {
    let mut sorted = claims.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (mut left, mut level) = (pot, f64::INFINITY);
    for (index, claim) in sorted.iter().enumerate() {
        let equal = left / (sorted.len() - index) as f64;
        if *claim > equal {
            level = equal;
            break;
        }
        left -= claim;
    }
    claims.iter().map(|claim| claim.min(level)).collect()
}

fn rules(criterion: &mut Criterion) {
    let claims = claims();
    let pots = pots(&claims);
    let method = rounding::METHODS[0];
    let mut group = criterion.benchmark_group("43 claims, a third of them paid");
    group.throughput(Throughput::Elements(LANES as u64));
    for rule in rationing::RULES {
        let (mut work, mut awards) = (Workspace::new(), vec![[0; LANES]; claims.len()]);
        group.bench_function(rule.name(), |bencher| {
            bencher.iter(|| {
                divide(*rule, method, black_box(&pots), &claims, &mut work, &mut awards);
                black_box(awards[0][0])
            });
        });
    }
    let draws: Vec<Vec<f64>> =
        (0..LANES).map(|lane| claims.iter().map(|claim| claim[lane] as f64).collect()).collect();
    group.bench_function("textbook equal awards, unrounded", |bencher| {
        bencher.iter(|| {
            for (draw, pot) in draws.iter().zip(&pots) {
                black_box(textbook_equal_awards(black_box(*pot as f64), draw));
            }
        });
    });
    group.finish();
}

/// One problem of up to a million claims, rounded by nobody: how the time grows.
fn sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one problem");
    group.sample_size(10);
    for count in [100_i64, 10_000, 1_000_000] {
        let claims: Vec<i64> = (0..count).map(|row| 100_000 + (row * 7_919) % 4_000_037).collect();
        let pot = claims.iter().sum::<i64>() / 3;
        group.throughput(Throughput::Elements(count as u64));
        for rule in rationing::RULES {
            // The integral of the average of awards looks at every claim at every node.
            if rule.name() == "AverageOfAwards" && count > 10_000 {
                continue;
            }
            let id = BenchmarkId::new(rule.name(), count);
            group.bench_with_input(id, &claims, |bencher, claims| {
                bencher.iter(|| black_box(portions(*rule, black_box(pot), claims, &[]).of));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, rules, sizes);
criterion_main!(benches);
