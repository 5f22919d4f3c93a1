//! A distribution as it is written: `Pert(min: 850, mode: 1060, max: 1350)`.

use std::sync::Arc;

use super::words::is_name;
use crate::model::Lever;
use crate::problem::{Problem, Source, Sources, codes, sort};
use crate::random::distribution::{
    self as registry, Distribution, Entry, Parameter, ParameterSet, Parameters, Recipe,
};
use crate::scenario::decode::{Decoder, did_you_mean, list, nearest, number, quoted};
use crate::scenario::difference::Unreadable;
use crate::scenario::read::read;
use crate::scenario::tree::{Kind, Node, shortened};

/// The name that places in a distribution carry which stands in no file.
pub const ALONE: &str = "argument";
/// A distribution to show.
pub const EXAMPLE: &str = "Pert(min: 3, mode: 5, max: 10)";

/// Reads a distribution that stands alone, outside of a scenario: itself, and as it is spelled. Its
/// parameters are numbers and lists of numbers.
///
/// # Errors
/// Everything that is wrong with it, told as in a scenario, with its places in the text.
pub fn lone_distribution(text: &str) -> Result<(Arc<dyn Distribution>, String), Unreadable> {
    let source = Source { name: ALONE.into(), text: text.into(), bytes: text.as_bytes().into() };
    let mut door = Decoder::new();
    door.know(std::slice::from_ref(&source));
    let found = match read(&source) {
        Err(_) if text.trim().is_empty() => {
            let problem = Problem::error(codes::WRONG_TYPE, "no distribution is given");
            door.refuse(problem.help(format!("write one, such as {}", quoted(EXAMPLE))))
        }
        Ok(node) => with_parameters(&mut door, &node, &lone_parameter)
            .map(|(distribution, _)| (distribution, spelled(&node))),
        Err(problem) => door.refuse(*problem),
    };
    let sources = Sources::of(vec![source]);
    found.ok_or_else(|| {
        let mut problems = door.finish();
        sort(&mut problems, &sources);
        Unreadable { problems, sources }
    })
}

/// A distribution, and what it was made from.
pub type Made = (Arc<dyn Distribution>, Recipe);

/// Reads a distribution. Its parameters are numbers, lists of numbers, or levers in quotes.
pub fn distribution(door: &mut Decoder, node: &Node, levers: &[Lever]) -> Option<Made> {
    with_parameters(door, node, &|door, node| parameter(door, node, levers))
}

/// Reads a distribution whose parameters are read as they are given.
fn with_parameters(
    door: &mut Decoder,
    node: &Node,
    parameter: &dyn Fn(&mut Decoder, &Node) -> Option<f64>,
) -> Option<Made> {
    let Some(name) = node.name() else {
        return door.wrong(node, "a distribution, such as `Normal(mean: 1, sd: 0.1)`");
    };
    if registry::find(&name.value).is_none() {
        let message = format!("there is no distribution {}", quoted(&name.value));
        let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&name.place, "");
        let known: Vec<&str> = registry::names().collect();
        if matches!(node.kind, Kind::Unit(_)) && nearest(&name.value, &known).is_none() {
            let formula = shortened(&name.value);
            return door.refuse(problem.help(format!("a formula stands in quotes: \"{formula}\"")));
        }
        return door.refuse(did_you_mean(problem, &name.value, &known));
    }
    let fields = match &node.kind {
        Kind::Struct(_, fields) => fields.as_slice(),
        Kind::Tuple(_, items) if items.is_empty() => &[],
        Kind::Unit(_) => &[],
        _ => {
            let example = registry::find(&name.value).and_then(|entry| entry.examples.first());
            let message = format!("the parameters of {} have names", quoted(&name.value));
            let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
            let items = match &node.kind {
                Kind::Tuple(_, items) => items.as_slice(),
                _ => &[],
            };
            let named = registry::find(&name.value).and_then(|entry| {
                ways(entry).find_map(|ways| door.named(&name.value, &ways, items))
            });
            if let Some(named) = named {
                return door.refuse(problem.help(format!("write `{named}`")));
            }
            return door.refuse(match example {
                Some(example) => problem.help(format!("write, for example, {}", quoted(example))),
                None => problem,
            });
        }
    };
    let mut parameters = Parameters::new();
    let mut sound = true;
    for (index, field) in fields.iter().enumerate() {
        let name = &*field.name.value;
        if let Some(first) =
            fields[..index].iter().find(|other| other.name.value == field.name.value)
        {
            let message = format!("the parameter {} is given twice", quoted(name));
            let problem = Problem::error(codes::DUPLICATE_FIELD, message)
                .at(&field.name.place, "again here")
                .also(&first.name.place, "first here");
            door.tell(problem.help("leave one of them out"));
            sound = false;
            continue;
        }
        let read = match &field.value.kind {
            Kind::List(_) => list(parameter)(door, &field.value)
                .map(|values| parameters.clone().with_list(name, values)),
            _ => parameter(door, &field.value).map(|value| parameters.clone().with(name, value)),
        };
        match read {
            Some(read) => parameters = read,
            None => sound = false,
        }
    }
    if !sound {
        return None;
    }
    let entry = registry::find(&name.value);
    match registry::build(&name.value, &parameters) {
        Ok(distribution) => {
            Some((Arc::from(distribution), Recipe { name: name.value.to_string(), parameters }))
        }
        Err(fault) => {
            let field = fields.iter().find(|field| {
                fault.parameter.as_deref().is_some_and(|at| at == &*field.name.value)
            });
            let given: Vec<&str> = fields.iter().map(|field| &*field.name.value).collect();
            let missing = entry.and_then(|entry| missing(entry, &given));
            let message = match (&fault.parameter, missing) {
                (None, Some(missing)) => format!("{} needs {missing}", quoted(&name.value)),
                _ => fault.message,
            };
            let is_known = field.is_some_and(|field| {
                entry.is_some_and(|entry| is_parameter(entry, &field.name.value))
            });
            let place = match field {
                Some(field) if is_known => field.value.place.clone(),
                // The name is wrong, not the value.
                Some(field) => field.name.place.clone(),
                None => node.head(),
            };
            let problem = Problem::error(codes::DISTRIBUTION, message).at(&place, "");
            let example = entry.and_then(|entry| entry.examples.first());
            door.refuse(problem.help(match example {
                Some(example) if !is_known => {
                    format!("allowed: {}, such as {}", fault.allowed, quoted(example))
                }
                _ => format!("allowed: {}", fault.allowed),
            }))
        }
    }
}

