//! Boundaries that changed: the same network in 119, 43 and 42 municipalities, and whatever does not fit.

use crate::support::{dotacija, in_repository};
use dotacija::analysis::{Findings, Summary};
use dotacija::engine::{Options, Prepared, simulate};
use dotacija::model::{ColumnValues, Scenario};
use dotacija::scenario::{Memory, Opened, open, open_in};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::process::Command;

const FORMER: &str = "scenarios/latvia/former-119.ron";
const REFORM: &str = "scenarios/latvia/reform-2021.ron";
const MERGER: &str = "scenarios/latvia/merger-2025.ron";

/// A scenario of municipalities alone, with one change of boundaries.
fn of_tables(section: &str, columns: &str, change: &str, files: &[(&str, &str)]) -> Opened {
    let text = format!(
        r#"Scenario(format: 1, title: "a", years: (first: 2022, last: 2023),
            municipalities: Table(file: "m.csv", code: "code", name: "name", {section}),
            boundaries: (columns: {{ {columns} }}, changes: [{change}]))"#
    );
    let mut all = vec![("s.ron", text.as_str())];
    all.extend(files);
    open_in(Memory::new(&all), "s.ron", &[])
}

fn right(opened: Opened) -> Scenario {
    opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems))
}

fn messages(opened: &Opened) -> Vec<(&'static str, &str)> {
    let errors = opened.problems.iter().filter(|problem| problem.is_error());
    errors.map(|problem| (problem.code, problem.message.as_str())).collect()
}

fn numbers<'s>(scenario: &'s Scenario, column: &str) -> &'s [f64] {
    match &scenario.municipalities.table.column(column).unwrap().values {
        ColumnValues::Numbers(numbers) => numbers,
        other => panic!("{other:?}"),
    }
}

fn findings(path: &str, settings: &[&str]) -> Findings {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let scenario = right(open(&in_repository(path), &settings));
    let prepared = Prepared::new(&scenario);
    let tally = simulate(&prepared, &Options::default()).unwrap();
    Findings::new(&prepared, &tally)
}

/// Every figure of the nation that no rule makes, by outcome and year.
fn of_the_nation(findings: &Findings) -> BTreeMap<(String, i32), Summary> {
    const OF_RULES: [&str; 4] = ["award", "entitlement", "own_share", "coverage"];
    let rows = findings.outcomes.iter().filter(|row| {
        row.scope == "nation"
            && row.policy == "by population"
            && !OF_RULES.contains(&row.outcome.as_str())
    });
    rows.map(|row| ((row.outcome.to_string(), row.year), row.summary)).collect()
}

#[test]
fn people_points_load_and_cost_are_the_same_to_the_cent_in_119_43_and_42_municipalities() {
    let draws = ["run.draws=128"];
    let [former, reform, merger] =
        [FORMER, REFORM, MERGER].map(|path| of_the_nation(&findings(path, &draws)));
    for wanted in ["open_points", "load", "unmet_need", "staff", "maintenance_cost", "total_cost"] {
        assert!(former.contains_key(&(wanted.to_owned(), 2024)), "{wanted}: {:?}", former.keys());
    }
    for (key, before) in &former {
        for after in [&reform[key], &merger[key]] {
            let figures = |s: &Summary| [s.mean, s.sd, s.p05, s.p25, s.p50, s.p75, s.p95];
            for (one, other) in figures(before).into_iter().zip(figures(after)) {
                let cents = |x: Option<f64>| x.map(|x| (x * 100.0).round());
                assert_eq!(cents(one), cents(other), "{key:?}: {one:?} and {other:?}");
            }
        }
    }
    let people = |path: &str| {
        let scenario = right(open(&in_repository(path), &[]));
        let of_points = scenario.points.people.as_ref().unwrap().iter().sum::<f64>();
        let count = scenario.municipalities.table.len();
        (count, numbers(&scenario, "population").iter().sum::<f64>(), of_points)
    };
    assert_eq!(people(FORMER), (119, 1_907_675.0, 1_907_675.0));
    assert_eq!(people(REFORM), (43, 1_907_675.0, 1_907_675.0));
    assert_eq!(people(MERGER), (42, 1_907_675.0, 1_907_675.0));
}

