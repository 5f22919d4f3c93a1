//! The money of a programme: appropriation by year, top slice, what becomes of unspent money.

use super::formula::{Locals, Want};
use super::vocabulary::Vocabulary;
use crate::model::{Appropriation, Formula, Pot, TopSlice, Unspent, Variable, Years};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{
    Decoder, Fields, above, entries, named_values, one_of_names, spelled, variants, year,
};
use crate::scenario::tree::{Kind, Node};

/// The parts of a pot that are given.
#[derive(Clone, Debug, Default)]
pub struct Given {
    appropriation: Option<(Sums, Place)>,
    later: Option<Later>,
    top_slice: Option<Vec<TopSlice>>,
    unspent: Option<Unspent>,
}

#[derive(Clone, Debug)]
enum Sums {
    OpenEnded,
    /// Rising years.
    Yearly(Vec<(i32, Formula)>),
}

/// What holds in years after one that is given.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Later {
    Same,
    Zero,
    Growing(f64),
}

impl Given {
    /// Asks for the fields of a pot: what is given, and whether all of it could be read. `path`
    /// names the programme.
    pub fn read(fields: &mut Fields<'_, '_>, words: &Vocabulary, path: &str) -> (Self, bool) {
        let appropriation = fields.optional("appropriation", |door, node| {
            let sums = sums(door, node, words, &format!("{path}.appropriation"))?;
            Some((sums, node.head()))
        });
        let later = fields.optional("later", later);
        let top_slice = fields.optional("top_slice", |door, node| {
            top_slice(door, node, words, &format!("{path}.top_slice"))
        });
        let unspent = fields.optional(
            "unspent",
            one_of_names(&[
                ("Lapses", Unspent::Lapses),
                ("Carries", Unspent::Carries),
                ("Reoffered", Unspent::Reoffered),
            ]),
        );
        let is_sound =
            appropriation.is_some() && later.is_some() && top_slice.is_some() && unspent.is_some();
        let given = Self {
            appropriation: appropriation.flatten(),
            later: later.flatten(),
            top_slice: top_slice.flatten(),
            unspent: unspent.flatten(),
        };
        (given, is_sound)
    }

    /// These parts, and those of another where they are not given.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        Self {
            appropriation: self.appropriation.or_else(|| base.appropriation.clone()),
            later: self.later.or(base.later),
            top_slice: self.top_slice.or_else(|| base.top_slice.clone()),
            unspent: self.unspent.or(base.unspent),
        }
    }

    /// The pot of every simulated year.
    pub fn pot(self, door: &mut Decoder, words: &Vocabulary, years: Years) -> Option<Pot> {
        let later = self.later.unwrap_or(Later::Same);
        let appropriation = match self.appropriation? {
            (Sums::OpenEnded, _) => Appropriation::OpenEnded,
            (Sums::Yearly(given), place) => {
                for (year, formula) in given.iter().filter(|(year, _)| *year > years.last) {
                    let message = format!(
                        "the appropriation of {year} has no effect: the last year is {}",
                        years.last
                    );
                    let at = formula.place.as_ref().unwrap_or(&place);
                    let problem = Problem::warning(codes::NO_EFFECT, message).at(at, "");
                    door.tell(problem.help(format!("remove it, or let `years` last until {year}")));
                }
                Appropriation::Yearly(expanded(door, words, &given, later, years, &place)?)
            }
        };
        Some(Pot {
            appropriation,
            top_slice: self.top_slice.unwrap_or_default(),
            unspent: self.unspent.unwrap_or(Unspent::Lapses),
        })
    }
}

