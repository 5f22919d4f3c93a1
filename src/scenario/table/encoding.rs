//! Bytes of a table as text: UTF-8, UTF-16 with its mark, or one of two Windows code pages.
//!
//! Only a mark or valid UTF-8 proves an encoding. Which code page the other bytes are in is decided
//! by the letters that they would be: the letters of a text belong to the alphabet of some language.
//! Where both code pages give such a text, or neither, the scenario must say which it is.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1257};

use super::declared::Page;

/// A text and how its bytes were understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, lines ended by `\n` or `\r\n`.
    pub text: String,
    /// What was assumed, beside plain UTF-8.
    pub assumed: Vec<String>,
}

/// Why bytes are not a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// They are not valid in the encoding that is declared or marked; the byte at which they fail.
    Invalid(&'static str, usize),
    /// They are UTF-8 or UTF-16 for certain, and something else is declared.
    Contradicted(&'static str),
    /// They are not UTF-8, and may be either code page, or neither: the first word in which the two
    /// differ, as Windows-1257 and as Windows-1252, and the byte at which it does.
    Undecided(String, String, usize),
    /// A zero byte stands in the text.
    Zero(usize),
    /// A carriage return stands alone, though other lines end in line feeds.
    CarriageReturn(usize),
}

/// The letters beyond ASCII of Latvian, Lithuanian and Estonian, which are written in
/// Windows-1257, with those of names from the neighbours: a single `ü` must not make French of a
/// Latvian text.
const BALTIC: [&str; 3] = [
    "āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽäöüõéóåßÄÖÜÕÉÓÅ",
    "ąčęėįšųūžĄČĘĖĮŠŲŪŽäöüõéóåßÄÖÜÕÉÓÅ",
    "äöüõšžÄÖÜÕŠŽéóåßÉÓÅ",
];

/// The letters beyond ASCII of languages that are written in Windows-1252: French, German, Spanish,
/// Portuguese, Italian, the Nordic ones, Icelandic, Dutch, Finnish.
const WESTERN: [&str; 9] = [
    "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ",
    "äöüßÄÖÜé",
    "áéíñóúüÁÉÍÑÓÚÜ¿¡ºª",
    "áâãàçéêíóôõúüÁÂÃÀÇÉÊÍÓÔÕÚÜºª",
    "àèéìíîòóùúÀÈÉÌÒÙº",
    "åäöæøéÅÄÖÆØÉ",
    "áéíóúýþðæöÁÉÍÓÚÝÞÐÆÖ",
    "áéíóúëïöüèÁÉÍÓÚËÏÖÜ",
    "äöüõšžåÄÖÜÕŠŽÅ",
];

/// The text of a table, decoded as declared, or as the bytes prove.
///
/// # Errors
/// A [`Fault`].
pub fn decode(bytes: &[u8], declared: Option<Page>) -> Result<Decoded, Fault> {
    let mut decoded = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => marked(&bytes[mark..], encoding, mark, declared)?,
        None => unmarked(bytes, declared)?,
    };
    if let Some(zero) = decoded.text.bytes().position(|byte| byte == 0) {
        return Err(Fault::Zero(zero));
    }
    mend_line_ends(&mut decoded)?;
    Ok(decoded)
}

/// A text behind its byte order mark.
fn marked(
    bytes: &[u8],
    encoding: &'static Encoding,
    mark: usize,
    declared: Option<Page>,
) -> Result<Decoded, Fault> {
    let is_utf8 = encoding == UTF_8;
    let name = if is_utf8 { "UTF-8" } else { "UTF-16" };
    if declared.is_some_and(|page| page != Page::Utf8 || !is_utf8) {
        return Err(Fault::Contradicted(name));
    }
    let wide = (encoding == UTF_16LE || encoding == UTF_16BE) && !bytes.len().is_multiple_of(2);
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if !wide => Ok(Decoded {
            text: text.into_owned(),
            assumed: if is_utf8 { Vec::new() } else { vec![name.to_owned()] },
        }),
        _ => Err(Fault::Invalid(name, mark + if is_utf8 { valid(bytes) } else { 0 })),
    }
}

fn unmarked(bytes: &[u8], declared: Option<Page>) -> Result<Decoded, Fault> {
    let plain = |text: &str| Decoded { text: text.to_owned(), assumed: Vec::new() };
    match (std::str::from_utf8(bytes), declared) {
        (Ok(text), None | Some(Page::Utf8)) => Ok(plain(text)),
        (Ok(text), Some(_)) if text.is_ascii() => Ok(plain(text)),
        // Letters of a code page hardly ever make a valid sequence, let alone all of them.
        (Ok(_), Some(_)) => Err(Fault::Contradicted("UTF-8")),
        (Err(error), Some(Page::Utf8)) => Err(Fault::Invalid("UTF-8", error.valid_up_to())),
        (Err(_), Some(Page::Windows1257)) => {
            of_page(bytes, WINDOWS_1257).ok_or_else(|| impossible("Windows-1257", bytes))
        }
        (Err(_), Some(Page::Windows1252)) => {
            of_page(bytes, WINDOWS_1252).ok_or_else(|| impossible("Windows-1252", bytes))
        }
        (Err(_), None) if bytes.contains(&0) => {
            Err(Fault::Zero(bytes.iter().position(|byte| *byte == 0).unwrap_or(0)))
        }
        (Err(_), None) => guessed(bytes),
    }
}

