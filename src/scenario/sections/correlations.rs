//! Which inputs move together: pairs of inputs with a rank correlation.

use std::collections::BTreeMap;

use super::inputs::{Chance, Known};
use crate::expression::Extent;
use crate::model::{Correlation, Dependence, Input, MOST_TIED, Obstacle, Time};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, filled, number, pair, placed, quoted, spoken, text};
use crate::scenario::tree::{Kind, Node, shortened};

/// How many places a problem shows beside the first.
const MOST_SHOWN: usize = 4;
/// How many pairs a suggestion writes out.
const MOST_WRITTEN: usize = 15;

/// A correlation as written, as far as it could be read.
struct Written {
    /// The two names, and where they stand together.
    of: Option<([(String, Place); 2], Place)>,
    rank: Option<f64>,
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
    let obstacles = match Dependence::new(inputs, found.clone()) {
        Ok(dependence) => return Some(dependence),
        Err(obstacles) => obstacles,
    };
    for obstacle in obstacles {
        door.tell(Told { inputs, correlations: &found }.told(&obstacle));
    }
    None
}

fn written(door: &mut Decoder, node: &Node) -> Option<Written> {
    let mut fields = door.fields(node, "a correlation")?;
    let of = fields.required("of", placed(pair(placed(filled), placed(filled))));
    let rank = fields.required("rank", rank);
    let source = fields.or("source", text, String::new());
    fields.finish();
    Some(Written { of: of.map(|((one, other), place)| ([one, other], place)), rank, source })
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
    let ([one, other], place) = written.of?;
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
            .at(&place, "again here")
            .also(first, "first here")
            .note("the order of the two names has no meaning");
        return door.refuse(problem.help("leave one of them out"));
    }
    first.insert(pair, place.clone());
    let moves = [(&known[index], &one), (&known[to], &other)].map(|(known, named)| {
        let problem = without_chance(known, named);
        let moves = problem.is_none();
        if let Some(problem) = problem {
            door.tell(problem);
        }
        moves
    });
    if moves != [true; 2] {
        return None;
    }
    if let Some(problem) = unlike(&known[index], &known[to], &place) {
        return door.refuse(problem);
    }
    let (rank, source) = (written.rank?, written.source?);
    Some(Correlation { of: [index, to], rank, source, place: Some(place) })
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

/// What obstacles are told of.
#[derive(Clone, Copy)]
struct Told<'s> {
    inputs: &'s [Input],
    correlations: &'s [Correlation],
}

impl Told<'_> {
    /// The problem of correlations that cannot be had.
    fn told(self, obstacle: &Obstacle) -> Problem {
        match obstacle {
            Obstacle::Beyond { correlation, most } => self.beyond(*correlation, *most),
            Obstacle::TooMany { inputs } => {
                let message = format!(
                    "correlations tie {} inputs to each other, and may tie {MOST_TIED}",
                    inputs.len()
                );
                let of_them = |correlation: &&Correlation| inputs.contains(&correlation.of[0]);
                let problem = Problem::error(codes::TOO_MANY_TIED, message);
                at(problem, self.correlations.iter().filter(of_them).take(1))
                    .help("leave out the weakest, or let formulas share one input among many")
            }
            Obstacle::Together { correlations, smallest, nearest, multiple } => {
                let message = format!(
                    "these correlations cannot hold together: the smallest eigenvalue of their \
                     matrix is {}, and must not be below 0",
                    spoken((smallest * 1000.0).round() / 1000.0)
                );
                let written: Vec<&Correlation> = correlations
                    .iter()
                    .filter_map(|number| self.correlations.get(*number))
                    .collect();
                let problem = Problem::error(codes::IMPOSSIBLE_TOGETHER, message);
                at(problem, written.iter().copied())
                    .note(
                        "what moves with an input moves with what that moves with; a pair that is \
                         not written counts as 0",
                    )
                    .help(self.instead(&written, nearest, *multiple))
            }
        }
    }

    fn beyond(self, number: usize, most: f64) -> Problem {
        let correlation = self.correlations.get(number);
        let of = correlation.map_or([0, 0], |correlation| correlation.of);
        let names = of.map(|input| quoted(self.name(input))).join(" and ");
        let most = spoken((most * 100.0).floor() / 100.0);
        let message = format!("{names} reach a rank correlation of at most {most}");
        let [one, other] = of.map(|input| self.inputs.get(input));
        let same = |of: fn(&Input, &Input) -> bool| {
            one.zip(other).is_some_and(|(one, other)| of(one, other))
        };
        let (field, note) = if same(|one, other| one.common == other.common) {
            (
                "`persistence`",
                "what one remembers from years before, and the other does not, cannot move together",
            )
        } else if same(|one, other| one.time == other.time) {
            (
                "`common`",
                "what one has in common, and the other for each alone, cannot move together",
            )
        } else {
            (
                "`common` and `persistence`",
                "neither what only one has in common, nor what only one remembers, can move together",
            )
        };
        at(Problem::error(codes::BEYOND_REACH, message), correlation.into_iter())
            .note(note)
            .help(format!("write at most {most}, or give both the same {field}"))
    }

    /// What can be written in place of correlations that cannot hold together.
    fn instead(
        self,
        written: &[&Correlation],
        nearest: &[([usize; 2], f64)],
        multiple: f64,
    ) -> String {
        let is_written = |pair: &[usize; 2]| {
            written.iter().any(|found| pair.iter().all(|input| found.of.contains(input)))
        };
        let needed: Vec<String> = nearest
            .iter()
            .filter(|(pair, rank)| *rank != 0.0 || is_written(pair))
            .map(|(pair, rank)| {
                let names = pair.map(|input| format!("\"{}\"", shortened(self.name(input))));
                format!("(of: ({}), rank: {})", names.join(", "), spoken(*rank))
            })
            .collect();
        let smaller = format!("multiply all of them by {}", spoken(multiple));
        if needed.len() > MOST_WRITTEN {
            return smaller;
        }
        format!("the nearest that can: {}; or {smaller}", needed.join(", "))
    }

    fn name(&self, input: usize) -> &str {
        self.inputs.get(input).map_or("", |input| input.name.as_str())
    }
}

/// A problem at the first of some correlations, with the next few beside it.
fn at<'c>(mut problem: Problem, mut all: impl Iterator<Item = &'c Correlation>) -> Problem {
    if let Some(place) = all.next().and_then(|first| first.place.as_ref()) {
        problem = problem.at(place, "");
    }
    for place in all.filter_map(|next| next.place.as_ref()).take(MOST_SHOWN) {
        problem = problem.also(place, "and this");
    }
    problem
}
