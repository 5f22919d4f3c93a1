//! Two trees side by side, from the top down.

use super::effect::{Effect, is_default, unit};
use super::path::Path;
use super::{Change, Version, What, Written, list, write};
use crate::expression::reads_the_same;
use crate::problem::Sources;
use crate::scenario::decode::spelled;
use crate::scenario::tree::{Field, Kind, Name, Node, Number};

/// The sections in the order of the format; what is none of them comes last.
const SECTIONS: [&str; 21] = [
    "format",
    "title",
    "years",
    "money",
    "information_date",
    "municipalities",
    "points",
    "expect",
    "observed",
    "inputs",
    "levers",
    "network",
    "load",
    "staffing",
    "costs",
    "programmes",
    "policies",
    "baseline",
    "verdict",
    "outcomes",
    "run",
];

/// Maps in which the order of entries has a meaning.
const ORDERED_MAPS: [&str; 1] = ["network.tiers"];

/// Texts that are no formulas, by the field they stand in.
const WORDS: [&str; 26] = [
    "title",
    "source",
    "note",
    "file",
    "code",
    "name",
    "region",
    "year",
    "municipality",
    "tier",
    "opens",
    "people",
    "latitude",
    "longitude",
    "columns",
    "tiers",
    "what",
    "on",
    "information_date",
    "currency",
    "base",
    "line",
    "baseline",
    "unit",
    "hold",
    "format",
];

/// Where a section stands in the order of the format.
pub fn rank(section: &str) -> usize {
    SECTIONS.iter().position(|known| *known == section).unwrap_or(SECTIONS.len())
}

/// Everything that differs between two trees.
pub fn changes(old: &Version, new: &Version) -> Vec<Change> {
    let currency = |version: &Version| -> Option<String> {
        let text = version.root.field("money")?.field("currency")?.as_text()?;
        Some(text.value.to_string())
    };
    let mut walk = Walk {
        old: &old.sources,
        new: &new.sources,
        currency: currency(new).unwrap_or_else(|| "EUR".to_owned()),
        given: None,
        changes: Vec::new(),
    };
    walk.node(&Path::default(), &old.root, &new.root);
    let mut changes = walk.changes;
    baseline(&mut changes, old, new);
    changes
}

/// Without `baseline` the first policy is it, so the order of policies can change it.
fn baseline(changes: &mut Vec<Change>, old: &Version, new: &Version) {
    let name = |version: &Version| -> Option<Written> {
        let given = version.root.field("baseline").filter(|node| node.kind != Kind::Nothing);
        if let Some(given) = given {
            return Some(write::written(given, &version.sources));
        }
        match &version.root.field("policies")?.kind {
            Kind::Map(entries) => {
                let text = write::quoted(&spelled(&entries.first()?.0));
                Some(Written { text, number: None })
            }
            _ => None,
        }
    };
    let (Some(old), Some(new)) = (name(old), name(new)) else { return };
    if let Some(told) = changes.iter_mut().find(|change| change.path == "baseline") {
        if old == new {
            told.effect = Effect::Default;
        } else {
            told.what = What::Changed(old, new);
        }
    } else if old != new {
        changes.push(Change {
            section: "baseline".to_owned(),
            path: "baseline".to_owned(),
            what: What::Changed(old, new),
            unit: String::new(),
            effect: Effect::Figures,
        });
    }
}

/// The state of a comparison.
#[derive(Debug)]
pub struct Walk<'s> {
    old: &'s Sources,
    new: &'s Sources,
    currency: String,
    /// The unit that the input or lever around gives itself.
    given: Option<String>,
    changes: Vec<Change>,
}

