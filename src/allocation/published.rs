//! Rules and methods against published tables and independent programs
//! (`tests/reference/claims_rules`, `tests/reference/apportionment`).

use serde_json::Value;

use super::division::shares;
use super::rationing;
use super::rationing::*;
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
    // Pots of 100, 200, 300, 400. Ketubot 93a has the first three of Talmud.
    #[rustfmt::skip]
    let tables: [(&dyn RationingRule, [[f64; 3]; 4]); 13] = [
        // A sixth, a third, a half of each pot.
        (&Proportional, [[50.0 / 3.0, 100.0 / 3.0, 50.0], [100.0 / 3.0, 200.0 / 3.0, 100.0],
            [50.0, 100.0, 150.0], [200.0 / 3.0, 400.0 / 3.0, 200.0]]),
        // Claims cut to 100, 100, 100 and 100, 200, 200; of 400 the mirror image of 200.
        (&AdjustedProportional, [[100.0 / 3.0; 3], [40.0, 80.0, 80.0], [50.0, 100.0, 150.0],
            [60.0, 120.0, 220.0]]),
        // Equal up to 100 each; then 300 for two.
        (&ConstrainedEqualAwards, [[100.0 / 3.0; 3], [200.0 / 3.0; 3], [100.0; 3],
            [100.0, 150.0, 150.0]]),
        // Losses 500, 400, 300, 200: the third alone, two, three (100 each), three (66 2/3 each).
        (&ConstrainedEqualLosses, [[0.0, 0.0, 100.0], [0.0, 50.0, 150.0], [0.0, 100.0, 200.0],
            [100.0 / 3.0, 400.0 / 3.0, 700.0 / 3.0]]),
        // Halves 50, 100, 150: equal below, mirrored above.
        (&Talmud, [[100.0 / 3.0; 3], [50.0, 75.0, 75.0], [50.0, 100.0, 150.0], [50.0, 125.0, 225.0]]),
        // Halves less equal losses of 200 and 100; of 400, halves and 33 1/3 each.
        (&ReverseTalmud, [[0.0, 25.0, 75.0], [50.0 / 3.0, 200.0 / 3.0, 350.0 / 3.0],
            [50.0, 100.0, 150.0], [250.0 / 3.0, 400.0 / 3.0, 550.0 / 3.0]]),
        // Of 400: the first rises to 100, then the second to 150.
        (&ConstrainedEgalitarian, [[100.0 / 3.0; 3], [50.0, 75.0, 75.0], [50.0, 100.0, 150.0],
            [100.0, 150.0, 150.0]]),
        (&Piniles, [[100.0 / 3.0; 3], [50.0, 75.0, 75.0], [50.0, 100.0, 150.0],
            [250.0 / 3.0, 400.0 / 3.0, 550.0 / 3.0]]),
        // 100 for three, 100 for two, 100 for one; of 400 all but 100 is claimed by one alone.
        (&MinimalOverlap, [[100.0 / 3.0; 3], [100.0 / 3.0, 250.0 / 3.0, 250.0 / 3.0],
            [100.0 / 3.0, 250.0 / 3.0, 550.0 / 3.0], [100.0 / 3.0, 400.0 / 3.0, 700.0 / 3.0]]),
        // Six orders; of 400 the mirror image of 200.
        (&RandomArrival, [[100.0 / 3.0; 3], [100.0 / 3.0, 250.0 / 3.0, 250.0 / 3.0],
            [50.0, 100.0, 150.0], [200.0 / 3.0, 350.0 / 3.0, 650.0 / 3.0]]),
        // The means of the second and third table above.
        (&AverageOfEqualAwardsAndLosses, [[50.0 / 3.0, 50.0 / 3.0, 200.0 / 3.0],
            [100.0 / 3.0, 175.0 / 3.0, 325.0 / 3.0], [50.0, 100.0, 150.0],
            [200.0 / 3.0, 425.0 / 3.0, 575.0 / 3.0]]),
        // Of 200: a third of 100, 200, 200, and of the 33 1/3 left 11 1/9 each; 300 and 400 likewise in
        // three and four steps (81sts).
        (&DominguezThomson, [[100.0 / 3.0; 3], [400.0 / 9.0, 700.0 / 9.0, 700.0 / 9.0],
            [4800.0 / 81.0, 8400.0 / 81.0, 11_100.0 / 81.0],
            [5900.0 / 81.0, 11_000.0 / 81.0, 15_500.0 / 81.0]]),
        // Of 200 the first has a density of 200 − x up to 100: mean 44 4/9. 400 mirrors it.
        (&AverageOfAwards, [[100.0 / 3.0; 3], [400.0 / 9.0, 700.0 / 9.0, 700.0 / 9.0],
            [50.0, 100.0, 150.0], [500.0 / 9.0, 1100.0 / 9.0, 2000.0 / 9.0]]),
    ];
    assert!(
        rationing::RULES.iter().zip(&tables).all(|(rule, (same, _))| rule.name() == same.name())
    );
    for (rule, table) in tables {
        for (pot, expected) in [100, 200, 300, 400].into_iter().zip(table) {
            let given = given(rule, pot, &[100, 200, 300]);
            for (share, expected) in given.into_iter().zip(expected) {
                assert!((share - expected).abs() < 1e-10, "{} of {pot}: {share:?}", rule.name());
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
        weights
            .iter_mut()
            .filter(|weight| (**weight as f64) < least)
            .for_each(|weight| *weight = 0);
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
        let (ten, eleven) =
            (seats(method, &of("alabama_toy3_10")), seats(method, &of("alabama_toy3_11")));
        ten.iter().zip(eleven).any(|(before, after)| after < *before)
    };
    let losing: Vec<&str> =
        METHODS.iter().filter(|method| loses(**method)).map(|method| method.name()).collect();
    assert_eq!(losing, ["LargestRemainder"]);
}
