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
use super::tree::{Field, Kind, Name, Node, Number, shortened};
use crate::problem::{Place, Problem, Source, codes};

/// The file that places in settings name.
pub const SET: &str = "--set";

/// What is assumed in place of what is written is set under a name of its own: `--assume=levers.rate=3`.
pub const ASSUME: &str = "--assume";

/// Options of the command line that are settings by a shorter name, with the paths that they set.
/// `--draws=500` among the settings is `run.draws=500`, and a problem of it names the option.
const OPTIONS: [(&str, &[&str]); 4] = [
    ("--draws", &["run", "draws"]),
    ("--seed", &["run", "seed"]),
    ("--precision", &["run", "precision", "relative"]),
    ("--at-most", &["run", "precision", "at_most"]),
];

/// How many draws: as many as are written, or as a precision takes. Who sets one takes the other away.
const EITHER: [[&str; 2]; 2] = [["draws", "precision"], ["precision", "draws"]];

/// The parts of a scenario: what is set at the top and not among them is looked for deeper.
const PARTS: [&str; 25] = [
    "base",
    "baseline",
    "boundaries",
    "correlations",
    "costs",
    "expect",
    "format",
    "information_date",
    "inputs",
    "levers",
    "load",
    "map",
    "money",
    "municipalities",
    "network",
    "observed",
    "outcomes",
    "points",
    "policies",
    "programmes",
    "run",
    "staffing",
    "title",
    "verdict",
    "years",
];

/// Parts that need not be written for one of their fields to be set.
const OF_FIELDS: [&str; 4] = ["money", "run", "verdict", "years"];

/// One `path=value`, read but not yet applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    path: Vec<Name>,
    value: Node,
}

type Applied = Result<(), Box<Problem>>;

