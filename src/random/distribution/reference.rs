//! Published and independently computed cases: `tests/reference/distributions/`. Every one is run, here
//! or where it belongs, or is listed with the reason why the program has no use for it.

use serde_json::Value;

use super::*;
use crate::numeric::normal_density;
use crate::stats::{QuantileMethod, Quantiles};

const CASES: &str = include_str!("../../../tests/reference/distributions/distribution_cases.json");

/// Cases of other parts, with the file and the test in it that runs each.
const ELSEWHERE: [(&str, &str, &str); 3] = [
    ("lognormal_corr_-0.4", DEPENDENCE, LOGNORMALS),
    ("lognormal_corr_0.9", DEPENDENCE, LOGNORMALS),
    (
        "iman_conover_500",
        DEPENDENCE,
        "scores_mixed_by_two_factors_reorder_a_sample_as_iman_and_conover_do",
    ),
];
const DEPENDENCE: &str = "src/random/dependence/reference.rs";
const LOGNORMALS: &str = "correlated_lognormals_have_the_correlation_of_their_closed_form";

const OTHER_TYPE: &str = "quantiles of draws are of type 7, those of an Empirical input of type 1: no other type is used";

/// Cases of functions that the program has no use for, with the reason.
const NOT_APPLICABLE: [(&str, &str); 20] = [
    ("pert_schematex_project", "the program plans no projects: it adds no tasks along a path"),
    ("quantile_x1_type2", OTHER_TYPE),
    ("quantile_x1_type4", OTHER_TYPE),
    ("quantile_x1_type5", OTHER_TYPE),
    ("quantile_x1_type6", OTHER_TYPE),
    ("quantile_x1_type8", OTHER_TYPE),
    ("quantile_x1_type9", OTHER_TYPE),
    ("quantile_x2_type2", OTHER_TYPE),
    ("quantile_x2_type4", OTHER_TYPE),
    ("quantile_x2_type5", OTHER_TYPE),
    ("quantile_x2_type6", OTHER_TYPE),
    ("quantile_x2_type8", OTHER_TYPE),
    ("quantile_x2_type9", OTHER_TYPE),
    ("quantile_x3_type2", OTHER_TYPE),
    ("quantile_x3_type4", OTHER_TYPE),
    ("quantile_x3_type5", OTHER_TYPE),
    ("quantile_x3_type6", OTHER_TYPE),
    ("quantile_x3_type8", OTHER_TYPE),
    ("quantile_x3_type9", OTHER_TYPE),
    ("harrell_davis_x2", "an estimator weighing all order statistics, which a histogram has not"),
];

/// Figures of a case that runs which the program does not compute, with the reason.
const FIELDS_NOT_APPLICABLE: [(&str, &str, &str); 1] = [(
    "pert_schematex",
    "sd",
    "the rule of thumb (max − min)/6 of 1959; the program has the sd of the beta distribution itself",
)];

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

/// The distribution of a case; the reference has its own names.
fn distribution(input: &Value) -> Box<dyn Distribution> {
    if !input["sample"].is_null() {
        return Box::new(Empirical::new(&numbers(&input["sample"])).unwrap());
    }
    let family = input["family"].as_str().unwrap();
    let given = input.get("params").unwrap_or(input);
    let value = |name: &str| number(&given[name]);
    match family {
        "pert" => {
            Box::new(Pert::new(value("min"), value("mode"), value("max"), value("shape")).unwrap())
        }
        "truncated_normal" => {
            let lower = given["lower"].as_f64().unwrap_or(f64::NEG_INFINITY);
            let upper = given["upper"].as_f64().unwrap_or(f64::INFINITY);
            Box::new(TruncatedNormal::new(value("mean"), value("sd"), lower, upper).unwrap())
        }
        "negative_binomial_mean_dispersion" => {
            Box::new(NegativeBinomial::new(value("mean"), value("variance_to_mean")).unwrap())
        }
        "poisson" => Box::new(Poisson::new(value("mean")).unwrap()),
        "gamma" => Box::new(Gamma::new(value("shape"), value("scale")).unwrap()),
        "beta" => Box::new(Beta::new(value("a"), value("b"), 0.0, 1.0).unwrap()),
        "normal" => Box::new(Normal::new(value("mean"), value("sd")).unwrap()),
        "lognormal" => {
            Box::new(LogNormal::new(crate::numeric::exp(value("mu")), value("sigma")).unwrap())
        }
        "exponential" => Box::new(Exponential::new(value("mean")).unwrap()),
        other => panic!("family {other}"),
    }
}

