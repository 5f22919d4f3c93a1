//! Any table: it is taken apart or refused, and every cell knows where it stands.

use super::problems;
use dotacija::problem::Source;
use dotacija::scenario::{Decoder, LARGEST_TABLE, Library, Memory, Table};

/// Takes the bytes of a table.
pub fn tables(bytes: &[u8]) {
    let mut folder = Memory::default();
    folder.0.insert("t.csv".to_owned(), bytes.to_vec());
    let mut library = Library::new(folder);
    match library.read("t.csv", LARGEST_TABLE, None) {
        Err(problem) => problems::are_sound(&[*problem], library.sources()),
        Ok(source) => {
            let (mut door, mut again) = (Decoder::new(), Decoder::new());
            let table = Table::read(&source, &mut door);
            assert_eq!(table.is_none(), door.failed(), "an error, or a table");
            assert_eq!(Table::read(&source, &mut again).is_some(), table.is_some());
            if let Some(table) = &table {
                columns_are_read(table, &mut door);
                columns_are_read(table, &mut again);
                cells_know_their_place(table, &source);
            }
            let told = door.finish();
            assert_eq!(told, again.finish());
            problems::are_sound(&told, library.sources());
        }
    }
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

fn cells_know_their_place(table: &Table, source: &Source) {
    let mut before = 0;
    for row in 0..table.rows() {
        let place = table.row_place(row);
        assert!(place.start >= before && source.text.get(place.start..place.end).is_some());
        before = place.start;
        let line = source.text[..place.start].matches('\n').count() + 1;
        assert_eq!(table.line(row), line, "row {row}");
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
