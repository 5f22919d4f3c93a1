//! A ready-made formula as lines of a worksheet: its parameters are written into the templates.

use super::formula::{Locals, Want};
use super::rules::RuleOf;
use super::tiers::by_tier;
use crate::model::{Claim, Line};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, filled, placed, quoted, text, whole_within};
use crate::scenario::formulas::{Parameter, ParameterKind, Ready};
use crate::scenario::tree::{Kind, Node};

/// The most years that a mean looks back; quantities are kept for three, yearly tables for more.
const MOST_YEARS: i64 = 60;

/// The lines and what is claimed of them.
pub fn ready_made(
    door: &mut Decoder,
    node: &Node,
    of: RuleOf<'_>,
    ready: &'static Ready,
) -> Option<(Vec<Line>, Vec<Claim>)> {
    let mut writer = Writer {
        of,
        path: format!("{}.entitle", of.path),
        locals: Locals::default(),
        lines: Vec::new(),
    };
    let mut fields = door.fields_of(node, ready.name)?;
    // All are asked before any is missed, so that every fault is told.
    let mut parts: Vec<(&str, Option<String>)> = Vec::new();
    for parameter in ready.parameters {
        let part = match parameter.default {
            None => {
                fields.required(parameter.name, |door, node| writer.part(door, node, parameter))
            }
            Some(default) => fields
                .optional(parameter.name, |door, node| writer.part(door, node, parameter))
                .map(|part| part.unwrap_or_else(|| default.to_owned())),
        };
        parts.push((parameter.name, part));
    }
    fields.finish();
    let parts: Vec<(&str, String)> =
        parts.into_iter().map(|(name, part)| Some((name, part?))).collect::<Option<_>>()?;
    let mut named: Vec<(&str, String)> = Vec::new();
    for template in ready.lines {
        let mut formula = template.is.to_owned();
        for (name, part) in &parts {
            formula = formula.replace(&format!("{{{name}}}"), part);
        }
        // Lines above may have been given another name.
        for (name, given) in named.iter().filter(|(name, given)| name != given) {
            formula = super::words::replaced(&formula, |word| {
                (word.text == *name && !word.is_call).then(|| given.clone())
            });
        }
        let name = writer.add(door, node, template.line, &formula, template.note)?;
        named.push((template.line, name));
    }
    let position = |name: &str| {
        let given = named.iter().find(|(line, _)| *line == name).map(|(_, given)| given)?;
        writer.lines.iter().position(|line| line.name == *given)
    };
    let claims = ready
        .claims
        .iter()
        .filter_map(|(class, line)| Some(Claim { class: *class, line: position(line)? }))
        .collect();
    Some((writer.lines, claims))
}

/// Writes lines, one after another.
struct Writer<'r> {
    of: RuleOf<'r>,
    path: String,
    locals: Locals,
    lines: Vec<Line>,
}

