//! Tables as they come from elsewhere.

use std::sync::Arc;

use super::*;
use crate::problem::{Sources, render};

/// A table of such bytes, what was told (code and message) and what was assumed.
struct Read {
    table: Option<Table>,
    problems: Vec<Problem>,
    assumed: Vec<String>,
    sources: Sources,
}

fn place() -> Place {
    Place::new(&"s.ron".into(), 0..1)
}

fn read_as(name: &str, bytes: &[u8], declared: &Declared, columns: &[&str]) -> Read {
    let mut door = Decoder::new();
    let name: Arc<str> = name.into();
    let (sources, raw) = Raw::of(&name, &bytes.into(), declared, &place());
    let table = match raw {
        Ok(raw) => Table::read_as(&raw, declared, &mut door),
        Err(problem) => door.refuse(*problem),
    };
    for column in columns {
        let found = table.as_ref().and_then(|table| table.column(column, &place(), &mut door));
        let _ = found.map(|column| column.numbers(&mut door));
    }
    let assumed = door.assumed();
    Read { table, problems: door.finish(), assumed, sources: Sources::of(sources) }
}

fn read(text: &str, columns: &[&str]) -> Read {
    read_as("t.csv", text.as_bytes(), &Declared::default(), columns)
}

impl Read {
    fn told(&self) -> Vec<String> {
        let told = |problem: &Problem| format!("{} {}", problem.code, problem.message);
        self.problems.iter().map(told).collect()
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        assert_eq!(self.told(), Vec::<String>::new());
        let table = self.table.as_ref().expect("nothing was told");
        let column = table.find(column).expect("it is there");
        column.numbers(&mut Decoder::new()).expect("they are numbers")
    }
}

#[test]
fn plain_tables_assume_nothing() {
    let found = read("code,share\n01,0.5\n02,12.125\n", &["share"]);
    assert_eq!(found.numbers("share"), [0.5, 12.125]);
    assert_eq!(found.assumed, Vec::<String>::new());
    assert_eq!(read("code,share\n01,12.345\n", &["share"]).numbers("share"), [12.345]);
}

#[test]
fn what_is_assumed_is_said_once_with_the_cell_that_shows_it() {
    let text = "kods;skaits;daļa\n01;1 907 675;0,5\n02;605\u{a0}802;1,234\n";
    let found = read(text, &["skaits", "daļa", "daļa"]);
    assert_eq!(found.numbers("skaits"), [1_907_675.0, 605_802.0]);
    assert_eq!(found.numbers("daļa"), [0.5, 1.234]);
    assert_eq!(
        found.assumed,
        ["t.csv: separator semicolon, spaces between thousands (line 2, `1 907 675`), \
          decimal comma (line 2, `0,5`)"]
    );
}

#[test]
fn one_number_decides_for_the_whole_table() {
    let cases = [
        ("c;a;b\n1;1,234;2\n2;5;0,5\n", 1.234),
        ("c;a;b\n1;1,234;2\n2;5;0.5\n", 1234.0),
        ("c;a;b\n1;1,234;2\n2;5;1,907,675\n", 1234.0),
        ("c;a;b\n1;1.234;2\n2;5;1,907,675\n", 1.234),
        ("c;a;b\n1;1.234;2\n2;5;1.907.675,5\n", 1234.0),
        ("c;a;b\n1;1'234;2\n2;5;1'907,5\n", 1234.0),
        ("c,a,b\n1,\"1,234\",2\n2,5,0.5\n", 1234.0),
        ("c,a,b\n1,\"1,234\",2\n2,5,\"0,5\"\n", 1.234),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, &["a", "b"]).numbers("a"), [expected, 5.0], "{text}");
    }
}

