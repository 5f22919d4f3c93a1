//! Places in the files of a scenario, and the texts they point into.

use std::ops::Range;
use std::sync::Arc;

/// Where something stands: a file of the scenario and a range of bytes in its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file as the scenario names it (relative to the scenario's folder), or `--set`.
    pub file: Arc<str>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Place {
    /// The place of a range of bytes in a file.
    #[must_use]
    pub fn new(file: &Arc<str>, range: Range<usize>) -> Self {
        Self { file: Arc::clone(file), start: range.start, end: range.end }
    }

    /// The part of this place from byte `range.start` to `range.end`, counted from its start.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let end = (self.start + range.end).min(self.end);
        Self { file: Arc::clone(&self.file), start: (self.start + range.start).min(end), end }
    }
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name that places carry.
    pub name: Arc<str>,
    /// The whole text, as UTF-8.
    pub text: Arc<str>,
    /// The bytes as they stood on disk (they differ from `text` where the encoding did); none where
    /// the text was made of another source, such as a sheet of a workbook.
    pub bytes: Arc<[u8]>,
}

impl Source {
    /// The place of a range of bytes, moved into the text and widened to whole letters; an empty one
    /// shows the letter behind it, where there is one.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.text.floor_char_boundary(range.start);
        let behind = self.text.ceil_char_boundary(start + 1);
        let end = self.text.ceil_char_boundary(range.end).max(behind);
        Place::new(&self.name, start..end)
    }
}

/// Every file that was read for one scenario, in the order of reading.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files.
    pub files: Vec<Source>,
    /// The folder of the scenario as it was typed, with a slash at its end; empty for the one the
    /// reader is in.
    pub folder: String,
}

impl Sources {
    /// Files of the folder that the reader is in.
    #[must_use]
    pub const fn of(files: Vec<Source>) -> Self {
        Self { files, folder: String::new() }
    }

    /// A file as the reader finds it from where he is. Settings, which are no file, stay as they are.
    #[must_use]
    pub fn shown(&self, file: &str) -> String {
        if file.starts_with("--") { file.to_owned() } else { format!("{}{file}", self.folder) }
    }

    /// The text of the file that a place names.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        self.files.iter().find(|source| &*source.name == file).map(|source| &*source.text)
    }

    /// Where in the order of reading a file stands; after all others if it was never read.
    #[must_use]
    pub fn position(&self, file: &str) -> usize {
        self.files.iter().position(|source| &*source.name == file).unwrap_or(self.files.len())
    }

    /// Line and column of a place, both from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, place: &Place) -> Option<(usize, usize)> {
        let before = self.text(&place.file)?.get(..place.start)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some((line, column))
    }
}
