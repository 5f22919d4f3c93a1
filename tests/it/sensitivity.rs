//! `dotacija sensitivity`: functions whose indices are known, groups, and what is refused.

use crate::support::{dotacija, in_repository};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const CASES: &str = include_str!("../reference/sensitivity/sensitivity_cases.json");
const TINY: &str = "scenarios/tiny/tiny.ron";
const PI: &str = "3.141592653589793";

/// A scenario of inputs and one outcome, `y`.
fn calculator(folder: &Path, inputs: &[String], levers: &str, formula: &str) -> PathBuf {
    let mut text = "Scenario(format: 1, title: \"A function\", years: (first: 2026, last: 2026), \
                    money: (currency: \"EUR\", price_year: 2026), inputs: {\n"
        .to_owned();
    for (at, value) in inputs.iter().enumerate() {
        writeln!(
            text,
            "\"x{}\": (extent: Nation, time: Once, value: {value}, source: \"test\"),",
            at + 1
        )
        .unwrap();
    }
    write!(
        text,
        "}}, {levers} outcomes: {{ \"y\": \"{formula}\" }}, run: (draws: 4_096, seed: 11))"
    )
    .unwrap();
    let path = folder.join("function.ron");
    fs::write(&path, text).unwrap();
    path
}

/// Standard output of the command, which must succeed.
fn shown(scenario: &Path, arguments: &[&str]) -> String {
    let run = dotacija()
        .arg("sensitivity")
        .arg(scenario)
        .arg("--quiet")
        .args(arguments)
        .current_dir(in_repository(""))
        .assert()
        .success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

fn found(scenario: &Path, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&shown(scenario, &arguments)).unwrap()
}

/// What is said of an input in the first figure.
fn influence<'a>(found: &'a Value, input: &str) -> &'a Value {
    let inputs = found["figures"][0]["inputs"].as_array().unwrap();
    inputs.iter().find(|of| of["input"] == input).unwrap_or_else(|| panic!("no {input}: {found}"))
}

/// Estimates beside what is known in closed form.
#[derive(Default)]
struct Tried {
    all: u32,
    within: u32,
}

impl Tried {
    /// Within two and a half times the half width of the interval (five standard errors): always. Within
    /// it: counted.
    fn hold(&mut self, what: &str, estimate: &Value, truth: f64) {
        let of =
            |name: &str| estimate[name].as_f64().unwrap_or_else(|| panic!("{what}: {estimate}"));
        let (value, lower, upper) = (of("value"), of("lower"), of("upper"));
        let half = (value - lower).max(upper - value);
        let off = (value - truth).abs();
        assert!(off <= 2.5 * half + 1e-12, "{what}: {value} ({lower}–{upper}) is not {truth}");
        self.all += 1;
        self.within += u32::from((lower - 1e-12..=upper + 1e-12).contains(&truth));
    }

    /// First-order and total indices of a function, from its own draws and from a design.
    fn function(&mut self, id: &str, scenario: &Path, first: &[f64], total: &[f64]) {
        for seed in ["1", "2", "3", "4", "5"] {
            self.seeded(id, scenario, seed, (first, total));
        }
    }

