//! Readers of texts, names, lists and maps, and readers made of readers.

use super::Decoder;
use super::nearest::{did_you_mean, quoted};
use crate::problem::{Place, Problem, codes, described, first_hidden};
use crate::scenario::tree::{Kind, Node};

/// One choice of [`variants`]: its name and the reader of the node that bears it.
pub type Variant<T> = (&'static str, fn(&mut Decoder, &Node) -> Option<T>);

/// `true` or `false`.
pub fn truth(door: &mut Decoder, node: &Node) -> Option<bool> {
    match node.kind {
        Kind::Truth(value) => Some(value),
        _ => door.wrong(node, "`true` or `false`"),
    }
}

/// A text, which may be empty and may run over lines; letters that nobody sees are refused.
pub fn text(door: &mut Decoder, node: &Node) -> Option<String> {
    let Kind::Text(text) = &node.kind else { return door.wrong(node, "text") };
    if let Some((at, letter)) = first_hidden(&text.value) {
        let place = text.part(at..at + letter.len_utf8());
        return door.refuse(hidden("this text", letter).at(&place, "here"));
    }
    Some(text.value.to_string())
}

/// The problem of a letter that nobody sees; `what` holds it, "this text".
pub(in crate::scenario) fn hidden(what: &str, letter: char) -> Problem {
    let message = format!("{what} holds a letter that nobody sees: {}", described(letter));
    Problem::error(codes::HIDDEN_LETTER, message)
        .note(
            "names that look alike could differ, and a page could show other than what is written",
        )
        .help("delete it, or type the text anew")
}

/// A name or title: a text of one line that is not empty or blank.
pub fn filled(door: &mut Decoder, node: &Node) -> Option<String> {
    let value = text(door, node)?;
    if value.contains(['\n', '\r', '\t']) {
        let message = "this text holds a line end or a tab: names and titles stand on one line";
        let problem = Problem::error(codes::HIDDEN_LETTER, message).at(&node.place, "");
        return door.refuse(problem.help("write a space instead"));
    }
    if value.trim().is_empty() {
        let problem = Problem::error(codes::EMPTY_TEXT, "this text is empty");
        return door.refuse(problem.at(&node.place, ""));
    }
    Some(value)
}

/// What a reader reads, with its place.
pub fn placed<T>(
    read: impl Fn(&mut Decoder, &Node) -> Option<T>,
) -> impl Fn(&mut Decoder, &Node) -> Option<(T, Place)> {
    move |door, node| Some((read(door, node)?, node.place.clone()))
}

/// One of some names that stand alone, such as `Once` (also `Once()`).
pub fn one_of_names<T: Copy>(
    choices: &[(&'static str, T)],
) -> impl Fn(&mut Decoder, &Node) -> Option<T> {
    move |door, node| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let found = known_variant(door, node, &names)?;
        let empty = match &node.kind {
            Kind::Tuple(_, items) => items.is_empty(),
            Kind::Unit(_) => true,
            _ => false,
        };
        if !empty {
            return door.wrong(node, &format!("the name {} alone", quoted(names[found])));
        }
        choices.get(found).map(|(_, value)| *value)
    }
}

/// One of some names, each with a reader for the node that bears it.
pub fn variants<T>(choices: &[Variant<T>]) -> impl Fn(&mut Decoder, &Node) -> Option<T> {
    move |door, node| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let found = known_variant(door, node, &names)?;
        choices.get(found).and_then(|(_, read)| read(door, node))
    }
}

fn known_variant(door: &mut Decoder, node: &Node, names: &[&str]) -> Option<usize> {
    let Some(name) = node.name() else {
        let listed: Vec<String> = names.iter().take(12).map(|name| quoted(name)).collect();
        let rest = if names.len() > 12 { " …" } else { "" };
        let wanted = format!("one of {}{rest}", listed.join(", "));
        if let Some(text) = node.as_text()
            && names.contains(&&*text.value)
        {
            let message = format!("expected {wanted}, found text");
            let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.place, "");
            return door.refuse(problem.help("write the name without quotes"));
        }
        return door.wrong(node, &wanted);
    };
    let position = names.iter().position(|known| *known == &*name.value);
    if position.is_none() {
        let message = format!("{} is not known here", quoted(&name.value));
        let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&name.place, "");
        door.tell(did_you_mean(problem, &name.value, names));
    }
    position
}

