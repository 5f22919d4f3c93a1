//! Readers of texts, names, lists and maps, and readers made of readers.

use super::Decoder;
use super::lexicon;
use super::nearest::{listed, nearest, quoted};
use super::numbers::spoken;
use crate::problem::{Place, Problem, codes, described, first_hidden};
use crate::scenario::tree::{Kind, Node, shortened};

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

/// Tells a name or title that does not stand on one line.
fn on_one_line(door: &mut Decoder, node: &Node, value: &str) -> Option<()> {
    if !value.contains(['\n', '\r', '\t']) {
        return Some(());
    }
    let message = "this text holds a line end or a tab: names and titles stand on one line";
    let problem = Problem::error(codes::HIDDEN_LETTER, message).at(&node.place, "");
    door.refuse(problem.help("write a space instead"))
}

/// A name or title: a text of one line that is not empty or blank.
pub fn filled(door: &mut Decoder, node: &Node) -> Option<String> {
    let value = text(door, node)?;
    on_one_line(door, node, &value)?;
    if value.trim().is_empty() {
        let field = door.field_at(&node.place);
        let message =
            field.map_or("this text is empty".to_owned(), |at| format!("`{at}` is empty"));
        let problem = Problem::error(codes::EMPTY_TEXT, message).at(&node.place, "");
        return door.refuse(match field.and_then(lexicon::written) {
            Some(written) => problem.help(format!("write `{written}`")),
            None => problem.help("write a text between the quotes"),
        });
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
            let name = quoted(names[found]);
            let message = format!("{name} stands alone, found {}", node.describe());
            let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
            return door.refuse(problem.help(format!("write {name}, without parentheses")));
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
    let field = door.field_at(&node.place);
    let Some(name) = node.name() else {
        let wanted = format!("one of {}", listed(names));
        let Some(text) = node.as_text() else { return door.wrong(node, &wanted) };
        let message = match field {
            Some(field) => format!("`{field}` should be {wanted}, found text"),
            None => format!("expected {wanted}, found text"),
        };
        let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.place, "");
        let meant = names.iter().find(|name| **name == &*text.value);
        return door.refuse(match meant.copied().or_else(|| nearest(&text.value, names)) {
            Some(name) => problem.help(format!("write the name without quotes: `{name}`")),
            None => problem.help("choose one of these names, and write it without quotes"),
        });
    };
    let position = names.iter().position(|known| *known == &*name.value);
    if position.is_none() {
        let found = quoted(&name.value);
        let message = match field {
            Some(field) => format!("`{field}` cannot be {found}"),
            None => format!("{found} is not known here"),
        };
        let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&name.place, "");
        door.tell(match (nearest(&name.value, names), names) {
            (Some(near), _) => problem.help(format!("did you mean {}?", quoted(near))),
            (None, [one]) => problem.help(format!("the only choice is {}", quoted(one))),
            (None, _) => problem.help(format!("the choices are {}", listed(names))),
        });
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
pub fn map<K, V>(
    key: impl Fn(&mut Decoder, &Node) -> Option<K>,
    value: impl Fn(&mut Decoder, &Node) -> Option<V>,
) -> impl Fn(&mut Decoder, &Node) -> Option<Vec<(K, V)>> {
    entries(move |door, written, what| {
        let entry = (key(door, written), value(door, what));
        entry.0.zip(entry.1)
    })
}

/// As [`map`], where the value cannot be read without its key: every entry is read, whatever is
/// wrong with the others.
pub(in crate::scenario) fn entries<T>(
    read: impl Fn(&mut Decoder, &Node, &Node) -> Option<T>,
) -> impl Fn(&mut Decoder, &Node) -> Option<Vec<T>> {
    move |door, node| {
        let Kind::Map(entries) = &node.kind else {
            return door.wrong(node, "a map, written `{key: value, …}`");
        };
        let mut seen = Seen::new();
        let mut all = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let is_new = is_new(door, &mut seen, &spelled(key), &key.place);
            all.push(read(door, key, value).filter(|_| is_new));
        }
        all.into_iter().collect()
    }
}

/// The entries of a map `{"name": value, …}` in the order written: names, their places, and the
/// values, which are to be read. `None` if it is no map. A name that is not written in quotes or
/// given twice is told, and comes all the same: its value may be wrong too, and others may name it.
/// Fields in parentheses in place of a map are told, and read as if they were one.
pub fn named_values<'n>(
    door: &mut Decoder,
    node: &'n Node,
    wanted: &str,
) -> Option<Vec<(String, Place, &'n Node)>> {
    let mut seen = Seen::new();
    let mut found = Vec::new();
    match &node.kind {
        Kind::Map(entries) => {
            for (key, value) in entries {
                let name = key_name(door, key);
                is_new(door, &mut seen, &name, &key.place);
                found.push((name, key.place.clone(), value));
            }
        }
        Kind::Struct(None, fields) => {
            let _: Option<()> = door.wrong(node, wanted);
            for field in fields {
                found.push((field.name.value.to_string(), field.name.place.clone(), &field.value));
            }
        }
        _ => return door.wrong(node, wanted),
    }
    Some(found)
}

/// The name that a key gives; tells one that does not stand in quotes.
fn key_name(door: &mut Decoder, key: &Node) -> String {
    let name = spelled(key);
    if key.as_text().is_some() {
        let _ = text(door, key);
        let _ = on_one_line(door, key, &name);
    }
    if key.as_text().is_none() {
        let message = format!("the name {} stands without quotes", quoted(&name));
        let problem = Problem::error(codes::WRONG_TYPE, message).at(&key.head(), "");
        door.tell(
            problem.help(format!("names in braces stand in quotes: \"{}\"", shortened(&name))),
        );
    }
    name
}

/// Keys that were met, and where.
type Seen = std::collections::BTreeMap<String, Place>;

/// Whether a key is met for the first time; tells it if not.
fn is_new(door: &mut Decoder, seen: &mut Seen, key: &str, place: &Place) -> bool {
    if let Some(first) = seen.get(key) {
        let message = format!("the key {} is given twice", quoted(key));
        let problem = Problem::error(codes::DUPLICATE_NAME, message)
            .at(place, "again here")
            .also(first, "first here");
        door.tell(problem.help("leave one of them out"));
        return false;
    }
    seen.insert(key.to_owned(), place.clone());
    true
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
            None => spoken(number.value),
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