    fn seeded(&mut self, id: &str, scenario: &Path, seed: &str, (first, total): (&[f64], &[f64])) {
        let own = found(scenario, &["--seed", seed]);
        let design = found(scenario, &["--seed", seed, "--design", "sobol"]);
        for (at, (first, total)) in first.iter().zip(total).enumerate() {
            let input = format!("x{}", at + 1);
            let what = |how: &str| format!("{id}, {input}, {how}");
            self.hold(&what("own draws"), &influence(&own, &input)["first_order"], *first);
            let of = influence(&design, &input);
            self.hold(&what("first-order"), &of["first_order"], *first);
            self.hold(&what("total"), &of["total"], *total);
        }
    }
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

/// The scenario of a case with a closed form.
fn scenario_of(case: &Value, folder: &Path) -> PathBuf {
    let input = &case["input"];
    if input["function"] == "ishigami" {
        let levers = format!(
            "levers: {{ \"a\": (value: {}, min: 0, max: 10), \"b\": (value: {}, min: 0, max: 1) }},",
            input["a"], input["b"]
        );
        let uniform = format!("Uniform(min: -{PI}, max: {PI})");
        let formula = "sin(x1) + a * sin(x2) ^ 2 + b * x3 ^ 4 * sin(x1)";
        return calculator(folder, &vec![uniform; 3], &levers, formula);
    }
    let a = numbers(&input["a"]);
    let factors: Vec<String> =
        (1..).zip(&a).map(|(at, a)| format!("(abs(4 * x{at} - 2) + {a}) / (1 + {a})")).collect();
    let uniform = "Uniform(min: 0, max: 1)".to_owned();
    calculator(folder, &vec![uniform; a.len()], "", &factors.join(" * "))
}

#[test]
fn closed_forms_lie_within_what_is_printed_and_every_case_runs_or_is_listed() {
    let file: Value = serde_json::from_str(CASES).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut tried = Tried::default();
    let mut run = 0;
    for case in cases.iter().filter(|case| case["kind"] == "sobol_analytic") {
        let scenario = scenario_of(case, folder.path());
        let expected = &case["expected"];
        let (first, total) = (numbers(&expected["S1"]), numbers(&expected["ST"]));
        tried.function(case["id"].as_str().unwrap(), &scenario, &first, &total);
        run += 1;
    }
    // y = 2 x1 + x2 − x3 of normal numbers of deviation 1: variances 4, 1, 1 of 6, no interaction.
    let normal = vec!["Normal(mean: 3, sd: 1)".to_owned(); 3];
    let line = calculator(folder.path(), &normal, "", "2 * x1 + x2 - x3");
    let shares = [4.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0];
    tried.function("linear", &line, &shares, &shares);
    // y = x1 x2, both of mean 1 and variance 1/3: E y² = (4/3)² = 16/9, variance 7/9. By itself each
    // explains 1/3 of it, 3/7; what the other leaves is 1/3 · 4/3 = 4/9, 4/7.
    let uniform = vec!["Uniform(min: 0, max: 2)".to_owned(); 2];
    let product = calculator(folder.path(), &uniform, "", "x1 * x2");
    tried.function("product", &product, &[3.0 / 7.0; 2], &[4.0 / 7.0; 2]);
    // 95 % of 465 is 442. Estimates of one seed go together, as if there were about a third of them:
    // deviation 8, and three of these below are 418.
    assert_eq!(tried.all, 5 * 3 * (3 * 3 + 8 + 6 + 3 + 3 + 2));
    assert!(tried.within >= 418, "{} of {}", tried.within, tried.all);
    // Samples: `src/stats/sensitivity/published.rs`.
    let samples = ["salib_sobol_N256", "salib_morris", "morris_linear", "prcc_sample"];
    let not_applicable = ["delta_linear_1_1", "delta_linear_2_1"];
    for id in samples.iter().chain(&not_applicable) {
        assert!(cases.iter().any(|case| case["id"] == *id), "{id}");
    }
    assert_eq!(run + samples.len() + not_applicable.len(), cases.len());
}

#[test]
fn elementary_effects_of_a_line_are_its_coefficients() {
    // On uniform numbers between 0 and 1 a step of half the probability is a step of a half.
    let folder = tempfile::tempdir().unwrap();
    let uniform = vec!["Uniform(min: 0, max: 1)".to_owned(); 4];
    let line = calculator(folder.path(), &uniform, "", "2 * x1 - x2 + 0.5 * x3");
    let found = found(&line, &["--design", "morris", "--draws", "20"]);
    for (input, mean) in [("x1", 2.0), ("x2", -1.0), ("x3", 0.5), ("x4", 0.0)] {
        let of = influence(&found, input);
        let near = |value: &Value, expected: f64| {
            assert!((value.as_f64().unwrap() - expected).abs() < 1e-9, "{input}: {of}");
        };
        near(&of["effect_mean"], mean);
        near(&of["effect_size"]["value"], mean.abs());
        near(&of["effect_deviation"], 0.0);
        assert_eq!(of["told_from_zero"], input != "x4", "{of}");
    }
    assert_eq!(found["evaluations"], 20 * 5);
}

#[test]
fn what_has_no_part_is_exactly_zero_in_a_design_and_not_told_from_zero_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let uniform = vec!["Uniform(min: 0, max: 1)".to_owned(); 2];
    let scenario = calculator(folder.path(), &uniform, "", "x1 + 0 * x2");
    let design = found(&scenario, &["--design", "sobol", "--draws", "256"]);
    assert_eq!(influence(&design, "x2")["total"]["value"], 0.0);
    assert_eq!(influence(&design, "x2")["told_from_zero"], false);
    assert_eq!(influence(&design, "x1")["told_from_zero"], true);
    let text = shown(&scenario, &[]);
    assert!(text.contains("cannot be told from zero: x2"), "{text}");
    // A scenario without municipalities can be run as any other.
    let output = folder.path().join("run");
    dotacija().arg("run").arg(&scenario).arg("-o").arg(&output).assert().success();
    assert!(fs::read_to_string(output.join("outcomes.csv")).unwrap().contains(",y,nation,2026,"));
}

