//! Any table: it is taken apart or refused, and every cell knows where it stands.

use super::problems;
use dotacija::problem::{Place, Problem, Source};
use dotacija::scenario::{
    Declared, Decoder, Library, MARKS, Memory, PAGES, Raw, SEPARATORS, Table,
};

/// The file that names the table, and where.
const NAMED_BY: &str = "s.ron";

/// Takes the bytes of a table, as they are and with something declared of them.
pub fn tables(bytes: &[u8]) {
    read(bytes, &Declared::default());
    // Which declaration it is follows from the bytes, so that a finding comes back.
    let sum = bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31) + usize::from(*byte));
    read(bytes, &declared(sum));
}

fn named() -> Place {
    Place::new(&NAMED_BY.into(), 0..1)
}

/// One of the declarations that a scenario can make.
fn declared(number: usize) -> Declared {
    let at = named;
    match number % 4 {
        0 => {
            let (_, page) = PAGES[number / 4 % PAGES.len()];
            Declared { encoding: Some((page, at())), ..Declared::default() }
        }
        1 => {
            let (_, separator) = SEPARATORS[number / 4 % SEPARATORS.len()];
            Declared { separator: Some((separator, at())), ..Declared::default() }
        }
        2 => {
            let (_, mark) = MARKS[number / 4 % MARKS.len()];
            Declared { decimal: Some((mark, at())), ..Declared::default() }
        }
        _ => Declared { sheet: Some(("Sheet1".to_owned(), at())), ..Declared::default() },
    }
}

fn read(bytes: &[u8], declared: &Declared) {
    let mut folder = Memory::default();
    folder.0.insert("t.csv".to_owned(), bytes.to_vec());
    let mut library = Library::new(folder);
    library.add(NAMED_BY, "Table(file: \"t.csv\")");
    match library.table("t.csv", &named(), declared) {
        Err(problem) => problems::are_sound(&[*problem], library.sources()),
        Ok(raw) => {
            let told = taken_apart(&raw, declared);
            assert_eq!(told, taken_apart(&raw, declared), "twice the same");
            problems::are_sound(&told, library.sources());
        }
    }
}

/// What is told of a table and of all its columns.
fn taken_apart(raw: &Raw, declared: &Declared) -> Vec<Problem> {
    let mut door = Decoder::new();
    let table = Table::read_as(raw, declared, &mut door);
    assert_eq!(table.is_none(), door.failed(), "an error, or a table");
    if let Some(table) = &table {
        columns_are_read(table, &mut door);
        cells_know_their_place(table, raw);
    }
    door.finish()
}

/// Every column by every reader.
fn columns_are_read(table: &Table, door: &mut Decoder) {
    let rows = table.rows();
    let asked = table.row_place(0);
    for name in table.headers() {
        let column = table.column(name, &asked, door).expect("a header names a column");
        assert_eq!((column.name(), column.texts().len()), (name.as_str(), rows));
        let codes = column.codes(door);
        assert!(codes.is_none_or(|codes| codes.len() == rows));
        let numbers = column.numbers(door);
        assert!(numbers.is_none_or(|all| all.len() == rows && all.iter().all(|x| x.is_finite())));
        let _ = (column.keys(door), column.dates(door), column.years(door));
        let _ = (column.numbers_or_empty(door), column.numbers_within(0.0, 1.0, door));
    }
    let _ = table.column("no such column", &asked, door);
}

fn cells_know_their_place(table: &Table, raw: &Raw) {
    let source: &Source = &raw.source;
    let mut before = 0;
    for row in 0..table.rows() {
        let place = table.row_place(row);
        assert!(place.start >= before && source.text.get(place.start..place.end).is_some());
        before = place.start;
        // A workbook counts its own rows.
        if raw.columns.is_none() {
            let line = source.text[..place.start].matches('\n').count() + 1;
            assert_eq!(table.line(row), line, "row {row}");
        }
        for column in 0..table.headers().len() {
            let place = table.cell_place(row, column);
            let shown = source.text.get(place.start..place.end);
            let shown = shown.unwrap_or_else(|| panic!("{place:?} is no part of the text"));
            let cell = table.cell(row, column);
            // An empty cell is shown by the separator behind it.
            if !cell.is_empty() && !shown.contains('"') {
                assert_eq!(shown.trim(), cell, "row {row}, column {column}");
            }
        }
    }
}
