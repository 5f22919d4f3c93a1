//! Published and independently computed cases: `tests/reference/distributions/` and
//! `tests/reference/dependence/`.

use serde_json::Value;

use super::*;
use crate::numeric::{LANES, Lanes, exp, normal_density};
use crate::random::distribution::{Distribution, LogNormal};

const CASES: &str = include_str!("../../../tests/reference/distributions/distribution_cases.json");
const NEAREST: &str = include_str!("../../../tests/reference/dependence/nearest.json");
const SCORES: &str = include_str!("../../../tests/reference/dependence/iman_conover_scores_m.csv");
const INPUT: &str = include_str!("../../../tests/reference/dependence/iman_conover_input_x.csv");
const REORDERED: &str =
    include_str!("../../../tests/reference/dependence/iman_conover_expected_y.csv");

/// The cases whose ids begin so.
fn cases(start: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(CASES).unwrap();
    let all = all["cases"].as_array().unwrap().iter();
    all.filter(|case| case["id"].as_str().unwrap().starts_with(start)).cloned().collect()
}

fn matrix(rows: &Value) -> CorrelationMatrix {
    let rows = rows.as_array().unwrap();
    let values = rows.iter().flat_map(|row| row.as_array().unwrap());
    CorrelationMatrix::new(rows.len(), values.map(|value| value.as_f64().unwrap()).collect())
        .unwrap()
}

/// The means of x, y, x², y² and x·y, by the trapezoidal rule on independent scores that the factor
/// mixes; for analytic functions under the normal density it is exact to rounding.
fn moments(factor: &Factor, distributions: [&dyn Distribution; 2]) -> [f64; 5] {
    const STEP: f64 = 0.25;
    let grid: Vec<f64> = (-48..=48).map(|step| STEP * f64::from(step)).collect();
    let pairs: Vec<[f64; 2]> =
        grid.iter().flat_map(|&one| grid.iter().map(move |&other| [one, other])).collect();
    let mut sums = [0.0; 5];
    for block in pairs.chunks(LANES) {
        let lanes = |of: usize| -> Lanes {
            std::array::from_fn(|lane| block.get(lane).map_or(0.0, |pair| pair[of]))
        };
        let mut scores = [lanes(0), lanes(1)];
        factor.apply(&mut scores);
        for (lane, pair) in block.iter().enumerate() {
            let weight = normal_density(pair[0]) * normal_density(pair[1]) * STEP * STEP;
            let [x, y] = [0, 1].map(|of| distributions[of].at_score(scores[of][lane]));
            for (sum, value) in sums.iter_mut().zip([x, y, x * x, y * y, x * y]) {
                *sum += weight * value;
            }
        }
    }
    sums
}

#[test]
fn correlated_lognormals_have_the_correlation_of_their_closed_form() {
    let cases = cases("lognormal_corr_");
    assert_eq!(cases.len(), 2);
    for case in cases {
        let value = |name: &str| case["input"][name].as_f64().unwrap();
        let pairs = [(0, 1, value("normal_rho"))];
        let factor = Factor::new(&CorrelationMatrix::from_pairs(2, &pairs).unwrap()).unwrap();
        let of = |sigma: f64| LogNormal::new(exp(0.0), sigma).unwrap();
        let (one, other) = (of(value("sigma1")), of(value("sigma2")));
        let [x, y, xx, yy, xy] = moments(&factor, [&one, &other]);
        let found = (xy - x * y) / ((xx - x * x) * (yy - y * y)).sqrt();
        let expected = case["expected"].as_f64().unwrap();
        let allowed = case["tolerance"]["abs"].as_f64().unwrap();
        assert!((found - expected).abs() <= allowed, "{found} for {expected}");
    }
}

fn columns(text: &str) -> Vec<[f64; 3]> {
    let number = |cell: &str| cell.parse::<f64>().unwrap();
    let row = |line: &str| line.split(',').map(number).collect::<Vec<_>>().try_into().unwrap();
    text.lines().map(row).collect()
}

