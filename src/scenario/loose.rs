//! Tables that stand alone: a command names one, and no scenario is around it.

use std::path::Path;

use super::decode::Decoder;
use super::difference::Unreadable;
use super::load::{Disk, Folder, Library};
use super::table::{Declared, Table};
use crate::problem::{Place, Problem, Source, Sources, codes, sort};

/// What stands for the command in messages.
const COMMAND: &str = "command line";

/// A table that a command names, with what is told of it.
#[derive(Debug)]
pub struct LooseTable {
    /// The table.
    pub table: Table,
    /// Where to tell what is wrong.
    pub door: Decoder,
    sources: Sources,
    /// Where the file, and then each option, stands in the command.
    asked: Vec<Place>,
}

impl LooseTable {
    /// Reads the table that a command names: CSV as it is written, or the one sheet of a workbook.
    /// `options` are the options that name parts of it, such as `("--column", "income")`.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn open(command: &str, path: &Path, options: &[(&str, &str)]) -> Result<Self, Unreadable> {
        let typed = typed(command, &path.display().to_string(), options);
        match Disk::of_table(path) {
            Ok((disk, name)) => Self::read(disk, &name, typed),
            Err(problem) => {
                let sources = Sources::of(vec![typed.0]);
                Err(Unreadable { problems: vec![*problem], sources })
            }
        }
    }

    /// The same of a table that lies elsewhere than on the disk.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open_in(
        folder: impl Folder,
        command: &str,
        name: &str,
        options: &[(&str, &str)],
    ) -> Result<Self, Unreadable> {
        Self::read(folder, name, typed(command, name, options))
    }

    fn read(
        folder: impl Folder,
        name: &str,
        (typed, asked): (Source, Vec<Place>),
    ) -> Result<Self, Unreadable> {
        let mut sources = Sources::of(vec![typed]);
        let mut library = Library::new(folder);
        let mut door = Decoder::new();
        let at = asked.first().cloned().unwrap_or_else(|| Place::new(&COMMAND.into(), 0..1));
        let table = match library.table(name, &at, &Declared::default()) {
            Ok(raw) => Table::read_as(&raw, &Declared::default(), &mut door),
            Err(mut problem) => {
                let has_near =
                    problem.help.as_ref().is_some_and(|help| help.starts_with("did you"));
                if problem.code == codes::UNREADABLE && !has_near {
                    problem.help = Some("paths count from the folder that you are in".to_owned());
                }
                door.refuse(*problem)
            }
        };
        sources.files.extend(library.into_sources().files);
        match table {
            Some(table) => Ok(Self { table, door, sources, asked }),
            None => Err(unreadable(door, sources)),
        }
    }

    /// Where the file (0) or an option (from 1) stands in the command.
    #[must_use]
    pub fn place(&self, option: usize) -> Place {
        let place = self.asked.get(option).or_else(|| self.asked.first()).cloned();
        place.unwrap_or_else(|| Place::new(&COMMAND.into(), 0..1))
    }

    /// What was taken for granted of the table.
    #[must_use]
    pub fn assumed(&self) -> Vec<String> {
        self.door.assumed()
    }

    /// Everything that was told, if it was wrong.
    #[must_use]
    pub fn finish(self) -> Unreadable {
        unreadable(self.door, self.sources)
    }

    /// One more problem at the end.
    #[must_use]
    pub fn refuse(mut self, problem: Problem) -> Unreadable {
        self.door.tell(problem);
        self.finish()
    }
}

/// How a list is written so that nothing has two readings.
const PLAIN: &str = "write numbers with a decimal point and no marks of thousands, dates as 2022-05-01, \
                     cells between commas, and text in UTF-8";

fn unreadable(door: Decoder, sources: Sources) -> Unreadable {
    let mut problems = door.finish();
    for problem in &mut problems {
        // A table that no scenario declares has no `Table(…)` in which to say how it is written.
        if problem.help.as_ref().is_some_and(|help| help.contains("`Table(")) {
            problem.help = Some(PLAIN.to_owned());
        }
    }
    sort(&mut problems, &sources);
    Unreadable { problems, sources }
}

/// The command as a text, and where the file and the values of the options stand in it.
fn typed(command: &str, path: &str, options: &[(&str, &str)]) -> (Source, Vec<Place>) {
    let mut text = format!("dotacija {command} ");
    let mut spans = Vec::new();
    let mut add = |text: &mut String, word: &str| {
        let start = text.len();
        text.push_str(word);
        spans.push(start..text.len().max(start + 1));
    };
    add(&mut text, path);
    for (option, value) in options {
        text.push_str(&format!(" {option} "));
        add(&mut text, value);
    }
    let source =
        Source { name: COMMAND.into(), text: text.as_str().into(), bytes: text.as_bytes().into() };
    let places = spans.into_iter().map(|span| source.place(span)).collect();
    (source, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_where_the_command_has_them() {
        let (source, places) =
            typed("measure", "a.csv", &[("--column", "income"), ("--weight", "w")]);
        assert_eq!(&*source.text, "dotacija measure a.csv --column income --weight w");
        let written = |place: &Place| source.text[place.start..place.end].to_owned();
        assert_eq!(places.iter().map(written).collect::<Vec<_>>(), ["a.csv", "income", "w"]);
    }
}