/// The one value in the parentheses of `Worksheet([…])` or `Import("…")`.
pub fn inside<'n>(door: &mut Decoder, node: &'n Node) -> Option<&'n Node> {
    let name = node.name().map_or("", |name| &name.value);
    let Kind::Tuple(_, items) = &node.kind else {
        return door.wrong(node, &format!("one value, written `{name}(value)`"));
    };
    if let [item] = &items[..] {
        return Some(item);
    }
    let message = format!("`{name}(…)` takes one value, not {}", items.len());
    door.refuse(Problem::error(codes::WRONG_COUNT, message).at(&node.head(), ""))
}

/// A list `[…]` of what a reader reads.
pub fn list<T>(
    read: impl Fn(&mut Decoder, &Node) -> Option<T>,
) -> impl Fn(&mut Decoder, &Node) -> Option<Vec<T>> {
    move |door, node| match &node.kind {
        Kind::List(items) => all(door, items, &read),
        _ => door.wrong(node, "a list, written `[…]`"),
    }
}

/// A list `[…]` or values in parentheses `(…, …)` of what a reader reads.
pub fn many<T>(
    read: impl Fn(&mut Decoder, &Node) -> Option<T>,
) -> impl Fn(&mut Decoder, &Node) -> Option<Vec<T>> {
    move |door, node| match &node.kind {
        Kind::List(items) | Kind::Tuple(None, items) => all(door, items, &read),
        _ => door.wrong(node, "a list, written `[…]`"),
    }
}

/// Two values in parentheses.
pub fn pair<A, B>(
    first: impl Fn(&mut Decoder, &Node) -> Option<A>,
    second: impl Fn(&mut Decoder, &Node) -> Option<B>,
) -> impl Fn(&mut Decoder, &Node) -> Option<(A, B)> {
    move |door, node| match &node.kind {
        Kind::List(items) | Kind::Tuple(None, items) if items.len() == 2 => {
            let read = (first(door, &items[0]), second(door, &items[1]));
            Some((read.0?, read.1?))
        }
        _ => door.wrong(node, "two values, written `(a, b)`"),
    }
}

/// A map `{key: value, …}` in the order written. A key that is given twice is told.
///
/// `None` if any entry is wrong; [`map_keys`] still tells which keys were meant.
pub fn map<K: PartialEq, V>(
    key: impl Fn(&mut Decoder, &Node) -> Option<K>,
    value: impl Fn(&mut Decoder, &Node) -> Option<V>,
) -> impl Fn(&mut Decoder, &Node) -> Option<Vec<(K, V)>> {
    move |door, node| {
        let Kind::Map(entries) = &node.kind else {
            return door.wrong(node, "a map, written `{key: value, …}`");
        };
        let mut seen = std::collections::BTreeMap::new();
        let mut read = Vec::with_capacity(entries.len());
        for (written, what) in entries {
            let entry = (key(door, written), value(door, what));
            let spelled = spelled(written);
            if let Some(first) = seen.get(&spelled) {
                let message = format!("the key {} is given twice", quoted(&spelled));
                let problem = Problem::error(codes::DUPLICATE_NAME, message)
                    .at(&written.place, "again here")
                    .also(first, "first here");
                door.tell(problem);
                read.push(None);
            } else {
                seen.insert(spelled, written.place.clone());
                read.push(entry.0.zip(entry.1));
            }
        }
        read.into_iter().collect()
    }
}

/// The keys of a map as written, whatever their values: for checks of names elsewhere that must
/// not blame a name whose declaration is merely wrong.
#[must_use]
pub fn map_keys(node: &Node) -> Vec<(String, Place)> {
    match &node.kind {
        Kind::Map(entries) => {
            entries.iter().map(|(key, _)| (spelled(key), key.place.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// A key as text, so that keys can be compared.
pub(in crate::scenario) fn spelled(key: &Node) -> String {
    match &key.kind {
        Kind::Text(text) => text.value.to_string(),
        Kind::Number(number) => match number.whole {
            Some(whole) => whole.to_string(),
            None => number.value.to_string(),
        },
        Kind::Truth(value) => value.to_string(),
        _ => key.name().map_or_else(String::new, |name| name.value.to_string()),
    }
}

fn all<T>(
    door: &mut Decoder,
    items: &[Node],
    read: &impl Fn(&mut Decoder, &Node) -> Option<T>,
) -> Option<Vec<T>> {
    let read: Vec<Option<T>> = items.iter().map(|item| read(door, item)).collect();
    read.into_iter().collect()
}
