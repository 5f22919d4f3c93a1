//! Numbers computed elsewhere (sources: `tests/reference/sensitivity/README.md`). Cases of whole
//! functions run as scenarios, in `tests/it/sensitivity.rs`.

use super::{Regressors, morris, rank_correlation, ranks, sobol};
use serde_json::Value;

const CASES: &str = include_str!("../../../tests/reference/sensitivity/sensitivity_cases.json");
const DESIGN: &str =
    include_str!("../../../tests/reference/sensitivity/ishigami_saltelli_N256.csv");
const TRAJECTORIES: &str = include_str!("../../../tests/reference/sensitivity/morris_sample.csv");
const LINEAR: &str = include_str!("../../../tests/reference/sensitivity/morris_linear_sample.csv");
const SAMPLE: &str = include_str!("../../../tests/reference/sensitivity/prcc_sample.csv");

fn case(id: &str) -> Value {
    let file: Value = serde_json::from_str(CASES).unwrap();
    let cases = file["cases"].as_array().unwrap();
    cases.iter().find(|case| case["id"] == id).unwrap().clone()
}

/// The columns of a table of numbers, and its last one apart.
fn columns(text: &str) -> (Vec<Vec<f64>>, Vec<f64>) {
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.trim().parse().unwrap()).collect())
        .collect();
    let column = |at: usize| rows.iter().map(|row: &Vec<f64>| row[at]).collect::<Vec<f64>>();
    let last = rows[0].len() - 1;
    ((0..last).map(column).collect(), column(last))
}

fn assert_all(case: &Value, name: &str, found: &[f64]) {
    let allowed = case["tolerance"]["abs"].as_f64().unwrap();
    let expected = case["expected"][name].as_array().unwrap();
    assert_eq!(found.len(), expected.len(), "{name}");
    for (found, expected) in found.iter().zip(expected) {
        let expected = expected.as_f64().unwrap();
        assert!((found - expected).abs() <= allowed, "{name}: {found} is not {expected}");
    }
}

#[test]
fn the_indices_of_salib_come_out_of_its_design() {
    let (_, y) = columns(DESIGN);
    // Five rows a base point: A, three of AB, B.
    let row = |at: usize| y.iter().skip(at).step_by(5).copied().collect::<Vec<f64>>();
    let found = sobol::indices(&row(0), &row(4), &[row(1), row(2), row(3)], &[]).unwrap();
    let case = case("salib_sobol_N256");
    let firsts: Vec<f64> = found.iter().map(|indices| indices.first.value).collect();
    let totals: Vec<f64> = found.iter().map(|indices| indices.total.value).collect();
    assert_all(&case, "S1", &firsts);
    assert_all(&case, "ST", &totals);
}

#[test]
fn elementary_effects_are_those_of_salib_and_of_a_line() {
    for (id, text) in [("salib_morris", TRAJECTORIES), ("morris_linear", LINEAR)] {
        let (x, y) = columns(text);
        let effects = |input: usize| -> Vec<f64> {
            (0..y.len() - 1)
                // Five rows a trajectory; between neighbours one input moves.
                .filter(|row| row % 5 < 4 && x[input][*row] != x[input][row + 1])
                .map(|row| (y[row + 1] - y[row]) / (x[input][row + 1] - x[input][row]))
                .collect()
        };
        let found: Vec<_> =
            (0..4).map(|input| morris::screening(&effects(input)).unwrap()).collect();
        let case = case(id);
        let all = |of: fn(&morris::Screening) -> f64| found.iter().map(of).collect::<Vec<f64>>();
        assert_all(&case, "mu", &all(|found| found.mean));
        assert_all(&case, "mu_star", &all(|found| found.size.value));
        assert_all(&case, "sigma", &all(|found| found.deviation));
    }
}

/// All but Kendall's τ, which is not computed.
#[test]
fn regressions_and_correlations_are_those_of_scipy_and_r() {
    let case = case("prcc_sample");
    let (x, y) = columns(SAMPLE);
    let independent = y.len() as f64;
    let (ranked, ranked_y): (Vec<_>, _) = (x.iter().map(|x| ranks(x)).collect(), ranks(&y));
    let plain = Regressors::new(&x).explain(&y, independent).unwrap();
    let by_rank = Regressors::new(&ranked).explain(&ranked_y, independent).unwrap();
    let values = |found: &[Option<super::Estimate>]| -> Vec<f64> {
        found.iter().map(|found| found.unwrap().value).collect()
    };
    assert_all(&case, "PCC", &values(&plain.partial));
    assert_all(&case, "SRC", &values(&plain.coefficients));
    assert_all(&case, "PRCC", &values(&by_rank.partial));
    assert_all(&case, "SRRC", &values(&by_rank.coefficients));
    let spearman: Vec<f64> =
        ranked.iter().map(|x| rank_correlation(x, &ranked_y, independent).unwrap().value).collect();
    assert_all(&case, "spearman", &spearman);
}