impl Writer<'_> {
    /// A parameter as it stands in a formula.
    fn part(&mut self, door: &mut Decoder, node: &Node, parameter: &Parameter) -> Option<String> {
        let path = format!("{}.{}", self.path, parameter.name);
        let want = Want::rule(self.of.purpose);
        match parameter.kind {
            ParameterKind::Number => {
                self.of.words.part(door, node, &path, want.amount(), &[], &mut self.locals)
            }
            ParameterKind::Share => {
                self.of.words.part(door, node, &path, want.share(), &[], &mut self.locals)
            }
            ParameterKind::Name => {
                let name = filled(door, node)?;
                if super::words::is_name(&name) {
                    return Some(name);
                }
                let message =
                    format!("{} is no name, and the past is that of a name", quoted(&name));
                let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.place, "");
                door.refuse(
                    problem.help("name a quantity or a column of a yearly table: `of: \"load\"`"),
                )
            }
            ParameterKind::Years => {
                whole_within(1, MOST_YEARS)(door, node).map(|years| years.to_string())
            }
            ParameterKind::Monthly => self.monthly(door, node, &path),
            ParameterKind::Indicators => self.indicators(door, node, &path),
        }
    }

    /// The sum over tiers of EUR a month times months open.
    fn monthly(&mut self, door: &mut Decoder, node: &Node, path: &str) -> Option<String> {
        let (of, locals) = (self.of, &mut self.locals);
        let want = Want::rule(of.purpose).amount();
        let sums = by_tier(door, node, of.words, |door, node, tier| {
            of.words.part(door, node, &format!("{path}.{tier}"), want, &[], locals)
        })?;
        let sums: Vec<String> = sums
            .iter()
            .zip(&of.words.tiers)
            .filter_map(|(sum, tier)| Some(format!("{} * months_open_{tier}", sum.as_ref()?)))
            .collect();
        Some(if sums.is_empty() { "0".to_owned() } else { format!("({})", sums.join(" + ")) })
    }

    /// A line for each indicator; in the template their weighted sum.
    fn indicators(&mut self, door: &mut Decoder, node: &Node, path: &str) -> Option<String> {
        let Kind::List(items) = &node.kind else {
            return door.wrong(
                node,
                "a list, written `[(line: \"people\", is: \"population\", weight: 0.7), …]`",
            );
        };
        if items.is_empty() {
            let message = "an index has at least one indicator";
            let problem = Problem::error(codes::WRONG_COUNT, message).at(&node.head(), "");
            return door
                .refuse(problem.help("add `(line: \"people\", is: \"population\", weight: 1)`"));
        }
        let want = Want::rule(self.of.purpose).amount();
        let mut sum = Vec::new();
        let mut sound = true;
        for item in items {
            let Some(mut fields) = door.fields(item, "an indicator") else {
                sound = false;
                continue;
            };
            let name = fields.required("line", placed(filled));
            let line = name.as_ref().map_or("", |(name, _)| name).to_owned();
            let path = format!("{path}.{line}");
            let is = fields.required("is", |door, node| {
                self.of.words.part(door, node, &path, want, &[], &mut self.locals)
            });
            let path = format!("{path}.weight");
            let weight = fields.required("weight", |door, node| {
                self.of.words.part(door, node, &path, want, &[], &mut self.locals)
            });
            let note = fields.or("note", text, String::new());
            fields.finish();
            let (Some((name, place)), Some(is), Some(weight), Some(note)) =
                (name, is, weight, note)
            else {
                sound = false;
                continue;
            };
            let is_new = self.of.words.new_name(door, &name, &place, "an indicator").is_some();
            if self.lines.iter().any(|line| line.name == name) {
                let message = format!("two indicators are called {}", quoted(&name));
                let problem = Problem::error(codes::DUPLICATE_NAME, message).at(&place, "");
                door.tell(problem.help("rename one of them"));
                sound = false;
            } else if is_new {
                let formula = format!("share({is})");
                sound &= self.add(door, item, &name, &formula, &note).is_some();
            } else {
                sound = false;
            }
            sum.push(format!("{weight} * {name}"));
        }
        sound.then(|| format!("({})", sum.join(" + ")))
    }

    /// Compiles a line and adds it, under a name that nothing else has.
    fn add(
        &mut self,
        door: &mut Decoder,
        node: &Node,
        name: &str,
        formula: &str,
        note: &str,
    ) -> Option<String> {
        let before: Vec<String> = self.lines.iter().map(|line| line.name.clone()).collect();
        let want = Want::rule(self.of.purpose);
        let formula =
            self.of.words.generated(door, formula, &node.head(), want, &before, &self.locals)?;
        let mut name = name.to_owned();
        while self.of.words.meaning(&name).is_some() || before.contains(&name) {
            name.push('_');
        }
        self.lines.push(Line { name: name.clone(), formula, note: note.to_owned() });
        Some(name)
    }
}
