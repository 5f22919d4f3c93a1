//! Scenarios between two: some parts from one, the others from the other.
//!
//! Both trees are composed once and kept, with the folder of each under a name of its own (`1/`, `2/`),
//! so that a table that a part names is found where that part was written. A mixture goes through the
//! same door as any scenario: one that is none is refused with its problems.

use super::compose::compose;
use super::crosswalk_files::crosswalk_files;
use super::decode::Decoder;
use super::difference::canonical;
use super::load::{Folder, Library, Refusal};
use super::sections::assembled;
use super::tree::{Field, Kind, Name, Node, Text};
use crate::model::Scenario;
use crate::problem::{Problem, Sources};
use std::sync::Arc;

/// A part that can be taken from either, in the order in which a bridge changes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The tables of municipalities and points: values and rows.
    Data,
    /// Changes of boundaries that the tables go through.
    Boundaries,
    /// Network, load, staff and cost.
    World,
    /// Inputs and levers, how they move together, how pay and prices grow.
    Parameters,
    /// What is due: formulas, claims, limits.
    Rule,
    /// What no award may fall below or rise above.
    Guarantee,
    /// How a short pot is divided.
    Rationing,
    /// To what awards are rounded.
    Rounding,
    /// The money and what becomes of what is left.
    Pot,
}

/// Every part with its name.
pub const PARTS: [(Part, &str); 9] = [
    (Part::Data, "data"),
    (Part::Boundaries, "boundaries"),
    (Part::World, "world"),
    (Part::Parameters, "parameters"),
    (Part::Rule, "rule"),
    (Part::Guarantee, "guarantee"),
    (Part::Rationing, "rationing"),
    (Part::Rounding, "rounding"),
    (Part::Pot, "pot"),
];

const DATA: &[&str] = &["municipalities", "points", "information_date"];
const BOUNDARIES: &[&str] = &["boundaries"];
const WORLD: &[&str] = &["network", "load", "staffing", "costs"];
const PARAMETERS: &[&str] = &["inputs", "levers", "correlations", "money"];
const RULE: &[&str] = &["entitle", "claims", "limit", "may_exceed_cost"];
const GUARANTEE: &[&str] = &["guarantee"];
const RATIONING: &[&str] = &["pools", "ration"];
const ROUNDING: &[&str] = &["round"];
const POT: &[&str] = &["appropriation", "later", "top_slice", "unspent"];

/// A scenario to mix: its folder, its file there, and settings.
#[derive(Debug)]
pub struct Ingredient<F> {
    /// The folder.
    pub folder: F,
    /// The file in it.
    pub name: String,
    /// Settings of the form `path=value`.
    pub settings: Vec<String>,
    /// The policy that is looked at.
    pub policy: String,
}

/// Two scenarios, to be mixed.
#[derive(Debug)]
pub struct Mixer<F> {
    library: Library<Twin<F>>,
    roots: [Node; 2],
    policies: [String; 2],
}

/// Two folders, the files of the first under `1/`, those of the second under `2/`.
#[derive(Debug)]
struct Twin<F>([F; 2]);

/// Where the files of each stand.
const FOLDERS: [&str; 2] = ["1/", "2/"];

impl<F: Folder> Twin<F> {
    fn of<'n>(&self, name: &'n str) -> Option<(&F, &'n str, &'static str)> {
        let found = FOLDERS.iter().zip(&self.0).find_map(|(prefix, folder)| {
            name.strip_prefix(prefix).map(|rest| (folder, rest, *prefix))
        });
        // A setting names its files from the folder of the second, which settings change.
        found.or(Some((&self.0[1], name, "")))
    }
}

impl<F: Folder> Folder for Twin<F> {
    fn bytes(&self, name: &str, limit: u64) -> Result<Vec<u8>, Refusal> {
        self.of(name).map_or(Err(Refusal::Missing), |(folder, name, _)| folder.bytes(name, limit))
    }

    fn beside(&self, name: &str) -> Vec<String> {
        self.of(name).map_or_else(Vec::new, |(folder, name, prefix)| {
            folder.beside(name).into_iter().map(|file| format!("{prefix}{file}")).collect()
        })
    }

    fn typed(&self, name: &str) -> String {
        self.of(name).map_or_else(String::new, |(folder, name, _)| folder.typed(name))
    }
}

