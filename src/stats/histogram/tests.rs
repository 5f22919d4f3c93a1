//! What holds of histograms, whatever they count.

use proptest::prelude::*;

use super::*;
use crate::numeric::simd::{Level, choose, level};
use crate::stats::Exact;

fn of(values: &[i64]) -> Histogram {
    let mut histogram = Histogram::new();
    histogram.add_lanes(values);
    histogram
}

const PROBABILITIES: [f64; 15] =
    [0.0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.333, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0];

/// The greatest relative error against exact quantiles.
fn greatest_error(values: &[i64]) -> f64 {
    let histogram = of(values);
    let mut exact = Exact::new();
    exact.add_lanes(values);
    exact.sort();
    let error = |probability| {
        let truth = exact.quantile(probability).unwrap_or(f64::NAN);
        let found = histogram.quantile(probability).unwrap_or(f64::NAN);
        if truth == found { 0.0 } else { ((found - truth) / truth).abs() }
    };
    PROBABILITIES.map(error).into_iter().fold(0.0, f64::max)
}

/// Evenly spread numbers in [0, 1) that need no generator: multiples of the golden ratio.
fn spread(n: u32) -> impl Iterator<Item = f64> {
    (1..=n).map(|i| (f64::from(i) * 0.618_033_988_749_895).fract())
}

#[test]
fn small_whole_numbers_are_exact() {
    let values: Vec<i64> = (-255..=255).flat_map(|v: i64| [v; 3]).collect();
    assert_eq!(greatest_error(&values), 0.0);
}

#[test]
fn a_constant_a_cap_a_floor_and_zeros_come_out_exactly() {
    assert_eq!(of(&[123_456_789; 1000]).quantile(0.37), Some(123_456_789.0));
    assert_eq!(of(&[0; 9]).quantile(0.5), Some(0.0));
    // 30 % at the floor 5,000,017, 40 % at the cap 90,000,019, the rest between.
    let values: Vec<i64> = spread(10_000)
        .map(|u| ((u * 283_333_357.0) as i64 - 80_000_000).clamp(5_000_017, 90_000_019))
        .collect();
    let histogram = of(&values);
    assert_eq!(histogram.quantile(0.0), Some(5_000_017.0));
    assert_eq!(histogram.quantile(0.29), Some(5_000_017.0));
    assert_eq!(histogram.quantile(0.61), Some(90_000_019.0));
    assert_eq!(histogram.quantile(1.0), Some(90_000_019.0));
}

#[test]
fn hundreds_of_values_that_are_alone_in_their_bins_come_out_exactly() {
    // 1,000,000 · 1.01ᵏ: each a bin further on than the one before. Every value 200 times,
    // in blocks and one by one; of a part another value joins its bin.
    let values: Vec<i64> =
        std::iter::successors(Some(1_000_000_i64), |value| Some(value + value / 100))
            .take(400)
            .collect();
    let all: Vec<i64> = (0..200).flat_map(|_| values.iter().copied()).collect();
    let mut histogram = of(&all);
    for (place, value) in values.iter().enumerate() {
        let rank = 200 * place as u64;
        assert_eq!(histogram.order_statistic(rank), Some(*value as f64));
        assert_eq!(histogram.order_statistic(rank + 199), Some(*value as f64));
    }
    values[1..200].iter().for_each(|value| histogram.add(value + 1));
    let bins: Vec<Bin> = histogram.bins().collect();
    assert_eq!(bins.len(), 400);
    for (place, (bin, value)) in bins.iter().zip(&values).enumerate() {
        let is_joined = (1..200).contains(&place);
        assert_eq!(bin.count, 200 + u64::from(is_joined));
        assert_eq!(bin.least == *value && bin.greatest == *value, !is_joined);
    }
}

#[test]
fn the_error_stays_below_eight_in_a_thousand_on_samples_of_every_shape() {
    // Skewed: 1/u² spans eight powers of ten. Mixed: signs and zeros. Heaps: three atoms with
    // a little between them.
    let skewed: Vec<i64> = spread(20_000).map(|u| (100.0 / (u * u + 1e-9)) as i64).collect();
    let negative: Vec<i64> = skewed.iter().map(|value| -value).collect();
    let mixed: Vec<i64> = spread(20_000)
        .map(|u| ((u - 0.4) * 1e9) as i64 * i64::from(!(0.5..=0.6).contains(&u)))
        .collect();
    let heaps: Vec<i64> = spread(20_000)
        .map(|u| if u < 0.9 { ((u * 3.0) as i64 + 1) * 1_000_003 } else { (u * 3e6) as i64 })
        .collect();
    for (name, values) in
        [("skewed", skewed), ("negative", negative), ("mixed", mixed), ("heaps", heaps)]
    {
        let error = greatest_error(&values);
        assert!(error <= 0.008, "{name}: {error}");
    }
}