/// What a node is made of, as far as it can be compared part by part.
enum Parts<'n> {
    Fields(Option<&'n Name>, &'n [Field]),
    Map(&'n [(Node, Node)]),
    List(&'n [Node]),
    /// `Worksheet([…])`: a name around one value that has parts.
    Around(&'n Name, &'n Node),
    Leaf,
}

impl Walk<'_> {
    /// Compares two values at the same place.
    pub fn node(&mut self, path: &Path, old: &Node, new: &Node) {
        match (parts(old), parts(new)) {
            (Parts::Fields(a, old), Parts::Fields(b, new)) if same_kind(a, b) => {
                self.fields(path, old, new);
            }
            (Parts::Map(old), Parts::Map(new)) => self.entries(path, old, new),
            (Parts::List(old), Parts::List(new)) => list::compare(self, path, old, new),
            (Parts::Around(a, old), Parts::Around(b, new)) if a.value == b.value => {
                self.node(path, old, new);
            }
            _ if same(path, old, new) => {}
            _ => self.changed(path, old, new),
        }
    }

    fn fields(&mut self, path: &Path, old: &[Field], new: &[Field]) {
        let unit = find(new, "unit").or_else(|| find(old, "unit")).and_then(Node::as_text);
        let outer = self.given.clone();
        if let Some(unit) = unit {
            self.given = Some(unit.value.to_string());
        }
        for field in written_once(old) {
            let name = &field.name.value;
            let path = path.field(name);
            match find(new, name) {
                Some(new) => self.node(&path, &field.value, new),
                None => self.removed(&path, &field.value),
            }
        }
        for field in written_once(new) {
            if find(old, &field.name.value).is_none() {
                self.added(&path.field(&field.name.value), &field.value);
            }
        }
        self.given = outer;
    }

    fn entries(&mut self, path: &Path, old: &[(Node, Node)], new: &[(Node, Node)]) {
        let names = |entries: &[(Node, Node)]| -> Vec<String> {
            entries.iter().map(|(key, _)| spelled(key)).collect()
        };
        let (before, after) = (names(old), names(new));
        let position = |names: &[String], name: &String| names.iter().position(|n| n == name);
        for (name, (_, value)) in before.iter().zip(old) {
            let path = path.own(name);
            match position(&after, name).and_then(|at| new.get(at)) {
                Some((_, new)) => self.node(&path, value, new),
                None => self.removed(&path, value),
            }
        }
        for (name, (_, value)) in after.iter().zip(new) {
            if position(&before, name).is_none() {
                self.added(&path.own(name), value);
            }
        }
        if ORDERED_MAPS.iter().any(|pattern| path.fits(pattern)) {
            self.order(path, &before, &after);
        }
    }

    /// Tells names that both have in another order.
    pub fn order(&mut self, path: &Path, old: &[String], new: &[String]) {
        let common = |names: &[String], others: &[String]| -> Vec<String> {
            names.iter().filter(|name| others.contains(name)).cloned().collect()
        };
        let (old, new) = (common(old, new), common(new, old));
        if old != new {
            self.tell(path, What::Moved(old, new), Effect::Figures);
        }
    }

    /// Tells a value that is only in the old tree.
    pub fn removed(&mut self, path: &Path, old: &Node) {
        let written = write::written(old, self.old);
        self.tell(path, What::Removed(written), alone(path, old));
    }

    /// Tells a value that is only in the new tree.
    pub fn added(&mut self, path: &Path, new: &Node) {
        let written = write::written(new, self.new);
        self.tell(path, What::Added(written), alone(path, new));
    }

    /// Tells a value that is another.
    pub fn changed(&mut self, path: &Path, old: &Node, new: &Node) {
        let (old, new) = (write::written(old, self.old), write::written(new, self.new));
        self.tell(path, What::Changed(old, new), Effect::at(path));
    }

    /// Tells a list of plain values that is another.
    pub fn whole(&mut self, path: &Path, old: &[Node], new: &[Node]) {
        let list = |items: &[Node], sources: &Sources| {
            let items: Vec<String> =
                items.iter().map(|item| write::written(item, sources).text).collect();
            Written { text: format!("[{}]", items.join(", ")), number: None }
        };
        let what = What::Changed(list(old, self.old), list(new, self.new));
        self.tell(path, what, Effect::at(path));
    }

    fn tell(&mut self, path: &Path, what: What, effect: Effect) {
        self.changes.push(Change {
            section: path.section().to_owned(),
            path: path.written(),
            what,
            unit: unit(path, self.given.as_deref(), &self.currency),
            effect,
        });
    }
}

