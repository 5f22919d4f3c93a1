//! The fields of one struct: each is asked for by name, and what nobody asked for is told.

use std::collections::BTreeMap;

use super::nearest::{did_you_mean, nearest, quoted};
use super::{Decoder, lexicon, readers};
use crate::problem::{Place, Problem, codes};
use crate::scenario::tree::{Field, Kind, Node};

/// After this many fields that are not known nobody asks what they mean.
const MOST_GUESSED: usize = 50;

/// A struct that is being read. Ask for every field, then [`finish`](Self::finish).
#[derive(Debug)]
#[must_use]
pub struct Fields<'d, 'n> {
    /// Where problems go.
    pub door: &'d mut Decoder,
    node: &'n Node,
    what: String,
    given: Vec<&'n Field>,
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl<'d, 'n> Fields<'d, 'n> {
    pub(super) fn new(
        door: &'d mut Decoder,
        node: &'n Node,
        what: String,
        written: &'n [Field],
    ) -> Self {
        let mut given: Vec<&'n Field> = Vec::with_capacity(written.len());
        let mut seen: BTreeMap<&str, &Field> = BTreeMap::new();
        for field in written {
            let name = &field.name;
            if let Some(first) = seen.get(&*name.value) {
                let message = format!("the field {} is given twice", quoted(&name.value));
                let problem = Problem::error(codes::DUPLICATE_FIELD, message)
                    .at(&name.place, "again here")
                    .also(&first.name.place, "first here");
                door.tell(problem.help("leave one of them out"));
            } else {
                seen.insert(&name.value, field);
                given.push(field);
            }
        }
        Self { door, node, what, given, asked: Vec::new(), missing: Vec::new() }
    }

    /// The value of a field, if it is given and not `None`. Counts as asked for.
    pub fn give(&mut self, name: &'static str) -> Option<&'n Node> {
        if !self.asked.contains(&name) {
            self.asked.push(name);
        }
        let field = self.given.iter().find(|field| &*field.name.value == name)?;
        Some(&field.value).filter(|value| value.kind != Kind::Nothing)
    }

    /// A field that must be there.
    pub fn required<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Decoder, &'n Node) -> Option<T>,
    ) -> Option<T> {
        if let Some(value) = self.give(name) {
            return self.door.reading(name, &value.place, |door| read(door, value));
        }
        self.missing.push(name);
        None
    }

    /// A field that may be left out: `Some(None)` without it, `None` where it is wrong.
    pub fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Decoder, &'n Node) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.give(name) {
            Some(value) => {
                self.door.reading(name, &value.place, |door| read(door, value)).map(Some)
            }
            None => Some(None),
        }
    }

    /// A field with a value that holds where it is left out.
    pub fn or<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Decoder, &'n Node) -> Option<T>,
        otherwise: T,
    ) -> Option<T> {
        match self.give(name) {
            Some(value) => self.door.reading(name, &value.place, |door| read(door, value)),
            None => Some(otherwise),
        }
    }

    /// A `true` or `false` that is false where it is left out.
    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.or(name, readers::truth, false)
    }

    /// Tells when more than one of these fields is given.
    pub fn at_most_one(&mut self, names: &[&'static str]) {
        let mut given = self.given.iter().filter(|field| {
            names.contains(&&*field.name.value) && field.value.kind != Kind::Nothing
        });
        if let (Some(first), Some(second)) = (given.next(), given.next()) {
            let message = format!(
                "{} and {} exclude each other",
                quoted(&first.name.value),
                quoted(&second.name.value)
            );
            let problem = Problem::error(codes::CONFLICT, message)
                .at(&second.name.place, "")
                .also(&first.name.place, "given here");
            self.door.tell(problem.help("leave one of them out"));
        }
    }

    /// Whether a field is given, be it `None`.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.given.iter().any(|field| &*field.name.value == name)
    }

    /// The value of a field whose name is mistyped: the one that is meant by a name that is not
    /// known. It is read as if it were written well, so that what else is wrong in it is told too,
    /// and nothing that needs it is blamed; [`finish`](Self::finish) tells the name.
    pub fn mistyped(&self, name: &'static str, known: &[&'static str]) -> Option<&'n Node> {
        if self.has(name) {
            return None;
        }
        let free: Vec<&str> = known.iter().filter(|known| !self.has(known)).copied().collect();
        let unknown = self.given.iter().filter(|field| !known.contains(&&*field.name.value));
        let field = unknown
            .take(MOST_GUESSED)
            .find(|field| nearest(&field.name.value, &free) == Some(name))?;
        Some(&field.value)
    }

    /// Where a field's name stands; without the field, where the struct begins.
    #[must_use]
    pub fn place(&self, name: &str) -> Place {
        let field = self.given.iter().find(|field| &*field.name.value == name);
        field.map_or_else(|| self.node.head(), |field| field.name.place.clone())
    }

    /// Tells the fields that nobody asked for and those that are missing. A field that is missing
    /// because its name is mistyped is told once, as a mistyped one.
    pub fn finish(self) {
        let free: Vec<&str> = self
            .asked
            .iter()
            .filter(|asked| !self.given.iter().any(|field| &*field.name.value == **asked))
            .copied()
            .collect();
        let mut missing = self.missing;
        let asked = &self.asked;
        let unknown = self.given.iter().filter(|field| !asked.contains(&&*field.name.value));
        for (position, field) in unknown.enumerate() {
            let name = &*field.name.value;
            let message = format!("{} is not a field of {}", quoted(name), self.what);
            let problem = Problem::error(codes::UNKNOWN_FIELD, message).at(&field.name.place, "");
            if position >= MOST_GUESSED {
                self.door.tell(problem);
                continue;
            }
            let meant = nearest(name, &free).or_else(|| begins_alike(name, &missing));
            self.door.tell(match (meant, lexicon::home(name)) {
                (Some(meant), _) => {
                    missing.retain(|missing| *missing != meant);
                    problem.help(format!("did you mean {}?", quoted(meant)))
                }
                (None, Some(home)) => problem.help(elsewhere(name, home)),
                (None, None) => did_you_mean(problem, name, &self.asked),
            });
        }
        // `None` stands for a field that is left out, and this one cannot be.
        for field in self.given.iter().filter(|field| field.value.kind == Kind::Nothing) {
            let name = &*field.name.value;
            let Some(position) = missing.iter().position(|missing| *missing == name) else {
                continue;
            };
            missing.remove(position);
            let message = format!("{} cannot be `None`", quoted(name));
            let problem = Problem::error(codes::MISSING_FIELD, message).at(&field.value.place, "");
            self.door.tell(match lexicon::written(name) {
                Some(written) => problem.help(lexicon::suggested(written)),
                None => problem.help("write its value"),
            });
        }
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().map(|name| quoted(name)).collect();
            let (are, written) = (if names.len() > 1 { "are" } else { "is" }, examples(&missing));
            let message = format!("{} {are} missing from {}", listed(&names), self.what);
            let problem = Problem::error(codes::MISSING_FIELD, message).at(&self.node.head(), "");
            self.door.tell(match written {
                Some(written) => problem.help(lexicon::suggested(&written)),
                None => problem,
            });
        }
    }
}

/// The one field that is missing, if it begins as the one that is not known does: it is then the
/// same mistake.
fn begins_alike<'m>(name: &str, missing: &[&'m str]) -> Option<&'m str> {
    let first = |word: &str| word.chars().flat_map(char::to_lowercase).next();
    match missing {
        [one] if first(one) == first(name) => Some(one),
        _ => None,
    }
}

/// Where a field stands that is not known here.
fn elsewhere(name: &str, home: &str) -> String {
    if home == "Scenario" {
        format!(
            "{} stands at the top of the scenario: is a closing bracket missing before it?",
            quoted(name)
        )
    } else {
        format!("{} stands in {}", quoted(name), quoted(home))
    }
}

/// How missing fields are written, if that is known of all of them.
fn examples(missing: &[&str]) -> Option<String> {
    let written: Option<Vec<&str>> = missing.iter().map(|name| lexicon::written(name)).collect();
    written.map(|written| written.join(", "))
}

/// `a`, `b` and `c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
