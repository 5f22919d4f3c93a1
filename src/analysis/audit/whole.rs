//! The search over whole settlements: each promise tried on what the policies settle, with small changes.

use super::seen::{Case, Problem, Seen};
use crate::allocation::promises::{Ask, Breach, Cause, Probe, Promise, breaches, cause};
use rayon::prelude::*;
use std::sync::Arc;

/// Claimants to whom something happens in one problem.
const PICKED: usize = 4;

/// One programme of one policy, as it is settled.
#[derive(Clone, Debug)]
pub struct WholeSection {
    /// Index of the case in [`Seen::cases`].
    pub case: usize,
    /// How many problems were tried.
    pub problems: usize,
    /// What was found of each promise that it makes.
    pub findings: Vec<WholeFinding>,
}

/// What was found of one promise.
#[derive(Clone, Debug)]
pub struct WholeFinding {
    /// The promise.
    pub promise: Promise,
    /// Problems that were tried.
    pub problems: usize,
    /// Trials: problems, each changed in several ways.
    pub trials: usize,
    /// In how many of the problems it is broken by more than rounding explains.
    pub violated: usize,
    /// In how many more of them it is broken by what rounding explains.
    pub rounded: usize,
    /// The largest breach: of the violations, or, if there is none, of those by rounding.
    pub worst: Option<WholeCounterexample>,
    /// What the largest violation is owed to; none where there is no violation.
    pub cause: Option<Cause>,
}

/// A breach and where it is.
#[derive(Clone, Debug)]
pub struct WholeCounterexample {
    /// Calendar year.
    pub year: i32,
    /// The draw.
    pub draw: u64,
    /// The municipality of each claimant.
    pub members: Arc<[u32]>,
    /// What was tried.
    pub probe: Probe,
    /// What is wrong.
    pub breach: Breach,
}

impl Seen {
    /// Tries every promise of every settlement on at most `most` short pots each, spread evenly over
    /// years and draws.
    #[must_use]
    pub fn settlements(&self, most: usize, tick: &(dyn Fn() + Sync)) -> Vec<WholeSection> {
        let jobs: Vec<(usize, Promise)> = (0..self.cases.len())
            .flat_map(|case| Promise::ALL.map(|promise| (case, promise)))
            .collect();
        let found: Vec<(usize, Option<WholeFinding>)> = jobs
            .into_par_iter()
            .filter_map(|(index, promise)| {
                let found = find(self.cases.get(index)?, promise, most);
                tick();
                Some((index, found))
            })
            .collect();
        let mut sections: Vec<WholeSection> = (0..self.cases.len())
            .map(|case| WholeSection { case, problems: 0, findings: Vec::new() })
            .collect();
        for (index, finding) in found {
            if let (Some(section), Some(finding)) = (sections.get_mut(index), finding) {
                section.problems = section.problems.max(finding.problems);
                section.findings.push(finding);
            }
        }
        sections
    }
}

/// Nothing where the promise says nothing more of this settlement than another one.
fn find(case: &Case, promise: Promise, most: usize) -> Option<WholeFinding> {
    if promise == Promise::EqualAcrossClasses && !case.has_classes {
        return None;
    }
    let kept: Vec<(&Problem, &Ask)> =
        case.short().filter_map(|problem| Some((problem, problem.ask.as_deref()?))).collect();
    let (all, count) = (kept.len(), kept.len().min(most));
    let tried: Vec<(&Problem, &Ask)> =
        (0..count).filter_map(|number| kept.get(number * all / count.max(1)).copied()).collect();
    let mut probes = Vec::new();
    let mut of_problem = Vec::new();
    for (number, (_, ask)) in tried.iter().enumerate() {
        for probe in probes_of(case, promise, ask, number) {
            probes.push(probe);
            of_problem.push(number);
        }
    }
    let found = breaches(&case.terms, &probes);
    let slack = promise.units_of_rounding() * case.terms.unit.cents();
    let mut largest = vec![0_i64; tried.len()];
    let mut worst: Option<(usize, Breach)> = None;
    for (index, breach) in found.into_iter().enumerate() {
        let (Some(breach), Some(&problem)) = (breach, of_problem.get(index)) else { continue };
        if let Some(largest) = largest.get_mut(problem) {
            *largest = (*largest).max(breach.size());
        }
        if worst.is_none_or(|(_, known)| known.size() < breach.size()) {
            worst = Some((index, breach));
        }
    }
    let violated = largest.iter().filter(|&&size| size > slack).count();
    let trials = probes.len();
    let worst = worst.and_then(|(index, breach)| {
        let (problem, _) = tried.get(*of_problem.get(index)?)?;
        let probe = probes.get(index)?.clone();
        let members = Arc::clone(&problem.members);
        Some(WholeCounterexample { year: problem.year, draw: problem.draw, members, probe, breach })
    });
    Some(WholeFinding {
        promise,
        problems: tried.len(),
        trials,
        violated,
        rounded: largest.iter().filter(|&&size| size > 0).count() - violated,
        cause: worst
            .as_ref()
            .filter(|_| violated > 0)
            .map(|found| cause(&case.terms, &found.probe)),
        worst,
    })
}

/// A problem as it stands or with small changes, as a promise needs them: other claimants, the pot a
/// unit, a tenth and a half larger, a claim a tenth larger.
fn probes_of(case: &Case, promise: Promise, ask: &Ask, number: usize) -> Vec<Probe> {
    let asking: Vec<usize> = (0..ask.claimants).filter(|&who| ask.claim(who) > 0).collect();
    if asking.is_empty() {
        return Vec::new();
    }
    let pick =
        |turn: usize| asking[(5 * number + turn * asking.len().div_ceil(PICKED)) % asking.len()];
    let of = |one: usize, other: usize, amount: i64| Probe {
        promise,
        ask: ask.clone(),
        one,
        other,
        amount,
    };
    match promise {
        Promise::Balance | Promise::Bounds | Promise::OrderPreservation => {
            // With half the pot as well, where guarantees and classes bind more.
            let mut halved = of(0, 0, 0);
            halved.ask.pot /= 2;
            vec![of(0, 0, 0), halved]
        }
        Promise::ResourceMonotonicity => {
            let unit = case.terms.unit.cents();
            [unit, 3 * unit, ask.pot / 10, ask.pot / 2].map(|more| of(0, 0, more)).into()
        }
        Promise::ClaimMonotonicity => (0..PICKED)
            .map(|turn| of(pick(turn), pick(turn + 1), (ask.claim(pick(turn)) / 10).max(1)))
            .collect(),
        _ => (0..PICKED).map(|turn| of(pick(turn), pick(turn + 1), 0)).collect(),
    }
}
