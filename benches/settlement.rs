//! A whole programme of 43 municipalities, settled in a block of draws. Times are of a block; the
//! throughput counts draws.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dotacija::allocation::rationing::Proportional;
use dotacija::allocation::{
    Bounds, Demand, Money, Rationing, Settlement, Terms, Unit, Workspace, settle,
};
use dotacija::numeric::{LANES, Lanes};
use std::hint::black_box;

const MUNICIPALITIES: usize = 43;

/// One case: what it is called, its terms, what is asked for, and the part of it that the pot pays.
struct Case<'a> {
    name: &'a str,
    terms: Terms,
    demand: Demand<'a>,
    part: f64,
}

/// Claims of a plausible spread, cents; a third of them are for nothing in any one draw.
fn claims(classes: usize) -> Vec<Money> {
    let amount = |row: usize, lane: usize| match (row + lane) % 3 {
        0 => 0,
        _ => 100_000 + (row as i64 * 7_919 + lane as i64 * 104_729) % 4_000_000,
    };
    (0..MUNICIPALITIES * classes).map(|row| std::array::from_fn(|lane| amount(row, lane))).collect()
}

fn spread(from: f64, step: f64) -> Vec<Lanes> {
    (0..MUNICIPALITIES)
        .map(|row| {
            std::array::from_fn(|lane| from + (row as f64 * step + lane as f64 * 0.01) % 3.0)
        })
        .collect()
}

fn programmes(criterion: &mut Criterion) {
    let (claims, both) = (claims(1), claims(2));
    let floor = Bounds { lower: [150_000; LANES], upper: [i64::MAX; LANES] };
    let bounds = vec![floor; MUNICIPALITIES];
    let (points, scores) = (spread(1.0, 0.7), spread(0.0, 0.311));
    let plain = Terms::of_rule(&Proportional);
    let euro = Terms { unit: Unit::EURO, ..plain };
    let ranked = Terms { rationing: Rationing::RankedCompetition, reoffer: true, ..plain };
    let one = Demand::of_claims(&claims);
    let classes = Demand { claimants: MUNICIPALITIES, ..Demand::of_claims(&both) };
    let protected = Demand { bounds: &bounds, ..one };
    let contest = Demand { points: &points, scores: &scores, ..one };
    let cases = [
        Case { name: "proportional, paid in full", terms: plain, demand: one, part: 1.1 },
        Case { name: "proportional, a third paid", terms: plain, demand: one, part: 0.33 },
        Case { name: "in whole euro", terms: euro, demand: one, part: 0.33 },
        Case { name: "two classes", terms: plain, demand: classes, part: 0.7 },
        Case { name: "protected floors", terms: plain, demand: protected, part: 0.5 },
        Case { name: "protected floors broken", terms: plain, demand: protected, part: 0.03 },
        Case { name: "ranked competition", terms: ranked, demand: contest, part: 0.33 },
    ];
    let mut group = criterion.benchmark_group("43 municipalities settled");
    group.throughput(Throughput::Elements(LANES as u64));
    for Case { name, terms, demand, part } in cases {
        let pots: Money = std::array::from_fn(|lane| {
            let due: i64 = demand.claims.iter().map(|claim| claim[lane]).sum();
            (due as f64 * part) as i64
        });
        let (mut work, mut settlement) = (Workspace::new(), Settlement::default());
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                settle(&terms, Some(black_box(&pots)), &demand, &mut work, &mut settlement);
                black_box(settlement.awards[0][0])
            });
        });
    }
    group.finish();
}

criterion_group!(benches, programmes);
criterion_main!(benches);
