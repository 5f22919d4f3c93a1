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
    match bare.strip_prefix('"').and_then(|bare| bare.strip_suffix('"')) {
        Some(inner) => start + 1..start + 1 + inner.len(),
        None => start..start + bare.len(),
    }
}

/// Walks over the first record, to its end or to the first separator at which `stop` says so.
fn walk(text: &str, delimiter: u8, mut stop: impl FnMut(usize) -> bool) -> usize {
    let (mut quoted, mut begins) = (false, true);
    for (at, byte) in text.bytes().enumerate() {
        let first = std::mem::replace(&mut begins, false);
        match byte {
            b'"' if quoted || first => quoted = !quoted,
            // A doubled quote closes and opens again.
            b'"' if text[..at].ends_with('"') => quoted = true,
            _ if quoted => {}
            b'\n' => return at - usize::from(text[..at].ends_with('\r')),
            _ if byte == delimiter => {
                if stop(at) {
                    return at;
                }
                begins = true;
            }
            _ => {}
        }
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
    }
}
