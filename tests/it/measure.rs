//! `dotacija measure`: reference cases, formats and messages.

use crate::support::{dotacija, in_repository};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Standard output of the command in a folder, which must succeed.
fn shown(folder: &Path, arguments: &[&str]) -> String {
    let run = dotacija().arg("measure").args(arguments).current_dir(folder).assert().success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

/// Standard error of the command, which must end with status 2.
fn refused(table: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.csv"), table).unwrap();
    let run = dotacija()
        .args(["measure", "t.csv"])
        .args(arguments)
        .current_dir(folder.path())
        .assert()
        .code(2);
    assert!(run.get_output().stdout.is_empty());
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

/// A column of numbers as texts: given, or of a data set of the reference.
fn column(reference: &Value) -> Vec<String> {
    if let Some(numbers) = reference.as_array() {
        return numbers.iter().map(ToString::to_string).collect();
    }
    let name = reference.as_str().unwrap().trim_start_matches("dataset:");
    let (file, column, province) = match name {
        "ilocos_all" => ("ilocos.csv", "income", None),
        "ilocos_family_size" => ("ilocos.csv", "family.size", None),
        "pangasinan" => ("ilocos.csv", "income", Some("Pangasinan")),
        _ => ("mexico.csv", name.trim_start_matches("mexico."), None),
    };
    let mut reader =
        csv::Reader::from_path(in_repository("tests/reference/inequality").join(file)).unwrap();
    let at = reader.headers().unwrap().iter().position(|title| title == column).unwrap();
    let rows = reader.records().map(Result::unwrap);
    let kept = rows.filter(|row| province.is_none_or(|province| &row[2] == province));
    kept.map(|row| row[at].to_owned()).collect()
}

#[test]
fn every_case_of_the_reference_is_met_by_the_command() {
    let path = in_repository("tests/reference/inequality/inequality_cases.json");
    let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for case in cases {
        let (id, input) = (&case["id"], &case["input"]);
        let amounts = if case["kind"] == "progressivity" { "tax" } else { "values" };
        let mut columns = vec![("x", column(&input[amounts]))];
        let mut arguments = vec!["t.csv", "--column", "x", "--format", "json"];
        for (name, option, field) in
            [("w", "--weight", "weights"), ("g", "--groups", "groups"), ("y", "--income", "income")]
        {
            if !input[field].is_null() {
                columns.push((name, column(&input[field])));
                arguments.extend([option, name]);
            }
        }
        let titles: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let mut table = titles.join(",") + "\n";
        for row in 0..columns[0].1.len() {
            let cells: Vec<&str> = columns.iter().map(|(_, cells)| cells[row].as_str()).collect();
            table.push_str(&(cells.join(",") + "\n"));
        }
        fs::write(folder.path().join("t.csv"), table).unwrap();
        let found: Value = serde_json::from_str(&shown(folder.path(), &arguments)).unwrap();
        let expected = match &case["expected"] {
            Value::Object(figures) => figures.clone(),
            figure => [(input["index"].as_str().unwrap().to_owned(), figure.clone())]
                .into_iter()
                .collect(),
        };
        for (key, expected) in expected {
            let found = match input["p"].as_f64() {
                Some(p) => &found[&key][p.to_string()],
                None => &found[&key],
            };
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            let tolerance = &case["tolerance"];
            let relative = tolerance["rel"].as_f64().map(|rel| rel * expected.abs());
            let allowed = tolerance["abs"].as_f64().or(relative).unwrap();
            assert!((found - expected).abs() <= allowed, "{id}, {key}: {found} for {expected}");
        }
    }
    assert_eq!(cases.len(), 131);
}

#[test]
fn the_three_formats_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    // Semicolons and decimal commas; 1, 3 and 6 of 10.
    fs::write(folder.path().join("t.csv"), "\u{feff}who;sum\r\na;1,0\r\nb;3,0\r\nc;6,0\r\n")
        .unwrap();
    let of = |format| shown(folder.path(), &["t.csv", "--column", "sum", "--format", format]);
    let json: Value = serde_json::from_str(&of("json")).unwrap();
    assert_eq!((&json["rows"], &json["total"]), (&Value::from(3), &Value::from(10.0)));
    // G = (1 · (−2) + 3 · 0 + 6 · 2) / (3 · 10) = 1/3.
    assert!((json["gini"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-15);
    let csv = of("csv");
    assert!(csv.starts_with("index,p,value\ngini,,0.33333333333333"), "{csv}");
    // Half of the second third: 0.1 + 0.3 / 2.
    let half = csv.lines().find_map(|line| line.strip_prefix("lorenz_ordinate,0.5,")).unwrap();
    assert!((half.parse::<f64>().unwrap() - 0.25).abs() < 1e-15, "{csv}");
    let table = of("table");
    assert!(table.starts_with("sum: 3 rows, total 10, mean 3.33333\n"), "{table}");
    assert!(table.contains("  gini                 0.333333  Gini coefficient"), "{table}");
}

#[test]
fn what_has_no_meaning_is_empty_and_null() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.csv"), "x,w\n0,1\n5,2\n").unwrap();
    let arguments = ["t.csv", "--column", "x", "--weight", "w", "--format"];
    let csv = shown(folder.path(), &[arguments.as_slice(), &["csv"]].concat());
    assert!(csv.contains("\ntheil_L,,\n") && csv.contains("\ncv_sample,,\n"), "{csv}");
    let json = shown(folder.path(), &[arguments.as_slice(), &["json"]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["theil_L"], &json["atkinson_1"]), (&Value::Null, &Value::from(1.0)));
}

#[test]
fn every_problem_is_told_with_its_place() {
    let told = refused("x,w\n-1,1\nNaN,2\n,3\n4,-4\n", &["--column", "x", "--weight", "w"]);
    for part in
        ["line 2 holds -1", "line 3 should be a number", "line 4 is empty", "line 5 holds -4"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let told = refused("x\n1\n", &["--column", "y", "--groups", "z"]);
    assert!(told.contains("no column `y`") && told.contains("no column `z`"), "{told}");
    assert!(told.contains("1 | dotacija measure t.csv --column y --groups z"), "{told}");
    let told = refused("x\n0\n0\n", &["--column", "x"]);
    assert!(told.contains("error[D0764]: every amount in `x` is 0"), "{told}");
    let told = refused("x,y\n1,0\n2,0\n", &["--column", "x", "--income", "y"]);
    assert!(told.contains("error[D0764]: the incomes in `y` add up to nothing"), "{told}");
    let told = refused("x\n1\n", &["--column", "x", "--lorenz", "1.5"]);
    assert!(told.contains("1.5 is not from 0 to 1"), "{told}");
}

#[test]
fn a_file_that_is_not_there_is_told_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("incomes.csv"), "x\n1\n").unwrap();
    let run = dotacija()
        .args(["measure", "income.csv", "--column", "x"])
        .current_dir(folder.path())
        .assert()
        .code(2);
    let told = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(told.contains("there is no such file") && told.contains("`incomes.csv`"), "{told}");
}
