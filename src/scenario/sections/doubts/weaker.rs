//! Rank correlations that come out weaker than written, because values are separate.

use super::{Doubt, Seen};
use crate::model::{Correlation, InputValue};
use crate::problem::{Problem, codes};
use crate::random::dependence::{Ranks, score_correlation};
use crate::scenario::decode::{quoted, spoken};

/// From this much on a correlation that is missed is told.
const MATTERS: f64 = 0.01;

/// One warning for each correlation of which an input has separate values and which misses what is
/// written.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    if !seen.is_own("correlations") && !seen.is_own("inputs") {
        return Vec::new();
    }
    let mut ranks: Vec<Option<Ranks>> = vec![None; seen.scenario.inputs.len()];
    let mut found = Vec::new();
    for correlation in &seen.scenario.dependence.correlations {
        for input in correlation.of {
            let (Some(input), Some(ranks)) =
                (seen.scenario.inputs.get(input), ranks.get_mut(input))
            else {
                continue;
            };
            if let (InputValue::Drawn(distribution), None) = (&input.value, &ranks) {
                *ranks = Some(Ranks::new(distribution.as_ref()));
            }
        }
        found.extend(doubt(seen, correlation, &ranks));
    }
    found
}

fn doubt(seen: Seen<'_>, correlation: &Correlation, ranks: &[Option<Ranks>]) -> Option<Doubt> {
    let [one, other] = correlation.of.map(|input| ranks.get(input).and_then(Option::as_ref));
    let (one, other) = (one?, other?);
    if !one.are_tied() && !other.are_tied() {
        return None;
    }
    let wanted = correlation.rank;
    let reached = one.correlation(other, score_correlation(wanted));
    if (reached - wanted).abs() < MATTERS {
        return None;
    }
    let names = correlation.of.map(|input| {
        quoted(seen.scenario.inputs.get(input).map_or("", |input| input.name.as_str()))
    });
    let tied: Vec<&str> = names
        .iter()
        .zip([one, other])
        .filter(|(_, ranks)| ranks.are_tied())
        .map(|(name, _)| name.as_str())
        .collect();
    let message = format!(
        "{} reach a rank correlation of {}, not {}",
        names.join(" and "),
        hundredths(reached),
        spoken(wanted)
    );
    let verb = if tied.len() == 1 { "has" } else { "have" };
    let help = match one.to_ask(other, wanted) {
        Some(rank) => format!(
            "write `rank: {}` where {} shall come out; say in a waiver what is meant",
            hundredths(rank),
            spoken(wanted)
        ),
        None => format!(
            "the most that these two reach is {}; say in a waiver what is meant",
            hundredths(one.correlation(other, wanted.signum()))
        ),
    };
    let mut problem = Problem::warning(codes::WEAKER, message)
        .note(format!(
            "{} {verb} separate values, and equal values have no order",
            tied.join(" and ")
        ))
        .help(help);
    problem.at = correlation.place.clone().map(|place| (place, String::new()));
    Some(Doubt::One(problem))
}

fn hundredths(value: f64) -> String {
    spoken((value * 100.0).round() / 100.0)
}