#[test]
fn correlated_inputs_are_one_group_of_a_design_and_two_of_own_draws() {
    let folder = tempfile::tempdir().unwrap();
    let uniform = vec!["Uniform(min: 0, max: 1)".to_owned(); 3];
    let tied = "correlations: [(of: (\"x1\", \"x2\"), rank: 0.9, source: \"test\")],";
    let scenario = calculator(folder.path(), &uniform, tied, "x1 + x3");
    let design = found(&scenario, &["--design", "sobol", "--draws", "512"]);
    let mut tried = Tried::default();
    tried.hold("group", &influence(&design, "x1 + x2")["total"], 0.5);
    tried.hold("alone", &influence(&design, "x3")["total"], 0.5);
    // x2 is in no formula, but moves with x1: by itself it tells of it, beside it nothing.
    let own = found(&scenario, &[]);
    assert!(influence(&own, "x2")["first_order"]["lower"].as_f64().unwrap() > 0.3);
    tried.hold("beside x1", &influence(&own, "x2")["partial_rank_correlation"], 0.0);
    assert!(influence(&own, "x2")["inflation"].as_f64().unwrap() > 3.0);
}

#[test]
fn inputs_of_municipalities_points_and_years_are_groups_that_only_a_design_measures() {
    let tiny = in_repository(TINY);
    let own = found(&tiny, &["--draws", "128"]);
    let left_out: Vec<&str> = (own["not_measured"].as_array().unwrap().iter())
        .map(|of| of["input"].as_str().unwrap())
        .collect();
    assert!(["need_per_head", "overrun", "pay_growth"].iter().all(|name| left_out.contains(name)));
    let design = found(&tiny, &["--design", "sobol", "--draws", "32", "--outcome", "entitlement"]);
    for name in ["need_per_head", "overrun", "pay_growth", "portal_posts"] {
        assert!(influence(&design, name)["total"]["value"].is_number());
    }
    let morris = found(&tiny, &["--design", "morris", "--draws", "4", "--outcome", "entitlement"]);
    assert!(influence(&morris, "readiness")["effect_size"]["value"].as_f64().unwrap() > 0.0);
    assert!(influence(&morris, "readiness")["effect_mean"].is_null());
}

#[test]
fn one_two_and_seven_threads_give_the_same_bytes() {
    let tiny = in_repository(TINY);
    for method in [
        &["--draws", "200"][..],
        &["--design", "sobol", "--draws", "70"],
        &["--design", "morris", "--draws", "70"],
    ] {
        let of = |threads: &str| {
            shown(&tiny, &[method, &["--format", "csv", "--threads", threads]].concat())
        };
        let one = of("1");
        assert!(one.lines().count() > 100);
        assert!(one == of("2") && one == of("7"), "{method:?}");
    }
}

