//! Brazil's FPM comes out of a scenario, municipality by municipality, within the cents of its
//! instalments.

use crate::support::{central_lines, in_repository, rows};
use std::fs;

const FOLDER: &str = "scenarios/reference/brazil-fpm";

/// What a year is known to hold: rows, rows off the rule, and the greatest deviations of the others.
struct Known {
    year: i32,
    rows: usize,
    off_the_rule: usize,
    brl: f64,
    relative: f64,
}

fn compare(known: &Known) {
    let folder = in_repository(FOLDER);
    let year = known.year;
    let municipalities = rows(&folder.join(format!("fpm_{year}.csv")));
    let lines = central_lines(&folder.join(format!("fpm-{year}.ron")));
    let (mut off, mut brl, mut relative) = (0, 0.0_f64, 0.0_f64);
    for municipality in &municipalities {
        let line = |name: &str| lines[&(municipality["ibge_code"].clone(), name.to_owned())];
        let published = |name: &str| municipality[name].parse::<f64>().unwrap();
        let code = &municipality["ibge_code"];
        assert_eq!(line("coefficient"), published("coefficient"), "{year} {code}");
        let deviation = (line("fpm") - published("fpm_brl")).abs();
        let share = deviation / published("fpm_brl");
        if municipality["in_rule"] == "1" {
            (brl, relative) = (brl.max(deviation), relative.max(share));
        } else {
            // What marked them: more than 2e-6 of what the table would give.
            assert!(share > 2e-6, "{year} {code} is on the rule");
            off += 1;
        }
    }
    assert_eq!((municipalities.len(), off), (known.rows, known.off_the_rule), "{year}");
    assert!(brl <= known.brl + 0.005, "{year}: {brl} BRL");
    assert!(relative <= known.relative, "{year}: {relative}");
}

#[test]
fn every_municipality_on_the_rule_receives_what_the_treasury_paid() {
    // Deviations as found by an independent computation, the second rounded up.
    compare(&Known { year: 2012, rows: 5290, off_the_rule: 15, brl: 10.56, relative: 1.6e-6 });
    compare(&Known { year: 2014, rows: 5289, off_the_rule: 8, brl: 6.59, relative: 8.5e-7 });
    compare(&Known { year: 2015, rows: 5285, off_the_rule: 8, brl: 4.94, relative: 8.9e-7 });
}

#[test]
fn both_sides_of_every_step_have_the_coefficient_of_the_table() {
    let table = in_repository("tests/reference/funding_formulas/br_fpm/brackets.json");
    let table: serde_json::Value = serde_json::from_slice(&fs::read(table).unwrap()).unwrap();
    let brackets = table["brackets"].as_array().unwrap();
    // The last of each bracket, the first of the next, and far beyond the last.
    let mut expected: Vec<(u64, f64)> = vec![(1, 0.6), (1_000_000, 4.0)];
    for pair in brackets.windows(2) {
        let last = pair[0]["max_population"].as_u64().unwrap();
        let coefficient = |bracket: &serde_json::Value| bracket["coefficient"].as_f64().unwrap();
        expected.extend([(last, coefficient(&pair[0])), (last + 1, coefficient(&pair[1]))]);
    }
    assert_eq!(expected.len(), 2 + 2 * 17);

    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("fpm-2015.ron");
    fs::copy(in_repository(FOLDER).join("fpm-2015.ron"), &scenario).unwrap();
    let mut rows = "uf,ibge_code,population,coefficient,fpm_brl,in_rule".to_owned();
    for (people, coefficient) in &expected {
        rows += &format!("\nXX,p{people},{people},{coefficient},1000,1");
    }
    fs::write(folder.path().join("fpm_2015.csv"), rows).unwrap();
    let lines = central_lines(&scenario);
    for (people, coefficient) in expected {
        let found = lines[&(format!("p{people}"), "coefficient".to_owned())];
        assert_eq!(found, coefficient, "{people} people");
    }
}
