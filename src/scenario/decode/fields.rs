//! The fields of one struct: each is asked for by name, and what nobody asked for is told.

use super::nearest::{did_you_mean, nearest, quoted};
use super::{Decoder, readers};
use crate::problem::{Place, Problem, codes};
use crate::scenario::tree::{Field, Kind, Node};

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
        for field in written {
            let name = &field.name;
            if let Some(first) = given.iter().find(|other| other.name.value == name.value) {
                let message = format!("the field {} is given twice", quoted(&name.value));
                let problem = Problem::error(codes::DUPLICATE_FIELD, message)
                    .at(&name.place, "again here")
                    .also(&first.name.place, "first here");
                door.tell(problem);
            } else {
                given.push(field);
            }
        }
        Self { door, node, what, given, asked: Vec::new(), missing: Vec::new() }
    }

    /// The value of a field, if it is given and not `None`. Counts as asked for.
    pub fn give(&mut self, name: &'static str) -> Option<&'n Node> {
        self.asked.push(name);
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
            return read(self.door, value);
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
            Some(value) => read(self.door, value).map(Some),
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
            Some(value) => read(self.door, value),
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
            self.door.tell(problem);
        }
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
        for field in &self.given {
            let name = &*field.name.value;
            if self.asked.contains(&name) {
                continue;
            }
            let message = format!("{} is not a field of {}", quoted(name), self.what);
            let problem = Problem::error(codes::UNKNOWN_FIELD, message).at(&field.name.place, "");
            if let Some(meant) = nearest(name, &free) {
                missing.retain(|missing| *missing != meant);
                self.door.tell(did_you_mean(problem, name, &[meant]));
            } else {
                self.door.tell(did_you_mean(problem, name, &self.asked));
            }
        }
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().map(|name| quoted(name)).collect();
            let message = format!("{} needs {}", self.what, listed(&names));
            self.door.tell(Problem::error(codes::MISSING_FIELD, message).at(&self.node.head(), ""));
        }
    }
}

/// `a`, `b` and `c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
