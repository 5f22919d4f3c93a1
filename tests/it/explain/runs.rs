//! A finished run explains its figures with its own settings, seed and draws.

use super::{dotacija, in_repository};
use crate::support::rows;
use std::fs;
use std::path::Path;

fn run(output: &Path, arguments: &[&str]) {
    dotacija()
        .args(["run", "scenarios/tiny/tiny.ron", "--quiet", "--central", "-o"])
        .arg(output)
        .args(arguments)
        .current_dir(in_repository(""))
        .assert()
        .success();
}

fn explain(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    dotacija()
        .arg("explain")
        .arg(folder)
        .args(["--policy=workload", "--programme=maintenance", "--municipality=01", "--year=2023"])
        .args(arguments)
        .assert()
}

fn said(assert: &assert_cmd::assert::Assert) -> (String, String) {
    let output = assert.get_output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_last_line_is_the_award_of_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    run(&output, &["--draws=96", "--seed=5", "--set", "levers.rate_case=2"]);
    let (text, errors) = said(&explain(&output, &[]).success());
    assert!(errors.is_empty(), "{errors}");
    let award = rows(&output.join("worksheet.csv")).into_iter().find(|row| {
        (&*row["policy"], &*row["programme"], &*row["municipality"], &*row["year"], &*row["line"])
            == ("workload", "maintenance", "01", "2023", "award")
    });
    let award: f64 = award.unwrap()["value"].parse().unwrap();
    assert_eq!(text.lines().last(), Some(&*format!("award = {award:.2} EUR")));
    assert!(text.contains("rate_case = 2: lever [EUR/case], --set levers.rate_case=2"), "{text}");
    let (drawn, _) = said(&explain(&output, &["--draw=95"]).success());
    assert!(drawn.contains("draw 95 of 96, counted from 0 (seed 5, plan Random)"), "{drawn}");
    let (_, errors) = said(&explain(&output, &["--draw=96"]).code(2));
    assert!(errors.contains("the run has 96, from 0"), "{errors}");
    // On top of the run's settings.
    let (again, _) = said(&explain(&output, &["--set", "levers.rate_case=3"]).success());
    assert!(again.contains("rate_case = 3"), "{again}");
}

#[test]
fn what_is_no_run_of_ours_or_has_changed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let refused = |folder: &Path| said(&explain(folder, &[]).code(2)).1;
    assert!(
        refused(&empty).contains("is not the folder of a finished run: it has no `manifest.json`")
    );
    for text in ["not JSON", "{}", r#"{"program": "other"}"#] {
        fs::write(empty.join("manifest.json"), text).unwrap();
        assert!(refused(&empty).contains("its `manifest.json` is not one of ours"), "{text}");
    }
    let output = folder.path().join("run");
    run(&output, &["--draws=64"]);
    let table = output.join("scenario/municipalities.csv");
    let text = fs::read_to_string(&table).unwrap().replace("23000", "24000");
    fs::write(&table, text).unwrap();
    let errors = refused(&output);
    assert!(errors.contains("`scenario/municipalities.csv` changed or are missing"), "{errors}");
    assert!(errors.contains("D0791"), "{errors}");
}
