//! What people write who are used to other notations: the decimal comma, the equals sign, curly
//! quotes. Each is recognised where `ron` stumbles, and told in its own words.

mod brackets;
mod names;
mod values;

use std::ops::Range;

use ron::error::Error;

use super::scan::Scan;
use super::sections::distribution::{ALONE, EXAMPLE};
use super::set::SET;
use brackets::of_brackets;
use names::in_a_name;
use values::{in_a_value, percent};

/// What is wrong in an analyst's words.
pub struct Habit {
    /// One sentence without a full stop.
    pub message: String,
    /// The bytes to underline, where they are not those at which `ron` stumbles.
    pub at: Option<Range<usize>>,
    /// What to do.
    pub help: String,
}

/// The place of the part of a text from its last such letter on, up to the next on the same line.
fn between(before: &str, rest: &str, quote: char) -> Option<Range<usize>> {
    let start = before.rfind(quote)?;
    let line = rest.lines().next().unwrap_or("");
    let end = line
        .find(quote)
        .map_or(start + quote.len_utf8(), |end| before.len() + end + quote.len_utf8());
    Some(start..end)
}

impl Habit {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), at: None, help: help.into() }
    }

    fn at_some(self, range: Option<Range<usize>>) -> Self {
        match range {
            Some(range) => self.at(range),
            None => self,
        }
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
        let meant = super::shortened(&meant);
        let help = format!("{POINT}; here {meant}");
        Habit::new("this is a decimal comma", help).at(start..end)
    })
}

/// What stands behind a whole value.
fn after_the_end(file: &str, before: &str, rest: &str, error: &Error) -> Option<Habit> {
    let mut scan = Scan::new(before);
    scan.space();
    if matches!(error, Error::Eof) && scan.peek().is_none() {
        if file == ALONE {
            let help = format!("write one, such as `{EXAMPLE}`");
            return Some(Habit::new("no distribution is given", help));
        }
        let help = "write `Scenario(format: 1, title: \"…\")`";
        let what = if before.trim().is_empty() {
            "nothing stands in this file"
        } else {
            "this file holds only comments"
        };
        return Some(Habit::new(what, help));
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
    let closes = rest.starts_with([')', ']', '}']);
    if file == ALONE && !closes {
        return Some(if before.contains('(') {
            let help = "leave out what follows: one distribution stands here alone";
            Habit::new("the text goes on after the end of the distribution", help)
        } else {
            let help = format!("write a name and its parameters in parentheses: `{EXAMPLE}`");
            Habit::new("this is not a distribution", help).at(0..before.trim_end().len())
        });
    }
    if !before.contains(['(', '{', '[']) {
        let help =
            "a scenario begins with `Scenario(`, and its fields follow: `format: 1, title: \"…\"`";
        return Some(Habit::new("this is not a scenario", help).at(0..before.trim_end().len()));
    }
    Some(if closes {
        Habit::new("this bracket closes nothing that is open", "leave it out, or the one before it")
    } else {
        let message = "the text goes on after the end of the scenario";
        Habit::new(message, "look for a closing bracket too many before this")
    })
}

#[cfg(test)]
mod tests {
    use crate::problem::Source;
    use crate::scenario::read;

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
            ("(years: 2022-2027)", "`(first: 2022, last: 2027)`"),
            ("(draws: 1.000.000)", "write `1_000_000`"),
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
}
