//! `workbook.xlsx`: what stands in it, and that its formulas come to what the program comes to.

mod office;
mod reading;

use self::office::{office, recalculated};
use self::reading::{Book, Sheet, elements};
use crate::support::{copy_folder, dotacija, in_repository, rows};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Policy, programme, code, year; then what is due and granted, in cents.
type Awards = BTreeMap<(String, String, String, i32), (i64, i64)>;

/// What stands in a language where these tests look.
struct Heads {
    code: &'static str,
    year: &'static str,
    due: &'static str,
    award: &'static str,
    difference: &'static str,
    not_live: &'static str,
    places: &'static str,
}

const ENGLISH: Heads = Heads {
    code: "code",
    year: "year",
    due: "due",
    award: "award",
    difference: "difference",
    not_live: "NOT LIVE",
    places: "Municipalities",
};

const LATVIAN: Heads = Heads {
    code: "kods",
    year: "gads",
    due: "aprēķināts",
    award: "piešķirtā dotācija",
    difference: "starpība",
    not_live: "NEMAINĀS",
    places: "Pašvaldības",
};

struct Ran {
    heads: &'static Heads,
    workbook: Book,
    bytes: Vec<u8>,
    central: Awards,
    policies: Vec<String>,
}

/// Runs a scenario with a few draws.
fn ran(scenario: &Path, options: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    dotacija()
        .arg("run")
        .arg(scenario)
        .args(["--central", "--quiet", "-o"])
        .arg(&output)
        .args(options)
        .assert()
        .success();
    let bytes = fs::read(output.join("workbook.xlsx")).unwrap();
    let mut central = Awards::new();
    let mut policies = Vec::new();
    for mut row in rows(&output.join("worksheet.csv")) {
        // A CSV file guards what a spreadsheet would compute; a workbook need not.
        let policy = row.get_mut("policy").unwrap();
        *policy = dotacija::report::unguarded(policy);
        if !policies.contains(&row["policy"]) {
            policies.push(row["policy"].clone());
        }
        let year = row["year"].parse().unwrap();
        let key =
            (row["policy"].clone(), row["programme"].clone(), row["municipality"].clone(), year);
        let entry = central.entry(key).or_default();
        let cents = (row["value"].parse::<f64>().unwrap() * 100.0).round() as i64;
        match row["line"].as_str() {
            "entitlement" => entry.0 = cents,
            "award" => entry.1 = cents,
            _ => {}
        }
    }
    let heads = if options.contains(&"lv") { &LATVIAN } else { &ENGLISH };
    Ran { heads, workbook: Book::of(&bytes), bytes, central, policies }
}

/// The sheets of the central case: name, policy, programme, cells.
fn central_sheets<'b>(book: &'b Book, policies: &[String]) -> Vec<(String, String, &'b Sheet)> {
    let mut found = Vec::new();
    for (name, _) in &book.order {
        let Some(rest) = name.strip_prefix('P') else { continue };
        let Some((number, _)) = rest.split_once(' ') else { continue };
        let Ok(number) = number.parse::<usize>() else { continue };
        let sheet = &book.sheets[name];
        let policy = policies[number - 1].clone();
        let title = &sheet[&(1, 0)].value;
        let programme = title.strip_suffix(&format!(": {policy}")).unwrap().to_owned();
        found.push((policy, programme, sheet));
    }
    found
}

/// The column of a header, in the fifth row.
fn column(sheet: &Sheet, header: &str) -> u32 {
    let found = sheet.iter().find(|((row, _), cell)| *row == 5 && cell.value == header);
    found.unwrap_or_else(|| panic!("no column {header}")).0.1
}

/// The column that the settlement calls so, in the fifth row: the last, as a line of the worksheet may have
/// the same name and then a later one is numbered.
fn settled_column(sheet: &Sheet, header: &str) -> u32 {
    let is_it = |value: &str| {
        let rest = value.strip_prefix(header);
        rest.is_some_and(|rest| rest.is_empty() || rest.trim_start().parse::<u32>().is_ok())
    };
    let found = sheet.iter().rfind(|((row, _), cell)| *row == 5 && is_it(&cell.value));
    found.unwrap_or_else(|| panic!("no column {header}")).0.1
}

