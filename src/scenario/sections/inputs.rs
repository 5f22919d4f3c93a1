//! Uncertain quantities: each is declared first, so that formulas find it, and computed ones are
//! compiled in the order in which they name each other.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::circle::order;
use super::distribution::{Made, distribution, spelled};
use super::formula::Want;
use super::names::Spot;
use super::vocabulary::{Declared, Vocabulary};
use crate::expression::Extent;
use crate::model::{Common, Formula, Input, InputValue, Lever, Time, Variable};
use crate::problem::{Place, Problem, codes};
use crate::random::distribution::{self as registry, Parameters, Recipe};
use crate::scenario::decode::{
    Decoder, Fields, named_values, number, one_of_names, quoted, share, spoken, text, variants,
};
use crate::scenario::tree::{Kind, Node};

/// One input as written; a formula still waits to be compiled.
#[derive(Debug)]
pub struct Written<'n> {
    name: String,
    key: Place,
    extent: Extent,
    time: Time,
    common: Common,
    value: Option<Value<'n>>,
    unit: String,
    source: String,
    /// Whether extent, time and value could be read.
    is_read: bool,
}

/// What correlations must know of an input.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Its extent.
    pub extent: Extent,
    /// How it moves through the years.
    pub time: Time,
    /// Whether it is drawn.
    pub chance: Chance,
}

/// Whether an input has chance of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// It is drawn from a distribution.
    Drawn,
    /// Its distribution has one value.
    Fixed,
    /// It is computed by a formula.
    Computed,
    /// It could not be read.
    Unknown,
}

impl Known {
    /// What is known of an input that was read.
    pub fn of(input: &Input) -> Self {
        let chance = match &input.value {
            InputValue::Drawn(distribution) => Chance::of(distribution.as_ref()),
            InputValue::Computed(_) => Chance::Computed,
        };
        Self { name: input.name.clone(), extent: input.extent, time: input.time, chance }
    }
}

impl Chance {
    fn of(distribution: &dyn registry::Distribution) -> Self {
        if distribution.sd() == 0.0 { Self::Fixed } else { Self::Drawn }
    }
}

#[derive(Debug)]
enum Value<'n> {
    Drawn(Made, String),
    Formula(&'n Node),
}

/// What inputs may vary by.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Whether the scenario has years.
    pub years: bool,
    /// Whether it has municipalities.
    pub municipalities: bool,
    /// Whether it has points.
    pub points: bool,
}

/// Declares every input of the section. What is wrong is told; its name is declared all the same.
pub fn declare<'n>(
    door: &mut Decoder,
    node: &'n Node,
    levers: &[Lever],
    rows: Rows,
) -> Vec<Written<'n>> {
    let wanted = "a map, written `{\"name\": (value: …)}`";
    let entries = named_values(door, node, wanted).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut declared: Vec<Written<'n>> = Vec::new();
    for (name, key, value) in entries {
        let mut written = Written {
            name,
            key,
            extent: Extent::Nation,
            time: Time::Once,
            common: Common::default(),
            value: None,
            unit: String::new(),
            source: String::new(),
            is_read: false,
        };
        written.read(door, value, levers, rows);
        // One that is given twice has been told.
        if seen.insert(written.name.clone()) {
            declared.push(written);
        }
    }
    declared
}

