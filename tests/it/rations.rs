//! Rules, weights and estimates as a scenario writes them.

use crate::support::{central_lines, dotacija};
use std::fs;
use std::path::{Path, PathBuf};

/// A scenario in which each municipality claims its column `claim`, and 300 EUR are divided.
fn written(folder: &Path, rows: &[(&str, u32, f64)], ration: &str) -> PathBuf {
    let mut table = "code,name,claim,need\n".to_owned();
    for (name, claim, need) in rows {
        table.push_str(&format!("{name},{name},{claim},{need}\n"));
    }
    fs::write(folder.join("m.csv"), table).unwrap();
    let scenario = folder.join("rations.ron");
    let text = format!(
        r#"Scenario(format: 1, title: "Rations", years: (first: 2022, last: 2022),
            municipalities: Table(file: "m.csv", code: "code", name: "name"),
            inputs: {{"x": (value: Normal(mean: 1, sd: 0.01))}},
            programmes: {{"p": (purpose: Maintenance, appropriation: {{2022: 300}})}},
            policies: {{"q": (rules: {{"p": (entitle: Amount("claim * x"), may_exceed_cost: true, ration: {ration})}})}},
            run: (draws: 64, seed: 1))"#
    );
    fs::write(&scenario, text).unwrap();
    scenario
}

const THREE: [(&str, u32, f64); 3] = [("A", 100, 2.0), ("B", 200, 1.0), ("C", 300, 1.0)];

fn awards(ration: &str) -> [f64; 3] {
    let folder = tempfile::tempdir().unwrap();
    let lines = central_lines(&written(folder.path(), &THREE, ration));
    ["A", "B", "C"].map(|name| lines[&(name.to_owned(), "award".to_owned())])
}

#[test]
fn every_rule_divides_a_pot_by_its_name() {
    // 300 of 100, 200, 300, to the cent.
    for (rule, expected) in [
        ("Proportional", [50.0, 100.0, 150.0]),
        ("AdjustedProportional", [50.0, 100.0, 150.0]),
        ("ConstrainedEqualAwards", [100.0, 100.0, 100.0]),
        ("ConstrainedEqualLosses", [0.0, 100.0, 200.0]),
        ("Talmud", [50.0, 100.0, 150.0]),
        ("ReverseTalmud", [50.0, 100.0, 150.0]),
        ("ConstrainedEgalitarian", [50.0, 100.0, 150.0]),
        ("Piniles", [50.0, 100.0, 150.0]),
        // 33 1/3, 83 1/3, 183 1/3: the cent left goes to the larger claim.
        ("MinimalOverlap", [33.33, 83.33, 183.34]),
        ("RandomArrival", [50.0, 100.0, 150.0]),
        ("AverageOfEqualAwardsAndLosses", [50.0, 100.0, 150.0]),
        // 4800/81, 8400/81, 11100/81 = 59.259, 103.704, 137.037.
        ("DominguezThomson", [59.26, 103.70, 137.04]),
        ("AverageOfAwards", [50.0, 100.0, 150.0]),
    ] {
        assert_eq!(awards(rule), expected, "{rule}");
    }
}

#[test]
fn weights_come_from_a_formula() {
    // λ (2 · 100 + 200 + 300) = 300: λ = 3/7, so 85.714, 85.714, 128.571.
    let weighted = awards("Proportional(weight: \"need\")");
    assert_eq!(weighted.iter().sum::<f64>(), 300.0);
    for (award, exact) in weighted.iter().zip([600.0 / 7.0, 600.0 / 7.0, 900.0 / 7.0]) {
        assert!((award - exact).abs() < 0.01, "{weighted:?}");
    }
    // 2 : 1 : 1 of 300 would be 150, 75, 75: the first has claimed 100, so 100 each.
    assert_eq!(awards("ConstrainedEqualAwards(weight: \"need\")"), [100.0; 3]);
    // 300 missing; 1/2 : 1 : 1 are 60, 120, 120.
    assert_eq!(awards("ConstrainedEqualLosses(weight: \"need\")"), [40.0, 80.0, 180.0]);
}

#[test]
fn a_weight_of_zero_somewhere_is_refused_with_its_municipality() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = written(folder.path(), &THREE, "Proportional(weight: \"need - 1\")");
    let output = folder.path().join("out");
    let run = dotacija().arg("run").arg(&scenario).arg("-o").arg(&output).assert().code(2);
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    for part in ["D0801", "need - 1", "B", "2022"] {
        assert!(said.contains(part), "{part} is missing in:\n{said}");
    }
    assert!(!output.exists());
}

#[test]
fn an_estimate_runs_where_it_is_asked_for_and_says_how_far_it_may_be_off() {
    let names: Vec<String> = (0..24).map(|row| format!("M{row:02}")).collect();
    let rows: Vec<(&str, u32, f64)> =
        names.iter().zip(1..).map(|(name, claim)| (name.as_str(), claim, 1.0)).collect();
    let folder = tempfile::tempdir().unwrap();
    // Claims of 1 to 24 EUR add up to 300 EUR; twice that is short.
    let rows: Vec<_> = rows.iter().map(|(name, claim, need)| (*name, claim * 2, *need)).collect();
    let refused = written(folder.path(), &rows, "RandomArrival");
    let check = dotacija().arg("check").arg(&refused).assert().code(2);
    let said = String::from_utf8(check.get_output().stderr.clone()).unwrap();
    assert!(said.contains("D0751") && said.contains("RandomArrival(estimate: true)"), "{said}");

    let asked = written(folder.path(), &rows, "RandomArrival(estimate: true)");
    let output = folder.path().join("out");
    let run = dotacija().arg("run").arg(&asked).arg("-o").arg(&output).assert().success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap()
        + &String::from_utf8_lossy(&run.get_output().stdout);
    assert!(said.contains("`RandomArrival` is estimated for `p` under `q`"), "{said}");
    let lines = central_lines(&asked);
    let awards: Vec<f64> =
        names.iter().map(|name| lines[&(name.clone(), "award".to_owned())]).collect();
    assert!((awards.iter().sum::<f64>() - 300.0).abs() < 1e-9);
    assert!(awards.windows(2).all(|pair| pair[0] <= pair[1]), "{awards:?}");
}
