//! Whether a compiled formula fits where it stands.

use super::formula::{Want, Written};
use super::names::Misuse;
use super::words::words;
use crate::expression::{self, Extent, Program};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{self, Decoder};

/// Tells names that stand where they must not.
pub fn tell_misuses(door: &mut Decoder, written: &Written<'_>, misuses: &[Misuse]) -> Option<()> {
    for misuse in misuses {
        let found = words(written.text)
            .into_iter()
            .find(|word| word.text == misuse.name && !word.is_lagged);
        let place = found.map_or_else(|| written.place.clone(), |word| (written.part)(word.range));
        let problem = Problem::error(codes::FORMULA, &misuse.message).at(&place, "");
        door.tell(problem.help(misuse.help));
    }
    misuses.is_empty().then_some(())
}

/// Tells functions across municipalities in an outcome: they would run across the nation, its
/// regions and its municipalities.
pub fn tell_across_scopes(door: &mut Decoder, written: &Written<'_>) -> Option<()> {
    const ACROSS: &[&str] = &["sum", "mean", "max_of", "min_of", "rank", "share"];
    let among = |call: &str| ACROSS.contains(&call) || call.starts_with("point_");
    let found = words(written.text).into_iter().find(|word| word.is_call && among(word.text));
    let Some(word) = found else { return Some(()) };
    let message = format!("`{}` has no place in an outcome", word.text);
    let problem = Problem::error(codes::FORMULA, message).at(&(written.part)(word.range), "");
    door.refuse(problem.help("an outcome's names are sums over its scope already: write a / b"))
}

/// Tells a formula that gives something else than is needed.
pub fn fits(door: &mut Decoder, program: &Program, place: &Place, want: Want) -> Option<()> {
    let mut refuse = |message: &str, help: &str| {
        door.refuse(Problem::error(codes::FORMULA_SHAPE, message).at(place, "").help(help))
    };
    match program.kind() {
        expression::Kind::Number => {}
        expression::Kind::Truth if want.truth => {}
        expression::Kind::Truth => {
            return refuse("this is a condition, and a number is needed", "write if(…, 1, 0)");
        }
        expression::Kind::Text => {
            return refuse("this is a text, and a number is needed", "compare it by == or !=");
        }
    }
    let extent = program.shape().extent;
    if extent > want.extent {
        let (differs, each) = (rows(extent), rows(want.extent));
        let each = if want.extent == Extent::Nation {
            "the nation".into()
        } else {
            format!("each {each}")
        };
        let message =
            format!("this differs between {differs}, and one number for {each} is needed")
                .replace("each municipalities", "each municipality");
        return refuse(
            &message,
            if extent == Extent::Point {
                "bring points together: point_sum(…), point_mean(…) or point_max(…)"
            } else {
                "bring municipalities together: sum(…) or mean(…)"
            },
        );
    }
    program.constant().map_or(Some(()), |value| within(door, value, place, want))
}

fn rows(extent: Extent) -> &'static str {
    match extent {
        Extent::Nation => "years",
        Extent::Municipality => "municipalities",
        Extent::Point => "points",
    }
}

/// Tells a plain number that lies outside the range.
pub fn within(door: &mut Decoder, value: f64, place: &Place, want: Want) -> Option<()> {
    decode::within(door, value, place, want.range)
}
