//! One tree from several files: imports expanded, a base's sections replaced, `--set` applied.
//!
//! Every node keeps the place of the file that it was written in, so a path that it names is
//! seen from there and a problem points there.

use super::decode::{self, nearest};
use super::load::{Folder, Library, other_kind};
use super::path::instead;
use super::read::{DEEPEST, read};
use super::set::Setting;
use super::tree::{Field, Kind, Name, Node, shortened};
use crate::problem::{Place, Problem, codes};

/// How many files may take each other in.
const LONGEST_CHAIN: usize = 16;
/// How many values one scenario may have, its imports included.
const MOST_VALUES: usize = 4_000_000;
/// After this many problems the reading ends.
const MOST_PROBLEMS: usize = 100;
/// How many bytes of text count as one value.
const BYTES_A_VALUE: usize = 16;

/// Reads a scenario's file and all that it imports or is based on, then applies settings of the
/// form `path=value` in order.
///
/// The result is a struct without name. Its `base` is gone: where the file gives `base: "…"`, the
/// sections of that scenario stand in it, except those that the file gives itself (`None` leaves
/// a section out).
///
/// # Errors
/// The problems of all files that could not be read; the decoders have then nothing to do.
pub fn compose<F: Folder>(
    library: &mut Library<F>,
    main: &str,
    settings: &[String],
) -> Result<Node, Vec<Problem>> {
    let mut composer =
        Composer { library, chain: Vec::new(), values: 0, problems: Vec::new(), stopped: false };
    let root = composer.scenario(main, None);
    let mut problems = composer.problems;
    let Some(mut root) = root.filter(|_| problems.is_empty()) else {
        return Err(problems);
    };
    for setting in Setting::read_all(settings, library, &mut problems) {
        if let Err(problem) = setting.apply(&mut root) {
            problems.push(*problem);
        }
    }
    if problems.is_empty() { Ok(root) } else { Err(problems) }
}

struct Composer<'a, F> {
    library: &'a mut Library<F>,
    /// The files that are being read, each with the place that names it.
    chain: Vec<String>,
    values: usize,
    problems: Vec<Problem>,
    /// Whether there is too much of everything to go on.
    stopped: bool,
}