/// What a workbook shows as due and granted.
fn shown(book: &Book, policies: &[String], heads: &Heads) -> Awards {
    let mut awards = Awards::new();
    for (policy, programme, sheet) in central_sheets(book, policies) {
        let [code, year] = [heads.code, heads.year].map(|header| column(sheet, header));
        let [due, award] = [heads.due, heads.award].map(|header| settled_column(sheet, header));
        let last = sheet.keys().map(|(row, _)| *row).max().unwrap();
        for row in 7..=last {
            let cents = |column| (sheet[&(row, column)].number() * 100.0).round();
            let (due, award) = (cents(due), cents(award));
            assert!(due.is_finite() && award.is_finite(), "{policy}, {programme}, row {row}");
            let year = sheet[&(row, year)].number() as i32;
            let key = (policy.clone(), programme.clone(), sheet[&(row, code)].value.clone(), year);
            awards.insert(key, (due as i64, award as i64));
        }
    }
    awards
}

/// Those of some sheets that are said to be live.
fn of_live(awards: &Awards, ran: &Ran) -> Awards {
    let (book, policies) = (&ran.workbook, &ran.policies);
    let live: BTreeSet<(String, String)> = central_sheets(book, policies)
        .into_iter()
        .filter(|(_, _, sheet)| !sheet[&(2, 0)].value.starts_with(ran.heads.not_live))
        .map(|(policy, programme, _)| (policy, programme))
        .collect();
    let is_live =
        |key: &(String, String, String, i32)| live.contains(&(key.0.clone(), key.1.clone()));
    awards
        .iter()
        .filter(|(key, _)| is_live(key))
        .map(|(key, value)| (key.clone(), *value))
        .collect()
}

fn assert_same(found: &Awards, expected: &Awards, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (key, expected) in expected {
        assert_eq!(found.get(key), Some(expected), "{what}: {key:?}");
    }
}

/// The cell that a name stands for: sheet and cell.
fn named(book: &Book, name: &str) -> (String, String) {
    let target =
        book.names.get(name).unwrap_or_else(|| panic!("no name {name} in {:?}", book.names.keys()));
    let (sheet, cell) = target.split_once('!').unwrap();
    (sheet.trim_matches('\'').to_owned(), cell.replace('$', ""))
}

fn set(ran: &Ran, name: &str, value: f64) -> Vec<u8> {
    let (sheet, cell) = named(&ran.workbook, name);
    ran.workbook.with(&sheet, &cell, value)
}

/// The cell of a municipality in a column of the table of municipalities.
fn table_cell(ran: &Ran, code: &str, header: &str) -> String {
    let sheet = &ran.workbook.sheets[ran.heads.places];
    let column =
        sheet.iter().find(|((row, _), cell)| *row == 5 && cell.value == header).unwrap().0.1;
    let row =
        sheet.iter().find(|((_, column), cell)| *column == 0 && cell.value == code).unwrap().0.0;
    format!("{}{row}", char::from(b'A' + column as u8))
}

