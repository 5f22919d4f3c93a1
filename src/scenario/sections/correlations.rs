//! Which inputs move together: pairs of inputs with a rank correlation.

use std::collections::BTreeMap;

use super::inputs::{Chance, Known};
use crate::expression::Extent;
use crate::model::{Correlation, Dependence, Input, MOST_TIED, Obstacle, Time};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, filled, number, pair, placed, quoted, spoken, text};
use crate::scenario::tree::{Kind, Node};

/// How many places a problem shows beside the first.
const MOST_SHOWN: usize = 4;
/// How many pairs a suggestion writes out.
const MOST_WRITTEN: usize = 15;

/// A correlation as written, as far as it could be read.
struct Written {
    of: Option<[(String, Place); 2]>,
    rank: Option<(f64, Place)>,
    source: Option<String>,
}

/// Reads the section against the inputs that are known, whatever is wrong with others. `inputs` are
/// all inputs of the scenario, where none is wrong.
pub fn correlations(
    door: &mut Decoder,
    node: &Node,
    known: &[Known],
    inputs: Option<&[Input]>,
) -> Option<Dependence> {
    let Kind::List(items) = &node.kind else {
        return door.wrong(node, "a list, written `[(of: (\"…\", \"…\"), rank: 0.5)]`");
    };
    let mut first = BTreeMap::new();
    let mut found = Some(Vec::new());
    for item in items {
        let read = written(door, item);
        let judged = read.and_then(|read| judge(door, read, known, &mut first));
        found = found.zip(judged).map(|(mut found, judged)| {
            found.push(judged);
            found
        });
    }
    let (found, inputs) = (found?, inputs?);
    let places: Vec<Option<Place>> = found.iter().map(|found| found.place.clone()).collect();
    match Dependence::new(inputs, found) {
        Ok(dependence) => Some(dependence),
        Err(obstacles) => {
            for obstacle in obstacles {
                door.tell(told(&obstacle, inputs, items, &places));
            }
            None
        }
    }
}

fn written(door: &mut Decoder, node: &Node) -> Option<Written> {
    let mut fields = door.fields(node, "a correlation")?;
    let of = fields.required("of", pair(placed(filled), placed(filled)));
    let rank = fields.required("rank", placed(rank));
    let source = fields.or("source", text, String::new());
    fields.finish();
    Some(Written { of: of.map(|(one, other)| [one, other]), rank, source })
}

fn rank(door: &mut Decoder, node: &Node) -> Option<f64> {
    let value = number(door, node)?;
    if (-1.0..=1.0).contains(&value) {
        return Some(value);
    }
    let percent = value.abs() >= 2.0 && value.abs() <= 100.0;
    let help = percent.then(|| format!("{} % is written {}", spoken(value), spoken(value / 100.0)));
    door.out_of_range(value, &node.place, "from -1 to 1", help)
}

/// Judges one correlation by itself and against those before it.
fn judge(
    door: &mut Decoder,
    written: Written,
    known: &[Known],
    first: &mut BTreeMap<[usize; 2], Place>,
) -> Option<Correlation> {
    let [one, other] = written.of?;
    let names: Vec<&str> = known.iter().map(|known| known.name.as_str()).collect();
    let find = |door: &mut Decoder, (name, place): &(String, Place)| {
        door.declared(name, place, "an input", names.iter().copied())
    };
    let (index, to) = (find(door, &one), find(door, &other));
    let (index, to) = (index?, to?);
    let pair = [index.min(to), index.max(to)];
    if index == to {
        let message = format!("{} is correlated with itself", quoted(&one.0));
        let problem = Problem::error(codes::SELF_CORRELATION, message).at(&other.1, "");
        return door.refuse(problem.help("name two different inputs"));
    }
    if let Some(first) = first.get(&pair) {
        let message =
            format!("the pair {} and {} is correlated twice", quoted(&one.0), quoted(&other.0));
        let problem = Problem::error(codes::REPEATED_PAIR, message)
            .at(&other.1, "again here")
            .also(first, "first here")
            .note("the order of the two names has no meaning");
        return door.refuse(problem.help("leave one of them out"));
    }
    first.insert(pair, other.1.clone());
    let moves = [(&known[index], &one), (&known[to], &other)].map(|(known, named)| {
        let problem = without_chance(known, named);
        let moves = problem.is_none();
        problem.map(|problem| door.tell(problem));
        moves
    });
    if moves != [true; 2] {
        return None;
    }
    if let Some(problem) = unlike(&known[index], &known[to], &other.1) {
        return door.refuse(problem);
    }
    let (rank, _) = written.rank?;
    let source = written.source?;
    Some(Correlation { of: [index, to], rank, source, place: Some(other.1) })
}

/// What is wrong with correlating an input that is not drawn.
fn without_chance(known: &Known, (name, place): &(String, Place)) -> Option<Problem> {
    let (message, help) = match known.chance {
        Chance::Unknown | Chance::Drawn => return None,
        Chance::Computed => (
            format!("{} is computed by a formula and has no chance of its own", quoted(name)),
            "correlate the inputs that its formula names",
        ),
        Chance::Fixed => (
            format!("{} always has the same value, so nothing moves with it", quoted(name)),
            "give it a distribution, or remove the correlation",
        ),
    };
    Some(Problem::error(codes::NO_CHANCE, message).at(place, "").help(help))
}

