//! Real formulas as scenario files: every published row comes out on the central path.

use crate::support::{dotacija, in_repository, rows};
use std::collections::BTreeMap;
use std::path::Path;

/// The lines of a scenario's central path: `(municipality, year, line)` to the values of the
/// programmes that have such a line.
type Lines = BTreeMap<(String, String, String), Vec<f64>>;

fn central(scenario: &str) -> Lines {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    dotacija()
        .arg("run")
        .arg(in_repository(scenario))
        .args(["--central", "-o"])
        .arg(&output)
        .assert()
        .success();
    let mut lines = Lines::new();
    for row in rows(&output.join("worksheet.csv")) {
        let key = (row["municipality"].clone(), row["year"].clone(), row["line"].clone());
        lines.entry(key).or_default().push(row["value"].parse().unwrap());
    }
    lines
}

/// The largest deviation of a line from a published figure, and every one beyond its tolerance.
#[derive(Default)]
struct Deviations {
    compared: usize,
    largest: f64,
    beyond: Vec<String>,
}

impl Deviations {
    fn compare(&mut self, lines: &Lines, key: (&str, &str, &str), published: f64, tolerance: f64) {
        let (municipality, year, line) = key;
        let found = lines.get(&(municipality.into(), year.into(), line.into()));
        let found = found.unwrap_or_else(|| panic!("{key:?} is no line"));
        for value in found {
            let deviation = (value - published).abs();
            self.compared += 1;
            self.largest = self.largest.max(deviation);
            if deviation > tolerance || deviation.is_nan() {
                self.beyond.push(format!("{key:?}: {value}, published {published}"));
            }
        }
    }

    fn none_beyond(&self, compared: usize) {
        assert!(self.beyond.is_empty(), "{} off: {:#?}", self.beyond.len(), self.beyond);
        assert_eq!(self.compared, compared);
    }
}

fn published(path: &str) -> Vec<BTreeMap<String, String>> {
    rows(Path::new(&in_repository(path)))
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// Half a unit of the sixth decimal of the published weighted pupils is 0.0027 BRL at 5,361 BRL each.
#[test]
fn fundeb_levels_27_states_up_to_the_published_minimum() {
    let lines = central("scenarios/reference/brazil-fundeb/states.ron");
    let mut money = Deviations::default();
    let mut per_pupil = Deviations::default();
    for row in published("scenarios/reference/brazil-fundeb/stage1_vaaf_states.csv") {
        for line in ["fund_after_vaaf_brl", "complement_vaaf_brl"] {
            money.compare(&lines, (&row["uf"], "2024", line), number(&row, line), 0.003);
        }
        for line in ["value_per_pupil_before", "value_per_pupil_after"] {
            per_pupil.compare(&lines, (&row["uf"], "2024", line), number(&row, line), 1e-6);
        }
        // Official, to the cent: Portaria Interministerial MEC/MF 1/2024.
        per_pupil.compare(&lines, (&row["uf"], "2024", "vaaf_min"), 5_361.43, 0.005);
    }
    money.none_beyond(27 * 2);
    per_pupil.none_beyond(27 * 3);
}

#[test]
fn fundeb_from_the_pupils_of_5595_governments_comes_to_the_same_sums() {
    let lines = central("scenarios/reference/brazil-fundeb/governments.ron");
    let states: BTreeMap<String, BTreeMap<String, String>> =
        published("scenarios/reference/brazil-fundeb/stage1_vaaf_states.csv")
            .into_iter()
            .map(|row| (row["uf"].clone(), row))
            .collect();
    let mut found = Deviations::default();
    for row in published("scenarios/reference/brazil-fundeb/enrolments.csv") {
        let state = &states[&row["uf"]];
        for (line, tolerance) in [
            // The published figure has six decimals.
            ("weighted_enrolment", 1e-6),
            // As far as the R package itself agrees with an independent computation.
            ("fund_after_vaaf_brl", 3.1e-5),
            ("complement_vaaf_brl", 3.1e-5),
            ("value_per_pupil_before", 1e-6),
            ("value_per_pupil_after", 1e-6),
        ] {
            found.compare(&lines, (&row["ibge"], "2024", line), number(state, line), tolerance);
        }
    }
    found.none_beyond(5_595 * 5);
}

#[test]
fn the_levelling_rule_fills_32_funds_as_published() {
    let lines = central("scenarios/reference/brazil-fundeb/levelling.ron");
    let mut found = Deviations::default();
    for row in published("scenarios/reference/brazil-fundeb/tiny_levelling_test.csv") {
        found.compare(&lines, (&row["id"], "2024", "renda_pc"), number(&row, "renda_pc"), 1e-12);
        let after = number(&row, "recursos_pos");
        found.compare(&lines, (&row["id"], "2024", "recursos_pos"), after, 1e-9);
    }
    found.none_beyond(32 * 2);
}

#[test]
fn hill_burton_divides_eleven_years_as_quoted() {
    let lines = central("scenarios/reference/hill-burton/hill-burton.ron");
    let mut found = Deviations::default();
    let quoted = published("scenarios/reference/hill-burton/quoted.csv");
    for row in &quoted {
        let key = (row["state"].as_str(), row["year"].as_str(), "predicted_allocation");
        found.compare(&lines, key, number(row, "predicted_allocation"), 1e-6);
    }
    found.none_beyond(33);
    // In 1947 there is no floor, so that all 48 sums add up to what was appropriated.
    let of_1947 =
        |key: &&(String, String, String)| key.1 == "1947" && key.2 == "predicted_allocation";
    let all: Vec<f64> = lines.keys().filter(of_1947).map(|key| lines[key][0]).collect();
    assert_eq!(all.len(), 48);
    assert!((all.iter().sum::<f64>() - 75e6).abs() < 1e-6);
}

#[test]
fn the_three_grants_of_the_dgf_give_what_72_cases_expect() {
    let lines = central("scenarios/reference/french-dgf/dgf.ron");
    let expected = published("scenarios/reference/french-dgf/expected.csv");
    let mut found = Deviations::default();
    let mut cases = std::collections::BTreeSet::new();
    for row in &expected {
        cases.insert(row["commune"].split('/').next().unwrap().to_owned());
        let key = (row["commune"].as_str(), "2020", row["line"].as_str());
        found.compare(&lines, key, number(row, "value"), number(row, "tolerance"));
    }
    assert!(found.beyond.is_empty(), "{} off: {:#?}", found.beyond.len(), found.beyond);
    assert_eq!((cases.len(), expected.len()), (72, 398));
    // Lines that two grants have are compared in both.
    assert!(found.compared >= 398, "{}", found.compared);
}
