//! Runs that end when they know enough: where they end, what they write, what they say.

use crate::support::{contents, dotacija};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A national input and a municipal one, a pot that is sometimes short, and a ratio.
fn scenario(run: &str, more: &str) -> String {
    format!(
        r#"Scenario(
    format: 1,
    title: "Precision",
    years: (first: 2022, last: 2023),
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name"),
    inputs: {{
        "pay": (extent: Nation, time: Yearly(), value: Pert(min: 800, mode: 1000, max: 1300), source: "invented"),
        "need": (extent: Municipality, common: (nation: 0.4), value: Uniform(min: 0.5, max: 1), source: "invented"),
    }},
    programmes: {{ "maintenance": (purpose: Maintenance, appropriation: {{ 2022: 30_000 }}, later: Same) }},
    policies: {{
        "draft": (source: "the draft of March", rules: {{
            "maintenance": (entitle: Amount("need * population * pay / 1000"), may_exceed_cost: true),
        }}),
    }},
    run: ({run}),
    {more}
)
"#
    )
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let folder = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    let table = "code,name,population\n01,Alda,23000\n02,Birze,9700\n03,Ceri,6000\n";
    fs::write(folder.join("municipalities.csv"), table).unwrap();
    let file = folder.join("s.ron");
    fs::write(&file, text).unwrap();
    file
}

/// Runs a scenario; its folder and what it says on standard error.
fn run(scenario: &Path, more: &[&str]) -> (PathBuf, String) {
    let output = scenario.with_file_name(format!("run{}", more.concat()));
    let run =
        dotacija().arg("run").arg(scenario).arg("-o").arg(&output).args(more).assert().success();
    (output, String::from_utf8(run.get_output().stderr.clone()).unwrap())
}

