//! Small published examples come out of their scenarios within the tolerance of each.

use crate::support::{central_lines, in_repository};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const FOLDER: &str = "scenarios/reference/worked-examples";

/// The scenario of a case, by the beginning of its id, and its line where one figure is published.
const SCENARIOS: [(&str, &str, &str); 5] = [
    ("barnett", "barnett", "consequential_million_gbp"),
    ("ph_nta", "national-tax-allotment", "allotment_bn_php"),
    ("fundeb_complement", "fundeb-complement", "complement_brl"),
    ("br_cide", "fuel-levy", ""),
    ("lv_pfi", "equalisation-grant", ""),
];

#[test]
fn every_published_figure_comes_out_within_its_tolerance() {
    let folder = in_repository(FOLDER);
    let file = fs::read(folder.join("small_worked_examples.json")).unwrap();
    let file: Value = serde_json::from_slice(&file).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let lines: BTreeMap<&str, _> = SCENARIOS
        .iter()
        .map(|(_, name, _)| (*name, central_lines(&folder.join(format!("{name}.ron")))))
        .collect();
    let mut compared = 0;
    for case in cases {
        let id = case["id"].as_str().unwrap();
        let of = |(prefix, ..): &&(&str, &str, &str)| id.starts_with(prefix);
        let (_, name, only) = SCENARIOS.iter().find(of).unwrap();
        let published: Vec<(&str, f64)> = match &case["expected"] {
            Value::Object(figures) => {
                figures.iter().map(|(line, figure)| (&**line, figure.as_f64().unwrap())).collect()
            }
            figure => vec![(*only, figure.as_f64().unwrap())],
        };
        let tolerance = case["tolerance"]["abs"].as_f64().unwrap();
        for (line, published) in published {
            let found = lines[name][&(id.to_owned(), line.to_owned())];
            assert!((found - published).abs() <= tolerance, "{id} {line}: {found}, {published}");
            compared += 1;
        }
    }
    // 1 + 4 + 2 cases of one figure, 6 of three, 1 of two.
    assert_eq!((cases.len(), compared), (14, 27));
}
