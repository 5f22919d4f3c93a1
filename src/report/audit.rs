//! What an audit found, in plain words.

use super::wording::{count, number};
use crate::allocation::axioms::first_violation;
use crate::allocation::properties::{Property, SOURCE, Statement};
use crate::allocation::rationing::RULES;
use crate::analysis::audit::{Counterexample, PointAsTwo, Section, Seen, StepCost};
use crate::model::Scenario;
use serde::Serialize;

/// A property of a rule on the claims of one programme of one policy: a row of the audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditRow {
    /// The policy.
    pub policy: String,
    /// The programme.
    pub programme: String,
    /// The rule.
    pub rule: String,
    /// The property.
    pub property: &'static str,
    /// What the literature says of rule and property: `holds`, `fails`, `no statement found`.
    pub literature: &'static str,
    /// Pots that were tried; each is short.
    pub problems: usize,
    /// Trials: those pots, changed in several ways.
    pub trials: usize,
    /// Pots with a violation.
    pub violated: usize,
    /// Year of the largest violation.
    pub year: Option<i32>,
    /// Its draw, from 0.
    pub draw: Option<u64>,
    /// How large it is, in units of the currency.
    pub amount: Option<f64>,
    /// The largest violation in a sentence; empty where none was found.
    pub counterexample: String,
}

/// Every property of every section, in the order of both.
#[must_use]
pub fn audit_rows(scenario: &Scenario, seen: &Seen, sections: &[Section]) -> Vec<AuditRow> {
    let mut rows = Vec::new();
    for section in sections {
        let Some(case) = seen.cases.get(section.case) else { continue };
        for finding in &section.findings {
            let worst = finding.worst.as_ref();
            rows.push(AuditRow {
                policy: policy(scenario, case.policy),
                programme: programme(scenario, case.programme),
                rule: section.rule.name().to_owned(),
                property: finding.property.name(),
                literature: said(finding.stated),
                problems: finding.problems,
                trials: finding.trials,
                violated: finding.violated,
                year: worst.map(|worst| worst.year),
                draw: worst.map(|worst| worst.draw),
                amount: worst.map(|worst| worst.size().round() / 100.0),
                counterexample: worst
                    .map_or_else(String::new, |worst| sentence(scenario, finding.property, worst)),
            });
        }
    }
    rows
}

/// What the literature says, in a word or two.
#[must_use]
pub fn said(statement: Statement) -> &'static str {
    match statement {
        Statement::Holds => "holds",
        Statement::Fails => "fails",
        Statement::NotFound => "no statement found",
    }
}

/// Name of a policy.
pub fn policy(scenario: &Scenario, index: usize) -> String {
    scenario.policies.get(index).map_or_else(String::new, |policy| policy.name.clone())
}

/// Name of a programme.
pub fn programme(scenario: &Scenario, index: usize) -> String {
    scenario.programmes.get(index).map_or_else(String::new, |programme| programme.name.clone())
}

fn municipality(scenario: &Scenario, index: usize) -> String {
    scenario.municipalities.table.names.get(index).cloned().unwrap_or_default()
}

/// An amount of cents: whole units of the currency from 100 on, else with cents.
fn amount(scenario: &Scenario, cents: f64) -> String {
    let decimals = if cents.abs() < 10_000.0 { 2 } else { 0 };
    format!("{} {}", number(cents / 100.0, decimals), scenario.currency)
}

