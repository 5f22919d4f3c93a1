//! What can still be told of a figure where a formula fails.

use super::text::{head, text, worksheet};
use super::worksheet::Writer;
use crate::analysis::explain::Explanation;
use crate::engine::Fault;
use crate::model::Scenario;
use std::cmp::Ordering;

/// The explanation up to the formula that fails: of the same worksheet the lines above it; whole, where the
/// formula belongs to a later year, a later programme or another policy; else only which figure it is.
#[must_use]
pub fn text_so_far(explanation: &Explanation, scenario: &Scenario, fault: &Fault) -> String {
    match order(explanation, scenario, fault) {
        Ordering::Less => format!(
            "{}\nNothing of the worksheet can be told: a formula fails before it.\n",
            head(explanation)
        ),
        Ordering::Equal => lines_above(explanation, fault),
        Ordering::Greater => text(explanation),
    }
}

/// Whether the formula is computed before the worksheet, in it, or behind or beside it.
fn order(explanation: &Explanation, scenario: &Scenario, fault: &Fault) -> Ordering {
    let Some((policy, programme)) = &fault.policy else {
        let later = fault.year > explanation.year;
        return if later { Ordering::Greater } else { Ordering::Less };
    };
    if *policy != explanation.policy {
        return Ordering::Greater;
    }
    let place = |name: &str| scenario.programmes.iter().position(|of| of.name == name);
    let at = (fault.year, place(programme));
    at.cmp(&(explanation.year, place(&explanation.programme)))
}

fn lines_above(explanation: &Explanation, fault: &Fault) -> String {
    let fails = |expression: &str| expression.trim() == fault.formula.trim();
    let failing = explanation.lines.iter().position(|line| fails(&line.filled.expression));
    let pot = &explanation.pot;
    let slices = pot.top_slice.iter().map(|slice| &slice.amount);
    if failing.is_none()
        && pot.appropriation_formula.iter().chain(slices).any(|of| fails(&of.expression))
    {
        return format!(
            "{}\nNothing of the worksheet can be told: a formula of its pot fails before it.\n",
            head(explanation)
        );
    }
    let above = failing.unwrap_or(explanation.lines.len());
    let mut told = explanation.clone();
    told.lines.truncate(above);
    let what = match explanation.lines.get(above) {
        Some(line) => format!("The line `{}` fails; nothing below it can be told.\n", line.name),
        None => "A formula behind the worksheet fails; nothing below can be told.\n".to_owned(),
    };
    let lines = worksheet(&told, &mut Writer::default());
    format!("{}\n{lines}\n{what}", head(explanation))
}