#[test]
fn the_reform_gives_the_people_and_units_of_the_table_of_43() {
    let reform = right(open(&in_repository(REFORM), &[]));
    let today = right(open(&in_repository("scenarios/latvia/network-592.ron"), &[]));
    assert_eq!(reform.municipalities.table.codes, today.municipalities.table.codes);
    assert_eq!(reform.municipalities.table.names, today.municipalities.table.names);
    for column in ["population", "units"] {
        assert_eq!(numbers(&reform, column), numbers(&today, column), "{column}");
    }
    assert_eq!(reform.municipalities.regions, today.municipalities.regions);
    assert_eq!(reform.municipalities.region, today.municipalities.region);
    assert_eq!(reform.points.municipality, today.points.municipality);
    let change = &reform.municipalities.changes[0];
    assert_eq!((change.municipalities, change.divided), (Some((119, 43)), 2));
}

#[test]
fn the_change_in_awards_is_the_step_of_boundaries_of_the_bridge() {
    let compared = |first: &str, second: &str| -> serde_json::Value {
        let output = dotacija()
            .args(["compare", first, second, "--policy", "by population", "--bridge"])
            .args(["--draws", "64", "--format", "json"])
            .current_dir(in_repository("."))
            .assert()
            .success();
        serde_json::from_slice(&output.get_output().stdout).unwrap()
    };
    let found = compared(FORMER, REFORM);
    assert_eq!(found["steps"], serde_json::json!([["boundaries"]]));
    let awarded = |path: &str| -> f64 {
        let found = findings(path, &["run.draws=64"]);
        let rows = found
            .budget
            .iter()
            .filter(|row| row.policy == "by population" && row.programme == "maintenance");
        rows.map(|row| row.award.mean.unwrap()).sum()
    };
    let change = awarded(REFORM) - awarded(FORMER);
    // Most units stood in municipalities below 20,000 people, and most stand above since.
    assert!(change > 1_000_000.0, "{change}");
    let rows = found["rows"].as_array().unwrap();
    let step = rows.iter().find(|row| {
        row["step"] == "boundaries"
            && row["measure"] == "award"
            && row["programme"] == "all"
            && row["year"].is_null()
            && row["municipality"].is_null()
    });
    let step = step.unwrap_or_else(|| panic!("{rows:#?}"))["amount"].as_f64().unwrap();
    assert!((step - change).abs() < 0.01, "{step} and {change}");
}

const MERGER_OF_TWO: &str = r#"(title: "Merger", on: "2025-07-01", file: "w.csv", from: "from", to: "to", municipalities: 2)"#;

#[test]
fn sums_are_added_means_weighted_and_texts_kept() {
    let files = [
        (
            "m.csv",
            "code,name,population,money,density,region,level\n01,Alda,3000,0.10,30,East,1\n02,Birze,1000,0.20,10,East,2\n03,Ceri,500,7,5,West,3\n",
        ),
        ("w.csv", "from,to,level\n01,01,9\n02,01,\n03,04,\n"),
    ];
    let columns = r#""population": Sum, "money": Sum, "density": Mean(by: "population"), "region": Same, "level": Same"#;
    let section = r#"region: "region", columns: ["population", "money", "density", "level"]"#;
    let scenario = right(of_tables(section, columns, MERGER_OF_TWO, &files));
    let table = &scenario.municipalities.table;
    assert_eq!((&*table.codes[0], &*table.codes[1]), ("01", "04"));
    // Alda keeps its code and so its name; Ceri is the only one of its new code.
    assert_eq!((&*table.names[0], &*table.names[1]), ("Alda", "Ceri"));
    assert_eq!(numbers(&scenario, "population"), [4000.0, 500.0]);
    // 0.10 + 0.20 is 0.3 in decimals, and 0.30000000000000004 in floating point.
    assert_eq!(numbers(&scenario, "money"), [0.3, 7.0]);
    // (3000 · 30 + 1000 · 10) / 4000 = 25.
    assert_eq!(numbers(&scenario, "density"), [25.0, 5.0]);
    assert_eq!(numbers(&scenario, "level"), [9.0, 3.0]);
    assert_eq!(scenario.municipalities.regions, ["East", "West"]);
    let kept: Vec<(&str, &str)> = scenario.municipalities.changes[0]
        .kept
        .iter()
        .map(|kept| (kept.column.as_str(), kept.sum.as_str()))
        .collect();
    assert_eq!(kept, [("population", "4500"), ("money", "7.3")]);
}

