//! The search: each property tried on problems of the draws and on neighbours of them.

use super::seen::{Case, Problem, Seen};
use super::{CENT, GROUP};
use crate::allocation::RationingRule;
use crate::allocation::axioms::{Trial, Violation};
use crate::allocation::properties::{Property, Statement};
use rayon::prelude::*;

/// Claimants to whom something happens in one problem.
const PICKED: usize = 4;

/// One rule on the claims of one programme of one policy.
#[derive(Clone, Debug)]
pub struct Section {
    /// Index of the case in [`Seen::cases`].
    pub case: usize,
    /// The rule that divides.
    pub rule: &'static dyn RationingRule,
    /// Whether it is the policy's own.
    pub is_own: bool,
    /// How many problems were tried.
    pub problems: usize,
    /// Of how many pots that are short.
    pub short: usize,
    /// Claimants of each problem, where groups were tried because the rule is estimated among more.
    pub group: Option<usize>,
    /// What was found of each property.
    pub findings: Vec<Finding>,
}

/// What was found of one property.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The property.
    pub property: Property,
    /// What the literature says of the rule.
    pub stated: Statement,
    /// Problems that were tried.
    pub problems: usize,
    /// Trials: problems, each changed in several ways.
    pub trials: usize,
    /// In how many of the problems it is violated.
    pub violated: usize,
    /// The largest violation.
    pub worst: Option<Counterexample>,
}

/// A violation and where it is.
#[derive(Clone, Debug)]
pub struct Counterexample {
    /// Calendar year.
    pub year: i32,
    /// The draw.
    pub draw: u64,
    /// What was tried.
    pub attempt: Attempt,
    /// What is wrong; amounts in cents, the claimant by municipality.
    pub violation: Violation,
}

/// A trial among municipalities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Amounts in cents; claimants by their place in `municipalities`.
    pub trial: Trial,
    /// The municipality of each claim: one twice where its claim was split.
    pub municipalities: Vec<usize>,
}

impl Counterexample {
    /// How far the award is from what it should be, cents.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.violation.award - self.violation.bound).abs()
    }
}

