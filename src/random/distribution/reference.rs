//! Published and independently computed cases: `tests/reference/distributions/`.

use serde_json::Value;

use super::*;
use crate::numeric::normal_density;

const CASES: &str = include_str!("../../../tests/reference/distributions/distribution_cases.json");

/// Cases about copulas, estimators and networks of tasks, which are no distributions, by the start of
/// their ids.
const ELSEWHERE: &[&str] =
    &["pert_schematex_project", "lognormal_corr_", "iman_conover_", "quantile_x", "harrell_davis_"];

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

/// The distribution of a case; the reference has its own names.
fn distribution(input: &Value) -> Box<dyn Distribution> {
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

fn check(id: &str, what: &str, found: f64, expected: f64, tolerance: &Value) {
    let part = |name: &str| tolerance.get(name).map_or(0.0, number);
    let allowed = part("abs").max(part("rel") * expected.abs());
    assert!((found - expected).abs() <= allowed, "{id}, {what}: {found} for {expected}");
}

/// The mean of what lies above a share: ∫ x(z) φ(z) dz beyond its score, over the share above.
fn mean_above(distribution: &dyn Distribution, level: f64) -> f64 {
    let (start, steps) = (normal_quantile(level), 20_000);
    let width = (12.0 - start) / f64::from(steps);
    // Simpson's rule.
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

#[test]
fn every_reference_case_agrees_or_belongs_elsewhere() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let (mut checked, mut elsewhere) = (0, 0);
    for case in cases["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let (input, expected, tolerance) = (&case["input"], &case["expected"], &case["tolerance"]);
        if ELSEWHERE.iter().any(|start| id.starts_with(start)) {
            elsewhere += 1;
            continue;
        }
        checked += 1;
        match case["kind"].as_str().unwrap() {
            "distribution" => {
                let distribution = distribution(input);
                let quantiles = numbers(&expected["quantiles"]);
                for (p, quantile) in numbers(&input["probs"]).into_iter().zip(quantiles) {
                    check(id, &format!("p {p}"), distribution.quantile(p), quantile, tolerance);
                }
                check(id, "mean", distribution.mean(), number(&expected["mean"]), tolerance);
                check(id, "sd", distribution.sd(), number(&expected["sd"]), tolerance);
            }
            "pmf" => {
                let value = |name: &str| number(&input["params"][name]);
                let counts = numbers(&input["k"]);
                for (count, mass) in counts.into_iter().zip(numbers(expected)) {
                    let found = if input["family"] == "poisson" {
                        Poisson::new(value("mean")).unwrap().mass(count)
                    } else {
                        let (mean, ratio) = (value("mean"), value("variance_to_mean"));
                        NegativeBinomial::new(mean, ratio).unwrap().mass(count)
                    };
                    check(id, &format!("count {count}"), found, mass, tolerance);
                }
            }
            "var_cvar" if id.starts_with("discrete") => {
                let empirical = Empirical::new(&numbers(&input["sample"])).unwrap();
                let value = empirical.quantile(number(&input["level"]));
                check(id, "var", value, number(&expected["var"]), tolerance);
            }
            "var_cvar" => {
                let (distribution, level) = (distribution(input), number(&input["level"]));
                check(id, "var", distribution.quantile(level), number(&expected["var"]), tolerance);
                let above = mean_above(&*distribution, level);
                // Simpson's rule keeps ten digits here.
                let expected = number(&expected["cvar"]);
                assert!((above / expected - 1.0).abs() < 1e-9, "{id}: {above} for {expected}");
            }
            "pert_project" => {
                // The published sd is that of the classical rule (max − min)/6, not of the beta.
                let task = &input["tasks"][0];
                let [min, mode, max] = ["o", "m", "p"].map(|name| number(&task[name]));
                let pert = Pert::new(min, mode, max, 4.0).unwrap();
                check(id, "mean", pert.mean(), number(&expected["te"]), tolerance);
            }
            other => panic!("{id} is of kind {other}"),
        }
    }
    assert_eq!((checked, elsewhere), (34, 29));
}
