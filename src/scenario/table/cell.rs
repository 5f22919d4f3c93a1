//! Where the cells of a CSV row stand in its text; asked only for messages.

use std::ops::Range;

/// The bytes of the first record of a text, without its line end.
///
/// As in RFC 4180, a quote opens a cell only where the cell begins.
pub fn record_end(text: &str, delimiter: u8) -> usize {
    walk(text, delimiter, |_| false)
}

/// How many separators the first record of a text has.
pub fn separators(text: &str, delimiter: u8) -> usize {
    let mut count = 0;
    walk(text, delimiter, |_| {
        count += 1;
        false
    });
    count
}

/// The bytes of a cell in the first record of a text, without quotes and white space around it.
/// Beyond the last cell it is the end of the record.
pub fn cell(text: &str, delimiter: u8, column: usize) -> Range<usize> {
    let (mut start, mut left) = (0, column);
    let end = walk(text, delimiter, |at| {
        if left == 0 {
            return true;
        }
        left -= 1;
        start = at + 1;
        false
    });
    if left > 0 {
        return end..end;
    }
    let written = &text[start..end];
    let bare = written.trim();
    let start = start + written.len() - written.trim_start().len();
    // Behind white space a quote is a letter of the cell.
    let opens = written.starts_with('"');
    match bare.strip_prefix('"').filter(|_| opens).and_then(|bare| bare.strip_suffix('"')) {
        Some(inner) => start + 1..start + 1 + inner.len(),
        None => start..start + bare.len(),
    }
}

/// Where in a cell a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// At its first byte.
    Start,
    /// In a cell without quotes, or behind the closing one: quotes are letters like others.
    Plain,
    /// Between quotes.
    Quotes,
    /// Behind a quote that closes, unless another follows.
    Closed,
}

/// Walks over the first record, to its end or to the first separator at which `stop` says so.
fn walk(text: &str, delimiter: u8, mut stop: impl FnMut(usize) -> bool) -> usize {
    let mut within = Within::Start;
    for (at, byte) in text.bytes().enumerate() {
        within = match (within, byte) {
            (Within::Quotes, b'"') => Within::Closed,
            (Within::Start | Within::Closed, b'"') | (Within::Quotes, _) => Within::Quotes,
            (_, b'\n') => return at - usize::from(text[..at].ends_with('\r')),
            (_, byte) if byte == delimiter => {
                if stop(at) {
                    return at;
                }
                Within::Start
            }
            _ => Within::Plain,
        };
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, column: usize) -> &str {
        &text[cell(text, b',', column)]
    }

    #[test]
    fn a_cell_is_found_behind_quotes_and_white_space() {
        let text = "one, two ,\"th,\"\"ree\",\"a\nb\",\r\nnext,row";
        assert_eq!(shown(text, 0), "one");
        assert_eq!(shown(text, 1), "two");
        assert_eq!(shown(text, 2), "th,\"\"ree");
        assert_eq!(shown(text, 3), "a\nb");
        assert_eq!(shown(text, 4), "");
        assert_eq!(shown(text, 9), "");
        let end = record_end(text, b',');
        assert_eq!(&text[end..], "\r\nnext,row");
        assert_eq!(shown("5\" pipe,3\n", 1), "3");
        assert_eq!(shown(" \"a\",b\n", 0), "\"a\"");
        // Quotes within a cell, doubled or not, open nothing.
        assert_eq!(shown("a\"\",b\n", 1), "b");
        assert_eq!(shown("\"a\"b\"\",c\n", 1), "c");
    }
}
