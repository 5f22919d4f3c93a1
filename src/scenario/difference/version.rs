//! One of the two scenarios: its composed tree, and the files that it names.

use std::sync::Arc;

use super::tables::Keyed;
use crate::problem::{Problem, Sources, sort};
use crate::scenario::crosswalk_files::crosswalk_files;
use crate::scenario::decode::Decoder;
use crate::scenario::load::{Folder, Library};
use crate::scenario::sections::table;
use crate::scenario::tree::Node;
use crate::scenario::{LARGEST_MAP, compose};

/// A scenario as it can be compared.
#[derive(Debug)]
pub struct Version {
    pub(super) root: Node,
    pub(super) sources: Sources,
    pub(super) municipalities: Option<Keyed>,
    pub(super) points: Option<Keyed>,
    /// The map: name of the file, bytes.
    pub(super) map: Option<(String, Arc<[u8]>)>,
    /// The tables of boundaries that changed, likewise.
    pub(super) crosswalks: Vec<(String, Arc<[u8]>)>,
}

/// Why a scenario cannot be compared.
#[derive(Debug)]
pub struct Unreadable {
    /// What is wrong with its files, most fundamental first.
    pub problems: Vec<Problem>,
    /// What was read.
    pub sources: Sources,
}

impl Version {
    /// Reads a scenario's file, all that it imports or is based on and the tables that it names,
    /// and applies settings of the form `path=value`.
    ///
    /// # Errors
    /// A file that is missing, is no valid RON or no table, or lacks the column of codes.
    pub fn read<F: Folder>(
        folder: F,
        name: &str,
        settings: &[String],
    ) -> Result<Self, Box<Unreadable>> {
        let mut library = Library::new(folder);
        let mut door = Decoder::new();
        let read = match compose(&mut library, name, settings) {
            Ok(root) => {
                let municipalities = keyed(&root, "municipalities", &mut library, &mut door);
                let points = keyed(&root, "points", &mut library, &mut door);
                let map = map(&root, &mut library, &mut door);
                let crosswalks = crosswalks(&root, &mut library, &mut door);
                let tables = (municipalities, points, map, crosswalks);
                (!door.failed()).then_some((root, tables))
            }
            Err(problems) => {
                for problem in problems {
                    door.tell(problem);
                }
                None
            }
        };
        let sources = library.into_sources();
        let Some((root, (municipalities, points, map, crosswalks))) = read else {
            let mut problems = door.finish();
            sort(&mut problems, &sources);
            return Err(Box::new(Unreadable { problems, sources }));
        };
        Ok(Self { root, sources, municipalities, points, map, crosswalks })
    }

    /// The bytes of every file and setting, in the order of reading.
    pub(super) fn bytes(&self) -> Vec<&Arc<[u8]>> {
        self.sources.files.iter().map(|source| &source.bytes).collect()
    }
}

/// The table that a section names. A section that is none is compared as text alone.
fn keyed<F: Folder>(
    root: &Node,
    section: &str,
    library: &mut Library<F>,
    door: &mut Decoder,
) -> Option<Keyed> {
    let section = root.field(section)?;
    let file = section.field("file")?;
    let code = section.field("code")?;
    let (name, asked) = (&file.as_text()?.value, &code.as_text()?.value);
    let table = table(door, section, library)?;
    let column = |door: &mut Decoder, name: &str, node: &Node| {
        table.column(name, &node.place, door).map(|column| column.name().to_owned())
    };
    let code = column(door, asked, code)?;
    let year = match section.field("year").and_then(|year| Some((year, year.as_text()?))) {
        Some((node, text)) => Some(column(door, &text.value, node)?),
        None => None,
    };
    Some(Keyed::new(section, name, table, code, year))
}

fn map<F: Folder>(
    root: &Node,
    library: &mut Library<F>,
    door: &mut Decoder,
) -> Option<(String, Arc<[u8]>)> {
    let file = root.field("municipalities")?.field("map")?.field("file")?;
    match library.named(&file.as_text()?.value, &file.place, LARGEST_MAP) {
        Ok(source) => Some((source.name.to_string(), source.bytes)),
        Err(problem) => door.refuse(*problem),
    }
}

/// The files that the section of boundaries names, in their order.
fn crosswalks<F: Folder>(
    root: &Node,
    library: &mut Library<F>,
    door: &mut Decoder,
) -> Vec<(String, Arc<[u8]>)> {
    let mut read = Vec::new();
    for file in crosswalk_files(root, library) {
        match file {
            Ok(source) => read.push((source.name.to_string(), source.bytes)),
            Err(problem) => door.tell(*problem),
        }
    }
    read
}