/// Nine claims, a policy for each rule whose steps are written down, and formulas of every kind.
fn rules(folder: &Path) -> PathBuf {
    let scenario = folder.join("rules.ron");
    let table = "code,name,region,people,km,previous_award\n\
        A,Aglona,East,3200,12.5,400\nB,Bauska,South,24100,3.25,900\nC,Cibla,East,2450,30,100\nD,Dobele,South,20001,8,0\n\
        E,Engure,West,7500,19.75,350\nF,Felicianova,East,7500,19.75,350\nG,Gulbene,East,19999,44,800\nH,Himmel,West,0,1,0\nI,Inciems,West,50,70,10\n";
    fs::write(folder.join("m.csv"), table).unwrap();
    let rule = |ration: &str| {
        format!(
            "(rules: {{\"p\": (entitle: Worksheet([(line: \"base\", is: \"rate * people / 7\"), (line: \"far\", is: \"if(km > limit_km and not (region == 'West'), 100 + km ^ 2, 0)\"), (line: \"due\", is: \"base + far\")]), may_exceed_cost: true, ration: {ration})}})"
        )
    };
    let text = format!(
        r#"Scenario(format: 1, title: "Rules", years: (first: 2022, last: 2024),
            municipalities: Table(file: "m.csv", code: "code", name: "name", columns: ["region", "people", "km", "previous_award"]),
            inputs: {{"x": (value: Normal(mean: 1, sd: 0.01))}},
            levers: {{"rate": (value: 0.35, min: 0, max: 5), "limit_km": (value: 15, min: 0, max: 100), "Rate": (value: 2, min: 1, max: 3)}},
            programmes: {{"p": (purpose: Maintenance, appropriation: {{2022: 3_001.37, 2023: 5_000, 2024: "1000 * Rate"}}, top_slice: {{"system": 100.5}}, unspent: Carries)}},
            policies: {{
                "proportional": {proportional},
                "equal awards": {awards},
                "equal losses": {losses},
                "talmud": {talmud},
                "random arrival": {arrival},
                "classes": (rules: {{"p": (entitle: Worksheet([
                    (line: "first", is: "round(people * rate / 3, 1)"),
                    (line: "second", is: "interpolate(km, [(0, 50), (20, 300), (60, 310)]) + award_last_year * 0.1"),
                ]), claims: [(class: 1, line: "first"), (class: 2, line: "second")], may_exceed_cost: true, ration: Proportional, round: (unit: 1, method: LargestRemainder))}}),
                "floors": (rules: {{"p": (entitle: Worksheet([
                    (line: "part", is: "share(people, by: region) * 2000 + max_of(km) - min_of(km, by: region)"),
                    (line: "place", is: "rank(people + km) + 10 * mean(people / 100, by: region)"),
                    (line: "steps", is: "bracket(people / 2, [(0, 100), (3_000, 250.125), (10_000, 400)]) * sqrt(4) + exp(ln(5))"),
                    (line: "held", is: "peer_sum(people, bracket(people, [(0, 1), (7_000, 2)])) / 1000"),
                    (line: "due", is: "max(0, part + place + steps + held) * x + floor(km / 3) + ceil(km / 7) + clamp(km, 5, 40) + abs(-km) + min(km, 3) + sum(if(people > 5_000, 1, 0))"),
                ]), may_exceed_cost: true,
                guarantee: [Floor(amount: 300, per: Municipality, protected: true), Cap(amount: 900, per: Municipality)],
                ration: ConstrainedEqualLosses, round: (unit: 1, method: LargestRemainder))}}),
            }},
            baseline: "proportional",
            run: (draws: 64, seed: 1))"#,
        proportional = rule("Proportional"),
        awards = rule("ConstrainedEqualAwards"),
        losses = rule("ConstrainedEqualLosses"),
        talmud = rule("Talmud"),
        arrival = rule("RandomArrival"),
    );
    fs::write(&scenario, text).unwrap();
    scenario
}

#[test]
fn what_is_shown_is_the_central_run_without_recalculation() {
    let folder = tempfile::tempdir().unwrap();
    let scenarios = [
        in_repository("scenarios/tiny/tiny.ron"),
        in_repository("scenarios/starter/starter.ron"),
        rules(folder.path()),
    ];
    let ways = scenarios.iter().flat_map(|scenario| [(scenario, "en"), (scenario, "lv")]);
    for (scenario, language) in ways {
        let ran = ran(scenario, &["--draws", "64", "--lang", language]);
        assert_same(
            &shown(&ran.workbook, &ran.policies, ran.heads),
            &ran.central,
            &scenario.display().to_string(),
        );
        for (_, _, sheet) in central_sheets(&ran.workbook, &ran.policies) {
            let differences = column(sheet, ran.heads.difference);
            assert!(
                sheet
                    .iter()
                    .filter(|((row, column), _)| *row > 6 && *column == differences)
                    .all(|(_, cell)| cell.number() == 0.0)
            );
        }
    }
}

#[test]
fn every_sheet_stands_in_the_read_me_and_every_table_has_its_own_name() {
    let ran = ran(&in_repository("scenarios/tiny/tiny.ron"), &["--draws", "64"]);
    let names: Vec<&str> = ran.workbook.order.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Read me",
            "Settings",
            "Inputs",
            "Municipalities",
            "Points",
            "Pots",
            "P1 investment",
            "P1 maintenance",
            "P2 investment",
            "P2 maintenance",
            "Awards",
            "Budget",
            "Verdicts",
            "Outcomes",
            "Network",
            "Reconciliation",
            "Commitments",
            "Guarantees"
        ]
    );
    let told: BTreeSet<&str> =
        ran.workbook.sheets["Read me"].values().map(|cell| cell.value.as_str()).collect();
    assert!(names[1..].iter().all(|name| told.contains(name)));
    let mut tables = BTreeSet::new();
    for part in ran.workbook.parts.keys().filter(|part| part.starts_with("xl/tables/")) {
        let name = elements(&ran.workbook.text(part))[0].get("displayName");
        assert!(tables.insert(name.to_lowercase()), "{name} twice");
    }
    assert_eq!(tables.len(), 11);
    // Excel 2010 knows every function: newer ones would bear this prefix.
    for (name, sheet) in &ran.workbook.sheets {
        assert!(
            sheet
                .values()
                .all(|cell| cell.formula.as_ref().is_none_or(|text| !text.contains("_xl"))),
            "{name}"
        );
    }
}

