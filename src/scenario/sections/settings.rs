//! Format, years and information date.

use crate::model::Years;
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted, whole, year};
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
    door.refuse(problem.help(format!("write `format: {FORMAT}`")))
}

/// First and last year.
pub fn years(door: &mut Decoder, node: &Node) -> Option<Years> {
    let mut fields = door.fields(node, "the years")?;
    let first = fields.required("first", year);
    let last = fields.required("last", year);
    fields.finish();
    let (first, last) = (first?, last?);
    let refuse =
        |message: String| Problem::error(codes::OUT_OF_RANGE, message).at(&node.head(), "");
    if last < first {
        return door.refuse(refuse(format!("the last year, {last}, is before the first, {first}")));
    }
    if last - first >= MOST_YEARS {
        return door.refuse(refuse(format!("{first} to {last} is more than {MOST_YEARS} years")));
    }
    Some(Years { first, last })
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
        door.tell(problem.help("dates are written `2022-05-01`, `2022-05` or `2022`"));
    }
    date
}
