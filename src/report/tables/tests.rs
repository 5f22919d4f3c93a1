//! Every table of a run against the bytes that are written of it.

use super::*;
use crate::analysis::example::{example, findings, guarded};
use crate::engine::{Prepared, central};
use crate::report::csv_files;

/// Holds a table against what `written` says of it.
fn holds(table: &Table<'_>, written: &[u8]) {
    let mut reader = csv::Reader::from_reader(written);
    let kinds = table.kinds();
    assert!(!table.rows.is_empty());
    for (row, record) in table.rows.iter().zip(reader.records()) {
        let record = record.unwrap();
        for (at, (cell, text)) in row.iter().zip(record.iter()).enumerate() {
            let column = &table.columns[at];
            match (kinds[at], cell) {
                (Kind::Text, Cell::Text(_)) | (Kind::Year, Cell::Year(_)) => {}
                // Of all years together.
                (Kind::Text, Cell::Year(_)) => assert!(table.has_all_years && column == "year"),
                (Kind::Figure, Cell::Text(_) | Cell::Year(_)) => {
                    panic!("{column} holds {cell:?}")
                }
                (Kind::Figure, _) => assert_eq!(cell.figure(), text.parse().ok(), "{column}"),
                _ => panic!("{column} is no {:?}: {cell:?}", kinds[at]),
            }
        }
    }
}

#[test]
fn a_column_holds_what_its_kind_says_and_a_figure_is_what_is_written() {
    let findings = findings(&guarded());
    for (_, table) in of_run(&findings, Table::default) {
        holds(&table, &csv_files::csv(&table));
    }
    let scenario = example();
    let lines = central(&Prepared::new(&scenario)).unwrap();
    let table = worksheet(&scenario, &lines, Table::default());
    holds(&table, &csv_files::csv(&table));
}