#[test]
fn a_number_with_two_readings_is_told_once_and_a_declaration_settles_it() {
    let text = "c;a;b\n1;1,234;2,345\n2;5;3\n";
    let found = read(text, &["a", "b"]);
    let message = "D0412 column `a`, line 2: `1,234` may be 1234 or 1.234, and no other number of \
                   the table decides";
    assert_eq!(found.told(), [message]);
    for (mark, expected) in [(Mark::Point, 1234.0), (Mark::Comma, 1.234)] {
        let declared = Declared { decimal: Some((mark, place())), ..Declared::default() };
        let found = read_as("t.csv", text.as_bytes(), &declared, &["a", "b"]);
        assert_eq!(found.numbers("a"), [expected, 5.0]);
    }
    // In a column of codes nobody asks.
    assert_eq!(read(text, &[]).told(), Vec::<String>::new());
    // Commas between cells: a point is decimal, unless a comma could be as well.
    let both = read("c,a,b\n1,1.234,\"1,234\"\n", &["a", "b"]);
    assert_eq!(both.problems[0].code, codes::TWO_READINGS);
}

#[test]
fn two_decimal_marks_are_told_at_both_and_a_wrong_declaration_at_every_cell() {
    let text = "c;a;b\n1;1,5;2.5\n2;2,5;3\n";
    let found = read(text, &["a", "b"]);
    let message = "D0413 in some numbers of `t.csv` the decimal mark is the point, in others the \
                   comma";
    assert_eq!(found.told(), [message]);
    assert_eq!(found.problems[0].also.len(), 1);
    let declared = Declared { decimal: Some((Mark::Point, place())), ..Declared::default() };
    assert_eq!(
        read_as("t.csv", text.as_bytes(), &declared, &["a", "b"]).told(),
        [
            "D0118 column `a`, line 2 has a decimal comma, `1,5`; the decimal mark of the table is \
             the point",
            "D0118 column `a`, line 3 has a decimal comma, `2,5`; the decimal mark of the table is \
             the point"
        ]
    );
}

#[test]
fn separators_are_read_off_or_declared_or_hinted() {
    assert_eq!(read("sep=;\na,b;c\n1,2;3\n", &["c"]).numbers("c"), [3.0]);
    let doubtful = "a,b;c\n1,2;3\n";
    let message = "D0411 the cells of `t.csv` may be separated by commas or by semicolons";
    assert_eq!(read(doubtful, &[]).told(), [message]);
    let declared =
        |separator| Declared { separator: Some((separator, place())), ..Declared::default() };
    let found = read_as("t.csv", doubtful.as_bytes(), &declared(Separator::Semicolon), &["c"]);
    assert_eq!(found.numbers("c"), [3.0]);
    let found = read_as("t.csv", b"a;b\n1;2\n", &declared(Separator::Tab), &[]);
    assert_eq!(found.told(), ["D0118 the header line of `t.csv` has no tab, but a semicolon"]);
}

#[test]
fn what_is_no_table_is_called_by_its_name() {
    let of = |name: &str, bytes: &[u8]| read_as(name, bytes, &Declared::default(), &[]).told();
    let archive = "D0115 `a.csv` is an archive, as workbooks (XLSX) are, and no CSV";
    assert_eq!(of("a.csv", b"PK\x03\x04"), [archive]);
    let old = "D0115 `a.xls` is an old workbook (XLS), or one with a password, which cannot be \
               read as a table";
    assert_eq!(of("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1"), [old]);
    assert_eq!(
        of("a.csv", b"name\nR\xeega\n"),
        ["D0114 `a.csv` is not UTF-8: line 2 reads `Rīga` in Windows-1257 and `Rîga` in \
          Windows-1252, and its letters do not decide"]
    );
    assert_eq!(of("a.csv", b"a,b\n"), ["D0416 this table has a header line and no rows"]);
    let open = "D0419 a double quote opens in line 2 and is never closed";
    assert_eq!(of("a.csv", b"a,b\n1,\"2\n3,4\n"), [open]);
}

