//! Rules and methods against published tables and independent programs
//! (`tests/reference/claims_rules`, `tests/reference/apportionment`).

use serde_json::Value;

use super::division::shares;
use super::rationing::{self, ConstrainedEqualAwards, ConstrainedEqualLosses, Proportional};
use super::rounding::METHODS;
use super::{
    Demand, Money, RationingRule, RoundingMethod, Settlement, Terms, Unit, Workspace, settle,
};
use crate::numeric::LANES;

fn cases(path: &str) -> Vec<Value> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(path);
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = document["cases"].as_array().unwrap().clone();
    assert_eq!(document["n"].as_u64(), Some(cases.len() as u64));
    cases
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// `constrained_equal_awards` is `ConstrainedEqualAwards`.
fn rule_of(snake_case: &str) -> Option<&'static dyn RationingRule> {
    let squeezed = snake_case.replace('_', "");
    rationing::RULES.iter().copied().find(|rule| rule.name().eq_ignore_ascii_case(&squeezed))
}

fn rows(amounts: &[i64]) -> Vec<Money> {
    amounts.iter().map(|&amount| [amount; LANES]).collect()
}

/// The real-valued shares of a pot in units, in every draw the same.
fn given(rule: &dyn RationingRule, pot: i64, claims: &[i64]) -> Vec<f64> {
    let given = shares(rule, &[pot; LANES], &rows(claims));
    (0..claims.len()).map(|claim| given.value(claim, claim % LANES)).collect()
}

/// The power of ten that makes all amounts whole.
fn scale_of(amounts: &[f64]) -> f64 {
    let whole = |amount: f64| (amount - amount.round()).abs() < 1e-6;
    *[1.0, 10.0, 100.0]
        .iter()
        .find(|&&scale| amounts.iter().all(|amount| whole(amount * scale)))
        .expect("at most two decimals")
}

#[test]
fn rules_agree_with_published_and_independently_computed_awards() {
    let mut compared = vec![0; rationing::RULES.len()];
    for case in cases("claims_rules/claims_cases.json") {
        let Some(rule) = rule_of(case["input"]["rule"].as_str().unwrap()) else { continue };
        let (claims, estate) = (numbers(&case["input"]["claims"]), &case["input"]["estate"]);
        let estate = estate.as_f64().unwrap();
        let scale = scale_of(&[claims.as_slice(), &[estate]].concat());
        let units: Vec<i64> = claims.iter().map(|claim| (claim * scale).round() as i64).collect();
        let given = given(rule, (estate * scale).round() as i64, &units);

        let tolerance = case["tolerance"]["rel_to_sum_claims"].as_f64().unwrap();
        let tolerance = tolerance * claims.iter().sum::<f64>();
        for (share, expected) in given.iter().zip(numbers(&case["expected"])) {
            let award = share / scale;
            assert!(
                (award - expected).abs() <= tolerance,
                "{}: {award} for {expected}",
                case["id"]
            );
        }
        let position = rationing::RULES.iter().position(|known| known.name() == rule.name());
        compared[position.unwrap()] += 1;
    }
    assert!(compared.iter().all(|&count| count >= 20), "cases per rule: {compared:?}");
}

#[test]
fn the_classic_problem_of_100_200_300_has_its_known_tables() {
    let third = 1.0 / 3.0;
    #[rustfmt::skip]
    let tables: [(&dyn RationingRule, [[f64; 3]; 4]); 3] = [
        // A sixth, a third, a half of each pot.
        (&Proportional, [
            [16.0 + 2.0 * third, 33.0 + third, 50.0], [33.0 + third, 66.0 + 2.0 * third, 100.0],
            [50.0, 100.0, 150.0], [66.0 + 2.0 * third, 133.0 + third, 200.0],
        ]),
        // Equal up to 100 each; then 300 for two.
        (&ConstrainedEqualAwards, [
            [33.0 + third; 3], [66.0 + 2.0 * third; 3], [100.0; 3], [100.0, 150.0, 150.0],
        ]),
        // Losses 500, 400, 300, 200: the third alone, two, three (100 each), three (66 2/3 each).
        (&ConstrainedEqualLosses, [
            [0.0, 0.0, 100.0], [0.0, 50.0, 150.0], [0.0, 100.0, 200.0],
            [33.0 + third, 133.0 + third, 233.0 + third],
        ]),
    ];
    for (rule, table) in tables {
        for (pot, expected) in [100, 200, 300, 400].into_iter().zip(table) {
            let given = given(rule, pot, &[100, 200, 300]);
            for (share, expected) in given.into_iter().zip(expected) {
                assert!((share - expected).abs() < 1e-12, "{} of {pot}: {share:?}", rule.name());
            }
        }
    }
}

