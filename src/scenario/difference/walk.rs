//! Two trees side by side, from the top down.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effect, is_default, unit};
use super::path::Path;
use super::same::{Parts, parts, same, same_kind};
use super::{Change, Version, What, Written, list, write};
use crate::problem::Sources;
use crate::scenario::decode::spelled;
use crate::scenario::tree::{Field, Kind, Node};

/// The sections in the order of the format; what is none of them comes last.
const SECTIONS: [&str; 23] = [
    "format",
    "title",
    "years",
    "money",
    "information_date",
    "municipalities",
    "points",
    "boundaries",
    "expect",
    "observed",
    "inputs",
    "correlations",
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

impl Walk<'_> {
    /// Whether nothing differs between two values of one kind.
    pub fn finds_nothing(path: &Path, old: &Node, new: &Node) -> bool {
        let nowhere = Sources::default();
        let mut walk = Walk {
            old: &nowhere,
            new: &nowhere,
            currency: String::new(),
            given: None,
            changes: Vec::new(),
        };
        walk.node(path, old, new);
        walk.changes.is_empty()
    }

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
        let (before, after) = (Given::of(old), Given::of(new));
        let outer = self.given.clone();
        let unit = after.by_name.get("unit").or_else(|| before.by_name.get("unit"));
        if let Some(unit) = unit.and_then(|unit| unit.as_text()) {
            self.given = Some(unit.value.to_string());
        }
        for (name, value) in &before.in_order {
            let path = path.field(name);
            match after.by_name.get(name) {
                Some(new) => self.node(&path, value, new),
                None => self.removed(&path, value),
            }
        }
        for (name, value) in &after.in_order {
            if !before.by_name.contains_key(name) {
                self.added(&path.field(name), value);
            }
        }
        self.given = outer;
    }

    fn entries(&mut self, path: &Path, old: &[(Node, Node)], new: &[(Node, Node)]) {
        let names = |entries: &[(Node, Node)]| -> Vec<String> {
            entries.iter().map(|(key, _)| spelled(key)).collect()
        };
        let (before, after) = (names(old), names(new));
        let (first_old, first_new) = (positions(&before), positions(&after));
        for (name, (_, value)) in before.iter().zip(old) {
            let path = path.own(name);
            match first_new.get(name.as_str()).and_then(|at| new.get(*at)) {
                Some((_, new)) => self.node(&path, value, new),
                None => self.removed(&path, value),
            }
        }
        for (name, (_, value)) in after.iter().zip(new) {
            if !first_old.contains_key(name.as_str()) {
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
            let others: BTreeSet<&String> = others.iter().collect();
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

/// The fields that count: the first of each name, and none that is `None`.
struct Given<'n> {
    in_order: Vec<(&'n str, &'n Node)>,
    by_name: BTreeMap<&'n str, &'n Node>,
}

impl<'n> Given<'n> {
    fn of(fields: &'n [Field]) -> Self {
        let mut seen = BTreeSet::new();
        let in_order: Vec<(&str, &Node)> = fields
            .iter()
            .filter(|field| seen.insert(&*field.name.value) && field.value.kind != Kind::Nothing)
            .map(|field| (&*field.name.value, &field.value))
            .collect();
        let by_name = in_order.iter().copied().collect();
        Self { in_order, by_name }
    }
}

/// Where each name stands first.
pub fn positions(names: &[String]) -> BTreeMap<&str, usize> {
    let mut positions = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        positions.entry(name.as_str()).or_insert(at);
    }
    positions
}