#[test]
fn a_first_line_without_names_is_told_once() {
    let message = "D0415 the first line of `t.csv` does not name the columns";
    assert_eq!(read("0032;Rīga;605802\n0021;Cēsis;14000\n", &["people", "x"]).told(), [message]);
    assert_eq!(read("Iedzīvotāji 2022;;\nkods;skaits;x\n1;2;3\n", &[]).told(), [message]);
    assert_eq!(read("Iedzīvotāji\nkods;skaits\n1;2\n", &["skaits"]).told(), [message]);
    // Years as names are none of that.
    let found = read("code;2021;2022\n1;2;3\n2;3;4\n", &["2021", "2023"]);
    assert_eq!(found.told(), ["D0403 `t.csv` has no column `2023`"]);
}

#[test]
fn columns_with_neither_name_nor_cell_are_no_columns() {
    let found = read("a;b;;\n1;2;;\n;;;\n3;4;;\n", &["b"]);
    assert_eq!(found.numbers("b"), [2.0, 4.0]);
    assert_eq!(found.table.map(|table| table.headers().len()), Some(2));
}

#[test]
fn a_row_of_totals_is_told_and_nothing_else_of_it() {
    let told = |text: &str| {
        let mut found = read(text, &[]);
        let mut door = Decoder::new();
        let table = found.table.take().expect("it can be taken apart");
        let code = table.find("code").expect("it is there");
        let _ = (code.codes(&mut door), code.keys(&mut door));
        let told = |problem: Problem| format!("{} {}", problem.code, problem.message);
        door.finish().into_iter().map(told).collect::<Vec<_>>()
    };
    let message = "D0417 line 4, the last, is a row of totals: it says `Kopā:`";
    assert_eq!(told("code;name;n\n1;a;2\n2;b;3\n;Kopā:;5\n"), [message]);
    let message =
        "D0417 line 4, the last, is a row of totals: its `n` is the sum of all rows above";
    assert_eq!(told("code;name;n\n1;a;2\n2;b;3\n;;5\n"), [message]);
    let rows = "1;200\n2;200\n3;200\n4;200\n5;200\n";
    let message =
        "D0417 line 7, the last, is a row of totals: its `n` is the sum of all rows above";
    assert_eq!(told(&format!("code;n\n{rows}LV;1 000\n")), [message]);
    // Small sums come about by chance.
    assert_eq!(told("code;n\n1;1\n2;1\n3;2\n"), Vec::<String>::new());
    assert_eq!(told(&format!("code;n\n{rows}6;1 001\n")), Vec::<String>::new());
}

#[test]
fn dates_are_taken_day_first_where_points_stand_and_never_guessed() {
    let found = read("opens\n01.05.2022\n\n2023-06\n", &[]);
    let table = found.table.expect("it can be taken apart");
    let mut door = Decoder::new();
    let dates = table.find("opens").and_then(|column| column.dates(&mut door));
    let months: Vec<i32> = dates.into_iter().flatten().flatten().map(Date::month_index).collect();
    // 2022 · 12 + 5 − 1, 2023 · 12 + 6 − 1
    assert_eq!(months, [24_268, 24_281]);
    assert_eq!(door.assumed(), ["t.csv: dates as day.month.year (line 2, `01.05.2022`)"]);
    let table = read("opens\n5/1/22\n#N/A\n44682\n", &[]).table.expect("it can be taken apart");
    let mut door = Decoder::new();
    assert_eq!(table.find("opens").and_then(|column| column.dates(&mut door)), None);
    let told: Vec<String> = door.finish().into_iter().map(|problem| problem.message).collect();
    assert_eq!(
        told,
        [
            "column `opens`, line 2 holds the date `5/1/22`, which can be read in two ways",
            "column `opens`, line 3 holds an error of the spreadsheet, `#N/A`",
            "column `opens`, line 4 should be a date, found `44682`"
        ]
    );
}

