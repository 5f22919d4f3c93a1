//! The plain reading of a formula: the value in one row and draw, by recursion.

use super::super::Extent;
use super::super::round::round_half_up;
use super::super::world::World;
use super::across::reduce;
use super::tree::Tree;
use crate::numeric::{LANES, cos, exp, ln, pow, sin};

/// The plain reading.
pub(super) struct Plain<'w> {
    pub(super) world: &'w World,
}

impl Plain<'_> {
    pub(super) fn named(&self, name: &str, municipality: usize, point: usize, lane: usize) -> f64 {
        let column = self.world.columns.iter().find(|column| column.name == name).unwrap();
        let row = match column.shape.extent {
            Extent::Nation => 0,
            Extent::Municipality => municipality,
            Extent::Point => point,
        };
        if column.shape.random { column.values[row * LANES + lane] } else { column.values[row] }
    }

    pub(super) fn value(&self, tree: &Tree, municipality: usize, point: usize, lane: usize) -> f64 {
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
}

pub(super) fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { f64::NAN }
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
