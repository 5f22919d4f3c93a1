//! A workbook as its XML says: sheets, cells, formulas, names.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Its formula, where it has one.
    pub formula: Option<String>,
    /// Its value or its formula's result, as text.
    pub value: String,
}

impl Cell {
    /// The value as a number.
    pub fn number(&self) -> f64 {
        self.value.parse().unwrap_or(f64::NAN)
    }
}

/// The cells of a sheet by row (from 1) and column (from 0).
pub type Sheet = BTreeMap<(u32, u32), Cell>;

/// A workbook.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Every part of the file, by name.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// Names of the sheets in their order, and the part of each.
    pub order: Vec<(String, String)>,
    /// The sheets by name.
    pub sheets: BTreeMap<String, Sheet>,
    /// The names of cells and what they stand for.
    pub names: BTreeMap<String, String>,
}

impl Book {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        Self::of(&std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    /// Reads bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let parts = crate::support::unpacked(bytes);
        let mut book = Self { parts, ..Self::default() };
        let strings = book.strings();
        let targets: BTreeMap<String, String> = elements(&book.text("xl/_rels/workbook.xml.rels"))
            .into_iter()
            .filter(|element| element.name == "Relationship")
            .map(|element| {
                (
                    element.get("Id"),
                    format!("xl/{}", element.get("Target").trim_start_matches("/xl/")),
                )
            })
            .collect();
        for element in elements(&book.text("xl/workbook.xml")) {
            if element.name == "sheet" {
                book.order.push((element.get("name"), targets[&element.get("r:id")].clone()));
            } else if element.name == "definedName" {
                book.names.insert(element.get("name"), element.text);
            }
        }
        for (name, part) in book.order.clone() {
            let sheet = sheet(&book.text(&part), &strings);
            book.sheets.insert(name, sheet);
        }
        book
    }

    /// The text of a part; nothing if there is none.
    pub fn text(&self, part: &str) -> String {
        self.parts
            .get(part)
            .map_or_else(String::new, |bytes| String::from_utf8(bytes.clone()).unwrap())
    }

    fn strings(&self) -> Vec<String> {
        let text = self.text("xl/sharedStrings.xml");
        let mut reader = Reader::from_str(&text);
        let mut strings: Vec<String> = Vec::new();
        let mut inside = false;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) if start.name().as_ref() == "si" => strings.push(String::new()),
                Event::Start(start) => inside = start.name().as_ref() == "t",
                Event::End(_) => inside = false,
                Event::Text(text) if inside => {
                    strings.last_mut().unwrap().push_str(&text);
                }
                Event::GeneralRef(reference) if inside => {
                    strings.last_mut().unwrap().push_str(&referred(&reference));
                }
                Event::Eof => return strings,
                _ => {}
            }
        }
    }

    /// The same file with one cell set to a number.
    pub fn with(&self, sheet: &str, cell: &str, value: f64) -> Vec<u8> {
        let part = &self.order.iter().find(|(name, _)| name == sheet).unwrap().1;
        let text = self.text(part);
        let start =
            text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {sheet}!{cell}"));
        let end = start + text[start..].find("</c>").unwrap();
        let value_at = start + text[start..end].find("<v>").unwrap();
        // A formula goes: what is written is a number.
        let open = start + text[start..end].find('>').unwrap() + 1;
        let changed = format!(
            "{}<v>{value}{}",
            &text[..open],
            &text[value_at + text[value_at..].find("</v>").unwrap()..]
        );
        let mut parts = self.parts.clone();
        parts.insert(part.clone(), changed.into_bytes());
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

/// An element with its attributes and the text right within it.
pub struct Element {
    /// Its name.
    pub name: String,
    attributes: BTreeMap<String, String>,
    /// Its text.
    pub text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        Self {
            name: start.name().as_ref().to_owned(),
            attributes: attributes.collect(),
            text: String::new(),
        }
    }

    /// An attribute; nothing if there is none.
    pub fn get(&self, attribute: &str) -> String {
        self.attributes.get(attribute).cloned().unwrap_or_default()
    }
}

/// What a reference such as `&amp;` stands for.
fn referred(reference: &str) -> String {
    let text = format!("&{reference};");
    quick_xml::escape::unescape(&text).unwrap().into_owned()
}

/// Every element of a part, in order.
pub fn elements(text: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(text);
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(found.len());
                found.push(Element::of(&start));
            }
            Event::Empty(start) => found.push(Element::of(&start)),
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(last) = open.last() {
                    found[*last].text.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(last) = open.last() {
                    found[*last].text.push_str(&referred(&reference));
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn sheet(text: &str, strings: &[String]) -> Sheet {
    let mut sheet = Sheet::new();
    let mut at = None;
    let mut kind = String::new();
    for element in elements(text) {
        match element.name.as_str() {
            "c" => {
                at = Some(place(&element.get("r")));
                kind = element.get("t");
            }
            "f" => sheet.entry(at.unwrap()).or_default().formula = Some(element.text),
            "v" => {
                let is_shared = kind == "s";
                let value = if is_shared {
                    strings[element.text.parse::<usize>().unwrap()].clone()
                } else {
                    element.text
                };
                sheet.entry(at.unwrap()).or_default().value = value;
            }
            _ => {}
        }
    }
    sheet
}

/// `B7` as row 7 and column 1.
pub fn place(cell: &str) -> (u32, u32) {
    let letters: String = cell.chars().take_while(char::is_ascii_alphabetic).collect();
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (cell[letters.len()..].parse().unwrap(), column - 1)
}
