//! Format, years and information date.

use super::dates;
use crate::model::Years;
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, placed, quoted, whole, year};
use crate::scenario::table::Date;
use crate::scenario::tree::{Kind, Node};

/// The most years of a scenario.
const MOST_YEARS: i32 = 60;
/// The format that this program reads.
const FORMAT: i64 = 1;

/// The version of the format, which must be this program's.
pub fn format(door: &mut Decoder, node: &Node) -> Option<()> {
    let format = whole(door, node)?;
    if format == FORMAT {
        return Some(());
    }
    let message = format!("format {format} is not known to this version of the program");
    let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&node.place, "");
    door.refuse(problem.help(format!("write `format: {FORMAT}`, or use a later version")))
}

/// First and last year.
pub fn years(door: &mut Decoder, node: &Node) -> Option<Years> {
    let mut fields = door.fields(node, "the years")?;
    let first = fields.required("first", placed(year));
    let last = fields.required("last", placed(year));
    fields.finish();
    let ((first, first_place), (last, last_place)) = (first?, last?);
    let refuse = |message: String, help: String| {
        Problem::error(codes::OUT_OF_RANGE, message)
            .at(&last_place, "")
            .also(&first_place, "")
            .help(help)
    };
    if last < first {
        let message = format!("the last year, {last}, is before the first, {first}");
        return door.refuse(refuse(message, format!("write {first} or a later year")));
    }
    if last - first >= MOST_YEARS {
        let message = format!("{first} to {last} is more than {MOST_YEARS} years");
        let help = format!("write {} or an earlier year", first + MOST_YEARS - 1);
        return door.refuse(refuse(message, help));
    }
    Some(Years { first, last })
}

/// The years that were probably meant where they are wrong, so that what stands elsewhere is not
/// blamed; and whether they are more than a guess.
pub fn guessed_years(node: Option<&Node>, otherwise: i32) -> (Years, bool) {
    let read = |name: &str| {
        let whole = match &node?.field(name)?.kind {
            Kind::Number(number) => number.value,
            Kind::Text(text) => text.value.trim().parse().ok()?,
            _ => return None,
        };
        let year = if (0.0..100.0).contains(&whole) { whole + 2000.0 } else { whole };
        ((1900.0..=2200.0).contains(&year) && year.fract() == 0.0).then_some(year as i32)
    };
    let (first, last) = (read("first"), read("last"));
    let from = first.or(last).unwrap_or(otherwise);
    let to = last.unwrap_or(from).clamp(from, from + MOST_YEARS - 1);
    (Years { first: from, last: to }, first.is_some() && last == Some(to))
}

/// A date in quotes: `2022-02-01`, `2022-02` or `2022`.
pub fn date(door: &mut Decoder, node: &Node) -> Option<Date> {
    let Kind::Text(text) = &node.kind else {
        return door.wrong(node, "a date in quotes, such as `\"2022-02-01\"`");
    };
    let date = Date::parse(&text.value);
    if date.is_none() {
        let message = format!("{} is not a date", quoted(&text.value));
        let problem = Problem::error(codes::BAD_DATE, message).at(&node.place, "");
        door.tell(problem.help(dates::remedy(&text.value)));
    }
    date
}