#[test]
fn tables_hold_the_rows_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    dotacija()
        .arg("run")
        .arg(in_repository("scenarios/tiny/tiny.ron"))
        .args(["--draws", "64", "--quiet", "-o"])
        .arg(&output)
        .assert()
        .success();
    let book = Book::read(&output.join("workbook.xlsx"));
    for (name, file) in [
        ("Awards", "awards.csv"),
        ("Budget", "budget.csv"),
        ("Verdicts", "verdicts.csv"),
        ("Network", "network.csv"),
        ("Reconciliation", "reconciliation.csv"),
    ] {
        let sheet = &book.sheets[name];
        let mut reader =
            csv::ReaderBuilder::new().has_headers(true).from_path(output.join(file)).unwrap();
        let headers = reader.headers().unwrap().clone();
        for (place, header) in headers.iter().enumerate() {
            assert!(sheet[&(4, place as u32)].value.starts_with(header), "{name}: {header}");
        }
        let mut count = 0;
        for (row, record) in (5..).zip(reader.records()) {
            count += 1;
            for (place, expected) in record.unwrap().iter().enumerate() {
                let found = sheet.get(&(row, place as u32)).map_or("", |cell| cell.value.as_str());
                match (expected.parse::<f64>(), found.parse::<f64>()) {
                    (Ok(expected), Ok(found)) => assert_eq!(found, expected, "{name} {row}"),
                    _ => assert_eq!(found, expected, "{name} {row}"),
                }
            }
        }
        assert!(count > 0 && !sheet.contains_key(&(5 + count, 0)), "{name}");
    }
}

#[test]
fn the_same_run_writes_the_same_bytes_for_any_threads() {
    let scenario = in_repository("scenarios/tiny/tiny.ron");
    let first = ran(&scenario, &["--draws", "200", "--threads", "1"]);
    for threads in ["1", "2", "5"] {
        assert!(
            ran(&scenario, &["--draws", "200", "--threads", threads]).bytes == first.bytes,
            "{threads} threads"
        );
    }
}

#[test]
fn no_name_becomes_a_formula_and_none_breaks_the_file() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), folder.path());
    let long = "Š".repeat(200);
    let path = folder.path().join("municipalities.csv");
    let table = fs::read_to_string(&path).unwrap();
    let hostile = ["=1+1", "<script>alert(1)</script>", long.as_str()];
    let mut lines = table.lines().map(str::to_owned).collect::<Vec<_>>();
    for (line, name) in lines[1..].iter_mut().zip(hostile) {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[1] = name;
        *line = cells.join(",");
    }
    fs::write(&path, lines.join("\n")).unwrap();
    let scenario = folder.path().join("tiny.ron");
    let text = fs::read_to_string(&scenario).unwrap();
    let name = "=HYPERLINK(\\\"http://x\\\")/[\\\\]*?:'";
    let text = text.replace("\"workload\"", &format!("\"{name}\""));
    fs::write(&scenario, text).unwrap();
    let ran = ran(&scenario, &["--draws", "64"]);
    assert_same(&shown(&ran.workbook, &ran.policies, ran.heads), &ran.central, "hostile names");
    let mut seen = BTreeSet::new();
    for (name, sheet) in &ran.workbook.sheets {
        for cell in sheet.values() {
            seen.extend(hostile.iter().filter(|hostile| cell.value == **hostile).copied());
            if let Some(formula) = &cell.formula {
                assert!(
                    !formula.contains("HYPERLINK")
                        && !formula.contains("script")
                        && formula != "1+1",
                    "{name}: {formula}"
                );
            }
        }
    }
    assert_eq!(seen.len(), 3);
    if let Some(office) = office("no_name_becomes_a_formula_and_none_breaks_the_file") {
        let book = &recalculated(office, std::slice::from_ref(&ran.bytes))[0];
        assert_same(
            &shown(book, &ran.policies, ran.heads),
            &ran.central,
            "hostile names, recalculated",
        );
    }
}