impl<'n> Written<'n> {
    fn read(
        &mut self,
        door: &mut Decoder,
        node: &'n Node,
        levers: &[Lever],
        rows: Rows,
    ) -> Option<()> {
        let mut fields = door.fields(node, "an input")?;
        let extent = fields.optional("extent", extent);
        let time = fields.optional("time", time);
        let common = fields.optional("common", common);
        let value = fields.required("value", |door, node| value(door, node, levers));
        let unit = fields.or("unit", text, String::new());
        let source = fields.or("source", text, String::new());
        let given = ["extent", "time", "common"].map(|name| (name, fields.place(name)));
        fields.finish();
        if let Some(Value::Formula(_)) = value {
            let written =
                [extent.flatten().is_some(), time.flatten().is_some(), common.flatten().is_some()];
            for ((name, place), _) in given.iter().zip(written).filter(|(_, is_given)| *is_given) {
                let message =
                    format!("`{name}` cannot be given for an input computed by a formula");
                let problem = Problem::error(codes::CONFLICT, message).at(place, "");
                door.tell(
                    problem.help(format!("leave `{name}` out: what the formula names decides")),
                );
            }
        }
        if let Some(Some(extent)) = extent {
            self.extent = extent;
            let has = match extent {
                Extent::Nation => true,
                Extent::Municipality => rows.municipalities,
                Extent::Point => rows.points,
            };
            if !has {
                let section = if extent == Extent::Point { "points" } else { "municipalities" };
                let message = format!("this extent needs `{section}`, which the scenario has not");
                let problem = Problem::error(codes::MISSING_PART, message).at(&given[0].1, "");
                door.tell(problem.help(format!("add the section `{section}`")));
            }
        }
        if let Some(Some(time)) = time {
            self.time = time;
            if time != Time::Once && !rows.years {
                let message = "a yearly input needs `years`";
                let problem = Problem::error(codes::MISSING_PART, message).at(&given[1].1, "");
                door.tell(problem.help("write `years: (first: 2022, last: 2027)`"));
            }
        }
        let drawn = matches!(value, Some(Value::Drawn(..)));
        if drawn && self.extent != Extent::Nation && common == Some(None) {
            let message =
                format!("{} is drawn below the nation and needs `common`", quoted(&self.name));
            let problem = Problem::error(codes::MISSING_FIELD, message).at(&given[0].1, "");
            door.tell(
                problem
                    .note("independent draws average out and make a national budget look safe")
                    .help("write which share of its variance is common: `common: (nation: 0.4)`"),
            );
        }
        if let Some(Some(common)) = common {
            self.common = common;
            // Where the extent could not be read, nothing can be said of what is common.
            if extent.is_some() && !matches!(value, Some(Value::Formula(_))) {
                self.judge_common(door, &given[2].1);
            }
        }
        self.is_read = extent.is_some() && time.is_some();
        self.unit = unit.unwrap_or_default();
        self.source = source.unwrap_or_default();
        self.value = value;
        Some(())
    }

    fn judge_common(&self, door: &mut Decoder, place: &Place) {
        let Common { nation, municipality } = self.common;
        let refuse = |message: String| Problem::error(codes::OUT_OF_RANGE, message).at(place, "");
        if nation + municipality > 1.0 + 1e-9 {
            let sum = spoken(nation + municipality);
            let message = format!("the common shares add up to {sum}, which is above 1");
            let note = "they are parts of one variance: what is left over is each point's own";
            door.tell(refuse(message).note(note).help("make their sum 1 or less"));
        }
        match self.extent {
            Extent::Nation if nation + municipality > 0.0 => {
                let message = "`common` has no meaning for an input that is the same for the whole \
                               nation";
                let problem = Problem::error(codes::CONFLICT, message).at(place, "");
                door.tell(problem.help("leave `common` out"));
            }
            Extent::Municipality if municipality > 0.0 => {
                let message = "a share common to a municipality is for inputs of extent Point";
                let problem = Problem::error(codes::CONFLICT, message).at(place, "");
                door.tell(problem.help("leave `municipality` out"));
            }
            Extent::Municipality | Extent::Point if nation == 0.0 => {
                let message = format!("{} shares nothing across the nation", quoted(&self.name));
                let problem = Problem::warning(codes::INDEPENDENT, message).at(place, "");
                door.tell(
                    problem
                        .note("independent draws average out and make a national budget look safe")
                        .help(
                            "write which share of its variance is common, `common: (nation: 0.4)`, or in a waiver why none is",
                        ),
                );
            }
            _ => {}
        }
    }

    /// What formulas must know of it before it is compiled.
    pub fn declared(&self) -> Declared {
        Declared { name: self.name.clone(), extent: self.extent, is_indexed: false }
    }

    /// What correlations must know of it.
    pub fn known(&self) -> Known {
        let chance = match &self.value {
            Some(Value::Drawn((distribution, _), _)) if self.is_read => {
                Chance::of(distribution.as_ref())
            }
            Some(Value::Formula(_)) => Chance::Computed,
            _ => Chance::Unknown,
        };
        Known { name: self.name.clone(), extent: self.extent, time: self.time, chance }
    }

    /// The formula that it is computed by, if it is.
    pub fn formula(&self) -> Option<&'n Node> {
        match self.value {
            Some(Value::Formula(node)) => Some(node),
            _ => None,
        }
    }

    /// Its name and where that stands.
    pub fn name(&self) -> (&str, &Place) {
        (&self.name, &self.key)
    }
}