/// The place of each row by its value in a column.
fn places(rows: &[[f64; 3]], column: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|one, other| rows[*one][column].total_cmp(&rows[*other][column]));
    let mut places = vec![0; rows.len()];
    for (place, row) in order.into_iter().enumerate() {
        places[row] = place;
    }
    places
}

/// The lower triangle of a factor, from what it does to unit scores.
fn lower(factor: &Factor) -> [[f64; 3]; 3] {
    let mut scores: [Lanes; 3] =
        std::array::from_fn(|row| std::array::from_fn(|lane| f64::from(u8::from(row == lane))));
    factor.apply(&mut scores);
    scores.map(|lanes| [lanes[0], lanes[1], lanes[2]])
}

#[test]
fn scores_mixed_by_two_factors_reorder_a_sample_as_iman_and_conover_do() {
    let case = cases("iman_conover_").remove(0);
    let (scores, input) = (columns(SCORES), columns(INPUT));
    let count = scores.len() as f64;
    let mean: [f64; 3] =
        std::array::from_fn(|at| scores.iter().map(|row| row[at]).sum::<f64>() / count);
    let product = |one: usize, other: usize| -> f64 {
        scores.iter().map(|row| (row[one] - mean[one]) * (row[other] - mean[other])).sum()
    };
    let found = CorrelationMatrix::identity(3).map(|one, other, _| {
        product(one, other) / (product(one, one) * product(other, other)).sqrt()
    });
    let own = lower(&Factor::new(&found).unwrap());
    let target = Factor::new(&matrix(&case["input"]["target_corr"])).unwrap();
    // What the sample has by chance is taken out by forward substitution, then the target put in.
    let mixed: Vec<[f64; 3]> = scores
        .iter()
        .map(|row| {
            let mut free = [0.0; 3];
            for at in 0..3 {
                let known: f64 = (0..at).map(|before| own[at][before] * free[before]).sum();
                free[at] = (row[at] - known) / own[at][at];
            }
            let mut lanes = free.map(|value| [value; LANES]);
            target.apply(&mut lanes);
            lanes.map(|lanes| lanes[0])
        })
        .collect();
    let expected = columns(REORDERED);
    for column in 0..3 {
        let mut sorted: Vec<f64> = input.iter().map(|row| row[column]).collect();
        sorted.sort_by(f64::total_cmp);
        for (place, expected) in places(&mixed, column).into_iter().zip(&expected) {
            assert_eq!(sorted[place], expected[column]);
        }
    }
    // Spearman's correlation without ties: 1 − 6 Σ d²/(n³ − n), of the pairs 01, 02, 12.
    let spearman = |one: usize, other: usize| {
        let pairs = places(&expected, one).into_iter().zip(places(&expected, other));
        let squares: f64 = pairs.map(|(a, b)| (a as f64 - b as f64).powi(2)).sum();
        1.0 - 6.0 * squares / (count * count * count - count)
    };
    for ((one, other), wanted) in [(0, 1), (0, 2), (1, 2)].into_iter().zip([0.7, -0.3, 0.0]) {
        // The target is of scores; ranks come within what 500 rows leave open.
        assert!((spearman(one, other) - rank_correlation(wanted)).abs() < 0.05);
    }
}

#[test]
fn the_nearest_matrix_is_that_of_an_independent_library() {
    let cases: Value = serde_json::from_str(NEAREST).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    assert!(cases.len() >= 4);
    for case in cases {
        let given = matrix(&case["given"]);
        let (found, expected) = (nearest(&given), matrix(&case["nearest"]));
        for row in 0..given.size() {
            for column in 0..row {
                let difference = found.at(row, column) - expected.at(row, column);
                assert!(difference.abs() < 1e-5, "{}: {found:?}", case["id"]);
            }
        }
        let smallest = case["smallest_eigenvalue"].as_f64().unwrap();
        assert!((smallest_eigenvalue(&given) - smallest).abs() < 1e-10);
    }
}