impl Setting {
    /// Reads settings. They are kept in the library as one source, a line each; an option of its own
    /// (`--draws=500`) is a source of its own.
    pub fn read_all<F: Folder>(
        settings: &[String],
        library: &mut Library<F>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Self> {
        let option = |setting: &String| {
            let (option, value) = setting.split_once('=')?;
            let (option, path) = OPTIONS.iter().find(|(name, _)| *name == option)?;
            Some((*option, path, value.to_owned()))
        };
        let mut read = Vec::new();
        // In the order in which they are given, each in the source of its option.
        let plain: Vec<(&str, &str)> = settings
            .iter()
            .filter(|setting| option(setting).is_none())
            .map(|setting| match setting.split_once('=') {
                Some((ASSUME, assumed)) => (ASSUME, assumed),
                _ => (SET, setting.as_str()),
            })
            .collect();
        let mut sources: Vec<(&str, Source, usize)> = Vec::new();
        for name in [SET, ASSUME] {
            let lines = plain.iter().filter(|(of, _)| *of == name).map(|(_, line)| *line);
            let lines: Vec<&str> = lines.collect();
            if !lines.is_empty() {
                sources.push((name, library.add(name, &lines.join("\n")), 0));
            }
        }
        for (name, setting) in plain {
            let Some((_, source, start)) = sources.iter_mut().find(|(of, ..)| *of == name) else {
                continue;
            };
            let range = *start..*start + setting.len();
            *start = range.end + 1;
            match Self::read(source, range) {
                Ok(setting) => read.push(setting),
                Err(problem) => problems.push(*problem),
            }
        }
        // The options come last: they hold also where the same is set by its path.
        for (option, path, value) in settings.iter().filter_map(option) {
            match Self::of_option(&library.add(option, &value), path) {
                Ok(setting) => read.push(setting),
                Err(problem) => problems.push(*problem),
            }
        }
        read
    }

    /// The value of an option, all of its source.
    fn of_option(source: &Source, path: &[&str]) -> Result<Self, Box<Problem>> {
        let place = Place::new(&source.name, 0..source.text.len());
        let name = |name: &&str| Name { value: (*name).into(), place: place.clone() };
        Ok(Self { path: path.iter().map(name).collect(), value: read(source)? })
    }

    fn read(source: &Source, range: Range<usize>) -> Result<Self, Box<Problem>> {
        let refuse = |range: Range<usize>, message: &str| {
            let place = Place::new(&source.name, range);
            let problem = Problem::error(codes::SET, message).at(&place, "");
            let name = &source.name;
            Box::new(
                problem.help(format!("write `{name} path=value`, such as `{name} levers.rate=3`")),
            )
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
        let place = Place::new(&source.name, range.start + at..range.end);
        let value = read(&value).map_err(|problem| faulty(*problem, &text[at..], &place))?;
        Ok(Self { path, value })
    }

    /// Replaces what the path names. `run`, `verdict`, `money` and `years` need not be there; a field that a struct does not give, and a number that a map
    /// of numbers does not have, is added, as is `run.precision`; anything else must be there.
    ///
    /// # Errors
    /// The problem if the path names nothing, with the nearest names.
    pub fn apply(&self, root: &mut Node) -> Applied {
        if let [name] = &self.path[..]
            && name.value.contains('/')
        {
            let message = format!("{} is not a field of the scenario", quoted(&name.value));
            let problem = Problem::error(codes::SET_PATH, message).at(&name.place, "");
            let meant = quoted(&name.value.replace('/', "."));
            return Err(Box::new(problem.help(format!("did you mean {meant}?"))));
        }
        if let Some(first) = self.path.first()
            && root.field(&first.value).is_none()
            && !PARTS.contains(&&*first.value)
            && let Some(meant) = deeper(root, &first.value)
        {
            let message = format!("{} is no part of a scenario by itself", quoted(&first.value));
            let problem = Problem::error(codes::SET_PATH, message).at(&first.place, "");
            return Err(Box::new(problem.help(format!("did you mean `{meant}`?"))));
        }
        if let (Kind::Struct(_, parts), [first, _, ..]) = (&mut root.kind, &self.path[..])
            && OF_FIELDS.contains(&&*first.value)
            && !parts.iter().any(|part| part.name.value == first.value)
        {
            let empty = Node { place: first.place.clone(), kind: Kind::Struct(None, Vec::new()) };
            parts.push(Field { name: first.clone(), value: empty });
        }
        self.choose_how_many_draws(root);
        put(root, &self.path, &self.value)
    }

    /// Takes away `precision` of the run where `draws` are set, and the other way round, so that a
    /// number of draws holds whatever the scenario says; and makes room for a field of a precision.
    fn choose_how_many_draws(&self, root: &mut Node) {
        let [section, field, rest @ ..] = &self.path[..] else { return };
        let other = EITHER.iter().find(|[one, _]| *one == &*field.value).map(|[_, other]| other);
        let (Kind::Struct(_, parts), Some(other)) = (&mut root.kind, other) else { return };
        let run = parts.iter_mut().find(|part| part.name.value == section.value);
        let (Some(Kind::Struct(_, fields)), "run") =
            (run.map(|run| &mut run.value.kind), &*section.value)
        else {
            return;
        };
        if self.value.kind != Kind::Nothing || !rest.is_empty() {
            fields.retain(|given| &*given.name.value != *other);
        }
        let is_there = fields.iter().any(|given| given.name.value == field.value);
        if *other == "draws" && !rest.is_empty() && !is_there {
            let empty = Node { place: field.place.clone(), kind: Kind::Struct(None, Vec::new()) };
            fields.push(Field { name: field.clone(), value: empty });
        }
    }
}

/// What is wrong with a value that is no RON, with the two slips that explain most of them.
fn faulty(mut problem: Problem, value: &str, place: &Place) -> Box<Problem> {
    let value = value.trim();
    let (sign, digits) = value.split_at(usize::from(value.starts_with(['-', '+'])));
    let decimal = digits.split_once(',').filter(|(whole, part)| {
        [whole, part]
            .iter()
            .all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    });
    if let Some((whole, part)) = decimal {
        let help = format!("numbers have a decimal point: `{sign}{}.{}`", cut(whole), cut(part));
        let message = format!("{} is not a number", quoted(value));
        return Box::new(Problem::error(codes::SET, message).at(place, "").help(help));
    }
    problem.also.clear();
    problem.help.get_or_insert_with(|| {
        "texts stand in quotes, the whole in single ones: `--set 'title=\"…\"'`".to_owned()
    });
    Box::new(problem)
}

/// At most twenty digits, for a message.
fn cut(digits: &str) -> &str {
    digits.get(..20).unwrap_or(digits)
}

/// How deep and among how many values a name is looked for.
const DEEPEST_NAME: usize = 6;

/// The path of a name that stands deeper in the scenario, levers and inputs before other parts.
fn deeper(root: &Node, name: &str) -> Option<String> {
    let Kind::Struct(_, parts) = &root.kind else { return None };
    let first = |part: &&Field| !matches!(&*part.name.value, "levers" | "inputs");
    let mut parts: Vec<&Field> = parts.iter().collect();
    parts.sort_by_key(first);
    parts.iter().find_map(|part| {
        let path = below(&part.value, name, DEEPEST_NAME)?;
        Some(format!("{}.{path}", part.name.value))
    })
}

/// The path from a value to the first part of it that has a name.
fn below(node: &Node, name: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let into = |called: &str, value: &Node| {
        if called == name {
            return Some(written(called));
        }
        below(value, name, depth).map(|path| format!("{}.{path}", written(called)))
    };
    match &node.kind {
        Kind::Struct(_, fields) => {
            fields.iter().find_map(|field| into(&field.name.value, &field.value))
        }
        Kind::Map(entries) => entries.iter().find_map(|(key, value)| into(&spelled(key), value)),
        Kind::Tuple(_, items) if items.len() == 1 => below(&items[0], name, depth),
        Kind::List(items) | Kind::Tuple(_, items) => {
            items.iter().find_map(|item| into(item_name(item)?, item))
        }
        _ => None,
    }
}

/// A name as a path writes it: in quotes where it holds more than letters, digits and underscores.
fn written(name: &str) -> String {
    if name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        return name.to_owned();
    }
    format!("{:?}", shortened(name))
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