#[test]
fn the_worst_heap_within_one_bin_stays_within_the_bound() {
    // One bin is [2^20, 2^20 + 2^13): 9,998 values at its foot and one beside them, which is enough
    // for the greatest of them to be put near the top: 1/128 at most. Further up are more values than
    // are kept as they are.
    let foot = 1_i64 << 20;
    let mut values = vec![foot; 9_998];
    values.push(foot + 1);
    values.extend((1..30).map(|step| foot * (step + 1)));
    values.push(0);
    let error = greatest_error(&values);
    assert!(error > 0.007 && error <= 1.0 / 128.0, "{error}");
}

#[test]
fn ranks_and_probabilities_that_do_not_exist_have_no_value() {
    assert_eq!(of(&[]).quantile(0.5), None);
    assert_eq!(of(&[1, 2]).quantile(1.5), None);
    assert_eq!(of(&[1, 2]).quantile(f64::NAN), None);
    assert_eq!(of(&[1, 2]).order_statistic(1), Some(2.0));
    assert_eq!(of(&[1, 2]).order_statistic(2), None);
}

#[test]
fn extreme_values_have_a_bin() {
    let histogram = of(&[i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX]);
    assert_eq!(histogram.quantile(0.0), Some(i64::MIN as f64));
    assert_eq!(histogram.quantile(1.0), Some(i64::MAX as f64));
    assert_eq!(histogram.bins().map(|bin| bin.count).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 1]);
}

#[test]
fn a_constant_is_kept_when_others_follow() {
    let mut histogram = of(&[1_000_003; 70]);
    assert_eq!(histogram.bins().count(), 1);
    histogram.add_lanes(&[1_000_002, 2_000_003]);
    assert_eq!(histogram.bins().map(|bin| bin.count).collect::<Vec<_>>(), [1, 70, 1]);
    assert_eq!(histogram.order_statistic(0), Some(1_000_002.0));
    assert_eq!(histogram.order_statistic(70), Some(1_000_003.0));
    assert_eq!(histogram.order_statistic(71), Some(2_000_003.0));
    assert_eq!(histogram.order_statistic(72), None);
}

#[test]
fn a_heap_that_is_no_extreme_is_exact_while_it_is_alone_in_its_bin() {
    // 100 at 5,000, 300 at 1,000,003 (bin 999,424 to 1,003,519), so ranks 100 to 399, and above them
    // more values than are kept as they are.
    let above: Vec<i64> = (20..50).map(|step| step * 100_000).collect();
    let mut values = [vec![5_000; 100], vec![1_000_003; 300], above].concat();
    let histogram = of(&values);
    for rank in [100, 250, 399] {
        assert_eq!(histogram.order_statistic(rank), Some(1_000_003.0));
    }
    // One other value in the bin, and it is known to lie within the bin, no nearer: 301 values
    // spread over 4,095 quanta, rank 100 is the first of them: 999,424 + 4,095/302.
    values.push(1_000_004);
    let found = of(&values).order_statistic(100).unwrap();
    assert!((found - (999_424.0 + 4_095.0 / 302.0)).abs() < 1e-6);
}

