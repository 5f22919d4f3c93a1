//! The claims and pots of a scenario's own draws.

use crate::allocation::promises::Ask;
use crate::allocation::{RationingRule, Terms};
use crate::engine::{
    Asked, Failure, Prepared, ProgrammeState, Sink, YearOfBlock, replay_demands, terms,
};
use crate::model::{Ration, Scenario};
use crate::numeric::LANES;
use std::sync::Arc;

/// Of so many draws at most, evenly spread, it is kept what was asked of every pot.
const MOST_KEPT: u64 = 256;

/// One pot, or one pool of it, of one year and draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Calendar year.
    pub year: i32,
    /// The draw, from 0.
    pub draw: u64,
    /// Cents.
    pub pot: i64,
    /// The municipalities that it is for, in order of code: the claimants of all that follows.
    pub members: Arc<[u32]>,
    /// What each claimant is due, cents.
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
    /// The municipalities of each pool; empty where the pot is not in pools.
    pub pools: Vec<Arc<[u32]>>,
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

    /// The part of it that is a pool with a pot of its own.
    fn of_pool(&self, members: &Arc<[u32]>, pot: i64) -> Self {
        let of = |amounts: &[i64]| -> Vec<i64> {
            let chosen = amounts.chunks(self.members.len().max(1));
            chosen
                .flat_map(|class| members.iter().filter_map(|&who| class.get(who as usize)))
                .copied()
                .collect()
        };
        let numbers = |of: &[f64]| -> Vec<f64> {
            members.iter().filter_map(|&who| of.get(who as usize)).copied().collect()
        };
        let ask = self.ask.as_deref().map(|ask| {
            Box::new(Ask {
                pot,
                claimants: members.len(),
                claims: of(&ask.claims),
                lower: of(&ask.lower),
                upper: of(&ask.upper),
                weights: numbers(&ask.weights),
                points: numbers(&ask.points),
                scores: numbers(&ask.scores),
            })
        });
        let (claims, awards) = (of(&self.claims), of(&self.awards));
        Self { pot, members: Arc::clone(members), claims, awards, ask, ..*self }
    }

    /// Whether the pot pays less than is due.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.pot < self.total()
    }
}

impl Case {
    /// How many claimants its largest pot has.
    #[must_use]
    pub fn claimants(&self) -> usize {
        self.problems.iter().map(|problem| problem.claims.len()).max().unwrap_or(0)
    }

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
    let all = (0..prepared.scenario.municipalities.table.len() as u32).collect();
    let mut keeper = Keeper { cases: cases(prepared.scenario), all, first: 0, every };
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
                pools: rule
                    .pools
                    .iter()
                    .flat_map(|pools| &pools.members)
                    .map(|of| (**of).into())
                    .collect(),
                problems: Vec::new(),
            });
        }
    }
    cases
}

struct Keeper {
    cases: Vec<Case>,
    /// Every municipality.
    all: Arc<[u32]>,
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
                let draw = self.first + lane as u64;
                let whole = Problem {
                    year: at.prepared.scenario.years.first + at.year as i32,
                    draw,
                    pot: state.available[lane].max(0),
                    members: Arc::clone(&self.all),
                    ask: draw.is_multiple_of(self.every).then(|| Box::new(ask_of(state, lane))),
                    claims: state.entitlement.iter().map(|row| row[lane].max(0)).collect(),
                    awards: state.award.iter().map(|row| row[lane]).collect(),
                };
                if case.pools.is_empty() {
                    case.problems.push(whole);
                } else {
                    let pools = case.pools.iter().zip(&state.asked.pools);
                    let each = pools.map(|(members, pot)| whole.of_pool(members, pot[lane]));
                    case.problems.extend(each);
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
        self.first += active as u64;
    }
}

/// What was asked in one lane.
fn ask_of(state: &ProgrammeState, lane: usize) -> Ask {
    let Asked { claims, bounds, weights, points, scores, .. } = &state.asked;
    let numbers =
        |rows: &[crate::numeric::Lanes]| rows.iter().map(|row| row[lane]).collect::<Vec<f64>>();
    Ask {
        pot: state.available[lane].max(0),
        claimants: state.award.len(),
        claims: claims.iter().map(|row| row[lane]).collect(),
        lower: bounds.iter().map(|bounds| bounds.lower[lane]).collect(),
        upper: bounds.iter().map(|bounds| bounds.upper[lane]).collect(),
        weights: numbers(weights),
        points: numbers(points),
        scores: numbers(scores),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::promises::settle_all;
    use crate::analysis::example::example;
    use crate::model::{Appropriation, Pools};

    #[test]
    fn each_pool_is_a_problem_of_its_own() {
        let mut scenario = example();
        for policy in &mut scenario.policies {
            for (rule, pot) in policy.rules.iter_mut().zip(&policy.pots) {
                let (Some(rule), Appropriation::Yearly(sums)) = (rule, &pot.appropriation) else {
                    continue;
                };
                // Each pool would have the whole pot, so each is cut to half of it.
                rule.pools = Some(Pools {
                    by: "county".to_owned(),
                    names: vec!["north".to_owned(), "south".to_owned()],
                    members: vec![vec![0], vec![1, 2]],
                    pot: sums[0].clone(),
                });
            }
        }
        let seen = observe(&Prepared::new(&scenario), 3, &|_| {}).unwrap();
        for case in &seen.cases {
            for (index, problem) in case.problems.iter().enumerate() {
                let members: &[u32] = if index % 2 == 0 { &[0] } else { &[1, 2] };
                assert_eq!((&*problem.members, problem.claims.len()), (members, members.len()));
                assert!([25_000, 75_000].contains(&problem.pot), "{}", problem.pot);
                let ask = problem.ask.as_deref().unwrap();
                let given = settle_all(&case.terms, std::slice::from_ref(ask)).remove(0);
                let awards: Vec<i64> =
                    (0..ask.claimants).map(|who| given.award(ask.claimants, who)).collect();
                assert_eq!(awards, problem.awards);
            }
        }
        assert!(seen.cases.iter().any(|case| case.short().count() > 0));
    }

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
