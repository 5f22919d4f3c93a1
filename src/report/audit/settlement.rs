//! What a whole settlement keeps and breaks, in plain words.

use super::{amount, municipality, policy, programme};
use crate::allocation::promises::{Cause, Promise};
use crate::allocation::{Rationing, Unit};
use crate::analysis::audit::{Case, Seen, WholeCounterexample, WholeSection};
use crate::model::Scenario;
use serde::Serialize;

/// A property of the whole settlement of one programme of one policy: a row of the audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettlementRow {
    /// The policy.
    pub policy: String,
    /// The programme.
    pub programme: String,
    /// How it settles, in words.
    pub settled_by: String,
    /// The property.
    pub property: &'static str,
    /// Short pots that were tried.
    pub problems: usize,
    /// Trials: those pots, changed in several ways.
    pub trials: usize,
    /// Pots in which it is broken by more than rounding explains.
    pub violated: usize,
    /// Pots in which it is broken by no more than that.
    pub by_rounding: usize,
    /// What breaks it: `rule`, `classes`, `guarantees` …; none where it is not violated.
    pub cause: Option<&'static str>,
    /// Year of the largest breach.
    pub year: Option<i32>,
    /// Its draw, from 0.
    pub draw: Option<u64>,
    /// How large it is, in units of the currency.
    pub amount: Option<f64>,
    /// The largest breach in a sentence; empty where there is none.
    pub counterexample: String,
    /// Why it is broken, in a sentence; empty where it is not violated.
    pub reason: String,
}

/// Every property of every settlement.
#[must_use]
pub fn settlement_rows(
    scenario: &Scenario,
    seen: &Seen,
    sections: &[WholeSection],
) -> Vec<SettlementRow> {
    let mut rows = Vec::new();
    for section in sections {
        let Some(case) = seen.cases.get(section.case) else { continue };
        for finding in &section.findings {
            let worst = finding.worst.as_ref();
            rows.push(SettlementRow {
                policy: policy(scenario, case.policy),
                programme: programme(scenario, case.programme),
                settled_by: terms_in_words(scenario, case),
                property: finding.promise.name(),
                problems: finding.problems,
                trials: finding.trials,
                violated: finding.violated,
                by_rounding: finding.rounded,
                cause: finding.cause.map(word),
                year: worst.map(|worst| worst.year),
                draw: worst.map(|worst| worst.draw),
                amount: worst.map(|worst| worst.breach.size() as f64 / 100.0),
                counterexample: worst.map_or_else(String::new, |worst| sentence(scenario, worst)),
                reason: finding
                    .cause
                    .map_or_else(String::new, |cause| reason(scenario, case, cause)),
            });
        }
    }
    rows
}

/// Everything by which a programme is settled, in words.
#[must_use]
pub fn terms_in_words(scenario: &Scenario, case: &Case) -> String {
    let terms = &case.terms;
    let mut words = vec![match terms.rationing {
        Rationing::Rule(rule) => rule.name().to_owned(),
        Rationing::RankedCompetition => "RankedCompetition".to_owned(),
    }];
    let mut add = |is: bool, what: &str| words.extend(is.then(|| what.to_owned()));
    add(case.weighs, "weights");
    add(case.has_classes, "classes");
    add(case.protects, "protected amounts");
    add(terms.reoffer, "unspent money offered again");
    if terms.least > 0 {
        words.push(format!("at least {} each", amount(scenario, terms.least as f64)));
    }
    words.push(format!("{} to {}", terms.method.name(), unit(scenario, terms.unit)));
    words.join(", ")
}

fn unit(scenario: &Scenario, unit: Unit) -> String {
    amount(scenario, unit.cents() as f64)
}

fn word(cause: Cause) -> &'static str {
    match cause {
        Cause::Competition => "competition",
        Cause::Classes => "classes",
        Cause::Guarantees => "guarantees",
        Cause::Weights => "weights",
        Cause::LeastAward => "least award",
        Cause::Rounding => "rounding",
        Cause::Rule => "rule",
        Cause::Together => "several together",
    }
}

fn reason(scenario: &Scenario, case: &Case, cause: Cause) -> String {
    let by_design = |what: &str| format!("by design: {what}; without that it is kept here");
    match cause {
        Cause::Competition => by_design(
            "a competition funds whole points in order of score, and a point that does not fit waits",
        ),
        Cause::Classes => by_design("a class is served before the next one receives anything"),
        Cause::Guarantees => {
            by_design("what is protected is paid first, and what is capped is cut, whatever the rule")
        }
        Cause::Weights => by_design("the rule weighs its claimants, so that equal claims are not equal"),
        Cause::LeastAward => by_design(&format!(
            "each claimant is awarded at least {}, or its claim",
            amount(scenario, case.terms.least as f64)
        )),
        Cause::Rounding => by_design(&format!(
            "claims, bounds and awards are whole units of {}",
            unit(scenario, case.terms.unit)
        )),
        Cause::Rule => match case.rule {
            Some(rule) => format!(
                "by the rule itself: {} does so without classes, guarantees and rounding as well",
                rule.name()
            ),
            None => "by the division itself, without classes, guarantees and rounding as well".to_owned(),
        },
        Cause::Together => {
            "by design: several parts of the settlement together; without all of them it is kept here".to_owned()
        }
    }
}

fn sentence(scenario: &Scenario, found: &WholeCounterexample) -> String {
    let WholeCounterexample { year, draw, members, probe, breach } = found;
    let who = |claimant: usize| {
        municipality(scenario, members.get(claimant).map_or(claimant, |&of| of as usize))
    };
    let money = |cents: i64| amount(scenario, cents as f64);
    let (subject, beside, by) = (who(breach.claimant), who(breach.beside), money(breach.size()));
    let than = if breach.award > breach.bound { "more" } else { "less" };
    let pot = money(probe.ask.pot);
    let what = match probe.promise {
        Promise::Balance => format!("{by} of the pot of {pot} is not paid, though more is due"),
        Promise::Bounds if breach.award > breach.bound => {
            format!("{subject} receives {by} more than it is due")
        }
        Promise::Bounds => format!("{subject} receives {by} less than is protected"),
        Promise::EqualTreatment => format!(
            "{subject}, if it claimed what {beside} does, would receive {by} {than} than {beside}"
        ),
        Promise::EqualAcrossClasses => format!(
            "{subject}, if it claimed as much as {beside} but all in the last class, would receive {by} {than} than {beside}"
        ),
        Promise::OrderPreservation if breach.award > breach.bound => {
            format!("{subject}, who is due no less than {beside}, loses {by} less")
        }
        Promise::OrderPreservation => {
            format!("{subject}, who is due no less than {beside}, receives {by} less")
        }
        Promise::ResourceMonotonicity => {
            format!(
                "{subject} receives {by} less if the pot of {pot} is {} larger",
                money(probe.amount)
            )
        }
        Promise::ClaimMonotonicity => {
            format!("{subject} receives {by} less by claiming {} more", money(probe.amount))
        }
        Promise::Consistency => format!(
            "once {beside} has left with its award, settling the rest anew gives {subject} {by} {than}"
        ),
        Promise::NoAdvantageousMerging => {
            format!("{subject} and {beside} receive {by} more by appearing as one")
        }
        Promise::NoAdvantageousSplitting => {
            format!("{subject} receives {by} more by appearing as two with half of everything each")
        }
    };
    format!("{year}, draw {draw}: {what}")
}
