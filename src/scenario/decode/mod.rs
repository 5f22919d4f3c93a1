//! Small readers that turn nodes into values and collect what is wrong on the way.
//!
//! A reader is any `Fn(&mut Decoder, &Node) -> Option<T>`: `None` means that a problem has been
//! told, so whoever called it must not tell another. A decoder of a struct asks for all fields
//! before it opens any of them with `?`, so that one run tells every problem:
//!
//! ```
//! use dotacija::scenario::{Decoder, Node, at_least, filled, one_of_names, whole_within};
//!
//! struct Tier { name: String, desks: i64, minimum: f64, kind: Kind }
//! #[derive(Clone, Copy)]
//! enum Kind { Fixed, Mobile }
//!
//! fn tier(door: &mut Decoder, node: &Node) -> Option<Tier> {
//!     let mut fields = door.fields(node, "a tier")?;
//!     let name = fields.required("name", filled);
//!     let desks = fields.or("desks", whole_within(1, 500), 1);
//!     let minimum = fields.or("minimum", at_least(0.0), 0.0);
//!     let kind = fields.or("kind", one_of_names(&[("Fixed", Kind::Fixed), ("Mobile", Kind::Mobile)]), Kind::Fixed);
//!     fields.finish();
//!     Some(Tier { name: name?, desks: desks?, minimum: minimum?, kind: kind? })
//! }
//! ```

mod fields;
mod nearest;
mod numbers;
mod readers;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use fields::Fields;
pub use nearest::{did_you_mean, nearest, quoted};
pub use numbers::{above, at_least, between, number, share, whole, whole_within, year};
pub use readers::{
    Variant, filled, inside, list, many, map, map_keys, one_of_names, pair, placed, text, truth,
    variants,
};

pub(super) use readers::spelled;

use super::tree::{Kind, Name, Node};
use crate::problem::{Place, Problem, codes};

/// How many problems of one kind are told for one file before the rest is only counted.
const MOST_ALIKE: usize = 20;

/// Collects what is wrong while a tree or table is read.
#[derive(Debug, Default)]
pub struct Decoder {
    problems: Vec<Problem>,
    alike: BTreeMap<(&'static str, Option<Arc<str>>), usize>,
    failed: bool,
    assumed: Vec<Assumed>,
}

/// What was taken for granted of one file.
#[derive(Debug)]
struct Assumed {
    file: Arc<str>,
    /// What, and the example that shows it.
    what: Vec<(String, String)>,
}

impl Decoder {
    /// A decoder that has seen nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells a problem. After 20 of one kind in one file the rest is counted, not kept.
    pub fn tell(&mut self, problem: Problem) {
        self.failed |= problem.is_error();
        let file = problem.at.as_ref().map(|(place, _)| Arc::clone(&place.file));
        let told = self.alike.entry((problem.code, file)).or_default();
        *told += 1;
        if *told <= MOST_ALIKE {
            self.problems.push(problem);
        }
    }

    /// Tells a problem and gives `None`, for the end of a reader.
    pub fn refuse<T>(&mut self, problem: Problem) -> Option<T> {
        self.tell(problem);
        None
    }

    /// Says what is taken for granted of a file; the same is said once.
    pub fn assume(&mut self, file: &Arc<str>, what: &str) {
        self.assume_as(file, what, "");
    }

    /// Says what is taken for granted of a file, with the example that shows it.
    pub fn assume_as(&mut self, file: &Arc<str>, what: &str, example: &str) {
        let known = self.assumed.iter().position(|assumed| assumed.file == *file);
        let index = known.unwrap_or_else(|| {
            self.assumed.push(Assumed { file: Arc::clone(file), what: Vec::new() });
            self.assumed.len() - 1
        });
        if let Some(assumed) = self.assumed.get_mut(index)
            && !assumed.what.iter().any(|(known, _)| known == what)
        {
            assumed.what.push((what.to_owned(), example.to_owned()));
        }
    }