/// The violation in words.
#[allow(clippy::too_many_lines)] // a sentence for each property, side by side
fn sentence(scenario: &Scenario, property: Property, found: &Counterexample) -> String {
    let Counterexample { year, draw, attempt, violation } = found;
    let trial = &attempt.trial;
    let who = |claimant: usize| {
        attempt
            .municipalities
            .get(claimant)
            .map_or_else(|| "nobody".to_owned(), |&index| municipality(scenario, index))
    };
    let money = |cents: f64| amount(scenario, cents);
    let claim = |claimant: usize| trial.claims.get(claimant).copied().unwrap_or(0) as f64;
    let (subject, by) = (who(violation.claimant), money(found.size()));
    let gains = violation.award > violation.bound;
    let than = if gains { "more" } else { "less" };
    let (one, other) = (who(trial.one), who(trial.other));
    let (pot, other_pot) = (money(trial.pot as f64), money(trial.other_pot as f64));
    let what = match property {
        Property::Balance => format!("the awards add up to {by} {than} than the pot of {pot}"),
        Property::Bounds if gains => format!("{subject} receives {by} more than its claim"),
        Property::Bounds => format!("{subject} receives {by} less than nothing"),
        Property::EqualTreatment => {
            format!("{subject} receives {by} {than} than another with the same claim")
        }
        Property::OrderPreservation if gains => {
            format!("{subject}, whose claim is larger, loses {by} less than the next smaller claim")
        }
        Property::OrderPreservation => {
            format!(
                "{subject}, whose claim is larger, receives {by} less than the next smaller claim"
            )
        }
        Property::EndowmentMonotonicity => {
            format!(
                "{subject} receives {by} less from the larger of the pots {pot} and {other_pot}"
            )
        }
        Property::ClaimMonotonicity => {
            format!("{subject} receives {by} less by claiming {} more", money(trial.amount as f64))
        }
        Property::LinkedMonotonicity => format!(
            "{subject} gains {by} more than the {} by which its claim and the pot grow",
            money(trial.amount as f64)
        ),
        Property::PopulationMonotonicity => {
            format!("{subject} receives {by} less once {one} withdraws and the pot stays")
        }
        Property::TruncationInvariance => format!(
            "{subject} receives {by} {than} than if no claim counted beyond the pot of {pot}"
        ),
        Property::MinimalRightsFirst => format!(
            "{subject} receives {by} {than} than if each were first paid what the others leave at least"
        ),
        Property::CompositionDown | Property::CompositionUp => {
            let [first, last] =
                if (trial.pot < trial.other_pot) == (property == Property::CompositionUp) {
                    [&pot, &other_pot]
                } else {
                    [&other_pot, &pot]
                };
            let way = if property == Property::CompositionUp {
                "the rest is divided by what is still due"
            } else {
                "it is divided by the awards promised"
            };
            format!(
                "the pot turns out at {last} and not at {first}: {subject} receives {by} {than} if {way} than if all is divided anew"
            )
        }
        Property::SelfDuality => format!(
            "{subject} receives {by} {than} than if the rule divided what is missing instead of what is there"
        ),
        Property::Midpoint => {
            format!(
                "of a pot of half the claims {subject} receives {by} {than} than half its claim"
            )
        }
        Property::Consistency => format!(
            "once {one} has left with its award, dividing the rest anew gives {subject} {by} {than}"
        ),
        Property::NullClaims => {
            format!("{subject} receives {by} {than} once somebody who claims nothing stands beside")
        }
        Property::NoAdvantageousMerging => {
            format!("{one} and {other} receive {by} more by claiming as one")
        }
        Property::NoAdvantageousSplitting
            if attempt.municipalities.get(trial.one) == attempt.municipalities.get(trial.other) =>
        {
            format!(
                "{subject} receives {by} more by claiming as two, half of its {} each",
                money(claim(trial.one) + claim(trial.other))
            )
        }
        Property::NoAdvantageousSplitting => {
            format!("{one} and {other} receive {by} more than one claimant with both claims")
        }
        Property::NoTransferParadox => {
            let moved = money(trial.amount as f64);
            if violation.claimant == trial.one {
                format!(
                    "{one} receives {by} less after taking over {moved} of the claim of {other}"
                )
            } else {
                format!("{other} receives {by} more after leaving {moved} of its claim to {one}")
            }
        }
        Property::Progressivity | Property::Regressivity => format!(
            "{subject} receives {by} {than} than at the share of its claim that the next smaller claim is paid"
        ),
        Property::LowerBound => format!(
            "{subject} receives {by} less than 1/{} of its claim (cut to the pot)",
            trial.claims.len()
        ),
        Property::FullCompensation => format!(
            "{subject} receives {by} less than its claim, though the pot could pay everyone as much or the whole claim"
        ),
        Property::NullCompensation => format!(
            "{subject} receives {by}, though what others claim beyond its claim takes the whole pot"
        ),
    };
    format!("{year}, draw {draw}: {what}")
}

/// What a step of a formula costs a neighbour: a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepRow {
    /// The formula and its programme.
    pub formula: String,
    /// The column.
    pub column: String,
    /// Where the formula jumps.
    pub at: f64,
    /// Whose figure is near: a municipality or a point.
    pub row: String,
    /// The figure.
    pub value: f64,
    /// The policy under which the step moves most, if it moves anything.
    pub policy: Option<String>,
    /// The programme whose award it moves.
    pub programme: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// The award just above the step less that just below it.
    pub difference: Option<f64>,
    /// A sentence.
    pub words: String,
}

/// Rows of what steps cost, the costliest first.
#[must_use]
pub fn step_rows(scenario: &Scenario, costs: &[StepCost]) -> Vec<StepRow> {
    let mut rows: Vec<StepRow> = costs.iter().map(|cost| step_row(scenario, cost)).collect();
    let size = |row: &StepRow| row.difference.map_or(0.0, f64::abs);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    rows
}