fn sums(door: &mut Decoder, node: &Node, words: &Vocabulary, path: &str) -> Option<Sums> {
    if !matches!(node.kind, Kind::Map(_)) {
        if node.name().is_none() {
            return door.wrong(node, "sums by year, or `OpenEnded`");
        }
        one_of_names(&[("OpenEnded", ())])(door, node)?;
        return Some(Sums::OpenEnded);
    }
    let want = Want::WORLD.national().amount();
    let sum = |door: &mut Decoder, key: &Node, sum: &Node| {
        let year = year(door, key);
        let sum = words.number(door, sum, &format!("{path}.{}", spelled(key)), want);
        Some((year?, sum?))
    };
    let mut sums: Vec<(i32, Formula)> = entries(sum)(door, node)?;
    if sums.is_empty() {
        let message = "an appropriation needs at least one year";
        let problem = Problem::error(codes::WRONG_COUNT, message).at(&node.head(), "");
        return door.refuse(problem.help("write `{ 2022: 250_000 }`, or `OpenEnded`"));
    }
    sums.sort_by_key(|(year, _)| *year);
    Some(Sums::Yearly(sums))
}

fn later(door: &mut Decoder, node: &Node) -> Option<Later> {
    variants(&[
        ("Same", |door, node| one_of_names(&[("Same", Later::Same)])(door, node)),
        ("Zero", |door, node| one_of_names(&[("Zero", Later::Zero)])(door, node)),
        ("Growing", |door, node| {
            let mut fields = door.fields_of(node, "Growing")?;
            let rate = fields.required("rate", above(-1.0));
            fields.finish();
            rate.map(Later::Growing)
        }),
    ])(door, node)
}

fn top_slice(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    path: &str,
) -> Option<Vec<TopSlice>> {
    let want = Want::WORLD.national().amount();
    let read: Vec<Option<TopSlice>> =
        named_values(door, node, "a map, written `{\"publicity\": 10_000}`")?
            .into_iter()
            .map(|(name, _, node)| {
                let amount = words.number(door, node, &format!("{path}.{name}"), want)?;
                Some(TopSlice { name, amount })
            })
            .collect();
    read.into_iter().collect()
}

/// The sum of every simulated year from those that are given.
fn expanded(
    door: &mut Decoder,
    words: &Vocabulary,
    given: &[(i32, Formula)],
    later: Later,
    years: Years,
    place: &Place,
) -> Option<Vec<Formula>> {
    let sums: Vec<Option<Formula>> = years
        .iter()
        .map(|year| {
            let Some((from, sum)) = given.iter().rev().find(|(from, _)| *from <= year) else {
                let message = format!("{year} has no appropriation");
                let first = given.first().map_or(year, |(first, _)| *first);
                let problem = Problem::error(codes::MISSING_YEAR, message).at(place, "");
                return door.refuse(problem.help(format!(
                    "the first sum is that of {first}: write a sum for {year}, 0 if there is none"
                )));
            };
            match later {
                _ if *from == year => Some(sum.clone()),
                Later::Same => Some(sum.clone()),
                Later::Zero => times(door, words, sum, 0.0),
                Later::Growing(rate) => {
                    let factor = (*from..year).fold(1.0, |factor, _| factor * (1.0 + rate));
                    times(door, words, sum, factor)
                }
            }
        })
        .collect();
    sums.into_iter().collect()
}

/// A sum times a number.
fn times(door: &mut Decoder, words: &Vocabulary, sum: &Formula, factor: f64) -> Option<Formula> {
    let want = Want::WORLD.national();
    let place = sum.place.clone()?;
    if let Some(value) = sum.program.constant() {
        let text = (value * factor).to_string();
        return words.generated(door, &text, &place, want, &[], &Locals::default());
    }
    if factor == 0.0 {
        return words.generated(door, "0", &place, want, &[], &Locals::default());
    }
    // A distribution is called by a name of its own.
    let in_place = match &sum.variables[..] {
        [Variable::Input(input)] if *input >= words.inputs.len() => Some(*input),
        _ => None,
    };
    let (text, locals) = match in_place {
        Some(input) => ("drawn".to_owned(), Locals(vec![("drawn".to_owned(), input)])),
        None => (format!("({})", sum.text), Locals::default()),
    };
    let formula =
        words.generated(door, &format!("{text} * {factor}"), &place, want, &[], &locals)?;
    Some(Formula { text: format!("{} * {factor}", sum.text), ..formula })
}