#[test]
fn figures_are_chosen_by_name_policy_programme_and_year() {
    let tiny = in_repository(TINY);
    let all = found(&tiny, &["--draws", "64"]);
    let policy = all["figures"][0]["policy"].as_str().unwrap().to_owned();
    let some = found(
        &tiny,
        &[
            "--draws",
            "64",
            "--outcome",
            "gap",
            "--policy",
            &policy,
            "--programme",
            "all",
            "--year",
            "2023",
        ],
    );
    let figures = some["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 1, "{some}");
    assert_eq!(figures[0]["year"], "2023");
    // The same draws, whatever else is asked for.
    let same = (all["figures"].as_array().unwrap().iter()).find(|figure| {
        ["policy", "outcome", "programme", "year"]
            .iter()
            .all(|name| figure[name] == figures[0][name])
    });
    assert_eq!(same, Some(&figures[0]));
    let load = found(&tiny, &["--draws", "64", "--outcome", "load"]);
    assert_eq!(load["figures"].as_array().unwrap().len(), 2, "a world that all policies share");
}

#[test]
fn names_that_are_not_known_are_refused_all_at_once_with_the_nearest() {
    let refused = |arguments: &[&str]| {
        let run = dotacija()
            .args(["sensitivity", TINY])
            .args(arguments)
            .current_dir(in_repository(""))
            .assert()
            .code(2);
        String::from_utf8(run.get_output().stderr.clone()).unwrap()
    };
    let text = refused(&["--outcome", "entitlment", "--year", "2033", "--programme", "al"]);
    for part in ["`entitlment` is not a figure", "`entitlement`", "`2033` is not a year", "`all`"] {
        assert!(text.contains(part), "no {part}: {text}");
    }
    assert!(refused(&["--policy", "nobody's"]).contains("is not a policy of this scenario"));
    assert!(refused(&["--design", "sobol", "--draws", "1"]).contains("2..="));
    assert!(refused(&["--design", "sobl"]).contains("sobol"));
    assert!(refused(&["--design", "sobol", "--draws", "90000000"]).contains("GB of memory"));
}

#[test]
fn a_scenario_in_which_nothing_is_uncertain_has_nothing_to_explain() {
    let folder = tempfile::tempdir().unwrap();
    let fixed = calculator(folder.path(), &["Fixed(value: 2)".to_owned()], "", "x1 + 1");
    let run = dotacija().arg("sensitivity").arg(&fixed).assert().code(2);
    let text = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(
        text.contains("D0802") && text.contains("nothing in this scenario is uncertain"),
        "{text}"
    );
}

#[test]
fn an_outcome_without_a_value_in_some_draws_is_not_explained() {
    // A square root of what is below zero is missing, as in a run.
    let folder = tempfile::tempdir().unwrap();
    let uniform = vec!["Uniform(min: -1, max: 3)".to_owned()];
    let scenario = calculator(folder.path(), &uniform, "", "sqrt(x1)");
    // A quarter of 4,096 draws, with a deviation of 28.
    let missing = found(&scenario, &[])["figures"][0]["missing"].as_u64().unwrap();
    assert!((1_024 - 112..=1_024 + 112).contains(&missing), "{missing}");
    assert!(shown(&scenario, &["--design", "morris"]).contains("nothing is said of it"));
}

#[test]
fn files_hold_what_is_printed_and_a_picture_of_each_figure() {
    let folder = tempfile::tempdir().unwrap();
    let tiny = in_repository(TINY);
    let arguments = ["--draws", "64", "--outcome", "entitlement", "--format", "csv"];
    let output = folder.path().to_str().unwrap();
    let text = shown(&tiny, &[&arguments[..], &["-o", output]].concat());
    assert_eq!(fs::read_to_string(folder.path().join("sensitivity.csv")).unwrap(), text);
    let pictures = fs::read_dir(folder.path()).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "svg")
    });
    assert!(pictures.count() >= 2);
}
