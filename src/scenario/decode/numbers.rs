//! Readers of numbers.

use super::{Decoder, lexicon};
use crate::model::GREATEST;
use crate::problem::{Place, Problem, codes};
use crate::scenario::tree::{Kind, Node, Number};

/// From this on a number is written with its thousands apart.
const GROUPED: f64 = 10_000.0;

/// Any finite number; not a whole one of which digits would be lost, as beyond 2^53 some are.
pub fn number(door: &mut Decoder, node: &Node) -> Option<f64> {
    let Number { value, whole } = finite(door, node)?;
    let Some(whole) = whole.filter(|whole| value as i128 != *whole) else { return Some(value) };
    let message = format!("{whole} has more digits than a number keeps");
    let problem = Problem::error(codes::OUT_OF_RANGE, message);
    let problem = problem.at(&node.place, format!("would be read as {value}"));
    door.refuse(problem.help("write at most 15 digits, and zeros behind them"))
}

/// A number from `low` to `high`, both included.
pub fn between(low: f64, high: f64) -> impl Fn(&mut Decoder, &Node) -> Option<f64> {
    move |door, node| {
        let value = number(door, node)?;
        within(door, value, &node.place, (low, high))?;
        Some(value)
    }
}

/// A number of at least `low`.
pub fn at_least(low: f64) -> impl Fn(&mut Decoder, &Node) -> Option<f64> {
    between(low, f64::MAX)
}

/// A number greater than `low`.
pub fn above(low: f64) -> impl Fn(&mut Decoder, &Node) -> Option<f64> {
    move |door, node| {
        let value = number(door, node)?;
        if value > low {
            return Some(value);
        }
        door.out_of_range(value, &node.place, &format!("above {}", spoken(low)), None)
    }
}

/// A share from 0 to 1.
pub fn share(door: &mut Decoder, node: &Node) -> Option<f64> {
    between(0.0, 1.0)(door, node)
}

/// A whole number of any size that fits 64 bits.
pub fn whole(door: &mut Decoder, node: &Node) -> Option<i64> {
    whole_within(i64::MIN, i64::MAX)(door, node)
}

/// A whole number from `low` to `high`, both included.
pub fn whole_within(low: i64, high: i64) -> impl Fn(&mut Decoder, &Node) -> Option<i64> {
    move |door, node| {
        let number = finite(door, node)?;
        let found = match number.whole {
            Some(value) => i64::try_from(value).ok(),
            // Only a number that has more than 64 bits is whole, and yet not held as such.
            None if number.value.abs() < 1e18 => return not_whole(door, node, number.value),
            None => None,
        };
        found.filter(|value| (low..=high).contains(value)).or_else(|| {
            let range = range_of(number.value, (low as f64, high as f64));
            door.out_of_range(number.value, &node.place, &range, None)
        })
    }
}

fn not_whole<T>(door: &mut Decoder, node: &Node, value: f64) -> Option<T> {
    let problem = Problem::error(
        codes::NOT_WHOLE,
        match door.field_at(&node.place) {
            Some(field) => format!("`{field}` should be a whole number"),
            None => "a whole number is needed here".to_owned(),
        },
    );
    let (down, up) = (spoken(value.floor()), spoken(value.ceil()));
    let help = if down == up {
        format!("write it in digits, without point or exponent: {down}")
    } else {
        format!("write {down} or {up}")
    };
    door.refuse(problem.at(&node.place, "").help(help))
}

/// A calendar year, 1900 to 2200.
pub fn year(door: &mut Decoder, node: &Node) -> Option<i32> {
    let value = whole(door, node)?;
    if let Some(year) = i32::try_from(value).ok().filter(|year| (1900..=2200).contains(year)) {
        return Some(year);
    }
    let help =
        (0..100).contains(&value).then(|| format!("a year has four digits: {}", 2000 + value));
    door.out_of_range(value as f64, &node.place, "a year from 1900 to 2200", help)
}

fn finite(door: &mut Decoder, node: &Node) -> Option<Number> {
    let Kind::Number(number) = &node.kind else {
        return door.wrong(node, "a number");
    };
    if number.value.is_finite() {
        return Some(*number);
    }
    let subject = door.field_at(&node.place).map_or("this".to_owned(), |at| format!("`{at}`"));
    let (what, help) = if number.value.is_nan() {
        let help = "write the number in digits, or leave the field out if it is unknown";
        (format!("{subject} is not a number"), help)
    } else {
        let help = "write a number in digits, as large as it can sensibly be";
        (format!("{subject} is infinite, or too large for the program"), help)
    };
    let problem = Problem::error(codes::NOT_FINITE, what).at(&node.place, "");
    door.refuse(problem.help(help))
}

/// Whether a value lies in a range, both ends included; tells it if not. A low end of
/// [`f64::MIN_POSITIVE`] stands for "above 0", a high one from [`GREATEST`] on for none.
pub fn within(
    door: &mut Decoder,
    value: f64,
    place: &Place,
    (low, high): (f64, f64),
) -> Option<()> {
    if (low..=high).contains(&value) {
        return Some(());
    }
    let percent =
        low >= 0.0 && high <= 1.0 && value >= 2.0 && (low..=high).contains(&(value / 100.0));
    let help = percent.then(|| format!("{} % is written {}", spoken(value), spoken(value / 100.0)));
    door.out_of_range(value, place, &range_of(value, (low, high)), help)
}

