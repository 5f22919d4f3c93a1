//! What formulas may name, apart from where each stands: columns, levers, inputs, tiers.

use std::cell::RefCell;

use super::lost::Lost;
use super::words::is_name;
use crate::expression::{Extent, functions};
use crate::model::{Input, Lever, Mode, Municipalities, Points, QUANTITIES, Quantity, Years};
use crate::problem::{Place, Problem, codes, first_hidden};
use crate::scenario::decode::{Decoder, quoted};

/// Everything that formulas may name.
#[derive(Debug)]
pub struct Vocabulary {
    /// The years of the scenario, where it has any.
    pub years: Option<Years>,
    /// The municipalities, with their columns.
    pub municipalities: Municipalities,
    /// The points, with their columns.
    pub points: Points,
    /// The levers, in order of declaration.
    pub levers: Vec<Lever>,
    /// The declared inputs, in order of declaration.
    pub inputs: Vec<Declared>,
    /// Distributions written in place: inputs that stand after the declared ones.
    pub in_place: RefCell<Vec<Input>>,
    /// Names of the tiers, also where a tier is wrong.
    pub tiers: Vec<String>,
    /// What a point waits for.
    pub mode: Mode,
    /// Names in what could not be read: they only seem unknown.
    pub lost: Lost,
    /// Columns that the files have and formulas do not see, with file and section.
    pub unlisted: Vec<(String, String, &'static str)>,
    /// All lines of the worksheet that is being read, also those further down.
    pub worksheet: RefCell<Vec<String>>,
    /// Names that are wrong, with every place: told together at the end.
    pub wrong_names: RefCell<Vec<Problem>>,
}

/// A declared input, as far as formulas that name it must know it.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub extent: Extent,
    /// Whether it is computed from `pay_index` or `price_index`.
    pub is_indexed: bool,
}

/// Names with a meaning of their own, whether or not it holds everywhere.
const RESERVED: &[&str] = &[
    "year",
    "pay_index",
    "price_index",
    "appropriation",
    "available",
    "entitlement_last_year",
    "award_last_year",
    "entitlement",
    "award",
    "own_share",
];

/// A quantity by its name, of one tier where the name ends so. `eligible_cost` is not among them.
pub fn quantity(name: &str, tiers: &[String]) -> Option<(Quantity, Option<usize>)> {
    if let Some(quantity) = Quantity::by_name(name) {
        return Some((quantity, None));
    }
    let (stem, tier) = of_tier(name, tiers)?;
    Quantity::by_name(stem).map(|quantity| (quantity, Some(tier)))
}

/// A name that ends in `_TIER`: what stands before, and the tier.
pub fn of_tier<'n>(name: &'n str, tiers: &[String]) -> Option<(&'n str, usize)> {
    let tier = |(index, tier): (usize, &String)| {
        let stem = name.strip_suffix(tier.as_str())?.strip_suffix('_')?;
        Some((stem, index))
    };
    tiers.iter().enumerate().filter_map(tier).find(|(stem, _)| {
        *stem == "eligible_cost" || QUANTITIES.iter().any(|doc| doc.name == *stem)
    })
}

/// Whether a name has a meaning of its own.
pub fn is_reserved(name: &str, tiers: &[String]) -> bool {
    let cost = |name: &str| name == "eligible_cost";
    RESERVED.contains(&name)
        || cost(name)
        || quantity(name, tiers).is_some()
        || of_tier(name, tiers).is_some_and(|(stem, _)| cost(stem))
}

impl Vocabulary {
    /// The index of a declared input.
    pub fn input(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input.name == name)
    }

    /// The index of a lever.
    pub fn lever(&self, name: &str) -> Option<usize> {
        self.levers.iter().position(|lever| lever.name == name)
    }

    /// The index of a column of the municipalities.
    pub fn municipality_column(&self, name: &str) -> Option<usize> {
        self.municipalities.table.columns.iter().position(|column| column.name == name)
    }

    /// The index of a column of the points.
    pub fn point_column(&self, name: &str) -> Option<usize> {
        self.points.table.columns.iter().position(|column| column.name == name)
    }

    /// What a name stands for already, in a few words.
    pub fn meaning(&self, name: &str) -> Option<&'static str> {
        if is_reserved(name, &self.tiers) {
            Some("a quantity of the model")
        } else if self.lever(name).is_some() {
            Some("a lever")
        } else if self.input(name).is_some() {
            Some("an input")
        } else if self.municipality_column(name).is_some() {
            Some("a column of the municipalities")
        } else if self.point_column(name).is_some() {
            Some("a column of the points")
        } else {
            None
        }
    }

    /// Tells a name that formulas cannot call, or that something else has. `what` is "a line".
    pub fn new_name(
        &self,
        door: &mut Decoder,
        name: &str,
        place: &Place,
        what: &str,
    ) -> Option<()> {
        callable(door, name, place, what)?;
        let Some(meaning) = self.meaning(name) else { return Some(()) };
        let message = format!("{what} cannot be called {}: that is {meaning}", quoted(name));
        let problem = Problem::error(codes::DUPLICATE_NAME, message).at(place, "");
        door.refuse(problem.help("choose another name, so that formulas are clear"))
    }

    /// Keeps the problem of a name that is wrong: what is the same elsewhere is told once, with its
    /// places.
    pub fn keep_wrong_name(&self, problem: Problem) {
        const MOST_PLACES: usize = 4;
        let mut kept = self.wrong_names.borrow_mut();
        let alike = |other: &&mut Problem| {
            other.code == problem.code
                && other.message == problem.message
                && other.help == problem.help
        };
        let Some(first) = kept.iter_mut().find(alike) else { return kept.push(problem) };
        let places = problem.at.into_iter().chain(problem.also).map(|(place, _)| place);
        first.also.extend(places.map(|place| (place, "and here".to_owned())));
        let more = first.also.len().saturating_sub(MOST_PLACES - 1);
        if more > 0 {
            first.note = Some(format!("it stands in {} places", first.also.len() + 1));
        }
    }

    /// Tells the names that are wrong, each once.
    pub fn tell_wrong_names(&self, door: &mut Decoder) {
        const MOST_SHOWN: usize = 3;
        for mut problem in self.wrong_names.take() {
            problem.also.truncate(MOST_SHOWN);
            door.tell(problem);
        }
    }
}

/// Tells a name that is not a word of formulas, or that is a function.
pub fn callable(door: &mut Decoder, name: &str, place: &Place, what: &str) -> Option<()> {
    let is_function = functions().iter().any(|function| function.name == name);
    if is_name(name) && !is_function {
        return Some(());
    }
    // A letter that nobody sees has been told.
    if first_hidden(name).is_some() {
        return None;
    }
    if is_function {
        let name = quoted(name);
        let message = format!("{what} cannot be called {name}: that is a function");
        let problem = Problem::error(codes::UNUSABLE_NAME, message).at(place, "");
        return door.refuse(problem.help("choose another name"));
    }
    let message = format!("formulas cannot call {}", quoted(name));
    let problem = Problem::error(codes::UNUSABLE_NAME, message).at(place, "");
    let usable = usable(name);
    let rule = "a name is letters, digits and underscores, and begins with a letter";
    door.refuse(problem.help(if is_name(&usable) && usable.chars().count() <= LONGEST_PROPOSAL {
        format!("{rule}: `{usable}`")
    } else {
        rule.to_owned()
    }))
}

/// The longest name that is proposed.
const LONGEST_PROPOSAL: usize = 60;

/// A name with underscores in place of what formulas cannot read.
fn usable(name: &str) -> String {
    let letter = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    name.trim().chars().map(letter).collect()
}
