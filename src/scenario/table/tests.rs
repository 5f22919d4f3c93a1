use super::*;
use crate::problem::{Sources, render};

fn source(text: &str) -> Source {
    Source { name: "points.csv".into(), text: text.into(), bytes: text.as_bytes().into() }
}

/// The table, and what was told about it, codes and messages.
fn read(text: &str) -> (Option<Table>, Vec<String>) {
    let mut door = Decoder::new();
    let table = Table::read(&source(text), &mut door);
    (table, told(door))
}

fn told(door: Decoder) -> Vec<String> {
    door.finish().iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect()
}

fn good(text: &str) -> Table {
    let (table, told) = read(text);
    assert_eq!(told, Vec::<String>::new());
    table.expect("nothing was told")
}

#[test]
fn the_header_line_decides_what_separates_the_cells() {
    for text in ["code,name\n01,\"a;b\"\n", "code;name\n01;a;b\n", "code\tname\r\n01\ta\r\n"] {
        let mut door = Decoder::new();
        let table = Table::read(&source(text), &mut door);
        let Some(table) = table else {
            // The middle one has three cells in its row.
            assert_eq!(told(door), ["D0404 line 2 has 3 cells, the header line has 2"]);
            continue;
        };
        assert_eq!(table.headers(), ["code", "name"]);
        assert_eq!(table.cell(0, 0), "01");
    }
    assert_eq!(good("a\"b;c\n1;2\n").headers(), ["a\"b", "c"]);
}

#[test]
fn every_cell_knows_its_bytes() {
    let text = "code, name\n\n0032,\"Rīga\" \n,\n\"00\"\"1\",x\n";
    let table = good(text);
    assert_eq!(table.rows(), 2);
    let shown = |row, column| {
        let place = table.cell_place(row, column);
        &text[place.start..place.end]
    };
    assert_eq!(shown(0, 0), "0032");
    assert_eq!(shown(0, 1), "Rīga");
    assert_eq!(shown(1, 0), "00\"\"1");
    assert_eq!((table.line(0), table.line(1)), (3, 5));
    assert_eq!(table.cell(1, 0), "00\"1");
    assert_eq!(table.cell(9, 9), "");
}

#[test]
fn rows_of_another_length_and_doubtful_headers_are_told() {
    let (table, told) = read("a,b,a,\n1,2,3,4\n1,2\n");
    assert!(table.is_none());
    assert_eq!(
        told,
        [
            "D0402 two columns are called `a`",
            "D0404 line 3 has 2 cells, the header line has 4",
            "D0401 column 4 has no name"
        ]
    );
    assert_eq!(read("").1, ["D0401 this table is empty"]);
    assert_eq!(read("\n\n").1, ["D0401 this table is empty"]);
}

#[test]
fn a_text_in_a_column_of_numbers_is_told_with_line_and_column() {
    let table = good("code,population\n1,605 80\n2,\n3,1e3\n4,nan\n5,-0.5\n6,5 %\n");
    let mut door = Decoder::new();
    let column = table.find("population").expect("the column is there");
    assert_eq!(column.numbers(&mut door), None);
    assert_eq!(
        told(door),
        [
            "D0405 column `population`, line 2 should be a number, found `605 80`",
            "D0408 column `population`, line 3 is empty",
            "D0405 column `population`, line 5 should be a number, found `nan`",
            "D0405 column `population`, line 7 should be a number, found `5 %`",
        ]
    );
}

#[test]
fn numbers_stay_within_their_range_and_may_be_missing_where_allowed() {
    let table = good("a,b\n1,\n2,7.25\n");
    let mut door = Decoder::new();
    let column = |name| table.find(name).expect("the column is there");
    assert_eq!(column("b").numbers_or_empty(&mut door), Some(vec![None, Some(7.25)]));
    assert_eq!(column("a").numbers_within(1.0, 2.0, &mut door), Some(vec![1.0, 2.0]));
    assert_eq!(column("a").numbers_within(1.5, f64::INFINITY, &mut door), None);
    assert_eq!(told(door), ["D0409 column `a`, line 2 holds 1, which should be 1.5 or more"]);
}

#[test]
fn codes_are_text_and_stand_once() {
    let table = good("code,name\n0032,a\n0032,b\n32,c\n,d\n");
    let mut door = Decoder::new();
    assert_eq!(table.find("code").expect("it is there").codes(&mut door), None);
    assert_eq!(
        told(door),
        [
            "D0503 column `code`, line 3 has the code `0032` again",
            "D0504 column `code`, line 5 has no code"
        ]
    );
    let codes = good("code\n0032\n32\n");
    let mut door = Decoder::new();
    assert_eq!(
        codes.find("code").and_then(|column| column.codes(&mut door)),
        Some(vec!["0032", "32"])
    );
}

#[test]
fn a_column_that_is_not_there_finds_the_one_meant() {
    let table = good("code,population\n1,2\n");
    let asked = Place::new(&"s.ron".into(), 0..3);
    let mut door = Decoder::new();
    assert!(table.column("popluation", &asked, &mut door).is_none());
    let problem = door.finish().remove(0);
    assert_eq!(problem.help.as_deref(), Some("did you mean `population`?"));
    assert_eq!(problem.also[0].0, Place::new(&"points.csv".into(), 0..15));
}

#[test]
fn dates_are_days_months_or_years_that_exist() {
    let index = |text: &str| Date::parse(text).map(Date::month_index);
    // 2022 · 12 + 5 − 1 = 24268
    assert_eq!(index("2022-05-01"), Some(24_268));
    assert_eq!(index("2022-05"), Some(24_268));
    assert_eq!(index("2022"), Some(24_264));
    assert!(Date::parse("2024-02-29").is_some() && Date::parse("2000-02-29").is_some());
    for wrong in [
        "2023-02-29",
        "1900-02-29",
        "2022-13",
        "2022-00",
        "2022-5",
        "22",
        "2022-05-01T",
        "2022-05-01-01",
        "",
        "-2022",
        "1.5.2022",
        "2022-05-00",
        "+022",
    ] {
        assert_eq!(Date::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Date::parse("2022-05").map(|date| date.to_string()).as_deref(), Some("2022-05"));
}

#[test]
fn a_hundred_thousand_wrong_cells_are_told_as_twenty_and_a_count() {
    let text = format!("a\n{}", "x\n".repeat(100_000));
    let table = good(&text);
    let mut door = Decoder::new();
    assert_eq!(table.find("a").expect("it is there").numbers(&mut door), None);
    let problems = door.finish();
    assert_eq!(problems.len(), 20);
    let note = problems.last().and_then(|problem| problem.note.clone());
    assert_eq!(note.as_deref(), Some("and 99980 more of this kind in the same file"));
}

#[test]
fn a_wrong_cell_is_shown_underlined() {
    let text = "code;population\n01;abc\n";
    let table = good(text);
    let mut door = Decoder::new();
    let _ = table.find("population").expect("it is there").numbers(&mut door);
    let shown = render(&door.finish(), &Sources::of(vec![source(text)]), false);
    assert_eq!(
        shown,
        "error[D0405]: column `population`, line 2 should be a number, found `abc`\n \
         --> points.csv:2:4\n  |\n2 | 01;abc\n  |    ^^^\n  |\n  \
         = help: write the number, 0 only where the true figure is 0; remarks belong in a column of their own\n"
    );
}
