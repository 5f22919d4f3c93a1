//! Brackets that are missing.

use ron::error::Error;

use super::Habit;
use crate::scenario::scan::Scan;

/// Brackets that are not closed, or closed by one of another kind.
pub fn of_brackets(text: &str, before: &str, rest: &str, error: &Error) -> Option<Habit> {
    let next = rest.chars().next();
    match (error, next) {
        (
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_),
            Some(open @ ('(' | '[' | '{')),
        ) => {
            let message = format!("a field's name is needed here, and `{open}` begins a value");
            let help = "look for a closing bracket that is missing before this";
            Some(Habit::new(message, help))
        }
        (Error::Eof | Error::ExpectedComma, None) => {
            let message = "a closing bracket is missing";
            Some(match misplaced(text) {
                Some(open) => {
                    let help = "this bracket is not closed where its line suggests; close it";
                    Habit::new(message, help).at(open..open + 1)
                }
                None => Habit::new(message, "close every bracket that is open: `)`, `]` or `}`"),
            })
        }
        (Error::ExpectedComma | Error::UnexpectedChar(_), Some(close @ (')' | ']' | '}')))
            if !before.trim_end().ends_with(':') =>
        {
            let message = format!("`{close}` does not close the bracket that is open here");
            Some(Habit::new(message, "close the inner bracket first, by one of its own kind"))
        }
        _ => None,
    }
}

/// The first bracket that opens on one line and is closed at the head of a line that stands
/// further left or right: somewhere between them a bracket is missing.
fn misplaced(text: &str) -> Option<usize> {
    let mut scan = Scan::new(text);
    let mut open: Vec<(usize, usize)> = Vec::new();
    let (mut line, mut indent) = (0, 0);
    let mut is_first = true;
    loop {
        let before = scan.at;
        scan.space();
        let at = scan.at;
        // The head of a line, and how far it stands from the margin.
        let new_line = text.get(before..at)?.rfind('\n').map(|found| before + found + 1);
        if new_line.is_some() || is_first {
            line = new_line.unwrap_or(0);
            indent = at - line;
            is_first = false;
        }
        match scan.peek()? {
            '(' | '[' | '{' => open.push((at, indent)),
            ')' | ']' | '}' => {
                let (opened, opened_at) = open.pop()?;
                if at == line + indent && opened_at != indent {
                    return Some(opened);
                }
            }
            '"' => {
                scan.string();
            }
            _ => scan.word(),
        }
        if scan.at == at {
            scan.step();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_that_is_not_closed_is_found_by_the_indent_of_its_line() {
        let text = "(\n    a: 1,\n    b: (c: 2,\n    d: 3,\n)\n";
        assert_eq!(misplaced(text), text.find("(c"));
        assert_eq!(misplaced("(\n    a: [\n        1,\n    ],\n)\n"), None);
    }
}
