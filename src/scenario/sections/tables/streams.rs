//! The names by which rows are drawn.

use std::collections::BTreeMap;

use super::Layout;
use crate::problem::codes;
use crate::scenario::decode::{Decoder, quoted};
use crate::scenario::table::Column;

/// The name by which each row is drawn, in order of code: what stands in the column, the code where its
/// cell is empty. Two rows must not be drawn alike.
pub fn streams(door: &mut Decoder, layout: &Layout, column: Column<'_>) -> Option<Vec<String>> {
    let cells = column.sound_texts(door)?;
    let named = |(row, code): (&usize, &String)| match cells.get(*row) {
        Some(cell) if !cell.is_empty() => (*cell).to_owned(),
        _ => code.clone(),
    };
    let names: Vec<String> = layout.last().iter().zip(&layout.codes).map(named).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sound = true;
    for (name, row) in names.iter().zip(layout.last()) {
        if let Some(first) = first.insert(name, *row) {
            let what = format!("takes the draws of {} again", quoted(name));
            let problem = column.problem(codes::SAME_STREAM, *row, &what);
            let problem = problem.also(&column.place(first), "first here");
            door.tell(
                problem
                    .help("keep the draws of one of them; an empty cell takes those of the code")
                    .note("two rows with the same draws would be as high and as low together"),
            );
            sound = false;
        }
    }
    sound.then_some(names)
}
