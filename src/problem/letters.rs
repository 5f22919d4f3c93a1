//! Letters that nobody sees, and those that act on a terminal or page instead of being read.
//!
//! They make two names that look alike differ, turn a line around, or drive a terminal: "Trojan
//! Source" (Boucher & Anderson 2023, doi:10.48550/arXiv.2111.00169).

use std::borrow::Cow;

/// Whether a character is shown as nothing, or does something instead of being shown. Line ends and
/// tabs are not counted: who needs one line asks for them himself.
#[must_use]
pub const fn is_hidden(letter: char) -> bool {
    let spaces = matches!(letter, '\n' | '\r' | '\t');
    let controls = matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    // Soft hyphen, joiners, marks of direction, invisible operators and tags: Unicode's Cf.
    let formats = matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    );
    // Letters without a shape, and what XML cannot hold.
    let shapeless = matches!(
        letter,
        '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{fffe}'
            | '\u{ffff}'
    );
    !spaces && (controls || formats || shapeless)
}

/// The first hidden letter of a text and the byte at which it stands.
#[must_use]
pub fn first_hidden(text: &str) -> Option<(usize, char)> {
    // Nearly every text is plain, and then this look at its bytes is all.
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let start = text.bytes().position(|byte| !plain(&byte))?;
    text.char_indices().find(|(at, letter)| *at >= start && is_hidden(*letter))
}

/// What a hidden letter is, for people: "U+202E, a mark of the direction of writing".
#[must_use]
pub fn described(letter: char) -> String {
    let what = match letter {
        '\u{1b}' => "the escape character, which drives terminals",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "a control character",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a space without width",
        '\u{feff}' => "a byte order mark",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark of the direction of writing"
        }
        '\u{2028}' | '\u{2029}' => "an end of a line that no editor shows",
        _ => "a character without a shape",
    };
    format!("U+{:04X}, {what}", u32::from(letter))
}

/// A text in which every hidden letter is shown: control characters as pictures of themselves, the
/// others as `�`.
#[must_use]
pub fn tamed(text: &str) -> Cow<'_, str> {
    if first_hidden(text).is_none() {
        return Cow::Borrowed(text);
    }
    let tame = |letter: char| match letter {
        '\0'..='\u{1f}' if is_hidden(letter) => {
            char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}')
        }
        '\u{7f}' => '\u{2421}',
        _ if is_hidden(letter) => '\u{fffd}',
        _ => letter,
    };
    Cow::Owned(text.chars().map(tame).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_or_is_not_seen_is_found_and_shown() {
        assert_eq!(first_hidden("Rīgas novads 1–2 „x”\n\t"), None);
        assert_eq!(first_hidden("ā\u{202e}b"), Some((2, '\u{202e}')));
        assert_eq!(first_hidden("\u{7f}"), Some((0, '\u{7f}')));
        assert_eq!(tamed("a\u{1b}[31m\u{7f}\u{200b}ā\n"), "a␛[31m␡\u{fffd}ā\n");
        assert!(matches!(tamed("plain ā"), Cow::Borrowed("plain ā")));
        assert_eq!(described('\u{202e}'), "U+202E, a mark of the direction of writing");
        assert_eq!(described('\u{7}'), "U+0007, a control character");
    }
}