#[test]
fn a_cell_of_a_code_page_is_underlined_where_it_stands() {
    let found = read_as("t.csv", b"k;n\n\xcdek\xe7;\xd0\xfe\n", &Declared::default(), &["n"]);
    let shown = render(&found.problems, &found.sources, false);
    assert_eq!(
        shown,
        "error[D0405]: column `n`, line 2 should be a number, found `Šž`\n \
         --> t.csv:2:6\n  |\n2 | Ķekē;Šž\n  |      ^^\n  |\n  \
         = help: write the number, 0 only where the true figure is 0; remarks belong in a column of their own\n"
    );
}

/// How a table may be written.
#[derive(Clone, Copy, Debug)]
struct Dialect {
    separator: char,
    decimal: char,
    thousands: &'static str,
    line_end: &'static str,
    page: u8,
}

fn written(numbers: &[(u32, u32)], dialect: Dialect) -> Vec<u8> {
    let Dialect { separator, decimal, thousands, line_end, page } = dialect;
    let mut text = format!("kods{separator}Ķērņi{separator}x{line_end}");
    for (row, (whole, part)) in numbers.iter().enumerate() {
        let mut digits = whole.to_string();
        let mut at = digits.len();
        while at > 3 {
            at -= 3;
            digits.insert_str(at, thousands);
        }
        // Four decimals leave no doubt which mark is which.
        let number = format!("{digits}{decimal}{part:04}");
        let quoted = number.contains(separator);
        let number = if quoted { format!("\"{number}\"") } else { number };
        text.push_str(&format!("{row:04}{separator}Ādažu Šķēde{separator}{number}{line_end}"));
    }
    match page {
        0 => text.into_bytes(),
        1 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        2 => encoding_rs::WINDOWS_1257.encode(&text).0.into_owned(),
        _ => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
    }
}

proptest::proptest! {
    #[test]
    fn a_table_reads_the_same_in_every_dialect(
        numbers in proptest::collection::vec((0_u32..=u32::MAX, 0_u32..10_000), 1..20),
    ) {
        for separator in [',', ';', '\t'] {
            for (decimal, marks) in
                [('.', ["", ",", " ", "\u{a0}", "'"]), (',', ["", ".", " ", "\u{a0}", "\u{2019}"])]
            {
                for (number, thousands) in marks.into_iter().enumerate() {
                    let line_end = ["\n", "\r\n", "\r"][number % 3];
                    let page = (number % 4) as u8;
                    let dialect = Dialect { separator, decimal, thousands, line_end, page };
                    let bytes = written(&numbers, dialect);
                    let found = read_as("t.csv", &bytes, &Declared::default(), &["x"]);
                    proptest::prop_assert_eq!(found.told(), Vec::<String>::new(), "{:?}", dialect);
                    let expected: Vec<f64> = numbers
                        .iter()
                        .map(|(whole, part)| format!("{whole}.{part:04}").parse().unwrap_or(-1.0))
                        .collect();
                    proptest::prop_assert_eq!(found.numbers("x"), expected);
                    let table = found.table.as_ref().expect("nothing was told");
                    proptest::prop_assert_eq!(table.headers()[1].as_str(), "Ķērņi");
                    proptest::prop_assert_eq!(table.cell(0, 1), "Ādažu Šķēde");
                    proptest::prop_assert_eq!(table.cell(0, 0), "0000");
                }
            }
        }
    }

    #[test]
    fn no_bytes_break_a_table(bytes: Vec<u8>, text in "[a1;,.\"' \t\n\r=#0-9]{0,60}") {
        for bytes in [&bytes, text.as_bytes(), &[b"PK\x03\x04", &bytes[..]].concat()[..]] {
            let found = read_as("t", bytes, &Declared::default(), &["a"]);
            let _ = render(&found.problems, &found.sources, false);
            if let Some(table) = &found.table {
                for column in 0..table.headers().len() {
                    let column = Column { table, index: column };
                    let door = &mut Decoder::new();
                    let _ = (column.numbers(door), column.codes(door), column.dates(door));
                }
            }
        }
    }
}