impl<F: Folder> Mixer<F> {
    /// Reads both.
    ///
    /// # Errors
    /// The problems of a file that cannot be read, with what was read.
    pub fn read(
        first: Ingredient<F>,
        second: Ingredient<F>,
    ) -> Result<Self, (Vec<Problem>, Sources)> {
        let names = [format!("1/{}", first.name), format!("2/{}", second.name)];
        let settings = [first.settings, second.settings];
        let policies = [first.policy, second.policy];
        let mut library = Library::new(Twin([first.folder, second.folder]));
        let mut problems = Vec::new();
        let mut roots = Vec::new();
        for (name, settings) in names.iter().zip(&settings) {
            match compose(&mut library, name, settings) {
                Ok(root) => roots.push(root),
                Err(more) => problems.extend(more),
            }
        }
        match <[Node; 2]>::try_from(roots) {
            Ok(roots) => Ok(Self { library, roots, policies }),
            Err(_) => Err((problems, library.into_sources())),
        }
    }

    /// The parts in which the two differ as they are written.
    pub fn differing(&mut self) -> Vec<Part> {
        let tables = self.same_tables();
        let crosswalks = self.same_crosswalks();
        let differs = |part: Part| {
            let files = match part {
                Part::Data => tables,
                Part::Boundaries => crosswalks,
                _ => true,
            };
            !files || self.said(0, part) != self.said(1, part)
        };
        PARTS.iter().map(|(part, _)| *part).filter(|part| differs(*part)).collect()
    }