impl<F: Folder> Composer<'_, F> {
    /// A whole scenario: a file, on top of its base.
    fn scenario(&mut self, name: &str, at: Option<&Place>) -> Option<Node> {
        self.enter(name, at)?;
        let node = self.tree(name, at, 0);
        let node = node.and_then(|node| self.on_base(node, name, at));
        self.chain.pop();
        node
    }

    /// Puts a scenario on its base; `at` is where it is named as a base itself.
    fn on_base(&mut self, node: Node, file: &str, at: Option<&Place>) -> Option<Node> {
        let named = node.name().is_some_and(|name| &*name.value != "Scenario");
        let place = node.place.clone();
        let mut given = match node.kind {
            Kind::Struct(_, fields) if !named => fields,
            Kind::Tuple(_, items) if !named && items.is_empty() => Vec::new(),
            _ if !named && at.is_some() => {
                let message = format!("`{file}` holds a section, not a whole scenario");
                let problem = Problem::error(codes::NOT_A_SCENARIO, message);
                let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".ron"));
                let section = stem.filter(|stem| decode::home(stem) == Some("Scenario"));
                let section = section.unwrap_or("levers");
                let import = format!("`{section}: Import(\"{file}\")`");
                let help = if stem == Some(section) {
                    format!("write {import} in place of `base`")
                } else {
                    format!("import it as the section that it is, such as {import}")
                };
                self.tell_problem(match at {
                    Some(at) => problem.at(at, "").help(help),
                    None => problem.help(help),
                });
                return None;
            }
            _ => {
                let message = format!("expected `Scenario(…)`, found {}", node.describe());
                let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
                let help = "write `Scenario(format: 1, title: \"…\")`: fields in parentheses";
                let near = node.name().and_then(|name| nearest(&name.value, &["Scenario"]));
                self.tell_problem(match near {
                    Some(near) if named => problem.help(format!("did you mean `{near}`?")),
                    _ => problem.help(help),
                });
                return None;
            }
        };
        let Some(position) = given.iter().position(|field| &*field.name.value == "base") else {
            return Some(Node { place, kind: Kind::Struct(None, given) });
        };
        let base = given.remove(position).value;
        let Kind::Text(text) = &base.kind else {
            let message = format!("`base` should be the name of a file, found {}", base.describe());
            let problem = Problem::error(codes::WRONG_TYPE, message).at(&base.head(), "");
            self.tell_problem(problem.help("write `base: \"other.ron\"`"));
            return None;
        };
        let name = self.resolve(&text.value, &base.place)?;
        if let Some(what) = other_kind(&name) {
            let message = format!("`{name}` is {what}, not a scenario");
            let problem = Problem::error(codes::NOT_A_SCENARIO, message).at(&base.place, "");
            self.tell_problem(problem.help("name a file that ends in `.ron`"));
            return None;
        }
        let base = self.scenario(&name, Some(&base.place))?;
        let Kind::Struct(_, under) = base.kind else { return None };
        Some(Node { place, kind: Kind::Struct(None, replaced(under, given)) })
    }

    /// The tree of one file, imports expanded.
    fn tree(&mut self, name: &str, at: Option<&Place>, depth: usize) -> Option<Node> {
        let source = match self.library.part(name, at) {
            Ok(source) => source,
            Err(problem) => {
                self.tell_problem(*problem);
                return None;
            }
        };
        self.charge(source.text.len() / BYTES_A_VALUE + 1, at)?;
        match read(&source) {
            Ok(node) => {
                self.charge(node.count(), at)?;
                self.expand(node, depth)
            }
            Err(problem) => {
                self.tell_problem(*problem);
                None
            }
        }
    }

    /// Counts values, and text as if it were values: files that import each other twice and twice
    /// again would otherwise be read without end.
    fn charge(&mut self, values: usize, at: Option<&Place>) -> Option<()> {
        self.values = self.values.saturating_add(values);
        if self.values > MOST_VALUES {
            self.stop(format!("a scenario may have at most {MOST_VALUES} values"), at);
        }
        (!self.stopped).then_some(())
    }

    /// Tells what there is too much of, once, and ends the reading.
    fn stop(&mut self, message: String, at: Option<&Place>) {
        if !self.stopped {
            self.tell(codes::TOO_MANY, message, at);
            self.stopped = true;
        }
    }

    fn tell(&mut self, code: &'static str, message: String, at: Option<&Place>) {
        let problem = match help(code) {
            Some(help) => Problem::error(code, message).help(help),
            None => Problem::error(code, message),
        };
        self.tell_problem(match at {
            Some(at) => problem.at(at, ""),
            None => problem,
        });
    }

    /// Keeps a problem; a file that is imported twice is blamed once.
    fn tell_problem(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
        self.stopped |= self.problems.len() >= MOST_PROBLEMS;
    }

    /// Replaces every `Import("…")` by the content of the file.
    fn expand(&mut self, node: Node, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            let message = "with its imports, brackets are nested too deeply".to_owned();
            self.tell(codes::NESTING, message, Some(&node.head()));
            return None;
        }
        let deeper = depth + 1;
        let kind = match node.kind {
            Kind::Tuple(Some(name), items) if &*name.value == "Import" => {
                return self.import(&name, &items, depth);
            }
            Kind::Struct(name, fields) => {
                let expand = |field: Field| {
                    Some(Field { name: field.name, value: self.expand(field.value, deeper)? })
                };
                Kind::Struct(name, every(fields.into_iter().map(expand))?)
            }
            Kind::Tuple(name, items) => {
                Kind::Tuple(name, every(items.into_iter().map(|item| self.expand(item, deeper)))?)
            }
            Kind::List(items) => {
                Kind::List(every(items.into_iter().map(|item| self.expand(item, deeper)))?)
            }
            Kind::Map(entries) => {
                let expand = |(key, value)| {
                    let expanded = self.expand(value, deeper);
                    Some((key, expanded?))
                };
                Kind::Map(every(entries.into_iter().map(expand))?)
            }
            other => other,
        };
        Some(Node { place: node.place, kind })
    }

    fn import(&mut self, import: &Name, items: &[Node], depth: usize) -> Option<Node> {
        let [Node { kind: Kind::Text(text), place }] = items else {
            let message = "`Import` takes the name of one file, in quotes".to_owned();
            match items {
                [item] => self.tell(codes::WRONG_TYPE, message, Some(&item.head())),
                _ => self.tell(codes::WRONG_COUNT, message, Some(&import.place)),
            }
            return None;
        };
        let name = self.resolve(&text.value, place)?;
        if let Some(what) = other_kind(&name) {
            let message = format!("`{name}` is {what}, not a part of a scenario");
            let problem = Problem::error(codes::NOT_A_SCENARIO, message).at(place, "");
            self.tell_problem(problem.help(match what {
                "a table" | "a spreadsheet" => {
                    format!("write `Table(file: \"{}\", …)`", shortened(&text.value))
                }
                _ => "name a file that ends in `.ron`".to_owned(),
            }));
            return None;
        }
        self.enter(&name, Some(place))?;
        let node = self.tree(&name, Some(place), depth);
        self.chain.pop();
        node
    }

    fn resolve(&mut self, written: &str, at: &Place) -> Option<String> {
        super::path::resolve(&at.file, written)
            .map_err(|why| {
                let message = format!("this file cannot be used: {why}");
                let problem = Problem::error(codes::OUTSIDE, message).at(at, "");
                self.tell_problem(problem.help(instead(&at.file, written, "parts/levers.ron")));
            })
            .ok()
    }

    /// Goes into a file, unless it is already being read.
    fn enter(&mut self, name: &str, at: Option<&Place>) -> Option<()> {
        if let Some(first) = self.chain.iter().position(|file| file == name) {
            let mut chain = self.chain[first..].to_vec();
            chain.push(name.to_owned());
            let message = format!("a file takes itself in: {}", chain.join(" → "));
            self.tell(codes::CYCLE, message, at);
            return None;
        }
        if self.chain.len() >= LONGEST_CHAIN {
            self.stop(format!("more than {LONGEST_CHAIN} files take each other in"), at);
        }
        if self.stopped {
            return None;
        }
        self.chain.push(name.to_owned());
        Some(())
    }
}

/// What to do about a problem of this kind.
fn help(code: &str) -> Option<&'static str> {
    match code {
        codes::CYCLE => Some("leave it out here: a file cannot be a part of itself"),
        codes::TOO_MANY => Some("take in fewer files, or smaller ones"),
        codes::WRONG_COUNT | codes::WRONG_TYPE => Some("write `Import(\"levers.ron\")`"),
        _ => None,
    }
}

/// The fields of a base, those that are given put in their place, new ones after them.
fn replaced(base: Vec<Field>, given: Vec<Field>) -> Vec<Field> {
    let mut given: Vec<Option<Field>> = given.into_iter().map(Some).collect();
    let mut fields = Vec::with_capacity(base.len() + given.len());
    for field in base {
        let before = fields.len();
        for slot in &mut given {
            if slot.as_ref().is_some_and(|given| given.name.value == field.name.value) {
                fields.extend(slot.take());
            }
        }
        if fields.len() == before {
            fields.push(field);
        }
    }
    fields.extend(given.into_iter().flatten());
    fields
}

/// All of them, or nothing; but every one is looked at, so that all problems are told.
fn every<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let items: Vec<Option<T>> = items.collect();
    items.into_iter().collect()
}
