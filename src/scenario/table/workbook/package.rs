//! The parts of a workbook: an archive of XML files, unpacked up to a limit.

use std::io::{self, BufReader, Cursor, ErrorKind, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::Fault;

/// The most bytes of all parts together, unpacked (768 MiB): a sheet as large as Excel allows, with
/// thirty columns.
const MOST_UNPACKED: u64 = 768 << 20;
/// The longest single tag or text, in bytes.
const LONGEST_EVENT: usize = 16 << 20;

/// A workbook as an archive.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names of the parts in small letters, with their numbers.
    names: Vec<(String, usize)>,
    left: u64,
}

/// A part being read.
pub struct Part<'p, 'b> {
    reader: Reader<BufReader<Limited<'p, 'b>>>,
    buffer: Vec<u8>,
}

/// Reads no more than is left of what may be unpacked, and no endless tag or text.
struct Limited<'p, 'b> {
    inner: ZipFile<'p, Cursor<&'b [u8]>>,
    left: &'p mut u64,
    of_event: usize,
}

impl Read for Limited<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if *self.left == 0 {
            return Err(too_large("it unpacks to more than 768 MiB"));
        }
        if self.of_event > LONGEST_EVENT {
            return Err(too_large("a single cell of it is larger than 16 MiB"));
        }
        let most = usize::try_from(*self.left).unwrap_or(usize::MAX).min(into.len());
        let read = self.inner.read(&mut into[..most])?;
        *self.left -= read as u64;
        self.of_event += read;
        Ok(read)
    }
}

impl<'b> Package<'b> {
    /// Opens the archive.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|_| damaged("the file is damaged or was cut off"))?;
        let mut names = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.push((canonical(&name), index));
            }
        }
        Ok(Self { archive, names, left: MOST_UNPACKED })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    fn position(&self, name: &str) -> Option<usize> {
        let name = canonical(name);
        self.names.iter().find(|(known, _)| *known == name).map(|(_, index)| *index)
    }

    /// Opens a part, if it is there.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'b>>, Fault> {
        let Some(index) = self.position(name) else { return Ok(None) };
        let file = self.archive.by_index(index);
        let file = file.map_err(|_| damaged("a part of it cannot be unpacked"))?;
        let limited = Limited { inner: file, left: &mut self.left, of_event: 0 };
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, limited));
        reader.config_mut().expand_empty_elements = true;
        Ok(Some(Part { reader, buffer: Vec::new() }))
    }
}

impl Part<'_, '_> {
    /// The next event; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Event<'_>>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().of_event = 0;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(quick_xml::Error::Io(error)) if error.kind() == ErrorKind::FileTooLarge => {
                Err(Fault::Broken(error.to_string()))
            }
            Err(_) => Err(damaged("a part of it is damaged")),
        }
    }

    /// The text up to the end of the element that has just begun, that of `<t>` in it included and
    /// pronunciations left out, at the end of `text`.
    pub fn text_into(&mut self, text: &mut String) -> Result<(), Fault> {
        let (mut depth, mut spoken) = (0_usize, None);
        while let Some(event) = self.next()? {
            match event {
                Event::Start(start) => {
                    depth += 1;
                    if start.local_name().as_ref() == "rPh" && spoken.is_none() {
                        spoken = Some(depth);
                    }
                }
                Event::End(_) => {
                    if depth == 0 {
                        return Ok(());
                    }
                    if spoken == Some(depth) {
                        spoken = None;
                    }
                    depth -= 1;
                }
                _ if spoken.is_some() => {}
                Event::Text(words) => text.push_str(&words.xml10_content()),
                Event::CData(words) => text.push_str(&words.xml10_content()),
                Event::GeneralRef(name) => text.extend(match name.as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => name.resolve_char_ref().ok().flatten(),
                }),
                _ => {}
            }
        }
        Err(Fault::Broken("a part of it ends in the middle".to_owned()))
    }
}

/// The refusal of what is larger than allowed, told apart from faults of the archive by its kind.
fn too_large(why: &str) -> io::Error {
    io::Error::new(ErrorKind::FileTooLarge, why)
}

/// What libraries say of damage is for programmers: people are told what it means.
fn damaged(why: &str) -> Fault {
    Fault::Broken(why.to_owned())
}

/// An attribute by its name without prefix, as it is meant; empty if it is not there.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    for found in start.attributes().with_checks(false).flatten() {
        if found.key.local_name().as_ref() == name {
            let value = found.normalized_value(quick_xml::XmlVersion::Explicit1_0);
            return value.map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned);
        }
    }
    String::new()
}

/// A part's name without a leading slash, in small letters, with plain slashes.
fn canonical(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}