/// What follows a value that only one side has.
fn alone(path: &Path, node: &Node) -> Effect {
    match Effect::at(path) {
        Effect::Figures if is_default(path, &write::canonical(node)) => Effect::Default,
        effect => effect,
    }
}

fn parts(node: &Node) -> Parts<'_> {
    match &node.kind {
        Kind::Struct(name, fields) => Parts::Fields(name.as_ref(), fields),
        Kind::Tuple(name, items) if items.is_empty() => Parts::Fields(name.as_ref(), &[]),
        Kind::Unit(name) => Parts::Fields(Some(name), &[]),
        Kind::Map(entries) => Parts::Map(entries),
        Kind::List(items) => Parts::List(items),
        Kind::Tuple(Some(name), items) => match &items[..] {
            [inner] if matches!(inner.kind, Kind::List(_) | Kind::Map(_)) => {
                Parts::Around(name, inner)
            }
            _ => Parts::Leaf,
        },
        _ => Parts::Leaf,
    }
}

/// Whether two structs are of one kind; the name of a table may be left out.
fn same_kind(old: Option<&Name>, new: Option<&Name>) -> bool {
    let name = |name: Option<&Name>| {
        name.map(|name| name.value.to_string()).filter(|name| name != "Table")
    };
    name(old) == name(new)
}

/// The value of a field, `None` being as good as not written.
fn find<'n>(fields: &'n [Field], name: &str) -> Option<&'n Node> {
    let field = fields.iter().find(|field| &*field.name.value == name)?;
    Some(&field.value).filter(|value| value.kind != Kind::Nothing)
}

/// The fields that count: the first of each name, and none that is `None`.
fn written_once(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().enumerate().filter_map(|(at, field)| {
        let again = fields[..at].iter().any(|before| before.name.value == field.name.value);
        (!again && field.value.kind != Kind::Nothing).then_some(field)
    })
}

/// Whether two values mean the same.
pub fn same(path: &Path, old: &Node, new: &Node) -> bool {
    match (&old.kind, &new.kind) {
        (Kind::Number(a), Kind::Number(b)) => same_number(*a, *b),
        (Kind::Text(a), Kind::Text(b)) if is_words(path) => a.value == b.value,
        (Kind::Text(a), Kind::Text(b)) => reads_the_same(&a.value, &b.value),
        (Kind::Truth(a), Kind::Truth(b)) => a == b,
        (Kind::Nothing, Kind::Nothing) => true,
        (Kind::Tuple(a, old), Kind::Tuple(b, new)) => {
            same_kind(a.as_ref(), b.as_ref())
                && old.len() == new.len()
                && old.iter().zip(new).all(|(old, new)| same(path, old, new))
        }
        _ => {
            let nowhere = Sources::default();
            let mut walk = Walk {
                old: &nowhere,
                new: &nowhere,
                currency: String::new(),
                given: None,
                changes: Vec::new(),
            };
            match (parts(old), parts(new)) {
                (Parts::Leaf, _) | (_, Parts::Leaf) => false,
                (Parts::Fields(a, _), Parts::Fields(b, _)) if !same_kind(a, b) => false,
                (Parts::Fields(..), Parts::Fields(..))
                | (Parts::Map(_), Parts::Map(_))
                | (Parts::List(_), Parts::List(_)) => {
                    walk.node(path, old, new);
                    walk.changes.is_empty()
                }
                _ => false,
            }
        }
    }
}

fn same_number(old: Number, new: Number) -> bool {
    match (old.whole, new.whole) {
        (Some(old), Some(new)) => old == new,
        _ => old.value == new.value || (old.value.is_nan() && new.value.is_nan()),
    }
}

fn is_words(path: &Path) -> bool {
    WORDS.contains(&path.end().unwrap_or(""))
}