/// The names of the parameters that must be given, in each of the ways to give them.
fn ways(entry: &Entry) -> impl Iterator<Item = Vec<&'static str>> {
    entry.parameters.iter().filter_map(|set| {
        let ParameterSet::These(parameters) = set else { return None };
        let needed = parameters.iter().filter(|parameter| !parameter.optional);
        Some(needed.map(|parameter| parameter.name).collect())
    })
}

/// What is missing where everything given belongs to one way to give the parameters.
fn missing(entry: &Entry, given: &[&str]) -> Option<String> {
    let of = |set: &ParameterSet| {
        let ParameterSet::These(parameters) = set else { return None };
        let knows = |name: &&str| parameters.iter().any(|parameter| parameter.name == *name);
        let lacks =
            |parameter: &&Parameter| !parameter.optional && !given.contains(&parameter.name);
        let missing: Vec<String> =
            parameters.iter().filter(lacks).map(|parameter| quoted(parameter.name)).collect();
        (given.iter().all(knows) && !missing.is_empty()).then(|| missing.join(" and "))
    };
    entry.parameters.iter().find_map(of)
}

/// Whether a distribution has a parameter of this name, in whatever way its parameters are given.
fn is_parameter(entry: &Entry, name: &str) -> bool {
    entry.parameters.iter().any(|set| match set {
        ParameterSet::These(parameters) => {
            parameters.iter().any(|parameter| parameter.name == name)
        }
        ParameterSet::TwoOf(quantiles) => quantiles.contains(&name),
    })
}

/// A number; a text would name a lever, of which there is none outside of a scenario.
fn lone_parameter(door: &mut Decoder, node: &Node) -> Option<f64> {
    let Kind::Text(text) = &node.kind else { return number(door, node) };
    let message = format!("{} has no value here", quoted(&text.value));
    let problem = Problem::error(codes::UNKNOWN_NAME, message)
        .at(&node.place, "")
        .note("levers are declared in scenarios; a distribution that stands alone has none");
    door.refuse(problem.help("write a number, without quotes"))
}

/// A number, or the value of the lever that a text names.
fn parameter(door: &mut Decoder, node: &Node, levers: &[Lever]) -> Option<f64> {
    let Kind::Text(text) = &node.kind else { return number(door, node) };
    if let Some(lever) = levers.iter().find(|lever| *lever.name == *text.value) {
        // Without a value it has been told.
        return Some(lever.value).filter(|value| !value.is_nan());
    }
    let message = format!("{} is not a lever of this scenario", quoted(&text.value));
    let problem = Problem::error(codes::UNKNOWN_NAME, message)
        .at(&node.place, "")
        .note("a distribution's parameters are numbers or levers, not inputs or formulas");
    let known: Vec<&str> = levers.iter().map(|lever| lever.name.as_str()).collect();
    if !is_name(&text.value) {
        let help = "write a number or a lever here, and multiply in the formula that uses it";
        return door.refuse(problem.help(help));
    }
    if nearest(&text.value, &known).is_none() {
        let name = quoted(&text.value);
        let help = format!("write the number, or declare {name} in `levers`, not in `inputs`");
        return door.refuse(problem.help(help));
    }
    door.refuse(did_you_mean(problem, &text.value, &known))
}

/// A distribution as text, for those who ask what a figure is made of.
pub fn spelled(node: &Node) -> String {
    let joined = |items: Vec<String>| items.join(", ");
    match &node.kind {
        Kind::Number(number) => match number.whole {
            Some(whole) => whole.to_string(),
            None => number.value.to_string(),
        },
        Kind::Text(text) => text.value.to_string(),
        Kind::List(items) => format!("[{}]", joined(items.iter().map(spelled).collect())),
        Kind::Struct(name, fields) => {
            let fields = fields
                .iter()
                .map(|field| format!("{}: {}", field.name.value, spelled(&field.value)));
            let name = name.as_ref().map_or("", |name| &name.value);
            format!("{name}({})", joined(fields.collect()))
        }
        _ => node.name().map_or_else(|| node.describe(), |name| name.value.to_string()),
    }
}
