//! New Jersey's school aid comes out of a scenario to the dollar, district by district.

use crate::support::{central_lines, in_repository, rows};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const FOLDER: &str = "scenarios/reference/new-jersey-school-aid";
const SCENARIO: &str = "new-jersey-school-aid.ron";
const TABLE: &str = "nj_districts.csv";

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// Runs the scenario with its table, and compares all that the table says with the lines. Returns
/// how many figures were compared.
fn compare(folder: &Path) -> usize {
    let districts = rows(&folder.join(TABLE));
    let lines = central_lines(&folder.join(SCENARIO));
    let (mut compared, mut wrong) = (0, Vec::new());
    for district in &districts {
        let line = |name: &str| lines[&(district["district"].clone(), name.to_owned())];
        let published = district.keys().filter_map(|column| column.strip_prefix("out_"));
        for name in published {
            compared += 1;
            let (found, published) = (line(name), number(district, &format!("out_{name}")));
            // Whole dollars, and the ratio of a county to four decimals: to the bit.
            if found != published {
                wrong.push(format!("{} {name}: {found}, published {published}", district["name"]));
            }
        }
        let aid = number(district, "in_prebudget_aid") + number(district, "out_total_change");
        for name in ["aid", "award"] {
            if line(name) != aid {
                wrong.push(format!("{} {name}: {}, published {aid}", district["name"], line(name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}: {wrong:#?}", wrong.len());
    compared
}

#[test]
fn every_published_figure_of_every_district_comes_out_to_the_dollar() {
    // 401 districts of 21 figures.
    assert_eq!(compare(&in_repository(FOLDER)), 401 * 21);
}

/// The scenario with the rows of the published table that are asked for.
fn compare_rows(keep: impl Fn(&[&str]) -> bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let from = in_repository(FOLDER);
    fs::copy(from.join(SCENARIO), folder.path().join(SCENARIO)).unwrap();
    let table = fs::read_to_string(from.join(TABLE)).unwrap();
    let mut lines = table.lines();
    let mut kept = vec![lines.next().unwrap()];
    kept.extend(lines.filter(|line| keep(&line.split(',').collect::<Vec<_>>())));
    fs::write(folder.path().join(TABLE), kept.join("\n")).unwrap();
    compare(folder.path())
}

#[test]
fn other_rows_run_as_they_are() {
    // The four districts for which the law makes exceptions: no cell says that it makes none.
    const FLAG_D4: usize = 20;
    assert_eq!(compare_rows(|row| row[FLAG_D4] == "NO"), 4 * 21);
    // One district, a county's vocational school.
    assert_eq!(compare_rows(|row| row[0] == "0290"), 21);
    // One county, whose codes without their first zero would be numbers.
    assert!(compare_rows(|row| row[2] == "19") > 21);
}
