//! The commands as a user meets them: files, messages, exit status.

use crate::support::{contents, copy_folder, dotacija, in_repository, rows};
use std::fs;

const NATIONAL: &str = "scenarios/latvia/network-592.ron";

#[test]
fn a_run_of_the_national_scenario_writes_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    let run = dotacija()
        .args(["run", NATIONAL, "--draws", "130", "--central", "--png", "-o"])
        .arg(&output)
        .current_dir(in_repository(""))
        .assert()
        .success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(said.contains("166"), "the observed value stands in the summary:\n{said}");
    let files = contents(&output);
    for name in [
        "awards.csv",
        "budget.csv",
        "verdicts.csv",
        "outcomes.csv",
        "network.csv",
        "reconciliation.csv",
        "commitments.csv",
        "worksheet.csv",
        "report.html",
        "workbook.xlsx",
        "scenario/network-592.ron",
        "scenario/municipalities.csv",
        "scenario/points.csv",
    ] {
        assert!(files.contains_key(name), "{name} is missing: {:?}", files.keys());
    }
    let charts = |ending: &str| {
        files.keys().filter(|name| name.starts_with("charts/") && name.ends_with(ending)).count()
    };
    assert!(charts(".svg") >= 6);
    assert_eq!(charts(".svg"), charts(".png"));
    for (name, bytes) in &files {
        if let Some(original) = name.strip_prefix("scenario/") {
            let original = in_repository("scenarios/latvia").join(original);
            assert_eq!(bytes, &fs::read(original).unwrap(), "{name} is a byte copy");
        }
    }
    assert!(files["report.html"].len() < 1_500_000);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(output.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["run"]["draws"], 130);
    // The columns are a contract.
    let header = |name: &str| {
        let text = String::from_utf8(files[name].clone()).unwrap();
        text.lines().next().unwrap().to_owned()
    };
    assert_eq!(
        header("awards.csv"),
        "policy,programme,municipality,name,year,measure,mean,sd,mcse,p05,p10,p25,p50,p75,p90,p95"
    );
    assert_eq!(
        header("budget.csv"),
        "policy,programme,year,appropriation,available_mean,entitlement_mean,award_mean,p_shortfall,shortfall_mean,reserve90,reserve95,reserve99,unspent_mean,p_shortfall_lower,p_shortfall_upper,reserve90_lower,reserve90_upper,reserve95_lower,reserve95_upper,reserve99_lower,reserve99_upper,expected_shortfall90,expected_shortfall95,expected_shortfall99,p_every_short,p_every_short_lower,p_every_short_upper"
    );
    assert_eq!(
        header("verdicts.csv"),
        "policy,baseline,pot,programme,municipality,name,year,difference_mean,difference_mcse,p_more,p_less,threshold_eur,threshold_percent,verdict,p_more_lower,p_more_upper,p_less_lower,p_less_upper"
    );
    assert_eq!(
        header("outcomes.csv"),
        "policy,outcome,scope,year,mean,sd,mcse,p05,p10,p25,p50,p75,p90,p95,p05_lower,p05_upper,p50_lower,p50_upper,p95_lower,p95_upper"
    );
    assert_eq!(header("worksheet.csv"), "policy,programme,municipality,year,line,value");
}

#[test]
fn check_prints_the_control_totals_of_the_nation() {
    let check = dotacija()
        .args(["check", NATIONAL, "--widths"])
        .current_dir(in_repository(""))
        .assert()
        .success();
    let said = String::from_utf8(check.get_output().stdout.clone()).unwrap();
    let plain = said.replace(['\u{a0}', '\u{202f}', ' ', ','], "");
    for total in ["43", "592", "1907675"] {
        assert!(plain.contains(total), "{total} is missing in:\n{said}");
    }
    assert!(said.contains("independen"), "the width under independence is missing in:\n{said}");
}

#[test]
fn a_municipality_that_is_removed_is_named_by_what_now_matches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("latvia");
    copy_folder(&in_repository("scenarios/latvia"), &copy);
    let table = copy.join("municipalities.csv");
    let text = fs::read_to_string(&table).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("LV0025000")).collect();
    assert_eq!(kept.len() + 1, text.lines().count());
    fs::write(&table, kept.join("\n")).unwrap();
    let check = dotacija().arg("check").arg(copy.join("network-592.ron")).assert().code(2);
    let said = String::from_utf8(check.get_output().stderr.clone()).unwrap();
    assert!(said.contains("LV0025000"), "{said}");
    assert!(said.contains("points.csv"), "{said}");
    assert!(said.contains("42"), "the control total says how many are left: {said}");
    let run = dotacija()
        .arg("run")
        .arg(copy.join("network-592.ron"))
        .arg("-o")
        .arg(folder.path().join("out"))
        .assert();
    run.code(2);
    assert!(!folder.path().join("out").exists(), "a refused run leaves no folder");
}

#[test]
fn a_missing_file_and_a_wrong_command_line_end_with_status_2() {
    dotacija().args(["check", "no/such/scenario.ron"]).assert().code(2);
    dotacija().args(["run", "no/such/scenario.ron"]).assert().code(2);
    dotacija().args(["about", "nothing-of-that-name"]).assert().code(2);
    dotacija().arg("no-such-command").assert().code(2);
    dotacija()
        .args(["run", "scenarios/tiny/tiny.ron", "--policy", "nobody"])
        .current_dir(in_repository(""))
        .assert()
        .code(2);
}