/// The text in one of the two code pages, as the letters in it show.
fn guessed(bytes: &[u8]) -> Result<Decoded, Fault> {
    let (baltic, western) = (of_page(bytes, WINDOWS_1257), of_page(bytes, WINDOWS_1252));
    let is_baltic = baltic
        .as_ref()
        .is_some_and(|read| BALTIC.iter().any(|letters| is_written_in(&read.text, letters)));
    let is_western = western
        .as_ref()
        .is_some_and(|read| WESTERN.iter().any(|letters| is_written_in(&read.text, letters)));
    let at = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    match (baltic, western) {
        (Some(baltic), Some(western)) if baltic.text == western.text => {
            Ok(named(baltic, "Windows-1257 or Windows-1252, which agree here", at))
        }
        (Some(baltic), _) if is_baltic && !is_western => Ok(named(baltic, "Windows-1257", at)),
        (_, Some(western)) if is_western && !is_baltic => Ok(named(western, "Windows-1252", at)),
        (Some(baltic), Some(western)) => {
            let (index, [(at, _), (other, _)]) = difference(&baltic.text, &western.text);
            Err(Fault::Undecided(word_at(&baltic.text, at), word_at(&western.text, other), index))
        }
        (baltic, western) => {
            let shown = |read: Option<Decoded>| {
                read.map_or_else(|| "impossible".to_owned(), |read| word(&read.text))
            };
            Err(Fault::Undecided(shown(baltic), shown(western), at))
        }
    }
}

/// The first letter in which two readings of the same bytes differ: its number, which is that of its
/// byte as every byte is a letter, and in each reading where it stands.
fn difference(baltic: &str, western: &str) -> (usize, [(usize, char); 2]) {
    let pairs = baltic.char_indices().zip(western.char_indices()).enumerate();
    let mut differing = pairs.filter(|(_, (one, other))| one.1 != other.1);
    differing.next().map_or((0, [(0, ' '); 2]), |(index, (one, other))| (index, [one, other]))
}

/// Says which code page it is, and the word that shows it.
fn named(mut decoded: Decoded, page: &str, at: usize) -> Decoded {
    let line = line_of(decoded.text.as_bytes(), at);
    decoded.assumed = vec![format!("{page} (line {line}, `{}`)", word(&decoded.text))];
    decoded
}

/// Whether every letter beyond ASCII belongs to an alphabet. Signs count for nothing.
fn is_written_in(text: &str, alphabet: &str) -> bool {
    const SIGNS: &str = "\u{a0}€„“”‘’‚…–—•«»°§®©²³·¼½¾±×";
    text.chars()
        .all(|letter| letter.is_ascii() || alphabet.contains(letter) || SIGNS.contains(letter))
}

/// The word around the first letter beyond ASCII.
fn word(text: &str) -> String {
    word_at(text, text.find(|letter: char| !letter.is_ascii()).unwrap_or(0))
}

/// The word around a byte, at most 40 characters.
fn word_at(text: &str, at: usize) -> String {
    let is_end = |letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric();
    let (before, behind) = text.split_at_checked(at).unwrap_or(("", text));
    let start = before.rfind(is_end).map_or(0, |end| end + 1);
    let end = behind.find(is_end).map_or(text.len(), |end| at + end);
    let found = text.get(start..end).unwrap_or("");
    found.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

/// The text in a code page of one byte a letter; nothing if a byte has no letter there.
fn of_page(bytes: &[u8], page: &'static Encoding) -> Option<Decoded> {
    let text = page.decode_without_bom_handling_and_without_replacement(bytes)?;
    // Windows-1252 has five bytes without a letter, which are decoded as control characters.
    let has_letters = !text.chars().any(|letter| ('\u{80}'..='\u{9f}').contains(&letter));
    has_letters.then(|| Decoded { text: text.into_owned(), assumed: Vec::new() })
}

fn impossible(page: &'static str, bytes: &[u8]) -> Fault {
    let encoding = if page == "Windows-1257" { WINDOWS_1257 } else { WINDOWS_1252 };
    let bad = |byte: &u8| !byte.is_ascii() && of_page(&[*byte], encoding).is_none();
    Fault::Invalid(page, bytes.iter().position(bad).unwrap_or(0))
}

/// A file of carriage returns alone gets line feeds; carriage returns between other line ends are
/// a fault.
fn mend_line_ends(decoded: &mut Decoded) -> Result<(), Fault> {
    let bytes = decoded.text.as_bytes();
    let mut from = 0;
    while let Some(found) = bytes[from..].iter().position(|byte| *byte == b'\r') {
        let at = from + found;
        if bytes.get(at + 1) == Some(&b'\n') {
            from = at + 2;
            continue;
        }
        if bytes.contains(&b'\n') {
            return Err(Fault::CarriageReturn(at));
        }
        decoded.text = decoded.text.replace('\r', "\n");
        decoded.assumed.push("lines ended by carriage returns".to_owned());
        return Ok(());
    }
    Ok(())
}

fn valid(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to())
}