/// What is wrong with two inputs whose values have no entity, or no year, in common.
fn unlike(one: &Known, other: &Known, place: &Place) -> Option<Problem> {
    if [one, other].iter().any(|known| known.chance == Chance::Unknown) {
        return None;
    }
    let names = [&one.name, &other.name].map(|name| quoted(name));
    let refuse = |what: [&str; 2], note: &str, help: &str| {
        let [one, other] = &names;
        let message = format!("{one} is drawn {}, {other} {}", what[0], what[1]);
        let problem = Problem::error(codes::UNLIKE_INPUTS, message).at(place, "");
        Some(problem.note(note).help(help))
    };
    if one.extent != other.extent {
        return refuse(
            [one, other].map(|known| extent(known.extent)),
            "a correlation ties two values of the same entity",
            "give both the same `extent`, or let a formula tie them",
        );
    }
    if kind(one.time) != kind(other.time) {
        return refuse(
            [one, other].map(|known| kind(known.time)),
            "a correlation ties two values of the same year, or two steps",
            "give both the same `time`, or let a formula tie them",
        );
    }
    None
}

fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Nation => "for the nation",
        Extent::Municipality => "for each municipality",
        Extent::Point => "for each point",
    }
}

fn kind(time: Time) -> &'static str {
    match time {
        Time::Once => "once",
        Time::Yearly { .. } => "each year",
        Time::RandomWalk { .. } => "as a random walk",
    }
}

/// The problem of correlations that cannot be had.
fn told(
    obstacle: &Obstacle,
    inputs: &[Input],
    items: &[Node],
    places: &[Option<Place>],
) -> Problem {
    let name = |input: usize| inputs.get(input).map_or("", |input| input.name.as_str());
    let of = |number: usize| items.get(number).and_then(|item| item.field("of"));
    let place_of = |number: usize| {
        let place = of(number).map(|of| of.place.clone());
        place.or_else(|| places.get(number).cloned().flatten())
    };
    let at = |mut problem: Problem, numbers: &[usize]| {
        let mut found = numbers.iter().filter_map(|number| place_of(*number));
        if let Some(place) = found.next() {
            problem = problem.at(&place, "");
        }
        for place in found.take(MOST_SHOWN) {
            problem = problem.also(&place, "and this");
        }
        problem
    };
    match obstacle {
        Obstacle::Beyond { correlation, most } => {
            let names: Vec<String> = items
                .get(*correlation)
                .and_then(|item| item.field("of"))
                .map(|of| pair_names(of).iter().map(|name| quoted(name)).collect())
                .unwrap_or_default();
            let most = spoken((most * 100.0).floor() / 100.0);
            let message =
                format!("{} reach a rank correlation of at most {most}", names.join(" and "));
            let problem = at(Problem::error(codes::BEYOND_REACH, message), &[*correlation]);
            problem
                .note(
                    "shares of their variance that only one of them has in common, and years that \
                     only one of them remembers, cannot move together",
                )
                .help(format!(
                    "write at most {most}, or give both the same `common` and `persistence`"
                ))
        }
        Obstacle::TooMany { inputs } => {
            let message = format!(
                "correlations tie {} inputs together, and may tie {MOST_TIED}",
                inputs.len()
            );
            let all: Vec<usize> = (0..items.len()).collect();
            let problem = at(Problem::error(codes::TOO_MANY_TIED, message), &all[..1.min(all.len())]);
            problem.help("leave out the weakest, or let a formula share one input among many")
        }
        Obstacle::Together { correlations, smallest, nearest, multiple } => {
            let message = format!(
                "no numbers move like this: the smallest eigenvalue of these correlations is {}, \
                 and must not be below 0",
                spoken((smallest * 1000.0).round() / 1000.0)
            );
            let problem = at(Problem::error(codes::IMPOSSIBLE_TOGETHER, message), correlations);
            let written = |pair: &[usize; 2]| {
                correlations.iter().any(|number| {
                    let names = of(*number).map(pair_names).unwrap_or_default();
                    pair.iter().all(|input| names.iter().any(|found| found == name(*input)))
                })
            };
            let needed: Vec<String> = nearest
                .iter()
                .filter(|(pair, rank)| *rank != 0.0 || written(pair))
                .map(|([one, other], rank)| {
                    let [one, other] = [*one, *other].map(|input| shown(name(input)));
                    format!("(of: ({one}, {other}), rank: {})", spoken(*rank))
                })
                .collect();
            let smaller = format!("multiply all of them by {}", spoken(*multiple));
            problem
                .note(
                    "what moves with one input moves with what that moves with; a pair that is not \
                     written counts as 0",
                )
                .help(if needed.len() > MOST_WRITTEN {
                    smaller
                } else {
                    format!("the nearest that some do: {}; or {smaller}", needed.join(", "))
                })
        }
    }
}

fn shown(name: &str) -> String {
    format!("\"{}\"", quoted(name).trim_matches('`'))
}

/// The two names of a pair as written.
fn pair_names(of: &Node) -> Vec<String> {
    match &of.kind {
        Kind::List(items) | Kind::Tuple(None, items) => {
            let texts = items.iter().filter_map(Node::as_text);
            texts.map(|text| text.value.to_string()).collect()
        }
        _ => Vec::new(),
    }
}
