//! Each rationing rule on 43 claims, beside the textbook way: sort, then fill level by level in `f64`.

use criterion::{Criterion, criterion_group, criterion_main};
use dotacija::allocation::{Workspace, divide, rationing, rounding};
use std::hint::black_box;

/// 43 claims of a plausible spread, cents.
fn claims() -> Vec<i64> {
    (0..43_i64).map(|index| 100_000 + (index * 7_919) % 4_000_000).collect()
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
    let pot = claims.iter().sum::<i64>() / 3;
    let method = rounding::METHODS[0];
    let mut group = criterion.benchmark_group("43 claims, a third of them paid");
    for rule in rationing::RULES {
        let (mut work, mut awards) = (Workspace::new(), vec![0; claims.len()]);
        group.bench_function(rule.name(), |bencher| {
            bencher.iter(|| {
                divide(*rule, method, black_box(pot), &claims, &mut work, &mut awards);
                black_box(awards[0])
            });
        });
    }
    let real: Vec<f64> = claims.iter().map(|&claim| claim as f64).collect();
    group.bench_function("textbook equal awards, unrounded", |bencher| {
        bencher.iter(|| black_box(textbook_equal_awards(black_box(pot as f64), &real)));
    });
    group.finish();
}

criterion_group!(benches, rules);
criterion_main!(benches);
