//! What people write in or after a value that cannot stand there.

use ron::error::Error;

use super::names::name_before;
use super::{Habit, POINT, between};
use crate::scenario::table::Date;
use crate::scenario::{shortened, spoken};

/// What cannot stand in or after a value.
pub fn in_a_value(before: &str, rest: &str, error: &Error) -> Option<Habit> {
    let next = rest.chars().next()?;
    let last = before.trim_end().chars().next_back()?;
    match error {
        Error::InvalidEscape(_) => Some(
            Habit::new(
                "a backslash in quotes begins a special character",
                "write `/` between folders, and `\\\\` for one backslash",
            )
            .at_some(before.rfind('\\').map(|at| at..at + 1)),
        ),
        Error::ExpectedFloat | Error::ExpectedInteger => {
            let end = rest.find([',', ')', '}', ']', '\n']).unwrap_or(rest.len());
            let written = rest[..end].trim_end_matches(['"', ' ', '\r']);
            let word = written.replace('.', "-");
            let help = match Date::parse(&word) {
                _ if let Some((first, last)) = years(written) => {
                    format!("years are written `(first: {first}, last: {last})`")
                }
                _ if is_in_thousands(written) => {
                    format!("write `{}`", shortened(&written.replace('.', "_")))
                }
                Some(_) => format!("dates stand in quotes: `\"{word}\"`"),
                None => format!("{POINT}; texts, dates and formulas stand in quotes"),
            };
            Some(Habit::new("this is not a number", help))
        }
        Error::ExpectedChar => {
            let habit =
                Habit::new("a text in single quotes", "texts stand in double quotes: `\"…\"`");
            Some(habit.at_some(between(before, rest, '\'')))
        }
        Error::ExpectedComma if next == '%' => Some(percent(before)),
        Error::ExpectedComma if next == ';' => {
            Some(Habit::new("a semicolon stands here", "write a comma between fields"))
        }
        Error::ExpectedComma if next == '-' && is_hyphen(before, rest) => {
            let start = before.len() - name_before(before).map_or(0, str::len);
            let end = rest.find(':').unwrap_or(rest.len());
            let name = format!("{}{}", &before[start..], &rest[..end]);
            let whole = shortened(&name.replace('-', "_"));
            let help = format!("names are joined by `_`: `{whole}`");
            Some(Habit::new("a field's name holds no hyphen", help))
        }
        Error::ExpectedComma if matches!(next, '*' | '/' | '+' | '-' | '^') => {
            let start = before.rfind([':', '(', '[', '{', ',', '\n']).map_or(0, |found| found + 1);
            let end = rest.find([',', ')', ']', '}', '\n']).unwrap_or(rest.len());
            let formula = format!("{}{}", before[start..].trim_start(), rest[..end].trim_end());
            let help = format!("write `\"{}\"`", shortened(&formula));
            Some(Habit::new("a formula stands in quotes", help))
        }
        Error::ExpectedComma if next == '=' => {
            let name = name_before(before.trim_end()).unwrap_or("name");
            let help = format!("write `{}: …`, with a colon", shortened(name));
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
        Error::ExpectedComma if before.ends_with('"') && next.is_alphanumeric() => Some(
            Habit::new(
                "a quote stands within a text",
                "write `\\\"` within a text in quotes, or use other quotes: `„…”`",
            )
            .at_some(between(before, rest, '"')),
        ),
        Error::ExpectedComma
            if last.is_ascii_digit() && next.is_alphabetic() && !is_field(rest) =>
        {
            Some(Habit::new("a number has no unit", "leave it out; the unit is the field's own"))
        }
        Error::ExpectedComma
            if matches!(next, '[' | '{') && before.ends_with(char::is_alphanumeric) =>
        {
            let name = shortened(name_before(before)?);
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

/// The two years of `2022-2027`.
fn years(written: &str) -> Option<(&str, &str)> {
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = written.split_once(['-', '–'])?;
    let (first, last) = (first.trim(), last.trim());
    (is_year(first) && is_year(last)).then_some((first, last))
}

/// Whether a number has more than one point, each before three digits: `1.000.000`.
fn is_in_thousands(written: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = written.split('.');
    let head = parts.next().unwrap_or("");
    let rest: Vec<&str> = parts.collect();
    (1..=3).contains(&head.len())
        && digits(head)
        && rest.len() > 1
        && rest.iter().all(|part| part.len() == 3 && digits(part))
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

pub fn percent(before: &str) -> Habit {
    let start = before.rfind(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let written = before.get(start.map_or(0, |start| start + 1)..).unwrap_or("");
    let help = match written.parse::<f64>() {
        Ok(value) => {
            format!("write the share: {} % is {}", spoken(value), spoken(value / 100.0))
        }
        Err(_) => "write the share: 21 % is 0.21".to_owned(),
    };
    Habit::new("numbers have no percent sign", help)
}