/// Methods that the program has no use for.
const NOT_APPLICABLE: [(&str, &str); 4] = [
    ("by75_ex1_dean", "no law known here rounds at the harmonic mean"),
    ("by75_ex2_dean", "no law known here rounds at the harmonic mean"),
    ("by75_ex1_quota", "the quota method is of interest to theory only"),
    ("by75_ex2_quota", "the quota method is of interest to theory only"),
];

/// `huntington_hill` is `HuntingtonHill`, and Hamilton's are the largest remainders.
fn method_of(snake_case: &str) -> Option<&'static dyn RoundingMethod> {
    let squeezed = snake_case.replace('_', "").replace("hamilton", "largestremainder");
    METHODS.iter().copied().find(|method| method.name().eq_ignore_ascii_case(&squeezed))
}

/// The seats of a case: weights are claims, divided in proportion.
fn seats(method: &'static dyn RoundingMethod, input: &Value) -> Vec<i64> {
    let mut weights: Vec<i64> = numbers(&input["weights"]).iter().map(|&w| w as i64).collect();
    if let Some(threshold) = input["threshold_share"].as_f64() {
        let least = weights.iter().sum::<i64>() as f64 * threshold;
        weights.iter_mut().filter(|weight| (**weight as f64) < least).for_each(|weight| *weight = 0);
    }
    let claims = rows(&weights);
    let terms = Terms { method, unit: Unit::CENT, ..Terms::of_rule(&Proportional) };
    let terms = Terms { least: input["min_each"].as_i64().unwrap(), ..terms };
    let mut settlement = Settlement::default();
    let pot = [input["seats"].as_i64().unwrap(); LANES];
    let demand = Demand::of_claims(&claims);
    settle(&terms, Some(&pot), &demand, &mut Workspace::new(), &mut settlement);
    assert_eq!(settlement.unspent, [0; LANES]);
    settlement.awards.iter().map(|row| row[LANES / 3]).collect()
}

#[test]
fn every_case_of_apportionment_is_met_or_is_listed_with_a_reason() {
    let cases = cases("apportionment/apportionment_cases.json");
    let (mut run, mut listed) = (0, 0);
    for case in &cases {
        let (id, input) = (case["id"].as_str().unwrap(), &case["input"]);
        let Some(method) = method_of(input["method"].as_str().unwrap()) else {
            assert!(NOT_APPLICABLE.iter().any(|(known, _)| *known == id), "{id}");
            listed += 1;
            continue;
        };
        assert_eq!(case["tolerance"].as_f64(), Some(0.0), "{id}");
        let expected: Vec<i64> = numbers(&case["expected"]).iter().map(|&n| n as i64).collect();
        assert_eq!(seats(method, input), expected, "{id}");
        run += 1;
    }
    assert_eq!((run, listed, cases.len()), (43, 4, 47));
}

#[test]
fn the_alabama_paradox_is_one_of_remainders_and_of_no_divisor() {
    // The case of 10 and 11 seats: by remainders the smallest loses a seat, by divisors none does.
    let cases = cases("apportionment/apportionment_cases.json");
    let of = |id: &str| cases.iter().find(|case| case["id"] == id).unwrap()["input"].clone();
    let loses = |method: &'static dyn RoundingMethod| {
        let (ten, eleven) = (seats(method, &of("alabama_toy3_10")), seats(method, &of("alabama_toy3_11")));
        ten.iter().zip(eleven).any(|(before, after)| after < *before)
    };
    let losing: Vec<&str> =
        METHODS.iter().filter(|method| loses(**method)).map(|method| method.name()).collect();
    assert_eq!(losing, ["LargestRemainder"]);
}
