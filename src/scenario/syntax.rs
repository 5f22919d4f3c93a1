//! What a RON syntax error says, in an analyst's words, and the bracket it belongs to.

use ron::error::{Error, Position, SpannedError};

use super::habits::habit;
use super::scan::Scan;
use super::sections::distribution::ALONE;
use crate::problem::{Place, Problem, Source, codes};

/// The problem for a syntax error that `ron` found.
pub fn syntax_problem(source: &Source, error: &SpannedError) -> Problem {
    let text = &*source.text;
    let at = byte(text, error.span.end).min(text.len());
    let place = Place::new(&source.name, token(text, at));
    if matches!(error.code, Error::ExceededRecursionLimit) {
        let problem = Problem::error(codes::NESTING, "brackets are nested too deeply");
        return problem.at(&place, "").help("look for brackets that are opened by mistake");
    }
    let found = habit(&source.name, text, at, &error.code);
    let place = match found.as_ref().and_then(|habit| habit.at.clone()) {
        Some(range) => Place::new(&source.name, range),
        None => place,
    };
    let is_moved = found.as_ref().is_some_and(|habit| habit.at.is_some());
    let message = match &found {
        Some(habit) => habit.message.clone(),
        None => words(text, at, &error.code),
    };
    let problem = Problem::error(codes::SYNTAX, message).at(&place, "");
    let problem = match found.map(|habit| habit.help) {
        Some(help) => problem.help(help),
        None => match remedy(text, at, &error.code) {
            Some(help) => problem.help(help),
            None => problem,
        },
    };
    let problem = match line_before(text, place.start) {
        Some(range) => problem.also(&Place::new(&source.name, range), ""),
        None => problem,
    };
    match context(&source.name, text, at, &error.code).filter(|_| !is_moved) {
        Some((range, label)) if !label.is_empty() && range.start != place.start => {
            problem.also(&Place::new(&source.name, range), label)
        }
        _ => problem,
    }
}

/// The last line before that of a byte on which something stands: the fault often begins there.
fn line_before(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let start = text.get(..at)?.rfind('\n')?;
    let above = text.get(..start)?.trim_end();
    let line = above.rfind('\n').map_or(0, |found| found + 1);
    let first = line + above.get(line..)?.find(|letter: char| !letter.is_whitespace())?;
    Some(first..above.len())
}

fn words(text: &str, at: usize, error: &Error) -> String {
    match error {
        Error::Eof => "the text ends too early".into(),
        Error::ExpectedComma => match next(text, at) {
            None => "a closing bracket is missing at the end".into(),
            Some(letter @ (')' | ']' | '}')) => {
                format!("this `{letter}` closes no bracket that is open here")
            }
            Some(_) => "a comma is missing before this".into(),
        },
        Error::ExpectedMapColon => "a colon is missing".into(),
        Error::ExpectedStringEnd => "a text in quotes is never closed".into(),
        Error::UnclosedBlockComment => "a comment `/* … */` is never closed".into(),
        Error::TrailingCharacters => "the text goes on after the end of the scenario".into(),
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => {
            "a field's name is needed here".into()
        }
        Error::UnexpectedChar(letter) => {
            format!("the character {letter:?} cannot stand here")
        }
        other => {
            let text = other.to_string();
            let mut letters = text.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_lowercase().chain(letters).take(200).collect()
            })
        }
    }
}

fn next(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

fn remedy(text: &str, at: usize, error: &Error) -> Option<&'static str> {
    let before = text.get(..at).unwrap_or("").trim_end();
    match (error, next(text, at)) {
        (Error::ExpectedComma, Some(':')) if before.ends_with('"') => {
            Some("in parentheses a field's name stands without quotes: `name: value`")
        }
        (Error::ExpectedComma, Some('=')) => Some("write `name: value`, with a colon"),
        (Error::SuggestRawIdentifier(_), Some('0'..='9')) if before.ends_with(',') => {
            Some("numbers have a decimal point: `1.5`, and `_` between thousands: `1_000`")
        }
        (Error::ExpectedIdentifier, Some('"')) => {
            Some("in parentheses a field's name stands without quotes: `name: value`")
        }
        (Error::ExpectedComma | Error::UnexpectedChar(_), Some('„' | '“' | '”' | '\'')) => {
            Some("texts stand in straight quotes: \"…\"")
        }
        _ => None,
    }
}

/// What to show beside the place: the bracket that is open there, or what stands before.
fn context(
    file: &str,
    text: &str,
    at: usize,
    error: &Error,
) -> Option<(std::ops::Range<usize>, &'static str)> {
    let next = next(text, at);
    let bracket = matches!(
        error,
        Error::ExpectedArrayEnd
            | Error::ExpectedMapEnd
            | Error::ExpectedStructLikeEnd
            | Error::ExpectedOptionEnd
            | Error::Eof
    ) || matches!(error, Error::ExpectedComma | Error::UnexpectedChar(_))
        && matches!(next, None | Some(')' | ']' | '}'))
        || matches!(error, Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_))
            && matches!(next, Some('(' | '[' | '{'));
    if bracket {
        return open_bracket(text, at).map(|open| (open..open + 1, "this bracket is open"));
    }
    let last = last_letter(text, at)?;
    let same_line = !text.get(last.start..at)?.contains('\n');
    let label = match error {
        Error::ExpectedComma if !same_line => "after this",
        Error::TrailingCharacters if file == ALONE => "here the distribution ends",
        Error::TrailingCharacters => "here the scenario ends",
        _ => "",
    };
    Some((last, label))
}

