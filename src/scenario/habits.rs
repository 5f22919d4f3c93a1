//! What people write who are used to other notations: the decimal comma, the equals sign, curly
//! quotes. Each is recognised where `ron` stumbles, and told in its own words.

use std::ops::Range;

use ron::error::Error;

use super::scan::Scan;
use super::set::SET;
use super::syntax::open_bracket;
use super::table::Date;

/// What is wrong in an analyst's words.
pub struct Habit {
    /// One sentence without a full stop.
    pub message: String,
    /// The bytes to underline, where they are not those at which `ron` stumbles.
    pub at: Option<Range<usize>>,
    /// What to do.
    pub help: String,
}

impl Habit {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), at: None, help: help.into() }
    }

    fn at(mut self, range: Range<usize>) -> Self {
        self.at = Some(range);
        self
    }
}

const POINT: &str = "numbers have a decimal point: `1.5`, and `_` between thousands: `1_000`";

/// The habit behind a syntax error at a byte of a file, if there is one.
pub fn habit(file: &str, text: &str, at: usize, error: &Error) -> Option<Habit> {
    let before = text.get(..at)?;
    let rest = text.get(at..)?;
    open_comment(text, error)
        .or_else(|| open_text(text, at, error))
        .or_else(|| decimal_comma(text, at, error))
        .or_else(|| after_the_end(file, before, rest, error))
        .or_else(|| in_a_value(before, rest, error))
        .or_else(|| in_a_name(before, rest, error))
        .or_else(|| of_brackets(text, before, rest, error))
}

fn open_comment(text: &str, error: &Error) -> Option<Habit> {
    let start = matches!(error, Error::UnclosedBlockComment).then(|| text.rfind("/*"))??;
    let message = "a comment `/* … */` is never closed";
    Some(Habit::new(message, "close it by `*/`").at(start..start + 2))
}

/// A quote that is missing: the text then runs on to the next quote, some lines below.
fn open_text(text: &str, at: usize, error: &Error) -> Option<Habit> {
    let mut scan = Scan::new(text);
    let mut last = None;
    loop {
        scan.space();
        if scan.at >= at {
            break;
        }
        let start = scan.at;
        match scan.peek()? {
            '"' => {
                scan.string();
                last = Some(start..scan.at);
            }
            _ => scan.word(),
        }
        if scan.at == start {
            scan.step();
        }
    }
    let last = last.filter(|last| last.end >= at.saturating_sub(1) || last.contains(&at))?;
    let inside = text.get(last.clone())?;
    let line = inside.lines().next()?.trim_end();
    if matches!(error, Error::InvalidEscape(_)) {
        return None;
    }
    inside.contains('\n').then(|| {
        let message = "this text has no closing quote on its line";
        Habit::new(message, "close it: `\"…\"`").at(last.start..last.start + line.len())
    })
}

/// `0,21`: digits, a comma, digits, without any space.
fn decimal_comma(text: &str, at: usize, error: &Error) -> Option<Habit> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let stumbles = matches!(
        error,
        Error::SuggestRawIdentifier(_)
            | Error::ExpectedIdentifier
            | Error::ExpectedMapColon
            | Error::TrailingCharacters
    );
    // `ron` stumbles at the comma, at the decimals, or right after them.
    let decimals = (0..at).rev().take_while(|at| digit(*at)).last().unwrap_or(at);
    let comma = if bytes.get(decimals.checked_sub(1)?) == Some(&b',') { decimals - 1 } else { at };
    let fits = stumbles && bytes.get(comma) == Some(&b',') && digit(comma + 1);
    let start = (0..comma).rev().take_while(|at| digit(*at)).last()?;
    let end = (comma + 1..bytes.len()).take_while(|at| digit(*at)).last()? + 1;
    fits.then(|| {
        let meant = text.get(start..end).map(|text| text.replace(',', ".")).unwrap_or_default();
        let help = format!("{POINT}; here {meant}");
        Habit::new("this is a decimal comma", help).at(start..end)
    })
}