/// The mean of what lies above a share. Of separate values, a value on the border counts with the part
/// of its probability that lies above (Rockafellar & Uryasev 2002, doi:10.1016/S0378-4266(02)00271-6);
/// else ∫ x(z) φ(z) dz beyond the score, by Simpson's rule.
fn mean_above(distribution: &dyn Distribution, level: f64) -> f64 {
    if let Some(masses) = distribution.masses() {
        let mut left = 1.0 - level;
        let from_above = masses.values.iter().zip(masses.probabilities).rev();
        let parts = from_above.map(|(value, &probability)| {
            let part = probability.min(left);
            left -= part;
            value * part
        });
        return parts.sum::<f64>() / (1.0 - level);
    }
    let (start, steps) = (normal_quantile(level), 20_000);
    let width = (14.0 - start) / f64::from(steps);
    let sum: f64 = (0..=steps)
        .map(|step| {
            let score = start + width * f64::from(step);
            let weight = match step {
                0 => 1.0,
                last if last == steps => 1.0,
                odd if odd % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * distribution.at_score(score) * normal_density(score)
        })
        .sum();
    sum * width / 3.0 / (1.0 - level)
}

/// Quantiles of a sample as the program estimates them, for type 7 by both of its methods. The samples
/// have two decimals, and each value a bin of its own.
fn sample_quantiles(values: &[f64], kind: u64, probabilities: &[f64]) -> Vec<f64> {
    if kind == 1 {
        let observed = Empirical::new(values).unwrap();
        return probabilities.iter().map(|&p| observed.quantile(p)).collect();
    }
    assert_eq!(kind, 7);
    let by = |method| -> Vec<f64> {
        let mut sample = Quantiles::new(method);
        for value in values {
            sample.add((value * 100.0).round() as i64);
        }
        probabilities.iter().map(|&p| sample.quantile(p).unwrap() / 100.0).collect()
    };
    let exact = by(QuantileMethod::Exact);
    for (exact, other) in exact.iter().zip(by(QuantileMethod::Histogram)) {
        assert!((exact - other).abs() < 1e-12, "{exact} {other}");
    }
    exact
}

/// What the program finds for one figure of a case: a number or a list, as expected.
fn found(case: &Value, field: &str) -> Vec<f64> {
    let input = &case["input"];
    match (case["kind"].as_str().unwrap(), field) {
        ("pmf", "") => {
            let distribution = distribution(input);
            numbers(&input["k"]).into_iter().map(|k| distribution.density(k)).collect()
        }
        ("sample_quantile", "") => sample_quantiles(
            &numbers(&input["values"]),
            input["hyndman_fan_type"].as_u64().unwrap(),
            &numbers(&input["probs"]),
        ),
        ("pert_project", "te") => {
            let task = &input["tasks"][0];
            let [min, mode, max] = ["o", "m", "p"].map(|name| number(&task[name]));
            vec![Pert::new(min, mode, max, 4.0).unwrap().mean()]
        }
        ("var_cvar", "var") => vec![distribution(input).quantile(number(&input["level"]))],
        ("var_cvar", "cvar") => vec![mean_above(&*distribution(input), number(&input["level"]))],
        ("distribution", "quantiles") => {
            let distribution = distribution(input);
            numbers(&input["probs"]).into_iter().map(|p| distribution.quantile(p)).collect()
        }
        ("distribution", "pdf_at_p10_p50_p90") => {
            let distribution = distribution(input);
            [0.1, 0.5, 0.9].map(|p| distribution.density(distribution.quantile(p))).to_vec()
        }
        ("distribution", "mean") => vec![distribution(input).mean()],
        ("distribution", "sd") => vec![distribution(input).sd()],
        ("distribution", "skew") => vec![distribution(input).skew().unwrap()],
        ("distribution", "excess_kurtosis") => vec![distribution(input).excess_kurtosis().unwrap()],
        (kind, field) => panic!("{}: nothing gives `{field}` of a {kind}", case["id"]),
    }
}

fn check(case: &Value, field: &str, expected: &Value) {
    let id = case["id"].as_str().unwrap();
    let listed = |entry: &&(&str, &str, &str)| entry.0 == id && entry.1 == field;
    if FIELDS_NOT_APPLICABLE.iter().any(|entry| listed(&entry)) {
        return;
    }
    let part = |name: &str| case["tolerance"].get(name).map_or(0.0, number);
    let expected = if expected.is_array() { numbers(expected) } else { vec![number(expected)] };
    let found = found(case, field);
    assert_eq!(found.len(), expected.len(), "{id}");
    for (found, expected) in found.into_iter().zip(expected) {
        let allowed = part("abs").max(part("rel") * expected.abs());
        assert!((found - expected).abs() <= allowed, "{id}, {field}: {found} for {expected}");
    }
}

#[test]
fn every_reference_case_agrees_in_every_figure_or_is_listed_with_a_reason() {
    let file: Value = serde_json::from_str(CASES).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let elsewhere = ELSEWHERE.iter().map(|&(id, _, _)| id);
    let listed: Vec<&str> = elsewhere.chain(NOT_APPLICABLE.map(|(id, _)| id)).collect();
    let ids: Vec<&str> = cases.iter().map(|case| case["id"].as_str().unwrap()).collect();
    let mut run = Vec::new();
    for (case, id) in cases.iter().zip(&ids).filter(|(_, id)| !listed.contains(id)) {
        match case["expected"].as_object() {
            Some(fields) => {
                for (field, expected) in fields {
                    check(case, field, expected);
                }
            }
            None => check(case, "", &case["expected"]),
        }
        run.push(*id);
    }
    // Run and listed are the whole file, each once.
    let mut all = [run.clone(), listed].concat();
    let mut expected = ids;
    all.sort_unstable();
    expected.sort_unstable();
    assert_eq!(all, expected);
    assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    assert_eq!((run.len(), all.len()), (40, file["n"].as_u64().unwrap() as usize));
    for (id, file, test) in ELSEWHERE {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let source = std::fs::read_to_string(path).unwrap();
        assert!(source.contains(&format!("#[test]\nfn {test}()")), "{id}: no {test} in {file}");
    }
    for (id, _, _) in FIELDS_NOT_APPLICABLE {
        assert!(run.contains(&id), "{id} does not run");
    }
}
