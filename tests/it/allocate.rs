//! `dotacija allocate`: reference cases, formats, edge cases, pictures and messages.

use crate::support::{dotacija, in_repository};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// What the command says of a table in a folder of its own: status, standard output and error.
fn said(table: &str, arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    said_in(folder.path(), table, arguments)
}

fn said_in(folder: &Path, table: &str, arguments: &[&str]) -> (i32, String, String) {
    fs::write(folder.join("claims.csv"), table).unwrap();
    let output = dotacija()
        .args(["allocate", "claims.csv"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Standard output, which must be there.
fn shown(table: &str, arguments: &[&str]) -> String {
    let (status, out, told) = said(table, arguments);
    assert_eq!(status, 0, "{told}");
    out
}

/// Standard error of a command that ends with status 2 and prints no result.
fn refused(table: &str, arguments: &[&str]) -> String {
    let (status, out, told) = said(table, arguments);
    assert_eq!((status, out.as_str()), (2, ""), "{told}");
    told
}

/// The awards of CSV without quotes.
fn awards(csv: &str) -> Vec<f64> {
    csv.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse().unwrap()).collect()
}

fn cases(path: &str) -> Vec<Value> {
    let path = in_repository("tests/reference").join(path);
    let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// A table of claims in the order given.
fn table(claims: &[f64]) -> String {
    let rows = claims.iter().enumerate().map(|(index, claim)| format!("c{index:03},{claim}\n"));
    "name,claim\n".to_owned() + &rows.collect::<String>()
}

const PLAIN: &str = "name,claim\na,100\nb,200\nc,300\n";

#[test]
fn every_case_of_the_claims_problem_is_met_by_the_command() {
    let cases = cases("claims_rules/claims_cases.json");
    for case in &cases {
        let input = &case["input"];
        // What the reference calls otherwise.
        let rule = match input["rule"].as_str().unwrap() {
            "average_cea_cel" => "AverageOfEqualAwardsAndLosses",
            other => other,
        };
        let (claims, pot) = (numbers(&input["claims"]), input["estate"].to_string());
        let arguments = ["--rule", rule, "--appropriation", &pot, "--round", "none", "--estimate"];
        let found = awards(&shown(&table(&claims), &arguments));
        let allowed = case["tolerance"]["rel_to_sum_claims"].as_f64().unwrap();
        let allowed = allowed * claims.iter().sum::<f64>();
        for (found, expected) in found.iter().zip(numbers(&case["expected"])) {
            assert!((found - expected).abs() <= allowed, "{}: {found} for {expected}", case["id"]);
        }
    }
    assert_eq!(cases.len(), 310);
}

#[test]
fn every_case_of_apportionment_is_met_by_the_command() {
    // Methods that the program has no use for; `src/allocation/published.rs` has the reasons.
    let listed = ["by75_ex1_dean", "by75_ex1_quota", "by75_ex2_dean", "by75_ex2_quota"];
    let cases = cases("apportionment/apportionment_cases.json");
    let mut run = 0;
    for case in &cases {
        let (id, input) = (case["id"].as_str().unwrap(), &case["input"]);
        if listed.contains(&id) {
            continue;
        }
        let method = match input["method"].as_str().unwrap() {
            "hamilton" => "LargestRemainder",
            other => other,
        };
        let mut weights = numbers(&input["weights"]);
        let least = input["threshold_share"].as_f64().unwrap_or(0.0) * weights.iter().sum::<f64>();
        weights.iter_mut().filter(|weight| **weight < least).for_each(|weight| *weight = 0.0);
        let (seats, each) = (input["seats"].to_string(), input["min_each"].to_string());
        let arguments = ["--rule", "Proportional", "--appropriation", &seats, "--round", "1"];
        let more = ["--method", method, "--at-least", &each];
        let found = awards(&shown(&table(&weights), &[arguments.as_slice(), &more].concat()));
        assert_eq!(found, numbers(&case["expected"]), "{id}");
        run += 1;
    }
    assert_eq!((run, listed.len(), cases.len()), (43, 4, 47));
}

#[test]
fn one_rule_gives_a_column_of_awards_and_several_a_column_each() {
    let one = shown(PLAIN, &["--rule", "Talmud", "--appropriation", "200"]);
    assert_eq!(one, "name,claim,award\na,100,50.00\nb,200,75.00\nc,300,75.00\n");
    // Thirds of 200: the cent left goes to the larger claims; capitals and underscores are free.
    let rules = ["--rule", "talmud", "--rule", "constrained_equal_awards"];
    let arguments = [rules.as_slice(), &["--appropriation", "200", "--round", "1"]].concat();
    let two = shown(PLAIN, &arguments);
    assert_eq!(
        two,
        "name,claim,Talmud,ConstrainedEqualAwards\na,100,50,66\nb,200,75,67\nc,300,75,67\n"
    );
    let table = shown(PLAIN, &[arguments.as_slice(), &["--format", "table"]].concat());
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows[0], "name     claim  Talmud  ConstrainedEqualAwards");
    assert_eq!(rows[4], "sum        600     200                     200");
    let json = shown(PLAIN, &[arguments.as_slice(), &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["awards"][2]["ConstrainedEqualAwards"], 67.0);
    assert_eq!((&json["claimed"], &json["rules"][0]["awarded"]), (&600.0.into(), &200.0.into()));
}

#[test]
fn the_order_of_rows_changes_no_award() {
    let straight = "name,claim\na,100\nb,100\nc,100\n";
    let turned = "name,claim\nc,100\na,100\nb,100\n";
    let arguments = ["--rule", "Proportional", "--appropriation", "100"];
    assert_eq!(awards(&shown(straight, &arguments)), [33.34, 33.33, 33.33]);
    assert_eq!(awards(&shown(turned, &arguments)), [33.33, 33.34, 33.33]);
}

#[test]
fn classes_scores_and_weights_are_read_where_they_are() {
    let table = "name,claim,class,score\na,100,2,9\nb,200,1,5\nc,300,1,7\n";
    let proportional = shown(table, &["--rule", "Proportional", "--appropriation", "250"]);
    assert_eq!(awards(&proportional), [0.0, 100.0, 150.0]);
    // The first class in order of score: 300, then 200 does not fit, and a is of a later class.
    let (status, out, told) =
        said(table, &["--rule", "RankedCompetition", "--appropriation", "450"]);
    assert_eq!((status, awards(&out)), (0, vec![0.0, 0.0, 300.0]));
    assert!(told.contains("RankedCompetition leaves 150 of the pot unspent"), "{told}");
    // λ (2 · 100 + 200 + 300) = 350.
    let weighted = "name,claim,weight\na,100,2\nb,200,1\nc,300,1\n";
    let found = shown(weighted, &["--rule", "Proportional", "--appropriation", "350"]);
    assert_eq!(awards(&found), [100.0, 100.0, 150.0]);
    let told = refused(weighted, &["--rule", "Talmud", "--appropriation", "350"]);
    assert!(told.contains("`Talmud` has no weighted form"), "{told}");
}

#[test]
fn tables_of_spreadsheets_are_read_and_odd_names_survive() {
    let folder = tempfile::tempdir().unwrap();
    let table = "\u{feff}name;claim\r\n=1+1;1 234,50\r\n\"x\ny\";65,50\r\n\"a,b\";700,00\r\n";
    let arguments = ["--rule", "Proportional", "--appropriation", "1000"];
    let (status, out, told) = said_in(folder.path(), table, &arguments);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("separator semicolon, decimal comma"), "{told}");
    // Half of each of 2,000; what a spreadsheet would compute begins with an apostrophe.
    assert_eq!(
        out,
        "name,claim,award\n'=1+1,1234.5,617.25\n\"x\ny\",65.5,32.75\n\"a,b\",700,350.00\n"
    );
}

#[test]
fn huge_and_tiny_claims_stand_together_to_the_cent() {
    let table = "name,claim\nhuge,1000000000000\nmid,55.55\ntiny,0.01\n";
    for rule in dotacija::allocation::rationing::RULES {
        let pot = "500000000000.01";
        let found = shown(table, &["--rule", rule.name(), "--appropriation", pot]);
        let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
        let sum: i64 =
            found.lines().skip(1).map(|line| cents(line.rsplit(',').next().unwrap())).sum();
        assert_eq!(sum, 50_000_000_000_001, "{}", rule.name());
    }
    // Without rounding the tiny one has its share too: 0.01 · 500 / 1000000000055.56.
    let exact =
        shown(table, &["--rule", "Proportional", "--appropriation", "500", "--round", "none"]);
    assert!((awards(&exact)[2] - 4.999_999_999_722e-12).abs() < 1e-21, "{exact}");
    let far = "name,claim\nhuge,1e300\ntiny,0.01\n";
    let told = refused(far, &["--rule", "Proportional", "--appropriation", "5"]);
    assert!(told.contains("error[D0761]: the claims add up to 1e300"), "{told}");
    let told = refused(far, &["--rule", "Proportional", "--appropriation", "5", "--round", "none"]);
    assert!(told.contains("error[D0761]: column `claim`, line 3 holds 1e-2"), "{told}");
}

#[test]
fn a_pot_above_the_sum_pays_all_and_says_what_is_left() {
    let (status, out, told) = said(PLAIN, &["--rule", "Talmud", "--appropriation", "1000"]);
    assert_eq!((status, awards(&out)), (0, vec![100.0, 200.0, 300.0]));
    assert!(told.contains("note: the pot of 1000 covers all claims, 600"), "{told}");
    let one = shown("name,claim\na,5\n", &["--rule", "Piniles", "--appropriation", "3"]);
    assert_eq!(one, "name,claim,award\na,5,3.00\n");
    assert_eq!(awards(&shown(PLAIN, &["--rule", "Talmud", "--appropriation", "0"])), [0.0; 3]);
    // No award exceeds its claim, so 0.7 + 0.7 of euro is nothing in units of 1.
    let (_, out, told) = said(
        "name,claim\na,0.7\nb,0.7\n",
        &["--rule", "Talmud", "--appropriation", "1.2", "--round", "1"],
    );
    assert_eq!(awards(&out), [0.0, 0.0]);
    assert!(told.contains("leaves 1.2 of the pot unspent"), "{told}");
}

#[test]
fn every_wrong_cell_is_told_with_its_line() {
    let table = "name,claim\na,-5\nb,NaN\nc,inf\nd,\n,7\ne,abc\n";
    let told = refused(table, &["--rule", "Proportional", "--appropriation", "10"]);
    for part in [
        "line 2 holds -5, which should be 0 or more",
        "line 3 should be a number, found `NaN`",
        "line 4 should be a number, found `inf`",
        "line 5 is empty",
        "line 6 is empty",
        "line 7 should be a number, found `abc`",
        "6 errors",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let proportional = ["--rule", "Proportional", "--appropriation", "10"];
    assert!(refused("", &proportional).contains("this table is empty"));
    assert!(refused("name,claim\n", &proportional).contains("a header line and no rows"));
    assert!(refused("name,sum\na,1\n", &proportional).contains("has no column `claim`"));
    let told = refused("name,claim,class,weight\na,1,1.5,0\n", &proportional);
    assert!(told.contains("class 1.5, which should be a whole number"), "{told}");
    assert!(told.contains("holds 0, which should be more than 0"), "{told}");
    let told = refused(PLAIN, &["--rule", "RankedCompetition", "--appropriation", "10"]);
    assert!(told.contains("has no column `score`"), "{told}");
    // What is no number does not hide what is out of range, in any column.
    let table = "name,claim,class,weight\na,1,0,-1\nb,2,,\nc,3,1.5,0\n";
    let told = refused(table, &proportional);
    for part in [
        "line 2 holds the class 0, which should be a whole number from 1",
        "line 4 holds the class 1.5",
        "line 2 holds -1, which should be more than 0",
        "line 4 holds 0, which should be more than 0",
        "6 errors",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let two = refused("name;claim\na;1.234\n", &proportional);
    assert!(two.contains("write numbers with a decimal point") && !two.contains("Table("), "{two}");
}

#[test]
fn what_numbers_cannot_hold_is_refused_and_a_pot_is_told_as_it_was_entered() {
    let table = "name,claim\na,1234567890123456.78\nb,1234567890123456.78\n";
    let told = refused(table, &["--rule", "Proportional", "--appropriation", "5"]);
    assert!(told.contains("error[D0761]") && told.contains("15 digits"), "{told}");
    let (code, _, said) =
        said("name,claim\na,100\n", &["--rule", "Proportional", "--appropriation", "1e30"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("the pot of 1000000000000000000000000000000 covers all"), "{said}");
}

#[test]
fn an_estimate_that_would_not_end_is_refused() {
    let rows: Vec<String> = (0..20_001).map(|row| format!("n{row},{}", row + 1)).collect();
    let table = format!("name,claim\n{}\n", rows.join("\n"));
    let way = ["--rule", "AverageOfAwards", "--estimate", "--appropriation", "100"];
    let told = refused(&table, &way);
    assert!(told.contains("can be estimated for up to 20000 claims"), "{told}");
}

#[test]
fn every_wrong_option_is_told_with_what_to_write() {
    let told = refused(
        PLAIN,
        &["--rule", "Prop", "--rule", "Talmudd", "--appropriation", "1", "--method", "Webstar"],
    );
    for near in ["`Proportional`", "`Talmud`", "`Webster`"] {
        assert!(told.contains(&format!("did you mean {near}?")), "{told}");
    }
    let of = |option: &str, value: &str| {
        refused(PLAIN, &["--rule", "Talmud", "--appropriation", "100", option, value])
    };
    assert!(of("--round", "0").contains("0 is no unit"));
    assert!(of("--at-least", "-1").contains("-1 is below 0"));
    assert!(of("--at-least", "0.005").contains("no least award of a unit of 0.01"));
    assert!(of("--at-least", "50").contains("error[D0762]: 50 at least for everyone comes to 150"));
    assert!(of("--paths", "claims.csv").contains("ends in `.svg`"));
    assert!(of("--rule", "talmud").contains("named twice"));
    assert!(refused(PLAIN, &["--rule", "Talmud", "--appropriation", "NaN"]).contains("no number"));
    let competes = ["--rule", "RankedCompetition", "--appropriation", "100", "--at-least", "5"];
    assert!(refused(PLAIN, &competes).contains("it has no least award"));
    // Random arrival is exact for few only.
    let many = table(&(1..=25).map(f64::from).collect::<Vec<_>>());
    let random = ["--rule", "RandomArrival", "--appropriation", "100"];
    assert!(refused(&many, &random).contains("`--estimate`"));
    let (status, _, told) = said(&many, &[random.as_slice(), &["--estimate"]].concat());
    assert!(status == 0 && told.contains("is estimated for so many claims"), "{told}");
}

#[test]
fn paths_are_drawn_where_asked_and_replace_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let talmud = ["--rule", "Talmud", "--appropriation", "200", "--paths"];
    let (status, _, told) = said_in(folder.path(), PLAIN, &talmud);
    assert_eq!(status, 0, "{told}");
    let svg = fs::read_to_string(folder.path().join("claims-paths.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("\na: 100\n") && svg.contains("Talmud"));
    fs::write(folder.path().join("mine.svg"), "my notes").unwrap();
    let arguments = [talmud.as_slice(), &["mine.svg"]].concat();
    let (status, out, told) = said_in(folder.path(), PLAIN, &arguments);
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(told.contains("`mine.svg` is no picture of this program"), "{told}");
}

#[test]
fn a_hundred_thousand_claims_keep_the_sum_and_the_least_award() {
    let claims: Vec<f64> =
        (0..100_000_u32).map(|index| f64::from(index * 7_919 % 100_003) / 4.0).collect();
    let table = table(&claims);
    let arguments = ["--rule", "Talmud", "--appropriation", "600000000", "--method", "Webster"];
    let found = shown(&table, &[arguments.as_slice(), &["--at-least", "10"]].concat());
    let cents: i64 = awards(&found).iter().map(|award| (award * 100.0).round() as i64).sum();
    assert_eq!(cents, 60_000_000_000);
    let least = |(award, claim): (&f64, &f64)| *award >= claim.min(10.0);
    assert!(awards(&found).iter().zip(&claims).all(least));
}
