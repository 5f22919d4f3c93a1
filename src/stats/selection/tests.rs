//! What is found in passes is what sorting all values gives.

use proptest::prelude::*;

use super::plan::PASS_LIMIT_BYTES;
use super::*;
use crate::stats::{Exact, Grouping, QuantileMethod, Quantiles, Row, Wanted};

const WANTED: Wanted<'_> = Wanted {
    quantiles: &[0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0],
    intervals: &[0.05, 0.5, 0.95],
    tails: &[0.5, 0.9, 0.95, 0.99],
};

/// What is found in passes of at most so many bytes, the values shared out over so many threads, and
/// how many passes it took.
fn found(values: &[i64], threads: usize, limit: u64) -> (Quantiles, usize) {
    let mut quantiles = Quantiles::with_tails(QuantileMethod::Histogram);
    quantiles.add_lanes(values);
    quantiles.select(Grouping::Independent, WANTED);
    let mut passes = 0;
    loop {
        let counts: Vec<u64> = quantiles.to_look_at().collect();
        if counts.is_empty() {
            return (quantiles, passes);
        }
        quantiles.plan(&mut Plan::new(counts, limit));
        let mut all = quantiles.gathering();
        // The last first: order does not matter.
        for part in values.chunks(values.len().div_ceil(threads)).rev() {
            let mut one = quantiles.gathering();
            let rows: Vec<Row> = Row::all_of(part).collect();
            one.add_rows(&rows);
            all.merge(&one);
        }
        quantiles.take(all);
        passes += 1;
        assert!(passes < 100, "passes without end");
    }
}

/// Everything that is wanted, of every rank that it may need.
fn read(quantiles: &Quantiles) -> Vec<Option<f64>> {
    let single = WANTED.quantiles.iter().map(|p| quantiles.quantile(*p));
    let tails = WANTED.tails.iter().map(|p| quantiles.tail_mean(*p));
    let intervals = quantiles.intervals([0.05, 0.5, 0.95], Grouping::Independent);
    let ends = intervals.into_iter().flat_map(|interval| [interval.lower, interval.upper]);
    single.chain(tails).chain(ends).collect()
}

fn sorted(values: &[i64]) -> Quantiles {
    let mut exact = Exact::new();
    exact.add_lanes(values);
    exact.sort();
    Quantiles::Exact(exact)
}

/// Evenly spread numbers in [0, 1) that need no generator: multiples of the golden ratio.
fn spread(n: u32) -> impl Iterator<Item = f64> {
    (1..=n).map(|i| (f64::from(i) * 0.618_033_988_749_895).fract())
}

#[test]
fn what_is_found_is_what_sorting_gives_bit_for_bit() {
    let wide: Vec<i64> = spread(5_000).map(|u| (1e9 / (u + 0.01)) as i64).collect();
    // All in two bins of the histogram, so that quantiles from it are guesses.
    let narrow: Vec<i64> = spread(5_000).map(|u| 1_000_000 + (u * 9_000.0) as i64).collect();
    // A cap that three in ten share, a floor, zeros, and heaps within a bin.
    let heaps: Vec<i64> = spread(5_000)
        .map(|u| match u {
            u if u < 0.1 => 0,
            u if u > 0.7 => 1_234_567,
            u if u > 0.6 => 1_234_561,
            u => (u * 3e6) as i64 - 500_000,
        })
        .collect();
    for (name, values) in [("wide", wide), ("narrow", narrow), ("heaps", heaps)] {
        let expected = read(&sorted(&values));
        let mut counted = Quantiles::with_tails(QuantileMethod::Histogram);
        counted.add_lanes(&values);
        assert_ne!(read(&counted), expected, "{name}: the histogram knew it");
        for threads in [1, 3] {
            for limit in [0, 20_000, PASS_LIMIT_BYTES] {
                let (quantiles, _) = found(&values, threads, limit);
                assert_eq!(read(&quantiles), expected, "{name}, {threads} threads, {limit} bytes");
            }
        }
    }
}

#[test]
fn one_pass_suffices_where_there_is_room_and_none_where_bins_hold_one_value() {
    let values: Vec<i64> = spread(5_000).map(|u| (u * 1e9) as i64).collect();
    assert_eq!(found(&values, 1, PASS_LIMIT_BYTES).1, 1);
    let narrow: Vec<i64> = spread(5_000).map(|u| 1_000_000 + (u * 9_000.0) as i64).collect();
    assert_eq!(found(&narrow, 1, PASS_LIMIT_BYTES).1, 1);
    assert!(found(&narrow, 1, 0).1 > 1);
    let few: Vec<i64> = (0..5_000).map(|index| 1_000_003 * (index % 10)).collect();
    assert_eq!(found(&few, 1, PASS_LIMIT_BYTES).1, 0);
}

#[test]
fn what_was_found_among_some_values_is_forgotten_when_others_join() {
    let values: Vec<i64> = spread(5_000).map(|u| 1_000_000 + (u * 9_000.0) as i64).collect();
    let (mut quantiles, _) = found(&values, 1, PASS_LIMIT_BYTES);
    let mut twice = Quantiles::with_tails(QuantileMethod::Histogram);
    twice.add_lanes(&values);
    twice.add_lanes(&values);
    quantiles.merge(&quantiles.clone());
    assert_eq!(quantiles.method(), QuantileMethod::Histogram);
    assert_eq!(read(&quantiles), read(&twice));
}

#[test]
fn no_values_have_nothing_to_find() {
    let (quantiles, passes) = found(&[], 1, PASS_LIMIT_BYTES);
    assert_eq!((passes, quantiles.quantile(0.5), quantiles.tail_mean(0.5)), (0, None, None));
}

proptest! {
    #[test]
    fn any_values_are_found(
        values in prop::collection::vec(any::<i64>(), 1..400),
        shift in 0_u32..60,
        limit in prop::sample::select(vec![0, 10_000, PASS_LIMIT_BYTES]),
    ) {
        let values: Vec<i64> = values.into_iter().map(|value| value >> shift).collect();
        let (quantiles, _) = found(&values, 2, limit);
        prop_assert_eq!(read(&quantiles), read(&sorted(&values)));
    }
}