#[test]
fn counts_beyond_a_word_are_kept() {
    // So many times the same value, alone and beside another one, where the word of a bin runs over; and
    // more values than are kept as they are, near and far away. Counted in rows, one by one and in parts.
    let others: Vec<i64> = (1..30).map(|step| step * step * step * 1_000_000_000).collect();
    for times in [126, 1_000, 32_765, 32_766, 32_767, 32_768, 32_769, 65_535, 65_536, 70_000] {
        for (beside, place) in [(0, 1_000_000), (1, 1_000_000), (0, -40), (1, -4_000_000)] {
            let mut values = [others.clone(), vec![-5_000_000_000], vec![place; times]].concat();
            values.push(place + beside);
            let expected = [vec![1, times as u64 + 1], vec![1; others.len()]].concat();
            let counts = |histogram: &Histogram| -> Vec<u64> {
                histogram.bins().map(|bin| bin.count).collect()
            };
            let rows: Vec<Row> = Row::all_of(&values).collect();
            let (half, rest) = values.split_at(values.len() / 2);
            for empty in [Histogram::new(), Histogram::with_sums()] {
                let [mut together, mut alone, mut merged] = [(); 3].map(|()| empty.clone());
                together.add_rows(&rows);
                for value in &values {
                    alone.add(*value);
                }
                let mut second = empty.clone();
                merged.add_lanes(half);
                second.add_lanes(rest);
                merged.merge(&second);
                for histogram in [&together, &alone, &merged] {
                    assert_eq!(counts(histogram), expected);
                    // The least value, so many in one bin, and the others, which are alone in theirs.
                    for (rank, other) in others.iter().enumerate() {
                        let rank = (times + 2 + rank) as u64;
                        assert_eq!(histogram.order_statistic(rank), Some(*other as f64));
                    }
                }
                let sums = [&together, &alone, &merged].map(|one| one.tail_mean(0.0));
                assert!(sums[0] == sums[1] && sums[1] == sums[2], "{sums:?}");
            }
        }
    }
}

#[test]
fn up_to_sixteen_values_between_the_extremes_are_exact() {
    // All within one bin, 64 each; then a 19th value.
    let mut values: Vec<i64> = (0..18 * 64).map(|draw| 1_000_000 + draw % 18).collect();
    let histogram = of(&values);
    for rank in 0..18 * 64 {
        assert_eq!(histogram.order_statistic(rank), Some((1_000_000 + rank / 64) as f64));
    }
    values.push(1_000_018);
    assert_eq!(of(&values).bins().map(|bin| bin.count).collect::<Vec<_>>(), [64, 17 * 64, 1]);
}

#[test]
fn the_mean_of_a_tail_is_exact_between_bins_and_near_within_one() {
    let with_sums = |values: &[i64]| {
        let mut histogram = Histogram::with_sums();
        histogram.add_lanes(values);
        histogram
    };
    // 0 in eight draws of ten, 1,000,000 and 3,000,000: above 80 % their mean, above 90 % the last;
    // above 85 % half of the one and the other: (500,000 + 3,000,000) / 1.5.
    let histogram = with_sums(&[0, 0, 0, 0, 3_000_000, 0, 0, 0, 1_000_000, 0]);
    let about = |probability: f64, expected: f64| {
        let found = histogram.tail_mean(probability).unwrap();
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    };
    about(0.8, 2_000_000.0);
    about(0.9, 3_000_000.0);
    about(0.85, 3_500_000.0 / 1.5);
    about(0.0, 400_000.0);
    assert_eq!((histogram.tail_mean(1.0), histogram.tail_mean(-0.1)), (None, None));
    assert_eq!((of(&[1, 2]).tail_mean(0.5), with_sums(&[]).tail_mean(0.5)), (None, None));
    // A sample without heaps: beside the exact mean, at most an eighth of a thousandth off.
    let values: Vec<i64> = spread(10_000).map(|u| (1e6 / (1.001 - u)) as i64).collect();
    let (histogram, mut exact) = (with_sums(&values), Exact::new());
    exact.add_lanes(&values);
    for probability in [0.1, 0.5, 0.9, 0.95, 0.99, 0.9995] {
        let (found, truth) = (histogram.tail_mean(probability), exact.tail_mean(probability));
        assert!((found.unwrap() / truth.unwrap() - 1.0).abs() < 1.25e-4, "{found:?}, {truth:?}");
    }
}

fn any_quanta() -> impl Strategy<Value = i64> {
    // All magnitudes alike, with many zeros and repeats.
    prop_oneof![
        (any::<i64>(), 0_u32..63).prop_map(|(value, shift)| value >> shift),
        Just(0),
        Just(1_000_003),
    ]
}