#[test]
fn a_folder_of_others_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("mine");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("thesis.txt"), "years of work").unwrap();
    let tiny = in_repository("scenarios/tiny/tiny.ron");
    for force in [false, true] {
        let mut run = dotacija();
        run.arg("run").arg(&tiny).args(["--draws", "64", "-o"]).arg(&output);
        if force {
            run.arg("--force");
        }
        let refused = run.assert().failure();
        let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
        assert!(said.contains("mine"), "{said}");
    }
    assert_eq!(fs::read_to_string(output.join("thesis.txt")).unwrap(), "years of work");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn an_earlier_run_is_replaced_only_by_the_same_scenario_or_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    let tiny = in_repository("scenarios/tiny/tiny.ron");
    let run = |scenario: &std::path::Path, more: &[&str]| {
        dotacija()
            .arg("run")
            .arg(scenario)
            .args(["--draws", "64", "-o"])
            .arg(&output)
            .args(more)
            .assert()
    };
    run(&tiny, &[]).success();
    run(&tiny, &["--seed", "9"]).success();
    let other = in_repository("scenarios/latvia/budget-2018.ron");
    run(&other, &[]).failure();
    assert!(contents(&output).contains_key("scenario/tiny.ron"), "the earlier run is whole");
    run(&other, &["--force"]).success();
    assert!(contents(&output).contains_key("scenario/budget-2018.ron"));
}

#[test]
fn a_formula_that_fails_in_some_draw_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("fails.ron");
    fs::write(folder.path().join("m.csv"), "code,name\nA,Aglona\nB,Bauska\n").unwrap();
    // x is negative in about 1 draw of 740: not on the central path, somewhere in 4,096 draws.
    fs::write(
        &scenario,
        r#"Scenario(format: 1, title: "Fails", years: (first: 2022, last: 2022),
            municipalities: Table(file: "m.csv", code: "code", name: "name"),
            inputs: {"x": (value: Normal(mean: 3, sd: 1))},
            programmes: {"p": (purpose: Maintenance, appropriation: OpenEnded)},
            policies: {"q": (rules: {"p": (entitle: Worksheet([(line: "root", is: "sqrt(x)")]), may_exceed_cost: true)})},
            run: (draws: 4_096, seed: 1))"#,
    )
    .unwrap();
    let output = folder.path().join("out");
    let run = dotacija().arg("run").arg(&scenario).arg("-o").arg(&output).assert().code(2);
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    for part in ["sqrt(x)", "draw", "Aglona", "2022", "fails.ron"] {
        assert!(said.contains(part), "{part} is missing in:\n{said}");
    }
    assert!(!output.exists());
}

#[test]
fn every_example_can_be_made_checked_and_run() {
    let list = dotacija().args(["list", "examples", "--format", "csv"]).assert().success();
    let text = String::from_utf8(list.get_output().stdout.clone()).unwrap();
    let names: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert!(names.contains(&"tiny") && names.contains(&"latvia"), "{names:?}");
    for name in names {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("made");
        dotacija().arg("new").arg(&made).args(["--from", name]).assert().success();
        let mut scenarios = 0;
        for (file, bytes) in contents(&made) {
            let original = in_repository("scenarios").join(name).join(&file);
            assert_eq!(
                bytes,
                fs::read(original).unwrap(),
                "{name}/{file} is that of the repository"
            );
            let text = String::from_utf8_lossy(&bytes);
            if std::path::Path::new(&file).extension().is_some_and(|ending| ending == "ron")
                && text.contains("format: 1")
            {
                scenarios += 1;
                dotacija().arg("check").arg(made.join(&file)).assert().success();
            }
        }
        assert!(scenarios > 0);
        dotacija().arg("new").arg(&made).assert().code(2);
    }
}

#[test]
fn a_synthetic_scenario_has_the_size_that_was_asked_for_and_runs() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    dotacija().arg("new").arg(&made).args(["--synthetic", "7", "40"]).assert().success();
    assert_eq!(rows(&made.join("municipalities.csv")).len(), 7);
    assert_eq!(rows(&made.join("points.csv")).len(), 40);
    let output = folder.path().join("run");
    dotacija()
        .arg("run")
        .arg(made.join("synthetic.ron"))
        .args(["--draws", "100", "-o"])
        .arg(&output)
        .assert()
        .success();
    // 2 policies, 2 programmes and all, 7 municipalities, 5 years, 4 measures.
    assert_eq!(rows(&output.join("awards.csv")).len(), 2 * 3 * 7 * 5 * 4);
}

#[test]
fn whatever_is_listed_can_be_explained() {
    let list = dotacija().args(["list", "--format", "json"]).assert().success();
    let items: Vec<serde_json::Value> = serde_json::from_slice(&list.get_output().stdout).unwrap();
    assert!(items.len() > 60, "{}", items.len());
    for kind in [
        "rules",
        "rounding",
        "functions",
        "properties",
        "distributions",
        "plans",
        "quantities",
        "outcomes",
        "charts",
        "examples",
    ] {
        assert!(items.iter().any(|item| item["kind"] == kind), "no {kind}");
        let of_kind = dotacija().args(["list", kind]).assert().success();
        assert!(of_kind.get_output().stdout.starts_with(kind.as_bytes()));
    }
    let rules = dotacija().args(["list", "rules"]).assert().success();
    let rules = String::from_utf8(rules.get_output().stdout.clone()).unwrap();
    for rule in dotacija::allocation::rationing::RULES {
        assert!(rules.contains(rule.name()), "{} is not listed", rule.name());
        let about = dotacija().args(["about", rule.name()]).assert().success();
        let about = String::from_utf8(about.get_output().stdout.clone()).unwrap();
        assert!(about.contains("References") && about.contains("doi.org"), "{}", rule.name());
    }
    for name in [
        "ConstrainedEqualLosses",
        "LargestRemainder",
        "Sobol",
        "Pert",
        "bracket",
        "load",
        "coverage",
        "fan",
    ] {
        let about = dotacija().args(["about", name]).assert().success();
        assert!(about.get_output().stdout.len() > 60, "{name}");
    }
}
