//! What people write for a field's name and the colon after it.

use ron::error::Error;

use super::Habit;
use crate::scenario::shortened;
use crate::scenario::syntax::open_bracket;

/// Names that are no names, and what should follow them.
pub fn in_a_name(before: &str, rest: &str, error: &Error) -> Option<Habit> {
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
            let whole = shortened(&word.replace('-', "_"));
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
                let whole = shortened(&format!("{first}_{word}"));
                let help = format!("names are joined by `_`: `{whole}`");
                Habit::new("a field's name holds no space", help)
            })
        }
        Error::ExpectedComma if next == ':' && !trimmed.ends_with('"') => {
            let name = name_before(trimmed)?;
            let opens = trimmed.strip_suffix(name)?.trim_end().ends_with(':');
            let at = trimmed.len() - name.len()..trimmed.len();
            let name = shortened(name);
            opens.then(|| {
                let help = format!("fields stand in parentheses: `({name}: …)`");
                Habit::new("an opening parenthesis is missing before this field", help).at(at)
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
            let name = shortened(name);
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
pub fn name_before(text: &str) -> Option<&str> {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, letter)| letter.is_alphanumeric() || *letter == '_')
        .last()?
        .0;
    text.get(start..)
}
