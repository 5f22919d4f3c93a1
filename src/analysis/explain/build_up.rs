//! The award as a sum of steps: what is claimed, and what each stage makes of it.

use super::{Explanation, Guaranteed, Line};
use crate::units::euro_to_cents;
use serde::Serialize;
use std::collections::BTreeSet;

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// A line that is claimed, or a line of which one that is claimed is the plain sum.
    Line,
    /// What the worksheet claims beyond or below the sum of its lines: nothing is claimed below zero.
    Worksheet,
    /// The cut to the eligible cost.
    EligibleCost,
    /// The cut to the rule's own limit.
    Limit,
    /// What guarantees that a short pot may cut raise or cut.
    Guarantee,
    /// What guarantees that are paid first add or take.
    Protected,
    /// The rounding of the claim to the unit of the rule.
    Rounding,
    /// What is due: the sum of the steps so far.
    Due,
    /// What the division of a short pot takes; its shares are whole units.
    Rationing,
    /// What is granted: the sum of all steps.
    Award,
}

/// A step from the worksheet to the award.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: StepKind,
    /// What it adds; of `due` and `award` the sum itself.
    pub amount: f64,
}

/// More lines than these are told together.
const MOST_LINES: usize = 12;

impl StepKind {
    /// Whether it is what the steps before have come to.
    #[must_use]
    pub fn is_total(self) -> bool {
        matches!(self, Self::Due | Self::Award)
    }
}

/// The steps of an award. They add up to the cent as they stand: each is the difference of two sums in
/// whole cents. A step of nothing is left out, but for the lines.
pub fn build_up(explanation: &Explanation) -> Vec<Step> {
    let mut steps = Steps::default();
    lines(explanation, &mut steps);
    let sum = |of: fn(&super::Class) -> f64| explanation.classes.iter().map(of).sum::<f64>();
    steps.to(StepKind::Worksheet, "nothing is claimed below zero", sum(|class| class.claimed));
    let cost = "cut to the eligible cost";
    steps.to(StepKind::EligibleCost, cost, sum(|class| class.after_cost));
    steps.to(StepKind::Limit, "cut to the limit", sum(|class| class.after_limit));
    let guarantees = named(&explanation.guarantees, false);
    steps.to(StepKind::Guarantee, &guarantees, sum(|class| class.after_guarantees));
    let own = explanation.municipality.code.as_str();
    let claimants = explanation.division.iter().flat_map(|division| &division.claimants);
    let claim: f64 =
        claimants.filter(|row| row.municipality.code == own).map(|row| row.claim).sum();
    if explanation.division.is_some() {
        let name = named(&explanation.guarantees, true);
        steps.to(StepKind::Protected, &name, claim);
    }
    let unit = explanation.rounding.as_ref().map_or(0.01, |rounding| rounding.unit);
    let rounded = format!("rounded to {unit} {}", explanation.currency);
    steps.to(StepKind::Rounding, &rounded, explanation.result.entitlement);
    steps.total(StepKind::Due, "due");
    let rule = explanation.division.as_ref().map_or("", |division| division.rule.as_str());
    let short = format!("the pot is short: {rule}");
    steps.to(StepKind::Rationing, &short, explanation.result.award);
    steps.total(StepKind::Award, "award");
    steps.all
}

/// Steps with the sum that they have come to, in cents.
#[derive(Default)]
struct Steps {
    all: Vec<Step>,
    cents: i64,
}

impl Steps {
    /// A step to a sum, if it is not there yet.
    fn to(&mut self, kind: StepKind, name: &str, sum: f64) {
        let cents = euro_to_cents(sum);
        if cents != self.cents {
            self.line(kind, name, cents);
        }
    }

    /// A step to a sum in cents.
    fn line(&mut self, kind: StepKind, name: &str, cents: i64) {
        let amount = cents.saturating_sub(self.cents) as f64 / 100.0;
        self.all.push(Step { name: name.to_owned(), kind, amount });
        self.cents = cents;
    }

    fn total(&mut self, kind: StepKind, name: &str) {
        self.all.push(Step { name: name.to_owned(), kind, amount: self.cents as f64 / 100.0 });
    }
}

/// The lines that are claimed; of one that is the plain sum of others, these.
fn lines(explanation: &Explanation, steps: &mut Steps) {
    let mut claimed: Vec<&Line> = Vec::new();
    for line in explanation.lines.iter().filter(|line| line.class.is_some()) {
        match parts(line, &explanation.lines) {
            Some(parts) => claimed.extend(parts),
            None => claimed.push(line),
        }
    }
    let rest = claimed.len().saturating_sub(MOST_LINES);
    let shown = if rest > 1 { MOST_LINES } else { claimed.len() };
    let mut sum = 0.0;
    for line in claimed.iter().take(shown) {
        sum += line.filled.value;
        steps.line(StepKind::Line, &line.name, euro_to_cents(sum));
    }
    if rest > 1 {
        sum += claimed.iter().skip(shown).map(|line| line.filled.value).sum::<f64>();
        steps.line(StepKind::Line, &format!("{rest} more lines"), euro_to_cents(sum));
    }
}

/// The lines of which a line is the plain sum: `local + county + large`.
fn parts<'l>(line: &Line, lines: &'l [Line]) -> Option<Vec<&'l Line>> {
    let names: Vec<&str> = line.filled.expression.split('+').map(str::trim).collect();
    let distinct: BTreeSet<&&str> = names.iter().collect();
    if names.len() < 2 || distinct.len() < names.len() {
        return None;
    }
    names.iter().map(|name| lines.iter().find(|line| line.name == *name)).collect()
}

/// What guarantees are called together.
fn named(guarantees: &[Guaranteed], protected: bool) -> String {
    let of_kind = guarantees.iter().filter(|guarantee| guarantee.protected == protected);
    let names: Vec<&str> = of_kind.map(|guarantee| guarantee.name.as_str()).collect();
    match names.as_slice() {
        // Whole cents are what a pot divides.
        [] => "in whole cents".to_owned(),
        [one] => format!("guarantee {one}"),
        many => format!("guarantees {}", many.join(", ")),
    }
}
