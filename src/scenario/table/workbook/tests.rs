use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

/// Parts of a workbook by name.
type Parts<'p> = Vec<(&'p str, String)>;

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn parts(cells: &str) -> Parts<'static> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
    };
    let book = relation("r", "officeDocument", "xl/workbook.xml");
    let sheet = relation("rId1", "worksheet", "worksheets/sheet1.xml");
    vec![
        ("_rels/.rels", format!("<Relationships>{book}</Relationships>")),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"One\" r:id=\"rId1\"/></sheets></workbook>".to_owned(),
        ),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{sheet}</Relationships>")),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/></numFmts>\
             <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/></cellXfs>\
             </styleSheet>"
                .to_owned(),
        ),
        (
            "xl/sharedStrings.xml",
            "<sst uniqueCount=\"99999999999999\"><si><t>kods</t></si>\
             <si><r><t>Ā&amp;</t></r><r><t xml:space=\"preserve\"> b</t></r><rPh><t>x</t></rPh></si>\
             <si><t>1 907</t></si></sst>"
                .to_owned(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{cells}</sheetData></worksheet>"
            ),
        ),
    ]
}

fn packed(parts: &Parts<'_>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
        archive.write_all(text.as_bytes()).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

fn text(cells: &str) -> String {
    sheet(&packed(&parts(cells)), None).expect("it is a workbook").text
}

#[test]
fn rows_keep_their_numbers_and_columns_without_cells_are_left_out() {
    let found = sheet(
        &packed(&parts(
            "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"D2\" t=\"s\"><v>1</v></c></row>\
             <row r=\"5\"><c r=\"D5\"><v>7</v></c><c r=\"B5\"/></row>",
        )),
        None,
    );
    let found = found.expect("it is a workbook");
    assert_eq!(found.text, "\nkods,Ā& b\n\n\n,7\n");
    assert_eq!(found.columns, [1, 3]);
    assert_eq!(found.assumed, ["sheet `One`"]);
}

#[test]
fn numbers_keep_every_digit_and_texts_that_look_like_numbers_stand_in_quotes() {
    let row = |cells: &[(&str, &str)]| {
        let cell = |(attributes, inside): &(&str, &str)| format!("<c {attributes}>{inside}</c>");
        format!("<row>{}</row>", cells.iter().map(cell).collect::<String>())
    };
    let cells = row(&[
        ("", "<v>605802</v>"),
        ("", "<v>0.10000000000000001</v>"),
        ("", "<v>1.234E3</v>"),
        ("", "<v>1e300</v>"),
        ("t=\"s\"", "<v>2</v>"),
        ("t=\"inlineStr\"", "<is><t>12,5</t></is>"),
        ("t=\"str\"", "<f>A1&amp;\"x\"</f><v>0032</v>"),
        ("t=\"b\"", "<v>1</v>"),
        ("t=\"e\"", "<v>#N/A</v>"),
        ("t=\"inlineStr\"", "<is><t>a_x000D_\nb \"c\"_x_</t></is>"),
    ]);
    assert_eq!(
        text(&cells),
        "605802,0.1,1234,1e300,\"1 907\",\"12,5\",\"0032\",TRUE,#N/A,\"a  b \"\"c\"\"_x_\"\n"
    );
}

#[test]
fn days_become_dates_where_their_format_shows_one() {
    // 44682 is 1 May 2022; 59 and 61 are the days around a 29 February 1900 that never was.
    let cells = "<row><c s=\"1\"><v>44682</v></c><c s=\"2\"><v>44682.5</v></c>\
                 <c><v>44682</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>61</v></c>\
                 <c s=\"1\"><v>60</v></c><c s=\"1\"><v>-3</v></c><c s=\"1\"><v>2958465</v></c>\
                 <c t=\"d\"><v>2022-05-01T00:00:00</v></c></row>";
    assert_eq!(
        text(cells),
        "2022-05-01,2022-05-01 12:00,44682,1900-02-28,1900-03-01,60,-3,9999-12-31,2022-05-01\n"
    );
    let mut of_1904 = parts("<row><c s=\"1\"><v>43220</v></c></row>");
    of_1904[1].1 = of_1904[1].1.replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    // 1462 days lie between the two beginnings.
    assert_eq!(sheet(&packed(&of_1904), None).map(|sheet| sheet.text), Ok("2022-05-01\n".into()));
}

#[test]
fn one_of_several_sheets_must_be_named() {
    let mut book = parts("<row><c><v>1</v></c></row>");
    let both = "<sheet name=\"One\" r:id=\"rId1\"/><sheet name=\"Two\" r:id=\"rId1\"/>";
    book[1].1 = book[1].1.replace("<sheet name=\"One\" r:id=\"rId1\"/>", both);
    let bytes = packed(&book);
    let names = || vec!["One".to_owned(), "Two".to_owned()];
    assert_eq!(sheet(&bytes, None), Err(Fault::Several(names())));
    assert_eq!(sheet(&bytes, Some("Three")), Err(Fault::Missing(names())));
    assert_eq!(sheet(&bytes, Some("Two")).map(|sheet| sheet.name), Ok("Two".to_owned()));
    book[1].1 = book[1].1.replace("name=\"Two\"", "name=\"Two\" state=\"hidden\"");
    assert_eq!(sheet(&packed(&book), None).map(|sheet| sheet.name), Ok("One".to_owned()));
}

#[test]
fn what_a_workbook_claims_is_not_believed() {
    let broken = |cells: &str| matches!(sheet(&packed(&parts(cells)), None), Err(Fault::Broken(_)));
    assert!(broken("<row><c r=\"A99999999\"><v>1</v></c></row>"));
    assert!(broken("<row><c r=\"XFE1\"><v>1</v></c></row>"));
    assert!(broken("<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"));
    assert!(broken("<row><c t=\"s\"><v>7</v></c></row>"));
    assert!(broken("<row><c><v>nan</v></c></row>"));
    assert!(broken("<row><c><v>1</v>"));
    // A million rows of one cell each in a column of its own would be a table of 10¹² cells.
    let cell = |row: u32| {
        let (at, column) = (row * 60 + 1, letters(row));
        format!("<row r=\"{at}\"><c r=\"{column}{at}\"><v>1</v></c></row>")
    };
    let scattered = (0..16_000).map(cell).collect::<Vec<_>>().concat();
    assert!(broken(&scattered));
    // Thirty-two megabytes of spaces in a single cell pack into a few kilobytes.
    let bomb =
        format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", " ".repeat(32 << 20));
    let bytes = packed(&parts(&bomb));
    assert!(bytes.len() < 100_000);
    assert!(matches!(sheet(&bytes, None), Err(Fault::Broken(_))));
    assert_eq!(sheet(&packed(&vec![("mimetype", "x".to_owned())]), None), Err(Fault::NotAWorkbook));
    assert!(matches!(sheet(b"PK\x03\x04", None), Err(Fault::Broken(_))));
}

#[test]
fn columns_have_the_names_that_spreadsheets_give_them() {
    let names = [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")];
    for (column, name) in names {
        assert_eq!(letters(column), name);
    }
}

proptest::proptest! {
    #[test]
    fn a_damaged_workbook_breaks_nothing(
        part in 0_usize..6, at in 0.0..1.0_f64, byte: u8, packed_too: bool,
    ) {
        let cells = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44682</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";
        let mut book = parts(cells);
        if !packed_too {
            let mut bytes = std::mem::take(&mut book[part].1).into_bytes();
            let index = (bytes.len() as f64 * at) as usize;
            bytes[index] = byte & 0x7f;
            book[part].1 = String::from_utf8_lossy(&bytes).into_owned();
        }
        let mut bytes = packed(&book);
        if packed_too {
            let index = (bytes.len() as f64 * at) as usize;
            bytes[index] = byte;
        }
        let _ = sheet(&bytes, None);
    }
}