/// Compiles the computed inputs, each after those that it names, and gives all in order.
pub fn inputs(
    door: &mut Decoder,
    written: Vec<Written<'_>>,
    words: &mut Vocabulary,
) -> Option<Vec<Input>> {
    let order = order(door, &written);
    let mut formulas: Vec<Option<Formula>> = written.iter().map(|_| None).collect();
    let want = Want { spot: Spot::Input, ..Want::WORLD };
    for index in order {
        let Some(Value::Formula(node)) = &written[index].value else { continue };
        let path = format!("inputs.{}.value", written[index].name);
        if let Some(formula) = words.number(door, node, &path, want) {
            let is_indexed = formula.variables.iter().any(|variable| match variable {
                Variable::PayIndex | Variable::PriceIndex => true,
                Variable::Input(input) => {
                    words.inputs.get(*input).is_some_and(|input| input.is_indexed)
                }
                _ => false,
            });
            if let Some(declared) = words.inputs.get_mut(index) {
                declared.extent = formula.program.shape().extent;
                declared.is_indexed = is_indexed;
            }
            formulas[index] = Some(formula);
        }
    }
    let finished = written.into_iter().zip(formulas).map(|(written, formula)| {
        let mut recipe = None;
        let (value, extent, text) = match (written.value?, formula) {
            (Value::Drawn((distribution, made_from), text), _) => {
                recipe = Some(made_from);
                (InputValue::Drawn(distribution), written.extent, text)
            }
            (Value::Formula(_), Some(formula)) => {
                let extent = formula.program.shape().extent;
                let text = formula.text.clone();
                (InputValue::Computed(Box::new(formula)), extent, text)
            }
            (Value::Formula(_), None) => return None,
        };
        Some(Input {
            name: written.name,
            extent,
            time: written.time,
            common: written.common,
            value,
            recipe,
            text,
            unit: written.unit,
            source: written.source,
            place: Some(written.key),
        })
    });
    finished.collect()
}

fn value<'n>(door: &mut Decoder, node: &'n Node, levers: &[Lever]) -> Option<Value<'n>> {
    match &node.kind {
        Kind::Text(_) => Some(Value::Formula(node)),
        Kind::Number(_) => {
            let value = number(door, node)?;
            let parameters = Parameters::new().with("value", value);
            let fixed = registry::build("Fixed", &parameters).ok()?;
            let recipe = Recipe { name: "Fixed".to_owned(), parameters };
            Some(Value::Drawn((Arc::from(fixed), recipe), spelled(node)))
        }
        _ => distribution(door, node, levers).map(|drawn| Value::Drawn(drawn, spelled(node))),
    }
}

fn extent(door: &mut Decoder, node: &Node) -> Option<Extent> {
    let choices = [
        ("Nation", Extent::Nation),
        ("Municipality", Extent::Municipality),
        ("Point", Extent::Point),
    ];
    one_of_names(&choices)(door, node)
}

fn time(door: &mut Decoder, node: &Node) -> Option<Time> {
    variants(&[
        ("Once", |door, node| one_of_names(&[("Once", Time::Once)])(door, node)),
        ("Yearly", |door, node| {
            let mut fields = door.fields_of(node, "Yearly")?;
            let persistence = fields.or("persistence", persistence, 0.0);
            fields.finish();
            Some(Time::Yearly { persistence: persistence? })
        }),
        ("RandomWalk", |door, node| {
            let mut fields = door.fields_of(node, "RandomWalk")?;
            let start = fields.required("start", number);
            fields.finish();
            Some(Time::RandomWalk { start: start? })
        }),
    ])(door, node)
}

fn persistence(door: &mut Decoder, node: &Node) -> Option<f64> {
    let value = number(door, node)?;
    if value > -1.0 && value < 1.0 {
        return Some(value);
    }
    let help = (value == 1.0).then(|| "what never fades is a `RandomWalk(start: …)`".to_owned());
    door.out_of_range(value, &node.place, "between -1 and 1, both excluded", help)
}

fn common(door: &mut Decoder, node: &Node) -> Option<Common> {
    let mut fields: Fields<'_, '_> = door.fields(node, "common shares")?;
    let nation = fields.required("nation", share);
    let municipality = fields.or("municipality", share, 0.0);
    fields.finish();
    Some(Common { nation: nation?, municipality: municipality? })
}