fn manifest(run: &Path) -> Value {
    serde_json::from_slice(&fs::read(run.join("manifest.json")).unwrap()).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_run_for_a_precision_writes_what_its_number_of_draws_writes() {
    let folder = tempfile::tempdir().unwrap();
    // The last wants more than its maximum gives, by when values are no longer kept whole.
    for (plan, share, at_most, last, quantiles) in [
        ("Random", 0.008, 60_000, 2023, "exact"),
        ("Antithetic", 0.004, 60_000, 2023, "exact"),
        ("Sobol", 0.002, 60_000, 2023, "exact"),
        ("Random", 1e-6, 20_000, 2036, "histogram"),
    ] {
        let wanted =
            format!("seed: 7, plan: {plan}, precision: (relative: {share}, at_most: {at_most})");
        let text = scenario(&wanted, "").replace("last: 2023", &format!("last: {last}"));
        let file = written(folder.path(), &format!("{plan}{share}"), &text);
        let (found, _) = run(&file, &["--quiet", "--threads", "3"]);
        let told = manifest(&found);
        let draws = told["precision"]["draws"].as_u64().unwrap();
        assert_eq!(told["run"]["draws"], draws);
        assert_eq!(told["run"]["quantiles"], quantiles, "{plan}: {draws}");
        assert!(draws > 1_024 && (draws / 1_024).is_power_of_two(), "{plan}: {draws}");
        let (whole, _) = run(&file, &["--quiet", "--threads", "2", "--draws", &draws.to_string()]);
        assert!(manifest(&whole)["precision"].is_null());
        let (found, whole) = (contents(&found), contents(&whole));
        assert!(found.len() > 8, "{:?}", found.keys());
        assert_eq!(found.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
        for (name, bytes) in &found {
            assert!(*bytes == whole[name], "{plan}, {draws} draws: {name} differs");
        }
    }
}

#[test]
fn it_ends_at_the_first_look_at_which_every_figure_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = "seed: 7, precision: (relative: 0.006, at_most: 65_536)";
    let file = written(folder.path(), "first", &scenario(wanted, ""));
    let (output, said) = run(&file, &[]);
    let told = &manifest(&output)["precision"];
    let draws = told["draws"].as_u64().unwrap();
    let looks = told["looks"].as_array().unwrap();
    let (last, before) = looks.split_last().unwrap();
    assert!(!before.is_empty());
    assert_eq!((&told["reached"], &last["missed"]), (&true.into(), &0.into()));
    for (position, look) in looks.iter().enumerate() {
        assert_eq!(look["draws"], 1_024 << position);
    }
    assert!(before.iter().all(|look| look["missed"].as_u64() > Some(0)), "{told}");
    // Seven looks at 95 %: Student's t at 0.05 / 14 is 2.690 for endless draws, 2.70 for 1 024.
    assert_eq!(told["looks_allowed"], 7);
    let table = csv::Reader::from_path(output.join("outcomes.csv"))
        .unwrap()
        .deserialize()
        .map(|row| row.unwrap())
        .collect::<Vec<std::collections::BTreeMap<String, String>>>();
    let figures = told["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 4, "due and granted in two years");
    for figure in figures {
        // There is one programme, so the nation's outcome is its sum.
        let row = table
            .iter()
            .find(|row| {
                row["outcome"] == figure["figure"].as_str().unwrap()
                    && row["year"].parse().ok() == figure["year"].as_i64()
                    && row["scope"] == "nation"
            })
            .unwrap();
        let mcse: f64 = row["mcse"].parse().unwrap();
        let (mean, half) = (number(&figure["mean"]), number(&figure["half_width"]));
        assert!((half / mcse - 2.69).abs() < 0.02, "{half} is not 2.69 · {mcse}");
        let wanted = number(&figure["wanted"]);
        assert!(half <= wanted && (wanted / mean - 0.006).abs() < 1e-12);
    }
    for look in looks {
        let draws = look["draws"].as_u64().unwrap();
        let grouped = format!("{} {:03} draws: ± ", draws / 1_000, draws % 1_000);
        assert!(said.contains(&grouped), "{grouped} is not in\n{said}");
    }
    assert!(said.contains(&format!(
        "precision reached with {} {:03} draws",
        draws / 1_000,
        draws % 1_000
    )));
}

#[test]
fn the_maximum_is_never_passed_and_what_is_not_known_by_then_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = "seed: 7, precision: (relative: 1e-5, at_most: 4_095)";
    let file = written(folder.path(), "most", &scenario(wanted, ""));
    let (output, said) = run(&file, &["--quiet"]);
    let told = manifest(&output);
    assert_eq!(
        (&told["run"]["draws"], &told["precision"]["reached"]),
        (&2_048.into(), &false.into())
    );
    assert!(said.starts_with("warning[D0734]: after 2 048 draws "), "{said}");
    assert_eq!(told["warnings"].as_array().unwrap().last().unwrap()["code"], "D0734");
    // The page and the tables do not tell, or they would not be those of 2 048 draws.
    let page = fs::read_to_string(output.join("report.html")).unwrap();
    assert!(!page.contains("D0734"));
    let waiver = r#"waivers: [(warning: "D0734", reason: "a first look")],"#;
    let file = written(folder.path(), "waived", &scenario(wanted, waiver));
    let (output, said) = run(&file, &["--quiet"]);
    assert_eq!(said, "");
    let told = manifest(&output);
    assert_eq!(told["warnings"].as_array().unwrap().last().unwrap()["reason"], "a first look");
}

#[test]
fn the_command_line_asks_for_a_precision_or_for_a_number_of_draws() {
    let folder = tempfile::tempdir().unwrap();
    let plain = written(folder.path(), "plain", &scenario("draws: 300, seed: 7", ""));
    let (output, _) = run(&plain, &["--quiet", "--precision", "0.05", "--at-most", "2000"]);
    let told = manifest(&output);
    assert_eq!(
        (&told["run"]["draws"], &told["precision"]["at_most"]),
        (&1_024.into(), &2_000.into())
    );
    let set = serde_json::json!(["run.precision.relative=0.05", "run.precision.at_most=2000"]);
    assert_eq!(told["run"]["set"], set);
    let wanted = "seed: 7, precision: (relative: 0.05, at_most: 4_096)";
    let file = written(folder.path(), "wanted", &scenario(wanted, ""));
    for more in [["--draws", "300"], ["--set", "run.draws=300"]] {
        let (output, _) = run(&file, &["--quiet", more[0], more[1]]);
        let told = manifest(&output);
        assert_eq!((&told["run"]["draws"], &told["precision"]), (&300.into(), &Value::Null));
    }
    // One alone changes that field of the precision that is written.
    let (output, _) = run(&file, &["--quiet", "--at-most", "1024"]);
    assert_eq!(manifest(&output)["precision"]["looks_allowed"], 1);
    let refused = dotacija()
        .args(["run", "s.ron", "--draws", "5", "--precision", "0.1"])
        .current_dir(folder.path().join("plain"))
        .assert()
        .code(2);
    let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(said.contains("cannot be used with"), "{said}");
    let refused = dotacija()
        .args(["run", "s.ron", "--precision", "5", "--at-most", "9000"])
        .current_dir(folder.path().join("plain"))
        .assert()
        .code(2);
    let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(said.contains("--> --precision:1:1") && said.contains("5 % is written 0.05"), "{said}");
}

#[test]
fn a_declared_outcome_may_be_known_within_an_amount() {
    let text = r#"Scenario(
    format: 1,
    title: "A calculator",
    inputs: { "months": (value: Uniform(min: 0, max: 12), source: "invented") },
    outcomes: { "wait": "months", "loss": "months - 6" },
    run: (seed: 3, precision: (figures: ["loss"], relative: 0.001, within: 0.2, confidence: 0.95, at_most: 9_000)),
)
"#;
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "calculator", text);
    let (output, _) = run(&file, &["--quiet"]);
    let told = &manifest(&output)["precision"];
    // Four looks at 95 %: z at 0.625 % is 2.498, and 2.498 · √12 / 0.2 squared is 1 872 draws.
    assert_eq!((&told["draws"], &told["reached"]), (&2_048.into(), &true.into()));
    let figures = told["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 1);
    assert_eq!((&figures[0]["figure"], number(&figures[0]["wanted"])), (&"loss".into(), 0.2));
    assert!((number(&figures[0]["half_width"]) - 2.498 * (12.0_f64 / 2_048.0).sqrt()).abs() < 0.01);
    let check = dotacija().arg("check").arg(&file).assert().success();
    let said = String::from_utf8_lossy(&check.get_output().stdout).into_owned();
    let goal = "precision: until every mean is known within 0.1 % or 0.2, with confidence 95 %; 4 looks, the last at 8 192 draws";
    assert!(said.contains(goal), "{said}");
}
