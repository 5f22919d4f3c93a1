//! Sampling plans through the door: the same bytes for any threads, and nothing moves that need not.

use crate::support::{contents, dotacija};
use std::fs;
use std::path::Path;

const PLANS: [&str; 4] = ["Random", "Antithetic", "LatinHypercube", "Sobol"];

/// Two national inputs, one with something in common, one written in place, and whatever is added.
fn scenario(plan: &str, added: &str) -> String {
    format!(
        r#"Scenario(
    format: 1,
    title: "Plans",
    years: (first: 2022, last: 2024),
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name"),
    inputs: {{
        "pay": (extent: Nation, time: Once, value: Pert(min: 800, mode: 1000, max: 1300), source: "invented"),
        "growth": (extent: Nation, time: Yearly(persistence: 0.5), value: Normal(mean: 0.03, sd: 0.02), source: "invented"),
        "need": (extent: Municipality, common: (nation: 0.4), value: Uniform(min: 0.5, max: 1), source: "invented"),
        {added}
    }},
    programmes: {{ "maintenance": (purpose: Maintenance, appropriation: {{ 2022: Uniform(min: 20_000, max: 25_000) }}, later: Same) }},
    policies: {{
        "draft": (source: "the draft of March", rules: {{
            "maintenance": (entitle: Amount("need * population * (1 + growth) * pay / 1000"), may_exceed_cost: true),
        }}),
    }},
    run: (draws: 300, seed: 7, plan: {plan}),
)
"#
    )
}

fn written(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let folder = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("municipalities.csv"),
        "code,name,population\n01,Alda,23000\n02,Birze,9700\n03,Ceri,6000\n",
    )
    .unwrap();
    let file = folder.join("s.ron");
    fs::write(&file, text).unwrap();
    file
}

/// The tables of a run.
fn tables(scenario: &Path, more: &[&str]) -> std::collections::BTreeMap<String, Vec<u8>> {
    let output = scenario.with_file_name(format!("run{}", more.concat()));
    dotacija()
        .arg("run")
        .arg(scenario)
        .arg("-o")
        .arg(&output)
        .args(["--quiet"])
        .args(more)
        .assert()
        .success();
    let mut files = contents(&output);
    files.retain(|name, _| {
        Path::new(name).extension().is_some_and(|kind| kind == "csv")
            && !name.starts_with("scenario/")
    });
    assert!(files.len() > 3);
    files
}

#[test]
fn one_two_and_three_threads_write_the_same_bytes_under_every_plan() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    for plan in PLANS {
        let file = written(folder.path(), plan, &scenario(plan, ""));
        let one = tables(&file, &["--threads", "1"]);
        assert_eq!(one, tables(&file, &["--threads", "2"]), "{plan}");
        assert_eq!(one, tables(&file, &["--threads", "3"]), "{plan}");
        assert!(!seen.contains(&one), "{plan} is another plan's");
        seen.push(one);
    }
}

#[test]
fn an_input_more_changes_no_figure_under_any_plan() {
    let folder = tempfile::tempdir().unwrap();
    let added = r#""idle": (extent: Nation, time: Yearly(persistence: 0), value: Uniform(min: 0, max: 1), source: "invented"),"#;
    for plan in PLANS {
        let plain = written(folder.path(), &format!("{plan}-plain"), &scenario(plan, ""));
        let more = written(folder.path(), &format!("{plan}-more"), &scenario(plan, added));
        assert_eq!(tables(&plain, &[]), tables(&more, &[]), "{plan}");
    }
}

#[test]
fn check_and_manifest_name_the_plan_and_what_it_covers() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "named", &scenario("Sobol", ""));
    let check = dotacija().arg("check").arg(&file).assert().success();
    let said = String::from_utf8_lossy(&check.get_output().stdout).into_owned();
    // pay 1, growth one a year, what need has in common 1, the appropriation in place 1.
    assert!(said.contains("sampling plan Sobol: 6 national scores of 4 inputs\n"), "{said}");
    let check = dotacija().args(["check", "--format", "json"]).arg(&file).assert().success();
    let document: serde_json::Value = serde_json::from_slice(&check.get_output().stdout).unwrap();
    let sampling = &document["scenarios"][0]["sampling"];
    assert_eq!((&sampling["plan"], &sampling["national_scores"]), (&"Sobol".into(), &6.into()));
    tables(&file, &[]);
    let manifest = fs::read(folder.path().join("named/run/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["run"]["plan"], "Sobol");
    let file = written(folder.path(), "latin", &scenario("LatinHypercube", ""));
    let check = dotacija().arg("check").arg(&file).assert().success();
    let said = String::from_utf8_lossy(&check.get_output().stdout).into_owned();
    assert!(said.contains("; another number of draws changes every draw\n"), "{said}");
}

#[test]
fn a_plan_can_be_set_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let random = written(folder.path(), "random", &scenario("Random", ""));
    let sobol = written(folder.path(), "sobol", &scenario("Sobol", ""));
    assert_eq!(tables(&random, &["--set", "run.plan=Sobol"]), tables(&sobol, &[]));
}