/// The last character before a byte that belongs neither to white space nor to a comment.
fn last_letter(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let mut scan = Scan::new(text);
    let mut end = 0;
    loop {
        scan.space();
        if scan.at >= at || scan.peek().is_none() {
            let (start, letter) = text.get(..end)?.char_indices().next_back()?;
            return Some(start..start + letter.len_utf8());
        }
        pass_token(&mut scan);
        end = scan.at.min(at);
    }
}

/// The innermost bracket that is open at a byte.
pub(super) fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let mut scan = Scan::new(text);
    let mut open = Vec::new();
    loop {
        scan.space();
        match scan.peek() {
            None => break,
            Some(_) if scan.at >= at => break,
            Some('(' | '[' | '{') => open.push(scan.at),
            Some(')' | ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
        pass_token(&mut scan);
    }
    open.pop()
}

fn pass_token(scan: &mut Scan<'_>) {
    let start = scan.at;
    match scan.peek() {
        Some('"' | '\'') => {
            scan.string();
        }
        Some('r') if scan.raw_string_ahead() => {
            scan.string();
        }
        _ => scan.word(),
    }
    if scan.at == start {
        scan.step();
    }
}

/// The byte of a line and column, both from 1, columns in characters.
fn byte(text: &str, position: Position) -> usize {
    let mut start = 0;
    for _ in 1..position.line {
        start += text[start..].find('\n').map_or(0, |found| found + 1);
    }
    let line = &text[start..];
    start + line.char_indices().nth(position.col.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// The word or character at a byte; at the end of the text its last character.
fn token(text: &str, at: usize) -> std::ops::Range<usize> {
    let mut scan = Scan::new(text);
    scan.at = at;
    scan.word();
    if scan.at == at {
        scan.step();
    }
    if scan.at > at {
        return at..scan.at;
    }
    let last = text.trim_end().char_indices().next_back();
    last.map_or(0..0, |(start, letter)| start..start + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;

    /// The message, the underlined text and what else is marked.
    fn told(text: &str) -> (String, String, Option<(String, String)>) {
        let source = Source { name: "s.ron".into(), text: text.into(), bytes: [].into() };
        let problem = *read(&source).expect_err("this text is not valid");
        assert_eq!(problem.code, codes::SYNTAX);
        let shown = |place: &Place| text[place.start..place.end].to_owned();
        let (at, _) = problem.at.expect("a syntax error has a place");
        let marked = problem.also.iter().find(|(_, label)| !label.is_empty());
        let also = marked.map(|(place, label)| (shown(place), label.clone()));
        (problem.message, shown(&at), also)
    }

    #[test]
    fn a_syntax_error_says_what_is_missing_and_where() {
        let cases = [
            ("(\n a: 1 // one\n b: 2)", "a comma is missing before this", "b", "1", "after this"),
            (
                "(a: [1, 2)",
                "`)` does not close the bracket that is open here",
                ")",
                "[",
                "this bracket is open",
            ),
            ("(a: 1, b: 2", "a closing bracket is missing", "2", "(", "this bracket is open"),
            (
                "(a: 1) b",
                "the text goes on after the end of the scenario",
                "b",
                ")",
                "here the scenario ends",
            ),
        ];
        for (text, message, at, also, label) in cases {
            let (found, shown, beside) = told(text);
            assert_eq!((&*found, &*shown), (message, at), "{text}");
            assert_eq!(beside, Some((also.to_owned(), label.to_owned())), "{text}");
        }
        let plain = [
            ("{1: 2, 3}", "a colon is missing", "}"),
            ("(a: 1,5)", "this is a decimal comma", "1,5"),
            ("(a: 1,x5)", "a colon is missing", ")"),
            ("(a = 1)", "an equals sign stands here", "="),
            ("(a: \"x)", "a text in quotes is never closed", "x"),
            ("(a: ;)", "the character ';' cannot stand here", ";"),
            ("(a: \"x\nb: 1)", "this text has no closing quote on its line", "\"x"),
            ("(a: 1))", "this bracket closes nothing that is open", ")"),
            ("(a: /* c", "a comment `/* … */` is never closed", "/*"),
            ("", "nothing stands in this file", ""),
        ];
        for (text, message, at) in plain {
            let (found, shown, _) = told(text);
            assert_eq!((&*found, &*shown), (message, at), "{text}");
        }
    }

    #[test]
    fn the_line_before_a_fault_is_shown() {
        let text = "(\n  a: 1,\n\n  b = 2,\n)";
        let source = Source { name: "s.ron".into(), text: text.into(), bytes: [].into() };
        let problem = *read(&source).expect_err("this text is not valid");
        let shown = problem.also.first().map(|(place, _)| &text[place.start..place.end]);
        assert_eq!(shown, Some("a: 1,"));
    }
}