fn step_row(scenario: &Scenario, cost: &StepCost) -> StepRow {
    let step = &cost.step;
    let table =
        if step.of_points { &scenario.points.table } else { &scenario.municipalities.table };
    let row = table.names.get(step.row).cloned().unwrap_or_default();
    let whose = municipality(scenario, cost.municipality);
    let owner = if step.of_points { format!(" of {whose}") } else { String::new() };
    let side = if step.value < step.at { "just below" } else { "at or just above" };
    let spoken = crate::scenario::spoken;
    let near = format!(
        "{row}{owner} has `{}` {}, {side} {}",
        step.name,
        spoken(step.value),
        spoken(step.at)
    );
    let words = match cost.largest {
        None => format!("{near}: the step moves no award on the median path"),
        Some((of, programme_at, year, difference)) => {
            // What the neighbour would receive on the other side.
            let change = if step.value < step.at { difference } else { -difference };
            let than = if change > 0.0 { "more" } else { "less" };
            format!(
                "{near}: on the other side of the step {whose} would receive {} {than} of \"{}\" in {year} under \"{}\"",
                amount(scenario, 100.0 * change.abs()),
                programme(scenario, programme_at),
                policy(scenario, of)
            )
        }
    };
    StepRow {
        formula: format!("{} of `{}`", step.part, programme(scenario, step.programme)),
        column: step.name.clone(),
        at: step.at,
        row,
        value: step.value,
        policy: cost.largest.map(|(of, ..)| policy(scenario, of)),
        programme: cost.largest.map(|(_, at, ..)| programme(scenario, at)),
        year: cost.largest.map(|(_, _, year, _)| year),
        difference: cost.largest.map(|(.., difference)| (100.0 * difference).round() / 100.0),
        words,
    }
}

/// One point registered as two, under each policy: a sentence.
#[must_use]
pub fn point_as_two(scenario: &Scenario, found: &PointAsTwo) -> String {
    let under = policy(scenario, found.policy);
    let tried = count(Some(found.tried as f64));
    let Some((who, point, at, year, gain)) = found.largest else {
        return format!("\"{under}\": none of {tried} municipalities gains");
    };
    let place = scenario.points.table.names.get(point).cloned().unwrap_or_default();
    format!(
        "\"{under}\": {} of {tried} municipalities gain; in {year} {} receives {} more of \"{}\" by registering the point {place} as two",
        count(Some(found.gaining as f64)),
        municipality(scenario, who),
        amount(scenario, 100.0 * gain),
        programme(scenario, at)
    )
}

/// The table rule × property of `docs/properties.md`: what the literature says, and what the search
/// over the reference problems finds.
#[must_use]
pub fn properties_document() -> String {
    let mut text = format!(
        "# Properties of the rules\n\n\
         Written by the program, which searches each rule for violations of each property over 6,000 small \
         problems in a fixed order; `BLESS=1 cargo test --test it properties_document` writes it anew.\n\n\
         The literature is {SOURCE}; the statements are its facts, compared one by one.\n\n\
         | sign | |\n|---|---|\n\
         | yes | said to hold; no violation found |\n\
         | no | said not to hold; violated |\n\
         | **yes** | said not to hold, yet it does: see below |\n\
         | (yes) | no statement found; no violation found, which is no proof |\n\
         | (no) | no statement found; violated |\n\
         | ! | violated though said to hold: a fault of the program |\n"
    );
    for rules in RULES.chunks(5) {
        text.push_str("\n| |");
        for rule in rules {
            text.push_str(&format!(" {} |", rule.name()));
        }
        text.push_str(&format!("\n|---|{}\n", "---|".repeat(rules.len())));
        for property in Property::all() {
            text.push_str(&format!("| {} |", property.name()));
            for rule in rules {
                let is_violated = first_violation(property, *rule).is_some();
                let sign = match (property.stated_of(rule.name()), is_violated) {
                    (Statement::Holds, false) => "yes",
                    (Statement::Holds, true) => "!",
                    (Statement::Fails, true) => "no",
                    (Statement::Fails, false) => "**yes**",
                    (Statement::NotFound, false) => "(yes)",
                    (Statement::NotFound, true) => "(no)",
                };
                text.push_str(&format!(" {sign} |"));
            }
            text.push('\n');
        }
    }
    text.push_str(
        "\nOf the package's 48 properties these are the ones that the program searches; it has neither \
         ReverseTalmud nor DominguezThomson. Balance and bounds are what its definition of a rule asks for.\n\n\
         **Said not to hold, yet they do.** ConstrainedEgalitarian and Piniles give, at one level, a part of \
         the claim that falls with the claim, so they are regressive; and if two merge, the level can only \
         rise, so that the others receive no less and who merged gains nothing.\n\n## What they mean\n\n",
    );
    for property in Property::all() {
        text.push_str(&format!("- **{}**: {}\n", property.name(), property.meaning()));
    }
    text
}
