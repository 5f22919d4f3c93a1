//! A value as a scenario writes it, on one line.

use super::Written;
use crate::problem::{Place, Sources};
use crate::scenario::tree::{Kind, Name, Node, Number};

/// The longest number that is shown as it is written.
const LONGEST_NUMBER: usize = 24;

/// Writes a value; numbers as they stand in the sources.
pub fn written(node: &Node, sources: &Sources) -> Written {
    let number = match node.kind {
        Kind::Number(number) => Some(number.value),
        _ => None,
    };
    Written { text: text(node, Some(sources)), number }
}

/// Writes a value; numbers in the shortest way that means the same.
pub fn canonical(node: &Node) -> String {
    text(node, None)
}

/// A text in double quotes, nothing in it that a terminal acts upon.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter if is_hidden(letter) => out.extend(letter.escape_unicode()),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Control characters, and marks that turn the direction of writing.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}')
        || ('\u{202a}'..='\u{202e}').contains(&letter)
        || ('\u{2066}'..='\u{2069}').contains(&letter)
}

fn text(node: &Node, sources: Option<&Sources>) -> String {
    let inner = |node: &Node| text(node, sources);
    let many = |items: &[Node]| items.iter().map(inner).collect::<Vec<_>>().join(", ");
    let called = |name: &Option<Name>| name.as_ref().map_or("", |name| &*name.value).to_owned();
    match &node.kind {
        Kind::Number(number) => sources
            .and_then(|sources| as_written(&node.place, sources))
            .unwrap_or_else(|| plain(*number)),
        Kind::Text(text) => quoted(&text.value),
        Kind::Truth(value) => value.to_string(),
        Kind::Nothing => "None".to_owned(),
        Kind::Unit(name) => name.value.to_string(),
        Kind::Struct(name, fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("{}: {}", field.name.value, inner(&field.value)))
                .collect();
            format!("{}({})", called(name), fields.join(", "))
        }
        Kind::Tuple(name, items) => format!("{}({})", called(name), many(items)),
        Kind::List(items) => format!("[{}]", many(items)),
        Kind::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", inner(key), inner(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn as_written(place: &Place, sources: &Sources) -> Option<String> {
    let slice = sources.text(&place.file)?.get(place.start..place.end)?;
    (slice.len() <= LONGEST_NUMBER).then(|| slice.to_owned())
}

fn plain(number: Number) -> String {
    let value = number.value;
    match number.whole {
        Some(whole) => whole.to_string(),
        None if value != 0.0 && !(1e-6..1e15).contains(&value.abs()) => format!("{value:e}"),
        None => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_acts_upon_is_written() {
        assert_eq!(quoted("a\u{1b}[31m \u{202e}\"\\\n"), "\"a\\u{1b}[31m \\u{202e}\\\"\\\\\\n\"");
    }
}