proptest! {
    #[test]
    fn order_and_merge_tree_never_matter(values in proptest::collection::vec(any_quanta(), 0..300), cut in 0_usize..300) {
        let whole = of(&values);
        let cut = cut.min(values.len());
        let mut reversed = values[cut..].to_vec();
        reversed.reverse();
        let mut parts = of(&reversed);
        parts.merge(&of(&values[..cut]));
        prop_assert_eq!(&whole, &parts);
        for probability in PROBABILITIES {
            prop_assert_eq!(whole.quantile(probability), parts.quantile(probability));
        }
        // A second merge, of a sum kept whole with its parts.
        let (mut left, mut right) = (Histogram::with_sums(), Histogram::with_sums());
        left.add_lanes(&values[cut..]);
        right.add_lanes(&values[..cut]);
        left.merge(&right);
        let mut whole = Histogram::with_sums();
        whole.add_lanes(&values);
        prop_assert_eq!(&whole, &left);
        let sum: i128 = whole.bins().map(|bin| bin.sum).sum();
        prop_assert_eq!(sum, values.iter().map(|value| i128::from(*value)).sum::<i128>());
    }

    #[test]
    fn values_are_counted_alike_alone_and_in_blocks(values in proptest::collection::vec(any_quanta(), 0..300)) {
        let mut one_by_one = Histogram::new();
        for value in &values {
            one_by_one.add(*value);
        }
        prop_assert_eq!(&of(&values), &one_by_one);
    }

    #[test]
    fn blocks_are_counted_alike_alone_and_together(
        blocks in proptest::collection::vec((proptest::array::uniform32(any_quanta()), any::<u64>()), 1..40),
        near in any::<bool>(),
    ) {
        let row = |(seeds, present): &([i64; 32], u64)| {
            let value = |lane: usize| seeds[lane % 32] >> if near { 40 } else { lane / 32 };
            Row::of(&std::array::from_fn(value), *present)
        };
        let rows: Vec<Row> = blocks.iter().filter_map(row).collect();
        for empty in [Histogram::new(), Histogram::with_sums()] {
            let (mut together, mut alone) = (empty.clone(), empty);
            together.add_rows(&rows);
            rows.iter().flat_map(Row::present).for_each(|value| alone.add(value));
            prop_assert_eq!(&together, &alone);
            prop_assert_eq!(together.count(), alone.count());
        }
    }

    #[test]
    fn narrow_blocks_are_counted_alike_alone_and_in_vectors_of_every_width(
        middle in -1_000_000_i64..1_000_000,
        reach in 1_i64..100_000,
        seed in any::<u64>(),
    ) {
        // 3,200 values: bins that hold one value alone are joined.
        let word = |at: u64| (seed ^ at.wrapping_mul(0x9E37_79B9_7F4A_7C15)).rotate_left(23);
        let value = |at: u64| middle + (word(at).wrapping_mul(0xD129_0E9B) >> 33) as i64 % reach;
        let values: Vec<i64> = (0..3_200).map(value).collect();
        let mut alone = Histogram::new();
        for value in &values {
            alone.add(*value);
        }
        let before = level();
        for width in Level::ALL {
            choose(width);
            prop_assert_eq!(&of(&values), &alone);
        }
        choose(before);
    }

    #[test]
    fn many_quantiles_are_those_read_alone(values in proptest::collection::vec(any_quanta(), 0..200)) {
        let histogram = of(&values);
        let mut backwards = PROBABILITIES;
        backwards.reverse();
        prop_assert_eq!(histogram.quantiles(backwards), backwards.map(|p| histogram.quantile(p)));
    }

    #[test]
    fn what_lies_below_a_value_is_counted_as_rank_by_rank(
        values in proptest::collection::vec(any_quanta(), 0..60),
        of_value in any_quanta(),
    ) {
        let histogram = of(&values);
        for value in [of_value as f64, values.first().map_or(0.5, |value| *value as f64)] {
            let ranks = (0..histogram.count()).map(|rank| histogram.order_statistic(rank));
            let below = ranks.filter(|found| found.is_some_and(|found| found < value)).count() as u64;
            prop_assert_eq!(histogram.count_below(value), below);
        }
    }

    #[test]
    fn every_quantile_is_within_the_bound_and_within_what_occurred(values in proptest::collection::vec(any_quanta(), 1..300)) {
        prop_assert!(greatest_error(&values) <= 1.0 / 128.0 + 1e-12);
        let histogram = of(&values);
        let least = values.iter().min().map(|&v| v as f64);
        let greatest = values.iter().max().map(|&v| v as f64);
        let mut previous = least;
        for probability in PROBABILITIES {
            let quantile = histogram.quantile(probability);
            prop_assert!(quantile >= previous && quantile <= greatest);
            previous = quantile;
        }
    }
}
