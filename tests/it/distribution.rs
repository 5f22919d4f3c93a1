//! `dotacija distribution`: figures, picture and messages.

use crate::support::dotacija;
use serde_json::{Value, json};

/// Standard output of the command, which must succeed.
fn shown(arguments: &[&str]) -> String {
    let run = dotacija().arg("distribution").args(arguments).assert().success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

/// Standard error of the command, which must end with status 2.
fn refused(arguments: &[&str]) -> String {
    let run = dotacija().arg("distribution").args(arguments).assert().code(2);
    assert!(run.get_output().stdout.is_empty());
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

fn document(arguments: &[&str]) -> Value {
    serde_json::from_str(&shown(&[arguments, &["--format", "json"]].concat())).unwrap()
}

#[test]
fn figures_come_in_the_order_of_the_shares_that_are_asked_for() {
    let found = document(&["Pert(min: 3, mode: 5, max: 10)", "--probs", "0.95,0.05,0.5,0,1"]);
    let close = |found: &Value, expected: f64| {
        let found = found.as_f64().unwrap();
        assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
    };
    // mean (3 + 4·5 + 10)/6; the rest from scipy 1.17.1 (tests/reference/distributions).
    close(&found["mean"], 5.5);
    close(&found["sd"], 1.267_731_382_092_775);
    close(&found["skew"], 0.394_405_318_873_307_8);
    close(&found["excess_kurtosis"], -0.459_259_259_259_259_26);
    let expected = [7.773_921_493_495_624, 3.630_158_653_357_429, 5.382_588_601_420_245, 3.0, 10.0];
    for (found, expected) in found["quantiles"].as_array().unwrap().iter().zip(expected) {
        close(found, expected);
    }
    assert_eq!(found["probs"], json!([0.95, 0.05, 0.5, 0.0, 1.0]));
    assert_eq!(
        (&found["min"], &found["mode"], &found["max"]),
        (&json!(3.0), &json!(5.0), &json!(10.0))
    );
    assert_eq!(found["median"], found["quantiles"][2]);
}

#[test]
fn what_is_infinite_or_missing_is_told_in_json() {
    let found = document(&["Normal(mean: 1, sd: 2)", "--probs", "0,0.5,1"]);
    assert_eq!(found["quantiles"], json!(["-Infinity", 1.0, "Infinity"]));
    let found = document(&["Fixed(value: 2)", "--probs", "0.5"]);
    assert_eq!((&found["skew"], &found["excess_kurtosis"]), (&Value::Null, &Value::Null));
    assert_eq!((&found["mean"], &found["sd"]), (&json!(2.0), &json!(0.0)));
    // All values equally likely: no mode.
    assert_eq!(document(&["Uniform(min: 0, max: 1)"])["mode"], Value::Null);
}

#[test]
fn a_table_and_a_picture_are_shown_to_people() {
    // Weights 1, 3 and 4 of 8: mean (3 + 8)/8 = 1.375, variance (3 + 16)/8 − 1.375² = 0.484375;
    // third central moment (−2.599609 − 0.158203 + 0.976563)/8 = −0.222656, over sd³ −0.660484;
    // fourth (3.574463 + 0.059326 + 0.610352)/8 = 0.530518, over sd⁴ 2.261186, less 3.
    let text = shown(&["Discrete(values: [0, 1, 2], weights: [1, 3, 4])", "--probs", "0.1,0.5"]);
    let expected = "\
Discrete(values: [0, 1, 2], weights: [1, 3, 4])

  mean              1.375      quantiles  0.1  0
  sd                0.695971              0.5  1
  skew             -0.660484
  excess kurtosis  -0.738814
  min               0
  mode              2
  median            1
  max               2

  probability
  0.5 ┤                                                █████████
      │                                                █████████
      │                           ▄▄▄▄▄▄▄▄▄            █████████
      │                           █████████            █████████
      │                           █████████            █████████
      │                           █████████            █████████
      │                           █████████            █████████
      │      ▄▄▄▄▄▄▄▄▄            █████████            █████████
      │      █████████            █████████            █████████
      │      █████████            █████████            █████████
    0 ┼──────────┬────────────────────┬────────────────────┬───────────
                 0                    1                    2
";
    assert_eq!(text, expected);
}

#[test]
fn every_distribution_of_the_registry_is_shown_on_a_screen() {
    for entry in dotacija::random::distribution::DISTRIBUTIONS {
        for example in entry.examples {
            let text = shown(&[example]);
            assert!(text.contains('┼') && text.contains('█'), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
            assert!(!text.contains("NaN"), "{text}");
            let found = document(&[example]);
            assert!(found["mean"].is_f64() && found["sd"].is_f64(), "{example}: {found}");
        }
    }
}

#[test]
fn what_is_wrong_is_underlined_as_in_a_scenario() {
    let said = refused(&["Pert(min: 3, mode: 5, max: 2)"]);
    let expected = "\
error[D0604]: `max` (2) is not above `min` (3)
 --> argument:1:28
  |
1 | Pert(min: 3, mode: 5, max: 2)
  |                            ^
  |
  = help: allowed: a number above 3; if they changed places, exchange `min` and `max`
1 error; `dotacija about D0604` explains it
";
    assert_eq!(said, expected);
    assert!(refused(&["Pret(min: 3)"]).contains("did you mean `Pert`?"));
    assert!(refused(&["Pert(min: 3, mode: 5)"]).contains("`Pert` needs `max`"));
    assert!(refused(&["Gamma(shape: 1e9, scale: 1)"]).contains("allowed: 0.01 to 1000000"));
    assert!(refused(&["Pert(min: \"low\", mode: 5, max: 10)"]).contains("`low` has no value here"));
    assert!(refused(&["Pert(min: 3"]).contains("a closing bracket is missing"));
    assert!(refused(&[" "]).contains("no distribution is given"));
    assert!(refused(&["5"]).contains("expected a distribution"));
}

#[test]
fn what_follows_a_distribution_is_told_as_such() {
    let said = refused(&["Pert(min: 3, mode: 5, max: 10) * 2"]);
    let expected = "\
error[D0101]: the text goes on after the end of the distribution
 --> argument:1:32
  |
1 | Pert(min: 3, mode: 5, max: 10) * 2
  |                              - ^
  |                              |
  |                              here the distribution ends
  |
  = help: leave out what follows: one distribution stands here alone
1 error; `dotacija about D0101` explains it
";
    assert_eq!(said, expected);
    let said = refused(&["Fixed(value: 3))"]);
    assert!(said.contains("this bracket closes nothing") && !said.contains("scenario"), "{said}");
    for (text, message) in
        [("Fixed 3", "this is not a distribution"), ("// later", "no distribution is given")]
    {
        let said = refused(&[text]);
        assert!(said.contains(message) && !said.to_lowercase().contains("scenario"), "{said}");
    }
}

#[test]
fn shares_outside_of_0_to_1_or_unreadable_are_refused() {
    let of = |probs: &str| refused(&["Poisson(mean: 3)", "--probs", probs]);
    assert!(of("0.5,1.5").contains("1.5 is not from 0 to 1; write shares from 0 to 1"));
    assert!(of("-0.1").contains("-0.1 is not from 0 to 1"));
    for wrong in ["5%", "half", "", "0.1,,0.2", "NaN"] {
        assert!(of(wrong).contains("this is no number"), "{wrong}: {}", of(wrong));
    }
}
