//! `--set path=value`: one value of a scenario replaced from the command line.
//!
//! A path is field names and map keys joined by points: `levers.case_rate`, `network.mode`,
//! `policies."rates of 2018".rules.maintenance.entitle.upkeep.is`. Keys that hold points stand in
//! quotes. An item of a list is named by its `name` or `line`, or by its number, from 1. The value
//! is RON. Where a lever or an input with a `value` stands, that value is set.

use std::ops::Range;

use super::decode::{did_you_mean, quoted, spelled};
use super::load::{Folder, Library};
use super::read::read;
use super::tree::{Field, Kind, Name, Node, Number};
use crate::problem::{Place, Problem, Source, codes};

/// The file that places in settings name.
pub const SET: &str = "--set";

/// One `path=value`, read but not yet applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    path: Vec<Name>,
    value: Node,
}

type Applied = Result<(), Box<Problem>>;

impl Setting {
    /// Reads settings. They are kept in the library as one source, a line each.
    pub fn read_all<F: Folder>(
        settings: &[String],
        library: &mut Library<F>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Self> {
        if settings.is_empty() {
            return Vec::new();
        }
        let source = library.add(SET, &settings.join("\n"));
        let mut start = 0;
        let mut read = Vec::new();
        for setting in settings {
            let range = start..start + setting.len();
            start = range.end + 1;
            match Self::read(&source, range) {
                Ok(setting) => read.push(setting),
                Err(problem) => problems.push(*problem),
            }
        }
        read
    }

    fn read(source: &Source, range: Range<usize>) -> Result<Self, Box<Problem>> {
        let refuse = |range: Range<usize>, message: &str| {
            let place = Place::new(&source.name, range);
            let problem = Problem::error(codes::SET, message).at(&place, "");
            Box::new(problem.help("write `--set path=value`, such as `--set levers.rate=3`"))
        };
        let text = source.text.get(range.clone()).unwrap_or("");
        let mut path = Vec::new();
        let mut at = 0;
        loop {
            let (name, end) = segment(&text[at..])
                .ok_or_else(|| refuse(range.clone(), "this is not of the form `path=value`"))?;
            let place = Place::new(&source.name, range.start + at..range.start + at + end);
            path.push(Name { value: name.into(), place });
            at += end + 1;
            if text.as_bytes().get(at - 1) == Some(&b'=') {
                break;
            }
        }
        // What stands before the value becomes spaces, so that places in it come out right.
        let blanked = format!("{}{}", " ".repeat(range.start + at), &text[at..]);
        if text[at..].trim().is_empty() {
            return Err(refuse(range, "the value is missing"));
        }
        let value = Source { text: blanked.into(), ..source.clone() };
        let value = read(&value).map_err(|mut problem| {
            problem.also.clear();
            let text = "texts stand in quotes, the whole in single ones: `--set 'title=\"…\"'`";
            problem.help.get_or_insert_with(|| text.to_owned());
            problem
        })?;
        Ok(Self { path, value })
    }

    /// Replaces what the path names. A field that a struct does not give, and a number that a map
    /// of numbers does not have, is added; anything else must be there.
    ///
    /// # Errors
    /// The problem if the path names nothing, with the nearest names.
    pub fn apply(&self, root: &mut Node) -> Applied {
        if let [name] = &self.path[..]
            && let Some(meant) = inside_a_section(root, &name.value)
        {
            let message = format!("{} is not a field of the scenario", quoted(&name.value));
            let problem = Problem::error(codes::SET_PATH, message).at(&name.place, "");
            return Err(Box::new(problem.help(format!("did you mean {}?", quoted(&meant)))));
        }
        put(root, &self.path, &self.value)
    }
}

/// The path of a lever or input that is meant by its name alone, or by a path of another form.
fn inside_a_section(root: &Node, name: &str) -> Option<String> {
    if root.field(name).is_some() {
        return None;
    }
    if name.contains('/') {
        return Some(name.replace('/', "."));
    }
    ["levers", "inputs", "policies", "programmes"].into_iter().find_map(|section| {
        let Kind::Map(entries) = &root.field(section)?.kind else { return None };
        let is_there = entries.iter().any(|(key, _)| spelled(key) == name);
        is_there.then(|| format!("{section}.{name}"))
    })
}

/// The first name of a path and where it ends (at `.` or `=`).
fn segment(text: &str) -> Option<(String, usize)> {
    if let Some(rest) = text.strip_prefix('"') {
        let mut name = String::new();
        let mut letters = rest.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    let end = at + 2;
                    let closed = matches!(text.as_bytes().get(end), Some(b'.' | b'='));
                    return closed.then_some((name, end));
                }
                '\\' => name.push(letters.next()?.1),
                letter => name.push(letter),
            }
        }
        return None;
    }
    let end = text.find(['.', '='])?;
    let name = text[..end].trim();
    (!name.is_empty()).then(|| (name.to_owned(), end))
}

