//! Whether a compiled formula fits where it stands.

use super::formula::{Want, Written};
use super::names::{Misuse, View};
use super::vocabulary::Vocabulary;
use super::words::{Word, words};
use crate::expression::{self, Extent, Program};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{self, Decoder};

/// Tells names that stand where they must not.
pub fn tell_misuses(
    vocabulary: &Vocabulary,
    written: &Written<'_>,
    misuses: &[Misuse],
) -> Option<()> {
    for misuse in misuses {
        let mut places = words(written.text)
            .into_iter()
            .filter(|word| word.text == misuse.name && !word.is_lagged)
            .map(|word| (written.part)(word.range));
        let place = places.next().unwrap_or_else(|| written.place.clone());
        let problem = Problem::error(misuse.code, &misuse.message).at(&place, "");
        let problem = places.fold(problem.help(&misuse.help), |problem, again| {
            // A formula that the door has written stands in one place.
            if again == place { problem } else { problem.also(&again, "and here") }
        });
        vocabulary.keep_wrong_name(problem);
    }
    misuses.is_empty().then_some(())
}

/// Tells functions across municipalities in an outcome: they would run across the nation, its
/// regions and its municipalities.
pub fn tell_across_scopes(door: &mut Decoder, written: &Written<'_>) -> Option<()> {
    const ACROSS: &[&str] =
        &["sum", "mean", "max_of", "min_of", "rank", "share", "peer_sum", "level_up"];
    let among = |call: &str| ACROSS.contains(&call) || call.starts_with("point_");
    let found = words(written.text).into_iter().find(|word| word.is_call && among(word.text));
    let Some(word) = found else { return Some(()) };
    let message = format!("`{}` has no place in an outcome", word.text);
    let problem = Problem::error(codes::FORMULA, message).at(&(written.part)(word.range), "");
    door.refuse(problem.help(
        "what an outcome names is a sum already, over the nation, a region or a municipality: write a / b",
    ))
}

/// Tells a formula that gives something else than is needed.
pub fn fits(
    door: &mut Decoder,
    program: &Program,
    written: &Written<'_>,
    want: Want,
    view: &View<'_>,
) -> Option<()> {
    let (text, place) = (written.text, written.place);
    let mut refuse = |message: &str, help: &str| {
        door.refuse(Problem::error(codes::FORMULA_SHAPE, message).at(place, "").help(help))
    };
    match program.kind() {
        expression::Kind::Number => {}
        expression::Kind::Truth if want.truth => {}
        expression::Kind::Truth => {
            let help = format!("write `if({}, 1, 0)`", shown(text, "…"));
            return refuse("this is a condition, and a number is needed", &help);
        }
        expression::Kind::Text => {
            let message = "this is a text column, and a number is needed";
            let help = format!("compare it: `if({} == '…', 1, 0)`", shown(text, "column"));
            return refuse(message, &help);
        }
    }
    let extent = program.shape().extent;
    if extent > want.extent {
        let found = words(text);
        let culprit = found.iter().find(|word| is_wide(word, extent, view));
        let what = culprit.map_or("this".to_owned(), |word| format!("`{}`", word.text));
        let name = culprit.map_or("…", |word| word.text);
        let each = if want.extent == Extent::Nation { "the nation" } else { "each municipality" };
        let message = format!(
            "{what} differs between {}, and one number for {each} is needed",
            if extent == Extent::Point { "points" } else { "municipalities" }
        );
        let help = match (extent, want.extent) {
            (Extent::Point, Extent::Nation) => format!(
                "bring points together, then municipalities: `sum(point_sum({name}))` or `mean(point_mean({name}))`"
            ),
            (Extent::Point, _) => format!(
                "bring points together: `point_sum({name})`, `point_mean({name})` or `point_max({name})`"
            ),
            _ => format!("bring municipalities together: `sum({name})` or `mean({name})`"),
        };
        let at = culprit.map_or_else(|| place.clone(), |word| (written.part)(word.range.clone()));
        let problem = Problem::error(codes::FORMULA_SHAPE, message).at(&at, "");
        return door.refuse(problem.help(help));
    }
    program.constant().map_or(Some(()), |value| within(door, value, place, want))
}

/// Whether a name makes a formula have these rows: it has them, and no function around it brings
/// them together.
fn is_wide(word: &Word<'_>, extent: Extent, view: &View<'_>) -> bool {
    let is_alone =
        word.sums == 0 && !word.is_call && (extent < Extent::Point || !word.is_among_points);
    is_alone && view.extent(word.text) == Some(extent)
}

/// A formula that is short enough to be repeated, else something that stands for it.
fn shown<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST { text } else { otherwise }
}

/// Tells a plain number that lies outside the range.
pub fn within(door: &mut Decoder, value: f64, place: &Place, want: Want) -> Option<()> {
    decode::within(door, value, place, want.range)
}
