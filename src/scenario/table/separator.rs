//! What separates the cells of a table, and where it begins.

use super::split::{self, Start};
use super::{Declared, MOST_COLUMNS, Raw, Separator};
use crate::problem::{Place, Problem, Source, codes};
use crate::scenario::decode::Decoder;

/// The most separators of one line, those in quotes among them.
const WIDEST_LINE: usize = 100_000;

/// What separates the cells: as declared, as the file says, or as its header and rows show.
pub(super) fn separator(
    raw: &Raw,
    declared: &Declared,
    hint: Option<Separator>,
    first: Start,
    door: &mut Decoder,
) -> Option<Separator> {
    if raw.columns.is_some() {
        return Some(Separator::Comma);
    }
    let name = &raw.source.name;
    let text = &raw.source.text;
    let line = text.get(first.byte..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
    let place = Place::new(name, first.byte..first.byte + line.len().max(1));
    if let Some((separator, at)) = &declared.separator {
        let has = |other: Separator| line.contains(char::from(other.byte()));
        let other = Separator::ALL.into_iter().find(|other| other != separator && has(*other));
        if let Some(other) = other.filter(|_| !has(*separator)) {
            let (declared, found) = (separator.name(), other.name());
            let message = format!("the header line of `{name}` has no {declared}, but a {found}");
            let problem = Problem::error(codes::CONTRADICTION, message).at(&place, "");
            let help = format!("write `separator: {other:?}`, or leave `separator` out");
            return door.refuse(problem.also(at, "declared here").help(help));
        }
        return Some(*separator);
    }
    if let Some(separator) = hint {
        door.assume(name, &format!("separator {} (line 1, `sep=`)", separator.name()));
        return Some(separator);
    }
    match split::separator(text, first) {
        Ok(Separator::Comma) => Some(Separator::Comma),
        Ok(separator) => {
            door.assume(name, &format!("separator {}", separator.name()));
            Some(separator)
        }
        Err(best) => {
            let names: Vec<String> = best.iter().map(|one| format!("{}s", one.name())).collect();
            let names = names.join(" or by ");
            let message = format!("the cells of `{name}` may be separated by {names}");
            let problem = Problem::error(codes::SEPARATOR, message).at(&place, "");
            let written: Vec<String> = Separator::ALL
                .iter()
                .filter(|one| best.contains(one))
                .map(|one| format!("`separator: {one:?}`"))
                .collect();
            let written = written.join(" or ");
            door.refuse(problem.help(format!("say which it is in `Table(file: …)`: {written}")))
        }
    }
}

/// The line `sep=;` with which Excel is told what separates the cells, and where the table begins.
pub(super) fn hint(text: &str) -> (Option<Separator>, Start) {
    let first = Start { byte: 0, line: 1 };
    let line = text.split('\n').next().unwrap_or("");
    let bare = line.trim_end_matches('\r').trim_matches('"').to_ascii_lowercase();
    let Some(mark) = bare.strip_prefix("sep=") else { return (None, first) };
    let named = Separator::ALL.into_iter().find(|one| mark.as_bytes() == [one.byte()]);
    let below = Start { byte: (line.len() + 1).min(text.len()), line: 2 };
    if named.is_some() { (named, below) } else { (None, first) }
}

/// The problem of a line with far more cells than a table has columns, told before it is taken
/// apart: a line of separators alone would need many times its length.
pub(super) fn too_wide(source: &Source, separator: u8) -> Option<Problem> {
    let (mut start, mut count) = (0, 0);
    for (at, byte) in source.text.bytes().enumerate() {
        if byte == b'\n' {
            (start, count) = (at + 1, 0);
        }
        count += usize::from(byte == separator);
        if count > WIDEST_LINE {
            let line = source.text[..start].matches('\n').count() + 1;
            let message = format!(
                "line {line} has more than {WIDEST_LINE} separators, and a table at most \
                 {MOST_COLUMNS} columns"
            );
            let place = source.place(start..at);
            return Some(Problem::error(codes::TABLE_TEXT, message).at(&place, ""));
        }
    }
    None
}