/// Goes one step down the path, or puts the value where it ends.
fn put(node: &mut Node, path: &[Name], value: &Node) -> Applied {
    let Some((name, rest)) = path.split_first() else {
        replace(node, value);
        return Ok(());
    };
    match &mut node.kind {
        Kind::Struct(_, fields) => {
            if let Some(field) = fields.iter_mut().find(|field| field.name.value == name.value) {
                return put(&mut field.value, rest, value);
            }
            if rest.is_empty() {
                fields.push(Field { name: name.clone(), value: value.clone() });
                return Ok(());
            }
        }
        Kind::Map(entries) => {
            if let Some((_, found)) =
                entries.iter_mut().find(|(key, _)| spelled(key) == *name.value)
            {
                return put(found, rest, value);
            }
            let numbers = entries.iter().all(|(key, _)| matches!(key.kind, Kind::Number(_)));
            if let (true, true, Ok(key)) = (rest.is_empty(), numbers, name.value.parse::<i64>()) {
                let number = Number { value: key as f64, whole: Some(key.into()) };
                let key = Node { place: name.place.clone(), kind: Kind::Number(number) };
                entries.push((key, value.clone()));
                return Ok(());
            }
        }
        // `Worksheet([…])` is passed through: its lines are named as if they stood in it.
        Kind::Tuple(_, items) if items.len() == 1 => return put(&mut items[0], path, value),
        Kind::List(items) | Kind::Tuple(_, items) => {
            let by_name = items.iter().position(|item| item_name(item) == Some(&name.value));
            let by_number = || name.value.parse::<usize>().ok()?.checked_sub(1);
            if let Some(item) = by_name.or_else(by_number).and_then(|at| items.get_mut(at)) {
                return put(item, rest, value);
            }
        }
        _ => {}
    }
    Err(Box::new(unknown(node, name)))
}

fn replace(node: &mut Node, value: &Node) {
    let whole = matches!(value.kind, Kind::Struct(None, _) | Kind::Map(_));
    if let Kind::Struct(None, fields) = &mut node.kind
        && !whole
        && let Some(field) = fields.iter_mut().find(|field| &*field.name.value == "value")
    {
        field.value = value.clone();
    } else {
        *node = value.clone();
    }
}

/// What an item of a list is called in a path.
pub(super) fn item_name(item: &Node) -> Option<&str> {
    let text = item.field("name").or_else(|| item.field("line"))?.as_text()?;
    Some(&text.value)
}

fn unknown(node: &Node, name: &Name) -> Problem {
    let known: Vec<String> = match &node.kind {
        Kind::Struct(_, fields) => {
            fields.iter().map(|field| field.name.value.to_string()).collect()
        }
        Kind::Map(entries) => entries.iter().map(|(key, _)| spelled(key)).collect(),
        Kind::List(items) | Kind::Tuple(_, items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| item_name(item).map_or_else(|| (at + 1).to_string(), Into::into))
            .collect(),
        _ => Vec::new(),
    };
    let message = if known.is_empty() {
        format!("{} names nothing: {} has no parts", quoted(&name.value), node.describe())
    } else {
        format!("{} names nothing in the scenario", quoted(&name.value))
    };
    let problem = Problem::error(codes::SET_PATH, message)
        .at(&name.place, "")
        .also(&node.head(), "looked for here");
    if known.is_empty() {
        return problem.help("let the path end before this");
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    did_you_mean(problem, &name.value, &known)
}
