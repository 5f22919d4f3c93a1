//! Cells looked up among known names.

use std::collections::BTreeMap;

use super::listed;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, did_you_mean, quoted};
use crate::scenario::table::{Column, Table};

/// How many unknown names are held against the known ones for a near one.
const MOST_GUESSED: usize = 100;

/// What a cell that matches nothing may have been meant to be.
#[derive(Clone, Copy, Debug)]
pub enum Guess<'g> {
    /// The nearest word.
    Word,
    /// A code without its leading zeros, or the code of what has this name; the scenario names the
    /// column there. One code is always near
    /// another, so that nearness says nothing.
    Code(&'g [String], &'g Place),
}

impl Guess<'_> {
    pub fn help(self, problem: Problem, name: &str, known: &[&str], of: &str) -> Problem {
        let remove = format!("add it to {of}, or remove what names it here");
        match self {
            Self::Word if crate::scenario::nearest(name, known).is_some() => {
                did_you_mean(problem, name, known)
            }
            Self::Word => {
                let listed = listed(&known.iter().map(|name| quoted(name)).collect::<Vec<_>>());
                problem.help(format!("known there: {listed}; {remove}"))
            }
            Self::Code(names, _) => {
                let digits = name.bytes().all(|byte| byte.is_ascii_digit());
                let bare =
                    |code: &&&str| code.trim_start_matches('0') == name.trim_start_matches('0');
                if let Some(code) = known.iter().find(bare).filter(|_| digits) {
                    return problem.help(format!(
                        "did you mean {}? (a spreadsheet drops leading zeros: keep codes as text)",
                        quoted(code)
                    ));
                }
                match names.iter().position(|known| known == name).and_then(|at| known.get(at)) {
                    Some(code) => {
                        problem.help(format!("that is a name: write its code, {}", quoted(code)))
                    }
                    None => problem.help(remove),
                }
            }
        }
    }
}

/// Looks every cell up among known names. One problem for each name that matches nothing, with the
/// rows that have it. `what` is "municipality", `of` where it should stand.
pub fn matched(
    door: &mut Decoder,
    csv: &Table,
    column: Column<'_>,
    known: &[&str],
    what: &str,
    of: &str,
    guess: Guess<'_>,
) -> Option<Vec<u32>> {
    let positions: BTreeMap<&str, u32> =
        known.iter().enumerate().map(|(index, name)| (*name, index as u32)).collect();
    let cells = column.keys(door);
    let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (row, cell) in column.texts().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match positions.get(cell) {
            _ if column.is_total(row, door) || column.is_fault(row) => {}
            Some(position) => found.push(*position),
            None => unknown.entry(cell).or_default().push(row),
        }
    }
    let mut causes: Vec<(&str, Vec<usize>)> = unknown.into_iter().collect();
    causes.sort_by_key(|(_, rows)| rows.first().copied());
    if found.is_empty() && causes.len() > 1 {
        let (name, rows) = &causes[0];
        let first = column.place(rows.first().copied().unwrap_or(0));
        let message = format!(
            "no cell of the column {} is a {what} of {of}; the first is {}",
            quoted(column.name()),
            quoted(name)
        );
        let problem = Problem::error(codes::UNKNOWN_CODE, message);
        let usual = format!(
            "there stands for example {}: name the column that holds these",
            quoted(known.first().copied().unwrap_or_default())
        );
        let guessed = guess.help(problem.clone().at(&first, ""), name, known, of);
        let is_guess =
            guessed.help.as_ref().is_some_and(|help| !help.contains("remove what names"));
        door.tell(match guess {
            _ if is_guess || known.is_empty() => guessed,
            Guess::Code(_, asked) => problem.at(asked, "").also(&first, "the first").help(usual),
            Guess::Word => problem.at(&first, "").help(usual),
        });
        return None;
    }
    for (told, (name, rows)) in causes.iter().enumerate() {
        let first = column.place(rows.first().copied().unwrap_or(0));
        let lines: Vec<String> = rows.iter().map(|row| csv.line(*row).to_string()).collect();
        let plural = if lines.len() == 1 { "line" } else { "lines" };
        let message = format!(
            "{} {plural} {}: {what} {} matches nothing in {of}",
            first.file,
            listed(&lines),
            quoted(name)
        );
        let problem = Problem::error(codes::UNKNOWN_CODE, message).at(&first, "");
        let near = if told < MOST_GUESSED { known } else { &[] };
        door.tell(guess.help(problem, name, near, of));
    }
    (cells.is_some() && causes.is_empty()).then_some(found)
}