/// What stands behind a whole value.
fn after_the_end(file: &str, before: &str, rest: &str, error: &Error) -> Option<Habit> {
    let mut scan = Scan::new(before);
    scan.space();
    if matches!(error, Error::Eof) && scan.peek().is_none() {
        let help = "write `Scenario(format: 1, title: \"…\")`";
        return Some(Habit::new("nothing stands in this file", help));
    }
    if !matches!(error, Error::TrailingCharacters) {
        return None;
    }
    if rest.starts_with('%') {
        return Some(percent(before));
    }
    if file == SET {
        return Some(Habit::new(
            "the value goes on after its end",
            "texts stand in quotes, the whole in single ones: `--set 'title=\"…\"'`",
        ));
    }
    if !before.contains(['(', '{', '[']) {
        let help =
            "a scenario begins with `Scenario(`, and its fields follow: `format: 1, title: \"…\"`";
        return Some(Habit::new("this is not a scenario", help).at(0..before.trim_end().len()));
    }
    Some(if rest.starts_with([')', ']', '}']) {
        Habit::new("this bracket closes nothing that is open", "leave it out, or the one before it")
    } else {
        let message = "the text goes on after the end of the scenario";
        Habit::new(message, "look for a closing bracket too many before this")
    })
}

/// What cannot stand in or after a value.
fn in_a_value(before: &str, rest: &str, error: &Error) -> Option<Habit> {
    let next = rest.chars().next()?;
    let last = before.trim_end().chars().next_back()?;
    match error {
        Error::InvalidEscape(_) => Some(Habit::new(
            "a backslash in quotes begins a special character",
            "write `/` between folders, and `\\\\` for one backslash",
        )),
        Error::ExpectedFloat | Error::ExpectedInteger => {
            let end = rest.find([',', ')', '}', ']', '\n']).unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches(['"', ' ', '\r']).replace('.', "-");
            let help = match Date::parse(&word) {
                Some(_) => format!("dates stand in quotes: `\"{word}\"`"),
                None => format!("{POINT}; texts, dates and formulas stand in quotes"),
            };
            Some(Habit::new("this is not a number", help))
        }
        Error::ExpectedChar => {
            Some(Habit::new("a text in single quotes", "texts stand in double quotes: `\"…\"`"))
        }
        Error::ExpectedComma if next == '%' => Some(percent(before)),
        Error::ExpectedComma if next == ';' => {
            Some(Habit::new("a semicolon stands here", "write a comma between fields"))
        }
        Error::ExpectedComma if next == '-' && is_hyphen(before, rest) => {
            let start = before.len() - name_before(before).map_or(0, str::len);
            let end = rest.find(':').unwrap_or(rest.len());
            let name = format!("{}{}", &before[start..], &rest[..end]);
            let whole = super::shortened(&name.replace('-', "_"));
            let help = format!("names are joined by `_`: `{whole}`");
            Some(Habit::new("a field's name holds no hyphen", help))
        }
        Error::ExpectedComma if matches!(next, '*' | '/' | '+' | '-' | '^') => {
            let start = before.rfind([':', '(', '[', '{', ',', '\n']).map_or(0, |found| found + 1);
            let end = rest.find([',', ')', ']', '}', '\n']).unwrap_or(rest.len());
            let formula = format!("{}{}", before[start..].trim_start(), rest[..end].trim_end());
            let help = format!("write `\"{}\"`", super::shortened(&formula));
            Some(Habit::new("a formula stands in quotes", help))
        }
        Error::ExpectedComma if next == '=' => {
            let name = name_before(before.trim_end()).unwrap_or("name");
            let help = format!("write `{}: …`, with a colon", super::shortened(name));
            Some(Habit::new("an equals sign stands here", help))
        }
        Error::ExpectedComma
            if next.is_ascii_digit() && last.is_ascii_digit() && before.ends_with(' ') =>
        {
            Some(Habit::new("a space stands within a number", POINT))
        }
        Error::ExpectedComma
            if next == '\'' && before.ends_with(|last: char| last.is_ascii_digit()) =>
        {
            Some(Habit::new("an apostrophe stands within a number", POINT))
        }
        Error::ExpectedComma if before.ends_with('"') && next.is_alphanumeric() => {
            Some(Habit::new(
                "a quote stands within a text",
                "write `\\\"` within a text in quotes, or use other quotes: `„…”`",
            ))
        }
        Error::ExpectedComma
            if last.is_ascii_digit() && next.is_alphabetic() && !is_field(rest) =>
        {
            Some(Habit::new("a number has no unit", "leave it out; the unit is the field's own"))
        }
        Error::ExpectedComma
            if matches!(next, '[' | '{') && before.ends_with(char::is_alphanumeric) =>
        {
            let name = super::shortened(name_before(before)?);
            let help = format!("write `{name}(…)`");
            Some(Habit::new("what follows a name stands in parentheses", help))
        }
        Error::UnexpectedChar(',' | ')' | ']' | '}') if last == ':' => Some(Habit::new(
            "a value is missing after the colon",
            "write the value, or leave the field out",
        )),
        Error::UnexpectedChar(_) if last == '/' => {
            Some(Habit::new("this cannot stand here", "comments begin with `//`"))
        }
        Error::UnexpectedChar('#') => {
            Some(Habit::new("the character '#' cannot stand here", "comments begin with `//`"))
        }
        _ => None,
    }
}

