//! Bytes of a file as the text of a table, whatever the file is.

use std::sync::Arc;

use super::declared::Declared;
use super::encoding::{self, Fault, decode};
use super::kind::{Kind, kind};
use super::workbook;
use crate::problem::{Place, Problem, Source, codes};
use crate::scenario::decode::quoted;

/// The text of a table, not yet taken apart.
#[derive(Clone, Debug)]
pub struct Raw {
    /// The text, with the bytes that it was made of; those of a workbook stand in a source of their
    /// own.
    pub source: Source,
    /// The columns of the sheet, from 0, that the text has, where it comes from a workbook.
    pub columns: Option<Vec<u32>>,
    /// What was taken for granted.
    pub assumed: Vec<String>,
}

impl Raw {
    /// A text as it stands.
    #[must_use]
    pub fn plain(source: Source) -> Self {
        Self { source, columns: None, assumed: Vec::new() }
    }

    /// The text of a file. What comes with it are the sources to keep, so that places can be shown:
    /// also where there is no text.
    ///
    /// # Errors
    /// The problem; `at` is where the scenario names the file.
    pub fn of(
        name: &Arc<str>,
        bytes: &Arc<[u8]>,
        declared: &Declared,
        at: &Place,
    ) -> (Vec<Source>, Result<Self, Box<Problem>>) {
        let whole = |text: Arc<str>| Source { name: name.clone(), text, bytes: bytes.clone() };
        let unread = |code, message: String, help: &str| {
            let problem = Problem::error(code, message).at(at, "").help(help);
            (vec![whole("".into())], Err(Box::new(problem)))
        };
        match kind(name, bytes) {
            Kind::Other(what, help) => {
                let message = format!("`{name}` is {what}, which cannot be read as a table");
                unread(codes::NOT_A_TABLE, message, help)
            }
            Kind::Misnamed(what, help) => {
                unread(codes::NOT_A_TABLE, format!("`{name}` is {what}"), help)
            }
            Kind::Archive => match Self::of_workbook(name, bytes, declared, at) {
                Ok(raw) => (vec![whole("".into()), raw.source.clone()], Ok(raw)),
                Err(problem) => (vec![whole("".into())], Err(problem)),
            },
            Kind::Text => {
                if let Some((_, place)) = &declared.sheet {
                    let message = format!("`{name}` is no workbook and has no sheets");
                    let problem = Problem::error(codes::CONTRADICTION, message).at(place, "");
                    let problem = Box::new(problem.help("leave `sheet` out"));
                    return (vec![whole(String::from_utf8_lossy(bytes).into())], Err(problem));
                }
                Self::of_text(name, bytes, declared, at)
            }
        }
    }

    fn of_text(
        name: &Arc<str>,
        bytes: &Arc<[u8]>,
        declared: &Declared,
        at: &Place,
    ) -> (Vec<Source>, Result<Self, Box<Problem>>) {
        let page = declared.encoding.as_ref().map(|(page, _)| *page);
        match decode(bytes, page) {
            Ok(decoded) => {
                let text = decoded.text.into();
                let source = Source { name: name.clone(), text, bytes: bytes.clone() };
                let raw = Self { source: source.clone(), columns: None, assumed: decoded.assumed };
                (vec![source], Ok(raw))
            }
            Err(fault) => {
                // Kept with replacement characters, so that the place of the fault can be shown.
                let text = String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}").into();
                let source = Source { name: name.clone(), text, bytes: bytes.clone() };
                let problem = refusal(&fault, &source, declared, at);
                (vec![source], Err(Box::new(problem)))
            }
        }
    }

    fn of_workbook(
        name: &Arc<str>,
        bytes: &[u8],
        declared: &Declared,
        at: &Place,
    ) -> Result<Self, Box<Problem>> {
        let refuse = |code, message: String, at: &Place, help: String| {
            Box::new(Problem::error(code, message).at(at, "").help(help))
        };
        let encoding = declared.encoding.as_ref().map(|(_, place)| ("encoding", place));
        let separator = declared.separator.as_ref().map(|(_, place)| ("separator", place));
        if let Some((field, place)) = encoding.or(separator) {
            let message = format!("`{name}` is a workbook, for which `{field}` has no meaning");
            return Err(refuse(codes::CONTRADICTION, message, place, "leave it out".to_owned()));
        }
        let asked = declared.sheet.as_ref();
        let sheet = workbook::sheet(bytes, asked.map(|(sheet, _)| sheet.as_str()));
        let listed = |names: &[String]| {
            let names: Vec<String> = names.iter().take(16).map(|name| quoted(name)).collect();
            names.join(", ")
        };
        let save = "open it in the spreadsheet and save it again as XLSX, or as CSV";
        let sheet = sheet.map_err(|fault| match fault {
            workbook::Fault::Broken(why) => {
                let message = format!("the workbook `{name}` cannot be read: {why}");
                refuse(codes::WORKBOOK, message, at, save.to_owned())
            }
            workbook::Fault::NotAWorkbook => {
                let message = format!("`{name}` is an archive, but no workbook (XLSX)");
                let help = "unpack it, and name the table that lies in it";
                refuse(codes::NOT_A_TABLE, message, at, help.to_owned())
            }
            workbook::Fault::None => {
                let message = format!("the workbook `{name}` shows no sheet with cells");
                refuse(codes::SHEET, message, at, "name a hidden one with `sheet: \"…\"`".into())
            }
            workbook::Fault::Several(names) => {
                let count = names.len();
                let message =
                    format!("the workbook `{name}` has {count} sheets, and none is named");
                let first = names.first().map_or("", String::as_str);
                let help = format!("write `sheet: \"{first}\"`; it has {}", listed(&names));
                refuse(codes::SHEET, message, at, help)
            }
            workbook::Fault::Missing(names) => {
                let (asked, place) = asked.map_or(("", at), |(sheet, place)| (sheet, place));
                let message = format!("the workbook `{name}` has no sheet {}", quoted(asked));
                let known: Vec<&str> = names.iter().map(String::as_str).collect();
                let help = match crate::scenario::nearest(asked, &known) {
                    Some(near) => format!("did you mean {}?", quoted(near)),
                    None => format!("it has {}", listed(&names)),
                };
                refuse(codes::SHEET, message, place, help)
            }
        })?;
        let source = Source {
            name: format!("{name}[{}]", sheet.name).into(),
            text: sheet.text.into(),
            bytes: Arc::from([]),
        };
        Ok(Self { source, columns: Some(sheet.columns), assumed: sheet.assumed })
    }
}

