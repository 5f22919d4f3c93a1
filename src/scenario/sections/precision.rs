//! How well a run should know its figures before it ends.

use crate::model::{Precision, Watched};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{
    Decoder, at_least, between, did_you_mean, list, placed, quoted, text, whole_within,
};
use crate::scenario::tree::Node;
use crate::stats::FIRST_LOOK;

/// The confidence where none is written.
const USUAL_CONFIDENCE: f64 = 0.95;
/// Money by programme and year.
const MONEY: [(&str, Watched); 2] =
    [("entitlement", Watched::Entitlement), ("award", Watched::Award)];

/// Reads a precision but its figures, which [`figures`] finds when their names are known. `most` is
/// the most draws of a run.
pub fn precision(door: &mut Decoder, node: &Node, most: i64) -> Option<Precision> {
    let mut fields = door.fields(node, "a precision")?;
    let relative = fields.optional("relative", between(f64::MIN_POSITIVE, 1.0));
    let within = fields.optional("within", at_least(f64::MIN_POSITIVE));
    let confidence = fields.or("confidence", between(0.5, 0.9999), USUAL_CONFIDENCE);
    let at_most = fields.required("at_most", whole_within(FIRST_LOOK as i64, most));
    let _ = fields.give("figures");
    if matches!((&relative, &within), (Some(None), Some(None))) {
        let _ = fields.required("relative", |_, _| Some(()));
    }
    fields.finish();
    let (relative, within) = (relative?, within?);
    Some(Precision {
        figures: Vec::new(),
        relative,
        within,
        confidence: confidence?,
        at_most: at_most? as u64,
    })
}

/// Reads which figures a precision is about: those that are named, else what is due and granted in
/// every programme, else every declared outcome.
pub fn figures(
    door: &mut Decoder,
    node: &Node,
    has_programmes: bool,
    outcomes: &[String],
) -> Option<Vec<Watched>> {
    let declared = || (0..outcomes.len()).map(Watched::Outcome);
    let money = MONEY.iter().filter(|_| has_programmes);
    let nothing = |node: &Node, message: &str| {
        let problem = Problem::error(codes::NOTHING_WATCHED, message).at(&node.head(), "");
        let written = match outcomes.first() {
            _ if has_programmes => "`figures: [\"award\"]`, or leave `figures` out".to_owned(),
            Some(outcome) => format!("`figures: [{outcome:?}]`, or leave `figures` out"),
            None => "`outcomes: { \"…\": \"…\" }`, or `draws` in place of `precision`".to_owned(),
        };
        problem.help(format!("write {written}"))
    };
    let Some(named) = node.field("figures") else {
        let usual: Vec<Watched> = if has_programmes {
            money.map(|(_, figure)| *figure).collect()
        } else {
            declared().collect()
        };
        if usual.is_empty() {
            let message = "there is no figure whose precision could be looked at: no programme and no outcome";
            return door.refuse(nothing(node, message));
        }
        return Some(usual);
    };
    let known: Vec<(&str, Watched)> =
        money.copied().chain(outcomes.iter().map(String::as_str).zip(declared())).collect();
    let found = door.reading("figures", &named.place, |door| list(placed(text))(door, named))?;
    if found.is_empty() {
        return door.refuse(nothing(named, "`figures` names no figure"));
    }
    let figure = |(name, place): (String, _)| {
        let found = known.iter().find(|(known, _)| **known == name);
        if found.is_none() {
            let message = format!("{} is no figure that a precision can be about", quoted(&name));
            let problem = Problem::error(codes::UNKNOWN_NAME, message).at(&place, "").note(
                "it can be about `entitlement` and `award`, in each programme and year, and about declared outcomes",
            );
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            door.tell(did_you_mean(problem, &name, &names));
        }
        found.map(|(_, figure)| *figure)
    };
    let found: Vec<Option<Watched>> = found.into_iter().map(figure).collect();
    let mut figures: Vec<Watched> = found.into_iter().collect::<Option<_>>()?;
    let mut seen = Vec::new();
    figures.retain(|figure| {
        let is_new = !seen.contains(figure);
        seen.push(*figure);
        is_new
    });
    Some(figures)
}