fn range_of(value: f64, (low, high): (f64, f64)) -> String {
    let has_end = high < GREATEST || value > high && high < f64::MAX;
    match (low == f64::MIN_POSITIVE, has_end) {
        _ if (low, high) == (0.0, 1.0) => "a share from 0 to 1".to_owned(),
        (true, true) => format!("above 0 and at most {}", spoken(high)),
        (true, false) => "above 0".to_owned(),
        (false, true) => format!("from {} to {}", spoken(low), spoken(high)),
        (false, false) => format!("{} or more", spoken(low)),
    }
}

impl Decoder {
    /// Tells a number that lies outside its range: `range` is "from 1 to 12", to which the unit is
    /// added of the field that is being read.
    pub(in crate::scenario) fn out_of_range<T>(
        &mut self,
        value: f64,
        place: &Place,
        range: &str,
        help: Option<String>,
    ) -> Option<T> {
        let value = self.as_written(value, place);
        let (message, unit) = match (self.field_at(place), self.field_around()) {
            (Some(field), _) => (format!("`{field}` cannot be {value}"), lexicon::unit(field)),
            (None, Some(field)) => {
                (format!("{value} cannot stand in `{field}`"), lexicon::unit(field))
            }
            (None, None) => (format!("{value} is out of range"), String::new()),
        };
        // The unit of the sums in a map is not that of its years.
        let unit = if range.starts_with("a ") { String::new() } else { unit };
        let mut problem = Problem::error(codes::OUT_OF_RANGE, message)
            .at(place, format!("should be {range}{unit}"));
        problem.help = help;
        self.refuse(problem)
    }
}

/// A number as a person would write it in a scenario: at most six digits that matter where it has
/// decimals, thousands apart by `_`, and an exponent where it is huge or tiny.
#[must_use]
pub fn spoken(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e15).contains(&size) {
        let text = format!("{value:.5e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        return format!("{digits}e{exponent}");
    }
    if size < GROUPED || value.fract() != 0.0 {
        let before = format!("{}", size.trunc()).len();
        let decimals = if size < 1.0 { 9 } else { 6_usize.saturating_sub(before) };
        let text = format!("{value:.decimals$}");
        let text = if size < 1.0 && size != 0.0 { six_digits(value) } else { text };
        return if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        };
    }
    let digits = format!("{size}");
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    if value < 0.0 { format!("-{text}") } else { text }
}

/// A number between 0.0001 and 1 with six digits that matter.
fn six_digits(value: f64) -> String {
    let zeros = [0.1, 0.01, 0.001].iter().filter(|limit| value.abs() < **limit).count();
    format!("{value:.*}", 6 + zeros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_a_person_would() {
        let cases = [
            (0.0, "0"),
            (21.0, "21"),
            (-0.21, "-0.21"),
            (2022.0, "2022"),
            (250_000.0, "250_000"),
            (-1_907_675.0, "-1_907_675"),
            (1e12, "1_000_000_000_000"),
            (1e300, "1e300"),
            (-1e-300, "-1e-300"),
            (1.0 / 3.0, "0.333333"),
            (0.012_345_67, "0.0123457"),
            (1.123_456_789, "1.12346"),
            (123_456.789, "123457"),
            (0.7 + 0.4, "1.1"),
            (2.5e20, "2.5e20"),
        ];
        for (value, text) in cases {
            assert_eq!(spoken(value), text);
        }
    }

    #[test]
    fn a_whole_number_keeps_every_digit_or_is_refused() {
        let read = |text: &str| {
            let text: std::sync::Arc<str> = text.into();
            let bytes = text.as_bytes().into();
            let source = crate::problem::Source { name: "s.ron".into(), text, bytes };
            let node = crate::scenario::read::read(&source).expect("a number");
            let mut door = Decoder::new();
            number(&mut door, &node).ok_or_else(|| door.finish()[0].message.clone())
        };
        assert_eq!(read("9007199254740992"), Ok(9_007_199_254_740_992.0));
        assert_eq!(read("9_007_199_254_740_994"), Ok(9_007_199_254_740_994.0));
        let told = "9007199254740993 has more digits than a number keeps";
        assert_eq!(read("9_007_199_254_740_993"), Err(told.to_owned()));
        assert!(read("-9007199254740993").is_err());
        // With a point it is a decimal, of which the nearest number is meant.
        assert_eq!(read("0.1"), Ok(0.1));
    }

    #[test]
    fn a_range_says_only_the_ends_that_matter() {
        assert_eq!(range_of(-5.0, (0.0, GREATEST)), "0 or more");
        assert_eq!(range_of(2e12, (0.0, GREATEST)), "from 0 to 1_000_000_000_000");
        assert_eq!(range_of(80.0, (f64::MIN_POSITIVE, 1.0)), "above 0 and at most 1");
        assert_eq!(range_of(0.0, (f64::MIN_POSITIVE, GREATEST)), "above 0");
        assert_eq!(range_of(-1.0, (0.0, f64::MAX)), "0 or more");
        assert_eq!(range_of(2.0, (0.0, 1.0)), "a share from 0 to 1");
        // A seed above the greatest is not told to be 0 or more.
        assert_eq!(range_of(1e19, (0.0, i64::MAX as f64)), "from 0 to 9.22337e18");
    }
}