/// The line of a byte, from 1.
pub fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let decoded = decode(bytes, None).expect("the bytes decide");
        (decoded.text, decoded.assumed)
    }

    #[test]
    fn a_mark_or_valid_utf_8_proves_the_encoding() {
        assert_eq!(read("\u{feff}Rīga\r\n".as_bytes()), ("Rīga\r\n".into(), vec![]));
        let low = [0xff, 0xfe, b'R', 0, 0x2b, 0x01, b'\n', 0];
        assert_eq!(read(&low), ("Rī\n".into(), vec!["UTF-16".into()]));
        let high = [0xfe, 0xff, 0, b'R', 0x01, 0x2b];
        assert_eq!(read(&high), ("Rī".into(), vec!["UTF-16".into()]));
        assert_eq!(decode(&low[..5], None), Err(Fault::Invalid("UTF-16", 2)));
        assert_eq!(decode(b"a\xff", Some(Page::Utf8)), Err(Fault::Invalid("UTF-8", 1)));
        assert_eq!(
            decode("ī".as_bytes(), Some(Page::Windows1257)),
            Err(Fault::Contradicted("UTF-8"))
        );
        assert_eq!(
            decode(b"a;b\n", Some(Page::Windows1257)).map(|read| read.text),
            Ok("a;b\n".into())
        );
    }

    #[test]
    fn letters_of_one_language_decide_between_the_code_pages() {
        // Ķekava, Ādaži, Šķēde; in Windows-1252 Í, Â, þ, Ð, í, ç: letters of no one language.
        let (text, assumed) = read(b"name\n\xcdekava\n\xc2da\xfei\n\xd0\xed\xe7de\n");
        assert_eq!(text, "name\nĶekava\nĀdaži\nŠķēde\n");
        assert_eq!(assumed, ["Windows-1257 (line 2, `Ķekava`)"]);
        // A foreign name among them makes no French of it.
        assert_eq!(read(b"\xcdekava M\xfcller \xd0\xed\xe7de").0, "Ķekava Müller Šķēde");
        // São Tomé, Málaga: in Windows-1257 ć, į beside the Baltic é.
        assert_eq!(read(b"S\xe3o Tom\xe9 M\xe1laga").1, ["Windows-1252 (line 1, `São`)"]);
        // Where both pages have the same letters there is nothing to decide.
        assert_eq!(read(b"M\xfcller \x96 \x80").0, "Müller – €");
    }

    #[test]
    fn what_the_letters_do_not_decide_is_not_guessed() {
        let undecided = Fault::Undecided("Rīga".into(), "Rîga".into(), 6);
        assert_eq!(decode(b"name\nR\xeega\n", None), Err(undecided));
        let read = decode(b"name\nR\xeega\n", Some(Page::Windows1257)).map(|read| read.text);
        assert_eq!(read, Ok("name\nRīga\n".into()));
        // Cyrillic letters in their own code page are no text in either.
        let cyrillic = b"\xd0\xe8\xe3\xe0 \xcc\xee\xf1\xea\xe2\xe0 \xc4\xfb\xf5";
        assert!(matches!(decode(cyrillic, None), Err(Fault::Undecided(..))));
        // 0x81 is a letter in neither.
        assert_eq!(
            decode(b"a\x81", Some(Page::Windows1252)),
            Err(Fault::Invalid("Windows-1252", 1))
        );
    }

    #[test]
    fn carriage_returns_alone_end_lines_only_where_nothing_else_does() {
        let (text, assumed) = read(b"a;b\r1;2\r");
        assert_eq!(text, "a;b\n1;2\n");
        assert_eq!(assumed, ["lines ended by carriage returns"]);
        assert_eq!(decode(b"a\r\nb\rc\n", None), Err(Fault::CarriageReturn(4)));
        assert_eq!(decode(b"a\0b", None), Err(Fault::Zero(1)));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>) {
            for page in [None, Some(Page::Utf8), Some(Page::Windows1257), Some(Page::Windows1252)] {
                let _ = decode(&bytes, page);
            }
        }
    }
}