    /// What one of them says of a part: names and texts.
    fn said(&self, side: usize, part: Part) -> Vec<(String, &'static str, Option<String>)> {
        let root = &self.roots[side];
        let each = |of: String, node: Option<&Node>, names: &'static [&'static str]| {
            let text = move |name: &&'static str| {
                let value = node.and_then(|node| field(node, name));
                (of.clone(), *name, value.map(|field| canonical(&field.value)))
            };
            names.iter().map(text).collect::<Vec<_>>()
        };
        let policy = root.field("policies").and_then(|list| entry(list, &self.policies[side]));
        let rules = policy.and_then(|policy| policy.field("rules"));
        let of_rules = |names: &'static [&'static str]| {
            let rules = rules.map_or(&[][..], entries).iter();
            let mut said: Vec<_> = rules
                .flat_map(|(key, rule)| each(key_of(key).to_owned(), Some(rule), names))
                .collect();
            said.sort();
            said
        };
        match part {
            Part::Data => each(String::new(), Some(root), DATA),
            Part::Boundaries => each(String::new(), Some(root), BOUNDARIES),
            Part::World => each(String::new(), Some(root), WORLD),
            Part::Parameters => each(String::new(), Some(root), PARAMETERS),
            Part::Rule => {
                let baseline = self.baseline(side).map(|(_, node)| canonical(node));
                let mut said = of_rules(RULE);
                said.push((String::new(), "baseline", baseline));
                said
            }
            Part::Guarantee => of_rules(GUARANTEE),
            Part::Rationing => of_rules(RATIONING),
            Part::Rounding => of_rules(ROUNDING),
            Part::Pot => {
                let known = root.field("programmes").map_or(&[][..], entries).iter();
                let mut said: Vec<_> = known
                    .flat_map(|(key, node)| each(key_of(key).to_owned(), Some(node), POT))
                    .collect();
                said.sort();
                said.extend(each(String::new(), policy, &["programmes"]));
                said
            }
        }
    }

    /// A mixture: these parts of the second, the others of the first, with the two policies' rules mixed
    /// as well. Its policy stands first; behind it that of the baseline, where the network hangs on it.
    ///
    /// # Errors
    /// What is wrong with the mixture.
    pub fn mixed(&mut self, from_second: &[Part]) -> Result<Scenario, Vec<Problem>> {
        let root = self.root(from_second, true);
        self.open(&root)
    }

    /// The second scenario at the pots of the first.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn second_at_pots_of_first(&mut self) -> Result<Scenario, Vec<Problem>> {
        let but_pot: Vec<Part> =
            PARTS.iter().map(|(part, _)| *part).filter(|part| *part != Part::Pot).collect();
        let root = self.root(&but_pot, false);
        self.open(&root)
    }

    fn open(&mut self, root: &Node) -> Result<Scenario, Vec<Problem>> {
        let mut door = Decoder::new();
        door.know(&self.library.sources().files);
        assembled(door, root, &mut self.library, "mixture")
    }

    /// The texts that were read, for places in problems.
    pub fn sources(&self) -> &Sources {
        self.library.sources()
    }

    /// Problems of a mixture, and the texts that they point into, with each file under the path that a
    /// user would type.
    pub fn typed(&self, problems: Vec<Problem>) -> (Vec<Problem>, Sources) {
        let folder = self.library.folder();
        let named = |name: &str| -> Arc<str> {
            let found = folder.of(name).filter(|(.., prefix)| !prefix.is_empty());
            found.map_or_else(|| name.into(), |(folder, rest, _)| folder.typed(rest).into())
        };
        let typed = |mut problem: Problem| {
            for (place, _) in problem.at.iter_mut().chain(&mut problem.also) {
                place.file = named(&place.file);
            }
            problem
        };
        let mut sources = self.sources().clone();
        for source in &mut sources.files {
            source.name = named(&source.name);
        }
        (problems.into_iter().map(typed).collect(), sources)
    }

    /// Whether the tables that both name hold the same bytes.
    fn same_tables(&mut self) -> bool {
        ["municipalities", "points"].iter().all(|section| {
            let [first, second] = [0, 1].map(|side| {
                let file = self.roots[side].field(section)?.field("file")?;
                let name = &file.as_text()?.value;
                let found = self.library.named(name, &file.place, super::LARGEST_TABLE);
                found.ok().map(|source| source.bytes)
            });
            first == second
        })
    }

    /// Whether the files of both changes of boundaries hold the same bytes, one after another.
    fn same_crosswalks(&mut self) -> bool {
        let [first, second] = [0, 1].map(|side| {
            let files = crosswalk_files(&self.roots[side], &mut self.library).into_iter();
            files.map(|file| file.ok().map(|source| source.bytes)).collect::<Vec<_>>()
        });
        first == second
    }

    /// The tree of a mixture; with `union` names that only one has are kept for the other's formulas.
    fn root(&self, from_second: &[Part], union: bool) -> Node {
        let side = |part: Part| usize::from(from_second.contains(&part));
        let is_whole = from_second.is_empty() || from_second.len() == PARTS.len();
        let union = union && !is_whole;
        let mut fields = Vec::new();
        let mut take = |of: usize, name: &str| {
            if let Some(field) = field(&self.roots[of], name) {
                fields.push(field.clone());
            }
        };
        for name in ["format", "title"] {
            take(0, name);
        }
        take(side(Part::Data), "years");
        for (part, names) in
            [(Part::Data, DATA), (Part::Boundaries, BOUNDARIES), (Part::World, WORLD)]
        {
            for name in names {
                take(side(part), name);
            }
        }
        let of = side(Part::Parameters);
        for name in PARAMETERS {
            let field = field(&self.roots[of], name);
            let other = self.roots[1 - of].field(name);
            match (field, other) {
                (Some(field), Some(other)) if union && matches!(*name, "inputs" | "levers") => {
                    let value = with_names_of(&field.value, other);
                    fields.push(Field { name: field.name.clone(), value });
                }
                (Some(field), _) => fields.push(field.clone()),
                (None, Some(_)) if union && matches!(*name, "inputs" | "levers") => {
                    fields.extend(self::field(&self.roots[1 - of], name).cloned());
                }
                (None, _) => {}
            }
        }
        fields.extend(self.programmes(side(Part::Pot), side(Part::Rule), union));
        fields.extend(self.mixed_policies(from_second));
        // A map shows the municipalities of one of the two, and no award follows it.
        for field in fields.iter_mut().filter(|field| &*field.name.value == "municipalities") {
            if let Kind::Struct(_, table) = &mut field.value.kind {
                table.retain(|field| &*field.name.value != "map" || is_whole);
            }
        }
        let place = self.roots[0].place.clone();
        Node { place, kind: Kind::Struct(None, fields) }
    }

    /// The programmes: purposes go with the rules, money with the pot.
    fn programmes(&self, pot: usize, rule: usize, union: bool) -> Option<Field> {
        let written = |side: usize| field(&self.roots[side], "programmes");
        let Some(leading) = written(rule) else {
            return written(1 - rule).filter(|_| union).cloned();
        };
        let other = written(1 - rule).map(|field| &field.value);
        let mut entries = entries(&leading.value).to_vec();
        for (key, node) in &mut entries {
            if pot != rule
                && let Some(money) = other.and_then(|other| entry(other, key_of(key)))
            {
                *node = with_fields(node, money, POT);
            }
        }
        if union && let Some(other) = other {
            let known: Vec<&str> =
                self::entries(&leading.value).iter().map(|(key, _)| key_of(key)).collect();
            let more = self::entries(other).iter().filter(|(key, _)| !known.contains(&key_of(key)));
            entries.extend(more.cloned());
        }
        let place = leading.value.place.clone();
        Some(Field { name: leading.name.clone(), value: Node { place, kind: Kind::Map(entries) } })
    }

    /// The policy that is mixed, and the baseline where the network hangs on what is awarded.
    fn mixed_policies(&self, from_second: &[Part]) -> Vec<Field> {
        let side = |part: Part| usize::from(from_second.contains(&part));
        let rule = side(Part::Rule);
        let written: [Option<&Node>; 2] =
            [0, 1].map(|side| entry(self.roots[side].field("policies")?, &self.policies[side]));
        let Some(list) = field(&self.roots[rule], "policies") else { return Vec::new() };
        let Some(leading) = written[rule] else { return Vec::new() };
        let other = written[1 - rule];
        let Some((key, _)) =
            entries(&list.value).iter().find(|(key, _)| key_of(key) == self.policies[rule])
        else {
            return Vec::new();
        };
        let mut policy: Vec<Field> = match &leading.kind {
            Kind::Struct(_, fields) => fields.clone(),
            _ => Vec::new(),
        };
        for field in policy.iter_mut().filter(|field| &*field.name.value == "rules") {
            if let Kind::Map(rules) = &mut field.value.kind {
                for (key, node) in rules {
                    let theirs = other.and_then(|other| entry(other.field("rules")?, key_of(key)));
                    let Some(theirs) = theirs else { continue };
                    for (part, names) in [
                        (Part::Guarantee, GUARANTEE),
                        (Part::Rationing, RATIONING),
                        (Part::Rounding, ROUNDING),
                    ] {
                        if side(part) != rule {
                            *node = with_fields(node, theirs, names);
                        }
                    }
                }
            }
        }
        if side(Part::Pot) != rule {
            policy.retain(|field| &*field.name.value != "programmes");
            policy.extend(other.and_then(|other| field(other, "programmes")).cloned());
        }
        let policy = Node { place: leading.place.clone(), kind: Kind::Struct(None, policy) };
        let mut all = vec![(key.clone(), policy)];
        let baseline = self.baseline(rule);
        if let Some((name, node)) = baseline.filter(|(name, _)| key_of(name) != self.policies[rule])
        {
            all.push((name.clone(), node.clone()));
        }
        let place = list.value.place.clone();
        let policies = Field {
            name: list.name.clone(),
            value: Node { place: place.clone(), kind: Kind::Map(all.clone()) },
        };
        let Some((last, _)) = all.last() else { return vec![policies] };
        let name = Name { value: "baseline".into(), place };
        vec![policies, Field { name, value: last.clone() }]
    }

    fn baseline(&self, side: usize) -> Option<&(Node, Node)> {
        let root = &self.roots[side];
        let mode = |root: &Node| {
            let mode = root.field("network").and_then(|network| network.field("mode"));
            mode.and_then(Node::name).is_some_and(|name| &*name.value == "WhenFunded")
        };
        if !self.roots.iter().any(mode) {
            return None;
        }
        let policies = entries(root.field("policies")?);
        match root.field("baseline").and_then(Node::as_text) {
            Some(name) => policies.iter().find(|(key, _)| key_of(key) == &*name.value),
            None => policies.first(),
        }
    }
}

