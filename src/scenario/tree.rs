//! The spanned tree: what a RON text says, with the place of every part of it.

use std::ops::Range;
use std::sync::Arc;

use crate::problem::Place;

/// One value of the text and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The bytes of the value, from its name or first character to its last.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of values that a scenario is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `1_100`, `0.5`, `-3e2`.
    Number(Number),
    /// `"…"`, `r#"…"#` or `'c'`.
    Text(Text),
    /// `true` or `false`.
    Truth(bool),
    /// `None`: as if it had not been written.
    Nothing,
    /// A name that stands alone, such as `Same`.
    Unit(Name),
    /// `(field: value, …)`, with or without a name before it.
    Struct(Option<Name>, Vec<Field>),
    /// `(value, …)`, with or without a name before it; `Yearly()` and `()` have no items.
    Tuple(Option<Name>, Vec<Node>),
    /// `[value, …]`.
    List(Vec<Node>),
    /// `{key: value, …}`, as written: duplicates are still there.
    Map(Vec<(Node, Node)>),
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value; may be infinite or not a number.
    pub value: f64,
    /// The exact value of a number written without point or exponent that fits 64 bits.
    pub whole: Option<i128>,
}

/// A text as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The text, escapes resolved.
    pub value: Arc<str>,
    /// The bytes between the quotes.
    pub content: Place,
    /// Whether byte i of the value is byte i of the content (no escapes).
    pub verbatim: bool,
}

/// A name of a struct, variant or unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name itself.
    pub value: Arc<str>,
    /// Where it stands.
    pub place: Place,
}

/// One `name: value` of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name before the colon.
    pub name: Name,
    /// What follows it.
    pub value: Node,
}

impl Node {
    /// What the value is called in a message: "a number", "text", "a list" …
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Number(number) if number.whole.is_some() => "a whole number".into(),
            Kind::Number(_) => "a number".into(),
            Kind::Text(_) => "text".into(),
            Kind::Truth(value) => format!("`{value}`"),
            Kind::Nothing => "`None`".into(),
            Kind::Unit(name) => format!("the name `{}`", shortened(&name.value)),
            Kind::Struct(Some(name), _) | Kind::Tuple(Some(name), _) => {
                format!("`{}(…)`", shortened(&name.value))
            }
            Kind::Struct(None, _) => "fields in parentheses".into(),
            Kind::Tuple(None, items) if items.is_empty() => "`()`".into(),
            Kind::Tuple(None, _) => "values in parentheses".into(),
            Kind::List(_) => "a list".into(),
            Kind::Map(_) => "a map".into(),
        }
    }

    /// The name before the parentheses, or the name that stands alone.
    #[must_use]
    pub fn name(&self) -> Option<&Name> {
        match &self.kind {
            Kind::Unit(name) | Kind::Struct(Some(name), _) | Kind::Tuple(Some(name), _) => {
                Some(name)
            }
            _ => None,
        }
    }

    /// What to underline: the name where there is one, a short value, or the opening bracket of
    /// one that may run over many lines.
    #[must_use]
    pub fn head(&self) -> Place {
        match (&self.kind, self.name()) {
            (_, Some(name)) => name.place.clone(),
            (Kind::Struct(..) | Kind::Tuple(..) | Kind::List(_) | Kind::Map(_), None) => {
                self.place.part(0..1)
            }
            _ => self.place.clone(),
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a field of a struct (the first of that name).
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Struct(_, fields) => {
                fields.iter().find(|field| &*field.name.value == name).map(|field| &field.value)
            }
            _ => None,
        }
    }

    /// How many values there are in it, itself included.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + match &self.kind {
            Kind::Struct(_, fields) => fields.iter().map(|field| field.value.count()).sum(),
            Kind::Tuple(_, items) | Kind::List(items) => items.iter().map(Self::count).sum(),
            Kind::Map(entries) => {
                entries.iter().map(|(key, value)| key.count() + value.count()).sum::<usize>()
            }
            _ => 0,
        }
    }
}

impl Text {
    /// The place of a range of bytes of the value; of the whole where escapes stand between.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Place {
        if self.verbatim { self.content.part(range) } else { self.content.clone() }
    }
}

/// A name or text for a message: at most 60 characters of it, the rest as `…`.
#[must_use]
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
