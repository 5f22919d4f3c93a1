//! Scenarios whose tables come from elsewhere.

use dotacija::problem::render;
use dotacija::report::RunFiles;
use dotacija::scenario::{Memory, Opened, open_in};

const SCENARIO: &str = r#"Scenario(
    format: 1,
    title: "From a workbook",
    years: (first: 2022, last: 2023),
    municipalities: Table(file: "ministry.xlsx", sheet: "Novadi", code: "Kods", name: "Novads", region: "Reģions", columns: ["Iedzīvotāji", "Blīvums"]),
    points: Table(file: "ministry.xlsx", sheet: "Centri", code: "Centrs", municipality: "Novads", tier: "Veids", opens: "Atvērts", people: "Cilvēki"),
    expect: (municipalities: 3, points: 3),
    network: (mode: WhenReady, tiers: { "local": (institutions: 0, institution_days: 0, basket_share: 1, video: true) }, delay_months: 0),
)"#;

fn workbook() -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path.join("tests/reference/tables/ministry.xlsx")).unwrap()
}

fn opened(scenario: &str, files: &[(&str, &[u8])]) -> Opened {
    let mut folder = Memory::new(&[("s.ron", scenario)]);
    for (name, bytes) in files {
        folder.0.insert((*name).to_owned(), bytes.to_vec());
    }
    open_in(folder, "s.ron", &[])
}

fn told(opened: &Opened) -> Vec<String> {
    let told = |problem: &dotacija::problem::Problem| {
        let help = problem.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{} {}{help}", problem.code, problem.message)
    };
    opened.problems.iter().map(told).collect()
}

#[test]
fn two_sheets_of_a_workbook_become_the_tables_of_a_scenario() {
    let opened = opened(SCENARIO, &[("ministry.xlsx", &workbook())]);
    assert_eq!(told(&opened), Vec::<String>::new());
    let scenario = opened.scenario.unwrap();
    let municipalities = &scenario.municipalities.table;
    assert_eq!(municipalities.codes, ["0021", "0032", "0040"]);
    assert_eq!(municipalities.names[2], "Cēsu novads \"plašais\", ziemeļi");
    // The first row of each sheet's table is row 2 and row 4; in order of code.
    assert_eq!(municipalities.lines, [3, 2, 4]);
    assert_eq!(scenario.points.table.lines, [4, 5, 6]);
    assert_eq!(municipalities.columns[0].in_year(2022), [28_703.0, 22_909.0, 41_041.0]);
    assert_eq!(municipalities.columns[1].in_year(2022), [12.5, 140.8, 1.0 / 3.0]);
    assert_eq!(scenario.points.people, Some(vec![22_909.0, 28_703.0, 41_041.0]));
    // 2021 · 12 + 6 − 1, 2023 · 12 + 5 − 1
    assert_eq!(scenario.points.opened[0].map(|month| month.0), Some(24_257));
    assert_eq!(scenario.points.planned[1].map(|month| month.0), Some(24_280));
    assert_eq!(scenario.points.planned[2], None);
    assert_eq!(
        opened.assumed,
        [
            "ministry.xlsx[Novadi]: sheet `Novadi`",
            "ministry.xlsx[Centri]: sheet `Centri`, hidden rows: 1, read like the others, \
             spaces between thousands (line 5 (cell F5), `28 703`), \
             numbers stored as text (line 5 (cell F5), `28 703`)"
        ]
    );
    // The run copies the workbook once, as it is.
    let mut files = RunFiles::new();
    files.add_scenario(&opened.sources);
    let names: Vec<&str> = files.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["scenario/ministry.xlsx", "scenario/s.ron"]);
    assert_eq!(files.get("scenario/ministry.xlsx"), Some(&workbook()[..]));
}

