//! Reading files: the one place of this module that touches the disk.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::path::{instead, resolve};
use super::table::{self, Declared, Raw};
use crate::problem::{Place, Problem, Source, Sources, codes};

/// The largest RON file, in bytes (16 MiB).
pub const LARGEST_RON: u64 = 16 << 20;
/// The largest table, in bytes (256 MiB).
pub const LARGEST_TABLE: u64 = 256 << 20;
/// The most files of one scenario.
const MOST_FILES: usize = 1_000;

/// Where a scenario's files lie: a folder of the disk, or a map in memory.
pub trait Folder {
    /// The bytes of a file, given its name relative to the folder (as [`resolve`] makes it), at
    /// most one more than `limit` of them.
    ///
    /// # Errors
    /// A [`Refusal`].
    fn bytes(&self, name: &str, limit: u64) -> Result<Vec<u8>, Refusal>;

    /// The names of the files that stand beside one, for suggestions; may be empty.
    fn beside(&self, name: &str) -> Vec<String>;

    /// The path of a file as the user would type it.
    fn typed(&self, name: &str) -> String {
        name.to_owned()
    }
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file.
    Missing,
    /// It is a folder, a device, a pipe …
    NotAFile,
    /// A symbolic link leads out of the folder.
    Outside,
    /// The system says no, in its words.
    Failed(String),
}

/// A folder on the disk.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    /// The folder as it was typed.
    typed: PathBuf,
}

impl Disk {
    /// The folder of a scenario's file and the file's name in it.
    ///
    /// # Errors
    /// The problem if the folder cannot be opened or the path does not name a file.
    pub fn open(scenario: &Path) -> Result<(Self, String), Box<Problem>> {
        if scenario.is_dir() {
            return Err(Box::new(a_folder(scenario)));
        }
        let name = plain_name(scenario, "a scenario", "scenario.ron")?;
        let ending = scenario.extension().and_then(OsStr::to_str).unwrap_or("");
        if let Some((_, what)) = OTHER_KINDS.iter().find(|(known, _)| ending == *known) {
            let message = format!("`{}` is {what}, not a scenario", scenario.display());
            let problem = Problem::error(codes::NOT_A_SCENARIO, message);
            return Err(Box::new(problem.help("name the file that ends in `.ron`")));
        }
        Ok((Self::around(scenario)?, name.to_owned()))
    }

    /// The folder of a table that stands alone, and the file's name in it.
    ///
    /// # Errors
    /// As for [`open`](Self::open); of the file itself nothing is asked yet.
    pub fn of_table(table: &Path) -> Result<(Self, String), Box<Problem>> {
        let name = plain_name(table, "a table", "table.csv")?;
        Ok((Self::around(table)?, name.to_owned()))
    }

    /// The folder in which a file lies.
    fn around(file: &Path) -> Result<Self, Box<Problem>> {
        let folder = match file.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let root = fs::canonicalize(folder)
            .map_err(|error| Box::new(unreadable(file, &describe(&refusal(&error)))))?;
        let typed = if folder == Path::new(".") && !file.starts_with(".") {
            PathBuf::new()
        } else {
            folder.to_owned()
        };
        Ok(Self { root, typed })
    }
}

fn unreadable(file: &Path, why: &str) -> Problem {
    Problem::error(codes::UNREADABLE, format!("cannot read `{}`: {why}", file.display()))
}

/// The name of a file, if a scenario could name it.
fn plain_name<'f>(file: &'f Path, what: &str, example: &str) -> Result<&'f str, Box<Problem>> {
    let name = file.file_name().and_then(|name| name.to_str());
    name.filter(|name| resolve("", name).is_ok()).ok_or_else(|| {
        let problem = unreadable(file, &format!("{what} needs a name in plain letters"));
        Box::new(problem.help(format!("rename the file, such as `{example}`")))
    })
}

