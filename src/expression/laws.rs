//! Any formula, compiled and run over a block, gives what a plain recursive reading of it gives row by row and draw
//! by draw.

use proptest::prelude::*;

use super::round::round_half_up;
use super::world::World;
use super::{Extent, Kind, Scratch, Shape, compile, syntax};
use crate::numeric::{LANES, cos, exp, ln, pow, sin};

/// A formula as the plain reading knows it.
#[derive(Clone, Debug)]
enum Tree {
    Number(f64),
    Name(&'static str),
    TextIs(&'static str, &'static str),
    Prefix(&'static str, Box<Tree>),
    Infix(&'static str, Box<Tree>, Box<Tree>),
    Call(&'static str, Vec<Tree>),
    Table(&'static str, Box<Tree>, Vec<(f64, Tree)>),
    Across(&'static str, Box<Tree>, Option<&'static str>),
    LevelUp([Box<Tree>; 3], Option<&'static str>),
    PeerSum([Box<Tree>; 2], Option<&'static str>),
    Given(&'static str, Box<Tree>),
    Points(&'static str, Box<Tree>),
}

impl Tree {
    fn text(&self) -> String {
        match self {
            Self::Number(value) => format!("{value}"),
            Self::Name(name) => (*name).to_string(),
            Self::TextIs(column, text) => format!("({column} == '{text}')"),
            Self::Prefix(sign, a) => format!("({sign} {})", a.text()),
            Self::Infix(sign, a, b) => format!("({} {sign} {})", a.text(), b.text()),
            Self::Call(name, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(Self::text).collect();
                format!("{name}({})", arguments.join(", "))
            }
            Self::Table(name, x, steps) => {
                let steps: Vec<String> =
                    steps.iter().map(|(at, value)| format!("({at}, {})", value.text())).collect();
                format!("{name}({}, [{}])", x.text(), steps.join(", "))
            }
            Self::LevelUp([a, b, c], by) => {
                let by = by.map_or_else(String::new, |by| format!(", by: {by}"));
                format!("level_up({}, {}, {}{by})", a.text(), b.text(), c.text())
            }
            Self::PeerSum([a, b], by) => {
                let by = by.map_or_else(String::new, |by| format!(", by: {by}"));
                format!("peer_sum({}, {}{by})", a.text(), b.text())
            }
            Self::Given(name, a) => format!("given({name}, {})", a.text()),
            Self::Across(name, a, Some(by)) => format!("{name}({}, by: {by})", a.text()),
            Self::Across(name, a, None) | Self::Points(name, a) => format!("{name}({})", a.text()),
        }
    }

    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Number(_) | Self::Name(_) | Self::TextIs(..) => Vec::new(),
            Self::Prefix(_, a) | Self::Across(_, a, _) | Self::Points(_, a) | Self::Given(_, a) => {
                vec![a]
            }
            Self::PeerSum(of, _) => of.iter().map(|a| &**a).collect(),
            Self::LevelUp(of, _) => of.iter().map(|a| &**a).collect(),
            Self::Infix(_, a, b) => vec![a, b],
            Self::Call(_, arguments) => arguments.iter().collect(),
            Self::Table(_, x, steps) => {
                std::iter::once(&**x).chain(steps.iter().map(|(_, value)| value)).collect()
            }
        }
    }

    /// The value of a part that needs no name; of a choice whose condition needs none, that of the branch.
    fn constant(&self, plain: &Plain) -> Option<f64> {
        match self {
            Self::Name(_)
            | Self::TextIs(..)
            | Self::Across(..)
            | Self::LevelUp(..)
            | Self::PeerSum(..)
            | Self::Given(..)
            | Self::Points(..) => return None,
            Self::Call("if", branches) => {
                let taken = if branches[0].constant(plain)? == 0.0 { 2 } else { 1 };
                return branches[taken].constant(plain);
            }
            Self::Table(name, x, steps) => {
                let x = x.constant(plain)?;
                let step = steps.iter().rposition(|(at, _)| *at <= x);
                let end = usize::from(*name == "interpolate");
                let first = step.unwrap_or(if *name == "interpolate" { 0 } else { steps.len() });
                let last = step.map_or(first, |step| step + end);
                for (_, value) in steps.iter().take(last + 1).skip(first) {
                    value.constant(plain)?;
                }
            }
            _ => {
                for part in self.parts() {
                    part.constant(plain)?;
                }
            }
        }
        Some(plain.value(self, 0, 0, 0))
    }

    fn has_a_part_without_value(&self, plain: &Plain) -> bool {
        self.constant(plain).is_some_and(|value| !value.is_finite())
            || self.parts().iter().any(|part| part.has_a_part_without_value(plain))
    }
}

/// The plain reading.
struct Plain<'w> {
    world: &'w World,
}

impl Plain<'_> {
    fn named(&self, name: &str, municipality: usize, point: usize, lane: usize) -> f64 {
        let column = self.world.columns.iter().find(|column| column.name == name).unwrap();
        let row = match column.shape.extent {
            Extent::Nation => 0,
            Extent::Municipality => municipality,
            Extent::Point => point,
        };
        if column.shape.random { column.values[row * LANES + lane] } else { column.values[row] }
    }

    fn value(&self, tree: &Tree, municipality: usize, point: usize, lane: usize) -> f64 {
        let at = |tree: &Tree| self.value(tree, municipality, point, lane);
        match tree {
            Tree::Number(value) => *value,
            Tree::Name(name) => self.named(name, municipality, point, lane),
            Tree::TextIs(column, text) => {
                let code = self.named(column, municipality, point, lane);
                let texts = &self.world.columns.iter().find(|c| c.name == *column).unwrap().texts;
                let wanted = texts.iter().position(|known| known == text).unwrap() as f64;
                if code.is_nan() { code } else { f64::from(u8::from(code == wanted)) }
            }
            Tree::Prefix("-", a) => -at(a),
            Tree::Prefix(_, a) => 1.0 - at(a),
            Tree::Infix(sign, a, b) => infix(sign, at(a), at(b)),
            Tree::Call("if", branches) => match at(&branches[0]) {
                condition if condition.is_nan() => condition,
                0.0 => at(&branches[2]),
                _ => at(&branches[1]),
            },
            Tree::Call(name, arguments) => {
                let arguments: Vec<f64> = arguments.iter().map(at).collect();
                call(name, &arguments)
            }
            Tree::Table(name, x, steps) => {
                let x = at(x);
                let Some(step) = steps.iter().rposition(|(from, _)| *from <= x) else {
                    let below = x < steps[0].0 && *name == "interpolate";
                    return if below { at(&steps[0].1) } else { f64::NAN };
                };
                let from = at(&steps[step].1);
                match steps.get(step + 1) {
                    Some((next, value)) if *name == "interpolate" => {
                        from + (x - steps[step].0)
                            * finite((at(value) - from) / (next - steps[step].0))
                    }
                    _ => from,
                }
            }
            Tree::LevelUp(of, by) => self.level_up(of, *by, municipality, lane),
            Tree::PeerSum([a, key], by) => {
                let group = |row: usize| by.map_or(0.0, |by| self.named(by, row, 0, lane));
                let (own, mine) = (group(municipality), self.value(key, municipality, 0, lane));
                if own.is_nan() || mine.is_nan() {
                    return f64::NAN;
                }
                (0..self.world.municipalities)
                    .filter(|row| group(*row) == own && self.value(key, *row, 0, lane) == mine)
                    .fold(0.0, |sum, row| sum + self.value(a, row, 0, lane))
            }
            Tree::Given(name, a) => {
                let given = self.named(name, municipality, point, lane);
                if given.is_nan() { at(a) } else { given }
            }
            Tree::Across(name, a, by) => self.across(name, a, *by, municipality, lane),
            Tree::Points(name, a) => {
                let own = |point: &usize| {
                    self.world.municipality_of_point[*point] as usize == municipality
                };
                let points = (0..self.world.municipality_of_point.len()).filter(own);
                let values: Vec<f64> =
                    points.map(|point| self.value(a, municipality, point, lane)).collect();
                reduce(name.trim_start_matches("point_"), &values)
            }
        }
    }

    fn across(
        &self,
        name: &str,
        a: &Tree,
        by: Option<&str>,
        municipality: usize,
        lane: usize,
    ) -> f64 {
        let group = |row: usize| by.map_or(0.0, |by| self.named(by, row, 0, lane));
        let own = group(municipality);
        if own.is_nan() {
            return own;
        }
        let rows: Vec<usize> =
            (0..self.world.municipalities).filter(|row| group(*row) == own).collect();
        let values: Vec<f64> = rows.iter().map(|row| self.value(a, *row, 0, lane)).collect();
        let mine = self.value(a, municipality, 0, lane);
        match name {
            "rank" if values.iter().any(|x| x.is_nan()) => f64::NAN,
            "rank" => 1.0 + values.iter().filter(|x| **x > mine).count() as f64,
            "share" => finite(mine / reduce("sum", &values)),
            _ => reduce(name.trim_end_matches("_of"), &values),
        }
    }
}

impl Plain<'_> {
    /// The lowest level at which the pot is used up, over every number of the poorest.
    fn level_up(
        &self,
        of: &[Box<Tree>; 3],
        by: Option<&str>,
        municipality: usize,
        lane: usize,
    ) -> f64 {
        let group = |row: usize| by.map_or(0.0, |by| self.named(by, row, 0, lane));
        let own = group(municipality);
        let all: Vec<[f64; 3]> = (0..self.world.municipalities)
            .filter(|row| group(*row) == own)
            .map(|row| [0, 1, 2].map(|part| self.value(&of[part], row, 0, lane)))
            .collect();
        let pot = all.first().map_or(f64::NAN, |first| first[2]);
        let sound = |[have, weight, its]: &[f64; 3]| {
            have.is_finite() && weight.is_finite() && *weight >= 0.0 && pot >= 0.0 && *its == pot
        };
        if own.is_nan() || !pot.is_finite() || !all.iter().all(sound) {
            return f64::NAN;
        }
        let mut poorest: Vec<[f64; 3]> = all.into_iter().filter(|basin| basin[1] > 0.0).collect();
        poorest.sort_by(|a, b| (a[0] / a[1]).total_cmp(&(b[0] / b[1])));
        let reached = |count: usize| {
            let had = poorest[..count].iter().fold(0.0, |sum, basin| sum + basin[0]);
            let weight = poorest[..count].iter().fold(0.0, |sum, basin| sum + basin[1]);
            (pot + had) / weight
        };
        let is_last = |count: &usize| {
            let next = poorest.get(*count).map_or(f64::INFINITY, |next| next[0] / next[1]);
            reached(*count) <= next
        };
        let [have, weight] = [0, 1].map(|part| self.value(&of[part], municipality, 0, lane));
        if pot == 0.0 {
            return 0.0;
        }
        let Some(count) = (1..=poorest.len()).find(is_last) else { return f64::NAN };
        let level = reached(count);
        if !level.is_finite() {
            return f64::NAN;
        }
        if weight > 0.0 && have / weight < level { (level * weight - have).max(0.0) } else { 0.0 }
    }
}

fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { f64::NAN }
}

fn reduce(name: &str, values: &[f64]) -> f64 {
    let sum = values.iter().fold(0.0, |sum, x| sum + x);
    match name {
        "sum" => sum,
        _ if values.is_empty() || values.iter().any(|x| x.is_nan()) => f64::NAN,
        "mean" => sum / values.len() as f64,
        "max" => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        "min" => values.iter().copied().fold(f64::INFINITY, f64::min),
        _ => unreachable!("{name}"),
    }
}

fn infix(sign: &str, a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    let truth = |holds: bool| f64::from(u8::from(holds));
    match sign {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => finite(a / b),
        "^" => finite(pow(a, b)),
        "<" => truth(a < b),
        "<=" => truth(a <= b),
        ">" => truth(a > b),
        ">=" => truth(a >= b),
        "==" => truth(a == b),
        "!=" => truth(a != b),
        "and" => truth(a == 1.0 && b == 1.0),
        "or" => truth(a == 1.0 || b == 1.0),
        _ => unreachable!("{sign}"),
    }
}

fn call(name: &str, x: &[f64]) -> f64 {
    if x.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    match name {
        "min" => x.iter().copied().fold(f64::INFINITY, f64::min),
        "max" => x.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        "clamp" if x[1] > x[2] => f64::NAN,
        "clamp" => x[0].max(x[1]).min(x[2]),
        "abs" => x[0].abs(),
        "round" => round_half_up(x[0], x.get(1).map_or(0, |digits| *digits as i32)),
        "floor" => x[0].floor(),
        "ceil" => x[0].ceil(),
        "sqrt" => x[0].sqrt(),
        "exp" => finite(exp(x[0])),
        "ln" if x[0] <= 0.0 => f64::NAN,
        "ln" => finite(ln(x[0])),
        "sin" => sin(x[0]),
        "cos" => cos(x[0]),
        "pow" => finite(pow(x[0], x[1])),
        _ => unreachable!("{name}"),
    }
}

/// Few different values, so that zeros, ties and faults are frequent.
fn any_value(name: usize, row: usize, lane: usize) -> f64 {
    let mixed = (name * 7919 + row * 104_729 + lane * 1_299_709 + 12_345) * 2_654_435_761;
    [-2.0, -1.0, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 10.0, 250.0, f64::NAN][(mixed >> 20) % 12]
}

fn world() -> World {
    let nan = f64::NAN;
    let flag = Shape { extent: Extent::Municipality, random: true };
    let flags = (0..5 * LANES).map(|k| f64::from(u8::from(any_value(9, k, 3) > 0.6))).collect();
    World::new(5, &[0, 4, 1, 0, 0, 2, 4, 1, 0])
        .fixed("nation", Extent::Nation, &[2.0])
        .random("nation_drawn", Extent::Nation, |row, lane| any_value(1, row, lane))
        .fixed("own", Extent::Municipality, &[1.0, 2.0, 2.0, 0.0, -1.0])
        .gaps("gaps", &[1.0, nan, -2.0, nan, 0.5])
        .random("own_drawn", Extent::Municipality, |row, lane| any_value(2, row, lane))
        .fixed("point", Extent::Point, &[1.0, 2.0, 2.0, 0.0, -1.0, 3.0, 0.5, 1.0, nan])
        .random("point_drawn", Extent::Point, |row, lane| any_value(3, row, lane))
        .text("region", Extent::Municipality, &["A", "B"], &[1.0, 0.0, 1.0, nan, 0.0])
        .text(
            "tier",
            Extent::Point,
            &["local", "county"],
            &[0.0, 1.0, 0.0, 0.0, 1.0, 0.0, nan, 0.0, 0.0],
        )
        .with("flag", 0, Kind::Truth, flag, flags, &[])
}

fn boxed(tree: Tree) -> Box<Tree> {
    Box::new(tree)
}

/// Numbers of at most so many levels; with names of points where `points`.
fn number(depth: u32, points: bool) -> BoxedStrategy<Tree> {
    let mut names = vec!["nation", "nation_drawn", "own", "own_drawn"];
    if points {
        names.extend(["point", "point_drawn"]);
    }
    let leaf = prop_oneof![
        1 => prop::sample::select(vec![0.0, 0.5, 1.0, 2.0, 3.0, 20_001.0]).prop_map(Tree::Number),
        3 => prop::sample::select(names).prop_map(Tree::Name),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = number(depth - 1, points);
    let steps = prop::collection::vec(inner.clone(), 1..4).prop_map(|values| {
        values.into_iter().enumerate().map(|(k, value)| (k as f64 * 0.5, value)).collect()
    });
    let infixes = prop::sample::select(vec!["+", "-", "*", "/", "^"]);
    let single = prop::sample::select(vec![
        "abs", "floor", "ceil", "sqrt", "exp", "ln", "sin", "cos", "round",
    ]);
    let double = prop::sample::select(vec!["min", "max", "pow"]);
    let across = vec!["sum", "mean", "max_of", "min_of", "rank", "share"];
    let of_points = vec!["point_sum", "point_mean", "point_max", "point_min"];
    prop_oneof![
        2 => leaf,
        6 => (infixes, inner.clone(), inner.clone())
            .prop_map(|(sign, a, b)| Tree::Infix(sign, boxed(a), boxed(b))),
        1 => inner.clone().prop_map(|a| Tree::Prefix("-", boxed(a))),
        2 => (single, inner.clone()).prop_map(|(name, a)| Tree::Call(name, vec![a])),
        2 => (double, inner.clone(), inner.clone()).prop_map(|(name, a, b)| Tree::Call(name, vec![a, b])),
        1 => (inner.clone(), inner.clone(), inner.clone())
            .prop_map(|(a, b, c)| Tree::Call("clamp", vec![a, b, c])),
        1 => (inner.clone(), 0..4_u8)
            .prop_map(|(a, d)| Tree::Call("round", vec![a, Tree::Number(f64::from(d))])),
        2 => (truth(depth - 1, points), inner.clone(), inner.clone())
            .prop_map(|(a, b, c)| Tree::Call("if", vec![a, b, c])),
        1 => (prop::sample::select(vec!["bracket", "interpolate"]), inner, steps)
            .prop_map(|(name, x, steps)| Tree::Table(name, boxed(x), steps)),
        3 => (prop::sample::select(across), number(depth - 1, false), any::<bool>())
            .prop_map(|(name, a, by)| Tree::Across(name, boxed(a), by.then_some("region"))),
        2 => (number(depth - 1, false), weight(), pot(), any::<bool>()).prop_map(|(a, b, c, by)| {
            Tree::LevelUp([boxed(a), boxed(b), boxed(c)], by.then_some("region"))
        }),
        1 => (number(depth - 1, false), number(depth - 1, false), any::<bool>()).prop_map(|(a, b, by)| {
            Tree::PeerSum([boxed(a), boxed(b)], by.then_some("region"))
        }),
        1 => number(depth - 1, points).prop_map(|a| Tree::Given("gaps", boxed(a))),
        2 => (prop::sample::select(of_points), number(depth - 1, true))
            .prop_map(|(name, a)| Tree::Points(name, boxed(a))),
    ]
    .boxed()
}

/// What levels are counted by: mostly not below zero.
fn weight() -> BoxedStrategy<Tree> {
    prop_oneof![
        3 => number(0, false).prop_map(|a| Tree::Call("abs", vec![a])),
        1 => number(0, false),
    ]
    .boxed()
}

/// What lifts: mostly the same for everybody.
fn pot() -> BoxedStrategy<Tree> {
    prop_oneof![
        3 => prop::sample::select(vec![0.0, 1.0, 3.0, 250.0]).prop_map(Tree::Number),
        2 => prop::sample::select(vec!["nation", "nation_drawn"]).prop_map(Tree::Name),
        1 => number(0, false),
    ]
    .boxed()
}

fn truth(depth: u32, points: bool) -> BoxedStrategy<Tree> {
    let signs = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let number = number(depth.saturating_sub(1), points);
    let comparison = (signs, number.clone(), number)
        .prop_map(|(sign, a, b)| Tree::Infix(sign, boxed(a), boxed(b)));
    let mut texts = vec![Tree::TextIs("region", "A"), Tree::Name("flag")];
    if points {
        texts.push(Tree::TextIs("tier", "county"));
    }
    let leaf = prop_oneof![2 => comparison, 1 => prop::sample::select(texts)];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = truth(depth - 1, points);
    let joins = prop::sample::select(vec!["and", "or"]);
    prop_oneof![
        3 => leaf,
        1 => inner.clone().prop_map(|a| Tree::Prefix("not", boxed(a))),
        1 => (joins, inner.clone(), inner).prop_map(|(sign, a, b)| Tree::Infix(sign, boxed(a), boxed(b))),
    ]
    .boxed()
}

/// Pieces from which almost-formulas are made.
const PIECES: [&str; 40] = [
    "1",
    "2.5",
    "1e9",
    "own",
    "point",
    "region",
    "flag",
    "tier",
    "zzz",
    "ā",
    "'A'",
    "'",
    "\"",
    "(",
    ")",
    "[",
    "]",
    ",",
    ":",
    "by:",
    "+",
    "-",
    "*",
    "/",
    "^",
    "<",
    "==",
    "!=",
    "and",
    "or",
    "not",
    "if(",
    "sum(",
    "lag(own,1)",
    "bracket(",
    "[(0,1)]",
    "round(",
    "point_sum(",
    " ",
    "−",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_block_gives_what_a_plain_reading_gives(tree in number(4, true)) {
        let world = world();
        let plain = Plain { world: &world };
        let text = tree.text();
        let program = match compile(&text, &world) {
            Ok(program) => program,
            Err(faults) => {
                let has_no_value = faults.iter().all(|fault| fault.message.contains("` has no value: "));
                prop_assert!(has_no_value && tree.has_a_part_without_value(&plain), "{text}: {faults:?}");
                return Ok(());
            }
        };
        prop_assert!(!tree.has_a_part_without_value(&plain), "{text}");
        let mut scratch = Scratch::default();
        let points = world.municipality_of_point.len();
        let mut out = vec![0.0; points * LANES];
        program.evaluate_into(Extent::Point, &world.rows(), &world, &mut scratch, &mut out);
        for point in 0..points {
            let municipality = world.municipality_of_point[point] as usize;
            for lane in 0..LANES {
                let (found, expected) =
                    (out[point * LANES + lane], plain.value(&tree, municipality, point, lane));
                prop_assert!(
                    found == expected || (found.is_nan() && expected.is_nan()),
                    "{text} in point {point}, lane {lane}: {found}, not {expected}"
                );
            }
        }
        // Its own shape, in a scratch that has been used, holds the same.
        let shape = program.shape();
        let own = program.evaluate(&world.rows(), &world, &mut scratch);
        prop_assert_eq!(own.len(), world.rows().count(shape.extent) * if shape.random { LANES } else { 1 });
        if shape == (Shape { extent: Extent::Point, random: true }) {
            prop_assert!(own.iter().zip(&out).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = syntax::parse(&text);
    }

    #[test]
    fn no_almost_formula_makes_the_compiler_panic(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30)
    ) {
        let world = world();
        let text = pieces.concat();
        match compile(&text, &world) {
            Ok(program) => {
                program.evaluate(&world.rows(), &world, &mut Scratch::default());
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
                }
            }
        }
    }
}