/// Whether a hyphen stands within a word that a colon follows.
fn is_hyphen(before: &str, rest: &str) -> bool {
    let name = rest.split(':').next().unwrap_or("");
    before.ends_with(char::is_alphabetic)
        && rest.contains(':')
        && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

/// Whether a text begins with a field's name and its colon.
fn is_field(text: &str) -> bool {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    text.get(end.unwrap_or(text.len())..).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

fn percent(before: &str) -> Habit {
    let start = before.rfind(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let written = before.get(start.map_or(0, |start| start + 1)..).unwrap_or("");
    let help = match written.parse::<f64>() {
        Ok(value) => {
            format!("write the share: {written} % is {}", super::spoken(value / 100.0))
        }
        Err(_) => "write the share: 21 % is 0.21".to_owned(),
    };
    Habit::new("numbers have no percent sign", help)
}

/// Names that are no names, and what should follow them.
fn in_a_name(before: &str, rest: &str, error: &Error) -> Option<Habit> {
    let next = rest.chars().next()?;
    let word_end = rest
        .find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-'))
        .unwrap_or(rest.len());
    let word = &rest[..word_end];
    let trimmed = before.trim_end();
    match error {
        Error::SuggestRawIdentifier(_) | Error::ExpectedIdentifier if word.starts_with('-') => {
            Some(Habit::new("a field's name is needed here", "comments begin with `//`"))
        }
        Error::SuggestRawIdentifier(_) | Error::ExpectedIdentifier if word.contains('-') => {
            let whole = super::shortened(&word.replace('-', "_"));
            let help = format!("names are joined by `_`: `{whole}`");
            Some(Habit::new("a field's name holds no hyphen", help))
        }
        Error::SuggestRawIdentifier(_) | Error::ExpectedIdentifier
            if next == ',' && trimmed.ends_with(',') =>
        {
            Some(Habit::new("there is a comma too many", "leave it out"))
        }
        Error::ExpectedMapColon if next == '=' => {
            Some(Habit::new("an equals sign stands here", "write `\"name\": value`, with a colon"))
        }
        Error::ExpectedMapColon | Error::ExpectedComma if next.is_alphabetic() => {
            let first = name_before(trimmed)?;
            let opens = trimmed.strip_suffix(first)?.trim_end().ends_with(['(', ',']);
            let goes_on = rest[word_end..].trim_start().starts_with(':');
            (opens && goes_on).then(|| {
                let whole = super::shortened(&format!("{first}_{word}"));
                let help = format!("names are joined by `_`: `{whole}`");
                Habit::new("a field's name holds no space", help)
            })
        }
        Error::ExpectedComma if next == ':' && !trimmed.ends_with('"') => {
            let name = name_before(trimmed)?;
            let opens = trimmed.strip_suffix(name)?.trim_end().ends_with(':');
            let name = super::shortened(name);
            opens.then(|| {
                let help = format!("fields stand in parentheses: `({name}: …)`");
                Habit::new("an opening parenthesis is missing before this field", help)
            })
        }
        Error::ExpectedComma if next == ':' => {
            let open = open_bracket(before, before.len())?;
            before.get(open..)?.starts_with('[').then(|| {
                let help = "names with values stand in braces: `{ \"name\": … }`";
                Habit::new("an item of a list has no name", help)
            })
        }
        Error::ExpectedComma if next.is_ascii_digit() || matches!(next, '"' | '-' | '(' | '[') => {
            let name = name_before(trimmed)?;
            let opens = trimmed.strip_suffix(name)?.trim_end().ends_with(['(', ',']);
            let is_field = name.starts_with(|first: char| first.is_lowercase());
            let name = super::shortened(name);
            (opens && is_field)
                .then(|| Habit::new("a colon is missing before this", format!("write `{name}: …`")))
        }
        Error::ExpectedMapColon => {
            let help = "in braces every entry is written `\"name\": value`";
            Some(Habit::new("a colon is missing", help))
        }
        _ => None,
    }
}

/// The word that a text ends in.
fn name_before(text: &str) -> Option<&str> {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, letter)| letter.is_alphanumeric() || *letter == '_')
        .last()?
        .0;
    text.get(start..)
}

/// Brackets that are not closed, or closed by one of another kind.
fn of_brackets(text: &str, before: &str, rest: &str, error: &Error) -> Option<Habit> {
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
    use super::super::read;
    use crate::problem::Source;

    fn help(text: &str) -> String {
        let source = Source { name: "s.ron".into(), text: text.into(), bytes: [].into() };
        read(&source).expect_err("this text is not valid").help.unwrap_or_default()
    }

    #[test]
    fn what_is_written_as_elsewhere_is_answered_with_how_it_is_written_here() {
        let cases = [
            ("(vat_rate: 0,21)", "0.21"),
            ("{\"a\": 0,5, \"b\": 1}", "0.5"),
            ("(share: 21%)", "21 % is 0.21"),
            ("(draws: 10 000)", "1_000"),
            ("(first 2022)", "write `first: …`"),
            ("(first = 2022)", "with a colon"),
            ("{\"a\" = 1}", "write `\"name\": value`"),
            ("(information-date: 1)", "`information_date`"),
            ("(information date: 1)", "`information_date`"),
            ("(verdict: euro: 500)", "`(euro: …)`"),
            ("(title: \"a \"quoted\" word\")", "within a text"),
            ("(amount: 500 EUR)", "the unit is the field's own"),
            ("(draws: 1'000)", "1_000"),
            ("(value: Uniform[0, 1])", "`Uniform(…)`"),
            ("(levers: [\"a\": 1])", "in braces"),
            ("(levers: {\"a\" 1})", "every entry"),
            ("(years: 2022-2027)", "stand in quotes"),
            ("(a: 1,\n -- note\n b: 2)", "comments begin with `//`"),
            ("(a: 1,, b: 2)", "leave it out"),
            ("(a: , b: 2)", "write the value"),
            ("(a: 2022-02-01)", "`\"2022-02-01\"`"),
            ("(a: 1_060 * 1.25, b: 2)", "`\"1_060 * 1.25\"`"),
            ("(a: 'text')", "double quotes"),
            ("(a: \"data\\municipalities\")", "write `/` between folders"),
            ("(# note\n a: 1)", "comments begin with `//`"),
            ("a,b\n1,2", "begins with `Scenario(`"),
        ];
        for (text, expected) in cases {
            assert!(help(text).contains(expected), "{text}: {}", help(text));
        }
    }

    #[test]
    fn a_bracket_that_is_not_closed_is_found_by_the_indent_of_its_line() {
        let text = "(\n    a: 1,\n    b: (c: 2,\n    d: 3,\n)\n";
        assert_eq!(super::misplaced(text), text.find("(c"));
        assert_eq!(super::misplaced("(\n    a: [\n        1,\n    ],\n)\n"), None);
    }
}