/// Files that scenarios name, by their ending.
const OTHER_KINDS: [(&str, &str); 6] = [
    ("csv", "a table"),
    ("tsv", "a table"),
    ("xlsx", "a spreadsheet"),
    ("geojson", "a map"),
    ("html", "a page"),
    ("md", "a text to read"),
];

/// What a file is by its ending, where that is no scenario's: "a table".
pub(super) fn other_kind(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    OTHER_KINDS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, what)| *what)
}

/// The problem of a folder in place of a scenario, with the scenarios that lie in it.
fn a_folder(folder: &Path) -> Problem {
    let mut inside: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .take(MOST_FILES)
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron") && path.is_file())
        .map(|path| format!("`{}`", path.display()))
        .collect();
    inside.sort();
    let message = format!("`{}` is a folder, not a scenario", folder.display());
    let problem = Problem::error(codes::NOT_A_SCENARIO, message);
    match &inside[..] {
        [] => problem.help("name the file that ends in `.ron`; none lies in this folder"),
        [one] => problem.help(format!("did you mean {one}?")),
        [first, second, ..] => problem
            .help(format!("name a file in it that ends in `.ron`, such as {first} or {second}")),
    }
}

impl Folder for Disk {
    fn bytes(&self, name: &str, limit: u64) -> Result<Vec<u8>, Refusal> {
        let path = fs::canonicalize(self.root.join(name)).map_err(|error| refusal(&error))?;
        if !path.starts_with(&self.root) {
            return Err(Refusal::Outside);
        }
        // Asked before opening: to open a pipe is to wait for its other end.
        if !fs::metadata(&path).map_err(|error| refusal(&error))?.is_file() {
            return Err(Refusal::NotAFile);
        }
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
            .map_err(|error| refusal(&error))?;
        Ok(bytes)
    }

    fn beside(&self, name: &str) -> Vec<String> {
        let (folder, prefix) = match name.rsplit_once('/') {
            Some((folder, _)) => (self.root.join(folder), format!("{folder}/")),
            None => (self.root.clone(), String::new()),
        };
        let inside = fs::canonicalize(&folder).is_ok_and(|path| path.starts_with(&self.root));
        let Some(entries) = inside.then(|| fs::read_dir(folder).ok()).flatten() else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .take(MOST_FILES)
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .map(|file| format!("{prefix}{file}"))
            .collect();
        names.sort();
        names
    }

    fn typed(&self, name: &str) -> String {
        self.typed.join(name).display().to_string()
    }
}

fn refusal(error: &std::io::Error) -> Refusal {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Refusal::Missing,
        _ => Refusal::Failed(error.to_string()),
    }
}

/// Files in memory, for tests and for scenarios that come from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    /// Files from names and texts.
    #[must_use]
    pub fn new(files: &[(&str, &str)]) -> Self {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        Self(files.iter().map(owned).collect())
    }
}

impl Folder for Memory {
    fn bytes(&self, name: &str, _limit: u64) -> Result<Vec<u8>, Refusal> {
        self.0.get(name).cloned().ok_or(Refusal::Missing)
    }

    fn beside(&self, _name: &str) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

/// The files of one scenario: each is read once, and kept.
#[derive(Debug)]
pub struct Library<F> {
    folder: F,
    sources: Sources,
}

impl<F: Folder> Library<F> {
    /// A library of a folder, nothing read yet.
    pub const fn new(folder: F) -> Self {
        Self { folder, sources: Sources::of(Vec::new()) }
    }

    /// Where it reads.
    pub const fn folder(&self) -> &F {
        &self.folder
    }

    /// Everything that was read so far, also what was then refused, in the order of reading.
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Everything that was read.
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// Adds a text that is not a file, such as that of `--set`.
    pub fn add(&mut self, name: &str, text: &str) -> Source {
        let bytes = text.as_bytes().into();
        let source = Source { name: name.into(), text: text.into(), bytes };
        self.sources.files.push(source.clone());
        source
    }