/// What to search: the policies' own rules, or others on the same claims.
#[must_use]
pub fn sections(seen: &Seen, rules: &[&'static dyn RationingRule]) -> Vec<Section> {
    let mut sections = Vec::new();
    for (index, case) in seen.cases.iter().enumerate() {
        let own = case.rule.map(crate::allocation::Documented::name);
        let chosen =
            if rules.is_empty() { case.rule.into_iter().collect() } else { rules.to_vec() };
        let claimants = case.claimants();
        for rule in chosen {
            let is_estimated = rule.exact_up_to().is_some_and(|most| claimants > most.min(GROUP));
            sections.push(Section {
                case: index,
                rule,
                is_own: own == Some(rule.name()),
                problems: 0,
                short: case.short().count(),
                group: is_estimated.then_some(GROUP),
                findings: Vec::new(),
            });
        }
    }
    sections
}

/// Tries every property of every section on at most `most` problems each, spread evenly over years and
/// draws.
pub fn search(seen: &Seen, sections: &mut [Section], most: usize, tick: &(dyn Fn() + Sync)) {
    let jobs: Vec<(usize, Property)> = (0..sections.len())
        .flat_map(|section| Property::all().map(move |property| (section, property)))
        .collect();
    let found: Vec<(usize, Finding)> = jobs
        .into_par_iter()
        .filter_map(|(index, property)| {
            let section = sections.get(index)?;
            let found = find(seen.cases.get(section.case)?, section, property, most);
            tick();
            Some((index, found))
        })
        .collect();
    for (index, finding) in found {
        if let Some(section) = sections.get_mut(index) {
            section.problems = finding.problems;
            section.findings.push(finding);
        }
    }
}

fn find(case: &Case, section: &Section, property: Property, most: usize) -> Finding {
    let mut finding = Finding {
        property,
        stated: property.stated_of(section.rule.name()),
        problems: 0,
        trials: 0,
        violated: 0,
        worst: None,
    };
    for (number, problem) in spread(case, most).enumerate() {
        finding.problems += 1;
        let mut is_violated = false;
        for attempt in attempts(property, problem, number, section.group) {
            finding.trials += 1;
            let Some(violation) = attempt.trial.violation(property, section.rule) else { continue };
            let found =
                Counterexample { year: problem.year, draw: problem.draw, attempt, violation };
            if found.size() < CENT {
                continue;
            }
            is_violated = true;
            if finding.worst.as_ref().is_none_or(|worst| worst.size() < found.size()) {
                finding.worst = Some(found);
            }
        }
        finding.violated += usize::from(is_violated);
    }
    finding
}

/// At most so many short problems, evenly spread.
pub(super) fn spread(case: &Case, most: usize) -> impl Iterator<Item = &Problem> {
    let short: Vec<&Problem> = case.short().collect();
    let count = short.len().min(most);
    let last = short.len();
    (0..count).filter_map(move |number| short.get(number * last / count.max(1)).copied())
}

/// A problem as it stands and with small changes, as a property needs them.
pub(super) fn attempts(
    property: Property,
    problem: &Problem,
    number: usize,
    group: Option<usize>,
) -> Vec<Attempt> {
    let base = among(problem, number, group);
    let total: i64 = base.trial.claims.iter().sum();
    let asking: Vec<usize> =
        (0..base.trial.claims.len()).filter(|&who| base.trial.claims[who] > 0).collect();
    if asking.is_empty() {
        return Vec::new();
    }
    let pick =
        |turn: usize| asking[(5 * number + turn * asking.len().div_ceil(PICKED)) % asking.len()];
    let changed = |change: &dyn Fn(&mut Attempt)| {
        let mut attempt = base.clone();
        change(&mut attempt);
        attempt
    };
    // The pot a tenth smaller and larger, and half of it.
    let pot = base.trial.pot;
    let pots = [pot - pot / 10, (pot + pot / 10).min(total), pot / 2];
    match property {
        Property::EndowmentMonotonicity | Property::CompositionDown | Property::CompositionUp => {
            pots.map(|other| changed(&|attempt| attempt.trial.other_pot = other)).into()
        }
        Property::ClaimMonotonicity
        | Property::LinkedMonotonicity
        | Property::NoTransferParadox
        | Property::PopulationMonotonicity
        | Property::Consistency
        | Property::NoAdvantageousMerging => (0..PICKED)
            .map(|turn| {
                changed(&|attempt| {
                    let trial = &mut attempt.trial;
                    (trial.one, trial.other) = (pick(turn), pick(turn + 1));
                    // A tenth more, or a tenth of the other's.
                    let whose = if property == Property::NoTransferParadox {
                        trial.other
                    } else {
                        trial.one
                    };
                    trial.amount = trial.claims[whose] / 10;
                })
            })
            .collect(),
        Property::NoAdvantageousSplitting => (0..PICKED)
            .map(|turn| {
                changed(&|attempt| {
                    let who = pick(turn);
                    let trial = &mut attempt.trial;
                    let half = trial.claims[who] / 2;
                    trial.claims[who] -= half;
                    trial.claims.push(half);
                    (trial.one, trial.other) = (trial.claims.len() - 1, who);
                    attempt.municipalities.push(attempt.municipalities[who]);
                })
            })
            .collect(),
        Property::Midpoint => vec![base],
        _ => {
            let other = [pots[0], pots[1]].map(|pot| changed(&|attempt| attempt.trial.pot = pot));
            other.into_iter().chain([base.clone()]).rev().collect()
        }
    }
}

/// All claimants, or a group of them that changes from problem to problem, with their part of the pot.
fn among(problem: &Problem, number: usize, group: Option<usize>) -> Attempt {
    let count = problem.claims.len();
    let chosen: Vec<usize> = match group.filter(|&group| group < count) {
        None => (0..count).collect(),
        Some(group) => {
            let mut chosen: Vec<usize> =
                (0..group).map(|place| (number + place * count / group) % count).collect();
            chosen.sort_unstable();
            chosen
        }
    };
    let claims: Vec<i64> = chosen.iter().map(|&who| problem.claims[who]).collect();
    let (part, total) = (claims.iter().sum::<i64>(), problem.total().max(1));
    let pot = (i128::from(problem.pot) * i128::from(part) / i128::from(total)) as i64;
    let trial = Trial { pot, claims, other_pot: pot, one: 0, other: 1, amount: 0 };
    let municipality = |who: usize| problem.members.get(who).map_or(who, |&of| of as usize);
    Attempt { trial, municipalities: chosen.into_iter().map(municipality).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::rationing::by_name;

    /// Two municipalities claim 200 each; the pot is 200.
    fn seen() -> Seen {
        let problem = Problem {
            year: 2024,
            draw: 7,
            members: [0, 1].into(),
            pot: 20_000,
            claims: vec![20_000, 20_000],
            awards: vec![10_000, 10_000],
            ask: None,
        };
        let ample = Problem { pot: 40_000, ..problem.clone() };
        let case = Case {
            policy: 0,
            programme: 0,
            rule: by_name("ConstrainedEqualAwards"),
            terms: crate::allocation::Terms::of_rule(by_name("ConstrainedEqualAwards").unwrap()),
            weighs: false,
            has_classes: false,
            protects: false,
            open_ended: false,
            pools: Vec::new(),
            problems: vec![ample, problem],
        };
        Seen { draws: 1, cases: vec![case] }
    }

    fn found(rule: &str) -> Vec<Finding> {
        let seen = seen();
        let mut sections = sections(&seen, &[by_name(rule).unwrap()]);
        search(&seen, &mut sections, 10, &|| {});
        assert_eq!((sections[0].short, sections[0].problems), (1, 1));
        sections.remove(0).findings
    }

    #[test]
    fn splitting_pays_under_equal_awards_and_not_in_proportion() {
        let splitting = |finding: &&Finding| finding.property == Property::NoAdvantageousSplitting;
        // 100 each; as 100, 100 and 200: 66 2/3 each, so 133 1/3 for who is two.
        let findings = found("ConstrainedEqualAwards");
        let worst = findings.iter().find(splitting).unwrap().worst.as_ref().unwrap();
        assert_eq!((worst.year, worst.draw), (2024, 7));
        assert!((worst.size() - 3_333.3).abs() < 1.0, "{worst:?}");
        assert!(found("Proportional").iter().find(splitting).unwrap().worst.is_none());
    }

    #[test]
    fn no_rule_violates_what_it_is_said_to_have() {
        for rule in crate::allocation::rationing::RULES {
            for finding in found(rule.name()) {
                assert!(
                    finding.stated != Statement::Holds || finding.violated == 0,
                    "{}: {finding:?}",
                    rule.name()
                );
            }
        }
    }
}
