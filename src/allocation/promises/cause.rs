//! Why a promise is broken: the part of the settlement without which, in the same probe, it is kept.

use super::super::rationing::Proportional;
use super::super::rounding::LargestRemainder;
use super::super::settle::{Rationing, Terms};
use super::super::unit::Unit;
use super::probe::{Probe, breaches};
use super::{Ask, Promise};

/// A part of a settlement that breaks a promise by design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Whole points are funded in order of score.
    Competition,
    /// A class is served before the next.
    Classes,
    /// Protected amounts are paid first, caps cut.
    Guarantees,
    /// The rule weighs its claimants.
    Weights,
    /// Each claimant has a least award.
    LeastAward,
    /// Awards are whole units.
    Rounding,
    /// The rule that divides: the breach is there in a settlement of nothing but it.
    Rule,
    /// No part alone: without any one of them the promise is still broken, without all it is kept.
    Together,
}

const PARTS: [Cause; 6] = [
    Cause::Competition,
    Cause::Classes,
    Cause::Guarantees,
    Cause::Weights,
    Cause::LeastAward,
    Cause::Rounding,
];

/// The first part of a settlement without which the promise is kept in this probe, by more than
/// rounding explains.
#[must_use]
pub fn cause(terms: &Terms, probe: &Probe) -> Cause {
    let is_kept = |terms: &Terms, probe: &Probe| {
        let slack = probe.promise.units_of_rounding() * terms.unit.cents();
        let found = breaches(terms, std::slice::from_ref(probe)).into_iter().flatten().next();
        found.is_none_or(|breach| breach.size() <= slack)
    };
    let alone = PARTS.into_iter().find(|&part| {
        without(terms, probe, part).is_some_and(|(terms, probe)| is_kept(&terms, &probe))
    });
    if let Some(part) = alone {
        return part;
    }
    let mut plain = (*terms, probe.clone());
    for part in PARTS {
        if let Some(simpler) = without(&plain.0, &plain.1, part) {
            plain = simpler;
        }
    }
    if is_kept(&plain.0, &plain.1) { Cause::Together } else { Cause::Rule }
}

/// The same without a part; nothing where it has none.
fn without(terms: &Terms, probe: &Probe, part: Cause) -> Option<(Terms, Probe)> {
    let (mut terms, mut probe) = (*terms, probe.clone());
    let ask = &mut probe.ask;
    match part {
        Cause::Competition => {
            matches!(terms.rationing, Rationing::RankedCompetition).then_some(())?;
            terms.rationing = Rationing::Rule(&Proportional);
            ask.points.clear();
            ask.scores.clear();
        }
        Cause::Classes => {
            (ask.classes() > 1).then_some(())?;
            if probe.promise == Promise::EqualAcrossClasses {
                // In one class the two claim the same.
                probe.promise = Promise::EqualTreatment;
            }
            *ask = in_one_class(ask);
        }
        Cause::Guarantees => {
            (!ask.lower.is_empty()).then_some(())?;
            ask.lower.clear();
            ask.upper.clear();
        }
        Cause::Weights => {
            (!ask.weights.is_empty()).then_some(())?;
            ask.weights.clear();
        }
        Cause::LeastAward => {
            (terms.least > 0).then_some(())?;
            terms.least = 0;
        }
        _ => {
            (terms.unit != Unit::CENT).then_some(())?;
            (terms.unit, terms.method) = (Unit::CENT, &LargestRemainder);
        }
    }
    Some((terms, probe))
}

fn in_one_class(ask: &Ask) -> Ask {
    let sums = |entries: &[i64]| -> Vec<i64> {
        let mut sums = vec![0_i64; if entries.is_empty() { 0 } else { ask.claimants }];
        for class in entries.chunks(ask.claimants.max(1)) {
            for (sum, amount) in sums.iter_mut().zip(class) {
                *sum = sum.saturating_add(*amount);
            }
        }
        sums
    };
    Ask {
        claims: sums(&ask.claims),
        lower: sums(&ask.lower),
        upper: sums(&ask.upper),
        ..ask.clone()
    }
}
