//! The tiny scenario agrees with figures worked by hand, line by line, to the cent.

use crate::support::{dotacija, in_repository, rows};
use std::collections::BTreeMap;

type Key = (String, String, String, String, String);

fn by_line(rows: Vec<BTreeMap<String, String>>) -> BTreeMap<Key, f64> {
    rows.into_iter()
        .map(|row| {
            let of = |column: &str| row[column].clone();
            (
                (of("policy"), of("programme"), of("municipality"), of("year"), of("line")),
                row["value"].parse().unwrap(),
            )
        })
        .collect()
}

#[test]
fn every_line_on_the_central_path_is_that_of_the_hand_worked_table() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    dotacija()
        .arg("run")
        .arg(in_repository("scenarios/tiny/tiny.ron"))
        .args(["--draws", "64", "--central", "-o"])
        .arg(&output)
        .assert()
        .success();
    let found = by_line(rows(&output.join("worksheet.csv")));
    let expected = by_line(rows(&in_repository("scenarios/tiny/expected.csv")));
    assert!(expected.len() >= 60, "{}", expected.len());
    let mut wrong = Vec::new();
    for (key, expected) in &expected {
        match found.get(key) {
            None => wrong.push(format!("{key:?} is missing")),
            Some(found) => {
                let awarded = key.4 == "entitlement" || key.4 == "award";
                let agrees =
                    if awarded { found == expected } else { (found - expected).abs() < 0.005 };
                if !agrees {
                    wrong.push(format!("{key:?}: {found}, by hand {expected}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
