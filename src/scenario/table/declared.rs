//! What a scenario says about how a table is written.

use crate::problem::Place;

/// What a scenario declares of a table; what is not declared is found out from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// How bytes are letters, and where that is written.
    pub encoding: Option<(Page, Place)>,
    /// What stands between cells.
    pub separator: Option<(Separator, Place)>,
    /// What stands before the decimals of a number.
    pub decimal: Option<(Mark, Place)>,
    /// The name of the sheet in a workbook.
    pub sheet: Option<(String, Place)>,
}

/// An encoding that a scenario may declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// UTF-8.
    Utf8,
    /// The Baltic code page of Windows.
    Windows1257,
    /// The western code page of Windows; Latin-1 is a part of it.
    Windows1252,
}

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// What stands before the decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `12.5`
    Point,
    /// `12,5`
    Comma,
}

/// The encodings by name.
pub const PAGES: [(&str, Page); 3] =
    [("Utf8", Page::Utf8), ("Windows1257", Page::Windows1257), ("Windows1252", Page::Windows1252)];
/// The separators by name.
pub const SEPARATORS: [(&str, Separator); 3] =
    [("Comma", Separator::Comma), ("Semicolon", Separator::Semicolon), ("Tab", Separator::Tab)];
/// The decimal marks by name.
pub const MARKS: [(&str, Mark); 2] = [("Point", Mark::Point), ("Comma", Mark::Comma)];

impl Separator {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// Its byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// Its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }
}

impl Mark {
    /// Its letter.
    pub const fn letter(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// Its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }
}