    /// What was taken for granted: a line for each file, `points.csv: separator semicolon, …`.
    #[must_use]
    pub fn assumed(&self) -> Vec<String> {
        let shown = |(what, example): &(String, String)| match example.as_str() {
            "" => what.clone(),
            example => format!("{what} ({example})"),
        };
        let line = |assumed: &Assumed| {
            let what: Vec<String> = assumed.what.iter().map(shown).collect();
            format!("{}: {}", assumed.file, what.join(", "))
        };
        self.assumed.iter().map(line).collect()
    }

    /// Whether any error has been told.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// Everything that was told; where problems were only counted, the last of their kind says so.
    #[must_use]
    pub fn finish(mut self) -> Vec<Problem> {
        for ((code, file), told) in &self.alike {
            let more = told.saturating_sub(MOST_ALIKE);
            let last = self.problems.iter_mut().rev().find(|problem| {
                problem.code == *code
                    && problem.at.as_ref().map(|(place, _)| &place.file) == file.as_ref()
            });
            if let (Some(last), true) = (last, more > 0) {
                last.note = Some(format!("and {more} more of this kind in the same file"));
            }
        }
        self.problems
    }

    /// Tells that a value of another kind is needed: `wanted` is "a number", "a list of tiers" …
    pub fn wrong<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        let message = format!("expected {wanted}, found {}", node.describe());
        let mut problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
        if let Some(help) = wrong_help(node, wanted) {
            problem = problem.help(help);
        }
        self.refuse(problem)
    }

    /// Opens a struct without a name, `(field: value, …)` or `()`. `what` is "a tier".
    pub fn fields<'d, 'n>(&'d mut self, node: &'n Node, what: &str) -> Option<Fields<'d, 'n>> {
        match &node.kind {
            Kind::Struct(None, fields) => Some(Fields::new(self, node, what.into(), fields)),
            Kind::Tuple(None, items) if items.is_empty() => {
                Some(Fields::new(self, node, what.into(), &[]))
            }
            _ => self.wrong(node, &format!("{what}, written `(field: value, …)`")),
        }
    }

    /// Opens a struct whose name the caller has judged: `Pert(min: …)`, `Yearly()`, `Yearly`.
    /// An unnamed struct passes too.
    pub fn fields_of<'d, 'n>(&'d mut self, node: &'n Node, name: &str) -> Option<Fields<'d, 'n>> {
        let what = format!("`{name}`");
        let right = |found: &Option<Name>| found.as_ref().is_none_or(|found| &*found.value == name);
        match &node.kind {
            Kind::Struct(found, fields) if right(found) => {
                Some(Fields::new(self, node, what, fields))
            }
            Kind::Tuple(found, items) if right(found) && items.is_empty() => {
                Some(Fields::new(self, node, what, &[]))
            }
            Kind::Unit(found) if &*found.value == name => Some(Fields::new(self, node, what, &[])),
            _ => self.wrong(node, &format!("fields, written `{name}(field: value, …)`")),
        }
    }

    /// Looks a name up among those declared; `what` is "a programme", `found` the place of the
    /// name. Tells it, with the nearest, where it is not declared.
    pub fn declared<'a>(
        &mut self,
        name: &str,
        found: &Place,
        what: &str,
        declared: impl IntoIterator<Item = &'a str>,
    ) -> Option<usize> {
        let declared: Vec<&str> = declared.into_iter().collect();
        let position = declared.iter().position(|known| *known == name);
        if position.is_none() {
            let message = format!("{} is not {what} of this scenario", quoted(name));
            let problem = Problem::error(codes::UNKNOWN_NAME, message).at(found, "");
            self.tell(did_you_mean(problem, name, &declared));
        }
        position
    }
}

fn wrong_help(node: &Node, wanted: &str) -> Option<&'static str> {
    match &node.kind {
        Kind::Text(text) if wanted.contains("number") => {
            if text.value.contains(',') {
                Some("numbers are written without quotes and with a decimal point: `1.5`, `1_000`")
            } else {
                Some("numbers are written without quotes")
            }
        }
        Kind::Unit(_) if wanted.contains("text") => Some("texts are written in quotes"),
        Kind::Tuple(None, _) if wanted.contains("list") => Some("lists are written `[a, b]`"),
        Kind::Struct(None, _) if wanted.contains("map") => {
            Some("maps are written `{\"key\": value}`, with the keys in quotes")
        }
        _ => None,
    }
}
