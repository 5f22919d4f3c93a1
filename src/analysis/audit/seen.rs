//! The claims and pots of a scenario's own draws.

use crate::allocation::promises::Ask;
use crate::allocation::{RationingRule, Terms};
use crate::engine::{Asked, Failure, Prepared, Sink, YearOfBlock, replay_demands, terms};
use crate::model::{Ration, Scenario};
use crate::numeric::LANES;

/// Of so many draws at most, evenly spread, it is kept what was asked of every pot.
const MOST_KEPT: u64 = 256;

/// One pot of one year and draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Calendar year.
    pub year: i32,
    /// The draw, from 0.
    pub draw: u64,
    /// Cents.
    pub pot: i64,
    /// What each municipality is due, cents.
    pub claims: Vec<i64>,
    /// What the policy awards each, cents.
    pub awards: Vec<i64>,
    /// What is asked of the pot, as the policy settles it; not kept of every draw.
    pub ask: Option<Box<Ask>>,
}

/// One programme of one policy, in every year and draw.
#[allow(clippy::struct_excessive_bools)] // what a policy does besides its rule, each said by itself
#[derive(Clone, Debug)]
pub struct Case {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Its rule; none where points compete.
    pub rule: Option<&'static dyn RationingRule>,
    /// How it settles.
    pub terms: Terms,
    /// Whether the policy weighs its claimants.
    pub weighs: bool,
    /// Whether claims stand in classes that are served one after another.
    pub has_classes: bool,
    /// Whether a guarantee is paid before the rest is divided.
    pub protects: bool,
    /// Whether there is no pot in some year.
    pub open_ended: bool,
    /// Its pots, year by year within each block of draws.
    pub problems: Vec<Problem>,
}

/// Everything that was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Draws.
    pub draws: u64,
    /// Each programme of each policy that has a rule for it.
    pub cases: Vec<Case>,
}

impl Problem {
    /// The sum of the claims, cents.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.claims.iter().sum()
    }

    /// Whether the pot pays less than is due.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.pot < self.total()
    }
}

impl Case {
    /// The problems whose pot is short.
    pub fn short(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.is_short())
    }
}

/// Simulates draws and keeps what each policy divides.
///
/// # Errors
/// The first fault of a formula in these draws.
pub fn observe(prepared: &Prepared<'_>, draws: u64, tick: &dyn Fn(u64)) -> Result<Seen, Failure> {
    let every = draws.div_ceil(MOST_KEPT).max(1);
    let mut keeper = Keeper { cases: cases(prepared.scenario), first: 0, every };
    let mut first = 0;
    while first < draws {
        let end = (first + LANES as u64).min(draws);
        replay_demands(prepared, first..end, &mut keeper)?;
        first = end;
        tick(first);
    }
    Ok(Seen { draws, cases: keeper.cases })
}

fn cases(scenario: &Scenario) -> Vec<Case> {
    let mut cases = Vec::new();
    for (policy, chosen) in scenario.policies.iter().enumerate() {
        for (programme, rule) in chosen.rules.iter().enumerate() {
            let Some(rule) = rule else { continue };
            cases.push(Case {
                policy,
                programme,
                rule: match &rule.ration {
                    Ration::Rule(by) => Some(by.rule),
                    Ration::Competition(_) => None,
                },
                terms: terms(rule, &chosen.pots[programme]),
                weighs: matches!(&rule.ration, Ration::Rule(by) if by.weight.is_some()),
                has_classes: rule.claims.iter().any(|claim| claim.class != rule.claims[0].class),
                protects: rule.guarantees.iter().any(|guarantee| guarantee.protected),
                open_ended: false,
                problems: Vec::new(),
            });
        }
    }
    cases
}

struct Keeper {
    cases: Vec<Case>,
    first: u64,
    /// Of every how many draws the demands are kept.
    every: u64,
}

impl Sink for Keeper {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        for case in &mut self.cases {
            let (path, _) = at.prepared.paths_of(case.policy);
            let Some(state) =
                at.paths.get(path).and_then(|path| path.programmes.get(case.programme))
            else {
                continue;
            };
            case.open_ended |= state.open_ended;
            for lane in 0..if state.open_ended { 0 } else { at.active } {
                let (draw, pot) = (self.first + lane as u64, state.available[lane].max(0));
                let is_kept = draw.is_multiple_of(self.every);
                case.problems.push(Problem {
                    year: at.prepared.scenario.years.first + at.year as i32,
                    draw,
                    pot,
                    ask: is_kept
                        .then(|| Box::new(ask_of(&state.asked, pot, state.award.len(), lane))),
                    claims: state.entitlement.iter().map(|row| row[lane].max(0)).collect(),
                    awards: state.award.iter().map(|row| row[lane]).collect(),
                });
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
        self.first += active as u64;
    }
}

/// What was asked in one lane.
fn ask_of(asked: &Asked, pot: i64, claimants: usize, lane: usize) -> Ask {
    let numbers =
        |rows: &[crate::numeric::Lanes]| rows.iter().map(|row| row[lane]).collect::<Vec<f64>>();
    Ask {
        pot,
        claimants,
        claims: asked.claims.iter().map(|row| row[lane]).collect(),
        lower: asked.bounds.iter().map(|bounds| bounds.lower[lane]).collect(),
        upper: asked.bounds.iter().map(|bounds| bounds.upper[lane]).collect(),
        weights: numbers(&asked.weights),
        points: numbers(&asked.points),
        scores: numbers(&asked.scores),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::promises::settle_all;
    use crate::analysis::example::example;

    #[test]
    fn what_is_asked_settles_to_what_the_engine_has_awarded() {
        let scenario = example();
        let seen = observe(&Prepared::new(&scenario), 70, &|_| {}).unwrap();
        let mut compared = 0;
        for case in &seen.cases {
            for problem in &case.problems {
                let Some(ask) = problem.ask.as_deref() else { continue };
                let given = settle_all(&case.terms, std::slice::from_ref(ask)).remove(0);
                let awards: Vec<i64> =
                    (0..ask.claimants).map(|who| given.award(ask.claimants, who)).collect();
                assert_eq!(awards, problem.awards);
                compared += 1;
            }
        }
        assert!(compared > 70, "{compared}");
    }
}