impl Part {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        PARTS.iter().find(|(part, _)| *part == self).map_or("", |(_, name)| name)
    }
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Field> {
    match &node.kind {
        Kind::Struct(_, fields) => fields
            .iter()
            .find(|field| &*field.name.value == name && field.value.kind != Kind::Nothing),
        _ => None,
    }
}

fn entries(node: &Node) -> &[(Node, Node)] {
    match &node.kind {
        Kind::Map(entries) => entries,
        _ => &[],
    }
}

fn key_of(key: &Node) -> &str {
    key.as_text().map_or("", |Text { value, .. }| value)
}

fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    entries(node).iter().find(|(name, _)| key_of(name) == key).map(|(_, value)| value)
}

/// A struct with some of its fields taken from another.
fn with_fields(node: &Node, from: &Node, names: &[&str]) -> Node {
    let (Kind::Struct(name, fields), Kind::Struct(_, theirs)) = (&node.kind, &from.kind) else {
        return node.clone();
    };
    let is_taken = |field: &&Field| names.contains(&&*field.name.value);
    let kept = fields.iter().filter(|field| !is_taken(field));
    let fields = kept.chain(theirs.iter().filter(is_taken)).cloned().collect();
    Node { place: node.place.clone(), kind: Kind::Struct(name.clone(), fields) }
}

/// A map with the entries that only another has behind its own.
fn with_names_of(node: &Node, other: &Node) -> Node {
    let Kind::Map(own) = &node.kind else { return node.clone() };
    let more = entries(other).iter().filter(|(key, _)| entry(node, key_of(key)).is_none());
    let kind = Kind::Map(own.iter().chain(more).cloned().collect());
    Node { place: node.place.clone(), kind }
}
