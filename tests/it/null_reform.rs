//! A policy compared with a copy of itself differs by exactly nothing, in both network modes.

use crate::support::{copy_folder, dotacija, in_repository, rows};
use std::fs;

#[test]
fn a_copy_of_the_baseline_is_unchanged_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("latvia");
    copy_folder(&in_repository("scenarios/latvia"), &copy);
    let original = in_repository("scenarios/latvia/network-592.ron");
    let text = fs::read_to_string(original).unwrap();
    assert!(text.contains("policies"), "the scenario has its policies in place");
    for mode in ["WhenReady", "WhenFunded"] {
        // The copy is made by a reform of the national scenario: the same rules under another name.
        let scenario = copy.join("null.ron");
        fs::write(&scenario, NULL_REFORM).unwrap();
        let output = folder.path().join(mode);
        dotacija()
            .arg("run")
            .arg(&scenario)
            .args(["--draws", "130", "--set", &format!("network.mode={mode}"), "-o"])
            .arg(&output)
            .assert()
            .success();
        let verdicts = rows(&output.join("verdicts.csv"));
        assert!(verdicts.len() > 1_000, "{}", verdicts.len());
        for row in &verdicts {
            for column in ["difference_mean", "difference_mcse", "p_more", "p_less"] {
                assert_eq!(row[column].parse::<f64>().unwrap(), 0.0, "{mode}: {row:?}");
            }
            assert_eq!(row["verdict"], "unchanged", "{mode}: {row:?}");
        }
        let awards = rows(&output.join("awards.csv"));
        let of = |policy: &str| -> Vec<String> {
            let rows = awards.iter().filter(|row| row["policy"] == policy);
            rows.map(|row| {
                format!(
                    "{}{}{}{}{}",
                    row["programme"], row["municipality"], row["year"], row["mean"], row["p95"]
                )
            })
            .collect()
        };
        assert_eq!(of("as it is"), of("a copy"));
        assert!(!of("a copy").is_empty());
    }
}

const NULL_REFORM: &str = r#"Scenario(
    format: 1,
    title: "A reform that changes nothing",
    base: "network-592.ron",
    policies: {
        "as it is": (rules: {
            "investment": (entitle: CostShare(share: 0.7, cap: {"local": 7_200, "county": 10_000, "regional": 50_000})),
            "maintenance": (entitle: FlatPerPoint(monthly: {"local": 500, "county": 500, "regional": 1_000, "national": 1_000}, upkeep: 0.15)),
        }),
        "a copy": (rules: {
            "investment": (entitle: CostShare(share: 0.7, cap: {"local": 7_200, "county": 10_000, "regional": 50_000})),
            "maintenance": (entitle: FlatPerPoint(monthly: {"local": 500, "county": 500, "regional": 1_000, "national": 1_000}, upkeep: 0.15)),
        }),
    },
    baseline: "as it is",
)
"#;