#[test]
fn a_wrong_cell_of_a_workbook_is_told_by_its_name() {
    let scenario = SCENARIO
        .replace("\"Iedzīvotāji\", \"Blīvums\"", "\"Iedzīvotāji\"")
        .replace("people: \"Cilvēki\"", "people: \"Atvērts\"");
    let opened = opened(&scenario, &[("ministry.xlsx", &workbook())]);
    let shown = render(&opened.problems[..1], &opened.sources, false);
    assert!(shown.contains("column `Atvērts`, line 4 (cell E4) should be a number"), "{shown}");
    assert!(shown.contains("ministry.xlsx[Centri]:4:"), "{shown}");
}

#[test]
fn a_sheet_must_be_named_and_be_there() {
    let without = SCENARIO.replace("sheet: \"Novadi\", ", "").replace("\"Centri\"", "\"Cetnri\"");
    let opened = opened(&without, &[("ministry.xlsx", &workbook())]);
    assert_eq!(
        told(&opened),
        [
            "D0117 the workbook `ministry.xlsx` has 2 sheets, and none is named (write `sheet: \
             \"Novadi\"`; it has `Novadi`, `Centri`)",
            "D0117 the workbook `ministry.xlsx` has no sheet `Cetnri` (did you mean `Centri`?)",
        ]
    );
}

#[test]
fn a_code_that_lost_its_zeros_finds_the_one_meant() {
    let scenario = SCENARIO
        .replace("file: \"ministry.xlsx\", sheet: \"Novadi\"", "file: \"m.csv\"")
        .replace("file: \"ministry.xlsx\", sheet: \"Centri\"", "file: \"p.csv\"");
    let municipalities =
        "Kods;Novads;Reģions;Iedzīvotāji;Blīvums\n0032;a;x;1 000;0,5\n0021;b;x;2;1\n0040;c;y;3;2\n";
    let points = "Centrs,Novads,Veids,Atvērts,Cilvēki\nC1,32,local,2022,1\nC2,0021,local,2022,1\nC3,77,local,2022,1\n";
    let opened =
        opened(&scenario, &[("m.csv", municipalities.as_bytes()), ("p.csv", points.as_bytes())]);
    assert_eq!(
        told(&opened),
        [
            "D0505 p.csv line 2: municipality `32` matches nothing in m.csv (did you mean `0032`? (a \
             spreadsheet drops leading zeros: keep codes as text))",
            "D0505 p.csv line 4: municipality `77` matches nothing in m.csv (add it to m.csv, or \
             remove what names it here)",
        ]
    );
    assert_eq!(
        opened.assumed,
        ["m.csv: separator semicolon, spaces between thousands (line 2, `1 000`), decimal comma \
          (line 2, `0,5`)"]
    );
}

#[test]
fn declarations_are_read_with_the_table() {
    let scenario = SCENARIO
        .replace(
            "file: \"ministry.xlsx\", sheet: \"Novadi\"",
            "file: \"m.csv\", encoding: Windows1257, separator: Semicolon, decimal: Comma",
        )
        .replace("file: \"ministry.xlsx\", sheet: \"Centri\"", "file: \"p.csv\"");
    let municipalities =
        b"Kods;Novads;Re\xecions;Iedz\xeevot\xe2ji;Bl\xeevums\n0032;R\xeega;x;1;1,234\n";
    let points = "Centrs;Novads;Veids;Atvērts;Cilvēki\nC1;0032;local;01.05.2022;1\n";
    let files: [(&str, &[u8]); 2] = [("m.csv", municipalities), ("p.csv", points.as_bytes())];
    let scenario = scenario.replace("expect: (municipalities: 3, points: 3),", "");
    let good = opened(&scenario, &files);
    assert_eq!(told(&good), Vec::<String>::new());
    let read = good.scenario.unwrap();
    assert_eq!(read.municipalities.table.columns[1].in_year(2022), [1.234]);
    assert_eq!(read.municipalities.table.names, ["Rīga"]);
    assert_eq!(
        good.assumed,
        ["p.csv: separator semicolon, dates as day.month.year (line 2, `01.05.2022`)"]
    );
    let wrong = opened(&scenario.replace("Windows1257", "Latin1"), &files);
    assert_eq!(wrong.problems[0].code, "D0205");
}
