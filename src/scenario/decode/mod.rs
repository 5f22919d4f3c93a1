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
mod lexicon;
mod nearest;
mod numbers;
mod readers;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use fields::Fields;
pub use nearest::{did_you_mean, listed, nearest, quoted};
pub use numbers::{above, at_least, between, number, share, spoken, whole, whole_within, year};
pub use readers::{
    Variant, filled, inside, list, many, map, map_keys, named_values, one_of_names, pair, placed,
    text, truth, variants,
};

pub(super) use lexicon::{home, written as example};
pub(super) use numbers::within;
pub(super) use readers::{entries, hidden, spelled};

use super::set::SET;
use super::tree::{Kind, Name, Node, Number, shortened};
use crate::problem::{Place, Problem, Source, codes};

/// How many problems of one kind are told for one file before the rest is only counted.
const MOST_ALIKE: usize = 20;

/// Collects what is wrong while a tree or table is read.
#[derive(Debug, Default)]
pub struct Decoder {
    problems: Vec<Problem>,
    alike: BTreeMap<(&'static str, Option<Arc<str>>), usize>,
    failed: bool,
    /// The fields that are being read, the innermost last, with the places of their values.
    reading: Vec<(&'static str, Place)>,
    /// Codes of which nothing more is told.
    silent: Vec<&'static str>,
    assumed: Vec<Assumed>,
    /// The texts that the values stand in, as far as they are known.
    texts: Vec<Source>,
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

    /// Tells a problem, once. After 20 of one kind in one file the rest is counted, not kept.
    pub fn tell(&mut self, problem: Problem) {
        if self.silent.contains(&problem.code) || self.problems.contains(&problem) {
            return;
        }
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

    /// Tells nothing more of these kinds: what has been told leaves no ground to judge them.
    pub(super) fn silence(&mut self, codes: &[&'static str]) {
        self.silent.extend(codes);
    }

    /// Reads the value of a field; messages about the value as a whole then name the field.
    pub(super) fn reading<T>(
        &mut self,
        field: &'static str,
        value: &Place,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        self.reading.push((field, value.clone()));
        let read = read(self);
        self.reading.pop();
        read
    }

    /// The field whose value stands there as a whole.
    pub(super) fn field_at(&self, place: &Place) -> Option<&'static str> {
        self.reading.iter().rev().find(|(_, at)| at == place).map(|(field, _)| *field)
    }

    /// The innermost field that is being read.
    fn field_around(&self) -> Option<&'static str> {
        self.reading.last().map(|(field, _)| *field)
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
        let found = node.describe();
        let field = self.field_at(&node.place);
        let message = match field {
            Some(field) => format!("`{field}` should be {wanted}, found {found}"),
            None => format!("expected {wanted}, found {found}"),
        };
        let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
        let help = wrong_help(node, wanted).or_else(|| {
            let written = lexicon::written(field?)?;
            Some(lexicon::suggested(written))
        });
        self.refuse(match help {
            Some(help) => problem.help(help),
            None => problem,
        })
    }

    /// As [`wrong`](Self::wrong), for something that has fields and a known form.
    fn wrong_fields<T>(&mut self, node: &Node, what: &str, wanted: &str) -> Option<T> {
        let message = format!("{wanted}, found {}", node.describe());
        let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
        let of_field = self.field_at(&node.place).and_then(lexicon::written);
        self.refuse(match lexicon::shape(what).or(of_field) {
            Some(written) => problem.help(lexicon::suggested(written)),
            None => problem.help("fields stand in parentheses, their names without quotes"),
        })
    }

    /// Values that were written without names, with them: `Normal(mean: 1_000, sd: 50)`. Nothing
    /// where their count does not fit, or one is neither a number nor a short text.
    pub(super) fn named(&self, name: &str, names: &[&str], items: &[Node]) -> Option<String> {
        let value = |(field, item): (&&str, &Node)| {
            let value = match &item.kind {
                Kind::Number(Number { value, .. })
                    if lexicon::is_share(field) && (2.0..=100.0).contains(value) =>
                {
                    spoken(value / 100.0)
                }
                Kind::Number(number) => self.as_written(number.value, &item.place),
                Kind::Text(text) => format!("\"{}\"", shortened(&text.value)),
                _ => return None,
            };
            Some(format!("{field}: {value}"))
        };
        if names.len() != items.len() {
            return None;
        }
        let values: Option<Vec<String>> = names.iter().zip(items).map(value).collect();
        Some(format!("{name}({})", values?.join(", ")))
    }

    /// A number as it is written at a place; where that is not known, or something else stands
    /// there, as a person would write it.
    fn as_written(&self, value: f64, place: &Place) -> String {
        let text = self.texts.iter().find(|source| source.name == place.file);
        let written = text.and_then(|source| source.text.get(place.start..place.end));
        let is_it = |written: &&str| {
            written.replace('_', "").parse::<f64>().is_ok_and(|found| found == value)
        };
        written.filter(is_it).map_or_else(|| spoken(value), shortened)
    }

    /// Keeps the texts of the scenario, so that numbers are named as they are written.
    pub(super) fn know(&mut self, texts: &[Source]) {
        self.texts = texts.to_vec();
    }

    /// Opens a struct without a name, `(field: value, …)` or `()`. `what` is "a tier".
    pub fn fields<'d, 'n>(&'d mut self, node: &'n Node, what: &str) -> Option<Fields<'d, 'n>> {
        match &node.kind {
            Kind::Struct(None, fields) => Some(Fields::new(self, node, what.into(), fields)),
            Kind::Tuple(None, items) if items.is_empty() => {
                Some(Fields::new(self, node, what.into(), &[]))
            }
            _ => {
                let wanted = format!("expected {what}, written `(field: value, …)`");
                self.wrong_fields(node, what, &wanted)
            }
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
            Kind::Tuple(found, items) if right(found) => {
                let message = format!("the values in `{name}(…)` have names");
                let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
                let named = lexicon::fields(name).and_then(|names| self.named(name, &names, items));
                self.refuse(match (named, lexicon::shape(name)) {
                    (Some(named), _) => problem.help(format!("write `{named}`")),
                    (None, Some(written)) => problem.help(lexicon::suggested(written)),
                    (None, None) => problem.help(format!("write `{name}(field: value, …)`")),
                })
            }
            _ => {
                let wanted = format!("expected `{name}(field: value, …)`");
                self.wrong_fields(node, name, &wanted)
            }
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

fn wrong_help(node: &Node, wanted: &str) -> Option<String> {
    let help = match &node.kind {
        Kind::Text(text) if wanted.contains("number") => {
            let point = shortened(&text.value.trim().replace(',', "."));
            let share = point.strip_suffix('%').and_then(|share| share.trim().parse::<f64>().ok());
            if let Some(share) = share.filter(|share| share.is_finite()) {
                let (percent, share) = (spoken(share), spoken(share / 100.0));
                return Some(format!("write the share, without quotes: {percent} % is {share}"));
            }
            match point.parse::<f64>() {
                Ok(value) if value.is_finite() && *point == *text.value => {
                    format!("numbers are written without quotes: {point}")
                }
                Ok(value) if value.is_finite() => {
                    format!("numbers are written without quotes and with a decimal point: {point}")
                }
                _ => "numbers are written without quotes, with a decimal point: `1.5`, `1_000`"
                    .to_owned(),
            }
        }
        Kind::Text(_) | Kind::Unit(_) | Kind::Number(_) if wanted.contains("`true` or") => {
            format!("write `{}`", meant_truth(node)?)
        }
        Kind::Unit(name) if wanted == "text" && &*node.place.file == SET => {
            let name = shortened(&name.value);
            format!("texts are written in quotes, the whole in single ones: `--set '…=\"{name}\"'`")
        }
        Kind::Unit(name) if wanted == "text" => {
            format!("texts are written in quotes: \"{}\"", shortened(&name.value))
        }
        Kind::Number(number) if wanted == "text" => {
            let value =
                number.whole.map_or_else(|| spoken(number.value), |whole| whole.to_string());
            format!("texts are written in quotes: \"{}\"", shortened(&value))
        }
        Kind::Number(Number { whole: Some(year), .. }) if wanted.contains("date") => {
            format!("write it in quotes: \"{year}\"")
        }
        Kind::Text(text) if wanted.contains("list") => {
            format!("lists stand in square brackets: [\"{}\"]", shortened(&text.value))
        }
        Kind::Tuple(None, _) if wanted.contains("list") => "lists are written `[a, b]`".to_owned(),
        Kind::Struct(None, _) if wanted.contains("list") => {
            "lists stand in square brackets: `[(…), (…)]`, also where there is only one".to_owned()
        }
        Kind::Struct(None, _) | Kind::List(_) if wanted.contains("map") => {
            "maps are written `{\"key\": value}`, with the keys in quotes".to_owned()
        }
        _ if wanted == "a number" => "write a number, such as `1.5` or `1_000`".to_owned(),
        _ => return None,
    };
    Some(help)
}

/// What somebody means who writes `True`, `"true"`, `yes` or `1`.
fn meant_truth(node: &Node) -> Option<bool> {
    let written = match &node.kind {
        Kind::Text(text) => text.value.to_lowercase(),
        Kind::Number(number) => number.whole?.to_string(),
        _ => node.name()?.value.to_lowercase(),
    };
    match &*written {
        "true" | "yes" | "jā" | "ja" | "1" | "on" => Some(true),
        "false" | "no" | "nē" | "ne" | "0" | "off" => Some(false),
        _ => None,
    }
}
