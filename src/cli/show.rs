//! Problems and results on the terminal.

use super::Ending;
use crate::problem::{Problem, Sources, render, summary, tamed};
use std::io::{IsTerminal, Write};

/// Shows problems on standard error, in order, with a last line that counts them and says where the
/// first is explained.
pub fn problems(problems: &[Problem], sources: &Sources) {
    let Some(first) = problems.first() else { return };
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // Already tame, and perhaps in colour.
    let _ = writeln!(std::io::stderr().lock(), "{}", render(problems, sources, colour).trim_end());
    let which = if problems.len() == 1 { "it" } else { "the first" };
    message(&format!("{}; `dotacija about {}` explains {which}", summary(problems), first.code));
}

/// A line or more on standard error, where names of files and titles of earlier runs drive no
/// terminal. A closed standard error is nobody's problem.
pub fn message(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", tamed(text.trim_end()));
}

/// What was taken for granted of tables, under a heading; nothing where there is nothing.
pub fn assumptions(assumed: &[String]) -> String {
    if assumed.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = assumed.iter().map(|line| format!("  {line}\n")).collect();
    format!("how tables were read\n{}", lines.concat())
}

/// A result on standard output. A reader that hangs up early (`| head`) is not a failure.
pub fn result(text: &str) -> Ending {
    let mut out = std::io::stdout().lock();
    match out.write_all(tamed(text).as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ending::Done,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ending::Done,
        Err(error) => {
            message(&format!("error: standard output cannot be written: {error}"));
            Ending::WorldFailed
        }
    }
}

/// A table of rows whose columns line up; the last column is not padded.
pub fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if column + 1 < row.len() {
                let missing = widths[column] - cell.chars().count() + 2;
                line.extend(std::iter::repeat_n(' ', missing));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_letters_not_bytes() {
        let rows =
            [vec!["Rīga".to_owned(), "1".to_owned()], vec!["Valka".to_owned(), "22".to_owned()]];
        assert_eq!(aligned(&rows), "Rīga   1\nValka  22\n");
    }
}
