//! The claims and pots of a scenario's own draws.

use crate::allocation::RationingRule;
use crate::engine::{Failure, Prepared, Sink, YearOfBlock, replay};
use crate::model::{Ration, Scenario};
use crate::numeric::LANES;

/// One pot of one year and draw.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    let mut keeper = Keeper { cases: cases(prepared.scenario), first: 0 };
    let mut first = 0;
    while first < draws {
        let end = (first + LANES as u64).min(draws);
        replay(prepared, first..end, &mut keeper)?;
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
                case.problems.push(Problem {
                    year: at.prepared.scenario.years.first + at.year as i32,
                    draw: self.first + lane as u64,
                    pot: state.available[lane].max(0),
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