/// The name of a cell, what is put into it, and the setting that says the same.
type Change = (&'static str, f64, &'static str);

/// Nothing is put anywhere.
const AS_IT_IS: Change = ("", 0.0, "");
const OF_RULES: [Change; 4] = [
    AS_IT_IS,
    ("lever_rate", 0.5, "levers.rate=0.5"),
    ("lever_Rate_2", 3.0, "levers.Rate=3"),
    ("lever_limit_km", 40.0, "levers.limit_km=40"),
];
const OF_TINY: [Change; 2] = [AS_IT_IS, ("lever_rate_case", 0.75, "levers.rate_case=0.75")];
const OF_STARTER: [Change; 3] = [
    AS_IT_IS,
    ("lever_rate_local", 175.0, "levers.rate_local=175"),
    ("appropriation_investment_2022", 8_000.0, "programmes.investment.appropriation.2022=8000"),
];
const OF_NATION: [Change; 3] = [
    AS_IT_IS,
    ("lever_rate_case", 4.0, "levers.rate_case=4"),
    ("lever_base_local", 250.0, "levers.base_local=250"),
];

#[test]
fn recalculated_awards_are_those_of_the_central_run_and_of_a_new_one_after_a_change() {
    let test = "recalculated_awards_are_those_of_the_central_run_and_of_a_new_one_after_a_change";
    let Some(office) = office(test) else { return };
    let folder = tempfile::tempdir().unwrap();
    let rules = rules(folder.path());
    let (tiny, starter) =
        (in_repository("scenarios/tiny/tiny.ron"), in_repository("scenarios/starter/starter.ron"));
    let national = in_repository("scenarios/latvia/network-592.ron");
    let cases: [(&Path, &str, &[Change]); 6] = [
        (rules.as_path(), "en", &OF_RULES),
        (rules.as_path(), "lv", &OF_RULES[..3]),
        (tiny.as_path(), "en", &OF_TINY),
        (tiny.as_path(), "lv", &OF_TINY),
        (starter.as_path(), "lv", &OF_STARTER),
        (national.as_path(), "en", &OF_NATION),
    ];
    let mut books = Vec::new();
    let mut expected = Vec::new();
    for (scenario, language, changes) in cases {
        // Where the network waits for money, a change moves it as well, which the workbook cannot show.
        let mut options = vec!["--draws", "64", "--lang", language];
        if scenario == national {
            options.extend(["--set", "network.mode=WhenReady"]);
        }
        let base = ran(scenario, &options);
        for (name, value, setting) in changes {
            let what = format!("{} {language} {setting}", scenario.display());
            if name.is_empty() {
                books.push(base.bytes.clone());
                expected.push((base.heads, base.policies.clone(), base.central.clone(), what));
            } else {
                books.push(set(&base, name, *value));
                let changed = ran(scenario, &[&options[..], &["--set", *setting]].concat());
                assert!(changed.central != base.central, "{what} changes nothing");
                let live = of_live(&changed.central, &base);
                expected.push((base.heads, base.policies.clone(), live, what));
            }
        }
        if scenario == rules {
            // A cell of the table, as if the file had said so.
            let cell = table_cell(&base, "C", "people");
            books.push(base.workbook.with(base.heads.places, &cell, 9_000.0));
            let path = folder.path().join("m.csv");
            let table = fs::read_to_string(&path).unwrap();
            fs::write(&path, table.replace("Cibla,East,2450", "Cibla,East,9000")).unwrap();
            let changed = ran(scenario, &["--draws", "64"]);
            fs::write(&path, table).unwrap();
            let mut live = of_live(&changed.central, &base);
            // There is one line that reads what is held.
            live.retain(|key, _| key.0 != "floors");
            expected.push((
                base.heads,
                base.policies.clone(),
                live,
                format!("a column, {language}"),
            ));
        }
    }
    for (book, (heads, policies, expected, what)) in
        recalculated(office, &books).iter().zip(&expected)
    {
        let mut found = shown(book, policies, heads);
        found.retain(|key, _| expected.contains_key(key));
        assert_same(&found, expected, what);
    }
}