/// The problem of a text that cannot be decoded.
fn refusal(fault: &Fault, source: &Source, declared: &Declared, at: &Place) -> Problem {
    const UTF8: &str = "save it as UTF-8 (in Excel: \"CSV UTF-8\")";
    let name = &source.name;
    let here = |byte: usize| {
        let head = source.bytes.get(..byte).unwrap_or(&source.bytes);
        let start = String::from_utf8_lossy(head).replace('\0', "\u{fffd}").len();
        source.place(start..start + 1)
    };
    let also = |problem: Problem| match &declared.encoding {
        Some((_, place)) => problem.also(place, "declared here"),
        None => problem.also(at, "named here"),
    };
    let line = |byte: usize| encoding::line_of(&source.bytes, byte);
    match fault {
        Fault::Contradicted(found) => {
            let place = declared.encoding.as_ref().map_or(at, |(_, place)| place);
            let message = format!("`{name}` is {found}, and another encoding is declared");
            let problem = Problem::error(codes::CONTRADICTION, message).at(place, "");
            problem.help("leave `encoding` out")
        }
        Fault::Invalid(encoding, byte) => {
            let code = match &declared.encoding {
                Some(_) => codes::CONTRADICTION,
                None => codes::ENCODING,
            };
            let is_cut = *encoding == "UTF-8"
                && std::str::from_utf8(&source.bytes).is_err_and(|error| {
                    error.valid_up_to() == *byte && error.error_len().is_none()
                });
            if is_cut {
                let message = format!("`{name}` ends within a letter: it was cut off");
                let problem = Problem::error(code, message).at(&here(*byte), "here");
                return also(problem).help("fetch it again from its source");
            }
            let message = format!("line {} of `{name}` is not text in {encoding}", line(*byte));
            also(Problem::error(code, message).at(&here(*byte), "here")).help(UTF8)
        }
        Fault::Undecided(baltic, western, byte) => {
            let line = line(*byte);
            let why = match (baltic, western) {
                (Some(baltic), Some(western)) => format!(
                    "line {line} reads {} in Windows-1257 and {} in Windows-1252, and its letters \
                     do not decide",
                    quoted(baltic),
                    quoted(western)
                ),
                (Some(read), None) | (None, Some(read)) => format!(
                    "line {line} reads {} in {}, letters that no single language has",
                    quoted(read),
                    if baltic.is_some() { "Windows-1257" } else { "Windows-1252" }
                ),
                (None, None) => format!("line {line} is no text in Windows-1257 or -1252 either"),
            };
            let message = format!("`{name}` is not UTF-8: {why}");
            let problem = Problem::error(codes::UNDECIDED_ENCODING, message);
            let problem = also(problem.at(&here(*byte), ""));
            match (baltic, western) {
                (None, None) => problem.help(UTF8),
                (Some(_), Some(_)) => problem.help(
                    "if the first is right, write `encoding: Windows1257`; if the second, \
                     `encoding: Windows1252`; if neither, save the file as UTF-8",
                ),
                (baltic, _) => {
                    let page = if baltic.is_some() { "Windows1257" } else { "Windows1252" };
                    problem.help(format!(
                        "if it is right, write `encoding: {page}`; if not, save the file as UTF-8"
                    ))
                }
            }
        }
        Fault::Zero(byte) => {
            // In UTF-16 every second byte of plain letters and digits is a zero.
            let (pairs, _) = source.bytes.as_chunks::<2>();
            let zeros = pairs.iter().filter(|pair| pair.contains(&0)).count();
            let refuse = |message: String| {
                also(Problem::error(codes::ENCODING, message).at(&here(*byte), "here"))
            };
            if zeros > pairs.len() / 2 {
                refuse(format!("`{name}` is not a text: it holds a zero byte"))
                    .note("a text in UTF-16 without its mark looks so")
                    .help(UTF8)
            } else {
                refuse(format!("`{name}` holds a character that is no letter (a zero byte)"))
                    .help("delete it in an editor, or save the table again from its source")
            }
        }
        Fault::CarriageReturn(byte) => {
            let message = format!("a line of `{name}` ends in a carriage return alone");
            // It is found again in the bytes, because the decoded text is not the one that is shown.
            let bytes = &source.bytes;
            let alone = |at: &usize| bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
            let place = here((0..bytes.len()).find(alone).unwrap_or(*byte));
            let problem = Problem::error(codes::ENCODING, message).at(&place, "here");
            also(problem).help("save it with line ends of Unix (LF) or Windows (CRLF)")
        }
    }
}
