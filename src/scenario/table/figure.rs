//! Numbers as people write them: which marks stand in them, and what that says about the table.

use super::declared::Mark;

/// What stands between thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thousands {
    /// A comma or point.
    Mark(Mark),
    /// A space, also one that does not break.
    Space,
    /// `'` or `’`.
    Apostrophe,
}

/// The marks of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Digits and perhaps a sign.
    Whole,
    /// Thousands are marked, decimals are not there, or both.
    Marked(Option<Thousands>, Option<Mark>),
    /// One comma or point with three digits behind it: thousands or decimals.
    Either(Mark),
}

/// The mark for which a letter stands.
fn mark(letter: char) -> Option<Thousands> {
    Some(match letter {
        '.' => Thousands::Mark(Mark::Point),
        ',' => Thousands::Mark(Mark::Comma),
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Thousands::Space,
        '\'' | '\u{2019}' => Thousands::Apostrophe,
        _ => return None,
    })
}

/// The marks of a number; nothing if the cell is not one.
///
/// Thousands stand in groups of three behind one to three digits that do not begin with zero, all
/// marked alike. What is marked otherwise behind them is the decimal mark.
pub fn shape(cell: &str) -> Option<Shape> {
    let bare = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (bare, power) = match bare.split_once(['e', 'E']) {
        Some((bare, power)) => (bare, Some(power.strip_prefix(['+', '-']).unwrap_or(power))),
        None => (bare, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if power.is_some_and(|power| !digits(power)) {
        return None;
    }
    let mut marks = bare.chars().filter(|letter| !letter.is_ascii_digit());
    let Some(first_letter) = marks.next() else { return digits(bare).then_some(Shape::Whole) };
    let last_letter = bare.chars().rev().find(|letter| !letter.is_ascii_digit())?;
    let (first, last) = (mark(first_letter)?, mark(last_letter)?);
    let (head, tail) = bare.rsplit_once(last_letter)?;
    let single = marks.next().is_none();
    let grouped = |text: &str| is_grouped(text, first);
    match last {
        Thousands::Mark(decimal) if single => {
            if head.is_empty() && tail.is_empty() {
                return None;
            }
            let either = power.is_none() && grouped(bare);
            Some(if either { Shape::Either(decimal) } else { Shape::Marked(None, Some(decimal)) })
        }
        Thousands::Mark(decimal) if last != first => {
            (power.is_none() && grouped(head)).then_some(Shape::Marked(Some(first), Some(decimal)))
        }
        _ => (power.is_none() && grouped(bare)).then_some(Shape::Marked(Some(first), None)),
    }
}

/// Whether a text is one to three digits and then groups of three, each behind the mark.
fn is_grouped(text: &str, between: Thousands) -> bool {
    let mut groups = text.split(|letter| mark(letter) == Some(between));
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let head = groups.next().unwrap_or("");
    (1..=3).contains(&head.len())
        && is_number(head)
        && !head.starts_with('0')
        && groups.all(|group| group.len() == 3 && is_number(group))
}

/// The value of a number in a table with a decimal mark; nothing if it is not one there.
pub fn value(cell: &str, decimal: Mark) -> Option<f64> {
    let fits = match shape(cell)? {
        Shape::Whole | Shape::Either(_) => true,
        Shape::Marked(thousands, mark) => {
            thousands != Some(Thousands::Mark(decimal)) && mark.is_none_or(|mark| mark == decimal)
        }
    };
    let bare: String = cell
        .chars()
        .filter_map(|letter| match letter {
            letter if letter == decimal.letter() => Some('.'),
            letter if mark(letter).is_some() => None,
            letter => Some(letter),
        })
        .collect();
    fits.then(|| bare.parse().ok()).flatten().filter(|value: &f64| value.is_finite())
}

/// The value of a cell of digits, a sign and at most one decimal mark, which most are, and whether
/// the mark is there.
pub fn simple(cell: &str, decimal: Mark) -> Option<(f64, bool)> {
    let mut bytes = [0_u8; 32];
    let mut has_mark = false;
    let room = bytes.get_mut(..cell.len())?;
    for (to, byte) in room.iter_mut().zip(cell.bytes()) {
        *to = match byte {
            b'0'..=b'9' | b'+' | b'-' => byte,
            _ if char::from(byte) == decimal.letter() && !has_mark => {
                has_mark = true;
                b'.'
            }
            _ => return None,
        };
    }
    let value: f64 = std::str::from_utf8(room).ok()?.parse().ok()?;
    value.is_finite().then_some((value, has_mark))
}

/// Whether a cell is a number, whatever its marks mean.
pub fn is_number(cell: &str) -> bool {
    shape(cell).is_some()
}

/// How the marks between thousands are called.
pub const fn name(thousands: Thousands) -> &'static str {
    match thousands {
        Thousands::Mark(Mark::Point) => "points between thousands",
        Thousands::Mark(Mark::Comma) => "commas between thousands",
        Thousands::Space => "spaces between thousands",
        Thousands::Apostrophe => "apostrophes between thousands",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_thousands_or_decimals_or_either() {
        use Mark::{Comma, Point};
        use Shape::{Either, Marked, Whole};
        let point = Some(Thousands::Mark(Point));
        let comma = Some(Thousands::Mark(Comma));
        let cases = [
            ("605802", Some(Whole)),
            ("-5", Some(Whole)),
            ("1e3", Some(Whole)),
            ("12.5", Some(Marked(None, Some(Point)))),
            ("12,50", Some(Marked(None, Some(Comma)))),
            ("0,123", Some(Marked(None, Some(Comma)))),
            ("1234,567", Some(Marked(None, Some(Comma)))),
            (".5", Some(Marked(None, Some(Point)))),
            ("1,5E+03", Some(Marked(None, Some(Comma)))),
            ("1,234", Some(Either(Comma))),
            ("-123.456", Some(Either(Point))),
            ("1,907,675", Some(Marked(comma, None))),
            ("1.907.675", Some(Marked(point, None))),
            ("1.907.675,5", Some(Marked(point, Some(Comma)))),
            ("1,907.675", Some(Marked(comma, Some(Point)))),
            ("1 907 675", Some(Marked(Some(Thousands::Space), None))),
            ("1\u{a0}907,675", Some(Marked(Some(Thousands::Space), Some(Comma)))),
            ("1'907'675.25", Some(Marked(Some(Thousands::Apostrophe), Some(Point)))),
        ];
        for (cell, expected) in cases {
            assert_eq!(shape(cell), expected, "{cell}");
        }
        for wrong in [
            "",
            "-",
            ".",
            ",",
            "1,,2",
            "01,234,567",
            "1 2",
            "1.5.2022",
            "01.05.2022",
            "nan",
            "inf",
            "12a",
            "1,23,456",
            "1.234,567.8",
            "0 605",
            "1 907,675 1",
            "1e",
            "e5",
            "5 %",
            "2022-05",
        ] {
            assert_eq!(shape(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_decimal_mark_of_the_table_gives_the_value() {
        assert_eq!(value("1,234", Mark::Point), Some(1234.0));
        assert_eq!(value("1,234", Mark::Comma), Some(1.234));
        assert_eq!(value("1.907.675,5", Mark::Comma), Some(1_907_675.5));
        assert_eq!(value("1.907.675,5", Mark::Point), None);
        assert_eq!(value("12,5", Mark::Point), None);
        assert_eq!(value("-1 907 675", Mark::Comma), Some(-1_907_675.0));
        assert_eq!(value("1e999", Mark::Point), None);
        assert_eq!(simple("-1,234", Mark::Comma), Some((-1.234, true)));
        assert_eq!(simple("12", Mark::Comma), Some((12.0, false)));
        for other in ["1,2,3", "1.5", "", "-", ",", "1 000", "1e3", &"1".repeat(40)] {
            assert_eq!(simple(other, Mark::Comma), None, "{other}");
        }
    }
}