    /// Keeps a text that was made of files, so that places in it can be shown; it has no bytes. One of
    /// the same name gives way.
    pub fn made(&mut self, name: &str, text: &str) -> Source {
        let source = Source { name: name.into(), text: text.into(), bytes: [].into() };
        self.sources.files.retain(|known| known.name != source.name);
        self.sources.files.push(source.clone());
        source
    }

    /// Reads a file that another file names: `written` is what stands there, `at` where.
    ///
    /// # Errors
    /// The problem, at that place: a name that leads out of the folder, a file that is missing,
    /// not a regular file, larger than `limit` bytes, or not text in UTF-8.
    pub fn named(&mut self, written: &str, at: &Place, limit: u64) -> Result<Source, Box<Problem>> {
        let name = resolved(written, at)?;
        self.read(&name, limit, Some(at))
    }

    /// Reads a file by its name in the folder; `at` is where it is named, if anywhere.
    ///
    /// # Errors
    /// As for [`named`](Self::named).
    pub fn read(
        &mut self,
        name: &str,
        limit: u64,
        at: Option<&Place>,
    ) -> Result<Source, Box<Problem>> {
        if let Some(source) = self.sources.files.iter().find(|source| &*source.name == name) {
            return text_of(source, at).map(|()| source.clone());
        }
        let bytes = self.bytes(name, limit, at)?;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => Arc::from(text.strip_prefix('\u{feff}').unwrap_or(text)),
            // Kept with replacement characters, so that the place of the fault can be shown.
            Err(_) => Arc::from(String::from_utf8_lossy(&bytes)),
        };
        let source = Source { name: name.into(), text, bytes: bytes.into() };
        self.sources.files.push(source.clone());
        text_of(&source, at).map(|()| source)
    }

    /// Reads a file of a scenario's own text, as [`read`](Self::read).
    ///
    /// # Errors
    /// As for [`named`](Self::named), and a file of another kind: of a workbook or a PDF nobody
    /// wants to see the bytes.
    pub fn part(&mut self, name: &str, at: Option<&Place>) -> Result<Source, Box<Problem>> {
        let found = self.read(name, LARGEST_RON, at);
        let bytes = self.sources.files.iter().find(|source| &*source.name == name);
        let Some(what) = bytes.and_then(|source| table::other_kind(&source.bytes)) else {
            return found;
        };
        let shown = if at.is_none() { self.folder.typed(name) } else { name.to_owned() };
        let message = format!("`{shown}` is {what}, not a scenario");
        let problem = Problem::error(codes::NOT_A_SCENARIO, message);
        let problem = problem.help("name the file that ends in `.ron`");
        Err(Box::new(match at {
            Some(at) => problem.at(at, ""),
            None => problem,
        }))
    }

    /// Reads a table that a scenario names: CSV as it is written or declared, or a sheet of a
    /// workbook, which becomes a source of its own without bytes.
    ///
    /// # Errors
    /// As for [`named`](Self::named), and what is wrong with encoding, kind of file and sheet.
    pub fn table(
        &mut self,
        written: &str,
        at: &Place,
        declared: &Declared,
    ) -> Result<Raw, Box<Problem>> {
        let name = resolved(written, at)?;
        let known = self.sources.files.iter().find(|source| *source.name == *name);
        let (name, bytes): (Arc<str>, Arc<[u8]>) = match known {
            Some(source) => (Arc::clone(&source.name), Arc::clone(&source.bytes)),
            None => (name.as_str().into(), self.bytes(&name, LARGEST_TABLE, Some(at))?.into()),
        };
        let (sources, raw) = Raw::of(&name, &bytes, declared, at);
        for source in sources {
            match self.sources.files.iter_mut().find(|known| known.name == source.name) {
                None => self.sources.files.push(source),
                Some(known) if known.text == source.text || source.text.is_empty() => {}
                Some(known) if raw.is_err() => known.text = source.text,
                Some(_) => {
                    let message = format!("`{name}` is read with another encoding elsewhere");
                    let problem = Problem::error(codes::CONTRADICTION, message).at(at, "");
                    return Err(Box::new(problem.help("declare the same `encoding` in both")));
                }
            }
        }
        raw
    }

