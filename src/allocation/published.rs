//! Rules and methods against published tables and independent programs
//! (`tests/reference/claims_rules`, `tests/reference/apportionment`).

use serde_json::Value;

use super::division::shares;
use super::rationing::{self, ConstrainedEqualAwards, ConstrainedEqualLosses, Proportional};
use super::rounding::LargestRemainder;
use super::{Money, RationingRule, Workspace, divide};
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
    let written_out = match snake_case {
        "average_cea_cel" => "average_of_equal_awards_and_losses",
        written_out => written_out,
    };
    let squeezed = written_out.replace('_', "");
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
        let rule = rule_of(case["input"]["rule"].as_str().unwrap()).expect("a registered rule");
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
    // All of the file: random arrival and average of awards have no case of 27 claims.
    assert_eq!(compared, [24, 24, 24, 24, 24, 24, 24, 24, 24, 23, 24, 24, 23]);
    assert_eq!(compared.iter().sum::<i32>(), 310);
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

#[test]
fn largest_remainders_of_proportional_shares_are_hamiltons_seats() {
    let cases = cases("apportionment/hamilton_cases.json");
    assert_eq!(cases.len(), 9);
    for case in cases {
        let weights: Vec<i64> =
            numbers(&case["input"]["weights"]).iter().map(|&w| w as i64).collect();
        let expected: Vec<i64> =
            numbers(&case["expected"]).iter().map(|&seats| seats as i64).collect();
        let seats = case["input"]["seats"].as_i64().unwrap();
        let mut awards = vec![[0; LANES]; weights.len()];
        divide(
            &Proportional,
            &LargestRemainder,
            &[seats; LANES],
            &rows(&weights),
            &mut Workspace::new(),
            &mut awards,
        );
        assert_eq!(awards, rows(&expected), "{}", case["id"]);
    }
}