#[test]
fn a_divided_municipality_loses_nobody() {
    // 7 people by 0.5, 0.25 and 0.25: 3.5, 1.75, 1.75; two are left, and go to the remainders .75.
    let files = [
        ("m.csv", "code,name,population\n01,Alda,7\n02,Birze,10\n"),
        ("w.csv", "from,to,share\n01,01,0.5\n01,02,0.25\n01,03,0.25\n02,02,1\n"),
    ];
    let change = r#"(title: "Split", file: "w.csv", from: "from", to: "to", share: "share")"#;
    let columns = r#""population": Sum"#;
    let scenario = right(of_tables(r#"columns: ["population"]"#, columns, change, &files));
    assert_eq!(numbers(&scenario, "population"), [3.0, 12.0, 2.0]);
}

#[test]
fn a_yearly_table_changes_in_the_year_after_the_last_of_the_old_codes() {
    let change = r#"(title: "Merger", file: "w.csv", from: "from", to: "to", until: 2022)"#;
    let section = r#"year: "year", columns: ["population"]"#;
    let walk = ("w.csv", "from,to\n01,09\n02,09\n");
    let old = "code,name,year,population\n01,Alda,2022,10\n02,Birze,2022,20\n";
    let new = format!("{old}09,Alda,2023,31\n");
    let opened = of_tables(section, r#""population": Sum"#, change, &[("m.csv", &new), walk]);
    let scenario = right(opened);
    let ColumnValues::Yearly { first_year, rows } =
        &scenario.municipalities.table.columns[0].values
    else {
        panic!("no years");
    };
    assert_eq!((*first_year, rows), (2022, &vec![vec![30.0], vec![31.0]]));
    // An old code that goes on after the change has no row before it.
    let wrong = format!("{new}02,Birze,2023,21\n");
    let opened = of_tables(section, r#""population": Sum"#, change, &[("m.csv", &wrong), walk]);
    assert!(
        messages(&opened)[0].1.contains("rows are missing: `02` in 2022"),
        "{:?}",
        messages(&opened)
    );
    // A row that is missing before it would drop people.
    let wrong = new.replace("02,Birze,2022,20\n", "02,Birze,2021,20\n01,Alda,2021,9\n");
    let opened = of_tables(section, r#""population": Sum"#, change, &[("m.csv", &wrong), walk]);
    assert!(
        messages(&opened)[0].1.contains("before boundaries change: `02` in 2022"),
        "{:?}",
        messages(&opened)
    );
}

#[test]
fn what_jumps_from_the_last_old_year_to_the_first_new_one_is_listed() {
    let codes = ["11", "12", "13", "14", "15", "16"];
    let mut table = "code,name,year,population\n".to_owned();
    let mut walk = "from,to\n".to_owned();
    for code in codes {
        table.push_str(&format!("{code}a,{code},2022,60\n{code}b,{code},2022,40\n"));
        let after = if code == "13" { 60 } else { 100 };
        table.push_str(&format!("{code},{code},2023,{after}\n"));
        walk.push_str(&format!("{code}a,{code}\n{code}b,{code}\n"));
    }
    let change = r#"(title: "Merger", file: "w.csv", from: "from", to: "to", until: 2022)"#;
    let section = r#"year: "year", columns: ["population"]"#;
    let files = [("m.csv", table.as_str()), ("w.csv", walk.as_str())];
    let opened = of_tables(section, r#""population": Sum"#, change, &files);
    let outlier = opened.problems.iter().find(|problem| problem.code == "D0707").unwrap();
    assert!(
        outlier.message.contains("100 to 60") && outlier.message.contains("`13`"),
        "{}",
        outlier.message
    );
}

#[test]
fn a_code_that_one_side_has_not_stops_the_run_and_all_are_told_at_once() {
    let columns = r#""population": Sum"#;
    let section = r#"columns: ["population"]"#;
    let files = [
        ("m.csv", "code,name,population\n01,Alda,1\n02,Birze,2\n03,Ceri,3\n"),
        ("w.csv", "from,to\n1,01\n02,01\n04,01\n"),
    ];
    let change = r#"(title: "Merger", file: "w.csv", from: "from", to: "to")"#;
    let opened = of_tables(section, columns, change, &files);
    assert!(opened.scenario.is_none());
    assert_eq!(
        messages(&opened),
        [
            ("D0505", "w.csv line 2: municipality `1` matches nothing in m.csv"),
            ("D0505", "w.csv line 4: municipality `04` matches nothing in m.csv"),
            ("D0505", "m.csv line 2: municipality `01` matches nothing in w.csv"),
            ("D0505", "m.csv line 4: municipality `03` matches nothing in w.csv"),
        ]
    );
    let places: Vec<&str> =
        opened.problems.iter().map(|problem| &*problem.at.as_ref().unwrap().0.file).collect();
    assert_eq!(places, ["w.csv", "w.csv", "m.csv", "m.csv"]);
    assert!(opened.problems[0].help.as_ref().unwrap().contains("leading zeros"));
}

/// A scenario with points in old codes; `01` is divided.
fn of_points(points: &str, change: &str, places: &str) -> Opened {
    let text = format!(
        r#"Scenario(format: 1, title: "a", years: (first: 2022, last: 2023),
            municipalities: Table(file: "m.csv", code: "code", columns: ["population"]),
            points: Table(file: "p.csv", code: "point", municipality: "of", tier: "tier", opens: "opens"),
            network: (mode: WhenReady, delay_months: 0, tiers: {{ "local": (institutions: 0, institution_days: 0, basket_share: 1, video: true) }}),
            boundaries: (columns: {{ "population": Sum }}, changes: [(title: "Split", file: "w.csv", from: "from", to: "to", share: "share", {change})]))"#
    );
    let points = format!("point,of,tier,opens\n{points}");
    let files = [
        ("s.ron", text.as_str()),
        ("m.csv", "code,population\n01,10\n02,20\n"),
        ("w.csv", "from,to,share\n01,11,0.4\n01,12,0.6\n02,12,1\n"),
        ("p.csv", points.as_str()),
        ("g.csv", places),
    ];
    open_in(Memory::new(&files), "s.ron", &[])
}

const PLACES: &str = r#"points: (file: "g.csv", point: "point", to: "to")"#;

#[test]
fn points_of_a_divided_municipality_go_where_a_table_says_and_nowhere_by_themselves() {
    let points = "a,01,local,2020\nb,01,local,2020\nc,02,local,2020\n";
    let scenario = right(of_points(points, PLACES, "point,to\na,11\nb,12\n"));
    assert_eq!(scenario.points.municipality, [0, 1, 1]);
    assert_eq!(scenario.municipalities.changes[0].moved_points, 3);
    let alone = of_points(points, "", "point,to\n");
    let message = "p.csv: nothing says which of `11`, `12` these points of `01` go to: `a` (line 2), `b` (line 3)";
    assert_eq!(messages(&alone), [("D0424", message)]);
    let elsewhere = of_points(points, PLACES, "point,to\na,11\nb,13\nd,11\n");
    let found = messages(&elsewhere);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found
            .iter()
            .any(|(code, text)| *code == "D0424"
                && text.contains("line 3 sends `b` of `01` to `13`")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|(code, text)| *code == "D0505"
                && text.contains("point `d` matches nothing in p.csv")),
        "{found:?}"
    );
    let unknown = of_points("a,07,local,2020\n", PLACES, "point,to\na,11\n");
    assert_eq!(
        messages(&unknown)[0],
        ("D0505", "p.csv line 2: municipality `07` matches nothing in w.csv")
    );
}

#[test]
fn points_alone_may_stand_in_old_codes() {
    let text = r#"Scenario(format: 1, title: "a", years: (first: 2022, last: 2023),
        municipalities: Table(file: "m.csv", code: "code", columns: ["population"]),
        points: Table(file: "p.csv", code: "point", municipality: "of", tier: "tier", opens: "opens"),
        network: (mode: WhenReady, delay_months: 0, tiers: { "local": (institutions: 0, institution_days: 0, basket_share: 1, video: true) }),
        boundaries: (changes: [(title: "Merger", of: Points, file: "w.csv", from: "from", to: "to")]))"#;
    let files = |walk: &'static str| {
        let files = [
            ("s.ron", text),
            ("m.csv", "code,population\n11,30\n"),
            ("w.csv", walk),
            ("p.csv", "point,of,tier,opens\na,01,local,2020\nb,02,local,2020\n"),
        ];
        open_in(Memory::new(&files), "s.ron", &[])
    };
    assert_eq!(right(files("from,to\n01,11\n02,11\n")).points.municipality, [0, 0]);
    let wrong = files("from,to\n01,11\n02,12\n");
    assert_eq!(
        messages(&wrong),
        [("D0505", "p.csv line 3: municipality `12` matches nothing in m.csv")]
    );
}

/// A network of two municipalities, `1` and `2`, with a draw of its own for each.
fn drawn(table: &str, rest: &str, walk: &str) -> Scenario {
    let text = format!(
        r#"Scenario(format: 1, title: "a", years: (first: 2022, last: 2022),
            municipalities: Table(file: "m.csv", code: "code", columns: ["population"] {rest},
            inputs: {{ "luck": (extent: Municipality, time: Once, common: (nation: 0.1), value: Uniform(min: 0, max: 1), source: "a") }},
            programmes: {{ "p": (purpose: Maintenance, appropriation: OpenEnded) }},
            policies: {{ "all": (source: "a", rules: {{ "p": (entitle: Amount("luck"), may_exceed_cost: true) }}) }},
            run: (draws: 64))"#
    );
    let files = [("s.ron", text.as_str()), ("m.csv", table), ("w.csv", walk)];
    right(open_in(Memory::new(&files), "s.ron", &[]))
}

/// The mean award of each municipality, by code.
fn awards(scenario: &Scenario) -> BTreeMap<String, f64> {
    let prepared = Prepared::new(scenario);
    let found = Findings::new(&prepared, &simulate(&prepared, &Options::default()).unwrap());
    let rows = found.awards.iter().filter(|row| row.measure == "award");
    rows.map(|row| (row.municipality.to_string(), row.summary.mean.unwrap())).collect()
}

#[test]
fn a_stream_keeps_the_draws_of_an_old_code() {
    let plain = awards(&drawn("code,population\n1,10\n2,20\n", ")", ""));
    let named = awards(&drawn("code,population,as\n8,10,1\n9,20,2\n", r#", stream: "as")"#, ""));
    let other = awards(&drawn("code,population\n8,10\n9,20\n", ")", ""));
    assert_eq!((plain["1"], plain["2"]), (named["8"], named["9"]));
    assert!(plain["1"] != other["8"] && plain["2"] != other["9"]);
    // The crosswalk says whose draws the merged one keeps: its column has the name of the table's.
    let merged = r#", stream: "as"), boundaries: (columns: { "population": Sum, "as": Same },
        changes: [(title: "Merger", file: "w.csv", from: "from", to: "to")]"#;
    let walk = "from,to,as\n1,7,2\n2,7,\n";
    let merged = awards(&drawn("code,population,as\n1,10,\n2,20,\n", &format!("{merged})"), walk));
    assert_eq!(merged["7"], plain["2"]);
}

#[test]
fn derived_tables_are_those_of_the_script() {
    let script = in_repository("scenarios/latvia/boundaries/derive.py");
    match Command::new("python3").arg(script).arg("--check").output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        Err(error) => println!("not checked: {error}"),
    }
}

/// Rows of a table: a value and its decimals.
type Rows = Vec<(i64, u32)>;
/// Of each row where its parts go, and how large they are beside each other.
type Cuts = Vec<Vec<(usize, u32)>>;

/// A table, and a crosswalk over it.
fn crosswalks() -> impl Strategy<Value = (Rows, Cuts)> {
    prop::collection::vec((0..1_000_000_000_i64, 0..4_u32), 1..12).prop_flat_map(|table| {
        let cuts = prop::collection::vec(
            prop::collection::vec((0..5_usize, 1..1_000_u32), 1..4),
            table.len(),
        );
        (Just(table), cuts)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_crosswalk_keeps_totals_to_the_last_digit((table, cuts) in crosswalks(), flip in any::<bool>()) {
        // Amounts with up to four decimals; shares in millionths, the last what is left of 1.
        let written = |units: i64, decimals: u32| {
            let power = 10_i64.pow(decimals);
            format!("{}.{:0width$}", units / power, units % power, width = decimals as usize)
                .trim_end_matches('.').to_owned()
        };
        let mut rows = Vec::new();
        let mut walk = Vec::new();
        for (index, ((units, decimals), cuts)) in table.iter().zip(&cuts).enumerate() {
            let amount = if *decimals == 0 { units.to_string() } else { written(*units, *decimals) };
            rows.push(format!("o{index:02},O,{amount}"));
            let to: BTreeMap<usize, u32> = cuts.iter().copied().collect();
            let count = to.len();
            let mut left = 1_000_000;
            for (at, (to, cut)) in to.into_iter().enumerate() {
                let share = if at + 1 == count { left } else { cut };
                left -= share;
                walk.push(format!("o{index:02},n{to},{}", written(i64::from(share), 6)));
            }
        }
        if flip {
            rows.reverse();
            walk.reverse();
        }
        let table_text = format!("code,name,amount\n{}\n", rows.join("\n"));
        let walk_text = format!("from,to,share\n{}\n", walk.join("\n"));
        let change = r#"(title: "Any", file: "w.csv", from: "from", to: "to", share: "share")"#;
        let files = [("m.csv", table_text.as_str()), ("w.csv", walk_text.as_str())];
        let scenario = right(of_tables(r#"columns: ["amount"]"#, r#""amount": Sum"#, change, &files));
        // In ten-thousandths everything is whole: no rounding in the comparison.
        let before: i64 = table.iter().map(|(units, decimals)| units * 10_i64.pow(4 - decimals)).sum();
        let after: i64 = numbers(&scenario, "amount").iter().map(|x| (x * 10_000.0).round() as i64).sum();
        prop_assert_eq!(before, after);
        let codes: std::collections::BTreeSet<&str> = walk.iter().map(|row| &row[4..6]).collect();
        prop_assert_eq!(codes.into_iter().collect::<Vec<_>>(), scenario.municipalities.table.codes.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