    /// The bytes of a file by its name in the folder.
    fn bytes(&self, name: &str, limit: u64, at: Option<&Place>) -> Result<Vec<u8>, Box<Problem>> {
        let refuse = |code, message: String| {
            let problem = Problem::error(code, message);
            Box::new(match at {
                Some(at) => problem.at(at, ""),
                None => problem,
            })
        };
        if self.sources.files.len() >= MOST_FILES {
            let message = format!("a scenario may have at most {MOST_FILES} files");
            return Err(refuse(codes::TOO_MANY, message));
        }
        let bytes = self.folder.bytes(name, limit).map_err(|why| {
            let code = match why {
                Refusal::Outside => codes::OUTSIDE,
                _ => codes::UNREADABLE,
            };
            let shown = if at.is_none() { self.folder.typed(name) } else { name.to_owned() };
            let problem = refuse(code, format!("cannot read `{shown}`: {}", describe(&why)));
            if why == Refusal::NotAFile {
                return Box::new(problem.help("write the name of a file in it"));
            }
            if why != Refusal::Missing {
                return problem;
            }
            let beside = self.folder.beside(name);
            let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
            Box::new(match super::nearest(name, &beside) {
                Some(near) if at.is_none() => {
                    problem.help(format!("did you mean `{}`?", self.folder.typed(near)))
                }
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(
                    "names count from the folder of the file they stand in: put the file beside it, or \
                     correct the name"),
            })
        })?;
        if bytes.len() as u64 > limit {
            let megabytes = limit >> 20;
            let message = format!("`{name}` is larger than {megabytes} MiB");
            return Err(refuse(codes::TOO_LARGE, message));
        }
        Ok(bytes)
    }
}

/// The name in the folder that a written name means.
fn resolved(written: &str, at: &Place) -> Result<String, Box<Problem>> {
    resolve(&at.file, written).map_err(|why| {
        let message = format!("this file cannot be used: {why}");
        let help = instead(&at.file, written, "data/points.csv");
        Box::new(Problem::error(codes::OUTSIDE, message).at(at, "").help(help))
    })
}

/// Whether a source is text as a scenario needs it.
fn text_of(source: &Source, at: Option<&Place>) -> Result<(), Box<Problem>> {
    let refuse = |start: usize, message: String, help: &str| {
        let place = source.place(start..start + 1);
        let problem = Problem::error(codes::ENCODING, message).at(&place, "here").help(help);
        Err(Box::new(match at {
            Some(at) => problem.also(at, "named here"),
            None => problem,
        }))
    };
    let name = &source.name;
    let utf8 = "in an editor choose \"Save as\" and the encoding UTF-8";
    if matches!(&*source.bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return refuse(0, format!("`{name}` is UTF-16, not UTF-8"), utf8);
    }
    if let Err(error) = std::str::from_utf8(&source.bytes) {
        return refuse(error.valid_up_to(), format!("`{name}` is not text in UTF-8"), utf8);
    }
    if let Some(zero) = source.text.find('\0') {
        return refuse(zero, format!("`{name}` is not a text: it holds a zero byte"), utf8);
    }
    let bytes = source.text.as_bytes();
    let alone = |at: &usize| bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    if let Some(at) = (0..bytes.len()).find(alone) {
        let message = format!("a line of `{name}` ends in a carriage return alone");
        return refuse(at, message, "save it with line ends of Unix (LF) or Windows (CRLF)");
    }
    Ok(())
}

fn describe(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing => "there is no such file".into(),
        Refusal::NotAFile => "this is a folder or a device, not a file".into(),
        Refusal::Outside => "it lies outside the scenario's folder".into(),
        Refusal::Failed(why) => why.clone(),
    }
}
