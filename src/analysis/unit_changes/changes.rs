//! Which changes a scenario has room for.

use crate::engine::Nudge;
use crate::model::Scenario;
use serde::Serialize;

/// The step of a rate, EUR, where its range has room for it.
const STEP: f64 = 10.0;

/// What is changed, and by how much.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// `pay`, `delay`, or the name of a lever.
    pub what: String,
    /// By how much, in words: `+1 %`, `+10 EUR/month`.
    pub by: String,
    /// By how much a lever is changed; 0 for the others.
    pub step: f64,
    #[serde(skip)]
    pub(super) lever: Option<usize>,
    #[serde(skip)]
    pub(super) shift: Nudge,
}

/// The changes of a scenario: pay, delay, and every lever counted in the currency.
#[must_use]
pub fn changes(scenario: &Scenario) -> Vec<Change> {
    let change = |what: &str, by: &str, shift: Nudge| Change {
        what: what.to_owned(),
        by: by.to_owned(),
        step: 0.0,
        lever: None,
        shift,
    };
    let mut changes = Vec::new();
    if !scenario.costs.is_empty() {
        changes.push(change("pay", "+1 %", Nudge { pay: 0.01, ..Nudge::default() }));
    }
    if scenario.points.planned.iter().any(Option::is_some) {
        changes.push(change("delay", "+1 month", Nudge { delay_months: 1.0, ..Nudge::default() }));
    }
    let rates = scenario.levers.iter().enumerate();
    let rates = rates.filter(|(_, lever)| lever.unit.starts_with(&scenario.currency));
    changes.extend(rates.filter_map(|(index, lever)| {
        // Ten, where that is a small step within the range; else a tenth of the value.
        let room = lever.range.1 - lever.value;
        let step = if STEP <= room { STEP } else { (lever.value / 10.0).min(room) };
        let by = format!("+{} {}", (step * 1e6).round() / 1e6, lever.unit);
        let shift = Nudge::default();
        (step > 0.0).then(|| Change {
            what: lever.name.clone(),
            by,
            step,
            lever: Some(index),
            shift,
        })
    }));
    changes
}
