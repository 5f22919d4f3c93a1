//! Readers of numbers.

use super::Decoder;
use crate::problem::{Problem, codes};
use crate::scenario::tree::{Kind, Node, Number};

/// Any finite number.
pub fn number(door: &mut Decoder, node: &Node) -> Option<f64> {
    finite(door, node).map(|number| number.value)
}

/// A number from `low` to `high`, both included.
pub fn between(low: f64, high: f64) -> impl Fn(&mut Decoder, &Node) -> Option<f64> {
    move |door, node| {
        let value = number(door, node)?;
        if (low..=high).contains(&value) {
            return Some(value);
        }
        out_of_range(door, node, &format!("from {low} to {high}"), None)
    }
}

/// A number of at least `low`.
pub fn at_least(low: f64) -> impl Fn(&mut Decoder, &Node) -> Option<f64> {
    move |door, node| {
        let value = number(door, node)?;
        if value >= low {
            return Some(value);
        }
        out_of_range(door, node, &format!("{low} or more"), None)
    }
}

/// A number greater than `low`.
pub fn above(low: f64) -> impl Fn(&mut Decoder, &Node) -> Option<f64> {
    move |door, node| {
        let value = number(door, node)?;
        if value > low {
            return Some(value);
        }
        out_of_range(door, node, &format!("above {low}"), None)
    }
}

/// A share from 0 to 1.
pub fn share(door: &mut Decoder, node: &Node) -> Option<f64> {
    let value = number(door, node)?;
    if (0.0..=1.0).contains(&value) {
        return Some(value);
    }
    let percent = value > 1.0 && value <= 100.0;
    let help = percent.then(|| format!("{value} % is written {}", value / 100.0));
    out_of_range(door, node, "a share from 0 to 1", help)
}

/// A whole number of any size that fits 64 bits.
pub fn whole(door: &mut Decoder, node: &Node) -> Option<i64> {
    whole_within(i64::MIN, i64::MAX)(door, node)
}

/// A whole number from `low` to `high`, both included.
pub fn whole_within(low: i64, high: i64) -> impl Fn(&mut Decoder, &Node) -> Option<i64> {
    move |door, node| {
        let number = finite(door, node)?;
        let Some(value) = number.whole else {
            let message = format!("{} should be a whole number", number.value);
            return door.refuse(Problem::error(codes::NOT_WHOLE, message).at(&node.place, ""));
        };
        match i64::try_from(value) {
            Ok(value) if (low..=high).contains(&value) => Some(value),
            _ => out_of_range(door, node, &format!("from {low} to {high}"), None),
        }
    }
}

/// A calendar year, 1900 to 2200.
pub fn year(door: &mut Decoder, node: &Node) -> Option<i32> {
    let year = whole_within(1900, 2200)(door, node)?;
    i32::try_from(year).ok()
}

fn finite(door: &mut Decoder, node: &Node) -> Option<Number> {
    let Kind::Number(number) = &node.kind else {
        return door.wrong(node, "a number");
    };
    if number.value.is_finite() {
        return Some(*number);
    }
    let problem = Problem::error(codes::NOT_FINITE, "this number is not finite");
    door.refuse(problem.at(&node.place, ""))
}

fn out_of_range<T>(
    door: &mut Decoder,
    node: &Node,
    range: &str,
    help: Option<String>,
) -> Option<T> {
    let value = match &node.kind {
        Kind::Number(Number { whole: Some(whole), .. }) => whole.to_string(),
        Kind::Number(number) => number.value.to_string(),
        _ => String::new(),
    };
    let message = format!("{value} is out of range");
    let mut problem =
        Problem::error(codes::OUT_OF_RANGE, message).at(&node.place, format!("should be {range}"));
    problem.help = help;
    door.refuse(problem)
}
